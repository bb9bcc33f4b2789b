"""The survey: its questions, what counts as an answer, drafts, and the claim a confirmed draft becomes."""

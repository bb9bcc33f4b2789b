"""The stand-in providers of a machine on which nobody is written to: development, the demo, rehearsals, tests.

`accounts`: our settings, pointed at the stand-ins. `other_end`: what the stand-ins are told of those accounts.
`demo`: what a demo keeps of them from one start to the next, and the citizens who have Zalo and Telegram.
"""

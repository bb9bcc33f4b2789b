"""One file a provider. Each adapter sends one message and says what became of it, in the same few words."""

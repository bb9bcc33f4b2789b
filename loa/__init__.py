"""The operator's door: the `loa` command, the processes it starts, the demo, and rehearsals."""

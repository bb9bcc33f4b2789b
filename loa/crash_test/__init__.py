"""The crash test: a wave over the stand-ins while processes are killed and frozen and wires are cut, then a reckoning.

Every process is what an installation runs, unchanged, split off from an interpreter that has loaded the program. What
it sends and gets goes over wires of ours, one to the database and one to the providers, so that it can be killed
exactly when a certain byte passes.
"""

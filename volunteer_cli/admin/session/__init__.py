"""`volunteer shell`: many commands, one after the other, in one process."""

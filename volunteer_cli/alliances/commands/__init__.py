"""`volunteer alliance …`, `volunteer council …` and `volunteer pairing …`."""

"""`volunteer account …`, `volunteer exchange …` and `volunteer person move`."""

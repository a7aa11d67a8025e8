"""`volunteer db lend` and `volunteer db merge`."""

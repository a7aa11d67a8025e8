"""How alliances, councils and pairings are shown."""

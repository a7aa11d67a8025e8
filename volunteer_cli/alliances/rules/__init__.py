"""What may happen to alliances, councils and pairings."""

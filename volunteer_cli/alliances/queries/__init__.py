"""What is asked of alliances, councils and pairings."""

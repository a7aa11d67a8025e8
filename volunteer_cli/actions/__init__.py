"""What somebody must do for somebody, by a day, until whoever raised it confirms (督办事项)."""

"""What may happen to accounts and exchanges."""

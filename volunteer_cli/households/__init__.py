"""Households: who lives behind which door."""

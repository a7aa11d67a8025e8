"""Copies that are lent to a place without network, and what was done in them, brought back."""

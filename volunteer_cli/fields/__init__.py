"""Fields that an office defines for itself: what a column of our own would be too particular for."""

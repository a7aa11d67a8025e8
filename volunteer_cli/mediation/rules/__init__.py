"""What may happen to a case of mediation: accepted, mediated, agreed or ended, followed up, closed."""

"""Service for service: a second ledger, of credits that are earned by service and can be spent."""

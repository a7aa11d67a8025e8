"""What may happen in a campaign: its list and stages, dealing, attempts, the plan; `errors` says why not."""

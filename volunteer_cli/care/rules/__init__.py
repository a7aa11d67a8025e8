"""What may happen to visits: `visits` records, plans and takes back, `supplies` gives goods, `errors` says why not."""

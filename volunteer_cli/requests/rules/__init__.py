"""What may happen to a request: received, assigned, finished, called back, closed; merged with another and split."""

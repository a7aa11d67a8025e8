"""What is asked of campaigns: `finding` names them, `results` says what attempts come to, `dealing` whom to call next."""

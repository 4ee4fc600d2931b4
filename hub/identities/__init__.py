"""Who asks: accounts, tokens and sessions in the database, and what each may do."""

"""Reference tables in and out as sheets of Excel and CSV, derived from the declarations; pure but for files."""

"""The console's own pages, beside the tables that are edited at `/admin/`: guarded once, one look, two languages."""

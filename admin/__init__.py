"""The console: Piccolo tables derived from `schema.tables`."""

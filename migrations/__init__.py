"""The history of the tables: one for SQLite and PostgreSQL, run by `hub migrate`.

`python -m migrations "what changed"` writes the next revision from the declarations in `schema.tables`.
"""

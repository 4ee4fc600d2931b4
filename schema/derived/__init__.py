"""What the database derives by itself, kept true by triggers after any write, raw SQL included."""


def create_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that installs every trigger on `dialect` ("sqlite" or "postgresql"), in order."""
    del dialect
    return ()


def drop_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that removes every trigger; harmless where there are none."""
    del dialect
    return ()


def refresh_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that recomputes every derived table whole."""
    del dialect
    return ()

"""Why nothing was seeded: each says what to do."""


class SeedRefused(Exception):  # noqa: N818 - named for what happened
    """Seeding was refused, and the database is as it was: it holds records already, or the request makes no sense."""


class NotMigrated(SeedRefused):
    """The tables are not there."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"The database has no table {missing}. Run `hub migrate` first.")

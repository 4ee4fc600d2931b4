"""Why seeding is refused: each says which command to run."""


class SeedError(Exception):
    """The base of what `load` raises of its own."""


class SeedRefused(SeedError):
    """The database holds records already, or the request makes no sense."""


class NotMigrated(SeedError):
    """The tables are not there."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"The database has no table {missing}. Run `hub migrate` first.")

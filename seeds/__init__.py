"""The demo city: reference data and four years of synthetic records, written straight into a database."""

from seeds.errors import NotMigrated, SeedRefused
from seeds.loading import Summary, load

__all__ = ["NotMigrated", "SeedRefused", "Summary", "load"]

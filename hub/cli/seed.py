"""`hub seed`: reference data and the synthetic demo city."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from hub.errors import BadInputError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

NAME: Final = "seed"
_DEFAULT_SEED: Final = 2561  # repeated from seeds.world, which costs too much to import for `--help`; a test compares


class SeedingRefusedError(BadInputError):
    """The records were not written; the message says what to do."""


def run(
    *,
    scale: Annotated[int, typer.Option(min=1, help="How many cities.")] = 1,
    seed: Annotated[int, typer.Option(help="The same seed gives the same city.")] = _DEFAULT_SEED,
    force: Annotated[bool, typer.Option("--force", help="Delete the records that are there first.")] = False,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where there are records.")] = False,
) -> None:
    """Fill the database with reference data and four years of synthetic records."""
    if force and if_empty:
        raise typer.BadParameter("give --force or --if-empty, not both", param_hint="--if-empty")

    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    import seeds  # noqa: PLC0415
    from hub import migration  # noqa: PLC0415
    from hub.database.address import Address  # noqa: PLC0415
    from hub.settings import Settings  # noqa: PLC0415

    url = Settings.read().owner_url
    where = Address.parse(url).shown
    migration.check(url)
    if if_empty and _has_records(url):
        typer.echo(f"{where} has records already; they are kept as they are.")
        return
    columns = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        report = _Reporter(bar, bar.add_task("records"))
        try:
            summary = seeds.load(url, scale=scale, seed=seed, force=force, progress=report)
        except (seeds.NotMigrated, seeds.SeedRefused) as error:
            raise SeedingRefusedError(str(error)) from error
    typer.echo(f"{where} has {sum(summary.rows.values()):,} records, written in {summary.seconds:.1f} s.")


class _Reporter:
    """Moves the progress bar."""

    def __init__(self, bar: "Progress", task: "TaskID") -> None:
        self._bar = bar
        self._task = task

    def __call__(self, done: int, total: int, what: str) -> None:
        self._bar.update(self._task, completed=done, total=total, description=what)


def _has_records(url: str) -> bool:
    from hub import migration  # noqa: PLC0415

    return migration.run(url, lambda connection: connection.exec_driver_sql("SELECT 1 FROM school").first()) is not None

"""Change between years: (one year's figure - another's) / the other's, of the city or of a school."""

from dataclasses import dataclass

from schema.model.entities import Argument, Scalar, Value

SINCE = Argument(
    "since", Scalar.INT, "The school year (B.E.) compared with, 2400 to 2999; without it, the year before."
)

_NOTE = (
    "(the year's - that of `since`) / that of `since`: a signed fraction, four decimals, a half away from zero. Null"
    " over zero, and where either year has no pupils on the census day."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose figures they are: a year's row of the city, or of one school; templates over ``{row}``.

    ``year`` is the year (B.E.) of the row; ``school`` the key of its school, None for the city.
    """

    year: str
    school: str | None = None

    @property
    def since(self) -> str:
        """The year (B.E.) compared with."""
        return f"coalesce({{since}}, {self.year} - 1)"

    def counted(self, table: str, column: str, year: str) -> str:
        """A figure of a year (B.E.); NULL where it has no pupils on the census day."""
        return f"CASE WHEN EXISTS (SELECT 1 {self._from('all_census', year)}) THEN {self._sum(table, column, year)} END"

    def schools(self, year: str) -> str:
        """How many schools have pupils on the census day of a year (B.E.)."""
        return f"(SELECT count(*) {self._from('all_census', year)})"

    def _sum(self, table: str, column: str, year: str) -> str:
        # PostgreSQL's sum of whole numbers is a decimal, whose division would not be whole.
        return f"CAST(coalesce((SELECT sum({table}.{column}) {self._from(table, year)}), 0) AS BIGINT)"

    def _from(self, table: str, year: str) -> str:
        school = f" AND {table}.school_id = {self.school}" if self.school else ""
        return f"FROM {table} WHERE {table}.be_year = {year}{school}"


CITY = Place("{row}.be_year")
SCHOOL = Place(
    "(SELECT academic_year.be_year FROM academic_year WHERE academic_year.id = {row}.academic_year_id)",
    "{row}.school_id",
)


def change(name: str, what: str, place: Place, column: str) -> Value:
    """The change of a figure of the census, or of the dropouts (``students`` there)."""
    table = "all_dropouts" if column == "dropouts" else "all_census"
    read = "students" if column == "dropouts" else column
    latest, base = (place.counted(table, read, year) for year in (place.year, place.since))
    return _value(name, what, latest, base, ("all_census", table))


def change_of_mean(name: str, what: str, column: str) -> Value:
    """The change of the schools' mean of a figure of the census, of the city."""
    years = (CITY.year, CITY.since)
    latest, base = (CITY.counted("all_census", column, year) for year in years)
    # Both means over the one denominator, so that the division stays one of whole numbers.
    schools, schools_then = map(CITY.schools, years)
    return _value(name, what, f"{latest} * {schools_then}", f"{base} * {schools}", ("all_census",))


def _value(name: str, what: str, latest: str, base: str, needs: tuple[str, ...]) -> Value:
    return Value(
        name,
        f"Change of {what} between years: {_NOTE}",
        nullable=True,
        scalar=Scalar.FLOAT,
        sql=signed_fraction(latest, base),
        arguments=(SINCE,),
        needs=needs,
    )


def signed_fraction(latest: str, base: str) -> str:
    """(latest - base) / base by whole numbers alone, so that both engines round alike: SQL's division cuts off."""
    size = "(abs(compared.latest - compared.base) * 20000 / nullif(compared.base, 0) + 1) / 2"
    sign = "CASE WHEN compared.latest < compared.base THEN -1 ELSE 1 END"
    return (
        f"(SELECT CAST({sign} * ({size}) AS DOUBLE PRECISION) / 10000"
        f" FROM (SELECT {latest} AS latest, {base} AS base) AS compared)"
    )

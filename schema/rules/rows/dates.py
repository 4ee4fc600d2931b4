"""Rules of days that stand in one row."""

from collections.abc import Iterator

from schema.rules.rows.candidate import Candidate, Refusal, RowRule


def in_order(first: str, last: str, *, may_be_equal: bool = False) -> RowRule:
    """The day in `first` lies before the one in `last`, where both are given."""

    def check(row: Candidate) -> Iterator[Refusal]:
        starts, ends = row.values[first], row.values[last]
        if starts is None or ends is None or starts < ends or (may_be_equal and starts == ends):
            return
        yield Refusal(
            last,
            "DATES_OUT_OF_ORDER",
            f"{ends} is not after {starts}. Change the first day or this one.",
            f"{ends} ไม่อยู่หลัง {starts} กรุณาแก้วันเริ่มต้นหรือวันนี้",
        )

    return RowRule(check, (first, last))

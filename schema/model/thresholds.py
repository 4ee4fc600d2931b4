"""The indicators' rules as SQL conditions; the numbers are those of the rules, so that each is written once."""

from schema.rules.indicators import LOW_ATTENDANCE_PERCENT, LOW_GPAX, MANY_ZEROS


def is_low_gpax(points: str, credits_: str) -> str:
    """The exact average is below the threshold; so is none over no credits."""
    numerator, denominator = LOW_GPAX.as_integer_ratio()
    return f"{points} * {denominator} < {credits_} * {numerator}"


def has_many_zeros(zeros: str) -> str:
    """There are strictly more zeros in the year than may be."""
    return f"{zeros} > {MANY_ZEROS}"


def is_low_attendance(attended: str, held: str) -> str:
    """Fewer hours were attended than must be, of those held; compared exactly."""
    return f"{attended} * 100 < {held} * {LOW_ATTENDANCE_PERCENT}"


HAS_LEFT = (
    "school_enrollment.exit_reason_id IN (SELECT exit_reason.id FROM exit_reason WHERE exit_reason.counts_as_dropout)"
)
"""A row of ``school_enrollment`` ended in dropping out, whether or not its pupil came back."""


def has_come_back(ends_on: str) -> str:
    """The pupil of a row of ``school_enrollment`` that has ended came back by ``ends_on``.

    To any school: whoever asks, coming back is coming back.
    """
    return (
        "EXISTS (SELECT 1 FROM {all}school_enrollment AS later"
        " WHERE later.student_id = school_enrollment.student_id AND later.entry_on >= school_enrollment.exit_on"
        f" AND later.id <> school_enrollment.id AND later.entry_on <= {ends_on})"
    )


def has_dropped_out(ends_on: str) -> str:
    """A row of ``school_enrollment`` ended in dropping out, and its pupil did not come back by ``ends_on``."""
    return f"{HAS_LEFT} AND NOT {has_come_back(ends_on)}"

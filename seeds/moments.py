"""Moments and days of the synthetic world, as the texts both engines read."""

from datetime import date, timedelta
from random import Random

START_OF_WORK = 1
"""08:00 in Thailand, as an hour of UTC."""
HOURS_OF_WORK = 9


def write_moment(day: date, random: Random) -> str:
    """A moment of the working hours of a day: ``YYYY-MM-DDTHH:MM:SS.mmm+00:00``."""
    milliseconds = int(random.random() * HOURS_OF_WORK * 3_600_000)
    seconds, rest = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{day.isoformat()}T{START_OF_WORK + hour:02}:{minute:02}:{second:02}.{rest:03}+00:00"


def pick_day(first: date, last: date, random: Random) -> date:
    """A day from ``first`` to ``last``, both included."""
    return first + timedelta(days=int(random.random() * ((last - first).days + 1)))


def write_day(day: date | None) -> str | None:
    """ISO text; None stays None."""
    return None if day is None else day.isoformat()

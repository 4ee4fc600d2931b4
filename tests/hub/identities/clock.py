"""A clock that goes when it is told to."""

from datetime import UTC, datetime, timedelta


class Clock:
    def __init__(self) -> None:
        self.present = datetime(2018, 6, 10, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.present

    def seconds(self) -> float:
        return self.present.timestamp()

    def go(self, seconds: float) -> None:
        self.present += timedelta(seconds=seconds)

from datetime import UTC, datetime

import pytest

from hub.console.moments import shown
from schema.checking import Language


@pytest.mark.parametrize(
    ("moment", "english", "thai"),
    [
        (datetime(2018, 6, 9, 8, 4, tzinfo=UTC), "9 Jun 2018 15:04", "9 มิ.ย. 2561 15:04"),
        (datetime(2018, 12, 31, 17, 0, tzinfo=UTC), "1 Jan 2019 00:00", "1 ม.ค. 2562 00:00"),
        (None, "\u2013", "\u2013"),
    ],
)
def test_a_moment_is_told_in_thailands_time_and_year(moment: datetime | None, english: str, thai: str) -> None:
    assert shown(moment, Language.ENGLISH) == english
    assert shown(moment, Language.THAI) == thai

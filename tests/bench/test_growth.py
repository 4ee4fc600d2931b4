from bench.facts import Facts
from bench.growth import Grown, Growth
from bench.measure import Times
from bench.seeding import Seeding
from bench.workloads import GROWING, growing

MIB = 1024 * 1024


def times(median: float) -> Times:
    return Times(median_ms=median, p90_ms=median, repetitions=9, answer_bytes=100)


def growth(*, large: float, peak: int) -> Growth:
    timings = [Grown(name, "a title", times(10.0), times(large)) for name in GROWING]
    return Growth("a machine", timings, {1: Seeding(30.0, 100 * MIB), 10: Seeding(300.0, peak * MIB)})


def test_growing_by_three_tenths_is_within_the_targets() -> None:
    found = list(growth(large=13.0, peak=130).verdicts())
    assert len(found) == 5
    assert all(verdict.met for verdict in found)


def test_growing_by_more_misses_every_target() -> None:
    found = list(growth(large=13.1, peak=131).verdicts())
    assert len(found) == 5
    assert not any(verdict.met for verdict in found)


def test_the_table_shows_minutes_and_memory_of_each_seeding() -> None:
    text = growth(large=13.0, peak=130).markdown()
    assert "| 10                 | 5.0     | 130 MiB              |" in text
    assert "| W8       | 10.00 (10.00) | 13.00 (13.00) | 1.30  |" in text


def test_the_page_that_is_ordered_is_asked_of_one_school() -> None:
    asked = {one.name: one for one in growing(Facts("3083000001", "12345", offset=5, after=6))}
    assert tuple(asked) == GROWING
    assert "some: {school: {code: {equals: $school}}, gradeLevel" in asked["W8"].query
    assert asked["W8"].variables["school"] == "3083000001"

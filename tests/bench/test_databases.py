from pathlib import Path

import pytest

from bench import databases
from bench.databases import seeded
from bench.seeding import Seeding
from schema.compiler.reading import Dialect


def test_a_database_is_seeded_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scales: list[int] = []

    def seed(_url: str, *, scale: int) -> Seeding:
        scales.append(scale)
        return Seeding(1.5, 2_000)

    monkeypatch.setattr(databases, "seed", seed)
    with seeded([Dialect.SQLITE], tmp_path) as first:
        pass
    with seeded([Dialect.SQLITE], tmp_path) as second:
        pass
    assert first == second
    assert scales == [1]


def test_databases_of_earlier_code_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "seed", lambda _url, scale: Seeding(float(scale), 2_000))
    earlier, other = tmp_path / "city-0123456789ab", tmp_path / "city-of-somebody"
    earlier.mkdir()
    other.mkdir()
    with seeded([Dialect.SQLITE], tmp_path):
        assert not earlier.exists()
        assert other.exists()

import pytest

from schema.identity import passwords
from schema.identity.passwords import hash_password, is_outdated, verify_password, weakness


def test_a_password_is_known_by_its_hash_and_no_other_is() -> None:
    kept = hash_password("four words of mine")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert verify_password(kept, "four words of mine")
    assert not verify_password(kept, "four words of yours")
    assert not is_outdated(kept)


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_password("four words of mine") != hash_password("four words of mine")


def test_nobody_has_a_password_and_nonsense_is_no_hash() -> None:
    assert not verify_password(None, "nobody has this password")
    assert not verify_password("nonsense", "four words of mine")


def test_thai_letters_that_look_alike_are_alike_however_they_are_typed() -> None:
    # SARA AM is one letter or two.
    assert verify_password(hash_password("น้ำ" + "x" * 12), "น้\u0e4d\u0e32" + "x" * 12)


def test_a_hash_of_lesser_parameters_is_outdated() -> None:
    from argon2 import PasswordHasher  # noqa: PLC0415 - this test's alone

    assert is_outdated(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("x"))


@pytest.mark.parametrize("password", ["short", "a" * 20, "x" * 257 + "abcdef", "malee has four words"])
def test_a_weak_password_is_told_what_to_be(password: str) -> None:
    assert (weakness(password, "malee") or "").startswith("Choose a password")


def test_a_pass_phrase_will_do() -> None:
    assert weakness("สี่คำที่จำได้ง่ายมาก", "malee") is None
    assert passwords.SHORTEST >= 12

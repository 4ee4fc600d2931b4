"""How SQL says the noise of a group: `schema.rules.noise`, by the secrets of the database."""

from typing import Final

from schema.rules import noise

_SECRET: Final = "(SELECT noise_secret.value FROM noise_secret WHERE noise_secret.id = {place})"  # noqa: S105 - a query


def member_key(pupil: str) -> str:
    """The key of a pupil, by the pupil's own."""
    return _mixed(f"(CAST({pupil} AS BIGINT) % {noise.MODULUS})", 0)


def drawn_by(member_keys: str) -> str:
    """What the noise of a group is looked up by: its members' keys, summed up, modulo the prime, mixed once more."""
    return _mixed(member_keys, noise.DEGREE + 1)


def drawn_by_mean(member_keys: str, rows: str, hundredths: str) -> str:
    """What the noise of a mean is looked up by: the members' keys with how many rows there are and their sum."""
    key = f"(({member_keys} + {noise.ROWS_APART} * {rows} + {hundredths}) % {noise.MODULUS})"
    return _mixed(key, 2 * (noise.DEGREE + 1))


def looked_up(drawn: str) -> str:
    """The table of `schema.rules.noise.drawn`."""
    size = "".join(f" WHEN {drawn} / 2 >= {bound} THEN {n}" for n, bound in enumerate(noise.BOUNDS))
    return f"(CASE{size} ELSE {len(noise.BOUNDS)} END * (1 - 2 * ({drawn} % 2)))"


def fine(drawn: str) -> str:
    """The noise of a mean, in parts of a pupil."""
    return f"({noise.FINENESS} * {looked_up(drawn)} + {drawn} / 2 % {noise.FINENESS} - {noise.FINENESS // 2})"


def keys_of(keys: str, kept: str = "") -> str:
    """The sum of members' keys, modulo the prime; ``kept`` is a filter of the rows."""
    return f"CAST(coalesce(sum({keys}){kept}, 0) AS BIGINT) % {noise.MODULUS}"


def _mixed(value: str, first: int) -> str:
    """The polynomial of `schema.rules.noise.mixed`, whose secrets begin with this one."""
    secret, *others = (_SECRET.format(place=first + n) for n in range(noise.DEGREE + 1))
    told = secret
    for one in others:
        told = f"(({told} * {value} + {one}) % {noise.MODULUS})"
    return told

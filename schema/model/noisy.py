"""How SQL says the noise of a group: `schema.rules.noise`, by the secrets of the database."""

from typing import Final

from schema.rules import noise

_SECRET: Final = "(SELECT noise_secret.value FROM noise_secret WHERE noise_secret.id = {place})"  # noqa: S105 - a query


def member_key(pupil: str) -> str:
    """The key of a pupil, by the pupil's own."""
    return _mixed(f"(CAST({pupil} AS BIGINT) % {noise.MODULUS})", 0)


def drawn_by(member_keys: str, *, of_means: bool = False) -> str:
    """What the noise of a group is looked up by: its members' keys, summed up, modulo the prime, mixed once more."""
    return _mixed(member_keys, 2 * (noise.DEGREE + 1) if of_means else noise.DEGREE + 1)


def looked_up(drawn: str) -> str:
    """The table of `schema.rules.noise.drawn`."""
    size = "".join(f" WHEN {drawn} / 2 >= {bound} THEN {n}" for n, bound in enumerate(noise.BOUNDS))
    return f"(CASE{size} ELSE {len(noise.BOUNDS)} END * (1 - 2 * ({drawn} % 2)))"


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

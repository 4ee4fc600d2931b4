"""The service's settings: environment variables with the prefix `HUB_`, checked once at the start."""

import base64
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from hub.database.address import Address, InvalidAddressError
from hub.database.engine import DEFAULT_TIMEOUT
from hub.errors import HubError
from hub.origins import read_origins
from schema.policy import Role
from schema.rules.calendar import FIRST_YEAR, LAST_YEAR

_PREFIX = "HUB_"
_MIB = 1024 * 1024
_KEY_BYTES = 32
_PEOPLE = tuple(role.value for role in Role if role is not Role.INTEGRATOR)


class LogFormat(StrEnum):
    """How a log line is written."""

    JSON = "json"
    CONSOLE = "console"


class LogLevel(StrEnum):
    """The least serious line that is written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class SettingsError(HubError):
    """A variable has a value that does not fit; the message names each."""


def _checked(url: str) -> str:
    try:
        Address.parse(url)
    except InvalidAddressError as error:
        raise ValueError(str(error)) from error
    return url


def _of_origins(text: str) -> str:
    read_origins(text)
    return text


def _of_one_origin(text: str) -> str:
    if len(read_origins(text)) > 1:
        raise ValueError("name one origin, as https://hub.example.org")
    return text.strip()


def _of_roles(text: str) -> str:
    unknown = [name for name in _names(text) if name not in _PEOPLE]
    if unknown:
        raise ValueError(f"{unknown[0][:100]} is no role of a person; name some of {', '.join(_PEOPLE)}, by commas")
    return text


def _of_key(text: SecretStr) -> SecretStr:
    if any(len(key) != _KEY_BYTES for key in _decoded(text)):
        raise ValueError(
            f"it must be {_KEY_BYTES} random bytes in base64: `openssl rand -base64 {_KEY_BYTES}`. "
            "While a key is changed, name the new one and the old one, by a comma"
        )
    return text


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _decoded(text: SecretStr) -> tuple[bytes, ...]:
    """The keys of a setting; what is no base64 is no key, of no bytes."""

    def decoded(name: str) -> bytes:
        try:
            return base64.b64decode(name, validate=True)
        except ValueError:
            return b""

    return tuple(map(decoded, _names(text.get_secret_value())))


_Roles = Annotated[str, AfterValidator(_of_roles)]
_Key = Annotated[SecretStr, AfterValidator(_of_key)]
_Url = Annotated[str, AfterValidator(_checked)]
_Origins = Annotated[str, AfterValidator(_of_origins)]
_Origin = Annotated[str, AfterValidator(_of_one_origin)]
# PostgreSQL counts in whole milliseconds, of which 0 would mean no limit at all.
_Seconds = Annotated[float, Field(ge=0.001, le=86_400, allow_inf_nan=False)]


class Settings(BaseSettings):
    """What a process of the hub is told from outside. Read it with `Settings.read()`."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    database_url: _Url = Field(
        default="sqlite:///hub.sqlite3", description="sqlite:///FILE or postgresql://USER@HOST/NAME."
    )
    migrate_url: _Url | None = Field(default=None, description="The owner's URL, for `hub migrate` and `hub seed`.")
    allow_owner: bool = Field(
        default=False,
        description="Serves PostgreSQL as a role that row-level security does not hold, such as the owner.",
    )
    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    workers: int = Field(default=1, ge=1, le=64, description="Processes that serve.")
    shutdown_seconds: int = Field(default=30, ge=0, description="How long running requests may finish after SIGTERM.")
    current_year: int | None = Field(
        default=None,
        ge=FIRST_YEAR,
        le=LAST_YEAR,
        description="The current academic year, B.E.; else the latest with enrollments.",
    )
    debug: bool = Field(default=False, description="Shows an operation's SQL to who asks for it.")
    log_level: LogLevel = Field(default=LogLevel.INFO, description="debug, info, warning or error.")
    log_format: LogFormat = Field(default=LogFormat.CONSOLE, description="console or json.")
    body_limit: int = Field(default=_MIB, ge=1024, description="The largest request body, in bytes.")
    head_limit: int = Field(
        default=64 * 1024, ge=8192, description="The largest head of a request, URL and headers, in bytes."
    )
    import_limit: int = Field(
        default=10 * _MIB, ge=1024, le=1024 * _MIB, description="The largest file that may be imported, in bytes."
    )
    import_folder: str = Field(
        default="", description="Where files wait to be imported; else a folder of its own beside temporary files."
    )
    receive_timeout: _Seconds = Field(
        default=15.0, description="The longest a request's head may take to arrive, and then its body, in seconds."
    )
    connection_limit: int = Field(
        default=1000, ge=10, description="Connections of one process; requests over it are answered 503."
    )
    query_limit: int = Field(default=128 * 1024, ge=256, description="The longest GraphQL document, in characters.")
    cost_limit: int = Field(default=500_000, ge=1, description="The most objects that one operation could return.")
    token_limit: int = Field(default=5_000, ge=500, description="The most lexical tokens a GraphQL document may have.")
    field_limit: int = Field(
        default=5_000, ge=500, description="The most fields a document may have, fragments counted where they stand."
    )
    alias_limit: int = Field(default=100, ge=0, description="The most aliases, counted likewise.")
    directive_limit: int = Field(default=100, ge=0, description="The most directives, counted likewise.")
    depth_limit: int = Field(default=50, ge=20, description="The most levels of fields, one inside another.")
    pair_limit: int = Field(
        default=5_000, ge=500, description="The most pairs of fields that could stand for one answer."
    )
    variable_limit: int = Field(default=15_000, ge=1, description="The most values in an operation's variables.")
    readers: int = Field(default=4, ge=1, le=256, description="Connections of one process that read.")
    statement_timeout: _Seconds = Field(
        default=DEFAULT_TIMEOUT, description="The longest one SQL statement may run, in seconds."
    )
    operation_timeout: _Seconds = Field(
        default=60.0,
        description="The longest an operation may take in all, in seconds: its statements and its waiting.",
    )
    session_hours: float = Field(
        default=12,
        ge=0.1,
        le=720,
        allow_inf_nan=False,
        description="How long a sign-in lasts, used or not.",
    )
    session_idle_minutes: float = Field(
        default=60, ge=5, le=43_200, allow_inf_nan=False, description="How long a sign-in lasts that is not used."
    )
    secret_key: _Key = Field(
        default=SecretStr(""),
        description="What second factors are sealed with: 32 random bytes in base64. Without it nobody can set one up. "
        "Of several, by commas, the first seals and each opens.",
    )
    require_mfa: _Roles = Field(
        default="", description="Roles, comma separated, whose accounts must have a second factor."
    )
    rate_limit: float = Field(
        default=50,
        ge=0,
        le=100_000,
        allow_inf_nan=False,
        description="Operations a second of an identity; 0: no limit.",
    )
    rate_burst: int = Field(
        default=100, ge=1, le=100_000, description="Operations of an identity that may come at once."
    )
    public_origin: _Origin = Field(
        default="", description="What browsers call this hub, as https://hub.example.org; needed behind some proxies."
    )
    read_log_patience: _Seconds = Field(
        default=10.0,
        description="How long a read of pupils may wait to be logged, in seconds; then no more is read of them.",
    )
    cors_origins: _Origins = Field(
        default="", description="Origins, comma separated, whose web pages may read the answers; none unless named."
    )
    compress_from: int = Field(default=1024, ge=0, description="The smallest answer that is compressed, in bytes.")

    @classmethod
    def read(cls) -> Self:
        """Read the environment. Raises SettingsError with a line for each variable that does not fit."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError("\n".join(_complaint(dict(detail)) for detail in error.errors())) from error

    @property
    def owner_url(self) -> str:
        """The URL that may change tables."""
        return self.migrate_url or self.database_url

    @cached_property
    def database(self) -> Address:
        """The parsed `database_url`."""
        return Address.parse(self.database_url)

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """The origins of `cors_origins`."""
        return read_origins(self.cors_origins)

    @cached_property
    def sealing_keys(self) -> tuple[bytes, ...]:
        """The keys of `secret_key`, the one that seals first; none when there is none."""
        return _decoded(self.secret_key)

    @cached_property
    def roles_with_mfa(self) -> frozenset[Role]:
        """The roles of `require_mfa`."""
        return frozenset(map(Role, _names(self.require_mfa)))


def _complaint(detail: dict[str, object]) -> str:
    location = detail["loc"]
    name = "_".join(str(part) for part in location) if isinstance(location, tuple) else str(location)
    message = str(detail["msg"]).removeprefix("Value error, ")
    # The database's URL may carry a password, and a key is one, so their values are never repeated.
    given = "" if name.endswith(("_url", "_key")) else f" (it is {detail['input']!r})"
    return f"{_PREFIX}{name.upper()}: {message}{given}."

"""Imports on their way, kept in files of one folder: so every process of the hub knows them, and none is kept for long.

An import is a folder named by the digest of its token: the upload, the plan, and `state.json`. It belongs to the
session that sent it.
"""

import hashlib
import json
import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

from hub.console.sheets.errors import ImportBusyError, ImportFolderError, NoSuchImportError

KEPT_SECONDS: Final = 3600
MOST_OF_ALL: Final = 20
MOST_OF_ONE: Final = 3
SILENT_SECONDS: Final = 60
"""An import that says nothing for so long while it works has broken off."""
_TOKEN: Final = 32  # characters of the token in an address


class Stage(StrEnum):
    """How far an import is."""

    RECEIVED = "received"
    READING = "reading"
    CHECKING = "checking"
    READY = "ready"
    COMMITTING = "committing"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def is_at_work(self) -> bool:
        """Whether it goes on by itself."""
        return self in (Stage.RECEIVED, Stage.READING, Stage.CHECKING, Stage.COMMITTING)


@dataclass(frozen=True, slots=True)
class ImportState:
    """What is known of an import; `messages` and `notice` are an English and a Thai text."""

    owner: str
    table: str
    name: str
    stage: Stage = Stage.RECEIVED
    size: int = 0
    done: int = 0
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()
    facts: str = ""
    plan: str = ""
    begun: float = 0
    said: float = 0

    @property
    def is_broken_off(self) -> bool:
        """Whether the process that worked on it is gone."""
        return self.stage.is_at_work and time.time() - self.said > SILENT_SECONDS

    @classmethod
    def read(cls, text: str) -> Self:
        """The state that a file says."""
        told: dict[str, Any] = json.loads(text)
        lists = {name: tuple(told[name]) for name in ("columns", "messages", "notice")}
        return cls(**{**told, **lists, "stage": Stage(told["stage"])})


class Import:
    """One import's files."""

    def __init__(self, folder: Path, token: str, state: ImportState) -> None:
        """`token` names it in addresses."""
        self.token = token
        self.state = state
        self._folder = folder

    @property
    def upload(self) -> Path:
        """The file that was sent."""
        return self._folder / "upload"

    @property
    def plan(self) -> Path:
        """A JSON line for each of its rows."""
        return self._folder / "plan.jsonl"

    def tell(self, **changed: Any) -> None:  # noqa: ANN401 - members of the state
        """Say how far it is."""
        self.state = replace(self.state, **changed, said=time.time())
        written = self._folder / f"state.{secrets.token_hex(4)}"
        written.write_text(json.dumps(asdict(self.state)), "utf-8")
        written.replace(self._folder / "state.json")

    def claim(self) -> None:
        """Take it to be committed: once, whichever process is asked. Raises ImportBusyError."""
        preview = hashlib.sha256(f"{self.state.plan} {self.state.facts}".encode()).hexdigest()
        try:
            (self._folder / f"claimed-{preview}").touch(exist_ok=False)
        except FileExistsError:
            raise ImportBusyError("This import is being committed, or was.", "การนำเข้านี้กำลังบันทึก หรือบันทึกแล้ว") from None

    def discard(self) -> None:
        """Delete its files."""
        shutil.rmtree(self._folder, ignore_errors=True)


class ImportStore:
    """The imports of one hub."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when it is first needed; nobody else may enter it."""
        self._folder = folder

    @classmethod
    def of(cls, setting: str, address: str) -> Self:
        """The store in the folder of the setting, or in one of this user and database beside other temporary files."""
        if setting:
            return cls(Path(setting))
        name = hashlib.sha256(f"{os.getuid()} {address}".encode()).hexdigest()[:16]
        return cls(Path(tempfile.gettempdir()) / f"hub-imports-{name}")

    def begin(self, owner: str, table: str, name: str) -> Import:
        """Make an import; the owner's oldest give way. Raises ImportBusyError when there are too many of all."""
        self.prune()
        own = sorted((each for each in self._all() if each.state.owner == owner), key=lambda each: each.state.begun)
        for each in own[: max(0, len(own) - MOST_OF_ONE + 1)]:
            if each.state.stage.is_at_work and not each.state.is_broken_off:
                raise ImportBusyError(
                    "Imports of yours are still running. Wait for them to end, then send this one.",
                    "การนำเข้าของท่านยังทำงานอยู่ กรุณารอให้เสร็จแล้วส่งใหม่",
                )
            each.discard()
        if sum(1 for _ in self._all()) >= MOST_OF_ALL:
            raise ImportBusyError(
                "There are as many imports as may be at once. Try again in some minutes.",
                "มีการนำเข้าพร้อมกันเต็มจำนวนแล้ว กรุณาลองใหม่ในอีกไม่กี่นาที",
            )
        token = secrets.token_urlsafe(_TOKEN)[:_TOKEN]
        folder = self._place(token)
        folder.mkdir(mode=0o700)
        made = Import(folder, token, ImportState(owner, table, name, begun=time.time()))
        made.tell()
        return made

    def find(self, token: str, owner: str) -> Import:
        """An import of an owner. Raises NoSuchImportError."""
        found = self._read(self._place(token), token)
        if found is None or not secrets.compare_digest(found.state.owner, owner):
            raise NoSuchImportError(
                "There is no such import, or it is over an hour old. Send the file again.",
                "ไม่พบการนำเข้านี้ หรือเกินหนึ่งชั่วโมงแล้ว กรุณาส่งไฟล์อีกครั้ง",
            )
        return found

    def prune(self) -> None:
        """Delete what is older than it is kept, and what was never whole."""
        self._require_own_folder()
        for folder in self._folders():
            found = self._read(folder, "")
            age = time.time() - (found.state.begun if found else folder.stat().st_mtime)
            if age > KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)

    def _all(self) -> Iterator[Import]:
        found = (self._read(folder, "") for folder in self._folders())
        return (each for each in found if each is not None)

    def _folders(self) -> list[Path]:
        return [each for each in self._folder.iterdir() if each.is_dir() and not each.is_symlink()]

    def _place(self, token: str) -> Path:
        return self._folder / hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

    def _read(self, folder: Path, token: str) -> Import | None:
        try:
            return Import(folder, token, ImportState.read((folder / "state.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _require_own_folder(self) -> None:
        """Make the folder, or see that it is nobody else's: what lies in it is committed to the database."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = self._folder.lstat()
        if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid() or stat.S_IMODE(about.st_mode) & 0o077:
            raise ImportFolderError(
                "The folder for imports is not this process's own, or others may enter it. Name another in "
                "HUB_IMPORT_FOLDER, or take the rights of others away (chmod 700).",
                "โฟลเดอร์สำหรับนำเข้าไม่ใช่ของระบบเอง หรือผู้อื่นเข้าถึงได้ กรุณาแจ้งผู้ดูแลระบบให้กำหนด HUB_IMPORT_FOLDER "
                "หรือจำกัดสิทธิ์ (chmod 700)",
            )

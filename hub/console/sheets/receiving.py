"""An upload as it comes in: a form with a table's name and one file, bounded while it is read."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from hub.errors import BadInputError, TooLargeError, TooSlowError, UnsupportedMediaTypeError

_FIELDS: Final = 4
_OF_FIELDS: Final = 16 * 1024  # bytes of a form beside its file
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent; `file` is to be closed."""

    table: str
    name: str
    file: UploadFile


async def receive_upload(request: Request, limit: int, seconds: float) -> Upload:
    """Read a form of the fields `table` and `file`, whose file has at most `limit` bytes.

    Raises TooLargeError as soon as it is over, TooSlowError, or BadInputError.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "multipart/form-data":
        raise UnsupportedMediaTypeError(
            "The file is sent by the form of this page, as multipart/form-data.", "กรุณาส่งไฟล์ด้วยแบบฟอร์มของหน้านี้"
        )
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit + _OF_FIELDS:
        raise _too_large(limit)
    parser = MultiPartParser(
        request.headers, _bounded(request, limit), max_files=1, max_fields=_FIELDS, max_part_size=_OF_FIELDS
    )
    try:
        async with asyncio.timeout(seconds):
            form = await parser.parse()
    except TimeoutError as error:
        raise TooSlowError(
            f"The file did not arrive whole in {seconds:g} s. Send it again.",
            f"ไฟล์มาไม่ครบภายใน {seconds:g} วินาที กรุณาส่งใหม่",
        ) from error
    except (MultiPartException, ClientDisconnect, UnicodeDecodeError, KeyError) as error:
        raise BadInputError(
            "The form cannot be read. Choose the file again and send it.", "อ่านแบบฟอร์มไม่ได้ กรุณาเลือกไฟล์แล้วส่งใหม่"
        ) from error
    table, file = form.get("table"), form.get("file")
    if not isinstance(table, str) or not isinstance(file, UploadFile) or not file.filename:
        await form.close()
        raise BadInputError("Choose a table and a file, then send the form.", "กรุณาเลือกตารางและไฟล์ แล้วส่งแบบฟอร์ม")
    if (file.size or 0) > limit:
        await form.close()
        raise _too_large(limit)
    shown = "".join(char for char in file.filename if char.isprintable())[-_LONGEST_NAME:]
    return Upload(table[:_LONGEST_NAME], shown, file)


async def _bounded(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit + _OF_FIELDS:
            raise _too_large(limit)
        yield chunk


def _too_large(limit: int) -> TooLargeError:
    most = f"{limit / 1024 / 1024:g} MiB"
    return TooLargeError(
        f"The file is larger than {most}, which is the limit. Send it in parts, or raise HUB_IMPORT_LIMIT.",
        f"ไฟล์ใหญ่เกินกำหนด {most} กรุณาแบ่งส่งเป็นหลายไฟล์ หรือเพิ่มค่า HUB_IMPORT_LIMIT",
    )

import gzip

import httpx
import pytest
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import ASGIApp

from hub.web.compression import CompressionMiddleware


async def get(app: ASGIApp, accept: str | None) -> httpx.Response:
    transport = httpx.ASGITransport(CompressionMiddleware(app, smallest=100))
    async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
        client.headers.pop("accept-encoding")
        request = client.build_request("GET", "/", headers={} if accept is None else {"accept-encoding": accept})
        response = await client.send(request, stream=True)
        response.extensions["raw"] = b"".join([chunk async for chunk in response.aiter_raw()])
        return response


@pytest.mark.parametrize("size", [100, 5_000, 3_000_000])
@pytest.mark.parametrize("accept", ["gzip", "br, gzip;q=0.5", "GZIP", "*"])
async def test_an_answer_is_compressed_when_asked(size: int, accept: str) -> None:
    response = await get(PlainTextResponse("x" * size), accept)
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["vary"] == "accept-encoding"
    raw = response.extensions["raw"]
    assert len(raw) == int(response.headers["content-length"])
    assert gzip.decompress(raw) == b"x" * size


@pytest.mark.parametrize("accept", [None, "", "br", "gzip;q=0", "gzip; q=0.0", "identity"])
async def test_an_answer_is_as_it_is_when_not_asked(accept: str | None) -> None:
    response = await get(PlainTextResponse("x" * 5_000), accept)
    assert "content-encoding" not in response.headers
    assert response.extensions["raw"] == b"x" * 5_000


async def test_a_small_answer_is_not_worth_it() -> None:
    response = await get(PlainTextResponse("x" * 99), "gzip")
    assert "content-encoding" not in response.headers
    assert response.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("media_type", ["image/png", "font/woff2", "application/zip"])
async def test_what_is_compressed_already_is_left_alone(media_type: str) -> None:
    response = await get(Response(b"x" * 5_000, media_type=media_type), "gzip")
    assert "content-encoding" not in response.headers


async def test_an_encoded_answer_is_not_encoded_again() -> None:
    packed = gzip.compress(b"x" * 5_000)
    response = await get(Response(packed, media_type="text/plain", headers={"content-encoding": "gzip"}), "gzip")
    assert response.extensions["raw"] == packed


async def test_a_streamed_answer_passes_piece_by_piece() -> None:
    response = await get(StreamingResponse(iter(["one", "two"]), media_type="text/plain"), "gzip")
    assert "content-encoding" not in response.headers
    assert response.extensions["raw"] == b"onetwo"

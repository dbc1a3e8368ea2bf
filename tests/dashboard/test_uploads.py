"""Files are let in where somebody is logged in, within bounds, and never touch the disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.guard import Guard
from dashboard.uploads import (
    ALL_BYTES,
    FILE_MB,
    MB,
    SESSION_BYTES,
    SESSION_FILES,
    Held,
    UploadGate,
    UploadRefusedError,
    keep_off_the_disk,
)

WHERE = "/_stcore/upload_file"


def _gate(held: dict[str, Held] | None = None) -> UploadGate:
    gate = UploadGate(lambda: held or {})
    gate.admit("a")
    return gate


def _status(gate: UploadGate, session: str, size: int | None) -> int:
    with pytest.raises(UploadRefusedError) as refused, gate.passing(session, size):
        pass
    return refused.value.status


def test_nobody_hands_files_in_before_log_in_or_after_log_out() -> None:
    gate = _gate()
    assert _status(gate, "b", 1) == 403
    with gate.passing("a", 1):
        pass
    gate.bar("a")
    assert _status(gate, "a", 1) == 403


@pytest.mark.parametrize(
    ("size", "status"), [(None, 411), (-1, 411), (FILE_MB * MB + 100_000, 413)]
)
def test_a_body_says_its_length_within_the_bound(size: int | None, status: int) -> None:
    assert _status(_gate(), "a", size) == status


@pytest.mark.parametrize(
    ("held", "status"),
    [
        ({"a": Held(SESSION_FILES, 0)}, 413),
        ({"a": Held(1, SESSION_BYTES)}, 413),
        ({"b": Held(1, ALL_BYTES)}, 503),
    ],
)
def test_what_lies_in_memory_is_bounded(held: dict[str, Held], status: int) -> None:
    assert _status(_gate(held), "a", 1) == status


def test_what_is_coming_in_counts_until_it_is_there() -> None:
    gate = _gate({"a": Held(SESSION_FILES - 2, 0)})
    with gate.passing("a", 1):
        with gate.passing("a", 1):
            assert _status(gate, "a", 1) == 413
        with gate.passing("a", 1):
            pass
    with gate.passing("a", 1):
        pass


async def _took(request: Request) -> Response:
    async with request.form() as form:
        found = form["file"]
        assert isinstance(found, UploadFile)
        data = await found.read()
        return PlainTextResponse(f"{len(data)} {found._in_memory}")


def _put(gate: UploadGate, session: str, **body: Any) -> httpx.Response:
    route = Route(f"{WHERE}/{{session}}/{{file}}", _took, methods=["PUT"])
    guarded = Guard(Starlette(routes=[route]), allowed_hosts=["localhost"], uploads=gate)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=guarded)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.put(f"{WHERE}/{session}/f", **body)

    return asyncio.run(ask())


async def _chunks() -> AsyncIterator[bytes]:
    yield b"x"


def test_a_large_file_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("starlette.formparsers.MultiPartParser.spool_max_size", MB)
    data = b"x" * (3 * MB)
    before = _put(_gate(), "a", files={"file": data})
    assert before.text == f"{len(data)} False", "else this test shows nothing"
    keep_off_the_disk()
    assert _put(_gate(), "a", files={"file": data}).text == f"{len(data)} True"


def test_the_guard_reads_nothing_of_what_it_refuses() -> None:
    assert _put(_gate(), "b", files={"file": b"x"}).status_code == 403
    assert _put(_gate(), "a", content=_chunks()).status_code == 411
    refused = _put(_gate(), "a", content=b"x" * ((FILE_MB + 1) * MB))
    assert refused.status_code == 413
    assert "frame-ancestors 'none'" in refused.headers["Content-Security-Policy"]

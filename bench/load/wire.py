"""A connection that speaks just enough HTTP/1.1 to ask and to time the answer.

A full client takes a millisecond of processor for a request. On the machine that also runs what is
measured, the measuring would then be a good part of what is measured.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass

_MOST_HEAD = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer: its status, and whether it says when to come again."""

    status: int
    retry_after: bool


class Connections:
    """Connections to one server, each used again while the server keeps it open."""

    def __init__(self, host: str, port: int) -> None:
        """Open nothing yet."""
        self._host = host
        self._port = port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, request: bytes) -> Said:
        """Send a request and read the whole answer.

        Raises:
            OSError, EOFError: the connection failed.
        """
        while len(self._idle) > 0:
            reader, writer = self._idle.pop()
            if reader.at_eof() or writer.is_closing():
                writer.close()
                continue
            try:
                return await self._exchange(reader, writer, request)
            except (ConnectionResetError, BrokenPipeError, EOFError):
                # The server closed it while it was idle: that is no answer to this request.
                break
        reader, writer = await asyncio.open_connection(self._host, self._port, limit=_MOST_HEAD)
        return await self._exchange(reader, writer, request)

    def close(self) -> None:
        """Close those that are idle."""
        for _, writer in self._idle:
            with suppress(OSError):
                writer.close()
        self._idle.clear()

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
    ) -> Said:
        try:
            writer.write(request)
            await writer.drain()
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            lines = head.split(b"\r\n")
            fields = dict(line.split(b":", 1) for line in lines[1:] if b":" in line)
            length = int(fields.get(b"content-length", b"0"))
            await reader.readexactly(length)
        except BaseException:
            writer.close()
            raise
        if fields.get(b"connection", b"").strip() == b"close":
            writer.close()
        else:
            self._idle.append((reader, writer))
        return Said(status=int(lines[0].split(b" ", 2)[1]), retry_after=b"retry-after" in fields)

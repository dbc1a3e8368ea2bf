"""Has PDFs read by a child process with bounds on time and memory, and outlives its death."""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import sysconfig
import threading
import time
from pathlib import Path
from typing import IO, Any

import ingest
from ingest.pdf.child import LENGTH, MOST_BYTES
from ingest.pdf.extract import PdfError
from ingest.pdf.text import PdfLine, PdfPicture, PdfText

_WALL_SECONDS = 120.0
"""A loaded machine gives the child less than a core; its own bound on processor time is lower."""
_MOST_REPLY = 64 * 1024 * 1024
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "PYTHONDONTWRITEBYTECODE")


class PdfWorker:
    """One child process, started when it is needed; one PDF at a time."""

    def __init__(self, *, wall_seconds: float = _WALL_SECONDS) -> None:
        """Give a PDF up when the child has not answered after that many seconds."""
        self._wall_seconds = wall_seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, data: bytes) -> PdfText:
        """Give the text of a PDF.

        Raises:
            PdfError: it gives none; says why.
        """
        if len(data) > MOST_BYTES:
            raise PdfError(f"it is a PDF of more than {MOST_BYTES:,} bytes")
        with self._lock:
            reply = self._asked(data)
        if "error" in reply:
            raise PdfError(str(reply["error"]))
        return _text(reply["text"])

    def close(self) -> None:
        """End the child, if one runs."""
        with self._lock:
            self._end()

    def _asked(self, data: bytes) -> dict[str, Any]:
        try:
            return self._exchange(data)
        except (OSError, EOFError):
            # It ended for want of work between two PDFs, or this PDF ended it: a fresh one tells.
            self._end()
        try:
            return self._exchange(data)
        except (OSError, EOFError) as error:
            self._end()
            why = "takes too long" if isinstance(error, TimeoutError) else "ends the reader"
            return {"error": f"reading it {why}"}

    def _exchange(self, data: bytes) -> dict[str, Any]:
        child = self._running()
        source, sink = child.stdout, child.stdin
        if source is None or sink is None:
            raise EOFError
        sink.write(LENGTH.pack(len(data)))
        sink.write(data)
        sink.flush()
        deadline = time.monotonic() + self._wall_seconds
        (size,) = LENGTH.unpack(_exactly(source, LENGTH.size, deadline))
        if size > _MOST_REPLY:
            raise EOFError
        reply: dict[str, Any] = json.loads(_exactly(source, size, deadline))
        return reply

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            environment = {n: os.environ[n] for n in _PASSED_ON if n in os.environ}
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", "ingest.pdf.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                cwd="/",
                env=environment | {"PYTHONPATH": _module_path()},
                # Ctrl+C is for the parent, which lets go of the child in order.
                start_new_session=True,
            )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        try:
            child.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _exactly(source: IO[bytes], size: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    while size > 0:
        ready, _, _ = select.select([source], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = source.read(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _module_path() -> str:
    """Give the path on which the child finds this very package, wherever it lies."""
    home = str(Path(ingest.__path__[0]).resolve().parent)
    installed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    given = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
    return os.pathsep.join(given if home in {*installed, *given} else [home, *given])


def _text(reply: dict[str, Any]) -> PdfText:
    return PdfText(
        pages=reply["pages"],
        empty_pages=tuple(reply["empty_pages"]),
        lines=tuple(PdfLine(**line) for line in reply["lines"]),
        pictures=tuple(PdfPicture(**one) for one in reply["pictures"]),
        cut_off=reply["cut_off"],
    )


WORKER = PdfWorker()
"""The one of this process."""
atexit.register(WORKER.close)

"""The child process that reads PDFs: frames on standard input, frames on standard output.

A frame is a length (8 bytes, big-endian) and that many bytes: a PDF in, JSON out. The process
bounds its own memory, writes no file and starts no other; a PDF that takes too long is given up.
It ends with its parent, and after a minute without work.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import select
import signal
import struct
import sys
import types
import warnings
from dataclasses import asdict
from typing import BinaryIO

from ingest.pdf.extract import DEFAULT_PDF_LIMITS, PdfError, extract

LENGTH = struct.Struct(">Q")
IDLE_SECONDS = 60.0
MOST_BYTES = 256 * 1024 * 1024


class _TooLongError(Exception):
    """The PDF took more processor time than it may."""


def _give_up(_: int, __: types.FrameType | None) -> None:
    raise _TooLongError


def _bounded() -> None:
    memory = DEFAULT_PDF_LIMITS.memory
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGPROF, _give_up)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def answer(data: bytes) -> dict[str, object]:
    """Give what a PDF says, or why it says nothing."""
    signal.setitimer(signal.ITIMER_PROF, DEFAULT_PDF_LIMITS.seconds)
    try:
        return {"text": asdict(extract(data))}
    except PdfError as error:
        return {"error": str(error)}
    except _TooLongError:
        return {"error": f"reading it takes more than {DEFAULT_PDF_LIMITS.seconds} s"}
    except MemoryError:
        return {"error": "reading it takes more memory than a PDF may"}
    except Exception as error:  # noqa: BLE001 - hostile bytes meet every branch of a parser
        return {"error": f"it is a broken PDF ({type(error).__name__})"}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def serve(source: io.RawIOBase, sink: BinaryIO) -> None:
    """Answer frames until the parent closes its end or has no work."""
    while True:
        ready, _, _ = select.select([source], [], [], IDLE_SECONDS)
        head = _exactly(source, LENGTH.size) if ready else b""
        if len(head) < LENGTH.size:
            return
        (size,) = LENGTH.unpack(head)
        data = _exactly(source, size) if size <= MOST_BYTES else b""
        if len(data) < size:
            return
        text = json.dumps(answer(data)).encode()
        sink.write(LENGTH.pack(len(text)) + text)
        sink.flush()


def _exactly(source: io.RawIOBase, size: int) -> bytes:
    """Give that many bytes, fewer only at the end. Unbuffered: `select` sees what is left."""
    parts: list[bytes] = []
    while size > 0:
        part = source.read(min(size, 1 << 20))
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def main() -> None:
    """Run the child."""
    _bounded()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with open(0, "rb", buffering=0, closefd=False) as source:
        serve(source, sys.stdout.buffer)


if __name__ == "__main__":
    main()

"""Files on their way into the dashboard: whose, how many, how large, and never on the disk.

Streamlit takes a file from any tab that shows the log-in page, into memory, and parts above 1 MB
into a file of the system's temporary folder. Media must not touch the disk on any way in
(decision 25), and nobody who is not logged in may fill the memory.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from starlette.formparsers import MultiPartParser
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

MB: Final = 1024 * 1024
FILE_MB: Final = 16
"""One file; what is larger goes in by `crosstip ingest` or the API."""
SESSION_FILES: Final = 50
"""As many jobs as one person may have waiting (decision 27)."""
SESSION_BYTES: Final = 64 * MB
ALL_BYTES: Final = 256 * MB
_FRAME_BYTES: Final = 64 * 1024
"""What the form around a file takes."""


@dataclass(frozen=True, slots=True)
class Held:
    """How many files lie in memory, and their bytes."""

    files: int = 0
    size: int = 0

    def plus(self, other: Held) -> Held:
        """Give both together."""
        return Held(self.files + other.files, self.size + other.size)


class UploadRefusedError(Exception):
    """A file is not taken."""

    def __init__(self, sentence: str, *, status: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class UploadGate:
    """Lets files in for tabs where somebody is logged in, within bounds. Safe among threads."""

    def __init__(self, held: Callable[[], dict[str, Held]]) -> None:
        """Take what says how much each session holds now."""
        self._held = held
        self._lock = threading.Lock()
        self._admitted: set[str] = set()
        self._coming: dict[str, Held] = {}

    def admit(self, session: str) -> None:
        """Let a session's files in from now on."""
        with self._lock:
            self._admitted.add(session)

    def bar(self, session: str) -> None:
        """Let none in any more: nobody is logged in there."""
        with self._lock:
            self._admitted.discard(session)

    @contextmanager
    def passing(self, session: str, size: int | None) -> Iterator[None]:
        """Keep room for a body of `size` bytes while it comes in; None: it does not say.

        Raises:
            UploadRefusedError: it is not taken, and nothing of it is to be read.
        """
        coming = Held(1, self._checked(size))
        with self._lock:
            self._find_room(session, coming)
            self._coming[session] = self._coming.get(session, Held()).plus(coming)
        try:
            yield
        finally:
            with self._lock:
                left = self._coming[session].plus(Held(-1, -coming.size))
                if left.files > 0:
                    self._coming[session] = left
                else:
                    del self._coming[session]

    def _checked(self, size: int | None) -> int:
        if size is None or size < 0:
            raise UploadRefusedError("A file says how long it is.", status=411)
        if size > FILE_MB * MB + _FRAME_BYTES:
            raise UploadRefusedError(f"A file has {FILE_MB} MB at most.", status=413)
        return size

    def _find_room(self, session: str, coming: Held) -> None:
        if session not in self._admitted:
            raise UploadRefusedError("Log in before you hand files in.", status=403)
        held = self._held()
        own = held.get(session, Held()).plus(self._coming.get(session, Held())).plus(coming)
        if own.files > SESSION_FILES or own.size > SESSION_BYTES:
            raise UploadRefusedError("Hand in what is chosen first.", status=413)
        everybody = sum(one.size for one in (*held.values(), *self._coming.values(), coming))
        if everybody > ALL_BYTES:
            raise UploadRefusedError("Others hand files in. Try again in a moment.", status=503)


def _held_by_streamlit() -> dict[str, Held]:
    if not Runtime.exists():
        return {}
    manager = Runtime.instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        raise TypeError("Streamlit keeps files elsewhere than in memory")
    return {
        session: Held(len(files), sum(len(file.data) for file in [*files.values()]))
        for session, files in [*manager.file_storage.items()]
    }


GATE: Final = UploadGate(_held_by_streamlit)
"""The one of this process: pages admit their own session to it."""


def note_log_in(*, is_logged_in: bool) -> None:
    """Tell the gate whether somebody is logged in where this page runs."""
    context = get_script_run_ctx()
    if context is None:
        return
    if is_logged_in:
        GATE.admit(context.session_id)
    else:
        GATE.bar(context.session_id)


def keep_off_the_disk() -> None:
    """Have the server hold every file that it takes in memory, however large it may be."""
    MultiPartParser.spool_max_size = FILE_MB * MB + _FRAME_BYTES

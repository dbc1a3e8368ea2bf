"""The desk of a check: its own key is kept with the check, so no answer is kept twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends

from api.conduct.desk import At, Desk
from api.conduct.keys import OnceKey
from graph.errors import ChangedError, KeyReusedError


def _for_check(at: At, once: OnceKey) -> Iterator[Desk]:
    """Give the desk; the same key with another question is refused as for any other POST."""
    at.key = None if once is None else once.named
    try:
        yield at
    except ChangedError as error:
        raise KeyReusedError(
            "This Idempotency-Key was used for another check. Take another key. "
            "Nothing was checked."
        ) from error


ForCheck = Annotated[Desk, Depends(_for_check, scope="function")]
"""For services of checks, which keep question and answer under the asker's key for a day."""

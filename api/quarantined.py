"""What of the quarantine a caller may see: what was handed in for their agency."""

from __future__ import annotations

from collections import Counter

from api.conduct.desk import Desk
from api.ports import UploadPort, Waiting
from api.schemas.quarantine import ProviderTally
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import permits
from graph.clock import iso
from graph.errors import NotFoundError


def own(at: Desk, uploads: UploadPort, deed: Deed) -> list[Waiting]:
    """Give what could not be taken in of what is the caller's agency's.

    Raises:
        IntakeError: the disk does not give it back.
    """
    return [entry for entry in uploads.quarantine() if _may(at, entry, deed)]


def own_entry(at: Desk, uploads: UploadPort, entry: str, deed: Deed) -> Waiting:
    """Give one of these.

    Raises:
        NotFoundError: there is none.
    """
    for found in own(at, uploads, deed):
        if found.id == entry:
            return found
    raise NotFoundError("There is no such document of your agency's in quarantine.")


def tally_of(entries: list[Waiting]) -> list[ProviderTally]:
    """Count documents by the provider that they name; those that name none are a row as well."""
    waiting: Counter[str | None] = Counter()
    dismissed: Counter[str | None] = Counter()
    oldest: dict[str | None, int] = {}
    for entry in entries:
        if entry.dismissed_us is not None:
            dismissed[entry.provider] += 1
            continue
        waiting[entry.provider] += 1
        oldest[entry.provider] = min(oldest.get(entry.provider, entry.first_us), entry.first_us)
    rows = [
        ProviderTally(
            provider=provider,
            waiting=waiting[provider],
            dismissed=dismissed[provider],
            oldest_at=iso(oldest[provider]) if provider in oldest else None,
        )
        for provider in {*waiting, *dismissed}
    ]
    return sorted(rows, key=lambda row: (-row.waiting, -row.dismissed, row.provider or ""))


def page_of(entries: list[Waiting], after: str, limit: int) -> list[Waiting]:
    """Give those behind one of them, from the first where none is named.

    Raises:
        NotFoundError: the one that was named is not there any more.
    """
    ids = [entry.id for entry in entries]
    if after != "" and after not in ids:
        raise NotFoundError("That place is gone from the list. Begin anew.")
    start = 0 if after == "" else ids.index(after) + 1
    return entries[start : start + limit]


def _may(at: Desk, entry: Waiting, deed: Deed) -> bool:
    if at.caller.unnamed:
        return True
    if entry.holder is None or entry.holder != at.caller.agency:
        return False
    return permits(at.caller, deed, resource=Resource(owner=entry.holder))

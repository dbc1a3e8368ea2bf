"""Two tips with every payload in every field, and two that share a few of their identifiers."""

from __future__ import annotations

from typing import Any, Final

from graph.deliveries import Delivery
from graph.identifiers.account import account_key
from graph.identifiers.core import MAX_KEY_LENGTH, IdentifierKind
from graph.statements import Assertion, FileStatement
from ingest.transform.text import MAX_NOTE
from tests.dashboard.hostile_texts import texts
from tests.deliveries import HOUR_US, MONDAY_US, delivery, file_hash, says

NAMES: Final = texts(500)
"""As long as intake lets names be."""
_FREE: Final = (
    IdentifierKind.SCREEN_NAME,
    IdentifierKind.EMAIL,
    IdentifierKind.ACCOUNT,
    IdentifierKind.URL,
    IdentifierKind.DEVICE,
)
"""Kinds of which a sender chooses the words; the others are numbers."""


def hostile_tips() -> list[Delivery]:
    """Give them: the first three north's, the last east's."""
    said, files, facts = _said(), _files(), _facts()
    digest = file_hash("md5:0123456789abcdef0123456789abcdef", file_id="1")
    return [
        delivery("700000001", [*said, digest], files=files, urgency=0, holder="north", **facts),
        delivery("700000002", said[:9], files=files[:2], urgency=1, holder="north", **facts),
        delivery("700000003", said[9:12], holder="north", provider_name=NAMES[7]),
        delivery("700000004", said[9:12], holder="east", provider_name=NAMES[8]),
    ]


def _said() -> list[Assertion]:
    return [
        says(
            _kind_of(at),
            _key(_kind_of(at), key),
            stated_as=name,
            state_reason=name,
            hints=(name,),
            event=name,
            at_us=MONDAY_US + at * HOUR_US,
            time_raw=name,
            time_note=name,
            verified=name,
            possible_proxy=name,
            contact_type=name,
            account_type=name,
            compromised=name,
            person=name,
            path=name,
        )
        for at, (key, name) in enumerate(zip(texts(MAX_KEY_LENGTH), NAMES, strict=True))
    ]


def _files() -> list[FileStatement]:
    return [
        FileStatement(
            file_id=str(at),
            name=name,
            original_name=name,
            viewed_by_esp=name,
            exif_viewed_by_esp=name,
            publicly_available=name,
            relevance=name,
            classification=name,
            annotations=(name,),
        )
        for at, name in enumerate(NAMES)
    ]


def _facts() -> dict[str, Any]:
    noted = tuple(zip(NAMES, texts(MAX_NOTE), strict=True))
    return {
        "provider": NAMES[0],
        "provider_name": NAMES[1],
        "incident_types": NAMES,
        "incident_us": MONDAY_US,
        "incident_time_raw": NAMES[2],
        "platform": NAMES[3],
        "ncmec_priority": NAMES[4],
        "ncmec_status": NAMES[5],
        "annotations": NAMES,
        "batched_reason": NAMES[6],
        "urgency_reasons": NAMES,
        "notes": noted,
        "details": (*noted, ("estimated location", "Portland, OR, US")),
    }


def _kind_of(at: int) -> IdentifierKind:
    return _FREE[at % len(_FREE)]


def _key(kind: IdentifierKind, text: str) -> str:
    """Give a key that differs from those of other kinds, formed as that kind's keys are."""
    if kind is IdentifierKind.ACCOUNT:
        return account_key("provider", "", text)[:MAX_KEY_LENGTH]
    return f"{text}@{kind.value}"[-MAX_KEY_LENGTH:]

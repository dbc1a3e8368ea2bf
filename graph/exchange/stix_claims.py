"""Claims in a STIX bundle: a note on the observable, marked with its handling code."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from stix2.v21 import MarkingDefinition, Note, StatementMarking

from graph.casework.leaving import MARKINGS
from graph.exchange.extract import ClaimOut
from graph.exchange.texts import filled, plain, when

Stix: TypeAlias = "Any"
"""An object of the library, which names no types."""

SPACE: Final = uuid.UUID("6f2f2f0e-6b1c-5f0e-9a55-6a7d8f5d3c11")
"""Names of this namespace are keys of records: one record has one id in every extract."""
CLAIM_EXTENSION: Final = f"extension-definition--{uuid.uuid5(SPACE, 'extension claim 1')}"
CLAIM_FIELDS: Final = (
    *("ref", "agency", "reference", "role", "handling", "reliability", "content", "entered_at"),
)


def id_of(kind: str, key: str) -> str:
    """Give the id of a record."""
    return f"{kind}--{uuid.uuid5(SPACE, plain(f'{kind} {key}'))}"


def handling_marking(code: str, *, at: str) -> Stix:
    """Give what marks every claim of a handling code."""
    said = f"Handling code: {plain(code)}. {MARKINGS.get(code, '')}".strip()
    return MarkingDefinition(
        id=id_of("marking-definition", f"handling {code}"),
        created=at,
        definition_type="statement",
        definition=StatementMarking(statement=said),
    )


def claim_note(claim: ClaimOut, common: Mapping[str, Stix], *, on: str) -> Stix:
    """Give a claim as a note on an observable; `common` has its id and the extract's marking."""
    words = filled(
        ref=claim.ref,
        agency=claim.agency,
        reference=claim.reference,
        role=claim.role,
        handling=claim.handling,
        reliability=claim.reliability,
        content=claim.content,
        entered_at=when(claim.entered_us),
    )
    marks = [
        *common["object_marking_refs"],
        id_of("marking-definition", f"handling {claim.handling}"),
    ]
    said = f"An investigation of {plain(claim.agency)} claims it: {plain(claim.reference)}."
    return Note(
        **{**common, "object_marking_refs": marks},
        content=said,
        object_refs=[on],
        extensions={CLAIM_EXTENSION: {"extension_type": "property-extension", **words}},
    )

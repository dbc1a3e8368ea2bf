"""What one record of the log says, and its one encoding in bytes.

The encoding is RFC 8785 (JSON Canonicalization Scheme) over strings, lists of strings and integers
below 2^53 under ASCII names; for those Python's own `json` gives exactly the scheme's bytes. What
does not apply is left out, so that a field added later leaves the bytes of older records alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeAlias

from graph.errors import RowError

FORMAT = 1
"""Stands in every record as `v`; raised when the meaning of a field changes."""
OPERATOR = "operator"
"""The log of whoever runs the installation; everything without an agency goes there."""
MAX_BYTES = 65_536
_MAX_INTEGER = 2**53
_OTHER_STATES = "|"

Field: TypeAlias = str | int | list[str]

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """Who did what to which record, for which purpose, and how it ended."""

    id: str
    log: str
    at_us: int
    """When, microseconds since 1970 UTC."""
    actor: str
    action: str
    object: str | None
    """Key of a record, or the token of an identifier; never an identifier itself."""
    outcome: str
    agency: str | None = None
    purpose: str | None = None
    investigation: str | None = None
    decision: str | None = None
    policies: tuple[str, ...] = ()
    """Ids of the policies that decided."""
    disclosed: tuple[str, ...] = ()
    """Keys of further records that the answer showed."""
    request: str | None = None
    """Id of the HTTP request that it was done for, as answer and the API's own log have it."""
    format: int = FORMAT


def canonical(record: AuditRecord) -> bytes:
    """Give the bytes of a record that the log commits to.

    Raises:
        RowError: a text cannot be encoded, a number or the whole is too large.
    """
    fields: dict[str, Field | None] = {
        "action": record.action,
        "actor": record.actor,
        "agency": record.agency,
        "at_us": record.at_us,
        "decision": record.decision,
        "disclosed": list(record.disclosed) if len(record.disclosed) > 0 else None,
        "id": record.id,
        "investigation": record.investigation,
        "log": record.log,
        "object": record.object,
        "outcome": record.outcome,
        "policies": list(record.policies) if len(record.policies) > 0 else None,
        "purpose": record.purpose,
        "request": record.request,
        "v": record.format,
    }
    return encode({name: value for name, value in fields.items() if value is not None})


def encode(fields: dict[str, Field]) -> bytes:
    """Give the canonical bytes of an object (RFC 8785).

    Raises:
        RowError: a text cannot be encoded, or a number or the whole is too large.
    """
    if any(isinstance(v, int) and not -_MAX_INTEGER < v < _MAX_INTEGER for v in fields.values()):
        raise RowError("A record of the log holds a number beyond 53 bits; it was not written.")
    try:
        found = _ENCODER.encode(fields).encode("utf-8")
    except UnicodeEncodeError as error:
        raise RowError("A record of the log holds text that is no Unicode; not written.") from error
    if len(found) > MAX_BYTES:
        raise RowError(f"A record of the log is over {MAX_BYTES} bytes; it was not written.")
    return found


def log_of(agency: str | None) -> str:
    """Give the name of an agency's log, or of the operator's."""
    if agency is None:
        return OPERATOR
    return f"agency:{agency.replace('%', '%25').replace('|', '%7C')}"


def agency_of_log(log: str) -> str | None:
    """Give the agency whose log has that name, None for the operators' and for no log at all."""
    kind, _, key = log.partition(":")
    if kind != "agency":
        return None
    return key.replace("%7C", "|").replace("%25", "%")


def waiting_place(log: str, at_us: int, key: str) -> str:
    """Give the place of a leaf without a number: by log, time and key."""
    return f"waiting|{log}|{at_us:020d}|{key}"


def numbered_place(log: str, number: int) -> str:
    """Give the place of a leaf with its number, counted from 0."""
    return f"log|{log}|{number:015d}"


def waiting_range(log: str | None = None) -> tuple[str, str]:
    """Give the first and the first other place of leaves without a number, of one log or all."""
    return ("waiting|", "waiting}") if log is None else (f"waiting|{log}|", f"waiting|{log}}}")


def numbered_range(log: str) -> tuple[str, str]:
    """Give the first and the first other place of a log's leaves with numbers."""
    return f"log|{log}|", f"log|{log}}}"


def number_of(place: str) -> int | None:
    """Give the number in a place, or None when it has none."""
    digits = place.rpartition(_OTHER_STATES)[2]
    return int(digits) if place.startswith("log|") and digits.isdigit() else None

"""What the log says, as columns and sentences. Pure, from the API's answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from client.proofs import ProofError, grown, proven_record
from client.resources.audit import LedgerEntry, VerificationAnswer
from dashboard.components.csv_file import Columns
from dashboard.wording import visible


def narrowed(
    lines: Sequence[LedgerEntry], *, who: str, what: str, first: str, last: str
) -> list[LedgerEntry]:
    """Give the lines of an actor, with an action, from a day to a day (UTC, YYYY-MM-DD).

    An empty text narrows nothing. Actors and actions are found by a part of their name.
    """
    return [
        line
        for line in lines
        if who.casefold() in line.actor.casefold()
        and what.casefold() in line.action.casefold()
        and (first == "" or line.at[:10] >= first)
        and (last == "" or line.at[:10] <= last)
    ]


def ledger_columns(lines: Sequence[LedgerEntry]) -> Columns:
    """Give lines of the log, the newest first."""
    return {
        "When": [line.at for line in lines],
        "Who": [visible(line.actor) for line in lines],
        "Agency": [visible(line.agency) for line in lines],
        "What": [visible(line.action) for line in lines],
        "How": [visible(line.capacity) for line in lines],
        "Outcome": [visible(line.outcome) for line in lines],
        "Purpose": [visible(line.purpose) for line in lines],
        "Investigation": [visible(line.investigation) for line in lines],
        "Number": ["waits" if line.number is None else str(line.number) for line in lines],
        "Entry": [line.entry for line in lines],
    }


def found_columns(answer: VerificationAnswer) -> Columns:
    """Give what recomputing found, log by log."""
    return {
        "Log": [found.log for found in answer.logs],
        "Records": [found.records for found in answer.logs],
        "Signed": [found.signed for found in answer.logs],
        "Waiting": [found.waiting for found in answer.logs],
        "Found": [visible(found.finding or "nothing wrong") for found in answer.logs],
    }


def kept_file(data: bytes) -> Mapping[str, Any]:
    """Read a file that was kept.

    Raises:
        ProofError: it is no file of a kept checkpoint.
    """
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ProofError("This is no file of a kept checkpoint.") from error
    if not isinstance(said, dict):
        raise ProofError("This is no file of a kept checkpoint.")
    return said


def growth_said(kept: Mapping[str, Any], proof: Mapping[str, Any]) -> str:
    """Say what a proof of growth shows.

    Raises:
        ProofError: nothing.
    """
    old, new = grown(kept, proof)
    return (
        f"Your checkpoint {old.checkpoint} holds {old.size} records of {old.log}. They are, "
        f"unchanged and in their order, the first of the {new.size} in checkpoint "
        f"{new.checkpoint}."
    )


def record_said(proof: Mapping[str, Any]) -> list[str]:
    """Give a proven record line by line, and where it stands.

    Raises:
        ProofError: the proof shows nothing.
    """
    text, head = proven_record(proof)
    record = kept_file(text.encode("utf-8", "surrogatepass"))
    where = f"checkpoint {head.checkpoint} signs of {head.log}"
    return [
        f"Proven: record {proof['number']} of the {head.size} that {where}.",
        *(f"{name}: {visible(value)}" for name, value in sorted(record.items())),
    ]


def verdict(answer: VerificationAnswer) -> str:
    """Say what recomputing found, in a sentence."""
    if not answer.is_good:
        return "THE LOG DOES NOT HOLD. Stop and have the disk kept."
    if answer.checkpoints == 0:
        return "No checkpoint was published yet, so nothing vouches for the log."
    return "Everything that is numbered and signed holds."

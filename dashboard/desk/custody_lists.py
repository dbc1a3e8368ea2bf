"""A tip's chain of custody as columns and lines. Pure, from the API's answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from client.resources.custody import (
    CustodyAnswer,
    CustodyDocument,
    CustodyEntry,
    CustodyHandoff,
    CustodyVersion,
)
from client.resources.evidence import FileVerification
from client.resources.queue import TipMove
from dashboard.components.csv_file import Columns
from dashboard.wording import joined, visible


def heads(answer: CustodyAnswer) -> tuple[tuple[str, str], ...]:
    """Give what a tip's custody begins with, label and value."""
    return (
        ("Tip", visible(answer.tip)),
        ("Report number at NCMEC", visible(answer.report_number)),
        ("Source", visible(answer.source)),
        ("Told by the log of", visible(answer.agency)),
        ("Held since (UTC)", answer.held_since_at or "not known"),
        ("Held until (UTC)", answer.held_until_at or "it is held"),
        ("First entry of the log (UTC)", answer.first_logged_at or "none"),
        ("Withdrawn (UTC)", answer.withdrawn_at or ""),
        ("Withdrawn because", visible(answer.withdrawn_why)),
    )


def document_columns(rows: Sequence[CustodyDocument]) -> Columns:
    """Give documents as they were received, and where each original is."""
    return {
        "Document": [visible(row.name) for row in rows],
        "SHA-256 as received": [visible(row.sha256) for row in rows],
        "Bytes": [row.size for row in rows],
        "Came by": [visible(row.channel) for row in rows],
        "Received (UTC)": [row.received_at or "not known" for row in rows],
        "Each receipt of the same bytes (UTC)": [joined(row.receipts) for row in rows],
        "Where the original is": [visible(row.held) for row in rows],
        "SHA-256 of what is kept": [visible(row.stored_sha256) for row in rows],
        "Out of the file": [visible(row.container_sha256) for row in rows],
        "Place in that file": [row.position for row in rows],
        "Cut out of it": [joined(row.media) for row in rows],
    }


def version_columns(rows: Sequence[CustodyVersion]) -> Columns:
    """Give versions with their reader and what each changed."""
    return {
        "Issued (UTC)": [row.issued_at for row in rows],
        "Recorded (UTC)": [row.recorded_at for row in rows],
        "Present": ["yes" if row.current else "no" for row in rows],
        "Handed in by": [joined(row.received_by) or "not in the log" for row in rows],
        "Read by": [visible(row.parser) for row in rows],
        "What it changed": [joined(row.changed) for row in rows],
        "Provider as declared": [visible(row.declared_provider) for row in rows],
        "Where the number is from": [visible(row.number_source) for row in rows],
        "Fields not known": [row.unknown for row in rows],
        "Values refused": [row.rejected for row in rows],
        "Values withheld": [row.withheld for row in rows],
        "Document (SHA-256)": [visible(row.document) for row in rows],
        "Part": [visible(row.part) for row in rows],
        "Version": [visible(row.key) for row in rows],
        "Superseded by": [visible(row.superseded_by) for row in rows],
    }


def entry_columns(rows: Sequence[CustodyEntry]) -> Columns:
    """Give entries of the log, the oldest first as the API gives them."""
    return {
        "No. in the log": [row.number for row in rows],
        "Time (UTC)": [row.at for row in rows],
        "Who": [visible(row.actor) for row in rows],
        "Kind": [row.kind for row in rows],
        "What": [visible(row.action) for row in rows],
        "As": [visible(row.capacity) for row in rows],
        "Outcome": [visible(row.outcome) for row in rows],
        "Decision": [row.decision or "" for row in rows],
        "Policies": [joined(row.policies) for row in rows],
        "Purpose": [visible(row.purpose) for row in rows],
        "Investigation": [visible(row.investigation) for row in rows],
        "Request": [visible(row.request) for row in rows],
        "Log": [visible(row.log) for row in rows],
        "Entry": [visible(row.entry) for row in rows],
    }


def kinds_said(rows: Sequence[CustodyEntry]) -> str:
    """Say how many entries of each kind there are, the most frequent first."""
    found = Counter(row.kind for row in rows)
    order = sorted(found, key=lambda kind: (-found[kind], kind))
    return ", ".join(f"{found[kind]} {kind}" for kind in order)


def move_columns(rows: Sequence[TipMove]) -> Columns:
    """Give what was decided about the tip in the queue."""
    return {
        "No.": [row.number for row in rows],
        "Time (UTC)": [row.at for row in rows],
        "Move": [row.move for row in rows],
        "Made by": [visible(row.made_by) for row in rows],
        "From": [row.from_state for row in rows],
        "To": [row.to_state for row in rows],
        "Then whose": [visible(row.owner) for row in rows],
        "Reason": [visible(row.why) for row in rows],
        "Outcome": [visible(row.outcome) for row in rows],
        "Recipient": [visible(row.recipient) for row in rows],
    }


def verification_columns(rows: Sequence[FileVerification]) -> Columns:
    """Give what persons say that they saw of its files, outside Crosstip."""
    return {
        "File": [visible(row.file_id) for row in rows],
        "About": [visible(row.about) for row in rows],
        "Verdict": [row.verdict for row in rows],
        "Seen as": [row.seen_as for row in rows],
        "By": [visible(row.verified_by) for row in rows],
        "Time (UTC)": [row.at for row in rows],
        "Reason": [visible(row.why) for row in rows],
        "The gate said": [visible(row.gate) for row in rows],
        "Authority": [visible(row.authority) for row in rows],
    }


def handoff_columns(rows: Sequence[CustodyHandoff]) -> Columns:
    """Give hand-offs, one line for each receipt of the own side."""
    lines = [(row, one) for row in rows for one in row.receipts]
    return {
        "Hand-off": [visible(row.ref) for row, _ in lines],
        "From agency": [visible(row.giver) for row, _ in lines],
        "To agency": [visible(row.receiver) for row, _ in lines],
        "Kind": [row.kind for row, _ in lines],
        "Stands": [row.stage for row, _ in lines],
        "Purpose": [visible(row.purpose) for row, _ in lines],
        "Level": [row.level for row, _ in lines],
        "Receipt No.": [one.number for _, one in lines],
        "Step": [one.step for _, one in lines],
        "Time (UTC)": [one.at for _, one in lines],
        "The receipt holds": [
            "yes" if one.holds else f"NO: {joined(one.faults)}" for _, one in lines
        ],
        "SHA-256 of the receipt": [one.sha256 for _, one in lines],
        "SHA-256 of what was disclosed": [one.disclosed_sha256 or "" for _, one in lines],
        "Entry of the log": [visible(one.leaf) for _, one in lines],
        "Offered by": [visible(row.offered_by) for row, _ in lines],
        "Answered by": [visible(row.answered_by) for row, _ in lines],
        "Reason of the answer": [visible(row.answered_why) for row, _ in lines],
    }


def faulty(rows: Sequence[CustodyHandoff]) -> int:
    """Count receipts that do not hold any more: text, chain or entry of the log differs."""
    return sum(not one.holds for row in rows for one in row.receipts)


def bundle_name(tip: str, *, synthetic: bool) -> str:
    """Give the name of a bundle's file, with nothing in it but letters, digits and hyphens."""
    plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in tip)
    return f"{'SYNTHETIC-' if synthetic else ''}crosstip-custody-{plain}.zip"

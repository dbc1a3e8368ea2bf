"""Receipts: what each side keeps of each step of a hand-off, and how it is proved later.

A receipt is a canonical text (RFC 8785) with its SHA-256. It names the digest of what was disclosed
and of the side's receipt before it, and its own digest stands in the leaf of the side's log, so
that a checkpoint over the log vouches for it (28 CFR 23.20(g): who was given what, why, when).
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.audit.records import Field
from graph.handoff.showing import canonical_text, sha256_of

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a side's receipt says of one step."""

    handoff: str
    number: int
    """Its place among the steps of the hand-off, from 1."""
    side: str
    agency: str
    """Whose receipt it is."""
    giver: str
    receiver: str
    tip: str
    kind: str
    step: str
    stage: str
    """Where the hand-off stands since."""
    at_us: int
    made_by: str
    made_for: str | None
    """The agency whose step it was; None: the clock's."""
    why: str | None
    level: str
    """What the receiver sees since."""
    disclosed_sha256: str | None
    """Of the record that the step disclosed; None where it disclosed nothing."""
    permitted: str
    """Whether the receiver may be given it, as far as that was asked."""
    agreement: str | None
    """Reference of an agreement of both agencies that was in force."""
    prior: str | None
    """SHA-256 of the side's receipt before."""


def receipt_text(receipt: Receipt) -> str:
    """Give a receipt as canonical text; what does not apply is left out."""
    values: dict[str, Field | None] = {
        "v": FORMAT,
        "handoff": receipt.handoff,
        "number": receipt.number,
        "side": receipt.side,
        "agency": receipt.agency,
        "giver": receipt.giver,
        "receiver": receipt.receiver,
        "tip": receipt.tip,
        "kind": receipt.kind,
        "step": receipt.step,
        "stage": receipt.stage,
        "at_us": receipt.at_us,
        "made_by": receipt.made_by,
        "made_for": receipt.made_for,
        "why": receipt.why,
        "level": receipt.level,
        "disclosed_sha256": receipt.disclosed_sha256,
        "permitted": receipt.permitted,
        "agreement": receipt.agreement,
        "prior": receipt.prior,
    }
    return canonical_text({name: value for name, value in values.items() if value is not None})


def logged_as(step: str, digest: str) -> str:
    """Give the outcome of the leaf that vouches for a receipt."""
    return f"{step}; receipt sha256:{digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A receipt as it is stored, and the leaf that is to vouch for it."""

    number: int
    step: str
    body: str
    sha256: str
    prior: str | None
    disclosed: str | None
    """The record that the step disclosed, where this side keeps it."""
    disclosed_sha256: str | None
    leaf_outcome: str | None
    """Of the leaf in the side's own log; None where there is no such leaf."""


def faults_of(kept: Kept, *, before: Kept | None) -> tuple[str, ...]:
    """Give what does not hold of a receipt; nothing where everything does."""
    faults: list[str] = []
    if sha256_of(kept.body) != kept.sha256:
        faults.append("its text was changed: its SHA-256 is another one")
    if kept.leaf_outcome is None:
        faults.append("the log has no entry for it")
    elif kept.leaf_outcome != logged_as(kept.step, kept.sha256):
        faults.append("the log's entry names another receipt")
    if kept.prior != (None if before is None else before.sha256):
        faults.append("it does not follow the receipt before it")
    if kept.disclosed is not None and sha256_of(kept.disclosed) != kept.disclosed_sha256:
        faults.append("what was disclosed is not what is kept of it")
    return tuple(faults)

"""Checkpoints: signed statements over the heads of all logs, each bound to the one before.

    crosstip/<identity of the installation>
    <number, from 0>
    <base64 of the root over the salted heads>
    heads <how many logs>
    at_us <when, microseconds since 1970 UTC>
    previous <SHA-256 of the text of the checkpoint before, or 64 zeros>
    key <the public key that signs from the next one on>

A key hands over by naming its successor in a checkpoint that both sign.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from graph.audit.errors import AuditError, AuditKeyError
from graph.audit.heads import Opening
from graph.audit.notes import PublicKey, require_signed, text_of

NO_PREVIOUS = "0" * 64
_TEXT = re.compile(
    r"crosstip/(?P<identity>[0-9a-f]{32})\n(?P<number>\d{1,15})\n(?P<root>[A-Za-z0-9+/=]{44})\n"
    r"heads (?P<heads>\d{1,15})\nat_us (?P<at_us>\d{1,19})\nprevious (?P<previous>[0-9a-f]{64})\n"
    r"key (?P<key>[^\n ]{1,300})\n",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a checkpoint says."""

    identity: str
    number: int
    root: bytes
    heads: int
    at_us: int
    previous: str
    key: PublicKey

    @property
    def text(self) -> str:
        """The text that is signed."""
        return (
            f"crosstip/{self.identity}\n{self.number}\n"
            f"{base64.b64encode(self.root).decode('ascii')}\nheads {self.heads}\n"
            f"at_us {self.at_us}\nprevious {self.previous}\nkey {self.key.text}\n"
        )

    @property
    def digest(self) -> str:
        """What the next checkpoint names as the one before."""
        return sha256(self.text.encode()).hexdigest()

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Give the checkpoint of a text.

        Raises:
            AuditError: it is none.
        """
        found = _TEXT.fullmatch(text)
        if found is None:
            raise AuditError("That is no checkpoint of a Crosstip log.")
        try:
            checkpoint = cls(
                identity=found["identity"],
                number=int(found["number"]),
                root=base64.b64decode(found["root"], validate=True),
                heads=int(found["heads"]),
                at_us=int(found["at_us"]),
                previous=found["previous"],
                key=PublicKey.parse(found["key"]),
            )
        except (binascii.Error, AuditKeyError) as error:
            raise AuditError("That is no checkpoint of a Crosstip log.") from error
        if checkpoint.text != text:
            raise AuditError("That checkpoint is not written as Crosstip writes them.")
        return checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainBreak:
    """The first checkpoint of a sequence that does not hold, and why."""

    number: int
    why: str


def follow(notes: Iterable[str], key: PublicKey) -> tuple[list[Checkpoint], ChainBreak | None]:
    """Check notes in their order, from number 0.

    Gives the checkpoints that hold, and what is wrong with the first that does not.
    """
    good: list[Checkpoint] = []
    before: Checkpoint | None = None
    trusted = key
    for note in notes:
        number = 0 if before is None else before.number + 1
        try:
            found = Checkpoint.parse(require_signed(note, trusted))
            if found.key != trusted:
                require_signed(note, found.key)
        except AuditError as error:
            return good, ChainBreak(number=number, why=str(error))
        wrong = _breaks(before, found, number)
        if wrong is not None:
            return good, ChainBreak(number=number, why=wrong)
        good.append(found)
        before, trusted = found, found.key
    return good, None


def follow_from_first(
    notes: Sequence[str], pinned: PublicKey | None
) -> tuple[list[Checkpoint], ChainBreak | None]:
    """Check notes from number 0, by the key that the first one names.

    A pinned key must be one of those that the chain hands on: what comes before it is bound by the
    digests that it signed, what comes after by the signatures over its successors.
    """
    if len(notes) == 0:
        return [], None
    try:
        first = Checkpoint.parse(text_of(notes[0])).key
    except AuditError as error:
        return [], ChainBreak(number=0, why=str(error))
    good, broken = follow(notes, first)
    if pinned is not None and pinned not in {found.key for found in good}:
        why = f"The key {pinned.name} ({pinned.hash.hex()}) signed none of these checkpoints."
        return [], ChainBreak(number=0, why=why)
    return good, broken


def _breaks(before: Checkpoint | None, found: Checkpoint, number: int) -> str | None:
    if found.number != number:
        return f"Checkpoint {found.number} stands where {number} belongs."
    if found.previous != (NO_PREVIOUS if before is None else before.digest):
        return "It does not name the checkpoint before it."
    if before is not None and found.identity != before.identity:
        return "It belongs to another installation."
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What came of comparing checkpoints that several parties hold."""

    split: str | None
    """Where two histories were shown; None when there is no sign of it."""
    gaps: tuple[tuple[int, int], ...]
    """Neighbouring numbers with others between them that nobody brought: not compared."""


def compare(items: Sequence[tuple[str, Opening | None]]) -> Exchange:
    """Compare notes from several parties, each with the head that its party was shown.

    Checkpoints of one number must be one text, each must name the one before, and a log has one
    head at a time that never shrinks.

    Raises:
        AuditError: one of them is no valid checkpoint at all, or does not hold its head.
    """
    read = sorted(
        ((read_note(note, opening), opening) for note, opening in items),
        key=lambda pair: pair[0].number,
    )
    gaps: list[tuple[int, int]] = []
    for (first, _), (second, _) in pairwise(read):
        split = _apart(first, second)
        if split is not None:
            return Exchange(split=split, gaps=())
        if second.number > first.number + 1:
            gaps.append((first.number, second.number))
    heads = [(found.number, opening) for found, opening in read if opening is not None]
    return Exchange(split=_two_heads(heads), gaps=tuple(gaps))


def read_note(note: str, opening: Opening | None, *, key: PublicKey | None = None) -> Checkpoint:
    """Give the checkpoint of a note that is signed by `key`, or by the key that it names itself.

    Raises:
        AuditError: it is not signed, or does not hold the head that is opened.
    """
    found = Checkpoint.parse(text_of(note))
    require_signed(note, key if key is not None else found.key)
    if opening is not None and not opening.is_in(found.root, heads=found.heads):
        raise AuditError(f"Checkpoint {found.number} does not hold the head that is kept with it.")
    return found


def _apart(first: Checkpoint, second: Checkpoint) -> str | None:
    if first.identity != second.identity:
        return "They come from two installations."
    if first.number == second.number and first.text != second.text:
        return f"There are two checkpoints number {first.number}: two histories were shown."
    if first.number + 1 == second.number and second.previous != first.digest:
        return f"Checkpoint {second.number} does not follow this {first.number}: two histories."
    return None


def _two_heads(read: Sequence[tuple[int, Opening]]) -> str | None:
    last: dict[str, tuple[int, Opening]] = {}
    for number, found in read:
        before, known = last.get(found.log, (number, found))
        if before == number and found.head != known.head:
            return f"Checkpoint {number} holds two heads of {found.log}."
        if found.size < known.size:
            return f"{found.log} was longer in checkpoint {before} than in {number}."
        if found.size == known.size and found.root != known.root:
            return f"{found.log} has two roots at {found.size} records ({before}, {number})."
        last[found.log] = (number, found)
    return None

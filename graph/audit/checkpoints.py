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
from graph.audit.heads import Kept, Opening
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


def follow(
    notes: Iterable[str], key: PublicKey, *, after: Checkpoint | None = None
) -> tuple[list[Checkpoint], ChainBreak | None]:
    """Check notes in their order from number 0, or from the one after a trusted checkpoint.

    Gives the checkpoints that hold, and what is wrong with the first that does not.
    """
    good: list[Checkpoint] = []
    before, trusted = after, key
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


def read_kept(kept: Kept, key: PublicKey | None) -> Checkpoint:
    """Give the checkpoint that an agency kept.

    Without a key, the one that it names itself is taken: whoever kept it saw it then.

    Raises:
        AuditError: it is not signed, or does not hold the head that it opens.
    """
    found = Checkpoint.parse(text_of(kept.note))
    require_signed(kept.note, key if key is not None else found.key)
    if not kept.opening.is_in(found.root, heads=found.heads):
        raise AuditError(f"Checkpoint {found.number} does not hold the head that is kept with it.")
    return found


def splits(kept: Sequence[Kept], *, key: PublicKey | None = None) -> str | None:
    """Compare checkpoints that several agencies kept; say where they were shown two histories.

    Two checkpoints of one number must be the same text, those of neighbouring numbers must be
    bound, and one log has one head at a time that never shrinks. Others are compared by
    `follow`, once the checkpoints between are there.

    Raises:
        AuditError: one of them is no valid checkpoint at all.
    """
    read = sorted(
        ((read_kept(item, key), item.opening) for item in kept), key=lambda pair: pair[0].number
    )
    for (first, _), (second, _) in pairwise(read):
        if first.identity != second.identity:
            return "They come from two installations."
        if first.number == second.number and first.text != second.text:
            return f"There are two checkpoints number {first.number}."
        if first.number + 1 == second.number and second.previous != first.digest:
            return f"Checkpoint {second.number} does not follow the {first.number} that was kept."
    return _two_heads([(checkpoint.number, opening) for checkpoint, opening in read])


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

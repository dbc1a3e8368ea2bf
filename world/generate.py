"""Writes a world: tips in the formats that exist as data, agencies, claims, and the truth."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from world.casting import parts, showcase_size
from world.drafts import TipDraft
from world.features import Form
from world.ids_json import json_document
from world.ledger import Ledger
from world.ncmec_xml import file_document, report_document
from world.network_files import write_networks
from world.setting import setting
from world.shares import NO_CHANGE, Shares
from world.tables import ClaimTable, write_agencies
from world.truth import Truth

TIPS_PER_FOLDER = 125
"""A tip comes to at most eight files, so a folder never holds more than 1,000."""
_PROGRESS_EVERY = 200


class WorldError(Exception):
    """The world cannot be written as asked: says why and what to do."""


def smallest_world(forms: tuple[Form, ...] = tuple(Form)) -> int:
    """Give the least number of tips that a world can have: its showcase is never cut."""
    return showcase_size(forms)


def _documents(draft: TipDraft) -> Iterator[tuple[str, bytes]]:
    """Give the names and bytes of the files that one delivery comes to."""
    again = "" if draft.delivery == 1 else f"_v{draft.delivery}"
    stem = f"CyberTip_{draft.number}"
    if draft.form is Form.JSON:
        yield f"{stem}{again}.json", json_document(draft)
        return
    yield f"{stem}{again}.xml", report_document(draft)
    for file in draft.files:
        yield f"{stem}_file_{file.file_id}{again}.xml", file_document(draft, file)


def _write_tip(folder: str, draft: TipDraft) -> int:
    """Write one delivery and give how many files it came to."""
    count = 0
    for name, data in _documents(draft):
        path = f"{folder}/{name}"
        # Not Path.open: building a Path for every file takes a tenth of the whole time.
        with open(path, "wb", buffering=0) as stream:  # noqa: PTH123
            stream.write(data)
        # Times of delivery, not of this run: a second delivery is later than the first one.
        os.utime(path, (draft.delivered, draft.delivered))
        count += 1
    return count


def _prepare(out: Path, tips: int, forms: tuple[Form, ...]) -> None:
    least = smallest_world(forms)
    if tips < least:
        raise WorldError(
            f"a world of {tips} tips cannot be written: the showcase alone has {least}; "
            "ask for at least that many"
        )
    folder = out / "tips"
    if folder.exists() and any(folder.iterdir()):
        raise WorldError(
            f"{folder} is not empty, and two worlds must not mix: choose another folder or "
            "remove what is there"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for number in range((tips + TIPS_PER_FOLDER - 1) // TIPS_PER_FOLDER):
        (folder / f"{number:05d}").mkdir()


def _write_stories(
    out: Path, ledger: Ledger, progress: Callable[[int], None] | None
) -> tuple[int, int]:
    """Write tips and claims of all stories and give the first and the last second of receipt."""
    first, last, written = 1 << 62, 0, 0
    folder = out / "tips"
    with (out / "claims.csv").open("w", encoding="utf-8", newline="") as stream:
        claims = ClaimTable(stream)
        for part in parts(ledger.setting):
            told = part.story.tell(part.cast)
            places = dict(zip(part.cast.numbers, part.ranks, strict=True))
            for draft in told.drafts:
                place = f"{folder}/{places[draft.number] // TIPS_PER_FOLDER:05d}"
                ledger.documents += _write_tip(place, draft)
            claims.add(told.investigations)
            ledger.enter(told, showcase=part.showcase)
            first, last = min(first, *part.cast.received), max(last, *part.cast.received)
            before, written = written, written + len(places)
            if progress is not None and written // _PROGRESS_EVERY > before // _PROGRESS_EVERY:
                progress(written)
    if progress is not None:
        progress(written)
    return first, last


def write_world(
    out: Path,
    *,
    seed: int,
    tips: int,
    formats: tuple[str, ...] = ("json", "xml"),
    shares: Shares | None = None,
    progress: Callable[[int], None] | None = None,
) -> Truth:
    """Write a world under `out` and give its truth.

    Writes `tips/<folder>/` with a file for each tip (and, for XML, one for each of its files),
    `agencies.csv`, `claims.csv`, `networks/` (lists of networks, partly wrong) and `truth.json`.
    Only `tips/` and the two tables are for intake. The same seed, size, formats and shares give the
    same bytes and the same file times; a larger world of the same seed is another one. Memory does
    not hold tips, only the truth, the uses of what strangers share, and two integers for each tip.

    Args:
        out: folder to write to; made if it is not there.
        seed: any integer.
        tips: how many tips, at least `smallest_world()`.
        formats: `json`, `xml` or both.
        shares: multipliers that make the hard parts commoner or rarer; none: as in the table.
        progress: called now and then with the number of tips written so far.

    Raises:
        WorldError: too few tips, an unknown format, or a folder that holds a world already.
        OSError: a file cannot be written.
    """
    known = {form.value: form for form in Form}
    if not formats or any(name not in known for name in formats):
        raise WorldError(f"formats are {' and '.join(known)}; asked for {', '.join(formats)}")
    forms = tuple(form for form in Form if form.value in formats)
    _prepare(out, tips, forms)
    write_agencies(out / "agencies.csv")
    ledger = Ledger(setting(seed, tips=tips, forms=forms, shares=shares or NO_CHANGE))
    write_networks(out / "networks", ledger.setting)
    truth = ledger.truth(_write_stories(out, ledger, progress))
    truth.write(out / "truth.json")
    return truth

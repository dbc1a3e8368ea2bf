"""Tips of a world in two formats each, so that what both say can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from world.casting import parts
from world.drafts import TipDraft
from world.features import Form
from world.ids_json import json_document
from world.ids_pdf import can_be_printed, pdf_document
from world.setting import setting
from world.shares import NO_CHANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One tip as JSON and as PDF."""

    number: int
    json: bytes
    pdf: bytes
    draft: TipDraft
    """What both were written from."""


def pairs(*, seed: int, tips: int) -> Iterator[Pair]:
    """Give the tips of a world that can be printed; the others hold letters of other scripts."""
    for part in parts(setting(seed, tips=tips, forms=(Form.JSON,), shares=NO_CHANGE)):
        for draft in part.story.tell(part.cast).drafts:
            if can_be_printed(draft):
                yield Pair(
                    number=draft.number,
                    json=json_document(draft),
                    pdf=pdf_document(draft),
                    draft=draft,
                )

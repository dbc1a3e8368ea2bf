"""Gathers an extract: tips of one agency, with what hangs on them, under its rights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.clock import now_us
from graph.errors import QuestionError
from graph.exchange.extract import (
    AssertionOut,
    Extract,
    FileOut,
    IdentifierOut,
    LinkOut,
    TipOut,
)
from graph.queries.tips import AssertionRow
from graph.roles import Role
from graph.scoring.pairs import Basis
from graph.services.links import CAVEAT, Link, Relation, links_of
from graph.services.tips import TipView, show_tip
from graph.store import Store

MOST_TIPS = 200
PROTECTED = frozenset({Role.VICTIM, Role.REPORTER, Role.PARENT_GUARDIAN})
"""Whose identifiers leave only when that is asked for."""
_OF_SUBJECTS = frozenset({Relation.SUBJECT, Relation.AGAINST, Relation.ALIKE})
"""Relations whose sentences name neither a child nor whoever reported."""
_HASH = "FileHash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What goes into an extract."""

    tips: Sequence[str]
    linked: bool = True
    """Whether the tips that are linked to these go with them."""
    protected: bool = False
    """Whether identifiers of children, reporting persons and guardians go with them."""


@dataclass(slots=True)
class _Gathered:
    tips: list[TipOut] = field(default_factory=list)
    files: list[FileOut] = field(default_factory=list)
    assertions: list[AssertionOut] = field(default_factory=list)
    values: dict[tuple[str, str], IdentifierOut] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    kept_back: int = 0
    unnamed: int = 0
    """Files whose names are kept back."""


def gather(
    store: Store,
    choice: Choice,
    *,
    basis: Basis,
    made_by: str,
    agency: str,
    synthetic: bool,
) -> Extract:
    """Give the extract of some tips; `store` is narrowed to whom it is for.

    Whoever calls logs `extract.tips` before a byte of it is given out.

    Raises:
        NotFoundError: one of the tips is not there for the asker.
        QuestionError: no tip is named, or more than 200.
        StoreError: the store could not answer.
    """
    asked = named_once(choice.tips)
    as_of_us = now_us()
    found = _Gathered()
    links, weights = _links(store, asked, basis=basis, found=found, protected=choice.protected)
    wanted = _wanted(asked, links if choice.linked else [], found)
    for tip in wanted:
        _take(show_tip(store, tip), found, protected=choice.protected)
    kept = _kept(links, set(wanted), found)
    return Extract(
        as_of_us=as_of_us,
        made_by=made_by,
        agency=agency,
        synthetic=synthetic,
        weights=weights,
        caveat=CAVEAT,
        tips=tuple(found.tips),
        files=tuple(found.files),
        identifiers=tuple(found.values[key] for key in sorted(found.values)),
        assertions=tuple(found.assertions),
        links=kept,
        left_out=tuple(found.left_out),
    )


def named_once(tips: Sequence[str]) -> list[str]:
    """Give the tips that were named, each once.

    An extract is one document, built in memory: how many tips go in is what bounds it.

    Raises:
        QuestionError: none is named, or more than 200.
    """
    asked = list(dict.fromkeys(tips))
    if len(asked) == 0:
        raise QuestionError("Name the tips that go into the extract: none was named.")
    if len(asked) > MOST_TIPS:
        raise QuestionError(
            f"An extract holds {MOST_TIPS} tips at most, and {len(asked):,} were named. Nothing "
            f"was made. Make {-(-len(asked) // MOST_TIPS)} extracts, each with its manifest; in "
            "STIX and CASE a record has one id in all of them, so that a tool joins them. The "
            "list `tips` of an export has no such bound."
        )
    return asked


def _wanted(asked: list[str], links: Sequence[LinkOut], found: _Gathered) -> list[str]:
    """Give the tips that were asked for, then those linked to them, as far as they fit."""
    others = [other for link in links for other in (link.tip, link.other)]
    wanted = list(dict.fromkeys([*asked, *others]))
    if len(wanted) > MOST_TIPS:
        left = len(wanted) - MOST_TIPS
        found.left_out.append(
            f"{left} linked tips are not in it: {MOST_TIPS} tips at most. Name them in another one."
        )
    return wanted[:MOST_TIPS]


def _kept(links: Sequence[LinkOut], inside: set[str], found: _Gathered) -> tuple[LinkOut, ...]:
    """Give the links between tips that are in it, and say what is not."""
    if found.kept_back > 0:
        found.left_out.append(
            "Kept back: what the tips say of children, reporting persons and guardians "
            f"({found.kept_back})."
        )
    if found.unnamed > 0:
        found.left_out.append(f"Kept back: what {found.unnamed} files are called.")
    kept = tuple(link for link in links if {link.tip, link.other} <= inside)
    if len(kept) < len(links):
        left = len(links) - len(kept)
        found.left_out.append(f"{left} links lead to tips that are not in it.")
    return kept


def _links(
    store: Store, tips: Sequence[str], *, basis: Basis, found: _Gathered, protected: bool
) -> tuple[list[LinkOut], str]:
    links: dict[frozenset[str], LinkOut] = {}
    weights = ""
    for tip in tips:
        answer = links_of(store, tip, basis=basis)
        weights = answer.weights
        found.left_out += [f"{tip}: {sentence}" for sentence in answer.cut_off]
        for link in answer.links:
            links.setdefault(frozenset((tip, link.tip.key)), _link(tip, link, protected=protected))
    return list(links.values()), weights


def _link(tip: str, link: Link, *, protected: bool) -> LinkOut:
    shown = [r for r in link.reasons if protected or r.relation in _OF_SUBJECTS]
    return LinkOut(
        tip=tip,
        other=link.tip.key,
        score=link.score,
        grade=link.grade.value,
        chance=link.chance,
        judged=link.judged,
        reasons=tuple(r.sentence for r in shown if r.weight >= 0),
        against=tuple(r.sentence for r in shown if r.weight < 0),
    )


def _take(view: TipView, found: _Gathered, *, protected: bool) -> None:
    found.left_out += [f"{view.tip.key}: {sentence}" for sentence in view.cut_off]
    shown = [row for row in view.assertions if protected or row.role not in PROTECTED]
    found.kept_back += len(view.assertions) - len(shown)
    found.tips.append(_tip(view))
    found.files += _files(view, shown, names=protected)
    if not protected:
        found.unnamed += sum(1 for file in view.files if file.original_name or file.name)
    for row in shown:
        key = (row.kind, row.identifier)
        found.values[key] = IdentifierOut(kind=row.kind, key=row.identifier, state=row.state)
        found.assertions.append(_assertion(view.tip.key, row))


def _tip(view: TipView) -> TipOut:
    tip = view.tip
    return TipOut(
        key=tip.key,
        source=tip.source,
        number=tip.report_number,
        provider=tip.provider_name,
        incident_types=tuple(tip.incident_types or ()),
        incident_us=tip.incident_us,
        received_us=tip.received_us,
        priority=tip.ncmec_priority,
        status=tip.ncmec_status,
        urgency_reasons=tuple(tip.urgency_reasons or ()),
        annotations=tuple(tip.annotations or ()),
        withdrawn_us=tip.withdrawn_us,
        documents=tuple(dict.fromkeys((row.document, row.document_name) for row in view.versions)),
    )


def _files(view: TipView, shown: Sequence[AssertionRow], *, names: bool) -> Iterable[FileOut]:
    """Give the files; what somebody called theirs may be a child's name, and goes with those."""
    hashes: dict[str, list[tuple[str, str]]] = {}
    for row in shown:
        if row.kind == _HASH and row.file_id is not None and row.ended_us is None:
            name, _, value = row.identifier.partition(":")
            hashes.setdefault(row.file_id, []).append((name, value))
    for file in view.files:
        if file.ended_us is None:
            yield FileOut(
                tip=view.tip.key,
                file_id=file.file_id,
                name=(file.original_name or file.name) if names else None,
                viewed_by_esp=file.viewed_by_esp or "not stated",
                relevance=file.relevance,
                classification=file.classification,
                annotations=tuple(file.annotations or ()),
                hashes=tuple(dict.fromkeys(hashes.get(file.file_id, []))),
            )


def _assertion(tip: str, row: AssertionRow) -> AssertionOut:
    return AssertionOut(
        tip=tip,
        kind=row.kind,
        identifier=row.identifier,
        role=row.role,
        event=row.event,
        at_us=row.at_us,
        zone_stated=row.zone_stated,
        port=row.port,
        verified=row.verified,
        mined=row.mined,
        file_id=row.file_id,
        path=row.path,
        ended_us=row.ended_us,
    )

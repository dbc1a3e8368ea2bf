"""What a tip says by itself that bears on how urgent it is: short names, on the tip's node.

A name stands for something that a document states. What is not stated is named too (`… not
stated`), so that a rule never takes silence for a no.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.statements import FileStatement, TipFacts
from graph.tip_state import TipState
from graph.triage.ages import age_at

_ESCALATION = "escalateToHighPriority"
_VICTIMS_AGE = re.compile(r"\Avictim\[\d+\]/(age|date of birth)\Z")
_SUBJECTS_AGE = re.compile(r"\Areported\[\d+\]/(age|date of birth)\Z")
_LOCATED = re.compile(r"reported\w*\[\d+\]/(?:address|estimated location)\Z", re.IGNORECASE)
_DIGITS = 3
_ADULT = 18
_TEENS = 13
"""Years. NCMEC's bands are of appearance (A: younger, B: pubescent); this is of a stated age."""
MAY_BE_CHILDREN = frozenset({"between minors", "subject under 18"})
"""The reported person may be a child, and may be pressed by somebody."""
_REPORT = {
    "sextortion": "sextortion",
    "sadisticOnlineExploitation": "sadistic exploitation",
    "csamSolicitation": "solicitation",
    "minorToMinorInteraction": "between minors",
    "potentialAggravatingFactors": "aggravating factors",
    "informational": "informational, says the provider",
    "spam": "spam",
}
_FILE = {
    "infant": "infant",
    "physicalHarm": "physical harm",
    "liveStreaming": "live streaming",
    "possibleSelfProduction": "possible self-production",
    "generativeAi": "generative AI",
    "viral": "viral or meme",
    "potentialMeme": "viral or meme",
    "animeDrawingVirtualHentai": "drawing",
}
_PRIORITY = {
    "1": {"1", "P1", "E", "EMERGENCY", "IMMINENT"},
    "2": {"2", "P2"},
    "3": {"3", "P3"},
}
"""How NCMEC's priorities are written, in letters and figures apart; a word adds nothing else."""
_PRIORITY_WORDS = frozenset({"PRIORITY", "P", "LEVEL", "DANGER", "HIGH", "MEDIUM", "LOW"}).union(
    *_PRIORITY.values()
)
_OF_ALL = frozenset({"viral or meme", "drawing"})
"""What puts a tip off must be marked on every file: one that is not may be the child's."""
_TYPES = (
    ("molestation", "molestation"),
    ("trafficking", "trafficking"),
    ("tourism", "sex tourism"),
    ("enticement", "enticement"),
    ("unsolicited obscene", "obscene material sent to a child"),
    ("possession, manufacture", "possession, manufacture or distribution"),
)


def signals_of(state: TipState) -> tuple[str, ...]:
    """Give a tip's signals in order."""
    files = [file for file, ended_us in state.files if ended_us is None]
    found = {*_of_report(state.facts), *_of_files(files)}
    bands = {"infant", "age band A", "age band B", "child under 13", "child of 13 or more"}
    if found.isdisjoint(bands):
        found.add("child's age not stated")
    return tuple(sorted(found))


def _of_report(facts: TipFacts) -> Iterator[str]:
    if facts.urgency == 0:
        yield "imminent danger"
    if any(path == _ESCALATION for path, _ in facts.notes):
        yield "escalated"
    yield _priority(facts.ncmec_priority)
    yield _status(facts.ncmec_status)
    yield from (_REPORT[name] for name in facts.annotations if name in _REPORT)
    said = " ".join(facts.incident_types).casefold()
    yield from (name for word, name in _TYPES if word in said)
    if facts.batched_reason is not None:
        yield "viral or meme" if "MEME" in facts.batched_reason.upper() else "bundled"
    located = len(facts.countries) > 0 or any(_LOCATED.match(p) for p, _ in facts.details)
    yield "location stated" if located else "location not stated"
    for age in _ages(facts, _VICTIMS_AGE):
        yield "child under 13" if age < _TEENS else "child of 13 or more"
    if any(age < _ADULT for age in _ages(facts, _SUBJECTS_AGE)):
        yield "subject under 18"


def _ages(facts: TipFacts, whose: re.Pattern[str]) -> Iterator[int]:
    """Give ages that are stated, or that follow from a stated date of birth at the incident."""
    at_us = facts.incident_us if facts.incident_us is not None else facts.received_us
    for path, value in facts.details:
        found = whose.search(path)
        if found is None:
            continue
        if found[1] == "date of birth":
            age = age_at(value, at_us) if at_us is not None else None
            yield from () if age is None else (age,)
        elif value.isascii() and value.isdigit() and len(value) <= _DIGITS:
            yield int(value)


def _priority(stated: str | None) -> str:
    if stated is None or stated.strip() == "":
        return "NCMEC's priority not stated"
    words = frozenset(re.findall(r"[A-Z]+|[0-9]+", stated.upper()))
    codes = {code for code in ("1", "2", "3") if not words.isdisjoint(_PRIORITY[code])}
    known = words <= _PRIORITY_WORDS
    # What names two, or has a word that is not known, is not guessed at.
    if known and len(codes) == 1:
        return f"NCMEC priority {codes.pop()}"
    return "code of NCMEC's priority not known"


def _status(stated: str | None) -> str:
    folded = (stated or "").strip().casefold()
    if folded == "":
        return "NCMEC's status not stated"
    if folded.startswith("info"):
        return "informational, says NCMEC"
    return "referral" if folded.startswith("refer") else "code of NCMEC's status not known"


def _of_files(files: Iterable[FileStatement]) -> Iterator[str]:
    given = list(files)
    reported = [file for file in given if file.relevance != "Supplemental Reported"]
    marked = [{_FILE[name] for name in file.annotations if name in _FILE} for file in given]
    yield from set().union(*marked) - _OF_ALL
    of_reported = [{_FILE[name] for name in file.annotations if name in _FILE} for file in reported]
    if len(of_reported) > 0:
        yield from set.intersection(*of_reported) & _OF_ALL
    for file in reported:
        if file.classification is not None and file.classification[:1] in {"A", "B"}:
            yield f"age band {file.classification[0]}"
    viewed = [file.viewed_by_esp for file in reported if file.is_media is not False]
    if "yes" in viewed:
        yield "viewed by the provider"
    elif len(viewed) > 0:
        yield "not viewed" if set(viewed) == {"no"} else "viewing not stated"

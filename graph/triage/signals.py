"""What a tip says by itself that bears on how urgent it is: short names, on the tip's node.

A name stands for something that a document states. What is not stated is named too (`… not
stated`), so that a rule never takes silence for a no.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.statements import FileStatement, TipFacts
from graph.tip_state import TipState

_ESCALATION = "escalateToHighPriority"
_VICTIMS_AGE = re.compile(r"victim\[\d+\]/age\Z")
_LOCATED = re.compile(r"reported\w*\[\d+\]/(?:address|estimated location)\Z", re.IGNORECASE)
_TEENS = 13
"""Years. NCMEC's bands are of appearance (A: younger, B: pubescent); this is of a stated age."""
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
    for path, value in facts.details:
        if _VICTIMS_AGE.search(path) is not None and value.isascii() and value.isdigit():
            yield "child under 13" if int(value) < _TEENS else "child of 13 or more"


def _priority(stated: str | None) -> str:
    if stated is None or stated.strip() == "":
        return "NCMEC's priority not stated"
    code = stated.strip().upper().removeprefix("PRIORITY").removeprefix("P").strip()
    return {"1": "NCMEC priority 1", "E": "NCMEC priority 1"}.get(
        code, f"NCMEC priority {code}" if code in {"2", "3"} else "NCMEC priority of another code"
    )


def _status(stated: str | None) -> str:
    folded = (stated or "").strip().casefold()
    if folded == "":
        return "NCMEC's status not stated"
    if folded.startswith("info"):
        return "informational, says NCMEC"
    return "referral" if folded.startswith("refer") else "NCMEC status of another kind"


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

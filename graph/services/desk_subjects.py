"""What tasks, notes and requests are about: a tip that the agency holds, or its investigation."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import investigation_key
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.errors import NotFoundError, RowError
from graph.queries.holders import WHOSE
from graph.queries.recording import TipKeysParams
from graph.services.acting import About, named
from graph.services.case_access import case_there
from graph.store import ReadUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One of both."""

    tip: str | None = None
    """Key of the tip."""
    investigation: str | None = None
    """Reference of an investigation of the own agency."""


def subject_key(caller: Caller, subject: Subject) -> str:
    """Give the key of a subject, which may not be there.

    Raises:
        RowError: neither is named, or both; or the tip has no report number yet.
    """
    if (subject.tip is None) is (subject.investigation is None):
        raise RowError("Name a tip or an investigation, one of both. Nothing was done.")
    if subject.tip is None:
        return investigation_key(agency_of(caller), (subject.investigation or "").strip())
    if ":sha256:" in subject.tip:
        raise RowError(f"{subject.tip} has no report number yet; it is named once it has.")
    return subject.tip


def subject_there(unit: ReadUnit, caller: Caller, subject: Subject, *, deed: Deed) -> str:
    """Give the key of a subject that is the agency's.

    Raises:
        NotFoundError: the agency holds no such tip, or has no such investigation.
        RowError: as for `subject_key`.
    """
    key = subject_key(caller, subject)
    if subject.tip is None:
        return case_there(unit, caller, key).key
    whose = unit.read(WHOSE, TipKeysParams(keys=[key]))
    holders = frozenset(whose[0].holders) if len(whose) > 0 else frozenset[str]()
    own = agency_of(caller)
    if own not in holders or not confirms(
        caller, deed, resource=Resource(owner=own, holders=holders)
    ):
        raise NotFoundError(f"Your agency holds no tip {key}. Check the number.")
    return key


def about_subject(caller: Caller, subject: Subject) -> About:
    """Give how the log names a subject."""
    if subject.tip is not None or subject.investigation is None:
        return About(object=named(subject.tip))
    key = investigation_key(agency_of(caller), subject.investigation.strip())
    return About(object=key, investigation=key)


def reference_of(subject: str) -> Subject:
    """Give a subject by its key: an investigation's begins with its agency and `|`."""
    if "|" not in subject:
        return Subject(tip=subject)
    reference = subject.partition("|")[2]
    return Subject(investigation=reference.replace("%7C", "|").replace("%25", "%"))

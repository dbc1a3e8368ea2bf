"""Random histories of three agencies, and what of them only the first one's own people may know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from hypothesis import strategies as st

from graph.casework.vocabulary import ClaimRole, Visibility
from graph.services.judging import Verdict

HIDER, ASKER, THIRD = "north", "south", "west"
"""Whose hidden data is taken away, whose answers are compared, and who is there besides."""
AGENCIES: Final = (HIDER, ASKER, THIRD)
ADDRESSES: Final = ("ann@example.com", "bob@example.com")
UNCLAIMED: Final = ("cat@example.com", "dan@example.com")
"""What tips alone name: a claim that meets another agency's tip is told of it, by design."""
HIDDEN_TIP: Final = 200
SEEN_TIPS: Final = (100, 101, 102)
BOTH: Final = "both"
"""Instead of one holder: the hider and the asker."""
OPEN_CASE, SECRET_CASE = "26-001", "26-900"
"""Every agency has the first; the hider's second one holds nothing but hidden claims."""
HIDDEN: Final = (Visibility.SILENT, Visibility.SEALED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """An agency claims an address."""

    agency: str
    case: str
    address: str
    visibility: Visibility | None
    role: ClaimRole = ClaimRole.SUSPECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """An agency does something to the first of its claims on an address in a case."""

    agency: str
    case: str
    address: str
    what: str
    """`pointer`, `open`, `silent`, `sealed`, `validate` or `purge`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """An agency closes or reopens its case."""

    agency: str
    case: str
    what: str
    """`close` or `reopen`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """An agency checks addresses for its open case."""

    agency: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settles:
    """An agency does something to the first of the conflicts that it is told of."""

    agency: str
    what: str
    """`acknowledge`, `coordinate`, `message` or `resolve`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrives:
    """A tip arrives that names addresses."""

    number: int
    addresses: tuple[str, ...]
    holder: str | None = None
    refers: int | None = None
    """Number of another tip that its document names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Releases:
    """An agency holds a tip no longer."""

    agency: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judges:
    """An agency's supervisor judges the first two tips."""

    agency: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The asker looks at everything that it can look at."""


Deed: TypeAlias = Claims | Changes | Turns | Asks | Settles | Arrives | Releases | Judges | Looks
History: TypeAlias = tuple[Deed, ...]


def without_hidden(history: History) -> History:
    """Give the same history in a world where the hider's hidden data never was."""
    return tuple(deed for deed in history if not is_hidden(deed))


def is_hidden(deed: Deed) -> bool:
    """Tell whether only the hider's own people may ever know of a deed."""
    if isinstance(deed, Arrives):
        return deed.holder == HIDER
    if isinstance(deed, Releases | Judges):
        return deed.agency == HIDER
    if not isinstance(deed, Claims | Changes | Turns) or deed.agency != HIDER:
        return False
    if deed.case == SECRET_CASE:
        return True
    if isinstance(deed, Claims):
        return deed.visibility in HIDDEN or deed.role is ClaimRole.OFFICER_PERSONA
    return False


def tells_supervisors(history: History) -> bool:
    """Tell whether supervisors may learn what officers may not (`design.md`, who may see what).

    Where two sides are silent both supervisors are told and nobody else, as no hit reaches
    nobody; a persona that is met is urgent to both. Officers' answers stay the same. What is
    sealed is told to no supervisor of the other side, whatever that side hides.
    """
    deeds = [deed for deed in history if isinstance(deed, Claims | Changes)]
    if any(isinstance(d, Claims) and d.role is ClaimRole.OFFICER_PERSONA for d in deeds):
        return True
    silent = {deed.agency for deed in deeds if _is_silent(deed)}
    return {HIDER, ASKER} <= silent


def tells_named(history: History) -> bool:
    """Tell whether two sealed claims may meet: both named supervisors are told.

    So are the logs of their agencies, which their auditors read.
    """
    deeds = [deed for deed in history if isinstance(deed, Claims | Changes)]
    return {HIDER, ASKER} <= {deed.agency for deed in deeds if _is_sealed(deed)}


def _is_sealed(deed: Claims | Changes) -> bool:
    if isinstance(deed, Claims):
        return deed.visibility is Visibility.SEALED
    return deed.what == "sealed"


def _is_silent(deed: Claims | Changes) -> bool:
    if isinstance(deed, Claims):
        return deed.visibility is Visibility.SILENT
    return deed.what == "silent"


def _claims(agency: str) -> st.SearchStrategy[Claims]:
    """Give claims. In the hider's open case all can be seen; in its secret one nothing."""
    cases = (OPEN_CASE, SECRET_CASE) if agency == HIDER else (OPEN_CASE,)

    def of(case: str, address: str, visibility: Visibility | None, role: ClaimRole) -> Claims:
        if case == SECRET_CASE and role is not ClaimRole.OFFICER_PERSONA:
            visibility = visibility if visibility in HIDDEN else Visibility.SEALED
        if case == OPEN_CASE and agency == HIDER:
            role = ClaimRole.SUSPECT if role is ClaimRole.OFFICER_PERSONA else role
            visibility = None if visibility in HIDDEN else visibility
        if role is ClaimRole.OFFICER_PERSONA:
            visibility = None
        return Claims(agency=agency, case=case, address=address, visibility=visibility, role=role)

    roles = (ClaimRole.SUSPECT, ClaimRole.SUSPECT, ClaimRole.OFFICER_PERSONA, ClaimRole.VICTIM)
    return st.builds(
        of,
        st.sampled_from(cases),
        st.sampled_from(ADDRESSES),
        st.sampled_from((None, *Visibility)),
        st.sampled_from(roles),
    )


def _changes(agency: str) -> st.SearchStrategy[Changes]:
    def of(*, secret: bool, address: str, seen: str, unseen: str) -> Changes:
        is_secret = secret and agency == HIDER
        what = unseen if is_secret else seen
        case = SECRET_CASE if is_secret else OPEN_CASE
        return Changes(agency=agency, case=case, address=address, what=what)

    seen = ("pointer", "open", "validate", "purge")
    own = seen if agency == HIDER else (*seen, "silent", "sealed")
    return st.builds(
        of,
        secret=st.booleans(),
        address=st.sampled_from(ADDRESSES),
        seen=st.sampled_from(own),
        unseen=st.sampled_from(("silent", "sealed", "validate", "purge")),
    )


def _turns(agency: str) -> st.SearchStrategy[Turns]:
    cases = (OPEN_CASE, SECRET_CASE) if agency == HIDER else (OPEN_CASE,)
    return st.builds(
        Turns,
        agency=st.just(agency),
        case=st.sampled_from(cases),
        what=st.sampled_from(("close", "reopen")),
    )


def _met(agencies: tuple[str, ...]) -> History:
    """Give claims of these agencies on the first address, which each may see of the others."""
    return tuple(
        Claims(agency=agency, case=OPEN_CASE, address=ADDRESSES[0], visibility=None)
        for agency in agencies
    )


def _tips() -> st.SearchStrategy[Arrives]:
    """Give tips that arrive, each fourth the hider's alone, about what nobody claims."""
    numbers, named = st.sampled_from((*SEEN_TIPS, HIDDEN_TIP)), st.sampled_from
    seen = st.builds(
        Arrives,
        number=named(SEEN_TIPS),
        addresses=st.lists(
            named((*ADDRESSES, *UNCLAIMED)), min_size=1, max_size=3, unique=True
        ).map(tuple),
        holder=named((None, ASKER, ASKER, THIRD, BOTH)),
        refers=st.none() | numbers,
    )
    return st.one_of(seen, seen, seen, _hidden_tip())


def _hidden_tip() -> st.SearchStrategy[Arrives]:
    """Give a tip that the hider alone holds."""
    named = st.lists(st.sampled_from(UNCLAIMED), min_size=1, max_size=2, unique=True).map(tuple)
    refers = st.none() | st.sampled_from(SEEN_TIPS)
    holder = st.just(HIDER)
    number = st.just(HIDDEN_TIP)
    return st.builds(Arrives, number=number, addresses=named, holder=holder, refers=refers)


def _about_tips(*named: tuple[str, ...]) -> History:
    """Give two tips of the asker's that name addresses."""
    ends = zip(SEEN_TIPS, named, strict=False)
    return tuple(Arrives(number=n, addresses=addresses, holder=BOTH) for n, addresses in ends)


def histories() -> st.SearchStrategy[History]:
    """Give histories: some begin with agencies that meet, in each two claims or more are hidden
    on the way, and each ends with a look."""
    met = st.lists(st.sampled_from(AGENCIES), max_size=3, unique=True).map(tuple).map(_met)
    addresses = st.lists(st.sampled_from(ADDRESSES), min_size=1, max_size=2, unique=True)
    judges = st.builds(
        Judges,
        agency=st.sampled_from((HIDER, ASKER)),
        verdict=st.sampled_from((Verdict.SAME, Verdict.NOT_SAME)),
    )
    releases = st.builds(Releases, agency=st.just(ASKER), number=st.sampled_from(SEEN_TIPS))
    asks = st.builds(Asks, agency=st.sampled_from(AGENCIES), addresses=addresses.map(tuple))
    steps = st.sampled_from(("acknowledge", "coordinate", "message", "resolve"))
    settles = st.builds(Settles, agency=st.sampled_from((ASKER, THIRD)), what=steps)
    agencies = st.sampled_from(AGENCIES)
    deed = st.one_of(
        agencies.flatmap(_claims),
        st.just(HIDER).flatmap(_claims),
        agencies.flatmap(_changes),
        agencies.flatmap(_turns),
        asks,
        settles,
        _tips(),
        judges,
        releases,
        st.just(Looks()),
    )
    deeds = st.lists(deed, min_size=1, max_size=3).map(tuple)
    secret = st.builds(
        Claims,
        agency=st.just(HIDER),
        case=st.just(SECRET_CASE),
        address=st.sampled_from(ADDRESSES),
        visibility=st.sampled_from(HIDDEN),
    )
    # Apart, as only a third tip could link them; or linked.
    apart = _about_tips(*((named,) for named in UNCLAIMED))
    pair = st.sampled_from(((), apart, _about_tips(UNCLAIMED, UNCLAIMED)))
    parts = st.tuples(met, pair, deeds, secret, deeds, _hidden_tip(), deeds)
    return parts.map(lambda p: (*p[0], *p[1], *p[2], p[3], *p[4], p[5], *p[6], Looks()))

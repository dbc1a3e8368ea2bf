"""Tells whoever closed or referred a tip that its report says something more since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.casework.deeds import Deed
from graph.casework.rights import roles_for
from graph.casework.vocabulary import UserRole
from graph.fold import fold
from graph.queries.triage import PlaceRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.notice_writing import Notice, write_notices
from graph.services.sides import facts_about
from graph.services.tip_change import TipChange
from graph.services.urgent_alerts import in_service, side_of_agency
from graph.store import WriteUnit
from graph.triage.news import news_of

CHANGED = "tip.changed"
_ACTION = "triage.changed"


def said_more(changes: Iterable[TipChange]) -> dict[str, tuple[str, ...]]:
    """Give what tips that were there before say more in their versions now, by tip."""
    return {
        change.tip: news_of(fold(change.before.values()), fold(change.versions.values()))
        for change in changes
        if len(change.before) > 0 and change.versions != change.before
    }


def tell_news(unit: WriteUnit, places: Sequence[PlaceRow], *, actor: str, at_us: int) -> None:
    """Write a notice for each place: to whoever moved it last, whose it is, and supervisors.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    if len(places) == 0:
        return
    agencies = {row.agency for row in places}
    facts = facts_about(unit, cases=set(), agencies=agencies, at_us=at_us)
    bosses = {
        agency: in_service(unit, agency, roles={UserRole.SUPERVISOR}, at_us=at_us)
        for agency in sorted(agencies)
    }
    workers = {
        agency: in_service(unit, agency, roles=roles_for(Deed.TRIAGE_WORK), at_us=at_us)
        for agency in sorted(agencies)
    }
    notices = [
        _notice(row, _told(row, workers[row.agency], bosses[row.agency]), at_us=at_us)
        for row in places
    ]
    write_notices(unit, notices, facts, at_us=at_us)
    leaves = [
        Leaf(action=_ACTION, object=row.tip, outcome=f"told: {row.state}", agency=row.agency)
        for row in places
    ]
    add_leaves(unit, leaves, actor=actor, at_us=at_us)


def _told(row: PlaceRow, workers: Sequence[str], bosses: Sequence[str]) -> tuple[str, ...]:
    own = {row.changed_by, row.owner}
    return tuple(sorted({*bosses, *(user for user in workers if user in own)}))


def _notice(row: PlaceRow, told: tuple[str, ...], *, at_us: int) -> Notice:
    lines = [
        f"{row.tip} is {row.state}, and a newer version of its report says more since.",
        (row.news or [""])[-1],
        f"Look: crosstip queue show {row.tip}",
        "It stays as it is until somebody moves it, or says that it is left as it is.",
    ]
    return Notice(
        kind=CHANGED,
        side=side_of_agency(row.agency),
        stream=f"news|{row.key}|{at_us}",
        number=row.moves,
        object=row.tip,
        severity="high",
        subject=f"A tip that is {row.state} says more than it did",
        text="\n".join(lines),
        others=told,
        since_us=at_us,
    )

"""The clock of what providers keep: marks before an end are told, and letters run out.

Of requests each is told by itself. Presumed ends of tips are told together, one notice for each
agency and run: an old backlog would bury everything else.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.desk.clocks import CONFIRM, mark_at, next_mark
from graph.desk.moves import CLOCK
from graph.desk.providers import ProviderStage, ProviderStep
from graph.queries.desk_tasks import MOST, ClockParams, RecordKeyParams, RecordKeysParams
from graph.queries.providers import (
    DUE,
    EXPIRING,
    LOCK,
    REQUESTS,
    TOLD,
    ProviderRow,
    ToldItem,
    ToldParams,
)
from graph.queries.triage import LOCK_PLACES, PLACES, PlaceKeysParams, PlaceRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.desk_steps import keep_step
from graph.services.notice_writing import Notice, write_notices
from graph.services.providers import placed, stage_at, step_of
from graph.services.sides import digest, facts_about
from graph.services.urgent_alerts import side_of_agency
from graph.store import Store, WriteUnit

ENDING, RUN_OUT, PRESUMED = "provider.ending", "provider.run_out", "provider.presumed_ending"


def run_provider_clock(store: Store, *, at_us: int, actor: str = CLOCK) -> int:
    """Tell of every mark and end that has come by a time; give how many requests and tips.

    Each mark is told once, whoever runs this and however often. Of marks that were slept through
    the last one is told.

    Raises:
        StoreError: the store could not; what was told until then stays so.
    """
    return _requests(store, at_us, actor) + _tips(store, at_us, actor)


def _requests(store: Store, at_us: int, actor: str) -> int:
    done = 0
    while True:
        due = store.read(DUE, ClockParams(at_us=at_us, limit=MOST))
        told = sum(_one(store, row.key, at_us, actor) for row in due)
        done += told
        if len(due) < MOST or told == 0:
            return done


def _one(store: Store, key: str, at_us: int, actor: str) -> int:
    def work(unit: WriteUnit) -> int:
        unit.run(LOCK, RecordKeyParams(key=key))
        rows = unit.read(REQUESTS, RecordKeysParams(keys=[key]))
        if len(rows) == 0 or rows[0].clock_us is None or rows[0].clock_us > at_us:
            return 0
        row, kind = _moved(rows[0], at_us)
        unit.update_nodes("ProviderRequest", [row.model_dump()])
        if row.stage != rows[0].stage:
            keep_step(unit, step_of(row, rows[0].stage, ProviderStep.RUN_OUT))
        facts = facts_about(unit, cases=set(), agencies={row.agency}, at_us=at_us)
        write_notices(unit, [_notice(row, kind)], facts, at_us=at_us)
        said = Leaf(action=kind, object=row.key, outcome=row.stage, agency=row.agency)
        add_leaves(unit, [said], actor=actor, at_us=at_us)
        return 1

    return store.writing(work, name="the clock of a request to a provider")


def _moved(row: ProviderRow, at_us: int) -> tuple[ProviderRow, str]:
    """Give a request after its mark or end, and which of both it was."""
    told = mark_at(row.ends_us, at_us=at_us)
    update: dict[str, object] = {"told_days": told}
    kind = ENDING
    if stage_at(row, at_us) == ProviderStage.RUN_OUT:
        kind = RUN_OUT
        update |= {
            "stage": ProviderStage.RUN_OUT.value,
            "moved_us": at_us,
            "moved_by": CLOCK,
            "why": None,
            "steps": row.steps + 1,
            "version": (row.version or 0) + 1,
        }
    return placed(row.model_copy(update=update)), kind


def _notice(row: ProviderRow, kind: str) -> Notice:
    is_over = kind == RUN_OUT
    what = f"The time of a {row.kind}" if is_over else f"A {row.kind}"
    ends = "is over" if is_over else f"ends on {row.ends_on}"
    lines = [
        f"{what} {ends} ({row.zone}). {row.source}. {CONFIRM}",
        f"See: crosstip provider show {row.key}",
    ]
    if row.stage == ProviderStage.SENT and row.renewed_on is None and not is_over:
        lines.append("A preservation letter is renewed once, before its end.")
    return Notice(
        kind=kind,
        side=side_of_agency(row.agency),
        stream=row.key,
        number=1000 if is_over else row.steps * 100 + 50 - (row.told_days or 0),
        object=row.key,
        severity="urgent" if is_over or (row.told_days or 30) <= 1 else "high",
        subject=f"{what} {ends}",
        text="\n".join(lines),
        others=(row.entered_by,),
        since_us=row.entered_us,
    )


def _tips(store: Store, at_us: int, actor: str) -> int:
    done = 0
    while True:
        looked, told = store.writing(
            lambda unit: _some_tips(unit, at_us, actor), name="telling of presumed ends"
        )
        done += told
        if looked < MOST:
            return done


def _some_tips(unit: WriteUnit, at_us: int, actor: str) -> tuple[int, int]:
    due = unit.read(EXPIRING, ClockParams(at_us=at_us, limit=MOST))
    keys = PlaceKeysParams(keys=sorted(row.key for row in due))
    unit.run(LOCK_PLACES, keys)
    # Read again under the locks, which whoever moves or closes a tip takes as well.
    rows = [
        row
        for row in unit.read(PLACES, keys)
        if row.expiry_clock_us is not None and row.expiry_clock_us <= at_us
    ]
    if len(rows) == 0:
        return len(due), 0
    items = [_told(row, at_us) for row in rows]
    unit.run(TOLD, ToldParams(rows=items))
    agencies = sorted({row.agency for row in rows})
    facts = facts_about(unit, cases=set(), agencies=set(agencies), at_us=at_us)
    by_agency = {each: [row for row in rows if row.agency == each] for each in agencies}
    notices = [_digest(each, found, at_us) for each, found in by_agency.items()]
    write_notices(unit, notices, facts, at_us=at_us)
    leaves = [
        Leaf(action=PRESUMED, object=row.tip, outcome="told", agency=row.agency) for row in rows
    ]
    add_leaves(unit, leaves, actor=actor, at_us=at_us)
    return len(due), len(rows)


def _told(row: PlaceRow, at_us: int) -> ToldItem:
    ends_us = row.expires_us or 0
    told = mark_at(ends_us, at_us=at_us) or 0
    return ToldItem(key=row.key, told=told, clock_us=next_mark(ends_us, told_days=told))


def _digest(agency: str, rows: Sequence[PlaceRow], at_us: int) -> Notice:
    over = sum((row.expires_us or 0) <= at_us for row in rows)
    soon = min((row.expires_on or "" for row in rows), default="")
    said = f"Providers presumably keep what {len(rows)} of your open tips report no longer, or soon"
    lines = [
        f"{said}: the first end is {soon}; of {over} it has passed.",
        f"18 U.S.C. 2258A(h). {CONFIRM}",
        "Which: crosstip provider ends",
    ]
    return Notice(
        kind=PRESUMED,
        side=side_of_agency(agency),
        stream=digest(f"presumed|{agency}|{'|'.join(sorted(row.key for row in rows))}"),
        number=0,
        object=agency,
        severity="high",
        subject=said,
        text="\n".join(lines),
        since_us=at_us,
    )

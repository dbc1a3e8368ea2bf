"""The caseload figures equal a recount of the raw records, and their rows are exactly theirs."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.caseload.cells import SMALL, Cell
from graph.caseload.sharing import Sharing
from graph.casework.caller import Caller
from graph.errors import CrosstipError
from graph.services.audit_reads import ReadLog
from graph.services.caseload import Caseload, caseload_rows, own_caseload, show_caseload
from graph.services.caseload_asked import BANDS, OPEN_STATES, Wanted
from graph.services.caseload_table import FIGURES
from graph.services.holders import hold_tips, release_tips
from graph.services.queue_reading import show_queued
from graph.services.recording import record
from graph.services.triage_steps import move
from graph.services.withdrawal import withdraw
from graph.store import Store
from graph.triage.deciding import Wanted as Moving
from graph.triage.moves import Move, Outcome
from graph.triage.priority import Priority
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

WHY = "Because of the test."
HISTORIES = 3
TIPS = 5
NOW_DAYS = 45
"""Days after the people came, as of which figures are asked for."""
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["hold", "hold", "release", "withdraw", "deliver", "deliver", *["move"] * 8]
        ),
        st.integers(1, TIPS),
        st.sampled_from(["boss.north", "lead.north", "boss.south"]),
        st.sampled_from([each for each in Move if each is not Move.WITHDRAW]),
        st.integers(0, 60),
        st.sampled_from(list(Outcome)),
    ),
    min_size=12,
    max_size=25,
)


def test_figures_equal_a_recount_and_their_rows(running_store: RunningStore) -> None:
    store = running_store.store

    @settings(
        max_examples=HISTORIES,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_STEPS)
    def histories(steps: list[tuple[str, int, str, Move, int, Outcome]]) -> None:
        running_store.wipe(synthetic=True)
        people = staff(store, "north", "south")
        for number in range(1, TIPS + 1):
            take_in(
                store,
                number,
                holder=None,
                said=f"{number % 3}@example.com",
                annotations=("sextortion",) if number % 2 else (),
                provider_label="Plaintalk" if number % 2 else None,
            )
            hold_tips(people["ops"], store, [f"ncmec:{number}"], agency="north")
        at_us = 0
        for kind, number, user, wanted, hours, outcome in steps:
            at_us += hours * HOUR_US
            _do(store, people, at_us, kind, f"ncmec:{number}", user, wanted, outcome)
        boss = later(people["boss.north"], NOW_DAYS * DAY_US)
        cut = Wanted(zone="America/Denver", back=60)
        found = show_caseload(boss, store, reads=ReadLog(store), wanted=cut)
        _compare(running_store, boss, found)
        _drill(store, boss, found, cut)
        _shared(store, boss, found, cut)
        assert own_caseload(boss, store, reads=ReadLog(store)).figures[0].cells == tuple(
            cell for cell in _cells(found, "workload") if cell.labels[0] == boss.user
        )

    histories()


def _do(
    store: Store,
    people: dict[str, Caller],
    at_us: int,
    kind: str,
    tip: str,
    user: str,
    wanted: Move,
    outcome: Outcome,
) -> None:
    caller = later(people[user], at_us)
    agency = caller.agency or ""
    try:
        if kind == "hold":
            hold_tips(later(people["ops"], at_us), store, [tip], agency=agency)
        elif kind == "release":
            release_tips(later(people["boss.north"], at_us), store, [tip], agency="north")
        elif kind == "withdraw":
            withdraw(store, tip, why=WHY, actor="test")
        elif kind == "deliver":
            more = email(f"{at_us}@example.net")
            number = tip.removeprefix("ncmec:")
            issued_us = MONDAY_US + HOUR_US + at_us
            one = delivery(number, [more], body=str(at_us), issued_us=issued_us)
            record(store, [one], actor="test")
        else:
            version = show_queued(caller, store, tip=tip, reads=ReadLog(store)).line.version
            given_to = Moving(
                move=wanted,
                why=WHY,
                outcome=outcome if wanted is Move.CLOSE else None,
                assignee=f"lead.{agency}" if wanted is Move.ASSIGN else None,
                recipient="Desk" if wanted is Move.REFER else None,
                priority=Priority.TODAY if wanted is Move.PRIORITISE else None,
            )
            move(caller, store, tip=tip, expected=version, wanted=given_to)
    except CrosstipError:
        return


def _cells(found: Caseload, name: str) -> tuple[Cell, ...]:
    (figure,) = [each for each in found.figures if each.name == name]
    return figure.cells


def _values(found: Caseload, name: str) -> dict[tuple[str, ...], int]:
    return {cell.labels: cell.value for cell in _cells(found, name) if cell.value}


def _compare(running: RunningStore, boss: Caller, found: Caseload) -> None:
    """Compare with what the raw nodes say, counted without any index or query of the figures."""
    now_us = boss.as_of_us
    places = running.rows(
        "MATCH (q:Triage) WHERE q.agency = 'north' AND q.held = true RETURN q.state, "
        "coalesce(q.set_priority, q.priority), q.owner, q.since_us, q.due_us, q.stood_us"
    )
    moves = running.rows(
        "MATCH (q:Triage {agency: 'north'})-[:HAS_MOVE]->(m:TriageMove) "
        "WITH q, m ORDER BY q.key, m.number "
        "RETURN q.key, m.move, m.from_state, m.to_state, m.at_us, m.outcome"
    )
    there = [row for row in places if row[0] in OPEN_STATES]
    assert _values(found, "open") == Counter((row[0], row[1]) for row in there)
    assert _values(found, "ageing") == Counter((row[0], _band(now_us, row[3])) for row in there)
    bare = [row for row in there if row[2] is None]
    assert _values(found, "unowned") == Counter((row[0],) for row in bare)
    assert _values(found, "unassigned") == Counter(
        (row[1],) for row in bare if row[0] != "referred" and now_us - int(str(row[3])) > DAY_US
    )
    due = [(row[1], int(str(row[4]))) for row in there if row[4] is not None]
    assert _values(found, "overdue") == Counter((name,) for name, at in due if at < now_us)
    assert _values(found, "due-soon") == Counter(
        (name,) for name, at in due if now_us <= at < now_us + DAY_US
    )
    _compare_news(running, found)
    _compare_kept(running, found)
    assert _values(found, "workload") == Counter((row[2], row[1]) for row in there if row[2])
    ages = sorted((now_us - int(str(row[3]))) // 1_000_000 for row in there)
    shares = {"median": 0.5, "90th percentile": 0.9}
    for cell in _cells(found, "age"):
        rank = math.ceil(shares[cell.labels[0]] * len(ages))
        assert cell.value == (ages[rank - 1] if len(ages) > 0 else None)
    assert _values(found, "inflow") == Counter(_day(row[3]) for row in places)
    for name, kind in (("closure", "close"), ("reopened", "reopen"), ("put-back", "put back")):
        assert _values(found, name) == Counter(_day(row[4]) for row in moves if row[1] == kind)
    assert _values(found, "outcomes") == Counter((r[5],) for r in moves if r[1] == "close")
    assert _cells(found, "backlog")[-1].value == len(there)
    # What is withdrawn is so as of the clock of the machine, long after the period.
    left = Counter(r[2] for r in moves if r[2] != r[3] and int(str(r[4])) <= now_us)
    assert {c.labels[0]: c.of for c in _cells(found, "time-in-stage") if c.of} == left
    assert sum(_values(found, "by-provider").values()) == len(places)
    stated = running.rows(
        "MATCH (t:Tip)-[:STANDS]->(q:Triage) WHERE q.agency = 'north' AND q.held = true "
        "UNWIND t.lacks AS lack RETURN coalesce(t.provider, 'not stated'), lack"
    )
    assert _values(found, "missing") == Counter(stated)


def _compare_news(running: RunningStore, found: Caseload) -> None:
    news = running.rows(
        "MATCH (q:Triage) WHERE q.agency = 'north' AND q.held = true AND q.news_us IS NOT NULL "
        "AND q.state <> 'withdrawn' RETURN q.state, coalesce(q.set_priority, q.priority)"
    )
    assert _values(found, "changed") == Counter(news)
    assert all(row[0] != "new" for row in news)


def _compare_kept(running: RunningStore, found: Caseload) -> None:
    """Compare what is held and what waits urgently, and the backlog with each place's own moves."""
    places = running.rows(
        "MATCH (q:Triage) WHERE q.agency = 'north' AND q.held = true "
        "RETURN q.key, q.state, q.since_us"
    )
    assert _values(found, "held") == Counter((row[1],) for row in places)
    alerts = running.rows(
        "MATCH (a:UrgentAlert) WHERE a.agency = 'north' AND a.ended_us IS NULL RETURN a.key"
    )
    assert sum(_values(found, "urgent").values()) == len(alerts)
    moves = running.rows(
        "MATCH (q:Triage {agency: 'north'})-[:HAS_MOVE]->(m:TriageMove) "
        "RETURN q.key, m.number, m.from_state, m.at_us"
    )
    # What is withdrawn is so as of the clock of the machine, and would count back from there.
    is_late = any(int(str(row[3])) >= found.end_us for row in moves)
    for cell in () if is_late else _cells(found, "backlog"):
        begins = datetime.fromisoformat(f"{cell.labels[0]}T00:00:00+00:00").timestamp()
        end_us = int(begins + 31 * 3600) * 1_000_000
        there = 0
        for key, state, since_us in places:
            undone = sorted(
                (row[1], row[2])
                for row in moves
                if row[0] == key and end_us <= int(str(row[3])) < found.end_us
            )
            was = undone[0][1] if len(undone) > 0 else state
            there += int(str(since_us)) < end_us and was in OPEN_STATES
        assert cell.value == there


def _band(now_us: int, since_us: object) -> str:
    days = (now_us - int(str(since_us))) // DAY_US
    return BANDS[sum(days >= first for first in (2, 8, 31))]


def _day(at_us: object) -> tuple[str]:
    """Give the day in Denver, seven hours behind UTC from the test's people to its end."""
    return (datetime.fromtimestamp(int(str(at_us)) / 1e6 - 7 * 3600, UTC).date().isoformat(),)


def _drill(store: Store, boss: Caller, found: Caseload, cut: Wanted) -> None:
    """See that behind each number are exactly as many rows, whatever the size of a page."""
    for figure in found.figures:
        if FIGURES[figure.name].pick is None:
            continue
        for cell in figure.cells:
            wanted = cell.value if figure.is_count else cell.of
            if not wanted and cell.labels[-1] != figure.cells[-1].labels[-1]:
                continue
            assert len(_all_rows(store, boss, figure.name, cell, cut)) == (wanted or 0)


def _shared(store: Store, boss: Caller, found: Caseload, cut: Wanted) -> None:
    """See that what leaves the agency is of the same numbers, with none of them small."""
    outside = replace(cut, shared=True)
    given_out = show_caseload(boss, store, reads=ReadLog(store), wanted=outside)
    own = {figure.name: figure for figure in found.figures}
    wanted = [name for name in own if FIGURES[name].sharing is not Sharing.NEVER]
    assert [figure.name for figure in given_out.figures] == wanted
    for figure in given_out.figures:
        sharing = FIGURES[figure.name].sharing
        whole = sum(cell.value or 0 for cell in own[figure.name].cells)
        values = {cell.labels: cell.value for cell in own[figure.name].cells}
        for cell in figure.cells:
            assert cell.oldest_us is None
            assert cell.of is None or sharing is Sharing.SHARES
            if cell.value is None:
                continue
            assert cell.value == (whole if sharing is Sharing.SUM else values.get(cell.labels, 0))
            assert sharing is Sharing.COMPUTED or not 0 < cell.value < SMALL


def _all_rows(
    store: Store, boss: Caller, figure: str, cell: Cell, cut: Wanted
) -> list[tuple[object, ...]]:
    after, found = "", list[tuple[object, ...]]()
    while True:
        page = caseload_rows(
            boss,
            store,
            figure=figure,
            labels=cell.labels,
            reads=ReadLog(store),
            wanted=cut,
            after=after,
            limit=2,
        )
        assert len(page.rows) <= 2
        found += [(row.record, row.at_us, row.move) for row in page.rows]
        if page.next_after is None:
            assert len(set(found)) == len(found)
            return found
        assert boss.user not in page.next_after
        after = page.next_after

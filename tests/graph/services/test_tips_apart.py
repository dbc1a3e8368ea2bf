"""Tips are kept apart by who holds them: one agency's answers know nothing of another one's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.casework.tip_scope import EVERYTHING, NOTHING, TipScope, scope_of
from graph.clock import now_us
from graph.ddl.holding import keep_tips_apart
from graph.errors import NotFoundError
from graph.identifiers.core import IdentifierKind
from graph.queries.link_questions import OwnParams
from graph.queries.links import OWN, OwnRow
from graph.services.band_telling import EVERYBODY, tell_bands
from graph.services.explaining import explain
from graph.services.figures import figures_of, info_of
from graph.services.groups import group_of
from graph.services.history import history_of
from graph.services.holders import hold_tips, release_tips
from graph.services.judgements import judge, judgements_of, list_judgements, undo
from graph.services.judging import Verdict
from graph.services.links import Links, links_of
from graph.services.neighbourhood import neighbourhood
from graph.services.paths import paths
from graph.services.recording import record
from graph.services.search import search
from graph.services.snapshot import take_snapshot
from graph.services.tip_access import unheld_among, unheld_tips
from graph.services.tips import list_tips, show_tip
from graph.services.withdrawal import withdraw
from graph.store import Store
from tests.answers import written
from tests.deliveries import delivery, email
from tests.graph.services.people import staff
from tests.linking import BASIS
from tests.stores import RunningStore

SHARED, RARE = "many@example.com", "rare@example.com"
NORTH, SOUTH = TipScope(holder="north"), TipScope(holder="south")


def take_in(store: Store, number: int, *said: str, holder: str | None, refers: int = 0) -> str:
    """Record a tip that names addresses, and give its key."""
    references = [("related", f"ncmec:{refers}")] if refers else []
    assertions = [email(address) for address in said]
    one = delivery(str(number), assertions, references=references, holder=holder)
    record(store, [one], actor="test")
    return f"ncmec:{number}"


def refusal(question: Callable[[], object]) -> str:
    """Give the words in which something is not there."""
    with pytest.raises(NotFoundError) as refused:
        question()
    return str(refused.value)


def test_a_tip_that_is_anothers_is_as_one_that_is_not_there(running_store: RunningStore) -> None:
    store = running_store.store
    staff(store, "north", "south", at_us=now_us())
    south, north = store.seen_by(SOUTH), store.seen_by(NORTH)
    hidden = take_in(store, 1, RARE, holder="north", refers=2)
    own = take_in(store, 2, RARE, holder="south", refers=1)
    take_in(store, 4, RARE, holder=None)
    questions: list[Callable[[Store, str], object]] = [
        show_tip,
        lambda seen, tip: links_of(seen, tip, basis=BASIS),
        lambda seen, tip: explain(seen, tip, own, basis=BASIS),
        lambda seen, tip: explain(seen, own, tip, basis=BASIS),
        lambda seen, tip: neighbourhood(seen, tip, basis=BASIS),
        lambda seen, tip: group_of(seen, tip, basis=BASIS),
        lambda seen, tip: paths(seen, own, tip, basis=BASIS),
        lambda seen, tip: withdraw(seen, tip, why="No.", actor="x"),
        lambda seen, tip: judge(
            seen, own, tip, verdict=Verdict.SAME, why="One man.", basis=BASIS, actor="x"
        ),
    ]
    for ask in questions:
        for tip in (hidden, "ncmec:4"):
            said = refusal(lambda ask=ask, tip=tip: ask(south, tip))  # type: ignore[misc]
            absent = refusal(lambda ask=ask: ask(south, "ncmec:3"))  # type: ignore[misc]
            assert said.replace(tip, "ncmec:3") == absent
    assert [line.key for line in list_tips(south).tips] == [own]
    assert list_tips(store.seen_by(NOTHING)).tips == ()
    assert len(list_tips(store).tips) == 3
    # Its own document names the other tip; whether that one is held here does not show.
    assert [(r.tip, r.direction, r.stub) for r in show_tip(south, own).references] == [
        (hidden, "names", True)
    ]
    both = {(r.tip, r.stub) for r in show_tip(store, own).references}
    assert both == {(hidden, False)}
    assert links_of(south, own, basis=BASIS).links == ()
    (found,) = search(south, RARE).found
    assert (found.identifier.mention_count, found.identifier.tip_count) == (1, 1)
    assert [line.key for line in found.tips] == [own]
    assert search(south, "1").tips == ()
    (said,) = show_tip(south, own).assertions
    assert (said.tip_count, said.mention_count) == (1, 1)
    assert show_tip(store, own).assertions[0].mention_count == 3
    figures = {row.label: row.total for row in figures_of(south, everything=False)}
    assert (figures["Tip"], info_of(south).tip_total) == (1, 1)
    assert [row.label for row in figures_of(store, everything=True) if "nobody" in row.label]
    take_in(store, 5, "only.north@example.com", holder="north")
    assert search(south, "only.north@example.com").found == ()
    assert links_of(north, hidden, basis=BASIS).links == ()


def test_holding_and_releasing(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    south = store.seen_by(scope_of(people["lead.south"]))
    legacy, hidden = take_in(store, 1, RARE, holder=None), take_in(store, 2, RARE, holder="north")
    assert unheld_among(store, [legacy, hidden]) == 1
    assert list(unheld_tips(store)) == [[legacy]]
    lead = people["lead.south"]
    absent = refusal(lambda: hold_tips(lead, store, ["ncmec:9"], agency="south"))
    taken = refusal(lambda: hold_tips(lead, store, [hidden], agency="south"))
    assert taken.replace(hidden, "ncmec:9") == absent
    hold_tips(lead, store, [legacy], agency="south")
    hold_tips(people["ops"], store, [hidden], agency="south")
    hold_tips(people["ops"], store, [hidden], agency="south")
    assert [line.key for line in list_tips(south).tips] == [legacy, hidden]
    assert len(links_of(south, legacy, basis=BASIS).links) == 1
    release_tips(lead, store, [hidden], agency="south")
    gone = refusal(lambda: release_tips(lead, store, [hidden], agency="south"))
    assert gone.replace(hidden, "ncmec:9") == absent
    assert [line.key for line in list_tips(south).tips] == [legacy]
    assert links_of(south, legacy, basis=BASIS).links == ()
    # A rewritten tip keeps its holders, and so does one whose number comes.
    more = delivery("2", [email(RARE)], body="more", holder="north")
    record(store, [more], actor="test")
    bare = delivery(None, [email(RARE)], body="x", holder="south")
    record(store, [bare], actor="test")
    assert info_of(south).tip_total == 2
    numbered = delivery("8", [email(RARE)], body="x", holder="north")
    record(store, [numbered], actor="test")
    agree(running_store)
    assert [line.key for line in list_tips(south).tips] == [legacy, "ncmec:8"]


def agree(running: RunningStore) -> None:
    """Compare what stands on tips and agencies with what the edges say."""
    rows = running.rows(
        "MATCH (t:Tip) OPTIONAL MATCH (t)-[h:HELD_BY]->(g:Agency) WHERE h.until_us IS NULL "
        "WITH t, g ORDER BY g.key WITH t, collect(g.key) AS held "
        "RETURN t.key AS tip, coalesce(t.holders, []) AS said, held ORDER BY tip"
    )
    assert [(tip, sorted(said)) for tip, said, _ in rows] == [(tip, held) for tip, _, held in rows]
    totals = running.rows(
        "MATCH (g:Agency) OPTIONAL MATCH (g)<-[h:HELD_BY]-() WHERE h.until_us IS NULL "
        "WITH g, count(h) AS held RETURN g.key AS agency, coalesce(g.tip_total, 0) AS said, held "
        "ORDER BY agency"
    )
    assert all(said == held for _, said, held in totals)


def test_a_migration_writes_what_the_edges_say(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    for number, holder in enumerate(("north", "south", None), start=1):
        take_in(store, number, RARE, holder=holder)
    hold_tips(people["ops"], store, ["ncmec:1"], agency="south")
    release_tips(people["ops"], store, ["ncmec:1"], agency="north")
    running_store.rows("MATCH (t:Tip) REMOVE t.holders")
    running_store.rows("MATCH (g:Agency) REMOVE g.tip_total")
    for _ in range(2):
        keep_tips_apart(store, None)
        agree(running_store)
    assert len(list_tips(store.seen_by(SOUTH)).tips) == 2


def test_a_judgement_is_its_agencys(running_store: RunningStore) -> None:
    store = running_store.store
    staff(store, "north", "south", at_us=now_us())
    tips = [take_in(store, n, RARE, "b@example.com", holder="north") for n in (1, 2)]
    for number in (1, 2):
        take_in(store, number, RARE, "b@example.com", holder="south")
    south, north = store.seen_by(SOUTH), store.seen_by(NORTH)
    before = written([links_of(south, tips[0], basis=BASIS), group_of(south, tips[0], basis=BASIS)])
    judged: dict[str, Any] = {"why": "Two men.", "basis": BASIS, "actor": "lead.north"}
    made = judge(north, *tips, verdict=Verdict.NOT_SAME, **judged)
    after = written([links_of(south, tips[0], basis=BASIS), group_of(south, tips[0], basis=BASIS)])
    assert after == before
    assert links_of(north, tips[0], basis=BASIS).apart == (tips[1],)
    assert (list_judgements(south), judgements_of(south, tips[0])) == ((), ())
    said = refusal(lambda: undo(south, made.key, why="No.", actor="lead.south"))
    assert said.replace(made.key, "x") == refusal(lambda: undo(south, "x", why="No.", actor="s"))
    assert len(list_judgements(north)) == 1


def graded(answer: Links) -> list[tuple[object, ...]]:
    """Give what is told of links and does not count tips."""
    return [(x.tip.key, x.score, x.grade, written(x.reasons), x.chance) for x in answer.links]


def test_who_holds_everything_is_told_what_an_unscoped_question_is(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    staff(store, "north", "south", at_us=now_us())
    for number in range(1, 41):
        said = [SHARED, f"pair{number // 2}@example.com", f"five{number // 6}@example.com"]
        take_in(store, number, *said, holder="north")
    take_snapshot(store, actor="test")
    north = store.seen_by(NORTH)
    for tip in ("ncmec:1", "ncmec:12"):
        seen, whole = (links_of(s, tip, basis=BASIS) for s in (north, store))
        assert len(whole.links) > 0
        assert graded(seen) == graded(whole)
        assert [hub.identifier for hub in seen.hubs] == [hub.identifier for hub in whole.hubs]
        assert (seen.tip_total, seen.cut_off) == (whole.tip_total, whole.cut_off)
        assert written(show_tip(north, tip)) == written(show_tip(store, tip))
        assert written(group_of(north, tip, basis=BASIS)) == written(
            group_of(store, tip, basis=BASIS)
        )
        assert written(explain(north, "ncmec:2", "ncmec:3", basis=BASIS)) == written(
            explain(store, "ncmec:2", "ncmec:3", basis=BASIS)
        )


def test_bands_are_told_of_two_agencies_or_of_ones_own(running_store: RunningStore) -> None:
    store = running_store.store
    staff(store, "north", "south", "west", at_us=now_us())
    told: dict[str, tuple[str | None, int | None]] = {
        "four@example.com": (None, None),
        "north@example.com": ("north", 2),
        "mostly@example.com": (None, None),
        "both@example.com": (EVERYBODY, 3),
    }
    wanted = {
        "four@example.com": {"north": 3, "south": 1},
        "north@example.com": {"north": 6},
        "mostly@example.com": {"north": 4, None: 5},
        "both@example.com": {"north": 7, "south": 1},
    }
    number = 0
    for address, held in wanted.items():
        for holder, count in held.items():
            for _ in range(count):
                number += 1
                take_in(store, number, address, holder=holder)
    take_snapshot(store, actor="test")
    rows = running_store.rows("MATCH (x:Email) RETURN x.key, x.told_to, x.told_band")
    assert {key: (to, band) for key, to, band in rows} == told
    assert tell_bands(store) == 0
    own = take_in(store, 100, "north@example.com", "both@example.com", holder="south")
    seen = {row.identifier: row.band for row in compared_own(store.seen_by(SOUTH), own)}
    assert seen == {"north@example.com": None, "both@example.com": 3}


def compared_own(store: Store, tip: str) -> list[OwnRow]:
    """Give what links compare of a tip."""
    return store.read(OWN, OwnParams(tips=[tip], limit=9))


def test_the_history_of_a_value_is_of_tips_that_are_seen(running_store: RunningStore) -> None:
    store = running_store.store
    staff(store, "north", "south", at_us=now_us())
    take_in(store, 1, RARE, holder="north")
    take_in(store, 2, RARE, holder="south")
    (found,) = search(store, RARE).found
    assert found.identifier.mention_count == 2
    kind = IdentifierKind.EMAIL
    seen = history_of(store.seen_by(SOUTH), kind, RARE)
    assert [use.tip for use in seen.uses] == ["ncmec:2"]
    assert [row.tips for row in seen.spread] == [1]
    said = refusal(lambda: history_of(store.seen_by(TipScope(holder="west")), kind, RARE))
    assert said == refusal(lambda: history_of(store, kind, "nobody@example.com"))
    assert store.seen_by(EVERYTHING).scope.everything

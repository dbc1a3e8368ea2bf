"""A whole store taken out, into an empty one, and out again: the same lines."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.errors import ChangedError, SchemaError, UnreadableDocumentError, WrongStoreError
from graph.exchange.full_lines import CARRIED, LEFT, LEFT_OUT
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.schema import SCHEMA
from graph.services.callers import caller_of
from graph.services.full_export import full_lines
from graph.services.full_import import check_full, enter_full
from graph.services.holders import hold_tips
from graph.services.judgements import judge, judgements_of
from graph.services.judging import Verdict
from graph.services.links import links_of
from graph.services.recording import record
from graph.services.states import set_state
from graph.services.withdrawal import withdraw
from graph.statements import FileStatement
from graph.store import Store
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email, file_hash, says
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff
from tests.graph.services.rights_world import make_world
from tests.linking import BASIS
from tests.stores import RunningStore

_SECRETS = {"salt", "secret", "secret_check", "password", "token", "verifier", "public_key"}


def taken_out(store: Store) -> list[bytes]:
    return list(full_lines(store, made_by="test", synthetic=True))


def taken_in(store: Store, lines: list[bytes]) -> None:
    enter_full(store, lines, check_full(lines), actor="test")


def sealed(body: list[bytes], *, header: bytes, nodes: int, edges: int) -> list[bytes]:
    """Give a full export whose end fits its lines, as somebody who forges one writes it."""
    digest = hashlib.sha256(b"".join(body)).hexdigest()
    end = json.dumps({"end": True, "nodes": nodes, "edges": edges, "sha256": digest})
    return [header, *body, end.encode() + b"\n"]


def furnish(store: Store) -> None:
    """Let a store hold tips in every shape: corrected, joined, withdrawn, judged, decided about."""
    people = staff(store, "north")
    investigation = case(people["lead.north"], store)
    claimed(people["lead.north"], store, investigation, draft("kim@example.com"))
    furnish_tips(store, people["ops"])


def furnish_tips(store: Store, ops: Caller) -> None:
    """Add tips, a judgement and a decision."""
    kim = email("kim@example.com", time_raw="2026-01-02 \u202e", at_us=MONDAY_US, zone_stated=True)
    series = file_hash("md5:0123456789abcdef0123456789abcdef", file_id="f1")
    first = delivery("71", [kim, series], files=[FileStatement(file_id="f1", name="a.jpg")])
    notes = (("notes", "caf\u00e9 \U0001f600"),)
    deliveries = [
        first,
        delivery("71", [kim], body="later", issued_us=MONDAY_US + HOUR_US, notes=notes),
        delivery("72", [kim, says(IdentifierKind.IP_ADDRESS, "198.18.0.4", port=40123)]),
        delivery("73", [email("child@example.com", role=Role.VICTIM)], references=[("prior", "9")]),
        delivery(None, [email("nobody@example.com")], body="without a number"),
    ]
    for one in deliveries:
        record(store, [one], actor="test")
    hold_tips(ops, store, ["ncmec:71", "ncmec:72"], agency="north")
    withdraw(store, "ncmec:73", why="sent in error", actor="test")
    why = {"why": "Same photograph.", "basis": BASIS, "actor": "test"}
    judge(store, "ncmec:71", "ncmec:72", verdict=Verdict.SAME, **why)  # type: ignore[arg-type]
    kind = IdentifierKind.EMAIL
    set_state(store, kind, "nobody@example.com", state="shared", why="A family's.", actor="test")


_WANTED = {"Tip", "TipVersion", "Document", "File", "Agency", "User", "Investigation", "Claim"}
_WANTED |= {"Judgement", "StateDecision", "Triage"}


def test_what_was_taken_in_is_taken_out_again_the_same(running_store: RunningStore) -> None:
    store = running_store.store
    furnish(store)
    first = taken_out(store)
    running_store.wipe(synthetic=True)
    taken_in(store, first)
    again = taken_out(store)
    assert again[1:] == first[1:]
    assert again[0] != first[0]
    said = Counter(json.loads(line).get("node") for line in first)
    assert {label for label in _WANTED if said[label] == 0} == set()
    assert set(said) & set(LEFT) == set()
    assert [row.verdict for row in judgements_of(store, "ncmec:72")] == [Verdict.SAME]
    found = links_of(store, "ncmec:71", basis=BASIS).links
    assert [link.tip.key for link in found] == ["ncmec:72"]
    assert json.loads(first[0])["left_out"] == list(LEFT_OUT)


@pytest.mark.long
def test_a_store_with_a_record_of_every_kind_comes_out_as_it_went_in(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    make_world(store, at_us=now_us())
    furnish_tips(store, caller_of(store, "second.ops"))
    first = taken_out(store)
    running_store.wipe(synthetic=True)
    taken_in(store, first)
    assert taken_out(store)[1:] == first[1:]
    said = Counter(json.loads(line).get("node") for line in first)
    kinds = {"Conflict", "Handoff", "LegalHold", "Webhook", "Job", "DeskTask", "Feedback"}
    assert {label for label in kinds if said[label] > 0} == kinds - set(LEFT)


def test_a_store_that_holds_anything_takes_nothing_in(store: Store) -> None:
    record(store, [delivery("1", [email("kim@example.com")])], actor="test")
    lines = taken_out(store)
    with pytest.raises(WrongStoreError, match="into an empty store alone"):
        taken_in(store, lines)
    assert taken_out(store)[1:] == lines[1:]


def test_what_changes_meanwhile_is_no_export(store: Store) -> None:
    record(store, [delivery("1", [email("kim@example.com")])], actor="test")
    lines = full_lines(store, made_by="test", synthetic=True)
    next(lines)
    record(store, [delivery("2", [email("pat@example.com")])], actor="test")
    with pytest.raises(ChangedError, match="Somebody changed something"):
        list(lines)


_HEADER: dict[str, object] = {
    "crosstip": "store/1",
    "schema_version": SCHEMA.version,
    "as_of": "2026-01-02T03:04:05Z",
    "made_by": "test",
    "synthetic": True,
    "left_out": [],
}


def _line(said: object) -> bytes:
    return json.dumps(said).encode() + b"\n"


_AGENCY = _line({"node": "Agency", "p": {"key": "north", "name": "North", "kind": "task force"}})


def _whole(body: list[bytes], **header: object) -> list[bytes]:
    return sealed(body, header=_line(_HEADER | header), nodes=len(body), edges=0)


def test_a_whole_one_is_read() -> None:
    assert check_full(_whole([_AGENCY])).end.nodes == 1


@pytest.mark.parametrize(
    ("break_it", "why"),
    [
        (lambda lines: lines[:-1], "does not end as it should"),
        (lambda lines: [lines[0], lines[-1]], "does not end as it should"),
        (lambda lines: [*lines[:-1], *lines[1:]], "does not end as it should"),
        (lambda lines: [lines[0], lines[1].replace(b"North", b"South"), lines[2]], "does not end"),
        (lambda lines: lines[1:], "no full export"),
        (lambda lines: lines[:0], "no full export"),
        (lambda lines: [lines[0].replace(b"store/1", b"store/9"), *lines[1:]], "store/9"),
    ],
)
def test_one_that_is_not_whole_is_refused(
    break_it: Callable[[list[bytes]], list[bytes]], why: str
) -> None:
    with pytest.raises(UnreadableDocumentError, match=why):
        check_full(break_it(_whole([_AGENCY])))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{not json\n", "Line 2 .* it is no JSON"),
        (b"[]\n", "not as written"),
        (_AGENCY.replace(b"Agency", b"Session"), "not as written"),
        (_AGENCY.replace(b'"name"', b'"nick"'), "not as written"),
        (_AGENCY.replace(b'"North"', b"7"), "not as written"),
        (_AGENCY.replace(b'"north"', b"null"), "not as written"),
        (_line({"edge": "RUNS", "from": ["Tip", "1"], "to": [], "p": {}}), "not as written"),
        (_line({"edge": "RUNS", "from": ["Tip", "1"], "to": ["Tip", "2"], "p": {}}), "not as"),
        (_line({"node": "PdqPage", "p": {"key": "0", "hashes": "*"}}), "not as written"),
        (_line({"node": "TipVersion", "p": {"statement": {"files": 3}}}), "not as written"),
    ],
)
def test_a_line_that_no_store_writes_is_refused_before_anything_is_written(
    line: bytes, why: str
) -> None:
    with pytest.raises(UnreadableDocumentError, match=why):
        check_full(_whole([line]))


def test_one_of_another_schema_is_refused() -> None:
    with pytest.raises(SchemaError, match="of schema 3"):
        check_full(_whole([_AGENCY], schema_version=3))


def test_a_header_and_the_store_that_it_speaks_of_agree() -> None:
    real = {"key": "store", "synthetic": False, "schema_version": SCHEMA.version, "created_us": 1}
    with pytest.raises(UnreadableDocumentError, match="was changed"):
        check_full(_whole([_line({"node": "StoreInfo", "p": real})]))


def test_nothing_with_which_somebody_proves_who_they_are_is_carried() -> None:
    props = {
        f"{node.label}.{prop.name}"
        for node in SCHEMA.nodes
        if node.label in CARRIED
        for prop in node.all_props
        if prop.name in _SECRETS
    }
    # A purge's own: nobody is let in by it.
    assert props == {"PurgeRecord.salt"}
    assert set(LEFT) <= set(SCHEMA.node_by_label)


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
_SAID = st.builds(
    lambda name, role, event, us, port, mined: email(
        f"{name}@example.com", role=role, event=event, at_us=us, port=port, mined=mined
    ),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from([Role.REPORTED, Role.VICTIM, Role.REPORTER]),
    st.sampled_from([None, "login", "upload"]),
    st.none() | st.integers(-(10**15), 10**16),
    st.none() | st.integers(1, 65535),
    st.booleans(),
)
_DELIVERIES = st.lists(
    st.builds(
        lambda number, said, note, hours, body: delivery(
            number,
            list(dict.fromkeys(said)),
            body=f"{body}{number}",
            issued_us=MONDAY_US + hours * HOUR_US,
            notes=(("notes", note),),
            incident_types=(note,),
        ),
        st.sampled_from([None, "1", "2", "3"]),
        st.lists(_SAID, max_size=4),
        _TEXT,
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_any_county_comes_out_as_it_went_in(running_store: RunningStore) -> None:
    store = running_store.store

    @settings(
        max_examples=25,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_DELIVERIES, st.sets(st.sampled_from(["1", "2", "3"])))
    def one(deliveries: list, gone: set[str]) -> None:  # type: ignore[type-arg]
        running_store.wipe(synthetic=True)
        for item in deliveries:
            record(store, [item], actor="test")
        there = {item.report_number for item in deliveries}
        for number in sorted(gone & {number for number in there if number is not None}):
            withdraw(store, f"ncmec:{number}", why="test", actor="test")
        first = taken_out(store)
        running_store.wipe(synthetic=True)
        taken_in(store, first)
        assert taken_out(store)[1:] == first[1:]

    one()

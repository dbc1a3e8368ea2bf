"""Every query text compiles on both engines, without a single notification."""

from __future__ import annotations

import re
from typing import LiteralString, get_args, get_origin

import pytest

from graph.errors import SchemaError, StoreRefusedError
from graph.queries.catalogue import CATALOGUE
from graph.queries.core import Mode, NoParams, Params, Query, Row
from graph.queries.upserts import (
    COUNT_CLAIMS,
    COUNT_TIPS,
    INSERT_NODES,
    INSERT_RELS,
    UPDATE_NODES,
)
from graph.rows import PropertyRow, Value
from graph.schema import SCHEMA
from graph.schema.core import PropType
from graph.services.estimating import estimate_chance
from graph.services.snapshot import take_snapshot
from graph.store import Store, WriteUnit
from tests.linking import BASIS
from tests.stores import RunningStore

_VALUES: dict[PropType, Value] = {
    PropType.STRING: "x",
    PropType.INTEGER: 5_000_000_000,
    PropType.BOOLEAN: True,
    PropType.STRINGS: ["x"],
    PropType.BYTES: b"x",
}


def fill(running: RunningStore) -> None:
    """Put one node and edge of each declared type in, so that every name is known to Neo4j."""

    def work(unit: WriteUnit) -> None:
        for node in SCHEMA.nodes:
            if node.label != "StoreInfo":
                row: PropertyRow = {p.name: _VALUES[p.type] for p in node.all_props}
                zone: PropertyRow = {"zone": "UTC"} if "zone" in row else {}
                unit.insert_nodes(node.label, [row | zone | {"key": "x"}])
        for rel in SCHEMA.rels:
            props: PropertyRow = {p.name: _VALUES[p.type] for p in rel.props}
            ends = (rel.starts[0].label, rel.ends[0].label)
            unit.insert_rels(rel.type, ends, [("x", "x", props)])

    running.store.writing(work, name="one of each")
    take_snapshot(running.store, actor="test")
    estimate_chance(running.store, basis=BASIS, actor="test")


def texts() -> dict[str, LiteralString]:
    """Give all query texts by name."""
    found: dict[str, LiteralString] = {name: q.text for name, q in CATALOGUE.items()}
    for title, group in (
        ("insert", INSERT_NODES),
        ("update", UPDATE_NODES),
        ("count tips", COUNT_TIPS),
        ("count claims", COUNT_CLAIMS),
    ):
        found |= {f"{title} {label}": text for label, text in group.items()}
    found |= {f"insert {' '.join(key)}": text for key, text in INSERT_RELS.items()}
    return found


def test_every_text_compiles_without_a_notification(running_store: RunningStore) -> None:
    fill(running_store)
    noted = {
        name: notes
        for name, text in texts().items()
        if (notes := running_store.store.explain(text, re.findall(r"\$([a-z_]+)", text)))
    }
    assert noted == {}


def test_a_misspelt_property_is_noticed_on_neo4j(running_store: RunningStore) -> None:
    fill(running_store)
    notes = running_store.store.explain("MATCH (t:Tip) RETURN t.urgencyy", [])
    assert (len(notes) > 0) == (running_store.engine == "neo4j")


def test_a_text_that_does_not_compile_is_refused(store: Store) -> None:
    with pytest.raises(StoreRefusedError):
        store.explain("MATCH (t:Tip RETURN t", [])


class _One(Params):
    tip: str


class _Key(Row):
    key: str


@pytest.mark.parametrize(
    ("text", "params", "why"),
    [
        ("MATCH (t:Tip {key: $tip}) RETURN t.key AS key LIMIT 1", NoParams, "parameters"),
        ("MATCH (t:Tip {key: $tip}) RETURN t.key AS kee LIMIT 1", _One, "columns"),
        ("MATCH (t:Tip {key: $tip}) RETURN t.key AS key", _One, "LIMIT"),
        ("MATCH (t:Tip {key: $tip}) RETURN t.key AS key LIMIT 5000", _One, "LIMIT"),
        ("MATCH (t:Typ {key: $tip}) RETURN t.key AS key LIMIT 1", _One, "Typ"),
        ("MATCH (t:Tip {key: $tip})-[*]-(u) RETURN u.key AS key LIMIT 1", _One, "bound"),
        ("MATCH (t:Tip {key: $tip})-[:ASSERTS*]-(u) RETURN u.key AS key LIMIT 1", _One, "bound"),
        ("MATCH (t:Tip {key: $tip})-[:ASSERTS*2..]-(u) RETURN u.key AS key LIMIT 1", _One, "bound"),
        (
            "MATCH (t:Tip {key: $tip}) (()-[:ASSERTS]-()){1,} (u) RETURN u.key AS key LIMIT 1",
            _One,
            "bound",
        ),
        (
            "MATCH (t:Tip {key: $tip}) (()-[:ASSERTS]-())+ (u) RETURN u.key AS key LIMIT 1",
            _One,
            "bound",
        ),
        ("MATCH (t:Tip {key: $tip}) SET t.stub = true RETURN t.key AS key LIMIT 1", _One, "writes"),
    ],
)
def test_a_bad_entry_fails_at_import(text: LiteralString, params: type[Params], why: str) -> None:
    with pytest.raises(SchemaError, match=why):
        Query(name="test.bad", doc="Bad.", text=text, params=params, row=_Key)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (t:Tip {key: $tip})-[:ASSERTS*1..4]-(u) RETURN u.key AS key LIMIT 1",
        "MATCH (t:Tip {key: $tip})-[:ASSERTS*3]-(u) RETURN u.key AS key LIMIT 1",
        "MATCH (t:Tip {key: $tip}) (()-[:ASSERTS]-()){1,4} (u) RETURN u.key AS key LIMIT 1",
        "MATCH (t:Tip {key: $tip}) WHERE 2 * 3 > 1 RETURN t.key AS key LIMIT 1",
    ],
)
def test_bounded_patterns_are_taken(text: LiteralString) -> None:
    Query(name="test.good", doc="Good.", text=text, params=_One, row=_Key)


def test_a_write_query_is_refused_in_a_read_unit(store: Store) -> None:
    write = Query(
        name="test.write",
        doc="Writes.",
        text="MATCH (t:Tip {key: $tip}) SET t.stub = true",
        params=_One,
        row=Row,
        mode=Mode.WRITE,
    )
    with pytest.raises(StoreRefusedError):
        store.read(write, _One(tip="x"))


def test_every_read_query_runs_in_a_read_transaction(running_store: RunningStore) -> None:
    """Neo4j refuses writes in a READ transaction; ArcadeDB does not, hence the mark."""
    fill(running_store)
    for query in CATALOGUE.values():
        if query.mode is Mode.READ:
            values = {
                name: _example(field.annotation)
                for name, field in query.params.model_fields.items()
            }
            running_store.store.read(query, query.params(**values))


def _example(annotation: object) -> object:
    (inner,) = get_args(annotation) if get_origin(annotation) is list else (None,)
    if isinstance(inner, type) and issubclass(inner, Params):
        fields = inner.model_fields.items()
        return [inner(**{name: _example(field.annotation) for name, field in fields})]
    said = str(annotation)
    if "list[" in said:
        return ["x"]
    if "bool" in said:
        return True
    return 5 if "int" in said else "x"


def test_no_branch_of_a_union_looks_keys_up_by_a_list() -> None:
    """ArcadeDB forgets the index there: a check took a second among 400,000 identifiers."""
    branch = re.compile(r"(?:\{|UNION(?: ALL)?)\s*MATCH \(\w+:\w+\)\s+WHERE \w+\.key IN \$")
    assert branch.search("CALL () { MATCH (x:Email) WHERE x.key IN $keys RETURN x UNION ALL …}")
    assert [name for name, text in texts().items() if branch.search(text)] == []


def test_nothing_is_deleted_while_it_is_walked_to() -> None:
    """What edges lead to is collected before it goes: see `recording.drop_state`."""
    walked = re.compile(r"-\[[^\]]*\]-.*\bDELETE\b", re.DOTALL)
    collected = re.compile(r"WITH (?:DISTINCT )?collect\(|WITH \w+, collect\(")
    found = [
        name for name, text in texts().items() if walked.search(text) and not collected.search(text)
    ]
    assert found == []

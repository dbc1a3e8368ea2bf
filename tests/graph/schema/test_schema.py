"""Declarations that are wrong fail at import; the real ones hold together."""

from __future__ import annotations

import pytest

from graph.ddl.statements import embedded_types, expected_types, portable
from graph.errors import SchemaError
from graph.identifiers.core import IdentifierKind
from graph.schema import SCHEMA
from graph.schema.core import GraphSchema, NodeType, Prop, PropType, RelType

S, N = PropType.STRING, PropType.INTEGER


def node(label: str = "Thing", *props: Prop, doc: str = "A thing.") -> NodeType:
    return NodeType(label=label, doc=doc, key_doc="Its key.", props=props)


def schema(*nodes: NodeType, rels: tuple[RelType, ...] = ()) -> GraphSchema:
    return GraphSchema(version=1, nodes=nodes, rels=rels)


@pytest.mark.parametrize(
    ("nodes", "why"),
    [
        ((node("thing"),), "well-formed"),
        ((node("Thing`) DETACH DELETE"),), "well-formed"),
        ((node(doc=""),), "description"),
        ((node(), node()), "twice"),
        ((node("Thing", Prop("a", S, "A."), Prop("a", N, "A.")),), "twice"),
        ((node("Thing", Prop("key", S, "A.")),), "twice"),
        ((node("Thing", Prop("seen_us", S, "A time.")),), "time"),
        ((node("Thing", Prop("Name", S, "A name.")),), "lower-case"),
        ((node("Thing", Prop("name", S, "")),), "description"),
        ((node("Thing", Prop("tags", PropType.STRINGS, "Tags.", indexed=True)),), "indexed"),
    ],
)
def test_a_wrong_declaration_is_refused(nodes: tuple[NodeType, ...], why: str) -> None:
    with pytest.raises(SchemaError, match=why):
        schema(*nodes)


def test_a_relationship_needs_declared_ends() -> None:
    rel = RelType(type="HAS", starts=(node(),), ends=(node("Other"),), doc="Has.")
    with pytest.raises(SchemaError, match="not declared"):
        schema(rel.starts[0], rels=(rel,))


def test_every_kind_of_identifier_is_a_node_with_the_same_properties() -> None:
    kinds = [SCHEMA.node_by_label[kind.value] for kind in IdentifierKind]
    common = set.intersection(*(set(kind.props) for kind in kinds))
    own = {kind.label: {p.name for p in kind.props if p not in common} for kind in kinds}
    assert {label: names for label, names in own.items() if names} == {
        "IpAddress": {"subnet"},
        "FileHash": {"listed"},
        "ScreenName": {"alias"},
    }


def test_every_label_gets_one_unique_key_and_every_indexed_property_a_type() -> None:
    texts = portable(SCHEMA)
    assert sum("REQUIRE n.key IS UNIQUE" in text for text in texts) == len(SCHEMA.nodes)
    assert all("IF NOT EXISTS" in text for text in texts)
    typed = "\n".join(embedded_types(SCHEMA))
    for (label, prop), kind in expected_types(SCHEMA).items():
        assert f"CREATE PROPERTY {label}.{prop} IF NOT EXISTS {kind}" in typed

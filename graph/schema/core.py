"""The words in which the graph schema is declared, and the checks that a declaration must pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from graph.errors import SchemaError

_LABEL = re.compile(r"[A-Z][A-Za-z]+\Z")
_REL = re.compile(r"[A-Z]+(_[A-Z]+)*\Z")
_PROP = re.compile(r"[a-z]+(_[a-z0-9]+)*\Z")


class PropType(StrEnum):
    """Types that both engines store and compare alike (`engines.md`, rules 1, 2 and 4)."""

    STRING = "string"
    INTEGER = "integer"
    """64 bit. Times are integers: microseconds since 1970 UTC, named `…_us`."""
    BOOLEAN = "boolean"
    STRINGS = "list of strings"
    BYTES = "bytes"


PYTHON_TYPES: Mapping[PropType, type] = {
    PropType.STRING: str,
    PropType.INTEGER: int,
    PropType.BOOLEAN: bool,
    PropType.STRINGS: list,
    PropType.BYTES: bytes,
}


@dataclass(frozen=True, slots=True)
class Prop:
    """One property: its name, type and meaning."""

    name: str
    type: PropType
    doc: str
    indexed: bool = False
    required: bool = False
    kept_apart: bool = False
    """Written by statements of its own: rewriting its node leaves it as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeType:
    """A label with the property `key`, unique within it, and further properties."""

    label: str
    doc: str
    key_doc: str
    props: tuple[Prop, ...] = ()

    @property
    def all_props(self) -> tuple[Prop, ...]:
        """The key and the other properties, in the order of declaration."""
        key = Prop("key", PropType.STRING, self.key_doc, indexed=True, required=True)
        return (key, *self.props)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelType:
    """A relationship type between declared labels; `keyed` ones carry a `key` of their own."""

    type: str
    starts: tuple[NodeType, ...]
    ends: tuple[NodeType, ...]
    doc: str
    props: tuple[Prop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphSchema:
    """All node and relationship types; constraints, upserts, validation and docs derive from it.

    Raises:
        SchemaError: a declaration is malformed, doubled or refers to an undeclared label.
    """

    version: int
    nodes: tuple[NodeType, ...]
    rels: tuple[RelType, ...]
    node_by_label: dict[str, NodeType] = field(init=False)
    rel_by_type: dict[str, RelType] = field(init=False)

    def __post_init__(self) -> None:
        """Index the declarations and refuse bad ones."""
        object.__setattr__(self, "node_by_label", {n.label: n for n in self.nodes})
        object.__setattr__(self, "rel_by_type", {r.type: r for r in self.rels})
        if len(self.node_by_label) < len(self.nodes) or len(self.rel_by_type) < len(self.rels):
            raise SchemaError("a label or relationship type is declared twice")
        for node in self.nodes:
            _check(node.label, _LABEL, node.doc, node.all_props)
        for rel in self.rels:
            _check(rel.type, _REL, rel.doc, rel.props)
            for end in (*rel.starts, *rel.ends):
                if self.node_by_label.get(end.label) is not end:
                    raise SchemaError(f"{rel.type} ends at {end.label}, which is not declared")


def _check(name: str, shape: re.Pattern[str], doc: str, props: tuple[Prop, ...]) -> None:
    if shape.match(name) is None:
        raise SchemaError(f"{name} is not a well-formed name for its kind")
    if len(doc) == 0:
        raise SchemaError(f"{name} has no description")
    names = [prop.name for prop in props]
    if len(set(names)) < len(names):
        raise SchemaError(f"{name} declares a property twice")
    for prop in props:
        if _PROP.match(prop.name) is None or len(prop.doc) == 0:
            raise SchemaError(f"{name}.{prop.name} needs a lower-case name and a description")
        if prop.name.endswith("_us") and prop.type is not PropType.INTEGER:
            raise SchemaError(f"{name}.{prop.name} is a time and must be an integer")
        if prop.indexed and prop.type not in (PropType.STRING, PropType.INTEGER):
            raise SchemaError(f"{name}.{prop.name}: only strings and integers are indexed")

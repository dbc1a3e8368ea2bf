"""Takes a full export into an empty store: read to its end first, then written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from graph.clock import now_us
from graph.errors import SchemaError, StoreError, UnreadableDocumentError, WrongStoreError
from graph.exchange.full_lines import CARRIED, STORE, Edge, End, Header, Node, header_of, read_line
from graph.queries.core import NoParams
from graph.queries.dumps import NODE_SIZES, REL_SIZES
from graph.rows import PropertyRow
from graph.schema import SCHEMA
from graph.services.audit_leaves import Leaf, add_leaves
from graph.store import Store, WriteUnit

_TOGETHER = 2000
"""Lines in one transaction."""
_CUT = (
    "The full export does not end as it should: it is cut off or was changed. Nothing of it was "
    "taken in. Take it from where it was made once more."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A full export that was read to its end."""

    header: Header
    end: End


def check_full(lines: Iterable[bytes]) -> Checked:
    """Read a full export to its end: every line, and the hash over them.

    Raises:
        UnreadableDocumentError: it is none, is cut off, or a line is not as it should be.
        SchemaError: it is of another version of the schema.
    """
    at = iter(lines)
    header = header_of(next(at, b""))
    if header.schema_version != SCHEMA.version:
        raise SchemaError(
            f"The full export is of schema {header.schema_version}, this Crosstip has "
            f"{SCHEMA.version}. Take it in with the Crosstip that wrote it, and update then."
        )
    digest, nodes, edges = hashlib.sha256(), 0, 0
    last, number = b"", 1
    for line in at:
        if last != b"":
            number += 1
            digest.update(last)
            item = read_line(last, number)
            _require_same_store(item, header)
            is_node = isinstance(item, Node)
            nodes, edges = nodes + is_node, edges + (not is_node)
        last = line
    end = _end(last)
    if (end.nodes, end.edges, end.sha256) != (nodes, edges, digest.hexdigest()):
        raise UnreadableDocumentError(_CUT)
    return Checked(header=header, end=end)


def enter_full(store: Store, lines: Iterable[bytes], checked: Checked, *, actor: str) -> None:
    """Write what a full export holds; `lines` are the same that were checked.

    Raises:
        WrongStoreError: the store is not empty, or not of the same kind; nothing was written.
        StoreError: the store could not; what is half in is of no use, so take a new one.
    """
    _require_empty(store)
    store.writing(
        lambda unit: _leaf(unit, checked, actor, "begun"), name="beginning to take a store in"
    )
    for batch in _batches(lines):
        store.writing(lambda unit, b=batch: b.write(unit), name="taking a store in")  # type: ignore[misc]
    _require_whole(store, checked)
    done = f"{checked.end.nodes} nodes, {checked.end.edges} edges: {checked.end.sha256}"
    store.writing(lambda unit: _leaf(unit, checked, actor, done), name="ending to take a store in")


@dataclass(slots=True)
class _Batch:
    """Lines of one kind that are written together."""

    of: tuple[str, str, str]
    """Label, or type with the labels of both ends."""
    nodes: list[PropertyRow] = field(default_factory=list)
    edges: list[tuple[str, str, PropertyRow]] = field(default_factory=list)

    def write(self, unit: WriteUnit) -> None:
        """Write them; safe to repeat as one transaction."""
        name, start, end = self.of
        if len(self.nodes) > 0:
            unit.insert_nodes(name, self.nodes)
            if name == STORE:
                unit.update_nodes(name, self.nodes)
        else:
            unit.insert_rels(name, (start, end), self.edges)


def _batches(lines: Iterable[bytes]) -> Iterator[_Batch]:
    held = _Batch(of=("", "", ""))
    before = b""
    for number, line in enumerate(lines):
        # The first line is the header, the last one the end.
        if number > 1:
            item = read_line(before, number)
            of = _kind(item)
            if held.of != of or max(len(held.nodes), len(held.edges)) == _TOGETHER:
                if held.of[0] != "":
                    yield held
                held = _Batch(of=of)
            if isinstance(item, Node):
                held.nodes.append(item.row)
            else:
                held.edges.append((item.start[1], item.end[1], item.row))
        before = line
    if held.of[0] != "":
        yield held


def _kind(item: Node | Edge) -> tuple[str, str, str]:
    if isinstance(item, Node):
        return item.label, "", ""
    return item.rel_type, item.start[0], item.end[0]


def _end(line: bytes) -> End:
    try:
        return End.model_validate_json(line)
    except ValidationError:
        raise UnreadableDocumentError(_CUT) from None


def _require_empty(store: Store) -> None:
    sizes = store.read(NODE_SIZES, NoParams())
    filled = [row.name for row in sizes if row.name in CARRIED and row.total > 0]
    if len(filled) > 0:
        raise WrongStoreError(
            f"A full export goes into an empty store alone; this one has {', '.join(filled)}. "
            "Name a new data directory (CROSSTIP_DATA_DIR). Nothing was changed."
        )


def _require_same_store(item: Node | Edge, header: Header) -> None:
    """Come back unless a line makes the store another one than its header says."""
    if isinstance(item, Edge) or item.label != STORE:
        return
    said = (item.row["key"], item.row["synthetic"], item.row["schema_version"])
    if said != ("store", header.synthetic, header.schema_version):
        raise UnreadableDocumentError(_CUT)


def _require_whole(store: Store, checked: Checked) -> None:
    """Come back when as much is there as was read: a commit in doubt may have been done twice."""
    nodes = sum(r.total for r in store.read(NODE_SIZES, NoParams()) if r.name in {*CARRIED, STORE})
    edges = sum(row.total for row in store.read(REL_SIZES, NoParams()))
    if (nodes, edges) != (checked.end.nodes, checked.end.edges):
        raise StoreError(
            f"The store holds {nodes} nodes and {edges} edges, the full export "
            f"{checked.end.nodes} and {checked.end.edges}. Do not use this store: take a new one."
        )


def _leaf(unit: WriteUnit, checked: Checked, actor: str, outcome: str) -> None:
    leaf = Leaf(action="store.taken_in", object=checked.end.sha256, outcome=outcome)
    add_leaves(unit, [leaf], actor=actor, at_us=now_us())

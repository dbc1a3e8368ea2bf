"""Hostile documents through the whole pipeline: none lost, none half in, no media anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.fold import fold
from graph.identifiers.core import Policy
from graph.statements import decode
from graph.tip_state import Version
from ingest.limits import DEFAULT_LIMITS
from ingest.pipeline import numbered
from ingest.preparing import Preparer
from ingest.readers.documents import read_document
from ingest.received import Channel, sha256_of
from ingest.receiving import Declared, Receiver
from ingest.records import AgencyRecord, ClaimRecord
from ingest.screening.screen import screen
from ingest.sources import SourceFile
from ingest.spool import SpoolRef
from ingest.transform.tip import Context
from tests.deliveries import MONDAY_US
from tests.ingest.desk import Desk, open_desk
from tests.ingest.hostile.documents import hostile_documents, huge_documents
from tests.ingest.hostile.model import Hostile
from tests.ingest.received_documents import received
from tests.stores import RunningStore

_ALL = tuple(hostile_documents())
_DECLARED = Declared(synthetic=True)


def _source(one: Hostile) -> SourceFile:
    return SourceFile(
        name=one.name,
        channel=Channel.FILE,
        data=one.data,
        size=len(one.data),
        sha256=sha256_of(one.data),
        modified_us=MONDAY_US,
    )


def _receive(desk: Desk, documents: Iterable[Hostile]) -> int:
    """Receive them all, as a run that is killed before it records; gives how many there are."""
    receiver = Receiver(desk.site.spool, limits=DEFAULT_LIMITS)
    count = 0
    for one in documents:
        source = _source(one)
        count += sum(1 for _ in receiver.receive(source, numbered(source, _DECLARED)))
    desk.site.spool.sync()
    return count


def _traced(desk: Desk) -> set[object]:
    """Give the hashes of files of which something is in the graph or in quarantine."""
    rows = desk.running.rows("MATCH (d:Document) RETURN coalesce(d.container_sha256, d.key)")
    entries = desk.site.quarantine.list()
    return {sha256 for (sha256,) in rows} | {e.container_sha256 or e.sha256 for e in entries}


def _is_table(one: Hostile) -> bool:
    """Tell whether a document holds nothing but good lines of a table."""
    items = list(read_document(screen(one.data).data, name=one.name))
    return all(isinstance(item.outcome, AgencyRecord | ClaimRecord) for item in items)


def _check_whole(desk: Desk) -> None:
    """Check that every tip in the graph is all that its versions state, and is counted right."""
    versions: dict[str, list[Version]] = {}
    for tip, key, part, document, issued_us, statement in desk.running.rows(
        "MATCH (t:Tip)-[:HAS_VERSION]->(v:TipVersion)-[:STATED_IN]->(d:Document) "
        "RETURN t.key, v.key, v.part, d.key, v.issued_us, v.statement"
    ):
        assert isinstance(statement, bytes)
        assert isinstance(issued_us, int)
        versions.setdefault(str(tip), []).append(
            Version(
                key=str(key),
                part=str(part),
                document=str(document),
                issued_us=issued_us,
                statement=decode(statement),
            )
        )
    assert desk.running.rows("MATCH (v:TipVersion) RETURN count(v)") == [
        (sum(len(of_tip) for of_tip in versions.values()),)
    ]
    tips = desk.running.rows("MATCH (t:Tip) WHERE t.stub = false RETURN t.key, t.version_count")
    assert dict(tips) == {tip: len(of_tip) for tip, of_tip in versions.items()}  # type: ignore[arg-type]
    edges: dict[str, set[object]] = {tip: set() for tip in versions}
    for tip, key in desk.running.rows("MATCH (t:Tip)-[a:ASSERTS]->() RETURN t.key, a.key"):
        edges[str(tip)].add(key)
    for tip, of_tip in versions.items():
        assert {state.key for state in fold(of_tip).assertions} == edges[tip], tip
    miscounted = desk.running.rows(
        "MATCH (x) WHERE x.tip_count IS NOT NULL OPTIONAL MATCH (x)<-[a:ASSERTS]-(t:Tip) "
        "WHERE a.ended_us IS NULL "
        "WITH x, t, max(CASE WHEN a.linking THEN 1 ELSE 0 END) AS links "
        "WITH x, sum(links) AS links, count(t) AS mentions "
        "WHERE coalesce(links, 0) <> x.tip_count OR mentions <> x.mention_count "
        "RETURN x.kind, x.key"
    )
    assert miscounted == []


def _kept_texts(desk: Desk) -> dict[str, bytes]:
    """Give everything that is kept, readable: graph, originals, quarantine, and plain files."""
    texts: dict[str, bytes] = {}
    nodes = desk.running.rows("MATCH (n) RETURN properties(n)")
    edges = desk.running.rows("MATCH ()-[r]->() RETURN properties(r)")
    statements = desk.running.rows("MATCH (v:TipVersion) RETURN v.statement")
    shown = [repr(props) for (props,) in (*nodes, *edges)]
    shown += [repr(decode(data)) for (data,) in statements if isinstance(data, bytes)]
    texts["graph"] = "\n".join(shown).encode("utf-8", "surrogatepass")
    originals = desk.running.rows("MATCH (d:Document) RETURN d.key")
    texts["vault"] = b"\n".join(desk.site.vault.get(str(key)) for (key,) in originals)
    views = [desk.site.quarantine.show(e.id) for e in desk.site.quarantine.list()]
    texts["quarantine"] = b"\n".join(
        repr(v.entry).encode() + v.document.data for v in views if v.document is not None
    )
    for path in desk.data_dir.rglob("*"):
        if path.is_file():
            texts[path.relative_to(desk.data_dir).as_posix()] = path.read_bytes()
    return texts


def _check_no_media(texts: dict[str, bytes], documents: Sequence[Hostile]) -> None:
    pieces = {piece: one.label for one in documents for piece in one.forbidden}
    beginnings = np.unique(np.frombuffer(b"".join(piece[:8] for piece in pieces), np.uint64))
    for place, text in texts.items():
        if not _may_hold(text, beginnings):
            continue
        for piece, label in pieces.items():
            assert piece not in text, f"{label}: media left over in {place}"


def _may_hold(text: bytes, beginnings: npt.NDArray[np.uint64]) -> bool:
    """Tell whether eight bytes in a row anywhere are among these: one look for 2,000 pieces."""
    if len(beginnings) == 0:
        return False
    for shift in range(8):
        whole = (len(text) - shift) // 8 * 8
        if whole <= 0:
            return False
        words = np.frombuffer(text, np.uint64, count=whole // 8, offset=shift)
        at = np.minimum(np.searchsorted(beginnings, words), len(beginnings) - 1)
        if bool((beginnings[at] == words).any()):
            return True
    return False


def _take_in(desk: Desk, documents: Sequence[Hostile]) -> None:
    """Take documents in by way of a run that died, and check all that must hold."""
    given = _receive(desk, documents)
    spool = {p.name: p.read_bytes() for p in (desk.data_dir / "spool").iterdir() if p.is_file()}
    assert sum(len(content) for content in spool.values()) > 100_000
    _check_no_media(spool, documents)

    summary = desk.intake(batch_tips=100).recover()
    assert list(desk.site.spool.pending()) == []
    traced = _traced(desk)
    silent = [one for one in documents if sha256_of(one.data) not in traced]
    tables = [one for one in silent if _is_table(one)]
    assert len(silent) - len(tables) <= summary.companions
    assert len(tables) == summary.tables
    assert summary.documents == given
    assert summary.quarantined > len(documents) // 10
    assert sum(summary.recorded.values()) > len(documents) // 10
    for entry in desk.site.quarantine.list():
        assert 10 < len(entry.reason) < 3000
        assert "\n" not in entry.reason
    _check_whole(desk)
    _check_no_media(_kept_texts(desk), documents)


@pytest.mark.timeout(300)
def test_a_thousand_hostile_documents_cost_nothing_but_themselves(
    running_store: RunningStore, tmp_path: Path
) -> None:
    documents = _ALL if running_store.engine == "embedded" else _ALL[::6]
    assert len(documents) > (900 if running_store.engine == "embedded" else 150)
    with open_desk(running_store, tmp_path) as desk:
        _take_in(desk, documents)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_huge_documents_cost_nothing_but_themselves(
    running_store: RunningStore, tmp_path: Path
) -> None:
    with open_desk(running_store, tmp_path) as desk:
        _take_in(desk, (*huge_documents(), *_ALL[::30]))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


_TEXTS = st.text(alphabet=st.characters(codec=None), max_size=12) | st.sampled_from(
    [
        "a@example.com",
        "198.18.1.1",
        "+12125550101",
        "2026-01-01T00:00:00Z",
        "true",
        "\udc80",
        "\x00",
    ]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "emails",
                    "phones",
                    "value",
                    "verified",
                    "sourceCaptures",
                    "captureType",
                    "dateTime",
                    "port",
                    "espUserId",
                    "screenName",
                ]
            )
            | _TEXTS,
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
_PREPARER = Preparer(
    context=Context(policy=Policy(synthetic=True), content_key=b"k" * 32), limits=DEFAULT_LIMITS
)


@settings(max_examples=300, deadline=None)
@given(person=_VALUES, summary=_VALUES, files=_VALUES, number=_VALUES)
def test_whatever_a_tip_holds_it_is_prepared_or_refused_with_a_reason(
    person: object, summary: object, files: object, number: object
) -> None:
    information = {
        "reportedPeople": {"reportedPersons": [person]},
        "incidentSummary": summary,
        "uploadedFiles": {"uploadedFiles": [files]},
        "unknown": person,
    }
    data = json.dumps({"reportId": number, "reportedInformation": information}).encode()
    document = received(1, data=data)
    prepared = _PREPARER.prepare(SpoolRef(segment="1", offset=0, sha256="0"), document)
    if prepared.delivery is None:
        assert len(prepared.failures) == 1
        return
    for text in _texts(prepared.delivery):
        text.encode("utf-8")  # What has no UTF-8 would end the whole run at the driver.

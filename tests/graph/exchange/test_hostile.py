"""Texts that harm leave in every format as texts, and independent readers get them back whole."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import networkx as nx
import openpyxl
import pytest
import rdflib
import stix2
from defusedxml import ElementTree

from graph.exchange.formats import FORMATS, written
from graph.exchange.full_lines import line_of
from graph.exchange.stix import SAID_EXTENSION, TIP_EXTENSION
from graph.exchange.texts import plain
from graph.feedback.lines import FeedbackFormat, FeedbackHead, FeedbackLine
from graph.feedback.lines import written as feedback_written
from graph.services.export_formats import FORMATS as LISTS
from tests.graph.exchange.payloads import TEXTS, tip, uncelled, unspelt, with_payloads

ALL = list(TEXTS)
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_UCO = "https://ontology.unifiedcyberontology.org/uco/"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Each format once."""
    extract = with_payloads()
    return {name: written(extract, name)[0] for name in FORMATS}


def test_what_is_spelt_out_is_read_back() -> None:
    for text in TEXTS:
        assert unspelt(plain(text)) == text
        # A blank that is none of ASCII's is no printable sign to Python, and is seen as one.
        assert plain(text).replace("\xa0", " ").isprintable()
    assert len({plain(text) for text in TEXTS}) == len(TEXTS), "no two come out as one"


def test_stix(files: dict[str, bytes]) -> None:
    bundle = stix2.parse(files["stix"].decode("utf-8"), allow_custom=True)
    by_kind: dict[str, list[Any]] = {}
    for one in bundle.objects:
        by_kind.setdefault(one.type, []).append(one)
    assert [unspelt(one.user_id) for one in by_kind["user-account"]] == ALL
    assert [unspelt(one.name) for one in by_kind["file"]] == ALL
    tips = [one.extensions[TIP_EXTENSION] for one in by_kind["report"]]
    assert [said["key"] for said in tips] == [tip(at) for at in range(len(TEXTS))]
    for name in ("provider", "ncmec_priority", "ncmec_status"):
        assert [unspelt(said[name]) for said in tips] == ALL
    said = [one.extensions[SAID_EXTENSION] for one in by_kind["relationship"]]
    assert [unspelt(one["path"]) for one in said if "path" in one] == ALL
    assert [unspelt(one["reasons"][0]) for one in said if "reasons" in one] == ALL[1:]


def test_case(files: dict[str, bytes]) -> None:
    graph = rdflib.Graph().parse(data=files["case"], format="json-ld")
    core, observable = rdflib.Namespace(f"{_UCO}core/"), rdflib.Namespace(f"{_UCO}observable/")
    accounts = {str(o) for o in graph.objects(None, observable.accountIdentifier)}
    assert {unspelt(text) for text in accounts} == set(ALL)
    names = {str(o) for o in graph.objects(None, observable.fileName)}
    assert {unspelt(text) for text in names} == set(ALL)
    described = {unspelt(str(o)) for o in graph.objects(None, core.description)}
    assert all(any(text in said for said in described) for text in ALL)
    subjects = {str(one) for one in graph.subjects()}
    assert all(
        one.startswith(("urn:crosstip:extract:", "http")) or " " not in one for one in subjects
    )


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_graphs(files: dict[str, bytes], name: str) -> None:
    read = nx.read_graphml if name == "graphml" else nx.read_gexf
    graph: Any = read(io.BytesIO(files[name]))
    found: dict[str, list[dict[str, Any]]] = {}
    for _, said in graph.nodes(data=True):
        found.setdefault(said["kind"], []).append(said)
    assert [unspelt(said["label"]) for said in found["ScreenName"]] == ALL
    assert [unspelt(said["label"]) for said in found["File"]] == ALL
    assert [unspelt(said["label"]) for said in found["Claim"]] == ALL
    for key in ("provider", "incident_types", "urgency", "annotations", "ncmec_status"):
        assert [unspelt(said[key]) for said in found["Tip"]] == ALL
    edges = [said for _, _, said in graph.edges(data=True)]
    assert sorted(unspelt(e["path"]) for e in edges if e["relation"] == "says") == sorted(ALL)
    assert sorted(unspelt(e["reasons"]) for e in edges if e["relation"] == "link") == sorted(
        ALL[1:]
    )
    tags = {one.tag.rpartition("}")[2] for one in ElementTree.fromstring(files[name]).iter()}
    assert tags <= {
        *("graphml", "key", "graph", "node", "edge", "data", "default"),
        *("gexf", "meta", "creator", "attributes", "attribute", "nodes", "edges"),
        *("attvalues", "attvalue"),
    }


def test_vics(files: dict[str, bytes]) -> None:
    media = json.loads(files["vics"])["value"]
    assert [unspelt(one["MediaFiles"][0]["FileName"]) for one in media] == ALL
    assert {one["MediaFiles"][0]["FilePath"] for one in media} == {""}
    assert {one["Category"] for one in media} == {0}


def test_i2_tables(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["i2"])) as archive:
        tables = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }
    assert all("/" not in name and ".." not in name for name in tables)
    _tables_hold_all({name.removesuffix(".csv"): rows for name, rows in tables.items()})


def test_the_workbook(files: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    tables = {}
    for sheet in book:
        head, *rows = sheet.iter_rows(values_only=True)
        tables[sheet.title] = [
            {str(name): "" if v is None else str(v) for name, v in zip(head, row, strict=True)}
            for row in rows
        ]
    _tables_hold_all(tables, is_cut=True)
    with zipfile.ZipFile(io.BytesIO(files["xlsx"])) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        for name in sheets:
            tags = {
                one.tag.rpartition("}")[2]
                for one in ElementTree.fromstring(archive.read(name)).iter()
            }
            assert tags.isdisjoint({"f", "hyperlink", "hyperlinks", "oleObject"}), "no formula"
        assert not [name for name in archive.namelist() if "vba" in name or "external" in name]
    assert len(sheets) == len(tables)


def _tables_hold_all(tables: dict[str, list[dict[str, str]]], *, is_cut: bool = False) -> None:
    for table, column, expected in (
        ("identifiers", "identifier", ALL),
        ("tips", "provider", ALL),
        ("tips", "annotations", ALL),
        ("files", "name", ALL),
        ("assertions", "to", ALL),
        ("assertions", "path", ALL),
        ("claims", "reference", ALL),
        ("links", "reasons", ALL[1:]),
    ):
        told = [row[column] for row in tables[table]]
        assert [text for text in told if text.lstrip().startswith(RISKY)] == []
        assert len(told) == len(expected)
        for got, text in zip(told, expected, strict=True):
            if is_cut and "[cut off:" in got:
                assert len(plain(text)) > 30_000
                assert plain(text).startswith(got.partition(" [cut off:")[0][:30_000])
            else:
                assert uncelled(got) == text


def test_lists_as_csv_and_as_lines() -> None:
    columns = ("n", "text")
    table, lines = LISTS["csv"], LISTS["ndjson"]
    data = table.head(columns) + b"".join(table.row(columns, (n, t)) for n, t in enumerate(ALL))
    _, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    assert [int(number) for number, _ in rows] == list(range(len(ALL)))
    for (_, got), text in zip(rows, ALL, strict=True):
        assert not got.lstrip().startswith(RISKY)
        # A list is the agency's own: nothing in it is spelt out but half characters.
        whole = text.encode("utf-8", "backslashreplace").decode("utf-8")
        assert got in (whole, f"'{whole}")
    said = b"".join(lines.row(columns, (n, t)) for n, t in enumerate(ALL)).splitlines()
    assert [json.loads(line)["text"] for line in said] == ALL


@pytest.mark.parametrize("kind", FeedbackFormat)
def test_feedback(kind: FeedbackFormat) -> None:
    head = FeedbackHead(
        ref="f1",
        agency=TEXTS[0],
        from_us=0,
        until_us=1,
        made_us=1,
        made_by="x",
        table="t",
        synthetic=True,
        left_out=tuple(ALL),
    )
    told = [
        FeedbackLine(
            tip=f"ncmec:{at}",
            report_number=str(at),
            kind="first",
            outcome="no crime",
            says=text,
            safeguarded="not stated",
            closed_us=1,
            corrects=text,
        )
        for at, text in enumerate(ALL)
    ]
    data = feedback_written(head, told, kind)
    if kind is FeedbackFormat.JSON:
        said = json.loads(data)
        assert said["left_out"] == ALL
        assert [(line["says"], line["corrects"]) for line in said["lines"]] == [(t, t) for t in ALL]
        return
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    assert [uncelled(row["says"]) for row in rows] == ALL
    assert [row for row in rows for cell in row.values() if cell.lstrip().startswith(RISKY)] == []


def test_the_full_export() -> None:
    """One line each, ASCII, and what it says is what went in."""
    given = [text for text in ALL if text.encode("utf-8", "ignore").decode() == text]
    assert len(given) == len(ALL) - 1, "half a character is in no store"
    for text in given:
        line = line_of({"node": "ScreenName", "p": {"key": text, "names": [text]}})
        assert (line.isascii(), line.count(b"\n")) == (True, 1)
        assert json.loads(line)["p"] == {"key": text, "names": [text]}

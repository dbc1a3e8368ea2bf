"""Each format is read again by a reader that is not ours, and nothing in it runs or is lost."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pytest
import stix2
from case_utils.case_validate import validate
from defusedxml import ElementTree

from graph.errors import QuestionError
from graph.exchange.extract import Extract
from graph.exchange.formats import FORMATS, written
from graph.exchange.stix import SAID_EXTENSION, TIP_EXTENSION
from tests.graph.exchange.extracts import (
    MD5,
    OTHER_MD5,
    PDQ,
    SHA1,
    VALUES,
    empty,
    hostile,
    ordinary,
)

ALL = (ordinary, hostile, empty)
_RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("made", ALL)
def test_every_format_says_what_holds_for_all_of_it(made: Callable[[], Extract], name: str) -> None:
    """Caveat, marking and what was left out stand in the bytes and in the manifest."""
    extract = made()
    data, manifest = written(extract, name)
    assert manifest.sha256 == hashlib.sha256(data).hexdigest()
    assert manifest.size == len(data)
    assert manifest.tips == tuple(tip.key for tip in extract.tips)
    said = json.loads(manifest.text())
    assert said["left_out"] == list(extract.left_out)
    for sentence in extract.said:
        assert sentence in said["says"]
        assert sentence in _all_text(name, data)


def test_a_format_that_is_not_there_is_refused() -> None:
    with pytest.raises(QuestionError, match="There is no format 'pdf'"):
        written(ordinary(), "pdf")


@pytest.mark.parametrize("made", ALL)
def test_stix_is_read_by_its_library(made: Callable[[], Extract]) -> None:
    extract = made()
    bundle = stix2.parse(written(extract, "stix")[0].decode(), allow_custom=True)
    ids = [one.id for one in bundle.objects]
    assert len(ids) == len(set(ids))
    kinds = [one.type for one in bundle.objects]
    assert kinds.count("report") == len(extract.tips)
    assert kinds.count("relationship") == len(extract.assertions) + len(extract.links)
    assert {"indicator", "threat-actor", "malware"}.isdisjoint(kinds)
    marked = [one for one in bundle.objects if one.type in ("report", "relationship", "file")]
    assert all(len(one.object_marking_refs) == 1 for one in marked)
    notes = [one for one in bundle.objects if one.type == "note"]
    assert len(notes) == len(extract.claims)
    codes = {one.id for one in bundle.objects if "Handling code: permitted" in str(one)}
    assert all(len(set(one.object_marking_refs) & codes) == 1 for one in notes)
    told = {ref for one in bundle.objects for ref in _references(one)}
    assert told <= set(ids)


def test_stix_keeps_role_time_and_place_of_what_a_tip_says() -> None:
    bundle = stix2.parse(written(ordinary(), "stix")[0].decode(), allow_custom=True)
    by_id = {one.id: one for one in bundle.objects}
    said = [one for one in bundle.objects if one.get("description", "").startswith("The tip names")]
    (email,) = {r.target_ref for r in said if by_id[r.target_ref].type == "email-addr"}
    assert by_id[email].value == "someone@example.org"
    words = said[0].extensions[SAID_EXTENSION]
    assert (words["role"], words["port"]) == ("reported", 50_443)
    assert words["at"].startswith("2025-10-09T")
    tip = next(one for one in bundle.objects if one.type == "report")
    assert tip.extensions[TIP_EXTENSION]["key"] == "ncmec:1"
    file = next(one for one in bundle.objects if one.type == "file" and "name" in one)
    assert (file.hashes["MD5"], file.hashes["SHA-1"]) == (MD5, SHA1)
    assert file.extensions[SAID_EXTENSION]["further_hashes"] == [f"MD5:{OTHER_MD5}"]
    assert file.extensions[SAID_EXTENSION]["viewed_by_esp"] == "not stated"


def test_one_record_has_one_stix_id_in_every_extract() -> None:
    """Two extracts that overlap can be loaded beside each other."""
    first = {o["id"] for o in json.loads(written(ordinary(), "stix")[0])["objects"]}
    assert first == {o["id"] for o in json.loads(written(ordinary(), "stix")[0])["objects"]}


@pytest.mark.parametrize("made", ALL)
def test_case_is_valid(made: Callable[[], Extract], tmp_path: Path) -> None:
    file = tmp_path / "extract.jsonld"
    file.write_bytes(written(made(), "case")[0])
    found = validate(str(file), allow_infos=True)
    assert found.conforms, found.text


@pytest.mark.parametrize("made", ALL)
@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_graphs_are_read_by_networkx(made: Callable[[], Extract], name: str) -> None:
    extract = made()
    data = written(extract, name)[0]
    read = nx.read_graphml if name == "graphml" else nx.read_gexf
    graph: Any = read(io.BytesIO(data))
    kinds = [found["kind"] for _, found in graph.nodes(data=True)]
    assert kinds.count("Tip") == len(extract.tips)
    assert kinds.count("File") == len(extract.files)
    edges = len(extract.assertions) + len(extract.links) + len(extract.files) + len(extract.claims)
    claims = [found for _, found in graph.nodes(data=True) if found["kind"] == "Claim"]
    assert [one["handling"] for one in claims] == [one.handling for one in extract.claims]
    assert graph.number_of_edges() == edges
    links = [found for _, _, found in graph.edges(data=True) if found["relation"] == "link"]
    assert [found["score_millibits"] for found in links] == [one.score for one in extract.links]
    assert all(found["caveat"] == extract.caveat for found in links)


@pytest.mark.parametrize("made", ALL)
def test_a_workbook_holds_no_formula(made: Callable[[], Extract]) -> None:
    extract = made()
    book = openpyxl.load_workbook(io.BytesIO(written(extract, "xlsx")[0]))
    cells = [one for sheet in book for row in sheet.iter_rows() for one in row]
    assert {one.data_type for one in cells} <= {"s", "n", "inlineStr"}
    texts = [one.value for one in cells if isinstance(one.value, str)]
    assert [text for text in texts if text.lstrip().startswith(_RISKY)] == []
    assert book["assertions"].max_row == 1 + len(extract.assertions)
    assert book["tips"].max_row == 1 + len(extract.tips)
    assert book["claims"].max_row == 1 + len(extract.claims)


def test_what_a_cell_cannot_hold_is_said_in_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(hostile(), "xlsx")[0]))
    cells = [str(one.value) for row in book["identifiers"].iter_rows() for one in row]
    longest = max(cells, key=len)
    assert longest.endswith("[cut off: 40,000 signs, whole in the CSV tables]")
    tables = _tables(written(hostile(), "i2")[0])
    assert "x" * 40_000 in {row["identifier"] for row in tables["identifiers"]}


@pytest.mark.parametrize("made", ALL)
def test_i2_tables_are_read_by_csv(made: Callable[[], Extract]) -> None:
    extract = made()
    tables = _tables(written(extract, "i2")[0])
    assert len(tables["assertions"]) == len(extract.assertions)
    assert len(tables["links"]) == len(extract.links)
    assert [one["handling"] for one in tables["claims"]] == [c.handling for c in extract.claims]
    ends = {(row["to_kind"], row["to"]) for row in tables["assertions"]}
    assert ends == {(row["kind"], row["identifier"]) for row in tables["identifiers"]}
    cells = [value for rows in tables.values() for row in rows for value in row.values()]
    assert [text for text in cells if text.lstrip().startswith(_RISKY)] == []


def test_i2_tables_of_one_extract_have_the_same_bytes() -> None:
    assert written(ordinary(), "i2")[0] == written(ordinary(), "i2")[0]


def test_vics_holds_every_hash_and_categorises_nothing() -> None:
    document = json.loads(written(ordinary(), "vics")[0])
    assert document["@odata.context"].endswith("/CUSTOM/$metadata#Media")
    (medium,) = document["value"]
    assert (medium["MD5"], medium["SHA1"]) == (MD5.upper(), SHA1.upper())
    others = {(one["HashName"], one["HashValue"]) for one in medium["AlternativeHashes"]}
    assert others == {("MD5", OTHER_MD5.upper()), ("PDQ", PDQ.upper())}
    assert (medium["Category"], medium["IsPrecategorized"]) == (0, False)


def test_every_kind_of_identifier_has_an_observable_of_its_own() -> None:
    objects = json.loads(written(ordinary(), "stix")[0])["objects"]
    kinds = {"email-addr", "url", "ipv4-addr", "ipv6-addr", "file", "user-account"}
    assert kinds <= {one["type"] for one in objects}
    accounts = {one["account_type"] for one in objects if one["type"] == "user-account"}
    assert accounts == {"account", "device", "phone", "screenname"}
    assert len(VALUES) == 9


def _tables(data: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""))
            )
            for name in archive.namelist()
        }


def _all_text(name: str, data: bytes) -> str:
    """Give every text of a file, as its reader gives it."""
    if name == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        return " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)
    if name == "i2":
        tables = _tables(data)
        return " ".join(v for rows in tables.values() for row in rows for v in row.values())
    if name in ("graphml", "gexf"):
        root = ElementTree.fromstring(data)
        return " ".join(
            text for one in root.iter() for text in (one.text or "", *one.attrib.values())
        )
    return " ".join(_texts(json.loads(data)))


def _texts(found: object) -> list[str]:
    if isinstance(found, dict):
        return [text for value in found.values() for text in _texts(value)]
    if isinstance(found, list):
        return [text for value in found for text in _texts(value)]
    return [str(found)]


def _references(one: Any) -> list[str]:
    single = [one.get(name) for name in ("source_ref", "target_ref", "created_by_ref")]
    several = [ref for name in ("object_refs", "object_marking_refs") for ref in one.get(name, ())]
    return [ref for ref in (*single, *several) if ref]

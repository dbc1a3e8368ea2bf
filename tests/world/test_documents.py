"""The documents are well formed, marked, in the shape of their format, and hold only what is
reserved."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from xml.etree.ElementTree import Element

import phonenumbers
import pytest

from tests.world.conftest import Written
from tests.world.documents import NUMBER, read_json, read_xml

RESERVED = tuple(
    ipaddress.ip_network(text) for text in ("198.18.0.0/15", "240.0.0.0/4", "2001:db8::/32")
)
IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)")
IPV6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}(?![\w:])")
HOST = re.compile(r"(?:@|https?://)([A-Za-z0-9.-]+[A-Za-z0-9])")
PHONES = (
    re.compile(r"\+\d[\d ()-]{8,14}\d"),
    re.compile(r"(?<!\d)\(?\d{3}\)?[ -]\d{3}[ -]\d{4}(?!\d)"),
    re.compile(r"(?<=>)[^<>]+(?=</phone>)"),
)
FICTION = re.compile(r"\+1[2-9]\d\d55501\d\d\Z")


def _names(text: str) -> list[str]:
    return text.split()


REPORT_ORDER = _names(
    "batchedReport incidentSummary internetDetails lawEnforcement reporter personOrUserReported "
    "intendedRecipient victim additionalInfo"
)
PERSON_ORDER = _names(
    "personOrUserReportedPerson espIdentifier espService compromisedAccount screenName displayName "
    "profileUrl ipCaptureEvent deviceId thirdPartyUserReported priorCTReports estimatedLocation "
    "associatedAccount additionalInfo"
)
FILE_ORDER = _names(
    "reportId fileId fileName originalFileName uploadedToEspTimestamp fileViewedByEsp "
    "exifViewedByEsp publiclyAvailable fileRelevance fileAnnotations industryClassification "
    "originalFileHash ipCaptureEvent"
)


def _paths(world: Written) -> list[Path]:
    return [path for tip in world.documents.tips.values() for path in tip.paths]


def _in_order(element: Element, order: list[str]) -> bool:
    places = [order.index(child.tag) for child in element]
    return places == sorted(places)


def test_every_document_is_marked_synthetic(written: Written) -> None:
    for path in _paths(written):
        if path.suffix == ".json":
            assert read_json(path)["crosstipSynthetic"] is True
        else:
            lines = path.read_text(encoding="utf-8").splitlines()
            assert lines[0].startswith("<?xml ")
            assert lines[1] == "<?crosstip synthetic?>"


def test_names_of_files_carry_the_number(written: Written) -> None:
    for path in _paths(written):
        match = NUMBER.match(path.name)
        assert match is not None
        number, file_part = match.group(1), match.group(2)
        if path.suffix == ".json":
            assert str(read_json(path)["reportId"]) == number
        elif file_part is not None:
            root = read_xml(path)
            assert root.tag == "fileDetails"
            assert root.findtext("reportId") == number
            assert f"_file_{root.findtext('fileId')}" == file_part
            assert (path.parent / f"CyberTip_{number}.xml").exists()
        else:
            assert read_xml(path).tag == "report"


def test_children_stand_in_the_order_of_the_schema(written: Written) -> None:
    for path in _paths(written):
        if path.suffix == ".json":
            continue
        root = read_xml(path)
        assert _in_order(root, REPORT_ORDER if root.tag == "report" else FILE_ORDER)
        for person in root.findall("personOrUserReported"):
            assert _in_order(person, PERSON_ORDER)
        assert all(len(details) == 1 for details in root.findall("internetDetails"))
        if root.tag == "report":
            assert root.findtext("incidentSummary/incidentType")
            assert root.findtext("incidentSummary/incidentDateTime")
            assert root.findtext("reporter/reportingPerson/email")


def test_no_folder_holds_more_than_a_thousand_files(written: Written) -> None:
    folders = [path for path in (written.root / "tips").iterdir() if path.is_dir()]
    assert len(folders) > 1
    assert max(len(list(folder.iterdir())) for folder in folders) <= 1_000


def _texts(world: Written) -> list[str]:
    tables = [world.root / name for name in ("agencies.csv", "claims.csv", "truth.json")]
    return [path.read_text(encoding="utf-8-sig") for path in [*_paths(world), *tables]]


def test_addresses_are_reserved(written: Written) -> None:
    found = {text for each in _texts(written) for text in IPV4.findall(each) + IPV6.findall(each)}
    assert len(found) > 100
    for text in found:
        address = ipaddress.ip_address(text)
        assert any(address in network for network in RESERVED), text


def test_domains_are_reserved(written: Written) -> None:
    found = {host.lower() for each in _texts(written) for host in HOST.findall(each)}
    assert len(found) > 5
    for host in found:
        assert re.search(r"(?:\A|\.)(?:example|example\.(?:com|net|org))\Z", host), host


def test_phones_are_kept_for_fiction_and_possible(written: Written) -> None:
    found = {
        "+1" + re.sub(r"\D", "", match)[-10:]
        for text in _texts(written)
        for pattern in PHONES
        for match in pattern.findall(text)
    }
    assert len(found) > 20
    for number in found:
        assert FICTION.match(number), number
        assert phonenumbers.is_possible_number(phonenumbers.parse(number, None))


@pytest.mark.parametrize("word", ["<!DOCTYPE", "<!ENTITY", "base64", "data:image"])
def test_nothing_but_metadata(demo: Written, word: str) -> None:
    assert not any(word in text for text in _texts(demo))

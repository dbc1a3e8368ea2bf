"""Reads a world back from its files alone, with the standard library and defusedxml.

Nothing of `world` is used here: what the truth says is compared with what this finds.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

NUMBER = re.compile(r"CyberTip_(\d+)(_file_[0-9a-f]+)?(_v2)?\.(json|xml)\Z")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"\+1 \d{3} \d{3} \d{4}")
Stated = tuple[str, str]
"""Kind and plain value; a screen name with its service, ids are unique over all of them."""


@dataclass(slots=True)
class Tip:
    """What the files of one tip say, second delivery over first."""

    form: str = ""
    paths: list[Path] = field(default_factory=list)
    stated: set[Stated] = field(default_factory=set)
    """Identifiers in roles that may link."""
    hashes: set[str] = field(default_factory=set)
    """MD5 of all files, supplemental ones too."""
    victims: set[Stated] = field(default_factory=set)
    complainants: set[Stated] = field(default_factory=set)
    prior: set[str] = field(default_factory=set)
    escalated: bool = False
    priority: str | None = None
    people: int = 0
    bundled: bool = False


@dataclass(slots=True)
class Documents:
    """All tips by number, and the claims."""

    tips: dict[str, Tip]
    claims: list[dict[str, str]]
    agencies: list[dict[str, str]]


def plain_phone(text: str) -> str:
    """Give a number of the world in E.164."""
    digits = re.sub(r"\D", "", text)
    return f"+1{digits[-10:]}"


def plain_address(text: str) -> str:
    """Give an address without the prefix that maps IPv4 into IPv6."""
    return text.removeprefix("::ffff:")


def mined(text: str) -> set[Stated]:
    """Give the e-mails and phones of a free text."""
    emails = {("Email", found.lower().rstrip(".")) for found in EMAIL.findall(text)}
    return emails | {("Phone", plain_phone(found)) for found in PHONE.findall(text)}


def _json_person(person: dict[str, Any]) -> set[Stated]:
    stated: set[Stated] = set()
    if person.get("espUserId"):
        stated.add(("Account", person["espUserId"]))
        if person.get("screenName"):
            stated.add(("ScreenName", f"{person['espService']}/{person['screenName']['value']}"))
    for each in (person.get("emails") or {}).get("emails", []):
        stated.add(("Email", each["value"].lower()))
    for each in (person.get("phones") or {}).get("phones", []):
        if each["value"].startswith("+"):
            stated.add(("Phone", plain_phone(each["value"])))
    stated |= _json_captures(person)
    return stated | mined(person.get("additionalContactInformation") or "")


def _json_captures(block: dict[str, Any]) -> set[Stated]:
    captures = (block.get("sourceInformation") or {}).get("sourceCaptures", [])
    return {
        ("IpAddress", plain_address(each["value"]))
        for each in captures
        if each["captureType"] == "IP Address"
    }


def read_json(path: Path) -> dict[str, Any]:
    """Give a JSON document of the world."""
    found = json.loads(path.read_text(encoding="utf-8-sig"))
    assert isinstance(found, dict)
    return found


def _enter_json(tip: Tip, document: dict[str, Any]) -> None:
    information = document["reportedInformation"]
    people = information["reportedPeople"]["reportedPersons"]
    others = (information.get("intendedRecipients") or {}).get("intendedRecipients", [])
    tip.people, tip.bundled = len(people), len(people) > 1
    tip.priority = document.get("priority")
    for person in [*people, *others]:
        tip.stated |= _json_person(person)
    for person in (information.get("victims") or {}).get("victims", []):
        tip.victims |= _json_person(person) | {("ScreenName", person["screenName"]["value"])}
    for file in (information.get("uploadedFiles") or {}).get("uploadedFiles", []):
        tip.hashes.add(file["verificationHash"])
        tip.stated |= _json_captures(file)
        remarks = file.get("additionalInformations") or []
        if not any("Supplemental" in remark["value"] for remark in remarks):
            tip.stated.add(("FileHash", file["verificationHash"]))


def _texts(element: Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path)]


def _xml_captures(element: Element) -> set[Stated]:
    found = _texts(element, "ipCaptureEvent/ipAddress")
    return {("IpAddress", plain_address(text)) for text in found}


def _xml_contacts(element: Element) -> set[Stated]:
    stated = {("Email", text.lower()) for text in _texts(element, "email")}
    for phone in element.findall("phone"):
        if phone.get("countryCallingCode"):
            stated.add(("Phone", plain_phone(phone.text or "")))
    return stated


def _xml_names(element: Element) -> set[Stated]:
    service = element.findtext("espService")
    return {("ScreenName", f"{service}/{text}") for text in _texts(element, "screenName")}


def _xml_person(element: Element) -> set[Stated]:
    stated = _xml_captures(element)
    for human in element:
        if human.tag.endswith("Person"):
            stated |= _xml_contacts(human)
    if element.find("thirdPartyUserReported") is None:
        stated |= {("Account", text) for text in _texts(element, "espIdentifier")}
        stated |= _xml_names(element)
    for device in element.findall("deviceId"):
        if device.findtext("idType") != "SSID":
            stated.add(("Device", device.findtext("idValue") or ""))
    for other in element.findall("associatedAccount"):
        if other.get("accountType") != "Parent/Guardian":
            stated |= _xml_contacts(other)
            stated |= {("Account", text) for text in _texts(other, "espIdentifier")}
            stated |= _xml_names(other)
    for text in _texts(element, "additionalInfo"):
        stated |= mined(text)
    return stated


def read_xml(path: Path) -> Element:
    """Give the root of an XML document of the world."""
    root = ElementTree.fromstring(path.read_bytes())
    assert isinstance(root, Element)
    return root


def _enter_report(tip: Tip, root: Element) -> None:
    tip.bundled = root.find("batchedReport") is not None
    tip.escalated = root.find("incidentSummary/escalateToHighPriority") is not None
    people = root.findall("personOrUserReported")
    tip.people = len(people)
    for person in [*people, *root.findall("intendedRecipient")]:
        tip.stated |= _xml_person(person)
    for person in root.findall("victim"):
        names = {("ScreenName", text) for text in _texts(person, "screenName")}
        tip.victims |= _xml_person(person) | names
    for human in root.findall("reporter/reportingPerson"):
        tip.complainants |= _xml_contacts(human)
    tip.prior |= set(_texts(root, "personOrUserReported/priorCTReports"))


def _enter_file(tip: Tip, root: Element) -> None:
    first = (root.findtext("originalFileHash") or "").lower()
    tip.hashes.add(first)
    tip.stated |= _xml_captures(root)
    if root.findtext("fileRelevance") != "Supplemental Reported":
        tip.stated.add(("FileHash", first))


def read_documents(root: Path) -> Documents:
    """Give what the files under `root` say."""
    paths: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((root / "tips").rglob("CyberTip_*")):
        match = NUMBER.match(path.name)
        assert match is not None, path.name
        paths[match.group(1)].append(path)
    tips: dict[str, Tip] = {}
    for number, files in paths.items():
        tip = tips[number] = Tip(form=files[0].suffix[1:], paths=files)
        if tip.form == "json":
            # The second delivery sorts behind the first one and is the one that counts.
            _enter_json(tip, read_json(max(files, key=lambda path: path.stat().st_mtime)))
            continue
        for path in files:
            document = read_xml(path)
            (_enter_report if document.tag == "report" else _enter_file)(tip, document)
    return Documents(
        tips=tips, claims=_table(root / "claims.csv"), agencies=_table(root / "agencies.csv")
    )


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))

"""An extract as CASE 1.x / UCO JSON-LD (Linux Foundation, Cyber Domain Ontology).

A tip is a provenance record: what was received, from whom, and the objects that come from it. What
it says of each is a relationship with the role in words, so that nobody becomes a subject by being
in a list. `case_validate` checks the form in a test.
"""

from __future__ import annotations

import ipaddress
import json
import uuid
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from graph.casework.leaving import MARKINGS
from graph.clock import iso
from graph.exchange.extract import (
    AssertionOut,
    ClaimOut,
    Extract,
    FileOut,
    IdentifierOut,
    LinkOut,
    TipOut,
)
from graph.exchange.texts import plain, when

Node: TypeAlias = "dict[str, Any]"
"""A node of JSON-LD."""

_UCO: Final = "https://ontology.unifiedcyberontology.org/uco/"
CONTEXT: Final = {
    "kb": "urn:crosstip:extract:",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-core": f"{_UCO}core/",
    "uco-identity": f"{_UCO}identity/",
    "uco-marking": f"{_UCO}marking/",
    "uco-observable": f"{_UCO}observable/",
    "uco-types": f"{_UCO}types/",
    "uco-vocabulary": f"{_UCO}vocabulary/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_SPACE: Final = uuid.UUID("b5f0c4c8-6d5e-5c58-8f0b-0f3c4a3d7e42")
_METHODS: Final = {"md5": "MD5", "sha1": "SHA1", "sha256": "SHA256", "sha512": "SHA512"}


def case(extract: Extract) -> bytes:
    """Give the extract as one bundle of JSON-LD."""
    nodes = list(_nodes(extract))
    bundle: Node = {
        "@id": _id("bundle", f"{extract.as_of_us} {extract.agency}"),
        "@type": "uco-core:Bundle",
        "uco-core:name": "Extract of Crosstip",
        "uco-core:description": [plain(sentence) for sentence in extract.said],
        "uco-core:createdBy": {"@id": _id("identity", extract.agency)},
        "uco-core:objectCreatedTime": _stamp(extract.as_of_us),
        "uco-core:object": [{"@id": node["@id"]} for node in nodes],
    }
    document = {"@context": CONTEXT, "@graph": [bundle, *nodes]}
    return json.dumps(document, ensure_ascii=True, indent=1).encode("ascii")


def _nodes(extract: Extract) -> Iterator[Node]:
    yield {
        "@id": _id("identity", extract.agency),
        "@type": "uco-identity:Organization",
        "uco-core:name": plain(extract.agency) or "Crosstip",
    }
    for value in extract.identifiers:
        yield _value(value)
    for file in extract.files:
        yield _file(file)
    for tip in extract.tips:
        yield _tip(tip, extract)
    for number, said in enumerate(extract.assertions):
        yield _said(number, said)
    for link in extract.links:
        yield _link(link, extract)
    for code in sorted({claim.handling for claim in extract.claims}):
        yield _marking(code)
    for claim in extract.claims:
        yield _claim(claim)


def _value(value: IdentifierOut) -> Node:
    text = plain(value.key)
    if value.kind == "Email":
        return _observable(value, "EmailAddress", {"addressValue": text})
    if value.kind == "IpAddress":
        version = ipaddress.ip_address(value.key).version
        return _observable(value, f"IPv{version}Address", {"addressValue": text})
    if value.kind == "Url":
        return _observable(value, "URL", {"fullValue": text})
    if value.kind == "Phone":
        return _observable(value, "PhoneAccount", {"phoneNumber": text})
    if value.kind == "Device":
        return _observable(value, "Device", {"serialNumber": text})
    if value.kind == "FileHash":
        name, _, digest = value.key.partition(":")
        return _observable(value, "ContentData", {"hash": _hash(name, digest)})
    facet: dict[str, object] = {"accountIdentifier": text}
    return _observable(value, "DigitalAccount", facet, of="Account") | {
        "uco-core:description": plain(value.kind)
    }


def _observable(
    value: IdentifierOut, kind: str, said: dict[str, object], *, of: str | None = None
) -> Node:
    """Give an observable with one facet; `of` names the facet's class where it is another one."""
    key = f"{value.kind} {value.key}"
    return {
        "@id": _id("value", key),
        "@type": f"uco-observable:{kind}",
        "uco-core:hasFacet": _facet(of if of is not None else kind, key, said),
    }


def _facet(kind: str, key: str, said: dict[str, object]) -> Node:
    named = {f"uco-observable:{name}": value for name, value in said.items()}
    return {"@id": _id("facet", f"{kind} {key}"), "@type": f"uco-observable:{kind}Facet", **named}


def _file(file: FileOut) -> Node:
    key = f"{file.tip}/{file.file_id}"
    facets = [_facet("File", key, {"fileName": plain(file.name or file.file_id)})]
    if len(file.hashes) > 0:
        hashes = [_hash(name, digest) for name, digest in file.hashes]
        facets.append(_facet("ContentData", key, {"hash": hashes}))
    return {
        "@id": _id("file", key),
        "@type": "uco-observable:File",
        "uco-core:description": [
            f"Viewed by the provider: {file.viewed_by_esp}, as it asserts.",
            *(f"{name}: {plain(text)}" for name, text in _asserted(file) if text),
        ],
        "uco-core:hasFacet": facets,
    }


def _asserted(file: FileOut) -> Iterator[tuple[str, str]]:
    yield "relevance", file.relevance or ""
    yield "industry classification", file.classification or ""
    yield "annotations", "; ".join(file.annotations)


def _hash(name: str, digest: str) -> Node:
    """Give a hash; a method that UCO's vocabulary has no word for is named as it is received."""
    return {
        "@id": _id("hash", f"{name} {digest}"),
        "@type": "uco-types:Hash",
        "uco-types:hashMethod": _METHODS.get(name, name.upper()),
        "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": plain(digest)},
    }


def _tip(tip: TipOut, extract: Extract) -> Node:
    named = {
        _id("value", f"{one.kind} {one.identifier}")
        for one in extract.assertions
        if one.tip == tip.key
    }
    files = {_id("file", f"{one.tip}/{one.file_id}") for one in extract.files if one.tip == tip.key}
    said = (
        ("Provider", tip.provider),
        ("Incident types", "; ".join(tip.incident_types)),
        ("NCMEC's priority", tip.priority),
        ("NCMEC's status", tip.status),
        ("Marks", "; ".join(tip.urgency_reasons)),
        ("Annotations", "; ".join(tip.annotations)),
        ("Incident at", when(tip.incident_us)),
        ("Received by NCMEC at", when(tip.received_us)),
        ("Withdrawn at", when(tip.withdrawn_us)),
        *(("SHA-256 of what was received", sha256) for sha256, _ in tip.documents),
    )
    return {
        "@id": _id("tip", tip.key),
        "@type": "case-investigation:ProvenanceRecord",
        "uco-core:name": f"CyberTip {plain(tip.key)}",
        "case-investigation:exhibitNumber": plain(tip.key),
        "uco-core:description": [f"{name}: {plain(text)}" for name, text in said if text],
        "uco-core:object": [
            {"@id": found} for found in sorted(named | files) or [_id("identity", extract.agency)]
        ],
    }


def _said(number: int, said: AssertionOut) -> Node:
    words = (
        ("role", said.role),
        ("event", said.event),
        ("at", when(said.at_us)),
        ("port", None if said.port is None else str(said.port)),
        ("verified", said.verified),
        ("mined from text", "yes" if said.mined else None),
        ("in file", said.file_id),
        ("stands at", said.path),
        ("ended at", when(said.ended_us)),
    )
    return {
        "@id": _id("said", f"{said.tip} {said.kind} {said.identifier} {said.role} {number}"),
        "@type": "uco-core:Relationship",
        "uco-core:kindOfRelationship": f"Names_As_{said.role}",
        "uco-core:isDirectional": True,
        "uco-core:source": {"@id": _id("tip", said.tip)},
        "uco-core:target": {"@id": _id("value", f"{said.kind} {said.identifier}")},
        "uco-core:description": [f"{name}: {plain(text)}" for name, text in words if text],
    }


def _link(link: LinkOut, extract: Extract) -> Node:
    judged = [] if link.judged is None else [f"A person judged: {plain(link.judged)}."]
    return {
        "@id": _id("link", f"{link.tip} {link.other}"),
        "@type": "uco-core:Relationship",
        "uco-core:kindOfRelationship": "Linked_To",
        "uco-core:isDirectional": False,
        "uco-core:source": {"@id": _id("tip", link.tip)},
        "uco-core:target": {"@id": _id("tip", link.other)},
        "uco-core:description": [
            f"{link.grade} link, {link.score} thousandths of a bit: {extract.caveat}.",
            f"Weights {extract.weights}.",
            plain(link.chance),
            *judged,
            *(plain(reason) for reason in link.reasons),
            *(f"Against: {plain(reason)}" for reason in link.against),
        ],
    }


def _marking(code: str) -> Node:
    said = f"Handling code: {plain(code)}. {MARKINGS.get(code, '')}".strip()
    return {
        "@id": _id("marking", code),
        "@type": "uco-marking:MarkingDefinition",
        "uco-marking:definitionType": "statement",
        "uco-marking:definition": {
            "@id": _id("statement", code),
            "@type": "uco-marking:StatementMarking",
            "uco-marking:definitionType": "statement",
            "uco-marking:statement": said,
        },
    }


def _claim(claim: ClaimOut) -> Node:
    words = (
        ("role", claim.role),
        ("handling", claim.handling),
        ("reliability", claim.reliability),
        ("content", claim.content),
        ("entered at", when(claim.entered_us)),
        ("name of the claim", claim.ref),
    )
    return {
        "@id": _id("claim", claim.ref),
        "@type": "uco-core:Annotation",
        "uco-core:name": f"Claimed by {plain(claim.agency)}: {plain(claim.reference)}",
        "uco-core:description": [f"{name}: {plain(text)}" for name, text in words if text],
        "uco-core:object": [{"@id": _id("value", f"{claim.kind} {claim.identifier}")}],
        "uco-core:objectMarking": {"@id": _id("marking", claim.handling)},
    }


def _id(kind: str, key: str) -> str:
    return f"kb:{kind}-{uuid.uuid5(_SPACE, plain(f'{kind} {key}'))}"


def _stamp(at_us: int) -> Node:
    return {"@type": "xsd:dateTime", "@value": iso(at_us)}

"""An extract as STIX 2.1 (OASIS, 2021), with extensions that say what STIX has no words for.

A tip is a `report`; what it names are cyber-observables; that it names them, in which role, is a
`relationship`; and so is a link, which carries its sum, its reasons and the caveat. Nothing is
called malicious: an observable is no indicator, and a reported person no threat actor.
"""

from __future__ import annotations

import ipaddress
import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from stix2.v21 import (
    URL,
    EmailAddress,
    ExtensionDefinition,
    File,
    Identity,
    IPv4Address,
    IPv6Address,
    MarkingDefinition,
    Relationship,
    Report,
    StatementMarking,
    UserAccount,
)

from graph.clock import iso
from graph.exchange.extract import AssertionOut, Extract, FileOut, IdentifierOut, LinkOut, TipOut
from graph.exchange.stix_claims import (
    CLAIM_EXTENSION,
    CLAIM_FIELDS,
    SPACE,
    claim_note,
    handling_marking,
    id_of,
)
from graph.exchange.texts import filled, plain, when

Stix: TypeAlias = "Any"
"""An object of the library, which names no types."""

TIP_EXTENSION: Final = f"extension-definition--{uuid.uuid5(SPACE, 'extension tip 1')}"
SAID_EXTENSION: Final = f"extension-definition--{uuid.uuid5(SPACE, 'extension said 1')}"
_SCHEMA: Final = "docs/exchange.md of Crosstip"
_HASHES: Final = {"md5": "MD5", "sha1": "SHA-1", "sha256": "SHA-256", "sha512": "SHA-512"}
_ACCOUNTS: Final = {"Account": "account", "Phone": "phone", "Device": "device"}
"""Kinds that STIX has no observable of, or several of: each is an account of that type, as tools
open it, and says so."""


def stix(extract: Extract) -> bytes:
    """Give the extract as one bundle, every object marked."""
    return _Writer(extract).bundle()


class _Writer:
    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self._at = iso(extract.as_of_us)
        self._maker = Identity(
            id=id_of("identity", f"agency {extract.agency}"),
            created=self._at,
            modified=self._at,
            name=plain(extract.agency) or "Crosstip",
            identity_class="organization",
        )
        said = plain(" ".join(extract.said))
        self._marking = MarkingDefinition(
            id=id_of("marking-definition", said),
            created=self._at,
            definition_type="statement",
            definition=StatementMarking(statement=said),
        )
        self._values = {
            (value.kind, value.key): self._value(value) for value in extract.identifiers
        }

    def bundle(self) -> bytes:
        """Give all objects, each id once."""
        objects: dict[str, Stix] = {}
        for one in self._objects():
            objects.setdefault(one.id, one)
        # One by one: the library's way to lay a whole bundle out looks through all of it for the
        # place of each property, and takes minutes for a thousand objects.
        document = {
            "type": "bundle",
            "id": id_of("bundle", f"{self._at} {' '.join(sorted(objects))}"),
            "objects": [json.loads(one.serialize()) for one in objects.values()],
        }
        return json.dumps(document, ensure_ascii=True, indent=1).encode("ascii")

    def _objects(self) -> Iterator[Stix]:
        yield self._maker
        yield self._marking
        yield from self._extensions()
        yield from self._values.values()
        files = {(one.tip, one.file_id): self._file(one) for one in self._extract.files}
        yield from files.values()
        named: dict[str, list[str]] = defaultdict(list)
        for one in self._extract.assertions:
            named[one.tip].append(self._values[(one.kind, one.identifier)].id)
        for (tip_key, _), file in files.items():
            named[tip_key].append(file.id)
        for tip in self._extract.tips:
            yield self._tip(tip, named[tip.key])
        for number, said in enumerate(self._extract.assertions):
            yield self._said(number, said)
        for link in self._extract.links:
            yield self._link(link)
        for claim in self._extract.claims:
            yield handling_marking(claim.handling, at=self._at)
            on = self._values[(claim.kind, claim.identifier)].id
            yield claim_note(claim, self._common("note", f"claim {claim.ref}"), on=on)

    def _common(self, kind: str, key: str) -> dict[str, Stix]:
        return {
            "id": id_of(kind, key),
            "created": self._at,
            "modified": self._at,
            "created_by_ref": self._maker.id,
            "object_marking_refs": [self._marking.id],
        }

    def _extensions(self) -> Iterator[Stix]:
        for found, name, properties in (
            (TIP_EXTENSION, "CyberTip", sorted(_TIP_FIELDS)),
            (SAID_EXTENSION, "What a tip says", sorted(_SAID_FIELDS)),
            (CLAIM_EXTENSION, "Claim", sorted(CLAIM_FIELDS)),
        ):
            yield ExtensionDefinition(
                id=found,
                created="2026-11-23T00:00:00Z",
                modified="2026-11-23T00:00:00Z",
                created_by_ref=self._maker.id,
                name=name,
                description=f"Properties: {', '.join(properties)}.",
                schema=_SCHEMA,
                version="1.0.0",
                extension_types=["property-extension"],
            )

    def _value(self, value: IdentifierOut) -> Stix:
        """Give an identifier as an observable; its id follows from what it is, as STIX has it."""
        marked = {"object_marking_refs": [self._marking.id]}
        text = plain(value.key)
        if value.kind == "Email":
            return EmailAddress(value=text, **marked)
        if value.kind == "Url":
            return URL(value=text, **marked)
        if value.kind == "IpAddress":
            kind = IPv6Address if _is_v6(value.key) else IPv4Address
            return kind(value=text, **marked)
        if value.kind == "FileHash":
            name, _, digest = value.key.partition(":")
            return File(
                hashes={_HASHES.get(name, name.upper()): digest}, allow_custom=True, **marked
            )
        kind_name = _ACCOUNTS.get(value.kind, value.kind.lower())
        return UserAccount(user_id=text, account_type=kind_name, **marked)

    def _file(self, file: FileOut) -> Stix:
        first: dict[str, str] = {}
        further = []
        for name, digest in file.hashes:
            field = _HASHES.get(name, name.upper())
            if first.setdefault(field, digest) != digest:
                further.append(f"{field}:{digest}")
        said = filled(
            viewed_by_esp=file.viewed_by_esp,
            relevance=file.relevance,
            classification=file.classification,
            annotations=list(file.annotations),
            further_hashes=further,
            file_id=file.file_id,
            holds_no_content=True,
        )
        return File(
            id=id_of("file", f"{file.tip}/{file.file_id}"),
            name=plain(file.name or file.file_id),
            hashes=first or None,
            object_marking_refs=[self._marking.id],
            extensions={SAID_EXTENSION: {"extension_type": "property-extension", **said}},
            allow_custom=True,
        )

    def _tip(self, tip: TipOut, named: list[str]) -> Stix:
        said = filled(
            key=tip.key,
            source=tip.source,
            number=tip.number,
            provider=tip.provider,
            incident_at=when(tip.incident_us),
            received_at=when(tip.received_us),
            ncmec_priority=tip.priority,
            ncmec_status=tip.status,
            urgency=list(tip.urgency_reasons),
            annotations=list(tip.annotations),
            withdrawn_at=when(tip.withdrawn_us),
            documents_sha256=[sha256 for sha256, _ in tip.documents],
        )
        at_us = tip.received_us if tip.received_us is not None else self._extract.as_of_us
        return Report(
            **self._common("report", f"tip {tip.key}"),
            name=f"CyberTip {plain(tip.key)}",
            description=plain("; ".join(tip.incident_types)) or "no incident type stated",
            published=iso(at_us),
            report_types=["observed-data"],
            object_refs=list(dict.fromkeys(named)) or [self._maker.id],
            extensions={TIP_EXTENSION: {"extension_type": "property-extension", **said}},
        )

    def _said(self, number: int, said: AssertionOut) -> Stix:
        words = filled(
            role=said.role,
            event=said.event,
            at=when(said.at_us),
            zone_stated=said.zone_stated,
            port=said.port,
            verified=said.verified,
            mined=said.mined,
            file_id=said.file_id,
            path=said.path,
            ended_at=when(said.ended_us),
        )
        key = f"said {said.tip} {said.kind} {said.identifier} {said.role} {said.path} {number}"
        return Relationship(
            **self._common("relationship", key),
            relationship_type="related-to",
            source_ref=id_of("report", f"tip {said.tip}"),
            target_ref=self._values[(said.kind, said.identifier)].id,
            description=f"The tip names it as: {said.role}.",
            extensions={SAID_EXTENSION: {"extension_type": "property-extension", **words}},
        )

    def _link(self, link: LinkOut) -> Stix:
        words = filled(
            score_millibits=link.score,
            grade=link.grade,
            chance=link.chance,
            judged=link.judged,
            reasons=list(link.reasons),
            against=list(link.against),
            weights=self._extract.weights,
            caveat=self._extract.caveat,
        )
        return Relationship(
            **self._common("relationship", f"link {link.tip} {link.other}"),
            relationship_type="related-to",
            source_ref=id_of("report", f"tip {link.tip}"),
            target_ref=id_of("report", f"tip {link.other}"),
            description=f"{link.grade} link: {self._extract.caveat}.",
            extensions={SAID_EXTENSION: {"extension_type": "property-extension", **words}},
        )


_TIP_FIELDS = (
    *("key", "source", "number", "provider", "incident_at", "received_at", "ncmec_priority"),
    *("ncmec_status", "urgency", "annotations", "withdrawn_at", "documents_sha256"),
)
_SAID_FIELDS = (
    *("role", "event", "at", "zone_stated", "port", "verified", "mined", "file_id", "path"),
    *("ended_at", "viewed_by_esp", "relevance", "classification", "annotations"),
    *("further_hashes", "holds_no_content", "score_millibits", "grade", "chance", "judged"),
    *("reasons", "against", "weights", "caveat"),
)


def _is_v6(text: str) -> bool:
    return ipaddress.ip_address(text).version == 6

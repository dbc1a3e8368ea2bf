"""A tip as the ICAC Data System exports it: JSON with keys null, empty or missing.

The shape is the one that public parsers read (github itslily88/cybertipParser and
koebbe14/CyberTip-Analyzer-Tool-Report-Generator). The block of victims was not seen there; it is
written in the shape of the reported persons.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from world.calendar_text import utc
from world.drafts import Capture, Contact, Person, TipDraft, UploadedFile
from world.features import Feature

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

MARKER = "crosstipSynthetic"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NEVER_STATED = (
    "middleName",
    "preferredName",
    "gender",
    "vehicleDescription",
    "vehicleTagNumber",
    "occupation",
    "relationshipToReporter",
    "relationshipToChildVictim",
    "accessToChildVictim",
    "accessToChildren",
    "accessToFirearms",
    "convictedSexOffender",
    "gangAffiliation",
    "awareOfReport",
)


def _kept(block: dict[str, Json], *, nulls: bool) -> dict[str, Json]:
    """Give the block with its absent keys written as null, or left out."""
    if nulls:
        return block
    return {key: value for key, value in block.items() if value is not None}


def _values(texts: Sequence[str]) -> Json:
    return [{"value": text} for text in texts] or None


def _contacts(contacts: Sequence[Contact], name: str) -> Json:
    if not contacts:
        return None
    return {name: [{"value": each.written, "verified": each.verified} for each in contacts]}


def _capture(capture: Capture) -> Json:
    return {
        "captureType": "IP Address",
        "value": capture.written,
        "dateTime": capture.when,
        "eventName": None if capture.event is None else capture.event.upper(),
        "port": capture.port,
    }


def _captures(captures: Sequence[Capture], profile_url: str | None = None) -> Json:
    found: list[Json] = [_capture(capture) for capture in captures]
    if profile_url is not None:
        found.append({"captureType": "Profile URL", "value": profile_url, "dateTime": None})
    return {"sourceCaptures": found} if found else None


def _address(person: Person) -> Json:
    if person.city is None:
        return None
    place: dict[str, Json] = {"city": person.city, "state": person.state, "country": person.country}
    return {"addresses": [place]}


def _person(person: Person, *, nulls: bool) -> Json:
    account = person.account
    block: dict[str, Json] = dict.fromkeys(_NEVER_STATED)
    block |= {
        "firstName": person.first_name,
        "lastName": person.last_name,
        "dateOfBirth": person.date_of_birth,
        "approximateAge": person.age,
        "espService": None if account is None else account.provider.service,
        "espUserId": None if account is None else account.user_id,
        "screenName": None if person.screen_name is None else {"value": person.screen_name},
        "emails": _contacts(person.emails, "emails"),
        "phones": _contacts(person.phones, "phones"),
        "addresses": _address(person),
        "additionalContactInformation": person.note,
        "ipAddress": person.captures[0].written if len(person.captures) == 1 else None,
        "sourceInformation": _captures(person.captures, person.profile_url),
    }
    return _kept(block, nulls=nulls)


def _file(file: UploadedFile, *, nulls: bool) -> Json:
    tags: list[Json] = [{"value": note} for note in file.annotations]
    metadata: list[Json] = []
    if file.uploaded is not None:
        metadata.append({"name": "uploadTime", "value": file.uploaded})
    if file.sha1 is not None:
        metadata.append({"name": "SHA1", "value": file.sha1})
    remarks = ["Supplemental Reported: default profile picture"] if file.supplemental else []
    return _kept(
        {
            "filename": file.name,
            "originalFilename": file.original_name,
            "submittalId": file.file_id,
            "verificationHash": file.md5,
            "viewedByEsp": file.viewed,
            "industryClassification": file.classification,
            "ncmecTags": {"groups": [{"tags": tags}]} if tags else None,
            "additionalInformations": _values(remarks),
            "espMetadata": {"metadatas": metadata} if metadata else None,
            "sourceInformation": None if file.capture is None else _captures((file.capture,)),
        },
        nulls=nulls,
    )


def _details(draft: TipDraft, *, nulls: bool) -> Json:
    mails: Json = None
    pages: Json = None
    if draft.conversation is not None:
        mails = [{"contents": [{"value": draft.conversation}]}]
    if draft.web_page is not None:
        capture: Json = {"captureType": "URL", "value": draft.web_page, "dateTime": None}
        pages = [{"sourceInformation": {"sourceCaptures": [capture]}}]
    if mails is None and pages is None:
        return None
    return _kept({"emailIncident": mails, "webpageIncident": pages}, nulls=nulls)


def _information(draft: TipDraft, *, nulls: bool) -> Json:
    people: Json = [_person(person, nulls=nulls) for person in draft.reported]
    others: Json = [_person(person, nulls=nulls) for person in draft.recipients]
    children: Json = [_person(person, nulls=nulls) for person in draft.victims]
    files: Json = [_file(file, nulls=nulls) for file in draft.files]
    return _kept(
        {
            "reportingEsp": {"espName": draft.provider_name, "lastName": "Safety Team"},
            "incidentSummary": {
                "incidentType": draft.incident_type,
                "incidentDateTime": draft.incident_time,
                "incidentDateTimeDescription": draft.time_description,
            },
            "incidentDetails": _details(draft, nulls=nulls),
            "reportedPeople": {"reportedPersons": people},
            "intendedRecipients": {"intendedRecipients": others} if others else None,
            "victims": {"victims": children} if children else None,
            "uploadedFiles": {"uploadedFiles": files} if files else None,
            "additionalInformations": _values(draft.notes),
        },
        nulls=nulls,
    )


def json_document(draft: TipDraft) -> bytes:
    """Give the document's bytes, UTF-8 and for some tips with a byte order mark."""
    nulls = draft.has(Feature.NULL_KEYS)
    document: dict[str, Json] = {
        MARKER: True,
        "reportId": draft.number,
        "dateReceived": utc(draft.received),
    }
    if draft.priority is not None or nulls:
        document["priority"] = draft.priority
    if draft.status is not None:
        document["status"] = draft.status
    if draft.has(Feature.UNKNOWN_KEY):
        document["syntheticNewKey"] = {"value": "a key that no reader knows"}
    document["reportedInformation"] = _information(draft, nulls=nulls)
    data = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return _BYTE_ORDER_MARK + data if draft.has(Feature.BYTE_ORDER_MARK) else data

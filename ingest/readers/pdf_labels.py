"""The words of NCMEC's case tool in its PDFs: headings of blocks, and labels before values.

Sources: public readers of these PDFs (LincolnLandForensics/HodgePodge, jerseyjuntollc/CyberTip
Parser, akshayjava/CyberTip-triage) for the labels of identifiers and the sections A to C; the names
of the reporting API for what they do not read. No original was seen: what is met and not known is
kept raw and counted, and nothing is taken for an identifier without a label that says so.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Block(StrEnum):
    """What a heading begins."""

    PROVIDER = "provider"
    TEMPLATE = "template"
    """How to serve process, contacts for police: never identifiers (case 18)."""
    REPORTER = "reporter"
    INCIDENT = "incident"
    WEB_PAGE = "web page"
    EMAIL = "email"
    CHAT = "chat"
    PHONE = "phone"
    REPORTED = "reported"
    RECIPIENT = "recipient"
    VICTIM = "victim"
    GUARDIAN = "guardian"
    OFFICER = "officer"
    NOTES = "notes"
    FILES = "files"


class Label(StrEnum):
    """What a label says its value is."""

    NAME = "name"
    FIRST_NAME = "first name"
    MIDDLE_NAME = "middle name"
    LAST_NAME = "last name"
    DISPLAY_NAME = "display name"
    BIRTH = "date of birth"
    AGE = "age"
    EMAIL = "email"
    PHONE = "phone"
    SCREEN_NAME = "screen name"
    ACCOUNT = "account"
    SERVICE = "service"
    PROFILE = "profile"
    IP = "ip"
    DEVICE = "device"
    ADDRESS = "address"
    FACT = "fact"
    NOTE = "note"
    CAPTURES = "captures"
    PROVIDER = "provider"
    TEMPLATE = "template"
    INCIDENT_TYPE = "incident type"
    INCIDENT_TIME = "incident time"
    TIME_DESCRIPTION = "time description"
    PLATFORM = "platform"
    ESCALATION = "escalation"
    ANNOTATIONS = "annotations"
    URL = "url"
    CONTENT = "content"
    FILE_NAME = "file name"
    ORIGINAL_NAME = "original name"
    MD5 = "md5"
    HASH = "hash"
    FILE_ID = "file id"
    VIEWED = "viewed"
    EXIF_VIEWED = "exif viewed"
    PUBLIC = "public"
    RELEVANCE = "relevance"
    CLASSIFICATION = "classification"
    TAGS = "tags"
    METADATA = "metadata"
    PRIOR = "prior"
    RELATED = "related"
    COUNT = "count"


_HEADINGS: dict[str, Block] = {
    "reporting electronic service provider (esp)": Block.PROVIDER,
    "reporting electronic service provider": Block.PROVIDER,
    "reporting esp": Block.PROVIDER,
    "company information": Block.TEMPLATE,
    "point of contact for law enforcement": Block.TEMPLATE,
    "law enforcement guide": Block.TEMPLATE,
    "reporting person": Block.REPORTER,
    "reporter": Block.REPORTER,
    "complainant": Block.REPORTER,
    "incident information": Block.INCIDENT,
    "webpage/url": Block.WEB_PAGE,
    "webpage": Block.WEB_PAGE,
    "email incident": Block.EMAIL,
    "chat/im": Block.CHAT,
    "chat or instant messaging": Block.CHAT,
    "cell phone": Block.PHONE,
    "suspect": Block.REPORTED,
    "user or person being reported": Block.REPORTED,
    "person or user being reported": Block.REPORTED,
    "reported person": Block.REPORTED,
    "reported user": Block.REPORTED,
    "intended recipient": Block.RECIPIENT,
    "recipient": Block.RECIPIENT,
    "victim": Block.VICTIM,
    "child victim": Block.VICTIM,
    "parent/guardian": Block.GUARDIAN,
    "law enforcement": Block.OFFICER,
    "additional information submitted by the reporting esp": Block.NOTES,
    "additional information": Block.NOTES,
    "uploaded file information": Block.FILES,
    "uploaded files": Block.FILES,
}
_CONTACT_TYPES = "mobile|home|business|work|fax|internet|recovery"
_LABELS: tuple[tuple[str, Label], ...] = (
    (rf"(?:(?:{_CONTACT_TYPES}) )?e-?mail(?: address)?", Label.EMAIL),
    (rf"(?:(?:{_CONTACT_TYPES}) )?phone(?: number)?|fax", Label.PHONE),
    (r"screen/user name|screen name|user ?name", Label.SCREEN_NAME),
    (r"display name|preferred name|also known as", Label.DISPLAY_NAME),
    (r"esp user id|esp identifier", Label.ACCOUNT),
    (r"esp service", Label.SERVICE),
    (r"profile url", Label.PROFILE),
    (r"ip address", Label.IP),
    (r"device id|imei|iccid|imsi|mac address", Label.DEVICE),
    (r"name", Label.NAME),
    (r"first name", Label.FIRST_NAME),
    (r"middle name", Label.MIDDLE_NAME),
    (r"last name", Label.LAST_NAME),
    (r"date of birth", Label.BIRTH),
    (r"approximate age|age", Label.AGE),
    (rf"(?:(?:{_CONTACT_TYPES}|billing|shipping|technical) )?address", Label.ADDRESS),
    (
        (
            r"gender|vehicle description|vehicle tag number|occupation|relationship to reporter"
            r"|relationship to child victim|access to child victim|access to children"
            r"|access to firearms|convicted sex offender|gang affiliation|aware of report"
        ),
        Label.FACT,
    ),
    (r"additional (?:contact )?information|profile bio|comments?|notes?", Label.NOTE),
    (r"source information", Label.CAPTURES),
    (r"submitter|esp name|company name", Label.PROVIDER),
    (
        (
            r"point of contact for law enforcement|company information|terms of service"
            r"|legal url|24-hour contact"
        ),
        Label.TEMPLATE,
    ),
    (r"incident type", Label.INCIDENT_TYPE),
    (r"incident time|incident date/time", Label.INCIDENT_TIME),
    (r"description of incident time", Label.TIME_DESCRIPTION),
    (r"platform", Label.PLATFORM),
    (r"reason for escalation|escalated to high priority", Label.ESCALATION),
    (r"report annotations?", Label.ANNOTATIONS),
    (r"webpage/url|url", Label.URL),
    (r"content|chat content|message", Label.CONTENT),
    (r"filename|file name", Label.FILE_NAME),
    (r"original file ?name", Label.ORIGINAL_NAME),
    (r"md5", Label.MD5),
    (r"original binary hash of file(?: \([^)]{1,20}\))?|sha-?1|sha-?256|pdq", Label.HASH),
    (r"submittal id", Label.FILE_ID),
    (
        (
            r"did reporting esp view entire contents of uploaded file"
            r"|file viewed by (?:reporting )?esp"
        ),
        Label.VIEWED,
    ),
    (r"did reporting esp view the exif of uploaded file", Label.EXIF_VIEWED),
    (
        r"were entire contents of uploaded file publicly available|publicly available",
        Label.PUBLIC,
    ),
    (r"file relevance", Label.RELEVANCE),
    (r"image categorization by esp|industry classification", Label.CLASSIFICATION),
    (r"ncmec tags|file annotations?", Label.TAGS),
    (r"esp metadata", Label.METADATA),
    (r"prior cybertip(?:line)? reports?", Label.PRIOR),
    (r"related (?:cybertip(?:line)? )?reports?", Label.RELATED),
    (r"number of uploaded files|total uploaded files", Label.COUNT),
)
_PATTERN = re.compile(
    "|".join(f"(?P<l{n}>{pattern})" for n, (pattern, _) in enumerate(_LABELS)), re.IGNORECASE
)
_BEFORE_COLON = re.compile(r"([A-Za-z0-9][A-Za-z0-9 /()&.,'\-]{0,70}?)[ ]?([:?])(?:[ ]|$)")
_NUMBERED = re.compile(r"\s*(?:\(?#?\d{1,3}\)?|\(continued\))$", re.IGNORECASE)
SECTION = re.compile(r"section ([a-d])\b(?::.{0,120})?$", re.IGNORECASE)


def heading(text: str) -> Block | None:
    """Give the block that a line begins when it is nothing but a heading."""
    plain = _NUMBERED.sub("", text.strip().rstrip(":").strip()).casefold()
    return _HEADINGS.get(plain)


def label(text: str) -> tuple[Label, str, str] | None:
    """Give label, its words and the value of a line that begins with a label, else None."""
    found = _BEFORE_COLON.match(text)
    if found is None:
        return None
    words = found[1]
    known = _PATTERN.fullmatch(words.strip())
    if known is None or known.lastgroup is None:
        return None
    value = text[found.end() :].strip()
    return _LABELS[int(known.lastgroup[1:])][1], words.strip(), value


def other_label(text: str) -> tuple[str, str] | None:
    """Give words and value of a line that looks like a label that is not known."""
    found = _BEFORE_COLON.match(text)
    if found is None or found[2] != ":" or len(found[1].split()) > 6:
        return None
    return found[1].strip(), text[found.end() :].strip()

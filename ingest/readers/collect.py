"""Collects what a reader finds in one document, and gives the record at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.identifiers.core import IdentifierKind, RawIdentifier
from graph.roles import LINKING_ROLES, Role
from ingest.limits import Limits
from ingest.readers.drafts import (
    MENTIONED,
    PLAIN,
    Bearer,
    Circumstances,
    IncidentDraft,
    PersonDraft,
)
from ingest.readers.json_source import REPEATED
from ingest.readers.mining import Mined, mine
from ingest.readers.stated import is_nothing, report_number, stated
from ingest.records import (
    FileRecord,
    NumberSource,
    RawAssertion,
    Stated,
    Text,
    TextKind,
    TipRecord,
    UnknownItem,
)

UNKNOWN_LENGTH = 500
"""Characters of an unknown item that are kept."""
WITHHELD = "[withheld: content of a message]"
_CONTENT_NAME = re.compile(r"content|message|chat|transcript|conversation|body|posttext", re.I)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]?[\d:.+\- ]*(?:Z|UTC)?")
"""Many fields of free text hold nothing but a time."""
_TRANSCRIPT = re.compile(
    r"^[ \t>]*(?:message|text|body|msg|content|message (?:text|body))[ \t]*:[ \t]*\S"
    r"|private message correspondence",
    re.IGNORECASE | re.MULTILINE,
)
_TRANSCRIPT_WORDS = ("message", "text", "body", "msg", "content")


class Collector:
    """One document's findings, in the order in which they stand."""

    def __init__(self, limits: Limits, *, provider: str | None = None) -> None:
        self.limits = limits
        self.provider = provider
        """Reporting provider, once it is known."""
        self.provider_domain: str | None = None
        self.received_time: str | None = None
        self.ncmec_priority: str | None = None
        self.ncmec_status: str | None = None
        self.incident = IncidentDraft()
        self.prior_reports: list[str] = []
        self.related_reports: list[str] = []
        self.files: list[FileRecord] = []
        self.law_enforcement: list[tuple[str, str]] = []
        self.reporter_fields: list[tuple[str, str]] = []
        self.assertions: list[RawAssertion] = []
        self._people: list[PersonDraft] = []
        self._texts: list[Text] = []
        self._unknown: list[UnknownItem] = []
        self._labels: dict[str, int] = {}

    def person(self, kind: str, role: Role) -> PersonDraft:
        """Begin a person block; its label counts blocks of the same kind: `victim[1]`."""
        count = self._labels.get(kind, 0)
        self._labels[kind] = count + 1
        draft = PersonDraft(label=f"{kind}[{count}]", role=role)
        self._people.append(draft)
        return draft

    def identify(
        self,
        raw: RawIdentifier,
        bearer: Bearer,
        path: str,
        around: Circumstances = PLAIN,
    ) -> None:
        """Record that a document states an identifier; empty fields are passed over."""
        if is_nothing(raw.value):
            return
        self.assertions.append(
            RawAssertion(
                identifier=raw,
                role=bearer.role,
                path=path,
                person=bearer.person,
                event=around.event,
                time=around.time,
                port=around.port,
                verified=around.verified,
                verified_time=around.verified_time,
                possible_proxy=around.possible_proxy,
                contact_type=around.contact_type,
                account_type=bearer.account_type,
                third_party=bearer.third_party,
                compromised=bearer.compromised,
                mined=around.mined,
                file_id=bearer.file_id,
            )
        )

    def note(self, path: str, text: str | None, bearer: Bearer = MENTIONED) -> None:
        """Keep a note and mine it. A note that holds a transcript of messages is content."""
        if text is None or is_nothing(text):
            return
        kind = TextKind.CONTENT if _is_transcript(text) else TextKind.NOTE
        self._text(path, kind, text, bearer)

    def content(self, path: str, text: str | None, bearer: Bearer = MENTIONED) -> None:
        """Keep and mine what people wrote to each other."""
        if text is not None and not is_nothing(text):
            self._text(path, TextKind.CONTENT, text, bearer)

    def _text(self, path: str, kind: TextKind, text: str, bearer: Bearer) -> None:
        self._texts.append(Text(path=path, kind=kind, text=text, role=bearer.role))
        self.mined(path, text, bearer)

    def mined(self, path: str, text: str, bearer: Bearer = MENTIONED) -> None:
        """Record the identifiers that a text mentions.

        In a block of somebody who is no subject they keep that block's role; elsewhere they are
        mentioned, unless a label in the text says whose they are.
        """
        if _TIME.fullmatch(text) is not None:
            return
        is_protected = bearer.role not in LINKING_ROLES
        for count, item in enumerate(mine(text)):
            if count >= self.limits.max_mined:
                self.unknown(
                    path,
                    f"more than {self.limits.max_mined:,} identifiers; the rest was not taken",
                    "text",
                )
                return
            role = bearer.role if is_protected else item.role or Role.MENTIONED
            self.identify(
                self._mined_identifier(item),
                Bearer(
                    role=role,
                    person=bearer.person if is_protected else None,
                    third_party=item.platform is not None,
                    file_id=bearer.file_id,
                ),
                f"{path}@{item.place}",
                Circumstances(mined=True, port=item.port),
            )

    def _mined_identifier(self, item: Mined) -> RawIdentifier:
        is_named = item.kind in (IdentifierKind.ACCOUNT, IdentifierKind.SCREEN_NAME)
        return RawIdentifier(
            kind=item.kind,
            value=item.value,
            provider=(item.platform or self.provider) if is_named else None,
            subtype=item.subtype,
        )

    def unknown(self, path: str, value: str, why: str) -> None:
        """Keep something that this version does not know; content of messages is withheld."""
        name = path.rpartition("/")[2]
        if why in ("element", "key") and _CONTENT_NAME.search(name) is not None:
            self._texts.append(Text(path=path, kind=TextKind.CONTENT, text=value))
            value = WITHHELD
        if name.endswith(REPEATED):
            why = "duplicate"
        self._unknown.append(UnknownItem(path=path, value=value[:UNKNOWN_LENGTH], why=why))

    def known(
        self, path: str, value: str | None, among: frozenset[str], key: str = ""
    ) -> str | None:
        """Give the value back, and count it when it is outside its list (case aside).

        Args:
            key: the field within `path`, joined only when there is something to count.
        """
        if value is not None and value.strip().casefold() not in among:
            self.unknown(f"{path}/{key}" if key else path, value, "enum")
        return value

    def yes_no(self, path: str, value: str | None) -> Stated:
        """Give what a yes-or-no field says; anything else is counted and not stated."""
        if value is None:
            return Stated.NOT_STATED
        answer = stated(value)
        if answer is None:
            self.unknown(path, value, "enum")
            return Stated.NOT_STATED
        return answer

    def prior(self, path: str, value: str | None) -> None:
        """Record a report number that the document calls prior."""
        self._number(path, value, self.prior_reports)

    def related(self, path: str, value: str | None) -> None:
        """Record a report number that the document calls related."""
        self._number(path, value, self.related_reports)

    def _number(self, path: str, value: str | None, numbers: list[str]) -> None:
        if value is None or is_nothing(value):
            return
        number = report_number(value)
        if number is None:
            self.unknown(path, value, "type")
        elif number not in numbers:
            numbers.append(number)

    def finished(
        self,
        *,
        part: str,
        number: str | None,
        number_source: NumberSource | None,
        synthetic: bool,
    ) -> TipRecord:
        """Give the record."""
        return TipRecord(
            report_number=number,
            number_source=number_source,
            part=part,
            provider=self.provider,
            provider_domain=self.provider_domain,
            received_time=self.received_time,
            ncmec_priority=self.ncmec_priority,
            ncmec_status=self.ncmec_status,
            incident=self.incident.finished(),
            prior_reports=tuple(self.prior_reports),
            related_reports=tuple(self.related_reports),
            people=tuple(draft.finished() for draft in self._people),
            files=tuple(self.files),
            assertions=tuple(self.assertions),
            texts=tuple(self._texts),
            law_enforcement=tuple(self.law_enforcement),
            reporter_fields=tuple(self.reporter_fields),
            unknown=tuple(self._unknown),
            synthetic=synthetic,
        )


def _is_transcript(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in _TRANSCRIPT_WORDS) and _TRANSCRIPT.search(text) is not None


def folded(values: Iterable[str]) -> frozenset[str]:
    """Give a list of known values as `Collector.known` compares them."""
    return frozenset(value.casefold() for value in values)

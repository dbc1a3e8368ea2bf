"""One tip out of a table: its rows, read by the mapping that came with them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from graph.errors import UnreadableDocumentError
from graph.identifiers.core import IdentifierKind, RawIdentifier
from graph.roles import Role
from ingest.limits import Limits
from ingest.readers.collect import Collector
from ingest.readers.drafts import Bearer, Circumstances, PersonDraft
from ingest.readers.ids_json import MARKER
from ingest.readers.json_source import Json
from ingest.readers.numbering import Given, document_number
from ingest.readers.stated import is_nothing, report_number
from ingest.readers.table_facts import tip_fact
from ingest.readers.table_mapping import (
    ROLE_OF_REPORTER,
    Column,
    ColumnField,
    Mapping,
    ReporterRole,
    told,
)
from ingest.readers.table_values import LOST, day_of, reporter_of, time_of
from ingest.readers.vocabulary import EVENTS
from ingest.records import FileRecord, NumberSource, TipRecord

KEY = "crosstipTable"
PART = "table"
_KINDS: dict[ColumnField, IdentifierKind] = {
    ColumnField.EMAIL: IdentifierKind.EMAIL,
    ColumnField.PHONE: IdentifierKind.PHONE,
    ColumnField.IP: IdentifierKind.IP_ADDRESS,
    ColumnField.URL: IdentifierKind.URL,
    ColumnField.SCREEN_NAME: IdentifierKind.SCREEN_NAME,
    ColumnField.ACCOUNT: IdentifierKind.ACCOUNT,
    ColumnField.DEVICE: IdentifierKind.DEVICE,
    ColumnField.HASH: IdentifierKind.FILE_HASH,
}


def read_row(value: dict[str, Json], limits: Limits, given: Given) -> TipRecord:
    """Give the record of one tip of a table.

    Raises:
        UnreadableDocumentError: the row is not one, says not who reports, or contradicts itself.
    """
    mapping = _mapping(value.get("mapping"))
    columns, rows = _texts(value.get("columns")), value.get("rows")
    if not isinstance(rows, list) or len(rows) == 0:
        raise _broken()
    reading = _Reading(
        c=Collector(limits, provider=mapping.provider or given.provider), mapping=mapping
    )
    for row in rows:
        cells = _texts(row)
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            raise UnreadableDocumentError(
                f"it has {len(cells)} cells under {len(columns)} columns; put values that hold the "
                "separator into quotes and send it again"
            )
        reading.row(dict(zip(columns, cells, strict=False)))
    return reading.finished(value, given)


def _mapping(value: Json) -> Mapping:
    try:
        return Mapping.model_validate(value)
    except ValidationError as error:
        raise UnreadableDocumentError(f"its mapping is not complete: {told(error)}") from None


def _texts(value: Json) -> list[str]:
    if not isinstance(value, list):
        raise _broken()
    return [cell if isinstance(cell, str) else "" for cell in value]


def _broken() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        "it says that it is a row of a table, but is not in that form; ingest the table itself"
    )


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One tip while its rows are read."""

    c: Collector
    mapping: Mapping
    number: str | None = None
    reporter: ReporterRole | None = None
    people: dict[tuple[Role, int], PersonDraft] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)
    rows: int = 0

    def row(self, cells: dict[str, str]) -> None:
        """Read one row; the reporter's role first, as it says what the reporter's columns are."""
        self.reporter = reporter_of(cells, self.mapping, self.reporter)
        self.rows += 1
        around = self._around(cells)
        for name, column in self.mapping.columns.items():
            if column.field is ColumnField.PROVIDER and not is_nothing(cells.get(name, "")):
                self.c.provider = cells[name].strip()
        for name, text in cells.items():
            known = self.mapping.columns.get(name)
            if is_nothing(text) or (name, text) in self.seen:
                continue
            # Rows of one tip repeat what is the same for all of them.
            if known is None or known.field not in _PER_ROW:
                self.seen.add((name, text))
            if known is None:
                self.c.unknown(_path(name), text, "key")
            elif known.field is not ColumnField.IGNORE:
                for part in _parts(text, known):
                    self._cell(name, part, known, around)

    def _around(self, cells: dict[str, str]) -> dict[tuple[Role, int], Circumstances]:
        found: dict[tuple[Role, int], Circumstances] = {}
        for name, column in self.mapping.columns.items():
            text = cells.get(name, "")
            if column.role is None or is_nothing(text):
                continue
            key = (column.role, column.person)
            before = found.get(key, Circumstances())
            if column.field is ColumnField.IP_TIME:
                found[key] = replace(before, time=time_of(text, self.mapping))
            elif column.field is ColumnField.IP_PORT:
                found[key] = replace(before, port=text.strip())
            elif column.field is ColumnField.IP_EVENT:
                event = self.c.known(_path(name), text.strip(), EVENTS)
                found[key] = replace(before, event=event)
        return found

    def _cell(
        self,
        name: str,
        text: str,
        column: Column,
        around: dict[tuple[Role, int], Circumstances],
    ) -> None:
        path = _path(name)
        if text.startswith(LOST):
            number = text.removeprefix(LOST).strip()
            why = f"{number}: the workbook kept it as a number and lost its last digits"
            self.c.unknown(path, why, "type")
        elif column.field in _KINDS:
            self._identifier(path, text, column, around)
        elif column.role is not None and column.field not in _AROUND:
            self._person_fact(path, text, column)
        elif column.field not in _AROUND:
            self._tip_fact(path, text, column)

    def _identifier(
        self,
        path: str,
        text: str,
        column: Column,
        around: dict[tuple[Role, int], Circumstances],
    ) -> None:
        kind = _KINDS[column.field]
        is_named = kind in (IdentifierKind.ACCOUNT, IdentifierKind.SCREEN_NAME)
        raw = RawIdentifier(
            kind=kind,
            value=text,
            provider=(column.provider or self.c.provider) if is_named else None,
            subtype=column.subtype if kind is not IdentifierKind.PHONE else None,
            region=column.region,
        )
        if kind is IdentifierKind.FILE_HASH:
            self.c.identify(raw, Bearer(role=Role.FILE, file_id=self._file()), path)
            return
        key = (column.role or Role.MENTIONED, column.person)
        bearer = self._bearer(key, is_third=is_named and column.provider is not None)
        circumstances = around.get(key, Circumstances())
        if kind is not IdentifierKind.IP_ADDRESS:
            circumstances = Circumstances(contact_type=column.subtype)
        self.c.identify(raw, bearer, path, circumstances)

    def _file(self) -> str:
        """Give the id of the row's file: hashes in one row are one file's."""
        file_id = f"row {self.rows}"
        if all(file.file_id != file_id for file in self.c.files):
            self.c.files.append(FileRecord(file_id=file_id))
        return file_id

    def _bearer(self, key: tuple[Role, int], *, is_third: bool) -> Bearer:
        draft = self._person(key)
        return Bearer(role=draft.role, person=draft.label, third_party=is_third)

    def _person(self, key: tuple[Role, int]) -> PersonDraft:
        draft = self.people.get(key)
        if draft is None:
            role = key[0]
            if role is Role.REPORTER and self.reporter is not None:
                role = ROLE_OF_REPORTER.get(self.reporter, Role.REPORTER)
            draft = self.c.person(key[0].value, role)
            if key[0] is Role.REPORTER and self.reporter is not None:
                draft.other.append(("reporter is", self.reporter.value))
            self.people[key] = draft
        return draft

    def _person_fact(self, path: str, text: str, column: Column) -> None:
        draft = self._person((column.role or Role.MENTIONED, column.person))
        if column.field in (ColumnField.NAME, ColumnField.FIRST_NAME):
            draft.first_name = text
        elif column.field is ColumnField.LAST_NAME:
            draft.last_name = text
        elif column.field is ColumnField.BIRTH:
            draft.date_of_birth = day_of(text, self.mapping.dates)
        elif column.field is ColumnField.AGE:
            draft.age = text
        elif column.field is ColumnField.ADDRESS:
            draft.addresses.append(text)
        elif column.field is ColumnField.COUNTRY:
            draft.countries.append(text)
        else:
            # A note in a column of somebody's: what it mentions keeps that role where it protects.
            self.c.note(path, text, Bearer(role=draft.role, person=draft.label))

    def _tip_fact(self, path: str, text: str, column: Column) -> None:
        what = column.field
        if what is ColumnField.NUMBER:
            self.number = text.strip()
        elif what is ColumnField.FILE_NAME:
            self._file()
            self.c.files[-1] = replace(self.c.files[-1], name=text)
        elif what is ColumnField.VIEWED:
            self._file()
            viewed = self.c.yes_no(path, text)
            self.c.files[-1] = replace(self.c.files[-1], viewed_by_esp=viewed)
        else:
            tip_fact(self.c, path, text, what, self.mapping)

    def finished(self, value: dict[str, Json], given: Given) -> TipRecord:
        """Give the record."""
        stated, own = None, NumberSource.DOCUMENT
        if self.number is not None:
            stated = report_number(self.number) or self.number
        row = value.get("row")
        if stated is None and given.report_number is None and isinstance(row, str):
            stated, own = f"row-{row}", NumberSource.ROW
        number, source = document_number(stated, given, own)
        missing = value.get("missing")
        for name in missing if isinstance(missing, list) else []:
            if isinstance(name, str):
                self.c.unknown(_path(name), "the table has no such column", "key")
        record = self.c.finished(
            part=PART, number=number, number_source=source, synthetic=value.get(MARKER) is True
        )
        return replace(record, source=self.mapping.source)


_PER_ROW = frozenset({ColumnField.IP, ColumnField.HASH, ColumnField.FILE_NAME, ColumnField.VIEWED})
"""Fields that the same text in two rows states twice: another time, another file."""
_AROUND = frozenset({ColumnField.IP_TIME, ColumnField.IP_PORT, ColumnField.IP_EVENT})


def _path(name: str) -> str:
    return f"column {name}"


def _parts(text: str, column: Column) -> list[str]:
    if column.separator is None:
        return [text]
    return [part.strip() for part in text.split(column.separator) if part.strip() != ""]

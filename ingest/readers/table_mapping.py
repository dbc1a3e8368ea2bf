"""What each column of a table of tips says: a small TOML file, written by a person or proposed.

format = "crosstip-mapping/1"
source = "webform"
reporter_role = "parent"

[columns]
"Tip no." = "number"
"Your e-mail" = "reporter email"
"Their user name" = { field = "screen_name", role = "reported", provider = "Example Social" }
"What happened" = "note"
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from graph.errors import UnreadableDocumentError
from graph.roles import Role

FORMAT = "crosstip-mapping/1"
_MOST_BYTES = 1024 * 1024


class ColumnField(StrEnum):
    """What a column can hold."""

    NUMBER = "number"
    RECEIVED = "received"
    INCIDENT_TIME = "incident_time"
    INCIDENT_TYPE = "incident_type"
    PLATFORM = "platform"
    PROVIDER = "provider"
    PRIORITY = "priority"
    ESCALATION = "escalation"
    REPORTER_ROLE = "reporter_role"
    PRIOR = "prior"
    RELATED = "related"
    NOTE = "note"
    CONTENT = "content"
    DETAIL = "detail"
    IGNORE = "ignore"
    EMAIL = "email"
    PHONE = "phone"
    IP = "ip"
    URL = "url"
    SCREEN_NAME = "screen_name"
    ACCOUNT = "account"
    DEVICE = "device"
    HASH = "hash"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    BIRTH = "date_of_birth"
    AGE = "age"
    ADDRESS = "address"
    COUNTRY = "country"
    IP_TIME = "ip_time"
    IP_PORT = "ip_port"
    IP_EVENT = "ip_event"
    FILE_NAME = "file_name"
    VIEWED = "viewed_by_esp"


OF_A_PERSON = frozenset(
    {
        ColumnField.EMAIL,
        ColumnField.PHONE,
        ColumnField.IP,
        ColumnField.URL,
        ColumnField.SCREEN_NAME,
        ColumnField.ACCOUNT,
        ColumnField.DEVICE,
        ColumnField.NAME,
        ColumnField.FIRST_NAME,
        ColumnField.LAST_NAME,
        ColumnField.BIRTH,
        ColumnField.AGE,
        ColumnField.ADDRESS,
        ColumnField.COUNTRY,
        ColumnField.IP_TIME,
        ColumnField.IP_PORT,
        ColumnField.IP_EVENT,
    }
)
"""Fields of which somebody is the bearer, so that a column must say who."""


class ReporterRole(StrEnum):
    """Who a tip's reporter is. None of them is ever made a subject (`domain.md` 6, case 12)."""

    COMPLAINANT = "complainant"
    WITNESS = "witness"
    PARENT = "parent"
    VICTIM = "victim"
    OFFICER = "officer"
    PROVIDER = "provider"
    OTHER = "other"


ROLE_OF_REPORTER: dict[ReporterRole, Role] = {
    ReporterRole.PARENT: Role.PARENT_GUARDIAN,
    ReporterRole.VICTIM: Role.VICTIM,
    ReporterRole.OFFICER: Role.LAW_ENFORCEMENT,
}
"""All others are `reporter`."""


class Column(BaseModel):
    """What one column says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: ColumnField
    role: Role | None = None
    """Whose it is; needed for everything that a person bears."""
    person: int = Field(default=1, ge=1, le=9)
    """Which person of that role, where a table has columns for several."""
    provider: str | None = Field(default=None, max_length=200)
    """Platform of an account or screen name, where it is not the tip's provider."""
    subtype: str | None = Field(default=None, max_length=40)
    """Type of hash or device id (`MD5`, `IMEI`), or of contact (`Mobile`)."""
    region: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    """Country of phone numbers that are written without one."""
    separator: str | None = Field(default=None, min_length=1, max_length=3)
    """What stands between several values in a cell."""


class Mapping(BaseModel):
    """A whole mapping."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["crosstip-mapping/1"]
    source: str = Field(pattern="^[a-z][a-z0-9-]{0,30}$")
    """Who issues the tips: part of their keys, so that numbers of two sources never mix."""
    provider: str | None = Field(default=None, max_length=200)
    reporter_role: ReporterRole | None = None
    """The same for all tips; else a column must say it."""
    sheet: str | None = None
    """Of a workbook; the first one when it is not set."""
    header_line: int = Field(default=1, ge=1, le=100)
    """Which line that is not empty holds the columns' names."""
    zone: str | None = Field(default=None, pattern=r"^(?:Z|UTC|[+-][0-9]{2}:[0-9]{2})$")
    """Zone of times that state none; without it they are known to within 14 hours only."""
    dates: Literal["YMD", "MDY", "DMY"] = "YMD"
    columns: dict[str, Column] = Field(min_length=1, max_length=200)

    @field_validator("columns", mode="before")
    @classmethod
    def _spelt_out(cls, value: object) -> object:
        """Read the short form: `reported email` is field `email` of role `reported`."""
        if not isinstance(value, dict):
            return value
        return {
            name: spelt_out(column) if isinstance(column, str) else column
            for name, column in value.items()
        }

    @model_validator(mode="after")
    def _complete(self) -> Mapping:
        says = [column.field for column in self.columns.values()]
        if self.reporter_role is None and ColumnField.REPORTER_ROLE not in says:
            raise ValueError(
                "it must say who reports: reporter_role = one of "
                f"{', '.join(ReporterRole)}, or a column `reporter_role`"
            )
        for name, column in self.columns.items():
            if column.field in OF_A_PERSON and column.role is None:
                raise ValueError(f"column {name!r} must say whose it is, as `reported email`")
            if column.role is Role.ESP_CONTACT:
                raise ValueError(f"column {name!r}: contacts of a provider are no identifiers")
        for single in (ColumnField.NUMBER, ColumnField.REPORTER_ROLE, ColumnField.RECEIVED):
            if says.count(single) > 1:
                raise ValueError(f"only one column can be `{single}`")
        return self


def spelt_out(text: str) -> dict[str, str]:
    """Give the long form of `email` or `reported email`; unknown words are found out later."""
    role, _, name = text.strip().rpartition(" ")
    return {"field": name} | ({"role": role} if role != "" else {})


def read_mapping(data: bytes) -> Mapping:
    """Give the mapping in a TOML file.

    Raises:
        UnreadableDocumentError: it is no TOML or no mapping; says what to change.
    """
    if len(data) > _MOST_BYTES:
        raise UnreadableDocumentError("the mapping is too long to be one")
    try:
        value = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableDocumentError(f"the mapping is no TOML: {error}") from None
    try:
        return Mapping.model_validate(value)
    except ValidationError as error:
        raise UnreadableDocumentError(f"the mapping is not complete: {told(error)}") from None


def told(error: ValidationError) -> str:
    """Give what is wrong, place by place, without repeating values."""
    found = []
    for one in error.errors(include_url=False, include_input=False)[:10]:
        where = ".".join(str(part) for part in one["loc"]) or "as a whole"
        found.append(f"{where}: {one['msg'].removeprefix('Value error, ')}")
    return "; ".join(found)

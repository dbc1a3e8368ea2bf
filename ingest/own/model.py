"""Crosstip's own format for programs: one JSON object per line, each a tip.

The schema in `docs/tip.schema.json` is made from these models. A number in `crosstip` is raised
when a field changes its meaning or goes; new fields may come at any time, and what a version does
not know is kept raw and counted.
"""

from __future__ import annotations

import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from ingest.records import Stated

KEY = "crosstip"
FORMAT = "tip/1"


class _Part(BaseModel):
    """What all parts have in common: unknown fields are kept."""

    model_config = ConfigDict(extra="allow", frozen=True)


class OwnIdentifier(_Part):
    """What the tip says about one identifier. Values as received: Crosstip normalises them."""

    kind: IdentifierKind
    value: str = Field(max_length=20_000)
    role: Role = Field(description="Whose it is; `mentioned` when nobody says.")
    person: str | None = Field(default=None, description="Label of a person of this tip.")
    file: str | None = Field(default=None, description="Id of a file of this tip.")
    provider: str | None = Field(
        default=None, description="Platform of an account or screen name, if not the reporting one."
    )
    service: str | None = None
    subtype: str | None = Field(default=None, description="Type of hash or device id.")
    calling_code: str | None = None
    region: str | None = Field(default=None, description="ISO 3166 country of a phone number.")
    extension: str | None = None
    event: str | None = None
    time: str | None = Field(default=None, description="ISO 8601 with its zone, or as received.")
    port: int | None = None
    verified: Stated = Stated.NOT_STATED
    verified_time: str | None = None
    possible_proxy: Stated = Stated.NOT_STATED
    contact_type: str | None = None
    account_type: str | None = None
    third_party: bool = False
    compromised: Stated = Stated.NOT_STATED
    mined: bool = Field(default=False, description="Found in free text, not stated in a field.")
    place: str | None = Field(default=None, description="Where the sender's original has it.")


class OwnPerson(_Part):
    """A person; identifiers name it by its label."""

    label: str = Field(max_length=100, description="`reported[0]`, `victim[1]`, …")
    role: Role
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    display_names: tuple[str, ...] = ()
    date_of_birth: str | None = None
    age: str | None = None
    addresses: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


class OwnFile(_Part):
    """What is said about a file. Never the file; its hashes are identifiers."""

    id: str = Field(min_length=1, max_length=200)
    name: str | None = None
    original_name: str | None = None
    uploaded_time: str | None = None
    viewed_by_esp: Stated = Stated.NOT_STATED
    exif_viewed_by_esp: Stated = Stated.NOT_STATED
    publicly_available: Stated = Stated.NOT_STATED
    relevance: str | None = None
    classification: str | None = None
    annotations: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


class OwnIncident(_Part):
    """The incident."""

    types: tuple[str, ...] = ()
    time: str | None = None
    time_description: str | None = None
    platform: str | None = None
    escalation: str | None = Field(default=None, description="Its presence alone escalates.")
    annotations: tuple[str, ...] = ()
    batched_reason: str | None = None
    details: tuple[tuple[str, str], ...] = ()


class OwnNote(_Part):
    """Free text. Identifiers in it are mined, marked so, and never trusted like stated ones."""

    text: str
    is_content: bool = Field(
        default=False, description="Content of a chat or e-mail: mined, then never kept."
    )
    place: str | None = None
    role: Role = Role.MENTIONED


class OwnTip(_Part):
    """One tip, or a new version of one."""

    crosstip: Literal["tip/1"]
    source: str = Field(
        default="ncmec",
        pattern="^[a-z][a-z0-9-]{0,30}$",
        description="Who issues the tip: part of its key. `ncmec` for CyberTips.",
    )
    number: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description="Unique within its source."
    )
    reporter_role: str | None = Field(
        default=None,
        description="Who reports (complainant, parent, victim, …); needed unless NCMEC issues it.",
    )
    provider: str | None = None
    received: str | None = None
    priority: str | None = None
    status: str | None = None
    incident: OwnIncident = OwnIncident()
    people: tuple[OwnPerson, ...] = ()
    files: tuple[OwnFile, ...] = ()
    identifiers: tuple[OwnIdentifier, ...] = ()
    notes: tuple[OwnNote, ...] = ()
    prior: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    synthetic: bool = Field(default=False, description="Made up, for a synthetic store only.")


def schema_text() -> str:
    """Give the JSON Schema (2020-12) of a line."""
    schema = OwnTip.model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

"""Parts of a record while a reader still fills them."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.roles import Role
from ingest.records import Incident, Person, Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Whose identifiers a block states, and under which conditions."""

    role: Role
    person: str | None = None
    account_type: str | None = None
    third_party: bool = False
    compromised: Stated = Stated.NOT_STATED
    file_id: str | None = None


MENTIONED = Bearer(role=Role.MENTIONED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What stands around one identifier, as received."""

    event: str | None = None
    time: str | None = None
    port: str | None = None
    verified: Stated = Stated.NOT_STATED
    verified_time: str | None = None
    possible_proxy: Stated = Stated.NOT_STATED
    contact_type: str | None = None
    mined: bool = False


PLAIN = Circumstances()


@dataclass(slots=True, kw_only=True)
class PersonDraft:
    """A person block while it is being read."""

    label: str
    role: Role
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    display_names: list[str] = field(default_factory=list)
    date_of_birth: str | None = None
    age: str | None = None
    age_discrepancy: Stated = Stated.NOT_STATED
    addresses: list[str] = field(default_factory=list)
    estimated_locations: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    other: list[tuple[str, str]] = field(default_factory=list)

    def finished(self) -> Person:
        """Give the person."""
        return Person(
            label=self.label,
            role=self.role,
            first_name=self.first_name,
            middle_name=self.middle_name,
            last_name=self.last_name,
            display_names=tuple(self.display_names),
            date_of_birth=self.date_of_birth,
            age=self.age,
            age_discrepancy=self.age_discrepancy,
            addresses=tuple(self.addresses),
            estimated_locations=tuple(self.estimated_locations),
            countries=tuple(self.countries),
            other=tuple(self.other),
        )


@dataclass(slots=True, kw_only=True)
class IncidentDraft:
    """The incident while it is being read."""

    types: list[str] = field(default_factory=list)
    time: str | None = None
    time_description: str | None = None
    platform: str | None = None
    escalation: str | None = None
    annotations: list[str] = field(default_factory=list)
    batched_reason: str | None = None
    details: list[tuple[str, str]] = field(default_factory=list)

    def finished(self) -> Incident:
        """Give the incident."""
        return Incident(
            types=tuple(self.types),
            time=self.time,
            time_description=self.time_description,
            platform=self.platform,
            escalation=self.escalation,
            annotations=tuple(self.annotations),
            batched_reason=self.batched_reason,
            details=tuple(self.details),
        )

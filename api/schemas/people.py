"""Agencies, units, users and agreements on the wire."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from graph.casework.vocabulary import AgencyKind, UserRole

_KEY = r"^[^\x00-\x1f/]+$"


class Agency(Part):
    """An agency."""

    key: str
    name: str
    kind: str
    state: str | None
    region: str | None
    contact: str | None
    zone: str | None = Field(description="Time zone of its days, IANA name; null: UTC.")
    verified: bool | None
    source: str | None
    task_force: str | None
    affiliated_at: str | None
    left_at: str | None
    until_at: str | None
    changed_at: str | None
    changed_by: str | None
    version: int | None


class AgencyPage(PageAnswer[Agency]):
    """Agencies in the order of their keys."""


class AgencyAnswer(Answer, Agency):
    """An agency."""


class Unit(Part):
    """A unit of an agency."""

    key: str
    agency: str
    name: str
    contact: str | None


class AgencyCardAnswer(Answer):
    """An agency with its units."""

    agency: Agency
    units: tuple[Unit, ...]


class UnitAnswer(Answer, Unit):
    """A unit."""


class AddAgency(Wanted):
    """An agency to enter."""

    key: str = Field(min_length=1, max_length=100, pattern=_KEY, examples=["alder"])
    name: str = Field(min_length=1, max_length=2000, examples=["Alder County"])
    kind: AgencyKind
    state: str | None = Field(default=None, max_length=2)
    region: str | None = Field(default=None, max_length=2000)
    contact: str | None = Field(default=None, max_length=2000)
    source: str | None = Field(default=None, max_length=2000)
    task_force: str | None = Field(default=None, max_length=100)
    affiliated_at: AwareDatetime | None = None


class ChangeAgency(Wanted):
    """What is to change; a field that is left out stays as it is."""

    name: str | None = Field(default=None, min_length=1, max_length=2000)
    state: str | None = Field(default=None, max_length=2)
    region: str | None = Field(default=None, max_length=2000)
    contact: str | None = Field(default=None, max_length=2000)
    zone: str | None = Field(
        default=None, max_length=100, description="IANA name.", examples=["America/Denver"]
    )
    verified: bool | None = None
    source: str | None = Field(default=None, max_length=2000)
    task_force: str | None = Field(default=None, max_length=100)
    affiliated_at: AwareDatetime | None = None
    left_at: AwareDatetime | None = None
    until_at: AwareDatetime | None = None


class SeededAnswer(Answer):
    """How many task forces were entered from the seed."""

    entered: int


class AddUnit(Wanted):
    """A unit to enter."""

    name: str = Field(min_length=1, max_length=200, examples=["Night desk"])
    contact: str | None = Field(default=None, max_length=2000)


class User(Part):
    """A user."""

    key: str
    name: str
    agency: str | None
    roles: tuple[str, ...]
    units: tuple[str, ...] | None
    from_at: str
    until_at: str | None
    proved_at: str | None
    proved_by: str | None
    proof_due_at: str
    added_by: str | None
    changed_at: str | None
    changed_by: str | None
    version: int | None


class UserPage(PageAnswer[User]):
    """Users that the caller may see."""


class UserAnswer(Answer, User):
    """A user."""


class AddUser(Wanted):
    """A user to enter."""

    key: str = Field(min_length=1, max_length=200, pattern=_KEY, examples=["lee.alder"])
    name: str = Field(min_length=1, max_length=2000, examples=["Lee"])
    agency: str | None = Field(default=None, max_length=100)
    roles: tuple[UserRole, ...] = Field(min_length=1, max_length=7)
    units: tuple[str, ...] = Field(default=(), max_length=100)
    from_at: AwareDatetime | None = None
    until_at: AwareDatetime | None = None


class ChangeUser(Wanted):
    """What is to change; a field that is left out stays as it is."""

    name: str | None = Field(default=None, min_length=1, max_length=2000)
    roles: tuple[UserRole, ...] | None = Field(default=None, max_length=7)
    units: tuple[str, ...] | None = Field(default=None, max_length=100)
    until_at: AwareDatetime | None = None


class Agreement(Part):
    """An agreement between two agencies."""

    key: str
    first: str
    second: str
    reference: str
    equal_rules: bool
    from_at: str
    until_at: str
    entered_by: str
    entered_at: str
    ended_at: str | None
    ended_by: str | None
    ended_why: str | None


class AgreementAnswer(Answer, Agreement):
    """An agreement."""


class AgreementsAnswer(Answer):
    """Agreements of the own agency, ended ones too."""

    items: tuple[Agreement, ...]


class AddAgreement(Wanted):
    """An agreement to enter (CJIS 5.1)."""

    other: str = Field(min_length=1, max_length=100, examples=["birch"])
    reference: str = Field(
        min_length=1, max_length=2000, description="Where the paper is.", examples=["MOU 26-4"]
    )
    equal_rules: bool = Field(
        default=False, description="Both accept 28 CFR Part 23 or equal rules."
    )
    from_at: AwareDatetime | None = Field(default=None, description="Now, when not given.")
    until_at: AwareDatetime

"""The API's agencies: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read
from client.resources.investigations import Reason


class Agency(Part):
    """An agency."""

    key: str
    name: str
    kind: str
    state: str | None
    region: str | None
    contact: str | None
    zone: str | None
    verified: bool | None
    source: str | None
    task_force: str | None
    affiliated_at: str | None
    left_at: str | None
    until_at: str | None
    changed_at: str | None
    changed_by: str | None
    version: int | None


class AgencyPage(Answer):
    """Agencies in the order of their keys."""

    items: tuple[Agency, ...]
    next_after: str | None


AgencyKind: TypeAlias = Literal[
    "task force", "affiliate", "prosecutor", "federal", "foreign", "military"
]


class AddAgency(Asked):
    """An agency to enter."""

    key: str
    name: str
    kind: AgencyKind
    state: str | None = None
    region: str | None = None
    contact: str | None = None
    source: str | None = None
    task_force: str | None = None
    affiliated_at: datetime | None = None


class AgencyAnswer(Answer):
    """An agency."""

    key: str
    name: str
    kind: str
    state: str | None
    region: str | None
    contact: str | None
    zone: str | None
    verified: bool | None
    source: str | None
    task_force: str | None
    affiliated_at: str | None
    left_at: str | None
    until_at: str | None
    changed_at: str | None
    changed_by: str | None
    version: int | None


class SeededAnswer(Answer):
    """How many task forces were entered from the seed."""

    entered: int


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


class ChangeAgency(Asked):
    """What is to change; a field that is left out stays as it is."""

    name: str | None = None
    state: str | None = None
    region: str | None = None
    contact: str | None = None
    zone: str | None = None
    verified: bool | None = None
    source: str | None = None
    task_force: str | None = None
    affiliated_at: datetime | None = None
    left_at: datetime | None = None
    until_at: datetime | None = None


class AddUnit(Asked):
    """A unit to enter."""

    name: str
    contact: str | None = None


class UnitAnswer(Answer):
    """A unit."""

    key: str
    agency: str
    name: str
    contact: str | None


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


class AgreementsAnswer(Answer):
    """Agreements of the own agency, ended ones too."""

    items: tuple[Agreement, ...]


class AddAgreement(Asked):
    """An agreement to enter (CJIS 5.1)."""

    other: str
    reference: str
    equal_rules: bool = False
    from_at: datetime | None = None
    until_at: datetime


class AgreementAnswer(Answer):
    """An agreement."""

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


class Agencies(Calls):
    """Calls about agencies."""

    def agencies(self, *, after: str = "", limit: int = 50) -> AgencyPage:
        """Agencies in the order of their keys; what came as a seed is not verified."""
        return read(
            self._call("GET", "agencies", params={"after": after, "limit": limit}), AgencyPage
        )

    def add_one_agency(self, wanted: AddAgency, *, key: str | None = None) -> AgencyAnswer:
        """Enter an agency; an affiliate names its task force and since when. An operator does."""
        return read(self._call("POST", "agencies", body=wanted, key=once(key)), AgencyAnswer)

    def seed_agencies(self, *, key: str | None = None) -> SeededAnswer:
        """Enter the 61 ICAC task forces that are not there, unverified and without contacts."""
        return read(self._call("POST", "agencies/seed", key=once(key)), SeededAnswer)

    def agency(self, agency: str) -> AgencyCardAnswer:
        """One agency with its units."""
        return read(self._call("GET", f"agencies/{part(agency)}"), AgencyCardAnswer)

    def update_agency(self, agency: str, wanted: ChangeAgency, *, version: int) -> AgencyAnswer:
        """Change an agency's entry, or end it."""
        return read(
            self._call("PATCH", f"agencies/{part(agency)}", body=wanted, version=version),
            AgencyAnswer,
        )

    def add_one_unit(self, wanted: AddUnit, *, key: str | None = None) -> UnitAnswer:
        """Enter a unit of your agency."""
        return read(self._call("POST", "units", body=wanted, key=once(key)), UnitAnswer)

    def agreements(self) -> AgreementsAnswer:
        """Agreements of your agency, ended ones too."""
        return read(self._call("GET", "agreements"), AgreementsAnswer)

    def add_one_agreement(self, wanted: AddAgreement, *, key: str | None = None) -> AgreementAnswer:
        """Enter an agreement of your agency with another one."""
        return read(self._call("POST", "agreements", body=wanted, key=once(key)), AgreementAnswer)

    def end_one_agreement(
        self, agreement: str, wanted: Reason, *, key: str | None = None
    ) -> AgreementAnswer:
        """End an agreement before its time; it stays on record."""
        return read(
            self._call("POST", f"agreements/{part(agreement)}/end", body=wanted, key=once(key)),
            AgreementAnswer,
        )

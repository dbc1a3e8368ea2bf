"""Investigations of the own agency on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted


class Case(Part):
    """An investigation of the own agency."""

    key: str = Field(description="As log and claims name it.")
    reference: str = Field(description="The agency's own; names it in addresses.")
    title: str | None
    status: str = Field(description="open or closed.")
    opened_at: str | None
    contact: str | None
    purpose: str | None
    unit: str | None
    lead: str | None
    deputies: tuple[str, ...] | None
    opened_by: str | None
    closed_at: str | None
    closed_by: str | None
    closed_why: str | None
    changed_at: str | None
    changed_by: str | None
    version: int | None = Field(description="As `ETag`; it goes into `If-Match`.")


class CountedCase(Case):
    """An investigation with how many of its claims the caller may see."""

    claim_total: int


class CasePage(PageAnswer[CountedCase]):
    """Investigations of the own agency in the order of their references."""


class CaseAnswer(Answer, Case):
    """An investigation as it is now."""


class CountedCaseAnswer(Answer, CountedCase):
    """An investigation as it is now, with the number of its claims."""


class OpenCase(Wanted):
    """An investigation to open."""

    reference: str = Field(min_length=1, max_length=200, examples=["26-0117"])
    purpose: str = Field(max_length=100, description="Of the closed list.", examples=["cybertip"])
    title: str | None = Field(default=None, max_length=2000)
    contact: str | None = Field(default=None, max_length=2000, description="Whom to call.")
    unit: str | None = Field(default=None, max_length=200)
    lead: str | None = Field(
        default=None, max_length=200, description="User; you, when nobody is named."
    )
    deputies: tuple[str, ...] = Field(default=(), max_length=100)


class ChangeCase(Wanted):
    """What is to change; a field that is left out stays as it is."""

    title: str | None = Field(default=None, max_length=2000, examples=["Harbour chat"])
    purpose: str | None = Field(default=None, max_length=100)
    contact: str | None = Field(default=None, max_length=2000)
    unit: str | None = Field(default=None, max_length=200)
    deputies: tuple[str, ...] | None = Field(
        default=None, max_length=100, description="All of them, by user name."
    )


class HandOver(Wanted):
    """Who leads from now on."""

    lead: str = Field(min_length=1, max_length=200, examples=["boss.alder"])
    why: str = Field(
        min_length=1, max_length=2000, description="It stays on record.", examples=["On leave."]
    )


class Reason(Wanted):
    """Why something is done."""

    why: str = Field(
        min_length=1,
        max_length=2000,
        description="The reason; it stays on record.",
        examples=["Charged; the file is with the prosecutor."],
    )

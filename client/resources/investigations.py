"""The API's investigations: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, read, reference


class CountedCase(Part):
    """An investigation with how many of its claims the caller may see."""

    key: str
    reference: str
    title: str | None
    status: str
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
    version: int | None
    claim_total: int


class CasePage(Answer):
    """Investigations of the own agency in the order of their references."""

    items: tuple[CountedCase, ...]
    next_after: str | None


class OpenCase(Asked):
    """An investigation to open."""

    reference: str
    purpose: str
    title: str | None = None
    contact: str | None = None
    unit: str | None = None
    lead: str | None = None
    deputies: tuple[str, ...] = ()


class CaseAnswer(Answer):
    """An investigation as it is now."""

    key: str
    reference: str
    title: str | None
    status: str
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
    version: int | None


class CountedCaseAnswer(Answer):
    """An investigation as it is now, with the number of its claims."""

    key: str
    reference: str
    title: str | None
    status: str
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
    version: int | None
    claim_total: int


class ChangeCase(Asked):
    """What is to change; a field that is left out stays as it is."""

    title: str | None = None
    purpose: str | None = None
    contact: str | None = None
    unit: str | None = None
    deputies: tuple[str, ...] | None = None


class HandOver(Asked):
    """Who leads from now on."""

    lead: str
    why: str


class Reason(Asked):
    """Why something is done."""

    why: str


class Investigations(Calls):
    """Calls about investigations."""

    def investigations(self, *, after: str = "", limit: int = 50) -> CasePage:
        """Investigations of your agency, in the order of their references."""
        return read(
            self._call("GET", "investigations", params={"after": after, "limit": limit}), CasePage
        )

    def open_investigation(self, wanted: OpenCase, *, key: str | None = None) -> CaseAnswer:
        """Open an investigation of your agency."""
        return read(self._call("POST", "investigations", body=wanted, key=once(key)), CaseAnswer)

    def investigation(self, investigation: str) -> CountedCaseAnswer:
        """One investigation of your agency."""
        return read(
            self._call("GET", f"investigations/{reference(investigation)}"), CountedCaseAnswer
        )

    def update_investigation(
        self, investigation: str, wanted: ChangeCase, *, version: int
    ) -> CaseAnswer:
        """Change title, purpose, contact, unit or deputies."""
        return read(
            self._call(
                "PATCH", f"investigations/{reference(investigation)}", body=wanted, version=version
            ),
            CaseAnswer,
        )

    def hand_over_investigation(
        self, investigation: str, wanted: HandOver, *, version: int, key: str | None = None
    ) -> CaseAnswer:
        """Give an investigation another lead of your agency."""
        return read(
            self._call(
                "POST",
                f"investigations/{reference(investigation)}/hand-over",
                body=wanted,
                version=version,
                key=once(key),
            ),
            CaseAnswer,
        )

    def close_investigation(
        self, investigation: str, wanted: Reason, *, version: int, key: str | None = None
    ) -> CaseAnswer:
        """Close an investigation; its claims stay as pointers until they lapse."""
        return read(
            self._call(
                "POST",
                f"investigations/{reference(investigation)}/close",
                body=wanted,
                version=version,
                key=once(key),
            ),
            CaseAnswer,
        )

    def reopen_investigation(
        self, investigation: str, wanted: Reason, *, version: int, key: str | None = None
    ) -> CaseAnswer:
        """Open a closed investigation again; claims that lapsed do not come back."""
        return read(
            self._call(
                "POST",
                f"investigations/{reference(investigation)}/reopen",
                body=wanted,
                version=version,
                key=once(key),
            ),
            CaseAnswer,
        )

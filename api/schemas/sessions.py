"""Bodies and answers about sessions."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Part
from graph.casework.caller import Caller
from graph.clock import iso
from graph.services.sessions import LoggedOn


class WhoAnswer(Part):
    """Who somebody is here."""

    user: str
    agency: str | None = Field(description="Key of the agency; an operator works for none.")
    roles: tuple[str, ...]
    units: tuple[str, ...]

    @classmethod
    def of(cls, caller: Caller) -> WhoAnswer:
        """Give the answer for a caller."""
        roles = tuple(sorted(role.value for role in caller.roles))
        return cls(user=caller.user, agency=caller.agency, roles=roles, units=caller.units)


class SessionAnswer(Part):
    """A session that holds."""

    who: WhoAnswer
    how: str = Field(description="How it was logged on.", examples=["password and code"])
    made_at: str
    idle_ends_at: str = Field(description="When it ends if nothing more is asked.")
    ends_at: str = Field(description="When it ends whatever happens.")

    @classmethod
    def of(cls, session: LoggedOn) -> SessionAnswer:
        """Give the answer for a session."""
        return cls(
            who=WhoAnswer.of(session.caller),
            how=session.session.how,
            made_at=iso(session.session.made_us),
            idle_ends_at=iso(session.idle_ends_us),
            ends_at=iso(session.session.ends_us),
        )


class EndedAnswer(Part):
    """How many sessions were ended."""

    ended: int

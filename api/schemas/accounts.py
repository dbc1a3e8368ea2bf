"""Bodies and answers of what administrators do about log-ons and API keys."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Part, Wanted
from api.schemas.wire import fields
from graph.casework.deeds import Deed
from graph.casework.vocabulary import UserRole
from graph.logon.tokens import Fresh
from graph.queries.api_keys import ApiKeyRow
from graph.queries.credentials import LockedRow
from graph.services.api_keys import LONGEST_DAYS, NewApiKey


class InvitedAnswer(Part):
    """A code with which a user enrols."""

    enrolment_code: str = Field(description="Holds once, for a day. Shown once.")


class ReleaseQuestion(Wanted):
    """Why an account is released."""

    why: str = Field(
        min_length=1,
        max_length=500,
        description="How it was made sure who asks.",
        examples=["Called back at the desk number."],
    )


class SubjectQuestion(Wanted):
    """Whom the identity server means by a user."""

    issuer: str = Field(min_length=1, max_length=500)
    subject: str = Field(min_length=1, max_length=255)


class LockedUser(Part):
    """An account that is locked."""

    key: str
    locked_at: str
    locked_why: str | None


class LockedAnswer(Part):
    """Accounts that are locked."""

    users: tuple[LockedUser, ...]

    @classmethod
    def of(cls, rows: tuple[LockedRow, ...]) -> LockedAnswer:
        """Give the answer for rows."""
        return cls(users=tuple(LockedUser.model_validate(fields(row)) for row in rows))


class ApiKeyQuestion(Wanted):
    """An API key as it is wanted."""

    user: str = Field(max_length=64, description="The program's account.", examples=["rms.north"])
    scopes: frozenset[Deed] = Field(
        min_length=1, description="What it may do.", examples=[["check.run"]]
    )
    roles: frozenset[UserRole] | None = Field(
        default=None, description="Of the account where it is new; an analyst's when not given."
    )
    networks: tuple[str, ...] = Field(
        default=(),
        max_length=100,
        description="From where it may be used; none: from anywhere.",
        examples=[["198.18.0.0/24"]],
    )
    days: int = Field(default=LONGEST_DAYS, ge=1, le=LONGEST_DAYS)

    def new(self) -> NewApiKey:
        """Give it for the core."""
        return NewApiKey(
            user=self.user,
            scopes=self.scopes,
            roles=self.roles,
            networks=self.networks,
            days=self.days,
        )


class ApiKeyMade(Part):
    """A new API key."""

    key: str = Field(description="To be sent as `Authorization: Bearer`. Shown once.")
    ref: str = Field(description="What names it; the key begins with it.")

    @classmethod
    def of(cls, fresh: Fresh) -> ApiKeyMade:
        """Give the answer for a key."""
        return cls(key=fresh.text, ref=fresh.ref)


class ApiKeyLine(Part):
    """An API key, without what opens anything."""

    ref: str
    user: str
    scopes: tuple[str, ...]
    networks: tuple[str, ...] | None
    made_at: str
    made_by: str
    ends_at: str
    used_at: str | None = Field(description="When it was last used, to a minute.")
    ended_at: str | None
    ended_by: str | None


class ApiKeysAnswer(Part):
    """An agency's API keys, the last one made first."""

    keys: tuple[ApiKeyLine, ...]

    @classmethod
    def of(cls, rows: tuple[ApiKeyRow, ...]) -> ApiKeysAnswer:
        """Give the answer for rows."""
        return cls(keys=tuple(ApiKeyLine.model_validate(fields(row)) for row in rows))


class DoneAnswer(Part):
    """It was done."""

    done: bool = True

"""The API's users: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read


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


class UserPage(Answer):
    """Users that the caller may see."""

    items: tuple[User, ...]
    next_after: str | None


UserRole: TypeAlias = Literal[
    "analyst",
    "investigator",
    "prosecutor",
    "supervisor",
    "agency administrator",
    "auditor",
    "operator",
]


class AddUser(Asked):
    """A user to enter."""

    key: str
    name: str
    agency: str | None = None
    roles: tuple[UserRole, ...]
    units: tuple[str, ...] = ()
    from_at: datetime | None = None
    until_at: datetime | None = None


class UserAnswer(Answer):
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


class ChangeUser(Asked):
    """What is to change; a field that is left out stays as it is."""

    name: str | None = None
    roles: tuple[UserRole, ...] | None = None
    units: tuple[str, ...] | None = None
    until_at: datetime | None = None


class Users(Calls):
    """Calls about users."""

    def users(self, *, after: str = "", limit: int = 50) -> UserPage:
        """Users that you may see, in the order of their names."""
        return read(self._call("GET", "users", params={"after": after, "limit": limit}), UserPage)

    def add_one_user(self, wanted: AddUser, *, key: str | None = None) -> UserAnswer:
        """Enter a user; being entered is the first proof of service."""
        return read(self._call("POST", "users", body=wanted, key=once(key)), UserAnswer)

    def user(self, user: str) -> UserAnswer:
        """One user that you may see."""
        return read(self._call("GET", f"users/{part(user)}"), UserAnswer)

    def update_user(self, user: str, wanted: ChangeUser, *, version: int) -> UserAnswer:
        """Change a user's name, roles, units, or end of service."""
        return read(
            self._call("PATCH", f"users/{part(user)}", body=wanted, version=version), UserAnswer
        )

    def prove_one_user(self, user: str, *, key: str | None = None) -> UserAnswer:
        """State that a user is still in service."""
        return read(self._call("POST", f"users/{part(user)}/prove", key=once(key)), UserAnswer)

"""People as columns, and what hinders that one is entered. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from client.resources.accounts import LockedUser
from client.resources.users import User
from dashboard.components.csv_file import Columns
from dashboard.wording import visible


def people_columns(users: Sequence[User], locked: Mapping[str, LockedUser]) -> Columns:
    """Give users in the order of their names; whose account is locked says since when."""
    return {
        "User": [visible(user.key) for user in users],
        "Name": [visible(user.name) for user in users],
        "Agency": [visible(user.agency) for user in users],
        "Roles": [", ".join(user.roles) for user in users],
        "Units": [visible(", ".join(user.units or ())) for user in users],
        "From": [user.from_at for user in users],
        "Until": [user.until_at or "" for user in users],
        "In service to be stated by": [user.proof_due_at for user in users],
        "Locked": [locked[user.key].locked_at if user.key in locked else "" for user in users],
    }


def lacking(*, user: str, name: str, roles: Sequence[str]) -> str | None:
    """Say what is missing before somebody is entered, or None."""
    if user == "":
        return "Say which user name they get. It is never given to a second person."
    if name == "":
        return "Say their name."
    return "Choose a role at least." if len(roles) == 0 else None

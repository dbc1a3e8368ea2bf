"""API keys as columns, and what is missing before one is made. Pure, from the API's answers."""

from __future__ import annotations

from collections.abc import Sequence

from client.resources.accounts import ApiKeyLine
from dashboard.components.csv_file import Columns
from dashboard.wording import visible

MANAGES = frozenset({"agency administrator"})
"""Who makes and ends keys; supervisors and auditors read."""
ANYWHERE = "anywhere"


def key_columns(keys: Sequence[ApiKeyLine]) -> Columns:
    """Give every key of the agency, the last one made first."""
    return {
        "Key": [visible(key.ref) for key in keys],
        "For": [visible(key.user) for key in keys],
        "May": [visible(", ".join(key.scopes)) for key in keys],
        "From": [visible(", ".join(key.networks or ())) or ANYWHERE for key in keys],
        "Ends": [key.ends_at for key in keys],
        "Last used": [key.used_at or "never" for key in keys],
        "Made": [f"{key.made_at} by {visible(key.made_by)}" for key in keys],
        "Ended": [_ended(key) for key in keys],
    }


def _ended(key: ApiKeyLine) -> str:
    return "" if key.ended_at is None else f"{key.ended_at} by {visible(key.ended_by)}"


def networks_of(text: str) -> tuple[str, ...]:
    """Give the networks of a text, one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip() != "")


def lacking(user: str, scopes: Sequence[str]) -> str | None:
    """Say what is missing before a key is made, or None."""
    if user == "":
        return "Name the program's account: a person's is not used by programs."
    if len(scopes) == 0:
        return "Choose what it may do: a key without that opens nothing."
    return None

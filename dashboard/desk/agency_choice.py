"""Other agencies, to choose from."""

from __future__ import annotations

from typing import Final

from client.client import CrosstipClient
from client.resources.agencies import Agency
from dashboard.wording import one_line

_PAGES: Final = 10


def agencies_here(client: CrosstipClient) -> tuple[Agency, ...]:
    """Give the agencies that are in service, ten pages of 200 at most.

    Raises:
        ApiError: the API does not give them.
    """
    found: list[Agency] = []
    after = ""
    for _ in range(_PAGES):
        page = client.agencies(after=after, limit=200)
        found += [one for one in page.items if one.until_at is None]
        if page.next_after is None:
            break
        after = page.next_after
    return tuple(found)


def agency_line(one: Agency) -> str:
    """Give an agency on one line of a box."""
    return one_line(f"{one.name} ({one.key}, {one.kind})")

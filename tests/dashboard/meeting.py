"""Two agencies' people on one API whose claims meet: for pages that deconflict."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.store import Store
from tests.dashboard.opened import opened_as
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff

HOSTILE = "<img src=x onerror=alert(1)> [a](https://host.example/) **b** $c$ \u202egnp"
SUBJECT = "dark.fox@example.com"
_BEFORE_US = 300_000_000
"""People are entered before they are invited, which `opened_as` does two minutes ago."""


def alder_and_birch(store: Store) -> dict[str, Caller]:
    """Enter both agencies with an open investigation each, A-1 and B-1; nothing meets yet."""
    people = staff(store, "alder", "birch", "cedar", at_us=now_us() - _BEFORE_US)
    case(people["lead.alder"], store, "A-1", title=HOSTILE)
    case(people["lead.birch"], store, "B-1", title=HOSTILE)
    return people


def claim_it(people: dict[str, Caller], store: Store, agency: str, *values: str) -> None:
    """Claim addresses for an agency's investigation."""
    investigation = f"{agency}|{agency[0].upper()}-1"
    drafts = [draft(value) for value in (values or (SUBJECT,))]
    claimed(people[f"lead.{agency}"], store, investigation, *drafts)


def meet(people: dict[str, Caller], store: Store) -> None:
    """Have both claim the same address, birch last."""
    claim_it(people, store, "alder")
    claim_it(people, store, "birch")


def opened_at(store: Store, people: dict[str, Caller], user: str, page: str) -> AppTest:
    """Open a page as somebody of one of the agencies."""
    admin = people[f"admin.{user.rpartition('.')[2]}"]
    return opened_as(store, admin, user).switch_page(f"app_pages/{page}.py").run()

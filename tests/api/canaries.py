"""What is planted to see whether it gets out, and somebody's day at work that keeps all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from tests.api.live import LiveApi
from tests.api.offices import STATED

MARK = "zq7c"
"""In every planted text, so that a part of one is found too."""
PLANTED: Final[Mapping[str, str]] = {
    "e-mail": f"{MARK}.seller@example.com",
    "e-mail of a child": f"{MARK}.child@example.net",
    "e-mail of a persona": f"{MARK}.persona@example.com",
    "e-mail that only a check names": f"{MARK}.asked@example.org",
    "phone": "+12025550147",
    "phone in brackets": "(303) 555-0129",
    "address": "198.18.91.203",
    "address of six groups": "2001:db8:7c7c:9e1::f00d",
    "hash": "9f2ce1d07b4a58631f0e5ad27c96b834",
    "near hash": "c3a95f0e71d2846b" * 4,
    "account id": f"{MARK}-account-7719",
    "screen name": f"{MARK}_dark_fox",
    "name of a person": f"{MARK} Marlow Quist",
    "name of a file": f"{MARK}-holiday.jpg",
    "incident description": f"{MARK} narrative of the reporter",
    "reason of escalation": f"{MARK} escalated because",
    "title of an investigation": f"{MARK} Operation Lantern",
    "contact of an investigation": f"{MARK}-desk@example.com",
    "predicate": f"{MARK} seized chat names it as the seller's",
    "source of a claim": f"{MARK} warrant 26-11, executed 3 March",
    "support of a claim": f"{MARK} paper file 26-1, tab four",
    "why of a judgement": f"{MARK} the same handwriting in both",
    "why of a resolution": f"{MARK} two persons of one name",
    "message of a conflict": f"{MARK} call me tonight",
    "line of a check list": f"{MARK} no address at all",
    "line of a claims file": f"{MARK}.filed@example.com",
    "quarantined document": f"{MARK} quarantined text",
    "password": f"{MARK} violet kettle under 9 moons",
    "wrong password": f"{MARK} not the password at all",
    "name that nobody has": f"{MARK}.nobody",
}
"""Whatever a person types or a document says. What the product makes itself is planted as it comes:
session, API key, enrolment code, second factor, its codes, recovery codes, salt of a purge."""
REFUSED: Final = 4
"""Instead of a status: any that says that the request does not fit."""
TERMS: Final = {
    **STATED,
    "predicate": PLANTED["predicate"],
    "source": PLANTED["source of a claim"],
    "support": PLANTED["support of a claim"],
}


def found_in(text: str, planted: Mapping[str, str]) -> list[str]:
    """Give the names of what stands in a text, in any case and however digits are grouped."""
    low = text.casefold()
    digits = "".join(sign for sign in low if sign not in " ().+-")
    names = [
        name for name, value in planted.items() if value.casefold() in low or _bare(value) in digits
    ]
    return [*names, *(["the mark"] if MARK in low and names == [] else [])]


def _bare(value: str) -> str:
    low = value.casefold()
    return "".join(sign for sign in low if sign not in " ().+-")


@dataclass(slots=True, kw_only=True)
class Day:
    """Who is at work, and what left."""

    live: LiveApi
    people: dict[str, httpx.Client]
    planted: dict[str, str] = field(default_factory=lambda: dict(PLANTED))
    urls: list[str] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)

    def ask(
        self, who: str | None, method: str, path: str, *, code: int = 200, **more: Any
    ) -> httpx.Response:
        """Ask as somebody, None for nobody; what is refused is kept with its headers."""
        client = self.live.anonymous if who is None else self.people[who]
        answer = client.request(method, f"/v1{path}", **more)
        wanted = range(400, 500) if code == REFUSED else (code,)
        assert answer.status_code in wanted, (method, path, answer.text)
        self.urls.append(str(answer.request.url))
        self.urls += [value for name, value in answer.headers.items() if name != "set-cookie"]
        if not answer.is_success:
            self.refusals.append((f"{method} {path}", answer.text))
        return answer


LEAD, BOSS, ADMIN, OTHER, AUDIT = (
    "lead.north",
    "boss.north",
    "admin.north",
    "lead.south",
    "audit.north",
)

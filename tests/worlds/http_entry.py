"""How a route is asked in two worlds, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.worlds.history import ASKER, HIDDEN_TIP, SEEN_TIPS
from tests.worlds.http_asking import Asker

LEAD, BOSS = f"lead.{ASKER}", f"boss.{ASKER}"
AUDITOR, ADMINISTRATOR = f"audit.{ASKER}", f"admin.{ASKER}"
Question: TypeAlias = Callable[[Asker], object]
TIPS = tuple(f"ncmec:{number}" for number in (*SEEN_TIPS[:2], HIDDEN_TIP))
"""Two that the asker sees, and one that is hidden."""
NOBODYS = "0" * 32
"""A reference that no record has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How a route is asked, and by whom; some only at the end of a history."""

    ask: Question
    who: tuple[str, ...] = (LEAD,)
    each_look: bool = False


def plain(*paths: str) -> Question:
    """Give what asks some addresses, one after the other."""
    return lambda asker: [asker.get(path) for path in paths]

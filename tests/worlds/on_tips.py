"""What somebody may ask about tips, and about what only tips say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations
from random import Random

from graph.errors import NotFoundError
from graph.identifiers.core import IdentifierKind
from graph.queries.catalogue import CATALOGUE
from graph.services.arrivals import arrivals_of
from graph.services.explaining import explain
from graph.services.figures import figures_of, info_of
from graph.services.groups import group_of
from graph.services.history import history_of
from graph.services.judgements import judgements_of, list_judgements
from graph.services.links import links_of, links_of_many
from graph.services.named_queries import COUNTS_ALL
from graph.services.near import near
from graph.services.neighbourhood import neighbourhood
from graph.services.overlaps import find_overlaps
from graph.services.paths import paths
from graph.services.search import search
from graph.services.tips import list_tips, show_tip
from graph.services.weight_versions import compare_versions
from graph.store import Store
from tests.linking import BASIS
from tests.worlds.history import ADDRESSES, HIDDEN_TIP, SEEN_TIPS, UNCLAIMED

Question = Callable[[], object]
_TIPS = tuple(f"ncmec:{number}" for number in (*SEEN_TIPS, HIDDEN_TIP))
_NAMED = (*ADDRESSES, *UNCLAIMED)
_PDQ = "f0e1d2c3b4a5968778695a4b3c2d1e0f" * 2


def tip_questions(store: Store, dice: Random) -> Sequence[Question]:
    """Give questions about tips in a store as somebody sees it; some are drawn from many."""
    listed = [line.key for line in list_tips(store, limit=200).tips]
    return [
        lambda: _pages(store),
        *(lambda tip=tip: show_tip(store, tip) for tip in _TIPS),
        lambda: links_of_many(store, _TIPS, basis=BASIS),
        lambda: find_overlaps(store),
        *(lambda text=text: search(store, text) for text in dice.sample(_NAMED, 2)),
        *dice.sample(_dear(store, listed), 3),
    ]


def _pages(store: Store) -> list[object]:
    """Give the whole list, two tips at a time."""
    pages: list[object] = []
    after: str | None = ""
    while after is not None:
        page = list_tips(store, after=after, limit=2)
        pages.append(page)
        after = page.next_after
    return pages


def _dear(store: Store, listed: Sequence[str]) -> list[Question]:
    """Give questions of which a few are asked each time: there are many and each walks far."""
    pairs = list(permutations(_TIPS[:2] + _TIPS[3:], 2))
    kind = IdentifierKind.EMAIL
    return [
        *(lambda tip=tip: links_of(store, tip, basis=BASIS) for tip in _TIPS),
        *(lambda tip=tip: group_of(store, tip, basis=BASIS) for tip in _TIPS),
        *(lambda tip=tip: neighbourhood(store, tip, basis=BASIS) for tip in _TIPS),
        *(lambda a=a, b=b: explain(store, a, b, basis=BASIS) for a, b in pairs),
        *(lambda a=a, b=b: paths(store, a, b, basis=BASIS) for a, b in pairs),
        *(lambda key=key: history_of(store, kind, key) for key in _NAMED),
        *(lambda text=text: search(store, text) for text in ("2", "200", "ncmec:20", "100")),
        lambda: near(store, _PDQ),
        lambda: (figures_of(store, everything=False), info_of(store).tip_total),
        lambda: arrivals_of(store, listed, basis=BASIS),
        lambda: list_judgements(store),
        lambda: judgements_of(store, _TIPS[0]),
        lambda: compare_versions(store, BASIS, BASIS),
        *(lambda name=name: _named(store, name) for name in QUERIES),
    ]


QUERIES = {
    "links.own": {"tips": list(_TIPS), "limit": 100},
    "links.shared": {"tips": list(_TIPS), "walk_limit": 20, "limit": 100},
    "links.snapshot": {},
    "links.two_hops": {"tip": _TIPS[0], "walk_limit": 20, "limit": 100},
    "tips.by_prefix": {"prefix": "ncmec:", "limit": 100},
    "tips.references": {"tip": _TIPS[0]},
    "meta.counts": {},
    "overlaps.bridges": {"tips": list(_TIPS), "bridge_limit": 20, "limit": 100},
    "identifiers.by_key": {"keys": list(_NAMED), "now_us": 1},
    "judgements.page": {"before_us": 1 << 60, "limit": 100},
}


def _named(store: Store, name: str) -> object:
    if name in COUNTS_ALL and not store.scope.everything:
        raise NotFoundError(COUNTS_ALL[name])
    query = CATALOGUE[name]
    return store.read(query, query.params.model_validate(QUERIES[name]))

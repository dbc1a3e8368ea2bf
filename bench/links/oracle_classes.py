"""What the oracle sees in a shared value and in a pair, as small classes that can be counted."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

import numpy as np

from bench.links.candidates import Shared
from bench.links.corpus import Corpus
from bench.links.postings import KINDS, NETWORK, NO_TIME, STANDINGS, TIMES, Ints, Postings
from graph.identifiers.core import IdentifierKind

_HOUR_US = 3_600_000_000
_DAY_US = 24 * _HOUR_US
_VALUE_GAPS = (_HOUR_US, _DAY_US, 3 * _DAY_US, 7 * _DAY_US, 30 * _DAY_US, 180 * _DAY_US)
_TIP_GAPS = (2 * _DAY_US, 10 * _DAY_US, 40 * _DAY_US, 150 * _DAY_US)
_BANDS = 20
_ADDRESSES = (KINDS.index(IdentifierKind.IP_ADDRESS), KINDS.index(NETWORK))
CONTEXTS = 3 * (len(_TIP_GAPS) + 2)


class Classes:
    """Classes of one corpus. The shared networks are the truth's, which no real site knows."""

    def __init__(self, corpus: Corpus) -> None:
        """Look at every value and every tip once."""
        self._postings = corpus.postings
        self._network = _networks(corpus)
        facts = [corpus.states[tip].facts for tip in corpus.tips]
        providers = {name: n for n, name in enumerate(sorted({f.provider or "" for f in facts}))}
        self._provider = np.array([providers[f.provider or ""] for f in facts], dtype=np.int64)
        seen = [f.incident_us if f.incident_us is not None else f.received_us for f in facts]
        self._seen = np.array([NO_TIME if us is None else us for us in seen], dtype=np.int64)
        account = self._postings.kind[self._postings.value] == KINDS.index(IdentifierKind.ACCOUNT)
        self._has_account = np.bincount(self._postings.tip[account], minlength=corpus.size).astype(
            bool
        )

    def coarse(self, shared: Shared) -> Ints:
        """Give each row's class by kind, holders, and for addresses the gap and the network."""
        postings = self._postings
        value = postings.value[shared.own_posting]
        band = np.ceil(np.log2(postings.holders[value])).astype(np.int64)
        is_address = np.isin(postings.kind[value], _ADDRESSES)
        gap = np.where(is_address, _value_gaps(postings, shared), 0)
        code = postings.kind[value] * _BANDS + np.minimum(band, _BANDS - 1)
        code = code * (len(_VALUE_GAPS) + 2) + gap
        return code * (int(self._network.max(initial=0)) + 1) + self._network[value]

    def fine(self, shared: Shared, coarse: Ints) -> Ints:
        """Give each row's class with ports and standings as well."""
        postings = self._postings
        own, other = postings.port[shared.own_posting], postings.port[shared.other_posting]
        port = np.where((own == 0) | (other == 0), 0, np.where(own == other, 1, 2))
        mine = postings.standing[shared.own_posting]
        theirs = postings.standing[shared.other_posting]
        low, high = np.minimum(mine, theirs), np.maximum(mine, theirs)
        return ((coarse * 3 + port) * len(STANDINGS) + low) * len(STANDINGS) + high

    def kind(self, shared: Shared) -> Ints:
        """Give each row's kind of value."""
        return self._postings.kind[self._postings.value[shared.own_posting]]

    def context(self, first: Ints, second: Ints) -> Ints:
        """Give each pair's class by providers, accounts and the time between the tips."""
        same = self._provider[first] == self._provider[second]
        accounts = self._has_account[first] & self._has_account[second]
        standing = np.where(~same, 0, np.where(accounts, 1, 2))
        gap = np.abs(self._seen[first] - self._seen[second])
        unknown = (self._seen[first] == NO_TIME) | (self._seen[second] == NO_TIME)
        step = np.where(unknown, len(_TIP_GAPS) + 1, np.searchsorted(_TIP_GAPS, gap))
        return standing * (len(_TIP_GAPS) + 2) + step


def _value_gaps(postings: Postings, shared: Shared) -> Ints:
    """Give the class of the least time between two uses of a value; the last one is unknown."""
    least = np.full(len(shared.query), np.iinfo(np.int64).max)
    for mine in range(TIMES):
        own = postings.times[shared.own_posting, mine]
        for theirs in range(TIMES):
            other = postings.times[shared.other_posting, theirs]
            known = (own != NO_TIME) & (other != NO_TIME)
            gap = np.abs(np.where(known, own - other, 0))
            least = np.where(known, np.minimum(least, gap), least)
    step = np.searchsorted(_VALUE_GAPS, least)
    return np.where(least == np.iinfo(np.int64).max, len(_VALUE_GAPS) + 1, step)


def _networks(corpus: Corpus) -> Ints:
    """Give by value the shared network that an address belongs to, counted from 1; else 0."""
    prefixes: Sequence[str] = () if corpus.truth is None else corpus.truth.shared_networks
    blocks = [ipaddress.ip_network(prefix) for prefix in prefixes]
    found = np.zeros(len(corpus.postings.names), dtype=np.int64)
    for value in np.flatnonzero(corpus.postings.kind == _ADDRESSES[0]).tolist():
        address = ipaddress.ip_address(corpus.postings.names[value])
        for number, block in enumerate(blocks, start=1):
            if address in block:
                found[value] = number
    return found

"""Small corpora whose answers can be worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.links.corpus import Corpus, corpus_of
from graph.fold import fold
from graph.statements import Assertion
from graph.tip_state import TipState, Version
from tests.deliveries import delivery


def state(number: str, assertions: Sequence[Assertion]) -> TipState:
    """Give the state of a tip with one delivery."""
    given = delivery(number, assertions)
    version = Version(
        key=number,
        part=given.part,
        document=given.document.sha256,
        issued_us=given.issued_us,
        statement=given.statement,
    )
    return fold([version])


def corpus(tips: Mapping[str, Sequence[Assertion]], people: Mapping[str, Sequence[str]]) -> Corpus:
    """Give a corpus of tips by report number."""
    states = {f"ncmec:{number}": state(number, said) for number, said in tips.items()}
    return corpus_of(states, people)

"""What is too much to be compared is said."""

from __future__ import annotations

from dataclasses import replace

from graph.scoring.pairs import weigh
from graph.scoring.sentences import sentence_of
from tests.graph.scoring.profiles import HOUR_US, NOON_US, address, basis, email, tip


def test_uses_beyond_those_compared_are_said() -> None:
    many = [address(at_us=NOON_US + n * HOUR_US, path=str(n)) for n in range(502)]
    weighed = weigh(tip(*many), tip(address(at_us=NOON_US)), basis())
    (item,) = weighed.evidence
    assert item.uncompared == 2
    assert "2 later uses were not compared" in sentence_of(item)


def test_persons_of_bundles_beyond_those_compared_are_said() -> None:
    said = [email(f"{n}@example.com", person=f"reported[{n}]") for n in range(2_001)]
    bundle = tip(*said, bundled=True)
    weighed = weigh(bundle, replace(bundle, tip="other"), basis())
    assert weighed.cut_off is not None
    assert "2001 pairs of persons" in weighed.cut_off
    assert weigh(bundle, tip(said[0]), basis()).cut_off is None

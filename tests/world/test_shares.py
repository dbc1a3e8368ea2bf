"""The knobs make the hard parts commoner or rarer, and nothing else of a tip goes missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world.documents import read_documents
from world.__main__ import main
from world.features import Feature
from world.generate import write_world
from world.shares import Shares
from world.truth import Truth

TIPS = 1_200


def _counts(truth: Truth) -> dict[str, int]:
    return {feature.name: feature.tips for feature in truth.features}


class Three:
    """A world as the table says, one with all shares doubled and one with all of them halved."""

    def __init__(self, root: Path) -> None:
        self.truths: list[Truth] = []
        self.identifiers: list[int] = []
        for factor in (0.5, 1.0, 2.0):
            shares = Shares(carrier_nat=factor, vpn=factor, viral=factor, missing=factor)
            self.truths.append(write_world(root / f"{factor}", seed=2, tips=TIPS, shares=shares))
            tips = read_documents(root / f"{factor}").tips.values()
            self.identifiers.append(sum(len(tip.stated) for tip in tips))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Three:
    """Give the three worlds, the one with halved shares first."""
    return Three(tmp_path_factory.mktemp("shares"))


@pytest.mark.parametrize(
    "feature",
    [
        Feature.CARRIER_NAT,
        Feature.MOBILE_ADDRESS,
        Feature.VPN_EXIT,
        Feature.VIRAL_FILE,
        Feature.NO_REPORTED_PERSON,
    ],
)
def test_half_and_twice_the_share(three: Three, feature: Feature) -> None:
    half, usual, twice = (_counts(truth)[feature.value] for truth in three.truths)
    assert 1.3 * half < usual < twice / 1.3


def test_missing_fields_leave_fewer_identifiers(three: Three) -> None:
    half, usual, twice = three.identifiers
    assert half > 1.05 * usual
    assert usual > 1.15 * twice


def test_the_truth_says_how_the_world_was_written(three: Three) -> None:
    written = [truth.shares.model_dump() for truth in three.truths]
    assert written == [
        dict.fromkeys(("carrier_nat", "vpn", "viral", "missing"), factor)
        for factor in (0.5, 1.0, 2.0)
    ]


@pytest.mark.parametrize("wrong", [-0.1, 4.5, float("nan")])
def test_multipliers_out_of_range_are_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="give a number from 0 to 4"):
        Shares(vpn=wrong)


def test_command_takes_the_knobs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "w"
    assert main([str(out), "--tips", "200", "--viral", "2", "--carrier-nat", "0.5"]) == 0
    assert Truth.read(out / "truth.json").shares.viral == 2.0
    assert Truth.read(out / "truth.json").shares.carrier_nat == 0.5
    assert main([str(tmp_path / "x"), "--tips", "200", "--vpn", "9"]) == 1
    assert "world: the share of vpn" in capsys.readouterr().err

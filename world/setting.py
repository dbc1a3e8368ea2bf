"""What all tips of one world have in common: seed, size, and the values that strangers share."""

from __future__ import annotations

from dataclasses import dataclass

from world.dice import Dice
from world.features import Form
from world.people import md5

EMPTY_FILE_MD5 = "d41d8cd98f00b204e9800998ecf8427e"
FIRST_NUMBER = 910_000_000
"""Report numbers start here and grow with time of receipt."""
NUMBER_STEP = 7
NOT_HELD_BELOW = FIRST_NUMBER - 1_000_000
"""Numbers under this one belong to tips that this world does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One world's constants."""

    seed: int
    tips: int
    forms: tuple[Form, ...]
    viral_md5: str
    avatar_md5: str
    series_md5: str
    circulating: tuple[str, ...]
    """MD5 of files that strangers pass around; the first ones most often."""
    victims: int
    complainants: int

    def form(self, wanted: Form | None) -> Form | None:
        """Give the wanted format if this world writes it, else None."""
        return wanted if wanted in self.forms else None


def setting(seed: int, *, tips: int, forms: tuple[Form, ...]) -> Setting:
    """Give the constants of the world with that seed and size."""
    dice = Dice(seed, "setting")
    return Setting(
        seed=seed,
        tips=tips,
        forms=forms,
        viral_md5=md5(dice),
        avatar_md5=md5(dice),
        series_md5=md5(dice),
        circulating=tuple(md5(dice) for _ in range(12 + tips // 50)),
        victims=6 + tips // 60,
        complainants=4 + tips // 300,
    )


def report_number(seed: int, rank: int) -> int:
    """Give the report number of the tip that was received as the `rank`-th one."""
    return FIRST_NUMBER + rank * NUMBER_STEP + (seed + rank * rank) % NUMBER_STEP

"""The online services of the world. Made up, except one that shows a change of name."""

from __future__ import annotations

from dataclasses import dataclass

from world.dice import Dice


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A reporting service and how its account ids look."""

    name: str
    service: str
    """`espService`, as it always states it."""
    domain: str
    id_style: str
    """`digits`, `hex` or `token`."""
    former_name: str | None = None
    renamed: int = 0
    """Second from which it reports under the present name."""
    free_text: bool = False
    """Puts identifiers into free text rather than into fields."""

    def name_at(self, when: int) -> str:
        """Give the name under which it reported at that second."""
        if self.former_name is not None and when < self.renamed:
            return self.former_name
        return self.name

    def user_id(self, dice: Dice) -> str:
        """Give a new account id in the provider's style."""
        if self.id_style == "digits":
            return dice.digits(16)
        if self.id_style == "hex":
            return dice.hexadecimal(32)
        return "u" + dice.hexadecimal(12).upper()


RENAMED = Provider(
    name="X Corp.",
    service="X",
    domain="social.example.com",
    id_style="digits",
    former_name="Twitter",
    renamed=1_690_156_800,  # 2023-07-24, when Twitter took the name X in public
)
CHAT = Provider(
    name="Chatterbox Example",
    service="Chatterbox",
    domain="chatterbox.example",
    id_style="digits",
)
PICTURES = Provider(
    name="Pixelpond Example", service="Pixelpond", domain="pixelpond.example", id_style="hex"
)
STORAGE = Provider(
    name="Lanternbox Example", service="Lanternbox", domain="lanternbox.example", id_style="token"
)
GAMES = Provider(
    name="Brindle Games Example",
    service="Brindle",
    domain="brindle-games.example",
    id_style="digits",
)
FORUM = Provider(
    name="Quillforum Example", service="Quillforum", domain="quillforum.example", id_style="digits"
)
PAYMENTS = Provider(
    name="Copperpay Example",
    service="Copperpay",
    domain="copperpay.example",
    id_style="token",
    free_text=True,
)

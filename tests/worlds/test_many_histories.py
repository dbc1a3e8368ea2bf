"""A thousand histories, with and without what is hidden: beside the other long tests."""

from __future__ import annotations

import pytest

from tests.stores import RunningStore
from tests.worlds.alike import alike, player_on

_PARTS = 5
"""Each on whichever worker is free; all of them draw histories of their own."""


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_what_is_hidden_changes_no_answer_in_a_thousand_histories(
    running_store: RunningStore, part: int
) -> None:
    alike(player_on(running_store), 1000 // _PARTS, part=part)

"""A thousand histories, with and without what is hidden: beside the other long tests."""

from __future__ import annotations

import pytest

from tests.stores import RunningStore
from tests.worlds.alike import alike, player_on


@pytest.mark.long
@pytest.mark.timeout(3300)
@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_what_is_hidden_changes_no_answer_in_a_thousand_histories(
    running_store: RunningStore,
) -> None:
    alike(player_on(running_store), 1000)

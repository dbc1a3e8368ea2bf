"""Broken hash lists: each is told why, and what is good in it is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import UnreadableDocumentError
from tests.ingest.corpora.broken_lists import BROKEN, Broken
from tests.ingest.corpora.lists import A, B, C, P, Q, S, T, read_list


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.name)
def test_each_defect_has_its_reason_and_takes_nothing_else_along(
    broken: Broken, tmp_path: Path
) -> None:
    if broken.keys is None:
        with pytest.raises(UnreadableDocumentError) as raised:
            read_list(tmp_path, broken.data, columns=broken.columns, categories=broken.categories)
        told = [str(raised.value)]
    else:
        found = read_list(
            tmp_path, broken.data, columns=broken.columns, categories=broken.categories
        )
        assert tuple(found.keys) == broken.keys
        told = found.told
    assert told, "lost without a word"
    assert all(broken.reason in one for one in told), told
    # A reason repeats no value of the list.
    assert not any(value in one for one in told for value in (A, B, C, P, Q, S, T))

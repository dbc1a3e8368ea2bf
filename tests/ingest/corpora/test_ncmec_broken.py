"""Broken NCMEC JSON and XML: the reason is given, and what cannot be read is kept raw."""

from __future__ import annotations

import pytest

from ingest.readers.documents import read_document
from ingest.records import TipRecord
from tests.ingest.corpora.broken_ncmec import BROKEN_JSON, BROKEN_XML, BrokenTip
from tests.ingest.readers.said import identifiers


@pytest.mark.parametrize("broken", [*BROKEN_JSON, *BROKEN_XML], ids=lambda one: one.name)
def test_each_defect_is_told_and_states_no_more(broken: BrokenTip) -> None:
    (item,) = read_document(broken.data, name="broken")
    tip = item.outcome
    if not isinstance(tip, TipRecord):
        assert broken.said is None, str(tip)
        assert broken.told in str(tip)
        return
    assert broken.said is not None
    reported = [one for one in identifiers(tip) if one.startswith("reported ")]
    assert tuple(reported) == broken.said
    kept = [one.value for one in tip.unknown]
    assert any(broken.told in value for value in kept), kept

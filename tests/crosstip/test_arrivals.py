"""What `ingest` says when the links of what came in cannot be computed: the tips are in."""

from __future__ import annotations

from collections import Counter

import pytest

from crosstip.commands import arrivals, intake
from crosstip.identity import Desk
from graph.deliveries import Outcome
from graph.opening import open_store
from graph.services.audit_reads import ReadLog
from graph.services.callers import whoever_is_there
from graph.services.recording import record
from ingest.summary import Summary
from tests.deliveries import delivery, email
from tests.stores import RunningStore


def test_the_summary_is_kept_when_links_cannot_be_computed(
    running_store: RunningStore, capsys: pytest.CaptureFixture[str]
) -> None:
    record(running_store.store, [delivery("1", [email("x@example.com")])], actor="test")
    summary = Summary(recorded=Counter({Outcome.NEW_TIP: 1}), tips={"ncmec:1": None})
    with open_store(running_store.settings) as opened:
        caller = whoever_is_there(opened.store, "test")
        assert caller is not None
        at = Desk(found=opened, caller=caller, reads=ReadLog(opened.store))
        found = arrivals.connect(at, summary)
        assert found is not None
        assert found.tips == 1
    # The store is closed: whatever is asked of it fails.
    assert arrivals.connect(at, summary) is None
    assert "the tips are in, their links were not computed" in capsys.readouterr().err
    intake.print_summary(summary, None, json=False)
    assert "new tip" in capsys.readouterr().out

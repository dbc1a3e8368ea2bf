"""Custody as columns: what hides is spelt out, broken receipts are counted and said."""

from __future__ import annotations

import pytest

from client.resources.custody import (
    CustodyDocument,
    CustodyEntry,
    CustodyHandoff,
    CustodyReceipt,
)
from dashboard.desk.custody_lists import (
    bundle_name,
    document_columns,
    entry_columns,
    faulty,
    handoff_columns,
    kinds_said,
)
from dashboard.desk.tip_numbers import tip_key

AT = "2026-11-23T10:00:00Z"


def entry(kind: str, *, actor: str = "lead.north") -> CustodyEntry:
    """Give an entry of the log."""
    return CustodyEntry(
        entry="e1",
        log="north",
        number=7,
        at=AT,
        actor=actor,
        kind=kind,
        action="tip.read",
        capacity="investigator",
        outcome="read",
        decision="allow",
        policies=("tips.read", "tips.team"),
        purpose=None,
        investigation=None,
        request=None,
    )


def receipt(number: int, *faults: str) -> CustodyReceipt:
    """Give a receipt, which holds where nothing is wrong with it."""
    return CustodyReceipt(
        number=number,
        step="offer",
        at=AT,
        body="{}",
        sha256="a" * 64,
        prior=None,
        disclosed_sha256=None,
        leaf="l1",
        holds=len(faults) == 0,
        faults=faults,
    )


def handoff(*receipts: CustodyReceipt) -> CustodyHandoff:
    """Give a hand-off with these receipts."""
    return CustodyHandoff(
        ref="h1",
        side="giver",
        stage="offered",
        kind="transfer",
        giver="north",
        receiver="south",
        level="pointer",
        purpose="cybertip",
        offered_at=AT,
        offered_by="boss.north",
        answered_at=None,
        answered_by=None,
        answered_why=None,
        receipts=receipts,
    )


def test_kinds_are_counted_the_most_frequent_first() -> None:
    rows = [entry("view"), entry("export"), entry("view"), entry("decision")]
    assert kinds_said(rows) == "2 view, 1 decision, 1 export"
    assert kinds_said([]) == ""


def test_what_hides_is_spelt_out() -> None:
    assert entry_columns([entry("view", actor="a\u202eb")])["Who"] == ["a\\u202eb"]
    document = CustodyDocument(
        sha256="b" * 64,
        stored_sha256=None,
        name="x\u202egnp.json",
        size=3,
        channel="upload",
        container_sha256=None,
        position=None,
        received_at=None,
        receipts=(AT, AT),
        held="in the vault",
        media=(),
    )
    columns = document_columns([document])
    assert columns["Document"] == ["x\\u202egnp.json"]
    assert columns["Received (UTC)"] == ["not known"]
    assert columns["Each receipt of the same bytes (UTC)"] == [f"{AT}; {AT}"]


def test_a_hand_off_has_a_line_for_each_receipt_and_says_which_does_not_hold() -> None:
    rows = [handoff(receipt(1), receipt(2, "Its text was changed.")), handoff(receipt(1))]
    columns = handoff_columns(rows)
    assert columns["Receipt No."] == [1, 2, 1]
    assert columns["The receipt holds"] == ["yes", "NO: Its text was changed.", "yes"]
    assert faulty(rows) == 1
    assert {len(cells) for cells in columns.values()} == {3}


def test_a_bundles_name_holds_no_path_and_says_what_is_made_up() -> None:
    assert bundle_name("ncmec:1", synthetic=True) == "SYNTHETIC-crosstip-custody-ncmec-1.zip"
    assert bundle_name("x:../a b", synthetic=False) == "crosstip-custody-x----a-b.zip"


@pytest.mark.parametrize(
    ("typed", "key"), [(" 198000001 ", "ncmec:198000001"), ("state:7", "state:7"), ("  ", "")]
)
def test_a_bare_number_is_one_of_ncmecs(typed: str, key: str) -> None:
    assert tip_key(typed) == key

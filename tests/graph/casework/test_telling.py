"""Who is told what: every cell of the table, written out."""

from __future__ import annotations

from itertools import product

import pytest

from graph.casework.telling import Interest, Told, telling_of
from graph.casework.vocabulary import ClaimRole, Visibility

V = Visibility
SUSPECT, PERSONA = ClaimRole.SUSPECT, ClaimRole.OFFICER_PERSONA
INTERESTS = {
    "check": Interest(visibility=V.POINTER),
    "tip": Interest(visibility=V.POINTER, has_team=False),
    "open": Interest(visibility=V.OPEN, role=SUSPECT),
    "pointer": Interest(visibility=V.POINTER, role=SUSPECT),
    "silent": Interest(visibility=V.SILENT, role=SUSPECT),
    "sealed": Interest(visibility=V.SEALED, role=SUSPECT),
    "persona": Interest(visibility=V.SILENT, role=PERSONA),
    "shown persona": Interest(visibility=V.POINTER, role=PERSONA),
    "sealed persona": Interest(visibility=V.SEALED, role=PERSONA),
}
OTHERS = (
    "check", "tip", "open", "pointer", "silent", "sealed", "persona", "shown persona",
    "sealed persona",
)  # fmt: skip
# Rows: mine. Columns: the other's, in the order above. `+`: supervisors at once as well.
TABLE = {
    "check":          "officer  officer  officer  officer  none  none  supervisor+  officer+  none",
    "tip":            "supervisor+  supervisor+  supervisor+  supervisor+  none  none  supervisor+  supervisor+  none",  # noqa: E501
    "open":           "officer  officer  officer  officer  none  none  supervisor+  officer+  none",
    "pointer":        "officer  officer  officer  officer  none  none  supervisor+  officer+  none",
    "silent":         "officer+  officer+  officer+  officer+  supervisor+  none  supervisor+  officer+  none",  # noqa: E501
    "sealed":         "supervisor+  supervisor+  supervisor+  supervisor+  supervisor+  supervisor+  supervisor+  supervisor+  supervisor+",  # noqa: E501
    "persona":        "officer+  officer+  officer+  officer+  supervisor+  none  supervisor+  officer+  none",  # noqa: E501
    "shown persona":  "officer+  officer+  officer+  officer+  none  none  supervisor+  officer+  none",  # noqa: E501
    "sealed persona": "supervisor+  supervisor+  supervisor+  supervisor+  supervisor+  supervisor+  supervisor+  supervisor+  supervisor+",  # noqa: E501
}  # fmt: skip


@pytest.mark.parametrize(("mine", "at"), [(m, n) for m in TABLE for n in range(len(OTHERS))])
def test_a_cell(mine: str, at: int) -> None:
    found = telling_of(INTERESTS[mine], INTERESTS[OTHERS[at]])
    said = f"{found.told}{'+' if found.supervisors_at_once else ''}"
    assert said == TABLE[mine].split()[at], OTHERS[at]


def test_no_meeting_reaches_nobody_and_what_is_hidden_stays_so() -> None:
    for mine, other in product(INTERESTS.values(), repeat=2):
        told = {telling_of(mine, other).told, telling_of(other, mine).told}
        assert told != {Told.NONE}
        if mine.visibility is V.SEALED and other.visibility is not V.SEALED:
            assert telling_of(other, mine).told is Told.NONE

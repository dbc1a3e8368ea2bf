"""What the table of permitted recipients (18 U.S.C. 2258A(g)) says of an offer, in words."""

from __future__ import annotations

from graph.casework.vocabulary import AgencyKind
from graph.routing.recipients import shipped_recipients


def permitted(kind: AgencyKind) -> str:
    """Say what the table says of a kind of agency, for its usual purpose.

    The table decides nothing and no line of it refuses: whoever offers reads it, gives a reason
    all the same, and both sides' receipts keep it.
    """
    table = shipped_recipients()
    line = table.permit(kind)
    return (
        f"18 U.S.C. 2258A(g), {line.paragraph}: {kind} for {line.purpose}: {line.answer}. "
        f"{line.says} ({line.status}; {table.version})"
    )

"""What an agency told NCMEC of a tip, taken away when the agency purges the tip."""

from __future__ import annotations

from collections.abc import Collection

from graph.casework.keys import part
from graph.queries.audit import KeysParams
from graph.queries.feedback import LAST
from graph.queries.purging_feedback import (
    DROP_LAST,
    DROP_LINE,
    TOLD_OF,
    LastParams,
    LineParams,
    ToldOfParams,
)
from graph.store import WriteUnit


def drop_feedback(unit: WriteUnit, tip: str, agencies: Collection[str]) -> None:
    """Delete every line in which agencies told of a tip.

    A feedback keeps its counts and the hashes of what was sent, and says how many lines it lacks:
    the file is another office's by now, and is made no more.
    """
    for agency in sorted(agencies):
        key = f"{part(agency)}|{tip}"
        last = unit.read(LAST, KeysParams(keys=[key]))
        feedback = last[0].feedback if len(last) > 0 else None
        while feedback is not None:
            said = ToldOfParams(feedback=feedback, tip=tip, end=f"{feedback}}}")
            lines = unit.read(TOLD_OF, said)
            for line in lines:
                unit.run(DROP_LINE, LineParams(key=line.key, feedback=feedback))
            feedback = lines[0].corrects if len(lines) > 0 else None
        unit.run(DROP_LAST, LastParams(key=key))

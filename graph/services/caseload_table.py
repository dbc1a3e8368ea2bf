"""The figures, each declared once: a new one is an entry of `FIGURES`, and nothing else.

From the table come the answers, their drill-downs, `docs/figures.md` and the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from graph.caseload.sharing import Sharing
from graph.queries import caseload as counts
from graph.queries import caseload_rows as rows
from graph.services import caseload_expiry as expiry
from graph.services import caseload_kept as kept
from graph.services import caseload_news as news
from graph.services import caseload_standing as now
from graph.services.caseload_figure import Figure
from graph.services.caseload_flow_table import OF_PERIODS


def _named(*figures: Figure) -> Mapping[str, Figure]:
    return MappingProxyType({figure.name: figure for figure in figures})


FIGURES: Mapping[str, Figure] = _named(
    kept.URGENT,
    kept.HELD,
    Figure(
        name="open",
        definition="Tips that your agency holds and has neither closed nor seen withdrawn.",
        unit="tips",
        leaves_out="Tips that it held once, and tips that nobody holds.",
        by=("state", "class"),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.open_cells,
        pick=now.open_pick,
    ),
    Figure(
        name="ageing",
        definition="Open tips by state and by how long your agency has held them; one that was "
        "given away and came back, since it came back.",
        unit="tips",
        leaves_out="Closed and withdrawn tips. Ages are whole days of 24 hours.",
        by=("state", "age"),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.ageing_cells,
        pick=now.ageing_pick,
    ),
    Figure(
        name="age",
        definition="How long open tips have been held, since they last came: the median and the "
        "90th percentile.",
        unit="seconds",
        leaves_out="Closed and withdrawn tips. By nearest rank; below a second nothing is told.",
        by=("share",),
        queries=(counts.OPEN_SINCE.name, counts.OPEN_WITHIN.name),
        rows=rows.BY_STATE.name,
        cells=now.age_cells,
        pick=now.age_pick,
        is_count=False,
        sharing=Sharing.COMPUTED,
    ),
    Figure(
        name="unassigned",
        definition="Open tips that are nobody's and have been held for more than 24 hours.",
        unit="tips",
        leaves_out="Referred tips: somebody else is to act on them.",
        by=("class",),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.unassigned_cells,
        pick=now.unassigned_pick,
        sharing=Sharing.SUM,
    ),
    Figure(
        name="unowned",
        definition="Open tips that nobody owns, however new they are; referred ones too.",
        unit="tips",
        leaves_out="Tips of somebody whose account ended: `workload` shows them under that name.",
        by=("state",),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.nobodys_cells,
        pick=now.nobodys_pick,
        sharing=Sharing.SUM,
    ),
    Figure(
        name="overdue",
        definition="New tips that nobody looked at within the time of their class.",
        unit="tips",
        leaves_out="Tips that somebody looked at, however late: the clock ends then.",
        by=("class",),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.overdue_cells,
        pick=now.overdue_pick,
        sharing=Sharing.SUM,
    ),
    Figure(
        name="due-soon",
        definition="New tips whose time to be looked at ends within the next 24 hours.",
        unit="tips",
        leaves_out="Those whose time has ended already: they are overdue.",
        by=("class",),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.soon_cells,
        pick=now.soon_pick,
        sharing=Sharing.SUM,
    ),
    Figure(
        name="waiting",
        definition="Tips that wait for somebody else: referred, or in need of more.",
        unit="tips",
        leaves_out="Whatever else is open. The age is the tip's, not that of its waiting.",
        by=("state", "age"),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.waiting_cells,
        pick=now.ageing_pick,
        sharing=Sharing.SUM,
    ),
    Figure(
        name="changed",
        definition="Tips whose report says more since they were last moved: closed and referred "
        "ones, and those that somebody works on.",
        unit="tips",
        leaves_out="New tips. What a version says no longer is none of it.",
        by=("state", "class"),
        queries=(counts.CHANGED.name,),
        rows=rows.BY_NEWS.name,
        cells=news.changed_cells,
        pick=news.changed_pick,
        sharing=Sharing.SUM,
    ),
    Figure(
        name="workload",
        definition="Open tips of each person by class, with the oldest and the longest unmoved.",
        unit="tips",
        leaves_out="What is nobody's. Listed by name and never ranked by what anybody closed.",
        by=("person", "class"),
        queries=(counts.OWNERS.name, "people.users_of"),
        rows=rows.BY_OWNER.name,
        cells=now.workload_cells,
        pick=now.workload_pick,
        sharing=Sharing.NEVER,
    ),
    Figure(
        name="unit-load",
        definition="Open tips of the people of each unit; of who is in two, in both.",
        unit="tips",
        leaves_out="What is nobody's, and people of no unit.",
        by=("unit",),
        queries=(counts.OWNERS.name, "people.users_of"),
        rows=None,
        cells=now.unit_cells,
        pick=None,
        sharing=Sharing.NEVER,
    ),
    *OF_PERIODS,
    expiry.PRESERVATION,
    kept.DUE_FOR_PURGE,
    Figure(
        name="conflicts",
        sharing=Sharing.NEVER,
        definition="Conflicts that are not resolved, by the other agency and their age.",
        unit="conflicts",
        leaves_out="What your side is not told of, or is sealed to another supervisor.",
        by=("agency", "age"),
        queries=(counts.PARTNERS.name,),
        rows=rows.PARTNER_ROWS.name,
        cells=now.conflict_cells,
        pick=now.conflict_pick,
    ),
)
"""By name, in the order in which they are shown."""

"""The relationship types. There are no tip-to-tip edges for links: links are computed."""

from __future__ import annotations

from graph.schema import casework_nodes as c
from graph.schema import conflict_nodes as k
from graph.schema import handoff_nodes as h
from graph.schema import nodes as n
from graph.schema import triage_nodes as q
from graph.schema import workspace_nodes as w
from graph.schema.core import Prop, PropType, RelType

S, N, B = PropType.STRING, PropType.INTEGER, PropType.BOOLEAN

_LIFE = (
    Prop("since", S, "Key of the first version that says it.", required=True),
    Prop("ended_us", N, "When the version that no longer says it was issued; null while live."),
    Prop("ended_by", S, "Key of that version."),
)

ASSERTS = RelType(
    type="ASSERTS",
    starts=(n.TIP,),
    ends=tuple(n.IDENTIFIERS.values()),
    doc="What a tip says about an identifier. Ended, never deleted.",
    props=(
        Prop("key", S, "Unique between this tip and this identifier.", required=True),
        Prop("role", S, "Role of the bearer, see `graph.roles`.", required=True),
        Prop("linking", B, "Whether it may link tips (role, file kind).", required=True),
        Prop("stated_as", S, "The value as received, safe to show."),
        Prop("event", S, "`login`, `upload` and so on, folded."),
        Prop("at_us", N, "The event's time, when it can be placed in UTC."),
        Prop("earliest_us", N, "Earliest instant that the stated time can mean."),
        Prop("latest_us", N, "Latest instant that the stated time can mean."),
        Prop("zone_stated", B, "Whether the time came with a zone."),
        Prop("time_raw", S, "The time as received."),
        Prop("time_note", S, "What is odd about the time."),
        Prop("port", N, "Source port; null when missing or a server's port."),
        Prop("verified", S, "yes, no or not stated."),
        Prop("possible_proxy", S, "yes, no or not stated."),
        Prop("contact_type", S, "Type of phone or e-mail as received."),
        Prop("account_type", S, "Type of associated account as received."),
        Prop("third_party", B, "The account belongs to another platform."),
        Prop("compromised", S, "Account said to be taken over: yes, no or not stated."),
        Prop("mined", B, "Found in free text, not stated in a field."),
        Prop("file_id", S, "The file that it belongs to."),
        Prop("person", S, "The person block that it belongs to."),
        Prop("path", S, "Where it stands in the document.", required=True),
        *_LIFE,
    ),
)

HAS_VERSION = RelType(
    type="HAS_VERSION", starts=(n.TIP,), ends=(n.TIP_VERSION,), doc="A tip's versions."
)
STATED_IN = RelType(
    type="STATED_IN", starts=(n.TIP_VERSION,), ends=(n.DOCUMENT,), doc="Where a version stands."
)
HAS_FILE = RelType(type="HAS_FILE", starts=(n.TIP,), ends=(n.FILE,), doc="A tip's files.")
FILED_BY = RelType(type="FILED_BY", starts=(n.TIP,), ends=(n.PROVIDER,), doc="Who reported it.")
REFERS_TO = RelType(
    type="REFERS_TO",
    starts=(n.TIP,),
    ends=(n.TIP,),
    doc="Another tip that the document names: prior or related, maybe one we do not hold.",
    props=(Prop("kind", S, "`prior` or `related`.", required=True), *_LIFE),
)
RUNS = RelType(type="RUNS", starts=(c.AGENCY,), ends=(c.INVESTIGATION,), doc="Whose it is.")
HOLDS = RelType(
    type="HOLDS", starts=(c.INVESTIGATION,), ends=(c.CLAIM,), doc="An investigation's claims."
)
CLAIMS = RelType(
    type="CLAIMS",
    starts=(c.CLAIM,),
    ends=tuple(n.IDENTIFIERS.values()),
    doc="The identifier that is claimed.",
)

JUDGES = RelType(
    type="JUDGES", starts=(n.JUDGEMENT,), ends=(n.TIP,), doc="The two tips that were judged."
)

DECIDES = RelType(
    type="DECIDES",
    starts=(n.STATE_DECISION,),
    ends=tuple(n.IDENTIFIERS.values()),
    doc="The identifier whose state was decided.",
)

HELD_BY = RelType(
    type="HELD_BY",
    starts=(n.TIP,),
    ends=(c.AGENCY,),
    doc="An agency that a tip belongs to.",
    props=(
        Prop("from_us", N, "Since when first.", required=True),
        Prop("until_us", N, "Until when; null while it does."),
        Prop("resumed_us", N, "When it last began again, having ended."),
    ),
)

MEETS_IN = RelType(
    type="MEETS_IN",
    starts=(c.INVESTIGATION,),
    ends=(k.CONFLICT,),
    doc="The conflicts of an investigation.",
)

HAS_REASON = RelType(
    type="HAS_REASON", starts=(k.CONFLICT,), ends=(k.REASON,), doc="A conflict's evidence."
)

HAS_MESSAGE = RelType(
    type="HAS_MESSAGE", starts=(k.CONFLICT,), ends=(k.MESSAGE,), doc="What its sides wrote."
)

STANDS = RelType(
    type="STANDS",
    starts=(n.TIP,),
    ends=(q.TRIAGE,),
    doc="Where a tip stands, at each agency that holds or held it.",
)
HAS_MOVE = RelType(
    type="HAS_MOVE", starts=(q.TRIAGE,), ends=(q.TRIAGE_MOVE,), doc="How it came to stand there."
)

HAS_RECEIPT = RelType(
    type="HAS_RECEIPT",
    starts=(h.HANDOFF,),
    ends=(h.HANDOFF_RECEIPT,),
    doc="What each side keeps of each step of a hand-off.",
)

DRAWS = RelType(
    type="DRAWS",
    starts=(w.WORKSPACE,),
    ends=(n.TIP, *n.IDENTIFIERS.values(), c.INVESTIGATION),
    doc="A record on a saved chart, and how it is drawn. It goes with the record.",
    props=(
        Prop("kind", S, "Label of the record.", required=True),
        Prop("number", N, "Its place in the order of the chart, from 0.", required=True),
        Prop("x", N, "Where it is drawn, tenths of a pixel.", required=True),
        Prop("y", N, "The same, downwards.", required=True),
        Prop("hidden", B, "Hidden by hand.", required=True),
        Prop("pinned", B, "Pinned.", required=True),
        Prop("expanded", B, "What is around it was drawn.", required=True),
        Prop("bundle", B, "Drawn as one bundle, with its count.", required=True),
        Prop("in_group", N, "Number of its group, from 0."),
    ),
)

RELS: tuple[RelType, ...] = (
    ASSERTS,
    HAS_VERSION,
    STATED_IN,
    HAS_FILE,
    FILED_BY,
    REFERS_TO,
    RUNS,
    HOLDS,
    CLAIMS,
    JUDGES,
    DECIDES,
    HELD_BY,
    MEETS_IN,
    HAS_REASON,
    HAS_MESSAGE,
    STANDS,
    HAS_MOVE,
    HAS_RECEIPT,
    DRAWS,
)

"""The node types of requests over HTTP: what was done once must not be done again."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N = PropType.STRING, PropType.INTEGER

ONCE = NodeType(
    label="Once",
    doc="That a request with a key of the asker's own was begun, done and answered. A day long.",
    key_doc="Digest of agency, user and the asker's own key: nobody else can meet it.",
    props=(
        Prop("holder", S, "Random; names the request that has it.", required=True),
        Prop("fingerprint", S, "Digest of method, address and body.", required=True),
        Prop("until_us", N, "Until when nobody takes it over while unanswered.", required=True),
        Prop("done_us", N, "When its change was committed, in that transaction; null before."),
        Prop("status", N, "Status of the answer; null while there is none."),
        Prop("answer", S, "The answer, to be given again."),
        Prop("etag", S, "Version that the answer named."),
        Prop("expires_us", N, "When it goes.", required=True, indexed=True),
    ),
)

REQUEST_NODES: tuple[NodeType, ...] = (ONCE,)
"""Beside `CHECK_NODES`."""

"""The inspector: what is selected, everything said of it, and how many are around it."""

from __future__ import annotations

import streamlit as st

from client.errors import ApiError
from dashboard import navigation, state
from dashboard.charting.desk import Desk, selectable
from dashboard.charting.filters import Sight
from dashboard.charting.model import Name
from dashboard.charting.reading import Reading
from dashboard.components import notices
from dashboard.components.passages import passage
from dashboard.theme import LOOKS
from dashboard.views.explore_bar import attempt
from dashboard.wording import bits, joined, one_line, visible

_CHOSEN = "explore-chosen"


def show(desk: Desk, sight: Sight) -> None:
    """Show what is selected, and a box to select without the chart."""
    _box(desk, sight)
    if len(desk.nodes) == 1:
        _node(desk, desk.nodes[0])
    elif len(desk.nodes) == 0 and len(desk.links) == 1:
        _link(desk)
    elif len(desk.nodes) > 1:
        st.text(f"{len(desk.nodes)} selected. Two tips: see why they are linked below.")
    else:
        st.text(
            "Nothing is selected. Click: what it is. Double click or Enter: expand. Two tips: why "
            "they are linked."
        )


def _box(desk: Desk, sight: Sight) -> None:
    nodes = [node for node in selectable(desk.chart) if node.name in sight.nodes]
    labels = {
        desk.ids.of_node(node.name): one_line(f"{node.kind} {node.label}", limit=60)
        for node in nodes
    }
    chosen = [desk.ids.of_node(name) for name in desk.nodes]
    st.session_state[_CHOSEN] = [given for given in chosen if given in labels]
    st.multiselect(
        "Selected",
        list(labels),
        format_func=lambda given: labels.get(given, ""),
        key=_CHOSEN,
        on_change=_choose,
        placeholder="Select by name",
    )


def _choose() -> None:
    desk = state.record(Desk)
    desk.select(desk.ids.names(st.session_state[_CHOSEN]))


def _node(desk: Desk, name: Name) -> None:
    node = desk.chart.nodes[name]
    st.subheader("What is selected")
    passage(f"{node.kind} {node.key}\n{node.detail}")
    try:
        reading = desk.read(state.connected(), name)
    except ApiError as error:
        notices.failure(error)
        return
    passage("\n".join(f"{title}: {said}" for title, said in _facts(reading)))
    if name[0] == "Tip" and st.button("Open this tip", key="explore-open"):
        _open(name[1])
    _around(desk, name, reading)
    if reading.tip is not None:
        _assertions(reading)
    for answer in reading.answers[:1]:
        notices.footing(answer)


def _facts(reading: Reading) -> list[tuple[str, str]]:
    return [(title, said) for title, said in reading.around.facts if said != ""]


def _open(tip: str) -> None:
    try:
        state.look_at(tip)
    except ApiError as error:
        notices.failure(error)
    else:
        navigation.go("tip")


def _around(desk: Desk, name: Name, reading: Reading) -> None:
    """Show how many of each kind are around it, and how many are on the chart already."""
    around = reading.around
    drawn = {
        kind: sum(x.node.kind == kind and x.node.name in desk.chart.nodes for x in around.near)
        for kind in around.totals
    }
    st.subheader("Around it")
    if around.refusal is not None:
        st.text(visible(around.refusal))
    if len(around.totals) == 0:
        st.text("Nothing that you may see.")
        return
    st.text(
        "\n".join(
            f"{one_line(kind, limit=30)}: {total}, {drawn[kind]} on the chart"
            for kind, total in around.totals.items()
        )
    )
    kinds = st.pills(
        "Expand these kinds (none chosen: all)",
        # Fixed names only: pills read Markdown.
        [kind for kind in around.totals if kind in LOOKS],
        selection_mode="multi",
        key="explore-kinds",
    )
    role = None
    if len(reading.roles) > 0 and around.refusal is not None:
        role = st.selectbox(
            "Only in the role",
            reading.roles,
            index=None,
            format_func=lambda text: one_line(text, limit=60),
            key="explore-role",
        )
    wanted = list(kinds or ()) or None
    st.button(
        "Expand",
        type="primary",
        key="explore-expand",
        on_click=attempt,
        args=(lambda desk, client: desk.expand(client, name, kinds=wanted, role=role),),
        disabled=around.refusal is not None and role is None,
    )


def _assertions(reading: Reading) -> None:
    tip = reading.tip
    if tip is None:
        return
    with st.expander(f"All {len(tip.assertions)} things it says, and where"):
        st.dataframe(
            {
                "Kind": [said.kind for said in tip.assertions],
                "Identifier": [visible(said.identifier) for said in tip.assertions],
                "Role": [said.role for said in tip.assertions],
                "At": [said.at or visible(said.time_raw) for said in tip.assertions],
                "Stated as": [visible(said.stated_as) for said in tip.assertions],
                "Verified": [visible(said.verified) for said in tip.assertions],
                "Where in the document": [visible(said.path) for said in tip.assertions],
                "Tips with it": [said.mention_count for said in tip.assertions],
            },
            hide_index=True,
            key="explore-assertions",
            alt="What the tip says",
        )
        documents = [version.document_name or version.document for version in tip.versions]
        st.text(f"Documents: {joined(documents)}")


def _link(desk: Desk) -> None:
    link = desk.chart.links[desk.links[0]]
    st.subheader("What is selected")
    ends = "\n".join(f"{visible(kind)} {visible(key)}" for kind, key in link.ends)
    st.text(f"{ends}\n{visible(link.label)}")
    st.text(f"Weight: {bits(link.weight)} bits" if link.is_evidence else "No evidence of a link.")
    st.text(f"Times: {joined(link.times)}" if len(link.times) > 0 else "It has no time.")

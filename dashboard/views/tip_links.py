"""What is connected to a tip: links with reasons, hubs as bundles, and the picture."""

from __future__ import annotations

import streamlit as st

from client.links import LinksAnswer, NeighbourhoodAnswer
from dashboard.components import notices
from dashboard.components.canvas import draw
from dashboard.components.export import as_html
from dashboard.components.tables import table
from dashboard.views.tip_lists import choose, open_tip
from dashboard.wording import bits, joined, urgency_word, visible


def show_links(answer: LinksAnswer) -> None:
    """Show the linked tips, and every reason with its weight and sentence."""
    st.header("Linked tips")
    links = answer.links
    table(
        {
            "Tip": [link.tip.key for link in links],
            "Urgency": [urgency_word(link.tip.urgency) for link in links],
            "Why urgent": [joined(link.tip.urgency_reasons) for link in links],
            "Grade": [link.grade for link in links],
            "Score (bits)": [bits(link.score) for link in links],
            "Reasons": [len(link.reasons) for link in links],
            "Shared": [
                "; ".join(f"{r.kind} {visible(r.identifier)}" for r in link.reasons if r.own_roles)
                for link in links
            ],
            "Chance": [link.chance for link in links],
            "Judged": [visible(link.judged) for link in links],
            "One names the other": [joined(link.refers) for link in links],
            "Provider": [visible(link.tip.provider_name) for link in links],
            "Received": [link.tip.received_at or "" for link in links],
        },
        name="links",
        answer=answer,
        empty="No other tip shares an identifier with this one that may link tips.",
    )
    if len(answer.apart) > 0:
        st.text(f"Judged not the same, not suggested: {', '.join(answer.apart)}")
    choose([link.tip.key for link in links], name="links")
    if len(links) > 0:
        _reasons(answer)
    _hubs(answer)
    notices.cut_offs(answer.cut_off)
    notices.footing(answer)


def _reasons(answer: LinksAnswer) -> None:
    st.subheader("Why")
    counted = answer.snapshot_at if answer.snapshot_at is not None else "not yet"
    st.caption(
        f"Weights version {answer.weights}; how common values are was counted {counted}. Negative "
        "weights speak against one person behind both tips."
    )
    pairs = [(link, reason) for link in answer.links for reason in link.reasons]
    table(
        {
            "Tip": [link.tip.key for link, _ in pairs],
            "Kind": [reason.kind for _, reason in pairs],
            "Identifier": [visible(reason.identifier) for _, reason in pairs],
            "What it is": [reason.relation for _, reason in pairs],
            "Weight (bits)": [bits(reason.weight) for _, reason in pairs],
            "Alone (bits)": [bits(reason.alone) for _, reason in pairs],
            "Made up of": [
                "; ".join(f"{part.name} {bits(part.weight)}" for part in reason.parts)
                for _, reason in pairs
            ],
            "How common": [reason.holders for _, reason in pairs],
            "Role here": [joined(reason.own_roles) for _, reason in pairs],
            "Role there": [joined(reason.other_roles) for _, reason in pairs],
            "Times here": [joined(reason.own_times) for _, reason in pairs],
            "Times there": [joined(reason.other_times) for _, reason in pairs],
            "Places here": [visible(joined(reason.own_places)) for _, reason in pairs],
            "Places there": [visible(joined(reason.other_places)) for _, reason in pairs],
            "In words": [visible(reason.sentence) for _, reason in pairs],
        },
        name="reasons",
        answer=answer,
        empty="The tips only name each other; they share no identifier.",
    )


def _hubs(answer: LinksAnswer) -> None:
    st.subheader("Shared by too many to be followed")
    table(
        {
            "Kind": [hub.kind for hub in answer.hubs],
            "Identifier": [visible(hub.identifier) for hub in answer.hubs],
            "Tips with it": [hub.mention_count for hub in answer.hubs],
            "State": [visible(hub.state) for hub in answer.hubs],
            "Why": [visible(hub.state_reason) for hub in answer.hubs],
        },
        name="hubs",
        answer=answer,
        empty="None of this tip's identifiers.",
    )


def show_picture(answer: NeighbourhoodAnswer) -> None:
    """Show the picture, what is selected in it, and the same as tables."""
    st.header("Neighbourhood")
    selection = draw(answer, key=f"picture-{answer.tip}")
    ids = {f"n{at}": node for at, node in enumerate(answer.nodes)}
    for chosen in selection.nodes:
        node = ids.get(chosen)
        if node is None:
            continue
        st.text(f"Selected: {node.kind} {visible(node.key)}\n{visible(node.detail)}")
        is_other_tip = node.kind == "Tip" and node.key != answer.tip
        if is_other_tip and st.button("Open this tip", key=f"open-selected-{chosen}"):
            open_tip(node.key)
    st.caption(
        "Letters: T tip, I investigation, # bundle, A account, E e-mail, P phone, IP address, F "
        "file hash, D device, U URL, S screen name. Dashed edges are no evidence of a link."
    )
    _twin(answer)
    marking = "SYNTHETIC-" if answer.synthetic else ""
    st.download_button(
        "Download picture",
        data=lambda: as_html(answer),
        file_name=f"{marking}crosstip-neighbourhood.html",
        mime="text/html",
        key="picture-file",
        on_click="ignore",
    )
    notices.cut_offs(answer.cut_off)
    notices.footing(answer)


def _twin(answer: NeighbourhoodAnswer) -> None:
    names = {node.id: f"{node.kind} {visible(node.key)}" for node in answer.nodes}
    table(
        {
            "Kind": [node.kind for node in answer.nodes],
            "What": [visible(node.key) for node in answer.nodes],
            "Detail": [visible(node.detail) for node in answer.nodes],
            "Urgency": [urgency_word(node.urgency) for node in answer.nodes],
        },
        name="picture-nodes",
        answer=answer,
        empty="Nothing is drawn.",
    )
    table(
        {
            "From": [names[edge.start] for edge in answer.edges],
            "To": [names[edge.end] for edge in answer.edges],
            "As": [visible(edge.label) for edge in answer.edges],
            "Weight (bits)": [bits(edge.weight) for edge in answer.edges],
        },
        name="picture-edges",
        answer=answer,
        empty="Nothing is connected.",
    )

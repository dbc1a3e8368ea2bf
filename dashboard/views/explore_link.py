"""Two tips: why they are linked, what speaks against it, chains between them, and a decision."""

from __future__ import annotations

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.links import ExplanationAnswer, LinkReason
from client.resources.judgements import Judge, Ruling
from dashboard import state
from dashboard.charting.desk import Desk
from dashboard.charting.waterfall import spec_of, waterfall, weighty
from dashboard.components import notices
from dashboard.components.tables import table
from dashboard.views.explore_bar import attempt
from dashboard.wording import bits, joined, one_line, visible

RULINGS: tuple[Ruling, ...] = ("same actor", "not the same", "unsure")


def show(desk: Desk) -> None:
    """Show why two tips are linked, when two are selected or a link between two is."""
    pair = desk.two_tips
    if pair is None:
        return
    st.header("Why linked")
    first, second = pair
    try:
        why = desk.explain(state.connected(), first, second)
    except ApiError as error:
        notices.failure(error)
        return
    _summary(why)
    _sides(why)
    _judgements(why)
    _decide(first, second)
    _chains(desk, first, second)
    notices.cut_offs(why.cut_off)
    notices.footing(why)


def _summary(why: ExplanationAnswer) -> None:
    st.text(f"{visible(why.own.key)} and {visible(why.other.key)}")
    st.text(f"{why.grade} link, {bits(why.score)} bits: {visible(why.caveat)}.")
    st.text(f"By chance: {visible(why.chance)}")
    cuts = why.cut_offs
    st.text(
        f"Weights version {visible(why.weights)}; strong from {bits(cuts.strong)}, moderate from "
        f"{bits(cuts.moderate)}, weak from {bits(cuts.weak)} bits."
    )
    counted = "not yet" if why.snapshot_at is None else f"as of {why.snapshot_at}"
    st.text(f"How common values are was counted: {counted}.")
    if len(why.refers) > 0:
        st.text(f"No independent second source: one {joined(why.refers)} the other.")
    st.vega_lite_chart(
        spec=spec_of(waterfall(why), (cuts.weak, cuts.moderate, cuts.strong)),
        width="stretch",
        key="explore-waterfall",
        alt=f"Waterfall of {len(weighty(why.reasons))} weights to {bits(why.score)} bits. The "
        "tables below say the same.",
    )


def _sides(why: ExplanationAnswer) -> None:
    st.subheader("For")
    _reasons(
        why,
        [reason for reason in why.reasons if reason.weight > 0],
        name="for",
        empty="Nothing speaks for one person behind both.",
    )
    st.subheader("Against")
    _reasons(
        why,
        [reason for reason in why.reasons if reason.weight < 0],
        name="against",
        empty="Nothing that is known speaks against it. Much is not known.",
    )
    rest = [reason for reason in why.reasons if reason.weight == 0]
    if len(rest) > 0:
        st.subheader("Shared, and no evidence")
        _reasons(why, rest, name="neither", empty="")


def _reasons(why: ExplanationAnswer, reasons: list[LinkReason], *, name: str, empty: str) -> None:
    table(
        {
            "In words": [visible(reason.sentence) for reason in reasons],
            "Weight (bits)": [bits(reason.weight) for reason in reasons],
            "Kind": [reason.kind for reason in reasons],
            "Identifier": [visible(reason.identifier) for reason in reasons],
            "How common": [reason.holders for reason in reasons],
            "Made up of": [
                "; ".join(f"{part.name} {bits(part.weight)}" for part in reason.parts)
                for reason in reasons
            ],
            "Role in the first": [joined(reason.own_roles) for reason in reasons],
            "Role in the second": [joined(reason.other_roles) for reason in reasons],
            "Times in the first": [joined(reason.own_times) for reason in reasons],
            "Times in the second": [joined(reason.other_times) for reason in reasons],
            "Source in the first": [joined(reason.own_places) for reason in reasons],
            "Source in the second": [joined(reason.other_places) for reason in reasons],
        },
        name=f"why-{name}",
        answer=why,
        empty=empty,
    )


def _judgements(why: ExplanationAnswer) -> None:
    st.subheader("Judgements")
    table(
        {
            "Verdict": [visible(line.verdict) for line in why.judgements],
            "Why": [visible(line.why) for line in why.judgements],
            "By": [visible(line.judged_by) for line in why.judgements],
            "At": [line.at for line in why.judgements],
            "Undoes": [visible(line.undoes) for line in why.judgements],
            "Score then (bits)": [
                None if line.score is None else bits(line.score) for line in why.judgements
            ],
        },
        name="why-judgements",
        answer=why,
        empty="Nobody has judged these two yet.",
    )


def _decide(first: str, second: str) -> None:
    with st.form("explore-judge", clear_on_submit=True):
        verdict = st.selectbox("Judge these two tips", RULINGS, index=None, key="explore-verdict")
        why = st.text_area(
            "Reason, which stays on record with your name", max_chars=2000, key="explore-why"
        )
        asked = st.form_submit_button("Record judgement", key="explore-record")
    if not asked:
        return
    if verdict is None or why is None or why.strip() == "":
        st.text("Choose a verdict and write the reason.")
        return
    wanted = Judge(first=first, second=second, verdict=verdict, why=why.strip())

    def decide(desk: Desk, client: CrosstipClient) -> None:
        client.make_judgement(wanted)
        desk.judged(client, first, second, verdict)

    attempt(decide)
    st.rerun()


def _chains(desk: Desk, first: str, second: str) -> None:
    st.subheader("Chains between the two")
    st.button(
        "Find chains",
        key="explore-chains",
        on_click=attempt,
        args=(lambda desk, client: desk.find_chains(client, first, second),),
    )
    found = desk.chains
    if found is None or {found.own.key, found.other.key} != {first, second}:
        return
    st.text(visible(found.summary))
    lines = [(at, step) for at, chain in enumerate(found.chains, start=1) for step in chain.steps]
    table(
        {
            "Chain": [at for at, _ in lines],
            "From": [visible(step.own) for _, step in lines],
            "To": [visible(step.other) for _, step in lines],
            "Grade": [step.grade for _, step in lines],
            "Score (bits)": [bits(step.score) for _, step in lines],
            "Reasons": [
                "; ".join(one_line(reason.sentence) for reason in step.reasons) for _, step in lines
            ],
        },
        name="why-chains",
        answer=found,
        empty="No chain within the bounds. That does not say that there is none.",
    )
    if len(found.chains) > 0:
        st.button(
            "Put the chains on the chart",
            key="explore-draw-chains",
            on_click=attempt,
            args=(lambda desk, _: desk.draw_chains(found),),
        )
    notices.cut_offs(found.cut_off)
    notices.footing(found)

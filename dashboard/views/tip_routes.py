"""Who may hold a tip: proposals with reasons and confidence, and the decision of whoever routes."""

from __future__ import annotations

from typing import Final, Protocol, get_args

import streamlit as st

from client.errors import ApiError
from client.resources.routing import DecideRoute, Purpose, RouteProposal, RoutesAnswer
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.tables import table
from dashboard.wording import joined, one_line, visible

_PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)


class Sides(Protocol):
    """What keeps the proposals that were read."""

    routes: RoutesAnswer | None

    def turn_to(self, tip: str) -> None:
        """Forget what was read."""


def show_routes(sides: Sides, tip: str) -> None:
    """Show who may hold a tip."""
    if sides.routes is None:
        try:
            sides.routes = state.connected().tip_routes(tip)
        except ApiError as error:
            notices.failure(error)
            return
    answer = sides.routes
    st.text(visible(answer.outcome))
    if answer.holders is not None:
        st.text(f"Held by: {joined(answer.holders) or 'nobody'}")
    _proposals(answer)
    _reasons(answer)
    for line in answer.helps:
        st.text(f"It would help: {visible(line)}")
    _left_out(answer)
    who = state.session().who
    if who is None or "operator" in who.roles:
        _decision(sides, answer)
    else:
        st.text("Whoever runs the installation routes tips. To another agency you make a hand-off.")
    st.caption(answer.caveat)
    notices.cut_offs(answer.cut_off)
    notices.footing(answer)


def _proposals(answer: RoutesAnswer) -> None:
    rows = answer.proposals
    table(
        {
            "Agency": [f"{visible(row.name)} ({visible(row.agency)})" for row in rows],
            "Confidence": [row.confidence for row in rows],
            "Reasons": [_in_words(row) for row in rows],
            "Against": [joined(row.against) for row in rows],
            "Holds it": [_held(row) for row in rows],
            "Call": [visible(row.contact) for row in rows],
            "Permitted recipient, for counsel to confirm": [_permit(row) for row in rows],
            "What kind": [row.kind for row in rows],
        },
        name="routes",
        answer=answer,
        empty="Nothing of it points to an agency that is entered here. That is a normal answer.",
    )


def _in_words(row: RouteProposal) -> str:
    return joined(f"{one.source}: {one.points_to} ({one.confidence})" for one in row.reasons)


def _permit(row: RouteProposal) -> str:
    mark = "WARNING " if row.permit.is_warning else ""
    said = f"{row.permit.paragraph} {row.permit.purpose}: {row.permit.answer}. {row.permit.says}"
    return f"{mark}{visible(said)} ({visible(row.permit.status)})"


def _held(row: RouteProposal) -> str:
    return "" if row.holds is None else "yes" if row.holds else "no"


def _reasons(answer: RoutesAnswer) -> None:
    rows = [(row, one) for row in answer.proposals for one in row.reasons]
    with st.expander("Every statement that leads to an agency"):
        table(
            {
                "Agency": [visible(row.agency) for row, _ in rows],
                "Source": [one.source for _, one in rows],
                "Points to": [visible(one.points_to) for _, one in rows],
                "Confidence": [one.confidence for _, one in rows],
                "Time (UTC)": [one.at or "" for _, one in rows],
                "Whose": [visible(one.person) for _, one in rows],
                "Place": [visible(one.path) for _, one in rows],
                "Notes": [joined(one.notes) for _, one in rows],
            },
            name="route-reasons",
            answer=answer,
            empty="There is none.",
        )


def _left_out(answer: RoutesAnswer) -> None:
    rows = answer.left_out
    if len(rows) == 0:
        return
    with st.expander("What was not used, and why"):
        table(
            {
                "Source": [row.source for row in rows],
                "Place": [visible(row.path) for row in rows],
                "Why not": [visible(row.why) for row in rows],
            },
            name="route-left-out",
            answer=answer,
            empty="",
        )


def _decision(sides: Sides, answer: RoutesAnswer) -> None:
    st.subheader("Decide")
    names = {row.agency: row for row in answer.proposals}
    with st.form(f"route-{answer.tip}-{answer.seen}"):
        agency = _agency(names)
        leaving = st.selectbox(
            "End the access of (a move)", [None, *(answer.holders or ())], format_func=_or_nobody
        )
        purpose = st.selectbox("Purpose", [None, *_PURPOSES], format_func=_or_usual)
        why = st.text_area(
            "Reason (needed for a move, and where no proposal names the agency)",
            max_chars=2000,
            height=80,
        )
        spite = st.text_area(
            "Why in spite of a warning of the table of permitted recipients",
            max_chars=2000,
            height=80,
        )
        if not st.form_submit_button("Decide", key="route-do", type="primary"):
            return
    if agency == "":
        st.error("Still needed: the agency that is to hold it.")
        return
    wanted = DecideRoute(
        agency=agency,
        from_agency=leaving,
        why=why.strip() or None,
        purpose=purpose,
        acknowledged=spite.strip() or None,
        seen=answer.seen,
    )
    client = state.connected()

    def work(key: str) -> str:
        done = client.decide_route(answer.tip, wanted, key=key)
        return f"{done.agency} holds {done.tip} now. Receipt {done.ref}."

    if attempt(f"route {answer.tip} {wanted.model_dump_json()}", work):
        sides.turn_to(answer.tip)
        st.rerun()


def _agency(names: dict[str, RouteProposal]) -> str:
    proposed = st.selectbox(
        "Proposed agency",
        list(names),
        index=None,
        format_func=lambda key: one_line(f"{names[key].name} ({key}): {names[key].confidence}"),
    )
    other = st.text_input("Or the key of another agency", max_chars=200)
    return other.strip() or proposed or ""


def _or_nobody(key: str | None) -> str:
    return "nobody's: it is given" if key is None else one_line(key)


def _or_usual(purpose: str | None) -> str:
    return "the usual one of that kind of agency" if purpose is None else purpose

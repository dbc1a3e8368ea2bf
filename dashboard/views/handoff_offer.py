"""The form with which a tip is offered to another agency; it says first what will be shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import streamlit as st

from client.errors import ApiError
from client.resources.agencies import Agency
from client.resources.handoffs import Kind, Level, OfferTip
from dashboard import handing, state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.desk.agency_choice import agencies_here, agency_line
from dashboard.views.handoff_given import HandoffView

_PURPOSES: Final = (
    "cybertip",
    "victim identification",
    "imminent danger",
    "prosecution",
    "conflict resolution",
    "review",
)
_OFFICE: Final = "prosecutor"
_KINDS: Final[tuple[Kind, ...]] = ("transfer", "joint")
_LEVELS: Final[tuple[Level, ...]] = ("pointer", "subjects")


def show_offer_form() -> None:
    """Show the form to whoever may offer."""
    who, view = state.session().who, state.record(HandoffView)
    if who is not None and handing.GIVERS.isdisjoint(who.roles):
        return
    st.header("Offer a tip to another agency")
    if view.tip == "" and not st.checkbox("Write an offer", key="offer-write"):
        return
    agencies = _agencies(view)
    if len(agencies) == 0:
        st.text("No other agency is entered here. Whoever runs Crosstip enters agencies.")
        return
    _form(view, agencies)


def _agencies(view: HandoffView) -> dict[str, Agency]:
    """Give the other agencies that are here, by key; read once."""
    who = state.session().who
    if len(view.agencies) == 0:
        try:
            view.agencies = agencies_here(state.connected())
        except ApiError as error:
            notices.failure(error)
    own = None if who is None else who.agency
    return {one.key: one for one in view.agencies if one.key != own}


def _form(view: HandoffView, agencies: dict[str, Agency]) -> None:
    to = st.selectbox(
        "To whom",
        list(agencies),
        index=None,
        format_func=lambda key: agency_line(agencies[key]),
        key="offer-to",
    )
    is_office = to is not None and agencies[to].kind == _OFFICE
    kinds: tuple[Kind, ...] = ("prosecution",) if is_office else _KINDS
    kind = st.radio("Kind", kinds, horizontal=True, key=f"offer-kind-{is_office}")
    level = st.radio("What it shows", _LEVELS, horizontal=True, key="offer-level")
    st.text(f"{kind}: {handing.KINDS[kind]}")
    st.text(f"Before it is accepted the other agency sees: {handing.shown_by(level)}.")
    if level == "subjects":
        st.warning("Identifiers leave your agency with the offer, whether it is accepted or not.")
    with st.form("offer-form"):
        offer = _fields(view, to or "", kind, level)
        if not st.form_submit_button("Offer", key="offer-do", type="primary"):
            return
    if offer.to == "" or offer.tip == "" or offer.why == "":
        st.error("Still needed: to whom, the tip's number, and a reason.")
        return
    _offer(view, offer)


def _fields(view: HandoffView, to: str, kind: Kind, level: Level) -> OfferTip:
    """Show the fields of an offer and give it as it is filled in."""
    tip = st.text_input("Tip number", value=view.tip, max_chars=200).strip()
    why = st.text_area("Reason", max_chars=2000, height=80)
    purpose = st.selectbox("Purpose", _PURPOSES)
    contact = st.text_input("Whom to call (empty: your agency's contact)", max_chars=200)
    place = st.text_input("General place, such as a state", max_chars=200)
    investigation = st.text_input("Reference of your investigation, if any", max_chars=200)
    due = st.date_input("Last day (UTC) for an answer; empty: as its class has it", value=None)
    scope, until = "", None
    if kind == "prosecution":
        scope = st.text_area("Scope: what it is handed over for", max_chars=2000, height=80)
        until = st.date_input("Last day (UTC) on which the office holds it", value=None)
    return OfferTip(
        tip=tip if ":" in tip or tip == "" else f"ncmec:{tip}",
        to=to,
        kind=kind,
        why=why.strip(),
        level=level,
        purpose=purpose,
        contact=contact.strip() or None,
        place=place.strip() or None,
        due_at=end_of(due),
        scope=scope.strip() or None,
        until_at=end_of(until),
        investigation=investigation.strip() or None,
    )


def end_of(day: date | None) -> datetime | None:
    """Give when a day is over in UTC; None for none."""
    if day is None:
        return None
    return datetime.combine(day, time(), tzinfo=UTC) + timedelta(days=1)


def _offer(view: HandoffView, wanted: OfferTip) -> None:
    client = state.connected()

    def work(key: str) -> str:
        done = client.offer_tip(wanted, key=key)
        view.choose(done.ref)
        return (
            f"{done.tip} is offered to {done.receiver}. What it sees, and your receipt, are below."
        )

    if attempt(f"offer {wanted.model_dump_json()}", work):
        view.tip, view.direction, view.pages = "", "given", ("",)
        st.rerun()

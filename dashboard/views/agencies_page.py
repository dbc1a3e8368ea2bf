"""The page Agencies: who there is, whom to call, their units, and the own agency's agreements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.agencies import AddAgency, AddUnit, Agency, AgencyKind, ChangeAgency
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row, table
from dashboard.desk.agency_lists import (
    ADDS_UNITS,
    ENTERS,
    agency_columns,
    agreement_columns,
    may_change,
    unit_columns,
)
from dashboard.desk.desk_steps import is_one_of
from dashboard.wording import visible

KINDS: Final[tuple[AgencyKind, ...]] = get_args(AgencyKind)


@dataclass(slots=True)
class AgenciesDesk:
    """Which page of the list is shown."""

    pages: tuple[str, ...] = ("",)


def render() -> None:
    """Show the page."""
    client = state.connected()
    notices.page_head("Agencies", synthetic=state.session().synthetic)
    doing.say_what_was_done()
    st.text(
        "Agencies that may hold tips. What came with the list of task forces is not verified until "
        "somebody confirms it: call a number that you know."
    )
    desk = state.record(AgenciesDesk)
    try:
        page = client.agencies(after=desk.pages[-1], limit=100)
    except ApiError as error:
        desk.pages = ("",)
        notices.failure(error)
        return
    chosen = chosen_row(
        agency_columns(page.items),
        name="agencies",
        answer=page,
        empty="No agency is entered.",
        by="Agency",
        label="Choose an agency",
    )
    _turn(desk, page.next_after)
    notices.footing(page)
    if chosen is not None:
        _one(client, page.items[chosen].key)
    _agreements(client)
    who = state.session().who
    if is_one_of(who, ENTERS):
        _enter(client)
    if who is not None and is_one_of(who, ADDS_UNITS):
        _add_unit(client)


def _turn(desk: AgenciesDesk, next_after: str | None) -> None:
    if len(desk.pages) == 1 and next_after is None:
        return
    back, onward = st.columns(2)
    if back.button("Page before", key="agencies-before", disabled=len(desk.pages) == 1):
        desk.pages = desk.pages[:-1]
        st.rerun()
    if onward.button("Next page", key="agencies-next", disabled=next_after is None):
        desk.pages = (*desk.pages, next_after or "")
        st.rerun()


def _one(client: CrosstipClient, key: str) -> None:
    try:
        card = client.agency(key)
        page = client.agencies(limit=1)
    except ApiError as error:
        notices.failure(error)
        return
    found = card.agency
    doing.show_version(found.key, found.version or 0)
    st.header(visible(found.name))
    table(unit_columns(card.units), name="units", answer=page, empty="It has no unit.")
    who = state.session().who
    if who is not None and may_change(who.roles, who.agency, found.key):
        _change(client, found)


def _change(client: CrosstipClient, found: Agency) -> None:
    with st.form("agency-form"):
        name = st.text_input(
            "Name", value=visible(found.name), max_chars=200, key=f"agency-name-{found.key}"
        )
        contact = st.text_input(
            "Whom to call",
            value=visible(found.contact),
            max_chars=500,
            key=f"agency-contact-{found.key}",
        )
        zone = st.text_input(
            "Time zone (America/Denver)",
            value=visible(found.zone),
            max_chars=64,
            key=f"agency-zone-{found.key}",
        )
        asked = st.form_submit_button("Change its entry", key="agency-change")
    if not asked:
        return
    wanted = ChangeAgency(
        name=_other(name, found.name),
        contact=_other(contact, found.contact),
        zone=_other(zone, found.zone),
    )
    doing.attempt(
        f"change agency {found.key} {found.version} {wanted.model_dump_json()}",
        lambda _: client.update_agency(found.key, wanted, version=found.version or 0),
        done=f"{found.key} is changed.",
    )


def _other(text: str | None, before: str | None) -> str | None:
    """Give what was typed where it is something else than stands there; nothing clears nothing."""
    said = (text or "").strip()
    return None if said in ("", visible(before)) else said


def _agreements(client: CrosstipClient) -> None:
    who = state.session().who
    if who is None or who.agency is None:
        return
    st.header("Agreements of your agency")
    try:
        answer = client.agreements()
    except ApiError as error:
        notices.failure(error)
        return
    table(
        agreement_columns(answer.items),
        name="agreements",
        answer=answer,
        empty="None is entered.",
    )


def _enter(client: CrosstipClient) -> None:
    st.header("A new agency")
    with st.form("agency-add-form"):
        key = st.text_input("Its short name (harrow)", max_chars=200, key="agency-add-key")
        name = st.text_input("Name", max_chars=200, key="agency-add-name")
        kind = st.selectbox("Kind", KINDS, key="agency-add-kind")
        place = st.text_input("State (OR)", max_chars=2, key="agency-add-state")
        contact = st.text_input("Whom to call", max_chars=500, key="agency-add-contact")
        asked = st.form_submit_button("Enter it", key="agency-add")
    if not asked:
        return
    if (key or "").strip() == "" or (name or "").strip() == "":
        st.error("A short name and a name at least.")
        return
    wanted = AddAgency(
        key=(key or "").strip(),
        name=(name or "").strip(),
        kind=kind,
        state=(place or "").strip() or None,
        contact=(contact or "").strip() or None,
    )
    doing.attempt(
        f"add agency {wanted.model_dump_json()}",
        lambda once: client.add_one_agency(wanted, key=once),
        done=f"{wanted.key} is entered.",
    )


def _add_unit(client: CrosstipClient) -> None:
    st.header("A new unit of your agency")
    with st.form("unit-form"):
        name = st.text_input("Name of the unit", max_chars=200, key="unit-name")
        contact = st.text_input("Whom to call in it", max_chars=500, key="unit-contact")
        asked = st.form_submit_button("Enter the unit", key="unit-add")
    if not asked:
        return
    if (name or "").strip() == "":
        st.error("A unit has a name.")
        return
    wanted = AddUnit(name=(name or "").strip(), contact=(contact or "").strip() or None)
    doing.attempt(
        f"add unit {wanted.model_dump_json()}",
        lambda once: client.add_one_unit(wanted, key=once),
        done=f"{wanted.name} is entered.",
    )

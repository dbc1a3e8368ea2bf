"""One investigation of the own agency: its claims, how they are reviewed, how it is closed."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.claims import Claim, ClaimPage, ShowClaim, ValidateClaim
from client.resources.investigations import CountedCaseAnswer, Reason
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row
from dashboard.desk.cases import is_of_team
from dashboard.desk.claim_lists import VISIBILITIES, claim_columns
from dashboard.views import claim_changing
from dashboard.views.claim_adding import show_adding
from dashboard.wording import visible

_LONGEST = 2000
_PAGE = 50


@dataclass(slots=True)
class ClaimPages:
    """Which page of an investigation's claims is shown."""

    case: str = ""
    pages: tuple[str, ...] = ("",)


def show(client: CrosstipClient, reference: str) -> None:
    """Show an investigation with its claims and forms."""
    turning = state.record(ClaimPages)
    if turning.case != reference:
        turning.case, turning.pages = reference, ("",)
    try:
        case = client.investigation(reference)
        page = client.claims(reference, after=turning.pages[-1], limit=_PAGE)
    except ApiError as error:
        notices.failure(error)
        return
    _facts(case)
    claim_changing.show_purged()
    st.subheader("Claims")
    chosen = chosen_row(
        claim_columns(page.items, as_of=page.as_of),
        name="claims",
        answer=page,
        empty="Nothing is claimed yet, as far as you may see. Without a claim nobody meets you.",
        by="Identifier",
        label="Choose a claim",
    )
    _turn(turning, page)
    if chosen is not None:
        _claim(client, page.items[chosen], page)
    elif case.version is not None:
        doing.show_version(f"case {case.key}", case.version)
    who = state.session().who
    is_open = case.status == "open"
    if is_open:
        show_adding(client, reference)
    if chosen is None and (who is None or is_of_team(case, who.user) or "supervisor" in who.roles):
        _closing(client, case)
    notices.footing(page)


def _facts(case: CountedCaseAnswer) -> None:
    st.header("The investigation")
    said = (
        ("Reference", visible(case.reference)),
        ("Title", visible(case.title)),
        ("Status", visible(case.status)),
        ("Purpose", visible(case.purpose)),
        ("Lead", visible(case.lead)),
        ("Contact", visible(case.contact)),
        ("Opened", case.opened_at or ""),
        ("Closed", case.closed_at or ""),
        ("Closed because", visible(case.closed_why)),
        ("Claims that you may see", str(case.claim_total)),
    )
    for label, text in said:
        if text != "":
            st.text(f"{label}: {text}")


def _turn(turning: ClaimPages, page: ClaimPage) -> None:
    if len(turning.pages) == 1 and page.next_after is None:
        return
    back, onward = st.columns(2)
    if back.button("Page before", key="claims-before", disabled=len(turning.pages) == 1):
        turning.pages = turning.pages[:-1]
        st.rerun()
    if onward.button("Next page", key="claims-next", disabled=page.next_after is None):
        turning.pages = (*turning.pages, page.next_after or "")
        st.rerun()


def _claim(client: CrosstipClient, claim: Claim, page: ClaimPage) -> None:
    version = claim.version or 0
    doing.show_version(claim.ref, version)
    claim_changing.show_changes(claim, page)
    with st.form("validate-form"):
        st.text("Validate: current activity is still suspected. The review date moves.")
        looked = st.text_area("What was looked at", max_chars=_LONGEST, key="validate-what")
        asked = st.form_submit_button("Validate", key="validate-button")
    if asked and (looked is None or looked.strip() == ""):
        st.error("Say what was looked at: a validation without it is none.")
    elif asked and looked is not None:
        wanted = ValidateClaim(looked_at=looked.strip())
        doing.attempt(
            f"validate {claim.ref} {version} {wanted.looked_at}",
            lambda key: client.validate(claim.ref, wanted, version=version, key=key),
            done="Validated: the review date has moved.",
        )
    _visibility(client, claim, version)
    claim_changing.show_editing(client, claim)
    claim_changing.show_purging(client, claim)


def _visibility(client: CrosstipClient, claim: Claim, version: int) -> None:
    names = list(VISIBILITIES)
    with st.form("visibility-form"):
        chosen = st.selectbox(
            "What others may learn",
            names,
            index=names.index(claim.visibility) if claim.visibility in names else None,
            format_func=lambda name: VISIBILITIES[name],
            key=f"visibility-{claim.ref}",
        )
        until = st.date_input("Silent until", value=None, key=f"silent-until-{claim.ref}")
        sealed = st.text_input("Sealed to supervisor", max_chars=64, key=f"sealed-{claim.ref}")
        asked = st.form_submit_button("Show so", key="visibility-button")
    if not asked or chosen is None:
        return
    said: dict[str, object] = {"visibility": chosen}
    if chosen == "silent" and until is not None:
        said["silent_until_at"] = f"{until.isoformat()}T00:00:00Z"
    if chosen == "sealed" and sealed is not None and sealed.strip() != "":
        said["sealed_to"] = sealed.strip()
    wanted = ShowClaim.model_validate(said)
    doing.attempt(
        f"show {claim.ref} {version} {wanted.model_dump_json()}",
        lambda _: client.show_claim_to_others(claim.ref, wanted, version=version),
        done="What others may learn is set.",
    )


def _closing(client: CrosstipClient, case: CountedCaseAnswer) -> None:
    is_open, version = case.status == "open", case.version or 0
    with st.form("closing-form"):
        why = st.text_area(
            "Why it is closed" if is_open else "Why it is opened again",
            max_chars=_LONGEST,
            key="closing-why",
        )
        asked = st.form_submit_button(
            "Close the investigation" if is_open else "Open it again", key="closing-button"
        )
    if not asked:
        return
    if why is None or why.strip() == "":
        st.error("Say why.")
        return
    wanted = Reason(why=why.strip())
    change = client.close_investigation if is_open else client.reopen_investigation
    doing.attempt(
        f"{'close' if is_open else 'reopen'} {case.key} {version} {wanted.why}",
        lambda key: change(case.reference, wanted, version=version, key=key),
        done="Closed: its claims stay as pointers until they lapse."
        if is_open
        else "The investigation is open again.",
    )

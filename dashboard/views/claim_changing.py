"""A claim corrected or taken out: from the version that was looked at, with what others changed."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.answers import Answer
from client.client import CrosstipClient
from client.resources.claims import Claim, ClaimPurged
from client.resources.investigations import Reason
from dashboard import state
from dashboard.components import doing
from dashboard.components.tables import table
from dashboard.desk.claim_edits import FIELDS, changed_by, differences, edit_of
from dashboard.desk.claim_lists import CONTENTS, HANDLINGS, RELIABILITIES, ROLES
from dashboard.wording import visible

_LONGEST = 2000
_CHOICES = {
    "role": ROLES,
    "reliability": RELIABILITIES,
    "content": CONTENTS,
    "handling": HANDLINGS,
}
_KEEP = (
    "It was taken out. With this commitment and salt it can be proved later what was taken out. "
    "They are shown this once: keep them with the case's papers."
)


@dataclass(slots=True)
class Changing:
    """The claim as it was drawn last, and what was taken out last."""

    shown: Claim | None = None
    purged: ClaimPurged | None = None


def show_changes(claim: Claim, answer: Answer) -> None:
    """Say what of a claim is another than when it was shown, if somebody changed it meanwhile."""
    kept = state.record(Changing)
    before, kept.shown = kept.shown, claim
    if before is None or before.ref != claim.ref or before.version == claim.version:
        return
    if not state.record(doing.Doing).is_stale:
        return
    typed = {name: st.session_state.get(_key(name, before)) for name in FIELDS}
    st.text(changed_by(claim))
    table(
        differences(before, claim, {n: t for n, t in typed.items() if isinstance(t, str)}),
        name="meanwhile",
        answer=answer,
        empty="Nothing that is shown here is another one.",
    )


def show_editing(client: CrosstipClient, claim: Claim) -> None:
    """Show the form that corrects what a claim states."""
    version = claim.version or 0
    with st.form("edit-form"):
        st.text("Correct what it states. That is no validation, and moves no review date.")
        said = {name: _field(name, claim) for name in FIELDS}
        asked = st.form_submit_button(
            "Correct", key="edit-button", help="What is left empty stays as it is."
        )
    if not asked:
        return
    wanted = edit_of(claim, said)
    if wanted is None:
        if not state.record(doing.Doing).is_stale:
            st.error("Nothing is another than it stands already.")
        return
    doing.attempt(
        f"edit {claim.ref} {version} {wanted.model_dump_json(exclude_unset=True)}",
        lambda _: client.update_claim(claim.ref, wanted, version=version),
        done="Corrected: whoever was shown it before is to be told, where the law says so.",
    )


def show_purging(client: CrosstipClient, claim: Claim) -> None:
    """Show the form that takes a claim out, with why and a confirmation: to supervisors."""
    who = state.session().who
    if who is not None and "supervisor" not in who.roles:
        return
    with st.form("purge-form"):
        st.text("Take it out. Nothing of it is left here but that it was, and nobody can undo it.")
        why = st.text_area("Why it is taken out", max_chars=_LONGEST, key=f"purge-why-{claim.ref}")
        sure = st.checkbox("I want it taken out for good", key=f"purge-sure-{claim.ref}")
        asked = st.form_submit_button("Take out", key="purge-button")
    if not asked:
        return
    if why is None or why.strip() == "" or not sure:
        st.error("Say why, and confirm it. Nothing was taken out.")
        return
    wanted = Reason(why=why.strip())

    def work(key: str) -> None:
        state.record(Changing).purged = client.purge(claim.ref, wanted, key=key)

    doing.attempt(
        f"purge {claim.ref} {wanted.why}", work, done="The claim is taken out; see below."
    )


def show_purged() -> None:
    """Show what proves a purge, until it is put away."""
    kept = state.record(Changing)
    if kept.purged is None:
        return
    with st.container(border=True):
        st.text(_KEEP)
        st.text(f"Claim: {visible(kept.purged.ref)}")
        st.text(f"Commitment: {visible(kept.purged.commitment)}")
        st.text(f"Salt: {visible(kept.purged.salt)}")
        if len(kept.purged.to_tell) > 0:
            told = ", ".join(visible(agency) for agency in kept.purged.to_tell)
            st.text(f"Were shown it, and are to be told: {told}")
        if st.button("I have kept it", key="purge-kept"):
            kept.purged = None
            st.rerun()


def _field(name: str, claim: Claim) -> str | None:
    stands = getattr(claim, name)
    key = _key(name, claim)
    choices = _CHOICES.get(name)
    if choices is not None:
        at = choices.index(stands) if stands in choices else None
        return st.selectbox(FIELDS[name], choices, index=at, key=key)
    return st.text_area(FIELDS[name], value=stands or "", max_chars=_LONGEST, key=key)


def _key(name: str, claim: Claim) -> str:
    """By version: what was typed about another one is not sent as said of this one."""
    return f"edit-{name}-{claim.ref}-{claim.version or 0}"

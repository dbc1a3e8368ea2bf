"""The triage side of the page Tip: where the tip stands, its files, and who may hold it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.errors import ApiError
from client.resources.evidence import EvidenceAnswer
from client.resources.queue import QueuedTipAnswer
from client.resources.routing import RoutesAnswer
from dashboard import navigation, state
from dashboard.components import notices
from dashboard.components.deeds import tell
from dashboard.moves import ROLES
from dashboard.views.extract_making import show_extract
from dashboard.views.handoff_given import HandoffView
from dashboard.views.queue_filters import look_at_tip
from dashboard.views.queue_moves import show_moves
from dashboard.views.queue_tip import show_history, show_standing
from dashboard.views.tip_evidence import show_evidence
from dashboard.views.tip_routes import show_routes

_TRIAGE, _FILES, _ROUTES = "Triage", "Files and legal gate", "Who may hold it"
_HAND_OUT = "Hand out as…"
_SECTIONS = (_TRIAGE, _FILES, _ROUTES, _HAND_OUT)
_NOT_OURS = frozenset({"not-found", "rights"})


@dataclass(slots=True)
class TipSides:
    """What was read for the tip that is open, beside the tip itself."""

    tip: str | None = None
    queued: QueuedTipAnswer | None = None
    evidence: EvidenceAnswer | None = None
    routes: RoutesAnswer | None = None

    def turn_to(self, tip: str) -> None:
        """Forget what was read, for this tip or another one."""
        self.tip, self.queued, self.evidence, self.routes = tip, None, None, None


def show(tip: str) -> None:
    """Show four sections; each is read when it is opened, and logged then."""
    sides = state.record(TipSides)
    if sides.tip != tip:
        sides.turn_to(tip)
    st.header("Work on this tip")
    tell()
    who = state.session().who
    works = who is not None and not ROLES["take"].isdisjoint(who.roles)
    # A radio, not tabs: what is not looked at is neither read nor logged as read.
    chosen = st.radio(
        "Work on this tip",
        _SECTIONS,
        index=0 if works else None,
        horizontal=True,
        key=f"sides-{tip}",
        label_visibility="collapsed",
    )
    if chosen == _TRIAGE:
        _triage(sides, tip)
    elif chosen == _FILES:
        _evidence(sides, tip)
    elif chosen == _ROUTES:
        show_routes(sides, tip)
    elif chosen == _HAND_OUT:
        show_extract((tip,), place=f"tip-{tip}")


def _triage(sides: TipSides, tip: str) -> None:
    if sides.queued is None:
        try:
            sides.queued = state.connected().queued_tip(tip)
        except ApiError as error:
            if error.code in _NOT_OURS:
                st.text("This tip stands in no queue of yours.")
            else:
                notices.failure(error)
            return
    answer = sides.queued
    queue, offer, _ = st.columns([1, 1, 4])
    if queue.button("Open in queue", key="sides-queue"):
        look_at_tip(tip)
        navigation.go("queue")
    if offer.button("Offer to another agency", key="sides-offer"):
        state.record(HandoffView).tip = tip
        navigation.go("handoffs")
    show_standing(answer)
    show_moves(answer, read_anew=lambda: sides.turn_to(tip))
    show_history(answer)
    notices.footing(answer)


def _evidence(sides: TipSides, tip: str) -> None:
    if sides.evidence is None:
        try:
            sides.evidence = state.connected().tip_evidence(tip)
        except ApiError as error:
            notices.failure(error)
            return
    show_evidence(sides.evidence, read_anew=lambda: sides.turn_to(tip))

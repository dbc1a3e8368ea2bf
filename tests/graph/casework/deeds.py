"""Sets of deeds that the rules of `rules.py` treat alike."""

from __future__ import annotations

from graph.casework.deeds import Deed

TEAMWORK = {
    Deed.INVESTIGATION_UPDATE,
    Deed.INVESTIGATION_HAND_OVER,
    Deed.INVESTIGATION_CLOSE,
    Deed.INVESTIGATION_REOPEN,
    Deed.CLAIM_ADD,
    Deed.CLAIM_EDIT,
    Deed.CLAIM_VISIBILITY,
    Deed.CLAIM_VALIDATE,
    Deed.CLAIM_PURGE,
    Deed.CHECK_RUN,
    Deed.CONFLICT_STEP,
    Deed.TRIAGE_WORK,
    Deed.TRIAGE_ASSIGN,
    Deed.HANDOFF_OFFER,
    Deed.TASK_SETTLE,
}
"""Done by the team of an investigation, by whoever has a tip, and by supervisors."""

OF_TIPS = {
    Deed.TIP_READ,
    Deed.ROUTE_READ,
    Deed.TIP_WITHDRAW,
    Deed.LINK_READ,
    Deed.JUDGEMENT_MAKE,
    Deed.JUDGEMENT_READ,
    Deed.TRIAGE_READ,
    Deed.TRIAGE_WORK,
    Deed.TRIAGE_ASSIGN,
    Deed.TRIAGE_LEAD,
    Deed.HANDOFF_OFFER,
    Deed.GATE_ASK,
    Deed.CUSTODY_READ,
    Deed.CUSTODY_GIVE,
    Deed.FILE_VERIFY,
    Deed.TASK_GIVE,
    Deed.NOTE_WRITE,
    Deed.PROVIDER_SEND,
}
"""Done to a tip by the agencies that hold it."""

"""Who somebody is in a tip. A role is read from the document and never lost on the way.

Source of the vocabulary: NCMEC CyberTipline reporting API, `<report>` children
(personOrUserReported, intendedRecipient, victim, reporter, lawEnforcement, associatedAccount).
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What the document says an identifier's bearer is; `mentioned` when it does not say."""

    REPORTED = "reported"
    INTENDED_RECIPIENT = "intended_recipient"
    VICTIM = "victim"
    REPORTER = "reporter"
    ESP_CONTACT = "esp_contact"
    ASSOCIATED = "associated"
    PARENT_GUARDIAN = "parent_guardian"
    LAW_ENFORCEMENT = "law_enforcement"
    MENTIONED = "mentioned"
    FILE = "file"


LINKING_ROLES: frozenset[Role] = frozenset(
    {Role.REPORTED, Role.INTENDED_RECIPIENT, Role.ASSOCIATED, Role.MENTIONED, Role.FILE}
)
"""Roles whose identifiers may link two tips. A victim, a reporting person, a provider's contact,
a parent or an officer never makes somebody a subject."""

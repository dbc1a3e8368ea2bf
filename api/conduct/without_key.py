"""POSTs that take no Idempotency-Key, each with the reason, as the description says it.

A kept key keeps a digest of the body (SHA-256, without salt) and the answer. Of a log-on that would
be a fast hash of a password, against which Argon2id would be worth nothing to whoever reads the
store, and a session's token in clear.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_PROOF = (
    "What is sent is a secret, of which nothing may be kept, and a code or nonce that is taken "
    "once: sent again it is refused, or counted as a failure, and never done twice."
)
_ASKS = "It only asks: sent again it is answered and logged again."
_OFFER = "Sent again it gives another one; nothing opens by it alone."

WITHOUT_KEY: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "log_on",
                "log_on_by_id_token",
                "enrol",
                "change_own_password",
                "replace_own_second_factor",
                "add_own_key",
                "end_own_key",
            ),
            _PROOF,
        ),
        **dict.fromkeys(
            (
                *("begin_elsewhere", "offer_second_factor", "offer_own_second_factor"),
                *("begin_with_key", "offer_own_key", "begin_own_proof"),
            ),
            _OFFER,
        ),
        **dict.fromkeys(
            (
                *("search", "history", "near", "run_query", "propose_mapping"),
                *("audit_ledger", "prove_audit_growth", "verify_audit"),
                *("preview_assistance", "try_priority_table", "try_feedback", "suggestions"),
            ),
            _ASKS,
        ),
    }
)
"""By the name of the operation."""

"""When a credential is locked: pure rules over what is kept of its failures.

CJIS AC-7: five failures within 15 minutes lock until an administrator releases; no clock does. Two
slower ways to guess are closed too: a second factor has a limit of its own (OpenCTI's had none,
CVE-2024-45404), and a hundred failures in a row lock however slowly they came (NIST SP 800-63B-4,
3.2.2).
"""

from __future__ import annotations

from graph.queries.credentials import CredentialRow

MOST_FAILURES = 5
WINDOW_US = 15 * 60 * 1_000_000
MOST_CODE_FAILURES = 10
CODE_WINDOW_US = 24 * 3600 * 1_000_000
MOST_IN_ROW = 100


def is_closed(row: CredentialRow, *, at_us: int) -> bool:
    """Say whether no further guess may be made now: it is locked, or all guesses are under way."""
    return row.locked_us is not None or len(_within(row.failures, WINDOW_US, at_us)) >= (
        MOST_FAILURES
    )


def with_guess(row: CredentialRow, *, at_us: int) -> CredentialRow:
    """Give the row with a guess counted as a failure before it is looked at.

    Guesses that are made at the same moment are then as many as those made one after another.
    """
    recent = _within(row.failures, WINDOW_US, at_us)
    return row.model_copy(
        update={
            "failures": [*recent, str(at_us)],
            "failed_in_row": (row.failed_in_row or 0) + 1,
        }
    )


def without_guess(row: CredentialRow, guess_us: int) -> CredentialRow:
    """Give the row with a guess taken back that was right, or was never looked at."""
    failures = list(row.failures or ())
    if str(guess_us) in failures:
        failures.remove(str(guess_us))
    return row.model_copy(
        update={"failures": failures, "failed_in_row": max((row.failed_in_row or 0) - 1, 0)}
    )


def with_wrong_code(row: CredentialRow, *, at_us: int) -> CredentialRow:
    """Give the row with a wrong second factor counted."""
    recent = _within(row.code_failures, CODE_WINDOW_US, at_us)
    return row.model_copy(update={"code_failures": [*recent, str(at_us)]})


def why_lock(row: CredentialRow, *, at_us: int) -> str | None:
    """Give the rule that locks a row now, None where none does or it is locked already."""
    if row.locked_us is not None:
        return None
    if len(_within(row.failures, WINDOW_US, at_us)) >= MOST_FAILURES:
        return f"{MOST_FAILURES} failures within {WINDOW_US // 60_000_000} minutes"
    if len(_within(row.code_failures, CODE_WINDOW_US, at_us)) >= MOST_CODE_FAILURES:
        return f"{MOST_CODE_FAILURES} wrong codes within a day"
    if (row.failed_in_row or 0) >= MOST_IN_ROW:
        return f"{MOST_IN_ROW} failures in a row"
    return None


def cleared(row: CredentialRow) -> CredentialRow:
    """Give the row without failures and without a lock."""
    return row.model_copy(
        update={
            "failures": None,
            "code_failures": None,
            "failed_in_row": None,
            "locked_us": None,
            "locked_why": None,
        }
    )


def _within(times: list[str] | None, window_us: int, at_us: int) -> list[str]:
    """Give the times that count; one in the future does, as a clock was set back since."""
    return [time for time in times or () if int(time) > at_us - window_us]

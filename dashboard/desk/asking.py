"""A question to check: what was typed as lines, for what, and its digest. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

PURPOSES: Final[Mapping[str, str]] = {
    "cybertip": "Work on one or more CyberTips",
    "proactive investigation": "Child exploitation found without a tip, undercover work included",
    "victim identification": "To identify and protect a child",
    "imminent danger": "Danger to life that cannot wait",
    "prosecution": "To prepare or support a prosecution",
    "conflict resolution": "To find and resolve overlaps between investigations",
    "review": "Validation, review before retention ends, and supervision",
}
"""The closed list for which something may be checked; a test compares it with the core's."""
KINDS: Final = (
    *("Account", "Email", "Phone", "IpAddress"),
    *("FileHash", "Device", "Url", "ScreenName"),
)
MOST_LINES: Final = 10_000
LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What was asked, as the asker wrote it."""

    investigation: str
    purpose: str
    way: str
    """`lines`, `file`, `tip` or `claims`."""
    lines: tuple[str, ...] = ()
    """Of `lines` what was typed; of `tip` the tip's number; of `file` its own SHA-256."""
    kind: str | None = None

    @property
    def digest(self) -> str:
        """The question's SHA-256, over its canonical JSON: names sorted, no spaces, UTF-8."""
        said = {
            "investigation": self.investigation,
            "kind": self.kind,
            "lines": list(self.lines),
            "purpose": self.purpose,
            "way": self.way,
        }
        text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def typed_lines(text: str) -> tuple[str, ...]:
    """Give one line for each identifier that was typed or pasted; empty ones say nothing."""
    return tuple(line.strip() for line in text.splitlines() if line.strip() != "")


def lacking(
    *, investigation: str | None, purpose: str | None, lines: Sequence[str] | None = None
) -> str | None:
    """Give what is to be filled in before anything is checked; None when all is there."""
    if investigation is None or investigation.strip() == "":
        return "Name the investigation that you check for: nothing is checked without one."
    if purpose is None:
        return "Choose the purpose: nothing is checked without one."
    if lines is None:
        return None
    if len(lines) == 0:
        return "Type at least one identifier."
    if len(lines) > MOST_LINES:
        return f"{len(lines)} lines are more than {MOST_LINES}. Check the list in parts."
    if max(map(len, lines)) > LONGEST:
        return f"A line is longer than {LONGEST} characters: no identifier is."
    return None

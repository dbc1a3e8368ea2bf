"""The API's notifications: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Part
from client.calls import Calls, once, part, read


class Notice(Part):
    """What somebody is told."""

    key: str
    kind: str
    object: str | None
    investigation: str | None
    severity: str
    subject: str
    text: str
    at: str
    seen_at: str | None
    seen_by: str | None
    mail: str


class NoticePage(Answer):
    """The caller's notices, newest first."""

    items: tuple[Notice, ...]
    next_after: str | None


class NoticeCount(Answer):
    """How many notices wait; at most 100 are counted."""

    unseen: int
    urgent: int
    newest_at: str | None
    is_more: bool


class NoticeAnswer(Answer):
    """One notice."""

    key: str
    kind: str
    object: str | None
    investigation: str | None
    severity: str
    subject: str
    text: str
    at: str
    seen_at: str | None
    seen_by: str | None
    mail: str


class DeadLetter(Part):
    """A notice that could not be delivered; what it tells is not in it."""

    key: str
    agency: str
    kind: str
    severity: str
    at: str
    attempts: int
    failure: str | None


class DeadLettersAnswer(Answer):
    """Notices that could not be delivered."""

    items: tuple[DeadLetter, ...]


class RetriedAnswer(Answer):
    """How many are tried again."""

    retried: int


class Notifications(Calls):
    """Calls about notifications."""

    def notifications(
        self, *, with_seen: bool = False, after: str = "", limit: int = 50
    ) -> NoticePage:
        """Your notices, newest first."""
        return read(
            self._call(
                "GET",
                "notifications",
                params={"with_seen": with_seen, "after": after, "limit": limit},
            ),
            NoticePage,
        )

    def notification_count(self) -> NoticeCount:
        """How many of your notices nobody acknowledged. Asking is no sign of life of a session."""
        return read(self._call("GET", "notifications/count"), NoticeCount)

    def acknowledge_notification(
        self, notification: str, *, key: str | None = None
    ) -> NoticeAnswer:
        """Say that you took note. A conflict's clock ends with its own acknowledgement."""
        return read(
            self._call("POST", f"notifications/{part(notification)}/acknowledge", key=once(key)),
            NoticeAnswer,
        )

    def dead_letters(self) -> DeadLettersAnswer:
        """Notices that could not be delivered: your agency's, to an operator all."""
        return read(self._call("GET", "notifications/dead"), DeadLettersAnswer)

    def retry_dead_letters(self, *, key: str | None = None) -> RetriedAnswer:
        """Have everything that could not be delivered tried again."""
        return read(self._call("POST", "notifications/dead/retry", key=once(key)), RetriedAnswer)

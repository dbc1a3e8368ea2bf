"""Makes mails of notices and hands them to the mail server (RFC 5321, RFC 5322).

A mail says that there is something and where to read it, no more: it leaves the installation, and
what is derived from criminal justice information is protected like it (CJIS SC-8). Its Message-ID
is the notice's key, so that a repeat can be told from a second notice.
"""

from __future__ import annotations

import smtplib
import ssl
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from crosstip.mailing.settings import MailSettings, Security
from graph.queries.outbox import MailRow
from graph.services.outbox import Tried

NOTICE = "X-Crosstip-Notice"
_WILL_NEVER = 500
"""From this reply code on the server says that trying again does not help (RFC 5321, 4.2.1)."""
_OF_A_SERVER_IN_DISORDER = frozenset({530, 534, 535, 538})
"""Authentication: a person mends that, and the letters are good."""


def message_of(mail: MailRow, *, sender: str) -> EmailMessage:
    """Give a notice as a mail."""
    message = EmailMessage()
    message["Subject"] = f"Crosstip: a notice for you ({mail.severity})"
    message["From"] = sender
    message["To"] = ", ".join(mail.mail_to)
    message["Date"] = format_datetime(datetime.fromtimestamp(mail.at_us // 1_000_000, tz=UTC))
    message["Message-ID"] = f"<{mail.key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message[NOTICE] = mail.key
    lines = [
        f"Crosstip has a notice for you ({mail.kind}, {mail.severity}).",
        "Read it there: crosstip notices list",
    ]
    if mail.object is not None and mail.kind.startswith("conflict."):
        lines.append(f"It is about the conflict {mail.object}: crosstip conflicts show")
    lines.append("A mail with the same Message-ID is the same notice, sent again.")
    message.set_content("\n".join(lines) + "\n")
    return message


class Mailer:
    """Hands mails to one mail server, several over one connection."""

    def __init__(self, settings: MailSettings) -> None:
        """Take the settings; nothing is sent yet.

        Raises:
            SettingsError: no mail server is named, or the way to it is open to others.
        """
        self._settings = settings
        self._host = settings.require_host()

    def send(
        self, mails: list[MailRow], begin: Callable[[MailRow], MailRow | None]
    ) -> Iterator[Tried]:
        """Try to send mails, and give of each what became of it, as soon as that is known."""
        left = deque(mails)
        begun: MailRow | None = None
        try:
            with self._connected() as server:
                while len(left) > 0:
                    begun = begin(left.popleft())
                    if begun is not None:
                        done = self._tried(server, begun)
                        begun = None
                        yield done
        except (OSError, smtplib.SMTPException) as error:
            # The connection itself: everything that is left failed with it, and is tried again.
            if begun is not None:
                yield Tried(mail=begun, failure=_reason(error))
            for mail in left:
                tried = begin(mail)
                if tried is not None:
                    yield Tried(mail=tried, failure=_reason(error))

    def _tried(self, server: smtplib.SMTP, mail: MailRow) -> Tried:
        try:
            refused = server.send_message(message_of(mail, sender=self._settings.sender))
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPException as error:
            code = _code(error)
            is_final = code >= _WILL_NEVER and code not in _OF_A_SERVER_IN_DISORDER
            return Tried(mail=mail, failure=_reason(error), is_final=is_final)
        if len(refused) > 0:
            # Some were taken: those get it again, and know it by its Message-ID.
            return Tried(mail=mail, failure=f"{len(refused)} of its addresses were refused.")
        return Tried(mail=mail)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        settings = self._settings
        context = ssl.create_default_context()
        if settings.security is Security.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, settings.port, timeout=settings.timeout_s, context=context
            )
        else:
            server = smtplib.SMTP(self._host, settings.port, timeout=settings.timeout_s)
        with server:
            if settings.security is Security.STARTTLS:
                server.starttls(context=context)
            if settings.user is not None and settings.password is not None:
                server.login(settings.user, settings.password.get_secret_value())
            yield server


def _code(error: smtplib.SMTPException) -> int:
    """Give the reply code; the least one where several receivers were refused."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min((code for code, _ in error.recipients.values()), default=0)
    return 0


def _reason(error: Exception) -> str:
    """Give class and code: a server's own words may repeat addresses."""
    code = _code(error) if isinstance(error, smtplib.SMTPException) else 0
    return f"{type(error).__name__}{f' {code}' if code > 0 else ''}"

"""Passwords: which ones are taken, and how they are kept and checked.

Rules: NIST SP 800-63B-4, 3.1.1, and CJIS IA-5(1): length and no list of what must be in it, none
that is easily guessed, none cut off. Hashes: Argon2id (RFC 9106).
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import argon2
import zxcvbn
from pydantic import SecretStr

from graph.errors import RowError, StoreBusyError
from graph.logon.settings import LogOnSettings

SHORTEST, LONGEST = 12, 256
"""Characters, after normalisation."""
_FEWEST_GUESSES = 10**9
_LOOKED_AT = 72
"""Characters that are looked at for guessability; what follows only makes it harder."""
_OWN_WORDS = ("crosstip", "cybertip", "cybertips", "ncmec", "icac")
_WAIT_S = 10.0
_WAITING = 8
"""How many may wait for a place; more are refused at once, as each holds a thread."""

_BUSY = "Too many log-ons at once. Try again in a moment."


def normalised(password: SecretStr) -> str:
    """Give a password as it is hashed: NFKC, so that every keyboard gives the same."""
    return unicodedata.normalize("NFKC", password.get_secret_value())


def require_strong(password: SecretStr, *, about: tuple[str, ...]) -> None:
    """Come back when a password may be used; `about` are words that name its user.

    Raises:
        RowError: it is too short, too long, or easily guessed.
    """
    text = normalised(password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise RowError(
            f"A password has {SHORTEST} to {LONGEST} characters, of any kind. A few words that "
            "do not belong together make a good one."
        )
    if any(unicodedata.category(char) in ("Cc", "Cs", "Cn") for char in text):
        raise RowError("A password has no control characters, and only assigned ones.")
    words = [part for word in about for part in (word, *word.replace("@", ".").split("."))]
    found = zxcvbn.zxcvbn(text[:_LOOKED_AT], user_inputs=[*_OWN_WORDS, *words])
    if found["guesses"] < _FEWEST_GUESSES:
        raise RowError(
            "This password is among those that are tried first: common, or made of the user name, "
            "a year or a run of keys. A few words that do not belong together make a better one."
        )


class Hashing:
    """Hashes and checks passwords, a few at once: each takes 64 MiB and a third of a second.

    Safe to share among threads; a process has one.
    """

    def __init__(self, settings: LogOnSettings) -> None:
        """Take the cost of a check, and how many may go on at once."""
        self._hasher = argon2.PasswordHasher(
            time_cost=settings.argon2_passes,
            memory_cost=settings.argon2_memory_kib,
            parallelism=settings.argon2_lanes,
        )
        self._places = threading.BoundedSemaphore(settings.checks_at_once)
        self._queue = threading.BoundedSemaphore(settings.checks_at_once + _WAITING)
        self._decoy = self._hasher.hash("nobody's password")

    @contextmanager
    def place(self, *, wait_s: float = _WAIT_S) -> Iterator[None]:
        """Hold one of the few places in which passwords are checked.

        Raises:
            StoreBusyError: none became free in time.
        """
        if not self._queue.acquire(blocking=False):
            raise StoreBusyError(_BUSY)
        try:
            if not self._places.acquire(timeout=wait_s):
                raise StoreBusyError(_BUSY)
            try:
                yield
            finally:
                self._places.release()
        finally:
            self._queue.release()

    def hash(self, password: SecretStr) -> str:
        """Give the hash of a password; called in a place."""
        return self._hasher.hash(normalised(password))

    def is_right(self, password: SecretStr, kept: str | None) -> bool:
        """Say whether a password has a hash; without one it takes as long, and is not right."""
        try:
            self._hasher.verify(kept if kept is not None else self._decoy, normalised(password))
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Say whether a hash was made at another cost than passwords are hashed at now."""
        return self._hasher.check_needs_rehash(kept)

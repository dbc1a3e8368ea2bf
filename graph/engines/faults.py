"""Sentences for what goes wrong with a data directory. Pure functions; nothing here acts."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from graph.errors import EngineError

MIN_FREE_BYTES = 64 * 1024 * 1024
"""Free space without which an engine is not started: a new one writes about 1 MB at once and
tens of MB of log in its first minute of loading."""

_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_WRITE = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS)


def directory_fault(
    root: Path, *, mode: int, owner: int, user: int, is_empty: bool
) -> EngineError | None:
    """Give the reason why a directory cannot hold an engine, or None.

    The mode bits are read, not tried: as root every try succeeds, and files that root leaves in
    somebody else's directory cannot be opened by that somebody afterwards. An empty directory
    may be open to others, as it is closed to them before anything is written.
    """
    if not stat.S_ISDIR(mode):
        return EngineError(f"{root} is not a directory: name another place for the data.")
    if owner != user:
        return EngineError(
            f"The data directory {root} belongs to user id {owner}, and this command runs as user"
            f" id {user}: run it as that user, or name another data directory."
        )
    if mode & stat.S_IRWXU != stat.S_IRWXU:
        return EngineError(
            f"The data directory {root} cannot be written (mode {_octal(mode)}): run"
            f" `chmod 700 {root}`, or name another data directory."
        )
    if mode & (stat.S_IRWXG | stat.S_IRWXO) and not is_empty:
        return EngineError(
            f"The data directory {root} is open to other users (mode {_octal(mode)}): run"
            f" `chmod 700 {root}`, or name another data directory. It was not changed, since it"
            " holds files already."
        )
    return None


def password_fault(path: Path, *, mode: int, owner: int, user: int) -> EngineError | None:
    """Give the reason why a password file is not trusted, or None.

    One that others may read is refused, not repaired: somebody may know the password by now,
    and only the owner can say whether that matters.
    """
    if not stat.S_ISREG(mode):
        return EngineError(f"The password file {path} is not a plain file: remove it.")
    if owner != user:
        return EngineError(
            f"The password file {path} belongs to user id {owner}, and this command runs as user"
            f" id {user}: run it as that user."
        )
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return EngineError(
            f"The password file {path} is open to other users (mode {_octal(mode)}): run"
            f" `chmod 600 {path}`. If somebody else may have read it, end all commands that use"
            f" {path.parent} and {_renewal(path)}"
        )
    return None


def missing_password(path: Path) -> EngineError:
    """Give the sentence for a database whose password file is gone or empty."""
    return EngineError(
        f"The password file {path} is missing or unreadable, and there is a database that needs"
        f" it: put it back from a copy of the data directory. Without a copy, {_renewal(path)}"
    )


def wrong_password(path: Path) -> EngineError:
    """Give the sentence for a password file that does not fit the database."""
    return EngineError(
        f"The password in {path} is not the one of this database: put the right file back from a"
        f" copy of the data directory. Without a copy, {_renewal(path)}"
    )


def disk_fault(root: Path, *, free_bytes: int) -> EngineError | None:
    """Give the reason why a disk has too little room to start an engine, or None."""
    if free_bytes >= MIN_FREE_BYTES:
        return None
    return EngineError(
        f"The disk that holds {root} is full ({free_bytes // 1_000_000} MB left,"
        f" {MIN_FREE_BYTES // 1_000_000} MB needed to start): free some space, or name another data"
        " directory."
    )


def system_fault(error: OSError, *, path: Path) -> EngineError:
    """Give the sentence for what the operating system refused."""
    if error.errno in _FULL:
        return EngineError(
            f"The disk that holds {path} is full: free some space, then run the command again."
        )
    if error.errno in _NO_WRITE:
        return EngineError(
            f"{path} cannot be written ({error.strerror}): give this user the right to, or name"
            " another data directory."
        )
    if error.errno in _NO_LOCKS:
        return EngineError(
            f"The disk that holds {path} has no file locks ({error.strerror}): name a data"
            " directory on a local disk."
        )
    if isinstance(error, FileExistsError | NotADirectoryError):
        return EngineError(
            f"{path} cannot be a data directory, a file is in its way: name another place."
        )
    return EngineError(f"{path} cannot be used ({error.strerror}): name another data directory.")


def _renewal(password: Path) -> str:
    users = password.parent / "config" / "server-users.jsonl"
    return (
        f"delete {password} and {users}: the next start makes a new password, and nothing that"
        " the database holds is lost."
    )


def _octal(mode: int) -> str:
    return format(stat.S_IMODE(mode), "04o")

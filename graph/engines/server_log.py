"""The server's log without what people wrote in it.

ArcadeDB puts keys and parameters into the messages of its exceptions ("Duplicated key …", "For
input string: …"). What stays is the class of each cause and where in the server it arose: enough
to find a defect in a query, nothing of a tip.
"""

from __future__ import annotations

from typing import Any

import jpype

SETTINGS = """\
handlers = java.util.logging.FileHandler
.level = WARNING
com.arcadedb.level = WARNING
java.util.logging.FileHandler.level = WARNING
java.util.logging.FileHandler.pattern = ./log/arcadedb.log.%g
java.util.logging.FileHandler.formatter = com.arcadedb.log.LogFormatter
java.util.logging.FileHandler.limit = 2000000
java.util.logging.FileHandler.count = 2
"""

_MAX_CAUSES = 8
_OWN_CODE = "com.arcadedb."


def keep_values_out() -> None:
    """Filter the server's log. Called after the server has set up its log."""
    root = jpype.JClass("java.util.logging.Logger").getLogger("")
    scrubber = jpype.JProxy("java.util.logging.Filter", dict={"isLoggable": _scrub})
    for handler in root.getHandlers():
        handler.setFilter(scrubber)


def _scrub(record: Any) -> bool:
    """Let every record through, its exception replaced by what is safe of it."""
    thrown = record.getThrown()
    if thrown is not None:
        record.setThrown(None)
        record.setMessage(f"{record.getMessage()}: {_causes(thrown)}")
    return True


def _causes(thrown: Any) -> str:
    parts: list[str] = []
    while thrown is not None and len(parts) < _MAX_CAUSES:
        parts.append(f"{thrown.getClass().getSimpleName()}{_place(thrown)}")
        thrown = thrown.getCause()
    return ", caused by ".join(parts)


def _place(thrown: Any) -> str:
    for frame in thrown.getStackTrace():
        if str(frame.getClassName()).startswith(_OWN_CODE):
            return f" at {frame.getFileName()}:{frame.getLineNumber()}"
    return ""

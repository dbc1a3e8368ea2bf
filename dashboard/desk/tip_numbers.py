"""What people type for a tip's number."""

from __future__ import annotations


def tip_key(typed: str) -> str:
    """Give the key of a tip from what was typed: a bare number is one of NCMEC's."""
    number = typed.strip()
    return number if ":" in number or number == "" else f"ncmec:{number}"

"""A proposed mapping is TOML that names the columns as they are, whatever signs they hold."""

from __future__ import annotations

import tomllib

import pytest

from ingest.readers.table_guess import as_toml, guesses


@pytest.mark.parametrize("name", ["e-mail", 'q"\\', "a\u202eb", "tag \U000e0041 x", "line\nline"])
def test_a_column_is_named_as_it_is(name: str) -> None:
    rows = [["someone@example.org"], ["other@example.org"]]
    said = tomllib.loads(as_toml(guesses([name], rows)))
    assert name in said["columns"]

"""Nothing in the repository names a package index, a place on one machine, or a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.architecture.sources import repository_files, shown

# Put together here, so that this file does not hold what it looks for.
INDEX_HOSTS = tuple(
    ".".join(labels)
    for labels in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("repo1", "maven", "org"),
        ("repo", "maven", "apache", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("deb", "debian", "org"),
        ("registry-1", "docker", "io"),
    )
)
HOSTS = re.compile("|".join(re.escape(host) for host in INDEX_HOSTS), re.IGNORECASE)
PLACES = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|tmp/\w+)/")
INSTALL_OPTIONS = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|--registry[ =]")
SECRETS = re.compile(
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\bxox[baprs]-[A-Za-z0-9-]{20,}"
    # A password in an address, unless the host is one of RFC 2606's, which nobody has.
    r"|\b[a-z][a-z0-9+.-]*://[^/\s:@{}$<>'\"]+:[^/\s:@{}$<>'\"]{6,}@(?!\S*\bexample\b)"
)


def _lines() -> Iterator[tuple[str, str]]:
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            text = path.read_bytes().decode("latin-1")
        for number, line in enumerate(text.splitlines(), start=1):
            yield f"{shown(path)}:{number}", line


def _found(pattern: re.Pattern[str]) -> list[str]:
    return [where for where, line in _lines() if pattern.search(line) is not None]


def test_no_package_index_is_named() -> None:
    assert _found(HOSTS) == []


def test_no_script_names_an_index() -> None:
    here = "tests/architecture/test_no_hosts.py"
    assert [where for where in _found(INSTALL_OPTIONS) if not where.startswith(here)] == []


def test_no_place_on_one_machine_is_named() -> None:
    assert _found(PLACES) == []


def test_no_secret_is_kept() -> None:
    assert _found(SECRETS) == []


def test_the_patterns_find_what_they_look_for() -> None:
    user_and_password = "bolt://neo4j" + ":hunter2hunter@db.internal"
    assert HOSTS.search("https://" + INDEX_HOSTS[0] + "/simple") is not None
    assert PLACES.search("see " + "/wo" + "rk/main/x") is not None
    assert SECRETS.search("-----BEGIN " + "RSA PRIVATE KEY-----") is not None
    assert SECRETS.search(user_and_password) is not None

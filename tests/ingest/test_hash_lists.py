"""Hash lists from files into the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import HashListError, UnreadableDocumentError
from graph.services.hash_lists import hash_list
from graph.store import Store
from ingest.hash_lists import ListReport, take_list
from ingest.limits import Limits

MD5 = "0123456789abcdef0123456789abcdef"


def take(store: Store, path: Path, *, dated: str = "2026-11-01", **more: object) -> ListReport:
    """Import a file."""
    return take_list(
        store,
        path,
        name=str(more.pop("name", "Series A")),
        source=str(more.pop("source", "Example Source")),
        dated=dated,
        columns=(),
        actor="test",
        **more,  # type: ignore[arg-type]
    )


def test_a_file_goes_in_and_its_bad_lines_are_told(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("MD5\n" + "".join(f"{n:032x}\n" for n in range(20)) + f"{MD5}\nbad\n")
    heard: list[int] = []
    report = take(store, path, tell=heard.append)
    assert report.done is not None
    # 0 to 15 as one digit repeated or not: each is a hash; the zero is a filler and listed too.
    assert (report.done.entries, report.lines, report.bad_total) == (21, 22, 1)
    assert [(bad.line, "32 hexadecimal digits" in bad.reason) for bad in report.bad] == [(23, True)]
    assert heard[-1] == 22
    row = hash_list(store, "series a")
    assert (row.entry_count, row.problem_count, row.dated) == (21, 1, "2026-11-01")
    again = take(store, path)
    assert again.done is not None
    assert (again.done.added, again.done.dropped) == (0, 0)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"dated": "01.11.2026"}, "no day"),
        ({"dated": "20261101"}, "no day"),
        ({"dated": "2026-02-30"}, "no day"),
        ({"dated": "2999-01-01"}, "future"),
        ({"name": " "}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"source": ""}, "source"),
        ({"source": "x" * 201}, "source"),
    ],
)
def test_what_is_said_of_a_list_must_make_sense(
    store: Store, tmp_path: Path, more: dict[str, str], why: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"md5\n{MD5}\n")
    with pytest.raises(HashListError, match=why):
        take(store, path, **more)


def test_a_file_that_cannot_be_read_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"gone\.csv"):
        take(store, tmp_path / "gone.csv")
    with pytest.raises(UnreadableDocumentError, match="no file"):
        take(store, tmp_path)
    path = tmp_path / "large.csv"
    path.write_text(f"md5\n{MD5}\n")
    with pytest.raises(UnreadableDocumentError, match="max_container_bytes"):
        take(store, path, limits=Limits(max_container_bytes=10))


def test_a_withdrawal_is_followed_and_a_bad_file_withdraws_nothing(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"md5,status\n{MD5},active\n{MD5[::-1]},active\n")
    take(store, path, name="Series B")
    path.write_text(f"md5,status\n{MD5},active\n{MD5[::-1]},withdrawn\n")
    report = take(store, path, name="Series B", dated="2026-11-02")
    assert report.done is not None
    assert (report.done.entries, report.done.dropped, report.bad_total) == (1, 1, 1)
    assert "withdrawn" in report.bad[0].reason
    for text in ("md5\n", f"md5\n{MD5[1:]}\n", f"md5,status\n{MD5},removed\n"):
        path.write_text(text)
        with pytest.raises(UnreadableDocumentError, match="nothing was changed"):
            take(store, path, name="Series B", dated="2026-11-03")
    assert hash_list(store, "series b").entry_count == 1

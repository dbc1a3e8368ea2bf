"""The file of a backup: sealed and whole, or not opened at all."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstip.backup.archive import unpack, writing
from crosstip.backup.errors import BackupError, DamagedBackupError
from crosstip.backup.keys import BackupKey, make_key, read_key
from crosstip.backup.manifest import HeadLine, Manifest
from crosstip.backup.restoring import Restored, Target
from crosstip.backup.sealing import PIECE, SealedReader, SealedWriter
from crosstip.commands.backup import _say_restored
from graph.errors import SettingsError
from graph.services.audit_verify import Verification

KEY = BackupKey(secret=bytes(range(32)))
HEAD = 48


def sealed(data: bytes, key: BackupKey = KEY) -> bytes:
    """Give the sealed form of data."""
    target = io.BytesIO()
    writer = SealedWriter(target, key)
    writer.write(data)
    writer.finish()
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_sealed_opens_and_hides(size: int) -> None:
    data = os.urandom(size)
    text = sealed(data)
    assert SealedReader(io.BytesIO(text), KEY).read() == data
    assert size < 16 or data[:16] not in text
    assert text != sealed(data), "each stream has a key of its own"


@given(st.integers(0, 2), st.binary(min_size=1, max_size=64), st.lists(st.integers(1, 50)))
def test_it_is_read_in_any_portions(pieces: int, rest: bytes, portions: list[int]) -> None:
    data = bytes(pieces * 16) + rest
    reader = SealedReader(io.BytesIO(sealed(data)), KEY)
    parts = [reader.read(portion) for portion in portions]
    assert b"".join([*parts, reader.read()]) == data


def test_nothing_that_was_changed_cut_or_reordered_opens() -> None:
    data = os.urandom(2 * PIECE + 5)
    text = sealed(data)
    first, second = text[HEAD : HEAD + PIECE + 16], text[HEAD + PIECE + 16 : HEAD + 2 * PIECE + 32]
    changed = [
        text[:HEAD] + second + first + text[HEAD + 2 * PIECE + 32 :],
        text[:HEAD] + second,
        text[: HEAD + 2 * PIECE + 32],
        text[:-1],
        text + b"x",
        text[:20],
        b"",
        sealed(data[:-1])[:HEAD] + text[HEAD:],
    ]
    places = (0, 9, 30, HEAD, HEAD + PIECE, len(text) - 1)
    changed += [text[:at] + bytes([text[at] ^ 1]) + text[at + 1 :] for at in places]
    for wrong in changed:
        with pytest.raises(DamagedBackupError):
            SealedReader(io.BytesIO(wrong), KEY).read()
    with pytest.raises(DamagedBackupError, match="sealed with the key"):
        SealedReader(io.BytesIO(text), BackupKey(secret=bytes(32)))


def test_a_key_is_its_owners_and_never_shown(tmp_path: Path) -> None:
    path = tmp_path / "backup.key"
    key = make_key(path)
    assert read_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert key.secret.hex() not in repr(key)
    with pytest.raises(SettingsError, match="name a new file"):
        make_key(path)
    path.chmod(0o640)
    with pytest.raises(SettingsError):
        read_key(path)
    path.chmod(0o600)
    path.write_text("crosstip backup key 1\nabcd\n")
    with pytest.raises(SettingsError, match="no backup key"):
        read_key(path)


def written(path: Path, tree: Path, key: BackupKey | None = None) -> Manifest:
    """Write a tree as a backup."""
    with writing(path, key) as archive:
        assert archive.add_tree(tree, "spool") == 2
        assert not archive.add(tree / "gone", "spool/gone")
        manifest = Manifest(
            crosstip="0",
            made_us=0,
            engine="embedded",
            synthetic=True,
            schema_version=1,
            heads=(),
            checkpoint=None,
            keys=(),
            files=tuple(archive.files),
            left_out=(),
        )
        archive.close(manifest)
    return manifest


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A directory with two files, one of them below another."""
    root = tmp_path / "tree"
    (root / "below").mkdir(parents=True)
    (root / "one").write_bytes(b"1" * 100_000)
    (root / "below" / "two").write_bytes(b"canary@example.com")
    (root / "link").symlink_to("/etc/hostname")
    return root


def test_a_backup_holds_what_it_says(tmp_path: Path, tree: Path) -> None:
    plain, closed = tmp_path / "plain", tmp_path / "closed"
    manifest = written(plain, tree)
    written(closed, tree, KEY)
    assert b"canary@example.com" in plain.read_bytes()
    assert b"canary@example.com" not in closed.read_bytes()
    assert plain.stat().st_mode & 0o777 == 0o600
    for path, key in ((plain, None), (plain, KEY), (closed, KEY)):
        into = tmp_path / f"{path.name}{key is None}"
        into.mkdir()
        assert unpack(path, key, into).files == manifest.files
        assert (into / "spool/below/two").read_bytes() == b"canary@example.com"
        assert (into / "spool/below/two").stat().st_mode & 0o777 == 0o600
        for made in ("spool", "spool/below"):
            assert (into / made).stat().st_mode & 0o777 == 0o700
    assert unpack(plain, None, None) == manifest
    with pytest.raises(BackupError, match="is sealed"):
        unpack(closed, None, None)
    with pytest.raises(BackupError, match="is there already"):
        written(plain, tree)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".part") == []


def test_a_changed_file_is_found_without_a_key(tmp_path: Path, tree: Path) -> None:
    path = tmp_path / "backup"
    written(path, tree)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"canary@", b"kanary@", 1))
    with pytest.raises(DamagedBackupError, match=r"1 files .* the first is spool/below/two"):
        unpack(path, None, None)
    for cut in (len(whole) // 2, 1000, 0):
        path.write_bytes(whole[:cut])
        with pytest.raises(DamagedBackupError):
            unpack(path, None, None)


@pytest.mark.parametrize("name", ["../out", "/out", "a/../../out", "out"])
def test_nothing_is_written_outside(tmp_path: Path, name: str) -> None:
    path, into = tmp_path / "backup", tmp_path / "into"
    into.mkdir()
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo(name)
        member.size = 1
        tar.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(DamagedBackupError):
        unpack(path, None, into)
    assert list(into.iterdir()) == []
    assert not (tmp_path / "out").exists()


def test_a_link_in_a_backup_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "backup"
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo("spool/link")
        member.type = tarfile.SYMTYPE
        member.linkname = "/etc/hostname"
        tar.addfile(member)
    with pytest.raises(DamagedBackupError):
        unpack(path, None, tmp_path)


@pytest.mark.parametrize(
    ("heads", "checkpoint", "words"),
    [
        ((), None, "the roots are those of the backup"),
        (None, "a note", "it states no roots"),
        (None, None, "neither roots nor a checkpoint"),
    ],
)
def test_a_restore_says_only_what_was_compared(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    tree: Path,
    heads: tuple[HeadLine, ...] | None,
    checkpoint: str | None,
    words: str,
) -> None:
    stated = {"heads": heads, "checkpoint": checkpoint}
    manifest = written(tmp_path / "made", tree).model_copy(update=stated)
    verified = Verification(
        logs=(), waiting=0, checkpoints=1, chain=None, problems=(), key=None, key_is_pinned=False
    )
    _say_restored(Restored(manifest=manifest, verified=verified), Target(data_dir=tmp_path))
    said = " ".join("".join(capsys.readouterr()).split())
    assert words in said
    assert ("the roots are" in said) is (heads is not None)

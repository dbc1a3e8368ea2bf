"""Keys are files that only their owner reads; tokens and signatures need them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.audit.errors import AuditKeyError
from graph.audit.keys import KeyFiles, load_or_create_tokens, load_signer, new_signer, save_signer


def test_a_signing_key_is_private_and_never_overwritten(tmp_path: Path) -> None:
    files = KeyFiles(tmp_path / "keys")
    made = new_signer()
    save_signer(files.signing, made)
    assert files.signing.stat().st_mode & 0o777 == 0o600
    assert files.root.stat().st_mode & 0o777 == 0o700
    assert load_signer(files.signing) == made
    assert made.secret.hex() not in repr(made)
    with pytest.raises(AuditKeyError, match="already"):
        save_signer(files.signing, new_signer())
    assert load_signer(files.signing) == made
    assert [path.name for path in files.root.iterdir()] == ["audit-signing.key"]


def test_missing_open_and_damaged_keys_are_refused(tmp_path: Path) -> None:
    files = KeyFiles(tmp_path)
    with pytest.raises(AuditKeyError, match="audit key new"):
        load_signer(files.signing)
    save_signer(files.signing, new_signer())
    files.signing.chmod(0o640)
    with pytest.raises(AuditKeyError, match="open to other users"):
        load_signer(files.signing)
    files.signing.chmod(0o600)
    files.signing.write_text(files.signing.read_text()[:-3])
    with pytest.raises(AuditKeyError, match="damaged"):
        load_signer(files.signing)


def test_the_token_key_is_made_once(tmp_path: Path) -> None:
    files = KeyFiles(tmp_path / "keys")
    first = load_or_create_tokens(files.tokens)
    assert load_or_create_tokens(files.tokens) == first
    assert files.tokens.stat().st_mode & 0o777 == 0o600
    files.tokens.write_text("x")
    with pytest.raises(AuditKeyError, match="damaged"):
        load_or_create_tokens(files.tokens)

"""Commands about backups: make one, make the key that seals them, restore or check one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crosstip.backup.archive import unpack
from crosstip.backup.keys import BackupKey, make_key, read_key
from crosstip.backup.making import Made, Source, copy_keys, make_backup
from crosstip.backup.manifest import Manifest
from crosstip.backup.nightly import file_name
from crosstip.backup.restoring import Restored, Target, finish_outside, restore_keys
from crosstip.backup.restoring import restore as restore_to
from crosstip.backup.settings import BackupSettings
from crosstip.commands.wording import Json
from crosstip.identity import As, desk
from crosstip.output import complain, console, print_json, say
from crosstip.session import sentences
from graph.casework.deeds import Deed
from graph.clock import iso, now_us
from graph.errors import SettingsError
from graph.settings import StoreSettings
from ingest.settings import IntakeSettings

_File = Annotated[Path, typer.Argument(help="File of the backup.")]
_New = Annotated[Path, typer.Argument(help="File to write; it must not be there yet.")]
_Home = Annotated[
    Path | None, typer.Option(help="Folder of a Neo4j that Crosstip runs itself, stopped now.")
]


def backup(
    file: Annotated[Path, typer.Argument(help="New file, or a directory: then it gets a name.")],
    *,
    neo4j_home: _Home = None,
    neo4j_dump: Annotated[
        Path | None, typer.Option(help="A dump of a Neo4j outside, made while it was stopped.")
    ] = None,
    keys_to: Annotated[
        Path | None, typer.Option(help="Copy the keys as well, to this file of their own.")
    ] = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Back up store, spool, quarantine, vault and checkpoints. Keys are never in it."""
    source = Source(settings=StoreSettings(), neo4j_home=neo4j_home, neo4j_dump=neo4j_dump)
    with sentences():
        key = _key()
        file = file / file_name(now_us()) if file.is_dir() else file
        if neo4j_home is not None or neo4j_dump is not None:
            # The store is stopped: whoever has its files makes the copy, as with `schema`.
            made = make_backup(source, file, key=key)
        else:
            with desk(user, Deed.BACKUP_MAKE) as at:
                with console.status("backing up"):
                    made = make_backup(source, file, key=key)
                at.shows(None, outcome=f"{len(made.manifest.files)} files")
        keys = 0 if keys_to is None else copy_keys(keys_to, key=key)
    _complain_of(made)
    if json:
        print_json(_brief(made.manifest))
        return
    _say_made(made)
    if keys_to is not None:
        say(f"{keys} keys are in {keys_to}. Keep that file where the backup is not.")


def backup_key(file: _New) -> None:
    """Make a key that seals backups; CROSSTIP_BACKUP_KEY names its file."""
    with sentences():
        key = make_key(file)
    say(
        f"{file} holds the key {key.id.hex()}. Keep a copy of it apart from the backups: without "
        "it no backup opens. Set CROSSTIP_BACKUP_KEY to it."
    )


def restore(
    file: _File,
    *,
    to: Annotated[
        Path | None, typer.Option(help="Data directory to make; it must not be there yet.")
    ] = None,
    neo4j_home: Annotated[
        Path | None, typer.Option(help="Folder to make of a Neo4j that Crosstip runs itself.")
    ] = None,
    neo4j_dump_to: Annotated[
        Path | None, typer.Option(help="Directory for the dump, to load it by hand (first step).")
    ] = None,
    loaded: Annotated[
        bool, typer.Option("--loaded", help="The dump is loaded in CROSSTIP_STORE (second step).")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only read it to its end and compare its hashes.")
    ] = False,
    keys_to: Annotated[
        Path | None, typer.Option(help="The file holds keys: unpack them to this new directory.")
    ] = None,
) -> None:
    """Restore a backup to a new place. It is verified before anything opens it."""
    with sentences(), console.status("restoring"):
        key = _key()
        if check:
            manifest = unpack(file, key, None)
            say(f"{file} is whole: {_words(manifest)}")
            return
        if keys_to is not None:
            say(f"{restore_keys(file, keys_to, key=key)} keys are in {keys_to}.")
            return
        if to is None:
            raise SettingsError("Name the data directory to make: --to DIRECTORY.")
        target = Target(data_dir=to, neo4j_home=neo4j_home, neo4j_dump_to=neo4j_dump_to)
        done = (finish_outside if loaded else restore_to)(file, target, key=key)
    _say_restored(done, target)


def _key() -> BackupKey | None:
    path = BackupSettings().key
    return None if path is None else read_key(path)


def _say_made(made: Made) -> None:
    say(f"{made.path} ({made.bytes >> 10} KiB): {_words(made.manifest)}")
    for sentence in made.manifest.left_out:
        say(f"Not in it: {sentence}.")


def _complain_of(made: Made) -> None:
    if not made.is_sealed:
        complain(
            "The backup is NOT SEALED and holds identifiers in clear: set CROSSTIP_BACKUP_KEY, or "
            "keep it on an encrypted disk (CJIS CP-9(8))."
        )
    if made.manifest.heads is None:
        complain("The store was not asked: the log is compared with the checkpoint alone.")


def _say_restored(done: Restored, target: Target) -> None:
    say(f"Restored the backup of {iso(done.manifest.made_us)}: {_words(done.manifest)}")
    if done.verified is None:
        say(
            f"Now load {target.neo4j_dump_to}/neo4j.dump into the stopped Neo4j: `neo4j-admin "
            f"database load neo4j --from-path={target.neo4j_dump_to} "
            "--overwrite-destination=true`. Start it, and run this command again with --loaded."
        )
        return
    records = sum(log.records for log in done.verified.logs)
    held = f"The log holds: {records} records, {done.verified.checkpoints} checkpoints"
    if done.manifest.heads is not None:
        say(f"{held}, and the roots are those of the backup.")
    elif done.manifest.checkpoint is not None:
        say(f"{held}, and the newest is that of the backup; it states no roots.")
    else:
        complain(f"{held}. The backup states neither roots nor a checkpoint to compare it with.")
    vault = IntakeSettings().vault
    if vault is not None and (target.data_dir / "vault").is_dir():
        complain(
            f"The originals are in {target.data_dir / 'vault'}, and CROSSTIP_VAULT names another "
            "place: move them there, or leave that setting out."
        )
    say(f"Put the keys back: {', '.join(line.name for line in done.manifest.keys) or 'none'}.")
    say("Then compare with a checkpoint that somebody else holds: `crosstip audit verify --kept`.")
    say("Whatever was recorded after the backup is not here.")


def _words(manifest: Manifest) -> str:
    kind = {True: "synthetic", False: "real", None: "of a kind not asked for"}[manifest.synthetic]
    size = sum(line.size for line in manifest.files)
    return (
        f"{len(manifest.files)} files, {size >> 10} KiB, engine {manifest.engine}, {kind}, "
        f"made {iso(manifest.made_us)}."
    )


def _brief(manifest: Manifest) -> Manifest:
    return manifest.model_copy(update={"files": ()})

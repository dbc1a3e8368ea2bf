"""Commands about the log: number, publish, keep, verify, prove, export, and who was shown what."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crosstip.commands.audit_keys import key_app
from crosstip.commands.wording import Json, banner, when
from crosstip.identity import As, Desk, desk
from crosstip.new_files import new_file
from crosstip.output import complain, console, print_json, print_table, say
from crosstip.session import FAILED, sentences
from graph.audit.checkpoints import compare
from graph.audit.errors import AuditError
from graph.audit.heads import Kept, Opening
from graph.audit.notes import PublicKey, text_of
from graph.audit.proof_files import ConsistencyProof, InclusionProof
from graph.audit.records import log_of
from graph.audit.settings import AuditSettings
from graph.casework.deeds import Deed
from graph.services.audit_checkpoints import publish_if_due
from graph.services.audit_export import export_log
from graph.services.audit_heads import keep as keep_head
from graph.services.audit_ledger import ledger as ledger_of
from graph.services.audit_proofs import prove_entry, prove_growth
from graph.services.audit_sequencer import sequence as number_leaves
from graph.services.audit_trees import logs_in
from graph.services.audit_verify import LogReport, Verification
from graph.services.audit_verify import verify as verify_store

audit_app = typer.Typer(help="The log that nobody can bend.", no_args_is_help=True)
audit_app.add_typer(key_app, name="key")

_Log = Annotated[
    str | None, typer.Option(help="Name of a log: `operator` or `agency:KEY`; else the own one.")
]
_File = Annotated[Path, typer.Argument(help="File to write; it must not be there yet.")]
_Key = Annotated[
    str | None, typer.Option(help="Public key noted outside; else the log's own is taken.")
]


@audit_app.command()
def sequence(*, user: As = None, json: Json = False) -> None:
    """Number the leaves that wait."""
    with desk(user, Deed.AUDIT_PUBLISH) as at:
        done = number_leaves(at.whole)
    if json:
        print_json(done)
        return
    for log in done:
        say(f"{log.log}: {log.added} leaves numbered, {log.size} records.")
    if len(done) == 0:
        say("No leaf waits for a number.")


@audit_app.command()
def checkpoint(
    *,
    now: Annotated[bool, typer.Option("--now", help="Without waiting for its time.")] = False,
    user: As = None,
) -> None:
    """Publish a checkpoint when its time has come; made for a timer."""
    with desk(user, Deed.AUDIT_PUBLISH) as at:
        made = publish_if_due(at.whole, AuditSettings(), at_once=now)
    if made is None:
        say("No checkpoint is due.")
        return
    say(
        f"Checkpoint {made.checkpoint.number} of {when(made.checkpoint.at_us)} covers "
        f"{made.records} records in {made.logs} logs: {made.file}"
    )


@audit_app.command()
def keep(file: _File, *, log: _Log = None, user: As = None) -> None:
    """Write the newest checkpoint with a log's own head: what an agency keeps elsewhere."""
    with desk(user, Deed.AUDIT_READ) as at:
        name = _one_log(at, log)
        kept = keep_head(at.whole, name)
        at.shows(name)
        with new_file(file) as target:
            target.write(f"{kept.model_dump_json()}\n".encode())
    say(f"{file} holds {kept.opening.size} records of {name}. Keep it where nobody here can write.")


@audit_app.command()
def logs(*, user: As = None, json: Json = False) -> None:
    """List the logs."""
    with desk(user, Deed.AUDIT_PUBLISH) as at:
        rows = logs_in(at.whole)
    if json:
        print_json([{"log": row.key, "records": row.size, "root": row.root} for row in rows])
        return
    print_table("Logs", ("log", "records", "root"), [(r.key, r.size, r.root) for r in rows])


@audit_app.command()
def verify(
    *,
    kept: Annotated[list[Path] | None, typer.Option(help="A file of `audit keep`.")] = None,
    key: _Key = None,
    log: Annotated[str | None, typer.Option(help="Only this log.")] = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Recompute the log from its records and compare it with every checkpoint."""
    with desk(user, Deed.AUDIT_VERIFY) as at, console.status("verifying") as status:
        # Whoever runs the installation verifies everything, an auditor the own agency's log.
        only = _one_log(at, log) if log is not None or at.caller.agency is not None else None
        result = verify_store(
            at.whole,
            key=PublicKey.parse(key) if key is not None else None,
            kept=[_read_kept(path) for path in kept or ()],
            only=only,
            tell=lambda what, done, total: status.update(f"{what}: {done} of {total}"),
        )
    if json:
        print_json({"is_good": result.is_good, "found": result})
    else:
        _print_verification(result)
    if not result.is_good:
        raise typer.Exit(FAILED)


def _print_verification(result: Verification) -> None:
    columns = ("log", "records", "signed", "not yet signed", "waiting", "found")
    rows = [
        (r.log, r.records, r.signed, max(r.records - r.signed, 0), r.waiting, _found(r))
        for r in result.logs
    ]
    print_table("The log", columns, rows)
    if result.checkpoints == 0:
        say(
            "No checkpoint was published yet, so nothing vouches for the log: `crosstip audit key "
            "new`, then `crosstip audit checkpoint`."
        )
    else:
        say(f"{result.checkpoints} checkpoints hold.")
    if result.chain is not None:
        complain(f"Checkpoint {result.chain.number} does not hold: {result.chain.why}")
    for problem in result.problems:
        complain(problem)
    if result.checkpoints > 0 and not result.key_is_pinned:
        say("The key was taken from the log itself. Name the one that was noted with --key.")
    if result.waiting > 0:
        say(
            f"{result.waiting} leaves wait for a number; nothing proves yet that none of them is "
            "missing."
        )
    if not result.is_good:
        say("THE LOG DOES NOT HOLD. Stop and keep the disk.")
    elif result.checkpoints > 0:
        say("Everything that is numbered and signed holds.")


def _found(report: LogReport) -> str:
    if report.finding is None:
        return "nothing wrong"
    return f"first bad position {report.finding.position}: {report.finding.what}"


@audit_app.command()
def prove(
    entry: Annotated[str | None, typer.Argument(help="Key of an entry, see `ledger`.")] = None,
    *,
    since: Annotated[Path | None, typer.Option(help="A file of `audit keep`.")] = None,
    user: As = None,
) -> None:
    """Prove that an entry is in the log, or that a log only grew since a kept checkpoint."""
    with desk(user, Deed.AUDIT_VERIFY) as at:
        if (entry is None) == (since is None):
            raise AuditError("Name either an entry or a kept checkpoint (--since FILE).")
        proof: ConsistencyProof | InclusionProof | None = None
        if since is not None:
            proof = prove_growth(at.whole, _read_kept(since))
            at.asks(proof.new.opening.log)
        elif entry is not None:
            proof = prove_entry(at.whole, entry)
            at.asks(proof.checkpoint.opening.log)
        at.shows(entry)
    print_json(proof)


@audit_app.command()
def export(file: _File, *, log: _Log = None, user: As = None) -> None:
    """Write one log with its hashes and checkpoints for the stand-alone verifier."""
    with desk(user, Deed.AUDIT_READ) as at, new_file(file) as target:
        name = _one_log(at, log)
        at.shows(name)
        written = export_log(at.whole, name, write=lambda text: target.write(text.encode()))
    say(f"{written} records of {name} are in {file}. Check them without Crosstip:")
    say(f"python graph/audit/standalone_verifier.py export {file} --key KEY")


@audit_app.command("compare")
def compare_files(
    files: Annotated[list[Path], typer.Argument(help="Files of `audit keep` or checkpoints.")],
) -> None:
    """Compare checkpoints that several agencies hold: were they shown one history?"""
    with sentences():
        found = compare([_read_note(path) for path in files])
        if found.split is not None:
            raise AuditError(found.split)
    for first, second in found.gaps:
        complain(f"Not compared: bring the published checkpoints between {first} and {second}.")
    say(f"{len(files)} checkpoints, no sign of two histories.")
    if len(found.gaps) > 0:
        raise typer.Exit(FAILED)


@audit_app.command()
def ledger(
    record: Annotated[str, typer.Argument(help="Key of a record, such as `ncmec:123`.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=5000)] = 200,
    user: As = None,
    json: Json = False,
) -> None:
    """Show who did what with a record, and who was shown it, the newest first."""
    with desk(user, Deed.AUDIT_READ) as at:
        own = None if at.caller.unnamed else log_of(at.caller.agency)
        lines = ledger_of(at.whole, record, limit=limit, log=own)
        at.shows(record)
        synthetic = at.synthetic
    if json:
        print_json(lines)
        return
    banner(synthetic=synthetic)
    print_table(
        f"Log of {record}",
        ("when", "who", "agency", "purpose", "action", "outcome", "as", "entry"),
        [
            (
                when(line.at_us),
                line.actor,
                line.agency,
                line.purpose,
                line.action,
                line.outcome,
                line.capacity,
                line.entry,
            )
            for line in lines
        ],
    )
    if len(lines) == limit:
        complain(f"Only the newest {limit} are shown (--limit).")


def _one_log(at: Desk, log: str | None) -> str:
    """Give the log that is meant, the own one where none is named.

    Raises:
        RightsError: it is another agency's, or the operators'.
    """
    name = log if log is not None else log_of(at.caller.agency)
    at.asks(name)
    return name


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AuditError(f"{path} cannot be read.") from error


def _read_kept(path: Path) -> Kept:
    return Kept.parse(_read(path))


def _read_note(path: Path) -> tuple[str, Opening | None]:
    text = _read(path)
    if text.startswith("{"):
        kept = Kept.parse(text)
        return kept.note, kept.opening
    text_of(text)
    return text, None

"""Commands about the chain of custody of a tip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from crosstip.commands import custody_bundle
from crosstip.commands.wording import Json, banner, when
from crosstip.identity import As, Desk, desk
from crosstip.output import print_json, print_table, say
from crosstip.session import tip_key
from graph.custody.page import Custody, CustodyEntry
from graph.queries.custody import PAGE
from graph.services.custody import show_custody
from graph.services.custody_ledger import list_custody_log

custody_app = typer.Typer(
    help="What stands behind a tip, and who did what with it.", no_args_is_help=True
)
custody_app.command()(custody_bundle.bundle)
custody_app.command()(custody_bundle.verify)
_Tip = Annotated[str, typer.Argument(help="Tip number.")]


@custody_app.command()
def show(
    tip: _Tip,
    *,
    limit: Annotated[int, typer.Option(min=0, help="Entries of the log at most.")] = 1000,
    user: As = None,
    json: Json = False,
) -> None:
    """Show what was received, each version, moves, hand-offs, and what the own log says."""
    key = tip_key(tip)
    with desk(user) as at:
        found = show_custody(at.caller, at.store, tip=key, reads=at.reads)
        entries = list(_entries(at, key, limit))
        synthetic = at.synthetic
    if json:
        print_json({"custody": found, "log": entries})
        return
    banner(synthetic=synthetic)
    _say_custody(found)
    _say_entries(entries, limit)


def _entries(at: Desk, tip: str, limit: int) -> Iterator[CustodyEntry]:
    after: str | None = ""
    until_us, left = None, limit
    while after is not None and left > 0:
        page = list_custody_log(
            at.caller,
            at.store,
            tip=tip,
            reads=at.reads,
            after=after,
            until_us=until_us,
            limit=min(left, PAGE),
        )
        yield from page.items
        after, until_us, left = page.next_after, page.until_us, left - len(page.items)


def _say_custody(found: Custody) -> None:
    for sentence in found.says:
        say(sentence)
    print_table(
        f"{found.tip}: documents as received",
        ("SHA-256", "name", "bytes", "channel", "received", "times", "original"),
        [
            (
                d.sha256,
                d.name,
                d.size,
                d.channel,
                when(d.received_us),
                len(d.receipts_us),
                d.held,
            )
            for d in found.documents
        ],
    )
    print_table(
        "Versions",
        ("part", "document", "issued", "recorded", "handed in by", "reader", "what changed"),
        [
            (
                v.part,
                v.document[:12],
                when(v.issued_us),
                when(v.recorded_us),
                ", ".join(v.received_by) or "not in the own log",
                v.parser,
                " ".join(v.changed),
            )
            for v in found.versions
        ],
    )
    for move in found.moves:
        why = "" if move.why is None else f": {move.why}"
        moved = f"{move.from_state} -> {move.to_state}"
        say(f"{when(move.at_us)} {move.move} by {move.made_by}, {moved}{why}")
    for seen in found.verifications:
        at = when(seen.at_us)
        say(f"{at} {seen.verdict} by {seen.verified_by}: {seen.about}, file {seen.file_id}")
    for handed in found.handoffs:
        say(f"Hand-off {handed.ref}: {handed.giver} -> {handed.receiver}, {handed.stage}")
        for receipt in handed.receipts:
            holds = "holds" if receipt.holds else f"DOES NOT HOLD: {'; '.join(receipt.faults)}"
            say(f"    {when(receipt.at_us)} {receipt.step}, receipt {receipt.sha256[:12]} {holds}")
    for sentence in (*found.cut_off, *found.cannot_tell):
        say(sentence)


def _say_entries(entries: list[CustodyEntry], limit: int) -> None:
    print_table(
        "The own agency's log",
        ("number", "entry", "at", "by", "kind", "what", "outcome", "purpose"),
        [
            (
                "waits" if e.number is None else e.number,
                e.entry,
                when(e.at_us),
                e.actor,
                e.kind,
                e.action,
                e.outcome,
                e.purpose,
            )
            for e in entries
        ],
    )
    if len(entries) == limit:
        say(f"Only {limit} entries are shown; --limit N shows more.")

"""Commands that show tips: one with everything known of it, and the list."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, print_lines, when
from crosstip.output import print_json, print_table, say
from crosstip.session import opened, tip_key
from graph.clock import iso
from graph.services.tips import TipView, list_tips, show_tip


def show(tip: Annotated[str, typer.Argument(help="Tip number.")], *, json: Json = False) -> None:
    """Show one tip with what its documents say, its files, versions and investigations."""
    with opened() as found:
        view = show_tip(found.store, tip_key(tip))
        synthetic = found.info.synthetic
    if json:
        print_json(view)
        return
    banner(synthetic=synthetic)
    _print_statements(view)
    _print_record(view)
    for sentence in view.cut_off:
        say(sentence)


def _print_statements(view: TipView) -> None:
    facts = [(k, v) for k, v in view.tip.model_dump().items() if v not in (None, [], "")]
    print_table(
        view.tip.key,
        ("fact", "value"),
        [(k, iso(v) if k.endswith("_us") else v) for k, v in facts if k != "order_key"],
    )
    print_table(
        "Notes and details",
        ("place", "text"),
        [(n.path, n.text) for n in (*view.notes, *view.details)],
    )
    print_table(
        "Assertions",
        ("role", "kind", "identifier", "event", "time", "links", "tips", "ended"),
        [
            (
                a.role,
                a.kind,
                a.identifier if a.state == "normal" else f"{a.identifier} [{a.state}]",
                a.event,
                when(a.at_us) if a.at_us is not None else (a.time_raw or "-"),
                "yes" if a.linking and a.state == "normal" else "no",
                a.tip_count,
                when(a.ended_us),
            )
            for a in view.assertions
        ],
    )


def _print_record(view: TipView) -> None:
    print_table(
        "Files (Crosstip holds no file)",
        ("file", "name", "viewed by provider", "relevance", "class (asserted)", "annotations"),
        [
            (
                f.file_id,
                f.name,
                f.viewed_by_esp,
                f.relevance,
                f.classification,
                ", ".join(f.annotations or ()),
            )
            for f in view.files
        ],
    )
    print_table(
        "Versions",
        ("part", "issued", "current", "document", "receipts", "original", "unknown", "rejected"),
        [
            (
                v.part,
                iso(v.issued_us),
                "yes" if v.current else "no",
                v.document[:16],
                len(v.receipts_us),
                v.original,
                len(v.unknown),
                len(v.rejected),
            )
            for v in view.versions
        ],
    )
    print_table(
        "Media cut out, never kept (name|bytes|SHA-256|type)",
        ("document", "media"),
        [(v.document[:16], entry) for v in view.versions for entry in v.media],
    )
    print_table(
        "Other tips named",
        ("tip", "kind", "direction", "held"),
        [(r.tip, r.kind, r.direction, "no" if r.stub else "yes") for r in view.references],
    )
    print_table(
        "Investigations that claim an identifier of it",
        ("investigation", "status", "kind", "identifier", "claimed as", "role here"),
        [
            (i.investigation, i.status, i.kind, i.identifier, i.claim_role, i.tip_role)
            for i in view.investigations
        ],
    )


def tips(
    *,
    after: Annotated[str, typer.Option(help="Where the last page ended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    json: Json = False,
) -> None:
    """List tips: imminent danger and escalated ones first, then the newest."""
    with opened() as found:
        page = list_tips(found.store, after=after, limit=limit)
        synthetic = found.info.synthetic
    if json:
        print_json(page)
        return
    banner(synthetic=synthetic)
    print_lines(f"Tips as of {iso(page.as_of_us)}", page.tips)
    if page.next_after is not None:
        say(f"More with --after '{page.next_after}'.")

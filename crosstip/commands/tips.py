"""Commands that show tips: one with everything known of it, and the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from crosstip.commands.evidence import evidence_at, say_evidence
from crosstip.commands.wording import URGENCY_WORDS, Json, banner, print_lines, when
from crosstip.identity import As, desk
from crosstip.output import as_plain, print_json, print_table, say
from crosstip.session import tip_key
from graph.casework.deeds import Deed
from graph.clock import iso
from graph.queries.tips import AssertionRow, TipRow
from graph.scoring.pairs import WALKED_STATES
from graph.services.tips import TipView, list_tips, show_tip


def show(
    tip: Annotated[str, typer.Argument(help="Tip number.")], *, user: As = None, json: Json = False
) -> None:
    """Show one tip with what its documents say, its files, versions and investigations."""
    with desk(user, Deed.TIP_READ) as at:
        view = show_tip(at.store, tip_key(tip))
        at.shows(view.tip.key, *(row.investigation for row in view.investigations))
        evidence = evidence_at(at, view.tip.key)
        synthetic = at.synthetic
    if json:
        print_json({**as_plain(view), "evidence": evidence.files})
        return
    banner(synthetic=synthetic)
    _print_statements(view)
    _print_files(view)
    say_evidence(evidence)
    _print_documents(view)
    _print_surroundings(view)
    for sentence in view.cut_off:
        say(sentence)


def _print_statements(view: TipView) -> None:
    _print_filled(
        view.tip.key,
        ("fact", "value"),
        [(name, value) for name, value in _facts(view.tip) if value not in (None, [], "")],
    )
    _print_filled(
        "Notes and details",
        ("place", "text"),
        [(n.path, n.text) for n in (*view.notes, *view.details)],
    )
    _print_filled(
        "Assertions",
        ("role", "kind", "identifier", "event", "time", "may link", "tips", "ended"),
        [
            (
                a.role,
                a.kind,
                a.identifier if a.state == "normal" else f"{a.identifier} [{a.state}]",
                a.event,
                _stated_time(a),
                a.linking and a.state in WALKED_STATES,
                a.tip_count,
                when(a.ended_us),
            )
            for a in view.assertions
        ],
    )


def _facts(tip: TipRow) -> list[tuple[str, object]]:
    """Give what is known of a tip itself, in words; None for what does not apply."""
    return [
        ("urgency", URGENCY_WORDS.get(tip.urgency, tip.urgency)),
        ("why urgent", tip.urgency_reasons),
        ("withdrawn", _time(tip.withdrawn_us)),
        ("why withdrawn", tip.withdrawn_why),
        ("standing", "only named by other tips, no document yet" if tip.stub else None),
        ("number", "provisional: no document states it yet" if tip.provisional else None),
        ("source", tip.source),
        ("report number", tip.report_number),
        ("provider", tip.provider_name if tip.provider_name is not None else tip.provider),
        ("platform", tip.platform),
        ("incident types", tip.incident_types),
        ("incident time", _time(tip.incident_us)),
        ("incident time as stated", tip.incident_time_raw),
        ("received by NCMEC", _time(tip.received_us)),
        ("first recorded here", _time(tip.first_recorded_us)),
        ("NCMEC priority", tip.ncmec_priority),
        ("NCMEC status", tip.ncmec_status),
        ("annotations", tip.annotations),
        ("bundled report", tip.batched_reason),
        ("files", tip.file_count),
        ("versions", tip.version_count),
    ]


def _time(us: int | None) -> str | None:
    return None if us is None else iso(us)


def _stated_time(assertion: AssertionRow) -> str:
    if assertion.at_us is not None:
        return iso(assertion.at_us)
    return assertion.time_raw if assertion.time_raw is not None else "-"


def _print_files(view: TipView) -> None:
    _print_filled(
        "Files (Crosstip holds no file)",
        (
            "file",
            "name",
            "viewed by provider",
            "relevance",
            "class (asserted)",
            "annotations",
            "seen before",
        ),
        [
            (
                f.file_id,
                f.name if f.name is not None else f.original_name,
                f.viewed_by_esp,
                f.relevance,
                f.classification,
                f.annotations,
                f"{f.seen}: {f.seen_why}",
            )
            for f in view.files
        ],
    )


def _print_documents(view: TipView) -> None:
    _print_filled(
        "Versions",
        ("part", "issued", "current", "document", "receipts", "original", "unknown", "rejected"),
        [
            (
                v.part,
                iso(v.issued_us),
                v.current,
                v.document[:16],
                len(v.receipts_us),
                v.original,
                len(v.unknown),
                len(v.rejected),
            )
            for v in view.versions
        ],
    )
    _print_filled(
        "Media cut out, never kept (name|bytes|SHA-256|type)",
        ("document", "media"),
        [(v.document[:16], entry) for v in view.versions for entry in v.media],
    )


def _print_surroundings(view: TipView) -> None:
    _print_filled(
        "Other tips named",
        ("tip", "kind", "direction", "held"),
        [(r.tip, r.kind, r.direction, not r.stub) for r in view.references],
    )
    _print_filled(
        "Investigations that claim an identifier of it",
        ("investigation", "status", "kind", "identifier", "claimed as", "role here"),
        [
            (i.investigation, i.status, i.kind, i.identifier, i.claim_role, i.tip_role)
            for i in view.investigations
        ],
    )


def _print_filled(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table unless it is empty."""
    if len(rows) > 0:
        print_table(title, columns, rows)


def tips(
    *,
    after: Annotated[str, typer.Option(help="Where the last page ended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    user: As = None,
    json: Json = False,
) -> None:
    """List tips: imminent danger and escalated ones first, then the newest."""
    with desk(user, Deed.TIP_READ) as at:
        page = list_tips(at.store, after=after, limit=limit)
        at.shows(None, *(line.key for line in page.tips))
        synthetic = at.synthetic
    if json:
        print_json(page)
        return
    banner(synthetic=synthetic)
    print_lines(f"Tips as of {iso(page.as_of_us)}", page.tips)
    if page.next_after is not None:
        say(f"More with --after '{page.next_after}'.")

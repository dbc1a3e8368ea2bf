"""The page of custody for people: one HTML file without scripts, and the bundle's README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from graph.clock import iso
from graph.custody.page import Custody, CustodyEntry
from graph.exchange.texts import plain

_STYLE = (
    "body{font:14px/1.4 sans-serif;margin:2em}table{border-collapse:collapse;margin:1em 0}"
    "td,th{border:1px solid #999;padding:.3em .5em;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}.mark{border:2px solid #900;padding:.5em;font-weight:bold}"
)
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)
_README = """\
Custody of {tip}: a bundle of Crosstip.

Summary, not evidence: custody.html and custody.json. Evidence is the documents as they were
received, named by their SHA-256; those in `originals/` are the bytes that are kept, media cut out.

custody.html              the page for people
custody.json              the same for machines
log/entries.ndjson        entries of the agency's log about the tip, each with its proof (RFC 6962)
log/checkpoint.json       the signed checkpoint that the proofs rest on
receipts/                 the agency's receipts of hand-offs, whose digests stand in the log
originals/                documents, where they were asked for and are held
manifest.json             SHA-256 of every member
manifest.sig              the signature over the manifest (Ed25519, C2SP signed note)
verify/                   what checks all of this: Python 3.11 and the library `cryptography`

    python verify/standalone_custody.py BUNDLE.zip --key KEY

Have KEY from elsewhere than this bundle (`crosstip audit key show`, or the agency's own note of
it): whoever makes a bundle can name any key in it. For the same reason better use a copy of the
two files in verify/ that you had before.

What it does not prove: that the list of entries is whole. Whoever signed says so; the export of
the whole log (`crosstip audit export`) shows it.
"""


def readme(tip: str) -> bytes:
    """Give the bundle's README."""
    return _README.format(tip=tip).encode()


def html_page(custody: Custody, entries: Sequence[CustodyEntry]) -> bytes:
    """Give the page; everything that a tip or a person says is escaped, invisible signs spelt."""
    parts = [
        "<!doctype html><html lang=en><head><meta charset=utf-8>",
        _POLICY,
        f"<title>Custody of {_text(custody.tip)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>Custody of {_text(custody.tip)}</h1>",
        *(f'<p class="mark">{_text(said)}</p>' for said in custody.says),
        f"<p>{_text(custody.agency)}, as of {iso(custody.as_of_us)}.</p>",
        f"<p>Held since {_time(custody.held_since_us)}.</p>"
        if custody.held_until_us is None
        else f"<p>Held until {_time(custody.held_until_us)}.</p>",
        f"<p>Withdrawn: {_time(custody.withdrawn_us)}.</p>",
        *_documents(custody),
        *_work(custody),
        *_handoffs(custody),
        *_log(entries),
        "<h2>What this cannot tell</h2><ul>",
        *(f"<li>{_text(said)}</li>" for said in (*custody.cannot_tell, *custody.cut_off)),
        "</ul></body></html>\n",
    ]
    return "\n".join(parts).encode()


def _documents(custody: Custody) -> Iterable[str]:
    yield from _table(
        "Documents as received",
        ("SHA-256", "kept as", "name", "bytes", "channel", "received", "receipts", "original"),
        [
            (
                *(d.sha256, d.stored_sha256, d.name, d.size, d.channel, _time(d.received_us)),
                *("; ".join(map(iso, d.receipts_us)), d.held),
            )
            for d in custody.documents
        ],
    )
    yield from _table(
        "Media that were cut out and never kept",
        ("document", "name|bytes|SHA-256|type"),
        [(d.sha256, cut) for d in custody.documents for cut in d.media],
    )
    yield from _table(
        "Versions",
        ("part", "document", "issued", "recorded", "handed in by", "reader", "what changed"),
        [
            (
                *(v.part, v.document, iso(v.issued_us), iso(v.recorded_us)),
                *("; ".join(v.received_by) or "not in the own log", v.parser),
                " ".join(v.changed),
            )
            for v in custody.versions
        ],
    )


def _work(custody: Custody) -> Iterable[str]:
    yield from _table(
        "Decisions about it",
        ("at", "move", "by", "from", "to", "reason", "outcome"),
        [
            (iso(m.at_us), m.move, m.made_by, m.from_state, m.to_state, m.why, m.outcome)
            for m in custody.moves
        ],
    )
    yield from _table(
        "What persons verified of files",
        ("at", "file", "about", "verdict", "seen as", "by", "authority", "gate", "reason"),
        [
            (
                *(iso(v.at_us), v.file_id, v.about, v.verdict, v.seen_as, v.verified_by),
                *(v.authority, v.gate, v.why),
            )
            for v in custody.verifications
        ],
    )


def _handoffs(custody: Custody) -> Iterable[str]:
    yield from _table(
        "Hand-offs, each step with its receipt",
        ("hand-off", "from", "to", "kind", "step", "at", "receipt's SHA-256", "log", "holds"),
        [
            (
                *(h.ref, h.giver, h.receiver, h.kind, r.step, iso(r.at_us), r.sha256, r.leaf),
                "yes" if r.holds else "NO: " + "; ".join(r.faults),
            )
            for h in custody.handoffs
            for r in h.receipts
        ],
    )


def _log(entries: Sequence[CustodyEntry]) -> Iterable[str]:
    yield from _table(
        "The agency's log about it",
        ("number", "entry", "at", "by", "kind", "what", "outcome", "decided", "purpose"),
        [
            (
                *("waits" if e.number is None else e.number, e.entry, iso(e.at_us), e.actor),
                *(e.kind, e.action, e.outcome, e.decision, e.purpose),
            )
            for e in entries
        ],
    )


def _table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str | int | None]]
) -> Iterable[str]:
    yield f"<h2>{title}</h2>"
    if len(rows) == 0:
        yield "<p>None.</p>"
        return
    yield f"<table><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>"
    yield "</table>"


def _text(value: str | int | None) -> str:
    return "" if value is None else escape(plain(str(value)))


def _time(at_us: int | None) -> str:
    return "not stated" if at_us is None else iso(at_us)

"""The picture as a page of its own: pyvis's HTML, stripped, under a policy that lets nothing out.

pyvis 0.3.2 writes links to public CDNs even when told to put all in line, and leaves `title` and
`heading` unescaped in places; `canvas` keeps texts out of those, this keeps requests out.
"""

from __future__ import annotations

import html
import secrets
from collections.abc import Iterable
from html.parser import HTMLParser

from pyvis.network import Network

from client.links import NeighbourhoodAnswer
from dashboard.components.canvas import network_of
from dashboard.components.tables import preamble
from dashboard.wording import bits, visible

_SCRIPTS = 3
"""Scripts in line that pyvis 0.3.2 writes: its own, vis-network, and the drawing itself."""


class ExportError(Exception):
    """pyvis wrote something else than the pinned version does; the picture is not handed out."""


def as_html(picture: NeighbourhoodAnswer) -> bytes:
    """Give a page that draws the picture of a neighbourhood anywhere.

    Raises:
        ExportError: the page is not what the pinned pyvis writes.
    """
    return page_of(
        network_of(picture),
        title=picture.tip,
        lines=[f"Neighbourhood of tip {picture.tip}", *preamble(picture)],
        tables=_tables(picture),
    )


def page_of(
    network: Network,
    *,
    title: str,
    lines: Iterable[str],
    tables: Iterable[Iterable[tuple[str, ...]]],
) -> bytes:
    """Give a page that draws a network anywhere and asks no host for anything.

    Its scripts run by a nonce of this page alone (Content Security Policy Level 3), so a text of
    a tip could not run even if it became markup. Texts are given as they are and escaped here.

    Raises:
        ExportError: the page is not what the pinned pyvis writes.
    """
    nonce = secrets.token_urlsafe(18)
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    page = _Page(
        nonce=nonce,
        head=f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>Crosstip: {html.escape(visible(title))}</title>",
        top="".join(f"<p>{html.escape(visible(line))}</p>" for line in lines),
        bottom="".join(_table(rows) for rows in tables),
    )
    page.feed(network.generate_html())
    page.close()
    return page.written()


class _Page(HTMLParser):
    """Writes pyvis's page again, without what loads anything and with what is ours added."""

    def __init__(self, *, nonce: str, head: str, top: str, bottom: str) -> None:
        super().__init__(convert_charrefs=False)
        self._added = {"head": head, "body": top}
        self._bottom = bottom
        self._nonce = nonce
        self._parts: list[str] = []
        self._scripts = 0
        self._is_dropped = False

    def written(self) -> bytes:
        """Give the page.

        Raises:
            ExportError: it has other parts than it should.
        """
        if self._scripts != _SCRIPTS or len(self._added) > 0 or self._bottom != "":
            raise ExportError(
                "pyvis wrote a page of another shape than version 0.3.2 does, so it was not "
                "handed out. Install the pinned version."
            )
        return "".join(self._parts).encode()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "link":
            return
        if tag == "script":
            self._is_dropped = any(name == "src" for name, _ in attrs)
            if not self._is_dropped:
                self._scripts += 1
                self._parts.append(f'<script nonce="{self._nonce}">')
            return
        self._parts.append(self.get_starttag_text() or "")
        self._parts.append(self._added.pop(tag, ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._is_dropped:
            self._is_dropped = False
            return
        if tag == "body":
            self._parts.append(self._bottom)
            self._bottom = ""
        self._parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._is_dropped:
            self._parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self._parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._parts.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._parts.append(f"<!{decl}>")


def _tables(picture: NeighbourhoodAnswer) -> list[list[tuple[str, ...]]]:
    names = {node.id: f"{node.kind} {node.key}" for node in picture.nodes}
    return [
        [(node.kind, node.key, node.detail) for node in picture.nodes],
        [
            (names[edge.start], names[edge.end], edge.label, f"{bits(edge.weight)} bits")
            for edge in picture.edges
        ],
    ]


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    written = (
        "<tr>" + "".join(f"<td>{html.escape(visible(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table border='1'>{''.join(written)}</table>"

"""The picture as a page of its own: pyvis's HTML, stripped, under a policy that lets nothing out.

pyvis 0.3.2 writes links to public CDNs even when told to put all in line, and leaves `title`,
`heading`, the options and the ids of its menu unescaped. `canvas` keeps texts out of those. Here a
network that uses one of them is refused, as is a page that holds any tag which ours does not.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

from pyvis.network import Network

from client.links import NeighbourhoodAnswer
from dashboard.components.canvas import is_plain_title, network_of
from dashboard.components.tables import preamble
from dashboard.wording import bits, visible

_SCRIPTS = 3
"""Scripts in line that pyvis 0.3.2 writes: its own, vis-network, and the drawing itself."""
_TAGS = frozenset({"html", "head", "meta", "style", "script", "body", "center", "h1", "div"})
_ATTRIBUTES = frozenset({"class", "id", "charset"})
_TABLE_STYLE = "td{border:1px solid #666;padding:2px 4px;overflow-wrap:anywhere}"


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

    Its scripts and styles run by their hashes alone (Content Security Policy Level 3, 6.7.3), so a
    text of a tip could not run even if it became markup. Texts are given as they are and escaped
    here.

    Raises:
        ExportError: the network uses a part of pyvis that writes texts as markup, or the page is
            not what the pinned pyvis writes.
    """
    _require_texts(network)
    page = _Page(
        title=f"<title>Crosstip: {html.escape(visible(title))}</title>",
        top="".join(f"<p>{html.escape(visible(line))}</p>" for line in lines),
        bottom="".join(_table(rows) for rows in tables),
    )
    # As a browser reads it (HTML 13.2.3.5): else a script's hash would be another one.
    page.feed(network.generate_html().replace("\r\n", "\n").replace("\r", "\n"))
    page.close()
    return page.written()


def source_of(text: str) -> str:
    """Give the source expression by which a policy lets a script or style of this text be."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy_of(*, scripts: Sequence[str], styles: Sequence[str]) -> str:
    """Give the tag of a policy that lets these texts of scripts and styles be, and nothing else."""
    running = " ".join(map(source_of, scripts)) if len(scripts) > 0 else "'none'"
    looking = " ".join(map(source_of, styles)) if len(styles) > 0 else "'none'"
    policy = (
        f"default-src 'none'; script-src {running}; style-src {looking}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


def _require_texts(network: Network) -> None:
    """Come back when the network uses none of what pyvis 0.3.2 writes unescaped."""
    if network.heading != "" or network.select_menu or network.filter_menu:
        raise ExportError("pyvis writes headings and menus as markup: this chart has one.")
    for item in (*network.nodes, *network.edges):
        if not is_plain_title(str(item.get("title", ""))):
            raise ExportError("pyvis may write titles as markup: one here is no plain text.")


class _Page(HTMLParser):
    """Writes pyvis's page again, without what loads anything and with what is ours added."""

    def __init__(self, *, title: str, top: str, bottom: str) -> None:
        super().__init__(convert_charrefs=False)
        self._title = title
        self._added = {"body": top}
        self._bottom = bottom
        self._is_ended = False
        self._parts: list[str] = []
        self._policy_at = 0
        self._held: dict[str, list[str]] = {"script": [], "style": []}
        self._open = ""
        """The script or style that is being read."""
        self._is_dropped = False
        self._odd: set[str] = set()

    def written(self) -> bytes:
        """Give the page.

        Raises:
            ExportError: it has other parts than it should.
        """
        is_whole = len(self._added) == 0 and self._is_ended and self._policy_at > 0
        if len(self._held["script"]) != _SCRIPTS or not is_whole or len(self._odd) > 0:
            raise ExportError(
                "pyvis wrote a page of another shape than version 0.3.2 does, so it was not "
                "handed out. Install the pinned version."
            )
        styles = [*self._held["style"], _TABLE_STYLE]
        policy = policy_of(scripts=self._held["script"], styles=styles)
        added = f"{policy}{self._title}<style>{_TABLE_STYLE}</style>"
        self._parts.insert(self._policy_at, added)
        return "".join(self._parts).encode()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "link":
            return
        if tag == "script" and any(name == "src" for name, _ in attrs):
            self._is_dropped = True
            return
        if tag not in _TAGS:
            self._odd.add(tag)
        if tag in self._held:
            self._open = tag
            self._held[tag].append("")
        kept = "".join(
            f' {name}="{html.escape(value or "")}"' for name, value in attrs if name in _ATTRIBUTES
        )
        self._parts.append(f"<{tag}{kept}>{self._added.pop(tag, '')}")
        if tag == "meta" and self._policy_at == 0:
            # After the one that says how the page is encoded.
            self._policy_at = len(self._parts)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._is_dropped:
            self._is_dropped = False
            return
        if tag == self._open:
            self._open = ""
        if tag == "body":
            self._parts.append(self._bottom)
            self._is_ended = True
        self._parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._is_dropped:
            return
        if self._open != "":
            self._held[self._open][-1] += data
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
    return f"<table>{''.join(written)}</table>"

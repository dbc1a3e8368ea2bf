"""The picture as a page of its own: pyvis's HTML, stripped, under a policy that lets nothing out.

pyvis 0.3.2 writes links to public CDNs even when told to put all in line, and leaves `title` and
`heading` unescaped in places; `canvas` keeps texts out of those, this keeps requests out.
"""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Iterable

from client.tips import NeighbourhoodAnswer
from dashboard.components.canvas import network_of
from dashboard.components.tables import preamble
from dashboard.wording import bits, visible

_LINK_TAG = re.compile(r"<link\s[^>]*>")
_OUTER_SCRIPT = re.compile(r"<script\s[^>]*\bsrc=[^>]*>\s*</script>")
_SCRIPT = re.compile(r'<script(?: type="text/javascript")?>')
_SCRIPTS = 4
"""Scripts in line that pyvis 0.3.2 writes: three libraries and the drawing itself."""


class ExportError(Exception):
    """pyvis wrote something else than the pinned version does; the picture is not handed out."""


def as_html(picture: NeighbourhoodAnswer) -> bytes:
    """Give a page that draws the picture anywhere and asks no host for anything.

    Its scripts run by a nonce of this page alone (Content Security Policy Level 3), so a text of
    a tip could not run even if it became markup.

    Raises:
        ExportError: the page is not what the pinned pyvis writes.
    """
    nonce = secrets.token_urlsafe(18)
    page = _OUTER_SCRIPT.sub("", _LINK_TAG.sub("", network_of(picture).generate_html()))
    page, count = _SCRIPT.subn(f'<script nonce="{nonce}">', page)
    if count != _SCRIPTS or page.count("<head>") != 1 or page.count("<body>") != 1:
        raise ExportError(
            "pyvis wrote a page of another shape than version 0.3.2 does, so it was not handed "
            "out. Install the pinned version."
        )
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    head = (
        f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>Crosstip: {html.escape(visible(picture.tip))}</title>"
    )
    page = page.replace("<head>", head, 1).replace("<body>", f"<body>{_heading(picture)}", 1)
    return page.replace("</body>", f"{_tables(picture)}</body>").encode()


def _heading(picture: NeighbourhoodAnswer) -> str:
    lines = [f"Neighbourhood of tip {picture.tip}", *preamble(picture)]
    return "".join(f"<p>{html.escape(visible(line))}</p>" for line in lines)


def _tables(picture: NeighbourhoodAnswer) -> str:
    names = {node.id: f"{node.kind} {node.key}" for node in picture.nodes}
    nodes = ((node.kind, node.key, node.detail) for node in picture.nodes)
    edges = (
        (names[edge.start], names[edge.end], edge.label, f"{bits(edge.weight)} bits")
        for edge in picture.edges
    )
    return _table(nodes) + _table(edges)


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    written = (
        "<tr>" + "".join(f"<td>{html.escape(visible(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table border='1'>{''.join(written)}</table>"

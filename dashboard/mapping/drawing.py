"""The map as SVG, drawn on our server: no tiles, no script, nothing from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from dashboard.mapping.outline import SOURCE, outline
from dashboard.mapping.places import NOT_ADDRESS
from dashboard.wording import one_line

_LINE = 16
_PLAIN, _MARKED, _EDGE, _REACH = "#EDEDED", "#56B4E9", "#767676", "#D55E00"


def map_svg(counts: Mapping[str, int], *, lines: Sequence[str]) -> bytes:
    """Give the map with how many estimates each state has, and how far each may be from its mark.

    `counts` is by the name of a state. Lines of text stand above it, and what a mark is below.
    """
    drawn = outline()
    said = [one_line(line, limit=300) for line in lines]
    top = -_LINE * (len(said) + 1)
    height = drawn.height - top + 2 * _LINE + 8
    view = f'viewBox="0 {top} {drawn.width} {height}" width="{drawn.width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {view} font-family="sans-serif" font-size="12">',
        f'<rect x="0" y="{top}" width="{drawn.width}" height="{height}" fill="#FFFFFF"/>',
    ]
    parts += [_text(8, top + _LINE * at, line) for at, line in enumerate(said, start=1)]
    for name, state in drawn.states.items():
        fill = _MARKED if counts.get(name, 0) > 0 else _PLAIN
        title = f"<title>{escape(f'{name}: {counts.get(name, 0)}')}</title>"
        parts.append(
            f"<path d={quoteattr(state.path)} fill={quoteattr(fill)} "
            f'stroke="{_EDGE}" stroke-width="0.6">{title}</path>'
        )
    for name, count in counts.items():
        state = drawn.states[name]
        where = f'cx="{state.x:g}" cy="{state.y:g}"'
        parts.append(
            f'<circle {where} r="{state.reach:.1f}" fill="none" stroke="{_REACH}" '
            'stroke-width="1.5" stroke-dasharray="6 5"/>'
        )
        parts.append(f'<circle {where} r="11" fill="#FFFFFF" stroke="{_REACH}" stroke-width="2"/>')
        parts.append(_text(state.x, state.y + 4, str(count), anchor="middle"))
    parts.append(_text(8, drawn.height + _LINE, NOT_ADDRESS))
    parts.append(_text(8, drawn.height + 2 * _LINE, f"Dashed: how far it may be. {SOURCE}"))
    return ("\n".join([*parts, "</svg>"]) + "\n").encode()


def _text(x: float, y: float, text: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="#000000">{escape(text)}</text>'

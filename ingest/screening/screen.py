"""Screening: no media ever touches the disk.

Every document is screened in memory, before spool, vault, quarantine or log. Media, archives and
other binary data are cut out and listed by name, size and SHA-256; the rest of the tip goes in.

What is recognised: whole documents that are media, archives, PDF or other binary data; media
within a text as raw bytes, base64, hex, lists of byte values, escaped bytes or data URIs, in
UTF-8, UTF-16 and UTF-32 documents. What is not: media that were encrypted, or written in an
encoding that no known sender uses (base85, uuencode, quoted-printable, zlib without a header).
Vector drawings (SVG) are text; pictures embedded in them are cut out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.screening.encoded import encoded_spans
from ingest.screening.findings import MediaFinding, Screened, Span, finding, marker
from ingest.screening.raw import has_binary, is_no_text, raw_spans
from ingest.screening.signatures import media_type_of_document
from ingest.screening.wide import wide_encoding

WHOLE = "whole document"
_NAME = re.compile(rb"\"([^\"\\\x00-\x1f]{1,80})\"\s*:|<([A-Za-z_][\w:.\-]{0,80})")
_NAME_WINDOW = 4096


def screen(data: bytes) -> Screened:
    """Give the document without media, and a finding for each run removed.

    A document that is media, an archive, a PDF or no text at all comes back empty. Otherwise each
    run is replaced by `[media removed by Crosstip: … bytes … sha256 …]`, which leaves JSON and
    XML well-formed. Hash values stay: they do not decode to the beginning of a media file.
    """
    media_type = media_type_of_document(data)
    if media_type is not None:
        return _refused(data, media_type)
    encoding = wide_encoding(data)
    if encoding is not None:
        return _screen_wide(data, *encoding)
    return _screen_bytes(data)


def _refused(data: bytes, media_type: str) -> Screened:
    span = Span(start=0, end=len(data), content=data, media_type=media_type)
    return Screened(data=b"", media=(finding(span, WHOLE),))


def _screen_wide(data: bytes, codec: str, mark: bytes) -> Screened:
    try:
        text = data[len(mark) :].decode(codec)
    except UnicodeDecodeError:
        return _screen_bytes(data, is_wide=True)
    inner = _screen_bytes(text.encode("utf-8"))
    if len(inner.media) == 0:
        return Screened(data=data)
    if inner.is_refused:
        return _refused(data, inner.media[0].media_type)
    return Screened(data=mark + inner.data.decode("utf-8").encode(codec), media=inner.media)


def _screen_bytes(data: bytes, *, is_wide: bool = False) -> Screened:
    spans: list[Span] = []
    if has_binary(data):
        spans.extend(raw_spans(data))
        rest = _without(data, spans)
        if is_no_text(rest.replace(b"\x00", b"") if is_wide else rest):
            return _refused(data, "application/octet-stream")
    spans.extend(encoded_spans(data))
    if len(spans) == 0:
        return Screened(data=data)
    return _cut(data, spans)


def _without(data: bytes, spans: Iterable[Span]) -> bytes:
    kept: list[bytes] = []
    at = 0
    for span in spans:
        kept.append(data[at : span.start])
        at = span.end
    kept.append(data[at:])
    return b"".join(kept)


def _cut(data: bytes, spans: list[Span]) -> Screened:
    parts: list[bytes] = []
    media: list[MediaFinding] = []
    at = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if span.start < at:
            continue
        found = finding(span, _name_before(data, span.start))
        text = marker(found)
        parts += [data[at : span.start], span.prefix, b'"%s"' % text if span.bare else text]
        media.append(found)
        at = span.end
    parts.append(data[at:])
    return Screened(data=b"".join(parts), media=tuple(media))


def _name_before(data: bytes, place: int) -> str:
    last = b"text"
    for match in _NAME.finditer(data, max(0, place - _NAME_WINDOW), place):
        last = match.group(1) or match.group(2) or last
    return last.decode("utf-8", "replace")

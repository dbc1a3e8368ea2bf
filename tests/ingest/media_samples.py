"""Beginnings of media files with random filler, made when a test runs. No media is kept here."""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
import urllib.parse
import zipfile
from collections.abc import Callable, Iterator

SIZE = 1500
"""Bytes of filler after a signature."""


def _filler(size: int, seed: int) -> bytes:
    return random.Random(seed).randbytes(size)


_BOX = b"\x00\x00\x00\x20ftyp"
_HEADS: dict[str, bytes] = {
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x48\x00\x48\x00\x00",
    "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00\x00\x00\x02\x00\x08\x02",
    "image/gif": b"GIF89a\x40\x01\xf0\x00\xf7\x00\x00",
    "image/bmp": b"BM\x36\x10\x0e\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00\x80\x02",
    "image/tiff": b"II*\x00\x08\x00\x00\x00\x0e\x00\xfe\x00",
    "image/webp": b"RIFF\x24\x10\x00\x00WEBPVP8 ",
    "image/heic": _BOX + b"heic\x00\x00\x00\x00mif1heic",
    "image/avif": _BOX + b"avif\x00\x00\x00\x00avifmif1",
    "video/mp4": _BOX + b"isom\x00\x00\x02\x00isomiso2avc1mp41",
    "video/quicktime": _BOX + b"qt  \x20\x05\x03\x00qt  ",
    "video/3gpp": _BOX + b"3gp5\x00\x00\x01\x003gp53gp4",
    "video/x-msvideo": b"RIFF\x24\x10\x00\x00AVI LIST\xc0\x00\x00\x00hdrlavih",
    "video/x-matroska": b"\x1aE\xdf\xa3\xa3\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x88matroska",
    "video/webm": b"\x1aE\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm",
    "video/mpeg": b"\x00\x00\x01\xba\x44\x00\x04\x00\x04\x01\x01\x89\xc3\xf8\x00\x00\x01\xbb",
    "video/x-flv": b"FLV\x01\x05\x00\x00\x00\x09\x00\x00\x00\x00",
    "video/x-ms-asf": b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c",
    "image/x-icon": b"\x00\x00\x01\x00\x01\x00\x20\x20\x00\x00\x01\x00\x20\x00\xa8\x10\x00\x00",
    "image/vnd.adobe.photoshop": b"8BPS\x00\x01\x00\x00\x00\x00\x00\x00\x00\x03",
    "image/jp2": b"\x00\x00\x00\x0cjP  \r\n\x87\n\x00\x00\x00\x14ftypjp2 ",
    "image/jxl": b"\x00\x00\x00\x0cJXL \r\n\x87\n\x00\x00\x00\x14ftypjxl ",
    "application/x-7z-compressed": b"7z\xbc\xaf\x27\x1c\x00\x04",
    "application/vnd.rar": b"Rar!\x1a\x07\x01\x00",
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
}
MEDIA_TYPES = (*_HEADS, "video/mp2t", "application/zip", "application/gzip")


def sample(media_type: str, size: int = SIZE, seed: int = 7) -> bytes:
    """Give something that begins like a file of a type and goes on at random."""
    if media_type == "video/mp2t":
        return b"".join(b"G\x40" + _filler(186, seed + n) for n in range(max(8, size // 188)))
    if media_type == "application/gzip":
        return gzip.compress(_filler(size, seed), mtime=0)
    if media_type == "application/zip":
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.jpg", _filler(size, seed))
        return held.getvalue()
    # A byte that no text has ends every sample, so that its own end can be found.
    return _HEADS[media_type] + _filler(size, seed) + b"\xff\xd9"


def _lines(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def _base64(media: bytes) -> str:
    return base64.b64encode(media).decode("ascii")


ENCODINGS: dict[str, Callable[[bytes], str]] = {
    "base64": _base64,
    "base64 for URLs": lambda media: base64.urlsafe_b64encode(media).decode("ascii"),
    "base64 without padding": lambda media: _base64(media).rstrip("="),
    "base64 in lines of 76": lambda media: _lines(_base64(media), 76),
    "base64 in lines of 64": lambda media: _lines(_base64(media), 64),
    "base64 of base64": lambda media: _base64(_base64(media).encode("ascii")),
    "hex": lambda media: media.hex(),
    "hex in capitals": lambda media: media.hex().upper(),
    "hex with blanks": lambda media: media.hex(" "),
    "hex with colons": lambda media: media.hex(":"),
    "percent": lambda media: urllib.parse.quote_from_bytes(media, safe=""),
    "data URI": lambda media: "data:image/png;base64," + _base64(media),
    "text around base64": lambda media: f"Look at this: {_base64(media)}. Greetings, N.",
    "number list": lambda media: ", ".join(str(value) for value in media),
}
"""Ways in which media are written into texts."""


def json_forms(media: bytes) -> Iterator[tuple[str, bytes]]:
    """Give JSON objects that hold media in the field `x`, between `a` and `z`."""
    for label, encode in ENCODINGS.items():
        yield label, json.dumps({"a": "before", "x": encode(media), "z": "after"}).encode()
    escaped = json.dumps({"a": "before", "x": _base64(media), "z": "after"})
    yield "escaped slashes", escaped.replace("/", "\\/").encode()
    yield "escaped by number", escaped.replace("/", "\\u002F").replace("+", "\\u002b").encode()
    latin = media.decode("latin-1")
    yield "bytes as characters", json.dumps({"a": "before", "x": latin, "z": "after"}).encode()
    wide = json.dumps({"a": "before", "x": latin, "z": "after"}, ensure_ascii=False)
    yield "bytes as UTF-8 characters", wide.encode()
    yield "list of numbers", json.dumps({"a": "before", "x": list(media), "z": "after"}).encode()
    signed = [value - 256 if value > 127 else value for value in media]
    yield "signed numbers", json.dumps({"a": "before", "x": signed, "z": "after"}).encode()
    keyed = {str(place): value for place, value in enumerate(media)}
    yield "keyed numbers", json.dumps({"a": "before", "x": keyed, "z": "after"}).encode()
    buffer = {"type": "Buffer", "data": list(media)}
    yield "buffer", json.dumps({"a": "before", "x": buffer, "z": "after"}, indent=2).encode()


def xml_forms(media: bytes) -> Iterator[tuple[str, bytes]]:
    """Give XML documents that hold media in `<x>`, between `<a>` and `<z>`."""
    text = _base64(media)
    shapes = {label: encode(media) for label, encode in ENCODINGS.items()}
    shapes["references"] = text.replace("/", "&#47;").replace("+", "&#x2B;")
    shapes["references to breaks"] = "&#10;".join(
        text[at : at + 76] for at in range(0, len(text), 76)
    )
    shapes["CDATA"] = f"<![CDATA[{text}]]>"
    for label, shape in shapes.items():
        yield label, f"<r><a>before</a><x>{shape}</x><z>after</z></r>".encode()
    yield "attribute", f'<r><a>before</a><x y="{text}"/><z>after</z></r>'.encode()
    for codec in ("utf-16", "utf-16-le", "utf-16-be"):
        document = f"<r><a>before</a><x>{text}</x><z>after</z></r>"
        yield codec, document.encode(codec)

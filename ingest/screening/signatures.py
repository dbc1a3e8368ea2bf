"""The first bytes by which media, archives and other binary files are known.

Sources: the PRONOM registry of file formats (The National Archives), RFC 1952 (gzip), RFC 2083
(PNG), ISO/IEC 14496-12 (ftyp), ITU-T T.81 (JPEG), and the formats' own specifications. Audio and
document containers count as media here: Crosstip holds text only.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_HASH_SIZES = frozenset({16, 20, 28, 32, 48, 64, 144})
"""Bytes of MD5, SHA-1, SHA-2, PDQ and PhotoDNA values: random bytes that begin like a weak
signature once in some million, so a strong one is asked of them."""
_WEAK_SIZE = 145
"""A weak signature counts from this many bytes on."""
_SEARCHED = 1024 * 1024
"""Bytes of decoded data in which a signature that is not at the start is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signature:
    media_type: str
    pattern: bytes
    strong: bool = True
    """Six or more bytes are fixed, so chance does not produce it."""
    textual: bool = False
    """Readable characters only: counts at the start of decoded data, not within text."""


def _sig(media_type: str, pattern: bytes, **flags: bool) -> _Signature:
    return _Signature(media_type=media_type, pattern=pattern, **flags)


_SIGNATURES: tuple[_Signature, ...] = (
    _sig(
        "image/jpeg", rb"\xff\xd8\xff[\xc0-\xfe]..(?:JFIF|Exif|JFXX|Adobe|ICC_P|http:|MPF\x00|SPIF)"
    ),
    _sig("image/jpeg", rb"\xff\xd8\xff\xdb\x00[\x43\x84]\x00"),
    _sig("image/jpeg", rb"\xff\xd8\xff[\xc0-\xc4\xdb\xdd\xe0-\xef\xfe]\x00?.", strong=False),
    _sig("image/png", rb"\x89PNG\r\n\x1a\n"),
    _sig("video/x-mng", rb"\x8aMNG\r\n\x1a\n"),
    _sig("image/gif", rb"GIF8[79]a"),
    _sig(
        "image/bmp",
        rb"BM.{3}[\x00-\x3f]\x00{4}..[\x00-\x0f]\x00[\x0c\x28\x34\x38\x40\x6c\x7c]\x00{3}",
    ),
    _sig(
        "image/tiff",
        rb"II\*\x00[\x08-\xff][\x00\x01]\x00\x00|MM\x00\*\x00\x00[\x00\x01][\x08-\xff]",
    ),
    _sig("image/tiff", rb"II[\*\+]\x00|MM\x00[\*\+]", strong=False),
    _sig("image/vnd.ms-photo", rb"II\xbc\x01", strong=False),
    _sig("image/webp", rb"RIFF.{4}WEBP"),
    _sig("video/x-msvideo", rb"RIFF.{4}AVI[ X\x19]"),
    _sig("audio/wav", rb"RI(?:FF|FX).{4}WAVE"),
    _sig("application/x-riff", rb"RIFF.{3}[\x00-\x1f][A-Za-z0-9]{3}[A-Za-z0-9 ]"),
    _sig("image/heic", rb"\x00[\x00-\x02]..ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)"),
    _sig("image/avif", rb"\x00[\x00-\x02]..ftypavi[fs]"),
    _sig("video/quicktime", rb"\x00[\x00-\x02]..ftypqt  "),
    _sig("video/3gpp", rb"\x00[\x00-\x02]..ftyp3g[a-z0-9]{2}"),
    _sig("audio/mp4", rb"\x00[\x00-\x02]..ftypM4[ABP] "),
    _sig("video/mp4", rb"\x00[\x00-\x02]..ftyp[\x20-\x7e]{3}[\x00\x20-\x7e]"),
    _sig("video/quicktime", rb"\x00[\x00-\x10]..(?:moov....[a-z]{4}|wide....mdat|pnot\x00)"),
    _sig("video/quicktime", rb"[\x00-\x08]...(?:mdat|moov|wide)", strong=False),
    _sig("video/webm", rb"\x1aE\xdf\xa3.{1,40}?B\x82.{1,8}?webm"),
    _sig("video/x-matroska", rb"\x1aE\xdf\xa3.{1,40}?B\x82.{1,8}?matroska"),
    _sig("video/x-matroska", rb"\x1aE\xdf\xa3", strong=False),
    _sig("video/mpeg", rb"\x00\x00\x01\xba[\x20-\x7f].{9,20}?\x00\x00\x01[\xb0-\xff]"),
    _sig("video/mpeg", rb"\x00\x00\x01[\xb3\xba]", strong=False),
    _sig(
        "video/h264",
        rb"\x00\x00\x00\x01[\x09\x27\x67].{2,60}?\x00\x00\x01[\x28\x67\x68]",
        strong=False,
    ),
    _sig(
        "video/mp2t",
        rb"(?![\t\r\n\x20-\x7e]{188})G.{187}G.{187}G.{187}G",
        strong=False,
        textual=True,
    ),
    _sig(
        "video/mp2t",
        rb"(?![\t\r\n\x20-\x7e]{196}).{4}G.{191}G.{191}G.{191}G",
        strong=False,
        textual=True,
    ),
    _sig("video/x-flv", rb"FLV\x01[\x00-\x05]\x00\x00\x00\x09"),
    _sig("video/x-ms-asf", rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9"),
    _sig("video/vnd.rn-realvideo", rb"\.RMF\x00\x00"),
    _sig("video/ogg", rb"OggS\x00[\x00-\x07]\x00{8}"),
    _sig("image/x-icon", rb"\x00\x00[\x01\x02]\x00[\x01-\x40]\x00..[\x00-\x1f]\x00.\x00.\x00"),
    _sig("image/vnd.adobe.photoshop", rb"8BPS\x00[\x01\x02]\x00{6}"),
    _sig("image/jp2", rb"\x00\x00\x00\x0cjP  \r\n\x87\n"),
    _sig("image/x-jp2-codestream", rb"\xff\x4f\xff\x51\x00.\x00[\x00-\x0f]"),
    _sig("image/jxl", rb"\x00\x00\x00\x0cJXL \r\n\x87\n"),
    _sig("image/jxl", rb"\xff\x0a[\x00-\xff]{510}", strong=False, textual=True),
    _sig("image/x-dds", rb"DDS \x7c\x00\x00\x00"),
    _sig("image/x-qoi", rb"qoif\x00[\x00-\x40].{2}\x00[\x00-\x40]"),
    _sig("image/x-xcf", rb"gimp xcf [fv]"),
    _sig("image/bpg", rb"BPG\xfb", strong=False),
    _sig("image/vnd.djvu", rb"AT&TFORM"),
    _sig("image/wmf", rb"\xd7\xcd\xc6\x9a\x00\x00"),
    _sig("image/emf", rb"\x01\x00\x00\x00.{36} EMF\x00\x00\x01\x00"),
    _sig(
        "image/x-portable-anymap",
        rb"P[4-7][\r\n ](?:#[^\n]{0,99}\n)?\d{1,5}[ \n]\d{1,5}\s",
        textual=True,
    ),
    _sig("application/dicom", rb"\x00{128}DICM"),
    _sig("application/x-shockwave-flash", rb"[CFZ]WS[\x03-\x30]..\x00\x00", strong=False),
    _sig("audio/mpeg", rb"ID3[\x02-\x04]\x00[\x00-\xf0][\x00-\x7f]{4}"),
    _sig("audio/flac", rb"fLaC\x00\x00\x00\x22"),
    _sig("audio/amr", rb"#!AMR(?:-WB)?\n"),
    _sig(
        "application/zip", rb"PK\x03\x04[\x0a-\x3f]\x00.{2}[\x00\x08\x09\x0c\x0e\x5d\x5f\x63]\x00"
    ),
    _sig("application/zip", rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", strong=False),
    _sig("application/gzip", rb"\x1f\x8b\x08[\x00-\x1f]", strong=False),
    _sig("application/x-7z-compressed", rb"7z\xbc\xaf\x27\x1c"),
    _sig("application/vnd.rar", rb"Rar!\x1a\x07[\x00\x01]"),
    _sig("application/x-bzip2", rb"BZh[1-9]1AY&SY"),
    _sig("application/x-xz", rb"\xfd7zXZ\x00"),
    _sig("application/zstd", rb"\x28\xb5\x2f\xfd", strong=False),
    _sig("application/x-lz4", rb"\x04\x22\x4d\x18", strong=False),
    _sig("application/vnd.ms-cab-compressed", rb"MSCF\x00{4}"),
    _sig("application/x-tar", rb"[^\x00].{256}ustar(?:\x00|  \x00)", strong=False, textual=True),
    _sig("application/x-ole-storage", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    _sig("application/vnd.sqlite3", rb"SQLite format 3\x00"),
    _sig("application/pdf", rb"%PDF-[12]\."),
    _sig("application/postscript", rb"%!PS-Adobe", textual=True),
    _sig("application/rtf", rb"\{\\rtf1", textual=True),
)


def _alternatives(chosen: list[tuple[int, _Signature]]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(b"(?P<s%d>%s)" % (n, s.pattern) for n, s in chosen), re.DOTALL)


_NUMBERED = list(enumerate(_SIGNATURES))
_START = _alternatives(_NUMBERED)
_STRONG = _alternatives([(n, s) for n, s in _NUMBERED if s.strong])
_WITHIN_BINARY = _alternatives([(n, s) for n, s in _NUMBERED if not s.textual])
_STRONG_WITHIN = _alternatives([(n, s) for n, s in _NUMBERED if s.strong and not s.textual])
_HEADS = re.compile(
    rb"\xff\xd8\xff|\xff\x4f\xff\x51|\x89PNG|\x8aMNG|GIF8|BM.{4}\x00\x00|II[*+\xbc]|MM\x00[*+]|RIF"
    rb"|\x00...(?:ftyp|moov|wide|mdat|pnot)|\x1aE\xdf\xa3|\x00\x00\x01[\xb3\xba]"
    rb"|\x00\x00\x00\x01[\x09\x27\x67]|FLV\x01|\x30\x26\xb2\x75|\.RMF|OggS|\x00\x00[\x01\x02]\x00"
    rb"|8BPS|\x00\x00\x00\x0c[jJ]|DDS |qoif|gimp |BPG\xfb|AT&T|\xd7\xcd\xc6|CWS|FWS|ZWS|ID3|fLaC"
    rb"|#!AMR|PK[\x03\x05\x07]|\x1f\x8b\x08|7z\xbc|Rar!|BZh|\xfd7z|\x28\xb5\x2f|\x04\x22\x4d|MSCF"
    rb"|\xd0\xcf\x11|SQLi|%PDF",
    re.DOTALL,
)
"""Cheap first look: every alternative begins with one fixed byte, which lets `re` skip ahead."""


def _media_type(match: re.Match[bytes]) -> str:
    return _SIGNATURES[int((match.lastgroup or "s0")[1:])].media_type


def _is_gzip(data: bytes) -> bool:
    """Tell whether the first bytes inflate: three fixed bytes alone say too little."""
    try:
        zlib.decompressobj(wbits=31).decompress(data[:4096], 64)
    except zlib.error:
        return False
    return True


def media_type_of_document(data: bytes) -> str | None:
    """Give the media type when a whole document begins like media, an archive or a PDF."""
    match = _START.match(data)
    return None if match is None else _media_type(match)


def media_type_of_decoded(data: bytes) -> str | None:
    """Give the media type of data that was base64 or hex in a text, when it begins like media."""
    strong = _STRONG.match(data)
    if strong is not None:
        return _media_type(strong)
    if len(data) < _WEAK_SIZE or len(data) in _HASH_SIZES:
        return None
    match = _START.match(data)
    if match is None or (data[:2] == b"\x1f\x8b" and not _is_gzip(data)):
        return None
    return _media_type(match)


def find_strong(data: bytes) -> tuple[int, str] | None:
    """Give offset and type of the first strong signature anywhere in decoded data."""
    return _first(_STRONG_WITHIN, data, 0, _SEARCHED)


def find_in_binary(data: bytes, start: int) -> tuple[int, str] | None:
    """Give offset and type of the first signature from `start` on in data with binary bytes."""
    return _first(_WITHIN_BINARY, data, start, len(data))


def _first(pattern: re.Pattern[bytes], data: bytes, start: int, end: int) -> tuple[int, str] | None:
    for head in _HEADS.finditer(data, start, end):
        match = pattern.match(data, head.start())
        if match is not None:
            return match.start(), _media_type(match)
    return None

"""What a text without any field name may be: the raw values that a search box tries in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.identifiers.account import key_parts
from graph.identifiers.characters import MAX_RAW_LENGTH, compatible, for_key
from graph.identifiers.core import IdentifierKind, RawIdentifier
from graph.identifiers.device import luhn_digit
from graph.identifiers.file_hash import HEX_DIGITS

_HASH_ORDER = ("md5", "sha1", "sha256", "pdq", "sha384", "sha512", "photodna")
_HEX = re.compile(r"[0-9A-Fa-f]+\Z")
_TYPED_HASH = re.compile(rf"(?:urn:)?(?:{'|'.join(HEX_DIGITS)}|sha-?(?:1|256|512)):", re.IGNORECASE)
_TYPED_DEVICE = re.compile(r"(imei|iccid|imsi|meid|mac|bssid|ssid|adid):(?!//)", re.IGNORECASE)
_PHONE = re.compile(r"(?:tel:)?[+(]?[0-9][0-9 ()./-]{5,24}(?:(?:ext\.?|x)\s*[0-9]{1,6})?\Z")
_IP = re.compile(
    r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|\[?(?=(?:[^:]*:){2})[0-9A-Fa-f:.]+(?:%[^\]\s]*)?\]?)"
    r"(?::[0-9]{1,5})?(?:/[0-9]{1,3})?\Z"
)
_MAC = re.compile(r"[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}\Z")
_UUID = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?\Z")
_HOST_LIKE = re.compile(r"[^\s/@|]+\.[^\s/@|.]{2,}(?::[0-9]+)?(?:[/?#].*)?\Z")
_LABELLED = re.compile(r"([^\s|:/@][^|:/@]{0,60})[:|]\s*([^|]+)\Z")
_NOT_DIGIT = re.compile(r"[ ./-]")


def _raw(kind: IdentifierKind, value: str, subtype: str | None = None) -> RawIdentifier:
    return RawIdentifier(kind=kind, value=value, subtype=subtype)


def guesses(text: str) -> Iterator[RawIdentifier]:
    """Give the raw values that the text can be, the most likely one first."""
    if len(text) > MAX_RAW_LENGTH:
        return
    text = compatible(for_key(text))
    if text == "":
        return
    certain = tuple(_certain(text))
    yield from certain
    if certain:
        return
    if _MAC.match(text) is not None:
        yield _raw(IdentifierKind.DEVICE, text, "mac")
    elif _IP.match(text) is not None:
        yield _raw(IdentifierKind.IP_ADDRESS, text)
    else:
        if "@" in text[1:]:
            yield _raw(IdentifierKind.EMAIL, text)
        yield from _numbers(text)
        yield from _names(text)
    yield from _bare_names(text)


def _certain(text: str) -> Iterator[RawIdentifier]:
    """Give what a prefix says that the text is."""
    if _TYPED_HASH.match(text) is not None:
        yield _raw(IdentifierKind.FILE_HASH, text)
    elif (device := _TYPED_DEVICE.match(text)) is not None:
        yield _raw(IdentifierKind.DEVICE, text[device.end() :], device.group(1))
    elif text.startswith("national:"):
        yield _raw(IdentifierKind.PHONE, text)
    elif text.startswith("other:"):
        yield _raw(IdentifierKind.DEVICE, text)
        yield _raw(IdentifierKind.FILE_HASH, text)
    elif "://" in text or text[:7].lower() == "magnet:":
        yield _raw(IdentifierKind.URL, text)


def _numbers(text: str) -> Iterator[RawIdentifier]:
    if _HEX.match(text) is not None:
        for name in _HASH_ORDER:
            if len(text) == HEX_DIGITS[name]:
                yield _raw(IdentifierKind.FILE_HASH, text, name)
    digits = _NOT_DIGIT.sub("", text)
    if digits.isascii() and digits.isdecimal():
        if len(digits) == 15 and luhn_digit(digits[:14]) == digits[14]:
            yield _raw(IdentifierKind.DEVICE, digits, "imei")
        if 18 <= len(digits) <= 22 and digits.startswith("89"):
            yield _raw(IdentifierKind.DEVICE, digits, "iccid")
        if len(digits) == 16:
            yield _raw(IdentifierKind.DEVICE, digits, "imei")
    if _UUID.match(text) is not None:
        yield _raw(IdentifierKind.DEVICE, text, "adid")
    if _PHONE.match(text) is not None:
        yield _raw(IdentifierKind.PHONE, text)


def _names(text: str) -> Iterator[RawIdentifier]:
    """Give addresses of pages, and names with the platform before them."""
    if _HOST_LIKE.match(text) is not None:
        yield _raw(IdentifierKind.URL, text)
    if "|" in text:
        try:
            provider, service, account_id = key_parts(text)
        except ValueError:
            pass
        else:
            yield RawIdentifier(
                kind=IdentifierKind.ACCOUNT,
                value=account_id,
                provider=provider,
                service=service or None,
            )
    labelled = _LABELLED.match(text)
    if labelled is not None:
        provider, value = labelled.group(1).strip(), labelled.group(2)
        yield RawIdentifier(kind=IdentifierKind.SCREEN_NAME, value=value, provider=provider)
        yield RawIdentifier(kind=IdentifierKind.ACCOUNT, value=value, provider=provider)


def _bare_names(text: str) -> Iterator[RawIdentifier]:
    """Give the text as a name and as an id on a platform that is not stated."""
    if "|" in text:
        return
    yield _raw(IdentifierKind.SCREEN_NAME, text)
    if not text.startswith("@"):
        yield _raw(IdentifierKind.ACCOUNT, text)

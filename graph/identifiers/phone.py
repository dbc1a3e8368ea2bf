"""Phone numbers.

Sources: ITU-T E.164 (international form, at most 15 digits), RFC 3966 (`tel:`), the numbering plans
in the library `phonenumbers`; numbers kept for fiction (`reserved_numbers.csv`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from graph.identifiers.boilerplate import Match, boilerplate_reason
from graph.identifiers.characters import admit, compatible, finish
from graph.identifiers.core import (
    Hint,
    Identifier,
    IdentifierKind,
    IdentifierState,
    IdentifierType,
    Policy,
    RawIdentifier,
    Rejected,
)
from graph.identifiers.tables import Line, read_table

_KIND = IdentifierKind.PHONE
UNRESOLVED = "national:"
"""Prefix of the key of a number whose country nobody stated."""

_MAX_LENGTH = 100
_PUNCTUATION = str.maketrans("", "", " ()-./\u2010\u2011\u2012\u2013\u2212")
_NORTH_AMERICA = re.compile(r"\+1[2-9][0-9]{9}\Z")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_LETTER = re.compile(r"[^\W\d_]")
_EXTENSION = re.compile(r"(?:;ext=|ext\.?|extension|x|#)\s*[0-9]{1,10}\Z", re.IGNORECASE)
_CALLING_CODE = re.compile(r"\+?([0-9]{1,3})\Z")
_REGION = re.compile(r"[A-Za-z]{2}\Z")
_LENGTHS = {
    ValidationResult.TOO_SHORT: "The number is too short for its country.",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "The number has no area code.",
    ValidationResult.TOO_LONG: "The number is too long for its country.",
    ValidationResult.INVALID_LENGTH: "No number of its country has this length.",
    ValidationResult.INVALID_COUNTRY_CODE: "There is no such calling code.",
}
_NO_COUNTRY = (
    "The country is not stated: the same digits are somebody else's number in another country."
)
_FILLER = "Digits in a row or all the same: a filler, not a number."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservedNumber:
    """Numbers kept for fiction. In a pattern `?` is any digit."""

    pattern: re.Pattern[str]
    synthetic_public: bool
    reason: str


def _reserved_number(line: Line) -> ReservedNumber:
    pattern = re.escape(line.text("pattern")).replace(r"\?", "[0-9]")
    return ReservedNumber(
        pattern=re.compile(pattern + r"\Z"),
        synthetic_public=line.flag("synthetic_public"),
        reason=line.text("reason"),
    )


RESERVED_NUMBERS = read_table(
    "reserved_numbers.csv", ("pattern", "synthetic_public", "reason"), _reserved_number
)


def _ascii_digits(text: str) -> str:
    """Give the decimal digits of any script as 0 to 9."""
    return text if text.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _region(raw_code: str, raw_region: str) -> tuple[str | None, int | None]:
    """Give the stated region and calling code that `phonenumbers` knows, None for each other."""
    if (code := _CALLING_CODE.match(raw_code.strip())) is not None:
        number = int(code.group(1))
        region = phonenumbers.region_code_for_country_code(number)
        if region != phonenumbers.UNKNOWN_REGION:
            return region, number
    if _REGION.match(raw_region.strip()) is not None:
        region = raw_region.strip().upper()
        if (code_of_region := phonenumbers.country_code_for_region(region)) != 0:
            return region, code_of_region
    return None, None


def _parsed(text: str, region: str | None, code: int | None) -> PhoneNumber | None:
    """Give the number as `phonenumbers` reads it; None when it needs a country and has none."""
    if not text.startswith("+"):
        if region is None:
            return _with_exit_code(text)
        if region == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY:
            text, region = f"+{code}{text}", None
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def _with_exit_code(text: str) -> PhoneNumber | None:
    """Give the number behind the exit code 00 that ITU-T E.164 recommends, if it is a valid one."""
    digits = text.translate(_PUNCTUATION)
    if not digits.startswith("00"):
        return None
    try:
        number = phonenumbers.parse("+" + digits[2:], None)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


@lru_cache(maxsize=16_384)
def _resolved(text: str, calling_code: str, region: str) -> tuple[str, str] | None:
    """Give the E.164 form and the national digits; an empty first part with a reason; or None.

    None stands for a national number without a country.
    """
    number = _parsed(text, *_region(calling_code, region))
    if number is None:
        if text.startswith("+"):
            return "", "There is no such calling code, or too few digits follow it."
        return None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != ValidationResult.IS_POSSIBLE:
        return "", _LENGTHS.get(possible, "No number of its country looks like this.")
    national = str(number.national_number)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164), national


def _is_filler(digits: str) -> bool:
    return len(set(digits)) == 1 or digits in "012345678901234567890" or digits in "9876543210"


def _unresolved(text: str, received: str) -> Identifier | Rejected:
    """Give a number without a country under a key that no E.164 number can have."""
    without_extension = _EXTENSION.sub("", text)
    if _LETTER.search(without_extension) is not None:
        return Rejected(kind=_KIND, reason="The value holds letters, and no country is stated.")
    digits = _NOT_DIGIT.sub("", without_extension)
    if not 3 <= len(digits) <= 17:
        return Rejected(kind=_KIND, reason="The value has too few or too many digits for a number.")
    filler = _is_filler(digits)
    return finish(
        _KIND,
        UNRESOLVED + digits,
        raw=received,
        state=IdentifierState.STOPPED if filler else IdentifierState.SHARED,
        reason=_FILLER if filler else _NO_COUNTRY,
        hints=(Hint(scheme="national-number", key=digits.lstrip("0")),) if not filler else (),
    )


class Phone(IdentifierType):
    """Phone numbers. Key: E.164 (`+15550100123`), or `national:` and digits without a country."""

    kind = _KIND

    def clean(self, raw: RawIdentifier, policy: Policy) -> Identifier | Rejected:
        """Give the number in E.164; without calling code and region it stays unresolved.

        An extension is not part of the key; a country is never assumed.
        """
        text = admit(_KIND, raw.value)
        if isinstance(text, Rejected):
            return text
        if len(text) > _MAX_LENGTH:
            return Rejected(kind=_KIND, reason="The value is too long for a phone number.")
        text = _ascii_digits(compatible(text))
        if text[:4].lower() == "tel:":
            text = text[4:].strip()
        text = text.removeprefix(UNRESOLVED)
        plain = text.translate(_PUNCTUATION)
        if _NORTH_AMERICA.match(plain) is not None:
            return _finished(plain, plain[2:], raw.value, policy)
        found = _resolved(text, (raw.calling_code or "")[:8], (raw.region or "")[:8])
        if found is None:
            return _unresolved(text, raw.value)
        key, national = found
        if key == "":
            return Rejected(kind=_KIND, reason=national)
        return _finished(key, national, raw.value, policy)


def _finished(key: str, national: str, received: str, policy: Policy) -> Identifier | Rejected:
    """Give a resolved number with its state."""
    reason = boilerplate_reason(_KIND, ((Match.NUMBER, key),), mined=False)
    if reason is None and _is_filler(national):
        reason = _FILLER
    if reason is None:
        reason = _reserved_reason(key, policy)
    return finish(
        _KIND,
        key,
        raw=received,
        state=IdentifierState.NORMAL if reason is None else IdentifierState.STOPPED,
        reason=reason,
        hints=(Hint(scheme="national-number", key=national),),
    )


def _reserved_reason(key: str, policy: Policy) -> str | None:
    for row in RESERVED_NUMBERS:
        if row.pattern.match(key) is not None:
            return None if row.synthetic_public and policy.synthetic else row.reason
    return None

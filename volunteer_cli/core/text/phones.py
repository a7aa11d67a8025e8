"""Phone numbers, stored as digits; those of another country with + before them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from volunteer_cli.core.errors import BadPhone, DamagedByExcel
from volunteer_cli.core.text.cleaning import clean

if TYPE_CHECKING:
    import phonenumbers

#: A pattern: what a spreadsheet makes of a long number: 1.99E+10.
SCIENTIFIC = r"\d(?:\.\d+)?[Ee]\+?\d+"

_NOISE = r"[\s()\-\u2010-\u2015\u2212]"
#: What parts the digits in other countries besides; in China it parts two numbers, or has no place in one.
_NOISE_ELSEWHERE = "[./]"
_MOBILE = r"1[3-9]\d{9}"
_IS_MOBILE = re.compile(_MOBILE, re.ASCII).fullmatch
_LAND_LINE = r"(?:010|02\d|0[3-9]\d\d)\d{7,8}|[48]00\d{7}"
#: Numbers for examples that no plan counts as valid, by the code of the country: national digits.
_EXAMPLES = {44: r"(?:7700900|1632960)\d{3}", 33: r"63998\d{4}"}
_SEPARATORS = r"[/、;,|]|或|和"


def parse_phone(text: str, region: str = "CN") -> str:
    """The phone number that a person wrote, of the home `region` unless it says otherwise.

    Raises BadPhone, DamagedByExcel and BadText.
    """
    if (phone := _phone(text, region)) is None:
        raise BadPhone(value=text)
    return phone


def parse_phones(text: str, region: str = "CN") -> tuple[str, str | None]:
    """The number, and the second one where two are written. Raises as `parse_phone`."""
    if phone := _phone(text, region):
        return phone, None
    for one, other in _pairs(clean(text)):
        first, second = _phone(one, region), _phone(other, region)
        if first and second:
            return first, second if second != first else None
    raise BadPhone(value=text)


def _pairs(text: str) -> list[tuple[str, str]]:
    """The ways to part a text in two: at its only separator, at one between spaces, else at any of its spaces."""
    parts = _parts(_SEPARATORS, text)
    apart = _parts(rf" (?:{_SEPARATORS}) ", text)
    parts = apart if len(apart) == 2 else parts
    if len(parts) == 1:
        return [(text[: space.start()], text[space.end() :]) for space in re.finditer(" ", parts[0])]
    return [(parts[0], parts[1])] if len(parts) == 2 else []


def _parts(separators: str, text: str) -> list[str]:
    return [part for part in re.split(separators, text) if part.strip()]


@lru_cache(maxsize=1 << 12)
def _phone(text: str, region: str) -> str | None:
    if region == "CN" and _IS_MOBILE(text):
        return text
    written = re.sub(_NOISE, "", clean(text))
    # A spreadsheet that made 1.38E+10 of a number has lost its last digits.
    if re.fullmatch(SCIENTIFIC, written):
        raise DamagedByExcel(value=text)
    return _chinese(written) if region == "CN" else _elsewhere(written, region)


def _chinese(written: str) -> str | None:
    home = re.fullmatch(r"(?:\+86|0086)(\d+)|86(1\d{10})", written)
    digits = written if not home else home[1] or home[2]
    if home and not digits.startswith(("0", "1", "400", "800")):
        digits = f"0{digits}"  # abroad, an area code is dialled without its zero
    if re.fullmatch(_MOBILE, digits) or re.fullmatch(_LAND_LINE, digits):
        return digits
    return None if home else _elsewhere(re.sub("^00", "+", written), None)


def _elsewhere(written: str, region: str | None) -> str | None:
    """The number by the plan of its country: digits as dialled at home, `+` and digits otherwise."""
    written = re.sub(_NOISE_ELSEWHERE, "", written)
    # ITU-T E.164: at most 15 digits with the country's code; 00 before it makes 17.
    if not re.fullmatch(r"\+?\d{4,17}", written) or not (region or written.startswith("+")):
        return None
    number = _parsed(written, region)
    if number is None:
        return None
    import phonenumbers

    if region and phonenumbers.country_code_for_region(region) == number.country_code:
        return _at_home(number)
    # Of other countries only the length is looked at: their plans change faster than the library is updated.
    if not phonenumbers.is_possible_number(number):
        return None
    return f"+{number.country_code}{phonenumbers.national_significant_number(number)}"


def _parsed(written: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    import phonenumbers

    try:
        return phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None


def _at_home(number: phonenumbers.PhoneNumber) -> str | None:
    import phonenumbers

    if not (phonenumbers.is_valid_number(number) or _is_example(number)):
        return None
    return re.sub(r"\D", "", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))


def _is_example(number: phonenumbers.PhoneNumber) -> bool:
    """Whether a number is kept free for examples: nobody is ever given it, so the plans call it invalid.

    Ofcom, Telephone numbers for use in TV and radio drama; Arcep has such numbers in its plan too.
    """
    pattern = _EXAMPLES.get(number.country_code or 0)
    return pattern is not None and re.fullmatch(pattern, str(number.national_number)) is not None

"""Personal data as it is shown to those who gave no reason to see it."""

from __future__ import annotations

import re

#: What looks like a long number and tells of nobody: days and months, spans of years, and numbers that
#: this program issues (BINHU-2026-0001, BINHU-R2026-0417).
DAY = r"(?<!\d)(?:19|20)\d\d[-/.]\d\d?(?:[-/.]\d\d?)?(?!\d)"
TELLING_NOBODY = (
    rf"{DAY}"
    r"|(?<!\d)(?:19|20)\d\d-(?:19|20)\d\d(?!\d)"
    r"|(?<=[A-Za-z])-?(?:19|20)\d\d-\d{3,6}(?!\d)"
)
#: Seven digits and more, with nothing but spaces and dashes between them, and the X of an identity number.
# A day that follows a dash begins anew: 22:00–2026-05-21 06:00 is no number.
LONG_NUMBER = rf"\+?\d(?:[\s\-\u2010-\u2015\uff0d]*(?!{DAY})\d){{6,}}[Xx]?"
QUOTED = re.compile(f"(?P<nobody>{TELLING_NOBODY})|{LONG_NUMBER}")


def mask_phone(phone: str) -> str:
    """The ends of a stored phone number: 138****5678, 0531****0001."""
    # The area code stays whole: it tells a town and nobody in it.
    match = re.fullmatch(r"(010|02\d|0\d{3}|\+?\d{1,3})\d+(\d{4})", phone)
    return f"{match[1]}****{match[2]}" if match else "****"


def mask_id_number(id_number: str) -> str:
    """The ends of an identity number: 3701**********1234."""
    return f"{id_number[:4]}**********{id_number[-4:]}" if len(id_number) == 18 else "*" * len(id_number)


def mask_name(name: str) -> str:
    """The first character of a name and two stars, whatever its length: 张**."""
    # Two stars for any length: 欧阳** would be one of few.
    return f"{name[:1]}**" if name else ""


def mask_digits(text: str) -> str:
    """A text as anything that was typed or stored may be quoted: of long numbers only the ends.

    Whatever the column or option it stood in, for a sheet may be shifted and a note may hold a phone.
    """
    return QUOTED.sub(_masked_number, text)


def is_long_number(text: str) -> bool:
    """Whether a text is nothing but a number of which only the ends are quoted."""
    return re.fullmatch(LONG_NUMBER, text) is not None


def _masked_number(match: re.Match[str]) -> str:
    if match["nobody"]:
        return match[0]
    digits = "".join(re.findall(r"[\dXx]", match[0]))
    # Of a short one the ends would be all of it.
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 9 else f"****{digits[-2:]}"

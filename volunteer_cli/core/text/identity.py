"""Identity numbers, and what they say of who somebody is."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from volunteer_cli.core.errors import BadIdNumber, DamagedByExcel
from volunteer_cli.core.text.cleaning import clean
from volunteer_cli.core.text.phones import SCIENTIFIC


def parse_id_number(text: str) -> str:
    """An identity number of GB 11643: 17 digits and a check character, with a real birth date.

    Raises BadIdNumber, DamagedByExcel and BadText.
    """
    # A full-width or small x is the same check character.
    number = clean(text).upper().replace(" ", "")
    if re.fullmatch(SCIENTIFIC, number):
        raise DamagedByExcel(value=text)
    # Numbers of 15 digits, without a century, hold no more.
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise BadIdNumber(value=text)
    if not _check_character_fits(number):
        # A spreadsheet keeps 15 digits of a number and makes zeros of the rest.
        raise (DamagedByExcel if number.endswith("000") else BadIdNumber)(value=text)
    # The check character finds mistyped digits; a made-up number may have a right one.
    if not _has_birth_date(number):
        raise BadIdNumber(value=text)
    return number


def birth_of_id(id_number: str) -> str:
    """The birth date in a valid identity number: 1949-12-31."""
    return f"{id_number[6:10]}-{id_number[10:12]}-{id_number[12:14]}"


def sex_of_id(id_number: str) -> str:
    """The sex in a valid identity number: its 17th digit is odd for men."""
    return "male" if int(id_number[16]) % 2 else "female"


@lru_cache(maxsize=1 << 16)
def _check_character_fits(number: str) -> bool:
    from stdnum.cn import ric

    # ISO 7064, MOD 11-2, as GB 11643 has it: weights 7 9 10 5 8 4 2 1 6 3 …, and X for ten.
    return bool(ric.calc_check_digit(number) == number[17])


def _has_birth_date(number: str) -> bool:
    try:
        return date.fromisoformat(birth_of_id(number)).year >= 1800
    except ValueError:
        return False

"""Identity numbers, and what else a roster says of who somebody is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from volunteer_cli.core.errors import BadChoice, BadIdNumber, DamagedByExcel
from volunteer_cli.core.grammar import plain
from volunteer_cli.core.i18n import _
from volunteer_cli.core.text.cleaning import clean
from volunteer_cli.core.text.phones import SCIENTIFIC

_SEXES = {
    "male": ("男", "男性", "男士", "先生", "m", "1"),
    "female": ("女", "女性", "女士", "f", "2"),
}
_POLITICAL_STATUSES = {
    "party_member": ("party member", "中共党员", "党员", "中国共产党党员", "正式党员", "中共正式党员"),
    "probationary_member": ("probationary party member", "中共预备党员", "预备党员"),
    "league_member": ("league member", "共青团员", "团员", "中国共产主义青年团团员"),
    "masses": ("no party", "群众", "普通群众", "一般群众"),
}
_SEX_WORDS = {word: sex for sex, words in _SEXES.items() for word in (sex, *words)}
_STATUS_WORDS = {word: status for status, words in _POLITICAL_STATUSES.items() for word in (status, *words)}


def parse_id_number(text: str) -> str:
    """An identity number of GB 11643: 17 digits and a check character, with a real birth date.

    Raises BadIdNumber, DamagedByExcel and BadText.
    """
    number = clean(text).upper().replace(" ", "")
    if re.fullmatch(SCIENTIFIC, number):
        raise DamagedByExcel(value=text)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise BadIdNumber(value=text)
    if not _check_character_fits(number):
        raise (DamagedByExcel if number.endswith("000") else BadIdNumber)(value=text)
    if not _has_birth_date(number):
        raise BadIdNumber(value=text)
    return number


def birth_of_id(id_number: str) -> str:
    """The birth date in a valid identity number: 1949-12-31."""
    return f"{id_number[6:10]}-{id_number[10:12]}-{id_number[12:14]}"


def sex_of_id(id_number: str) -> str:
    """The sex in a valid identity number: its 17th digit is odd for men."""
    return "male" if int(id_number[16]) % 2 else "female"


def parse_sex(text: str) -> str:
    """Male or female: 男, 女, M, F, 1, 2 … Raises BadChoice."""
    return _chosen(text, _SEX_WORDS, _("sex"), (_("male"), _("female")))


def parse_political_status(text: str) -> str:
    """The id of a political status: 中共党员 is party_member. Raises BadChoice."""
    titles = (words[0] for words in _POLITICAL_STATUSES.values())
    return _chosen(text, _STATUS_WORDS, _("political status"), map(_, titles))


def _chosen(text: str, words: dict[str, str], field: str, choices: Iterable[str]) -> str:
    if (value := words.get(text) or words.get(plain(text))) is None:
        raise BadChoice(value=text, field=field, choices=_(", ").join(choices))
    return value


@lru_cache(maxsize=1 << 16)
def _check_character_fits(number: str) -> bool:
    from stdnum.cn import ric

    return bool(ric.calc_check_digit(number) == number[17])


def _has_birth_date(number: str) -> bool:
    try:
        return date.fromisoformat(birth_of_id(number)).year >= 1800
    except ValueError:
        return False

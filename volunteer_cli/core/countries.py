"""What a country brings with it: zones, money, and which faults of its records are none there.

Light, for help and questions; `db init --country` writes it into the policies, where it can be changed.
"""

from __future__ import annotations

import locale
from enum import StrEnum
from functools import cache

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.run import current_run

HOME = "CN"
#: Where everybody lives by one clock, though the table of zones has a second one.
ONE_CLOCK = {"CN": "Asia/Shanghai", "DE": "Europe/Berlin"}
#: The law of China asks for an identity number and the sex of a volunteer, and for a witness of a gift; its addresses
#: have buildings. Elsewhere none of these is missing.
ONLY_AT_HOME = (
    "volunteer_without_id_number",
    "volunteer_without_sex",
    "address_not_understood",
    "slip_without_witness",
)

_EURO = "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK AD"
#: ISO 4217, by the two letters of ISO 3166: money of those countries whose people we expect; others say --currency.
_MONEY = """
AE:AED AR:ARS AU:AUD BD:BDT BR:BRL CA:CAD CH:CHF CL:CLP CN:CNY CO:COP CZ:CZK DK:DKK EG:EGP ET:ETB GB:GBP GH:GHS
HK:HKD HU:HUF ID:IDR IL:ILS IN:INR IS:ISK JP:JPY KE:KES KH:KHR KR:KRW KZ:KZT LI:CHF LK:LKR MA:MAD MM:MMK MN:MNT
MO:MOP MX:MXN MY:MYR NG:NGN NO:NOK NP:NPR NZ:NZD PE:PEN PH:PHP PK:PKR PL:PLN QA:QAR RO:RON RS:RSD RU:RUB RW:RWF
SA:SAR SE:SEK SG:SGD SN:XOF TH:THB TN:TND TR:TRY TW:TWD TZ:TZS UA:UAH UG:UGX US:USD UY:UYU VN:VND ZA:ZAR ZM:ZMW
ZW:ZWG
"""


#: Where offices print on letter paper (ANSI/ASME Y14.1) and not on A4 (ISO 216), by the territories of CLDR.
_ON_LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])


class Paper(StrEnum):
    """A size of paper, as style sheets and programs of office call it."""

    A4 = "A4"
    LETTER = "letter"

    @property
    def number(self) -> int:
        """The number by which spreadsheets know it."""
        return 9 if self is Paper.A4 else 1


class UnknownCountry(RuleError):
    """'{value}' is no country"""

    code = "bad_country"
    hint = N_("Write its two letters, like GB; a part of it that has its own holidays behind a dash: GB-SCT.")


class ZoneNeeded(RuleError):
    """{country} has several time zones: {zones}"""

    code = "zone_needed"
    hint = N_("Say which: volunteer db init --country {country} --timezone ZONE")


class CurrencyNeeded(RuleError):
    """The money of {country} is not known"""

    code = "currency_needed"
    hint = N_("Say it by its three letters: volunteer db init --country {country} --currency CODE")


def in_currency(words: str) -> str:
    """Words about money in the user's language, with the money that the office counts in the place of yuan."""
    current = current_run()
    money = current.currency if current else "CNY"
    return words if money == "CNY" else words.replace(_("yuan"), money)


def paper_used() -> Paper:
    """The paper that the office prints on: what it has set, else what its country uses."""
    current = current_run()
    if current is None:
        return Paper.A4
    used = Paper.LETTER if current.country.partition("-")[0] in _ON_LETTER else Paper.A4
    return Paper(current.paper or used)


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """The time zones of a country, the most populous first, as the table of the tz database has them."""
    if country in ONE_CLOCK:
        return (ONE_CLOCK[country],)
    rows = (line.split("\t") for line in _zone_table().splitlines() if line and not line.startswith("#"))
    return tuple(row[2] for row in rows if country in row[0].split(","))


def countries() -> list[str]:
    """All countries of that table by their two letters (ISO 3166-1), in order."""
    rows = (line.split("\t") for line in _zone_table().splitlines() if line and not line.startswith("#"))
    return sorted({code for row in rows for code in row[0].split(",")})


def _zone_table() -> str:
    from importlib.resources import files
    from pathlib import Path

    for folder in ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"):
        table = Path(folder, "zone.tab")
        if table.is_file():
            return table.read_text(encoding="utf-8")
    return files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")


@cache
def money_of(country: str) -> str | None:
    """The money of a country by its three letters, where we know it."""
    by_country = dict(pair.split(":") for pair in _MONEY.split()) | dict.fromkeys(_EURO.split(), "EUR")
    return by_country.get(country)


def guessed() -> str:
    """The country of the user's locale, or home where it names none."""
    language = locale.setlocale(locale.LC_CTYPE) or ""
    _language, _sign, country = language.partition(".")[0].partition("_")
    return country if len(country) == 2 and country.isupper() else HOME


def checked_country(text: str) -> str:
    """A country, maybe with a part of it, in capitals.

    Raises:
        UnknownCountry: it is none.
    """
    country, _sign, part = text.strip().upper().partition("-")
    if not zones_of(country):
        raise UnknownCountry(value=text)
    return f"{country}-{part}" if part else country


def usages(country: str, *, zone: str | None = None, currency: str | None = None) -> dict[str, str]:
    """The policies of a country by name: those that differ from place to place with nobody having to think of it.

    Raises:
        ZoneNeeded, CurrencyNeeded: it has several zones, or a money that we do not know.
    """
    nation = country.partition("-")[0]
    zones, money = zones_of(nation), currency or money_of(nation)
    if zone is None:
        _require_one(zones, country)
    if money is None:
        raise CurrencyNeeded(country=country)
    return {
        # Holidays may be those of a part of the country (GB-SCT); telephone numbers are those of the whole.
        "country": country,
        "timezone": zone or zones[0],
        "phone_region": nation,
        "currency": money.upper(),
        "quality_ignored": "" if nation == HOME else ",".join(ONLY_AT_HOME),
    }


def _require_one(zones: tuple[str, ...], country: str) -> None:
    if len(zones) != 1:
        raise ZoneNeeded(country=country, zones=listed(zones))

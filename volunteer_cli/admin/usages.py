"""What is usual where a new database is at home: its country's zone, phones, holidays and money, as policies."""

from __future__ import annotations

from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import run


def chosen_usages(country: str | None, zone: str | None, currency: str | None) -> dict[str, str]:
    """The policies of the country, which whoever sits at the terminal is asked for.

    Raises:
        VolunteerError: there is no such country, zone or currency, or the country has several zones and none is given.
    """
    from volunteer_cli.admin.policy import differing_usages, require_readable
    from volunteer_cli.core import countries
    from volunteer_cli.core.policies import CURRENCY, TIMEZONE

    nation = countries.checked_country(country or _country())
    for policy, value in ((TIMEZONE, zone), (CURRENCY, currency)):
        if value is not None:
            require_readable(policy, value)
    try:
        return differing_usages(nation, zone, currency)
    except countries.ZoneNeeded:
        if not run().attended:
            raise
    return differing_usages(nation, _zone(nation), currency)


def _country() -> str:
    """The country that somebody at the terminal names, else that of home: scripts do not depend on their machine."""
    from volunteer_cli.core import countries
    from volunteer_cli.shell.asking import ask

    if not run().attended:
        return countries.HOME
    guess = countries.guessed()
    question = _("Country, by its two letters [{guess}, Enter takes it]").format(guess=guess)
    return ask(f"{question} ") or guess


def _zone(nation: str) -> str:
    """The zone of several that somebody at the terminal chooses."""
    from volunteer_cli.core.countries import zones_of
    from volunteer_cli.shell.asking import one_of

    sentence = _("{country} has several time zones:").format(country=nation)
    return one_of(sentence, zones_of(nation.partition("-")[0]))


def keep_usages(values: dict[str, str]) -> None:
    """Store the policies that are not the defaults."""
    from volunteer_cli.admin.policy import all_policies, begin_with
    from volunteer_cli.core.work import work

    policies = all_policies()
    others = {name: value for name, value in values.items() if value != policies[name].default}
    if others:
        with work("db init") as session:
            for name, value in others.items():
                begin_with(session, policies[name], value)

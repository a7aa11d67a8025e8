"""`volunteer policy …`: what differs between places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from typer import Argument, Context

from volunteer_cli.completion import beginning, named_choices
from volunteer_cli.core.errors import NOT_FOUND, RuleError, VolunteerError
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.policies import POLICIES as CORE_POLICIES
from volunteer_cli.core.policies import BadPolicyValue, Policy
from volunteer_cli.shell import DayText, day_option, noun, read, show_list, tell, verb
from volunteer_cli.shell.differing import NOTHING

app = noun("policy")


class UnknownPolicy(VolunteerError):
    """There is no policy '{name}'; there are: {known}"""

    code = "not_found"
    exit_code = NOT_FOUND


class NotDated(RuleError):
    """The policy {name} holds at all times; it takes no --from"""

    code = "not_dated"


@verb(app, "list", example="volunteer policy list")
def list_() -> None:
    """List the policies with their values and what they mean."""
    from volunteer_cli.admin.views import POLICIES
    from volunteer_cli.core.work import reading

    with reading() as session:
        show_list(
            session,
            POLICIES,
            [row for policy in all_policies().values() for row in policy_rows(session, policy)],
        )


def _names(incomplete: str) -> list[str]:
    return beginning(all_policies(), incomplete)


def _values(ctx: Context, incomplete: str) -> list[str]:
    """What a policy may be: its choices, where it has some, and its default."""
    policy = all_policies().get(ctx.params.get("name", ""))
    if policy is None:
        return []
    return beginning(dict.fromkeys([*_choices_of(policy), policy.default]), incomplete)


def _choices_of(policy: Policy[Any]) -> list[str]:
    from zoneinfo import available_timezones

    from volunteer_cli.core import countries

    lists: dict[str, Callable[[], list[str]]] = {
        "timezone": lambda: sorted(available_timezones()),
        "country": countries.countries,
        "phone_region": countries.countries,
    }
    return lists[policy.name]() if policy.name in lists else named_choices(policy.expected)


@verb(app, "set", example="volunteer policy set hours_per_day_cap 10 --from 2026-01-01", changes=True)
def set_(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the policy"), autocompletion=_names)],
    value: Annotated[str, Argument(metavar="VALUE", help=N_("Its new value"), autocompletion=_values)],
    holds_from: Annotated[
        DayText | None,
        day_option("--from", N_("The day it holds from, for one that changes figures; default today")),
    ] = None,
) -> None:
    """Set a policy of the office."""
    from volunteer_cli.admin.views import POLICIES
    from volunteer_cli.core.work import work

    policy = find_policy(name)
    with work("policy set") as session:
        before = policy_rows(session, policy)[-1]["value"]
        set_policy(session, policy, value, read(holds_from))
        sentence = _("Policy {name} is {value}.") if before == value else _("Policy {name}: {old} → {value}.")
        outcome = sentence.format(name=policy.name, old=before or NOTHING, value=value or NOTHING)
        tell(session, POLICIES, policy_rows(session, policy), outcome)


def all_policies() -> dict[str, Policy[Any]]:
    """The policies of the core and of all areas by name."""
    from volunteer_cli.areas import gathered

    return {policy.name: policy for policy in (*CORE_POLICIES, *gathered("policies"))}


def find_policy(name: str) -> Policy[Any]:
    """The policy called `name`; raises UnknownPolicy."""
    policies = all_policies()
    if name not in policies:
        raise UnknownPolicy(name=name, known=listed(policies))
    return policies[name]


def set_policy(session: Any, policy: Policy[Any], value: str, holds_from: date | None) -> None:
    """Store a policy's value, from a day on when it changes figures.

    Raises:
        BadPolicyValue, NotDated: as their sentences say.
        PeriodClosed: it would change figures of a closed period.
    """
    from volunteer_cli.areas import hooks
    from volunteer_cli.core.run import run

    require_readable(policy, value)
    if holds_from and not policy.dated:
        raise NotDated(name=policy.name)
    day = (holds_from or run().clock.today) if policy.dated else None
    # A policy that moves figures must not move those of a closed period.
    for hook in hooks("before_policy"):
        hook(session, policy, day)
    _store(session, policy, value, day)
    session.flush()


def begin_with(session: Any, policy: Policy[Any], value: str) -> None:
    """Store the value that a new database begins with, a dated one from the first day on; raises BadPolicyValue."""
    require_readable(policy, value)
    _store(session, policy, value, None)
    session.flush()


def _store(session: Any, policy: Policy[Any], value: str, day: date | None) -> None:
    from volunteer_cli.core.records import PolicyValue

    stored = _stored(session, policy, day)
    if stored is None:
        # The empty text and not NULL: a unique index lets NULL stand twice.
        first_day = day.isoformat() if day else ""
        session.add(PolicyValue(name=policy.name, value=value, holds_from=first_day))
    else:
        stored.value = value


def require_readable(policy: Policy[Any], value: str) -> None:
    """Refuse a text that is no value of a policy; raises BadPolicyValue."""
    # Kept as it was typed, and read each time it is asked for: so it must be readable now.
    try:
        policy.read(value)
    except (ValueError, IndexError) as error:
        raise BadPolicyValue(name=policy.name, value=value, expected=_(policy.expected)) from error


def _stored(session: Any, policy: Policy[Any], day: date | None) -> Any:
    from sqlalchemy import select

    from volunteer_cli.core.records import PolicyValue

    holds_from = day.isoformat() if day else ""
    return session.scalar(select(PolicyValue).filter_by(name=policy.name, holds_from=holds_from))


def policy_rows(session: Any, policy: Policy[Any]) -> list[dict[str, Any]]:
    """Each value of a policy with the day it holds from; the default where none is stored."""
    from sqlalchemy import select

    from volunteer_cli.core.records import PolicyValue

    query = select(PolicyValue.value, PolicyValue.holds_from).filter_by(name=policy.name)
    stored = session.execute(query.order_by(PolicyValue.holds_from)).all()
    rows = [(value, date.fromisoformat(day) if day else None) for value, day in stored]
    return [_row(policy, value, day) for value, day in rows or [(policy.default, None)]]


def _default(policy: Policy[Any]) -> str:
    """The default of a policy where the office is: a country brings some of them."""
    from volunteer_cli.core import countries
    from volunteer_cli.core.run import run

    if run().country == countries.HOME:
        return policy.default
    nation = run().country.partition("-")[0]
    values = differing_usages(run().country, countries.zones_of(nation)[0], run().currency)
    return values.get(policy.name, policy.default)


def differing_usages(country: str, zone: str | None, currency: str | None) -> dict[str, str]:
    """The policies of a country: its zone, money and the like, and what areas begin with outside China.

    Raises:
        ZoneNeeded, CurrencyNeeded: it has several zones, or a money that we do not know.
    """
    from volunteer_cli.core import countries

    values = countries.usages(country, zone=zone, currency=currency)
    if country.partition("-")[0] == countries.HOME:
        return values
    return values | {
        policy.name: policy.abroad for policy in all_policies().values() if policy.abroad is not None
    }


def _row(policy: Policy[Any], value: str, day: date | None) -> dict[str, Any]:
    return {
        "id": policy.name,
        "name": policy.name,
        "value": value,
        "from": day,
        "default": _default(policy),
        "meaning": _(policy.title),
        "expected": _(policy.expected),
    }

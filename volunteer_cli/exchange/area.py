"""What service for service adds to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import SERVICE, Area, Entry, Import, Rooms, Thing, Watch, Words
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry(
            "account",
            N_("Credits for service, and what became of them."),
            SERVICE,
            here("commands.accounts:app"),
            place=6,
        ),
        Entry(
            "exchange",
            N_("Places and services that are paid with credits."),
            SERVICE,
            here("commands.exchanges:app"),
            place=7,
        ),
    ),
    verbs={"person": here("commands.moving:app")},
    things=(
        Thing(
            "account",
            here("queries:find_account"),
            here("queries:account_names"),
            table="credit_account",
        ),
        Thing("exchange", here("queries:find_exchange")),
    ),
    imports=(
        Import(
            "accounts",
            N_("Import opening balances of credits."),
            "volunteer import accounts 时间账户.xlsx",
            here("sheet:ACCOUNTS"),
        ),
    ),
    reports=(here("reports:REPORTS"),),
    tasks=(here("worklist:TASKS"),),
    flaws=(here("quality:FLAWS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    hooks={
        "before_undo": here("guards:before_undo"),
        "merge_rows": here("guards:merge_rows"),
        "before_erase": here("guards:before_erase"),
        "after_leaving": here("guards:after_leaving"),
    },
    watches=(Watch(here("guards:follow_places"), changed=("signup", "event")),),
    sql_views=(here("sql_views:SQL_VIEWS"),),
    exports=(here("exports:EXPORTS"),),
    completed={
        "ACCOUNT": ("person", Words("'pool'", "credit_account", "person_id IS NULL")),
        "ENTRY": (Words("id", "credit_entry"),),
        **dict.fromkeys(("PAYER", "FROM", "TO"), ("person",)),
    },
    titles=here("titles:TITLES"),
    then={
        "import accounts": "account list",
        "account add": "account post",
        "exchange price": "exchange take {event} PERSON",
    },
)

"""What donation drives add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import DONATIONS, Area, Entry, Import, OwnOption, Rooms, Thing, Watch, Words
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry(
            "drive",
            N_("Donation drives, from the first bag to the last signature."),
            DONATIONS,
            here("commands:app"),
        ),
    ),
    things=(
        Thing(
            "drive", here("queries:find_drive"), here("queries:drive_names"), completed_by=("name", "code")
        ),
    ),
    imports=(
        Import(
            "donations",
            N_("Import gifts to a donation drive."),
            "volunteer import donations 登记表.xlsx --drive winter --create-donors",
            here("sheet:DONATIONS"),
            options=(
                OwnOption("drive", N_("The drive of all rows"), metavar="DRIVE"),
                OwnOption("create_donors", N_("Add donors that are not there yet")),
            ),
        ),
    ),
    reports=(here("reports:REPORTS"),),
    overview=(here("overview:PARTS"),),
    annual=(here("annual:CHAPTERS"),),
    tasks=(here("worklist:TASKS"),),
    flaws=(here("quality:FLAWS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    hooks={"before_undo": here("guards:before_undo"), "merge_losses": here("guards:merge_losses")},
    watches=(
        Watch(
            here("rules.stocktaking:follow_ledger"),
            touched=("stock_entry", "stock_count"),
            changed=("slip", "slip_line"),
        ),
    ),
    sql_views=(here("sql_views:SQL_VIEWS"),),
    exports=(here("exports:EXPORTS"),),
    completed={
        "BOX": (Words("label", "box"),),
        "ITEM=N": (Words("item", "stock_entry"), Words("item", "drive_goal")),
        "--number": (Words("number", "drive_notice"),),
        **dict.fromkeys(("SLIP", "SLIP|box:DRIVE/BOX"), (Words("number", "slip"),)),
        "SHIPMENT": (Words("code", "shipment"),),
    },
    titles=here("titles:TITLES"),
    then={
        "import donations": "drive stock {drive}",
        "drive add": "drive receive {it} --donor THING --item ITEM=N",
        "drive receive": "drive sort {drive} --item {item} --as accepted",
        "drive sort": "drive pack {drive} --box BOX --item {item}",
        "drive pack": "drive ship {drive} --box {box} --to ORGANIZATION",
        "drive ship": "drive deliver {it} --signed-by NAME",
        "drive close": "drive publish {it}",
        "drive publish": "drive feedback {drive}",
    },
    looks={"feedback": here("views.public:FEEDBACK")},
)

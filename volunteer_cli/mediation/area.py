"""What mediation adds to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import HOUSEHOLDS, Area, Entry, Import, Rooms, Thing
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry(
            "mediation",
            N_("Disputes, and what was agreed; confidential."),
            HOUSEHOLDS,
            here("commands:app"),
            place=5,
        ),
    ),
    things=(Thing("mediation", here("queries:find_case"), completed_by=("number",)),),
    imports=(
        Import(
            "mediations",
            N_("Import a register of mediation cases, without content."),
            "volunteer import mediations 调解台账.xlsx",
            here("sheet:MEDIATIONS"),
        ),
    ),
    reports=(here("reports:REPORTS"),),
    tasks=(here("worklist:TASKS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    hooks={
        "before_undo": here("guards:before_undo"),
        "before_merge": here("guards:before_merge"),
    },
    completed={
        "CASE": ("mediation",),
        **dict.fromkeys(("--party", "who"), ("person", "organization", "household")),
    },
    titles=here("titles:TITLES"),
    then={
        "import mediations": "mediation list",
        "mediation add": here("leading:after_a_party"),
        "mediation party": here("leading:after_a_party"),
        "mediation session": "mediation agree {it} --written --signed DATE",
        "mediation agree": here("leading:after_agreement"),
        "mediation perform": here("leading:after_agreement"),
        "mediation followup": "mediation close {it}",
    },
    looks={"mediations": here("views:CASES")},
)

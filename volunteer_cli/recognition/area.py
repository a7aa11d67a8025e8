"""What stars, certificates, honours and evaluations add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import SERVICE, Area, Entry, Rooms, Thing
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry("star", N_("Star levels, proposed and granted."), SERVICE, here("commands:star")),
        Entry("certificate", N_("Certificates of service."), SERVICE, here("commands:certificate")),
        Entry("award", N_("Honours to people, teams and communities."), SERVICE, here("commands:award")),
        Entry("evaluation", N_("How people did at events."), SERVICE, here("commands:evaluation")),
    ),
    things=(
        Thing("certificate", here("queries:find_certificate"), completed_by=("number",)),
        Thing("award", here("queries:find_award")),
        Thing("evaluation", here("queries:find_evaluation")),
    ),
    reports=(here("reports:REPORTS"),),
    overview=(here("overview:PARTS"),),
    annual=(here("annual:CHAPTERS"),),
    tasks=(here("worklist:TASKS"),),
    flaws=(here("quality:FLAWS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    columns={"person": here("contributed:PERSON")},
    hooks={
        "before_undo": here("guards:before_undo"),
        "merge_losses": here("guards:merge_losses"),
        "merge_rows": here("guards:merge_rows"),
    },
    completed={"number": ("certificate",)},
    titles=here("titles:TITLES"),
    looks={"certificates": here("views:CERTIFICATES")},
)

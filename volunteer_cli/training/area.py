"""What trainings add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import SERVICE, Area, Entry, Rooms, Thing
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(Entry("training", N_("Trainings that people have had."), SERVICE, here("commands:app")),),
    things=(Thing("training", here("queries:find_training")),),
    flaws=(here("quality:FLAWS"),),
    checks=(here("checks:CHECKS"),),
    hooks={"merge_losses": here("guards:merge_losses"), "merge_rows": here("guards:merge_rows")},
    columns={"person": here("contributed:PERSON")},
    titles=here("titles:TITLES"),
)

"""What an agreement or a disagreement of two records is worth: the weights of Fellegi and Sunter.

I. P. Fellegi, A. B. Sunter: A Theory for Record Linkage (1969). Each way in which a field of two records
compares happens so often among records of one person, and so often by chance among those of two. The weight
is the logarithm of the one to the other, in bits, and the score of a pair the sum of its weights.
"""

from __future__ import annotations

from math import log2
from typing import NamedTuple


class Outcome(NamedTuple):
    """How often one way of comparing happens: among records of one person, and by chance among two."""

    of_one: float
    by_chance: float

    @property
    def weight(self) -> float:
        """Bits for the two being one person, below zero against."""
        return log2(self.of_one / self.by_chance)


#: By field, and how it compares. The shares by chance are those of a district of some 30,000 people, where
#: names and births repeat and families share a flat; of one person, those of lists that were typed twice.
OUTCOMES: dict[str, dict[str, Outcome]] = {
    "name": {
        "same": Outcome(0.80, 1 / 3600),
        "other_script": Outcome(0.80, 1 / 3600),
        "parts_swapped": Outcome(0.05, 1 / 40_000),
        "same_sound": Outcome(0.10, 1 / 20_000),
        "similar_sound": Outcome(0.05, 1 / 4_000),
        "similar_look": Outcome(0.05, 1 / 4_000),
        "signs_swapped": Outcome(0.02, 1 / 12_800),
        "sign_missing": Outcome(0.04, 1 / 3_000),
        "sign_other": Outcome(0.04, 1 / 140),
        "spelling": Outcome(0.05, 1 / 4_500),
        "part_missing": Outcome(0.05, 1 / 740),
        "nickname": Outcome(0.02, 1 / 530),
        "part_other": Outcome(0.01, 0.08),
        "other": Outcome(0.001, 0.9),
    },
    "birth": {
        "same": Outcome(0.90, 1 / 1_200),
        "same_so_far": Outcome(0.05, 1 / 400),
        "day_month_swapped": Outcome(0.01, 1 / 15_000),
        "digits_swapped": Outcome(0.01, 1 / 1_500),
        "digit_other": Outcome(0.04, 1 / 300),
        "other": Outcome(0.03, 0.99),
    },
    "phone": {
        "same": Outcome(0.60, 1 / 60),
        "digits_swapped": Outcome(0.02, 1 / 1_500),
        "digit_other": Outcome(0.03, 1 / 800),
        "other": Outcome(0.25, 0.98),
    },
    "id_number": {
        "same": Outcome(0.95, 1 / 1_000_000),
        "digits_swapped": Outcome(0.02, 1 / 100_000),
        "digit_other": Outcome(0.03, 1 / 50_000),
        "other": Outcome(0.001, 0.999),
    },
    "email": {"same": Outcome(0.70, 1 / 500), "other": Outcome(0.30, 0.95)},
    "flat": {"same": Outcome(0.85, 1 / 20), "other": Outcome(0.10, 0.95)},
    "address": {
        "same": Outcome(0.60, 1 / 1_200),
        "similar": Outcome(0.30, 1 / 1_200),
        "partly": Outcome(0.10, 1 / 560),
        "other": Outcome(0.05, 0.90),
    },
    "sex": {"same": Outcome(0.99, 0.50), "other": Outcome(0.01, 0.50)},
}
#: To a tenth, so that the weights that are shown add up to the score.
WEIGHTS = {
    field: {how: round(outcome.weight, 1) for how, outcome in ways.items()}
    for field, ways in OUTCOMES.items()
}

"""Conditions of stages and answers of targets, which are stored and typed as codes, as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from volunteer_cli.campaigns.terms import RESULTS
from volunteer_cli.core.i18n import N_, NC_, _, alternatives
from volunteer_cli.core.worded import Worded
from volunteer_cli.households.terms import OCCUPANCIES
from volunteer_cli.people.terms import TAGS

#: What the conditions of a stage are called, and their values, where those are codes.
CONDITIONS: dict[str, tuple[str, Mapping[str, str]]] = {
    "tag": (N_("Tags"), TAGS),
    "occupancy": (N_("Occupancy"), OCCUPANCIES),
    "result": (NC_("target", "Result"), RESULTS),
    "grid": (N_("Grid"), {}),
    "building": (N_("Building"), {}),
    "min_age": (N_("at least years old"), {}),
}
YES_AND_NO = {"yes": N_("yes"), "no": N_("no")}


def condition_in_words(name: str, values: Sequence[str]) -> Worded:
    """A condition as it is typed, with the words in which people read it."""
    title, words = CONDITIONS.get(name, (name.partition(":")[2], YES_AND_NO))
    either = alternatives(_(words.get(value, value)) for value in values)
    return Worded(f"{name}={','.join(values)}", _("{title}: {value}").format(title=_(title), value=either))


def answers_in_words(answers: Mapping[str, str | None]) -> dict[str, str | None]:
    """Answers as people read them: a yes is said in their language."""
    return {
        code: Worded(value, _(YES_AND_NO[value])) if value in YES_AND_NO else value
        for code, value in answers.items()
    }

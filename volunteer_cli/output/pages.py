"""Pages: whatever is HTML stands in a template beside the module that fills it, and is filled by one environment.

What a template is given is text, and is escaped; markup of our own making comes as `Markup` and stays.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from markupsafe import Markup

PACKAGE = Path(__file__).parents[1]
#: Columns of a date with its time, a name or a number.
LONGEST_UNBROKEN = 16


def from_template(template: str, **values: Any) -> Markup:
    """A template, named by its path within the package, with its values filled in."""
    from markupsafe import Markup

    return Markup(_environment().get_template(template).render(**values))  # noqa: S704 - the environment escapes


@cache
def _environment() -> Environment:
    """How all templates are read; the library is loaded when the first page is written."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from volunteer_cli.core.countries import paper_used
    from volunteer_cli.core.wrapping import measured

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(PACKAGE),
        finalize=_escaping(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["zip"] = zip
    environment.globals["paper_size"] = paper_used
    environment.filters["in_css"] = _in_css
    # Dates, names and codes are short and never broken.
    environment.tests["unbroken"] = lambda cell: measured(cell) <= LONGEST_UNBROKEN
    return environment


def _escaping() -> Callable[[object], object]:
    """What makes of a text that somebody typed one without markup, and without what steers or turns the reading."""
    # Not within what is called for each cell of a list.
    from markupsafe import Markup

    from volunteer_cli.core.visible import escaped

    return lambda value: Markup(escaped(value)) if type(value) is str else value  # noqa: S704 - escaped here


def _in_css(text: str) -> str:
    """A text within a string of CSS, where a custom heading could end the string or the sheet."""
    return "".join(sign if sign.isalnum() else f"\\{ord(sign):x} " for sign in text)

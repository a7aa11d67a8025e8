"""`volunteer explain CODE`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

from typer import Argument

from volunteer_cli.completion import beginning
from volunteer_cli.core.errors import NOT_FOUND, VolunteerError, all_errors
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.resources import said_in_sources
from volunteer_cli.shell import command, show_list


class UnknownCode(VolunteerError):
    """There is no error code '{value}'"""

    code = "not_found"
    exit_code = NOT_FOUND
    hint = N_("Codes stand in brackets behind an error. All of them: volunteer explain all")


def _codes(incomplete: str) -> list[str]:
    codes = said_in_sources(r'(?m)^    code = "(\w+)"', "*.py")
    return beginning(sorted({*codes} - {VolunteerError.code}), incomplete)


def explain_code(
    code: Annotated[
        str,
        Argument(metavar="CODE", help=N_("What stood in brackets, or all"), autocompletion=_codes),
    ],
) -> None:
    """Say more about an error code."""
    from volunteer_cli.admin.views import EXPLANATIONS

    bare = code.strip("[] ").lower()
    rows = [row for row in explanations() if bare in (row["code"], "all")]
    if not rows:
        raise UnknownCode(value=code, hint=_nearest(bare) + _(UnknownCode.hint))
    show_list(None, EXPLANATIONS, rows)


def _nearest(code: str) -> str:
    """The codes that are nearly this one, as a question; empty where there are none."""
    from difflib import get_close_matches

    near = get_close_matches(code, {row["code"] for row in explanations()}, n=2)
    return _("Did you mean {near}? ").format(near=_(" or ").join(near)) if near else ""


def explanations() -> list[dict[str, Any]]:
    """A row for every kind of error that a user can meet, by code."""
    load_all()
    rows = [
        _row(kind)
        for kind in dict.fromkeys(all_errors())
        if kind.code != VolunteerError.code or kind.explanation
    ]
    return sorted(rows, key=lambda row: (row["code"], row["message"]))


def _row(kind: type[VolunteerError]) -> dict[str, Any]:
    return {
        "id": kind.code,
        "code": kind.code,
        "exit_code": kind.exit_code,
        "message": kind.worded(),
        "explanation": _(kind.explanation) if kind.explanation else None,
        "hint": _(kind.hint) if kind.hint else None,
    }


def load_all() -> None:
    """Import every module of the program, so that every error is known."""
    package = Path(__file__).resolve().parents[1]
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if parts[-1] != "__main__" and parts[0] not in ("migrations", "seeds"):
            import_module(".".join(("volunteer_cli", *(part for part in parts if part != "__init__"))))


explain = command(explain_code, "explain", example="volunteer explain overlap")

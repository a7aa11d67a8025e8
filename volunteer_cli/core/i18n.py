"""Words in the user's language.

Sources are English; `locale/zh_CN/*.po` holds the Chinese, one file for each room, compiled into
one catalogue when the package is built.
"""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path

from volunteer_cli.core.run import current_run

LANGUAGES = ("en", "zh")
LOCALE_FOLDER = Path(__file__).resolve().parents[1] / "locale"


def language() -> str:
    """The language in use: en or zh; English outside any run."""
    current = current_run()
    return current.language if current else "en"


def language_of_environment(environment: dict[str, str] | os._Environ[str] = os.environ) -> str:
    """The language that the locale variables ask for; English when they say nothing we speak."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


@cache
def _chinese() -> gettext.NullTranslations:
    return gettext.translation("volunteer", LOCALE_FOLDER, languages=["zh_CN"], fallback=True)


def _(message: str) -> str:
    """The message in the language in use."""
    return _chinese().gettext(message) if language() == "zh" and message else message


def N_(message: str) -> str:  # noqa: N802 - the customary name, which catalogue builders look for
    """Mark a message for the catalogue and leave it as it is; it is translated when shown."""
    return message


def ngettext(one: str, many: str, number: int) -> str:
    """The message for `number` things in the language in use; Chinese has one form."""
    if language() == "zh":
        return _chinese().ngettext(one, many, number)
    return one if number == 1 else many

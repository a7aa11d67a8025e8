"""Languages: found by their folders, with plurals, one word in two meanings, and signs of their own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from volunteer_cli.core import i18n
from volunteer_cli.core.i18n import N_, NC_, _, listed, ngettext, pgettext, typography
from volunteer_cli.core.run import Run, running
from volunteer_cli.core.settings import Given
from volunteer_cli.intake.errors import RowsRejected

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import messages  # noqa: E402

import hatch_build  # noqa: E402

FRENCH = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "yes"
msgstr "oui"

msgctxt "team"
msgid "Name"
msgstr "Nom de l'équipe"

msgid "{count} person"
msgid_plural "{count} people"
msgstr[0] "{count} personne"
msgstr[1] "{count} personnes"
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A language that is nothing but its catalogue."""
    folder = tmp_path / "volunteer_cli" / "locale" / "fr_FR"
    folder.mkdir(parents=True)
    (folder / "house.po").write_text(FRENCH, encoding="utf-8")
    hatch_build.compile_catalogues(tmp_path)
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", folder.parent)
    i18n.languages.cache_clear()
    with running(Run(Given(), language="fr")):
        yield
    i18n.languages.cache_clear()
    i18n._catalogue.cache_clear()


@pytest.mark.usefixtures("french")
def test_a_language_is_its_catalogue() -> None:
    assert dict(i18n.languages()) == {"en": "", "fr": "fr_FR"}
    assert i18n.language_called("fr-FR") == i18n.language_of_environment({"LANG": "fr_FR.UTF-8"}) == "fr"
    assert (_("yes"), pgettext("team", "Name"), _("Name")) == ("oui", "Nom de l'équipe", "Name")
    assert [ngettext("{count} person", "{count} people", number) for number in (0, 1, 2)] == [
        "{count} personne",
        "{count} personne",
        "{count} personnes",
    ]
    assert (typography().tag, listed([1, 2])) == ("fr", "1, 2")


@pytest.mark.parametrize(
    ("language", "person", "team", "names", "paragraph"),
    [("en", "Name", "Name", "a, b", "One. Two."), ("zh", "姓名", "队伍名称", "a、b", "One.Two.")],
)
def test_one_word_in_two_meanings(language: str, person: str, team: str, names: str, paragraph: str) -> None:
    with running(Run(Given(), language=language)):
        assert (_(N_("Name")), _(NC_("team", "Name"))) == (person, team)
        assert listed("ab") == names
        assert typography().sentences(["One.", "Two."]) == paragraph


@pytest.mark.parametrize(
    ("text", "language"),
    [("zh", "zh"), ("ZH_cn.UTF-8", "zh"), ("zh-CN", "zh"), ("en_GB", "en"), ("C.UTF-8", None), ("", None)],
)
def test_languages_are_known_by_their_codes(text: str, language: str | None) -> None:
    assert i18n.language_called(text) == language


@pytest.mark.parametrize(("count", "sentence"), [(1, "1 of 3 rows was"), (2, "2 of 3 rows were")])
def test_an_error_counts(count: int, sentence: str) -> None:
    error = RowsRejected(count=count, rows="3 rows")
    assert error.message == f"{sentence} refused, so nothing was written"


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("{count} people came", ["people"]),
        ("Ran {count} new commands.", ["commands"]),
        ("{count} of {read} rows were refused", ["rows"]),
        ("{count} without a check-out need review", ["{count} without a check-out need"]),
        ("{name} is one of several teams", []),
        ("{person} comes to two events", []),
        ("{day} is after today", []),
    ],
)
def test_sentences_that_count_are_found(text: str, nouns: list[str]) -> None:
    assert list(messages.counted_nouns(text)) == nouns

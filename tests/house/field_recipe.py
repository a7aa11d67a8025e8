"""What a field that was added by the recipe must be able to do; run inside the copy that has it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from volunteering import Volunteer

from volunteer_cli.core.schema import create

ACCOUNTS = ("ming-0417", "liming-0417", "li.ming-2", "fang-0417")
HELP = {"en": "--wechat TEXT", "zh": "微信账号"}
TITLES = {"en": "WeChat", "zh": "微信号"}
SHEETS = {"en": "name,wechat\n", "zh": "姓名,微信号\n"}


def main(folder: Path) -> None:
    """Use the field in both languages, on a database for each."""
    for language in ("en", "zh"):
        database = folder / f"{language}.db"
        create(str(database))
        volunteer = Volunteer(database)
        volunteer.language = language
        volunteer.ok("community", "add", "滨湖社区", "--code", "binhu")
        is_typed_and_shown(volunteer)
        is_found_in_sheets(volunteer, folder)
        is_hidden(volunteer)
        goes_with_the_person(volunteer)


def is_typed_and_shown(volunteer: Volunteer) -> None:
    """Add, edit, clear and undo; the help names the option and the list its title."""
    assert HELP[volunteer.language] in volunteer.ok("person", "add", "--help").out
    volunteer.ok("person", "add", "李明", "--wechat", ACCOUNTS[0])
    assert shown(volunteer) == ACCOUNTS[0]
    volunteer.ok("person", "edit", "李明", "--wechat", ACCOUNTS[1])
    assert shown(volunteer) == ACCOUNTS[1]
    volunteer.ok("person", "edit", "李明", "--wechat", "")
    assert shown(volunteer) is None
    volunteer.ok("undo")
    assert shown(volunteer) == ACCOUNTS[1]
    table = volunteer.ok("person", "show", "李明", "--fields", "name,wechat", "-f", "table").out
    assert TITLES[volunteer.language] in table


def is_found_in_sheets(volunteer: Volunteer, folder: Path) -> None:
    """A sheet brings it, by headings of both languages, and changes it only when asked."""
    sheet = folder / "people.csv"
    sheet.write_text(
        f"{SHEETS[volunteer.language]}李明,{ACCOUNTS[2]}\n王芳,{ACCOUNTS[3]}\n", encoding="utf-8"
    )
    refused = volunteer("import", "people", sheet)
    assert (refused.code, ACCOUNTS[1] in refused.err) == (5, False), refused.err
    volunteer.ok("import", "people", sheet, "--on-conflict", "update")
    assert shown(volunteer) == ACCOUNTS[2]
    assert volunteer.ok("import", "people", sheet, "-f", "json").json["rows"]["same"] == 2
    volunteer.ok("person", "add", "王方", "--phone", "13800000002")
    volunteer.ok("person", "merge", "王方", "王芳", "--yes")
    assert shown(volunteer, "王方") == ACCOUNTS[3]


def is_hidden(volunteer: Volunteer) -> None:
    """Nobody sees an account who gave no reason: not in lists, nor in the history, nor in command lines."""
    seen = volunteer.ok("person", "list", "-f", "json").out
    for operation in volunteer.rows("history", "list"):
        seen += volunteer.ok("history", "show", operation["id"], "-f", "json").out
    assert [account for account in ACCOUNTS if account in seen] == []


def goes_with_the_person(volunteer: Volunteer) -> None:
    """Erasing leaves no trace of it in the file, and `check` finds nothing."""
    for name in ("李明", "王方"):
        volunteer.ok("person", "erase", name, "--reason", "本人要求", "--yes")
    content = volunteer.database.read_bytes()
    assert [account for account in ACCOUNTS if account.encode() in content] == []
    assert volunteer.ok("check").out == ""


def shown(volunteer: Volunteer, name: str = "李明") -> str | None:
    """The account on file, for a reason."""
    record = volunteer.ok("person", "show", name, "-f", "json", "--reveal", "核对").json
    account: str | None = record["wechat"]
    return account


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        main(Path(made))

"""How commands are declared and how they talk: the one frame around every command.

An area's `commands.py` makes a noun and hangs verbs on it:

    app = noun("team")

    @verb(app, "add", example="volunteer team add 绿色家园维护者", changes=True)
    def add(name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the team"))]) -> None:
        \"\"\"Add a team.\"\"\"

Every command takes the global options, every one that prints takes the options of output, and
those that change data take `--dry-run` and `--yes`; a command body never sees them.
"""

from volunteer_cli.shell.asked import Asked
from volunteer_cli.shell.declaring import (
    ChangingCommand,
    Command,
    Noun,
    NounGroup,
    command,
    noun,
    verb,
)
from volunteer_cli.shell.telling import (
    confirm,
    hand_out,
    hand_out_or_show,
    overwrite_afterwards,
    prints_records,
    say,
    say_about,
    say_written,
    show,
    show_list,
    tell,
    tell_each,
    write_file,
)
from volunteer_cli.shell.typed import (
    Archived,
    AsOf,
    DayText,
    MomentText,
    OnDay,
    OnStep,
    PeriodText,
    PlannedText,
    Reason,
    StepText,
    TimeText,
    choose,
    confidential,
    day_option,
    period_option,
    read,
    read_minutes,
)

__all__ = [
    "Archived",
    "AsOf",
    "Asked",
    "ChangingCommand",
    "Command",
    "DayText",
    "MomentText",
    "Noun",
    "NounGroup",
    "OnDay",
    "OnStep",
    "PeriodText",
    "PlannedText",
    "Reason",
    "StepText",
    "TimeText",
    "choose",
    "command",
    "confidential",
    "confirm",
    "day_option",
    "hand_out",
    "hand_out_or_show",
    "noun",
    "overwrite_afterwards",
    "period_option",
    "prints_records",
    "read",
    "read_minutes",
    "say",
    "say_about",
    "say_written",
    "show",
    "show_list",
    "tell",
    "tell_each",
    "verb",
    "write_file",
]

"""Questions instead of refusals, where somebody sits at a terminal; a script never meets one.

What is answered becomes words of the command line, which then runs as if it had been typed whole: nothing waits with the
database locked, and the history keeps what was meant.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from volunteer_cli.core.errors import Ambiguous, Cancelled, UsageFault, VolunteerError
from volunteer_cli.core.i18n import N_, _, with_detail
from volunteer_cli.core.masking import mask_digits
from volunteer_cli.core.run import run
from volunteer_cli.shell.asked import Answers, Asked
from volunteer_cli.shell.quoting import quoted
from volunteer_cli.shell.telling import YES, report, tell_line
from volunteer_cli.shell.typer_private import MissingParameter, UsageError, values_of

Perform: TypeAlias = Callable[[list[str]], None]
#: From what was typed to the values that it may become.
Complete: TypeAlias = Callable[[str], list[str]]


class NoSuchNumber(UsageFault):
    """'{value}' is none of the numbers"""

    code = "bad_choice"
    hint = N_("Type one of them, or nothing to cancel.")


def somebody_there() -> bool:
    """Whether a person sits at a terminal and sees what is asked."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def answered(words: list[str], perform: Perform) -> None:
    """Perform a command line, and ask for what it lacks as long as somebody is there to answer.

    Raises:
        Cancelled: the answer was none.
        VolunteerError: as the command itself.
    """
    if not somebody_there():
        perform(words)
        return
    while True:
        run().arguments, run().output, run().attended = tuple(words), None, True
        try:
            perform(words)
        except Ambiguous as error:
            words = _chosen(words, error)
        except MissingParameter as error:
            words = _completed(words, error)
        except VolunteerError as error:
            words = [*words, *_option_of(error)]
        else:
            return


# --- which one ------------------------------------------------------------


def _chosen(words: Sequence[str], error: Ambiguous) -> list[str]:
    """The words with the one that is ambiguous replaced by the record that was chosen."""
    choices = error.fields.get("choices")
    place = _place_of(words, str(error.fields["text"]))
    if not choices or place is None:
        raise error
    _list(_question(error), list(choices.values()))
    chosen = list(choices)[_number(len(choices)) - 1]
    return [*words[:place], _with_value(words[place], chosen), *words[place + 1 :]]


def _option_of(error: VolunteerError) -> list[str]:
    """The option that a refusal asks for, with the value that was chosen; raises what does not offer any."""
    choices = error.fields.get("choices")
    if not (error.option and choices):
        raise error
    _list(f"{error.message}{_(':')}", [with_detail(name, code) for code, name in choices.items()])
    return [error.option, list(choices)[_number(len(choices)) - 1]]


def _question(error: Ambiguous) -> str:
    # A number that was typed is somebody's: it is not written on the screen a second time.
    kind, text = str(error.fields["kind"]), mask_digits(str(error.fields["text"]))
    return _("{kind} '{text}' may be any of these:").format(kind=kind, text=text)


def _with_value(word: str, value: str) -> str:
    """A word of a command line with another value: --person=李明 is one word."""
    option, sign, _value = word.partition("=") if word.startswith("--") else ("", "", "")
    return f"{option}{sign}{value}"


def one_of(sentence: str, choices: Sequence[str]) -> str:
    """The one of several that somebody at the terminal chooses by its number; raises Cancelled for none."""
    _list(sentence, choices)
    return choices[_number(len(choices)) - 1]


def _list(sentence: str, labels: Sequence[str]) -> None:
    """Show what may be chosen, each with its number."""
    tell_line(sentence)
    for number, label in enumerate(labels, 1):
        tell_line(f"  {number}  {label}")


def _place_of(words: Sequence[str], text: str) -> int | None:
    """Where a text stands on the command line, be it behind --option= or as a word."""
    for place, word in enumerate(words):
        value = word.partition("=")[2] if word.startswith("--") else word
        if value.strip() == text or value.partition(":")[2] == text:
            return place
    return None


def _number(most: int) -> int:
    """The number that was typed; raises Cancelled for none."""
    while True:
        text = ask(_("Which one? [1-{count}, Enter cancels]").format(count=most) + " ")
        if not text:
            raise Cancelled
        if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= most:
            return int(text)
        report(NoSuchNumber(value=text))


# --- what is missing ------------------------------------------------------------


def _completed(words: list[str], error: MissingParameter) -> list[str]:
    """The words with those that answer what a command needs; of one that stands alone, all that it asks for."""
    context: Any = error.ctx
    path = context.command_path.split()[1:]
    # Only a command that stands alone: whoever typed options knows what it takes.
    if context.command.asks and words[-len(path) :] == path:
        tell_line(_("Enter leaves out what need not be known; Ctrl-C cancels."))
        whole = [*words, *_answers(context, context.command.asks)]
        # What is refused now can be corrected and typed again.
        tell_line(f"volunteer {' '.join(map(quoted, whole))}")
        return whole
    return [*words, *_answers(context, [Asked(str(getattr(error.param, "name", "")), needed=True)])]


def _answers(context: Any, asked: Iterable[Asked]) -> list[str]:
    """The words that answer what is asked, in its order."""
    parameters = {parameter.name: parameter for parameter in context.command.params}
    given: Answers = {}
    for each in asked:
        if each.when(given):
            given[each.name] = _answer(context, parameters[each.name], needed=each.needed)
    return [word for words in given.values() for word in words]


def _answer(context: Any, parameter: Any, *, needed: bool) -> list[str]:
    """The words for a parameter, asked for until they can be read; none where nothing is known."""
    question = _(parameter.help or parameter.make_metavar(context)).rstrip(".。")
    if getattr(parameter, "is_flag", False):
        return [parameter.opts[0]] if wanted(question) else []
    while True:
        text = ask_for(f"{question}{_(': ')}", values_of(parameter))
        if not text and not needed and not parameter.required:
            return []
        try:
            if text:
                return _words_of(context, parameter, text)
        except (VolunteerError, UsageError) as error:
            report(error)


def _words_of(context: Any, parameter: Any, text: str) -> list[str]:
    """An answer as it stands on a command line; raises as the command does where it cannot be read."""
    several = parameter.multiple or parameter.nargs == -1
    texts = re.split(r"\s*[,，、]\s*", text) if several else [text]
    for each in texts:
        parameter.type_cast_value(context, [each] if several else each)
    if parameter.param_type_name == "argument":
        return texts
    return [f"{parameter.opts[0]}={each}" for each in texts]


# --- the question itself ------------------------------------------------------------


def ask(question: str) -> str:
    """What is typed as a short answer, without the spaces around it; raises Cancelled for the end of the input."""
    try:
        tell_line(question, ends=False)
        answer = sys.stdin.readline()
    except KeyboardInterrupt:
        answer = ""
    if not answer:
        tell_line("")
        raise Cancelled
    return answer.strip()


def ask_for(question: str, complete: Complete) -> str:
    """What is typed for a field, which may be completed on the way; raises Cancelled as `ask`."""
    from prompt_toolkit import prompt

    from volunteer_cli.shell.completed import Values

    try:
        return prompt(question, completer=Values(complete), complete_in_thread=True).strip()
    except (KeyboardInterrupt, EOFError):
        raise Cancelled from None


def wanted(question: str) -> bool:
    """Whether a question is answered with yes, which Enter is not."""
    return ask(f"{question} {_('[y/N]')} ").lower() in YES


def agreed(question: str) -> bool:
    """Whether a question is answered with yes, which Enter is too."""
    return ask(f"{question} {_('[Y/n]')} ").lower() in ("", *YES)

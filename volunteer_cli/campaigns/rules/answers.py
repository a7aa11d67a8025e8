"""Answers to the questions of a campaign, as somebody typed them and as they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from volunteer_cli.campaigns.models import Campaign, Question
from volunteer_cli.campaigns.rules.errors import BadAnswer, NoQuestion
from volunteer_cli.campaigns.terms import AnswerType
from volunteer_cli.core.i18n import listed
from volunteer_cli.core.text import clean, required

YES = frozenset({"yes", "y", "true", "1", "是", "有", "对", "√", "需要"})
NO = frozenset({"no", "n", "false", "0", "否", "无", "没有", "不", "×", "不需要"})


def read_answers(
    campaign: Campaign, questions: Sequence[Question], answers: Mapping[str, str]
) -> list[tuple[Question, str | None, str | None]]:
    """Each question with its answer, as a value or as words that are confidential.

    Raises:
        NoQuestion: nothing of that code is asked.
        BadAnswer: it is no answer to it.
    """
    by_code = {question.code: question for question in questions}
    read = []
    for code, text in answers.items():
        question = by_code.get(code.strip().lower())
        if question is None:
            raise NoQuestion(campaign=campaign.name, name=code, code=campaign.code)
        read.append(_read(question, text))
    return read


def _read(question: Question, text: str) -> tuple[Question, str | None, str | None]:
    if question.type == AnswerType.TEXT:
        return question, None, required(text, question.code)
    if question.type == AnswerType.YES_NO:
        return question, _yes_no(question, text), None
    if question.type == AnswerType.NUMBER:
        return question, _number(question, text), None
    return question, _choice(question, text), None


def said_yes(text: str) -> bool | None:
    """What a word says, or None where it says neither."""
    word = text.strip().lower()
    return True if word in YES else False if word in NO else None


def _yes_no(question: Question, text: str) -> str:
    if (is_yes := said_yes(text)) is None:
        raise BadAnswer(value=text, question=question.code, choices="yes, no")
    return "yes" if is_yes else "no"


def _number(question: Question, text: str) -> str:
    import unicodedata

    number = unicodedata.normalize("NFKC", text).strip().removesuffix(".0")
    if not number.isdecimal() or len(number) > 9:
        raise BadAnswer(value=text, question=question.code, choices="0, 1, 2 …")
    return str(int(number))


def _choice(question: Question, text: str) -> str:
    choices = (question.choices or "").split("\n")
    answer = clean(text)
    if answer not in choices:
        raise BadAnswer(value=text, question=question.code, choices=listed(choices))
    return answer

"""Completion of one answer, for the library that prompts; imported only where somebody is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document


class Values(Completer):
    """The values that an answer may become; of several the last one."""

    def __init__(self, complete: Callable[[str], list[str]]) -> None:
        self.complete = complete

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002 - the library's signature
        """What the text before the cursor may become."""
        typed = document.text_before_cursor.rpartition(",")[2].lstrip()
        for value in self.complete(typed):
            yield Completion(value, start_position=-len(typed))

"""Sentences that can be translated: a template and what goes into it, kept apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nnsim.lesson.numerals import spelled

CONTEXT = "Lesson"
"""Under which a translator finds the templates."""


def translatable(template: str) -> str:
    """Marks a template for the translator; the same text."""
    return template


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes
    ----------
    template : str
        English, with places such as ``{layer}`` in it.
    arguments : tuple of (str, value)
        What goes into the places: whole numbers, numbers, or text that needs no translation.
    """

    template: str
    arguments: tuple[tuple[str, str | int | float], ...] = ()

    def render(
        self,
        translate: Callable[[str], str] = str,
        write: Callable[[str | int | float], str] | None = None,
    ) -> str:
        """The sentence in words.

        Parameters
        ----------
        translate : function
            From the template to that of another language.
        write : function, optional
            How an argument is written there; else with four significant digits and a point.
        """
        put = write or _plain
        return translate(self.template).format(**{name: put(value) for name, value in self.arguments})

    @property
    def english(self) -> str:
        """The sentence in English."""
        return self.render()


def sentence(template: str, **arguments: str | int | float) -> Sentence:
    """A sentence from its template and what goes into it."""
    return Sentence(template, tuple(arguments.items()))


def _plain(value: str | int | float) -> str:
    if isinstance(value, float):
        return spelled(value)
    return str(value) if isinstance(value, str) else str(value).replace("-", "−")

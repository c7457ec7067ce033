"""Sentences that can be translated: a template and what goes into it, kept apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nnsim.model.numerals import spelled

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
        What goes into the places: whole numbers, numbers, text that needs no translation, or a sentence.
    """

    template: str
    arguments: tuple[tuple[str, Argument], ...] = ()

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

        def words(value: Argument) -> str:
            return value.render(translate, write) if isinstance(value, Sentence) else put(value)

        return translate(self.template).format(**{name: words(value) for name, value in self.arguments})

    @property
    def english(self) -> str:
        """The sentence in English."""
        return self.render()


Argument = str | int | float | Sentence


def sentence(template: str, **arguments: Argument) -> Sentence:
    """A sentence from its template and what goes into it."""
    return Sentence(template, tuple(arguments.items()))


def counted(one: str, many: str, count: int, **arguments: Argument) -> Sentence:
    """A sentence about ``{count}`` things, by the template for one of them or for any other number."""
    return sentence(one if count == 1 else many, count=count, **arguments)


def _plain(value: str | int | float) -> str:
    if isinstance(value, float):
        return spelled(value)
    return str(value) if isinstance(value, str) else str(value).replace("-", "−")

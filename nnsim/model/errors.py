"""The one error a document can raise."""

from collections.abc import Callable, Iterable

from nnsim.model.sentence import Argument, Sentence, sentence, translatable

_LONGEST = 500
_ALLOWED = translatable("allowed: {names}")
_GROUPED_FROM = 10_000


class DocumentError(ValueError):
    """A document says something nnsim cannot use.

    Parameters
    ----------
    field : str
        Path of the offending field, such as ``network.layers[1].activation``; empty where there is none.
    problem : str or Sentence
        What is wrong with it and what is allowed instead: an English template, or a whole sentence.
    **arguments
        What goes into the template. Anything but numbers and sentences is written by `str`.

    Attributes
    ----------
    field : str
    said : Sentence
        The problem, kept apart from its numbers: where it is shown it is put into the reader's language.
    problem : str
        The same in English.
    """

    def __init__(self, field: str, problem: str | Sentence, **arguments: object) -> None:
        self.field = _printable(field)
        self.said = (
            problem
            if isinstance(problem, Sentence)
            else sentence(problem, **{name: _argument(value) for name, value in arguments.items()})
        )
        self.problem = self.render_problem()
        super().__init__(self.render())

    def render(
        self, translate: Callable[[str], str] = str, write: Callable[[str | int | float], str] | None = None
    ) -> str:
        """Field and problem; the parameters are those of :meth:`Sentence.render`."""
        problem = self.render_problem(translate, write)
        return f"{self.field}: {problem}" if self.field else problem

    @property
    def whole(self) -> Sentence:
        """Field and problem in one sentence, to be quoted by another."""
        return (
            sentence("{field}: {problem}", field=self.field, problem=self.said) if self.field else self.said
        )

    def render_problem(
        self, translate: Callable[[str], str] = str, write: Callable[[str | int | float], str] | None = None
    ) -> str:
        """The problem without its field."""
        return _printable(self.said.render(translate, write or _in_english))


def _argument(value: object) -> Argument:
    return value if isinstance(value, str | int | float | Sentence) else str(value)


def _in_english(value: str | int | float) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:g}"
    return f"{value:,}" if abs(value) >= _GROUPED_FROM else str(value)


def _printable(text: str) -> str:
    """Text that every terminal and window can show: it may quote a damaged file."""
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…"
    return text.encode("utf-8", "backslashreplace").decode()


def one_of(names: Iterable[str]) -> Sentence:
    """Words that list the allowed names."""
    return sentence(_ALLOWED, names=", ".join(names))

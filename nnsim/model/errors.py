"""The one error a document can raise."""

from collections.abc import Iterable

_LONGEST = 500


class DocumentError(ValueError):
    """A document says something nnsim cannot use.

    Attributes
    ----------
    field : str
        Path of the offending field, such as ``network.layers[1].activation``.
    problem : str
        What is wrong with it and what is allowed instead.
    """

    def __init__(self, field: str, problem: str) -> None:
        self.field = _printable(field)
        self.problem = _printable(problem)
        super().__init__(f"{self.field}: {self.problem}" if field else self.problem)


def _printable(text: str) -> str:
    """Text that every terminal and window can show: it may quote a damaged file."""
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…"
    return text.encode("utf-8", "backslashreplace").decode()


def one_of(names: Iterable[str]) -> str:
    """Words that list the allowed names."""
    return "allowed: " + ", ".join(names)

"""The one error a document can raise."""

from collections.abc import Iterable


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
        super().__init__(f"{field}: {problem}" if field else problem)
        self.field = field
        self.problem = problem


def one_of(names: Iterable[str]) -> str:
    """Words that list the allowed names."""
    return "allowed: " + ", ".join(names)

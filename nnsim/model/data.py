"""What a document says about its data; `nnsim.data` turns it into arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from nnsim.model.errors import DocumentError
from nnsim.model.fields import Fields, as_list, as_numbers
from nnsim.model.training import LARGEST_SEED

GATES = ("and", "or", "nand", "xor")
TOYS = ("circles", "moons", "spirals", "blobs", "checkerboard")
SURFACE_INPUTS = {"line": 1, "parabola": 1, "sine": 1, "plane": 2, "gaussian": 2, "saddle": 2}
"""Regression targets and how many inputs each has."""
SURFACES = tuple(SURFACE_INPUTS)
FEWEST_POINTS, MOST_POINTS = 2, 100_000
"""Samples that may be drawn of a toy or a surface."""
TASKS = ("classification", "regression")
DIGIT_SOURCES = ("mnist", "generated", "mine")
DIGIT_PIXELS = 28 * 28
DIGIT_CLASSES = 10
MOST_DIGITS = 1_000_000
SHAPE_NAMES = ("line", "cross", "circle", "corner")
FEWEST_SHAPES, MOST_SHAPES = len(SHAPE_NAMES), 10_000
SHAPE_SIDE = 12
"""Pixels along each side of a picture of a shape."""
MOST_TABLE_ROWS = 10_000
MOST_TABLE_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class GateData:
    """A logic gate's truth table: four samples of two inputs."""

    gate: str = "xor"
    kind: str = "gate"


@dataclass(frozen=True, slots=True)
class ToyData:
    """Points of two classes in the plane."""

    name: str = "circles"
    samples: int = 200
    noise: float = 0.1
    seed: int = 1
    kind: str = "toy"


@dataclass(frozen=True, slots=True)
class SurfaceData:
    """Noisy samples of a function of one or two inputs, to be learned as a regression."""

    name: str = "sine"
    samples: int = 100
    noise: float = 0.05
    seed: int = 1
    kind: str = "surface"


@dataclass(frozen=True, slots=True)
class TableData:
    """Samples written out in the document.

    Attributes
    ----------
    x, y : tuple of rows
    task : str
        ``classification`` or ``regression``.
    """

    x: tuple[tuple[float, ...], ...]
    y: tuple[tuple[float, ...], ...]
    task: str = "classification"
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class DigitsData:
    """Images of handwritten digits: 28 × 28 pixels in [0, 1], bright ink on dark, and one-hot targets.

    Attributes
    ----------
    source : str
        ``mnist``, ``generated`` or ``mine`` (the digits that the user drew and kept).
    samples : int
        How many to train on; 0 takes all there are.
    mine : bool
        Whether the user's own digits join the training samples.
    seed : int
        Of the generated digits.
    """

    source: str = "mnist"
    samples: int = 0
    mine: bool = False
    seed: int = 1
    kind: str = "digits"


@dataclass(frozen=True, slots=True)
class ShapesData:
    """Pictures of 12 × 12 pixels in [0, 1] of a line, a cross, a circle or a corner, and one-hot targets.

    Attributes
    ----------
    samples : int
    noise : float
        Standard deviation of what is added to each pixel.
    seed : int
    shuffled : bool
        Whether the pixels of every picture stand in another order, the same one for all.
    """

    samples: int = 400
    noise: float = 0.1
    seed: int = 1
    shuffled: bool = False
    kind: str = "shapes"


Data = GateData | ToyData | SurfaceData | TableData | DigitsData | ShapesData


def _gate(value: object, path: str) -> GateData:
    return GateData(Fields(value, path, ("kind", "gate")).text("gate", allowed=GATES))


def _points(value: object, path: str, names: tuple[str, ...], usual: ToyData | SurfaceData) -> dict[str, Any]:
    fields = Fields(value, path, ("kind", "name", "samples", "noise", "seed"))
    return {
        "name": fields.text("name", allowed=names),
        "samples": fields.integer("samples", usual.samples, low=FEWEST_POINTS, high=MOST_POINTS),
        "noise": fields.number("noise", usual.noise, low=0.0, high=1.0),
        "seed": fields.integer("seed", usual.seed, low=0, high=LARGEST_SEED),
    }


def _toy(value: object, path: str) -> ToyData:
    return ToyData(**_points(value, path, TOYS, ToyData()))


def _surface(value: object, path: str) -> SurfaceData:
    return SurfaceData(**_points(value, path, SURFACES, SurfaceData()))


def _rows(fields: Fields, name: str) -> tuple[tuple[float, ...], ...]:
    rows = []
    for i, item in enumerate(fields.items(name, longest=MOST_TABLE_ROWS)):
        path = f"{fields.at(name)}[{i}]"
        row = as_list(item, path, longest=MOST_TABLE_COLUMNS)
        rows.append(as_numbers(row, path))
        if not row:
            raise DocumentError(path, "is empty; allowed: one number for each input or target")
        if len(row) != len(rows[0]):
            raise DocumentError(
                path, "has {count} numbers, the first row has {wanted}", count=len(row), wanted=len(rows[0])
            )
    if not rows:
        raise DocumentError(fields.at(name), "is empty; allowed: at least one row")
    return tuple(rows)


def _table(value: object, path: str) -> TableData:
    fields = Fields(value, path, ("kind", "x", "y", "task"))
    x, y = _rows(fields, "x"), _rows(fields, "y")
    if len(x) != len(y):
        raise DocumentError(fields.at("y"), "has {count} rows, x has {wanted}", count=len(y), wanted=len(x))
    task = fields.text("task", "classification", allowed=TASKS)
    if task == "classification":
        _check_classes(y, fields.at("y"))
    return TableData(x, y, task)


def _check_classes(rows: tuple[tuple[float, ...], ...], path: str) -> None:
    for i, row in enumerate(rows):
        if not set(row) <= {0.0, 1.0}:
            raise DocumentError(f"{path}[{i}]", "holds other numbers; allowed in a classification: 0 and 1")
        if len(row) > 1 and sum(row) != 1.0:
            raise DocumentError(f"{path}[{i}]", "must hold exactly one 1, in the column of its class")


def _digits(value: object, path: str) -> DigitsData:
    fields = Fields(value, path, ("kind", "source", "samples", "mine", "seed"))
    usual = DigitsData()
    return DigitsData(
        source=fields.text("source", usual.source, allowed=DIGIT_SOURCES),
        samples=fields.integer("samples", usual.samples, low=0, high=MOST_DIGITS),
        mine=fields.flag("mine", usual.mine),
        seed=fields.integer("seed", usual.seed, low=0, high=LARGEST_SEED),
    )


def _shapes(value: object, path: str) -> ShapesData:
    fields = Fields(value, path, ("kind", "samples", "noise", "seed", "shuffled"))
    usual = ShapesData()
    return ShapesData(
        samples=fields.integer("samples", usual.samples, low=FEWEST_SHAPES, high=MOST_SHAPES),
        noise=fields.number("noise", usual.noise, low=0.0, high=1.0),
        seed=fields.integer("seed", usual.seed, low=0, high=LARGEST_SEED),
        shuffled=fields.flag("shuffled", usual.shuffled),
    )


_READERS: dict[str, Callable[[object, str], Data]] = {
    "gate": _gate,
    "toy": _toy,
    "surface": _surface,
    "table": _table,
    "digits": _digits,
    "shapes": _shapes,
}


def data_from_json(value: object, path: str = "data") -> Data:
    """Read and check the description of the data.

    Raises
    ------
    DocumentError
        Naming the field and what is allowed there.
    """
    if not isinstance(value, dict):
        raise DocumentError(path, "must be an object with a kind")
    kind = Fields(value, path, value.keys()).text("kind", allowed=_READERS)
    return _READERS[kind](value, path)


def data_shape(data: Data) -> tuple[int, int]:
    """How many inputs and targets one sample has."""
    if isinstance(data, TableData):
        return len(data.x[0]), len(data.y[0])
    if isinstance(data, DigitsData):
        return DIGIT_PIXELS, DIGIT_CLASSES
    if isinstance(data, ShapesData):
        return SHAPE_SIDE**2, len(SHAPE_NAMES)
    return (SURFACE_INPUTS[data.name] if isinstance(data, SurfaceData) else 2), 1


def answers_classes(data: Data) -> bool:
    """Whether there is one output for each of the classes 0, 1, 2 …"""
    if isinstance(data, TableData):
        return data.task == "classification" and len(data.y[0]) > 1
    return isinstance(data, DigitsData | ShapesData)


def data_to_json(data: Data) -> dict[str, Any]:
    """The JSON of the description of the data."""
    out = asdict(data)
    for name in ("x", "y"):
        if name in out:
            out[name] = [list(row) for row in out[name]]
    return {"kind": out.pop("kind"), **out}

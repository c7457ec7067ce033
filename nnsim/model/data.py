"""What a document says about its data; `nnsim.data` turns it into arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from nnsim.model.errors import DocumentError
from nnsim.model.fields import Fields, as_list, as_number
from nnsim.model.training import LARGEST_SEED

GATES = ("and", "or", "nand", "xor")
TOYS = ("circles", "moons", "spirals", "blobs", "checkerboard")
SURFACES = ("line", "parabola", "sine", "plane", "gaussian", "saddle")
"""Regression targets: the first three of one input, the others of two."""
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


Data = GateData | ToyData | SurfaceData | TableData


def _gate(value: object, path: str) -> GateData:
    return GateData(Fields(value, path, ("kind", "gate")).text("gate", allowed=GATES))


def _points(value: object, path: str, names: tuple[str, ...], most_noise: float) -> dict[str, Any]:
    fields = Fields(value, path, ("kind", "name", "samples", "noise", "seed"))
    return {
        "name": fields.text("name", allowed=names),
        "samples": fields.integer("samples", 200, low=2, high=100_000),
        "noise": fields.number("noise", 0.1, low=0.0, high=most_noise),
        "seed": fields.integer("seed", 1, low=0, high=LARGEST_SEED),
    }


def _toy(value: object, path: str) -> ToyData:
    return ToyData(**_points(value, path, TOYS, 1.0))


def _surface(value: object, path: str) -> SurfaceData:
    return SurfaceData(**_points(value, path, SURFACES, 1.0))


def _rows(fields: Fields, name: str) -> tuple[tuple[float, ...], ...]:
    rows = []
    for i, item in enumerate(fields.items(name, longest=MOST_TABLE_ROWS)):
        path = f"{fields.at(name)}[{i}]"
        row = as_list(item, path, longest=MOST_TABLE_COLUMNS)
        rows.append(tuple(as_number(value, f"{path}[{j}]") for j, value in enumerate(row)))
        if not row:
            raise DocumentError(path, "is empty; allowed: one number for each input or target")
        if len(row) != len(rows[0]):
            raise DocumentError(path, f"has {len(row)} numbers, the first row has {len(rows[0])}")
    if not rows:
        raise DocumentError(fields.at(name), "is empty; allowed: at least one row")
    return tuple(rows)


def _table(value: object, path: str) -> TableData:
    fields = Fields(value, path, ("kind", "x", "y", "task"))
    x, y = _rows(fields, "x"), _rows(fields, "y")
    if len(x) != len(y):
        raise DocumentError(fields.at("y"), f"has {len(y)} rows, x has {len(x)}")
    tasks = ("classification", "regression")
    return TableData(x, y, fields.text("task", "classification", allowed=tasks))


_READERS: dict[str, Callable[[object, str], Data]] = {
    "gate": _gate,
    "toy": _toy,
    "surface": _surface,
    "table": _table,
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


def data_to_json(data: Data) -> dict[str, Any]:
    """The JSON of the description of the data."""
    out = asdict(data)
    for name in ("x", "y"):
        if name in out:
            out[name] = [list(row) for row in out[name]]
    return {"kind": out.pop("kind"), **out}

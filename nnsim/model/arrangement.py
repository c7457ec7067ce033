"""Where nodes and layers of the drawn network were moved to by hand."""

from __future__ import annotations

from collections.abc import Iterable

from nnsim.model.errors import DocumentError
from nnsim.model.fields import Fields, as_integer, as_list, as_number
from nnsim.model.network import Network
from nnsim.model.origin import Origin

Arrangement = tuple[tuple[int, int, float, float], ...]
"""Entries (layer, unit, dx, dy) in ascending order: offsets in logical pixels from the automatic place, y
downwards; unit :data:`WHOLE` moves the whole layer, and adds to what its units are moved by."""
Piece = tuple[int, int]
"""A layer and one of its units, or :data:`WHOLE`."""

WHOLE = -1
FARTHEST = 10_000.0
"""Pixels that anything may be moved by in one direction."""
MOST = 20_000
_ENTRY = 4


def arrangement_from_json(fields: Fields, name: str, network: Network) -> Arrangement:
    """Read and check an arrangement; empty where the field is absent.

    Raises
    ------
    DocumentError
        Naming the entry and what is allowed there.
    """
    seen: set[Piece] = set()
    out = []
    for place, value in enumerate(fields.items(name, [], longest=MOST)):
        path = f"{fields.at(name)}[{place}]"
        entry = _entry(value, path, network)
        if entry[:2] in seen:
            raise DocumentError(path, "moves what another entry moves already; allowed: one entry for each")
        seen.add(entry[:2])
        out.append(entry)
    return tuple(sorted(out))


def _entry(value: object, path: str, network: Network) -> tuple[int, int, float, float]:
    items = as_list(value, path, longest=_ENTRY)
    if len(items) < _ENTRY:
        raise DocumentError(
            path,
            "has {count} items; allowed: {wanted}, layer, unit, dx and dy",
            count=len(items),
            wanted=_ENTRY,
        )
    layer = as_integer(items[0], f"{path}[0]", low=0, high=len(network.layers) - 1)
    unit = as_integer(items[1], f"{path}[1]", low=WHOLE, high=network.units(layer) - 1)
    return layer, unit, _offset(items[2], f"{path}[2]"), _offset(items[3], f"{path}[3]")


def _offset(value: object, path: str) -> float:
    number = as_number(value, path)
    if abs(number) > FARTHEST:
        raise DocumentError(
            path,
            "{number} is out of range; allowed: from {nearest} to {farthest} pixels",
            number=float(number),
            nearest=float(-FARTHEST),
            farthest=float(FARTHEST),
        )
    return number


def arrangement_to_json(arrangement: Arrangement) -> list[list[float]]:
    """The JSON of an arrangement."""
    return [list(entry) for entry in arrangement]


def moved(arrangement: Arrangement, pieces: Iterable[Piece], dx: float, dy: float) -> Arrangement:
    """The arrangement after moving some nodes and layers.

    Parameters
    ----------
    pieces : iterable of Piece
    dx, dy : float
        Pixels; a tenth of one is kept, and nothing goes farther than :data:`FARTHEST`.
    """
    offsets = {entry[:2]: entry[2:] for entry in arrangement}
    for piece in pieces:
        x, y = offsets.get(piece, (0.0, 0.0))
        offsets[piece] = _kept(x + dx), _kept(y + dy)
    return tuple(sorted((*piece, *by) for piece, by in offsets.items() if by != (0.0, 0.0)))


def _kept(offset: float) -> float:
    return round(min(max(offset, -FARTHEST), FARTHEST), 1)


def within(arrangement: Arrangement, network: Network) -> Arrangement:
    """What of an arrangement is about layers and units that a network has."""
    units = [shape.size for shape in network.shapes]
    return tuple(entry for entry in arrangement if entry[0] < len(units) and entry[1] < units[entry[0]])


def carried(arrangement: Arrangement, origin: Origin) -> Arrangement:
    """The arrangement of an edited network: what is still there keeps its offset under its new number."""
    if not arrangement:
        return ()
    places = {old: new for new, old in reversed(list(enumerate(origin.layers))) if old is not None}
    out = []
    for old, unit, dx, dy in arrangement:
        if old in places:
            layer = places[old]
            units = origin.units[layer]
            if unit == WHOLE or unit in units:
                out.append((layer, WHOLE if unit == WHOLE else units.index(unit), dx, dy))
    return tuple(sorted(out))

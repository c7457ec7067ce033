"""A random hand: where the pen goes for a whole block of digits, and the ink it leaves.

Points along a Catmull-Rom spline are sums of its control points with fixed weights, so a skeleton is
kept as a matrix and a block of digits is written by one product. The ink is a Gaussian around every
point, which is a product of one profile along x and one along y: an image is one small product too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnsim.data.centring import BOX, MIDDLE, SIDE
from nnsim.data.handwriting.skeletons import SKELETONS, Point

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]

POINTS = 80
"""Points of ink in a digit, evenly along the pen's path."""
_FINE = 128
"""Steps along each piece of a spline from which they are chosen."""
_HALF = 0.69
"""Ink that is half as dark as full: an image is ``1 − exp(−ink)``."""
_FLOOR = 0.06
"""Ink too faint to be kept, so that the background is exactly 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Alphabet:
    """Every skeleton, ready to be written.

    Attributes
    ----------
    weights : array, shape (V, POINTS, K)
        Points of ink from control points; a skeleton with fewer than K has zeros behind them.
    control : array, shape (V, K, 2)
    twin : array of int, shape (V, K)
        The first control point at the same place: corners and joints stay together.
    joined : array, shape (V, POINTS − 1)
        0 where the pen is lifted between two points, else 1.
    first : array of int, shape (11,)
        Where each digit's skeletons begin, and the end.
    shares : tuple of arrays
        For each digit, how common its skeletons are, cumulated to 1.
    """

    weights: Floats
    control: Floats
    twin: Numbers
    joined: Floats
    first: Numbers
    shares: tuple[NDArray[np.float64], ...]


def _basis(count: int) -> NDArray[np.float64]:
    """Weights of `count` control points in finely spaced points on their spline, shape (…, count)."""
    t = np.linspace(0.0, 1.0, _FINE, endpoint=False)
    pieces = 0.5 * np.stack(
        (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3), axis=1
    )
    out = np.zeros(((count - 1) * _FINE + 1, count))
    for piece in range(count - 1):
        rows = slice(piece * _FINE, (piece + 1) * _FINE)
        for k in range(4):
            out[rows, np.clip(piece - 1 + k, 0, count - 1)] += pieces[:, k]
    out[-1, -1] = 1.0
    return out


def _spline(strokes: tuple[tuple[Point, ...], ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of all control points in POINTS points spread by length, and where the pen stays down."""
    total = sum(map(len, strokes))
    control = np.array([point for stroke in strokes for point in stroke])
    fine, strokes_of, length, begin = [], [], [], 0.0
    offset = 0
    for number, stroke in enumerate(strokes):
        weights = np.zeros(((len(stroke) - 1) * _FINE + 1, total))
        weights[:, offset : offset + len(stroke)] = _basis(len(stroke))
        steps = np.hypot(*np.diff(weights @ control, axis=0).T)
        length.append(begin + np.concatenate(([0.0], np.cumsum(steps))))
        begin = float(length[-1][-1])
        fine.append(weights)
        strokes_of.append(np.full(len(weights), number))
        offset += len(stroke)
    along = np.concatenate(length)
    chosen = np.searchsorted(along, np.linspace(0.0, begin, POINTS) - 1e-9).clip(0, len(along) - 1)
    lifted = np.diff(np.concatenate(strokes_of)[chosen]) != 0
    return np.concatenate(fine)[chosen], np.where(lifted, 0.0, 1.0)


@cache
def alphabet() -> Alphabet:
    """All skeletons, made ready once."""
    ways = [way for digit in SKELETONS for way in digit]
    longest = max(sum(map(len, way.strokes)) for way in ways)
    weights = np.zeros((len(ways), POINTS, longest), np.float32)
    control = np.zeros((len(ways), longest, 2), np.float32)
    twin = np.tile(np.arange(longest), (len(ways), 1))
    joined = np.zeros((len(ways), POINTS - 1), np.float32)
    for v, way in enumerate(ways):
        points = [point for stroke in way.strokes for point in stroke]
        weights[v, :, : len(points)], joined[v] = _spline(way.strokes)
        control[v, : len(points)] = points
        twin[v, : len(points)] = [points.index(point) for point in points]
    shares = tuple(
        np.cumsum([way.weight for way in digit]) / sum(way.weight for way in digit) for digit in SKELETONS
    )
    first = np.cumsum([0, *map(len, SKELETONS)])
    return Alphabet(weights, control, twin, joined, first, shares)


@dataclass(frozen=True, slots=True, eq=False)
class Hands:
    """One random hand for each digit of a block of n.

    Attributes
    ----------
    skeleton : array of int, shape (n,)
    jitter : array, shape (n, K, 2)
        How far each control point is moved, in heights of the digit.
    power : array, shape (n, 1, 2)
        Exponents that make the left or the right, the upper or the lower part larger.
    taper : array, shape (n, 1)
        How much wider the digit becomes from top to bottom.
    matrix : array, shape (n, 2, 2)
        Aspect, slant and rotation.
    wave : array, shape (n, 2, 2)
        Wave vectors of a displacement along x and y that bends the whole digit.
    phase, bend : arrays, shape (n, 2)
        Its phase and amplitude.
    width : array, shape (n,)
        Of the stroke, in pixels.
    ink : array, shape (n,)
        In the middle of a stroke; more of it gives harder edges, not a wider stroke.
    pressure : array, shape (n, 3)
        Amplitude, frequency and phase of the stroke's change in width.
    """

    skeleton: Numbers
    jitter: Floats
    power: Floats
    taper: Floats
    matrix: Floats
    wave: Floats
    phase: Floats
    bend: Floats
    width: Floats
    ink: Floats
    pressure: Floats

    def first(self, count: int) -> Hands:
        """The hands of the first digits alone."""
        return Hands(*(getattr(self, name)[:count] for name in self.__slots__))


def draw_hands(labels: Bytes, rng: np.random.Generator) -> Hands:
    """Random hands for the digits of these labels, shape (n,)."""
    n, letters = len(labels), alphabet()
    chance = rng.random(n)
    ways = [np.searchsorted(letters.shares[d], c) for d, c in zip(labels, chance, strict=True)]
    skeleton = letters.first[labels] + np.array(ways, np.int64)
    unsteady = rng.uniform(0.01, 0.10, (n, 1, 1))
    jitter = unsteady * rng.standard_normal((n, letters.control.shape[1], 2))
    return Hands(
        skeleton=skeleton,
        jitter=np.take_along_axis(jitter, letters.twin[skeleton][:, :, None], axis=1).astype(np.float32),
        power=np.exp(rng.standard_normal((n, 1, 2)) * (0.12, 0.28)).astype(np.float32),
        taper=(0.3 * rng.standard_normal((n, 1))).astype(np.float32),
        matrix=_matrices(n, rng).astype(np.float32),
        wave=rng.uniform(-4.0, 4.0, (n, 2, 2)).astype(np.float32),
        phase=rng.uniform(0.0, 2 * np.pi, (n, 2)).astype(np.float32),
        bend=np.abs(0.05 * rng.standard_normal((n, 2))).astype(np.float32),
        width=np.clip(2.5 * np.exp(0.27 * rng.standard_normal(n)), 1.3, 6.0).astype(np.float32),
        ink=np.exp(rng.uniform(np.log(6.0), np.log(36.0), n)).astype(np.float32),
        pressure=(rng.random((n, 3)) * (0.25, 8.0, 2 * np.pi)).astype(np.float32),
    )


def _matrices(n: int, rng: np.random.Generator) -> NDArray[np.float64]:
    aspect = np.exp(0.22 * rng.standard_normal(n))
    slant = np.clip(0.15 + 0.22 * rng.standard_normal(n), -0.5, 0.8)
    angle = 0.17 * rng.standard_normal(n)
    cos, sin = np.cos(angle), np.sin(angle)
    zero, one = np.zeros(n), np.ones(n)
    upright = np.array([[aspect, -slant], [zero, one]])
    turned = np.array([[cos, -sin], [sin, cos]])
    matrices: NDArray[np.float64] = np.einsum("ijn,jkn->nik", turned, upright)
    return matrices


def images(hands: Hands) -> Bytes:
    """The digits that these hands write: array of uint8, shape (n, 28, 28), 255 where the ink is full."""
    spread = _spread(hands)
    points, step = _fitted(_pen_paths(hands), spread * _edge(hands), hands)
    rate = (-0.5 / spread**2)[:, :, None]
    pixels = np.arange(BOX, dtype=np.float32) + 0.5
    across, down = (np.exp(rate * (pixels - points[:, :, i : i + 1]) ** 2) for i in (0, 1))
    down *= (hands.ink[:, None] / np.sqrt(2 * np.pi) * step / spread)[:, :, None]
    dark = -np.expm1(-(down.transpose(0, 2, 1) @ across))
    return _in_the_field(np.clip((dark - _FLOOR) * (1.0 / (0.98 - _FLOOR)), 0.0, 1.0))


def _spread(hands: Hands) -> Floats:
    """Standard deviation of the ink around each point in pixels, shape (n, POINTS)."""
    amount, frequency, phase = (hands.pressure[:, i : i + 1] for i in range(3))
    along = np.linspace(0.0, 1.0, POINTS, dtype=np.float32)
    spread: Floats = (
        hands.width[:, None] / (2 * _edge(hands)) * (1.0 + amount * np.sin(frequency * along + phase))
    )
    return spread


def _edge(hands: Hands) -> Floats:
    """How many standard deviations from its middle a stroke is half as dark, shape (n, 1)."""
    edge: Floats = np.sqrt(2 * np.log(hands.ink[:, None] / _HALF))
    return edge


def _pen_paths(hands: Hands) -> Floats:
    """Where the pen goes, about 1 high: shape (n, POINTS, 2), column and row."""
    letters = alphabet()
    control = letters.control[hands.skeleton] + hands.jitter
    points = _proportioned(letters.weights[hands.skeleton] @ control, hands)
    points = points @ hands.matrix.transpose(0, 2, 1)
    points += hands.bend[:, None] * np.sin(points @ hands.wave + hands.phase[:, None])
    return points


def _proportioned(points: Floats, hands: Hands) -> Floats:
    """The digit with some parts larger and others smaller, still 1 high."""
    points = np.clip(points, 0.0, 1.5) ** hands.power
    points[:, :, 0] = 0.5 + (points[:, :, 0] - 0.5) * np.exp(hands.taper * (points[:, :, 1] - 0.5))
    return points


def _fitted(points: Floats, reach: Floats, hands: Hands) -> tuple[Floats, Floats]:
    """The paths in the middle of the box, scaled so that their ink, reaching so far around, fills it.

    Returns
    -------
    points : array, shape (n, POINTS, 2)
    step : array, shape (n, 1)
        Pixels of path that each point stands for.
    """
    reach = reach[:, :, None]
    usual = 2 * reach.mean(axis=1, keepdims=True)
    for _ in range(2):
        # The second time knows how far the ink at the outermost points really reaches.
        extent = np.ptp(points, axis=1, keepdims=True).max(axis=2, keepdims=True)
        points = points * ((BOX - usual) / extent)
        low, high = (points - reach).min(axis=1, keepdims=True), (points + reach).max(axis=1, keepdims=True)
        usual = usual + ((high - low).max(axis=2, keepdims=True) - BOX)
    points += BOX / 2 - (low + high) / 2
    steps = np.hypot(*np.moveaxis(np.diff(points, axis=1), 2, 0)) * alphabet().joined[hands.skeleton]
    return points, steps.sum(axis=1, keepdims=True) / POINTS


def _in_the_field(dark: Floats) -> Bytes:
    """Boxes of ink in [0, 1], shape (n, 20, 20), moved as :func:`nnsim.data.centring.centred` does."""
    out = np.zeros((len(dark), SIDE, SIDE), np.uint8)
    grey = np.rint(255.0 * dark).astype(np.uint8)
    mass = dark.sum(axis=(1, 2))
    starts = [
        np.clip(np.floor(MIDDLE - dark.sum(axis=axis) @ np.arange(BOX) / mass + 0.501), 0, SIDE - BOX).astype(
            int
        )
        for axis in (2, 1)
    ]
    for field, box, row, column in zip(out, grey, *starts, strict=True):
        field[row : row + BOX, column : column + BOX] = box
    return out

"""Drawings that every program shows alike: strokes in the drawing's own units.

Plots are painted with cosmetic pens, whose width no transformation changes. Qt writes them to SVG as
``vector-effect="non-scaling-stroke"`` (SVG Tiny 1.2), which many programs leave out: the curve, drawn in the
units of its data, becomes a slab. Here such a shape is put where its transformation would take it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

_SVG = "http://www.w3.org/2000/svg"
_EFFECT = "vector-effect"
_PAIR = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?)[ ,](-?[\d.]+(?:e[-+]?\d+)?)")
_COORDINATES = ("d", "points")


def plain_strokes(drawing: bytes) -> bytes:
    """The same drawing without strokes that do not scale.

    Parameters
    ----------
    drawing : bytes
        SVG as `QSvgGenerator` writes it: one flat row of groups, shapes as paths and polylines with absolute
        coordinates.
    """
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.fromstring(drawing)
    for parent in list(root.iter(f"{{{_SVG}}}g")):
        parent[:] = [group for child in parent for group in _plain(child)]
    for shape in root.iter():
        shape.attrib.pop(_EFFECT, None)
        if shape.get("fill-opacity") == "0":
            # Not every program knows the opacity of a filling; all know that there is none.
            shape.set("fill", "none")
    return ElementTree.tostring(root, "utf-8", xml_declaration=True)


def _plain(group: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """A group, cut into several of the same pen where some of its shapes do not scale their strokes."""
    if not any(shape.get(_EFFECT) == "non-scaling-stroke" for shape in group):
        yield group
        return
    transform = _transform(group.get("transform", ""))
    for shape in group:
        part = ElementTree.Element(group.tag, dict(group.attrib))
        part.append(shape)
        if shape.get(_EFFECT) == "non-scaling-stroke":
            del part.attrib["transform"]
            for name in _COORDINATES:
                if name in shape.attrib:
                    shape.set(name, _mapped(shape.attrib[name], transform))
        yield part


def _transform(text: str) -> QTransform:
    numbers = [float(number) for number in text.removeprefix("matrix(").removesuffix(")").split(",")]
    return QTransform(*numbers)


def _mapped(coordinates: str, transform: QTransform) -> str:
    def put(pair: re.Match[str]) -> str:
        point = transform.map(QPointF(float(pair[1]), float(pair[2])))
        return f"{point.x():.6g},{point.y():.6g}"

    return _PAIR.sub(put, coordinates)

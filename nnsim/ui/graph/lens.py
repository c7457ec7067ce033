"""The image as one unit sees it: which pixels speak for it and which against it, w·x."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLocale

from nnsim.ui.graph.edges import Floats
from nnsim.ui.graph.frames import Frame
from nnsim.ui.graph.geometry import Item, Node
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.weight_images import image_source
from nnsim.ui.graph.words import brief, fixed, translate


@dataclass(frozen=True, slots=True, eq=False)
class Lens:
    """What each pixel adds to one unit.

    Attributes
    ----------
    unit : Node
    plane : int
        The layer that is drawn as an image.
    products : array, shape (pixels,)
        w·x.
    full : float
        The |w·x| that has the full colour; 0 where all are 0.
    """

    unit: Node
    plane: int
    products: Floats
    full: float

    @property
    def shares(self) -> Floats:
        """Signed shares of the full colour."""
        return self.products / self.full if self.full else np.zeros_like(self.products)


def lens_of(scene: Scene, frame: Frame, items: Iterable[Item | None]) -> Lens | None:
    """The lens of the first item that is a unit reading an image; None if none is, or nothing is computed."""
    if frame.probe is None or frame.parameters is None:
        return None
    for item in items:
        source = image_source(scene.network, item.layer) if isinstance(item, Node) else None
        if source is not None and isinstance(item, Node):
            weights = scene.layout.block(frame.parameters, source, item.layer)[item.unit]
            products = np.nan_to_num(weights * frame.probe.activations[source], posinf=0.0, neginf=0.0)
            return Lens(item, source, products, float(np.abs(products).max(initial=0.0)))
    return None


def caption(lens: Lens, scene: Scene, locale: QLocale) -> tuple[tuple[tuple[str, str], ...], ...]:
    """What the picture shows, its sums and its scale: lines of (role of the colour, text)."""
    title = translate("GraphCanvas", "w·x into %1, pixel by pixel")
    speaks_for = float(lens.products[lens.products > 0].sum())
    against = float(lens.products[lens.products < 0].sum())
    return (
        (("text", title.replace("%1", scene.names.name(lens.unit))),),
        (
            ("positive", translate("GraphCanvas", "for +%1").replace("%1", fixed(locale, speaks_for, 2))),
            ("negative", translate("GraphCanvas", "against %1").replace("%1", fixed(locale, against, 2))),
        ),
        (("muted", translate("GraphCanvas", "full colour ±%1").replace("%1", brief(locale, lens.full))),),
    )

"""The view in which one picture, or one filter, fills the stage."""

from __future__ import annotations

from nnsim.ui.graph.camera import Camera
from nnsim.ui.graph.geometry import Geometry, Item, Node, is_mixed
from nnsim.ui.graph.place import LayerPlace, Rect
from nnsim.ui.graph.showing import Showing
from nnsim.ui.graph.view import LARGEST, View

_SHARE = 0.86
"""Of the room between headings and legend."""


def picture_at(geometry: Geometry, node: Node) -> Rect | None:
    """Where the picture is that a cell is in, with its filter; None for a disc or a thin column."""
    place = geometry.layers[node.layer]
    if place.kind == "plane":
        return place.rect
    if place.kind != "maps" or place.sheet is None:
        return None
    sheet = place.sheet
    x, y = sheet.corners[node.unit // sheet.places].tolist()
    return Rect(x, y, *sheet.size)


def filter_at(place: LayerPlace, channel: int) -> Rect | None:
    """Where a filter is; None where none is drawn."""
    if place.sheet is None or not place.sheet.filter_side:
        return None
    x, y = place.sheet.filter_boxes()[channel].tolist()
    return Rect(x, y, place.sheet.filter_side, place.sheet.filter_side)


def view_of(geometry: Geometry, rect: Rect) -> View:
    """The view in which a rectangle fills the stage."""
    viewport = geometry.viewport
    top, bottom = viewport.heading_room, viewport.height - viewport.legend_room
    scale = _SHARE * min(viewport.width / rect.width, (bottom - top) / rect.height)
    scale = min(scale, LARGEST)
    x, y = rect.middle
    return View(scale, viewport.width / 2 - scale * x, (top + bottom) / 2 - scale * y)


def enlarge_cell(showing: Showing, item: Item | None) -> bool:
    """Let the picture that a cell is in fill the stage, or everything be seen again; whether there is one."""
    scene = showing.scene
    if scene is None or not isinstance(item, Node) or not is_mixed(scene.network):
        return False
    return _enlarge(showing.camera, scene.geometry, picture_at(scene.geometry, item))


def enlarge_filter(showing: Showing, layer: int, channel: int) -> bool:
    """The same for a filter."""
    scene = showing.scene
    if scene is None:
        return False
    return _enlarge(showing.camera, scene.geometry, filter_at(scene.geometry.layers[layer], channel))


def _enlarge(camera: Camera, geometry: Geometry, rect: Rect | None) -> bool:
    if rect is None:
        return False
    if camera.is_near:
        camera.fit(animated=True)
    else:
        camera.come_near(view_of(geometry, rect))
    return True

"""The edges into one cell of a map: by mouse and keys each can be selected, and its card opened."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from nnsim.model.connectivity import Connectivity
from nnsim.model.layers import Conv2d, Dense, Input
from nnsim.model.network import Edge, Node, chain
from tests.session.driving import wait_idle
from tests.ui.editing.hands import click, move
from tests.ui.editing.test_every_kind import whole

NETWORK = chain(Input((1, 6, 6)), Conv2d(2, padding=(1, 1)), Conv2d(2), Dense(2, "identity"))
CELL = Node(1, 14)


@pytest.fixture
def window(open_window, qtbot):
    window = open_window(whole(NETWORK))
    window.session.step_silently(1)
    wait_idle(qtbot, window.session)
    return window


@pytest.mark.parametrize("layer", [1, 2])
def test_a_weight_is_used_at_the_places_where_its_window_looks_at_no_padding(layer):
    connectivity, shape = Connectivity(NETWORK), NETWORK.shapes[layer]
    every = [connectivity.into(Node(layer, unit)) for unit in range(shape.places)]
    uses = np.bincount(np.concatenate([cells.parameters for cells in every]))
    weights = connectivity.layout.view(np.arange(connectivity.layout.size), layer, "weight")
    for unit in (0, 3, 15):
        cells = every[unit]
        for i, place in enumerate(cells.parameters.tolist()):
            found = connectivity.weight_at(Edge(*cells.node(i), layer, unit))
            assert found.places == uses[place]
            assert weights[found[:4]] == place


def middle_of(window, edge):
    """A point of a single edge of the selected cell where nothing else is."""
    canvas = window.stage.canvas
    own = canvas.showing.single_edges(canvas.selector.selection.focus)
    (points,) = own.polylines_of(np.flatnonzero(own.edges.touching(edge))[:1])
    free = [QPointF(*at).toPoint() for at in points.tolist()]
    return next(at for at in free if canvas.item_at(QPointF(at)) == edge)


def test_an_edge_of_the_selected_cell_is_pointed_at_and_selected_by_mouse(window, qtbot):
    canvas = window.stage.canvas
    click(qtbot, canvas, CELL)
    cells = Connectivity(NETWORK).into(CELL)
    edge = next(
        each
        for each in (Edge(*cells.node(i), *CELL) for i in range(len(cells)))
        if canvas.showing.single_edges(CELL).edges.touching(each).any()
    )
    at = middle_of(window, edge)
    move(canvas, at)
    assert canvas.marking.pointer.item == edge
    card = canvas.picture.marks().card
    assert any("used at" in line for line in card.lines)
    assert any(line.startswith("gradient ∂L/∂w = ") for line in card.lines)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert canvas.first_selected == edge
    assert canvas.selector.selection.anchor == CELL
    assert window.inspector.value.isVisible()
    other = next(e for e in canvas.showing.edges_about(CELL) if e.layer == 1 and e != edge)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle_of(window, other))
    assert canvas.first_selected == other


def test_edges_of_a_cell_are_walked_and_their_weight_set_by_keys(window, qtbot):
    canvas, session = window.stage.canvas, window.session
    canvas.setFocus()
    canvas.select(CELL)
    qtbot.keyClick(canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    first = canvas.first_selected
    assert (first.layer, first.unit) == CELL
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    second = canvas.first_selected
    assert isinstance(second, Edge)
    assert second != first
    assert "used at" in canvas.accessibleDescription()
    place = Connectivity(NETWORK).parameter(second)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    field = window.focusWidget()
    qtbot.keyClicks(field, "0.25")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_idle(qtbot, session)
    assert session.snapshot.parameters[place] == 0.25

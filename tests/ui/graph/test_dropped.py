"""A dropout layer shows its mask where it has left numbers out, and that it is off where it predicts."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QLocale

from nnsim.model.layers import Conv2d, Dense, Dropout, Input
from nnsim.model.network import Node, chain
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.views.dropped import dropped, words
from nnsim.ui.theme import DARK
from tests.ui.editing.test_every_kind import whole
from tests.ui.graph.pictures import BRANCHES, snapshot

LAYER = 8
LOCALE = QLocale("en_US")


def _in_training():
    """Every second of the 8 numbers is left out, the others are divided by 1 − 0.3."""
    shown = snapshot("branches")
    values = list(shown.probe.activations)
    values[LAYER] = np.where(np.arange(8) % 2, values[LAYER - 1] / 0.7, 0.0)
    return replace(shown, probe=replace(shown.probe, activations=tuple(values)))


def test_what_was_left_out_is_told():
    assert dropped(BRANCHES, LAYER, _in_training().probe).tolist() == [True, False] * 4
    assert words(dropped(BRANCHES, LAYER, _in_training().probe), LOCALE) == "4 of 8 out"


def test_where_it_predicts_it_is_off():
    mask = dropped(BRANCHES, LAYER, snapshot("branches").probe)
    assert not mask.any()
    assert words(mask, LOCALE) == "off: predicts"
    assert dropped(BRANCHES, LAYER - 1, snapshot("branches").probe) is None


def test_cells_that_are_left_out_are_crossed(qtbot):
    canvas = GraphCanvas(DARK)
    qtbot.addWidget(canvas)
    canvas.setLocale(LOCALE)
    canvas.resize(1100, 700)
    canvas.set_network(BRANCHES)
    pictures, told = [], []
    for shown in (snapshot("branches"), _in_training()):
        canvas.show_snapshot(shown)
        pictures.append(canvas.grab().toImage())
        told.append([canvas.describe(Node(LAYER, unit)) for unit in (0, 1)])
    assert all("off while it predicts" in each for each in told[0])
    assert "left out: 0 instead of" in told[1][0]
    assert "/ 0.70 =" in told[1][1]
    for unit in range(8):
        at = canvas.position_of(Node(LAYER, unit)).toPoint()
        # Off the middle, on a diagonal: text where it is crossed, the plain colour of the cell elsewhere.
        place = canvas._scene.geometry.layers[LAYER].sheet
        x, y = round(at.x() - place.width / 4), round(at.y() - place.height / 4)
        bright = max(pictures[1].pixelColor(x + dx, y).blue() for dx in (-1, 0, 1))
        assert (bright > 150) == (unit % 2 == 0)


def test_a_step_that_is_animated_shows_the_mask_it_is_trained_with(open_window, qtbot):
    network = chain(Input((1, 6, 6)), Conv2d(4), Dropout(0.5), Dense(2, "identity"))
    window = open_window(whole(network))
    session, showing = window.session, window.stage.canvas.showing

    def told(phase):
        moment = showing.player.shown
        return moment is not None and moment.phase == phase

    session.step()
    qtbot.waitUntil(lambda: told("backward"), timeout=20_000)
    mask = dropped(network, 2, showing.known.probe)
    assert 0 < mask.sum() < len(mask)
    qtbot.waitUntil(lambda: showing.player.shown is None, timeout=20_000)
    assert not dropped(network, 2, showing.known.probe).any()

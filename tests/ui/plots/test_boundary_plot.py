"""The samples on the plane of their two inputs."""

import numpy as np
import pytest

from nnsim.data.load import load
from nnsim.model.data import ToyData
from nnsim.model.training import Training
from nnsim.ui.plots.boundary_plot import BoundaryPlot
from nnsim.ui.theme import DARK


@pytest.fixture
def plot(qtbot):
    out = BoundaryPlot(DARK)
    qtbot.addWidget(out)
    out.resize(300, 300)
    out.show_data(load(ToyData("moons", 200), Training(validation_split=0.2)))
    out.show()
    return out


def test_dots_that_look_the_same_share_one_picture(plot):
    assert len(plot._kept_back.data) > 20
    assert len({id(pen) for pen in plot._kept_back.data["pen"]}) == 2
    assert len({id(brush) for brush in plot._samples.data["brush"]}) == 2


def test_many_dots_grow_with_the_plane_and_are_not_made_again(plot, monkeypatch):
    monkeypatch.setattr(plot._samples, "setData", lambda **_: pytest.fail("made again"))
    plot.resize(900, 900)
    sizes = [np.unique(each.getData and each.opts["size"]) for each in (plot._samples, plot._kept_back)]
    assert sizes[0] == sizes[1] == plot._dot() > 6.0

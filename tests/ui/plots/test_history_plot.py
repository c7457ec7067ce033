"""What the loss plot has in sight."""

import numpy as np
import pytest

from nnsim.ui.plots.history_plot import highest
from tests.session.driving import scene, wait_idle

EPOCHS = np.arange(101.0)
FALLING = 0.7 * np.exp(-EPOCHS / 30.0)


def test_a_validation_loss_that_rises_stays_in_sight():
    rising = 0.7 + 0.05 * EPOCHS
    assert highest(EPOCHS, FALLING, rising) == pytest.approx(rising.max())


def test_a_score_not_known_at_each_point_is_in_sight_too():
    now_and_then = np.where(EPOCHS % 10 == 0, 2.0, np.nan)
    assert highest(EPOCHS, FALLING, now_and_then) == pytest.approx(2.0)


def test_an_early_spike_does_not_flatten_what_follows():
    spiky, validation = FALLING.copy(), FALLING + 0.1
    spiky[1], validation[2] = 4e4, 9e5
    assert highest(EPOCHS, spiky, validation) < 10.0
    assert highest(EPOCHS, spiky, validation) > 2 * validation[10:].max()


def test_an_ordinary_beginning_is_shown_whole():
    assert highest(EPOCHS, FALLING, np.full(101, np.nan)) == pytest.approx(0.7)


@pytest.mark.parametrize("values", [[], [np.nan], [0.0]])
def test_little_or_nothing_known_is_no_error(values):
    curve = np.array(values, dtype=float)
    assert 0.0 < highest(np.arange(float(len(values))), curve) <= 1.0


def test_on_the_window_an_overfitting_validation_curve_does_not_leave_by_the_top(qtbot, open_window):
    document = scene("playground")
    window = open_window(document)
    window.session.train_epochs(3)
    wait_idle(qtbot, window.session)
    history, plot = window.session.history, window.loss.plot
    history.rows.extend((float(3 + i), 0.1, 1.0 + i, 0.5, 0.5) for i in range(1, 20))
    window.loss.refresh()
    _, (low, high) = plot.getPlotItem().getViewBox().viewRange()
    assert low <= 0.0
    assert high >= 20.0

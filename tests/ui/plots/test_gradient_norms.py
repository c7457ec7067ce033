"""How much gradient reaches each layer, as bars with numbers."""

import pytest

from nnsim.ui.numbers import short
from nnsim.ui.plots.gradient_norms import GradientNorms
from nnsim.ui.theme import DARK, LIGHT
from tests.session.driving import wait_idle


def _columns_that_differ(one, other):
    rows = range(one.height())
    return [x for x in range(one.width()) if any(one.pixel(x, y) != other.pixel(x, y) for y in rows)]


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("width", [170, 285])
def test_a_number_has_room_for_its_power_of_ten_beside_the_longest_bar(qtbot, application, theme, width):
    plot = GradientNorms(theme)
    qtbot.addWidget(plot)
    plot.resize(width, 22)
    plot.set_layers(("Output",))
    empty, drawn = plot.grab().toImage(), []
    # The largest bar is full whatever its number is: pictures differ in the numbers alone.
    for norm in (6.95e-10, 1.0):
        plot.show_norms((norm,))
        drawn.append(plot.grab().toImage())
    number = _columns_that_differ(*drawn)
    bar = [x for x in _columns_that_differ(empty, drawn[1]) if x < number[0]]
    assert number[-1] - number[0] >= plot.fontMetrics().horizontalAdvance(short(6.95e-10)) - 4
    assert bar[-1] + 4 < number[0]


def test_norms_are_told_with_the_step_that_they_were_computed_in(open_window, qtbot):
    window = open_window("perceptron")
    session, card = window.session, window.gradients
    assert card._heading.text() == "GRADIENT NORM PER LAYER"
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 0 and not session.running, timeout=20_000)
    wait_idle(qtbot, session)
    # Settled: the loss is that after the last step, and the gradient led to it.
    assert session.snapshot.train.loss == 0.0
    assert max(session.snapshot.gradient_norms) > 0.0
    card.refresh()
    assert card._heading.text() == f"GRADIENT NORM IN STEP {session.snapshot.step}"
    session.reset()
    qtbot.waitUntil(lambda: session.snapshot.step == 0)
    card.refresh()
    assert card._heading.text() == "GRADIENT NORM PER LAYER"

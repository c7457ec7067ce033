"""The prediction as bars and as a sentence."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, QObject
from PySide6.QtGui import QColor, QRegion

from nnsim.ui.digits.bars import PredictionBars
from nnsim.ui.digits.teaching import Teaching
from nnsim.ui.digits.verdict import verdict
from nnsim.ui.theme import DARK, LIGHT
from tests.counting import calls_of


def shares(rest=0.0, **some):
    """Ten probabilities: those named `p3` and the like, and the rest."""
    out = np.full(10, rest, np.float32)
    for name, share in some.items():
        out[int(name[1:])] = share
    return out


SURE = shares(p3=0.988, p5=0.007, p8=0.004, p1=0.001)
TORN = shares(p3=0.51, p8=0.40, p5=0.09)


@pytest.mark.parametrize(
    ("probabilities", "label", "words"),
    [
        (None, None, "I don't know yet: the canvas is empty."),
        (SURE, None, "This is a 3 — 98.8 % sure"),
        (TORN, None, "Perhaps 3 (51.0 %), or 8 (40.0 %)"),
        (shares(0.1, p4=0.11, p6=0.105), None, "I can't tell: 4 (11.0 %) or 6 (10.5 %)?"),
        (SURE, 3, "✓ Right: it is 3 — 98.8 % sure"),
        (TORN, 8, "✗ Wrong: I said 3 (51.0 %), it is 8"),
        (shares(p8=0.9, p3=0.1), None, "This is an 8 — 90.0 % sure"),
        (shares(p0=1.0), None, "This is a 0 — 100 % sure"),
        (shares(p0=0.99999), None, "This is a 0 — 99.9 % sure"),
        (np.full(10, np.nan), 3, "No numbers are left: reset the training."),
    ],
)
def test_the_verdict(qapp, probabilities, label, words):
    assert verdict(probabilities, label) == words


def test_the_sentence_says_a_share_as_the_bars_do(bars):
    bars.show_probabilities(shares(p6=0.167, p2=0.5, p1=0.333), 1)
    assert bars._number(2) in verdict(shares(p6=0.167, p2=0.5, p1=0.333), 1)


def test_one_step_on_a_small_share_is_told_with_its_digits(qtbot):
    teaching = Teaching()
    qtbot.addWidget(teaching)
    teaching.show_label(5)
    teaching.show_outcome(shares(p5=3.45e-7), shares(p5=0.00023))
    assert teaching.outcome.text() == "One step: 5 from 3.45\u202f·\u202f10⁻⁵ % to 0.0230 %"
    teaching.show_outcome(shares(p5=0.0), shares(p5=0.167))
    assert teaching.outcome.text() == "One step: 5 from 0 % to 16.7 %"


def test_a_share_that_is_not_nothing_is_not_told_as_nothing(bars):
    bars.show_probabilities(shares(p6=1.0 - 1e-6, p2=1e-6), None)
    assert [bars._number(digit) for digit in (0, 2, 6)] == ["0 %", "<0.1 %", "99.9 %"]


def test_numbers_follow_the_locale(qapp):
    usual = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        assert "98,8 %" in verdict(SURE)
    finally:
        QLocale.setDefault(usual)


@pytest.fixture
def bars(show):
    """Bars on the screen."""
    return show(PredictionBars(DARK), 280, 230)


def color_in(bars, color):
    """How many pixels of each of the ten rows have a colour."""
    image = bars.grab().toImage()
    row = bars.height() / 11.5
    out = []
    for digit in range(10):
        y = int(row * (1.5 + digit) + row / 2)
        out.append(sum(image.pixelColor(x, y) == color for x in range(image.width())))
    return out


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_the_winners_bar_is_amber_and_as_long_as_its_share(bars, theme):
    bars.set_theme(theme)
    amber = QColor(theme.activation)
    bars.show_probabilities(shares(p3=1.0))
    full = color_in(bars, amber)
    assert [digit for digit in range(10) if full[digit]] == [3]
    bars.show_probabilities(shares(p6=0.5, p1=0.3, p2=0.2))
    half = color_in(bars, amber)
    assert [digit for digit in range(10) if half[digit]] == [6]
    assert half[6] == pytest.approx(full[3] / 2, abs=3)


def test_the_second_guess_differs_from_the_rest(bars):
    bars.show_probabilities(shares(p3=0.5, p8=0.3, p1=0.2))
    image = bars.grab().toImage()
    row = bars.height() / 11.5
    second, third = (image.pixelColor(80, int(row * (2.0 + digit))) for digit in (8, 1))
    assert second.red() > second.blue() + 60
    assert third.blue() > third.red()


def test_an_empty_canvas_empties_the_bars(bars):
    bars.show_probabilities(SURE)
    drawn = bars.grab().toImage()
    bars.show_probabilities(None)
    assert "empty" in bars.verdict
    assert not any(color_in(bars, QColor(DARK.activation)))
    empty = bars.grab().toImage()
    # Where the numbers were.
    right = range(bars.width() - 40, bars.width())
    half = int(bars.height() / 11.5 * 5)
    assert len({empty.pixelColor(x, half).name() for x in right}) == 1
    assert len({drawn.pixelColor(x, half).name() for x in right}) > 1


@pytest.mark.parametrize(("label", "role"), [(3, "update"), (8, "negative")])
def test_right_and_wrong_are_said_and_coloured(bars, label, role):
    bars.show_probabilities(SURE, label)
    image = bars.grab().toImage()
    head = {
        image.pixelColor(x, y).name() for x in range(bars.width()) for y in range(int(bars.height() / 11.5))
    }
    assert getattr(DARK, role) in head
    assert bars.accessibleDescription() == bars.verdict


def test_numbers_that_are_none_are_not_drawn(bars):
    bars.show_probabilities(np.full(10, np.nan))
    assert not any(color_in(bars, QColor(DARK.activation)))


def test_a_long_verdict_is_not_cut(bars):
    bars.resize(180, 200)
    bars.show_probabilities(None)
    image = bars.grab().toImage()
    edge = {image.pixelColor(x, y).name() for x in (178, 179) for y in range(17)}
    assert len(edge) == 1


def test_showing_costs_little(bars):

    def shown():
        bars.show_probabilities(shares(0.01, p3=0.5))
        bars.repaint()

    shown()
    count = calls_of(shown)
    assert count < 1_500


def test_only_the_rows_that_look_otherwise_are_painted(bars, qtbot):
    bars.resize(320, 240)
    bars.show_probabilities(SURE)
    with qtbot.waitExposed(bars):
        bars.show()
    bars.repaint()
    painted = Painted(bars)
    bars.show_probabilities(shares(p3=0.888, p5=0.007, p8=0.104, p1=0.001))
    qtbot.waitUntil(lambda: bool(painted.regions))
    head, *rows = (place.toAlignedRect() for place in bars._places())
    (region,) = painted.regions
    assert all(region.contains(place) for place in (head, rows[3], rows[8]))
    assert not any(region.contains(rows[digit].center()) for digit in (0, 1, 2, 4, 5, 6, 7, 9))


class Painted(QObject):
    """What of a widget is painted from now on."""

    def __init__(self, widget):
        super().__init__(widget)
        self.regions = []
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.regions.append(QRegion(event.region()))
        return False

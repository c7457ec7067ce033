"""The card stands beside what it is about: never outside, never over it where that can be helped."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF

from nnsim.ui.graph.card import EDGE, OFFSET, place, wrap

SIZE, ROOM = QSizeF(200, 100), QSizeF(900, 600)
INSIDE = QRectF(EDGE, EDGE, 900 - 2 * EDGE, 600 - 2 * EDGE)


def test_it_stands_right_and_below_by_choice():
    assert place(SIZE, ROOM, 300, 200) == QRectF(300 + OFFSET, 200 + OFFSET, 200, 100)


@pytest.mark.parametrize("at", [(0, 0), (899, 0), (0, 599), (899, 599), (880, 300), (450, 590)])
def test_it_is_never_cut_off_and_never_under_the_pointer(at):
    box = place(SIZE, ROOM, *at)
    assert INSIDE.contains(box)
    assert not box.contains(*at)


def test_it_leaves_in_sight_what_it_is_about():
    target = QRectF(330, 230, 60, 60)
    box = place(SIZE, ROOM, 300, 200, [target])
    assert not box.intersects(target)
    assert INSIDE.contains(box)


def test_other_nodes_stay_in_sight_where_that_hides_nothing_it_is_about():
    target = QRectF(270, 170, 60, 60)
    below = np.array([[320.0, 220.0, 500.0, 320.0]])
    box = place(SIZE, ROOM, 300, 200, [target], below)
    assert not box.intersects(QRectF(320, 220, 180, 100))
    assert not box.intersects(target)
    everywhere = np.array([[0.0, 0.0, 900.0, 600.0]])
    assert not place(SIZE, ROOM, 300, 200, [target], everywhere).intersects(target)


def test_a_room_too_small_for_it_is_filled_from_the_corner():
    box = place(SIZE, QSizeF(150, 80), 70, 40)
    assert (box.x(), box.y()) == (EDGE, EDGE)


def test_long_lines_break_at_spaces(qapp):
    metrics = QFontMetricsF(QFont())
    width = metrics.horizontalAdvance("one two")
    assert wrap(["one two three"], metrics, width) == ["one two", "   three"]
    assert wrap(["unbreakable-and-far-too-long"], metrics, 10) == ["unbreakable-and-far-too-long"]

"""Heat maps show high in blue, low in orange, the second input upwards."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from nnsim.model.layers import Dense, Input
from nnsim.ui.graph.faces import face_colors, face_image, face_images, shares
from nnsim.ui.theme import THEMES
from tests.ui.graph.factory import XOR


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_first_row_is_at_the_bottom(theme):
    image = face_image(face_colors(theme), np.array([[-1.0, 0.0], [1.0, 0.0]]))
    assert image.pixelColor(0, 0) == QColor(theme.positive)
    assert image.pixelColor(0, 1) == QColor(theme.negative)
    assert image.pixelColor(1, 0) == QColor(theme.node_off)


def test_the_undecided_value_is_a_half_where_activations_lie_between_0_and_1():
    assert shares(Dense(1, "sigmoid"), np.array([0.0, 0.5, 1.0])) == pytest.approx([-1, 0, 1])
    assert shares(Dense(1, "relu"), np.array([0.0, 2.0, 4.0])) == pytest.approx([0, 0.5, 1])
    assert shares(Input((2,)), np.zeros(2)) == pytest.approx([0, 0])


def test_a_layer_without_maps_has_no_faces():
    theme = THEMES["dark"]
    faces = face_images(theme, XOR, [None, np.zeros((4, 5, 5)), np.zeros((1, 5, 5))])
    assert faces[0] is None
    assert [len(layer) for layer in faces[1:]] == [4, 1]

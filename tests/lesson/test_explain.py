"""Every operation has an explanation, and what it says is worked out by hand."""

import numpy as np
import pytest

from nnsim.engine.ops import OPERATIONS
from nnsim.lesson.explain import EXPLANATIONS, explanation_of
from nnsim.lesson.focus import ChannelFocus, ParameterFocus, code, decode, parse_focus
from nnsim.lesson.nudge import can_nudge, nudge
from nnsim.lesson.steps import steps
from nnsim.model.errors import DocumentError
from nnsim.model.layers import Conv2d, Dense, Dropout, Flatten, Input, MaxPool2d
from nnsim.model.network import Edge, Node, chain
from tests.engine.networks import document
from tests.lesson.lessons import shown, traced


def test_no_operation_goes_without_an_explanation():
    assert set(OPERATIONS) <= set(EXPLANATIONS)
    for kind in OPERATIONS:
        assert explanation_of(kind).actions


def test_an_unknown_operation_is_told_as_nothing_else():
    with pytest.raises(NotImplementedError, match="attention"):
        explanation_of("attention")


def at(found, action, grain="operation"):
    """The first step that does this."""
    return next(step for step in steps(found, grain) for part in step.cut.parts if part.action == action)


def said(step, focus=None):
    return " ".join(sentence.english for sentence in step.text(focus))


# One 3 × 3 picture, one 2 × 2 filter (1, 2; 3, −1) with bias 0.5, the largest of all four places, one output.
PICTURE = [[1, 2, 0, 0, 1, 3, 2, 1, 0]]
LAYERS = (
    Input((3, 3)),
    Conv2d(1, (2, 2), activation="relu"),
    MaxPool2d((2, 2), (2, 2)),
    Dense(1, "identity"),
)
THETA = [1, 2, 3, -1, 0.5, 2, 1]


def small():
    return traced(document(chain(*LAYERS), loss="sse"), PICTURE, [[10]], THETA)


def test_a_convolution_by_hand():
    step = at(small(), "convolution")
    # [1,1]: 1·1 + 2·2 + 3·0 − 1·1 + 0.5 = 4.5;  [1,2]: 2·1 + 0·2 + 1·3 − 3 + 0.5 = 2.5
    # [2,1]: 0·1 + 1·2 + 2·3 − 1 + 0.5 = 7.5;    [2,2]: 1·1 + 3·2 + 1·3 − 0 + 0.5 = 10.5
    assert shown(step, Node(1, 0)) == [
        "z⁽¹⁾[1,1] = 1 · 1 + 2 · 2 + 3 · 0 + (−1) · 1 + 0.5 = 4.5",
        "x[1..2,1..2] ⊙ K⁽¹⁾ = [1, 2; 0, 1] ⊙ [1, 2; 3, −1] = [1, 4; 0, −1]",
    ]
    # Without a focus the strongest sum is shown.
    assert shown(step)[0] == "z⁽¹⁾[2,2] = 1 · 1 + 2 · 3 + 3 · 1 + (−1) · 0 + 0.5 = 10.5"
    assert "the strongest sum, that of h⁽¹⁾[2,2]." in said(step)
    assert "sees rows 1 to 2, columns 1 to 2" in said(step, Node(1, 0))


def test_a_pool_by_hand():
    found = small()
    assert shown(at(found, "max_pool")) == ["h⁽²⁾[1,1] = max(4.5, 2.5, 7.5, 10.5) = 10.5"]
    assert "h⁽¹⁾[2,2] wins" in said(at(found, "max_pool"))
    # ŷ = 2·10.5 + 1 = 22, ∂L/∂ŷ = 2 (22 − 10) = 24, ∂L/∂h² = 2·24 = 48
    back = at(found, "max_pool_gradient")
    assert shown(back) == ["∂L/∂h⁽¹⁾[2,2] = 48"]
    assert shown(back, Node(2, 0)) == ["∂L/∂h⁽¹⁾[2,2] = 48"]
    assert shown(back, Node(1, 0)) == ["∂L/∂h⁽¹⁾[1,1] = 0"]
    assert "won no window" in said(back, Node(1, 0))


def test_the_first_of_equals_wins():
    found = traced(document(chain(*LAYERS), loss="sse"), PICTURE, [[10]], [0, 0, 0, 0, 0.5, 2, 1])
    assert "4 are equal here: the first of them, h⁽¹⁾[1,1], wins." in said(at(found, "max_pool"))
    back = at(found, "max_pool_gradient")
    assert shown(back, Node(1, 0)) != ["∂L/∂h⁽¹⁾[1,1] = 0"]
    assert "though another was as large" in said(back, Node(1, 0))
    assert "though another" not in said(at(small(), "max_pool_gradient"))


def test_the_gradient_of_a_filter_by_hand():
    step = at(small(), "filter_gradient")
    # δ is 48 at [2,2] and 0 elsewhere: ∂L/∂K = 48 · (1, 3; 1, 0)
    weight = ParameterFocus(1, "weight", (0, 0, 0, 1))
    assert shown(step, weight) == [
        "∂L/∂K⁽¹⁾[1,2] = 0 · 2 + 0 · 0 + 0 · 1 + 48 · 3 = 144",
        "∂L/∂K⁽¹⁾ = [48, 144; 48, 0]",
        "∂L/∂b⁽¹⁾ = 0 + 0 + 0 + 48 = 48",
    ]
    assert "used at 4 places" in said(step, weight)
    assert "A smaller weight" in said(step, weight)
    # The edge from the pixel [2,3] to the map's [2,2] has the same weight.
    assert shown(step, Edge(0, 5, 1, 3))[1] == "δ⁽¹⁾[2,2] x[2,3] = 48 · 3 = 144"
    assert shown(step, ParameterFocus(1, "bias", (0,))) == ["∂L/∂b⁽¹⁾ = 0 + 0 + 0 + 48 = 48"]


def test_what_comes_back_to_a_pixel_by_hand():
    found = small()
    step = at(found, "filter_gradient")
    # The middle is seen by all four windows; only the last has a signal, and there it meets K[1,1] = 1.
    pixel = parse_focus("pixel:0[1,1]", found.network)
    assert shown(step, pixel) == ["∂L/∂x[2,2] = (−1) · 0 + 3 · 0 + 2 · 0 + 1 · 48 = 48"]
    assert step.heading(pixel).english == "Back to the input"


def test_a_filters_weight_moves_by_its_gradient():
    found = small()
    weight = ParameterFocus(1, "weight", (0, 0, 0, 1))
    # 2 − 0.1 · 144
    assert shown(steps(found)[-1], weight) == ["g = ∂L/∂K⁽¹⁾[1,2] = 144", "K⁽¹⁾[1,2] ← 2 − 0.1 · 144 = −12.4"]
    assert "falls by 14.4" in said(steps(found)[-1], weight)


def test_of_what_learns_nothing_the_update_is_told_as_of_all():
    found = small()
    update = steps(found)[-1]
    for focus in (Node(2, 0), ChannelFocus(2, 0), Edge(1, 3, 2, 0), Node(0, 4)):
        assert update.text(focus) == update.text()
        assert update.lines(focus) == update.lines()


def test_of_many_products_the_five_largest_are_written():
    layers = (Input((3, 3)), Conv2d(1, (3, 3), activation="identity"), Dense(1, "identity", bias=False))
    found = traced(document(chain(*layers), loss="sse"), [range(1, 10)], [[0]], [*[1] * 9, 0.5, 1])
    assert shown(at(found, "convolution"))[0] == (
        "z⁽¹⁾[1,1] = 1 · 5 + 1 · 6 + 1 · 7 + 1 · 8 + 1 · 9 + … 4 more + 0.5 = 45.5"
    )
    layers = (Input((4, 4)), Conv2d(1, (2, 2), activation="identity"), Dense(1, "identity", bias=False))
    # ŷ = 0, y = −0.5: ∂L/∂ŷ = 1, so δ is the output's weights, 1 to 9, one for each of the nine places.
    found = traced(
        document(chain(*layers), loss="sse"), np.ones((1, 16)), [[-0.5]], [0, 0, 0, 0, 0, *range(1, 10)]
    )
    five = "5 · 1 + 6 · 1 + 7 · 1 + 8 · 1 + 9 · 1 + … 4 more = 45"
    assert shown(at(found, "filter_gradient"))[0] == f"∂L/∂K⁽¹⁾[1,1] = {five}"
    assert shown(at(found, "filter_gradient"))[-1] == "∂L/∂b⁽¹⁾ = 5 + 6 + 7 + 8 + 9 + … 4 more = 45"


def test_a_nudge_of_any_parameter_does_what_the_gradient_foretold():
    found = small()
    bias, weight = ParameterFocus(1, "bias", (0,)), ParameterFocus(1, "weight", (0, 0, 0, 1))
    for focus, gradient in ((bias, 48.0), (weight, 144.0), (Edge(0, 5, 1, 3), 144.0)):
        nudged = nudge(found, focus, 1e-4)
        assert nudged.predicted == pytest.approx(1e-4 * gradient)
        assert nudged.measured == pytest.approx(nudged.predicted, rel=0.01)
    # A pool's edge has no weight.
    assert not can_nudge(found, Edge(1, 3, 2, 0))
    assert not can_nudge(found, Node(1, 0))
    with pytest.raises(ValueError, match="no weight"):
        nudge(found, Edge(1, 3, 2, 0))


def test_where_a_number_of_a_flat_row_comes_from():
    layers = (Input((3, 3)), Conv2d(2, (2, 2)), Flatten(), Dense(1, "identity"))
    found = traced(document(chain(*layers), loss="sse"), PICTURE, [[1]], np.ones(10 + 9))
    step = at(found, "flatten")
    # Map 2, row 1, column 2 of 2 × 2 maps: 4 before it, then the second.
    assert shown(step, Node(2, 5)) == ["h₆⁽²⁾ = h⁽¹⁾[2,1,2] = 7", "k = ((2 − 1) · 2 + 1 − 1) · 2 + 2 = 6"]


def test_images_are_told_map_by_map():
    layers = (Input((8, 8)), Conv2d(3, (3, 3)), MaxPool2d((2, 2), (2, 2)), Dense(2, "softmax"))
    found = traced(document(chain(*layers), loss="cross_entropy"), np.ones((1, 64)), [[0, 1]])
    told = steps(found, "neuron")
    assert len(told) < 40
    assert [step.title.english for step in told[1:4]] == [f"Map {i} of layer 1" for i in (1, 2, 3)]
    channels = [channel for step in told[1:4] for channel in step.concern().channels]
    assert [(channel.layer, channel.channel) for channel in channels] == [(1, 0), (1, 1), (1, 2)]
    assert told[2].lines()[0].numbers.latex.startswith("z^{(1)}[2,")
    assert next(step for step in told if step.phase == "update").title.english == "Filter 1 of layer 1 learns"


def test_what_of_an_image_lights_up():
    found = small()
    forward, back, share = (
        at(found, name) for name in ("convolution", "max_pool_gradient", "filter_gradient")
    )
    lit = forward.concern(Node(1, 0))
    assert lit.edges == {Edge(0, i, 1, 0) for i in (0, 1, 3, 4)}
    assert back.concern(Node(1, 3)).edges == {Edge(1, 3, 2, 0)}
    weight = ParameterFocus(1, "weight", (0, 0, 1, 0))
    lit = share.concern(weight)
    assert lit.parameters == {weight}
    assert lit.has_filter(0, 1, 0)
    assert lit.has_channel(1, 0)
    assert lit.has_edge(Edge(0, 3, 1, 0))
    assert lit.has_node(Node(1, 2))
    assert not lit.has_edge(Edge(1, 0, 2, 0))


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("pixel:1[0,1,1]", Node(1, 3)),
        ("pixel:0[2,1]", Node(0, 7)),
        ("channel:1.0", ChannelFocus(1, 0)),
        ("weight:1[0,0,1,0]", ParameterFocus(1, "weight", (0, 0, 1, 0))),
        ("bias:1[0]", ParameterFocus(1, "bias", (0,))),
        ("weight:3[0,0]", Edge(2, 0, 3, 0)),
    ],
)
def test_a_focus_on_an_image_is_read(text, focus):
    assert parse_focus(text, chain(*LAYERS)) == focus
    assert type(parse_focus(text, chain(*LAYERS))) is type(focus)


@pytest.mark.parametrize(
    "text",
    [
        "pixel:1[0,2,0]",
        "pixel:3[0,0]",
        "channel:1.1",
        "channel:3.0",
        "weight:1[0,0]",
        "weight:1[0,0,2,0]",
        "weight:2[0]",
    ],
)
def test_no_such_focus_on_an_image(text):
    with pytest.raises(DocumentError, match="--focus"):
        parse_focus(text, chain(*LAYERS))


def test_codes_of_channels_and_parameters_lead_back():
    for item in (
        ChannelFocus(3, 12),
        ParameterFocus(1, "weight", (0, 2, 10, 1)),
        ParameterFocus(2, "bias", (4,)),
    ):
        assert decode(code(item)) == item
        assert type(decode(code(item))) is type(item)


def drawn(step, focus=None):
    return [(picture.sign, picture.name, picture.values.tolist()) for picture in step.pictures(focus)]


def test_a_step_about_images_has_its_maps_as_pictures():
    found, image = small(), [[1, 2, 0], [0, 1, 3], [2, 1, 0]]
    assert drawn(at(found, "convolution")) == [
        ("", "x", image),
        ("→", "z⁽¹⁾", [[4.5, 2.5], [7.5, 10.5]]),
    ]
    assert drawn(at(found, "filter_gradient")) == [
        ("", "δ⁽¹⁾", [[0, 0], [0, 48]]),
        ("∗", "x", image),
        ("=", "∂L/∂K⁽¹⁾", [[48, 144], [48, 0]]),
    ]
    assert drawn(at(found, "max_pool_gradient"))[-1] == ("→", "∂L/∂h⁽¹⁾", [[0, 0], [0, 48]])
    assert steps(found)[-1].pictures() == ()


def test_a_map_in_focus_is_the_one_shown():
    layers = (
        Input((4, 4)),
        Conv2d(3, (2, 2)),
        Dropout(0.5),
        MaxPool2d((2, 2), (2, 2)),
        Flatten(),
        Dense(1, "identity"),
    )
    found = traced(document(chain(*layers), loss="sse"), np.ones((1, 16)), [[1]])
    assert [name for _, name, _ in drawn(at(found, "convolution"), ChannelFocus(1, 1))] == ["x", "z⁽¹⁾[2]"]
    dropped = drawn(at(found, "dropout"), ChannelFocus(2, 2))
    assert [(sign, name) for sign, name, _ in dropped] == [
        ("", "h⁽¹⁾[3]"),
        ("⊙", "m/(1 − p)"),
        ("=", "h⁽²⁾[3]"),
    ]
    np.testing.assert_allclose(np.multiply(dropped[0][2], dropped[1][2]), dropped[2][2])
    back = drawn(at(found, "max_pool_gradient"), Node(3, 2))
    assert [name for _, name, _ in back] == ["∂L/∂h⁽³⁾[3]", "∂L/∂h⁽²⁾[3]"]
    assert len(at(found, "flatten").pictures()) == 1

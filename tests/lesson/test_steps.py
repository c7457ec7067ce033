"""Steps: their order, grains, what they light up, what is known when, and their words."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import nnsim.lesson.wording as wording
from nnsim.lesson.focus import LayerFocus, ParameterFocus, code, decode, parse_focus
from nnsim.lesson.plain import plain
from nnsim.lesson.steps import steps
from nnsim.model.errors import DocumentError
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Node, chain
from nnsim.model.sentence import sentence
from tests.engine.networks import crossed, document, xor
from tests.lesson.lessons import traced

XOR = traced(xor(), [[0, 1]], [[1]])


def test_by_operation():
    told = steps(XOR)
    assert [step.chip for step in told] == [
        "x",
        "z⁽¹⁾",
        "h",
        "z⁽²⁾",
        "ŷ",
        "L",
        "δ⁽²⁾",
        "∂L/∂W⁽²⁾",
        "∂L/∂h",
        "δ⁽¹⁾",
        "∂L/∂W⁽¹⁾",
        "Δw",
    ]
    assert [step.index for step in told] == list(range(12))
    assert [step.layer for step in told] == [0, 1, 1, 2, 2, 2, 2, 2, 1, 1, 1, None]
    assert [step.op for step in told[:6]] == ["input", "affine", "tanh", "affine", "sigmoid", "bce_logits"]


def test_the_losses_of_a_batch_are_called_shares_as_in_the_formula():
    batch = traced(xor(batch_size=2), [[0, 1], [1, 1]], [[1], [0]])
    assert [steps(each)[5].caption for each in (XOR, batch)] == ["L", "ℓ"]


def test_by_phase():
    assert [step.phase for step in steps(XOR, "phase")] == ["forward", "loss", "backward", "update"]


def test_by_neuron():
    told = steps(XOR, "neuron")
    hidden = [Node(1, unit) for unit in range(4)]
    output = Node(2, 0)
    nodes = [None, *hidden, output, None, output, *hidden, *hidden, output]
    assert [step.node for step in told] == nodes
    assert told[1].op == "affine+tanh"
    assert told[2].lines()[0].symbols.latex.startswith("z_{2}")


def test_by_neuron_a_softmax_waits_for_every_sum():
    found = traced(document(chain(Input((1,)), Dense(3, "softmax")), loss="mse"), [[1]], [[0, 0, 1]])
    told = [(step.phase, step.op, step.node) for step in steps(found, "neuron")]
    sums = [("forward", "affine", Node(1, unit)) for unit in range(3)]
    assert told[1:5] == [*sums, ("forward", "softmax", None)]
    back = told.index(("backward", "softmax", None))
    assert told[back - 3 : back] == [("backward", "mse", Node(1, unit)) for unit in range(3)]
    assert told[back + 1] == ("backward", "affine", Node(1, 0))


def test_there_is_no_other_grain():
    with pytest.raises(KeyError):
        steps(XOR, "epoch")


def test_the_penalty_comes_on_top():
    found = traced(xor(l2=0.1), [[0, 1]], [[1]])
    chips = [step.chip for step in steps(found)]
    assert chips.index("λΣw²") == chips.index("L") + 1
    assert chips[-2:] == ["+ 2λw", "Δw"]


@pytest.mark.parametrize("grain", ["operation", "neuron"])
def test_everything_is_written_before_it_is_read(grain):
    # Every layer feeds every later one, so sums and gradients grow in several steps.
    found = traced(document(crossed("tanh"), loss="mse", l2=0.1), [[1, 2, 3]], [[0, 0, 1]])
    known = {tensor.name for tensor in found.layout.tensors}
    for step in steps(found, grain):
        read = [name.split("[")[0] for name in step.values if name not in step.writes]
        assert set(read) <= {name.split("[")[0] for name in known}, step.chip
        assert set(step.writes) <= set(step.values)
        known |= set(step.writes)


def test_values_have_names_and_shapes():
    told = steps(XOR)
    shapes = {name: np.shape(value) for name, value in told[1].values.items()}
    assert shapes == {"x": (2,), "hidden1.weight": (4, 2), "hidden1.bias": (4,), "z1": (4,)}
    batch = steps(traced(xor(), [[0, 1], [1, 1]], [[1], [0]]))
    assert batch[1].values["z1"].shape == (2, 4)
    assert batch[5].values["loss"].shape == (2,)
    assert told[-1].values["output.bias.new"] == pytest.approx(XOR.after.theta[-1:])
    np.testing.assert_array_equal(told[10].values["hidden1.weight.grad"].ravel(), XOR.gradient[:8])


def test_what_lights_up():
    told = steps(XOR)
    affine = told[1].concern()
    assert (affine.layers, affine.connections) == ({0, 1}, {(0, 1)})
    assert affine.has_edge(Edge(0, 1, 1, 3))
    assert not affine.has_edge(Edge(1, 3, 2, 0))
    node = told[1].concern(Node(1, 2))
    assert node.has_node(Node(1, 2))
    assert node.has_node(Node(0, 0))
    assert not node.has_node(Node(1, 1))
    assert node.edges == {Edge(0, 0, 1, 2), Edge(0, 1, 1, 2)}
    edge = told[10].concern(Edge(0, 1, 1, 2))
    assert edge.edges == {Edge(0, 1, 1, 2)}
    assert edge.nodes == {Node(0, 1), Node(1, 2)}
    assert told[6].concern().layers == {2}
    assert told[8].concern(Node(1, 3)).edges == {Edge(1, 3, 2, 0)}
    assert told[11].concern(LayerFocus(2)).connections == {(1, 2)}
    by_neuron = steps(XOR, "neuron")[3]
    assert by_neuron.concern().edges == {Edge(0, 0, 1, 2), Edge(0, 1, 1, 2)}


def test_removed_edges_stay_dark():
    network = replace(XOR.network, removed_edges=frozenset({Edge(0, 0, 1, 2), Edge(1, 2, 2, 0)}))
    told = steps(traced(replace(xor(), network=network), [[0, 1]], [[1]]))
    assert told[1].concern(Node(1, 2)).edges == {Edge(0, 1, 1, 2)}
    assert told[8].concern(Node(1, 2)).edges == set()


def test_by_neuron_an_edge_out_of_it_shows_what_comes_back_through_it():
    told = next(step for step in steps(XOR, "neuron") if step.phase == "backward" and step.node == Node(1, 2))
    formulas = [line.symbols.latex for line in told.lines(Edge(1, 2, 2, 0))]
    assert formulas[0] == r"w_{3}^{(2)} \, \delta^{(2)}"
    # In the same step its own activation and weights are written as those of the neuron.
    assert formulas[2].startswith(r"\delta_{3}^{(1)} = ")


# --- focus


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("node:1.3", Node(1, 3)),
        ("bias:1[3]", ParameterFocus(1, "bias", (3,))),
        ("edge:0.1-1.2", Edge(0, 1, 1, 2)),
        ("layer:2", LayerFocus(2)),
    ],
)
def test_a_focus_is_read(text, focus):
    assert parse_focus(text, XOR.network) == focus
    assert type(parse_focus(text, XOR.network)) is type(focus)
    assert text.endswith(code(focus))


@pytest.mark.parametrize(
    "text",
    ["", "node", "node:1", "node:1.4", "node:3.0", "edge:0.0-2.0", "edge:0.2-1.0", "layer:3", "x" * 99],
)
def test_no_such_focus(text):
    with pytest.raises(DocumentError, match="--focus"):
        parse_focus(text, XOR.network)


def test_codes_lead_back():
    for item in (Node(12, 300), Edge(0, 17, 3, 4)):
        assert decode(code(item)) == item
    assert decode("") is None


# --- words


def test_every_template_is_marked_for_translation():
    folder = Path(wording.__file__).parent
    files = folder / "wording.py", *(folder / "words").glob("*.py"), *(folder / "explain").glob("*.py")
    bodies = [ast.parse(path.read_text("utf-8")).body for path in files]
    tree = ast.Module([node for body in bodies for node in body], [])
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    marked = [call.args[0] for call in calls if getattr(call.func, "id", "") == "translatable"]
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    raised = {part for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    # Formulas have spaces, too, and commands for words.
    texts = [
        node for node in constants if re.search(r"(^|[^\\A-Za-z])[A-Za-z]+ [A-Za-z]{2,}", str(node.value))
    ]
    assert len(marked) > 60
    assert [text.value for text in texts if text not in docstrings | raised and text not in marked] == []


def test_a_sentence_keeps_template_and_arguments_apart():
    said = sentence(
        "{count} of {units} in layer {layer} cost {price}", count=2, units=4, layer="z", price=-0.5
    )
    assert said.english == "2 of 4 in layer z cost −0.5"
    other = said.render(lambda text: text.replace("of", "von"), lambda value: f"<{value}>")
    assert other == "<2> von <4> in layer <z> cost <-0.5>"


def test_a_translated_lesson_has_every_word_from_the_templates():
    for step in steps(XOR):
        for said in (step.title, *step.text()):
            assert said.render(lambda text: "·") == "·"


# --- as plain text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{\partial L}{\partial w_{12}^{(1)}}", "∂L/∂w₁₂⁽¹⁾"),
        (r"\frac{1}{1 + e^{-z}}", "1/(1 + e^(−z))"),
        (r"\begin{pmatrix}1 & -2 \\ 3 & 4\end{pmatrix}", "[1, −2; 3, 4]"),
        (r"\begin{cases}1 & z > 0 \\ 0 & z \le 0\end{cases}", "{1, z > 0; 0, z ≤ 0}"),
        (r"\hat{y} \leftarrow 2.5 \cdot 10^{-7}", "y\u0302 ← 2.5 · 10⁻⁷"),
        (r"\sum_{s=1}^{4} \ell_s", "Σₛ₌₁⁴ ℓₛ"),
        (r"\left(0{,}31,\ 2\right)", "(0,31, 2)"),
        (r"W^{(0 \to 2)} {x}^{\mathsf{T}}", "W⁽⁰→²⁾ xᵀ"),
    ],
)
def test_plain_text(latex, text):
    assert plain(latex) == text

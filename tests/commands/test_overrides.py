"""`--set path=value`."""

import pytest

from nnsim.commands.overrides import override
from nnsim.data.scenes import find_scene
from nnsim.model.data import GateData, ToyData
from nnsim.model.errors import DocumentError

XOR = find_scene("xor").document


def test_nothing_set_is_the_same_document() -> None:
    assert override(XOR, []) is XOR


def test_numbers_texts_indexes_and_optional_fields() -> None:
    document = override(
        XOR,
        [
            "training.optimizer.kind=momentum",
            "training.optimizer.momentum=0.8",
            "training.batch_size=0",
            "network.layers[1].units=3",
            "network.layers.1.activation=relu",
            "network.layers[1].negative_slope=0.2",
            'title.en="A = B"',
            "data.gate=or",
        ],
    )
    assert document.training.optimizer.kind == "momentum"
    assert document.training.optimizer.momentum == 0.8
    assert document.training.batch_size == 0
    hidden = document.network.dense(1)
    assert (hidden.units, hidden.activation, hidden.negative_slope) == (3, "relu", 0.2)
    assert document.title_in("en") == "A = B"
    assert document.data == GateData("or")


def test_a_whole_object_at_once() -> None:
    document = override(XOR, ['data={"kind": "toy", "name": "moons", "samples": 50}'])
    assert document.data == ToyData("moons", 50)


def test_later_settings_win() -> None:
    assert override(XOR, ["training.l2=1", "training.l2=2"]).training.l2 == 2


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("training.epochs", r"training\.epochs: must be path=value"),
        ("=3", "=3: must be path=value"),
        ("training.speed=3", r"training\.speed: is not known here; allowed: loss"),
        ("training.optimiser.kind=adam", r"there is no 'optimiser' here; allowed: loss, optimizer"),
        ("training.epochs.x=3", "nothing inside to set 'x' on"),
        ("training.epochs=many", r"training\.epochs: must be a whole number, not text"),
        ("training.optimizer.learning_rate=NaN", "finite"),
        ("network.layers[3].units=3", "'3' is no item of this list; allowed: 0 to 2"),
        ("network.layers.last.units=3", "'last' is no item of this list"),
        ("network.layers[-1].units=3", "'-1' is no item of this list"),
        ("network.layers[0].shape=[3]", r"network\.layers\[0\]\.shape: has 3 inputs; allowed: 2"),
        ("...=1", r"\.\.\.: is not known here"),
        ("[[=" + "[" * 10_000, "is not known here"),
    ],
)
def test_wrong_paths_and_values_are_one_sentence(setting: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        override(XOR, [setting])
    assert "\n" not in str(caught.value)

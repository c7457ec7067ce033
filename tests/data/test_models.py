"""The trained networks that ship with the digit scenes."""

from pathlib import Path

import pytest

from nnsim.data.load import load
from nnsim.data.mnist import use_folder
from nnsim.data.scenes import find_scene
from nnsim.engine.trainer import Trainer
from nnsim.model.data import DigitsData
from nnsim.paths import resource_dir
from tests.conftest import REAL_MNIST

SCENES = {"mnist": 0.9635, "mnist-accurate": 0.9915, "mnist-conv": 0.992}
"""What they read at least of MNIST's 10,000 test digits; the README rounds it."""


@pytest.mark.skipif(not REAL_MNIST, reason="needs MNIST in the folder that NNSIM_DATA_DIR names")
@pytest.mark.parametrize("name", SCENES)
def test_they_read_what_is_promised_of_the_real_test_digits(name):
    scene = find_scene(name)
    use_folder(Path(REAL_MNIST))
    try:
        data = load(scene.document.data, scene.document.training)
    finally:
        use_folder(None)
    assert (data.source, len(data.validation_x)) == ("mnist", 10_000)
    trainer = Trainer(scene.document, data, engine="jit", parameters=scene.opening)
    assert trainer.score(data.validation_x, data.validation_y).accuracy >= SCENES[name]


def test_they_are_small():
    sizes = [(resource_dir() / "models" / f"{name}.nnsim").stat().st_size for name in SCENES]
    assert sum(sizes) < 1_000_000


@pytest.mark.parametrize("name", SCENES)
def test_they_fit_their_scenes_and_read_handwriting_they_were_not_trained_on(name):
    scene = find_scene(name)
    assert scene.trained is not None
    assert scene.parameters is None
    data = load(DigitsData("generated", samples=600), scene.document.training)
    trainer = Trainer(scene.document, data, engine="reference", parameters=scene.opening)
    # Generated digits are stranger than people's.
    assert trainer.score(data.x, data.y).accuracy > 0.85


@pytest.mark.parametrize("name", SCENES)
def test_training_from_the_command_line_begins_untrained(name):
    scene = find_scene(name)
    data = load(DigitsData("generated", samples=600), scene.document.training)
    trainer = Trainer(scene.document, data, engine="reference", parameters=scene.parameters)
    assert trainer.score(data.x, data.y).accuracy < 0.3

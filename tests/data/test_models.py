"""The trained networks that ship with the digit scenes."""

import pytest

from nnsim.data.load import load
from nnsim.data.scenes import find_scene
from nnsim.engine.trainer import Trainer
from nnsim.model.data import DigitsData
from nnsim.paths import resource_dir

SCENES = ("mnist", "mnist-accurate")


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

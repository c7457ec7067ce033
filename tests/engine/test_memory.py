"""What an engine keeps for looking at a network does not grow with the width of its layers."""

from nnsim.data.load import load
from nnsim.engine.compiled import JitEngine
from nnsim.engine.engine import Problem
from nnsim.model.data import ToyData
from nnsim.model.document import Document
from nnsim.model.layers import LARGEST_LAYER, Dense, Input
from nnsim.model.network import chain
from nnsim.model.training import Training


def test_the_widest_layer_is_run_forwards_in_little_memory() -> None:
    document = Document(
        chain(Input((2,)), Dense(LARGEST_LAYER, "tanh"), Dense(1, "sigmoid")),
        ToyData("moons", 200),
        Training(batch_size=10),
    )
    engine = JitEngine(Problem(document, load(document.data, document.training)))
    assert sum(array.nbytes for array in engine._chunk.arrays.values()) < 16_000_000

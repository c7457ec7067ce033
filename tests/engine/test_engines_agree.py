"""The compiled engine against the reference, on random networks."""

import numpy as np
from hypothesis import given, settings

from nnsim.engine.trainer import Trainer
from tests.engine.networks import problems


def _close(jit, reference):
    """Equal as far as float32 and a few steps that may amplify its rounding allow; the kernels by
    themselves are held to much less."""
    scale = 1.0 + np.max(np.abs(reference), initial=0.0)
    np.testing.assert_allclose(jit, reference, rtol=2e-3, atol=2e-4 * scale)


# The same examples every time: one network in some thousands amplifies rounding beyond any tolerance.
@settings(max_examples=150, derandomize=True)
@given(problems())
def test_both_engines_train_alike(problem):
    document, dataset = problem
    jit, reference = (Trainer(document, dataset, engine=name) for name in ("jit", "reference"))
    start = jit.snapshot().parameters
    np.testing.assert_array_equal(start, reference.snapshot().parameters.astype(np.float32))
    for steps in (1, 6):
        a, b = jit.run_steps(steps), reference.run_steps(steps)
        assert not a.diverged
        assert (a.step, a.epoch, a.batch, a.batches) == (b.step, b.epoch, b.batch, b.batches)
        np.testing.assert_array_equal(a.last_batch, b.last_batch)
        _close(a.parameters, b.parameters)
        _close(a.last_gradient, b.last_gradient)
        _close(a.last_update, b.last_update)
        _close(a.gradient_norms, b.gradient_norms)
        _close(a.train.loss, b.train.loss)
        assert (a.train.accuracy is None) == (dataset.task == "regression")
        for mine, other in ((a.probe, b.probe), (a.before, b.before)):
            _close(mine.loss, other.loss)
            _close(mine.gradient, other.gradient)
            for name in ("activations", "pre_activations", "deltas"):
                for x, y in zip(getattr(mine, name), getattr(other, name), strict=True):
                    assert (x is None) == (y is None)
                    if x is not None:
                        _close(x, y)
    layout = jit.layout
    end = jit.snapshot().parameters
    assert not end[layout.removed()].any()
    still = ~layout.trainable()
    np.testing.assert_array_equal(end[still], start[still])


@settings(max_examples=40, derandomize=True)
@given(problems())
def test_layer_outputs_and_scores_agree(problem):
    document, dataset = problem
    jit, reference = (Trainer(document, dataset, engine=name) for name in ("jit", "reference"))
    x = np.random.default_rng(0).normal(size=(600, dataset.features)).astype(np.float32)
    for a, b in zip(jit.layer_outputs(x), reference.layer_outputs(x), strict=True):
        assert a.shape == b.shape
        # A step may fall on either side of a z that rounds to 0.
        assert np.mean(np.abs(a - b) > 1e-3) < 0.01
    a, b = jit.score(dataset.x, dataset.y), reference.score(dataset.x, dataset.y)
    _close(a.loss, b.loss)
    assert a.accuracy == b.accuracy

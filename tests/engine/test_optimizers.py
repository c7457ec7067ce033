"""Two steps of each optimiser by hand, and many against PyTorch where it is installed."""

import numpy as np
import pytest

from nnsim.engine.optimizers import UPDATES
from nnsim.model.training import Optimizer

# η = 0.1, w = 1; gradients 2, then −1.
BY_HAND = {
    # 1 − 0.2 = 0.8; 0.8 + 0.1 = 0.9
    "sgd": (0.8, 0.9),
    # v = −0.2, w = 0.8; v = 0.9·(−0.2) + 0.1 = −0.08, w = 0.72
    "momentum": (0.8, 0.72),
    # v = −0.2, w = 1 + 0.9·(−0.2) − 0.2 = 0.62; v = −0.18 + 0.1 = −0.08, w = 0.62 − 0.072 + 0.1 = 0.648
    "nesterov": (0.62, 0.648),
    # s = 0.1·4 = 0.4, w = 1 − 0.2/0.632456 = 0.683772; s = 0.36 + 0.1 = 0.46, w + 0.1/0.678233 = 0.831215
    "rmsprop": (0.683772, 0.831215),
    # m̂ = 2, v̂ = 4, w = 1 − 0.1·2/2 = 0.9; m = 0.9·0.2 − 0.1 = 0.08, m̂ = 0.08/0.19 = 0.421053,
    # v = 0.999·0.004 + 0.001 = 0.004996, v̂ = 0.004996/0.001999 = 2.499250,
    # w = 0.9 − 0.0421053/1.580902 = 0.873366
    "adam": (0.9, 0.873366),
}


@pytest.mark.parametrize("kind", UPDATES)
def test_two_steps_by_hand(kind):
    settings = Optimizer(kind, learning_rate=0.1)
    theta, m, v = np.array([1.0]), np.zeros(1), np.zeros(1)
    for count, (gradient, expected) in enumerate(zip((2.0, -1.0), BY_HAND[kind], strict=True), start=1):
        UPDATES[kind](settings, theta, np.array([gradient]), m, v, np.ones(1), count)
        assert theta[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("kind", UPDATES)
def test_a_masked_parameter_does_not_move(kind):
    theta, m, v = np.ones(2), np.zeros(2), np.zeros(2)
    for count in (1, 2, 3):
        UPDATES[kind](Optimizer(kind), theta, np.array([1.0, 1.0]), m, v, np.array([1.0, 0.0]), count)
    assert theta[0] < 1.0
    assert (theta[1], m[1], v[1]) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize("kind", ["sgd", "momentum", "nesterov", "adam"])
def test_as_pytorch_does(kind):
    torch = pytest.importorskip("torch")
    classes = {
        "sgd": lambda p: torch.optim.SGD(p, 0.05),
        "momentum": lambda p: torch.optim.SGD(p, 0.05, momentum=0.9),
        "nesterov": lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, nesterov=True),
        "adam": lambda p: torch.optim.Adam(p, 0.05),
    }
    random = np.random.default_rng(5)
    theta, m, v = random.normal(size=7), np.zeros(7), np.zeros(7)
    parameter = torch.nn.Parameter(torch.from_numpy(theta.copy()))
    theirs = classes[kind]([parameter])
    for count in range(1, 21):
        gradient = random.normal(size=7)
        parameter.grad = torch.from_numpy(gradient.copy())
        theirs.step()
        UPDATES[kind](Optimizer(kind, 0.05), theta, gradient, m, v, np.ones(7), count)
    np.testing.assert_allclose(theta, parameter.detach().numpy(), rtol=1e-9)

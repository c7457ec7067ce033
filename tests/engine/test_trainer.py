"""The trainer: slices, snapshots, edits while it runs."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.engine.compiled import JitEngine
from nnsim.engine.engine import Problem
from nnsim.engine.snapshot import Sample
from nnsim.engine.trainer import Trainer
from nnsim.model.errors import DocumentError
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, chain
from nnsim.model.training import Optimizer
from tests.engine.networks import XOR_X, dataset, document, gate, xor

ENGINES = ("jit", "reference")
XOR = gate(0, 1, 1, 0)


def _with(doc, **training):
    return replace(doc, training=replace(doc.training, **training))


def _many(samples=37, task="binary", kept_back=0):
    random = np.random.default_rng(2)
    x = random.normal(size=(samples, 2))
    return dataset(x, (x[:, :1] * x[:, 1:] > 0), task, kept_back)


@pytest.mark.parametrize("engine", ENGINES)
def test_xor_is_learned(engine):
    end = Trainer(xor(), XOR, engine=engine).run_steps(4 * 500)
    assert (end.step, end.epoch, end.batch, end.batches, end.engine) == (2000, 500, 0, 4, engine)
    assert end.train.accuracy == 1.0
    assert end.train.loss < 0.05
    assert end.train_is_exact
    assert end.validation is None
    assert not end.diverged


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_seed_is_the_same_run(engine):
    adam = Optimizer("adam", 0.05)
    one, again, other = (
        Trainer(xor(optimizer=adam, batch_size=3, seed=seed), _many(), engine=engine) for seed in (1, 1, 2)
    )
    for steps in (1, 5, 40):
        a, b, c = one.run_steps(steps), again.run_steps(steps), other.run_steps(steps)
        np.testing.assert_array_equal(a.parameters, b.parameters)
        assert not np.array_equal(a.parameters, c.parameters)


@pytest.mark.parametrize("engine", ENGINES)
def test_slices_do_not_matter(engine):
    one, many = (Trainer(xor(batch_size=4), _many(), engine=engine) for _ in range(2))
    for _ in range(30):
        found = many.run_steps(1)
    np.testing.assert_array_equal(one.run_steps(30).parameters, found.parameters)


@pytest.mark.parametrize("engine", ENGINES)
def test_before_the_first_step(engine):
    first = Trainer(xor(), XOR, engine=engine).snapshot()
    assert (first.step, first.epoch, first.batch) == (0, 0, 0)
    for name in ("last_gradient", "last_update", "last_batch", "before", "gradient_norms"):
        assert getattr(first, name) is None
    assert first.probe.index == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_what_the_last_step_did(engine):
    trainer = Trainer(xor(batch_size=3), _many(10), engine=engine)
    before = trainer.run_steps(4)
    assert len(before.last_batch) == 1  # 3 + 3 + 3 + 1
    before = trainer.run_steps(2)
    after = trainer.run_steps(1)
    assert (after.step, after.epoch, after.batch, after.batches) == (7, 1, 3, 4)
    assert len(after.last_batch) == 3
    np.testing.assert_allclose(after.last_update, after.parameters - before.parameters, atol=1e-7)
    np.testing.assert_allclose(after.last_update, -0.5 * after.last_gradient, atol=1e-6)
    layout = trainer.layout
    for layer, norm in ((1, after.gradient_norms[0]), (2, after.gradient_norms[1])):
        squares = sum(np.sum(after.last_gradient[t.span] ** 2) for t in layout.tensors if t.layer == layer)
        assert norm == pytest.approx(np.sqrt(squares), rel=1e-5)
    assert after.before.index == after.probe.index == after.last_batch[0]
    np.testing.assert_array_equal(after.probe.x, trainer.dataset.x[after.last_batch[0]])
    assert after.probe.loss != after.before.loss


@pytest.mark.parametrize("engine", ENGINES)
def test_a_batch_gradient_is_the_mean_over_its_samples(engine):
    trainer = Trainer(xor(batch_size=0), XOR, engine=engine)
    gradients = []
    for index in range(4):
        trainer.followed = trainer.sample(index)
        gradients.append(trainer.snapshot().probe.gradient)
    np.testing.assert_allclose(trainer.run_steps(1).last_gradient, np.mean(gradients, axis=0), atol=1e-6)


def test_the_penalty_is_in_the_gradient_but_not_in_the_loss():
    plain, penalised = (Trainer(xor(batch_size=0, l2=l2), XOR, engine="reference") for l2 in (0.0, 0.1))
    start = plain.snapshot().parameters
    a, b = plain.run_steps(1), penalised.run_steps(1)
    weights = np.zeros_like(start)
    for tensor in plain.layout.tensors:
        weights[tensor.span] = tensor.role == "weight"
    # ∂(λ Σ w²)/∂w = 2 λ w
    np.testing.assert_allclose(b.last_gradient - a.last_gradient, 0.2 * weights * start, atol=1e-12)
    np.testing.assert_allclose(b.before.gradient, a.before.gradient, atol=1e-12)
    assert b.before.loss == a.before.loss


@pytest.mark.parametrize("engine", ENGINES)
def test_a_snapshot_is_a_copy(engine):
    trainer = Trainer(xor(), XOR, engine=engine)
    held = trainer.run_steps(3)
    arrays = [
        held.parameters,
        held.last_gradient,
        held.last_update,
        held.probe.gradient,
        *held.probe.activations,
        *held.probe.deltas[1:],
        held.before.gradient,
    ]
    copies = [array.copy() for array in arrays]
    trainer.run_steps(50)
    for array, copy in zip(arrays, copies, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("engine", ENGINES)
def test_reset_is_the_same_start(engine):
    trainer = Trainer(xor(optimizer=Optimizer("adam")), XOR, engine=engine)
    start, later = trainer.snapshot(), trainer.run_steps(20)
    trainer.reset()
    again = trainer.snapshot()
    np.testing.assert_array_equal(again.parameters, start.parameters)
    assert (again.step, again.epoch, again.last_update) == (0, 0, None)
    np.testing.assert_array_equal(trainer.run_steps(20).parameters, later.parameters)


def test_given_parameters_are_where_it_starts():
    given = np.linspace(-1, 1, 17)
    trainer = Trainer(xor(), XOR, engine="reference", parameters=given)
    np.testing.assert_array_equal(trainer.snapshot().parameters, given)
    given[:] = 0
    assert trainer.snapshot().parameters.any()


def test_engines_change_over_in_the_middle_of_a_run():
    changing = Trainer(xor(optimizer=Optimizer("adam", 0.05), batch_size=3), _many(), engine="reference")
    steady = Trainer(changing.document, changing.dataset, engine="reference")
    for name, steps in (("reference", 5), ("jit", 17), ("reference", 9), ("jit", 14)):
        changing.use_engine(name)
        assert changing.engine == name
        a, b = changing.run_steps(steps), steady.run_steps(steps)
        assert a.engine == name
        assert (a.step, a.epoch, a.batch) == (b.step, b.epoch, b.batch)
        np.testing.assert_array_equal(a.last_batch, b.last_batch)
        np.testing.assert_allclose(a.parameters, b.parameters, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("engine", ENGINES)
def test_another_learning_rate_keeps_everything(engine):
    trainer = Trainer(xor(optimizer=Optimizer("adam", 0.01), batch_size=3), _many(), engine=engine)
    steady = Trainer(trainer.document, trainer.dataset, engine=engine)
    before = trainer.run_steps(20)
    steady.run_steps(20)
    trainer.set_document(_with(trainer.document, optimizer=Optimizer("adam", 0.02)))
    now = trainer.snapshot()
    np.testing.assert_array_equal(now.parameters, before.parameters)
    assert (now.step, now.epoch, now.batch) == (before.step, before.epoch, before.batch)
    # The moments were kept: the very next step is twice the one of the old rate.
    np.testing.assert_allclose(
        trainer.run_steps(1).last_update, 2 * steady.run_steps(1).last_update, rtol=1e-3, atol=1e-6
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_another_optimizer_begins_afresh(engine):
    trainer = Trainer(xor(optimizer=Optimizer("momentum", 0.1)), XOR, engine=engine)
    before = trainer.run_steps(20)
    trainer.set_document(_with(trainer.document, optimizer=Optimizer("adam", 0.01)))
    after = trainer.run_steps(1)
    assert after.step == before.step + 1
    # Adam's first step is η for every parameter that has a gradient: m̂ / √v̂ is its sign.
    moved = np.abs(after.last_gradient) > 1e-4
    np.testing.assert_allclose(np.abs(after.last_update[moved]), 0.01, rtol=2e-3)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_edited_network_keeps_what_it_knows(engine):
    trainer = Trainer(xor(optimizer=Optimizer("momentum", 0.1)), XOR, engine=engine)
    trainer.run_steps(400)
    said = trainer.layer_outputs(XOR.x)[-1]
    network = trainer.document.network.with_layer(1, Dense(6, "tanh"))
    trainer.set_document(replace(trainer.document, network=network))
    assert trainer.snapshot().parameters.size == 6 * 2 + 6 + 6 + 1
    # What is new leads nowhere yet.
    np.testing.assert_allclose(trainer.layer_outputs(XOR.x)[-1], said, atol=1e-6)
    assert trainer.run_steps(1).step == 401


@pytest.mark.parametrize("engine", ENGINES)
def test_a_frozen_weight_does_not_coast(engine):
    trainer = Trainer(xor(optimizer=Optimizer("momentum", 0.1)), XOR, engine=engine)
    before = trainer.run_steps(10)
    edge = Edge(0, 0, 1, 2)
    network = replace(trainer.document.network, frozen_edges=frozenset({edge}))
    trainer.set_document(replace(trainer.document, network=network))
    after = trainer.run_steps(10)
    still = before.parameters == after.parameters
    assert still.tolist() == [i == trainer.layout.edge_index(edge) for i in range(17)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_removed_edge_has_no_gradient(engine):
    edge = Edge(0, 1, 1, 3)
    network = replace(xor().network, removed_edges=frozenset({edge}))
    trainer = Trainer(replace(xor(batch_size=0), network=network), XOR, engine=engine)
    after = trainer.run_steps(5)
    place = trainer.layout.edge_index(edge)
    for vector in (after.parameters, after.last_gradient, after.last_update, after.probe.gradient):
        assert vector[place] == 0.0
        assert np.count_nonzero(vector) > 8


@pytest.mark.parametrize("engine", ENGINES)
def test_other_data_takes_effect_at_once(engine):
    trainer = Trainer(xor(batch_size=4), _many(), engine=engine)
    trainer.run_steps(8)
    learned = trainer.snapshot().parameters
    trainer.set_document(trainer.document, gate(0, 0, 0, 1))
    now = trainer.snapshot()
    np.testing.assert_array_equal(now.parameters, learned)
    # 32 samples of the epoch were used; the new data has only 4, so another epoch begins.
    assert (now.step, now.epoch, now.batch, now.batches) == (8, 1, 0, 1)
    assert trainer.run_steps(200).train.accuracy == 1.0


def test_a_network_that_does_not_fit_is_refused_and_nothing_changes():
    with pytest.raises(DocumentError, match=r"network\.layers\[0\]\.shape: has 2 inputs; allowed: 3"):
        Trainer(xor(), dataset(np.zeros((4, 3)), np.zeros((4, 1))), engine="reference")
    trainer = Trainer(xor(), XOR, engine="reference")
    with pytest.raises(DocumentError, match=r"network\.layers\[2\]\.units: is 1; allowed: 2"):
        trainer.set_document(trainer.document, dataset(XOR_X, np.zeros((4, 2))))
    assert trainer.dataset is XOR
    assert trainer.run_steps(1).step == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_the_probe_can_be_held(engine):
    trainer = Trainer(xor(), XOR, engine=engine)
    trainer.followed = trainer.sample(2)
    probe = trainer.run_steps(5).probe
    assert probe.index == 2
    np.testing.assert_array_equal(probe.activations[0], (1, 0))
    outputs = trainer.layer_outputs(XOR.x)
    for layer in range(3):
        np.testing.assert_allclose(probe.activations[layer], outputs[layer][2], atol=1e-6)
    assert probe.pre_activations[0] is None
    assert probe.deltas[0] is None
    # A sigmoid with its cross-entropy: ∂L/∂z = ŷ − y.
    np.testing.assert_allclose(probe.deltas[2], probe.activations[2] - 1.0, atol=1e-6)
    fewer = replace(XOR, x=XOR.x[:2], y=XOR.y[:2])
    trainer.set_document(trainer.document, fewer)
    assert trainer.followed is None
    assert trainer.snapshot().probe.index < 2


@pytest.mark.parametrize("engine", ENGINES)
def test_an_input_from_elsewhere_without_a_target_has_no_loss_and_no_gradient(engine):
    trainer = Trainer(xor(), XOR, engine=engine)
    x = np.array([0.25, -0.5], np.float32)
    trainer.followed = Sample(x)
    probe = trainer.run_steps(3).probe
    assert probe.index == -1
    assert (probe.y, probe.gradient, probe.loss, probe.deltas) == (None, None, None, (None,) * 3)
    np.testing.assert_allclose(probe.activations[-1], trainer.layer_outputs(x[None])[-1][0], atol=1e-6)
    # The data changes under it: it is still the same input.
    trainer.set_document(trainer.document, replace(XOR, x=XOR.x[:2], y=XOR.y[:2]))
    np.testing.assert_array_equal(trainer.snapshot().probe.x, x)


@pytest.mark.parametrize("kind", ["sgd", "adam"])
@pytest.mark.parametrize("engine", ENGINES)
def test_teaching_one_sample_is_the_step_that_training_on_it_alone_would_make(engine, kind):
    document = xor(batch_size=4, optimizer=Optimizer(kind, 0.1))
    sample = Sample(np.array([0.3, 0.9], np.float32), np.array([1.0], np.float32))
    trainer = Trainer(document, XOR, engine=engine)
    begin = trainer.run_steps(5)
    passed = trainer.state
    alone = Trainer(
        replace(document, training=replace(document.training, batch_size=1)),
        replace(XOR, x=sample.x[None], y=sample.y[None]),
        engine=engine,
        parameters=begin.parameters,
    )
    alone.restore(replace(passed, epoch=0, cursor=0))
    taught = trainer.teach(sample)
    np.testing.assert_allclose(taught.parameters, alone.run_steps(1).parameters, rtol=1e-6, atol=1e-7)
    assert taught.step == 6
    assert (trainer.state.epoch, trainer.state.cursor) == (passed.epoch, passed.cursor)
    np.testing.assert_array_equal(taught.last_update, taught.parameters - begin.parameters)
    assert taught.last_batch.tolist() == [-1]
    np.testing.assert_array_equal(taught.before.x, sample.x)
    with pytest.raises(ValueError, match="target"):
        trainer.teach(Sample(sample.x))


@pytest.mark.parametrize("engine", ENGINES)
def test_scores_of_all_samples_in_chunks(engine):
    data = _many(700, kept_back=100)
    trainer = Trainer(xor(batch_size=8), data, engine=engine)
    end = trainer.run_steps(300)
    prediction = trainer.layer_outputs(data.x)[-1].astype(np.float64)
    loss = -np.mean(data.y * np.log(prediction) + (1 - data.y) * np.log(1 - prediction))
    assert end.train.loss == pytest.approx(loss, rel=1e-4)
    assert end.train.accuracy == np.mean((prediction > 0.5) == (data.y > 0.5))
    train, validation = trainer.evaluate()
    assert train == end.train
    assert validation == end.validation
    assert validation == trainer.score(data.validation_x, data.validation_y)


@pytest.mark.parametrize("engine", ENGINES)
def test_accuracy_of_classes_and_of_numbers(engine):
    network = chain(Input((2,)), Dense(2, "identity", bias=False))
    start = (("output.weight", (1, 0, 0, 1)),)
    x = [[3, 1], [1, 3], [5, 2], [0, 4]]
    for task, accuracy in (("multiclass", 0.75), ("regression", None)):
        data = dataset(x, [[1, 0], [0, 1], [0, 1], [0, 1]], task)
        trainer = Trainer(document(network, None, start), data, engine=engine)
        assert trainer.evaluate()[0].accuracy == accuracy


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("loss", ["mse", "sse"])
def test_a_large_training_set_is_scored_by_what_was_seen(engine, loss, monkeypatch):
    monkeypatch.setattr("nnsim.engine.scores.CHEAP", 1000)
    data = _many(64)
    tiny = Optimizer("sgd", 1e-6)
    trainer = Trainer(xor(loss=loss, optimizer=tiny, batch_size=10), data, engine=engine)
    estimate = trainer.snapshot()
    exact = trainer.evaluate()[0]
    assert not estimate.train_is_exact
    # One epoch at almost no learning rate: the running mean is the exact score, up to the last batch of 4.
    seen = trainer.run_steps(7)
    assert not seen.train_is_exact
    assert seen.train.loss == pytest.approx(exact.loss, rel=1e-3)
    assert seen.train.accuracy == pytest.approx(exact.accuracy)
    assert trainer.snapshot().train == seen.train


def test_validation_of_a_large_set_waits_for_the_epoch(monkeypatch):
    monkeypatch.setattr("nnsim.engine.scores.CHEAP", 10)
    trainer = Trainer(xor(batch_size=5), _many(60, kept_back=20), engine="reference")
    first = trainer.snapshot().validation
    assert trainer.run_steps(3).validation == first
    last = trainer.run_steps(5)
    assert last.epoch == 1
    assert last.validation == trainer.evaluate()[1] != first


@pytest.mark.parametrize("engine", ENGINES)
def test_running_for_a_while(engine):
    trainer = Trainer(xor(), XOR, engine=engine)
    first = trainer.run_for(0.01)
    second = trainer.run_for(0.01)
    assert 1 <= first.step < second.step
    assert trainer.run_for(0.0).step == second.step + 1


@pytest.mark.parametrize("engine", ENGINES)
def test_the_next_batch_is_known_beforehand(engine):
    trainer = Trainer(xor(batch_size=3), _many(10), engine=engine)
    for _ in range(9):
        batch = trainer.upcoming_batch()
        probes = [trainer.probe(trainer.sample(int(index))) for index in batch]
        after = trainer.run_steps(1)
        np.testing.assert_array_equal(after.last_batch, batch)
        assert after.before.loss == probes[0].loss
        mean = np.mean([probe.gradient for probe in probes], axis=0)
        np.testing.assert_allclose(after.last_gradient, mean, atol=1e-5)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_run_can_be_taken_back(engine):
    trainer = Trainer(xor(optimizer=Optimizer("adam", 0.05), batch_size=3), _many(10), engine=engine)
    trainer.run_steps(7)
    held = trainer.state
    once = trainer.run_steps(30)
    trainer.restore(held)
    back = trainer.snapshot()
    assert (back.step, back.epoch, back.batch, back.last_update) == (7, 1, 3, None)
    np.testing.assert_array_equal(trainer.run_steps(30).parameters, once.parameters)
    with pytest.raises(ValueError, match="17"):
        Trainer(xor(), XOR, engine=engine).restore(replace(held, theta=np.zeros(5)))


def test_the_last_step_is_told_alike_after_the_engines_changed_over():
    run = Trainer(xor(), XOR, engine="reference")
    before = run.run_steps(1).before
    run.use_engine("jit")
    after = run.snapshot().before
    for a, b in zip(before.activations, after.activations, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_state_from_more_samples_begins_the_next_epoch(engine):
    run = Trainer(xor(batch_size=5), _many(37), engine=engine)
    run.run_steps(4)
    state = run.state
    run.set_document(run.document, _many(12))
    run.restore(state)
    assert (run.state.epoch, run.state.cursor) == (1, 0)
    assert run.run_steps(1).step == 5


def test_what_is_of_another_network_is_refused_before_compiled_code_meets_it():
    run = Trainer(xor(), XOR)
    problem = Problem(run.document, XOR)
    engine = JitEngine(problem)
    theta, x, y = run.state.theta, XOR.x[0], XOR.y[0]
    with pytest.raises(ValueError, match="expects shape"):
        engine.probe(theta, x[:1], y)
    with pytest.raises(ValueError, match="expects shape"):
        engine.probe(theta, x, np.zeros(2, np.float32))
    with pytest.raises(ValueError, match="expects shape"):
        engine.probe(theta[:-1], x, y)
    with pytest.raises(ValueError, match="expects shape"):
        engine.layer_outputs(theta, np.zeros((3, 1), np.float32), (1,))
    with pytest.raises(ValueError, match="expects shape"):
        engine.score(theta, XOR.x, XOR.y[:2])
    for wrong in (
        {"theta": theta[:-1].copy()},
        {"m": theta.astype(float)},
        {"v": np.zeros(2 * len(theta), np.float32)[::2]},
        {"cursor": 4},
        {"cursor": -1},
    ):
        with pytest.raises(ValueError, match=r"compiled engine|no sample"):
            engine.train(replace(run.state, **wrong), 1)


@pytest.mark.parametrize("engine", ENGINES)
def test_scores_are_reckoned_again_only_where_something_was_learned(engine, monkeypatch):
    trainer, scored = Trainer(xor(), _many(kept_back=12), engine=engine), []
    reckon = type(trainer._engine).score
    monkeypatch.setattr(
        type(trainer._engine), "score", lambda self, *args: scored.append(args) or reckon(self, *args)
    )
    first = trainer.snapshot()
    trainer.followed = trainer.sample(2)
    assert (trainer.snapshot().train, trainer.snapshot().validation) == (first.train, first.validation)
    assert len(scored) == 2
    moved = trainer.run_steps(1)
    assert len(scored) == 4
    assert moved.train == trainer.score(trainer.dataset.x, trainer.dataset.y) != first.train
    trainer.set_values(np.array([0]), np.array([0.25]))
    put = trainer.snapshot()
    assert put.train == trainer.score(trainer.dataset.x, trainer.dataset.y) != moved.train

"""Exams, with numbers that can be counted on one's fingers."""

import numpy as np
import pytest

from nnsim.data.dataset import Dataset
from nnsim.session.exam import Exam, exam_samples, examine

# Six samples of three classes. Sample by sample: label, then the probabilities.
LABELS = [0, 0, 1, 1, 2, 2]
PROBABILITIES = np.array(
    [
        [0.7, 0.2, 0.1],  # right
        [0.1, 0.6, 0.3],  # 0 read as 1
        [0.1, 0.8, 0.1],  # right
        [0.9, 0.1, 0.0],  # 1 read as 0
        [0.0, 0.75, 0.25],  # 2 read as 1
        [0.0, 0.95, 0.05],  # 2 read as 1
    ]
)


def dataset(labels=LABELS, classes=3, kept_back=True, task="multiclass") -> Dataset:
    y = np.eye(classes, dtype=np.float32)[labels] if task == "multiclass" else np.float32(labels)[:, None]
    x = np.arange(len(y) * 2, dtype=np.float32).reshape(-1, 2)
    none = (np.zeros((0, 2), np.float32), np.zeros((0, y.shape[1]), np.float32))
    names = tuple(map(str, range(classes)))
    return Dataset(x[:1], y[:1], x, y, task, names) if kept_back else Dataset(x, y, *none, task, names)


@pytest.fixture
def exam() -> Exam:
    return examine(PROBABILITIES, dataset(), 1200)


def test_labels_answers_and_counts(exam):
    assert exam.labels.tolist() == LABELS
    assert exam.answers.tolist() == [0, 1, 1, 0, 1, 1]
    assert exam.sureness.tolist() == [0.7, 0.6, 0.8, 0.9, 0.75, 0.95]
    assert exam.confusion.tolist() == [[1, 1, 0], [1, 1, 0], [0, 2, 0]]
    assert (exam.samples, exam.classes, exam.step) == (6, 3, 1200)


def test_accuracy_overall_and_of_each_class(exam):
    assert exam.accuracy == pytest.approx(2 / 6)
    assert exam.accuracy_of_class.tolist() == [0.5, 0.5, 0.0]


def test_a_class_without_samples_has_no_accuracy():
    exam = examine(PROBABILITIES[:4], dataset([0, 0, 1, 1]))
    assert exam.accuracy_of_class[:2].tolist() == [0.5, 0.5]
    assert np.isnan(exam.accuracy_of_class[2])


def test_mistakes_come_surest_first(exam):
    assert exam.mistakes.tolist() == [5, 3, 4, 1]
    assert exam.mistakes_of(2).tolist() == [5, 4]
    assert exam.cell(2, 1).tolist() == [5, 4]
    assert exam.cell(0, 0).tolist() == [0]
    assert exam.cell(2, 2).tolist() == []


def test_equally_sure_mistakes_keep_their_order():
    exam = examine(np.tile([[0.0, 1.0]], (4, 1)), dataset([0, 1, 0, 0], 2))
    assert exam.mistakes.tolist() == [0, 2, 3]


def test_walking_through_the_mistakes_comes_round(exam):
    walk = [exam.next_mistake()]
    for _ in range(4):
        walk.append(exam.next_mistake(walk[-1]))
    assert walk == [5, 3, 4, 1, 5]
    assert exam.next_mistake(0) == 5, "sample 0 is no mistake"
    assert exam.next_mistake(5, label=2) == 4
    assert exam.next_mistake(4, label=2) == 5
    assert exam.next_mistake(3, label=2) == 5


def test_without_mistakes_there_is_no_next():
    exam = examine(np.eye(3)[LABELS], dataset())
    assert exam.accuracy == 1.0
    assert exam.next_mistake() is None
    assert exam.next_mistake(3, 1) is None


def test_a_random_sample_has_the_label_asked_for(exam):
    rng = np.random.default_rng(0)
    assert {exam.random_index(rng) for _ in range(100)} == set(range(6))
    assert {exam.random_index(rng, 1) for _ in range(30)} == {2, 3}
    assert examine(PROBABILITIES[:4], dataset([0, 0, 1, 1])).random_index(rng, 2) is None


def test_the_training_samples_serve_where_none_are_kept_back():
    data = dataset(kept_back=False)
    assert exam_samples(data)[0] is data.x
    assert exam_samples(dataset())[0].shape == (6, 2)
    assert examine(PROBABILITIES, data).accuracy == pytest.approx(2 / 6)


def test_one_output_is_the_second_of_two_classes():
    exam = examine(np.array([[0.2], [0.9], [0.4]]), dataset([0, 0, 1], 2, task="binary"))
    assert exam.answers.tolist() == [0, 1, 0]
    assert exam.sureness == pytest.approx([0.8, 0.9, 0.6])
    assert exam.confusion.tolist() == [[1, 1], [1, 0]]


@pytest.mark.parametrize("classes", [2, 20])
def test_any_number_of_classes(classes):
    labels = list(range(classes)) * 3
    shares = np.random.default_rng(1).random((len(labels), classes))
    exam = examine(shares, dataset(labels, classes))
    assert exam.confusion.shape == (classes, classes)
    assert exam.confusion.sum(axis=1).tolist() == [3] * classes
    assert exam.confusion.trace() + len(exam.mistakes) == len(labels)


def test_a_network_that_has_diverged_is_not_sure_of_anything():
    exam = examine(np.full((6, 3), np.nan), dataset())
    assert exam.sureness.tolist() == [0.0] * 6


def test_what_does_not_belong_together_is_refused():
    with pytest.raises(ValueError, match=r"\(6, 3\), got \(5, 3\)"):
        examine(PROBABILITIES[:5], dataset())
    with pytest.raises(ValueError, match="regression"):
        examine(np.zeros((2, 1)), dataset([0, 1], 1, task="regression"))

"""What things are called on screen: the one table from names in files to words for people."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from nnsim.data.dataset import Dataset

_CONTEXT = "Names"
_NAMES: dict[str, Any] = {
    "identity": QT_TRANSLATE_NOOP("Names", "identity"),
    "step": QT_TRANSLATE_NOOP("Names", "step"),
    "sigmoid": QT_TRANSLATE_NOOP("Names", "sigmoid"),
    "tanh": QT_TRANSLATE_NOOP("Names", "tanh"),
    "relu": QT_TRANSLATE_NOOP("Names", "ReLU"),
    "leaky_relu": QT_TRANSLATE_NOOP("Names", "leaky ReLU"),
    "prelu": QT_TRANSLATE_NOOP("Names", "PReLU"),
    "elu": QT_TRANSLATE_NOOP("Names", "ELU"),
    "softmax": QT_TRANSLATE_NOOP("Names", "softmax"),
    "mse": QT_TRANSLATE_NOOP("Names", "Mean squared error"),
    "sse": QT_TRANSLATE_NOOP("Names", "Sum of squared errors"),
    "mae": QT_TRANSLATE_NOOP("Names", "Mean absolute error"),
    "bce": QT_TRANSLATE_NOOP("Names", "Binary cross-entropy"),
    "cross_entropy": QT_TRANSLATE_NOOP("Names", "Cross-entropy"),
    "perceptron": QT_TRANSLATE_NOOP("Names", "Perceptron rule"),
    "sgd": QT_TRANSLATE_NOOP("Names", "SGD"),
    "momentum": QT_TRANSLATE_NOOP("Names", "Momentum"),
    "nesterov": QT_TRANSLATE_NOOP("Names", "Nesterov"),
    "rmsprop": QT_TRANSLATE_NOOP("Names", "RMSprop"),
    "adam": QT_TRANSLATE_NOOP("Names", "Adam"),
    "glorot_uniform": QT_TRANSLATE_NOOP("Names", "Glorot uniform"),
    "glorot_normal": QT_TRANSLATE_NOOP("Names", "Glorot normal"),
    "he_uniform": QT_TRANSLATE_NOOP("Names", "He uniform"),
    "he_normal": QT_TRANSLATE_NOOP("Names", "He normal"),
    "uniform": QT_TRANSLATE_NOOP("Names", "Uniform in [0, 1)"),
    "zeros": QT_TRANSLATE_NOOP("Names", "Zeros"),
    "and": QT_TRANSLATE_NOOP("Names", "AND gate"),
    "or": QT_TRANSLATE_NOOP("Names", "OR gate"),
    "nand": QT_TRANSLATE_NOOP("Names", "NAND gate"),
    "xor": QT_TRANSLATE_NOOP("Names", "XOR gate"),
    "circles": QT_TRANSLATE_NOOP("Names", "Circles"),
    "moons": QT_TRANSLATE_NOOP("Names", "Moons"),
    "spirals": QT_TRANSLATE_NOOP("Names", "Spirals"),
    "blobs": QT_TRANSLATE_NOOP("Names", "Blobs"),
    "checkerboard": QT_TRANSLATE_NOOP("Names", "Checkerboard"),
    "line": QT_TRANSLATE_NOOP("Names", "Line (regression)"),
    "parabola": QT_TRANSLATE_NOOP("Names", "Parabola (regression)"),
    "sine": QT_TRANSLATE_NOOP("Names", "Sine (regression)"),
    "plane": QT_TRANSLATE_NOOP("Names", "Plane (regression)"),
    "gaussian": QT_TRANSLATE_NOOP("Names", "Hill (regression)"),
    "saddle": QT_TRANSLATE_NOOP("Names", "Saddle (regression)"),
    "table": QT_TRANSLATE_NOOP("Names", "Table"),
    "mnist": QT_TRANSLATE_NOOP("Names", "MNIST"),
    "generated": QT_TRANSLATE_NOOP("Names", "Generated digits"),
    "mine": QT_TRANSLATE_NOOP("Names", "My digits"),
    "sample": QT_TRANSLATE_NOOP("Names", "by sample"),
    "batch": QT_TRANSLATE_NOOP("Names", "by batch"),
    "epoch": QT_TRANSLATE_NOOP("Names", "by epoch"),
    "shapes": QT_TRANSLATE_NOOP("Names", "Shapes"),
    "shuffled": QT_TRANSLATE_NOOP("Names", "Shapes, pixels shuffled"),
}
_CLASSES: dict[str, Any] = {
    "line": QT_TRANSLATE_NOOP("Classes", "line"),
    "cross": QT_TRANSLATE_NOOP("Classes", "cross"),
    "circle": QT_TRANSLATE_NOOP("Classes", "circle"),
    "corner": QT_TRANSLATE_NOOP("Classes", "corner"),
}


def name_of(key: str) -> str:
    """The words for a name that files use."""
    return QCoreApplication.translate(_CONTEXT, _NAMES.get(key, key))


def class_names(dataset: Dataset) -> tuple[str, ...]:
    """What the classes of the data are called; a number is its own name."""
    return tuple(
        QCoreApplication.translate("Classes", _CLASSES[name]) if name in _CLASSES else name
        for name in dataset.classes
    )

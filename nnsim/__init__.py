"""nnsim: see a neural network think and learn."""

from importlib.metadata import version

__version__ = version("nnsim")

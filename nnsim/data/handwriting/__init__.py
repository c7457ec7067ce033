"""Handwritten digits from nothing: strokes as people draw them, written with a random hand."""

from nnsim.data.handwriting.generate import generate

__all__ = ["generate"]

"""Datasets as arrays: gates, tables, 2-D toys, regression surfaces."""

from nnsim.data.dataset import Dataset
from nnsim.data.load import load

__all__ = ["Dataset", "load"]

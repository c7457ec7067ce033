"""Training speed side by side with other libraries."""

from nnsim.bench.report import run

__all__ = ["run"]

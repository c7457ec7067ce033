"""Plots that follow the training."""

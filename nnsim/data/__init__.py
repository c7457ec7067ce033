"""Datasets as arrays: gates, tables, 2-D toys, regression surfaces."""

"""The public data sets that history is counted from: read from a folder of yours, never shipped."""

from fairweather.history.datasets.reading import Dataset, read_dataset
from fairweather.history.datasets.registry import Source, source, sources

__all__ = ["Dataset", "Source", "read_dataset", "source", "sources"]

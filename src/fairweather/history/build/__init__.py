"""Reference tables counted anew from data sets in a folder: `fairweather history --build DIR`."""

from fairweather.history.build.tables import Built, build_tables, write_tables

__all__ = ["Built", "build_tables", "write_tables"]

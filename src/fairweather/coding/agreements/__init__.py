"""Agreements: what befell a treaty, what it binds to, and which mentions are of one."""

from fairweather.coding.agreements.coder import agreements
from fairweather.coding.agreements.merging import propose_merges

__all__ = ["agreements", "propose_merges"]

"""Agreements: what befell a treaty, what it binds to, and which mentions are of one."""

from fairweather.coding.agreements.coder import agreements
from fairweather.coding.agreements.merging import MERGE_RULE, propose_merges

__all__ = ["MERGE_RULE", "agreements", "propose_merges"]

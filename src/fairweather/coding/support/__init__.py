"""Support: what one gave, promised, withheld from another, rung by rung."""

from fairweather.coding.support.coder import support

__all__ = ["support"]

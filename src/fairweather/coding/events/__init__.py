"""Events: who did what to whom."""

from fairweather.coding.events.coder import events

__all__ = ["events"]

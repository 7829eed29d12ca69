"""The face on the web: pages and an interface for programs, thin over the desk.

Every page is a function of the desk that gives a `View`; the same view is a page for people,
a JSON object for programs and a table for spreadsheets. `make_app(Settings(ledger))` is an
ASGI application; `fairweather serve` runs it on loopback.
"""

from fairweather.web.settings import Settings

__all__ = ["Settings"]

"""Which extractors read: the rules, a language model, both, or one that a package offers.

A package offers an extractor under the entry-point group `fairweather.extractors`: a
callable without arguments that returns an Extractor. The names `rules`, `llm` and `both`
are taken.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from fairweather.coding.extractor import Extractor
from fairweather.errors import FairweatherError, MisuseError, UnknownKey
from fairweather.vocabulary.loader import suggest

if TYPE_CHECKING:
    from fairweather.coding.llm import LlmOptions

GROUP = "fairweather.extractors"
BUILT_IN = ("rules", "llm", "both")

Announce = Callable[[str], None]
"""Told, before anything is sent, who will receive the text."""


def extractors_named(
    name: str, llm: LlmOptions | None = None, announce: Announce | None = None
) -> tuple[Extractor, ...]:
    """The extractors that a name stands for; `llm` and `announce` serve the language model.

    Raises UnknownKey with the nearest name, and MisuseError where the extractor cannot be
    made: a package that fails to load, a model without an address.
    """
    if name in BUILT_IN:
        return _built_in(name, llm, announce)
    offered = {point.name: point for point in entry_points(group=GROUP)}
    if name not in offered:
        choices = (*BUILT_IN, *offered)
        near = suggest(name, choices)
        hint = f'did you mean "{near}"?' if near else f"there are {', '.join(choices)}"
        raise UnknownKey(f'no extractor "{name}"; {hint}')
    return (_loaded(offered[name]),)


def _built_in(
    name: str, llm: LlmOptions | None, announce: Announce | None
) -> tuple[Extractor, ...]:
    from fairweather.coding.intake import default_extractors

    rules = default_extractors() if name in ("rules", "both") else ()
    if name == "rules":
        return rules
    from fairweather.coding.llm import LlmOptions, make_llm_extractor

    return (*rules, make_llm_extractor(llm or LlmOptions(), announce))


def _loaded(point: EntryPoint) -> Extractor:
    try:
        extractor: Extractor = point.load()()
    except FairweatherError:
        raise
    except Exception as error:  # a package's own trouble, told in one line
        raise MisuseError(
            f'the extractor "{point.name}" ({point.value}) cannot be made:'
            f" {type(error).__name__}: {error}"
        ) from error
    if not (isinstance(getattr(extractor, "name", None), str) and hasattr(extractor, "extract")):
        raise MisuseError(
            f'"{point.name}" ({point.value}) is no extractor: it lacks `name` or `extract`'
        )
    return extractor

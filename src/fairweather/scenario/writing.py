"""Writes a scenario as the TOML that reads back to it, in one canonical layout."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from fairweather.records import fingerprint
from fairweather.scenario.quantity import SHAPES, Quantity
from fairweather.scenario.spec import (
    ChanceNode,
    Commitment,
    Offer,
    Restraint,
    Run,
    Scenario,
    TieView,
)
from fairweather.scenario.tables import Plain

_BARE_DATE = 10
_EXACT_WHOLE = 1e6


def write_scenario(scenario: Scenario) -> str:
    """The scenario as canonical TOML: `parse_scenario(write_scenario(s)) == s`."""
    plain = to_plain(scenario)
    runs = plain.pop("runs", [])
    lines = [*_head(plain)]
    for key, table in plain.items():
        lines += _tables(key, table)
    for run in runs:
        lines += ["", "[[runs]]", *_assignments(run)]
    return "\n".join(lines) + "\n"


def scenario_id(scenario: Scenario) -> str:
    """The id that figures of this scenario carry: a fingerprint of its canonical text."""
    return f"run-{fingerprint(write_scenario(scenario))}"


def to_plain(scenario: Scenario) -> Plain:
    """The scenario as the nested tables of its file; what is empty is left out."""
    named = {
        "chance": {node.name: _chance(node) for node in scenario.chance},
        "ties": {tie.key: _tie(tie) for tie in scenario.ties},
        **{
            group: {name: _number(quantity) for name, quantity in getattr(scenario, group)}
            for group in ("burden", "risk", "identity")
        },
        "offers": {offer.name: _offer(offer) for offer in scenario.offers},
        "threats": {threat.name: _offer(threat) for threat in scenario.threats},
        "constants": {name: _number(quantity) for name, quantity in scenario.constants},
        "runs": [_run(run) for run in scenario.runs],
    }
    plain = {
        "question": scenario.question,
        "as_of": scenario.as_of,
        "horizon": f"{scenario.horizon_months} months",
        "supporter": scenario.supporter,
        "partner": scenario.partner,
        "against": scenario.against,
        **{key: table for key, table in named.items() if table},
    }
    if scenario.restraint is not None:
        plain["restraint"] = _restraint(scenario.restraint)
    return plain


def _chance(node: ChanceNode) -> Plain:
    outcomes = {"outcomes": dict(node.outcomes)}
    return _stated({"at": node.at}) | outcomes | _stated({"source": node.source})


def _tie(tie: TieView) -> Plain:
    plain: Plain = {strand: _number(quantity) for strand, quantity in tie.strands}
    if tie.commitment is not None:
        plain["commitment"] = _commitment(tie.commitment)
    return plain


def _commitment(commitment: Commitment) -> Plain:
    return _stated(
        {
            "obliged": commitment.obliged,
            "value": _number(commitment.value),
            "audience_cost": _number(commitment.audience_cost),
            "obligations": list(commitment.obligations),
            "bilateral": commitment.bilateral,
            "source": commitment.source,
        }
    )


def _offer(offer: Offer) -> Plain:
    asked = _stated(
        {"against": offer.against, "when": dict(offer.when), "made": _number(offer.made)}
    )
    return {
        "from": offer.giver,
        "to": offer.to,
        **asked,
        "harm" if offer.kind == "threat" else "value": _number(offer.value),
        "credibility": _number(offer.credibility),
        "cap": offer.cap,
    }


def _restraint(restraint: Restraint) -> Plain:
    return _stated(
        {"ambition": _number(restraint.ambition), "leverage": _number(restraint.leverage)}
    )


def _run(run: Run) -> Plain:
    changes = {path: plain_change(value) for path, value in run.changes}
    sides = {"supporter": run.supporter, "adversary": run.adversary}
    stated = {**sides, "given": dict(run.given), "set": changes, "against": run.against}
    return {"name": run.name, **_stated(stated)}


def plain_change(value: Quantity | str | bool | tuple[str, ...]) -> Any:
    """The new value of a run's change as it stands in the file."""
    if isinstance(value, Quantity):
        return _number(value)
    return list(value) if isinstance(value, tuple) else value


def _number(quantity: Quantity | None) -> Any:
    if quantity is None:
        return None
    if quantity.shape == "fixed":
        plain: Plain = {"value": quantity.parameters[0]}
        if not quantity.source:
            return plain["value"]
    else:
        names = SHAPES[quantity.shape]
        plain = {"dist": quantity.shape, **dict(zip(names, quantity.parameters, strict=True))}
    return plain | ({"source": quantity.source} if quantity.source else {})


def _stated(plain: Plain) -> Plain:
    return {key: value for key, value in plain.items() if value not in (None, "", {}, [])}


def _head(plain: Plain) -> list[str]:
    """The keys above the first table, taken out of `plain`."""
    keys = [key for key, value in plain.items() if not isinstance(value, dict)]
    return list(_assignments({key: plain.pop(key) for key in keys}))


def _tables(key: str, table: Plain) -> Iterator[str]:
    """The lines of one group: [burden] itself, or [offers.NAME] for each of its tables."""
    if key in ("chance", "ties", "offers", "threats"):
        for name, part in table.items():
            yield from _table(f"{key}.{name}", part)
    else:
        yield from _table(key, table)


def _table(path: str, table: Plain) -> Iterator[str]:
    below = {"commitment": table["commitment"]} if "commitment" in table else {}
    yield from ("", f"[{path}]")
    yield from _assignments({key: value for key, value in table.items() if key not in below})
    for name, part in below.items():
        yield from ("", f"[{path}.{name}]")
        yield from _assignments(part)


def _assignments(plain: Plain) -> Iterator[str]:
    for key, value in plain.items():
        is_day = key in ("as_of", "at") and len(value) == _BARE_DATE
        yield f"{_key(key)} = {value if is_day else _value(value)}"


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT_WHOLE else repr(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items())
        return f"{{{inside}}}"
    return f"[{', '.join(_value(item) for item in value)}]"


def _text(text: str) -> str:
    # JSON escapes are TOML escapes, but JSON leaves DEL as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

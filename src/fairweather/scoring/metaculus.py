"""Questions and forecasts as Metaculus-like JSON: posts with a question and its forecasts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from fairweather.errors import RecordError
from fairweather.records.questions import Forecast, Question, Resolution
from fairweather.scoring.exchange import Bundle, Gathered, Told, refuse_changed

YES, NO, ANNULLED = "yes", "no", "annulled"
_OUTCOMES = {"occurred": YES, "did_not_occur": NO, "void": ANNULLED, "partly": "ambiguous"}
_RESOLUTIONS = {said: outcome for outcome, said in _OUTCOMES.items()}


def to_metaculus(bundle: Bundle) -> str:
    """The bundle as `{"results": [post, ...]}`, each post with its question and forecasts."""
    came = {one.question: one for one in bundle.resolutions}
    posts = []
    for question in bundle.questions:
        made = bundle.forecasts_of(question.id)
        posts.append(_post(question, made, came.get(question.id)))
    return json.dumps({"results": posts}, ensure_ascii=False, indent=1)


def _post(question: Question, made: Sequence[Forecast], came: Resolution | None) -> dict[str, Any]:
    resolution = None
    if came is not None:
        resolution = came.answer or _OUTCOMES[came.outcome]
    return {
        "id": question.id,
        "title": question.statement,
        "question": {
            "type": "multiple_choice" if question.is_ladder else "binary",
            "options": list(question.answers) or None,
            "resolution_criteria": question.criterion,
            "fine_print": question.condition,
            "open_time": _instant(question.opens),
            "scheduled_close_time": _instant(question.closes),
            "resolution": resolution,
            "actual_resolve_time": _instant(came.on) if came else None,
            "resolution_note": came.reason if came else None,
            "forecasts": [_history(one) for one in made],
        },
    }


def _history(one: Forecast) -> dict[str, Any]:
    told: dict[str, Any] = {"author": one.by, "start_time": _instant(one.made),
                            "outlet": one.outlet, "method": one.method}  # fmt: skip
    if one.shares:
        return told | {"forecast_values": list(one.shares)}
    return told | {
        "forecast_values": [1 - one.middle, one.middle],
        "interval_lower_bounds": [one.low],
        "interval_upper_bounds": [one.high],
    }


def _instant(day: str) -> str:
    return day if "T" in day else f"{day}T00:00:00Z"


def from_metaculus(text: str, where: str, by: str) -> Bundle:
    """What a JSON file of posts holds. Raises RecordError naming the post at fault."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise RecordError(f"{where}: not JSON: {error.msg} in line {error.lineno}") from error
    posts = found.get("results") if isinstance(found, dict) else found
    if not isinstance(posts, list):
        raise RecordError(f'{where}: a list of questions was expected, or {{"results": [...]}}')
    kept = Gathered()
    for number, post in enumerate(posts, 1):
        if not isinstance(post, dict):
            raise RecordError(f"{where}, question {number}: an object was expected")
        kept.take(partial(_of_post, post, by), f"{where}, question {number}")
    return kept.bundle()


def _of_post(post: Mapping[str, Any], by: str) -> Told:
    inner = post.get("question")
    body: Mapping[str, Any] = inner if isinstance(inner, dict) else post
    kind = body.get("type", "binary")
    if kind not in ("binary", "multiple_choice"):
        raise RecordError(f"a question of type {kind!r}; only binary and multiple_choice are kept")
    question = Question(
        statement=str(post.get("title") or body.get("title") or ""),
        opens=_day(body.get("open_time"), "open_time"),
        closes=_day(body.get("scheduled_close_time"), "scheduled_close_time"),
        criterion=str(body.get("resolution_criteria") or ""),
        condition=str(body.get("fine_print") or ""),
        answers=tuple(body.get("options") or ()),
        asked_by=by,
    )
    if str(post.get("id", "")).startswith("question:"):
        refuse_changed(question, str(post["id"]))
    forecasts = [_forecast_of(one, question, by) for one in _histories(body)]
    return question, forecasts, _came_of_post(question, body, by)


def _histories(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Our own list of forecasts, else one's own history and the crowd's."""
    yield from body.get("forecasts") or ()
    yield from (body.get("my_forecasts") or {}).get("history") or ()
    for name, aggregation in (body.get("aggregations") or {}).items():
        for one in (aggregation or {}).get("history") or ():
            values = one.get("forecast_values") or one.get("centers") or ()
            yield {**one, "author": f"crowd: {name}", "method": "pool", "forecast_values": values}


def _forecast_of(one: Mapping[str, Any], question: Question, by: str) -> Forecast:
    values = [float(value) for value in one.get("forecast_values") or ()]
    if not values:
        raise RecordError("a forecast without forecast_values")
    low, high = None, None
    if not question.is_ladder:
        low, high = _interval(one, values[-1])
    return Forecast(
        question=question.id,
        by=str(one.get("author") or by),
        made=_moment(one.get("start_time")),
        low=low,
        high=high,
        shares=tuple(values) if question.is_ladder else (),
        outlet=str(one.get("outlet") or ""),
        method=str(one.get("method") or "judgement"),
    )


def _interval(one: Mapping[str, Any], chance: float) -> tuple[float, float]:
    """The interval of a forecaster; of a crowd the point, since its bounds are a spread."""
    if one.get("method") == "pool":
        return chance, chance
    lower, upper = (one.get(f"interval_{end}_bounds") or [chance] for end in ("lower", "upper"))
    return float(lower[-1]), float(upper[-1])


def _came_of_post(question: Question, body: Mapping[str, Any], by: str) -> Resolution | None:
    said = body.get("resolution")
    if said is None:
        return None
    outcome, answer = _RESOLUTIONS.get(str(said), "occurred"), ""
    if str(said) not in _RESOLUTIONS:
        answer = str(said)
        if answer not in question.answers:
            raise RecordError(f"resolution {answer!r}: yes, no, annulled, ambiguous or an option")
    resolved = body.get("actual_resolve_time") or body.get("scheduled_close_time")
    reason = str(body.get("resolution_note") or "as imported")
    return Resolution(question=question.id, outcome=outcome, answer=answer, by=by, reason=reason,
                      on=_day(resolved, "actual_resolve_time"))  # fmt: skip


def _day(value: object, name: str) -> str:
    if not isinstance(value, str) or len(value) < 10:
        raise RecordError(f"{name}: {value!r} is no instant; write 2024-10-22T00:00:00Z")
    return value[:10]


def _moment(value: object) -> str:
    """A start time, ISO or in seconds since 1970, as a UTC instant, or a day at midnight."""
    try:
        if isinstance(value, int | float):
            moment = dt.datetime.fromtimestamp(value, dt.UTC)
        else:
            moment = dt.datetime.fromisoformat(str(value)).astimezone(dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise RecordError(f"start_time: {value!r} is no instant") from error
    text = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return text.removesuffix("T00:00:00Z")

"""How answers show themselves in a notebook: each kind as a sheet, each sheet as HTML."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from fairweather.desk.rows import Rows, Several

if TYPE_CHECKING:
    from fairweather.desk.showing.sheet import Sheet


def html_of(answer: object) -> str | None:
    """An answer as a fragment of HTML; None for what has no sheet."""
    if isinstance(answer, Several) and not isinstance(answer, Rows):
        shown = [html for one in answer if (html := html_of(one))]
        return "\n".join(shown) or None
    made = sheet_of(answer)
    return made.html() if made else None


def sheet_of(answer: object) -> Sheet | None:
    """The sheet of an answer; None for what has none."""
    for kind, make in _sheets().items():
        if isinstance(answer, kind):
            return make(answer)
    return None


@cache
def _sheets() -> dict[type, Callable[[Any], Sheet]]:
    from fairweather.brief import Brief
    from fairweather.coding.intake import ReadReport
    from fairweather.desk.desk import Desk
    from fairweather.desk.history import PairTone
    from fairweather.desk.next_moves import SourceForecast
    from fairweather.desk.showing import keeping, pairs, records, runs
    from fairweather.desk.why import FigureChain, RecordChain
    from fairweather.history.pair import PairHistory
    from fairweather.profile import Profile
    from fairweather.records import Explained, Record
    from fairweather.scenario import Play, Scenario
    from fairweather.scenario.explanation import Explanation
    from fairweather.scenario.mechanisms import MechanismAnswer
    from fairweather.scoring import Scorecard

    return {
        Rows: records.rows_sheet,
        Record: records.record_sheet,
        RecordChain: records.chain_sheet,
        FigureChain: records.figure_sheet,
        Explained: records.explained_sheet,
        Profile: pairs.profile_sheet,
        Brief: pairs.brief_sheet,
        PairHistory: pairs.history_sheet,
        SourceForecast: pairs.moves_sheet,
        PairTone: pairs.tone_sheet,
        Play: runs.play_sheet,
        Scenario: runs.scenario_sheet,
        Explanation: runs.explanation_sheet,
        MechanismAnswer: runs.mechanism_sheet,
        Desk: keeping.desk_sheet,
        ReadReport: keeping.report_sheet,
        Scorecard: keeping.scorecard_sheet,
    }

"""The verbs of fairweather as methods of one object over one ledger."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from fairweather.desk.rows import Rows, Several
from fairweather.errors import NothingFound
from fairweather.ledger import Added, Ledger, current, export_rows, faults, import_lines, window
from fairweather.records import Agreement, Record, Row
from fairweather.records.showing import Shown

if TYPE_CHECKING:
    from fairweather.brief import Brief
    from fairweather.brief.sections.since import Since
    from fairweather.brief.sections.third import ThirdParty
    from fairweather.coding.extractor import Extractor
    from fairweather.coding.intake import Progress, ReadReport
    from fairweather.coding.watching import Plan, Round
    from fairweather.desk.finding import Answer, Query, Wanted
    from fairweather.desk.history import PairTone
    from fairweather.desk.next_moves import SourceForecast
    from fairweather.desk.questions import Scorebook
    from fairweather.desk.review import Review
    from fairweather.desk.stories import Clustered
    from fairweather.desk.tables import PairInTable, RowsFound
    from fairweather.desk.why import FigureChain, RecordChain
    from fairweather.desk.words import Forecasts, Mechanisms
    from fairweather.history.pair import PairHistory
    from fairweather.ledger import Removed
    from fairweather.profile import Profile
    from fairweather.scenario import Finding, Play, Replay, Scenario
    from fairweather.scenario.explanation import Explanation
    from fairweather.sources.fetching import Web
    from fairweather.sources.opml import Subscription


class Desk(Shown):
    """A ledger with the verbs over it; heavy libraries load on the verb that needs them.

    `path` is the ledger's file, made when it is not there; event tables lie in the folder
    `tables`, beside it (`fairweather.db.tables`) unless set to another. Dates are ISO prefix dates;
    actors are codes ("RUS") or names ("Russia"). Raises LedgerError and its kin.
    """

    def __init__(self, path: Path | str = "fairweather.db") -> None:
        self.ledger = Ledger(path)
        self.tables = Path(f"{path}.tables")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()

    def within(self, *, as_of: str | None = None, recorded_by: str | None = None) -> Desk:
        """The same desk as if the ledger held only what was published by the end of `as_of`
        (a prefix date) and recorded by `recorded_by` (an instant, or the end of a day, UTC).

        Raises RecordError, MisuseError for what is no date.
        """
        seen = copy.copy(self)
        seen.ledger = self.ledger.within(window(as_of, recorded_by))
        return seen

    def actor(self, text: str) -> str:
        """The id of the actor that a text names. Raises UnknownActor with a suggestion."""
        from fairweather.desk.names import actor_id

        return actor_id(text, self.ledger)

    def read(
        self,
        sources: Sequence[Path | str],
        progress: Progress = lambda title: None,
        extractors: Sequence[Extractor] | None = None,
        web: Web | None = None,
    ) -> ReadReport:
        """Read files, folders, web addresses and lists of feeds; the report says how it went.

        `web` says how addresses are read: `Web(full_pages=True)` fetches what items link to.
        Without `extractors` the rules read; `extractors_named("both", LlmOptions(...))` of
        `fairweather.coding` gives others (docs/llm.md).
        """
        from fairweather.coding.intake import read_sources

        return read_sources(self.ledger, sources, extractors, progress, web, self.tables)

    def watch(
        self,
        feeds: Iterable[Subscription] = (),
        plan: Plan | None = None,
        progress: Progress = lambda said: None,
    ) -> Iterator[Round]:
        """Poll these feeds, and those watched already, round after round (docs/feeds.md).

        Each round tells which open questions the news bears on.
        """
        from fairweather.coding.watching import Plan, begin, watch

        begin(self.ledger, feeds)
        return map(self._with_questions, watch(self.ledger, plan or Plan(), progress))

    def _with_questions(self, done: Round) -> Round:
        moved = self.questions().moved_by(done.documents) if done.documents else ()
        return replace(done, moved=tuple(one.to_json() for one in moved))

    def find(self, query: Query | str, **wanted: Unpack[Wanted]) -> Rows[Record]:
        """The rows that answer: `desk.find("events", actor="Russia", since="2024")`.

        They show themselves in a notebook and become tables by `to_pandas()` and `to_arrow()`.
        Raises NothingFound when there are none, UnknownKey for what is no kind.
        """
        from fairweather.desk.finding import query_of

        asked = query_of(query, **wanted) if isinstance(query, str) else query
        return Rows(self.answer(asked).rows)

    def answer(self, query: Query) -> Answer:
        """The rows that answer a query, how many there are, and where its words stand.

        Raises NothingFound when there are none.
        """
        from fairweather.desk.finding import answer

        named = replace(query, actors=tuple(self.actor(text) for text in query.actors))
        found = answer(self.ledger, named)
        if not found.rows:
            raise NothingFound(f"no {query.kind} answers that in {self.ledger.path}")
        return found

    def find_stories(self, query: Query) -> tuple[Clustered, ...]:
        """The events that answer a query, those of one act together. Raises NothingFound."""
        from fairweather.desk.stories import clustered

        return clustered(self.ledger, self.find(query), query.window)

    def find_in_tables(self, query: Query, limit: int) -> RowsFound:
        """The rows of event tables that answer a query, at most `limit`, and how many do."""
        from fairweather.desk.tables import rows_in_tables

        named = replace(
            query,
            actors=tuple(self.actor(text) for text in query.actors),
            window=self.ledger.window.narrowed(query.window),
        )
        return rows_in_tables(self.tables, named, limit)

    def pair_in_tables(
        self, a: str, b: str, *, as_of: str | None = None
    ) -> tuple[PairInTable, ...]:
        """What each event table counts of a pair; () when none was read."""
        from fairweather.desk.tables import pair_in_tables

        seen = self.within(as_of=as_of).ledger.window
        return pair_in_tables(self.tables, self.actor(a), self.actor(b), seen)

    def why(self, identity: str) -> RecordChain | FigureChain:
        """The chain behind a record or a figure. Raises UnknownKey."""
        from fairweather.desk.why import why

        return why(self.ledger, identity)

    def review(self, by: str | None = None) -> Review:
        """One person's verdicts: `desk.review("anna").reject(ID, "misread")`.

        Without a name it is the login name. The methods of a Review are the words that
        follow `fairweather review`.
        """
        from fairweather.desk.review import Review

        return Review(self.ledger, by)

    def questions(self, by: str | None = None) -> Scorebook:
        """The questions asked, in one person's hands: `desk.questions("anna").scorecard()`.

        Without a name it is the login name. The methods of a Scorebook are the words that
        follow `fairweather question`.
        """
        from fairweather.desk.questions import Scorebook

        return Scorebook(self.ledger, by)

    def profile(self, a: str, b: str, *, as_of: str | None = None) -> Profile:
        """The pair, strand by strand from each side. Raises NothingFound."""
        from fairweather.profile import profile_dyad

        return profile_dyad(self.within(as_of=as_of).ledger, self.actor(a), self.actor(b))

    def agreements(
        self, actors: Sequence[str] = (), *, as_of: str | None = None
    ) -> Rows[Agreement]:
        """Agreements of all the actors named, each merged from every mention of it."""
        ids = tuple(self.actor(text) for text in actors)
        return Rows(current(self.within(as_of=as_of).ledger, Agreement, actors=ids))

    def history(
        self, a: str, b: str, *, obligations: Sequence[str] = (), as_of: str | None = None
    ) -> PairHistory:
        """What allies like these did: base rates rung by rung, models, the nearest wars.

        `obligations`, where given, stand in place of the pacts in the ledger.
        """
        from fairweather.desk.history import history_of

        return history_of(self, a, b, obligations=obligations, as_of=as_of)

    def tones(self, a: str, b: str, *, as_of: str | None = None) -> Several[PairTone]:
        """The tone of a pair by month in each event table, its changes, and the next month."""
        from fairweather.desk.history import tones_of

        return Several(tones_of(self, a, b, as_of=as_of))

    def draft(
        self,
        a: str,
        b: str,
        *,
        against: str | None = None,
        as_of: str | None = None,
        both: bool = False,
    ) -> Scenario:
        """A scenario filled from the ledger: how far will `a` support `b`?

        With `both`, runs of the other way stand beside: how far will `b` support `a`?
        """
        from fairweather.desk.scenarios import drafted

        return drafted(self, a, b, against=against, as_of=as_of, both=both)

    def check(self, path: Path | str) -> tuple[Finding, ...]:
        """What is wrong or doubtful in a scenario file. Raises ScenarioError."""
        from fairweather.desk.scenarios import load_scenario
        from fairweather.scenario import check_scenario

        return check_scenario(load_scenario(path))

    def play(
        self,
        scenario: Scenario | Path | str,
        *,
        seed: int = 0,
        progress: Callable[[str], object] = lambda run: None,
    ) -> Play:
        """Play a scenario; it is kept, so that `why` can compute its figures again."""
        from fairweather.desk.scenarios import played

        return played(self, scenario, seed=seed, progress=progress)

    def explain(
        self,
        path: Path | str,
        run: str,
        *,
        rung: str = "diplomatic",
        method: str = "sobol",
        progress: Callable[[str], object] = lambda part: None,
    ) -> Explanation:
        """Why a run of a scenario file comes out as it does; kept, so that `why` knows it."""
        from fairweather.desk.scenarios import explained

        return explained(self, path, run, rung=rung, method=method, progress=progress)

    def replay(self, path: Path | str, *, as_of: str) -> Replay:
        """A scenario file as it could have been written by the end of a past date."""
        from fairweather.desk.scenarios import replayed_as_of

        return replayed_as_of(self, path, as_of)

    def next_moves(
        self, a: str, b: str, *, days: int = 30, as_of: str | None = None
    ) -> Several[SourceForecast]:
        """What a and b may do to each other within `days`, one answer a source.

        Raises NothingFound when no source has a dated move between them.
        """
        from fairweather.desk.next_moves import next_moves

        seen = self.within(as_of=as_of).ledger
        return Several(next_moves(seen, self.tables, self.actor(a), self.actor(b), days))

    @property
    def forecast(self) -> Forecasts:
        """`desk.forecast.next("RUS", "IRN")`, `desk.forecast.tone("RUS", "IRN")`."""
        from fairweather.desk.words import Forecasts

        return Forecasts(self)

    @property
    def mechanism(self) -> Mechanisms:
        """`desk.mechanism.draft(ID)`, `desk.mechanism.play("corridor.toml")`."""
        from fairweather.desk.words import Mechanisms

        return Mechanisms(self)

    def brief(
        self,
        a: str,
        b: str,
        *,
        like: tuple[str, str] | None = None,
        scenario: Path | str | None = None,
        third: str | None = None,
        since: str | None = None,
        as_of: str | None = None,
        made_on: str = "",
    ) -> Brief:
        """The report on a pair; with `like`, a reference pair beside it.

        `third` adds what the partnership means for somebody else, `since` (a prefix date)
        what changed after a day.

        `made_on` is the day printed on it (ISO); without one it bears none, and the same
        ledger gives the same page on any day.
        """
        from fairweather.desk.briefs import brief_on

        return brief_on(
            self,
            a,
            b,
            like=like,
            scenario=scenario,
            third=third,
            since=since,
            as_of=as_of,
            made_on=made_on,
        )

    def compare(
        self, pairs: Sequence[tuple[str, str]], *, as_of: str | None = None, made_on: str = ""
    ) -> Brief:
        """Several pairs beside each other, a row each. Raises NothingFound."""
        from fairweather.desk.briefs import comparison_of

        return comparison_of(self, pairs, as_of=as_of, made_on=made_on)

    def since(self, a: str, b: str, day: str) -> Since:
        """The pair as it stood at the end of a past day, to tell what changed since."""
        from fairweather.desk.briefs import stood_on

        return stood_on(self, a, b, day)

    def third_party(self, third: str, pair: tuple[str, str]) -> ThirdParty:
        """What is told of a third party with either of a pair and with who stands by it.

        Raises MisuseError for one of the pair.
        """
        from fairweather.desk.third_party import third_party

        return third_party(self.ledger, self.actor(third), pair)

    def export(
        self, *, everything: bool = False, public: bool = False, as_of: str | None = None
    ) -> Iterator[Row]:
        """The ledger's rows in the interchange contract (docs/records.md)."""
        seen = self.within(as_of=as_of).ledger
        return export_rows(seen, everything=everything, public=public)

    def import_(self, lines: Iterable[str], where: str = "import") -> Added:
        """Take exported JSON lines in. Raises RecordError naming the line at fault."""
        return import_lines(self.ledger, lines, where)

    def backup(self, path: Path | str, *, replace: bool = False) -> Path:
        """A checked copy of the ledger as it stands at this moment. Raises LedgerError."""
        return self.ledger.back_up(Path(path), replace=replace)

    def forget(self, document: str, reason: str, by: str | None = None) -> Removed:
        """Remove a text and all that was read from it for good, leaving a tombstone.

        Without a name it is the login name. Raises UnknownKey, MisuseError, LedgerError.
        """
        from fairweather.desk.forgetting import forget
        from fairweather.desk.review import login_name

        return forget(self.ledger, document, reason, login_name() if by is None else by)

    def verify(self) -> tuple[str, ...]:
        """Every fault of the ledger and its event tables, one sentence each; () when sound."""
        from fairweather.desk.tables import faults_of_tables

        return (*faults(self.ledger), *faults_of_tables(self.tables))

"""The articles that fairweather was thought out on, read whole; skipped where they are not."""

from pathlib import Path

import pytest

from fairweather import Desk
from fairweather.ledger import current
from fairweather.records import Agreement, Document, Event, Support


def documents(desk: Desk) -> list[Document]:
    return list(desk.ledger.documents())


def test_two_files_hold_five_articles(articles_desk: Desk) -> None:
    assert len(documents(articles_desk)) == 5


def test_the_analysis_is_dated_by_its_own_words(articles_desk: Desk) -> None:
    (analysis,) = [d for d in documents(articles_desk) if d.title.startswith("Russia Will Likely")]
    assert (analysis.published.since, analysis.published.until) >= ("2024-08-05", "2024-08")
    assert analysis.published.latest is not None
    assert analysis.published.latest.isoformat() <= "2024-10-24"


def test_the_new_treaty_is_one_and_the_old_one_apart(articles_desk: Desk) -> None:
    found = current(articles_desk.ledger, Agreement, actors=("RUS", "IRN"))
    signed = {s.date.since: one for one in found for s in one.stages if s.stage == "signed"}
    treaty, old = signed["2025-01-17"], signed["2001"]
    assert treaty.id != old.id
    stages = {(s.stage, s.date.since) for s in treaty.stages}
    assert ("in_force", "2025-10-02") in stages
    assert "promised" in {s.stage for s in treaty.stages}
    assert not any(
        s.stage == "signed" and (s.date.since or "").startswith("2024") for s in treaty.stages
    )
    assert treaty.term_years == 20
    assert ("defense", "absent") in {(c.obligation, c.state) for c in treaty.clauses}
    assert len([one for one in found if "promised" in {s.stage for s in one.stages}]) == 1


def test_missiles_withheld_then_supplied_are_settled_by_date(articles_desk: Desk) -> None:
    profile = articles_desk.profile("RUS", "IRN")
    missiles = [
        c for c in profile.contradictions if c.kind == "support" and c.subject[:2] == ("IRN", "RUS")
    ]
    assert any(c.settled == "by date" and c.holds == "given" for c in missiles), missiles


def test_nothing_of_unrelated_news_stands_in_the_brief(articles_desk: Desk) -> None:
    brief = articles_desk.brief("RUS", "IRN").markdown
    for word in ("AMIA", "Nisman", "Muslim Brotherhood", "Abu Ubaida", "hostage"):
        assert word not in brief


def test_imagined_deals_and_ultimatums_are_no_facts(articles_desk: Desk) -> None:
    facts = current(articles_desk.ledger, Event, min_confidence=0)
    for event in facts:
        if event.status in ("factual", "reported"):
            quote = event.quotes[0].text
            assert "ultimatum in support" not in quote
            assert not ("Trump and Putin" in quote and "agree" in quote)
    given = current(articles_desk.ledger, Support, actors=("RUS", "IRN"), min_confidence=0)
    assert not any(
        s.level == "nuclear_umbrella" and s.state in ("given", "promised") for s in given
    )


def test_near_names_stay_apart(articles_desk: Desk) -> None:
    known = set(articles_desk.ledger.actor_ids())
    mentioned = {a for d in ("ruhollah-khomeini", "ali-khamenei") for a in known if a == d}
    rows = [
        r
        for r in articles_desk.ledger.statements(Event)
        if "ali-khamenei" in (*r.source, *r.target)
    ]
    assert not any("Khomeini" in row.quotes[0].text for row in rows)
    assert mentioned <= {"ruhollah-khomeini", "ali-khamenei"}


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("wh-2021-05-17", ("USA", "ARM")),
        ("wh-2022-06-28", ("TUR", "SWE")),
        ("wh-2023-04-26", ("USA", "KOR")),
        ("wh-2025-11-18", ("USA", "SAU")),
    ],
)
def test_other_partnerships_need_no_other_code(
    shared: Path, tmp_path: Path, name: str, pair: tuple[str, str]
) -> None:
    (path,) = (shared / "articles").glob(f"{name}*.txt")
    with Desk(tmp_path / "wh.db") as desk:
        report = desk.read([path])
        assert len(report.new) == 1
        assert report.new[0].published.since == name[3:]
        profile = desk.profile(*pair)
        assert profile.events or profile.agreements or profile.support
        assert list(desk.brief(*pair).statements())

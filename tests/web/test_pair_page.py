"""The pair page: how firm, on what it rests, what would break it, and where each word is from."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from pathlib import Path

import pytest
from tests.web.conftest import Ask, asking

from fairweather.brief.evidence import Evidence
from fairweather.brief.verdict import verdict
from fairweather.desk import Desk
from fairweather.ledger.stories import Story
from fairweather.profile import Profile
from fairweather.records import Event, Quote, When
from fairweather.web import Settings
from fairweather.web.pages.timeline import MOST_STRETCHES, timeline

PAIR = "/pair/SAU/PAK"


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_the_answer_comes_first_and_every_line_of_it_has_its_numbers(ask: Ask) -> None:
    page = ask(PAIR).text
    answer = page.partition('id="judgement"')[2].partition("</section>")[0]
    assert page.index('id="judgement"') < page.index('class="ask"')
    for part in ("How firm", "What would break it", "How far"):
        assert f"<strong>{part}.</strong>" in answer
    for line in re.findall(r'<p class="answer-line">(.*?)</p>', answer, re.S):
        assert re.search(r'href="#[sf]\d+"', line), line


def test_every_number_leads_to_a_passage_or_a_figure_on_the_page(ask: Ask) -> None:
    page = ask(f"{PAIR}?since=2020&like=PAK-SAU&for=IND").text
    marks = set(re.findall(r'href="#([sf]\d+)"', page))
    places = set(re.findall(r'<li id="([sf]\d+)"', page))
    assert marks
    assert marks <= places


def test_clauses_stand_beside_each_other_and_what_no_text_tells_is_said(ask: Ask) -> None:
    page = text_of(ask(PAIR).text)
    assert "an empty cell is not known, rather than absent" in page
    assert "✓ present" in page
    assert "No text read speaks of" in page


def test_each_layer_of_the_ladder_has_its_range_rung_by_rung(ask: Ask) -> None:
    page = ask(PAIR).text
    ladder = page.partition("Rung by rung")[2].partition("</table>")[0]
    cells = re.findall(r"<td>(.*?)</td>", ladder, re.S)
    assert len(cells) == 3 * 10
    assert all("%" in cell or "no cases" in cell for cell in cells)


def test_one_may_look_at_another_day_without_script(ask: Ask) -> None:
    page = ask(PAIR).text
    assert '<input type="date" name="as-of"' in page
    assert '<input type="date" name="since"' in page
    assert re.search(r'data-first="\d{4}-\d\d-\d\d" data-last="\d{4}-\d\d-\d\d"', page)
    early = ask(f"{PAIR}.json?as-of=2025-09-01").json()
    late = ask(f"{PAIR}.json").json()
    assert len(early["sources"]) < len(late["sources"])
    assert all(one["published"] for one in early["sources"])


@pytest.mark.parametrize("query", ["during=2025", "during=2025-09", "during=1980/2025"])
def test_a_stretch_of_the_time_line_is_looked_at_closer(ask: Ask, query: str) -> None:
    page = ask(f"{PAIR}?{query}&since=2020")
    assert page.status_code == 200
    assert "the whole time" in page.text
    back = re.search(r'href="(\?[^"]*)#timeline">the whole time', page.text)
    assert back
    assert "since=2020" in back[1]
    assert "during" not in back[1]


def test_the_time_line_is_data_too(ask: Ask) -> None:
    line = ask(f"{PAIR}.json?during=1980/2026").json()["timeline"]
    assert line["whole"] >= len(line["acts"]) + line["left_out"]
    for one in line["acts"]:
        assert one["event"].startswith("event:")
        assert one["origins"] >= 1


def test_what_is_no_stretch_of_time_is_refused(ask: Ask) -> None:
    assert ask(f"{PAIR}?during=2025/2020").status_code == 400
    assert ask(f"{PAIR}?during=2025-13").status_code == 400
    assert ask(f"{PAIR}?during=yesterday").status_code == 422


# -- a pair of which nearly nothing is known -----------------------------------------------


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bare")
    (folder / "a.txt").write_text(
        "Rain in the Andes\n\n3 March 2025\n\nBolivia and Paraguay sent forecasters to a fair.\n"
    )
    (folder / "b.txt").write_text("A raid\n\n9 May 2025\n\nPeru attacked Chile.\n")
    with Desk(folder / "bare.db") as desk:
        desk.read([folder / "a.txt", folder / "b.txt"])
    return folder / "bare.db"


def test_of_foes_nothing_is_made_to_look_like_a_partnership(bare: Path) -> None:
    ask = asking(Settings(ledger=bare))
    page = ask("/pair/PER/CHL")
    told = text_of(page.text)
    assert page.status_code == 200
    assert "Nothing read ties the two" in told
    assert "nothing of it is about these two" in told
    assert 'class="chips"' not in page.text
    ladder = page.text.partition('id="ladder"')[2]
    assert ladder.index("<details>") < ladder.index("chart")


def test_a_pair_that_no_text_names_is_said_to_be_unknown(bare: Path) -> None:
    ask = asking(Settings(ledger=bare))
    assert ask("/pair/PER/KEN").status_code == 404
    assert "speaks of both" in ask("/pair/PER/KEN").text
    assert "speaks of both" in ask("/pair/PER/KEN.json").json()["error"]


def test_a_verdict_does_not_lean_where_too_little_is_known(ledger: Path) -> None:
    with Desk(ledger) as desk:
        found = verdict(Evidence(desk.profile("SAU", "PAK")))
    assert not found.thin
    assert "mutual defence" in found.text
    for lean in found.leans:
        if lean.known < 2:
            assert lean.way == "unknown"
            assert "leans" not in lean.words


# -- five hundred acts ---------------------------------------------------------------------


def act(number: int) -> Story:
    day = (dt.date(2001, 1, 1) + dt.timedelta(days=17 * number)).isoformat()
    quote = Quote(f"document:{number}", 0, 4, "acts")
    told = Event(
        id=f"event:{number:016x}",
        quotes=(quote,),
        confidence=0.9,
        source=("PER",),
        target=("CHL",),
        event_class=("CONSULT", "AID", "ASSAULT")[number % 3],
        status="factual",
        date=When(day, day),
    )
    return Story((told,))


@pytest.fixture(scope="module")
def busy() -> Profile:
    stories = tuple(act(number) for number in range(540))
    return Profile(
        a="PER",
        b="CHL",
        as_of="latest",
        views=(),
        agreements=(),
        support=(),
        elsewhere=(),
        contradictions=(),
        claims=(),
        predictions=(),
        mechanisms=(),
        events=tuple(story.best for story in stories),
        stories=stories,
    )


@pytest.mark.parametrize("during", ["", "2010", "2005/2014", "2010-03"])
def test_five_hundred_acts_are_counted_in_full_and_in_few_stretches(
    busy: Profile, during: str
) -> None:
    line = timeline(Evidence(busy), during)
    assert line.whole == 540
    assert len(line.stretches) <= MOST_STRETCHES
    assert sum(one.acts for one in line.stretches) == len(line.acts) * bool(line.stretches)
    assert len(line.open) + len(line.folded) + line.left_out == len(line.acts)
    days = [one.day for one in line.acts]
    assert days == sorted(days, reverse=True)


def test_each_stretch_leads_to_exactly_its_own_acts(busy: Profile) -> None:
    whole = timeline(Evidence(busy))
    for stretch in whole.stretches:
        closer = timeline(Evidence(busy), stretch.during)
        assert len(closer.acts) == stretch.acts
        assert sum(one.towards for one in closer.acts) == stretch.towards


def test_no_two_labels_of_a_busy_time_line_overlap(busy: Profile) -> None:
    chart = timeline(Evidence(busy), "2010").chart
    assert chart is not None
    rows = chart.spec["data"]["values"]
    assert len(rows) > 2
    places = [(row["level"], row["at"]) for row in rows]
    assert len(places) == len(set(places))


def test_marks_of_a_busy_pair_come_from_all_of_its_time(busy: Profile) -> None:
    chart = timeline(Evidence(busy)).chart
    assert chart is not None
    years = {int(row["at"][:4]) for row in chart.spec["data"]["values"]}
    assert max(years) - min(years) > 15

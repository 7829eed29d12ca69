"""The scenario lab: every number in a form, each run beside its base, mistakes at their field."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from tests.web.conftest import Ask

from fairweather.desk import Desk
from fairweather.scenario import (
    Scenario,
    moved,
    parse_scenario,
    play_scenario,
    write_scenario,
)
from fairweather.scenario.editing import BY_HAND, Choice, edited, groups

EXAMPLE = Path(__file__).parents[2] / "examples" / "scenarios" / "russia-iran.toml"
PARAMETERS = (":low", ":mode", ":high", ":a", ":b")
SHOWN = re.compile(r'name="text" hidden[^>]*>(.*?)</textarea>', re.S)


@pytest.fixture(scope="module")
def drafted(ledger: Path) -> str:
    with Desk(ledger) as desk:
        return write_scenario(desk.draft("SAU", "PAK"))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return parse_scenario(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name)


def fields(scenario: Scenario) -> dict[str, str]:
    """All that the form of a scenario holds."""
    entries = [entry for group in groups(scenario) for entry in group.entries]
    return {name: text for entry in entries for name, text in entry.texts.items()}


# -- the form ------------------------------------------------------------------------------


def test_every_stated_number_stands_in_the_form_with_unit_help_and_standing(
    ask: Ask, drafted: str
) -> None:
    page = ask("/scenario?pair=SAU-PAK").text
    data = ask("/scenario.json?pair=SAU-PAK").json()
    for name in fields(parse_scenario(drafted)):
        assert f'name="{name}"' in page
    standings = {one["standing"] for one in data["inputs"]}
    assert standings <= {"on record", "assumed", "source", "not stated", ""}
    for group in groups(parse_scenario(drafted)):
        for entry in group.entries:
            assert entry.help or entry.path.startswith("chance.")
            assert isinstance(entry, Choice) or entry.unit


def test_a_form_sent_as_it_stands_changes_nothing(scenario: Scenario) -> None:
    same, faults = edited(scenario, fields(scenario))
    assert same is scenario
    assert not faults


@given(data=st.data())
@examples(deadline=None, max_examples=40)
def test_what_is_written_into_a_field_stands_in_the_file_and_nothing_else_moves(
    scenario: Scenario, data: st.DataObject
) -> None:
    texts = fields(scenario)
    numbers = [name for name in texts if name.startswith("offers.") and name.endswith(PARAMETERS)]
    name = data.draw(st.sampled_from(numbers))
    path = name.rpartition(":")[0]
    value = data.draw(st.floats(0.5, 9).map(lambda one: round(one, 3)))
    changed, faults = edited(scenario, {**texts, name: f"{value:g}"})
    assert not faults
    assert parse_scenario(write_scenario(changed)) == changed
    now = fields(changed)
    moved_fields = {one for one in texts if now[one] != texts[one]}
    assert moved_fields <= {name, f"{path}:source"}


def test_a_number_moved_by_hand_no_longer_rests_on_its_source(scenario: Scenario) -> None:
    name = "ties.RUS-IRN.military"
    changed, _ = edited(scenario, {f"{name}:mode": "0.5"})
    quantity = dict(changed.tie("RUS", "IRN").strands)["military"]
    assert quantity.source.startswith(BY_HAND)
    assert quantity.assumed
    kept, _ = edited(scenario, {f"{name}:mode": "0.5", f"{name}:source": "a report of 2026"})
    assert dict(kept.tie("RUS", "IRN").strands)["military"].source == "a report of 2026"


def test_what_is_no_number_is_told_by_its_path_and_left_as_it_was(scenario: Scenario) -> None:
    same, faults = edited(scenario, {"burden.RUS:low": "much", "horizon:value": "2.5"})
    assert same is scenario
    assert set(faults) == {"burden.RUS", "horizon"}


# -- playing -------------------------------------------------------------------------------


def test_a_change_stands_beside_the_base_with_points_and_their_range(
    ask: Ask, drafted: str
) -> None:
    form = {"text": drafted, "ties.SAU-PAK.commitment.obliged": "none", "run": "war"}
    page = ask("/scenario/play", "POST", data=form).text
    assert "every run stands beside itself as it was" in page
    assert "1 number changed" in page
    assert re.search(r"−\d+ \(−\d+ to −?\d+\)", page)
    for told in ("Who ends the partnership", "What the answer hangs on", "What does not matter"):
        assert told in page
    assert unescape(SHOWN.findall(page)[0]).strip() == drafted.strip(), "the base stays the base"


def test_points_are_the_change_and_not_the_dice(scenario: Scenario) -> None:
    war = next(run.name for run in scenario.runs if dict(run.given).get("war") == "yes")
    changed, _ = edited(scenario, {"burden.RUS:low": "0.6", "burden.RUS:mode": "0.8"})
    before, after = (play_scenario(one, draws=400) for one in (scenario, changed))
    assert all(one.low == one.high == one.change == 0 for one in moved(before, war, before, war))
    steps = moved(before, war, after, war)
    layers = zip(before.run(war).at_least, after.run(war).at_least, strict=True)
    for step, (was, now) in zip(steps, layers, strict=True):
        told = (now.interests.value or 0.0) - (was.interests.value or 0.0)
        assert step.change == pytest.approx(told, abs=1e-9)
        assert step.low <= step.change <= step.high
        assert step.change <= 0, "more needs of its own never raise what it gives"


def test_a_mistake_is_told_beside_its_field_with_key_and_line(ask: Ask, drafted: str) -> None:
    form = {"text": drafted, "burden.SAU:low": "0.9", "burden.SAU:high": "0.1"}
    page = ask("/scenario/play", "POST", data=form).text
    field = page.partition('id="burden-SAU"')[2].partition("</fieldset>")[0]
    assert "does not hold" in field
    assert 'aria-invalid="true"' in field
    assert re.search(r"the scenario:\d+", field)
    assert "Not played" in page
    assert 'value="0.9"' in field, "what was written stays to be mended"
    wrong = ask("/scenario/play", "POST", data={"text": drafted, "burden.SAU:low": "much"}).text
    assert "is no number" in wrong.partition('id="burden-SAU"')[2].partition("</fieldset>")[0]


def test_a_file_that_does_not_read_is_shown_at_the_line_of_the_mistake(
    ask: Ask, drafted: str
) -> None:
    broken = drafted.replace("[burden]", "[burdn]")
    page = ask("/scenario/play", "POST", data={"text": broken}).text
    assert "did you mean" in page or "unknown key" in page
    line = broken.splitlines().index("[burdn]") + 1
    assert re.search(rf"<mark> *{line}  \[burdn\]</mark>", page)
    assert "[burdn]" in unescape(page.partition('id="pasted"')[2].partition("</textarea>")[0])


def test_progress_is_told_step_by_step_to_the_end(ask: Ask, drafted: str) -> None:
    told = ask("/scenario/progress", "POST", data={"text": drafted, "burden.SAU:high": "0.6"}).text
    steps = re.findall(r"data: (\d+)/(\d+) ", told)
    assert steps
    assert [int(done) for done, _ in steps] == list(range(1, len(steps) + 1))
    assert {int(whole) for _, whole in steps} == {len(steps)}


# -- files ---------------------------------------------------------------------------------


def test_a_file_is_opened_changed_and_kept(ask: Ask, scenario: Scenario) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    opened = ask("/scenario/open", "POST", files={"file": ("war.toml", text.encode())}).text
    assert unescape(SHOWN.findall(opened)[0]).strip() == text.strip()
    untouched = ask("/scenario/file", "POST", data={"text": text, **fields(scenario)})
    assert untouched.text == text, "comments and order of an unedited file are kept"
    kept = ask("/scenario/file", "POST", data={"text": text, "burden.RUS:high": "0.95"})
    again = parse_scenario(kept.text)
    assert write_scenario(again) == kept.text
    assert dict(again.burden)["RUS"].parameters[-1] == 0.95


def test_changes_can_be_made_the_new_base(ask: Ask, drafted: str) -> None:
    page = ask("/scenario/open", "POST", data={"text": drafted, "horizon:value": "6"}).text
    assert 'horizon = "6 months"' in unescape(SHOWN.findall(page)[0])
    assert "was 24" not in page


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xff\xfe\x00", "no text in UTF-8"), (b"# " + b"a" * 200_001, "at most")],
)
def test_a_file_that_is_none_is_refused_in_words(ask: Ask, content: bytes, told: str) -> None:
    page = ask("/scenario/open", "POST", files={"file": ("war.toml", content)})
    assert page.status_code == 200
    assert told in page.text


def test_line_ends_of_the_net_do_not_change_a_file(ask: Ask, drafted: str) -> None:
    sent = drafted.replace("\n", "\r\n")
    assert ask("/scenario/file", "POST", data={"text": sent}).text == drafted

"""The vocabularies mean what political science means by them, and no mistake slips in.

Each broken file below is the smallest that can hold its mistake.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fairweather.errors import VocabularyError
from fairweather.records.contract import from_row, to_row
from fairweather.records.types import RECORD_TYPES
from fairweather.vocabulary import load_vocabulary, suggest, vocabulary, vocabulary_names
from fairweather.vocabulary.reference import vocabulary_page

DOCS = Path(__file__).parents[2] / "docs"

HEADER = """\
[vocabulary]
title = "Signals"
noun = "signal"
about = "What a lighthouse says."

[vocabulary.fields]
rank = {type = "integer", low = 0, high = 3, meaning = "how bright"}
rung = {type = "word", refers_to = "rungs", or_empty = true, meaning = "what follows"}
"""
TERM = """
[steady]
label = "Steady"
meaning = "All is well."
example = "The lamp burns."
source = "own"
rank = 1
rung = ""
"""
LINE_OF = {line: number for number, line in enumerate((HEADER + TERM).splitlines(), start=1)}


# What the words mean


def test_the_rungs_ascend_from_none_to_the_nuclear_umbrella_without_gaps() -> None:
    rungs = vocabulary("rungs")
    assert [term.extra["rank"] for term in rungs.values()] == list(range(11))
    assert (next(iter(rungs)), list(rungs)[-1]) == ("none", "nuclear_umbrella")


@pytest.mark.parametrize(
    ("field", "upwards"),
    [("share", ["no arms", "arms", "forces"]), ("nest", ["verbal", "material", "combat"])],
)
def test_each_coarse_group_of_rungs_is_one_unbroken_stretch_of_the_ladder(
    field: str, upwards: list[str]
) -> None:
    groups = [term.extra[field] for term in vocabulary("rungs").values()]
    assert groups == sorted(groups, key=upwards.index)
    assert set(groups) == set(upwards)


def test_every_obligation_that_demands_support_names_a_real_rung() -> None:
    demanded = {term.extra["rung"] for term in vocabulary("obligations").values()} - {""}
    assert demanded <= set(vocabulary("rungs"))


def test_only_defence_and_offence_oblige_a_party_to_fight() -> None:
    rungs = vocabulary("rungs")
    to_fight = {
        term.key
        for term in vocabulary("obligations").values()
        if term.extra["rung"] and rungs[term.extra["rung"]].extra["share"] == "forces"
    }
    assert to_fight == {"defense", "offense"}


@pytest.mark.parametrize(
    "obligation", ["neutrality", "nonaggression", "consultation", "non_siding"]
)
def test_a_promise_to_talk_or_keep_away_obliges_no_support(obligation: str) -> None:
    assert vocabulary("obligations")[obligation].extra["rung"] == ""


def test_the_sixteen_event_classes_fill_the_four_quarters() -> None:
    classes = vocabulary("event_classes")
    assert len(classes) == 16
    quarters = [term.extra["quad"] for term in classes.values()]
    assert {quarter: quarters.count(quarter) for quarter in quarters} == {
        "verbal cooperation": 4,
        "material cooperation": 3,
        "verbal conflict": 4,
        "material conflict": 5,
    }


def test_cooperation_has_positive_intensity_and_conflict_negative() -> None:
    for term in vocabulary("event_classes").values():
        cooperates = term.extra["quad"].endswith("cooperation")
        assert (term.extra["intensity"] > 0) == cooperates, term.key


def test_violence_is_the_most_hostile_class() -> None:
    classes = vocabulary("event_classes").values()
    assert min(classes, key=lambda term: term.extra["intensity"]).key == "ASSAULT"


def test_every_cameo_root_but_statements_leads_to_a_class() -> None:
    roots = {root for term in vocabulary("event_classes").values() for root in term.extra["cameo"]}
    assert roots == {f"{number:02}" for number in range(2, 21)}


def test_only_yielding_is_split_over_two_classes_in_words_and_in_deeds() -> None:
    classes = vocabulary("event_classes").values()
    roots = [root for term in classes for root in term.extra["cameo"]]
    assert {root for root in roots if roots.count(root) > 1} == {"08"}
    assert {term.key for term in classes if "08" in term.extra["cameo"]} == {"CONCEDE", "RETREAT"}


def test_what_is_unlikely_lies_wholly_below_what_is_likely() -> None:
    words = vocabulary("estimative")
    assert words["unlikely"].extra["high"] < words["likely"].extra["low"]
    assert words["highly_unlikely"].extra["high"] <= words["unlikely"].extra["low"]
    assert words["likely"].extra["high"] <= words["highly_likely"].extra["low"]


def test_every_probability_interval_lies_within_nothing_and_certainty() -> None:
    for term in vocabulary("estimative").values():
        assert 0 <= term.extra["low"] <= term.extra["high"] <= 1, term.key


@pytest.mark.parametrize(
    ("denied", "plain"),
    [
        ("not likely", "likely"),
        ("improbable", "probable"),
        ("impossible", "possible"),
        ("cannot be ruled out", "certain"),
        ("will not", "will"),
        ("almost certainly not", "almost certainly"),
        ("doubtful", "no doubt"),
    ],
)
def test_a_negated_estimate_is_less_probable_than_the_plain_one(denied: str, plain: str) -> None:
    assert _middle(denied) < _middle(plain)


def test_a_double_negation_is_no_denial() -> None:
    assert _middle("not unlikely") > 0.5
    assert _middle("not impossible") > _middle("impossible")


def test_an_interval_that_no_published_list_has_says_so() -> None:
    for term in vocabulary("estimative").values():
        names_a_list = any(name in term.source for name in ("Kent", "ICD", "PHIA", "Mauboussin"))
        assert names_a_list or term.extra["basis"] == "assumed", term.key


def test_the_life_of_an_agreement_is_told_in_order_and_ends_once() -> None:
    stages = vocabulary("stages")
    assert [term.extra["order"] for term in stages.values()] == list(range(1, 20))
    ends = [term.key for term in stages.values() if term.extra["ends"]]
    assert ends == ["withdrawn", "terminated", "expired", "replaced"]


def test_a_denounced_treaty_binds_until_its_notice_has_run_out() -> None:
    assert not vocabulary("stages")["denounced"].extra["ends"]


def test_a_case_that_closed_had_to_be_brought_first() -> None:
    stages = vocabulary("legal_stages")
    closes = [term.extra["order"] for term in stages.values() if term.extra["ends"]]
    assert min(closes) > stages["tried"].extra["order"]


def test_support_that_was_given_contradicts_support_that_was_withheld() -> None:
    states = vocabulary("support_states")
    assert "withheld" in states["given"].extra["opposes"]
    assert "given" in states["withheld"].extra["opposes"]


def test_support_beyond_duty_contradicts_nothing() -> None:
    assert "not_obliged" not in vocabulary("support_states")["given"].extra["opposes"]


def test_states_of_support_contradict_each_other_only_across_stances() -> None:
    states = vocabulary("support_states")
    for term in states.values():
        for other in term.extra["opposes"]:
            assert states[other].extra["stance"] != term.extra["stance"]


def test_what_is_merely_possible_speaks_neither_for_support_nor_against() -> None:
    open_states = {
        term.key for term in vocabulary("support_states").values() if term.extra["stance"] == "open"
    }
    assert open_states == {"possible"}


def test_a_hypothetical_event_is_never_counted_as_one_that_happened() -> None:
    real = {term.key for term in vocabulary("statuses").values() if term.extra["real"]}
    assert real == {"factual", "reported"}


def test_the_seven_strands_are_those_of_the_contract() -> None:
    assert list(vocabulary("strands")) == [
        "ideology",
        "geopolitical",
        "military",
        "economic",
        "trust",
        "commitment",
        "exit_option",
    ]


@pytest.mark.parametrize("shared", ["rials", "dinars", "crowns", "pesos", "francs"])
def test_a_name_that_several_currencies_share_belongs_to_none_alone(shared: str) -> None:
    units = vocabulary("units").values()
    assert sum(shared in unit.extra["shared_names"] for unit in units) > 1
    assert not any(shared in unit.extra["names"] for unit in units)


@pytest.mark.parametrize(
    ("word", "unit"),
    [("dollars", "USD"), ("roubles", "RUB"), ("tons", "tonnes"), ("drones", "drones")],
)
def test_a_plain_unit_is_found_by_its_name(word: str, unit: str) -> None:
    assert [term.key for term in vocabulary("units").values() if word in term.extra["names"]] == [
        unit
    ]


@pytest.mark.parametrize("name", vocabulary_names())
def test_every_term_says_what_it_means_with_an_example_and_a_source(name: str) -> None:
    for term in vocabulary(name).values():
        assert all((term.label, term.meaning, term.example, term.source)), term.key


def test_every_word_that_a_record_needs_has_its_vocabulary() -> None:
    needed = {words for kind in RECORD_TYPES.values() for words in kind.words.values()}
    assert needed <= set(vocabulary_names())


# What the loader refuses


@pytest.mark.parametrize(
    ("written", "instead", "line", "key", "says"),
    [
        ('source = "own"\n', "", "[steady]", "steady", 'lacks the field "source"'),
        ("rank = 1\n", "", "[steady]", "steady", 'lacks the field "rank"'),
        ("rank = 1", "rnk = 1", "rank = 1", "steady", 'did you mean "rank"?'),
        ("rank = 1", 'rank = "1"', "rank = 1", "steady", "must be a whole number"),
        ("rank = 1", "rank = true", "rank = 1", "steady", "must be a whole number"),
        ("rank = 1", "rank = 4", "rank = 1", "steady", "must lie between 0 and 3"),
        ('label = "Steady"', 'label = ""', 'label = "Steady"', "steady", "must be text"),
        ('rung = ""', 'rung = "troop"', 'rung = ""', "steady", 'did you mean "troops"?'),
        ('rung = ""', "rung = []", 'rung = ""', "steady", "must be a word"),
        ('rung = ""', 'label = "again"', 'rung = ""', "steady", "given twice"),
        ('rung = ""', "rung = ", 'rung = ""', "steady", "broken TOML"),
        ('noun = "signal"\n', "", "[vocabulary]", "vocabulary", 'lacks the field "noun"'),
        ('noun = "signal"', "noun = 3", 'noun = "signal"', "vocabulary", "must be text"),
    ],
)
def test_a_mistake_is_named_with_its_file_its_line_and_its_key(
    tmp_path: Path, written: str, instead: str, line: str, key: str, says: str
) -> None:
    message = _refused(tmp_path, (HEADER + TERM).replace(written, instead, 1))
    assert message.startswith(f"signals.toml, line {LINE_OF[line]}, [{key}]")
    assert says in message


@pytest.mark.parametrize(
    ("declared", "says"),
    [
        ('{type = "colour", meaning = "hue"}', "one of word, words"),
        ('{type = "integer"}', "needs a meaning"),
        ('{type = "word", meaning = "m", refers_to = "rugs"}', 'unknown vocabulary "rugs"'),
        ('{type = "integer", meaning = "m", hihg = 3}', 'did you mean "high"?'),
        ('{type = "integer", meaning = "m", not_below = "rnk"}', "names no declared field"),
        ("3", "must be a table"),
    ],
)
def test_a_field_declared_wrongly_is_named_with_its_line(
    tmp_path: Path, declared: str, says: str
) -> None:
    text = re.sub(r"(?m)^rank = \{.*$", f"rank = {declared}", HEADER + TERM)
    message = _refused(tmp_path, text)
    assert message.startswith("signals.toml, line 7, [vocabulary.fields]")
    assert says in message


def test_a_term_given_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    message = _refused(tmp_path, HEADER + TERM + TERM)
    first = LINE_OF["[steady]"]
    second = first + len(TERM.splitlines())
    assert f"line {second}, [steady]" in message
    assert f"first on line {first}" in message


def test_a_word_that_two_terms_claim_is_refused(tmp_path: Path) -> None:
    text = HEADER.replace("high = 3", "high = 3, unique = true") + TERM
    message = _refused(tmp_path, text + TERM.replace("[steady]", "[flashing]"))
    assert "[flashing]" in message
    assert "which [steady] has" in message


def test_an_interval_upside_down_is_refused(tmp_path: Path) -> None:
    text = HEADER + 'dim = {type = "number", not_below = "rank", meaning = "least"}\n' + TERM
    message = _refused(tmp_path, text + "dim = 0.5\n")
    assert '[steady]: "dim" is smaller than "rank"' in message


def test_a_contradiction_must_be_mutual(tmp_path: Path) -> None:
    text = (
        HEADER + 'against = {type = "words", refers_to = "signals", symmetric = true, '
        'meaning = "m"}\n'
    )
    steady = TERM + 'against = ["flashing"]\n'
    flashing = TERM.replace("[steady]", "[flashing]") + "against = []\n"
    assert '[steady]: "against" names "flashing"' in _refused(tmp_path, text + steady + flashing)


def test_a_file_without_a_header_or_without_terms_is_refused(tmp_path: Path) -> None:
    assert "[vocabulary]: is missing" in _refused(tmp_path, TERM)
    assert "[vocabulary]: has no terms" in _refused(tmp_path, HEADER)
    assert "is no table" in _refused(tmp_path, "loose = 1\n" + HEADER + TERM)


def test_a_file_that_is_absent_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"absent\.toml: cannot be read"):
        load_vocabulary(tmp_path / "absent.toml")
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(VocabularyError, match=r"binary\.toml: is not UTF-8"):
        load_vocabulary(binary)


def test_a_users_own_vocabulary_may_refer_to_a_neighbour_of_its_own(tmp_path: Path) -> None:
    own_rungs = HEADER.partition("[vocabulary.fields]")[0] + TERM.partition("rank")[0]
    (tmp_path / "rungs.toml").write_text(own_rungs.replace("[steady]", "[foghorn]"))
    signals = tmp_path / "signals.toml"
    signals.write_text(HEADER + TERM.replace('rung = ""', 'rung = "foghorn"'))
    assert load_vocabulary(signals)["steady"].extra["rung"] == "foghorn"


def test_an_unknown_word_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(VocabularyError) as error:
        vocabulary("rungs").check("troop", where="scenario.toml, [ties]")
    assert str(error.value) == (
        'unknown rung "troop" in scenario.toml, [ties]; did you mean "troops"?'
    )
    assert vocabulary("rungs").check("troops", where="anywhere") == "troops"


def test_an_unknown_vocabulary_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(VocabularyError, match='no vocabulary "rung"; did you mean "rungs"'):
        vocabulary("rung")


def test_a_suggestion_ignores_case_and_stays_silent_when_nothing_is_near() -> None:
    assert suggest("assult", vocabulary("event_classes")) == "ASSAULT"
    assert suggest("zzz", vocabulary("rungs")) is None


def test_no_reader_can_change_what_a_word_means() -> None:
    with pytest.raises(TypeError):
        vocabulary("rungs")["troops"].extra["rank"] = 0  # type: ignore[index]


def test_importing_the_words_reads_no_file_yet() -> None:
    code = "import fairweather.vocabulary, sys; print('tomllib' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


# What the pages say


def test_the_vocabulary_page_shows_the_files_as_they_are() -> None:
    assert (DOCS / "vocabulary.md").read_text(encoding="utf-8") == vocabulary_page()


def test_the_contract_has_one_sound_example_of_each_type_and_every_quote_is_verbatim() -> None:
    rows = _contract_examples()
    assert [row["type"] for row in rows] == list(RECORD_TYPES)
    text = rows[0]["text"]
    for row in rows:
        record = from_row(row)
        assert to_row(record) == row
        for quote in record.quotes:
            quote.verify(text)


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_the_contract_explains_every_field_of_a_record(kind: str) -> None:
    page = (DOCS / "records.md").read_text(encoding="utf-8")
    common = page.partition("## The ten types")[0]
    own = page.partition(f"### `{kind}`")[2].partition("```json")[0]
    example = next(row for row in _contract_examples() if row["type"] == kind)
    for field in example:
        assert f"`{field}`" in common + own, field


def _middle(phrase: str) -> float:
    for term in vocabulary("estimative").values():
        if phrase in term.extra["phrases"]:
            return float(term.extra["low"] + term.extra["high"]) / 2
    raise AssertionError(f"no estimative word has the phrase {phrase!r}")


def _refused(folder: Path, text: str) -> str:
    path = folder / "signals.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as error:
        load_vocabulary(path)
    return str(error.value)


def _contract_examples() -> list[dict[str, Any]]:
    page, _, _ = (DOCS / "records.md").read_text(encoding="utf-8").partition("## Statements")
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)\n```", page, re.DOTALL)]

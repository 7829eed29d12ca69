"""The status battery: not one act that is planned, imagined or denied is told as done."""

import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from fairweather.coding.events.candidates import candidates
from fairweather.coding.events.coder import event_of
from fairweather.coding.events.judging import judged
from fairweather.coding.grammar.clauses import status_of_act
from fairweather.coding.grammar.reader import read_document
from fairweather.coding.grammar.sentence import Reading
from fairweather.coding.grammar.setting import STRENGTH
from fairweather.records import Document, on

BATTERY = tomllib.loads((Path(__file__).parent / "status_cases.toml").read_text("utf-8"))
UNREAL = ("planned", "hypothetical", "denied")
DEEDS = ("ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST", "AID", "COOPERATE", "RETREAT")
"""Classes of acts that are done, not said."""

Case = tuple[str, str, str]


def cases(lenient: bool) -> Iterator[Case]:
    for table in BATTERY.values():
        if table.get("lenient", False) == lenient:
            yield from (tuple(case) for case in table["cases"])


@functools.cache
def reading_of(sentence: str) -> Reading:
    return read_document(Document(text=sentence, published=on("2025-06-15")))


def coded(sentence: str, act: str) -> str:
    reading = reading_of(sentence)
    tokens = ((one, token) for one in reading.sentences for token in one.span)
    found, token = next((one, token) for one, token in tokens if token.text == act)
    return status_of_act(token, found.clauses)[0]


@pytest.mark.parametrize(("sentence", "act", "status"), [*cases(lenient=False)])
def test_an_act_has_the_status_that_its_words_give_it(sentence: str, act: str, status: str) -> None:
    assert coded(sentence, act) == status


@pytest.mark.parametrize(("sentence", "act", "status"), [*cases(lenient=True)])
def test_where_grammar_does_not_suffice_the_doubt_weakens(
    sentence: str, act: str, status: str
) -> None:
    assert STRENGTH.index(coded(sentence, act)) >= STRENGTH.index(status)


def test_no_event_of_an_unreal_act_comes_out_factual() -> None:
    wrong = [
        (sentence, act)
        for sentence, act, status in cases(lenient=False)
        for candidate in candidates(reading_of(sentence))
        if status in UNREAL
        and candidate.predicate.status == "factual"
        and candidate.predicate.token.text == act
        and not candidate.predicate.turned
        and candidate.predicate.event_class == candidate.predicate.group.event_class
    ]
    assert wrong == []


def test_where_the_event_model_overrules_the_words_no_unreal_deed_comes_out_factual() -> None:
    wrong = [
        (sentence, act, found.event_class)
        for sentence, act, status in cases(lenient=False)
        if status in UNREAL
        for found in judged(reading_of(sentence))
        if found.event_class in DEEDS
        and found.event_class != found.candidate.predicate.event_class
        and found.confidence >= 0.2
        and event_of(reading_of(sentence), found).status == "factual"
    ]
    assert wrong == []


def test_the_battery_is_large_and_of_many_constructions() -> None:
    assert sum(len(table["cases"]) for table in BATTERY.values()) >= 500
    assert len(BATTERY) >= 20


def test_a_refusal_under_a_condition_is_not_made_yet() -> None:
    reading = reading_of("If Togo attacks Benin, Ghana will not support Togo.")
    (refusal,) = [
        candidate.predicate
        for candidate in candidates(reading)
        if candidate.predicate.token.text == "support"
    ]
    assert (refusal.event_class, refusal.status) == ("REJECT", "hypothetical")


def test_to_say_one_will_not_is_to_refuse() -> None:
    reading = reading_of("Ghana will not support Togo.")
    (refusal,) = [candidate.predicate for candidate in candidates(reading)]
    assert (refusal.event_class, refusal.status) == ("REJECT", "factual")

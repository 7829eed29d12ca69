"""The event model: learned weights that say which act between which two is an event.

The sentences are the project's own; the calibration alone is looked at on labelled data, and
skips, saying so, where there is none.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fairweather.coding.events.candidates import by_lexicon
from fairweather.coding.events.coder import LEARNED, events
from fairweather.coding.events.model import TABLES, WEIGHTS, event_model, load
from fairweather.errors import VocabularyError
from fairweather.records import Event

SHOWN = 0.5
LABELLED = os.environ.get("FAIRWEATHER_LABELLED", "")
"""Folder of the labelled sentences that the model was trained on, where there is one."""


def shown(read, text: str) -> list[Event]:  # type: ignore[no-untyped-def]
    return [event for event in events(read(text)) if event.confidence >= SHOWN]


TYPICAL = [
    ("Estonia agreed to host a training centre for Georgia.", "AGREE"),
    ("Zambia promised to repay its loans to Japan.", "AGREE"),
    ("The Thai prime minister met the president of Laos in Vientiane.", "CONSULT"),
    ("Colombia's foreign minister held talks with Ecuador's envoy.", "CONSULT"),
    ("Austria praised Slovenia for its handling of the floods.", "SUPPORT"),
    ("Mongolia and Bhutan signed a treaty of friendship.", "SUPPORT"),
    ("South Africa cooperates with Namibia against poachers.", "COOPERATE"),
    ("Denmark sent medical supplies to Malawi.", "AID"),
    ("The Netherlands delivered armoured vehicles to Jordan.", "AID"),
    ("Cyprus released two Turkish fishermen.", "CONCEDE"),
    ("Senegal withdrew its soldiers from Gambia.", "RETREAT"),
    ("Argentina demanded an apology from Britain.", "REQUEST"),
    ("Vietnam accused Cambodia of moving border posts.", "ACCUSE"),
    ("Algeria condemned Morocco over the arrest.", "ACCUSE"),
    ("Slovakia rejected a Hungarian proposal on minority schools.", "REJECT"),
    ("Bangladesh refused to take back refugees from Malaysia.", "REJECT"),
    ("Azerbaijan threatened to attack Armenia.", "THREATEN"),
    ("Protesters marched against the government in Tunisia.", "PROTEST"),
    ("Nicaragua expelled the ambassador of Costa Rica.", "SANCTION"),
    ("Sweden suspended its aid to Burundi.", "SANCTION"),
    ("Pakistan deployed troops along the border with Afghanistan.", "MOBILIZE"),
    ("Australia imposed sanctions on Fiji.", "COERCE"),
    ("Police in Uganda arrested three Rwandan journalists.", "COERCE"),
    ("Rebels attacked an army base in Mali.", "ASSAULT"),
    ("Ethiopian warplanes bombed a town in Eritrea.", "ASSAULT"),
]


def test_typical_events_of_all_classes_are_coded(read) -> None:  # type: ignore[no-untyped-def]
    coded = [[event.event_class for event in shown(read, text)] for text, _ in TYPICAL]
    right = sum(label in found for (_, label), found in zip(TYPICAL, coded, strict=True))
    assert right >= 20, list(zip(TYPICAL, coded, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "Spring came late to Finland this year.",
        "The population of Kenya has doubled since 1990.",
        "Most Bolivian households cook with gas.",
        "Inflation in Ghana rose to nine per cent in June.",
        "Portugal lies on the Atlantic.",
        "The river flows through Laos and Cambodia.",
        "Its capital is the largest city between Lima and Santiago.",
        "Analysts expect a dry summer in Greece.",
        "The museum in Oslo opens at ten.",
        "Peru beat Chile two to one in the final.",
        "Scotland thrashed Wales 38-7.",
        "Two people were hurt when a bus overturned near Nairobi.",
        "He studied law in Spain before he moved to Brazil.",
    ],
)
def test_a_sentence_that_tells_of_no_event_is_not_coded(read, text) -> None:  # type: ignore[no-untyped-def]
    assert shown(read, text) == []


def test_the_same_text_gives_the_same_rows(read) -> None:  # type: ignore[no-untyped-def]
    text = " ".join(text for text, _ in TYPICAL[:6])
    first = [repr(event) for event in events(read(text))]
    assert first == [repr(event) for event in events(read(text))]
    assert first


def test_learned_rows_say_so(read) -> None:  # type: ignore[no-untyped-def]
    assert {event.coder for event in events(read("Kenya accused Somalia."))} == {LEARNED}


def test_without_the_model_the_rules_code_as_before(read) -> None:  # type: ignore[no-untyped-def]
    (event,) = events(read("Iraq invaded Kuwait."), scorer=by_lexicon)
    assert (event.event_class, event.coder) == ("ASSAULT", "rules/1")


@pytest.mark.parametrize(
    "text",
    [
        "If Armenia attacked Azerbaijan, the peace would end.",
        "Sweden may impose sanctions on Norway.",
        "Turkey could sign the treaty with Greece.",
        "Were Chile to invade Peru, Brazil would mediate.",
    ],
)
def test_the_model_never_makes_a_fact_of_what_is_imagined(read, text) -> None:  # type: ignore[no-untyped-def]
    assert "factual" not in {event.status for event in events(read(text))}


def test_an_act_has_the_status_that_the_rules_give_it(read) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Sudan says that Chad attacked its village. Turkey did not attack Greece. "
        "The French president will visit Morocco next week."
    )
    ruled = {(event.source, event.target): event.status for event in events(read(text), by_lexicon)}
    for event in events(read(text)):
        pair = (event.source, event.target)
        assert event.status == ruled.get(pair, event.status)


def test_confidence_lies_between_nought_and_one(read) -> None:  # type: ignore[no-untyped-def]
    found = list(events(read(" ".join(text for text, _ in TYPICAL))))
    assert all(0 <= event.confidence < 1 for event in found)
    assert (np.diff(event_model().calibration) > 0).all()


def test_no_feature_of_the_weights_holds_more_than_two_lemmas_or_a_name() -> None:
    for name in TABLES:
        for feature in getattr(event_model(), name).index:
            assert feature.count("|") <= 1, feature
            assert " " not in feature, feature


def test_the_weights_are_small_and_say_what_they_were_made_from() -> None:
    import tomllib

    card = tomllib.loads(WEIGHTS.with_suffix(".toml").read_text("utf-8"))
    assert WEIGHTS.stat().st_size < 2_000_000
    assert {"trained", "seed", "features", "sets"} <= set(card)
    assert all(entry["terms"] and entry["source"] for entry in card["sets"].values())


def test_the_model_scores_without_the_library_that_trained_it() -> None:
    code = (
        "import sys; sys.modules['sklearn'] = None; sys.modules['scipy'] = None\n"
        "from fairweather.coding.events.model import event_model\n"
        "print(len(event_model().classes))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "15"


def test_a_broken_file_of_weights_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.npz"
    broken.write_bytes(b"no weights")
    with pytest.raises(VocabularyError, match=r"broken\.npz"):
        load(broken)


def test_confidence_is_the_share_of_right_verdicts_among_sentences_left_out() -> None:
    if not LABELLED:
        pytest.skip("FAIRWEATHER_LABELLED names no folder of labelled sentences")
    sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
    train_events = pytest.importorskip("train_events")
    found = train_events.examples(Path(LABELLED))
    model, unseen = next(train_events.held_out(found))
    sure, right = [], []
    for example in unseen:
        if example.has_spans or not example.is_event:
            for sentence in example.sentences:
                for verdict in model.verdicts(sentence.evidence)[:1]:
                    triple = (verdict.act, verdict.source, verdict.target)
                    sure.append(verdict.confidence)
                    right.append(
                        train_events.is_right(example, sentence, triple, verdict.event_class)
                    )
    confident = np.array(sure) >= SHOWN
    assert abs(np.array(right)[confident].mean() - np.array(sure)[confident].mean()) < 0.1

"""Two readers of the same words: where they differ, a person should look."""

from __future__ import annotations

from dataclasses import replace

from fairweather.coding.disagreement import disagreements
from fairweather.records import Agreement, Clause, Document, Event, Quote, Support, Tie

TEXT = "Peru shelled Chile and Chile could recall its envoy. Peru may arm Bolivia."
DOCUMENT = Document(text=TEXT)


def quote(words: str) -> Quote:
    start = TEXT.index(words)
    return DOCUMENT.quote(start, start + len(words))


def event(words: str, coder: str, **changed: object) -> Event:
    base = Event(
        source=("PER",),
        target=("CHL",),
        event_class="ASSAULT",
        status="factual",
        quotes=(quote(words),),
        coder=coder,
    )
    return replace(base, id="", **changed)  # type: ignore[arg-type]


def test_readers_who_agree_give_nothing_to_look_at() -> None:
    rules = event("Peru shelled Chile", "rules/1")
    model = event("Peru shelled Chile and Chile", "llm/m/1")
    assert disagreements([rules, model]) == ()


def test_another_class_and_another_status_of_one_act_are_two_disagreements() -> None:
    rules = event("Peru shelled Chile", "rules/1", status="reported")
    model = event("shelled Chile", "llm/m/1", event_class="COERCE")
    found = disagreements([rules, model])
    assert [(d.field, d.one_says, d.other_says) for d in found] == [
        ("class", "COERCE", "ASSAULT"),
        ("status", "factual", "reported"),
    ]
    assert {(d.one, d.other) for d in found} == {(model.id, rules.id)}
    assert found[0].quote.text == "shelled Chile"


def test_the_two_sides_the_other_way_round_are_a_disagreement_on_the_parties() -> None:
    rules = event("Peru shelled Chile", "rules/1")
    model = event("Peru shelled Chile and", "llm/m/1", source=("CHL",), target=("PER",))
    (found,) = disagreements([rules, model])
    assert (found.field, found.one_says, found.other_says) == ("parties", "CHL PER", "PER CHL")


def test_two_acts_of_one_sentence_are_not_one_act_read_in_two_ways() -> None:
    sentence = "Peru shelled Chile and Chile could recall its envoy"
    both = [
        event(sentence, "rules/1"),
        event(sentence, "rules/1", source=("CHL",), target=("BOL",), event_class="SANCTION"),
    ]
    model = [
        event(sentence[:-1], "llm/m/1"),
        event(sentence[:-1], "llm/m/1", source=("CHL",), target=("BOL",), event_class="SANCTION"),
    ]
    assert disagreements([*both, *model]) == ()
    other = event(sentence, "llm/m/1", source=("BOL",), target=("ECU",), event_class="AID")
    assert disagreements([both[0], other]) == ()


def test_one_reader_does_not_disagree_with_itself_nor_across_quotes() -> None:
    first = event("Peru shelled Chile", "rules/1")
    assert disagreements([first, event("Peru shelled", "rules/1", status="denied")]) == ()
    apart = event("Chile could recall its envoy", "llm/m/1", status="denied")
    assert disagreements([first, apart]) == ()


def test_polarity_state_and_clause_are_compared_too() -> None:
    words = "Peru may arm Bolivia"
    tie = Tie(
        a="PER", b="BOL", viewpoint="PER", strand="military", polarity="+", quotes=(quote(words),)
    )
    support = Support(
        giver="PER", receiver="BOL", level="major_arms", state="possible", quotes=(quote(words),)
    )
    pact = Agreement(
        name="pact",
        parties=("PER", "BOL"),
        clauses=(Clause("aid", "present"),),
        quotes=(quote(words),),
    )
    rules = [replace(one, id="", coder="rules/1") for one in (tie, support, pact)]
    model = [
        replace(tie, id="", coder="llm/m/1", polarity="-"),
        replace(support, id="", coder="llm/m/1", state="promised"),
        replace(pact, id="", coder="llm/m/1", clauses=(Clause("aid", "absent"),)),
    ]
    found = {(d.type, d.field, d.one_says, d.other_says) for d in disagreements([*rules, *model])}
    assert found == {
        ("tie", "polarity", "-", "+"),
        ("support", "state", "promised", "possible"),
        ("agreement", "state of aid", "absent", "present"),
    }

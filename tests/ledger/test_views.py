"""Two articles on one treaty give one agreement; taking the decision back gives two."""

import pytest

from fairweather.errors import RecordError
from fairweather.ledger import Decision, Ledger, Window, current
from fairweather.ledger.merging import best_name, merge_stages
from fairweather.records import Agreement, Claim, Document, Stage, on


@pytest.fixture
def merged(filled: Ledger, pacts: tuple[Agreement, Agreement]) -> Decision:
    decision = Decision(kind="merge", subject=pacts[1].id, object=pacts[0].id, by="rule merge/1")
    filled.add([], [decision])
    return decision


def test_one_treaty_in_two_articles_is_one_agreement_with_both_quotes(
    filled: Ledger, pacts: tuple[Agreement, Agreement], merged: Decision
) -> None:
    (view,) = current(filled, Agreement)
    assert view.id == pacts[0].id
    assert view.merged == (pacts[1].id,)
    assert len(view.quotes) == 2
    assert view.name == "Border Pact"
    assert [stage.stage for stage in view.stages] == ["promised", "signed"]
    assert [(c.obligation, c.state) for c in view.clauses] == [("defense", "absent")]


def test_before_the_second_article_the_treaty_is_only_promised(
    filled: Ledger, merged: Decision
) -> None:
    (view,) = current(filled, Agreement, Window(as_of="2021-04-30"))
    assert [stage.stage for stage in view.stages] == ["promised"]
    assert view.merged == ()


def test_a_merge_taken_back_leaves_two_agreements(filled: Ledger, merged: Decision) -> None:
    filled.add([], [Decision(kind="undo", subject=merged.id, by="a reader")])
    assert len(current(filled, Agreement)) == 2


def test_early_statements_are_not_joined_through_a_later_one(ledger: Ledger) -> None:
    texts = ("The accord was signed.", "The pact was signed.", "The accord is the pact.")
    days = ("2020-01-01", "2020-01-02", "2021-01-01")
    statements = []
    for text, day in zip(texts, days, strict=True):
        document = Document(text=text, published=on(day))
        statement = Agreement(
            quotes=(document.quote(0, len(text)),), name=text[4:10], parties=("NOR", "FIN")
        )
        ledger.add([document, statement])
        statements.append(statement)
    for early in statements[:2]:
        ledger.add([], [Decision(kind="merge", subject=early.id, object=statements[2].id)])
    assert len(current(ledger, Agreement)) == 1
    assert len(current(ledger, Agreement, Window(as_of="2020-12-31"))) == 2


def test_a_rejected_row_is_hidden_and_not_gone(
    filled: Ledger, pacts: tuple[Agreement, Agreement]
) -> None:
    filled.add([], [Decision(kind="reject", subject=pacts[0].id, by="a reader", reason="wrong")])
    assert [one.id for one in current(filled, Agreement)] == [pacts[1].id]
    assert filled.has(pacts[0].id)


def test_low_confidence_is_kept_and_filtered(ledger: Ledger) -> None:
    document = Document(text="Perhaps a deal.")
    row = Agreement(
        quotes=(document.quote(0, 15),), name="a deal", parties=("NOR", "FIN"), confidence=0.2
    )
    ledger.add([document, row])
    assert not current(ledger, Agreement)
    assert [one.id for one in current(ledger, Agreement, min_confidence=0)] == [row.id]


def test_a_claim_and_its_denial_point_at_each_other(ledger: Ledger) -> None:
    text = "Chad accused Sudan of arming rebels. Sudan denied it."
    document = Document(text=text)
    charge = Claim(
        quotes=(document.quote(0, 36),), speaker="TCD", stance="accuse", content="arming rebels"
    )
    denial = Claim(quotes=(document.quote(37, 53),), speaker="SDN", stance="deny", content="it")
    contest = Decision(kind="contest", subject=charge.id, object=denial.id, by="rule contest/1")
    ledger.add([document, charge, denial], [contest])
    first, second = current(ledger, Claim)
    assert first.contested_by == (denial.id,)
    assert second.disputes == (charge.id,)


def test_a_vague_signing_joins_the_exact_one_it_can_mean() -> None:
    stages = merge_stages(
        [Stage("signed"), Stage("signed", date=on("2001")), Stage("signed", date=on("2001-03-12"))]
    )
    assert [stage.date.since for stage in stages] == ["2001-03-12"]


def test_an_undated_promise_stands_before_the_signing_it_led_to() -> None:
    stages = merge_stages(
        [
            Stage("in_force", date=on("2025-10-02")),
            Stage("promised"),
            Stage("signed", date=on("2025-01-17")),
        ]
    )
    assert [stage.stage for stage in stages] == ["promised", "signed", "in_force"]


def test_two_extensions_in_different_years_stay_two() -> None:
    stages = merge_stages([Stage("extended", date=on("2021")), Stage("extended", date=on("2011"))])
    assert [stage.date.since for stage in stages] == ["2011", "2021"]


def test_a_full_title_names_an_agreement_better_than_a_phrase() -> None:
    assert best_name(["the treaty", "Treaty of Amity", "the treaty"]) == "Treaty of Amity"


def test_a_decision_of_no_known_kind_is_refused() -> None:
    with pytest.raises(RecordError, match="merge"):
        Decision(kind="join", subject="a")


def test_a_ratification_without_a_day_lends_no_day_its_party() -> None:
    told = [Stage("ratified", date=on("2031-05-21")), Stage("ratified", by=("PER",))]
    merged = {(one.by, one.date.since) for one in merge_stages(told)}
    assert merged == {((), "2031-05-21"), (("PER",), None)}


def test_a_ratification_of_a_year_is_not_that_of_a_day_which_names_nobody() -> None:
    told = [
        Stage("ratified", date=on("2031-05-21")),
        Stage("ratified", by=("PER",), date=on("2031")),
    ]
    assert {one.by for one in merge_stages(told)} == {(), ("PER",)}


def test_what_both_did_on_one_day_is_told_of_both() -> None:
    day = on("2031-05-21")
    told = [Stage("ratified", by=("PER",), date=day), Stage("ratified", by=("CHL",), date=day)]
    assert [one.by for one in merge_stages(told)] == [("PER", "CHL")]


def test_a_ratification_told_again_without_its_day_is_that_of_its_party() -> None:
    both = ("PER", "CHL")
    told = [Stage("ratified", by=both, date=on("2031-05-21")), Stage("ratified", by=("PER",))]
    assert [(one.by, one.date.since) for one in merge_stages(told)] == [(both, "2031-05-21")]


def test_a_signing_is_one_act_of_both_whoever_is_named_with_it() -> None:
    both = ("PER", "CHL")
    told = [Stage("signed", date=on("2031-05-21")), Stage("signed", by=both)]
    assert [(one.by, one.date.since) for one in merge_stages(told)] == [(both, "2031-05-21")]

"""What was, what is said, what is planned, what is imagined: the clause decides."""

import pytest

from fairweather.coding.grammar.clauses import find_clauses, status_of_noun
from fairweather.coding.grammar.parse import load_model

CASES = [
    # (sentence, verb of the clause, status)
    ("Norway sent two frigates to Estonia.", "sent", "factual"),
    ("The frigates were sent by Norway.", "sent", "factual"),
    ("Chad and Niger signed a treaty in 2019.", "signed", "factual"),
    ("Peru has delivered the radars.", "delivered", "factual"),
    ("Kenya kept sending fuel to its neighbour.", "sending", "factual"),
    ("Kenya managed to free the hostages.", "free", "factual"),
    ("Having signed the pact, Laos closed the border.", "closed", "factual"),
    ("Norway will send two frigates to Estonia.", "send", "planned"),
    ("Norway plans to send frigates to Estonia.", "send", "planned"),
    ("Norway is going to send frigates.", "send", "planned"),
    ("Norway has promised to send frigates.", "send", "planned"),
    ("Norway has promised to send frigates.", "promised", "factual"),
    ("The two sides agreed to hold talks in June.", "hold", "planned"),
    ("Ghana vowed to defend its ally.", "defend", "planned"),
    ("The pact is scheduled to be signed in Oslo.", "signed", "planned"),
    ("Mali is expected to leave the bloc.", "leave", "planned"),
    ("Troops went north to guard the dam.", "guard", "planned"),
    ("Norway could send frigates to Estonia.", "send", "hypothetical"),
    ("Norway might have sent frigates.", "sent", "hypothetical"),
    ("Norway may send frigates.", "send", "hypothetical"),
    ("Norway should send frigates.", "send", "hypothetical"),
    ("Norway would send frigates in that event.", "send", "hypothetical"),
    ("If Norway sends frigates, Estonia will open its ports.", "sends", "hypothetical"),
    ("If Norway sends frigates, Estonia will open its ports.", "open", "hypothetical"),
    ("Unless Norway sends frigates, Estonia stays out.", "sends", "hypothetical"),
    ("Unless Norway sends frigates, Estonia stays out.", "stays", "hypothetical"),
    ("Theoretically, Norway sends frigates.", "sends", "hypothetical"),
    ("Perhaps Norway sent frigates.", "sent", "hypothetical"),
    ("In theory, Norway can close the strait.", "close", "hypothetical"),
    ("Norway wants to close the strait.", "close", "hypothetical"),
    ("Norway hopes to close the strait.", "close", "hypothetical"),
    ("Norway threatened to close the strait.", "close", "hypothetical"),
    ("Norway asked Estonia to close the strait.", "close", "hypothetical"),
    ("Norway urged Estonia to close the strait.", "close", "hypothetical"),
    ("It is unlikely that Norway closed the strait.", "closed", "hypothetical"),
    ("It is possible that Norway closed the strait.", "closed", "hypothetical"),
    ("Norway is likely to close the strait.", "close", "hypothetical"),
    ("Norway was unable to close the strait.", "close", "hypothetical"),
    ("Norway seeks an opportunity to leave the pact.", "leave", "hypothetical"),
    ("Analysts doubt that Norway closed the strait.", "closed", "hypothetical"),
    ("Did Norway close the strait?", "close", "hypothetical"),
    ("Norway weighs whether to close the strait.", "close", "hypothetical"),
    ("Norway cannot afford to lose the strait.", "lose", "hypothetical"),
    ("Norway did not close the strait.", "close", "denied"),
    ("Norway never closed the strait.", "closed", "denied"),
    ("Norway refused to close the strait.", "close", "denied"),
    ("Norway failed to close the strait.", "close", "denied"),
    ("Norway declined to sign the pact.", "sign", "denied"),
    ("Norway avoided signing the pact.", "signing", "denied"),
    ("Norway has long delayed signing the pact.", "signing", "denied"),
    ("Norway denied that it closed the strait.", "closed", "denied"),
    ("Norway denied closing the strait.", "closing", "denied"),
    ("No country recognised the islands.", "recognised", "denied"),
    ("Norway refrained from closing the strait.", "closing", "denied"),
    ("Norway said that Estonia closed the strait.", "closed", "claimed"),
    ("Norway claims Estonia closed the strait.", "closed", "claimed"),
    ("The minister argued that Estonia closed the strait.", "closed", "claimed"),
    ("Norway insisted that Estonia had broken the truce.", "broken", "claimed"),
    ("Papers reported that Estonia closed the strait.", "closed", "reported"),
    ("Estonia reportedly closed the strait.", "closed", "reported"),
    ("According to the daily, Estonia closed the strait.", "closed", "reported"),
    ("Estonia is believed to have closed the strait.", "closed", "claimed"),
    ("Norway said Estonia would close the strait.", "close", "hypothetical"),
    ("Norway said it will close the strait.", "close", "planned"),
    ("Norway did not say that Estonia closed the strait.", "closed", "hypothetical"),
    ("Norway plans to ask Estonia to close the strait.", "close", "hypothetical"),
]


@pytest.mark.parametrize(
    ("sentence", "verb", "status"), CASES, ids=[f"{s} [{v}]" for s, v, _ in CASES]
)
def test_a_clause_has_the_status_of_its_words(sentence: str, verb: str, status: str) -> None:
    doc = load_model()(sentence)
    span = next(iter(doc.sents))
    found = {doc[c.head].text: c.status for c in find_clauses(span)}
    assert found.get(verb) == status, found


NOUNS = [
    ("Norway feared the threat of an attack by Estonia.", "attack", "hypothetical"),
    ("A possible attack was discussed in Oslo.", "attack", "hypothetical"),
    ("Norway offered fuel in exchange for a withdrawal.", "withdrawal", "hypothetical"),
    ("The attack on the port killed two.", "attack", "factual"),
    ("Norway plans an attack on the port.", "attack", "planned"),
    ("Norway denied an attack on the port.", "attack", "denied"),
    ("No attack followed.", "attack", "denied"),
    ("Norway called for a withdrawal of troops.", "withdrawal", "hypothetical"),
]


@pytest.mark.parametrize(("sentence", "noun", "status"), NOUNS)
def test_an_act_in_a_noun_inherits_the_status_of_its_company(
    sentence: str, noun: str, status: str
) -> None:
    doc = load_model()(sentence)
    span = next(iter(doc.sents))
    clauses = find_clauses(span)
    token = next(token for token in span if token.text == noun)
    assert status_of_noun(token, clauses)[0] == status

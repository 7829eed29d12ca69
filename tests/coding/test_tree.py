"""The tree of a passage says of every word what the parser says."""

import pytest

from fairweather.coding.grammar.parse import load_model, normalise
from fairweather.coding.grammar.tree import Doc, tree_of

PASSAGES = (
    "Kenya, which borders Somalia, has urged the U.N. to send 1,200 more troops by 3 May.",
    "The U.S.-ROK treaty (see below) binds both.  It was signed in 1953, not 1951!",
    "\u201cWe are ready,\u201d said Peru\u2019s envoy \u2026 \n Chile did not answer \U0001f600.",
    "  ",
    "",
)
WORDS = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_",
         "whitespace_", "text_with_ws", "is_alpha", "is_punct", "is_space", "is_title",
         "like_num", "is_sent_start")  # fmt: skip


@pytest.mark.parametrize("text", PASSAGES)
def test_every_token_is_as_the_parser_has_it(text: str) -> None:
    parsed = load_model()(normalise(text))
    tree = tree_of(parsed)
    assert (tree.text, len(tree)) == (parsed.text, len(parsed))
    for theirs, ours in zip(parsed, tree, strict=True):
        assert [getattr(ours, name) for name in WORDS] == [getattr(theirs, name) for name in WORDS]
        for name in ("children", "lefts", "rights", "ancestors", "subtree"):
            places = [token.i for token in getattr(theirs, name)]
            assert [token.i for token in getattr(ours, name)] == places
        edges = (theirs.head.i, theirs.left_edge.i, theirs.right_edge.i, theirs.sent.start)
        assert (ours.head.i, ours.left_edge.i, ours.right_edge.i, ours.sent.start) == edges
    names = [(name.start, name.end, name.label_, name.text) for name in parsed.ents]
    assert [(name.start, name.end, name.label_, name.text) for name in tree.ents] == names


@pytest.mark.parametrize("text", PASSAGES[:3])
def test_every_stretch_has_the_text_and_the_root_that_the_parser_gives_it(text: str) -> None:
    parsed = load_model()(normalise(text))
    tree = tree_of(parsed)
    for start in range(-2, len(parsed) + 2):
        for end in range(start, len(parsed) + 2):
            theirs, ours = parsed[start:end], tree[start:end]
            assert (ours.start, ours.end, ours.text) == (theirs.start, theirs.end, theirs.text)
            if len(theirs):
                assert (ours.root.i, ours[-1].i) == (theirs.root.i, theirs[-1].i)


def test_characters_are_found_in_the_tokens_that_they_touch() -> None:
    tree = tree_of(load_model()("Ghana sued Togo."))
    touched = tree.char_span(4, 8)
    assert touched is not None
    assert touched.text == "Ghana sued"
    assert tree.char_span(5, 6) is None


def test_there_is_no_neighbour_outside_the_passage() -> None:
    tree: Doc = tree_of(load_model()("Ghana sued Togo."))
    assert tree[1].nbor(-1).text == "Ghana"
    with pytest.raises(IndexError):
        tree[0].nbor(-1)
    with pytest.raises(IndexError):
        tree[3].nbor()


def test_a_title_that_is_only_cut_into_words_has_words() -> None:
    tree = tree_of(load_model().make_doc("Peru and Chile"))
    assert [token.text for token in tree[1:]] == ["and", "Chile"]
    assert [token.is_sent_start for token in tree] == [True, False, False]

"""What words mean: every closed word list of the program, as data.

Each vocabulary is one TOML file in this folder that a political scientist can edit;
`docs/vocabulary.md` shows them all.

    from fairweather.vocabulary import vocabulary

    rungs = vocabulary("rungs")
    rungs["troops"].extra["rank"]          # 9
    rungs.check("troop", where="[ties]")   # VocabularyError: ... did you mean "troops"?
"""

from fairweather.vocabulary.loader import (
    Term,
    Vocabulary,
    load_vocabulary,
    suggest,
    vocabulary,
    vocabulary_names,
)

__all__ = [
    "Term",
    "Vocabulary",
    "load_vocabulary",
    "suggest",
    "vocabulary",
    "vocabulary_names",
]

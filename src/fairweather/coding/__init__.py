"""From documents to records: who did what, what was agreed, said, foretold, given.

grammar/      a document read: sentences, names, clauses and their status
events/ agreements/ mechanisms/ speech/ outlook/ amounts/ ties/ support/
              one coder for each kind of record, on the same reading
rules.py      all of them together, as one extractor
llm/          a language model as an extractor, held to the words of the text
choosing.py   extractors by name, those of other packages too
extractor.py  the plug-in point, and the validator behind every extractor
disagreement.py  where two extractors read the same words differently
intake.py     `read`: sources to records in the ledger
"""

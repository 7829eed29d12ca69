"""From documents to records: who did what, what was agreed, said, foretold, given.

grammar/      a document read: sentences, names, clauses and their status
events/ agreements/ mechanisms/ speech/ outlook/ amounts/ ties/ support/
              one coder for each kind of record, on the same reading
rules.py      all of them together, as one extractor
extractor.py  the plug-in point, and the validator behind every extractor
intake.py     `read`: sources to records in the ledger
"""

"""Who does what to whom next: chances from fading counts of who did what to whom.

Two questions share the counts. `Forecaster`: given that A does C tomorrow, to whom? A scorer
weighs clues of every candidate into probabilities that sum to one (see scorer, clues).
`likeliest`: will A do C to B within N days? (see pair).
"""

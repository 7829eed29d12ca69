"""One story, many outlets: which documents copy, which rows pass on, which tell of one act.

Three things are told apart. A *copy* is a document that shares most of another's words; a
*relay* is a row whose sentence credits another outlet, or the statement of a speaker who is
quoted elsewhere too; a *story* is what several accounts, however independent, tell of
one act. Copies and relays are one origin and count once as evidence; accounts of a story
are shown as one cluster. All are recorded as decisions, each with its score and its reason.
"""

from fairweather.coding.stories.clustering import STORY_RULE, cluster_accounts, propose_stories
from fairweather.coding.stories.copies import COPY_RULE, Copied, propose_copies
from fairweather.coding.stories.joining import join_stories
from fairweather.coding.stories.likeness import Likeness, likeness
from fairweather.coding.stories.relays import RELAY_RULE, propose_relays

__all__ = [
    "COPY_RULE",
    "RELAY_RULE",
    "STORY_RULE",
    "Copied",
    "Likeness",
    "cluster_accounts",
    "join_stories",
    "likeness",
    "propose_copies",
    "propose_relays",
    "propose_stories",
]

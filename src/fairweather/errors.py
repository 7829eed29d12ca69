"""Every error fairweather raises on purpose, in one tree.

    FairweatherError
    ├── MisuseError            the call itself is wrong             exit 1
    │   ├── UnknownActor       a name that no actor answers to
    │   └── UnknownKey         an id, option or field that does not exist
    ├── UnreadableError        an input cannot be read              exit 2
    │   ├── SourceError        a file, feed or page
    │   ├── ServiceError       a service that was asked and did not answer
    │   ├── VocabularyError    a vocabulary file
    │   ├── ScenarioError      a scenario file
    │   └── RecordError        a record that breaks the contract
    │       └── QuoteError     a quote that is not verbatim
    ├── NothingFound           the question is fine, the answer empty   exit 3
    ├── CheckFailed            a check ran and did not pass         exit 4
    └── LedgerError            the ledger cannot be used            exit 2
        ├── LedgerTooNew       written by a later version
        └── LedgerFull         the disk took no more

A message says what was wrong, where (file, line, key) and what to do about it.
"""

from typing import ClassVar


class FairweatherError(Exception):
    """Base of the tree; `exit_code` is what the command line ends with."""

    exit_code: ClassVar[int] = 1


class MisuseError(FairweatherError):
    """The call itself is wrong: a missing argument, two that exclude each other."""


class UnknownActor(MisuseError):
    """A name or code that no actor in the vocabulary or the ledger answers to."""


class UnknownKey(MisuseError):
    """An id, option or field that does not exist."""


class UnreadableError(FairweatherError):
    """An input cannot be read as what it claims to be."""

    exit_code = 2


class SourceError(UnreadableError):
    """A file, feed or page is missing, empty, binary, too large or malformed."""


class ServiceError(UnreadableError):
    """A service that was asked gives no answer: it is down, refuses the key, sends us elsewhere."""


class VocabularyError(UnreadableError):
    """A vocabulary file holds a mistake; the message names file, key and line."""


class ScenarioError(UnreadableError):
    """A scenario file holds a mistake; the message names file and key."""


class RecordError(UnreadableError):
    """A record breaks the contract of `docs/records.md`."""


class QuoteError(RecordError):
    """A quote does not stand verbatim at its offsets."""


class NothingFound(FairweatherError):
    """The question was understood and nothing answers it."""

    exit_code = 3


class CheckFailed(FairweatherError):
    """A check ran to its end and did not pass."""

    exit_code = 4


class LedgerError(FairweatherError):
    """The ledger file cannot be opened, read or written."""

    exit_code = 2


class LedgerTooNew(LedgerError):
    """The ledger was written by a later version of fairweather."""


class LedgerFull(LedgerError):
    """The disk took no more; what was acknowledged before is kept."""

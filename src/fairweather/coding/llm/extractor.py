"""The llm extractor: a language model proposes rows, the program keeps what it can prove."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fairweather.coding.extractor import Refusal, ServiceUse
from fairweather.coding.grammar.sentence import Reading
from fairweather.coding.llm.cast import Cast
from fairweather.coding.llm.client import Answer, ChatClient, NoAnswer, Patience
from fairweather.coding.llm.grounding import Ground, Ungrounded
from fairweather.coding.llm.options import LlmOptions, endpoint
from fairweather.coding.llm.prompt import messages
from fairweather.coding.llm.records import Maker
from fairweather.coding.llm.schema import read_rows, response_format
from fairweather.coding.llm.windows import Window, windows
from fairweather.errors import RecordError, ServiceError, VocabularyError
from fairweather.records import Record

VERSION = 1
"""Of the prompt, the forms and the grounding together; a change that alters rows raises it."""

A_MILLION = 1_000_000

Announce = Callable[[str], None]


class LlmExtractor:
    """Reads window by window with the model of a chat service.

    `announce` is told who will receive the text before the first request is made.
    """

    def __init__(
        self, client: ChatClient, announce: Announce, options: LlmOptions | None = None
    ) -> None:
        self.client = client
        self.name = f"llm/{client.endpoint.model}/{VERSION}"
        self._announce = announce
        self._announced = False
        self._options = options or LlmOptions()
        self._characters = 0
        self._dates_left_out = 0
        self._tokens: tuple[int | None, int | None] = (0, 0)

    def extract(self, reading: Reading) -> Iterator[Record | Refusal]:
        """The records that the answers bear out, and what was refused.

        Raises ServiceError where the service cannot be used, or takes no window at all.
        """
        parts = windows(reading)
        self._tell(parts)
        cast = Cast(reading)
        refused = 0
        for window in parts:
            try:
                answer = self._asked(window)
            except NoAnswer as trouble:
                refused += trouble.kind == "text refused"
                yield Refusal(None, str(trouble), trouble.kind)
                continue
            yield from self._records(reading, window, cast, answer)
        if parts and refused == len(parts):
            raise ServiceError(f"{self.client.endpoint.host} refused every part of the text")

    @property
    def use(self) -> ServiceUse:
        """What was used up to now."""
        tokens_in, tokens_out = self._tokens
        return ServiceUse(
            name=self.name,
            host=self.client.endpoint.host,
            calls=self.client.calls,
            characters=self._characters,
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            cost=cost(self._options, tokens_in, tokens_out),
            dates_left_out=self._dates_left_out,
        )

    def _tell(self, parts: Sequence[Window]) -> None:
        if self._announced or not parts:
            return
        characters = sum(window.characters for window in parts)
        self._announce(
            f"{self.client.endpoint.host} will receive the text of what is read:"
            f" {characters:,} characters of the first document, in {len(parts)} requests"
            f" (model {self.client.endpoint.model})"
        )
        self._announced = True

    def _asked(self, window: Window) -> Answer:
        self._characters += window.characters
        answer = self.client.ask(messages(window), response_format())
        before_in, before_out = self._tokens
        self._tokens = (_sum(before_in, answer.tokens_in), _sum(before_out, answer.tokens_out))
        return answer

    def _records(
        self, reading: Reading, window: Window, cast: Cast, answer: Answer
    ) -> Iterator[Record | Refusal]:
        """The records of one answer, the actors new in them, and what was refused."""
        ground = Ground.under(reading, window)
        maker = Maker(ground, cast, self.name)
        try:
            for kind, row in read_rows(answer.text):
                made = _made(maker, kind, row)
                yield made
                if isinstance(made, Record):
                    yield from cast.new_in(made)
        except NoAnswer as trouble:
            reason = "the answer was cut short" if answer.cut_short else str(trouble)
            yield Refusal(None, reason, trouble.kind)
        yield from (Refusal(None, str(error), error.kind) for error in maker.left_out)
        self._dates_left_out += ground.dates_left_out


def _made(maker: Maker, kind: str, row: object) -> Record | Refusal:
    """The record of a row, or why there is none; never in the model's own words."""
    try:
        return maker.record(kind, row)
    except Ungrounded as error:
        return Refusal(None, f"{kind}: {error}", error.kind)
    except (RecordError, VocabularyError):
        return Refusal(None, f"{kind}: breaks the contract", "breaks the contract")


def cost(options: LlmOptions, tokens_in: int | None, tokens_out: int | None) -> float | None:
    """What the tokens cost at the prices given; None where something is not known."""
    if options.price_in is None or options.price_out is None:
        return None
    if tokens_in is None or tokens_out is None:
        return None
    return (tokens_in * options.price_in + tokens_out * options.price_out) / A_MILLION


def _sum(before: int | None, more: int | None) -> int | None:
    """Tokens up to now; not known any more once an answer did not tell."""
    return None if before is None or more is None else before + more


def make_llm_extractor(
    options: LlmOptions, announce: Announce | None = None, patience: Patience | None = None
) -> LlmExtractor:
    """The extractor of options and environment; without `announce` it says it on stderr.

    Raises MisuseError for what is missing: address, model, or httpx itself.
    """
    client = ChatClient(endpoint(options), patience)
    return LlmExtractor(client, announce or _on_stderr, options)


def _on_stderr(message: str) -> None:
    import sys

    sys.stderr.write(f"{message}\n")

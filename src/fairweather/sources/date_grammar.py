"""The shapes that dates take in English, as one compiled pattern.

Each alternative is a named group, and `match.lastgroup` names the one that matched. Shapes
only: whether "March" is a month and "1992" a year is decided in `date_candidates.py`.
"""

from __future__ import annotations

import re

from fairweather.sources.lexicon import any_of
from fairweather.vocabulary.lexicon import tables

SPACE = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"
"""White space with at most one line break: wrapped lines are one sentence."""

MONTH_NUMBERS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
WEEKDAY_NUMBERS = {
    name: number for number, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
}
# fmt: off
_FULL_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]
_ONES = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
_ORDINAL_WORDS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third",
    "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth",
    "twenty-ninth", "thirtieth", "thirty-first",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# fmt: on
NUMBER_WORDS = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)},
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "a dozen": 12,
    "a hundred": 100,
    "half a": 0,
}

_ANY_CASE = [*_FULL_MONTHS, *(name.upper() for name in _FULL_MONTHS)]
_SHORT_MONTHS = [name.title() for name in MONTH_NUMBERS] + ["Sept"]
_SHORT_MONTHS += [name.upper() for name in _SHORT_MONTHS]
_BARE_MONTH = rf"(?:{'|'.join(_ANY_CASE)}|(?:{'|'.join(_SHORT_MONTHS)})\.)(?![A-Za-z])"
_MONTH = rf"(?:{'|'.join(_ANY_CASE)}|(?:{'|'.join(_SHORT_MONTHS)})\.?)(?![A-Za-z])"

_ORDINAL = r"(?:(?:st|nd|rd|th)\b|<sup>(?:st|nd|rd|th)</sup>)?"
_DAY = rf"(?:3[01]|[12]\d|0?[1-9])(?!\d){_ORDINAL}(?![\w%]|,\d{{3}}(?!\d)|[.:]\d|-[a-z])"
_YEAR = r"(?:1\d|20|21)\d\d(?![\w%]|,\d{3}(?!\d)|\.\d|-[A-Za-z])"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?![A-Za-z])"
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?)"
_NUMBER = (
    r"(?i:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]{3,5})?|"
    rf"{'|'.join(sorted(_ONES, key=len, reverse=True))}|a couple of|a dozen|a hundred|half a|an?)"
)

JOIN = rf"(?:[^\S\n]*[-–—‒−][^\S\n]*|{SPACE}(?:to|through|thru|until|till){SPACE})"
"""What stands between the two ends of a stretch of time."""

_OF = rf"(?:,?{SPACE}(?:of{SPACE})?)"
_REL_YEAR = r"(?:this|last|next|that|the same)"
_UNIT = r"(?:day|week|fortnight|month|year|decade)"
_DAY_IN_WORDS = rf"(?i:{'|'.join(sorted(_ORDINAL_WORDS, key=len, reverse=True))})"


def _full_date_lead(group: str) -> str:
    return rf"(?:(?P<{group}>{_ANY_WEEKDAY}),?{SPACE}(?:the{SPACE})?)?"


_ISO = r"(?P<iso>(?P<iso_y>\d{4})([-/])(?P<iso_m>\d\d?)\3(?P<iso_d>\d\d?)(?=T\d\d|[^\d\w]|$))"
_NUMERIC = (
    r"(?P<numeric>(?P<nu_a>\d{1,2})(?P<nu_s>[./])(?P<nu_b>\d{1,2})(?P=nu_s)(?P<nu_y>\d{4})"
    r"(?![\w]|\.\d))"
)
_MONTH_DAY = (
    rf"(?P<month_day>{_full_date_lead('md_w')}(?P<md_m>{_MONTH})(?:{SPACE}|(?<=\.))(?:the{SPACE})?"
    rf"(?P<md_d>{_DAY})(?:(?P<md_j>{JOIN}|{SPACE}and{SPACE})(?P<md_l>{_DAY})(?!{SPACE}{_MONTH}))?"
    rf"(?:(?:,{SPACE}?|{SPACE})(?:of{SPACE})?(?P<md_y>{_YEAR}))?"
    rf"(?:{_OF}(?P<md_r>{_REL_YEAR}){SPACE}year)?)"
)
_DAY_MONTH = (
    rf"(?P<day_month>{_full_date_lead('dm_w')}"
    rf"(?P<dm_d>{_DAY}|{_DAY_IN_WORDS}(?={SPACE}(?:day{SPACE})?of{SPACE}))"
    rf"(?:(?P<dm_j>{JOIN}|{SPACE}and{SPACE})(?:the{SPACE})?(?P<dm_l>{_DAY}))?"
    rf"(?:{SPACE}(?:day{SPACE})?of{SPACE}|{SPACE}|-)(?P<dm_m>{_MONTH})"
    rf"(?:(?:,{SPACE}?|{SPACE}|-)(?:of{SPACE})?(?P<dm_y>{_YEAR}))?"
    rf"(?:{_OF}(?P<dm_r>{_REL_YEAR}){SPACE}year)?)"
)
_PART_WORDS = (
    r"(?i:early|mid|late|end(?=-)|(?:beginning|start|middle|end|close|first\s+half|"
    r"second\s+half|(?:first|last)\s+(?:two|three|four|five|six|nine|ten)\s+months)\s+of)"
)
_PART = (
    rf"(?P<part>(?P<pa_w>{_PART_WORDS})(?:-|{SPACE})(?:in{SPACE})?(?:"
    rf"(?P<pa_m>{_MONTH})(?:{_OF}(?P<pa_y>{_YEAR})|{_OF}(?P<pa_r>{_REL_YEAR}){SPACE}year|"
    rf"(?!{SPACE}{_DAY}))|"
    rf"(?P<pa_year>{_YEAR})|(?:the{SPACE})?(?P<pa_dec>(?:1\d|20)\d0)[’']?s(?!\w)|"
    rf"(?P<pa_rel>this|last|next|that|the){SPACE}(?P<pa_u>week|month|year|decade)(?![\w-])))"
)
_MONTHS = (
    rf"(?P<months>(?P<ms_a>{_MONTH})(?:{JOIN}|{SPACE}and{SPACE}(?={_MONTH}{_OF}{_YEAR}))"
    rf"(?P<ms_b>{_MONTH})(?!{SPACE}{_DAY})(?:{_OF}(?P<ms_y>{_YEAR}))?)"
)
_MONTH_YEAR = rf"(?P<month_year>(?P<my_m>{_MONTH}){_OF}(?P<my_y>{_YEAR}))"
_BARE = (
    rf"(?P<month>(?:(?P<mo_r>(?i:last|next|this|previous|this\s+past|this\s+coming)){SPACE})?"
    rf"(?P<mo_m>{_BARE_MONTH})(?:{_OF}(?P<mo_y>{_REL_YEAR}){SPACE}year)?)"
)
_QUARTER = (
    r"(?P<quarter>(?:Q(?P<qu_n>[1-4])|"
    r"(?P<qu_w>(?i:first|second|third|fourth|final|last))[ -]quarter)"
    rf"(?:{_OF}(?:(?P<qu_y>{_YEAR})|(?P<qu_r>{_REL_YEAR}|the){SPACE}year))?(?!\w))"
)
_SEASON = (
    rf"(?P<season>(?:(?P<se_r>(?i:last|this|next)){SPACE})?"
    rf"(?P<se_n>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:(?:{SPACE}of)?{SPACE}"
    rf"(?:(?P<se_y>{_YEAR})|(?P<se_ry>{_REL_YEAR}){SPACE}year)(?:[-–/](?P<se_z>(?:\d\d)?\d\d)(?!\d))?)?)"
)
_YEARS = (
    r"(?P<years>(?P<ys_a>(?:1[5-9]|20|21)\d\d)\s?[-–—/‒]\s?"
    r"(?P<ys_b>(?:1[5-9]|20|21)\d\d|\d\d|present|today|now)(?![\w%]|[-–][A-Za-z\d]|,\d{3}))"
)
_DECADE = r"(?P<decade>(?:(?P<de_y>(?:1[5-9]|20)\d0)[’']?|[’'‘](?P<de_s>[1-9]0))s(?!\w))"
_YEAR_ALONE = rf"(?P<year>(?P<yr>{_YEAR}))"
_WEEKDAY_ALONE = (
    rf"(?P<weekday>(?:(?P<wd_r>(?i:last|next|this|coming|this\s+past|this\s+coming|previous|"
    rf"following)){SPACE})?(?P<wd>{_WEEKDAY}))"
)
_DAY_WORD = (
    r"(?P<dayword>(?i:today|yesterday|tomorrow|tonight|last\s+night|this\s+(?:morning|afternoon|"
    r"evening)|day\s+before\s+yesterday|day\s+after\s+tomorrow)(?!\w))"
)
_UNIT_WORD = (
    r"(?P<unit>(?P<un_e>(?i:earlier|later)\s+(?:the\s+)?)?"
    r"(?P<un_r>(?i:this|last|next|past|previous|preceding|current|coming|following|that|same))"
    r"\s+(?:very\s+|same\s+)?(?P<un_u>day|week|weekend|fortnight|month|quarter|year|decade)(?![\w-]))"
)
_AGO = (
    r"(?P<ago>(?P<ag_q>(?i:more\s+than|over|less\s+than|under|nearly|almost|up\s+to)\s+)?"
    rf"(?P<ag_n>{_NUMBER})(?P<ag_h>{SPACE}and{SPACE}a{SPACE}half)?(?:{SPACE}|-)"
    rf"(?P<ag_u>{_UNIT}|century|centurie)s?(?P<ag_i>{SPACE}and{SPACE}a{SPACE}half)?"
    rf"(?:{SPACE}and{SPACE}(?P<ag_m>{_NUMBER}){SPACE}months?)?{SPACE}"
    r"(?P<ag_w>ago|later|earlier|before|prior|afterwards?|hence|from\s+now)(?!\w))"
)
_LONG_AGO = (
    r"(?P<longago>(?i:(?:a\s+few|several|some|many|a\s+number\s+of)\s+)?"
    r"(?i:days|weeks|months|years|decades|centuries)\s+ago(?!\w))"
)
_AHEAD = (
    rf"(?P<ahead>(?P<ah_w>(?i:in|within)){SPACE}(?P<ah_n>{_NUMBER}){SPACE}(?P<ah_u>{_UNIT})s?"
    r"(?P<ah_t>[’']?\s+time)?(?![\w’'-]))"
)
_BEFORE_LAST = (
    r"(?P<beforelast>(?P<bl_u>(?i:week|month|year))\s+"
    r"(?P<bl_w>(?i:before\s+last|after\s+next))(?!\w))"
)
_WEEKEND = r"(?P<weekend>weekend(?!\w))"
_YEAR_END = r"(?P<yearend>(?P<ye_u>(?i:year|month))(?:[- ]end|[’']s\s+end)(?!\w))"
_FISCAL = (
    r"(?P<fiscal>(?:(?i:fiscal(?:\s+year)?|financial\s+year)\s+|FY\s?)"
    r"(?P<fi_a>(?:19|20)\d\d)(?:\s?[-/–]\s?(?P<fi_b>(?:19|20)?\d\d))?(?![\d%]))"
)
_HALF = rf"(?P<half>H(?P<ha_n>[12])\s?(?P<ha_y>{_YEAR}))"
_CENTURY = (
    r"(?P<century>(?:(?P<ce_p>(?i:early|mid|late))(?:-|\s+))?"
    rf"(?:(?P<ce_n>\d{{1,2}})(?:st|nd|rd|th)|(?P<ce_w>{_DAY_IN_WORDS}))\s+century(?!\w))"
)
NAMED_DAYS: dict[str, list[int]] = tables("reading_time")["named_days"]["days"]
_NAMED = (
    rf"(?P<named>(?P<na_n>{any_of(NAMED_DAYS).replace(chr(39), '[’' + chr(39) + ']')})"
    rf"(?!\w)(?:,?{SPACE}(?:of{SPACE})?(?P<na_y>{_YEAR}))?)"
)
_SPAN = (
    r"(?P<span>(?P<sp_w>(?i:past|last|previous|preceding|next|coming|following|"
    rf"recent))\s+(?:(?P<sp_n>{_NUMBER})(?P<sp_h>\s+and\s+a\s+half)?\s+|(?P<sp_f>(?:few|several|couple\s+of|many)\s+)?)"
    rf"(?P<sp_u>{_UNIT})s(?!\w))"
)

_NAMES = [*MONTH_NUMBERS, *WEEKDAY_NUMBERS]
_CAPITAL_HEADS = "|".join([*map(str.title, _NAMES), *map(str.upper, _NAMES)])
_NAMED_HEADS = "|".join(sorted({name[:3] for name in NAMED_DAYS}))
_OTHER_HEADS = (
    "tod|yes|tom|ton|las|nex|thi|pas|pre|cur|com|fol|tha|sam|rec|ear|lat|mid|beg|star|end|clo|"
    "fif|eig|nin|twe|fir|sec|fou|day|year|week|month|in\\s|with|fis|fin|sev|som|man|spr|sum|aut|fal|win|mor|ove|les|und|nea|alm|up\\s|hal|"
    "one|two|thr|fiv|six|sev|eig|nin|ten|ele|twe|fif|for|"
    "an?\\s(?:few|num|cou|doz|hun|day|wee|for|mon|yea|dec|cen)"
)
_HEAD = rf"(?=[\d’'‘]|Q[1-4]|H[12]|FY|{_NAMED_HEADS}|{_CAPITAL_HEADS}|(?i:{_OTHER_HEADS}))"
"""The first letters of every shape: most words are passed over after one look."""

DATE = re.compile(
    rf"(?<![\w$€£¥#@/.,=&])(?<![A-Za-z]-){_HEAD}(?:"
    + "|".join(
        (
            _ISO,
            _NUMERIC,
            _NAMED,
            _CENTURY,
            _FISCAL,
            _HALF,
            _PART,
            _MONTH_DAY,
            _DAY_MONTH,
            _MONTHS,
            _MONTH_YEAR,
            _AGO,
            _LONG_AGO,
            _AHEAD,
            _BEFORE_LAST,
            _YEAR_END,
            _YEARS,
            _DECADE,
            _YEAR_ALONE,
            _QUARTER,
            _SEASON,
            _SPAN,
            _DAY_WORD,
            _UNIT_WORD,
            _WEEKEND,
            _WEEKDAY_ALONE,
            _BARE,
        )
    )
    + ")"
)
"""Any shape of date. Anything glued to a letter, currency sign or path is none."""


def month_number(name: str) -> int:
    """1 to 12 for any spelling the pattern lets through."""
    return MONTH_NUMBERS[name[:3].lower()]


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 (Sunday) for any spelling the pattern lets through."""
    return WEEKDAY_NUMBERS[name[:3].lower()]


def number(written: str) -> int:
    """The value of "12", "nine", "a couple of" or "twenty-five"; 0 for "half a"."""
    plain = " ".join(written.lower().split())
    if plain.isdigit():
        return int(plain)
    tens, _, ones = plain.partition("-")
    return NUMBER_WORDS.get(plain) or NUMBER_WORDS.get(tens, 0) + NUMBER_WORDS.get(ones, 0)


def ordinal(written: str) -> int:
    """1 to 31 for "first" to "thirty-first"."""
    return _ORDINAL_WORDS.index(written.lower()) + 1


def day_number(written: str) -> int:
    """The day of the month in "5", "05", "5th", "5<sup>th</sup>" or "fifth"."""
    if written[0].isalpha():
        return ordinal(written)
    return int(written[:2] if written[:2].isdigit() else written[0])

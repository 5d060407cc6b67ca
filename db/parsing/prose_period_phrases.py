"""How sentences write the periods that they name: one alternative a way of saying, the longer ones first."""

from __future__ import annotations

_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_ORDINAL = "first|second|third|fourth|1st|2nd|3rd|4th"
_YEAR = r"(?:19|20)\d\d"
_SHORT_YEAR = rf"(?:{_YEAR}|\d\d)\b"
_OTHER_YEAR = r"this\s+year|last\s+year|the\s+year|next\s+year|the\s+prior\s+year|the\s+previous\s+year"
_AGO = r"(?:a|one)\s+year\s+(?:ago|earlier)"
_ALIKE = "same|comparable|comparative|corresponding|equivalent"
_BEFORE = "year[ -]ago|year[ -]earlier|prior[ -]year"
PHRASES = (  # the first that fits at a place wins, so the longer ones come first
    r"(?P<ended>(?:(?P<both>three(?:\s+months)?|quarters?)\s+and\s+)?"
    rf"(?:(?:{_ORDINAL})[ -](?:fiscal\s+)?(?=quarter))?"
    r"(?:(?P<n>three|six|nine|twelve|3|6|9|12)[ -]months?|(?P<span>quarters?|half[ -]year|year|period))"
    r"(?:\s+periods?)?\s+(?:ended|ending|(?<!period\s)to)\s+(?:(?P<ed0>\d\d?)\s+)?"
    rf"(?P<em>{_MONTH})\b\.?(?:\s+(?P<ed>\d\d?)(?!\d))?,?\s*(?P<ey>{_YEAR})"
    rf"(?:\s+(?:and|compared\s+(?:to|with))\s+(?P<ey2>{_YEAR}))?)",
    r"(?P<both2>\b(?:the\s+)?(?:"
    rf"(?P<bo>{_ORDINAL})[ -]quarter\s+and\s+(?:full|fiscal|whole)?[ -]?year"
    rf"|(?:full|fiscal|whole)?[ -]?year\s+and\s+(?P<bo2>{_ORDINAL})[ -]quarter)\s+"
    rf"(?:of\s+|(?:ended|ending)\s+(?:\d\d?\s+)?(?:{_MONTH})\b\.?(?:\s+\d\d?)?,?\s*)?(?P<by2>{_YEAR}))",
    r"(?P<quarter>(?:(?P<lastyear>last\s+year['’]s|(?:the\s+)?prior\s+year['’]s)\s+)?"
    rf"(?:(?:fiscal\s+)?(?P<qy0>{_YEAR})(?:['’]s)?\s+)?\b(?P<o>{_ORDINAL})[ -](?:fiscal\s+)?quarter(?:['’]s)?"
    rf"(?:,?\s+(?:of\s+)?(?:(?:fiscal\s+(?:year\s+)?)?(?P<qy>{_YEAR})|(?P<qrel>{_OTHER_YEAR})))?)",
    rf"(?P<monthly>\b(?P<mqm>{_MONTH})\s+(?:(?P<mqy0>{_YEAR})\s+)?quarter\b(?:,?\s+(?:of\s+)?(?P<mqy>{_YEAR}))?)",
    rf"(?P<that>(?:the\s+)?(?:(?:{_ALIKE})\s+)?(?P<ty>{_YEAR})\s+"
    r"(?:(?P<tn>three|six|nine|twelve)[ -]months?\s+)?(?:quarter|period)\b)",
    rf"(?P<months>(?:\b{_YEAR}\s+)?(?P<mfirst>first\s+)?(?P<mn>six|nine|twelve)[ -]months?(?:\s+periods?)?"
    rf"(?:\s+(?:of|in)\s+(?:fiscal\s+)?(?P<my1>{_YEAR}))?)",
    rf"(?P<half>(?P<hn>first|second|latter)\s+half(?:\s+of\s+(?:(?:fiscal\s+)?(?P<hy>{_YEAR})|{_OTHER_YEAR}))?)",
    rf"(?P<todate>\b(?:(?P<ytd>{_YEAR})\s+(?:ytd|year[- ]to[- ]date)"
    rf"|(?:ytd|year[- ]to[- ]date)(?:\s+(?P<ytd2>{_YEAR}))?)\b)",
    r"(?P<long>\b(?:past|last|next|previous|prior|coming|recent)\s+(?:\w+[ -]){0,2}"
    r"(?:years|months|quarters|decades?|century)\b"
    r"|\bfirst\s+\w+\s+(?:weeks|days)\b(?:\s+of\s+\w+)?(?:\s+(?:19|20)\d\d)?"
    r"|\b(?:over|for|within|first)\s+(?:the\s+)?(?!the\b|fiscal\b|both\b|calendar\b)(?:\w+[ -]){1,2}"
    r"(?:years|decades)\b)",
    rf"(?P<years>\b{_YEAR}\s*(?:-|–|to|through|until)\s*(?:{_YEAR}|\d\d\b)|\b{_YEAR}s\b"
    rf"|\bsince\s+(?:(?:{_MONTH})\b\.?\s*)?(?:\d\d?,\s*)?(?:{_YEAR})?(?<=\w)(?<!since)"
    rf"|\bbetween\s+{_YEAR}\s+and\s+{_YEAR}\b)",
    r"(?P<before>(?:the\s+)?(?:preceding|previous|prior|last|immediately\s+preceding)\s+(?:fiscal\s+)?quarter\b"
    r"(?!['’]|\s+of\b))",
    rf"(?P<code>\b(?:(?P<cy0>{_YEAR})\s+q(?P<cq0>[1-4])\b|q(?P<cq>[1-4])(?:\s*[-/]?\s*|\s+of\s+)(?P<cy>{_YEAR})"
    rf"|(?P<cq2>[1-4])q\s*(?:of\s+)?(?P<cy2>{_SHORT_YEAR})|q(?P<cq3>[1-4])\b))",
    rf"(?P<halfcode>\b(?:h(?P<hc>[12])\s*(?:fy\s*)?(?P<hcy>{_SHORT_YEAR})|(?P<hc2>[12])h\s*(?P<hcy2>{_SHORT_YEAR})))",
    rf"(?P<fy>\bfy\s*['’]?(?P<fyy>{_SHORT_YEAR}))",
    rf"(?P<prior>(?:the\s+)?(?:{_ALIKE}|{_BEFORE})\s+(?:quarter|period)"
    rf"(?:\s+(?:of|in|a|one)?\s*(?:(?P<py>{_YEAR})|last\s+year|the\s+(?:prior|previous)\s+year|year\s+(?:ago|earlier)))"
    rf"|{_AGO}|(?:the\s+)?(?:{_BEFORE})\s+(?:(?:{_ALIKE})\s+)?(?:quarter|period)"
    rf"|(?:the\s+)?(?:{_ALIKE})\s+(?:quarter|period)\s+of\s+(?:last|the\s+(?:prior|previous))\s+year"
    rf"|(?:the\s+)?(?:{_ALIKE})\s+prior[ -]year\s+(?:quarter|period)"
    rf"|(?:last|(?:the\s+)?(?:prior|previous))\s+year['’]s\s+(?:(?:{_ALIKE})\s+)?(?:quarter|period))",
    r"(?P<same>(?:the\s+)?same\s+(?:quarter|period))",
    r"(?P<this>(?:the|this|current)\s+quarter\b(?!\s+(?:of\b|ended|ending|to\s+\d|and\s+\w+\s+months)))",
    rf"(?P<day>\b(?P<dm>{_MONTH})\.?\s+(?P<dd>\d\d?)(?!\d)(?:,?\s+(?P<dy>{_YEAR}))?"
    rf"|\b(?P<dd0>\d\d?)\s+(?P<dm0>{_MONTH})\b\.?,?\s+(?P<dy0>{_YEAR}))",
    rf"(?P<close>\b(?:end|close)\s+of\s+(?P<lm>{_MONTH})\b\.?,?\s+(?P<ly>{_YEAR}))",
    rf"(?P<yearend>\b(?:end|close)\s+of\s+(?:the\s+)?(?P<ye>{_YEAR})\b(?!\s+(?:first|second|third|fourth|quarter)))",
    rf"(?P<month>\b(?:in|since|during)\s+(?P<mm>{_MONTH})\b(?:,?\s+(?P<my>{_YEAR}))?)",
    rf"(?P<bare>\b(?P<bm>{_MONTH})\b\.?,?\s+(?P<by>{_YEAR}))",
    r"(?P<relyear>\b(?P<rel>this|next|last|the\s+prior|the\s+previous|the\s+preceding|the)\s+year\b"
    r"(?!['’]s|\s+(?:ended|ending|to|before|comparable|corresponding|same|earlier|period|quarter|of\s+(?:19|20)\d\d))"
    r"|\bannual\b|\b(?:full|fiscal)[ -]year\b(?!\s+(?:19|20)\d\d))",
    rf"(?P<year>(?<![\d,.$-])(?P<fiscal>fiscal\s+(?:year\s+)?)?(?P<yy>{_YEAR})(?!\d|,\d|-|\.\d))",
)
# They all begin with a word that begins so: looking there alone takes a tenth of the time.
BEGINNING = (
    rf"(?:{_MONTH}|{_ORDINAL}|quarter|year|period|half|three|six|nine|twelve|latter|preceding|previous|prior"
    r"|immediately|same|comparable|comparative|corresponding|equivalent|last|this|current|next|since|during|annual"
    r"|full|fiscal|past|recent|coming|whole|ytd$|(?:the|one|a|in|end|close|over|for|between)$|q[1-4]|[1-4]q|h[12]"
    r"|fy|1?[2369](?!\d)|\d\d?$|[12]h|19|20)"
)

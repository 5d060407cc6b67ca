"""Every error that Stope raises on purpose, in one tree.

StopeError
├── LexiconError      a block of the lexicon, or a taught phrase, contradicts another
├── ReadError         a file that can't be read as a filing
├── StoreError        a store that can't be opened, written or read
│   └── StoreMissing  there is no store at that path
├── QueryRefused      SQL that the guard doesn't let through
├── TimeLimit         a question that took longer than it may
├── FetchError        a document that the SEC's servers did not give, or not whole
│   ├── FetchMissing  there is nothing at that address
│   └── FetchRefused  they refuse this user: trying the next document is no use
└── UsageError        a command that was called with words that don't fit

A message says what is wrong, where, and what to do; it is shown to a person as it stands.
"""


class StopeError(Exception):
    """Anything that Stope raises on purpose."""


class LexiconError(StopeError):
    """A block of the lexicon, or a taught phrase, contradicts another."""


class ReadError(StopeError):
    """A file that can't be read as a filing."""


class StoreError(StopeError):
    """A store that can't be opened, written or read."""


class StoreMissing(StoreError):
    """There is no store at that path."""


class QueryRefused(StopeError):
    """SQL that the guard doesn't let through."""


class TimeLimit(StopeError):
    """A question that took longer than it may."""


class FetchError(StopeError):
    """A document that the SEC's servers did not give, or not whole."""


class FetchMissing(FetchError):
    """There is nothing at that address."""


class FetchRefused(FetchError):
    """The SEC's servers refuse this user: trying the next document is no use."""


class UsageError(StopeError):
    """A command that was called with words that don't fit."""

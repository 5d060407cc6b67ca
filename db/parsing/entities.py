"""Mines, segments and the company: found in headings and text by how they are named, never from a list of names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from db.model import EntityKind, Paragraph
from grammar.chunks import remembered
from grammar.lexicon import lexicon, places
from grammar.prose_words import words as listed
from grammar.records import record
from grammar.words import phrase_key

KINDS = r"units?|mines?|operations?|segments?|projects?|propert(?:y|ies)|divisions?|complex|districts?|joint venture"
_KIND = re.compile(KINDS, re.IGNORECASE)
HEADED = re.compile(
    rf"^(?:the\s+)?(?P<name>[^\W\d_][\w.'’&/-]*(?:\s+[\w.'’&/-]+){{0,4}}?)\s+(?P<kind>{KINDS})\s*$", re.IGNORECASE
)
_REST = r"[\w’'.-]{1,24}(?<![.-])"
_NAME_WORD = rf"(?:(?:[dDlL]['’])?[A-ZÀ-Þ]{_REST}|[A-Z])"
_METAL = (
    r"(?:[a-z]+-)?(?:silver|gold|copper|lead|zinc|platinum|palladium|nickel|uranium|coal"
    r"|iron|molybdenum|underground|open[- ]pit|polymetallic)"
)
IN_TEXT = re.compile(
    # Its first letter comes first: what stands before that is asked of few places.
    rf"(?P<name>[A-ZÀ-Þdl](?<![\w'’].)(?:(?<=[dDlL])['’][A-ZÀ-Þ]{_REST}|(?<=[A-ZÀ-Þ]){_REST}|(?<=[A-Z]))"
    rf"(?: (?:{_NAME_WORD}|de|del|la|el|of|do|da|du|des)){{0,4}})"
    rf"(?:[ -]{_METAL}){{0,3}} (?P<kind>[Mm]ines?"
    rf"|[Uu]nit|[Oo]perations?|[Ss]egment|[Pp]roject|[Pp]roperty|[Cc]omplex)\b"
)
KINDS_IN_TEXT = tuple(  # IN_TEXT finds nothing where none of them stands
    f" {kind}"
    for word in ("mine", "unit", "operation", "segment", "project", "property", "complex")
    for kind in (word, word.capitalize())
)
SHARE = re.compile(r"(?P<share>\d{1,3}(?:\.\d+)?)\s?%\s?\*?\s*(?P<word>basis)?", re.IGNORECASE)
_WHERE = re.compile(r"\s+[-\u2013\u2014]\s+|,\s+")  # parts a name from where that lies: Zeolite Division - Idaho
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*")


@record
class Entity:
    """Whose figure it is; ``basis`` is the share that the heading or label says figures are for."""

    name: str
    kind: EntityKind
    basis: str | None = None


@dataclass(slots=True)
class Entities:
    """The names that a filing's headings and text give, by their key; ``company`` is whose filing it is."""

    company: str | None
    known: dict[str, Entity] = field(default_factory=dict)
    metals: dict[str, str] = field(default_factory=dict)
    segments: dict[str, str] = field(default_factory=dict)  # by their key, as columns of tables of segments name them
    _read: dict[tuple[str, bool], Entity | None] = field(default_factory=dict)
    _read_with: int = 0

    def _remembered(self, text: str, heading: bool) -> Entity | None:
        """What a text names, read once as long as no name is added."""
        if self._read_with != len(self.known):
            self._read, self._read_with = {}, len(self.known)
        key = text, heading
        if key not in self._read:
            self._read[key] = self._of_heading(text) if heading else self._of_label(text)
        return self._read[key]

    def learn_text(self, paragraphs: list[Paragraph]) -> None:
        """Names of mines in running text: ``the Blue Fox silver mine``; and what they mine."""
        for paragraph in paragraphs:
            if not any(kind in paragraph.text for kind in KINDS_IN_TEXT):
                continue
            for match in IN_TEXT.finditer(paragraph.text):
                name = self._name_in_text(match)
                if name:
                    kind: EntityKind = "segment" if is_metal(name) else _kind(match["kind"])
                    if kind == "segment" and not is_metal(name):
                        continue
                    self.known.setdefault(key_of(name), Entity(name, kind))
                    metal = next(
                        (m for word in match[0][len(match["name"]) :].split() if (m := lexicon().metal_of(word))), None
                    )
                    if metal and kind == "mine":
                        self.metals.setdefault(name, metal)

    def _name_in_text(self, match: re.Match[str]) -> str:
        words = match["name"].split()
        while words and (words[0].lower() in listed("mines", "before") or words[0].endswith(("'s", "’s", "s'", "s’"))):
            words = words[1:]
        if match["kind"].lower().startswith("operation") and not is_metal(" ".join(words)):
            return ""
        name = " ".join(words)
        if not name or len(words) > 4 or key_of(name).split()[-1:] == [] or not _is_name(name):
            return ""
        return name

    def of_heading(self, text: str) -> Entity | None:
        """The entity that a heading names, None where it names none."""
        return self._remembered(text, True)

    def of_label(self, label: str) -> Entity | None:
        """The entity that the label of a row or column names, None where it names none."""
        return self._remembered(label, False)

    def _of_heading(self, text: str) -> Entity | None:
        """The entity that a heading names: ``BLUE FOX UNIT (REFLECTS ... 29.73% SHARE)``; learned for later rows."""
        bare, match = _headed(text)
        found: Entity | None = None
        if match and _is_name(match["name"]):
            name = self._spelled(match["name"])
            found = Entity(name, "segment" if is_metal(name) else _kind(match["kind"]))
            known = self.known.setdefault(key_of(name), found)
            if known.kind != found.kind and found.kind == "mine":
                self.known[key_of(name)] = found
        elif key_of(bare) in self.known and not is_metal(bare):
            found = self.known[key_of(bare)]
        if found is None:
            return None
        return Entity(found.name, found.kind, basis_in(text))

    def _of_label(self, label: str) -> Entity | None:
        """The entity that a row's label names alone: ``Blue Fox (29.73%)``, ``Gold operations``."""
        bare, match = _headed(label)
        if (
            match
            and _is_name(match["name"])
            and (
                is_metal(match["name"])
                or key_of(match["name"]) in self.known
                or match["kind"].lower() in ("mine", "unit", "division", "segment")
            )
        ):
            name = self._spelled(match["name"])
            kind: EntityKind = "segment" if is_metal(name) else _kind(match["kind"])
            return Entity(name, kind, basis_in(label))
        known = self.known.get(key_of(bare))
        if known is not None and not is_metal(bare):
            return Entity(known.name, known.kind, basis_in(label))
        return None

    def _spelled(self, name: str) -> str:
        """The name as the text writes it, else each word with a capital."""
        known = self.known.get(key_of(name))
        if known is not None:
            return known.name
        return title_case(name) if name.isupper() or name.islower() else name


@remembered
def key_of(name: str) -> str:
    """The form in which names are compared."""
    return " ".join(re.findall(r"[\w'’&-]+", name.lower())).replace("’", "'")


@remembered
def _headed(text: str) -> tuple[str, re.Match[str] | None]:
    """A heading or label without what stands in brackets, and what it is by its form: name and kind."""
    bare = " ".join(_BRACKETS.sub(" ", text).split()).strip(" :-")
    name, parted, place = (part.strip() for part in _WHERE.sub("|", bare, count=1).partition("|"))
    if parted and places().get(phrase_key(place)):
        bare = name
    return bare, HEADED.match(bare)


def bare_name(text: str) -> str:
    """A heading or label without what stands in brackets behind it: ``Blue Fox (29.73%)`` -> ``Blue Fox``."""
    return _headed(text)[0]


@remembered
def names_entity(text: str) -> bool:
    """Whether a heading is by its form the name of a mine, a unit or a segment, whatever its name."""
    match = _headed(text)[1]
    return match is not None and _is_name(match["name"])


def basis_in(text: str) -> str | None:
    """The share that figures are for, as ``29.73% share`` (or ``100% basis``), None where no per cent stands there."""
    match = SHARE.search(text)
    if not match:
        return None
    return f"{match['share']}% {'basis' if match['word'] else 'share'}"


@remembered
def is_metal(name: str) -> bool:
    """Whether a name is that of a metal: such a unit is a segment."""
    return lexicon().metal_of(name) is not None


def ends_no_name(word: str) -> bool:
    """Whether no name of a mine or segment begins or ends with a word (in lower case)."""
    return word in listed("mines", "edges")


@remembered
def _is_name(name: str) -> bool:
    words = re.findall(r"[\w'’]+", name.lower())
    return (
        bool(words)
        and _KIND.fullmatch(name) is None
        and not ends_no_name(words[0])
        and not ends_no_name(words[-1])
        and not any(w.isdigit() for w in words)
    )


def _kind(word: str) -> EntityKind:
    """What a noun behind a name says that it is: a mine, unless it is a part of the company."""
    return "segment" if word.lower().startswith(("segment", "division")) else "mine"


SYMBOL = re.compile(r"[A-Z][a-z]")  # an element's, as labels write it: Ag, Au
_ELIDED = re.compile(r"\b([dl]['’])([a-zß-þ])")
SMALL = frozenset(["of", "the", "and", "de", "del", "do", "da", "du", "des"])


def title_case(name: str) -> str:
    """A name in capitals as people write it: ``SAN PEDRO DE ORO`` -> ``San Pedro de Oro``; initials stay."""
    words = [_ELIDED.sub(lambda m: m[1] + m[2].upper(), word) for word in name.lower().split()]
    return " ".join(
        word
        if index and (word in SMALL or word[1:2] in ("'", "’"))
        else re.sub(r"(^|[-/&(]|\bMc)([a-zß-þ])", lambda m: m[1] + m[2].upper(), word)
        for index, word in enumerate(words)
    )


@remembered
def metals_in(text: str) -> tuple[str, ...]:
    """The metals that a label or heading names, each once, in their order."""
    words = re.findall(r"[a-z]+\d?[a-z]?\d?", text, re.IGNORECASE)
    found = (lexicon().metal_of(word) for word in words if len(word) > 2 or SYMBOL.fullmatch(word))
    return tuple(dict.fromkeys(metal for metal in found if metal))

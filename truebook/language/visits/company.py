"""People of the customer's own for whom something is wished: "my son", "my two kids", "and my husband too".

Whoever is only spoken of is none of them: "my wife told me about you", "first I have to fetch my son".
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from truebook.language.lists import lists, lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.marks import Word, phrases
from truebook.language.lists.timewords import spelled
from truebook.language.names import given_names
from truebook.language.remembering import remembers
from truebook.language.spans import clear_of, spans, within
from truebook.language.text import plain
from truebook.language.values.ages import YEARS, ages
from truebook.language.values.contact import at_end
from truebook.language.values.counting import number_words
from truebook.language.values.renaming import others_named
from truebook.language.values.said import Values
from truebook.language.values.written import ARTICLES, Found, capitalised, runs, whole
from truebook.language.visits.called import OF_ALL, OF_NOBODY, called, first_name, names_after
from truebook.language.wording import one_of_many

COMPANY = "company"
UNNAMED = "+1"
"""What somebody is called of whom nothing is known."""
_COPULA = 3  # letters of an "is", which may be said of what nobody is called: "he is English"
MOST = 9
_FAR = 3  # words from a number to whom it counts
_STOP = re.compile(r"[.,!?;\n()]")
_HARD_STOP = re.compile(r"[.!?;\n]")


class Kin(NamedTuple):
    """What somebody is called, how many they are, and the places of the first and the last word of it."""

    name: str
    number: int
    first: int
    last: int


@remembers(256)
def company(values: Values) -> tuple[Kin, ...]:
    """Return the people of the customer's own for whom a message wishes something, in text order."""
    wanted, end, found = False, -1, list[Kin]()
    for begins, place in _spoken_of(values):
        first = _counted(values, begins)
        joined = _goes_on(values, end, first)
        names = called(values, begins, place)
        number = _number(values, first, begins, place, joined=joined) if len(names) == 1 else 1
        wanted = _is_wished_for(values, first, place, names, wanted if joined else None)
        end = place
        if wanted:
            found += [Kin(names[0], number, first, place), *(Kin(name, 1, first, place) for name in names[1:])]
    found = [one for one in found if not _named_later(one, found, values)]
    known = {name for one in found for name in (one.name, values.words[one.last].text)}
    found += [one for one in _named_beside_me(values) if one.name not in known]
    found += [] if found else _unnamed(values)
    return tuple(sorted(found, key=lambda one: one.first))


def _unnamed(values: Values) -> list[Kin]:
    """Return whoever is only called "she" or "her" where something is for the customer and something for them: "a cut
    for me and one for her", "I colour, he beard with Ben"; not a member of staff who was named before."""
    known, words = lists_of(COMPANY, values.language), values.words
    leads = lists(values.language)["for_whom"] if is_for_me(values) else frozenset[str]()
    found = [at for at in phrases(words, known["him"]) if at and words[at - 1].text in leads]
    mine = {_clause(values, words[at].start)[:2] for at in phrases(words, known["own"])}
    for at in phrases(words, known["he"]) if mine else ():
        here = _clause(values, words[at].start)[:2]
        served = all(any(within(hit.start, [part]) for hit in values.services) for part in (here, *mine))
        team = values.people and not any(within(hit.start, [here]) for hit in values.people)
        found += [at] if here not in mine and served and not team else []
    raw = {at: values.text[words[at].start : words[at].end].casefold() for at in found}
    found = [at for at in found if raw[at] not in ARTICLES]  # "el" without its accent is no "él"
    return [Kin(UNNAMED, 1, at, at) for at in found[:1]]


def _named_later(one: Kin, found: list[Kin], values: Values) -> bool:
    """Tell whether somebody is told of again, by their name: "my sister and I …, my sister is Rosario" are two."""
    said = values.words[one.last].text
    later = (other for other in found if other.first > one.first and values.words[other.last].text == said)
    return one.number == 1 and any(
        plain(other.name) != said and plain(one.name) in (plain(other.name), said) for other in later
    )


def _named_beside_me(values: Values) -> Iterator[Kin]:
    """Yield those who are only called by their name, where something is for them and something for the customer: "cut
    and beard for me, and a cut for Rory"."""
    yield from _joined_to_me(values)
    for name in names_for(values) if is_for_me(values) else ():
        at = values.before(name.start)
        if name.text[:1].isupper() and not within(name.start, values.spans):
            yield Kin(name.text, 1, at, at + len(name.text.split()) - 1)


def _joined_to_me(values: Values) -> Iterator[Kin]:
    """Yield those who are only called by their name, and are joined to the customer: "me and Bronagh"."""
    joints, me, stops = values.places("and"), values.places("me"), ("", *".,;!?")
    own = values.name.text if values.name else ""
    for run in runs(values.text, values.language) if me else ():
        first = values.before(run.start)
        last = first + len(run.text.split()) - 1
        ends = last + 2 in me and values.text[values.words[last + 2].end :].strip()[:1] in stops
        joined = (first - 1 in joints and first - 2 in me) or (last + 1 in joints and ends)
        free = not within(run.start, values.spans)
        if joined and free and run.text[:1].isupper() and run.text not in own:
            yield Kin(run.text, 1, first, last)


def is_for_me(values: Values) -> bool:
    """Tell whether something is told to be for the customer: "the beard for me"."""
    leads = lists(values.language)["for_whom"]
    return any(one.first and values.words[one.first - 1].text in leads for one in values.marked("me"))


def names_for(values: Values) -> Iterator[Found]:
    """Yield the names that stand after a "for" in a message; a first name that is a word as well, with a capital."""
    before, place = at_end(values.language, "for_whom"), at_end(values.language, "place_before")
    for_ = lists_of("counting", values.language)["for"]
    found = runs(values.text, values.language)
    words = [one for one in values.words if one.text in given_names() and values.text[one.start].isupper()]
    words = clear_of(words, [*values.spans, *spans(found)])
    found += [Found(values.written(one), one.start, one.end) for one in words]
    for run in found:
        led = plain(values.text[: run.start])
        of = led.split()[-1:] and led.split()[-1] in spelled(values.language, "of") - for_  # "mi médico de España"
        town = (of or place.search(led)) and plain(run.text.split()[0]) not in given_names()  # "je vis à Berlin"
        if before.search(led) and not town:
            yield run


def _spoken_of(values: Values) -> list[tuple[int, int]]:
    """Return the places of the first and the last word for each of the customer's own people: of "son", and of the
    "big one" of "for the big one"."""
    known, words = lists(values.language), values.words
    told = spans(values.marked("gender"), values.services, values.people)
    like = phrases(words, lists_of(COMPANY, values.language)["siblings"]).items()
    led = [(at, last) for at, last in like if at > 1 and words[at - 2].text in known["for_whom"]]
    led = [(at, last) for at, last in led if words[at - 1].text in known["whose"]]
    plainly = [(at, at) for at, word in enumerate(words) if word.text in known["kin"]]
    places = sorted({*led, *(one for one in plainly if one[0] not in dict(led))})
    titles = lists_of("team", values.language)["doctor"]  # "Frau Doktor" is nobody's wife
    places = [one for one in places if one[1] + 1 == len(words) or words[one[1] + 1].text not in titles]
    busy = [values.clause(one.start, one.end) for one in values.times if one.relation == "done"]
    fetched = [one for one in places if within(words[one[0]].start, busy) and not _is_whom(values, one[0])]
    places = [one for one in places if one not in fetched]  # "I have to fetch my son at five"
    people = [one for one in places if not within(words[one[0]].start, told)]
    return [one for one in people if one in led or not _is_addressed(values, one[0])]


def _is_whom(values: Values, at: int) -> bool:
    """Tell whether a "for" stands before a word, with at most one word between: "for my son"."""
    known = lists(values.language)["for_whom"]
    return any(word.text in known for word in values.words[max(0, at - 2) : at])


def _is_addressed(values: Values, at: int) -> bool:
    """Tell whether the one who reads is called so: "no, mate", "filha, quero uma aula"; whoever is somebody's, or told
    of with others, is not."""
    known, words = lists(values.language), values.words
    begins = _after_stop(values, at) == at
    ends = at + 1 == len(words) or _STOP.search(values.text, words[at].end, words[at + 1].start) is not None
    lead, before = ("", "") if begins else (words[at - 2].text if at > 1 else "", words[at - 1].text)
    leads = known["for_whom"] | known["with_whom"] | known["and"] | numbers_of(values.language).keys()
    if before in leads | known["whose"] or (lead in known["whose"] and before not in known["kin"]):
        return False  # "for kids", "my boy", "my little boy"
    if lead in known["no"] | known["not_before"] and before in known["is_called"]:
        return True  # "não é Filha"
    polite = before in known["courtesy"] | known["yes"] | known["no"]
    called = words[at].text in lists_of(COMPANY, values.language)["address"]
    return (called and polite) or (ends and (called or begins or polite))


def _counted(values: Values, place: int) -> int:
    """Return the place of the number that counts somebody: "two little boys", "both my sons"; without one, theirs."""
    numbers, whose = numbers_of(values.language), lists(values.language)["whose"]
    for at in range(place - 1, max(_after_stop(values, place), place - _FAR) - 1, -1):
        if values.words[at].text in numbers:
            return at
        if at < place - 1 and values.words[at].text not in whose:
            break
    return place


def _number(values: Values, first: int, begins: int, place: int, *, joined: bool) -> int:
    """Return how many people somebody is: by a number before them, by their ages, by the "both" of "my kids both need
    one", where nobody is joined to them; else two of "my kids" and one of "my kid"."""
    words, known = values.words, lists(values.language)
    if first < begins:
        return numbers_of(values.language)[words[first].text]
    if old := _ages(values, place):
        return min(len(old), MOST)
    after = words[place + 1].text if place + 1 < len(words) else ""
    whose = begins > 0 and words[begins - 1].text in known["whose"]
    several = values.text[words[begins].start : words[place].end].casefold() in one_of_many(
        values.language
    )  # "Töchter", no "Tochter"
    both = after in known["both"] and not joined  # "for me and for my husband, both haircuts" are one each
    return 2 if several and (both or whose) else 1


def _after_stop(values: Values, place: int) -> int:
    """Return the place of the first word behind the last stop before a word."""
    cut = max((m.end() for m in _STOP.finditer(values.text[: values.words[place].start])), default=0)
    return values.before(cut)


def _ages(values: Values, place: int) -> list[Word]:
    return ages(place, values.words, values.text, values.language)


@cache
def numbers_of(language: str) -> dict[str, int]:
    """Return how many people a word may count: "both" are two."""
    both = dict.fromkeys((one for one in lists(language)["both"] if " " not in one), 2)
    return both | {name: number for name, number in number_words(language).items() if 2 <= number <= MOST}


def _goes_on(values: Values, end: int, first: int) -> bool:
    """Tell whether nothing but what joins them stands between two people, the first of whom ends at a place."""
    joints = lists(values.language)["and"] | lists(values.language)["whose"]
    return end >= 0 and all(word.text in joints for word in values.words[end + 1 : first])


def _is_wished_for(values: Values, first: int, last: int, names: list[str], beside: bool | None) -> bool:
    """Tell whether the clause of somebody wishes something for them, and does not only tell of them.

    beside: whether it does so for whoever is named right before them, if anybody is.
    """
    known, company, words = lists(values.language), lists_of(COMPANY, values.language), values.words
    start, end, tells_why = _clause(values, words[first].start)
    inside = [at for at, word in enumerate(words) if start <= word.start < end]
    lead = _lead(values, first)
    before = words[lead].text if lead >= 0 else ""
    theirs_too = {word for name in names for one in plain(name).split() for word in (one, f"{one}s")} | YEARS
    theirs = [at for at in inside if at > last and (words[at].text in theirs_too or words[at].text.isdigit())]
    after = next((at for at in inside if at > last and at not in theirs), None)
    served = [at for at in inside if any(hit.start == words[at].start for hit in values.services)]
    own = [at for at in inside if within(words[at].start, values.spans)]
    small = values.small("skip", "whose", "and", "also", "for_whom", "with_whom", "right_after", "me")
    small |= numbers_of(values.language).keys()
    small |= spelled(values.language, "at") | lists_of("ordering", values.language)["to_begin"]
    free = after is None or after in own or words[after].text in small

    if values.text[words[last].end :][:1] in OF_ALL:
        return False  # "do you do kids' cuts?"
    if theirs and any(mark.first in (last + 1, last + 2) for mark in values.marked("is_called")):
        return True
    if before not in known["with_whom"] and any(mark.last == lead for mark in values.marked("name_before")):
        return False  # "I am the dad"
    if after in phrases(words, company["says"]) or _looks_on(values, last):
        return False
    if values.services and before not in known["for_whom"] and len(_ages(values, last)) > 1:
        return True  # "do you cut kids' hair? mine are boys, 4 and 7"
    pronouns = {at for at, word in enumerate(words) if word.text in company["to_me"]}
    if may_come(values, inside):
        return True
    if lead in phrases(words, company["may"]):
        return True  # "could my mum come along?"
    wants = phrases(words, company["wants"]).items()
    mine = values.places("me")
    wanted = [(at, ends) for at, ends in wants if at in inside and not (at - 1 in mine or ends + 1 in pronouns)]
    if any(at > last or ends in (lead - 1, lead, lead + 1) for at, ends in wanted):
        return True
    if tells_why:
        return False
    if any(mark.last == lead for mark in values.marked("without")):
        return False  # "on friday, without my son"
    behind_it = next((at for at in range(last + 1, len(words)) if words[at].text not in theirs_too), 0)
    if behind_it and words[behind_it].text in known["and"] and behind_it + 1 in mine and values.services:
        return True  # "my sister Charo and I"
    if _is_theirs(values, lead, own):
        return True
    if before in known["for_whom"]:
        outright = before in lists_of("counting", values.language)["for"]
        return bool(served) or (outright and (lead + 1 < first or bool(own)))  # "kids" alone are nobody's
    if before in known["with_whom"]:
        return True
    if beside is not None:
        return beside
    if lead - 1 in mine and lead in inside and before not in small:
        return False  # "I drop my daughter at school"
    behind = any(mark.first in inside and mark.first > last for mark in values.marked("right_after"))
    if free and (before in known["and"] or behind):
        return True
    if served and served[0] > last:  # "my wife told me that you do colour"
        return not any(last < at < served[0] for at in pronouns)
    if served:
        return free or OF_NOBODY.search(values.text[: words[max([last, *theirs])].end]) is not None
    rest = {at for at in inside if at > last} - {*theirs, *own} - values.places("filler")
    led = [at for at in inside if at <= lead and at not in own]
    return all(words[at].text in small for at in (*led, *rest))


def _is_theirs(values: Values, lead: int, own: Sequence[int]) -> bool:
    """Tell whether one of several hours is that of whoever is led by a place: "a mia alle 9, quello di mio figlio alle
    12"."""
    ones = any(mark.last in (lead - 1, lead) for mark in values.marked("the_one"))
    return ones and bool(own) and len(values.times) > 1 and values.words[lead].text in spelled(values.language, "of")


def _looks_on(values: Values, last: int) -> bool:
    """Tell whether somebody is said to come along and have nothing of their own: "my mum comes just to watch"."""
    known, words = lists(values.language)["kin"], values.words
    found = (at for at in phrases(words, lists_of(COMPANY, values.language)["looks_on"]) if at > last)
    between = ((words[last].end, words[at].start, {word.text for word in words[last + 1 : at]}) for at in found)
    return any(not (_HARD_STOP.search(values.text, start, end) or said & known) for start, end, said in between)


def may_come(values: Values, inside: Sequence[int]) -> bool:
    """Tell whether it is asked in a part of a message if somebody may come as well: "puede venir también mi hijo"."""
    known = lists_of(COMPANY, values.language)
    can, come = ({*inside} & phrases(values.words, known[key]).keys() for key in ("may", "comes"))
    besides = values.places("also", "adding", "same_time") & {*inside}
    return bool(can and come and besides)


def _lead(values: Values, first: int) -> int:
    """Return the place of the word before somebody, whose they are and one more word ("my little boy") left out."""
    words, whose, begins = values.words, lists(values.language)["whose"], _after_stop(values, first)
    if first - 2 >= begins and words[first - 1].text not in whose and words[first - 2].text in whose:
        first -= 1
    return next((at for at in range(first - 1, begins - 1, -1) if words[at].text not in whose), -1)


def _clause(values: Values, at: int) -> tuple[int, int, bool]:
    """Return where the clause of a place begins and ends, and whether it only tells when or why."""
    known = lists(values.language)
    small = known["for_whom"] | known["with_whom"]
    because = (one for one in lists_of(LIMITS, values.language)["because"] if one.split()[0] not in small)
    leads = phrases(values.words, frozenset(because) | lists_of(COMPANY, values.language)["while"])
    why = {values.words[place].start for place in leads.keys() - values.places("at_once")}
    cuts = [m.end() for m in _STOP.finditer(values.text)] + [mark.start for mark in values.marked("and", "but")]
    cuts += why
    start = max((cut for cut in cuts if cut <= at), default=0)
    begins = next((word.start for word in values.words if word.start >= start), start)
    return start, min((cut for cut in cuts if cut > at), default=len(values.text)), begins in why


def called_of(values: Values) -> tuple[tuple[str, str], ...]:
    """Return whose name a message tells: what they were called, if so, and their name ("Sohn", "Jonas")."""
    pairs = [(values.text[values.words[at].start : values.words[at].end], name) for name, _, _, at in company(values)]
    told = tuple((what, name) for what, name in pairs if what != name)
    known = {word for one in lists(values.language)["is_called"] for word in one.split() if len(word) > _COPULA}
    theirs = list[str]()
    for mark in values.marked("their_name"):
        outright = bool(known & {word.text for word in values.words[mark.first : mark.last + 1]})
        full = whole(values.text, values.text, mark.end, values.language) if outright else None
        words = [full.text] if full else first_name(values, mark.last + 1) if outright else []  # "his name is Mark"
        theirs += [*names_after(mark.end, values)][:1] or words
    theirs += [capitalised(one.text) for one in others_named(values.text, values.marks, values.language)]
    return told or tuple(("", name) for name in theirs[:1])

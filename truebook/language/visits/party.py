"""Who comes: how many people, who of them, and whether the customer is one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import Mark, phrases, places_of
from truebook.language.lists.timewords import spelled
from truebook.language.spans import spans, within
from truebook.language.text import plain
from truebook.language.values.ages import YEARS
from truebook.language.values.said import Values
from truebook.language.visits.company import COMPANY, MOST, Kin, company, names_for, numbers_of

SMALL = ("skip", "whose")
"""Lists of the words that may stand between what belongs together."""
MOST_PARTS = 4
"""Services of one visit, or how many want the same one."""
_LIKELY, _FAINT = 0.55, 0.3
_NEAR = 3  # words from a "not" to the "me" that is meant


def count_of(values: Values) -> int:
    """Return how many are wanted of the service that is named ("two haircuts"), 1 where no number says so."""
    if not values.services:
        return 1
    at = values.services[0].start
    before = [word for word in values.words if word.end <= at and not values.text[word.end : at].strip()]
    hours = spans(values.times)  # "after half past three maths"
    counts = [word for word in before if not any(a < word.start < b for a, b in hours)]
    number = numbers_of(values.language).get(counts[-1].text, 1) if counts else 1
    return number if number <= MOST_PARTS else 1


def kin_of(values: Values, start: int = 0, end: int | None = None) -> str | None:
    """Return the person of the customer's own that a message, or a stretch of it, speaks of: "daughter"."""
    last = len(values.text) if end is None else end
    return next((text for text, _, _, at in company(values) if start <= values.words[at].start < last), None)


def for_kin(values: Values) -> bool:
    """Tell whether somebody of the customer's own is named right after a "for": "it is for my mother, Monique"."""
    kin = company(values)
    return bool(kin) and _right_after(values, kin, "for_whom") and not joined_to_me(values, kin, my_places(values))


def alone_wished(values: Values) -> bool:
    """Tell whether something is wished for somebody who does not come with the customer: "my son needs a cut"."""
    kin = company(values)
    return bool(kin) and not _right_after(values, kin, "with_whom") and not joined_to_me(values, kin, my_places(values))


def instead_of_me(values: Values) -> str | None:
    """Return whom a message names as the one it is for, where that is not the customer: "for Silke, not for me"."""
    denied = [mark.last for mark in values.marked("not_before", "no", "not_after")]
    if not any(0 < at - last <= _NEAR for at in my_places(values) for last in denied):
        return None
    return next((one.text for one in names_for(values)), None)


@dataclass(frozen=True, slots=True)
class Party:
    """Who comes: the customer too, if so, and the others by what they are called (nothing: only counted)."""

    me: bool = True
    others: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many come."""
        return self.me + len(self.others)


def party_of(values: Values, people: float, *, besides: bool = False) -> Party:
    """Return who a message says will come; people: how probable it is that it tells of several, besides: beside those
    who come already.

    "Me and my daughter", "my husband and my son", "me and two friends", "the three of us". Whoever only is named once,
    without the customer, comes alone ("for my son"), unless several are heard of ("with my son").
    """
    kin, me = company(values), my_places(values)
    others = tuple(text for text, number, _, _ in kin for _ in range(number))
    if kin and joined_to_me(values, kin, me):
        return Party(True, others[:MOST])
    if len(others) == 1 and _wishes_too(values, kin[0]):
        return Party(True, others)
    likely = people >= _LIKELY
    counted = 0 if _both_of_the_team(values, me) else _counted(values, likely=people >= _FAINT)
    if counted > 1 and counted > len(others):
        return Party(True, (*others, *[""] * (counted - 1 - len(others)))[:MOST])
    along = besides or _right_after(values, kin, "with_whom") or _brings(values, kin)
    if besides and others:
        return Party(True, others[:MOST])
    likely = likely or (along and people >= _FAINT)  # "I'm coming with my colleague Petra"
    if len(others) > 1 or (others and likely and not _right_after(values, kin, "for_whom")):
        return Party(along or len(others) == 1, others[:MOST])
    return Party()


def comes_too(values: Values) -> bool:
    """Tell whether somebody of the customer's own is wished to come as well: "and can my boyfriend come along too?",
    "would that go for my brother, too?"."""
    besides = values.says("also", "adding", "same_time", "at_once")
    come = phrases(values.words, lists_of(COMPANY, values.language)["comes"])
    return besides and (for_kin(values) or bool(come and company(values)))


def brings(values: Values) -> bool:
    """Tell whether the customer brings somebody, be it for nothing of their own: "can I bring a friend?"."""
    return _brings(values, values.marked("kin"))


def wants_a_place(values: Values) -> bool:
    """Tell whether one more place is wished for, and nobody said whose it is: "a second spot in the same class"."""
    places = phrases(values.words, lists_of("counting", values.language)["people"])
    ends = {mark.last for mark in values.marked("adding")}
    return bool(ends & places.keys()) or any(end + 1 in places for end in ends)


def _brings(values: Values, kin: Sequence[Kin | Mark]) -> bool:
    """Tell whether the customer brings somebody: "I'd bring my friend and her mum", "darf eine Freundin mitkommen?"."""
    found = phrases(values.words, lists_of(COMPANY, values.language)["brings"])
    return any(0 < one.first - last <= _NEAR or first == one.last + 1 for first, last in found.items() for one in kin)


def _both_of_the_team(values: Values, me: Sequence[int]) -> bool:
    """Tell whether "both" are two of the team: "Anna or Clara, both are lovely"."""
    named = [{hit.ids for hit in values.people if hit.end <= mark.start} for mark in values.marked("both")]
    return not me and any(len(ids) > 1 for ids in named)


def _wishes_too(values: Values, kin: Kin) -> bool:
    """Tell whether the customer wishes for it like whoever is named: "I need a haircut and my son needs one too"."""
    at = values.words[kin.last].start
    start, end = values.part(at, "and")
    also = any(start <= mark.start < end for mark in values.marked("also", "same_time", "at_once", "both"))
    return also and any(not start <= hit.start < end for hit in values.services)


def my_places(values: Values) -> list[int]:
    """Return where the customer speaks of themselves; the "mi" of "mi hija" is not them."""
    kin, words = lists(values.language)["kin"], [*(word.text for word in values.words), ""]
    return [mark.first for mark in values.marked("me") if words[mark.last + 1] not in kin]


def whom_of(values: Values, start: int, end: int) -> str | None:
    """Return whom a stretch of a message is for, if it is for somebody else: "and a colour for my mum"."""
    kin = [one for one in company(values) if start <= values.words[one.last].start < end]
    if kin:
        me = [at for at in my_places(values) if start <= values.words[at].start < end]
        one = next((one for one in kin if one.number == 1), kin[0])  # "my kids: four for the big one"
        return None if joined_to_me(values, kin, me) else one.name
    return None


def joined_to_me(values: Values, kin: Sequence[Kin], me: Sequence[int]) -> bool:
    """Tell whether the customer and somebody else stand together: "me and my two sons", "my wife and I"."""
    joints, small = values.places("and") | then_places(values), values.small(*SMALL, "for_whom", "adding", "one")
    ones = spelled(values.language, "article") | lists(values.language)["adding"]
    small |= ones | lists_of("ordering", values.language)["to_begin"]
    people = {place for _, _, first, last in kin for place in range(first, last + 1)}
    small |= {word for name, _, _, _ in kin for word in plain(name).split()}
    same = values.services if len({hit.ids for hit in values.services}) == 1 else ()  # "a cut for me, a cut for her"
    for at in me:
        for _, _, first, last in kin:
            between = range(at + 1, first) if at < first else range(last + 1, at)
            bare = [place for place in between if place not in people and values.words[place].text not in YEARS]
            bare = [place for place in bare if not values.words[place].text.isdigit()]  # "my son, 5 years, and me"
            bare = [at for at in bare if not within(values.words[at].start, spans(values.people, same))]
            counted = any(values.words[place].text in ones for place in between)  # "one for me, one for my son"
            begins, ends = values.words[between.start - 1].end, values.words[between.stop].start
            listed = counted and "," in values.text[begins:ends]
            joined = listed or any(place in joints for place in between)
            if joined and all(place in joints or values.words[place].text in small for place in bare):
                return True
    return False


def comes_first(values: Values) -> bool | None:
    """Tell whether whoever comes along is to come before the customer, or after, where one is said to follow the
    other: "my son and then me"; None where that is not said."""
    kin, me, then = company(values), my_places(values), then_places(values)
    for one, at in ((one, at) for one in kin for at in me):
        if any(min(one.last, at) < place < max(one.first, at) for place in then):
            return one.first < at
    return kin[0].first < me[0] if kin and me and values.says("in_turn") else None


def in_turn(values: Values) -> bool:
    """Tell whether a message says that those who come do so one after the other."""
    return values.says("in_turn") or comes_first(values) is not None


def then_places(values: Values) -> frozenset[int]:
    """Return the places of the words that stand between two of whom one comes after the other."""
    return frozenset(places_of(phrases(values.words, lists_of("ordering", values.language)["then"])))


def _right_after(values: Values, kin: Sequence[Kin], key: str) -> bool:
    """Tell whether the first of them stands after a word of a list: "for my son", "with my two kids"."""
    small, known, place = values.small(*SMALL), lists(values.language)[key], kin[0][2] - 1 if kin else -1
    while place > 0 and values.words[place].text in small - known:
        place -= 1
    return place >= 0 and values.words[place].text in known


def _counted(values: Values, *, likely: bool) -> int:
    """Return how many are said to come: "the three of us", "both of us", "we are four"; 1 where nobody counts."""
    words, hours = [*(word.text for word in values.words), ""], spelled(values.language, "units.hour")
    if any(words[mark.last + 1] not in hours for mark in values.marked("three_of_us")):  # not "à trois heures"
        return 3
    numbers = numbers_of(values.language)
    ends = [mark.last for mark in values.marked("us")] if likely else []
    after = {end + away for end in ends for away in (1, 2)}  # "wir sind doch drei"
    before = {mark.first - 1 for mark in values.marked("of_us")}
    told = ((place, word.text) for place, word in enumerate(values.words))
    counted = (numbers[text] for place, text in told if place in after | before and text in numbers)
    all_of_them = (numbers.get(words[mark.last], 2) for mark in values.marked("for_all"))  # "as três", "for both of us"
    return next(counted, next(all_of_them, 1))

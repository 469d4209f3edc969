"""Who gets what among several: "the blood test is for me, the doctor for Alfons", "colour for me, Mia gets a cut"."""

from collections.abc import Sequence
from typing import NamedTuple

from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import phrases
from truebook.language.names import Hit, given_names
from truebook.language.remembering import remembers
from truebook.language.spans import Span, spans, touched, within
from truebook.language.values.said import Values
from truebook.language.values.written import runs
from truebook.language.visits.company import COMPANY, company, names_for
from truebook.language.visits.party import joined_to_me, my_places

_BESIDE = 2  # words from "for me" to the name that the customer says of themselves: "for me, Gerlinde"


class Share(NamedTuple):
    """A service and whose it is (None: the customer's), where the two stand, and the clause that they stand in."""

    service: str
    whom: str | None
    start: int
    end: int
    clause: tuple[int, int]


class _Owner(NamedTuple):
    whom: str | None
    start: int
    end: int
    bare: bool = False  # an "I" that may as well only wish
    again: bool = False  # a "she" that takes somebody up


@remembers(256)
def shares(values: Values) -> tuple[Share, ...]:
    """Return whose each service is, in text order, where a message says it of several, and not the same of all."""
    told = [hit for hit in values.services if len(hit.ids) == 1]
    if len({hit.ids for hit in told}) < 2:
        return ()
    whose, found = owners(values), list[Share]()
    edges = _with_both(values.cut("and", "but", "at_once"), values, whose)
    leading = any(not one.bare and one.end <= told[0].start for one in whose)  # "Lily, maths, and then Tom, English"
    for number, (start, end) in enumerate(edges):
        here = [hit for hit in told if start <= hit.start < end]
        theirs = [one for one in whose if start <= one.start < end]
        beside = number - 1 if leading else number + 1
        if not theirs and here and 0 <= beside < len(edges):  # "the colour, that's mine"
            after, until = edges[beside]
            theirs = [one for one in whose if after <= one.start < until and not one.bare]
            theirs = [] if any(after <= hit.start < until for hit in told) else theirs
        theirs = [one for one in theirs if not one.bare] or theirs
        leads = bool(theirs) and bool(here) and theirs[0].start < here[0].start
        for hit in here:
            before = [one for one in theirs if one.end <= hit.start]
            behind = [one for one in theirs if one.start >= hit.end]
            one = (before[-1:] if leads else behind[:1]) or (behind[:1] if leads else before[-1:])
            clause = (start, end)
            found += [Share(hit.ids[0], o.whom, min(hit.start, o.start), max(hit.end, o.end), clause) for o in one]
    several = len({one.whom for one in found}) > 1 and len({one.service for one in found}) > 1
    taken_up = any(one.again for one in whose)
    return tuple(found) if several and (taken_up or not _is_for_both(values, edges, told)) else ()


def _with_both(edges: Sequence[Span], values: Values, whose: Sequence[_Owner]) -> list[Span]:
    """Return parts of a message, those as one that only an "and" between two services of one person parts: "a cut and
    colour for my mum"."""
    found, small = list[Span](), values.small("and", "whose", "skip")
    for start, end in edges:
        led = next((hit.start for hit in values.services if start <= hit.start < end), end)
        gap = values.between(start, led)
        joins = bool(gap) and gap[0].text in lists(values.language)["and"] and all(one.text in small for one in gap)
        last = found[-1] if found else (0, 0)
        served = any(within(hit.start, [last]) for hit in values.services)
        alone = sum(any(within(one.start, [edge]) for one in whose) for edge in (last, (start, end))) < 2
        if joins and served and alone and led < end:
            found[-1] = (last[0], end)
        else:
            found.append((start, end))
    return found


def share_of(values: Values, hit: Hit | None) -> Share | None:
    """Return whose a service is, where a message says it of this one among several."""
    return next((one for one in shares(values) if hit and one.start <= hit.start < one.end), None)


def _is_for_both(values: Values, edges: Sequence[tuple[int, int]], told: Sequence[Hit]) -> bool:
    """Tell whether something is for the customer and somebody else together: "my sister and I"."""
    served = [edge for edge in edges if any(within(hit.start, [edge]) for hit in told)]
    me = [at for at in my_places(values) if not within(values.words[at].start, served)]
    kin = [one for one in company(values) if not within(values.words[one.first].start, served)]
    mine = bool(me) and any(joined_to_me(values, [one], me) for one in company(values))
    return mine or bool(kin and joined_to_me(values, kin, my_places(values)))


@remembers(256)
def owners(values: Values) -> tuple[_Owner, ...]:
    """Return where a message tells whose something is: "for me", "mine", "my husband", "for Mia", "Mia gets"."""
    known, words = lists(values.language), values.words
    own = phrases(words, lists_of(COMPANY, values.language)["own"])
    leads = {mark.last for mark in values.marked("for_whom")}
    mine = {**{mark.first: mark.last for mark in values.marked("me")}, **own}
    subjects = known["me"] - known["whose"]
    found = list[_Owner]()
    for first, last in sorted(mine.items()):
        if last + 1 < len(words) and words[last + 1].text in known["kin"]:
            continue  # the "mi" of "mi hija"
        led = first - 1 in leads
        found.append(_Owner(None, words[first].start, words[last].end, not led and words[first].text in subjects))
    kin = company(values)
    named = [(words[one.first].start, words[one.last].end, one.name) for one in kin]
    if len(kin) == 1 and found:  # "for me and my daughter: I'd like a colour, she a cut"
        company_words = lists_of(COMPANY, values.language)
        pronouns = phrases(words, company_words["theirs"] | company_words["she"]).items()
        again = [_Owner(kin[0].name, words[a].start, words[b].end, again=True) for a, b in pronouns if a > kin[0].last]
        found += [one for one in again if not touched(one, spans(found))]
    named += [(run.start, run.end, run.text) for run in names_for(values) if run.text[:1].isupper()]
    wants = phrases(words, lists_of(COMPANY, values.language)["wants"])
    runs_of = (run for run in runs(values.text, values.language) if run.text[:1].isupper())
    served = {values.before(hit.start) for hit in values.services}  # "Lily needs", "first Lily maths"
    named += [(run.start, run.end, run.text) for run in runs_of if values.before(run.end) in wants.keys() | served]
    given = (word for word in words if values.text[word.start].isupper())
    given = (word for word in given if {word.text, word.text.removesuffix("s")} & given_names())
    named += [(word.start, word.end, values.written(word).removesuffix("'s")) for word in given]
    for start, end, name in sorted(named):
        owner = _Owner(name, start, end)
        taken = touched(owner, [*values.spans, *spans(found)])
        near = any(one.whom is None and 0 <= values.before(start) - values.before(one.end) < _BESIDE for one in found)
        own_name = values.name is not None and values.name.start <= start < values.name.end
        if not taken and not own_name and not (near and values.text[start].isupper()):
            found.append(owner)
    return tuple(sorted(found, key=lambda one: one.start))

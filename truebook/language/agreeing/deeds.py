"""The verbs by which people tell us to do what was read back: "add it", "resérvalo", "trag mich ein", "annullatela".

A closed list a language (`lists/deeds.toml`), with what may stand behind a verb; which sort of question a deed answers
is told by the verb, and where a verb is of several sorts ("take it", "take it out") by the word it ends with.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import Mark, Word

SORTS = ("book", "move", "cancel")


def deeds(words: Sequence[Word], language: str, named: Collection[int] = ()) -> Iterator[Mark]:
    """Yield what words tell us to do, as marks of the lists `yes_book`, `yes_move` and `yes_cancel`.

    "Do it" does whatever was asked for, and is all three. named: the places of words that name a day, a time, a person
    or a service, which may stand within: "boek die les van donderdag 18:00 maar".
    """
    listed = lists_of("deeds", language)
    ends = {sort: listed[f"{sort}_ends"] for sort in SORTS}
    small = listed["objects"].union(*ends.values())
    texts = [word.text for word in words]
    leads = {at - 1 for at in named if texts[at - 1] in lists(language)["skip"]}
    for first, verb in enumerate(texts):
        within = takewhile(lambda at: at in named or at in leads or texts[at] in small, range(first + 1, len(words)))
        places = list(within)
        behind = [texts[at] for at in places if at not in named and texts[at] in small]
        ending = set(behind) - listed["objects"]
        last = first + len(places)
        for sort in SORTS:
            light = verb in listed[f"{sort}_light"] and (ending or (behind and sort != "cancel"))
            if (verb in listed[sort] or light) and ending <= ends[sort]:
                yield Mark(f"yes_{sort}", first, last, words[first].start, words[last].end)


def verbs(language: str) -> frozenset[str]:
    """Return the verbs of a language that tell us to do something by themselves."""
    return frozenset[str]().union(*(lists_of("deeds", language)[sort] for sort in SORTS))

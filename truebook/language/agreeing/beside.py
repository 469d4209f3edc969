"""What stands beside a yes: a fact that is asked, a place that is waited for, talk, a note; and whether that takes
something of the yes back.
"""

from collections.abc import Sequence
from dataclasses import replace

from truebook.language.acts import Heard, likeliest
from truebook.language.agreeing.consent import (
    FAINT,
    HARD_STOP,
    OTHERS,
    TURNS,
    has_odd_signs,
    says_only,
    speaks_against,
    stalls,
    whether,
)
from truebook.language.agreeing.yeses import widened
from truebook.language.lists import lists_of
from truebook.language.lists.marks import phrases, places_of
from truebook.language.lists.ordinary import rare_words
from truebook.language.values.said import Values

_ASKS, _HARDLY = 0.6, 0.25  # how sure a question of its own is one, and what is not heard beside it
_REVERSING = frozenset(
    "not_after hedge but otherwise rather cancels yes_cancel changes cannot_come keep alone someone_else".split()
)
_TALK = ("note", "complain", "thank", "smalltalk", "coming")
_TOLD, _HEARD, _FAR_LESS = 0.4, 0.3, 0.6  # how surely it must be heard, and how much less what speaks against it
_NOTS = ("not_before", "not_after", "without")  # what only denies, with the other marks on the same words
_ABOUT = 3  # words of a wish to be called before it says what about
_WAYS_OF_ALL = ("yes_cancel", "yes_move")
_CALLED_OFF = ("cancel", "cancels", "yes_cancel", "changes", "cannot_come", "hedge")  # what rules of ours are about


def asks_only(
    question: Values,
    topics: Sequence[str],
    gap: str,
    outright: bool,
    acts: Sequence[Heard],
    *,
    worried: bool = False,
    along: bool = False,
) -> bool:
    """Tell whether what follows a yes only wants to be told a fact, and takes nothing of the yes back.

    topics: what it is about. gap: what stands between the two. acts: what is heard in it alone. Where it is asked for
    in so many words ("but I still want to know whether ...") it may be about anything, and its "but", "if" and "or"
    belong to it; so it may be where a sentence of its own surely asks ("yes please. will it hurt?") or asks what is
    needed, of whomever ("must my son bring his x-rays?"), or where it is worried: whether what it tells is a problem.
    along: somebody is brought along to what is only moved.
    """
    listed, other = (widened(question).marked(key) for key in ("about", "questions"))
    before = question.marked("day_before") if set(topics) == {"remind"} else ()  # when to remind, and no other day
    consents = lists_of("consent", question.language)
    if phrases(question.words, consents["unsettled"]) or (worried and not along and stalls(question)):
        return False  # "I can only pay half, is that a problem?"
    named = phrases(question.words, consents["question"])  # "and the other question, ..."
    known = [*listed, *before, *(mark for mark in question.marked("asking") if mark.last > mark.first)]
    traps = [one for one in other if not any(a.first <= one.first and one.last <= a.last for a in known)]
    stopped = bool(HARD_STOP.search(gap))
    needed = stopped and "?" in question.text and bool(phrases(question.words, consents["must"])) and _asks_rather(acts)
    own = set(question.places("or", "earlier") if listed and stopped and _surely_asks(acts) else ())
    own |= question.places(*_NOTS, "nothing", "no") if needed else set()  # "do I need to not eat before?"
    traps = [one for one in traps if one.first not in own and one.last + 1 not in named]  # "a mat or socks?"
    rules = stopped and set(topics) == {"policy"} and "?" in question.text and question.says("asks_until")
    does = bool({*topics} & {"services", "offered"}) and {*topics} <= {"services", "offered", "other"}
    does = does and "?" in question.text  # "do you do eyebrows too?"
    apart = needed or (stopped and (does or _surely_asks(acts) or _is_about_something(question, acts)))
    if not (outright or rules) and (traps or not (listed or apart or worried)):  # "sure, and what's the catch?"
        return False
    facts = outright or worried or rules or bool(set(topics) - {"policy", "other"})
    joints = question.places("and", "also", "adding")  # "also, what's the number"
    first = next((place for place in range(len(question.words)) if place not in joints), 0)
    begins = any(mark.first == first for mark in question.marked("asking"))
    deal = bool(set(topics) & {"price", "length"})  # what may yet decide
    asked = "?" in question.text or outright or (begins and (stopped or (bool(first) and not deal)))
    if not asked or not question.bare or (deal and question.says("with_whom")):
        return False
    told = question.text[question.text.rfind("?") + 1 :] if "?" in question.text else ""  # "over 50 I'll pass" is said
    asking = question.before(len(question.text) - len(told))
    free = own | ({at for at in whether(question) if at < asking} if facts else set[int]())
    besides = ("or", "also", "adding", "but") if outright else ("or", "also", "adding")  # "can i have the address too?"
    free |= {mark.first for mark in question.marks if mark.key in besides or mark.last + 1 in named}
    free |= {place for mark in before for place in range(mark.first, mark.last + 1)}
    free |= {mark.first for mark in question.marked(*_CALLED_OFF)} if rules else set()
    turning = TURNS | {*OTHERS} | (set[str]() if needed or along or set(topics) == {"children"} else {"kin"})
    return not any(mark.key in turning and mark.first not in free for mark in question.marks)


def _is_about_something(question: Values, acts: Sequence[Heard]) -> bool:
    """Tell whether a question has a word that nothing about appointments has, points at none, and hardly anything
    against is heard: "do you have magazines in Turkish?"; what takes a yes back is said in words of every day."""
    points = question.says("it", "pronoun", "the_one")
    about = "?" in question.text and not points and rare_words(question.text, question.language)
    return bool(about) and _against(acts) < _HARDLY


def _surely_asks(acts: Sequence[Heard]) -> bool:
    """Tell whether a fact is surely asked for, and hardly anything else is heard."""
    asks = likeliest((h for h in acts if h.topic not in ("price", "length")), "ask")
    return asks >= _ASKS and _against(acts) < _HARDLY


def _asks_rather(acts: Sequence[Heard]) -> bool:
    """Tell whether a fact is rather asked for than anything is done about what was read back."""
    return likeliest(acts, "ask") > _against(acts)


def _against(acts: Sequence[Heard]) -> float:
    """Return how probable it is that anything but a question speaks against a yes."""
    return likeliest(h for h in acts if h.act != "ask" and speaks_against(h))


def waits_only(besides: Values) -> bool:
    """Tell whether what follows a yes only wishes for what may come free, and does not want that instead."""
    free = {mark.first for mark in besides.marked("earlier", "later", "but")} | whether(besides)
    free |= besides.places("waitlist")  # "if a place comes free" leaves nobody alone
    turning = any(mark.key in _REVERSING - {"cancels"} and mark.first not in free for mark in besides.marks)
    return not turning and not besides.people and not besides.services


def only_asks_again(besides: Values) -> bool:
    """Tell whether what follows a yes only reproaches us with an answer that we owe, or wants to know how to reach us,
    and takes nothing back."""
    listed = lists_of("consent", besides.language)
    owed = phrases(besides.words, listed["unanswered"] | listed["reach"])
    theirs = places_of(owed) | besides.places("but")
    turned = any(mark.key in {*TURNS, *OTHERS} and mark.first not in theirs for mark in besides.marks)
    return bool(owed) and besides.bare and not turned and not besides.places(*_WAYS_OF_ALL)


def only_remarks(besides: Values, acts: Sequence[Heard], gap: str, *, named: bool = False, leads: bool = False) -> bool:
    """Tell whether what follows a plain yes is talk, a note or a reproach, and takes nothing of the yes back.

    acts: what the model hears in it alone. It must be heard as something harmless, behind a mere comma or a "but" more
    surely than behind a stop, and hardly as anything against the yes; surely, where it denies something ("she hates the
    dryer, please don't"). gap: what stands between the two. named: it only
    tells what somebody is called. leads: it stands before the yes, which says the last word.
    """
    left = _without(besides, "spare")
    left = _without(left, "yes") if leads else left  # "Na gut, sie kann warten. Ja, buchen"
    but = left.places("but")
    lead = next((place for place in range(len(left.words)) if place not in but | left.places("and")), 0)
    turning = {*TURNS, *OTHERS} - {"also", "adding"}
    called = {mark.last for mark in left.marked("is_called") if mark.last > mark.first}  # "chama-se"
    asks = besides.marked("asking", "asks_length", "asks_price", "asks_who", "asks_order")
    tells = HARD_STOP.search(gap) and not asks  # "cash is fine" asks nothing, nor does "my dog won't know me"
    against = likeliest(h for h in acts if speaks_against(h) and not (tells and h.act == "ask"))
    talk = likeliest(acts, *_TALK)
    joined = bool(lead and 0 in but) or not HARD_STOP.search(gap)
    free = called | (left.places(*_NOTS) if talk >= _ASKS and against < _HARDLY and not joined else set[int]())
    turned = any(mark.key in turning and mark.first >= lead and mark.first not in free for mark in left.marks)
    odd = "?" in besides.text or has_odd_signs(besides) or besides.code
    deed = says_only(("yes_book", *_WAYS_OF_ALL), widened(besides))  # "leg ihn um" is nothing that is told beside
    told = whether(left) - called or left.places(*_WAYS_OF_ALL)
    if turned or stalls(left) or odd or not left.bare or deed or told:
        return False
    if leads and not joined:  # "cash is fine. Yes, book it"
        return against < FAINT
    return named or (talk >= (_TOLD if joined else _HEARD) and against < talk * _FAR_LESS)


def takes_back(values: Values) -> bool:
    """Tell whether words that are left out before a yes is looked for might take something of it back; the "but" of
    "but write down that ..." does not, nor does the "is bad" of "my knee is bad"."""
    but = values.places("but")
    turned = any(mark.key in TURNS - {"not_after"} and mark.first not in but for mark in values.marks)
    return turned or not values.bare or stalls(_without(values, "past"))  # "last time I got blisters"


def _without(values: Values, key: str) -> Values:
    """Return the values without phrases of a list of consent's, as if nothing stood there."""
    found = phrases(values.words, lists_of("consent", values.language)[key])
    cut = [(values.words[first].start, values.words[last].end) for first, last in found.items()]
    blank = {at: replace(values.words[at], text="") for at in places_of(found)}
    return replace(values.outside(cut), words=tuple(blank.get(at, word) for at, word in enumerate(values.words)))


def turns(values: Values) -> bool:
    """Tell whether one of the small words is said that take something back; what a call is to be about may be more, and
    whether that may be: "belt u me even over of ik erbij mag?"."""
    about = {at for at in whether(values) if at >= _ABOUT}
    turning = {*TURNS, *OTHERS, "yes_book"} - {"also", "adding"}
    return any(mark.key in turning and mark.first not in about for mark in widened(values).marks)

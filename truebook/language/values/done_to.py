"""Verbs that are done to a service which is named beside them, and are none themselves: "cut my beard"."""

from truebook.language.lists import lists
from truebook.language.lists.timewords import spelled
from truebook.language.names import Hit
from truebook.language.text import plain
from truebook.language.values.said import STOPS, Listening, Values


def without_deeds(values: Values, to: Listening) -> tuple[Hit, ...]:
    """Return the services without a verb that is done to one named beside it: before it where the verb is a part of its
    name, "his beard is out of hand, could somebody trim it?", or behind it, "tagliare la barba"."""
    names = {one.id: f" {plain(one.name)} " for one in to.desk.services}
    told = [mark.start for mark in values.marked("it")]
    small = lists(values.language)["whose"] - spelled(values.language, "article")

    def is_deed(hit: Hit) -> bool:
        verb = f" {plain(values.written(hit))} "
        before = [one for one in values.services if one.end <= hit.start]
        done = any(at >= hit.end and not values.text[hit.end : at].strip() for at in told)
        return done and any(verb in names[id] for one in before for id in one.ids)

    def governs(hit: Hit) -> bool:
        following = next((one for one in values.services if one.start >= hit.end), None)
        between = values.between(hit.end, following.start) if following else []
        stopped = following is not None and any(stop in values.text[hit.end : following.start] for stop in STOPS)
        alone = len(values.between(hit.start, hit.end)) == 1
        return alone and bool(between) and not stopped and all(word.text in small for word in between)

    return tuple(one for one in values.services if not (is_deed(one) or governs(one)))

"""An appointment in the calendar's grid, as HTML: a week has hundreds, and a template takes several times as long.

Whatever stands in it is escaped here, once.
"""

from collections.abc import Iterator
from html import escape

from markupsafe import Markup

from truebook.channels.web.desk.pieces import Block


def of(blocks: tuple[Block, ...], query: str) -> Markup:
    """Return the appointments and classes of a column; `query` leads back to this place."""
    place = escape(query)
    return Markup("\n".join(line for one in blocks for line in _lines(one, place)))


def _lines(one: Block, query: str) -> Iterator[str]:
    own, part = str(one.id), one.part
    lanes = f' data-lane="{one.lane}" data-lanes="{one.lanes}"' if one.lanes > 1 else ""
    told = [
        f'<a class="at ap {one.look}{" class" if one.place == "classes" else ""} hue-{one.hue}{_size(one)}"'
        f' id="ap-{own}{f"-{part}" if part > 1 else ""}" href="/desk/{one.place}/{own}?{query}"'
        f' data-swap="#panel" data-quiet data-at="{one.begin}" data-for="{one.length}"'
    ]
    if one.after:
        told.append(f' data-after="{one.after}"')
    told.append(f'{lanes} data-id="{own}"')
    if one.movable:
        told.append(f' data-version="{one.version}" data-movable')
    told.append(f' aria-label="{escape(one.label)}"')
    if one.parts > 1:
        told.append(f' data-parts data-part="{part}" data-late="{one.late}"')
    counted = f' <span class="quiet">{part}/{one.parts}</span>' if one.parts > 1 else ""
    told.append(
        f' draggable="false"><span><time>{one.time}</time> <b>{escape(one.who)}</b></span>'
        f'<span class="gl"><i class="glyph {one.channel}"></i><i class="glyph {one.told}"></i></span>'
        f'<span class="what">{escape(one.what)}{counted}</span></a>'
    )
    yield "".join(told)
    for begin, length in one.pauses:
        yield f'<i class="at pause" aria-hidden="true" data-at="{begin}" data-for="{length}"{lanes}></i>'


def _size(one: Block) -> str:
    """Return how little room there is: for one line, for two, and beside how many others."""
    return f"{' brief' if one.length < 25 else ' short' if one.length < 40 else ''}{' tight' if one.lanes > 2 else ''}"

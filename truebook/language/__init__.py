"""What people mean and how it is answered, in seven languages. Pure functions, no I/O.

The way of a sentence, a folder a step. `dialogue.py` takes one message after the other, `set_aside.py` what stands
beside the rest of it (a call, a note, a question), `yes_and_more.py` a yes with another wish behind it, and
`one_message.py` walks that rest:

    text         shorthand.py ("jvoudrai"), idiom.py (in which language), text.py (one spelling), spans.py (stretches)
    values/      what is said: days and times (temporal/), people (names.py), contact data, numbers, limits, each where
                 it stands, without what only looks like one; and the constraints that they make
    visits/      who comes, who gets what, in which order: several visits in one message
    pointing/    which of the offers is meant; days told by others ("half an hour later"); "no wait, the third"
    agreeing/    consent: the closed rule, what may stand beside a yes, the words of yeses, and its verbs ("add it")
    meaning/     clauses, cut where people cut, and their acts, learned from examples/ by `make train` (acts/);
                 what the whole message means in its place (state.py, desk_turn.py: what the desk had said)
    wishing/     what it changes of the wish (wish.py, merge.py)
    decision     truebook/assistant/offline
    words        wording/ (the sentences, as data; dates, lists, prices)

Words are data, a file a language: words/ (days and times), lists/ (small words), wording/ (what the desk says).
"""

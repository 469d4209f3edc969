"""What people mean and how it is answered, in seven languages. Pure functions, no I/O.

The way of a sentence, step by step, and where each step is (`dialogue.py` walks it for one message after the other):

    text         idiom.py: in which language; text.py: one spelling
    values       said.py: what they are; values.py, of temporal/ (days and times), days_meant.py, names.py, contact.py,
                 counting.py, marks.py (small words) and timewords.py, each where it stands (spans.py), without what
                 only looks like one (lookalikes.py); limits.py ("not before ten"), company.py (who comes along),
                 sharing.py and ordering.py (who gets what, and in which order)
    clauses      clauses.py: cut where people cut, the values masked
    acts         acts/: learned from examples/ by `make train`; hearing.py: the whole message taken apart
    meaning      meaning.py, with choosing.py (which of the offers) and consent.py, the closed rule, of yeses.py (its
                 words) and deeds.py ("add it")
    constraints  constraints.py, days_told.py, references.py ("half an hour later"), visits.py (several services)
    wish         wish.py; merge.py, wishing.py, moving.py and changing.py: what a later message changes of it
    decision     truebook/assistant/decide.py
    words        wording/ (the sentences, as data), voice.py and speak.py (dates, lists, prices)

Words are data, a file a language: words/ (days and times), lists/ (small words), wording/ (what the desk says).
"""

"""The assistant: a message comes in, tools are called, and what goes out about bookings is rendered from rows.

incoming/        a message is stored once, with the job that answers it; quick ones of one person are one turn
conversation.py  the turn: understood, tools called, the answer stored, all of it repeatable
models/          who thinks about it: a language model under watch, or the offline engine wherever that will not do
offline/         the receptionist without a model: how far a talk has come, and the next step
loop.py, tools/  what is called, for one tenant and one conversation; finding/ looks for times and places
consent.py       nothing is carried out but what was read back and got a yes; doing.py carries it out
acts.py          what was done, as facts taken from rows
answers/         those in words
past/            what is remembered of it, and what stood behind each message
handover.py      a person takes over, and hands back
"""

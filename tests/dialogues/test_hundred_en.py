"""A hundred conversations in English, through the real chat, and the rows they end in."""

import pytest

from tests.dialogues.hundred import STORIES, Phrases, failures, shop

pytestmark = pytest.mark.anyio
PHRASES: Phrases = {
    "wish": (
        "I'd like a haircut with Anna tomorrow at 15:30", "can you book me a haircut with anna for tomorrow, 3:30 pm?",
        "hi, haircut tmrw half past three in the afternoon with Anna pls", "a cut with Anna on Wednesday at 3.30pm",
        "Could I see Anna on the 3rd at 15:30 for a haircut?", "haircut with Anna, Wednesday 3 December, 15:30",
        "I need a haircut. Anna, tomorrow, 3:30 in the afternoon.", "is Anna free for a haircut tomorrow at 15:30?",
        "Hello! I want to book a haircut with Anna for December 3rd at 3:30pm.",
        "please put me down for a haircut tomorrow at 15:30, with Anna",
    ),
    "yes": (
        "yes", "yes please", "yep, book it", "sounds good", "that works", "ok", "sure, go ahead", "perfect, do that",
        "yes, that's right", "great, thanks, yes",
    ),
    "agree": (
        "yes", "yes please", "yes, cancel it", "right", "that's fine", "ok", "please do", "go ahead", "yes, that's right",
        "please cancel, thanks",
    ),
    "no": (
        "no", "no thanks", "nope", "rather not", "no, leave it", "no, please don't", "not really", "no, forget it",
        "never mind", "no thank you",
    ),
    "bye": (
        "bye", "goodbye", "that's all, bye", "see you", "thanks, bye", "have a nice day", "bye bye", "that's it, thanks",
        "ok bye", "talk to you later",
    ),
    "question": (
        "how much is it?", "what does it cost?", "how long does that take?", "where are you exactly?",
        "what's your address?", "when do you close?", "what are your opening hours?", "what else do you offer?",
        "how long will it be?", "what's the price?",
    ),
    "thursday": (
        "no wait, make it Thursday, same time", "actually Thursday would be better", "can we do Thursday instead?",
        "could you change that to Thursday", "not tomorrow, Thursday please", "hmm, rather Thursday",
        "Thursday at the same time would be better", "sorry, I meant Thursday", "let's do Thursday instead",
        "on second thought, Thursday at 15:30",
    ),
    "later": (
        "oh, can you make it 16:30?", "actually 4:30 pm would be better", "sorry, I meant 16:30",
        "can we do half past four instead?", "could you change it to 4:30 pm?", "hm, make it 16:30 please",
        "wait, 16:30 please", "can you move it to 16:30?", "no wait, 4:30 pm", "rather at 16:30, if possible",
    ),
    "cancel": (
        "please cancel my appointment", "I need to cancel", "cancel it please", "can you cancel my haircut?",
        "I have to cancel my appointment, sorry", "I can't make it, please cancel", "I'd like to cancel that appointment",
        "would you cancel my booking?", "sorry, something came up, cancel my appointment", "cancel the haircut please",
    ),
    "thanks": (
        "thanks", "thank you", "thanks a lot", "great, thank you", "cheers", "many thanks", "thank you very much",
        "ok thanks", "thx", "perfect, thanks",
    ),
    "move": (
        "can I move my appointment to Thursday?", "please move it to Thursday", "I need to reschedule to Thursday",
        "could you move my haircut to Thursday, same time?", "reschedule it to Thursday 15:30 please",
        "can we shift my appointment to Thursday?", "I'd like to move my appointment to Thursday at 3:30 pm",
        "please change my appointment to Thursday", "can you push it to Thursday?", "move my appointment to the 4th please",
    ),
    "greeting": (
        "hi", "hello", "good morning", "hey there", "hello, I'd like an appointment", "hi, can I book something?",
        "good morning, I need an appointment", "hey", "hi there, I want to make an appointment", "hello!",
    ),
    "service": (
        "a haircut", "I need a haircut", "haircut please", "I'd like to get a haircut", "a haircut with Anna", "a cut",
        "can I get a haircut?", "haircut", "I want a haircut", "it's for a haircut",
    ),
    "day": (
        "tomorrow, with Anna", "on Wednesday with Anna", "tomorrow if Anna has time", "Wednesday, and with Anna please",
        "tomorrow please, with Anna", "the 3rd, with Anna", "with Anna on Wednesday", "tomorrow. Anna, please.",
        "December 3rd with Anna", "Anna, tomorrow",
    ),
    "clock": (
        "at 15:30", "3:30 pm", "half past three in the afternoon", "15:30 please", "at half past 3 pm", "15:30",
        "how about 15:30?", "3.30 pm would be great", "at 15:30 if you can", "let's say 15:30",
    ),
    "around": (
        "a haircut with Anna tomorrow around 3pm", "haircut with anna tmrw around 3ish in the afternoon",
        "can I get a haircut with Anna tomorrow at about 15:00?", "haircut tomorrow around 3 pm with Anna",
        "I'd like a haircut with Anna on Wednesday around 15:00", "Anna, haircut, tomorrow, around 3 pm",
        "is Anna free around 3pm tomorrow for a haircut?", "a haircut at around 3 pm tomorrow with Anna, please",
        "something around 15:00 tomorrow, a haircut with Anna", "haircut with Anna, Wednesday, about 3 pm",
    ),
    "pick": (
        "half past", "the second one", "15:30", "the later one", "3:30 please", "15:30 is fine", "I'll take the second",
        "the later one please", "half past three", "let's take 15:30",
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
async def test_ten_ways_to_tell_a_story_end_in_the_same_row(database: str, story: str) -> None:
    async with shop(database, "en", "Haircut", ("cut", "trim")) as desk:
        wrong = await failures(desk, STORIES[story], PHRASES, "Haircut")
    assert wrong == [], "\n\n".join(wrong)

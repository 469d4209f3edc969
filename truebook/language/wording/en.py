"""English."""

SENTENCES: dict[str, tuple[str, ...]] = {
    # the small words
    "or": ("{first} or {last}",),
    "and": ("{first} and {last}",),
    "comma": (", ",),
    "with": ("{service} with {staff}",),
    "minutes": ("{minutes} minutes",),
    "today": ("today, {date}",),
    "tomorrow": ("tomorrow, {date}",),
    "yes": ("Yes",),
    "another_time": ("Another time",),
    "keep_it": ("Keep it",),
    "person": ("Talk to a person",),
    # finding a time
    "greet": (
        "Hello, this is {business}. What can I do for you?",
        "Hello! Would you like to book an appointment?",
    ),
    "ask_service": (
        "What would you like to book: {services}?",
        "Which of these may I book for you: {services}?",
    ),
    "ask_staff": ("Who would you like to see: {staff}?", "With whom: {staff}?"),
    "ask_day": ("Which day suits you for {service}?", "When would you like to come for {service}?"),
    "ask_time": ("{date}: at what time?", "And what time suits you, {date}?"),
    "ask_which_day": ("Do you mean {days}?", "Just to be sure: {days}?"),
    "ask_which_time": ("Do you mean {times}?", "Just to be sure: {times}?"),
    "ask_name": ("What name may I put it under?", "And your name, please?"),
    "ask_new_time": ("To which day and time shall I move it?", "Which day and time would suit you better?"),
    "free_one_day": ("{date}, {staff} is free at {times}. {which}", "{date}: {staff} has {times}. {which}"),
    "free_several": ("These times are free: {times}. {which}", "I could offer {times}. {which}"),
    "free_item": ("{date} at {time} with {staff}",),
    "time_with": ("{time} with {staff}",),
    "places": ("{what}, {seats} places",),
    "date_time": ("{date}, {time}",),
    "possible_one_day": (
        "{date}: {what} at {times}. {which}",
        "{what}, {date}: {times}. {which}",
    ),
    "possible_several": (
        "{what}: {times}. {which}",
        "For {what} I could offer {times}. {which}",
    ),
    "which_one": ("Which suits you?", "Which one shall it be?"),
    "does_it_suit": ("Does that suit you?", "Would that be all right?"),
    "one_by_one": ("Gladly, one after the other.", "Of course, one at a time."),
    "next": ("Next: {step}",),
    "none_free": (
        "I have nothing free for {service} around then. Which other day would suit you?",
        "There is nothing free for {service} then. May I look at another day?",
    ),
    # why not
    "why_booked": ("{time} on {date} is already taken.",),
    "why_buffer": ("{time} on {date} is too close to another appointment.",),
    "why_closed": ("We are not open at {time} on {date}.",),
    "why_closed_day": ("We are closed on {date}.",),
    "why_blackout": ("We are away on {date}.",),
    "why_notice": ("{time} on {date} is too soon for us.",),
    "why_notice_day": ("{date} is too soon for us.",),
    "why_past": ("That is already past.",),
    "why_horizon": ("{date} is further ahead than we give appointments.",),
    "why_not_offered": ("{staff} does not do {service}.",),
    "why_no_class": ("There is no {service} {date} as you wish.",),
    "why_class_full": ("{service}, {date}: there are not enough places left.",),
    "why_full": ("Nothing is free on {date} as you wish.",),
    # read-back, receipt and the honest no
    "read_back": (
        "{what}, {date}, {time} ({zone}), {details}. Shall I book it?",
        "So that is {what}, {date}, {time} ({zone}), {details}. May I book it?",
    ),
    "read_back_request": (
        "{what}, {date}, {time} ({zone}), {details}. Shall I ask for it?",
        "So that is {what}, {date}, {time} ({zone}), {details}. May I ask for it?",
    ),
    "read_back_move": (
        "I would move {what} from {old} to {date}, {time} ({zone}). Shall I do that?",
        "{what}, from {old} to {date}, {time} ({zone}): shall I move it?",
    ),
    "read_back_cancel": (
        "{what}, {date}, {time}: shall I cancel it?",
        "You would like to cancel {what}, {date}, {time}. Is that right?",
    ),
    "read_back_change": (
        "{date}, {time} ({zone}): I would change {old} to {what}, {details}. Shall I do that?",
        "{old} becomes {what}, {date}, {time} ({zone}), {details}: shall I change it?",
    ),
    "nothing_booked": ("Nothing is booked yet.",),
    "nothing_moved": ("Nothing is moved yet.",),
    "nothing_cancelled": ("Nothing is cancelled so far: your appointment stands.",),
    "receipt_booked": ("Booked ✓ {date}, {time} ({zone}), {what}. Code {code}. Change or cancel: {link}",),
    "receipt_requested": (
        "Requested, not yet confirmed: {date}, {time} ({zone}), {what}. Code {code}. You will hear from us. {link}",
    ),
    "receipt_moved": ("Moved ✓ Now {date}, {time} ({zone}), {what}. Code {code}. Change or cancel: {link}",),
    "receipt_changed": ("Changed ✓ Now {date}, {time} ({zone}), {what}. Code {code}. Change or cancel: {link}",),
    "receipt_cancelled": ("Cancelled ✓ {date}, {time}, {what} (code {code}). The time is free again.",),
    "receipt_offered": (
        "A time has come free: {date}, {time} ({zone}), {what}. "
        "It is kept for you until {until}; tell us if you want it. Code {code}. {link}",
    ),
    "receipt_off_list": ("You are no longer on our waiting list; tell us if you would like to be again.",),
    "gone": ("{time} was taken a moment ago; nothing is booked.",),
    "not_done": ("That could not be done; nothing was changed.",),
    "too_late": ("That is less than {notice} ahead, so I cannot change it here. Shall I pass you on to a person?",),
    "securing": ("I am still securing {time} for you. Nothing is certain until you get the message with a code.",),
    # series and the waiting list
    "item_series": ("{what}, {time}, {count} times from {first} to {last}",),
    "every_day": ("every day",),
    "every_days": ("every {number} days",),
    "every_week": ("every {weekday}",),
    "every_weeks": ("every {number} weeks on {weekday}",),
    "every_month": ("every month",),
    "every_months": ("every {number} months",),
    "not_free": ("Not possible: {dates}.",),
    "read_back_series": (
        "{what}, {rhythm}, {time} ({zone}), {count} times from {first} to {last}, {details} each. {missed}Shall I book them all?",
        "So that is {what}, {rhythm}, {time} ({zone}), {count} times, {first} to {last}, {details} each. {missed}May I book all of them?",
    ),
    "receipt_series_booked": (
        "Booked ✓ {count} times {what}, {rhythm}, {time} ({zone}), {first} to {last}. {missed}Codes {codes}.",
    ),
    "receipt_series_requested": (
        "Requested, not yet confirmed: {count} times {what}, {rhythm}, {time} ({zone}), {first} to {last}. {missed}Codes {codes}.",
    ),
    "receipt_series_cancelled": (
        "Cancelled ✓ {count} times {what}, {first} to {last}, {time}. {missed}Codes {codes}. The times are free again.",
    ),
    "read_back_series_cancel": (
        "{count} times {what}, {first} to {last}, {time}: shall I cancel all of them?",
        "You would like to cancel {what}, {count} times from {first} to {last}, {time}. All of them?",
    ),
    "ask_count": (
        "How many times shall it be, or until when?",
        "Until when would you like it, or how many times?",
    ),
    "item_waiting": ("{what} ({windows})",),
    "read_back_wait": (
        "I would put you on the waiting list: {items}. Shall I?",
        "{items}: shall I put you on the waiting list for that?",
    ),
    "receipt_waiting": (
        "You are on the waiting list: {items}. What comes free is offered to you here, in turn. Nothing is booked yet.",
    ),
    "read_back_wait_no_more": (
        "{items}: shall I take you off the waiting list?",
        "Shall I take you off the waiting list ({items})?",
    ),
    "receipt_waiting_no_more": ("You are off the waiting list: {items}.",),
    "waiting": ("You are waiting for {items}.",),
    "waiting_none": ("You are not on our waiting list.",),
    "read_back_take": (
        "{what}, {date}, {time} ({zone}), {details}, is kept for you until {until}. Shall I book it?",
        "Until {until} I keep {what}, {date}, {time} ({zone}), {details}, for you. May I book it?",
    ),
    "not_kept": ("No time is kept for you any more; nothing is booked.",),
    # what they have
    "mine_one": ("You have {items}.",),
    "mine_none": (
        "You have no appointment ahead. Shall I book one?",
        "There is nothing booked for you. Shall I book something?",
    ),
    "mine_unknown": (
        "I cannot see from here which appointment is yours. Please send me its code, which stands in the confirmation (like 7Q4-K2M), or talk to a person.",
        "I do not know yet which appointment you mean: the code in its confirmation tells me. Without it a person can help you.",
    ),
    "item": ("{what}, {date}, {time}",),
    "item_code": ("{item} (code {code})",),
    "which_appointment": ("Which one: {items}?", "Which of these: {items}?"),
    "kept": ("All right, it stays as it is.", "Fine, nothing is changed."),
    "declined": ("All right. Which other day or time would suit you?", "No problem. When would be better?"),
    # questions in between
    "price": ("{service} costs {price}.",),
    "price_unknown": ("I have no price for {service} here; the team will tell you.",),
    "duration": ("{service} takes {minutes} minutes.",),
    "services": ("We offer {services}.",),
    "hours": ("We are open {hours}.",),
    "hours_unknown": ("I do not have our opening hours here.",),
    "address": ("You find us at {address}.",),
    "address_unknown": ("I do not have our address here; the team will tell you.",),
    # talk
    "pardon": ("Sorry, I did not quite get that.", "Forgive me, I am not sure I follow."),
    "thanks": ("You're welcome.", "My pleasure.", "Gladly."),
    "bye": ("Goodbye, see you soon.", "Take care, goodbye."),
    "bye_open": (
        "Goodbye. That is not settled yet; just write when you would like it.",
        "Take care. We have left that open; write to me whenever you like.",
    ),
    "late": (
        "Thank you for letting us know. The team can read it here. Would you rather move the appointment?",
        "Thanks for telling us. It stands here for the team to read. Shall I move the appointment instead?",
    ),
    "handover_later": (
        "I'll pass you on to a person. {date}, from {time}, the team is back and will answer you here.",
    ),
    "handover": (
        "I'll pass you on to a person. We are open right now; someone will answer you here as soon as they can.",
    ),
    "choose": ("Choose",),
    "cannot_read": ("I can only read text here. Please write me what you would like.",),
    "closed_for_now": (
        "I'm sorry, {business} is not taking or moving appointments at the moment; one you already have can still be cancelled by the link in its confirmation.",
        "For now nothing can be booked or moved at {business}, I'm sorry; what you already have can still be cancelled by the link in its confirmation.",
    ),
    "lost_1": (
        "I did not quite get that. Would you like to book, move or cancel an appointment?",
        "I'm not sure what you mean. Shall I book something for you, or change an appointment?",
    ),
    "lost_2": ("Sorry, I still don't follow. You can pick one: {choices}.", "Let's try it this way: {choices}?"),
    "lost_3": (
        "I'm sorry, I can't help with that. Shall I pass you on to a person?",
        "Would you rather talk to a person?",
    ),
    "choices": ("book an appointment", "move one", "cancel one"),
    "smalltalk": (
        "I look after the appointments here. Shall I book one for you?",
        "I'm here for your appointments. Would you like to book one?",
    ),
    # what the desk does not know or understand
    "unheard": (
        "I did not understand “{words}”.",
        "“{words}”: that I could not make out.",
    ),
    "stuck": (
        "We are not getting on like this. Shall I pass you on to a person? Or choose what you would like to do.",
        "I am sorry, I do not get any further. A person can take over, or choose below.",
    ),
    "too_many_ahead": (
        "You have as many appointments ahead as can be made in a chat. Nothing new is booked. Shall I pass you on to a person?",
        "More appointments than you have now cannot be made in a chat, so nothing new is booked. Would you like to talk to a person?",
    ),
    "sorry": (
        "I am sorry about that. Shall I pass you on to a person?",
        "That should not have happened, I am sorry. Would you like a person to look into it?",
    ),
    "coming": (
        "Lovely, see you then.",
        "Thank you for letting us know. See you then.",
    ),
    "ask_code": (
        "For that I need the code from your confirmation, such as 7Q4-K2M.",
        "Please send me the code that stands in your confirmation (like 7Q4-K2M).",
    ),
    "code_wrong": (
        "I know no appointment ahead with that code.",
        "With that code I find no appointment ahead.",
    ),
    "code_limit": (
        "That was too many codes. Please call or write to the team.",
        "Too many codes were tried; the team can help you.",
    ),
    "fact_unknown": (
        "That I do not know; I have noted your question for the team.",
        "I cannot tell you that; the team will read your question.",
    ),
    "who": ("{service}: {staff}.",),
    "gave_staff": ("{staff} is not free then.",),
    "gave_time": ("Not quite as you wished, but near it:",),
    "ask_day_of": (
        "Free next: {days}. Which day suits you for {service}?",
        "The next free days are {days}. When would you like to come for {service}?",
    ),
    "read_back_cancel_all": (
        "{items}: shall I cancel all of them?",
        "You would like to cancel {items}. All of them?",
    ),
    # the page behind a receipt's link
    "page_held": ("Held for you",),
    "page_pending": ("Requested, not yet confirmed",),
    "page_confirmed": ("Booked",),
    "page_cancelled": ("Cancelled",),
    "page_completed": ("Done",),
    "page_no_show": ("Missed",),
    "page_what": ("What",),
    "page_length": ("Length",),
    "page_where": ("Where",),
    "page_code": ("Code",),
    "page_move": ("Move it to another time",),
    "page_calendar": ("Add to calendar",),
    "page_again": ("Book another time",),
    "page_cancel": ("Cancel this appointment",),
    "page_sure": ("Its time becomes free at once, and somebody else may take it.",),
    "page_cancel_now": ("Yes, cancel it",),
    "page_too_late": ("It is too close to the appointment to cancel it here. Please call or write to us.",),
    "receipt_reminder": (
        "A reminder: {date}, {time} ({zone}), {what}. Will you come? Code {code}. Change or cancel: {link}",
    ),
    "receipt_correction": (
        "We told you something wrong, and apologise. What our book says: {date}, {time} ({zone}), {what}. Code {code}. Change or cancel: {link}",
    ),
    "will_come": ("I will come",),
    "cannot_come": ("I cannot come",),
    # what those who work with the desk hear of
    "notice_booked": ("New",),
    "notice_requested": ("Asked for",),
    "ask_number": ("Please share your number with the business, so that it can reach you.",),
    "number_kept": ("Thank you, your number is kept with your booking.",),
    "notice_waiting": ("{name} waits for an answer: {words}",),
    "notice_alert": ("Please look",),
    "notice_several": ("{count} things at {business}",),
    # e-mails
    "stop_ask": ("Send no more of these e-mails from {business}?",),
    "stop_done": ("Done: no more of these e-mails come from {business}.",),
    "mail_reminder": ("Reminder",),
    "mail_correction": ("Correction",),
    "mail_moved": ("Moved",),
    "mail_offered": ("A time has come free",),
    "mail_waitlist": ("Waiting list",),
    "mail_sign_in_subject": ("Your link to {business}",),
    "mail_sign_in": (
        "This link opens the desk of {business} for you, once, within {minutes} minutes: {link}\n\nIf you did not ask for it, nothing needs to be done.",
    ),
    "trouble": (
        "Something went wrong on our side. Please try again in a minute.",
        "That failed on our side. Please try once more in a moment.",
    ),
}

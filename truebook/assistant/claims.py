"""Could these words be taken for a claim about a booking? When in doubt, yes: then the desk's own words go out."""

import re

# Anything that names a time or a date, or that any of our languages uses for an appointment and what becomes of it.
SUSPECT = re.compile(
    r"\d|✓|✅|👍"
    r"|\b(book|reserv|confirm|schedul|appoint|slot|mov|reschedul|cancel|chang|done|set|secur|arrang|regist|sav|"
    r"all good|see you|expect|ready|sorted|fix|got you|in the (calendar|diary|system)|taken care|"
    r"termin|gebucht|buch|bestätig|verschob|verleg|storn|abgesag|reservier|eingetragen|erledigt|"
    r"cita|turno|agend|cancelad|confirmad|movid|hora|marcad|consulta|remarcad|"
    r"rendez|réserv|annul|déplac|confirmé|appuntament|prenot|spostat|annullat|"
    r"afspraak|geboekt|verplaatst|geannuleerd|bevestigd|"
    r"mon|tues?|wednes|thurs?|fri|satur|sun|tomorrow|today|tonight|noon|midnight|o'?clock|morning|afternoon|evening|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter|next|week|month)",
    re.IGNORECASE,
)


def could_claim(words: str) -> bool:
    """Tell whether words could make a customer believe something about an appointment."""
    return bool(SUSPECT.search(words))

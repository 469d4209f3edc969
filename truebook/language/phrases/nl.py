"""Dutch."""

from truebook.language.phrases.table import Cue, Phrases, lines
from truebook.language.text import words

_APPOINTMENT = r"(?:afspraak|afspraken|afspraakje|boeking|boekingen|reservering|reserveringen|behandeling|plekje)"

PHRASES = Phrases(
    code="nl",
    common=words(
        """aan afspraak ben afzeggen al alle alleen als altijd annuleren avond bent bij boeken dag dagen dan dank dankjewel dat de deze die dinsdag
        dit doe doei doen donderdag door dus een eens en er ergens even ga gaan geen goed goede graag haar had half hallo heb hebben heeft
        heel het hij hoe hoeveel hoi ik in is ja jij jullie kan kon kost kun kunnen kunt later liever maandag maar mag me meer met mij mijn moet
        morgen na naar nee niet nog nu of om omdat ook op over prijs prima s te tijd toch tot tussen twee uit uur uw van vandaag veel
        verplaatsen verzetten vrij vrijdag voor vroeg waar waarom wanneer was wat week weg wel welke wie wil willen woensdag wordt zaterdag zal ze zeker zien
        zijn zo zondag zou jou je u middag ochtend iemand spreken alstublieft alsjeblieft bedankt perfect""",
    ),
    trade=words("salon kapper kapsalon praktijk centrum instituut kliniek studio"),
    yes=lines(r"""
        ^(?:(?:ah|oh|nou|en) )*(?:ja|jaa+|jawel|yes|zeker|prima|goed|graag|ok|oke|okay|perfect|klopt|akkoord|afgesproken|uitstekend|natuurlijk|inderdaad|precies|top|mooi|leuk|fijn|super|doe maar|is goed|geweldig|uiteraard)
        (?:dat|die|deze|dit|het) (?:is|klinkt|lijkt me|lijkt mij|komt|past|werkt|kan|gaat|klopt)(?: mij| me)? ?(?:goed|prima|perfect|uitstekend|fijn|uit)?(?: uit)?$|komt (?:goed|mij) uit|^(?:boek|reserveer|bevestig) (?:maar|het|hem|die)
    """),
    no=lines(r"""
        ^(?:nee|neen|nooit|liever niet|nog niet|niet|laat maar|toch niet|helaas niet)
        (?:kan|past|werkt|wil|is|lukt|komt|gaat)(?: \w+){0,3} (?:niet|geen)|te (?:laat|vroeg|duur)|geen van|van gedachten veranderd|helaas niet
    """),
    acknowledgement=(r"(?:ok|oke|okay|bedankt|dank je|dank u|dankjewel|dankuwel| )+",),
    praise=(r"(?:top|prima|perfect|goed|mooi|super|geweldig|fijn)",),
    hedge=lines(r"(?<!doe )maar|alleen als|als het|tenzij|behalve|wacht|in plaats|liever|ander\w*|wijzigen|weet niet|hangt ervan af|eerst|of|niet|geen|later|eerder|vroeger|minder dan"),
    doubtful=lines(r"denk|misschien|wellicht|waarschijnlijk|geloof"),
    not_no=lines(r"geen probleem|geen punt|niet erg|waarom niet|maakt niet uit"),
    commands=("afspraak", "annuleren", "afzeggen", "verzetten", "verplaatsen", "reserveren", "perfect", "bedankt"),
    courtesy=lines(r"hoe gaat het|hoe is het"),
    besides=lines(r"ook nog|daarnaast|nog een"),
    openers=lines(r"""
        (?:en|dan|dus|ja|nee|ok|oke|hallo|hoi|hey|goedemorgen|goedemiddag|goedenavond|goedendag|alstublieft|alsjeblieft|bedankt|ook|nu|prima|perfect|graag)
        (?:kunt|kun|kan|zou|zouden|mag|kunnen|wil|wilt) (?:u|je|jij|jullie|ik|we|wij)(?: mij| me| ook| even| alstublieft)*
        (?:ik|we|wij) (?:zou|wil|willen|moet|heb|wou|ga)(?: graag| even| ook)*
    """),
    question=lines(r"^(?:wat|wanneer|waar|wie|hoe|hoeveel|welke|waarom|hoelang|tot hoe laat|vanaf wanneer|heeft u|heb je|hebben jullie|is er|zijn er|zijn jullie|bent u|ben je|doen jullie|kan ik|mag ik)"),
    appointment=(_APPOINTMENT,),
    elsewhere=lines(r"taxi|weer|regen|bioscoop|film|vlucht|vliegtuig|vliegveld|bus|trein|hotel|restaurant|muziek|pizza"),
    refuse_before=lines(r"(?:niet|geen|behalve|in plaats van|nooit|liever niet)(?: op| om| met| bij| de| het)*"),
    refuse_after=lines(r"(?:kan|past|lukt|komt|werkt)(?: \w+){0,2} niet"),
    background=lines(r"omdat|want|ik heb (?:een|al|dan)(?! (?:afspraak|boeking))|vergeten|schiet me te binnen"),
    wishing=lines(r"verplaatsen|verzetten|wil|kan|liever|graag|zou"),
    target_before=("naar",),
    or_words=("of",),
    ordinals={
        r"(?:de|het)? ?(?:eerste|1e)(?: optie| tijd)?|optie (?:1|een|a)": 0,
        r"(?:de|het)? ?(?:tweede|2e)(?: optie| tijd)?|optie (?:2|twee|b)|de andere": 1,
        r"(?:de|het)? ?(?:derde|3e)(?: optie| tijd)?|optie (?:3|drie)": 2,
        r"(?:de|het) laatste": -1,
    },
    minutes={r"half": 30, r"kwart over": 15, r"kwart voor": 45, r"precies heel": 0},
    earlier=lines(r"(?:de|het) (?:vroegste|vroegere|eerdere)"),
    later=lines(r"(?:de|het) (?:laatste|latere)|^(?:liever |iets )?later(?: graag| liever)?$"),
    whichever=lines(r"maakt (?:me |mij )?niet uit|allebei|beide|een van (?:beide|de twee)|kies maar|om het even"),
    neither=lines(r"geen van|andere? (?:tijd|dag|datum|optie|tijden)|iets anders"),
    someone_else=lines(r"iemand anders|een andere (?:kapper|kapster|arts|dokter|therapeut|medewerker)"),
    anyone=lines(r"maakt (?:me |mij )?niet uit (?:bij )?wie|wie dan ook|bij wie dan ook|iedereen is goed"),
    adding=(r"ook|nog (?:een|eentje)|daarnaast|bovendien|en een voor",),
    joining=("en", "dan"),
    counts={r"twee|2": 2, r"drie|3": 3},
    right_after=(r"(?:meteen|direct|vlak) (?:daarna|erna|na mij)|aansluitend",),
    same_day=lines(r"(?:op )?dezelfde dag|die dag"),
    same_time=lines(r"(?:op )?dezelfde tijd|zelfde tijd|op die tijd"),
    any_time=lines(r"elke tijd|hoe laat maakt (?:me )?niet uit|wanneer dan ook"),
    any_day=lines(r"elke dag|welke dag maakt (?:me )?niet uit"),
    shifts={r"een uur later": 60, r"een half ?uur later": 30, r"een uur (?:eerder|vroeger)": -60, r"een half ?uur (?:eerder|vroeger)": -30},
    name_before=lines(r"ik heet|mijn naam is|ik ben|op naam van"),
    own_name=lines(r"(?:ik heet|mijn naam is|ik ben|op naam van|mijn (?:zoon|dochter|man|vrouw|moeder|vader|broer|zus))"),
    place_before=lines(r"in|bij|vlakbij"),
    staff_before=lines(r"bij|met|voor|naar|dokter|dr|mevrouw|meneer|liever|en|of|van"),
    cues={
        "book": (Cue(3, lines(r"boek(?:en)?|reserv\w+|afspraak (?:\w+ ){0,5}(?:maken|plannen|inplannen)|inplannen|(?:wil|graag|zou|nodig)(?: \w+){0,6} (?:afspraak|boeking)")), Cue(2, lines(r"(?:wil|zou) (?:ik )?(?:graag )?(?:een|langskomen|komen|voor)|kan ik (?:\w+ ){0,4}(?:komen|langskomen|terecht)|ik wil graag")), Cue(-4, lines(r"(?:annul|afzeg|verzet|verplaats)\w*(?!.* en )")), Cue(1, (_APPOINTMENT,))),
        "availability": (Cue(3, lines(r"(?:heeft|heb|hebben|is|zijn|nog)(?: \w+){0,6} (?:vrij|vrije|beschikbaar|plek|plaats|ruimte|tijd|mogelijk)|(?:wanneer|welke|wat)(?: \w+){0,5} (?:vrij|vrije|beschikbaar|plek|tijden)|wanneer kan ik|zo snel mogelijk|eerste (?:vrije|mogelijke)|(?:niets|iets) (?:eerder|later|anders)")),),
        "move": (Cue(7, lines(r"verplaats\w*|verzet\w*|verschui\w*|verschoven|uitstel\w*|omboeken|naar voren halen|(?:wijzig\w*|verander\w*) (?:\w+ ){0,4}(?:afspraak|boeking|tijd|dag|datum)|afspraak (?:\w+ ){0,4}(?:wijzigen|veranderen)")),),
        "cancel": (Cue(6, lines(r"annuleer\w*|annuleren|afzeg\w*|afgezegd|zeg (?:\w+ ){0,4}af|afmelden|cancel\w*|(?:kan|kunnen) (?:\w+ )*niet komen")), Cue(-9, lines(r"niet (?:annuleren|afzeggen)"))),
        "mine": (Cue(4, lines(r"(?:wanneer|welke|wat|hoe laat)(?: \w+){0,3} (?:heb ik|is mijn|zijn mijn)|mijn afspraken|(?:wanneer|hoe laat|welke) (?:is|zijn) mijn|heb ik (?:\w+ ){0,3}(?:afspraak|afspraken|boeking)")),),
        "price": (Cue(3, lines(r"hoeveel (?:kost|is)|wat kost\w*|kosten|prijs|prijzen|tarief|tarieven|duur$|korting")),),
        "hours": (Cue(3, lines(r"openingstijden|(?:hoe laat|wanneer|tot hoe laat)(?: \w+){0,3} (?:open|dicht|gesloten)|(?:zijn|bent|is)(?: \w+){0,3} (?:open|dicht|gesloten|geopend)")),),
        "address": (Cue(3, lines(r"waar (?:zit|zitten|is|zijn|bent|vind)|adres|hoe kom ik|parkeren|parkeer\w*|telefoonnummer")),),
        "duration": (Cue(3, lines(r"hoe ?lang (?:duurt|ben|is)|duurt|duur van")),),
        "services": (Cue(3, lines(r"welke (?:diensten|behandelingen)|(?:doen|bieden) (?:jullie|u)(?: \w+){1,3}|wat (?:doen|bieden) jullie|wie werkt")),),
        "person": (Cue(4, lines(r"(?:iemand|mens|medewerker|persoon)(?: \w+){0,3} (?:spreken|praten)|(?:spreken|praten) met (?:een |iemand)?(?: ?\w+){0,2}|echt mens|echte persoon|(?:ben je|bent u) (?:een )?(?:bot|robot|mens|machine)|bel me|terugbellen")),),
        "late": (Cue(4, lines(r"(?:kom|ben|wordt|word)(?: \w+){0,4} (?:te laat|later)|vertraging|minuten (?:te laat|later)|in de file|ben onderweg")),),
        "greet": (Cue(2, lines(r"^(?:hallo|hoi|hey|goedemorgen|goedemiddag|goedenavond|goedendag|dag)$")), Cue(0.8, lines(r"^(?:hallo|hoi|goedemorgen|goedemiddag)"))),
        "thanks": (Cue(2, lines(r"bedankt|dank je(?: wel)?|dank u(?: wel)?|dankjewel|dankuwel|hartelijk dank")),),
        "bye": (Cue(2.5, lines(r"doei|tot ziens|tot (?:dan|snel|straks)|fijne dag|dat was het|dat is alles|verder niets|niets meer")),),
        "smalltalk": (Cue(9, lines(r"negeer (?:alle|je|uw)|(?:je|uw) instructies|doe alsof")), Cue(2, lines(r"hoe gaat het|wie ben je|wie bent u|mop|haha+"))),
    },
)  # fmt: skip

"""German. Umlauts arrive without their dots: "möchte" is "mochte" here, and "moechte" where they were typed so."""

from truebook.language.phrases.table import Cue, Phrases, lines
from truebook.language.text import words

_APPOINTMENT = r"(?:termin\w*|buchung(?:en)?|reservierung(?:en)?|besuch|behandlung|sitzung|slot)"
_WANT = r"(?:mo?e?chte|mochten|wurde|wuerde|wurden|hatte|haette|hatten|haetten|will|wollte|wollen|brauche|brauchen|benotige|benoetige|suche)"

PHRASES = Phrases(
    code="de",
    common=words(
        """ab aber abend alle alles also am an anderen andere anderer anderes arzt auch auf aus bei beim bitte brauche bin bis bist da
        dann das dass dein dem den der des die dienstag dir doch donnerstag du ein eine einem einen einer eines er erst es etwas fur
        frage freitag frei fruh ganz gar geht gehts gern gerne gestern gibt gut gute guten haare hab habe haben hallo hat hatte hatten
        heute hier ich ihnen ihr ihre ihren im in ist ja jemand jetzt kann kannst kein keine keinen konnen konnte konnten koennen
        koennte lieber machen mal man mehr mein meine meinem meinen meiner mich mir mit mittag mittwoch mochte mochten moechte moglich
        montag morgen muss nach nachmittag nachste nachsten nachster naechste nein nicht nichts noch nochmal nun nur ob oder ohne passt
        samstag sagen schon schreiben sehr sein sich sie sind so sollte sonntag sonst spater spat stunde tag tage termin treffen tschuss
        uber uhr um und uns unter verschieben viel vielen vielleicht vom von vor vormittag wann war ware warum was weil welche welchen
        welcher wenn wer werde wer wie wieder will wir wird wo woche wochen wollte wurde wuerde zeit zu zum zur zwei danke super okay ok
        buchen absagen termine preis kosten dauert danach davor stattdessen leider spatestens fruhestens halb viertel""",
    ),
    trade=words("praxis salon friseur studio haus zentrum klinik institut kosmetik haar haare team apotheke werkstatt schule"),
    yes=lines(
        r"""
        ^(?:(?:oh|ach|na|also|und|ok|okay|hm+) )*(?:ja|jaa+|jo|jep|jup|yes|yep|jawohl|klar|sicher|gern|gerne|passt|genau|stimmt|richtig|korrekt|perfekt|super|prima|toll|wunderbar|ausgezeichnet|klasse|top|gut|okay|ok|oki|einverstanden|naturlich|natuerlich|selbstverstandlich|unbedingt|auf jeden fall|alles klar|in ordnung|bestens|fein|ideal|optimal|hervorragend|geht klar|abgemacht|bestatigt|bestaetigt|freilich|eh)
        (?:das|der|die|dieser|es|so|mir)? ?(?:passt|passen|klappt|geht|ginge|ware|waere|ist|klingt|hort sich|hoert sich|sieht)(?: mir| fur mich| fuer mich| fur uns| wirklich| sehr| ganz| ja| auch| alles| so)* (?:gut|super|perfekt|prima|toll|wunderbar|ausgezeichnet|ideal|in ordnung|okay|ok|fein|klasse|richtig|korrekt|optimal|bestens|recht|gut aus|gut an|super an)
        (?:das|der|die|dieser|es|so|mir) (?:passt|klappt|geht|ginge|stimmt|haut hin)(?: mir| fur mich| fuer mich| so| gut| auch| ja)*$
        ^(?:passt|klappt|geht)(?: mir| fur mich| fuer mich| so| gut| auch| ja| perfekt| super| klar)*$
        ^(?:bitte )?(?:buchen|buche|buch|reservieren|reserviere|bestatigen|bestatige|eintragen|nehmen|nehme|nehm)(?: sie| wir| ich| es| ihn| das| den| mir| mich)*(?: bitte| ein| so| gern| gerne)*$
        ^(?:den|das|die|diesen|dieses) (?:nehme|nehm|mochte|moechte|hatte|haette) (?:ich|wir)(?: gern| gerne| bitte)*$
        machen (?:wir|sie) (?:das|es|so)|so machen wir(?:s| das| es)?|bin (?:ich )?einverstanden|bin dabei|das machen wir
        """
    ),
    no=lines(
        r"""
        ^(?:nein|ne|nee|noe|no|nicht|niemals|keinesfalls|auf keinen fall|falsch|stopp|stop|lieber nicht|eher nicht|doch nicht|leider nicht|leider nein|vergiss|vergessen sie|lass|lassen sie)
        (?:passt|geht|klappt|kann|konnte|stimmt|will|mochte|moechte|gefallt|ist|war)(?: \w+){0,4} (?:nicht|nie|kein\w*|leider nicht|schlecht|zu spat|zu spaet|zu fruh|zu frueh)
        (?:zu (?:spat|spaet|fruh|frueh|teuer|weit|lang|lange|kurz)|keine? (?:davon|von|passt|zeit|lust|interesse)|nicht (?:gut|richtig|moglich|so|der|die|das|ideal|mehr)|anders uberlegt|ich meinte|kein interesse)
        """
    ),
    acknowledgement=(r"(?:ok|okay|gut|alles klar|aha|ah|danke|dankeschon|vielen dank|ja|so|na| )*(?:ok|okay|alles klar|aha|danke|dankeschon|vielen dank)",),
    praise=(r"(?:ok |okay |oh )?(?:super|toll|perfekt|prima|gut|sehr gut|wunderbar|klasse|fein|schon|top)",),
    hedge=lines(
        r"""
        aber|allerdings|jedoch|ausser|nur wenn|wenn|falls|warte|warten|moment|stattdessen|lieber|eher|nicht sicher|mal sehen|kommt drauf an|andern|aendern|anders|andere[rsnm]?|doch nicht|oder|bevor|zuerst|erst noch|nicht|kein\w*|fast|spater|spaeter|fruher|frueher|statt
        """
    ),
    doubtful=lines(r"glaube|denke|wohl|vielleicht|eventuell|evtl|moglicherweise|wahrscheinlich|eigentlich|konnte gehen|mag sein"),
    not_no=lines(r"kein problem|keine sorge|keine umstande|nicht schlecht|warum nicht|macht nichts|keine ursache|keine frage|nichts dagegen"),
    commands=(
        *("termin", "termine", "absagen", "stornieren", "verschieben", "verlegen", "reservieren", "vereinbaren"),
        *("bestatigen", "perfekt"),
    ),
    courtesy=(r"wie geht es (?:ihnen|dir)", r"wie gehts", r"wie geht s"),
    besides=(r"auch noch|ausserdem|noch einen|zusatzlich",),
    openers=lines(
        r"""
        (?:und|dann|also|ja|nein|ne|ok|okay|gut|super|danke|hallo|hi|hey|servus|moin|gruss gott|guten (?:tag|morgen|abend)|bitte|ach|ah|ahm|oh|nun|jetzt|ausserdem|noch|auch|mal|sorry|entschuldigung|entschuldigen sie|perfekt|toll|genau)
        (?:konnen|konnten|konnte|koennen|koennten|koennte|kann|kannst|konntest|wurden|wuerden|wurdest|darf|durfte|duerfte) (?:sie|du|ich|wir|man|ihr)(?: bitte| mir| uns| mich| auch| noch| vielleicht| mal| eventuell| meinen| den)*?
        (?:ich|wir) (?:mo?e?chten?|wurden?|wuerden?|hatten?|haetten?|will|wollen|wollte|wollten|muss|mussen|musste|musste|brauche|brauchen|sollte)(?: gern| gerne| bitte| auch| noch| mal| lieber| leider)*
        (?:ware|waere) es moglich|ist es moglich|geht es|lass uns|lassen sie uns|es ware|bitte
        """
    ),
    question=lines(
        r"""
        ^(?:was|wann|wo|wer|wen|wem|wie|wieso|warum|weshalb|welche[rsnm]?|wieviel|wohin|ab wann|bis wann|um wieviel|um wie viel)
        ^(?:ist|sind|war|hat|haben|habt|gibt|gibts|kann|konnen|konnten|darf|muss|geht|ginge|hatten|haetten|habe|hab|bietet|bieten|macht|machen|machst|nehmen|akzeptieren|dauert|kostet) (?:es|das|der|die|den|sie|ihr|ich|man|du|wir|da|hier|noch|morgen|heute|bei|am|um|mein\w*)
        """
    ),
    appointment=(_APPOINTMENT,),
    elsewhere=lines(r"taxi|uber|wetter|regen|kino|film|filme|konzert|flug|fluge|fliegen|flughafen|bus|zug|bahn|hotel|restaurant|musik|lied|mietwagen|wecker|pizza|mein kalender|bundesliga|witz"),
    pause=lines(r"(?:moment|augenblick|sekunde|minute|kurz warten|warte kurz|eine? (?:sekunde|minute|moment))"),
    refuse_before=lines(r"(?:nicht|nie|kein\w*|ausser|statt|anstatt|anstelle|statt des|statt dem|ausgenommen|bloss nicht|nur nicht)(?: mehr| schon| erst)?(?: am| um| an| bei| mit| den| dem| des| der| die| das| vom| von| zu| nachsten| diesen| diese)*"),
    refuse_after=lines(
        r"""
        (?:\w+ )?(?:geht|passt|klappt|kann ich|konnen wir|ist|ware|habe ich|hab ich)(?: \w+){0,3} (?:nicht|schlecht|nie|keine zeit|zu (?:spat|spaet|fruh|frueh))
        (?:leider |doch |eher |lieber )*nicht
        """
    ),
    background=lines(r"weil|da ich|denn ich|ich habe (?:ein\w*|schon|noch|da)(?! (?:termin|buchung))|muss ich|hochzeit|eingefallen|vergessen"),
    wishing=lines(r"verschieben|andern|aendern|lieber|statt|stattdessen|geht|mochte|moechte|will|kann|konnen|wurde|wie ware|nehmen|buchen|also|daher|deshalb"),
    target_before=("auf", "nach"),
    or_words=("oder", "bzw"),
    shifts={
        r"(?:eine|1) stunde (?:spater|spaeter|danach|nach hinten)": 60,
        r"(?:eine )?halbe stunde (?:spater|spaeter|danach|nach hinten)|30 minuten (?:spater|spaeter)": 30,
        r"(?:zwei|2) stunden (?:spater|spaeter|danach)": 120,
        r"(?:eine )?viertelstunde (?:spater|spaeter)|15 minuten (?:spater|spaeter)": 15,
        r"(?:eine|1) stunde (?:fruher|frueher|davor|vorher|nach vorne)": -60,
        r"(?:eine )?halbe stunde (?:fruher|frueher|davor|vorher)|30 minuten (?:fruher|frueher)": -30,
        r"(?:zwei|2) stunden (?:fruher|frueher|davor|vorher)": -120,
    },
    ordinals={
        r"(?:der|die|das|den|dem)? ?(?:erste[nrsm]?|1te[nr]?)(?: termin| zeit| option| vorschlag)?|nummer (?:1|eins)|option (?:1|a)": 0,
        r"(?:der|die|das|den|dem)? ?(?:zweite[nrsm]?|2te[nr]?)(?: termin| zeit| option| vorschlag)?|nummer (?:2|zwei)|option (?:2|b)|de[rn] andere[nr]?": 1,
        r"(?:der|die|das|den|dem)? ?(?:dritte[nrsm]?|3te[nr]?)(?: termin| zeit| option| vorschlag)?|nummer (?:3|drei)|option (?:3|c)": 2,
        r"(?:der|die|das|den|dem)? ?(?:vierte[nrsm]?)(?: termin| zeit| option| vorschlag)?|nummer (?:4|vier)": 3,
        r"(?:der|die|das|den|dem) letzte[nrsm]?": -1,
    },
    minutes={r"halb": 30, r"viertel nach": 15, r"(?:viertel vor|dreiviertel)": 45, r"(?:zur |die )?volle[nr]? stunde": 0},
    earlier=lines(r"(?:de[rn]|die|das) (?:fruhere[nrs]?|fruehere[nrs]?|fruheste[nrs]?)(?: termin)?"),
    later=lines(r"(?:de[rn]|die|das) (?:spatere[nrs]?|spaetere[nrs]?|spateste[nrs]?)(?: termin)?"),
    whichever=lines(r"egal|beide[s]? (?:geht|gehen|passt|passen)|irgendeine[rsn]?|eine[rns]? von (?:beiden|den beiden)|suchen sie (?:es )?(?:sich )?aus|entscheiden sie|ist mir (?:egal|gleich)|wie sie (?:wollen|mochten)"),
    neither=lines(r"keine[rsnm]? (?:davon|von|passt|der)|weder noch|nichts davon|was anderes|etwas anderes|andere (?:zeit|zeiten|termine|tage)|anderer (?:tag|termin)|anderen (?:tag|termin)"),
    someone_else=lines(r"(?:jemand|wer|irgendwer) (?:ander\w*|sonst)|sonst (?:noch )?(?:jemand|wer)|bei jemand anderem|andere[rn]? (?:arzt|arztin|friseur|friseurin|person|mitarbeiter\w*|kolleg\w*|therapeut\w*)|nicht (?:bei|mit) (?:ihm|ihr)|noch jemand"),
    choosing=lines(r"nehme|nehmen|nehm|nimm|mochte|moechte|will|buche|buchen|wahle|waehle|ich nehme|lieber"),
    that_one=lines(r"(?:den|das|die|diesen|dieses|diese|ihn|es)(?: termin| zeit| da| hier)?"),
    anyone=lines(r"(?:egal|gleich|wurscht)(?: bei)? (?:wem|wer)|(?:bei )?(?:wem|wer) ist (?:mir )?(?:egal|gleich)|bei irgend ?(?:wem|jemandem)|irgend ?(?:wer|jemand)|wer (?:auch immer|gerade)?(?: zeit| frei)(?: hat| ist)?|jede[rm]? (?:friseur\w*|arzt|mitarbeiter\w*)"),
    adding=(r"auch (?:noch )?(?:ein\w*|fur)|und ein\w* fur|noch ein\w*|noch fur|ausserdem|zusatzlich|dazu noch|ebenfalls|einen zweiten|ein zweiter",),
    joining=("und", "dann", "sowie"),
    counts={r"zwei|2": 2, r"drei|3": 3},
    right_after=(r"(?:gleich|direkt|unmittelbar|sofort|kurz) (?:danach|im anschluss|anschliessend|hinterher|nach mir)|im anschluss|anschliessend",),
    same_day=lines(r"(?:am )?(?:selben|gleichen|demselben|dem selben) tag|der tag bleibt|selber tag|gleicher tag|an (?:dem|diesem) tag"),
    same_time=lines(r"(?:zur |um die |die )?(?:selben?|gleichen?|dieselbe) (?:zeit|uhrzeit|stunde)|selbe zeit|gleiche zeit|die (?:zeit|uhrzeit) bleibt"),
    any_time=lines(r"(?:zeit|uhrzeit) (?:ist )?(?:mir )?egal|egal (?:wann|um wieviel uhr)|jederzeit|wann (?:auch )?immer|den ganzen tag|bin flexibel"),
    any_day=lines(r"(?:tag|datum) (?:ist )?(?:mir )?egal|egal (?:welcher|an welchem) tag|jede[rn]? tag"),
    name_before=lines(r"mein name ist|ich heisse|ich heiße|ich bin(?: der| die)?|hier ist|hier spricht|auf den namen|name ist|name"),
    own_name=lines(r"(?:(?:mein|dein|ihr|sein) name (?:ist|lautet)|ich heisse|ich bin(?: der| die)?|hier (?:ist|spricht)|auf den namen|mein (?:sohn|mann|freund|vater|bruder)|meine (?:tochter|frau|freundin|mutter|schwester))"),
    place_before=lines(r"(?:in|nahe|aus|bei der|rund um)"),
    staff_before=lines(r"bei(?: der| dem| frau| herrn)?|beim|mit|zu|zur|zum|von|fur|frau|herr|herrn|dr|lieber|nehme|nur|und|oder|hat|ist"),
    cues={
        "book": (
            Cue(3, lines(r"^(?:buchen|buche|buch|reservieren|reserviere|vereinbaren|ausmachen|eintragen|tragen sie|trag)")),
            Cue(3, lines(
                rf"""
                {_WANT}(?: \w+){{0,6}} {_APPOINTMENT}
                {_APPOINTMENT}(?: \w+){{0,6}} (?:buchen|vereinbaren|ausmachen|reservieren|machen|haben|bekommen|kriegen|eintragen|fixieren)
                """
            )),
            Cue(2.5, lines(r"(?:buchen|reservieren|vereinbaren|ausmachen|gebucht|einen termin|neuen termin|termin (?:fur|fuer|bei|am|um|zum|zur))")),
            Cue(2, lines(rf"(?:ich|wir) {_WANT} (?:gern|gerne|bitte|einen|eine|ein|zum|zur|zu|einmal|noch|bei|am|um)|{_WANT} (?:ich|wir)? ?(?:gern|gerne|einen|eine|ein)|(?:kann|konnte|koennte|darf) ich (?:\w+ ){{0,6}}(?:kommen|vorbeikommen|haben)|vorbeikommen")),
            Cue(-4, lines(r"(?:absag|stornier|verschieb|verleg|umbuch)\w*(?!.* und )")),
            Cue(1, (_APPOINTMENT,)),
        ),
        "availability": (
            Cue(3, lines(
                r"""
                (?:haben|hatten|haetten|hast|habt|hatte|gibt|gibts|ist|sind|ware|waere)(?: \w+){0,7} (?:frei|freie[nrs]?|verfugbar|verfuegbar|platz|platze|luft|zeit|moglich)
                (?:wann|was|welche[rn]?)(?: \w+){0,6} (?:frei|freie[nrs]?|moglich|verfugbar|geht|ginge|zeit|termine|dran)
                """
            )),
            Cue(2, lines(r"noch (?:was|etwas|einen|platz) (?:\w+ )*(?:frei|freies)|nachste[rnm]? (?:freie\w*|moglich\w*|termin)|fruhestmoglich\w*|so (?:bald|schnell) wie moglich|wann (?:kann|konnte|konnen|konnten) (?:ich|wir)|(?:fruher|spater|anderes|sonst) (?:noch )?(?:was|etwas)|(?:was|etwas) (?:fruheres|frueheres|spateres|spaeteres|anderes)|andere (?:zeit|zeiten|termine)")),
            Cue(1, lines(r"wie (?:ware|waere|sieht|siehts)|ginge|geht")),
        ),
        "move": (
            Cue(7, lines(r"verschieb\w*|verschoben|verleg\w*|umbuch\w*|vorverleg\w*|umleg\w*|vorziehen|nach hinten|nach vorne")),
            Cue(5, lines(rf"(?:termin|uhrzeit|zeit|buchung|tag) (?:\w+ ){{0,5}}(?:andern|aendern|tauschen|wechseln)|(?:andern|aendern|tauschen) (?:\w+ )?(?:den |meinen )?{_APPOINTMENT}|anderen (?:tag|termin) (?:\w+ )*(?:statt|kommen)")),
        ),
        "cancel": (
            Cue(6, lines(r"absag\w*|abgesagt|sag(?:e|en|t)? (?:\w+ ){0,5}ab|stornier\w*|storno|annullier\w*|cancel\w*|canceln|loschen|loeschen|losche|streichen|streich\w*|rucktritt")),
            Cue(4, lines(r"(?:kann|konnen|schaffe|schaff|schaffen) (?:\w+ ){0,5}(?:nicht|doch nicht|leider nicht) (?:kommen|wahrnehmen|einhalten)|schaffe? (?:es|den termin) (?:\w+ )*nicht|(?:komme|kommen) (?:\w+ )?(?:doch )?nicht|brauche (?:den|meinen) termin (?:\w+ )?nicht mehr|muss (?:leider )?passen")),
            Cue(-9, lines(r"nicht (?:absagen|stornieren|loschen)|absagefrist|stornogebuhr\w*|stornobedingung\w*|(?:kann|darf) (?:ich|man) (?:\w+ )?(?:kostenlos )?(?:absagen|stornieren)$")),
        ),
        "mine": (
            Cue(4, lines(
                rf"""
                (?:wann|welche|welchen|was|wie viele) (?:\w+ ){{0,3}}(?:ist|sind|war|habe|hab|hatte|haben) (?:denn |nochmal |noch |mal |nochmals )*(?:mein|meine|ich|wir)(?: \w+){{0,5}}
                (?:wann|um wie ?viel uhr|bei wem) (?:war|ist) (?:das|der termin|es) (?:noch ?mal|nochmals|gleich)
                (?:haben|hast|habt) (?:sie|du|ihr) (?:das|es|ihn|den termin)(?: \w+)? gebucht|ist (?:das|es|er|der termin)(?: \w+)? gebucht
                (?:meine|meinen|mein) (?:nachste\w* |naechste\w* |aktuelle\w* )?(?:termine|termin|buchung|buchungen)$
                (?:habe|hab|haben) (?:ich|wir) (?:\w+ ){{0,5}}(?:{_APPOINTMENT}|gebucht|reserviert|eingetragen)
                """
            )),
        ),
        "price": (Cue(3, lines(r"wie ?viel kostet|was kost\w+|kostet|kosten|preis\w*|wie teuer|teuer|gunstig\w*|guenstig\w*|rabatt\w*|euro kostet|gebuhr\w*|bezahlen|krankenkasse|kasse zahlt|wie ?viel (?:ist|macht|zahle)")),),
        "hours": (Cue(3, lines(r"offnungszeiten|oeffnungszeiten|(?:wann|wie lange|bis wann|ab wann|um wie ?viel uhr)(?: \w+){0,4} (?:offen|geoffnet|geoeffnet|auf|geschlossen|zu|offnen|oeffnen|schliessen)|(?:habt|haben|seid|sind)(?: \w+){0,5} (?:offen|geoffnet|geoeffnet|geschlossen|zu)|geschaftszeiten|ordinationszeiten|sprechzeiten|sprechstunden?|(?:am|an) (?:samstag|sonntag|wochenende|feiertagen?) (?:offen|auf|geoffnet)")),),
        "address": (Cue(3, lines(r"adresse|anschrift|wo (?:ist|sind|finde|befindet|liegt|genau|muss|seid)|anfahrt|wie komme? ich|parkplatz\w*|parken|telefonnummer|kontakt\w*|welche strasse|lageplan")),),
        "duration": (Cue(3, lines(r"wie lange (?:dauert|braucht|muss|ist|wird)|dauert|dauer|wie ?viele (?:minuten|stunden)|wie lang(?:e)?$")),),
        "services": (Cue(3, lines(r"was (?:bietet|bieten|macht|machen) (?:ihr|sie|du)|welche (?:leistungen|behandlungen|services|angebote)|(?:macht|machen|bietet|bieten|schneiden|schneidet|farben) (?:ihr|sie)(?: \w+){0,4}|angebot|leistungen|wer arbeitet|bei wem|welche (?:mitarbeiter\w*|arzte|friseur\w*)|bewertung\w*|mehr (?:infos?|informationen)")),),
        "person": (Cue(4, lines(r"(?:mensch\w*|mitarbeiter\w*|jemand\w*|person|chef\w*|kollegen?|echten?)(?: \w+){0,4} (?:sprechen|reden|schreiben|verbinden|telefonieren|erreichen)|(?:sprechen|reden|verbinden|verbinde)(?: \w+){0,4} (?:mensch\w*|mitarbeiter\w*|jemand\w*|person|chef\w*)|echte[rn]? (?:mensch\w*|person)|(?:ruf\w*|anrufen|zuruckrufen|ruckruf)|bist du (?:ein )?(?:bot|roboter|mensch|maschine)|sind sie (?:ein )?(?:bot|roboter|mensch|maschine)")),),
        "late": (Cue(4, lines(r"verspat\w*|verspaet\w*|(?:komme|bin|werde)(?: \w+){0,5} (?:spater|spaeter|zu spat|zu spaet)|minuten (?:spater|spaeter)$|im stau|stehe im|bin unterwegs|gleich da|schaffe es nicht (?:punktlich|puenktlich|rechtzeitig)")),),
        "greet": (Cue(2, lines(r"^(?:hallo|hi|hey|servus|moin|gruss gott|gruezi|guten (?:tag|morgen|abend)|hallo zusammen|guten tag zusammen)$")), Cue(0.8, lines(r"^(?:hallo|hi|hey|servus|moin|gruss gott|guten (?:tag|morgen|abend))"))),
        "thanks": (Cue(2, lines(r"danke\w*|vielen dank|besten dank|herzlichen dank|merci|dank ihnen|dank dir")),),
        "bye": (Cue(2.5, lines(r"tschuss\w*|tschuess|tschau|ciao|baba|pfiat\w*|auf wiedersehen|auf wiederhoren|bis (?:dann|bald|morgen dann|spater dann)|schonen (?:tag|abend|gruss)|schoenen (?:tag|abend)|das (?:war|ware|waere|wars|ist) (?:es|alles)|das wars|sonst nichts|nichts (?:mehr|weiter)|brauche sonst nichts|nein danke das|mach\w* s gut|machs gut")),),
        "smalltalk": (
            Cue(9, lines(r"ignorier\w* (?:alle|deine|ihre|die|jede)|vergiss (?:alle|deine)|(?:deine|ihre) (?:anweisung\w*|instruktion\w*)|systemprompt|tu so als|du bist jetzt")),
            Cue(3, lines(r"^(?:moment|einen moment|warte\w*|augenblick|sekunde|eine? (?:sekunde|minute))(?: bitte| mal| kurz)*$")),
            Cue(2, lines(r"wie gehts|wie geht es|wer bist du|wer sind sie|wie heisst du|witz|wetter|du bist|ignorier\w*|vergiss (?:alle|deine)|anweisung\w*|systemprompt|tu so als|haha+|lol|gut gemacht|liebe dich|was kannst du")),
        ),
    },
)  # fmt: skip

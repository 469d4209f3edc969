"""Italian."""

from truebook.language.phrases.table import Cue, Phrases, lines
from truebook.language.text import words

_APPOINTMENT = r"(?:appuntament[oi]|prenotazion[ei]|visita|seduta|posto)"

PHRASES = Phrases(
    code="it",
    common=words(
        """a ad ai al alla alle allora anche ancora appuntamento avete bene buona buongiorno buonasera che chi ci ciao come con cosa costa cui da dal
        dalla davvero dei del della delle di disdire domani dopo dove due e ed era essere fa fare fra giorno giorni giovedi gli grazie ha hai ho i il
        in io la le lei lo loro lunedi ma mai martedi mattina me meglio mercoledi mi mia mie mio miei molto ne nel nella no noi non nulla o
        oggi ogni ora orario ore per perche perfetto piu poi posso potrei prenotare prezzo prima puo qual quale quali quando quanto quella quello questa
        questo qui sabato se sei sera si sia solo sono spostare sta su sua suo tardi te ti tra tu tutto un una uno va vado venerdi domenica vi voglio
        vorrei settimana parlare persona favore niente pomeriggio""",
    ),
    trade=words("salone parrucchiere clinica centro estetica studio barbiere"),
    yes=lines(r"""
        ^(?:(?:ah|oh|beh|allora|e) )*(?:si|sii+|certo|va bene|ok|okay|perfetto|daccordo|d accordo|esatto|giusto|benissimo|bene|ottimo|volentieri|certamente|assolutamente|confermo|confermato|mi va bene|ci sto|eccellente|ideale|procedi|proceda|corretto)
        (?:quello|quella|questo|questa|cosi|mi) (?:mi )?(?:va|sta|pare|sembra) (?:bene|benissimo)|^(?:prenoti|prenota|confermi)
    """),
    no=lines(r"""
        ^(?:no|nono|mai|meglio di no|non ancora|non proprio|lascia(?:mo)? (?:stare|perdere)|lasci)
        non (?:mi )?(?:va|posso|voglio|piace|e|funziona|riesco|ce la faccio)|troppo (?:tardi|presto|caro)|nessun[oa]?|ho cambiato idea
    """),
    acknowledgement=(r"(?:ok|okay|grazie|grazie mille|va be|capito| )+",),
    praise=(r"(?:ottimo|perfetto|bene|benissimo|eccellente)",),
    hedge=lines(r"ma|pero|solo se|se costa|se e|tranne|aspetti|aspetta|invece|meglio|altr[oaie]|cambiare|non so|dipende|prima|dopo|oppure|o|non|piu (?:tardi|presto)|meno di"),
    doubtful=lines(r"credo|penso|forse|magari|probabilmente|suppongo"),
    not_no=lines(r"nessun problema|non ce problema|niente male|non importa|non fa niente"),
    commands=("disdire", "cancellare", "annullare", "spostare", "prenotare", "appuntamento", "perfetto", "grazie"),
    courtesy=lines(r"come (?:stai|sta|va)"),
    besides=lines(r"anche|inoltre|un altro"),
    openers=lines(r"""
        (?:e|allora|beh|si|no|ok|ciao|salve|buongiorno|buonasera|per favore|grazie|anche|adesso|perfetto|va bene|invece)
        (?:puo|puoi|potrebbe|potresti|posso|potrei|potete) (?:mi )?
        (?:vorrei|voglio|ho bisogno di|devo|mi piacerebbe|dovrei|avrei bisogno di|desidero)
    """),
    question=lines(r"^(?:che|cosa|quale|quali|quando|dove|come|quanto|quanta|chi|perche|a che ora|fino a che ora|ce|ci sono|avete|hai|siete|e possibile|si puo|fate|accettate)"),
    appointment=(_APPOINTMENT,),
    elsewhere=lines(r"taxi|meteo|pioggia|cinema|film|volo|aereo|aeroporto|autobus|treno|hotel|albergo|ristorante|musica|pizza"),
    refuse_before=lines(r"(?:non|no|tranne|invece di|invece del|al posto di|mai)(?: di| il| la| alle| a| con)*"),
    refuse_after=lines(r"non (?:posso|mi va|riesco|va bene)"),
    background=lines(r"perche|ho (?:un|una) (?!appuntamento|prenotazione)|mi sono ricordat[oa]|dimenticat[oa]"),
    wishing=lines(r"spostare|cambiare|vorrei|posso|potrei|meglio|preferisco"),
    pronoun=(r"(?<=stessa )ora\b",),
    target_before=("a", "alle", "al"),
    or_words=("o", "oppure"),
    ordinals={
        r"^(?:il |la )?prim[oa](?: opzione)?$|(?:il|la) prim[oa]|opzione (?:1|uno|a)": 0,
        r"(?:il|la)? ?second[oa](?: opzione)?|opzione (?:2|due|b)|laltr[oa]": 1,
        r"(?:il|la)? ?terz[oa](?: opzione)?|opzione (?:3|tre)": 2,
        r"(?:l|il |la )?ultim[oa]": -1,
    },
    minutes={r"e mezza|e mezzo|mezza": 30, r"e un quarto": 15, r"meno un quarto": 45, r"in punto": 0},
    earlier=lines(r"(?:il|la|quello|quella) (?:piu presto|prima)"),
    later=lines(r"(?:il|la|quello|quella) (?:piu tardi|dopo)|^piu tardi(?: per favore| grazie)?$"),
    whichever=lines(r"uno qualsiasi|qualsiasi|fa lo stesso|entrambi|tutti e due|e uguale|scelga lei|decida lei|indifferente"),
    neither=lines(r"nessun[oa]?|ne luno ne laltro|altr[oa] (?:ora|orario|giorno|data|cosa)|altri orari"),
    someone_else=lines(r"(?:con )?qualcun altro|unaltra persona|un ?altr[oa] (?:parrucchier[ea]|medico|dottor\w*|terapeuta)"),
    anyone=lines(r"(?:con )?chiunque|non importa (?:con )?chi|con chi (?:vuole|capita)"),
    adding=(r"anche|inoltre|in piu|un altro appuntamento|ancora uno|e uno per",),
    joining=("e", "ed", "poi"),
    counts={r"due|2": 2, r"tre|3": 3},
    right_after=(r"(?:subito|appena) dopo|a seguire",),
    same_day=lines(r"(?:lo )?stesso giorno|quel giorno"),
    same_time=lines(r"(?:alla |la )?stessa ora|stesso orario|a quellora"),
    any_time=lines(r"(?:a )?qualsiasi ora|qualunque ora"),
    any_day=lines(r"qualsiasi giorno|qualunque giorno"),
    shifts={r"unora (?:piu tardi|dopo)|un ora (?:piu tardi|dopo)": 60, r"mezzora (?:piu tardi|dopo)|mezz ora (?:piu tardi|dopo)": 30, r"unora prima|un ora prima": -60, r"mezzora prima": -30},
    name_before=lines(r"mi chiamo|il mio nome e|sono|a nome di"),
    own_name=lines(r"(?:mi chiamo|il mio nome e|sono|a nome di|(?:mio|mia) (?:figlio|figlia|marito|moglie|madre|padre|fratello|sorella))"),
    place_before=lines(r"a|vicino a|in"),
    staff_before=lines(r"con|da|per|dottor|dottore|dottoressa|dott|preferisco|e|o|di|dal|dalla"),
    cues={
        "book": (Cue(3, lines(r"prenot(?:are|o|i|iamo)|fissare|prendere (?:un )?appuntamento|(?:vorrei|voglio|bisogno|serve|desidero)(?: \w+){0,5} (?:appuntamento|prenotazione|visita)")), Cue(2, lines(r"(?:vorrei|voglio|desidero|mi serve) (?:un|una|venire|il|la)|(?<!non )posso (?:venire|passare)")), Cue(-4, lines(r"(?:cancell|annull|disd)\w+(?!.* (?:e|ed|poi) )")), Cue(1, (_APPOINTMENT,))),
        "availability": (Cue(3, lines(r"(?:avete|ce|ci sono|hai|ha|resta)(?: \w+){0,6} (?:liber[oiae]|disponibil[ei]|posto|posti|disponibilita|qualcosa|buco)|(?:quando|quali|che)(?: \w+){0,5} (?:liber[oiae]|disponibil[ei])|quando posso|il prima possibile|primo posto libero|(?:niente|qualcosa)(?: di)? (?:prima|dopo|piu (?:presto|tardi))")),),
        "move": (Cue(7, lines(r"spost\w+|rimand\w+|posticip\w+|anticip\w+|(?:cambiare|modificare) (?:\w+ ){0,4}(?:appuntamento|prenotazione|orario|ora|giorno|data)|lappuntamento (?:a|al) un altro")),),
        "cancel": (Cue(6, lines(r"disd\w+|cancell\w+|annull\w+|non (?:posso|riesco a) venire|non ce la faccio")), Cue(-9, lines(r"non (?:cancellare|disdire|annullare|cancelli)"))),
        "mine": (Cue(4, lines(r"(?:quando|quali|che|qual)(?: \w+){0,3} (?:ho|e il mio|sono i miei)|(?:i )?miei appuntamenti|(?:le )?mie prenotazioni|ho (?:un |gia )?(?:appuntamento|prenotazione)$")),),
        "price": (Cue(3, lines(r"quanto (?:costa|costano|viene|e)|prezz[oi]|tariff[ae]|listino|caro|sconto")),),
        "hours": (Cue(3, lines(r"orari(?: di apertura)?$|orari di|(?:a che ora|quando|fino a che ora)(?: \w+){0,2} (?:aprite|chiudete|apre|chiude)|siete (?:apert[io]|chius[io])|aprite (?:la|il|di)")),),
        "address": (Cue(3, lines(r"dove (?:siete|si trova|e|vi trovate)|indirizzo|come (?:arrivo|arrivare)|parcheggi\w*|telefono")),),
        "duration": (Cue(3, lines(r"quanto (?:dura|tempo)|durata")),),
        "services": (Cue(3, lines(r"che servizi|quali (?:servizi|trattamenti)|(?:fate|offrite)(?: \w+){1,3}|cosa (?:fate|offrite)|chi lavora")),),
        "person": (Cue(4, lines(r"parlare con (?:una |un |qualcuno|la|il)?(?: ?\w+){0,2}|persona (?:vera|reale)|umano|(?:sei|e) (?:un )?(?:bot|robot|umano|macchina)|richiam\w+|chiamatemi")),),
        "late": (Cue(4, lines(r"(?:in|di) ritardo|ritardo di|faccio tardi|arrivo (?:\w+ )*(?:tardi|dopo)|nel traffico|sto arrivando")),),
        "greet": (Cue(2, lines(r"^(?:ciao|salve|buongiorno|buonasera|buon pomeriggio)$")), Cue(0.8, lines(r"^(?:ciao|salve|buongiorno|buonasera)"))),
        "thanks": (Cue(2, lines(r"grazie|grazie mille|ti ringrazio|la ringrazio")),),
        "bye": (Cue(2.5, lines(r"arrivederci|a presto|buona (?:giornata|serata)|nientaltro|niente altro|e tutto|basta cosi|a dopo$")),),
        "smalltalk": (Cue(9, lines(r"ignora (?:tutte|le|tue)|(?:tue|sue) istruzioni|fai finta")), Cue(2, lines(r"come (?:stai|sta|va)|chi sei|barzelletta|haha+|ahah+"))),
    },
)  # fmt: skip

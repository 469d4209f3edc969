"""French."""

from truebook.language.phrases.table import Cue, Phrases, lines
from truebook.language.text import words

_APPOINTMENT = r"(?:rendez vous|rendezvous|rdv|reservation|reservations|creneau|creneaux|seance)"

PHRASES = Phrases(
    code="fr",
    common=words(
        """a ai alors annuler apres au aujourdhui aussi autre aux avec avant avez avoir bien bon bonjour bonsoir ca ce cest cela ces cette combien comme
        comment coute dans de demain depuis des deux deplacer dire donc du elle en encore est et etre eu fait faire faut heure heures ici il
        ils j jai je jaimerais jeudi jour jours juste l la le les leur lundi ma mais mardi me mercredi merci mes moi moment mon n ne non nous on ou oui
        par parfait pas peut peux plus pour pourrais pouvez pourquoi prendre prix puis quand que quel quelle quelles quels qui quoi reserver
        rien s sa samedi sans se semaine ses si soir son sont sur ta te tout tres trop tu un une va vendredi dimanche veux voir voudrais vos votre
        vous y matin midi apresmidi parler personne svp plait""",
    ),
    trade=words("salon coiffure clinique centre institut cabinet barbier"),
    yes=lines(r"""
        ^(?:(?:ah|oh|eh bien|alors|et) )*(?:oui|ouais|ouip|daccord|d accord|ok|okay|parfait|tres bien|bien sur|exactement|exact|cest bon|c est bon|ca marche|ca me va|ca me convient|super|genial|volontiers|entendu|absolument|certainement|impeccable|nickel|bien|je confirme|confirme|excellent|allez y|vas y|va pour|cest (?:ca|cela|bien ca)|tout a fait)
        (?:ca|cela|celui la|celle la|cest|c est) (?:me )?(?:va|convient|marche|parfait|bon|tres bien)|(?:me|nous) convient|^je (?:le |la )?prends$|^(?:reservez|confirmez)
    """),
    no=lines(r"""
        ^(?:non|nan|jamais|pas (?:du tout|vraiment|encore|possible|maintenant)|plutot pas|laissez|laisse tomber|oubliez)
        (?:ne |n)?(?:\w+ )?(?:va|convient|peux|veux|marche|est|suis) pas|trop (?:tard|tot|cher)|aucun[e]?|jai change davis|pas possible
    """),
    acknowledgement=(r"(?:ok|okay|daccord|d accord|merci|merci beaucoup|bon| )+",),
    praise=(r"(?:super|parfait|genial|tres bien|excellent|bien)",),
    hedge=lines(r"mais|seulement si|si cest|si ca|sauf|attendez|attends|plutot|autre|changer|pas sur|ca depend|avant|apres|ou|pas|plus (?:tard|tot)|moins de"),
    doubtful=lines(r"je crois|je pense|peut etre|sans doute|probablement"),
    not_no=lines(r"pas de (?:probleme|souci)|aucun probleme|pas mal|ca ne fait rien"),
    commands=("annuler", "reserver", "deplacer", "reporter", "changer", "parfait"),
    courtesy=lines(r"comment (?:allez vous|vas tu|ca va)|ca va bien"),
    besides=lines(r"aussi|egalement|un autre|en plus"),
    openers=lines(r"""
        (?:et|alors|bon|oui|non|ok|bonjour|bonsoir|salut|merci|svp|sil vous plait|aussi|maintenant|parfait|daccord)
        (?:pouvez|pourriez|peux|pourrais|peut|pourrait|puis) (?:vous|tu|je|on)(?: me| nous)?
        (?:je|on) (?:voudrais|veux|souhaite|souhaiterais|dois|vais|aimerais|peux)|jaimerais|j aimerais|jaurais besoin de|il (?:me )?faut|est ce (?:que|quil)(?: je| vous| tu| on)?(?: peux| pouvez| pourrais)?
    """),
    question=lines(r"^(?:que|quel|quelle|quels|quelles|quand|ou (?:est|sont|se|etes)|comment|combien|qui|pourquoi|a quelle heure|jusqua|est ce|avez vous|as tu|y a t il|peut on|il y a|vous avez|cest (?!ca|cela|bien|exact|bon|parfait|ok|tres|daccord|bien|note)\w+|faites vous|vous faites|etes vous)"),
    appointment=(_APPOINTMENT,),
    elsewhere=lines(r"taxi|meteo|pluie|cinema|film|vol|avion|aeroport|bus|train|hotel|restaurant|musique|pizza"),
    refuse_before=lines(r"(?:pas|sauf|plutot que|au lieu de|jamais)(?: le| la| les| a| avec| de)*"),
    refuse_after=lines(r"(?:je )?(?:ne )?(?:peux|suis|marche|va|convient) pas"),
    background=lines(r"parce que|car|jai (?:un|une) (?!rendez|rdv|reservation)|je viens de|oublie"),
    wishing=lines(r"changer|deplacer|voudrais|veux|peux|peut|plutot|prefere"),
    target_before=("a", "au"),
    or_words=("ou",),
    ordinals={
        r"(?:le|la)? ?(?:premier|premiere|1er|1ere)(?: creneau)?|option (?:1|un|a)": 0,
        r"(?:le|la)? ?(?:deuxieme|second|seconde|2eme)(?: creneau)?|option (?:2|deux|b)|lautre": 1,
        r"(?:le|la)? ?(?:troisieme|3eme)(?: creneau)?|option (?:3|trois)": 2,
        r"(?:le|la) derniere?": -1,
    },
    minutes={r"et demie?": 30, r"et quart": 15, r"moins le quart": 45, r"pile": 0},
    earlier=lines(r"(?:le|la) plus tot"),
    later=lines(r"(?:le|la) plus tard|^plus tard(?: svp| sil vous plait)?$"),
    whichever=lines(r"peu importe|nimporte (?:lequel|laquelle)|les deux|ca mest egal|comme vous voulez"),
    neither=lines(r"aucun[e]?|ni lun ni lautre|autre (?:chose|heure|creneau|jour|date)|dautres (?:creneaux|horaires)"),
    someone_else=lines(r"(?:avec )?quelquun dautre|une autre personne|un[e]? autre (?:coiffeu\w+|medecin|docteur|therapeute)|dautres? (?:options?|personnes?)"),
    anyone=lines(r"(?:avec )?nimporte qui|peu importe (?:avec )?qui"),
    adding=(r"aussi|egalement|en plus|un autre rendez vous|encore un|et un pour",),
    joining=("et", "puis"),
    counts={r"deux|2": 2, r"trois|3": 3},
    right_after=(r"(?:juste|directement|tout de suite) apres|a la suite",),
    same_day=lines(r"(?:le )?meme jour|ce jour la"),
    same_time=lines(r"(?:a )?(?:la )?meme heure|a cette heure"),
    any_time=lines(r"nimporte quelle heure|nimporte quand|lheure mest egale"),
    any_day=lines(r"nimporte quel jour"),
    shifts={r"une heure plus tard|une heure apres": 60, r"une demi heure plus tard": 30, r"une heure plus tot|une heure avant": -60, r"une demi heure plus tot": -30},
    name_before=lines(r"je m'?appelle|mon nom est|je suis|cest|au nom de"),
    own_name=lines(r"(?:je mappelle|mon nom est|je suis|au nom de|(?:mon|ma) (?:fils|fille|mari|femme|mere|pere|frere|soeur))"),
    place_before=lines(r"a|pres de|dans"),
    staff_before=lines(r"avec|chez|pour|docteur|dr|madame|monsieur|prefere|et|ou|de"),
    cues={
        "book": (Cue(3, lines(r"reserver|reserve[zr]?|prendre (?:un )?(?:rendez vous|rdv)|(?:voudrais|veux|souhaite|aimerais|jaimerais|faut|besoin)(?: \w+){0,5} (?:rendez vous|rdv|creneau|reservation)")), Cue(2, lines(r"(?:voudrais|aimerais|jaimerais|souhaite|souhaiterais|veux) (?:un|une|venir|le|la|prendre)|je (?:peux|pourrais) (?:venir|passer)|puis je venir")), Cue(-4, lines(r"(?:annul|deplac|report)\w*(?!.* et )")), Cue(1, (_APPOINTMENT,))),
        "availability": (Cue(3, lines(r"(?:avez|as|y a|reste|auriez|il y a)(?: \w+){0,6} (?:libre|libres|disponible|disponibles|dispo|dispos|place|places|creneau|creneaux|disponibilite|disponibilites|quelque chose)|(?:quand|quels?|quelles?)(?: \w+){0,5} (?:libre|libres|disponible|disponibles|dispo|creneaux)|quand (?:puis je|est ce que je peux|je peux)|des que possible|au plus tot|(?:rien|quelque chose)(?: de| d)? (?:plus (?:tot|tard)|avant|apres)")),),
        "move": (Cue(7, lines(r"deplac\w+|decal\w+|report\w+|repousser|avancer (?:mon|le)|(?:changer|modifier) (?:\w+ ){0,4}(?:rendez vous|rdv|reservation|heure|jour|date|creneau)")),),
        "cancel": (Cue(6, lines(r"annul\w+|decommander|(?:ne )?(?:peux|pourrai|pourrais) (?:pas|plus) venir")), Cue(-9, lines(r"(?:ne |n)?annule[zr]? pas"))),
        "mine": (Cue(4, lines(r"(?:quand|quel|quels|quelle) (?:est|sont) (?:mon|mes|ma)|mes (?:rendez vous|rdv|reservations)|(?:est ce que )?jai (?:un |deja )?(?:rendez vous|rdv|reservation)$|quand ai je|quest ce que jai")),),
        "price": (Cue(3, lines(r"combien (?:ca )?(?:coute|coutent|est|faut|prenez|cest)|cest combien|prix|tarifs?|cher|reduction")),),
        "hours": (Cue(3, lines(r"horaires?(?: douverture)?|(?:a quelle heure|quand|jusqua quelle heure)(?: \w+){0,3} (?:ouvrez|fermez|ouvert|ouverts|ferme)|(?:etes|est) (?:vous )?(?:ouvert|ouverts|ferme|fermes)")),),
        "address": (Cue(3, lines(r"ou (?:etes|est|se trouve|vous trouvez|sont)|adresse|comment (?:venir|aller)|parking|se garer|telephone")),),
        "duration": (Cue(3, lines(r"combien de temps|quelle duree|ca dure|duree")),),
        "services": (Cue(3, lines(r"quels? (?:services|soins|prestations)|(?:faites|proposez) vous(?: \w+){0,3}|vous (?:faites|proposez)(?: \w+){1,3}|qui travaille")),),
        "person": (Cue(4, lines(r"parler (?:a|avec) (?:une|un|quelquun|la|le)?(?: ?\w+){0,2}|vraie personne|un humain|(?:etes vous|es tu|tes) (?:un )?(?:bot|robot|humain|machine)|rappele[zr]")),),
        "late": (Cue(4, lines(r"(?:en|du|de) retard|minutes de retard|jarrive (?:\w+ )*(?:plus tard|bientot)|dans les bouchons|je suis en route")),),
        "greet": (Cue(2, lines(r"^(?:bonjour|bonsoir|salut|coucou|hello)$")), Cue(0.8, lines(r"^(?:bonjour|bonsoir|salut)"))),
        "thanks": (Cue(2, lines(r"merci|merci beaucoup|je vous remercie")),),
        "bye": (Cue(2.5, lines(r"au revoir|a bientot|bonne (?:journee|soiree)|ciao|cest tout|rien dautre|ce sera tout")),),
        "smalltalk": (Cue(9, lines(r"ignore[zr]? (?:toutes|tes|vos|les)|(?:tes|vos) instructions|fais semblant")), Cue(2, lines(r"comment (?:ca va|allez vous|vas tu)|ca va$|qui (?:es tu|etes vous)|blague|haha+|mdr"))),
    },
)  # fmt: skip

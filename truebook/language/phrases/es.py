"""Spanish."""

from truebook.language.phrases.table import Cue, Phrases, lines
from truebook.language.text import words

_APPOINTMENT = r"(?:citas?|turnos?|reservas?|hora|sesion)"

PHRASES = Phrases(
    code="es",
    common=words(
        """a al algo ahora antes aqui asi buenas buenos bien cada cita como con cual cuando cuanto cuesta de del desde despues dia dias donde
        dos el ella ellos en entre era es esa ese eso esta este esto estoy gracias ha hace hasta hay hola hora horario hoy la las le lo los
        manana mas me mejor mi mis momento mucho muy nada necesito no nos o otra otro para pero perfecto por porque puede puedo pueden que
        quiero quisiera gustaria reservar cancelar cambiar se semana ser si sin sobre solo son su sus tal tarde te tengo tiene tienen todo tu un
        una uno usted vale viernes lunes martes miercoles jueves sabado domingo y ya yo precio ustedes noche hablar persona favor""",
    ),
    trade=words("salon peluqueria clinica centro estetica barberia consulta"),
    yes=lines(
        r"""
        ^(?:(?:ah|oh|pues|bueno|y) )*(?:si|sii+|claro|vale|ok|okay|perfecto|de acuerdo|correcto|exacto|genial|bien|muy bien|estupendo|por supuesto|desde luego|listo|dale|confirmo|confirmado|excelente|ideal|esta bien|me parece bien|me va bien|me viene bien|me sirve|adelante|de una|eso es|asi es|hecho)
        (?:esa|ese|eso|asi|me|la|el|esta|este) ?(?:hora |dia )?(?:me )?(?:va|viene|parece|queda|esta) (?:muy )?(?:bien|perfecto|genial)|^(?:reservela|reservelo|reserva|hagalo|confirmela)$
        """
    ),
    no=lines(r"""
        ^(?:no|nop|nunca|tampoco|mejor no|todavia no|negativo|para nada|dejalo|dejelo|olvidalo)
        no (?:me )?(?:va|viene|puedo|sirve|quiero|gusta|es|esta|funciona)|demasiado (?:tarde|temprano|caro|pronto)|ningun[oa]?|cambie de opinion|muy (?:tarde|caro)
    """),
    acknowledgement=(r"(?:ok|okay|vale|gracias|muchas gracias|bueno| )+",),
    praise=(r"(?:genial|perfecto|bien|muy bien|estupendo|excelente)",),
    hedge=lines(r"pero|solo si|si es|si cuesta|salvo|excepto|espera|espere|en vez|mejor|otr[oa]s?|cambiar|no se|depende|antes|despues|aunque|o|no|mas (?:tarde|temprano)|menos de"),
    doubtful=lines(r"creo|quizas?|tal vez|a lo mejor|supongo|puede ser|posiblemente"),
    not_no=lines(r"no hay problema|no pasa nada|sin problema|no importa"),
    commands=("cancelar", "anular", "reservar", "cambiar", "perfecto", "gracias"),
    courtesy=lines(r"como (?:estas|esta|va)|que tal"),
    besides=lines(r"tambien|ademas|otra mas"),
    openers=lines(r"""
        (?:y|entonces|pues|bueno|si|no|ok|vale|hola|buenas|buenos dias|buenas tardes|por favor|gracias|perfecto|tambien|ademas|ahora|mejor)
        (?:puede|puedes|podria|podrias|pueden|podrian|puedo|podria) (?:usted |yo )?(?:me )?
        (?:me gustaria|quiero|quisiera|querria|necesito|tengo que|deseo|desearia|queria|hay que)
    """),
    question=lines(r"^(?:que|cual|cuales|cuando|donde|como|cuanto|cuanta|cuantos|cuantas|quien|por que|a que hora|hasta que hora|hay|tiene|tienen|tienes|esta(?! bien)|estan|es|son|puedo|se puede|hacen|haceis|aceptan)"),
    appointment=(_APPOINTMENT,),
    elsewhere=lines(r"taxi|clima|lluvia|cine|pelicula|vuelo|aeropuerto|autobus|tren|hotel|restaurante|musica|pizza"),
    refuse_before=lines(r"(?:no|menos|excepto|salvo|en vez de|en lugar de|nunca)(?: el| la| los| las| a| en| con| por)*"),
    refuse_after=lines(r"no (?:puedo|me va|me viene|podre)"),
    background=lines(r"porque|ya que|tengo (?:un|una) (?!cita|turno|reserva)|me acorde|olvide"),
    wishing=lines(r"cambiar|mover|quiero|puedo|podria|mejor|prefiero"),
    target_before=("al", "a", "para"),
    or_words=("o", "u"),
    ordinals={
        r"(?:el|la)? ?(?:primer[oa]?|1[oa])(?: opcion| hora)?|opcion (?:1|uno|a)": 0,
        r"(?:el|la)? ?(?:segund[oa]|2[oa])(?: opcion| hora)?|opcion (?:2|dos|b)|(?:el|la) otr[oa]": 1,
        r"(?:el|la)? ?(?:tercer[oa]?)(?: opcion| hora)?|opcion (?:3|tres)": 2,
        r"(?:el|la) ultim[oa]": -1,
    },
    minutes={r"y media|media": 30, r"y cuarto": 15, r"menos cuarto": 45, r"en punto": 0},
    earlier=lines(r"(?:el|la|lo) (?:mas (?:temprano|pronto)|de antes|anterior)"),
    later=lines(r"(?:el|la|lo) (?:mas tarde|de despues)|^mas tarde(?: mejor| por favor)?$"),
    whichever=lines(r"cualquiera|me da igual|da igual|ambos?|los dos|las dos|como quiera|usted decide|no importa"),
    neither=lines(r"ningun[oa]?|ni (?:uno|una)|otra (?:hora|cosa|fecha|opcion)|otras? horas?|otro dia"),
    someone_else=lines(r"(?:con )?otra persona|otr[oa] (?:estilista|doctor\w*|medic[oa]|peluquer[oa]|terapeuta)|alguien mas|otra opcion"),
    anyone=lines(r"(?:con )?cualquiera|con quien sea|(?:me )?da igual (?:con )?quien|no importa (?:con )?quien"),
    adding=(r"tambien|ademas|otra (?:cita|mas)|una mas|y una para|y otr[oa]",),
    joining=("y", "e", "luego"),
    counts={r"dos|2": 2, r"tres|3": 3},
    right_after=(r"(?:justo|inmediatamente) despues|a continuacion|enseguida despues",),
    same_day=lines(r"(?:el )?mismo dia|ese (?:mismo )?dia"),
    same_time=lines(r"(?:a )?(?:la )?misma hora|a esa hora"),
    any_time=lines(r"cualquier hora|a cualquier hora|la hora me da igual"),
    any_day=lines(r"cualquier dia|el dia me da igual"),
    shifts={r"una hora (?:mas tarde|despues)": 60, r"media hora (?:mas tarde|despues)": 30, r"una hora (?:antes|mas temprano)": -60, r"media hora (?:antes|mas temprano)": -30},
    name_before=lines(r"me llamo|mi nombre es|soy|a nombre de"),
    own_name=lines(r"(?:me llamo|mi nombre es|soy|a nombre de|mi (?:hijo|hija|marido|mujer|madre|padre|hermano|hermana))"),
    place_before=lines(r"en|cerca de|por"),
    staff_before=lines(r"con|para|a|doctor|doctora|dr|dra|prefiero|y|o|de"),
    cues={
        "book": (Cue(3, lines(r"reserv\w+|agendar|pedir (?:una )?(?:cita|hora|turno)|(?:quiero|quisiera|necesito|gustaria|querria|pido|queria|sacar)(?: \w+){0,5} (?:cita|turno|hora|reserva)|apuntar\w*")), Cue(2, lines(r"(?:quiero|quisiera|gustaria|necesito|querria) (?:un|una|ir|venir|el|la)|(?<!no )puedo (?:ir|venir|pasar)")), Cue(-4, lines(r"(?:cancel|anul)\w+(?!.* (?:y|e) )")), Cue(1, (_APPOINTMENT,))),
        "availability": (Cue(3, lines(r"(?:hay|tiene|tienen|tienes|queda|quedan)(?: \w+){0,5} (?:libre|libres|disponible|disponibles|hueco|huecos|disponibilidad|sitio|hora|horas|cita|citas|algo)|(?:que|cuando)(?: \w+){0,4} (?:libre|disponible|disponibles|hueco|huecos)|cuando puedo|primera hora libre|lo antes posible|(?:nada|algo|algun\w*(?: \w+)?) (?:mas (?:temprano|pronto|tarde)|antes|otro dia)")),),
        "move": (Cue(7, lines(r"cambiar (?:\w+ ){0,3}(?:cita|turno|reserva|hora|dia|fecha)|mover|aplazar|posponer|reprogramar|adelantar|retrasar (?:la|mi)|pasar(?:la|lo)? (?:al|para)")),),
        "cancel": (Cue(6, lines(r"cancel\w+|anul\w+|no (?:puedo|podre|voy a(?: poder)?) (?:ir|venir|asistir|llegar)")), Cue(-9, lines(r"no (?:cancele?|canceles|anule)"))),
        "mine": (Cue(4, lines(r"(?:que|cuando|cuales)(?: \w+){0,3} (?:tengo|es mi|son mis)|mis (?:citas|reservas|turnos)|tengo (?:alguna |una )?(?:cita|reserva|turno)$|cuando es mi")),),
        "price": (Cue(3, lines(r"cuanto (?:cuesta|cuestan|vale|valen|es|sale|cobran)|precios?|tarifas?|caro|descuento")),),
        "hours": (Cue(3, lines(r"horarios?|(?:a que hora|cuando|hasta que hora)(?: \w+){0,2} (?:abren|cierran|abre|cierra|abris)|(?:estan|esta|abren) (?:abierto|abiertos|los|el)")),),
        "address": (Cue(3, lines(r"donde (?:esta|estan|queda|es)|direccion|como (?:llego|llegar)|aparcar|aparcamiento|parking|telefono|ubicacion")),),
        "duration": (Cue(3, lines(r"cuanto (?:dura|tiempo|tarda)|duracion")),),
        "services": (Cue(3, lines(r"que servicios|que (?:hacen|ofrecen|tratamientos)|(?:hacen|ofrecen|haceis)(?: \w+){1,3}|quien trabaja")),),
        "person": (Cue(4, lines(r"hablar con (?:una |un |alguien|la|el)?(?: ?\w+){0,2}|persona real|(?:atend\w+|ayud\w+|pas\w+|comuni\w+)(?: \w+){0,3} (?:persona|alguien|humano)|humano|(?:eres|es) (?:un )?(?:bot|robot|humano|maquina)|llam(?:e|en)me")),),
        "late": (Cue(4, lines(r"(?:llego|llegare|voy|llegar|ire)(?: \w+){0,4} tarde|retras(?:o|ado|ada)|minutos tarde|en el atasco|estoy de camino")),),
        "greet": (Cue(2, lines(r"^(?:hola|buenas|buenos dias|buenas tardes|buenas noches|hey)$")), Cue(0.8, lines(r"^(?:hola|buenas)"))),
        "thanks": (Cue(2, lines(r"gracias|muchas gracias|mil gracias")),),
        "bye": (Cue(2.5, lines(r"adios|hasta luego|hasta pronto|chao|nada mas(?! (?:temprano|pronto|tarde))|eso es todo|hasta manana$|eso seria todo")),),
        "smalltalk": (Cue(9, lines(r"ignora (?:todas|tus|las)|tus instrucciones|finge")), Cue(2, lines(r"como estas|que tal|quien eres|chiste|jaja+"))),
    },
)  # fmt: skip

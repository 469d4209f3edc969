"""English."""

from truebook.language.phrases.table import Cue, Phrases

_WANT = (
    r"(?:i|we|id|ill)? ?(?:would|will|d|do|really|just|also|still|now|actually)* ?"
    r"(?:want|wanna|need|needed|like|love|wish|prefer|hope|am hoping|have|got|gotta|am trying|am looking)(?: you)? to"
)
_APPOINTMENT = r"(?:app?oint?ments?|appt|apptmt|booking|reservation|visit|session|slot|spot|viewing|meeting|consultation|event|date)"

PHRASES = Phrases(
    code="en",
    common=frozenset(
        "ten six nine five four seven eight eleven twelve fifteen thirty quarter mon tue tues wed thu thurs fri sat sun way far due bit lot put let got many any every everything nothing anybody weather wind windy help helping helped check her hers man men old new low high higher rating rated close closer within thank kind type sort plan sooner info number phone address thursday friday saturday sunday january february october november december september july a about after again ago all also am an and any anyone anything are around as ask at available away back be been before"
        " book booking but by call can cancel care change check city close come could cut date day days did do does doing done"
        " down each early earlier either else evening every find fine first for free friday from get give go going good great had"
        " hair has have he hello help her here hey half hi him his hour hours how i id if ill im in instead is it its just keep know"
        " last late later let lets like ll look looking made make march may maybe me meet minute minutes monday month more morning"
        " move much my name near need new next nice night no noon not now number of off office ok okay on one only open or other"
        " our out over place please pm price put really reschedule right same saturday save say schedule second see send service"
        " set she should show so some someone something sorry soon sounds spot style sunday sure take tell thank thanks that thats"
        " the their them then there these they thing think third this three thursday time to today tomorrow tonight too try"
        " tuesday two up us use very visit want was we wednesday week weeks well what whats when where which who why will with"
        " work works would yeah year yes yet you your april june august family health services salon doctor dentist therapist best"
        " better perfect awesome love list home house party center street mine day week both".split()
    ),
    trade=frozenset(
        "salon salons saloon hair haircut haircuts barber barbershop beauty nails spa style styles cuts clips dental dentist dentistry dentists"
        " orthodontics endodontics cosmetic family smile smiles care clinic center centre group medical medicine health lab laser skin"
        " dermatology eye vision office associates services service therapy therapist therapists psychotherapy psychological psychologist"
        " counseling counselor counselling counselors specialized specialist university institute practice house studio shop bar apartments doctor physicians boutique"
        " hospital surgery advanced community premier team kids men women top cool great best coast sunrise marriage".split()
    ),
    openers=(
        r"(?:and|so|then|also|well|um+|uh+|oh|ah|hm+|hi|hello|hey|ok|okay|alright|all right|yes|yeah|yep|yup|sure|great|perfect|good|fine|cool|awesome"
        r"|thanks|thank you|thx|now|actually|sorry|please|pls|plz|kindly|hey there|excuse me|good (?:morning|afternoon|evening|day)|first|next|lastly|finally"
        r"|after that|in that case|you know what|if possible|i think|i guess|maybe|perhaps|just|go ahead and|no|nope|nah)",
        r"(?:(?:can|could|would|will|cant|couldnt|wont|wouldnt) (?:you|u)|(?:can|could|may|might|shall|should|cant|couldnt) (?:we|i))(?: (?:please|pls|plz|kindly|also|just|maybe|possibly|then|still|instead|"
        r"actually|be able to|mind|help me|help me to|go ahead and))*",
        r"(?:are you able to|is it possible to|is it possible for you to|would it be possible to|do you mind|would you mind|help me|help me to|i was wondering if (?:you|i) could"
        r"|i wonder if (?:you|i) could|any chance (?:you|i) (?:can|could)|any way to|is there a way to|is there any way to)",
        _WANT,
        r"(?:i would|id|we would|wed) (?:also |really |just )*(?:like|love|prefer|appreciate)(?: it)?(?: if you (?:could|would))?(?: you)?(?: to)?",
        r"(?:i|we) (?:will|ll|should|must|have to|got to|need you to|want you to|need|want|would like|am going to|am gonna|plan to|decided to)",
        r"(?:i (?:meant|mean)|i was wondering(?: if)?|i wonder(?: if)?|make sure to|be sure to|while youre at it|in addition|instead|on second thought|second|again)",
        r"(?:(?:on|for|at|in) (?:the |this |next )?)?(?:\d+(?:st|nd|rd|th)|today|tomorrow|tonight|(?:next|this) (?:week|month|year|weekend|\w+day)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?: (?:morning|afternoon|evening|night))?",
        r"(?:lets|let us|let me|let s|ill|well|i gotta|gotta|need to|want to|wanna|would like to|like to|trying to|time to|you should|you can|you may)",
    ),
    commands=(
        *(
            "cancel",
            "cancelled",
            "update",
            "cancellation",
            "reschedule",
            "rescheduled",
            "schedule",
            "appointment",
            "appointments",
        ),
        *("booking", "reserve", "reservation", "postpone", "confirm", "delete", "remove", "available", "availability"),
        *("perfect", "change", "thanks", "receptionist", "address"),
    ),
    courtesy=(r"how are (?:you|things)", r"hows (?:it going|your (?:day|morning|week))", r"how is your", r"whats up"),
    besides=(
        r"also|another|one more|as well|on top of that|while youre at it|in addition|besides|next i|then i|after that",
    ),
    turning=(
        r"(?:i|we) (?:also |still |do |now |really |just )*(?:need|want|would like|wanna|d like|have)(?: you| u)? to",
        r"(?:can|could|would|will) (?:you|u|we|i)(?: please| also)?",
        r"please",
    ),
    yes=(
        r"^(?:(?:oh|ah|well|so|and|um|hm+|its?|is) )*(?:yes|yea|yeah+|yep+|yup|yess+|yas|ya|ye|yeppers|aye|uh huh|mhm|mm hmm|ok|okay|okey|k|kk|oki|sure|surely|certainly|definitely|absolutely|of course|affirmative|indeed"
        r"|correct|right|exactly|precisely|perfect|perfectly|great|swell|excellent|awesome|wonderful|fantastic|brilliant|lovely|amazing|super|cool|fine|good|nice|alright|all right|agreed|deal|confirm|confirmed|totally|roger|bingo"
        r"|you bet|you got it|very well|very good|sweet|yay|true|gladly|mhm+|peachy|so good|much better|better|save|save (?:it|that)|yessir|swell|approved?|terrific|done|granted|permission granted|all good|very nice|very well)",
        r"(?:that|this|it|thats|this one|that one|which|time|day|one|he|she|they|the (?:first|second|last|other) one)? ?(?:all |also |would |will |should |ll |can |does |just |really )*"
        r"(?:works?|suits?(?: me)?|fits?|sounds?(?: like)?(?: a| pretty| very| really| so| just| quite)* (?:good|cool|great|perfect|fine|right|nice|wonderful|excellent|awesome|lovely|amazing|ok|okay|alright|like a plan|correct|ideal)"
        r"|(?:look(?:s|ed|ing)?|seems?)(?: like| a| pretty| very| really| so| just| quite| much| absolutely| completely)* (?:good|cool|fantastic|terrific|legit|reasonable|swell|well|better|great|perfect|fine|right|nice|ok|okay|alright|correct|wonderful|amazing|excellent|awesome|lovely)"
        r"|(?:is|s|be|are) (?:all |pretty |just |also |very |quite |perfectly |absolutely |totally |completely |really |so |a )*(?:good|great|perfect|perfectly|fine|correct|right|ok|okay|alright|wonderful|excellent|awesome|cool|amazing|ideal|lovely|the (?:right )?one|better|much better|peachy|it|what i want|what i wanted|what i need|what i would like|acceptable|nice|accurate|confirmed|terrific|just fine)|(?:will|ll|would|should|does) do)",
        r"thats (?:all |just |also |very |quite |perfectly |absolutely |totally |completely |really |a |exactly )*(?:good|great|perfect|fine|correct|right|ok|okay|alright|wonderful|excellent|awesome|cool|amazing|ideal|lovely|the (?:right )?one|better|much better|peachy|it|what i want|what i wanted|what i need|accurate|acceptable)",
        r"^(?:please )?(?:(?:add|create|save|schedule) (?:it|that|this)(?: please)?$|do (?:it|that|so)|go (?:ahead|for it)|book (?:it|that|this|them|me|me in)|confirm (?:it|that|this)|make it so|lets do (?:it|that|this)|please do|reserve it|schedule it|proceed|take it|try (?:it|that|this)|i can (?:do (?:that|it|this)|go there)|(?:id|i would) like (?:to try )?(?:that|it|this|him|her)|i(?:m| am) interested"
        r"|ill take (?:it|that|this|that one|this one|them)|lets go (?:with|for) (?:it|that|this|that one|this one|them|him|her)|i confirm|i want (?:it|that|this)|you can confirm|i assent|i agree|i accept|i (?:kind of |really |do |quite )?like (?:it|that|him|her|this|them|that one|this one)|(?:i (?:certainly |really |sure |most certainly )?do|i would|it is|it does|they do|we do|he does|that does|it sure is)$)",
        r"(?:i|id|ill|we|lets)(?: will| would|ll| can| could)? (?:go|be going|stick|do|be fine|be good|be happy) with (?:it|that|this|them|him|her|that one|this one|those)",
        r"you (?:have )?got (?:it|that) right|set it in stone|close enough|couldnt be better|im (?:good|fine|happy|okay|ok) with (?:that|this|it|them)|that will do|thatll do|thatll work|thatd be (?:great|good|fine|perfect)|no complaints|for sure|why not|sounds like a plan",
    ),
    no=(
        r"^(?:(?:oh|um+|uh+|ah|well|hm+|wait|sorry|actually) )*(?:no|nope|nah|naw|nay|non|not?kay|negative|never ?mind|nevermind|nvm|wrong|incorrect|not (?:that|this|really|quite|yet|now|right|ok|okay|good|today|at|exactly|correct)|no way|hell no|absolutely not|of course not|certainly not|definitely not)",
        r"^(?:(?:oh|wait|please|no|actually) )*(?:dont|do not|stop|skip (?:it|that|this)|lets not|hold off|not anymore|nothing like|forget (?:it|that|about)|scratch that|leave it)",
        r"(?<!can )keep (?:it|that|this|the|my|them)",
        r"(?:doesnt|does not|dont|do not|didnt|wont|will not|wouldnt|cant|cannot|not) (?:really |quite |actually |exactly )?(?:works?|going to work|gonna work|suit|fit|do|sound|look|seem|like|want|need|be able|make|good|right|correct|acceptable|what i|the one|it)",
        r"(?:isnt|is not|arent|aint|s not|thats not|im not) (?:really |quite |exactly |the |that |so )*(?:good|right|correct|okay|ok|fine|great|available|free|what|it|one|going|acceptable|convenient|possible|suitable|sure|interested|ready)",
        r"(?:is|s|thats|its|that is|it is) (?:wrong|incorrect|too (?:late|early|expensive|far|long|soon|much)|no good|a mistake|bad)",
        r"too (?:late|early|expensive|far)|neither|none of|(?:didnt|did not|never) (?:ask|say|mean|request)|(?:is|thats|that is|this is|its) (?:the |a )?(?:wrong|incorrect)|changed my mind|by mistake|spoke too soon|i am busy|im busy|no thanks|no thank you|rather not|doesnt sound like|not interested|anything else instead|i meant",
    ),
    acknowledgement=(r"(?:ok|okay|k|alright|all right|sure|thanks?|thank you|cool|oh|well| )+",),
    praise=(
        r"(?:ok |okay |oh )?(?:great|good|fine|nice|perfect|right|awesome|wonderful|excellent|lovely|terrific|fantastic|amazing|brilliant|very nice|very good)",
    ),
    hedge=(
        r"but|however|except|only if|if|unless|wait|actually|hold on|instead|rather|not sure|let me (?:check|think|see|ask|get)|depends"
        r"|change|different|another|someone else|something else|other one|later|earlier|sooner|what about|how about|or|until|before you|first i|not|dont|cant|wont|almost|nearly|hmm+|check with",
    ),
    doubtful=(r"i guess|i think|i suppose|maybe|perhaps|could be|possibly|probably|might",),
    keeping=(r"keep (?:it|that|this|the|my|them)|leave (?:it|that|the|my)",),
    not_no=(
        r"no (?:problem|worries|issue|rush|preference|doubt|complaints|matter|particular)|not (?:bad|a problem)|(?:glad|happy|great|good)(?: that)? (?:i|we) (?:dont|do not|wont|will not)|why not|wait to|cant wait|dont (?:worry|mind|care)|couldnt be better|no need to change|keep it (?:as|that) (?:is|way)",
    ),
    refuse_before=(
        r"(?:not|no|isnt|never|without|except|anything but|other than|instead of|rather than|cant do|cannot do|cant make|cant make it|cannot make|cannot make it|dont want|dont need|cant come|not free|busy|unavailable|anyone but|not with|not on|not at|was going to go|wont work)(?: it)?(?: the| on| at| for| with| to| this| next| to come| in)*",
    ),
    wishing=(
        r"change|move|make|want|wanna|like|can|could|lets|let|how about|what about|try|reschedule|book|need|prefer|so|schedule|instead",
    ),
    background=(
        r"remember(?:ed)?|forgot|because|since|(?:ive|i have|ive got|i got|theres|there is) (?:an?|the|my|another|some|this|other|plans?)(?!.*(?:appointment|booking|reservation|available|slot|opening|viewing|spot|open|free|time))|was going to|(?:is|are|will be) getting|wedding|interview|going to spend|worry about|(?<!would )(?<!will )works? out|(?:we|you|i) (?:just )?(?:looked at|talked about|spoke about|discussed)|if (?:that|this|it|the first)(?: \w+){0,2} (?:doesnt|does not|isnt|is not|wont|cant|cannot)",
    ),
    refuse_after=(
        r"right now",
        r"(?:the )?(?:one )?(?:is|s|are|was|will be|would be)?(?: just| really| also)? ?(?:not(?! (?:at |on |the |for |a )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|mon|tue|wed|thu|fri|sat|sun))|isnt|wasnt|no good|doesnt|does not|wont|cant|bad|too (?:early|late)|out|impossible|busy|full|unavailable|doesnt work|wont work)",
        r"(?:i|im|ill|we|i am)(?: am| will be| cant| cannot| have to work| work| busy| be)* (?:busy|away|cant|cannot|unavailable|out of town|working|at work)",
    ),
    cues={
        "book": (
            Cue(
                4,
                (
                    r"^(?:find|get)(?: me)? (?:an?|some|\d+) [\w: ]*(?:time|slot|period|opening|appointment|room|spot)",
                    r"^(?:find|get|block|reserve)(?: me)? (?:an?|half an|\d+|one|two|three|some) (?:hours?|minutes?|mins?)",
                    r"^show me as (?:\w+ )?(?:busy|free|out|away|working)",
                ),
            ),
            Cue(
                3,
                (
                    r"^(?:book|reserve|schedule|set up|setup|sign me up|squeeze me in|pencil me in|pencil|arrange|fix|get me in|fit me in|put me down|make me|create|put|mark|block|plan|add|enter|insert|organi[sz]e|set)",
                ),
            ),
            Cue(
                3,
                (
                    rf"^(?:make|get|have|take|request|do|place|throw|start|remind|send|find|reserve|host|hold)(?: up| me| us)*(?: an?| the| my| another| new| one)*(?: [\w:]+){{0,4}} (?:{_APPOINTMENT}|party|lunch|dinner|breakfast|brunch|call|invite|reminder)",
                    r"^(?:make|have|do) an? (?:\w+ ){1,4}(?:on|at|for|with|tomorrow|today|next|this)",
                ),
            ),
            Cue(
                2.5,
                (
                    rf"(?:want|need|like|get|have|looking for|make|book|schedule|request)(?: \w+)?(?: to (?:make|book|get|have|schedule))?(?: an?| the| my| another)* (?:\w+ ){{0,2}}{_APPOINTMENT}",
                ),
            ),
            Cue(
                2,
                (
                    r"book|reserve|sign me up|pencil me in|schedule (?:a|an|my|me|it|the|for|with)|(?:put|add) (?:it|this|that|them) (?:on|to|in) (?:the|my) (?:calendar|schedule)|(?:on|to|in|into) (?:the|my) (?:calendar|schedule|agenda)",
                ),
            ),
            Cue(
                1.5,
                (
                    r"(?:come|go) (?:in|by|over|see)|see (?:dr|doctor|the|a|an)|visit|get my \w+ (?:done|cut)|need a|want a|looking for an?|id like a|would like a|can i get",
                ),
            ),
            Cue(1, (_APPOINTMENT,)),
            Cue(
                -9,
                (
                    r"(?:dont|do not|didnt|not|never) (?:want to |want you to )?(?:book|add|create|schedule|save|reserve)",
                ),
            ),
            Cue(-4, (r"(?:cancel|re ?schedul|postpon)\w*(?!.* (?:and|then) )(?! (?:and|then) )",)),
        ),
        "availability": (
            Cue(
                3,
                (
                    r"(?:what|which|when|any|some)(?: \w+){0,3} (?:times?|slots?|openings?(?! hours| times)|availability|spots?|days?|dates?)(?: \w+)? (?:do you have|are|is|have you|available|free|open|left|can)",
                ),
            ),
            Cue(
                2.5,
                (
                    r"(?:is|are|do|does|have|any|got|when|whens|what|see|check)(?: \w+){0,6} (?:available|availability|free|openings?(?! hours| times)|vacanc(?:y|ies)|slots?|earliest|next opening|squeeze)",
                ),
            ),
            Cue(
                2,
                (
                    r"next available|earliest (?:appointment|time|slot|date|possible)?|soonest|as soon as possible|asap|(?:dont|do not) (?:mind|care) when|first available|anything (?:available|free|open|earlier|later|else|on|at|for|in|around|sooner|tomorrow|today|this|next)|any openings?|do you have (?:time|anything|something|room)|whats available|other times?|other days?|when can (?:i|we|you)",
                ),
            ),
            Cue(1, (r"what about|how about|is there (?:a|an|any|something|anything)",)),
        ),
        "move": (
            Cue(
                6,
                (
                    r"^(?:reschedul\w*|re schedul\w*|resched|move(?! on$)|shift|postpone|push|delay|bump|swap|switch|rebook|bring (?:\w+ ){0,4}forward|prepone|transfer|put off|extend|shorten|lengthen|rename|update|edit|modify|adjust|alter|changed?|correct (?:the|my|it|that|this)|uninvite|disinvite|replace)(?! (?:my|the) calendar)",
                ),
            ),
            Cue(
                6,
                (
                    r"reschedul\w*|re schedul\w*|postpon\w*|rebook|push (?:it|my|the|that|this|back)|move (?:it|my|the|that|this|our)|come (?:another|a different) (?:day|time)",
                ),
            ),
            Cue(
                5,
                (
                    rf"change (?:the |my |our |that |this |it |to )*(?:\w+ )?(?:{_APPOINTMENT}|time|day|date|it|that|this|to)|(?:different|another|new|other) (?:time|day|date) for my|(?:its|got|was|been|has been) (?:moved|changed|pushed)",
                ),
            ),
            Cue(
                6,
                (
                    r"^make (?!an? )[\w ]+?(?<! in)(?<! for)(?<! at)(?<! to) (?:[\d.]+|an?|one|two|three|four|half an|\w+ and a half) (?:hours?|minutes|mins)",
                    r"^(?:make|have) (?:my|the) [\w :]+ (?:instead of|not) (?:at )?\d+",
                ),
            ),
            Cue(
                7,
                (
                    r"^(?:make|have|set|start|end|let) (?:(?:it|them|that|this)(?: \w+)? (?:at|to|for|on|from|until|till)|(?:it|them|(?:that|this)(?: \w+)?|(?:the|my) [\w ]+?|(?!an?\b|up\b|time\b|some\b|sure\b|another\b|appointments?\b|me\b|one\b|event\b)\w+(?: \w+)?) (?:be|last|end|start|begin|go|run|happen|repeat|longer|shorter|earlier|later|sooner|all day|recurring))|^(?:make|have|set) (?:it|this|that|them) (?:an?|half|\d+\w*|one|two|three|four|noon|tomorrow|tonight|instead|private|weekly|monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
                ),
            ),
            Cue(
                8,
                (
                    r"^(?:add|invite|include) (?!(?:an? )?(?:event|it|this|that|them) to)[\w ]+? to (?:the|that|this|it|our|those|these|my|his|her)(?! \d)(?! (?:\w+ )?(?:cal|calender|calendar|schedule|agenda|list))",
                    r"^add (?:\w+ ){1,4}?to (?!go |see |do )(?:[\w:]+ ){0,6}?(?:appointment|meeting|party|event|lunch|dinner|attendees|performance)",
                    r"(?:^| )(?:un|dis)?invite (?!me\b)\w+|uninvited",
                    r"^(?:invite|include) (?!me\b|an?\b)\w+",
                    r"^add (?:him|her|them|\w+s team|(?:the |a )?(?:location|note|description|room|conference room))",
                    rf"^(?:remove|take|drop|delete|cross|kick) (?!.*{_APPOINTMENT}.* (?:from|off))(?:him|her|them|[\w ]+?) (?:from|off|out of) (?!(?:(?:the|my|our) )?(?:cal\w*|schedule|agenda|list|to|tomorrow\w*|last|next|this|\w+day\b(?! (?:meeting|event|party|lunch|dinner|call))|\d+)\b)\w+",
                    r"^[\w ]+ to (?:the|that|this|our) (?:attendees|guests?|guest list|meeting|event)(?: also| too| as well)?$",
                    r"^(?:i|we) (?:actually |still |also )?(?:need|want|would like) \w+(?: team)? (?:added|invited|removed)",
                    r"^\w+ from (?:the|our|that) (?:meeting|event|party|dinner|lunch)",
                    r"^(?:set|put|change|add|update|include|switch)(?: up)? (?:the |my |a |its |that |this )*(?:location|place|status|duration|length|title|name|end|start|time|subject|description|attendees?|guest)",
                ),
            ),
            Cue(
                4,
                (
                    r"(?:should|needs to|has to|supposed to|ought to) (?:also )?(?:be(?! (?:all|it|fine|good|ok|okay|enough|great))|start|end|last|go|have|run|say|include)|going to last|^call (?:it|that|this)(?! off)|need (?:it|that|this) (?:to be |to )?\w+|(?<!who )(?<!else )(?:is|are|will be) (?:also )?(?:coming|joining)|^(?:its|it is|it|that|this|the (?:\w+ ){1,2}) ?(?:will|is|should|actually|really|is actually|is going to|going to|go)*(?: going to| actually)? (?:take place|go (?:on )?(?:until|till|to)|last until)|^(?:it|that|this|the \w+) will (?:last|only take|end|run|start|be (?:an?|\d+|two|three|half))|i meant(?!.*(?:cancel|delete|remove))|(?:not|instead of) (?:at )?\d+|(?:need|needs|has|have|was|been|be) (?:to be |been )?(?:moved|changed|rescheduled|pushed|switched|extended)|want (?:it|that|this|the \w+) to (?:start|be|end|last|begin)|start time|rearrange|re arrange|^(?:make|have) it the|(?:not|instead of) (?:at )?\d+|(?:an?|one|two|half an|\d+) (?:hours?|minutes|mins|days?|weeks?) (?:earlier|later|longer|shorter)|(?:bit|little) (?:earlier|later|longer|shorter)|back an hour|up an hour",
                ),
            ),
        ),
        "cancel": (
            Cue(
                3.5,
                (
                    r"^(?:cancel\w*|cancle|call off|deleted?|remove|drop|scrap|withdraw|get rid of|erase|clear|eliminate|wipe|take (?:\w+ ){1,4}off|take off|unschedule|nix|scratch)",
                ),
            ),
            Cue(
                3,
                (
                    r"cancel\w*|cancle|call (?:it|that|this|my|the)(?: \w+)? off|get rid of|(?:i|we|i am|im) (?:cant|cannot|can not|wont be able to) (?:make|come|attend)|not (?:be )?coming|(?:dont|no longer) need (?:the|my|it|that|this)(?: \w+)?(?: anymore)?|take (?:it|that|me) off|delete (?:it|that|this|the|my)|(?:need|want) (?:it|that|this) deleted",
                ),
            ),
            Cue(
                -9,
                (
                    r"(?:dont|do not|please dont|not|didnt|dont want to|not want to|never) (?:want (?:to|you to|me to) )?(?:cancel|delete|remove)|cancellation (?:policy|fee)|can i cancel|already (?:cancelled|canceled|deleted)|(?:thanks|thank you) for (?:the )?cancel\w*",
                ),
            ),
        ),
        "mine": (
            Cue(
                3.5,
                (
                    r"^(?:find|search|look for|look up|show|list)(?! me as)(?! (?:me |us )?(?:an?|some|\d+) [\w: ]*(?:time|slot|period|opening|appointment|room|spot|salon|doctor|dentist|therapist))",
                ),
            ),
            Cue(
                3.5,
                (
                    rf"(?:what|which|when|whens|show|list|do i|have i|tell me|see|check|remind me|where|is)(?: \w+){{0,4}} (?:i have|ive got|do i have|my|mine|i booked|am i)(?: \w+){{0,3}} ?(?:{_APPOINTMENT}s?|booked|scheduled|coming up|upcoming|planned)",
                ),
            ),
            Cue(
                3,
                (
                    r"^(?:i )?(?:want to |need to )?(?:see|check|confirm|verify)(?: on| out)?(?: if| whether| when| that)? (?:i have|i am|im|my|the next|(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\w* \d|\d|today|tomorrow|\w+day)",
                    r"(?:is|are) (?:when|where|who|what|at what time)$|^(?:upcoming|next|remaining) (?:\w+ )?(?:events|appointments|meetings)|^(?:so )?that means i have|^the (?:organi[sz]er|location|time|date) (?:for|of) [\w ]+ is$",
                    r"(?:do i have|(?:dont|havent) i (?:already )?(?:have|got|booked)|what do i have|what have i got|have i got|whats (?:on )?my|am i booked|is (?:it|that) booked|(?:did|have) you (?:book|booked|make|made) (?:it|that|me)|when am i|when is my|whens my|(?:when|what time|with whom|who with) (?:was|is) (?:it|that) again|did i book|what did i book|is my (?:appointment|booking))",
                ),
            ),
            Cue(
                3,
                (
                    rf"^(?:show(?! me as)|find|list|search|look (?:for|up|at|on)|check|see|tell me|display|pull up|view|read|give me|look|let me know|know|bring up|double check)(?! with)(?: \w+)* (?:my|all|if|when|where|what|who|how|which|the|any|events?|meetings?|schedule|calendar|{_APPOINTMENT}s?)",
                ),
            ),
            Cue(1.5, (r"my (?:upcoming |next |current )?(?:appointments|bookings|reservations)",)),
        ),
        "price": (
            Cue(
                3,
                (
                    r"how much|whats the (?:price|cost|charge|fee|rate)|what (?:does|do|is|would|will)(?: \w+){0,4} (?:cost|charge|price|fee)|prices?|costs?|pricing|price list|fees?|rates?|charge|expensive|how many (?:euros|dollars|pounds)|cheap\w*|discounts?|insurance",
                ),
            ),
        ),
        "hours": (
            Cue(
                3,
                (
                    r"opening (?:hours|times)|business hours|hours of operation|when (?:do|are|does)(?: \w+){0,3} (?:open|close|closed|opened)|what time do you (?:open|close)|are you (?:guys )?(?:open|closed)|how late (?:are|do)|your hours|what are (?:the|your) hours|open (?:on|at) (?:weekends|sundays?|saturdays?)|closing time|until when",
                ),
            ),
        ),
        "address": (
            Cue(
                3,
                (
                    r"where (?:are|is|r|can i find|exactly|do i|should i|am i)(?! (?:my|i))|wheres|address|location|located|directions?|how (?:do|can) i get (?:there|to you)|parking|which street|phone number|contact(?: number| info| information| details)?|telephone|their (?:number|phone)|website|email address",
                ),
            ),
        ),
        "duration": (Cue(3, (r"how long|how much time|duration|how many (?:minutes|hours)|(?:will|does) it take",)),),
        "services": (
            Cue(
                3,
                (
                    r"what (?:services|treatments|kinds?|do you (?:do|offer|have)|can you do|else do you)|do you (?:do|offer|provide|cut|treat|handle|accept|also|take|color|colour)(?!.* (?:cards?|cash|credit|paypal|insurance|vouchers?))|do they (?:do|offer|cut|provide|have|accept)|which services|service list|list of services|menu|are they|is (?:it|this|that|the place|the salon) (?:a )?(?:unisex|good)|ratings?|reviews?|rated|who works|who do you have|which (?:doctors|stylists|staff)|tell me about|tell me more|more (?:info|information|details)|unisex|cosmetic",
                ),
            ),
        ),
        "person": (
            Cue(
                3.5,
                (
                    r"(?:talk|speak|chat|connect|put me|transfer|get me|reach|hand me)(?: \w+){0,4} (?:human|person|someone|somebody|agent|representative|receptionist|staff|manager|owner|real person|people|operator|actual)|real (?:person|human)|human|call me(?: back)?|customer service|are you (?:a )?(?:bot|robot|human|real|machine|ai)",
                ),
            ),
        ),
        "late": (
            Cue(
                3.5,
                (
                    r"(?:running|run|be|gonna be|going to be|am|im|ill be|coming|come|arrive|arriving|there)(?: \w+){0,4} (?:late|delayed|behind)|late for my|stuck in traffic|(?:minutes|mins|min) late|on my way|almost there|bit late",
                ),
            ),
        ),
        "greet": (
            Cue(
                2,
                (
                    r"^(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|hi there|hey there)$",
                ),
            ),
            Cue(0.8, (r"^(?:hi|hello|hey|good (?:morning|afternoon|evening))",)),
        ),
        "thanks": (
            Cue(
                2,
                (r"thanks?|thank you|thx|ty|tysm|appreciate(?: it| that| your)?|much obliged|cheers|thank u|thnx|tnx",),
            ),
        ),
        "bye": (
            Cue(
                2.5,
                (
                    r"bye|goodbye|good bye|see (?:you|ya)|thats (?:all|it)(?! (?:right|correct|good|ok))|that (?:is|will be|would be) (?:all|it)|thatll be (?:all|it)|thatd be all|nothing else|nothing more|im (?:done|all set|good for now)|i am (?:done|all set)|all set|all i need(?:ed)?|good night|(?:help|helping|helped|assistance|assisting)(?: me)?(?: out)? today|that was (?:all|it)|(?:its|it is|thats) al+ for (?:today|now)|takes care of (?:it|everything|that)|have a (?:good|great|nice|wonderful|lovely)|that does it|no more|take care|not (?:right now|at the moment)|all for now|it for now",
                ),
            ),
        ),
        "smalltalk": (
            Cue(
                9,
                (
                    r"ignore (?:all|your|the|any|previous|prior|every)|(?:your|system|previous) (?:instructions|prompt)|pretend (?:to be|you are|youre)|jailbreak|you are now",
                ),
            ),
            Cue(
                3,
                (
                    r"^(?:please )?(?:wait|hold on|hang on|one (?:moment|minute|sec(?:ond)?)|gimme (?:a|one)|give me (?:a|an|some|one|\d+) (?:moment|minutes?|sec(?:onds?)?|time))",
                ),
            ),
            Cue(
                2,
                (
                    r"are you there|what (?:kinds? of )?(?:information|things) (?:do|can) you|what can you (?:tell|help)|how are you|hows it going|how is your|whats up|who are you|whats your name|tell me a joke|joke|nice to meet|weather|you(?:re| are) (?:funny|great|awesome|the best|stupid|dumb|a bot)|love you|lol|haha+|do you like|what can you do|ignore (?:all|your|the|any|previous)|instructions|system prompt|pretend|good job|well done",
                ),
            ),
        ),
    },
    question=(
        rf"^(?:please |and |also |then )*(?:tell me|(?:give|get) me(?! (?:in|(?:an?|another|some|the)(?: \w+){{0,2}} {_APPOINTMENT})\b)|send me|let me know|show me(?! as)|i (?:also |would also like to |would like to |just |only )*(?:want|need|wanna|wish|like)? ?(?:to )?know)",
        r"^(?:what|whats|when|whens|where|wheres|who|whos|whom|whose|which|why|how|hows)",
        r"^(?:and |also |but )?(?:do (?:they|you|i|we|the|my|your|any|these|those)|(?:is|are|was|were|does|did|has|will|would|have) (?:there|it|that|this|these|those|they|you|he|she|i|we|the|my|your|their|his|her|any|anyone|someone))",
        r"^(?:dont|doesnt|didnt|isnt|arent|havent|wont|wasnt) (?:i|you|we|they|he|she|it|that|there|my|the)",
        r"^(?:can|could|may|should|shall|would|will|do|did|have|had) (?:you|i|we|u|they|he|she)",
        r"^(?:am i|is|are|was|were|does|did|has|will) (?!do\b|fine|good|ok|okay|great|perfect|that$|it$)\w+ \w+",
        r"^any (?:other |more )?(?:events?|meetings?|appointments?|bookings?)",
    ),
    appointment=(_APPOINTMENT,),
    elsewhere=(
        r"cabs?|taxi|uber|lyft|rides?|weather|forecast|rain|temperature|humid\w*|movies?|film|cinema|theater|theatre|concerts?|tickets?|flights?|fly|airport|airline|plane|bus|buses|train|hotels?|hostel|airbnb"
        r"|restaurants?|songs?|music|play|listen|album|rental car|rent a car|car rental|attractions?|museum|events?|bank|transfer|balance|alarm|trip|am i (?:free|available)|(?:will|would|can) i be (?:free|available)|(?:its|it is|is it|was|will be)(?: \w+){0,2} (?:hot|cold|warm|sunny|rainy)|(?:check|see|look at|know|what|whats|on|in|of|about) my (?:own )?(?:free |available )*(?:calendar|schedule|availability|time)|do i have (?:any )?(?:free|time|room)|have i (?:any )?(?:free|time)|times? (?:do|am) i|pizza|lunch table|tv|stream",
    ),
    ordinals={
        r"(?:the )?(?:first|1st)(?: one| option| slot| time| appointment)?|number one|option (?:1|one|a)|number 1|former": 0,
        r"(?<!\ba )(?<!\bone )(?<!\bjust )(?<!\bany )(?:the )?(?:second|2nd)(?! thought)(?: one| option| slot| time| appointment)?|number two|option (?:2|two|b)|number 2|other one": 1,
        r"(?:the )?(?:third|3rd)(?: one| option| slot| time| appointment)?|number three|option (?:3|three|c)|number 3": 2,
        r"(?:the )?(?:fourth|4th)(?: one| option| slot| time| appointment)?|option (?:4|four)|number 4": 3,
        r"(?:the )?last(?: one| option| slot)|the last|latter": -1,
    },
    earlier=(r"(?:the )?(?:earlier|earliest|sooner|soonest)(?: one| time| slot| option)?",),
    later=(r"(?:the )?(?:later|latest)(?: one| time| slot| option)?",),
    whichever=(
        r"either|any of (?:them|those|these)|whichever|any one|both (?:work|are)|doesnt matter|dont (?:care|mind)|no preference|you (?:choose|pick|decide)|all (?:good|fine|work)|whatever",
    ),
    neither=(
        r"neither|none|not any of|(?:dont|doesnt|didnt|cant|cannot|wont|not)(?: \w+){0,4} (?:either|any of)|nothing (?:works|there)|any other|anything else|other (?:times?|days?|options?)|something else",
    ),
    anyone=(
        r"any(?:one|body) (?:is fine|is ok|is okay|available|free|will do|works|can)|^any(?:one|body)$|any (?:doctor|stylist|barber|therapist|dentist|staff|employee|provider|hairdresser)|whoever|(?:dont|doesnt|do not|does not) (?:care|mind|matter) who",
    ),
    someone_else=(
        r"(?:any|some)(?:one|body|thing|where|place)? (?:else|other|others|different)|an ?other|another|others|other (?:options?|ones?|doctors?|dentists?|therapists?|salons?|stylists?|places?|choices?|providers?|people|names?|recommendations?)|(?:any )?(?:alternatives?|alternates?)|different (?:one|person|doctor|stylist|therapist|dentist|salon|place|provider)|someplace else|who else|what else|more options|not (?:him|her|them|that one)|next one",
    ),
    choosing=(
        r"(?:go|stick|do|try|take|choose|pick|select|want|have|prefer|book|visit|see|use|like|stay|proceed)(?: to)?(?: go| try| see| choose| pick| take| book| visit)?(?: with| to| for)?",
    ),
    that_one=(
        r"(?:that|this|the same) (?:one|place|appointment|slot|time|salon|doctor|dentist|therapist|person|provider|stylist|office|practice|clinic|psychologist|psychiatrist|counselor|specialist)|him|her|them|there|that|this|the (?:salon|doctor|dentist|therapist|psychologist|psychiatrist|counselor|place|office)|it",
    ),
    adding=(
        r"also|too|as well|another one|one more|a second (?:one|appointment)|in addition|additionally|and one for",
    ),
    joining=("and", "then", "plus"),
    counts={r"two|2": 2, r"three|3": 3},
    right_after=(
        r"(?:right|straight|directly|immediately|just|shortly) after(?:wards| that| it| this| mine| me| him| her)?|afterwards",
    ),
    same_day=(r"same (?:day|date)|that (?:same )?(?:day|date)|the day stays|keep the (?:day|date)",),
    same_time=(r"same (?:time|hour|slot)|at that time|keep the time|time stays",),
    any_time=(
        r"any ?time|any (?:time|hour|slot)(?: is fine| works)?|whenever|time doesnt matter|what ?ever time|all day|flexible",
    ),
    any_day=(r"any ?day|any (?:day|date)|day doesnt matter|what ?ever day",),
    pause=(
        r"(?:wait|hold on|hold up|hang on|give me|just|one|in)(?: just| for)?(?: an?| one| some)? ?(?:moment|seconds?|sec|minutes?|min|bit|first)$",
    ),
    pronoun=(
        r"(?:(?<=\bthe )|(?<=\bthat )|(?<=\bthis )|(?<=\bwhich )|(?<=\bother )|(?<=\bfirst )|(?<=\bsecond )|(?<=\blast )|(?<=day )|(?<=er )|(?<=about )|(?<=find me )|(?<=book )|^)one\b(?!\s*(?:o.?clock|[ap]\.?m|:|thirty|fifteen|forty|in the (?:morning|afternoon)))",
    ),
    shifts={
        r"(?<!half )(?:an|one|1) (?:hour|hr) (?:later|after)": 60,
        r"half an hour later|30 min(?:ute)?s later": 30,
        r"(?:two|2) hours later": 120,
        r"(?:15 min(?:ute)?s|quarter of an hour|a quarter) later": 15,
        r"(?<!half )(?:an|one|1) (?:hour|hr) (?:earlier|before|sooner)": -60,
        r"half an hour earlier|30 min(?:ute)?s earlier": -30,
        r"(?:two|2) hours earlier": -120,
        r"(?:15 min(?:ute)?s|quarter of an hour|a quarter) earlier": -15,
    },
    target_before=(r"to",),
    minutes={r"half past|half": 30, r"quarter past": 15, r"quarter to": 45, r"full hour|on the hour": 0},
    or_words=("or",),
    own_name=(
        r"(?:my|whose|your) (?:full )?names? (?:is|s)|(?:i am|im|this is|call me|(?:son|daughter|child|kid|husband|wife|friend|mother|father|mom|dad|brother|sister)(?: is)?)",
    ),
    name_before=(
        r"my names?(?: is)?|name is|names|i am called|call me|this is|im|i am|under the name(?: of)?|it is|its",
    ),
    place_before=(r"(?:in|near|around|from|located in|based in)(?: the)?(?: \w+)?",),
    staff_before=(
        r"with|see|visit|by|at|to|for|dr|doctor|prefer|try|named|called|want|book|meet|meeting|choose|and|or",
    ),
)

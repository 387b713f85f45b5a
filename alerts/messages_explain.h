/* Texts of explanations: X(symbol, English, Dutch). */
#ifndef ALERTS_MESSAGES_EXPLAIN_H
#define ALERTS_MESSAGES_EXPLAIN_H

/* clang-format off */
#define MESSAGES_EXPLAIN(X) \
    X(EXPLAIN_NOTHING_KNOWN, "Nothing is known of {1}.", "Van {1} is niets bekend.") \
    X(EXPLAIN_TITLE, "Child {1} on {2}", "Kind {1} op {2}") \
    X(EXPLAIN_BORN, "Born {1}, {2} years old.", "Geboren op {1}, {2} jaar oud.") \
    X(EXPLAIN_BORN_LATER, "Born {1}.", "Geboren op {1}.") \
    X(EXPLAIN_BORN_UNKNOWN, "Date of birth unknown: taken as a child that has to go to school.", \
      "Geboortedatum onbekend: telt als kind dat naar school moet.") \
    X(EXPLAIN_UNACCOMPANIED, "Unaccompanied.", "Alleenreizend.") \
    X(EXPLAIN_ADULT, "Of age since {1}.", "Meerderjarig sinds {1}.") \
    X(EXPLAIN_FROM_FILES, "Shown from files: nothing of this was published.", \
      "Getoond uit bestanden: hiervan is niets gepubliceerd.") \
    X(EXPLAIN_NO_ALERTS, "There are no alerts.", "Er zijn geen meldingen.") \
    X(EXPLAIN_OTHERS, "The rest about this child:", "De rest over dit kind:") \
    X(EXPLAIN_IN_FULL, "What ended, in full:", "Wat geëindigd is, uitgebreid:") \
    X(EXPLAIN_CLOSED_COUNT, "Ended: {1}.", "Geëindigd: {1}.") \
    X(EXPLAIN_CLOSED, "{1}: {2}, {3} ({4}); alert {5}", "{1}: {2}, {3} ({4}); melding {5}") \
    /* headings */ \
    X(EXPLAIN_WHERE, "Where the child lived", "Waar het kind woonde") \
    X(EXPLAIN_SCHOOL, "School", "School") \
    X(EXPLAIN_PLANNED, "Dated after this day", "Gedateerd na deze dag") \
    X(EXPLAIN_WHY, "Why", "Waarom") \
    X(EXPLAIN_NORM, "Norm", "Norm") \
    X(EXPLAIN_SIGNAL, "Signal", "Signaal") \
    X(EXPLAIN_COUNTED, "Counted", "Geteld") \
    X(EXPLAIN_MADE_BY, "Made by", "Komt door") \
    X(EXPLAIN_ENDS, "Ends when", "Eindigt als") \
    X(EXPLAIN_NEXT, "Next", "Hierna") \
    /* the timeline */ \
    X(EXPLAIN_MONTHS, "JanFebMarAprMayJunJulAugSepOctNovDec", "janfebmrtaprmeijunjulaugsepoktnovdec") \
    X(EXPLAIN_ROW_WHERE, "Lives", "Woont") \
    X(EXPLAIN_ROW_SCHOOL, "School", "School") \
    X(EXPLAIN_ROW_HOLIDAYS, "Holidays", "Vakantie") \
    X(EXPLAIN_ROW_STAY, "Emergency", "Noodopvang") \
    X(EXPLAIN_ROW_NO_SCHOOL, "No school", "Geen school") \
    X(EXPLAIN_ROW_MOVE, "Move", "Verhuizing") \
    X(EXPLAIN_ROW_GAP, "School stopped", "School gestopt") \
    X(EXPLAIN_ROW_MOVES, "Moved often", "Vaak verhuisd") \
    X(EXPLAIN_KEY_EMERGENCY, "emergency reception", "noodopvang") \
    X(EXPLAIN_KEY_REGULAR, "other reception", "andere opvang") \
    X(EXPLAIN_KEY_SCHOOL, "at school", "op school") \
    X(EXPLAIN_KEY_HOLIDAYS, "school holidays", "schoolvakantie") \
    X(EXPLAIN_KEY_COUNTING, "days that count", "dagen die tellen") \
    X(EXPLAIN_KEY_EXPECTED, "if nothing happens", "als er niets gebeurt") \
    X(EXPLAIN_KEY_COLUMN, "one column is {1}", "één kolom is {1}") \
    X(EXPLAIN_EARLIER_DAYS, "days before {1} are not drawn", "dagen vóór {1} staan er niet op") \
    /* lists */ \
    X(EXPLAIN_FROM_TO, "{1} to {2}", "{1} tot en met {2}") \
    X(EXPLAIN_SINCE, "since {1}", "sinds {1}") \
    X(EXPLAIN_PLACE, "{1}, {2}, {3}", "{1}, {2}, {3}") \
    X(EXPLAIN_AT_SCHOOL, "at school {1}", "op school {1}") \
    X(EXPLAIN_NEVER_AT_SCHOOL, "Not at school yet.", "Nog niet op school.") \
    X(EXPLAIN_NOT_IN_RECEPTION, "Not in reception.", "Niet in de opvang.") \
    X(EXPLAIN_LEFT_RECEPTION, "left reception", "uit de opvang vertrokken") \
    X(EXPLAIN_MORE_AFTER, "and {1} after that", "en {1} daarna") \
    X(EXPLAIN_MORE_BEFORE, "and {1} before that", "en {1} daarvoor") \
    /* facts */ \
    X(EXPLAIN_ARRIVED, "{1}: arrived at {2}", "{1}: aangekomen in {2}") \
    X(EXPLAIN_MOVED, "{1}: moved to {2}", "{1}: verhuisd naar {2}") \
    X(EXPLAIN_DEPARTED, "{1}: left {2}", "{1}: vertrokken uit {2}") \
    X(EXPLAIN_ENROLLED, "{1}: enrolled at school {2}", "{1}: ingeschreven op school {2}") \
    X(EXPLAIN_WITHDRAWN, "{1}: taken off the roll of school {2}", "{1}: uitgeschreven bij school {2}") \
    X(EXPLAIN_BORN_ON, "; born {1}", "; geboren op {1}") \
    X(EXPLAIN_APPLIED_ON, "; applied for asylum on {1}", "; asiel aangevraagd op {1}") \
    X(EXPLAIN_RECORDED_ON, "; reported on {1}", "; gemeld op {1}") \
    /* what is said of an alert in one line */ \
    X(EXPLAIN_HEADING, "{1}: {2}", "{1}: {2}") \
    X(EXPLAIN_OPEN, "{1} since {2}", "{1} sinds {2}") \
    X(EXPLAIN_OPEN_NOTICE, "{1}; {2} {3}", "{1}; {2} {3}") \
    X(EXPLAIN_OVER, "{1}, ended on {2} ({3})", "{1}, geëindigd op {2} ({3})") \
    X(EXPLAIN_COUNTING, "no alert yet; {1} {2}", "nog geen melding; {1} {2}") \
    X(EXPLAIN_FROM_IF, "from {1} if nothing happens", "vanaf {1} als er niets gebeurt") \
    X(EXPLAIN_FROM_ENDED, "from {1} if nothing happens, but the fact of {2} ends it before", \
      "vanaf {1} als er niets gebeurt, maar het gegeven van {2} maakt er eerder een eind aan") \
    X(EXPLAIN_FROM_CHANGED, "from {1} if nothing happens, but the fact of {2} changes that", \
      "vanaf {1} als er niets gebeurt, maar het gegeven van {2} verandert dat") \
    X(EXPLAIN_WITHDRAWN_ALERT, "withdrawn, since facts were corrected", \
      "ingetrokken, omdat gegevens zijn verbeterd") \
    X(EXPLAIN_ABSENT, "published, but there is no such alert on {1}", \
      "gepubliceerd, maar op {1} is deze melding er niet") \
    X(EXPLAIN_ID, "alert {1}", "melding {1}") \
    X(EXPLAIN_ID_REVISION, "alert {1}, revision {2}", "melding {1}, versie {2}") \
    /* why */ \
    X(EXPLAIN_WHY_STAY, "The child has lived in emergency reception since {1}: {2} with today.", \
      "Het kind woont sinds {1} in noodopvang: {2}, vandaag meegeteld.") \
    X(EXPLAIN_WHY_STAY_OVER, "The child lived in emergency reception from {1} to {2}: {3}.", \
      "Het kind woonde van {1} tot en met {2} in noodopvang: {3}.") \
    X(EXPLAIN_WHY_STAY_LOCATION, "The child has lived at the same emergency location since {1}: {2} with today.", \
      "Het kind woont sinds {1} op dezelfde noodopvanglocatie: {2}, vandaag meegeteld.") \
    X(EXPLAIN_WHY_STAY_LOCATION_OVER, "The child lived at the same emergency location from {1} to {2}: {3}.", \
      "Het kind woonde van {1} tot en met {2} op dezelfde noodopvanglocatie: {3}.") \
    X(EXPLAIN_WHY_NO_SCHOOL, "The child has not been to school since it came into reception on {1}.", \
      "Het kind is sinds de komst in de opvang op {1} nog niet naar school geweest.") \
    X(EXPLAIN_WHY_NO_SCHOOL_OVER, "The child came into reception on {1} and had not been to school up to {2}.", \
      "Het kind kwam op {1} in de opvang en was tot en met {2} niet naar school geweest.") \
    X(EXPLAIN_WHY_SCHOOL_STARTED, "The child came into reception on {1} and first went to school on {2}.", \
      "Het kind kwam op {1} in de opvang en ging op {2} voor het eerst naar school.") \
    X(EXPLAIN_WHY_MOVE_IN_TERM, "The child went to school and was moved in term: on {1} from {2} to {3}.", \
      "Het kind ging naar school en verhuisde buiten de schoolvakantie: op {1} van {2} naar {3}.") \
    X(EXPLAIN_WHY_MOVE_IN_HOLIDAYS, \
      "The child went to school and was moved in the school holidays: on {1} from {2} to {3}.", \
      "Het kind ging naar school en verhuisde in de schoolvakantie: op {1} van {2} naar {3}.") \
    X(EXPLAIN_WHY_MOVE_SEAMLESS, "It was at school again on the same day; a move in term is always reported.", \
      "Het kind ging dezelfde dag weer naar school; een verhuizing buiten de schoolvakantie wordt altijd gemeld.") \
    X(EXPLAIN_WHY_NOT_BACK, "It is not back at school yet.", \
      "Het kind is nog niet opnieuw op een school ingeschreven.") \
    X(EXPLAIN_WHY_GAP, "The child was taken off the school's roll on {1}, without a move.", \
      "Het kind is op {1} van school uitgeschreven, zonder verhuizing.") \
    X(EXPLAIN_WHY_MOVES, "The child moved at least {1} within {2}.", "Het kind verhuisde minstens {1} binnen {2}.") \
    /* the norm */ \
    X(EXPLAIN_NORM_STAY, "At most {1} in emergency reception", "Hoogstens {1} in noodopvang") \
    X(EXPLAIN_NORM_SCOPE_ALL, "Counted over all emergency locations together, which is our reading of " \
      "the Inspectorates' letter of 17 July 2025; COA's requirements are per location.", \
      "Geteld over alle noodopvanglocaties samen: zo lezen wij de brief van de Inspecties van 17 juli " \
      "2025; de eisen van het COA gelden per locatie.") \
    X(EXPLAIN_NORM_SCOPE_EACH, "Counted anew at each emergency location, as COA's requirements have it.", \
      "Geteld bij elke noodopvanglocatie opnieuw, zoals de eisen van het COA zeggen.") \
    X(EXPLAIN_NORM_NO_SCHOOL, "To school within {1}", "Binnen {1} naar school") \
    X(EXPLAIN_NORM_SINCE, "This norm holds from {1}; before that it was {2}.", \
      "Deze norm geldt vanaf {1}; daarvoor was het {2}.") \
    X(EXPLAIN_NORM_HOLIDAYS, "A violation waits for the end of the school holidays", \
      "Een overtreding wacht op het einde van de schoolvakantie") \
    X(EXPLAIN_NORM_MOVE, "A child at school does not move in term", \
      "Een kind dat naar school gaat, verhuist niet buiten de schoolvakantie") \
    X(EXPLAIN_NORM_GAP, "At most {1} missed", "Hoogstens {1} gemist") \
    X(EXPLAIN_NORM_SEVERE, "Severe after more than {1}", "Ernstig na meer dan {1}") \
    X(EXPLAIN_NORM_MOVES, "From {1} within {2} on; it is no norm", "Vanaf {1} binnen {2}; het is geen norm") \
    X(EXPLAIN_WITH_SOURCE, "{1} ({2}).", "{1} ({2}).") \
    /* the counting */ \
    X(EXPLAIN_COUNTED_FROM, "From {1}.", "Vanaf {1}.") \
    X(EXPLAIN_COUNTED_FROM_ARRIVAL, "From {1}, the day of arrival.", "Vanaf {1}, de dag van aankomst.") \
    X(EXPLAIN_COUNTED_FROM_APPLICATION, "From {1}, the day of the application for asylum.", \
      "Vanaf {1}, de dag van de asielaanvraag.") \
    X(EXPLAIN_COUNTED_FROM_SCHOOL_AGE, "From {1}, the first day on which the child has to go to school.", \
      "Vanaf {1}, de eerste dag waarop het kind naar school moet.") \
    X(EXPLAIN_DUE, "The last day within the norm is {1}: {2} left.", "De laatste dag binnen de norm is {1}: nog {2}.") \
    X(EXPLAIN_DUE_TODAY, "Today is the last day within the norm.", "Vandaag is de laatste dag binnen de norm.") \
    X(EXPLAIN_DUE_PASSED, "The last day within the norm was {1}.", "De laatste dag binnen de norm was {1}.") \
    X(EXPLAIN_DUE_KEPT, "The last day within the norm would have been {1}: the norm was kept.", \
      "De laatste dag binnen de norm was {1} geweest: de norm is gehaald.") \
    X(EXPLAIN_DUE_LEFT, "The last day within the norm would have been {1}; the child left before it was over.", \
      "De laatste dag binnen de norm was {1} geweest; het kind vertrok voordat die om was.") \
    X(EXPLAIN_DUE_OF_AGE, "The last day within the norm would have been {1}; the child came of age " \
      "before it was over.", \
      "De laatste dag binnen de norm was {1} geweest; het kind werd meerderjarig voordat die om was.") \
    X(EXPLAIN_DUE_OF_AGE_AHEAD, "The last day within the norm would be {1}; the child comes of age " \
      "before it is over.", \
      "De laatste dag binnen de norm zou {1} zijn; het kind wordt meerderjarig voordat die om is.") \
    X(EXPLAIN_DAYS_OVER, "Over the norm since {1}: {2} with today.", "Over de norm sinds {1}: {2}, vandaag meegeteld.") \
    X(EXPLAIN_DAYS_OVER_THEN, "Over the norm from {1} to {2}: {3}.", "Over de norm van {1} tot en met {2}: {3}.") \
    X(EXPLAIN_PUT_OFF, "{1} fell in the school holidays ({2}), which puts the violation off to {3}.", \
      "{1} viel in de schoolvakantie ({2}); daardoor is het pas op {3} een overtreding.") \
    X(EXPLAIN_PUT_OFF_AHEAD, "{1} falls in the school holidays ({2}), which puts the violation off to {3}.", \
      "{1} valt in de schoolvakantie ({2}); daardoor is het pas op {3} een overtreding.") \
    X(EXPLAIN_PUT_OFF_NEVER, "{1} fell in the school holidays ({2}), so that it was no violation.", \
      "{1} viel in de schoolvakantie ({2}); daardoor was het geen overtreding.") \
    X(EXPLAIN_REGION_DAYS, "{1}: {2}", "{1}: {2}") \
    X(EXPLAIN_MISSED_NONE, "No school day missed.", "Geen schooldag gemist.") \
    X(EXPLAIN_MISSED_TOTAL, "{1} missed.", "{1} gemist.") \
    X(EXPLAIN_MISSED, "{1} missed: {2}.", "{1} gemist: {2}.") \
    X(EXPLAIN_MISSED_REST, "and so on until {1}", "en zo verder tot en met {1}") \
    X(EXPLAIN_MOVES_ARE, "Moves counted: {1}.", "Verhuizingen die tellen: {1}.") \
    X(EXPLAIN_MOVES_REST, "and {1} more until {2}", "en nog {1} tot en met {2}") \
    X(EXPLAIN_MOVE_TO, "{1} to {2}", "{1} naar {2}") \
    X(EXPLAIN_BECOMES, "{1} {2}.", "{1} {2}.") \
    X(EXPLAIN_BECAME, "{1} since {2}.", "{1} sinds {2}.") \
    X(EXPLAIN_ENDED, "It ended on {1}: {2}.", "Dit eindigde op {1}: {2}.") \
    /* without a fact */ \
    X(EXPLAIN_WITHOUT_THIS, "Without this there would be no such alert:", "Zonder dit was deze melding er niet:") \
    X(EXPLAIN_WITHOUT_ANY, "Without any one of these there would be no such alert:", \
      "Zonder één van deze gegevens was deze melding er niet:") \
    X(EXPLAIN_WITHOUT_BUT, "It would be different without:", "De melding was anders zonder:") \
    X(EXPLAIN_WITHOUT, "{1}. Then: {2}.", "{1}. Dan: {2}.") \
    X(EXPLAIN_WITHOUT_ANOTHER, "another alert instead, raised on {1}", "een andere melding, ontstaan op {1}") \
    X(EXPLAIN_WITHOUT_LEVEL, "{1} instead of {2}", "{1} in plaats van {2}") \
    X(EXPLAIN_WITHOUT_OPEN, "still open", "nog open") \
    X(EXPLAIN_WITHOUT_RESOLVED, "ended on {1} ({2})", "geëindigd op {1} ({2})") \
    X(EXPLAIN_WITHOUT_RAISED, "raised on {1}", "ontstaan op {1}") \
    X(EXPLAIN_WITHOUT_VIOLATION, "over the norm from {1}", "over de norm vanaf {1}") \
    X(EXPLAIN_WITHOUT_NO_VIOLATION, "not over the norm", "niet over de norm") \
    X(EXPLAIN_WITHOUT_DUE, "last day within the norm {1}", "laatste dag binnen de norm {1}") \
    X(EXPLAIN_WITHOUT_NORM, "a norm of {1}", "een norm van {1}") \
    X(EXPLAIN_WITHOUT_PLACE, "at {1}", "in {1}") \
    X(EXPLAIN_WITHOUT_UNACCOMPANIED, "unaccompanied", "alleenreizend") \
    X(EXPLAIN_WITHOUT_ACCOMPANIED, "not unaccompanied", "niet alleenreizend") \
    X(EXPLAIN_WITHOUT_UNKNOWN, "unknown whether the child is unaccompanied", \
      "onbekend of het kind alleenreizend is") \
    /* what ends it */ \
    X(EXPLAIN_END_DEPARTED, "the child leaves reception", "het kind uit de opvang vertrekt") \
    X(EXPLAIN_END_TURNED_18, "the child comes of age on {1}", "het kind op {1} meerderjarig wordt") \
    X(EXPLAIN_END_AGED_OUT, "the child turns nineteen on {1}", "het kind op {1} negentien wordt") \
    X(EXPLAIN_END_REGULAR_RECEPTION, "the child moves to a location that is not emergency reception", \
      "het kind naar een locatie verhuist die geen noodopvang is") \
    X(EXPLAIN_END_MOVED, "the child moves to another location", "het kind naar een andere locatie verhuist") \
    X(EXPLAIN_END_SCHOOL_STARTED, "the child is enrolled at a school", "het kind op een school wordt ingeschreven") \
    X(EXPLAIN_END_SCHOOL_RESUMED, "the child is enrolled at a school again", \
      "het kind opnieuw op een school wordt ingeschreven") \
    X(EXPLAIN_END_SETTLED, "the child does not move again until {1}", "het kind tot {1} niet meer verhuist") \
    /* what comes next */ \
    X(EXPLAIN_NEXT_ON, "If nothing happens, this changes on {1}:", "Als er niets gebeurt, verandert dit op {1}:") \
    X(EXPLAIN_NEXT_NEVER, "If nothing happens, nothing changes any more.", \
      "Als er niets gebeurt, verandert er niets meer.") \
    X(EXPLAIN_NEXT_NEW, "{1}: {2}", "{1}: {2}") \
    X(EXPLAIN_NEXT_LEVEL, "{1}: from {2} to {3}", "{1}: van {2} naar {3}") \
    X(EXPLAIN_NEXT_OVER, "{1}: ends ({2})", "{1}: eindigt ({2})") \
    X(EXPLAIN_NEXT_GONE, "{1}: no longer an alert", "{1}: geen melding meer") \
    /* what was withdrawn */ \
    X(EXPLAIN_WITHDRAWN_BY_RETRACTED, "What was taken back is the fact of {1}.", \
      "Teruggenomen is het gegeven van {1}.") \
    X(EXPLAIN_WITHDRAWN_BY_CORRECTED, "What is known now: {1}.", "Nu is bekend: {1}.") \
    X(EXPLAIN_WITHDRAWN_BY_NONE, "No fact did that: the norms or the calendar changed.", \
      "Dat kwam niet door een gegeven: de normen of de schoolkalender zijn veranderd.") \
    X(EXPLAIN_WITHDRAWN_WAS, "It was last published as {1}, raised on {2}.", \
      "Het laatst gepubliceerd als {1}, ontstaan op {2}.") \
    X(EXPLAIN_PUBLISHED_WITHDRAWN, "It was published as {1}, raised on {2}, and withdrawn.", \
      "Gepubliceerd als {1}, ontstaan op {2}, en ingetrokken.") \
    X(EXPLAIN_REPLACED_BY, "Alert {1} takes its place.", "Melding {1} komt ervoor in de plaats.")
/* clang-format on */

#endif

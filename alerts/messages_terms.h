/* Words for the symbols of facts, rules and figures: X(name in records, English, Dutch); and the months.
 * Kinds of facts stand behind "fact.", since an alert can be WITHDRAWN or MOVED too. */
#ifndef ALERTS_MESSAGES_TERMS_H
#define ALERTS_MESSAGES_TERMS_H

/* clang-format off */
#define TERMS(X) \
    X("emergency-stay", "too long in emergency reception", "te lang in noodopvang") \
    X("no-school", "no school in time", "niet op tijd naar school") \
    X("school-move", "out of school because of a move", "geen school door een verhuizing") \
    X("school-gap", "out of school without a move", "geen school zonder verhuizing") \
    X("repeated-moves", "moved often", "vaak verhuisd") \
    X("NOTICE", "notice", "signaal") \
    X("VIOLATION", "violation", "overtreding") \
    X("SEVERE", "severe", "ernstig") \
    X("OPEN", "open", "open") \
    X("RESOLVED", "ended", "voorbij") \
    X("WITHDRAWN", "withdrawn", "ingetrokken") \
    X("DEPARTED", "left reception", "uit de opvang vertrokken") \
    X("TURNED_18", "came of age", "meerderjarig geworden") \
    X("AGED_OUT", "turned nineteen", "negentien geworden") \
    X("REGULAR_RECEPTION", "came to regular reception", "naar reguliere opvang gegaan") \
    X("MOVED", "moved to another location", "naar een andere locatie verhuisd") \
    X("SCHOOL_STARTED", "started school", "naar school gegaan") \
    X("SCHOOL_RESUMED", "went back to school", "weer naar school gegaan") \
    X("SETTLED", "no longer so many moves", "niet meer zo vaak verhuisd") \
    X("CORRECTED", "the facts were corrected", "de gegevens zijn verbeterd") \
    X("NORTH", "North", "Noord") \
    X("MIDDLE", "Middle", "Midden") \
    X("SOUTH", "South", "Zuid") \
    X("EMERGENCY", "emergency reception", "noodopvang") \
    X("MUNICIPAL_EMERGENCY", "emergency reception by the municipality", "tijdelijke gemeentelijke opvang") \
    X("CRISIS_EMERGENCY", "crisis emergency reception", "crisisnoodopvang") \
    X("CENTRAL", "central reception centre", "centrale ontvangstlocatie (col)") \
    X("PROCESS", "procedural reception centre", "procesopvanglocatie (pol)") \
    X("CENTRE", "asylum seekers' centre", "asielzoekerscentrum (azc)") \
    X("MINORS", "reception of unaccompanied minors", "opvang van alleenreizende minderjarigen (amv)") \
    X("FAMILY", "family location", "gezinslocatie (gl)") \
    X("RESTRICTED", "location with restricted freedom", "vrijheidsbeperkende locatie (vbl)") \
    X("ENFORCEMENT", "enforcement and supervision location", "handhaving- en toezichtlocatie (htl)") \
    X("TRANSIT", "transit location", "doorstroomlocatie") \
    X("OTHER", "other location", "andere locatie") \
    X("fact.ARRIVED", "arrived", "aangekomen") \
    X("fact.DEPARTED", "left", "vertrokken") \
    X("fact.MOVED", "moved", "verhuisd") \
    X("fact.ENROLLED", "enrolled at school", "ingeschreven op school") \
    X("fact.WITHDRAWN", "taken off the school's roll", "uitgeschreven van school") \
    X("children", "children", "kinderen") \
    X("in_emergency", "in emergency reception", "in noodopvang") \
    X("emergency_days", "days in emergency reception so far", "dagen in noodopvang tot dan toe") \
    X("over_stay_norm", "too long in emergency reception", "te lang in noodopvang") \
    X("without_school", "without school", "zonder school") \
    X("over_school_norm", "no school in time", "niet op tijd naar school") \
    X("interrupted_by_move", "out of school because of a move", "geen school door een verhuizing") \
    X("interrupted_otherwise", "out of school without a move", "geen school zonder verhuizing") \
    X("moved_often", "moved often", "vaak verhuisd") \
    X("moves", "moves", "verhuizingen") \
    X("moves_in_term", "moves in term", "verhuizingen buiten de schoolvakanties") \
    X("lost_on_arrival", "school days lost before the first school", \
      "schooldagen verloren voordat het kind naar school ging") \
    X("lost_by_moves", "school days lost by moves", "schooldagen verloren door verhuizingen") \
    X("lost_otherwise", "school days lost otherwise", "schooldagen verloren door andere oorzaken")
/* clang-format on */

/* clang-format off */
#define MESSAGES_MONTHS(X) \
    X(MONTH_1, "January", "januari") X(MONTH_2, "February", "februari") X(MONTH_3, "March", "maart") \
    X(MONTH_4, "April", "april") X(MONTH_5, "May", "mei") X(MONTH_6, "June", "juni") \
    X(MONTH_7, "July", "juli") X(MONTH_8, "August", "augustus") X(MONTH_9, "September", "september") \
    X(MONTH_10, "October", "oktober") X(MONTH_11, "November", "november") X(MONTH_12, "December", "december")
/* clang-format on */

#endif

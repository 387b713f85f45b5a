/* Texts of norms, and of two sets of norms compared: X(symbol, English, Dutch). The terms of a norm are its name in the
 * configuration, what it is called, and behind ".help" what it means; units and values; and the sources, under their
 * own words. */
#ifndef ALERTS_MESSAGES_NORMS_H
#define ALERTS_MESSAGES_NORMS_H

/* clang-format off */
#define MESSAGES_NORMS(X) \
    X(NORMS_IN_FORCE_ON, "Norms in force on {1}", "Normen die gelden op {1}") \
    X(NORMS_OF_A_CHILDS_DAYS, "A child's days", "De dagen van een kind") \
    X(NORM_IN_FORCE, "in force", "geldt") \
    X(NORM_FROM, "from {1}", "vanaf {1}") \
    X(NORM_UNTIL, "until {1}", "tot en met {1}") \
    X(NORM_DEFERS, "where a violation waits for the end of a school vacation", \
      "waarbij een overtreding wacht op het einde van de schoolvakantie") \
    X(NORM_YEARS, "{1} ({2} years)", "{1} ({2} jaar)") \
    X(NORM_SOURCE, "Source: {1}.", "Bron: {1}.") \
    X(NORM_SETTING, "Setting: {1}.", "Instelling: {1}.") \
    X(NORM_NOT_THE_DEFAULT, "Setting: {1}; not set it is {2}.", "Instelling: {1}; niet ingesteld is het {2}.") \
    X(NORMS_BRIEF_STAY, "Emergency reception: at most {1}, counted {2}.", "Noodopvang: hoogstens {1}, geteld {2}.") \
    X(NORMS_BRIEF_SCHOOL, "School: within {1}.", "School: binnen {1}.") \
    X(NORMS_BRIEF_INTERRUPTION, "Interrupted education: at once after a move in term, otherwise after " \
      "more than {1} missed.", \
      "Onderbroken onderwijs: na een verhuizing buiten de schoolvakantie meteen, anders na meer dan {1} " \
      "zonder les.") \
    X(NORMS_BRIEF_MOVES, "Moved often, a signal and no norm: {1} within {2}.", \
      "Vaak verhuisd, een signaal en geen norm: {1} binnen {2}.") \
    X(CALENDAR_TITLE, "School calendar", "Schoolkalender") \
    X(CALENDAR_KNOWN_UNTIL, "{1}: known until {2}", "{1}: bekend tot en met {2}") \
    X(CALENDAR_UNKNOWN, "{1}: nothing is known", "{1}: niets bekend") \
    X(CALENDAR_BEYOND, "Every day from Monday to Friday that is not known counts as a school day.", \
      "Elke dag van maandag tot en met vrijdag die niet bekend is, telt als schooldag.") \
    X(EVALUATED, "{1} on {2} for {3} of {4}", "{1} op {2} voor {3} van {4}") \
    X(EVALUATED_TOPIC, "{1} on {2} for {3} of the state topic", "{1} op {2} voor {3} uit het topic state") \
    X(COMPARE_TITLE, "Alerts on {1} if the norms were those of {2}:", \
      "Meldingen op {1} als de normen die van {2} waren:") \
    X(COMPARE_NORM, "  {1}: {2} -> {3}", "  {1}: {2} -> {3}") \
    X(COMPARE_SAME_NORMS, "  no norm differs", "  geen enkele norm verschilt") \
    X(COMPARE_SIGNS, "+ appears, - goes, ~ changes", "+ komt erbij, - vervalt, ~ verandert") \
    X(COMPARE_APPEAR, "appear", "erbij") \
    X(COMPARE_GO, "go", "vervallen") \
    X(COMPARE_MOVE, "change", "anders") \
    X(COMPARE_SAME, "same", "gelijk") \
    X(COMPARE_TOTAL, "together", "samen")
/* clang-format on */

/* clang-format off */
#define TERMS_NORMS(X) \
    X("adult_months", "age of majority", "meerderjarig vanaf") \
    X("adult_months.help", "From this age on one is an adult.", "Vanaf deze leeftijd is iemand volwassen.") \
    X("aged_out_months", "interrupted education is watched until", "onderbroken onderwijs wordt gevolgd tot") \
    X("aged_out_months.help", "Up to this age it is watched whether education goes on; coming of age does not end that.", \
      "Tot deze leeftijd wordt gevolgd of het onderwijs doorgaat; meerderjarig worden maakt daar geen eind aan.") \
    X("school_age_months", "school age", "leerplichtig vanaf") \
    X("school_age_months.help", "From the first day of the month after this age a child has to go to school.", \
      "Vanaf de eerste dag van de maand na deze leeftijd moet een kind naar school.") \
    X("transfer_days", "longest transfer", "langste overplaatsing") \
    X("transfer_days.help", \
      "A child that arrives elsewhere within so many days of leaving has stayed in reception all along.", \
      "Komt een kind binnen zoveel dagen na vertrek ergens anders aan, dan loopt het verblijf in de opvang door.") \
    X("move_ends_enrollment", "a move ends the enrollment at school", "een verhuizing beëindigt de inschrijving op school") \
    X("move_ends_enrollment.help", \
      "Whether a child that moves to another location has left its school, unless it is enrolled there again.", \
      "Of een kind dat naar een andere locatie verhuist van school is, tenzij het daar opnieuw wordt ingeschreven.") \
    X("stay_scope", "a stay in emergency reception is counted", "een verblijf in noodopvang telt") \
    X("stay_scope.help", "Whether the term begins anew when a child moves from one emergency location to another.", \
      "Of de termijn opnieuw begint als een kind van de ene noodopvanglocatie naar de andere verhuist.") \
    X("stay_months", "longest stay in emergency reception", "langste verblijf in noodopvang") \
    X("stay_months.help", "A longer stay is a violation.", "Langer verblijf is een overtreding.") \
    X("stay_notice_days", "notice before the end of the longest stay", \
      "signaal vóór het einde van het langste verblijf") \
    X("stay_notice_days.help", "So long before the last day of the term a notice is given.", \
      "Zo lang vóór de laatste dag van de termijn komt er een signaal.") \
    X("stay_severe_months", "severe from (stay in emergency reception)", "ernstig vanaf (verblijf in noodopvang)") \
    X("stay_severe_months.help", "After a longer stay the violation is severe.", \
      "Na een langer verblijf is de overtreding ernstig.") \
    X("school_months", "longest time without school", "langste tijd zonder school") \
    X("school_months.help", "Counted from the application for asylum or, if that is not known, from " \
      "arrival; not before school age.", \
      "Geteld vanaf de asielaanvraag of, als die niet bekend is, vanaf aankomst; niet vóór de " \
      "leerplichtige leeftijd.") \
    X("school_notice_days", "notice before the end of the longest time without school", \
      "signaal vóór het einde van de langste tijd zonder school") \
    X("school_notice_days.help", "So long before the last day of the term a notice is given.", \
      "Zo lang vóór de laatste dag van de termijn komt er een signaal.") \
    X("school_severe_months", "severe from (time without school)", "ernstig vanaf (tijd zonder school)") \
    X("school_severe_months.help", "After a longer time the violation is severe.", \
      "Na een langere tijd is de overtreding ernstig.") \
    X("severe_school_days", "severe from more than (school days missed)", \
      "ernstig bij meer dan (gemiste schooldagen)") \
    X("severe_school_days.help", "More school days missed, after a move or without one, make the violation severe.", \
      "Mist een kind meer schooldagen, door een verhuizing of zonder, dan is de overtreding ernstig.") \
    X("gap_grace_school_days", "school days missed that are no violation yet", \
      "gemiste schooldagen die nog geen overtreding zijn") \
    X("gap_grace_school_days.help", "Without a move. Taken off the roll so shortly before a move, a " \
      "child is out of school because of the move.", \
      "Zonder verhuizing. Wie zo kort vóór een verhuizing wordt uitgeschreven, heeft door de verhuizing " \
      "geen school.") \
    X("repeated_moves", "moved often from", "vaak verhuisd vanaf") \
    X("repeated_moves.help", "From so many moves on a notice is given. It is a signal, no norm.", \
      "Vanaf zoveel verhuizingen komt er een signaal. Het is geen norm.") \
    X("repeated_moves_months", "time in which moves are counted", "tijd waarover verhuizingen tellen") \
    X("repeated_moves_months.help", "Moves longer ago, or of an earlier stay in reception, do not count.", \
      "Verhuizingen van langer geleden, of van een eerder verblijf in de opvang, tellen niet.") \
    X("norm.continuous", "over all emergency locations together", "over alle noodopvanglocaties samen") \
    X("norm.location", "anew at each emergency location", "bij elke noodopvanglocatie opnieuw") \
    X("norm.true", "yes", "ja") \
    X("norm.false", "no", "nee") \
    X("field.raised_on", "raised", "gemeld") \
    X("field.violation_on", "violation since", "overtreding sinds") \
    X("field.norm_months", "norm", "norm") \
    X("field.due_on", "due", "uiterlijk") \
    X("field.resolved_on", "ended on", "geëindigd op") \
    X("field.resolution", "because:", "doordat:") \
    X("field.location", "at", "in") \
    X("field.none", "none", "geen") \
    X("unit.one.days", "day", "dag") \
    X("unit.days", "days", "dagen") \
    X("unit.one.months", "month", "maand") \
    X("unit.months", "months", "maanden") \
    X("unit.one.moves", "move", "verhuizing") \
    X("unit.moves", "moves", "verhuizingen") \
    X("unit.one.times", "time", "keer") \
    X("unit.times", "times", "keer") \
    X("unit.one.alerts", "alert", "melding") \
    X("unit.alerts", "alerts", "meldingen") \
    X("unit.one.changes", "change", "verandering") \
    X("unit.changes", "changes", "veranderingen") \
    X("unit.one.events", "event", "gebeurtenis") \
    X("unit.events", "events", "gebeurtenissen") \
    X("unit.one.children", "child", "kind") \
    X("unit.children", "children", "kinderen") \
    X("unit.one.bad lines", "bad line", "onleesbare regel") \
    X("unit.bad lines", "bad lines", "onleesbare regels") \
    X("unit.one.school days", "school day", "schooldag") \
    X("unit.school days", "school days", "schooldagen") \
    X("Civil Code, book 1, article 233", "Civil Code, book 1, article 233", "Burgerlijk Wetboek, boek 1, artikel 233") \
    X("Compulsory Education Act, article 3", "Compulsory Education Act, article 3", "Leerplichtwet, artikel 3") \
    X("Directive (EU) 2024/1346, article 16", "Directive (EU) 2024/1346, article 16", \
      "Richtlijn (EU) 2024/1346, artikel 16") \
    X("Directive 2013/33/EU, article 14; from 12 June 2026 Directive (EU) 2024/1346, article 16", \
      "Directive 2013/33/EU, article 14; from 12 June 2026 Directive (EU) 2024/1346, article 16", \
      "Richtlijn 2013/33/EU, artikel 14; vanaf 12 juni 2026 Richtlijn (EU) 2024/1346, artikel 16") \
    X("letter of the Inspectorates of 17 July 2025", "letter of the Inspectorates of 17 July 2025", \
      "brief van de Inspecties van 17 juli 2025") \
    X("letter of the Inspectorates of 17 July 2025; COA's requirements of 2016 (per location)", \
      "letter of the Inspectorates of 17 July 2025; COA's requirements of 2016 (per location)", \
      "brief van de Inspecties van 17 juli 2025; eisen van het COA uit 2016 (per locatie)") \
    X("COA's requirements for emergency reception, 2016", "COA's requirements for emergency reception, 2016", \
      "eisen van het COA aan noodopvang, 2016") \
    X("our reading of transfers over a weekend", "our reading of transfers over a weekend", \
      "onze uitleg van een overplaatsing over een weekend heen") \
    X("ours; Directive (EU) 2024/1346, article 16 (continuity of education)", \
      "our own choice; Directive (EU) 2024/1346, article 16 (continuity of education)", \
      "eigen keuze; Richtlijn (EU) 2024/1346, artikel 16 (onderwijs zonder onderbreking)") \
    X("ours", "our own choice", "eigen keuze")
/* clang-format on */

#endif

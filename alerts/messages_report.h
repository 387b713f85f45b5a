/* Texts of reports, forecasts and norms: X(symbol, English, Dutch). */
#ifndef ALERTS_MESSAGES_REPORT_H
#define ALERTS_MESSAGES_REPORT_H

/* clang-format off */
#define MESSAGES_REPORT(X) \
    X(REPORT_PERIOD, "{1} to {2}", "{1} tot en met {2}") \
    X(REPORT_CHILDREN, "Children in reception, {1}", "Kinderen in de opvang, {1}") \
    X(REPORT_UNACCOMPANIED, "Unaccompanied children in reception, {1}", \
      "Alleenreizende kinderen in de opvang, {1}") \
    X(REPORT_KNOWN, "As known on {1}.", "Zoals bekend op {1}.") \
    X(REPORT_FORECAST, "As known on {1}; later days as they will be if nothing else happens.", \
      "Zoals bekend op {1}; latere dagen zoals ze worden als er verder niets gebeurt.") \
    X(REPORT_COMPARED, "Compared with the norms of {1}:", "Vergeleken met de normen van {1}:") \
    X(REPORT_MERGED, "Groups of one to four children are added up as \"small groups together\".", \
      "Groepen van één tot en met vier kinderen zijn opgeteld als \"kleine groepen samen\".") \
    X(REPORT_EXACT, "Small groups are not merged: not for publication.", \
      "Kleine groepen zijn niet samengevoegd: niet voor publicatie.") \
    X(REPORT_WITHHELD, "There are so few children (one to four) that no figures are given.", \
      "Er zijn zo weinig kinderen (één tot en met vier) dat er geen cijfers worden gegeven.") \
    X(REPORT_WITHHELD_DAYS, "Days without figures, because there were only one to four children: {1}.", \
      "Dagen zonder cijfers, omdat er toen maar één tot en met vier kinderen waren: {1}.") \
    X(REPORT_EMPTY, "In this period no child was in reception.", "In deze periode was er geen kind in de opvang.") \
    X(REPORT_ON_DAY, "On {1}", "Op {1}") \
    X(REPORT_EACH_DAY, "On each day", "Op elke dag") \
    X(REPORT_MEANS, "On average", "Gemiddeld") \
    X(REPORT_IN_PERIOD, "In the whole period", "In de hele periode") \
    X(REPORT_DAY, "day", "dag") \
    X(REPORT_GROUP_ALL, "all", "alle") \
    X(REPORT_GROUP_OTHER, "small groups together", "kleine groepen samen") \
    X(REPORT_UNDER_COMPARED, "compared", "vergeleken") \
    X(REPORT_UNDER_DIFFERENCE, "difference", "verschil") \
    X(WORK_LIST, "Norms that will be broken if nothing happens, in the {1} days after {2}", \
      "Normen die worden overtreden als er niets gebeurt, in de {1} dagen na {2}") \
    X(WORK_LIST_UNACCOMPANIED, "Unaccompanied children only.", "Uitsluitend alleenreizende kinderen.") \
    X(WORK_LIST_MERGED, "A group is all children who will be at a place in these days; groups of one to " \
      "four are added up as \"small groups together\". The last column is how many of a group a row is " \
      "about: that can be one.", \
      "Een groep is alle kinderen die in deze dagen op een plek zijn; groepen van één tot en met vier " \
      "zijn opgeteld als \"kleine groepen samen\". De laatste kolom zegt over hoeveel kinderen van een " \
      "groep een regel gaat: dat kan er één zijn.") \
    X(WORK_LIST_EMPTY, "No norm will be broken in these days.", "In deze dagen wordt geen norm overtreden.") \
    X(WORK_LIST_GROUP, "where", "waar") \
    X(WORK_LIST_RULE, "what", "wat") \
    X(WORK_LIST_LEVEL, "level", "niveau") \
    X(WORK_LIST_CHILDREN, "children of the group", "kinderen van de groep") \
    X(WORK_LIST_CHILD, "child", "kind") \
    X(WORK_LIST_ALERT, "alert", "melding") \
    X(WORK_LIST_DUE, "last day of the norm", "laatste dag van de norm")
/* clang-format on */

#endif

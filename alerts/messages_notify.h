/* What case managers read of an alert: X(symbol, English, Dutch). Of a child {1} is the pseudonym, {2} the location. */
#ifndef ALERTS_MESSAGES_NOTIFY_H
#define ALERTS_MESSAGES_NOTIFY_H

/* clang-format off */
#define MESSAGES_NOTIFY(X) \
    /* one sentence about an alert that holds; {3} is a day, {4} a number of months */ \
    X(NOTIFY_STAY_NEAR, "Child {1} ({2}) has to leave emergency reception by {3}: {4} months is the norm.", \
      "Kind {1} ({2}) moet uiterlijk {3} uit de noodopvang zijn: de norm is {4} maanden.") \
    X(NOTIFY_STAY, "Child {1} ({2}) has been in emergency reception for longer than the norm of {4} months since {3}.", \
      "Kind {1} ({2}) zit sinds {3} langer dan de norm van {4} maanden in noodopvang.") \
    X(NOTIFY_SCHOOL_NEAR, "Child {1} ({2}) has no school yet and has to start by {3}: {4} months is the norm.", \
      "Kind {1} ({2}) heeft nog geen school en moet uiterlijk {3} beginnen: de norm is {4} maanden.") \
    X(NOTIFY_SCHOOL, "Child {1} ({2}) has had no school for longer than the norm of {4} months since {3}.", \
      "Kind {1} ({2}) heeft sinds {3} langer dan de norm van {4} maanden geen school.") \
    X(NOTIFY_MOVE, "Child {1} ({2}) has been out of school since {3} because of a move.", \
      "Kind {1} ({2}) gaat sinds {3} niet naar school door een verhuizing.") \
    X(NOTIFY_GAP, "Child {1} ({2}) stopped going to school and has been away for too long since {3}.", \
      "Kind {1} ({2}) is gestopt met school en blijft sinds {3} te lang weg.") \
    X(NOTIFY_MOVES, "Child {1} ({2}) has had to move often; noticed on {3}.", \
      "Kind {1} ({2}) is vaak verhuisd; opgemerkt op {3}.") \
    /* of an alert of a rule without words of its own, or without a norm: {3} is the rule in words, {4} a day */ \
    X(NOTIFY_SINCE, "Child {1} ({2}): {3}, since {4}.", "Kind {1} ({2}): {3}, sinds {4}.") \
    /* of an alert that was over before it could be told; {4} and {5} are days, the second the first day without */ \
    X(NOTIFY_WAS, "Child {1} ({2}): {3}, from {4} until {5}.", "Kind {1} ({2}): {3}, van {4} tot {5}.") \
    X(NOTIFY_WAS_THAT_DAY, "Child {1} ({2}): {3}, on {4}.", "Kind {1} ({2}): {3}, op {4}.") \
    X(NOTIFY_ERASED, "An alert about a child of {1} whose data were erased.", \
      "Een melding over een kind in {1} waarvan de gegevens zijn gewist.") \
    /* what became of an alert that no longer stands as it was told */ \
    X(NOTIFY_OVER, "Over since {1}: {2}.", "Voorbij sinds {1}: {2}.") \
    X(NOTIFY_TAKEN_BACK, "Taken back: {1}.", "Ingetrokken: {1}.") \
    X(NOTIFY_MOVED, "The child lives at {1} now; the alert goes on there.", \
      "Het kind verblijft nu in {1}; de melding gaat daar verder.") \
    X(NOTIFY_LEVEL, "Goes on, now as: {1}.", "Loopt door, nu als: {1}.") \
    X(NOTIFY_OVERDUE, "Goes on, for {1} days or longer by now.", "Loopt door, nu al {1} dagen of langer.") \
    X(NOTIFY_REPLACED, "Goes on as another alert, since the facts were corrected.", \
      "Loopt door als een andere melding, omdat de gegevens zijn verbeterd.") \
    X(NOTIFY_FORGOTTEN, "The data about this child were erased, as was asked for.", \
      "De gegevens over dit kind zijn op verzoek gewist.") \
    X(NOTIFY_CHANGED, "Goes on; facts about the child or the location changed.", \
      "Loopt door; gegevens over het kind of de locatie zijn veranderd.") \
    X(NOTIFY_PAST, "It was over before it could be told.", "Het was al voorbij voordat het gemeld kon worden.")
/* clang-format on */

#endif

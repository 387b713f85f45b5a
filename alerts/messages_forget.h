/* Texts of `forget`: X(symbol, English, Dutch). */
#ifndef ALERTS_MESSAGES_FORGET_H
#define ALERTS_MESSAGES_FORGET_H

/* clang-format off */
#define MESSAGES_FORGET(X) \
    X(FORGET_ASKED, "The service has been asked to forget the child.", "De dienst is gevraagd het kind te vergeten.") \
    X(FORGET_DONE, "The child is forgotten: no facts, alerts or violations of it are left.", \
      "Het kind is vergeten: er zijn geen gegevens, meldingen of overtredingen meer.") \
    X(FORGET_UNKNOWN, "No child of that id was known, and none is now. Is it the right id?", \
      "Er was geen kind met dit kenmerk bekend, en dat is nu ook zo. Klopt het kenmerk?") \
    X(FORGET_NOT_YET, "After {1} seconds not everything is forgotten yet:", \
      "Na {1} seconden is nog niet alles vergeten:") \
    X(FORGET_UNREAD, "- The service has not come to this request yet: it is number {3} in {1}, and " \
      "number {2} is the next that will be read there. Is the service running?", \
      "- De dienst is nog niet aan dit verzoek toegekomen: het is nummer {3} in {1}, en daar wordt " \
      "hierna nummer {2} gelezen. Draait de dienst?") \
    X(FORGET_NEVER_READ, "- No service has read anything of the child's partition yet. Is it running?", \
      "- Er heeft nog geen dienst iets gelezen van de partitie van het kind. Draait de dienst?") \
    X(FORGET_FACTS, "- Facts of the child that the service still has: {1}", \
      "- Gegevens van het kind die de dienst nog heeft: {1}") \
    X(FORGET_ALERTS, "- Alerts of the child that are still there: {1}", "- Meldingen over het kind die er nog zijn: {1}") \
    X(FORGET_UNSEEN, "- Not all alerts could be looked through in that time.", \
      "- Niet alle meldingen konden in die tijd worden bekeken.") \
    X(FORGET_VIOLATIONS, "- Violations of the child that are still there: {1}", \
      "- Overtredingen over het kind die er nog zijn: {1}")
/* clang-format on */

#endif

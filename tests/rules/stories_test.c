/* Protects each rule (rules.md 4): children's stories on the days around every boundary, and the alerts they must give.
 * What is said of a day is a line an alert, by rule and cause. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "story.h"

struct row {
    const char *today, *alerts;
};

struct tale {
    const char *name, *norms, *story;
    struct row rows[8];
};

/* Children of two, who need no school, so that one rule speaks at a time. */
#define IN_EMERGENCY "2025-01-14 arrived e EMERGENCY NORTH born 2023-05-10"
/* In school from the first day on. */
#define IN_SCHOOL "2025-01-14 arrived a CENTRE NORTH born 2015-05-10; 2025-01-14 enrolled s1"

static const struct tale emergency_stay[] = {
    {"it grows with time",
     NULL,
     IN_EMERGENCY,
     {{"2025-06-13", ""},
      {"2025-06-14", "emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e"},
      {"2025-07-14", "emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e"},
      {"2025-07-15", "emergency-stay #1 VIOLATION raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at e"},
      {"2026-01-14", "emergency-stay #1 VIOLATION raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at e"},
      {"2026-01-15", "emergency-stay #1 SEVERE raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at e"}}},
    {"gone before its notice", NULL, IN_EMERGENCY "; 2025-06-14 departed", {{"2025-06-14", ""}, {"2026-06-14", ""}}},
    {"gone on the day after",
     NULL,
     IN_EMERGENCY "; 2025-06-15 departed",
     {{"2025-06-14", "emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e"},
      {"2026-06-14",
       "emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e resolved 2025-06-15 DEPARTED"}}},
    {"regular reception on the first day over: never a violation",
     NULL,
     IN_EMERGENCY "; 2025-07-15 moved e CENTRE NORTH",
     {{"2025-07-15",
       "emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e resolved 2025-07-15 REGULAR_RECEPTION"}}},
    {"regular reception starts the term anew",
     NULL,
     IN_EMERGENCY "; 2025-02-01 moved e CENTRE NORTH; 2025-02-02 moved f CRISIS_EMERGENCY NORTH",
     {{"2025-07-02", ""}, {"2025-07-03", "emergency-stay #3 NOTICE raised 2025-07-03 due 2025-08-02 norm 6 at f"}}},
    {"other emergency locations do not",
     NULL,
     IN_EMERGENCY "; 2025-02-01 moved f CRISIS_EMERGENCY SOUTH; 2025-03-01 moved g MUNICIPAL_EMERGENCY SOUTH",
     {{"2025-07-15", "emergency-stay #1 VIOLATION raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at g"}}},
    {"unless each location counts by itself",
     "stay_scope=location",
     IN_EMERGENCY "; 2025-02-01 moved e CRISIS_EMERGENCY NORTH; 2025-06-20 moved f EMERGENCY SOUTH",
     {{"2025-06-19", "emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e"},
      {"2025-11-20", "emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e resolved 2025-06-20 MOVED\n"
                     "emergency-stay #3 NOTICE raised 2025-11-20 due 2025-12-20 norm 6 at f"}}},
    {"by location, regular reception is named before the move",
     "stay_scope=location",
     IN_EMERGENCY "; 2025-06-20 moved f CENTRE SOUTH",
     {{"2025-06-20",
       "emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e resolved 2025-06-20 REGULAR_RECEPTION"}}},
    {"of age on the day it leaves: departed",
     NULL,
     "2025-01-14 arrived e EMERGENCY NORTH born 2007-07-20; 2025-01-14 enrolled s; 2025-07-20 departed",
     {{"2025-07-20", "emergency-stay #1 VIOLATION raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at e "
                     "resolved 2025-07-20 DEPARTED"}}},
    {"of age on the day it moves: turned 18",
     NULL,
     "2025-01-14 arrived e EMERGENCY NORTH born 2007-07-20; 2025-01-14 enrolled s; 2025-07-20 moved e CENTRE NORTH",
     {{"2025-07-20", "emergency-stay #1 VIOLATION raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at e "
                     "resolved 2025-07-20 TURNED_18"}}},
    {"the notice is not before the stay",
     "stay_notice_days=365",
     IN_EMERGENCY,
     {{"2025-01-14", "emergency-stay #1 NOTICE raised 2025-01-14 due 2025-07-14 norm 6 at e"}}},
    {"severe is not before the violation",
     "stay_severe_months=1",
     IN_EMERGENCY,
     {{"2025-07-14", "emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e"},
      {"2025-07-15", "emergency-stay #1 SEVERE raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at e"}}},
    {"a norm that grows shorter catches whoever is beyond it on its first day",
     "stay_months=6, 3 from 2025-06-01",
     IN_EMERGENCY,
     {{"2025-04-30", ""},
      {"2025-05-01", "emergency-stay #1 NOTICE raised 2025-05-01 due 2025-05-31 norm 3 at e"},
      {"2025-06-01", "emergency-stay #1 VIOLATION raised 2025-05-01 violated 2025-06-01 due 2025-05-31 norm 3 at e"}}},
};

static const struct tale no_school[] = {
    {"it grows with time",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2015-05-10",
     {{"2025-03-14", ""},
      {"2025-03-15", "no-school #1 NOTICE raised 2025-03-15 due 2025-04-14 norm 3 at a"},
      {"2025-04-15", "no-school #1 VIOLATION raised 2025-03-15 violated 2025-04-15 due 2025-04-14 norm 3 at a"},
      {"2025-07-14", "no-school #1 VIOLATION raised 2025-03-15 violated 2025-04-15 due 2025-04-14 norm 3 at a"},
      {"2025-07-15", "no-school #1 SEVERE raised 2025-03-15 violated 2025-04-15 due 2025-04-14 norm 3 at a"}}},
    {"once in school it is over for the period",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2015-05-10; 2025-04-01 enrolled s; 2025-04-03 departed",
     {{"2025-12-31",
       "no-school #1 NOTICE raised 2025-03-15 due 2025-04-14 norm 3 at a resolved 2025-04-01 SCHOOL_STARTED"}}},
    {"in and out within a day is no school",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2015-05-10; 2025-01-20 enrolled s; 2025-01-20 withdrawn s",
     {{"2025-03-15", "no-school #1 NOTICE raised 2025-03-15 due 2025-04-14 norm 3 at a"}}},
    {"enrolled on the day it leaves: departed",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2015-05-10; 2025-04-01 enrolled s; 2025-04-01 departed",
     {{"2025-12-31", "no-school #1 NOTICE raised 2025-03-15 due 2025-04-14 norm 3 at a resolved 2025-04-01 DEPARTED"}}},
    {"the clock runs from the application, the alert from the arrival",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2015-05-10 applied 2024-10-01",
     {{"2025-01-14", "no-school #1 VIOLATION raised 2025-01-14 violated 2025-01-14 due 2025-01-13 norm 3 at a"},
      {"2025-04-02", "no-school #1 SEVERE raised 2025-01-14 violated 2025-01-14 due 2025-01-13 norm 3 at a"}}},
    {"of several applications the newest recorded counts, of the first day alone",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2015-05-10 applied 2024-10-01 recorded 2025-01-16; "
     "2025-01-14 arrived a CENTRE NORTH applied 2025-01-15 recorded 2025-01-17; "
     "2025-01-15 arrived a CENTRE NORTH applied 2024-11-01 recorded 2025-01-18",
     {{"2025-03-15", ""}, {"2025-03-16", "no-school #1 NOTICE raised 2025-03-16 due 2025-04-15 norm 3 at a"}}},
    {"from the month after the fifth birthday",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2020-03-01",
     {{"2025-06-30", "no-school #1 NOTICE raised 2025-06-01 due 2025-07-01 norm 3 at a"},
      {"2025-05-31", ""},
      {"2025-07-02", "no-school #1 VIOLATION raised 2025-06-01 violated 2025-07-02 due 2025-07-01 norm 3 at a"}}},
    {"of the new norm the holidays are waited for, each day where the child lives",
     NULL,
     "2026-05-10 arrived a CENTRE NORTH born 2015-05-10; 2026-08-10 moved b CENTRE SOUTH",
     {{"2026-08-09", "no-school #1 NOTICE raised 2026-06-10 due 2026-07-10 norm 2 at a"},
      {"2026-08-23", "no-school #1 NOTICE raised 2026-06-10 due 2026-07-10 norm 2 at b"},
      {"2026-08-24", "no-school #1 VIOLATION raised 2026-06-10 violated 2026-08-24 due 2026-07-10 norm 2 at b"}}},
    {"a move out of the holidays ends the waiting",
     NULL,
     "2026-04-20 arrived a CENTRE NORTH born 2015-05-10; 2026-07-06 moved b CENTRE SOUTH",
     {{"2026-07-05", "no-school #1 VIOLATION raised 2026-05-21 violated 2026-06-21 due 2026-06-20 norm 2 at a"}}},
    {"the same, with a norm reached in the holidays",
     NULL,
     "2026-05-04 arrived a CENTRE NORTH born 2015-05-10; 2026-07-06 moved b CENTRE SOUTH",
     {{"2026-07-05", "no-school #1 NOTICE raised 2026-06-04 due 2026-07-04 norm 2 at a"},
      {"2026-07-06", "no-school #1 VIOLATION raised 2026-06-04 violated 2026-07-06 due 2026-07-04 norm 2 at b"}}},
    {"a norm that does not wait comes into force in the holidays",
     "school_months=2+holidays, 4 from 2026-07-20, 2 from 2026-07-25",
     "2026-05-10 arrived a CENTRE NORTH born 2015-05-10",
     {{"2026-07-19", "no-school #1 NOTICE raised 2026-06-10 due 2026-07-10 norm 2 at a"},
      {"2026-07-20", "no-school #1 VIOLATION raised 2026-06-10 violated 2026-07-20 due 2026-07-10 norm 2 at a"}}},
    {"the old norm reached its day before the new one came",
     NULL,
     "2026-03-10 arrived a CENTRE NORTH born 2015-05-10",
     {{"2026-06-11", "no-school #1 VIOLATION raised 2026-05-11 violated 2026-06-11 due 2026-06-10 norm 3 at a"}}},
    {"a new period has a new clock, school or not",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2015-05-10; 2025-02-01 departed; 2025-02-10 arrived a CENTRE NORTH",
     {{"2025-04-09", ""}, {"2025-04-10", "no-school #3 NOTICE raised 2025-04-10 due 2025-05-10 norm 3 at a"}}},
};

static const struct tale school_move[] = {
    {"in term, from its day, until school again",
     NULL,
     IN_SCHOOL "; 2025-03-05 moved b CENTRE NORTH; 2025-03-20 enrolled s2",
     {{"2025-03-04", ""},
      {"2025-03-05", "school-move #3 VIOLATION raised 2025-03-05 violated 2025-03-05 at b"},
      {"2025-03-20", "school-move #3 VIOLATION raised 2025-03-05 violated 2025-03-05 at b resolved 2025-03-20 "
                     "SCHOOL_RESUMED"}}},
    {"severe from the 21st school day",
     NULL,
     IN_SCHOOL "; 2025-03-05 moved b CENTRE NORTH",
     {{"2025-04-01", "school-move #3 VIOLATION raised 2025-03-05 violated 2025-03-05 at b"},
      {"2025-04-02", "school-move #3 SEVERE raised 2025-03-05 violated 2025-03-05 at b"}}},
    {"seamless, and reported all the same",
     NULL,
     IN_SCHOOL "; 2025-03-05 moved b CENTRE NORTH; 2025-03-05 enrolled s2",
     {{"2025-03-05", "school-move #3 VIOLATION raised 2025-03-05 violated 2025-03-05 at b resolved 2025-03-05 "
                     "SCHOOL_RESUMED"}}},
    {"seamless is never severe",
     "severe_school_days=0",
     IN_SCHOOL "; 2025-03-05 moved b CENTRE NORTH; 2025-03-05 enrolled s2",
     {{"2025-03-05", "school-move #3 VIOLATION raised 2025-03-05 violated 2025-03-05 at b resolved 2025-03-05 "
                     "SCHOOL_RESUMED"}}},
    {"a weekend of the term is in term",
     NULL,
     IN_SCHOOL "; 2025-03-08 moved b CENTRE NORTH",
     {{"2025-03-08", "school-move #3 VIOLATION raised 2025-03-08 violated 2025-03-08 at b"}}},
    {"in the holidays it waits for the first school day of the region moved to",
     NULL,
     IN_SCHOOL "; 2025-02-22 moved b CENTRE SOUTH",
     {{"2025-03-02", ""}, {"2025-03-03", "school-move #3 VIOLATION raised 2025-03-03 violated 2025-03-03 at b"}}},
    {"school again by then: no alert",
     NULL,
     IN_SCHOOL "; 2025-02-22 moved b CENTRE SOUTH; 2025-03-03 enrolled s2",
     {{"2025-03-03", ""}, {"2025-12-31", ""}}},
    {"a child that was in no school",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2023-05-10; 2025-03-05 moved b CENTRE NORTH",
     {{"2025-03-05", ""}}},
    {"gone, after eighteen, before nineteen",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2007-04-10; 2025-01-14 enrolled s1; 2025-03-05 moved b CENTRE NORTH; "
     "2025-05-01 departed",
     {{"2025-04-30", "school-move #3 SEVERE raised 2025-03-05 violated 2025-03-05 at b"},
      {"2025-05-01", "school-move #3 SEVERE raised 2025-03-05 violated 2025-03-05 at b resolved 2025-05-01 DEPARTED"}}},
    {"of age on the day of the move",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2007-03-05; 2025-01-14 enrolled s1; 2025-03-05 moved b CENTRE NORTH",
     {{"2025-03-05", ""}}},
    {"nineteen",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2007-03-06; 2025-01-14 enrolled s1; 2025-03-05 moved b CENTRE NORTH",
     {{"2026-03-05", "school-move #3 SEVERE raised 2025-03-05 violated 2025-03-05 at b"},
      {"2026-03-06", "school-move #3 SEVERE raised 2025-03-05 violated 2025-03-05 at b resolved 2026-03-06 AGED_OUT"}}},
    {"taken out of school for it, five school days before",
     NULL,
     IN_SCHOOL "; 2025-03-05 withdrawn s1; 2025-03-12 moved b CENTRE NORTH",
     {{"2025-03-11", ""}, {"2025-03-12", "school-move #4 VIOLATION raised 2025-03-12 violated 2025-03-12 at b"}}},
    {"six school days before: a gap, not the move",
     NULL,
     IN_SCHOOL "; 2025-03-05 withdrawn s1; 2025-03-13 moved b CENTRE NORTH",
     {{"2025-03-12", "school-gap #3 VIOLATION raised 2025-03-12 violated 2025-03-12 at a"},
      {"2025-03-13", "school-gap #3 VIOLATION raised 2025-03-12 violated 2025-03-12 at b"}}},
    {"in and out of another school since then: not for the move",
     NULL,
     IN_SCHOOL
     "; 2025-03-05 withdrawn s1; 2025-03-07 enrolled s2; 2025-03-07 withdrawn s2; 2025-03-10 moved b CENTRE NORTH",
     {{"2025-03-11", ""}, {"2025-03-12", "school-gap #3 VIOLATION raised 2025-03-12 violated 2025-03-12 at b"}}},
    {"only the first move after the goodbye takes it over",
     NULL,
     IN_SCHOOL "; 2025-03-05 withdrawn s1; 2025-03-06 moved b CENTRE NORTH; 2025-03-07 moved c CENTRE NORTH",
     {{"2025-03-07", "school-move #4 VIOLATION raised 2025-03-06 violated 2025-03-06 at c"}}},
    {"a goodbye on the day of another move is nothing for the next one",
     "move_ends_enrollment=false",
     IN_SCHOOL "; 2025-03-05 moved b CENTRE NORTH; 2025-03-05 withdrawn s1; 2025-03-06 moved c CENTRE NORTH",
     {{"2025-03-06", "school-move #3 VIOLATION raised 2025-03-05 violated 2025-03-05 at c"},
      {"2025-03-20", "school-move #3 VIOLATION raised 2025-03-05 violated 2025-03-05 at c"}}},
    {"a goodbye in another period is nothing for the move",
     NULL,
     IN_SCHOOL "; 2025-03-04 departed; 2025-03-10 arrived a CENTRE NORTH; 2025-03-10 withdrawn s1; "
               "2025-03-12 moved b CENTRE NORTH",
     {{"2025-03-31", ""}}},
};

static const struct tale school_gap[] = {
    {"from the sixth school day missed; severe from the 21st",
     NULL,
     IN_SCHOOL "; 2025-03-05 withdrawn s1",
     {{"2025-03-11", ""},
      {"2025-03-12", "school-gap #3 VIOLATION raised 2025-03-12 violated 2025-03-12 at a"},
      {"2025-04-01", "school-gap #3 VIOLATION raised 2025-03-12 violated 2025-03-12 at a"},
      {"2025-04-02", "school-gap #3 SEVERE raised 2025-03-12 violated 2025-03-12 at a"}}},
    {"school again on the sixth: no alert",
     NULL,
     IN_SCHOOL "; 2025-03-05 withdrawn s1; 2025-03-12 enrolled s2",
     {{"2025-03-12", ""}}},
    {"it lives on through a later move",
     NULL,
     IN_SCHOOL "; 2025-03-05 withdrawn s1; 2025-03-20 moved b CENTRE NORTH; 2025-03-25 enrolled s2",
     {{"2025-03-20", "school-gap #3 VIOLATION raised 2025-03-12 violated 2025-03-12 at b"},
      {"2025-03-25",
       "school-gap #3 VIOLATION raised 2025-03-12 violated 2025-03-12 at b resolved 2025-03-25 SCHOOL_RESUMED"}}},
    {"a move of an adult takes nothing over",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2007-03-08; 2025-01-14 enrolled s1; 2025-03-05 withdrawn s1; "
     "2025-03-08 moved b CENTRE NORTH",
     {{"2025-03-12", "school-gap #3 VIOLATION raised 2025-03-12 violated 2025-03-12 at b"}}},
    {"school days are those of where the child lives",
     NULL,
     IN_SCHOOL "; 2025-02-13 withdrawn s1; 2025-02-25 moved a CENTRE MIDDLE",
     {{"2025-03-04", ""}, /* 13, 14, 24 February of the north; 3, 4, 5 March of the middle */
      {"2025-03-05", "school-gap #3 VIOLATION raised 2025-03-05 violated 2025-03-05 at a"}}},
    {"before school age nothing is missed",
     NULL,
     "2025-01-14 arrived a CENTRE NORTH born 2020-03-10; 2025-01-14 enrolled s1; 2025-03-05 withdrawn s1",
     {{"2025-04-07", ""}, {"2025-04-08", "school-gap #3 VIOLATION raised 2025-04-08 violated 2025-04-08 at a"}}},
    {"goodbye on the day of departure",
     NULL,
     IN_SCHOOL "; 2025-03-05 withdrawn s1; 2025-03-05 departed",
     {{"2025-12-31", ""}}},
    {"goodbye on the first day of a period",
     NULL,
     "2025-01-02 enrolled s1; 2025-01-14 arrived a CENTRE NORTH born 2015-05-10; 2025-01-14 withdrawn s1",
     {{"2025-02-14", ""}}},
    {"gone before it is one", NULL, IN_SCHOOL "; 2025-03-05 withdrawn s1; 2025-03-12 departed", {{"2025-12-31", ""}}},
    {"nothing within the grace is severe, since a move may still take the gap over",
     "severe_school_days=2",
     IN_SCHOOL "; 2025-03-05 withdrawn s1",
     {{"2025-03-11", ""}, {"2025-03-12", "school-gap #3 SEVERE raised 2025-03-12 violated 2025-03-12 at a"}}},
    {"no grace",
     "gap_grace_school_days=0",
     IN_SCHOOL "; 2025-03-08 withdrawn s1",
     {{"2025-03-09", ""}, {"2025-03-10", "school-gap #3 VIOLATION raised 2025-03-10 violated 2025-03-10 at a"}}},
};

static const struct tale repeated_moves[] = {
    {"three in twelve months, until the first is a year ago",
     NULL,
     IN_EMERGENCY "; 2025-02-01 moved a CENTRE NORTH; 2025-03-01 moved b CENTRE NORTH; 2026-01-31 moved c CENTRE NORTH",
     {{"2026-01-30", ""},
      {"2026-01-31", "repeated-moves #4 NOTICE raised 2026-01-31 at c"},
      {"2026-02-01", "repeated-moves #4 NOTICE raised 2026-01-31 at c resolved 2026-02-01 SETTLED"}}},
    {"on the very day a year later it is too late",
     NULL,
     IN_EMERGENCY "; 2025-02-01 moved a CENTRE NORTH; 2025-03-01 moved b CENTRE NORTH; 2026-02-01 moved c CENTRE NORTH",
     {{"2026-02-01", ""}}},
    {"a fourth keeps it going",
     NULL,
     IN_EMERGENCY
     "; 2025-02-01 moved a CENTRE NORTH; 2025-03-01 moved b CENTRE NORTH; 2025-05-01 moved c CENTRE NORTH; "
     "2026-02-01 moved d CENTRE NORTH",
     {{"2026-02-28", "repeated-moves #4 NOTICE raised 2025-05-01 at d"},
      {"2026-03-01", "repeated-moves #4 NOTICE raised 2025-05-01 at d resolved 2026-03-01 SETTLED"}}},
    {"settled, then set off again by another",
     NULL,
     IN_EMERGENCY
     "; 2025-02-01 moved a CENTRE NORTH; 2025-03-01 moved b CENTRE NORTH; 2025-05-01 moved c CENTRE NORTH; "
     "2026-02-02 moved d CENTRE NORTH; 2026-03-15 moved a CENTRE NORTH",
     {{"2026-03-15", "repeated-moves #4 NOTICE raised 2025-05-01 at c resolved 2026-02-01 SETTLED\n"
                     "repeated-moves #5 NOTICE raised 2026-02-02 at d resolved 2026-03-01 SETTLED\n"
                     "repeated-moves #6 NOTICE raised 2026-03-15 at a"}}},
    {"a move of 29 February counts until 1 March",
     "repeated_moves=1",
     "2024-01-14 arrived e CENTRE NORTH born 2023-05-10; 2024-02-29 moved a CENTRE NORTH",
     {{"2025-02-28", "repeated-moves #2 NOTICE raised 2024-02-29 at a"},
      {"2025-03-01", "repeated-moves #2 NOTICE raised 2024-02-29 at a resolved 2025-03-01 SETTLED"}}},
    {"of another kind only is no move",
     "repeated_moves=1",
     "2025-01-14 arrived a CENTRE NORTH born 2023-05-10; 2025-02-01 moved a FAMILY NORTH",
     {{"2025-12-31", ""}}},
    {"moves of another period do not count",
     NULL,
     "2025-01-14 arrived e CENTRE NORTH born 2023-05-10; 2025-02-01 moved a CENTRE NORTH; 2025-02-10 departed; "
     "2025-02-20 arrived b CENTRE NORTH; 2025-03-01 moved c CENTRE NORTH; 2025-04-01 moved d CENTRE NORTH",
     {{"2025-04-01", ""}}},
    {"gone",
     "repeated_moves=2; repeated_moves_months=1",
     "2025-01-14 arrived e CENTRE NORTH born 2023-05-10; 2025-02-01 moved a CENTRE NORTH; 2025-02-10 moved b CENTRE "
     "NORTH; "
     "2025-03-01 departed",
     {{"2025-12-31", "repeated-moves #3 NOTICE raised 2025-02-10 at b resolved 2025-03-01 DEPARTED"}}},
};

static void tales_check(struct bench *bench, const struct tale *tales, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct story story;
        story_tell(&story, tales[i].story);
        bench_set_norms(bench, tales[i].norms);
        bench_begin(bench);
        bench_apply(bench, &story);
        for (const struct row *row = tales[i].rows; row->today != NULL; row++)
            if (strcmp(bench_alerts_on(bench, row->today), row->alerts) != 0)
                fail_msg("%s\n  %s\n  on %s\n  expected %s\n  was      %s", tales[i].name, tales[i].story, row->today,
                         row->alerts, bench->said);
    }
}

#define TALES_TEST(tales)                                                                                              \
    static void tales##_is_as_told(void **state)                                                                       \
    {                                                                                                                  \
        tales_check(*state, tales, sizeof(tales) / sizeof((tales)[0]));                                                \
    }
TALES_TEST(emergency_stay)
TALES_TEST(no_school)
TALES_TEST(school_move)
TALES_TEST(school_gap)
TALES_TEST(repeated_moves)

static int setup(void **state)
{
    static struct bench bench;
    bench_init(&bench);
    *state = &bench;
    return 0;
}

static int teardown(void **state)
{
    bench_fini(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(emergency_stay_is_as_told),
                                       cmocka_unit_test(no_school_is_as_told), cmocka_unit_test(school_move_is_as_told),
                                       cmocka_unit_test(school_gap_is_as_told),
                                       cmocka_unit_test(repeated_moves_is_as_told)};
    return cmocka_run_group_tests(tests, setup, teardown);
}

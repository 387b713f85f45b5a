/* Texts of the page that a report is as HTML: X(symbol, English, Dutch). What each figure means is MEANS_ and the
 * figure's symbol. */
#ifndef ALERTS_MESSAGES_PAGE_H
#define ALERTS_MESSAGES_PAGE_H

/* clang-format off */
#define MESSAGES_PAGE(X) \
    X(PAGE_TITLE, "Children in asylum reception", "Kinderen in de asielopvang") \
    X(PAGE_TITLE_UNACCOMPANIED, "Unaccompanied children in asylum reception", \
      "Alleenreizende kinderen in de asielopvang") \
    X(PAGE_AS_KNOWN, "As known on {1}. Facts that came late or were corrected count on the days they are about.", \
      "Zoals bekend op {1}. Gegevens die te laat kwamen of zijn verbeterd, tellen op de dagen waarover ze gaan.") \
    X(PAGE_FORECAST, "The days after {1} are a forecast: what will be if nothing else happens.", \
      "De dagen na {1} zijn een vooruitblik: zoals het wordt als er verder niets gebeurt.") \
    X(PAGE_FORECAST_DAY, "{1} (forecast)", "{1} (vooruitblik)") \
    X(PAGE_FORECAST_PERIOD, "In the whole period, forecast included", "In de hele periode, vooruitblik meegeteld") \
    X(PAGE_FORECAST_KEY, "A forecast: how it will be on {1} if nothing else happens. What is of the " \
      "whole period holds the days up to {2} as they were.", \
      "Een vooruitblik: zoals het op {1} is als er verder niets gebeurt. Wat over de hele periode gaat, " \
      "telt de dagen tot en met {2} zoals ze waren.") \
    X(PAGE_EXACT, "Not for publication", "Niet voor publicatie") \
    X(PAGE_EXACT_WHY, "This page also shows groups of one to four children. Whoever knows a location could recognise " \
      "a child in them.", "Deze pagina toont ook groepen van één tot en met vier kinderen. Wie een locatie kent, kan " \
      "daarin een kind herkennen.") \
    X(PAGE_EMPTY, "In this period there were no children in reception.", \
      "In deze periode waren er geen kinderen in de opvang.") \
    X(PAGE_WITHHELD, "In this period there were one to four children. So that no child can be recognised, this page " \
      "shows no figures.", "In deze periode waren er één tot en met vier kinderen. Om te voorkomen dat een kind wordt " \
      "herkend, toont deze pagina geen cijfers.") \
    X(PAGE_TABLE_WITHHELD, "{1}: so few children that no figures are shown.", \
      "{1}: zo weinig kinderen dat hier geen cijfers staan.") \
    X(PAGE_CONTENTS, "On this page", "Op deze pagina") \
    X(PAGE_KEY_NUMBERS, "The main figures", "De belangrijkste cijfers") \
    X(PAGE_TWO_NORMS, "Under two sets of norms", "Onder twee stellen normen") \
    X(PAGE_OVER_TIME, "Over time", "Verloop in de tijd") \
    X(PAGE_COUNTRY, "The whole country", "Heel het land") \
    X(PAGE_REGIONS, "By region", "Per regio") \
    X(PAGE_KINDS, "By kind of reception", "Per soort opvang") \
    X(PAGE_LOCATIONS, "All locations", "Alle locaties") \
    X(PAGE_LARGEST, "Locations that stand out", "Locaties die opvallen") \
    X(PAGE_DAYS_AND_WEEKS, "Days and weeks", "Dagen en weken") \
    X(PAGE_MEANINGS, "What is counted", "Wat er is geteld") \
    X(PAGE_NORMS, "Norms and signals", "Normen en signalen") \
    X(PAGE_SMALL_GROUPS, "Small groups", "Kleine groepen") \
    X(PAGE_KEY_CHILDREN, "children lived in reception on {1}.", "kinderen woonden op {1} in de opvang.") \
    X(PAGE_KEY_CHILDREN_AHEAD, "children will live in reception on {1}.", \
      "kinderen wonen op {1} naar verwachting in de opvang.") \
    X(PAGE_KEY_CHILDREN_ALONE, "children lived in reception on {1}; {2} of them were unaccompanied.", \
      "kinderen woonden op {1} in de opvang; {2} van hen waren alleenreizend.") \
    X(PAGE_KEY_CHILDREN_ALONE_AHEAD, "children will live in reception on {1}; {2} of them will be unaccompanied.", \
      "kinderen wonen op {1} naar verwachting in de opvang; {2} van hen zijn alleenreizend.") \
    X(PAGE_KEY_UNACCOMPANIED, "unaccompanied children lived in reception on {1}. All figures of this " \
      "page are about them.", \
      "alleenreizende kinderen woonden op {1} in de opvang. Alle cijfers op deze pagina gaan over hen.") \
    X(PAGE_KEY_UNACCOMPANIED_AHEAD, "unaccompanied children will live in reception on {1}. All figures " \
      "of this page are about them.", \
      "alleenreizende kinderen wonen op {1} naar verwachting in de opvang. Alle cijfers op deze pagina " \
      "gaan over hen.") \
    X(PAGE_KEY_EMERGENCY, "children lived in emergency reception; by then they had been there for {1} " \
      "days on average.", \
      "kinderen woonden in noodopvang, op dat moment gemiddeld al {1} dagen.") \
    X(PAGE_KEY_EMERGENCY_AHEAD, "children will live in emergency reception; by then they will have been " \
      "there for {1} days on average.", \
      "kinderen wonen dan naar verwachting in noodopvang, op dat moment gemiddeld al {1} dagen.") \
    X(PAGE_KEY_NO_EMERGENCY, "children lived in emergency reception.", "kinderen woonden in noodopvang.") \
    X(PAGE_KEY_NO_EMERGENCY_AHEAD, "children will live in emergency reception.", \
      "kinderen wonen dan naar verwachting in noodopvang.") \
    X(PAGE_KEY_OVER_STAY, "children had been in emergency reception for longer than the norm allows.", \
      "kinderen woonden langer in noodopvang dan de norm toestaat.") \
    X(PAGE_KEY_OVER_STAY_AHEAD, "children will have been in emergency reception for longer than the norm allows.", \
      "kinderen wonen dan naar verwachting langer in noodopvang dan de norm toestaat.") \
    X(PAGE_KEY_SCHOOL, "children of school age had no school; {1} of them had not had one since they " \
      "came, for longer than the norm allows.", \
      "kinderen van schoolgaande leeftijd hadden geen school; {1} van hen wachten sinds hun komst al " \
      "langer op school dan de norm toestaat.") \
    X(PAGE_KEY_SCHOOL_AHEAD, "children of school age will have no school; {1} of them will not have had " \
      "one since they came, for longer than the norm allows.", \
      "kinderen van schoolgaande leeftijd hebben dan naar verwachting geen school; {1} van hen wachten " \
      "dan sinds hun komst al langer op school dan de norm toestaat.") \
    X(PAGE_KEY_LOST, "school days were lost: {1} before the first school, {2} by moves, {3} otherwise.", \
      "schooldagen gingen verloren: {1} voordat het kind naar school ging, {2} door verhuizingen, {3} door andere oorzaken.") \
    X(PAGE_KEY_LOST_AHEAD, "school days will have been lost by then: {1} before the first school, {2} " \
      "by moves, {3} otherwise.", \
      "schooldagen zijn dan naar verwachting verloren gegaan: {1} voordat het kind naar school ging, {2} " \
      "door verhuizingen, {3} door andere oorzaken.") \
    X(PAGE_KEY_MOVES, "times a child moved to another location, {1} of them in term.", \
      "keer verhuisde een kind naar een andere locatie, {1} keer daarvan buiten de schoolvakanties.") \
    X(PAGE_KEY_MOVES_AHEAD, "times a child will have moved to another location by then, {1} of them in " \
      "term.", \
      "keer is een kind dan naar verwachting naar een andere locatie verhuisd, {1} keer daarvan buiten " \
      "de schoolvakanties.") \
    X(PAGE_KEY_VACATION, "On {1} there is a school vacation in: {2}. A move in a vacation ends the " \
      "enrollment, and a new one often waits until school begins. So more children are “{3}” on that day " \
      "than in term.", \
      "Op {1} is het schoolvakantie in: {2}. Een verhuizing in een vakantie beëindigt de inschrijving, " \
      "en een nieuwe wacht vaak tot de school begint. Daardoor zijn die dag meer kinderen ‘{3}’ dan " \
      "buiten de vakantie.") \
    X(PAGE_ON_DAY, "On {1}", "Op {1}") \
    X(PAGE_ON_AVERAGE, "On average", "Gemiddeld") \
    X(PAGE_IN_PERIOD, "In the whole period", "In de hele periode") \
    X(PAGE_ALL_CHILDREN, "All children", "Alle kinderen") \
    X(PAGE_UNACCOMPANIED, "Unaccompanied children", "Alleenreizende kinderen") \
    X(PAGE_FIGURE, "Figure", "Cijfer") \
    X(PAGE_REGION, "Region", "Regio") \
    X(PAGE_KIND, "Kind of reception", "Soort opvang") \
    X(PAGE_LOCATION, "Location", "Locatie") \
    X(PAGE_DAY, "Day", "Dag") \
    X(PAGE_WEEK, "Week from", "Week vanaf") \
    X(PAGE_OTHER, "small groups together", "kleine groepen samen") \
    X(PAGE_OTHER_KINDS, "other kinds, and small groups", "overige soorten en kleine groepen") \
    X(PAGE_OTHER_KINDS_WHY, "A kind of reception is a row here only if that gives no small location " \
      "away; all others are added up in “{1}”. “report --by kind” alone, without locations beside it, " \
      "shows each kind that is large enough.", \
      "Een soort opvang is hier alleen een rij als daardoor geen kleine locatie bekend wordt; alle " \
      "andere zijn opgeteld in ‘{1}’. Alleen ‘report --by kind’, zonder locaties ernaast, toont elke " \
      "soort die groot genoeg is.") \
    X(PAGE_TOTAL, "Total", "Totaal") \
    X(PAGE_MEAN_STAY, "average days in emergency reception so far", \
      "gemiddeld aantal dagen in noodopvang tot dan toe") \
    X(PAGE_LOST, "school days lost in all", "schooldagen verloren in totaal") \
    X(PAGE_STOCKS, "children in reception", "kinderen in de opvang") \
    X(PAGE_FLOWS, "moves and school days lost", "verhuizingen en verloren schooldagen") \
    X(PAGE_RECEPTION, "reception and moves", "opvang en verhuizingen") \
    X(PAGE_SCHOOL, "school", "school") \
    X(PAGE_NORMS_IN_FORCE, "Norms in force", "Geldende normen") \
    X(PAGE_NORMS_COMPARED, "Other norms", "Andere normen") \
    X(PAGE_DIFFERENCE, "Difference", "Verschil") \
    X(PAGE_TWO_NORMS_WHY, "The same children and the same facts, counted under the norms in force and under those of " \
      "{1}. Which norms differ stands in the table of norms. All other parts of this page are about the norms in " \
      "force.", "Dezelfde kinderen en dezelfde gegevens, geteld met de geldende normen en met die van {1}. Welke " \
      "normen verschillen, staat in de tabel met normen. De rest van deze pagina gaat over de geldende normen.") \
    X(PAGE_CHART_CHILDREN, "Children in emergency reception and without school, day by day", \
      "Kinderen in noodopvang en zonder school, per dag") \
    X(PAGE_CHART_WEEKS, "School days lost, week by week", "Verloren schooldagen, per week") \
    X(PAGE_CHART_OVER, "Locations with the most children over one of the two norms, on {1}", \
      "Locaties met de meeste kinderen boven één van de twee normen, op {1}") \
    X(PAGE_CHART_LOST, "Locations with the most school days lost, in the whole period", \
      "Locaties met de meeste verloren schooldagen, in de hele periode") \
    X(PAGE_CHART_LABEL, "Chart: {1}. Its numbers stand in the tables of this page.", \
      "Grafiek: {1}. De getallen staan in de tabellen van deze pagina.") \
    X(PAGE_CHART_CHILDREN_NOTE, "{1}. A gap in a line: on that day there were one to four children.", \
      "{1}. Een gat in een lijn: die dag waren er één tot en met vier kinderen.") \
    X(PAGE_CHART_VACATIONS, "In school vacations “{1}” is higher than in term: a move ends the " \
      "enrollment, and a new one often waits until school begins.", \
      "In schoolvakanties is ‘{1}’ hoger dan daarbuiten: een verhuizing beëindigt de inschrijving, en " \
      "een nieuwe wacht vaak tot de school begint.") \
    X(PAGE_CHART_WEEKS_NOTE, "{1}. Whole weeks from Monday on. There are no school days in vacations.", \
      "{1}. Hele weken vanaf maandag. In vakanties zijn er geen schooldagen.") \
    X(PAGE_CHART_LARGEST, "{2}. The first {1} at most; without locations that are among small groups.", \
      "{2}. Hoogstens de eerste {1}; zonder locaties die bij de kleine groepen horen.") \
    X(PAGE_AXIS_CHILDREN, "children", "kinderen") \
    X(PAGE_AXIS_DAYS, "school days lost", "verloren schooldagen") \
    X(PAGE_FORECAST_MARK, "forecast →", "vooruitblik →") \
    X(PAGE_DAYS_SHOW, "Figures of each day", "Cijfers van elke dag") \
    X(PAGE_WEEKS_SHOW, "Figures of each week", "Cijfers van elke week") \
    X(PAGE_LOCATIONS_SHOW, "Figures of all locations", "Cijfers van alle locaties") \
    X(PAGE_NOT_SHOWN, "not shown", "niet getoond") \
    X(PAGE_MEANS_INTRO, "These are figures of children, not of their parents. Each figure follows from the facts and " \
      "the norms alone: where a child lived, where it went to school, and when.", \
      "Dit zijn cijfers over kinderen, niet over hun ouders. Elk cijfer volgt alleen uit de gegevens en de normen: " \
      "waar een kind woonde, waar het naar school ging, en wanneer.") \
    X(MEANS_CHILDREN, "Children under age who live in reception at the end of the day. Each counts " \
      "once, where it lives then.", \
      "Minderjarige kinderen die aan het eind van de dag in de opvang wonen. Elk kind telt één keer, " \
      "waar het dan woont.") \
    X(MEANS_IN_EMERGENCY, "Those of them who live in emergency reception, be it by a municipality or in a crisis.", \
      "De kinderen onder hen die in noodopvang wonen, ook in tijdelijke gemeentelijke opvang en crisisnoodopvang.") \
    X(MEANS_EMERGENCY_DAYS, "For each child in emergency reception the days since it came there, the first day " \
      "included, added up. Going from one emergency location to another does not end the stay.", \
      "Voor elk kind in noodopvang de dagen sinds het daar kwam, de eerste dag meegeteld, bij elkaar opgeteld. Van de " \
      "ene noodopvanglocatie naar de andere gaan breekt het verblijf niet af.") \
    X(MEANS_MEAN_STAY, "These days divided by the children in emergency reception. It is the stay until then; how " \
      "long it will be in the end is not known yet.", "Deze dagen gedeeld door de kinderen in noodopvang. Het is het " \
      "verblijf tot dan toe; hoe lang het uiteindelijk duurt, is nog niet bekend.") \
    X(MEANS_OVER_STAY_NORM, "Children who have been in emergency reception for longer than the norm allows.", \
      "Kinderen die langer in noodopvang wonen dan de norm toestaat.") \
    X(MEANS_WITHOUT_SCHOOL, "Children of school age (five to eighteen) who are not enrolled at a school " \
      "at the end of the day.", \
      "Kinderen van schoolgaande leeftijd (vijf tot achttien jaar) die aan het eind van de dag niet op " \
      "een school zijn ingeschreven.") \
    X(MEANS_OVER_SCHOOL_NORM, "Children who have not been enrolled at any school since they came to reception, and " \
      "that for longer than the norm allows.", "Kinderen die sinds hun komst in de opvang op geen enkele school zijn " \
      "ingeschreven, en dat langer dan de norm toestaat.") \
    X(MEANS_INTERRUPTED_BY_MOVE, "Children who went to school, had to move, and are not enrolled again " \
      "yet. After a move in a school vacation they count from the first school day on.", \
      "Kinderen die naar school gingen, moesten verhuizen en nog niet opnieuw zijn ingeschreven. Na een " \
      "verhuizing in een schoolvakantie tellen ze vanaf de eerste schooldag mee.") \
    X(MEANS_INTERRUPTED_OTHERWISE, "Children who were taken off their school's roll without a move, and have missed " \
      "more school days since than the norm allows.", "Kinderen die zonder verhuizing van hun school zijn " \
      "uitgeschreven en sindsdien meer schooldagen hebben gemist dan de norm toestaat.") \
    X(MEANS_MOVED_OFTEN, "Children who moved at least as often as the limit says, within the time that " \
      "it says. This is a signal, no norm.", \
      "Kinderen die in de tijd die de grens noemt, minstens zo vaak zijn verhuisd als de grens noemt. " \
      "Dit is een signaal, geen norm.") \
    X(MEANS_MOVES, "How many times a child in reception came to another location. Counted where it moved to.", \
      "Hoe vaak een kind in de opvang op een andere locatie kwam. Geteld waar het naartoe verhuisde.") \
    X(MEANS_MOVES_IN_TERM, "Those of these moves that did not fall in a school vacation of the region left behind.", \
      "De verhuizingen daarvan die niet in een schoolvakantie vielen van de regio die het kind verliet.") \
    X(MEANS_LOST_ON_ARRIVAL, "School days of children of school age who had not been enrolled at any " \
      "school yet since they came to reception. One child on one school day counts as one, whether a " \
      "norm was broken or not.", \
      "Schooldagen van kinderen van schoolgaande leeftijd die sinds hun komst in de opvang nog op geen " \
      "enkele school waren ingeschreven. Een kind op een schooldag telt als één, of er nu een norm is " \
      "overtreden of niet.") \
    X(MEANS_LOST_BY_MOVES, "School days from a move that took a child out of school until it was " \
      "enrolled again.", \
      "Schooldagen vanaf een verhuizing waardoor een kind geen school meer had, tot het opnieuw was " \
      "ingeschreven.") \
    X(MEANS_LOST_OTHERWISE, "All other school days on which a child of school age was not enrolled.", \
      "Alle andere schooldagen waarop een kind van schoolgaande leeftijd niet was ingeschreven.") \
    X(PAGE_SCHOOL_DAY, "school day", "schooldag") \
    X(MEANS_SCHOOL_DAY, "Monday to Friday, outside the school vacations of the region where the child lives and " \
      "outside national holidays.", "Maandag tot en met vrijdag, buiten de schoolvakanties van de regio waar het kind " \
      "woont en buiten de landelijke vrije dagen.") \
    X(PAGE_AVERAGE, "on average", "gemiddeld") \
    X(MEANS_AVERAGE, "The figures of all days of the period, weekends and vacations too, added up and divided by " \
      "the number of days.", "De cijfers van alle dagen van de periode, ook weekenden en vakanties, bij elkaar " \
      "opgeteld en gedeeld door het aantal dagen.") \
    X(PAGE_NORMS_TABLE, "The norms and limits that these figures are counted with", \
      "De normen en grenzen waarmee deze cijfers zijn geteld") \
    X(PAGE_NORM, "Norm", "Norm") \
    X(PAGE_VALUE, "Value", "Waarde") \
    X(PAGE_SOURCE, "Source", "Bron") \
    X(PAGE_DIFFERS, "(differs)", "(verschilt)") \
    X(PAGE_MERGED_WHY, "In a group of one to four children a child could be recognised. Such groups are not shown; " \
      "their figures are added up in one row, “small groups together”. Where that row would still be of one to four " \
      "children, the smallest other group is added to it, and where nothing would be left to show, no figures are " \
      "shown.", "In een groep van één tot en met vier kinderen kan een kind worden herkend. Zulke groepen worden niet " \
      "getoond; hun cijfers staan opgeteld in één rij, ‘kleine groepen samen’. Zou die rij dan nog over een tot en met " \
      "vier kinderen gaan, dan komt de kleinste andere groep erbij, en blijft er niets over om te tonen, dan staan er " \
      "geen cijfers.") \
    X(PAGE_MERGED_SIZE, "The size of a group is the number of children who were in it at any time in the period. So a " \
      "small figure can stand with a large group. The rows always add up to the total.", \
      "De grootte van een groep is het aantal kinderen dat er ergens in de periode bij hoorde. Bij een grote groep kan " \
      "dus een klein cijfer staan. De rijen zijn samen altijd het totaal.") \
    X(PAGE_MERGED_NESTED, "A kind of reception is shown only if none of its locations was merged, and " \
      "the locations of a region only if the region is shown. So large kinds can be among “other kinds, " \
      "and small groups”.", \
      "Een soort opvang wordt alleen getoond als geen van haar locaties is samengevoegd, en de locaties " \
      "van een regio alleen als de regio wordt getoond. Onder ‘overige soorten en kleine groepen’ kunnen " \
      "dus ook grote soorten vallen.") \
    X(PAGE_NOT_MERGED, "On this page small groups are not merged. It must not be published.", \
      "Op deze pagina zijn kleine groepen niet samengevoegd. De pagina mag niet worden gepubliceerd.") \
    X(PAGE_MADE_WITH, "Made with placement-alerts. This page holds all it shows and loads nothing from elsewhere; " \
      "its charts are drawn by Chart.js.", "Gemaakt met placement-alerts. Alles wat deze pagina toont, staat erin; ze " \
      "haalt niets van elders op. De grafieken zijn getekend met Chart.js.")
/* clang-format on */

#endif

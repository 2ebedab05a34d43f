# Words of patchpress, German.
#
# The syntax is Fluent (https://projectfluent.org/fluent/guide/). A key names the meaning of an entry, not its place.
# An entry that selects by a number, or that says NUMBER($n), writes the number in the form of the language.
# In templates `<code>` is markup. So is a tag for which the template gives an address, as in `<link>…</link>`.

## Numbers and dates

# The thousands separator.
number-group = .
# Months, and days of the week from Monday on.
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
month-short-1 = Jan.
month-short-2 = Feb.
month-short-3 = März
month-short-4 = Apr.
month-short-5 = Mai
month-short-6 = Juni
month-short-7 = Juli
month-short-8 = Aug.
month-short-9 = Sept.
month-short-10 = Okt.
month-short-11 = Nov.
month-short-12 = Dez.
weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag
date-long = { $day }. { $month } { $year }
date-short = { $day }. { $month } { $year }
date-weekday = { $weekday }, { $date }
date-day-month = { $day }. { $month }
date-day-month-short = { $day }. { $month }
# A day before the end of a span in the same month: `23 – 28 February 2026`.
date-day = { $day }.
date-month = { $month } { $year }
date-span = { $first } – { $last }
# A time of day with the zone.
undated = ohne Datum
period-week = KW { $week }/{ $year }
period-week-short = KW { $week }
# Two commits of an archive.
period-commits = { $first } bis { $last }
duration-minutes = { $n ->
    [one] { $n } Minute
   *[other] { $n } Minuten
    }
duration-hours = { $n ->
    [one] { $n } Stunde
   *[other] { $n } Stunden
    }
duration-days = { $n ->
    [one] { $n } Tag
   *[other] { $n } Tage
    }
duration-weeks = { $n ->
    [one] { $n } Woche
   *[other] { $n } Wochen
    }

## Around every page

page-skip = Zum Text springen
nav-site = Website
nav-here = Wo Sie sind
nav-turn = Davor und danach
nav-turn-again = Davor und danach, noch einmal
nav-digests = Ausgaben
nav-queues = Warteschlangen
nav-people = Personen
nav-paths = Pfade
nav-statistics = Statistik
nav-feeds = Feeds
nav-search = Suche
search-action = Suchen
search-archive = Das Archiv durchsuchen
feed = Feed
feed-named = Feed: { $name }
imprint = Mit patchpress aus dem Archiv der Liste gesetzt. Was Menschen geschrieben haben, gehört ihnen.
# On old pages, when the site is too large for the limits of its host.
thinned-diffs = Damit die Website nicht größer wird, als ihr Hoster erlaubt, fehlen auf dieser alten Seite die Diffs.
thinned-texts = Damit die Website nicht größer wird, als ihr Hoster erlaubt, fehlen auf dieser alten Seite die Nachrichten und Diffs.
thinned-archive = Vollständig steht alles im Archiv der Liste.

## A page that is not there

page-contents = Inhalt
page-moved = Diese Seite ist jetzt <page>an anderer Stelle</page>.
page-section = In diesem Abschnitt
footnote-back = Zurück zum Text
alert-note = Hinweis
alert-tip = Tipp
alert-important = Wichtig
alert-warning = Warnung
alert-caution = Vorsicht
missing-page-title = Nicht gefunden
missing-page = Unter dieser Adresse gibt es nichts
missing-page-description = Unter dieser Adresse gibt es nichts.
missing-page-way = Vielleicht fehlt der Adresse ein Buchstabe. Auf der <home>Titelseite</home> steht das Neueste; die <digests>Ausgaben</digests> führen zu allem, was je eingereicht wurde.
missing-page-search = Message-ID, Titel oder Name: Die <search>Suche</search> findet alles und versteht auch Links zum Archiv einer Liste.

## Counts

messages = { $n ->
    [one] { $n } Nachricht
   *[other] { $n } Nachrichten
    }
replies = { $n ->
    [one] { $n } Antwort
   *[other] { $n } Antworten
    }
new-replies = { $n ->
    [one] { $n } neue Antwort
   *[other] { $n } neue Antworten
    }
patches = { $n ->
    [one] { $n } Patch
   *[other] { $n } Patches
    }
series-count = { $n ->
    [one] { $n } Serie
   *[other] { $n } Serien
    }
new-series-count = { $n ->
    [one] { $n } neue Serie
   *[other] { $n } neue Serien
    }
revised-count = { NUMBER($n) } überarbeitet
applied-count = { NUMBER($n) } übernommen
missing-count = { $n ->
    [one] { $n } fehlt
   *[other] { $n } fehlen
    }
reviewed-count = { NUMBER($n) } von { NUMBER($all) } mit Review
threads = { $n ->
    [one] { $n } Thread
   *[other] { $n } Threads
    }
people-count = { $n ->
    [one] { $n } Person
   *[other] { $n } Leute
    }
files = { $n ->
    [one] { $n } Datei
   *[other] { $n } Dateien
    }
lines = { $n ->
    [one] { $n } Zeile
   *[other] { $n } Zeilen
    }
bytes = { $n ->
    [one] { $n } Byte
   *[other] { $n } Bytes
    }
commits = { $n ->
    [one] { $n } Commit
   *[other] { $n } Commits
    }
commits-by = { $n ->
    [one] { $n } Commit
   *[other] { $n } Commits
    } von { $people ->
    [one] { $people } Person
   *[other] { $people } Personen
    }
more-commits = { $n ->
    [one] { $n } weiterer Commit ist
   *[other] { $n } weitere Commits sind
    } hier nicht gezeigt.
more = { NUMBER($n) } weitere
and-more = und { NUMBER($n) } weitere
and-more-earlier = und { NUMBER($n) } weitere, frühere
more-in = { NUMBER($n) } weitere in { $digest }
more-in-digests = { $n ->
    [one] { $n } weitere steht
   *[other] { $n } weitere stehen
    } in den <digests>Ausgaben</digests>.
more-earlier-in-digests = { $n ->
    [one] { $n } weitere, frühere steht
   *[other] { $n } weitere, frühere stehen
    } in den <digests>Ausgaben</digests>.
more-earlier-in-folders = { $n ->
    [one] { $n } weitere, frühere steht
   *[other] { $n } weitere, frühere stehen
    } in den <digests>Ausgaben</digests> und auf den Seiten der Ordner darin.
more-messages-there = Dort { $n ->
    [one] steht { $n } weitere Nachricht
   *[other] stehen { $n } weitere Nachrichten
    }.
show-all = Alle { NUMBER($n) }

## Words of every kind of page

attachment = Anhang
page-of = Seite von { $name }
# A day after a fact: `applied on 3 March 2026`.
on-day = {" "}am { $day }
of-day = {" "}vom { $day }
in-files = {" "}in { $n ->
    [one] { $n } Datei
   *[other] { $n } Dateien
    }
# Before the path of a folder, shown as code.
in-folder = in
robot = Automat
in-reply-to = als Antwort auf <message>{ $name }</message>
dated = datiert { $time }
archive = Archiv
sent-by = gesendet von { $name }
patch = Patch
patch-numbered = Patch { $number }
patch-numbered-inline = Patch { $number }
patch-before = Voriger Patch: { $patch }
patch-after = Nächster Patch: { $patch }
cover-letter = Anschreiben
side-by-side = Nebeneinander
later-pages = Auf den nächsten Seiten
pages-of-messages = Seiten mit Nachrichten
page-number = Seite { $number }
numbers-link = die Zahlen
numbers = Die Zahlen
column-when = Wann
column-patch = Patch
column-patches = Patches
column-lines = Zeilen
column-number = Nr.
column-reviews = Reviews
column-review = Review
column-how = Wie
column-machine = Automat
column-author-replied = Autor hat geantwortet

## Digests

digests = Ausgaben
digests-of = Ausgaben des Jahres
digests-by-commits = Nach Commits des Archivs
digests-none = Es gibt noch keine Ausgaben.
digest-empty = Es wurde nichts eingereicht.
digest-with-links = Die Ausgabe mit allen Links
digest-inside = In dieser Ausgabe
digest-other-forms = <whole>Alles auf einer Seite</whole>, zum Drucken. <text>Als reiner Text</text>.
digest-as-text = <text>Als reiner Text</text>.
digest-counted-by-text = Gezählt von der Text-Ausgabe.
from-the-editor = Aus der Redaktion
editors-note = Notiz
stands-out = Was auffällt
contributors = Beitragende
mail-domains = Mail-Domains
reviewers = Reviewer
letter-goes-on = Das Anschreiben geht weiter: <series>ganz lesen</series>.
never-arrived = nie auf der Liste angekommen
first-answers-half = Die Hälfte { $of ->
    [new] der neuen Serien
   *[all] aller Serien
    } hatte eine Antwort innerhalb von <median>{ $time }</median>
first-answers-ninety = , neun von zehn innerhalb von <ninety>{ $time }</ninety>
first-answers-waiting = ; { NUMBER($n) } von { NUMBER($all) } { $n ->
    [one] hat
   *[other] haben
    } bis heute keine
first-answers-nobody = { $of ->
    [new] Keine der neuen Serien
   *[all] Keine Serie
    } hat bisher eine Antwort.
first-answers-some = { NUMBER($n) } von { NUMBER($all) } { $n ->
    [one] hat
   *[other] haben
    } bisher keine Antwort.

## Front page

# Neben der letzten vollständigen Ausgabe: die des laufenden Zeitraums.
running-digest = { $digest } bisher
list-now = { $n ->
    [0] keine Nachrichten in dieser Ausgabe
    [one] { NUMBER($n) } Nachricht in dieser Ausgabe
   *[other] { NUMBER($n) } Nachrichten in dieser Ausgabe
    }
on-each-list = Auf jeder Liste
show-them = { NUMBER($n) } zeigen
# Bis zu welcher Nachricht die Seiten die Liste kennen.
as-of = Stand: { $day }, { $time }
archives-empty = In den Archiven liegt noch nichts.
new-series = Neue Serien
new-revisions = Neue Versionen
other-threads = Andere Threads
also-discussed = Ebenfalls diskutiert
most-discussed = Am meisten diskutiert
newly-waiting = Neu wartend
all-digests = Alle Ausgaben
the-list = Die Liste

## A list

mailing-list = Mailingliste
list-holds = { $messages ->
    [one] { $messages } Nachricht
   *[other] { $messages } Nachrichten
    } und { $series ->
    [one] { $series } Serie
   *[other] { $series } Serien
    }
list-holds-from = { $messages ->
    [one] { $messages } Nachricht
   *[other] { $messages } Nachrichten
    } und { $series ->
    [one] { $series } Serie
   *[other] { $series } Serien
    } vom { $first } bis zum { $last }
in-no-queue = in keiner Warteschlange
in-no-queue-about = Durch eine andere Einreichung ersetzt, abgelehnt oder zurückgezogen; nach jemandes Worten übernommen oder vor der Übernahme; ein Backport, ein Pull-Request oder von einem Automaten.
posted-last = Zuletzt eingereicht
without-date = Ohne Datum
list-address = Adresse
list-archive = Archiv
list-everything = alles auf { $list }
list-all-digests = alle
most-discussed-about = Nach Nachrichten, über alle Versionen.

## A series

series-from-digest = Bekannt aus einer Text-Ausgabe, in der weder Daten noch Diffs noch Antworten stehen.
backport = Backport
series-replies = { $n ->
    [one] { $n } Antwort
   *[other] { $n } Antworten
    } auf { $version } von { $people ->
    [one] { $people } Person
   *[other] { $people } Personen
    }.
series-carried = Diese Einreichung enthält { NUMBER($n) } von { $all ->
    [one] { $all } Patch
   *[other] { $all } Patches
    }; die anderen gelten unverändert.
series-missing = { NUMBER($n) } von { NUMBER($all) } Patches { $n ->
    [one] ist
   *[other] sind
    } nie auf der Liste angekommen.
series-life = Was daraus wurde
count-of = { NUMBER($n) } von { NUMBER($all) }
series-intent = <mail>{ $who }</mail> hat{ $day ->
    [none] {""}
   *[day] {" "}am { $day }
    } ein Review angekündigt.
series-hearsay = Nach Angaben von <mail>{ $who }</mail> wurde sie übernommen. Sonst zeigt das nichts in diesem Archiv.
series-promised = <mail>{ $who }</mail> will sie übernehmen. Dass es geschah, zeigt nichts in diesem Archiv.
series-older = Dies ist { $version }. <successor>{ $next }</successor> hat sie abgelöst.
series-older-newest = Dies ist { $version }. <successor>{ $next }</successor> hat sie abgelöst; die neueste ist <newest>{ $last }</newest>.
revisions = Versionen
revisions-left-out = { NUMBER($n) } weitere, neben ihren Nachbarn genannt
revisions-left-out-see = { NUMBER($n) } weitere, siehe <last>{ $label }</last>
revisions-gap = { $versions } nicht in diesem Archiv
compare-with = Vergleich: { $versions }
follows = { $version } folgt auf { $before }
follows-perhaps = { $version } folgt { $certainty } auf { $before }
not-in-digest = nicht in der Ausgabe
carried-from = übernommen aus { $version }
apply-and-follow = Anwenden und verfolgen
series-mbox = , für <code>git am series.mbox</code>
in-archive = Im Archiv der Liste
series-feed = : die nächste Version, Reviews, die Übernahme
same-patch-elsewhere = Derselbe Patch anderswo
changes-in = Änderungen in { $version }
replies-elsewhere = Antworten auf Nachrichten, die nicht hier sind
claim-sent = Gesendet als { $name } von { $address }; unter diesem Namen kennt das Archiv die Adresse nicht. Es könnte eine Version von <series>{ $title }, { $label }</series> sein; dort ersetzt sie nichts.
claim-sent-unnamed = Gesendet als { $name }; unter diesem Namen kennt das Archiv die Adresse nicht. Es könnte eine Version von <series>{ $title }, { $label }</series> sein; dort ersetzt sie nichts.
claim-by = <series>{ $title }, { $label }</series> könnte eine Version hiervon sein. Gesendet wurde sie als { $name } von { $address }; unter diesem Namen kennt das Archiv die Adresse nicht.
claims-more = { $n ->
    [one] Ebenso { $n } weitere Serie.
   *[other] Ebenso { $n } weitere Serien.
    }
part-of-series = Diese Serie enthält einen Teil der Patches von <series>{ $title }, { $label }</series>. Jene Serie wird ohne sie fortgesetzt.
part-goes-on = Ein Teil dieser Patches wird in <series>{ $title }, { $label }</series> fortgesetzt.
parts-more = { $n ->
    [one] Ein Teil wird auch in { $n } weiteren Serie fortgesetzt.
   *[other] Ein Teil wird auch in { $n } weiteren Serien fortgesetzt.
    }
no-address = keiner Adresse

## State of a series

# Without a day, `day` is `none`.
standing-superseded = { $day ->
    [none] Ersetzt
   *[day] Am { $day } ersetzt
    }.
standing-superseded-by = Ersetzt: <mail>{ $how ->
    [again] { $who } hat sie neu eingereicht
   *[says] so { $who }
    }</mail>{ $day ->
    [none] {""}
   *[day] {" "}am { $day }
    }.
standing-in-part = { $rest ->
    [unknown] Mindestens teilweise übernommen: { NUMBER($n) } von { $all ->
        [one] { $all } Patch
       *[other] { $all } Patches
        }. Keine Nachricht sagt, was aus den anderen wurde.
   *[none] Teilweise übernommen: { NUMBER($n) } von { $all ->
        [one] { $all } Patch
       *[other] { $all } Patches
        }.
    }
standing-part-said = Teilweise übernommen, sagt <mail>{ $who }</mail>.
standing-held-back = Die anderen wurden zurückgehalten: siehe <mail>{ $who }</mail>.
standing-taken-back = <mail>Ihr Autor</mail> nahm sie{ $day ->
    [none] {""}
   *[day] {" "}am { $day }
    } für Änderungen zurück.
standing-changes-by = <mail>{ $who }</mail> bat{ $day ->
    [none] {""}
   *[day] {" "}am { $day }
    } um Änderungen.
standing-changes = Es wurde{ $day ->
    [none] {""}
   *[day] {" "}am { $day }
    } um Änderungen gebeten.
standing-withdrawn = <mail>Ihr Autor</mail> zog sie{ $day ->
    [none] {""}
   *[day] {" "}am { $day }
    } zurück.
standing-rejected-by = <mail>{ $who }</mail> lehnte sie{ $day ->
    [none] {""}
   *[day] {" "}am { $day }
    } ab.
standing-rejected = Sie wurde{ $day ->
    [none] {""}
   *[day] {" "}am { $day }
    } abgelehnt.
standing-quiet = Keine Nachricht auf dieser Liste sagt, dass sie übernommen wurde{ $day ->
    [none] {""}
   *[day] ; die letzte ist vom { $day }
    }.
standing-reviewed = Jeder Patch hat ein Review.
standing-discussed = In Diskussion{ $day ->
    [none] {""}
   *[day] : die letzte Nachricht ist vom { $day }
    }.
standing-new = Bisher hat niemand geantwortet.
standing-new-intent = Bisher gibt es kein Review.
standing-said = { $state }{ $how ->
    [again] : <mail>{ $who } hat sie neu eingereicht</mail>
    [cites] : <mail>{ $who } nennt den Commit</mail>
    [builds-on] , wie es scheint: <mail>{ $who } baut darauf auf</mail>
   *[says] : <mail>so { $who }</mail>
    }{ $day ->
    [none] {""}
   *[day] {" "}am { $day }
    }.
taken-cited = (als Commit genannt von { $who })
taken-built-on = (wie es scheint: { $who } baut darauf auf)
standing-commit = { $state } als <code>{ $commit }</code>{ $day ->
    [none] {""}
   *[day] {" "}am { $day }
    }.
standing-other = { $state }{ $day ->
    [none] {""}
   *[day] {" "}am { $day }
    }.
taken-group-some = { $n ->
    [one] Patch { $patches } wurde
   *[other] Patches { $patches } wurden
    }
taken-group-only = { $n ->
    [one] Der Patch wurde
   *[other] Der Patch wurde
    }
taken-group-all = { $n ->
    [one] Alle Patches wurden
   *[other] Alle Patches wurden
    }
taken-merged = gemergt
taken-merged-into = gemergt in <code>{ $tree }</code>
taken-pulled = gezogen
taken-pulled-into = gezogen in <code>{ $tree }</code>
taken-applied = übernommen
taken-applied-to = übernommen in <code>{ $tree }</code>
taken-as = {" "}als <code>{ $commit }</code>
said-so = { $how ->
    [cites] : <mail>{ $who } nennt { $n ->
        [one] den Commit
       *[other] die Commits
        }</mail>
    [builds-on] , wie es scheint: <mail>{ $who } baut darauf auf</mail>
   *[says] : <mail>so { $who }</mail>
    }

## Reviews and machines

reviews-summary = Reviews: { $n ->
    [one] { $n } Review
   *[other] { $n } Reviews
    } von { $people ->
    [one] { $people } Person
   *[other] { $people } Personen
    }
reviews-summary-aside = ; { $n ->
    [one] { $n } weiteres zählt
   *[other] { $n } weitere zählen
    } nicht
reviews-aside-only = Reviews: { $n ->
    [one] { $n } Review, das nicht zählt
   *[other] { $n } Reviews, die nicht zählen
    }
reviews-of = Reviews von { $patch }
reviews-of-this = Reviews dieses Patches
machines-summary = Automaten: { $n ->
    [one] { $n } Nachricht
   *[other] { $n } Nachrichten
    }
by-the-author = vom Autor
replies-to = Antworten auf { $patch }
replies-to-this = Antworten hierauf
machine-messages = { $n ->
    [one] { $n } Nachricht eines Automaten
   *[other] { $n } Nachrichten von Automaten
    }
replies-and-machine-messages = { $n ->
    [one] { $n } Antwort
   *[other] { $n } Antworten
    } und { $machines ->
    [one] { $machines } Nachricht eines Automaten
   *[other] { $machines } Nachrichten von Automaten
    }
diff-own-page = <diff>Der Diff</diff>, auf einer eigenen Seite
diff-own-page-of = <diff>Der Diff von { $number }</diff>, auf einer eigenen Seite
diff-kicker = Patch { $number }, { $version }
diff-to-message = Nachricht, Reviews und Antworten
the-diff = Der Diff

## Two revisions compared

compare-kicker = Was sich von { $old } zu { $new } geändert hat
compare-retitled = In { $version } hieß sie „{ $title }“.
compare-estimated = Die Versionen sind so groß, dass ihre Patches nach Titeln oder durch eine Schätzung zugeordnet wurden.
authors-words = Die Worte des Autors
compare-how = Verglichen sind die Patches, wie sie gesendet wurden, nicht die Quellbäume
compare-marks = Sie sind nach Art von <code>git range-diff</code> gemacht. Das erste Zeichen einer Zeile sagt, in welcher Version sie steht: <code>-</code> in der alten, <code>+</code> in der neuen, ein Leerzeichen in beiden. Das zweite gehört zum Patch selbst.
compare-by-b4 = In einem Quellbaum, der die Basis beider enthält: <code>b4 diff { $id }</code>
compare-by-git = Wenn beide Versionen angewendet sind, jede auf einem Zweig: <code>git range-diff base..old base..new</code>
compare-rewritten = Vom alten Patch ist so wenig übrig, dass ein Vergleich beide ganz enthielte: Beide sind einen Klick entfernt.
compare-no-room = Auf dieser Seite ist dafür kein Platz: Beide sind einen Klick entfernt.
compare-moved = verschoben
compare-not-sent-again = nicht erneut gesendet
compare-was = vorher „{ $title }“
compare-tally = Patches, { $versions }

## A thread

pull-request = Pull-Request
announcement = Ankündigung
thread = Thread
messages-on-this-page = { $n ->
    [one] { $n } Nachricht
   *[other] { $n } Nachrichten
    }, davon { NUMBER($shown) } auf dieser Seite
pull-request-by = Pull-Request von { $name }
announcement-by = Ankündigung von { $name }
pull-from = Von
pull-reference = Ziehen
pull-commits = Commits
pull-status = Stand
posted-in-thread = In diesem Thread eingereicht: <series>{ $title }</series>
outline = Übersicht: { $messages } von { $people }
outline-open = { $n ->
    [one] { $n } offener Punkt
   *[other] { $n } offene Punkte
    }
outline-more = { $n ->
    [one] { $n } weitere Nachricht
   *[other] { $n } weitere Nachrichten
    }
open-points = Ohne Antwort:
point-question = <mail>{ $who }</mail> fragt: „{ $words }“
point-objection = <mail>{ $who }</mail> widerspricht: „{ $words }“
point-resolved = { $how ->
    [reviewed] Erledigt in <proof>{ $version }</proof>: { $who } hat ein Review gegeben.
    [named] Aufgenommen in <proof>{ $version }</proof>: Die Liste der Änderungen nennt { $who }.
   *[gone] <proof>{ $version }</proof> ist ohne diesen Patch.
    }
place-of = { $place } von { $all }
place-parent = die Nachricht, auf die diese antwortet
place-previous = die Nachricht davor
place-next = die nächste Nachricht
matrix = Reviews nach Patch und Version
matrix-about = Die erste Version mit einem Tag. Durchgestrichen: Die neueste Version hat es nicht.
matrix-more = { $n ->
    [one] { $n } weiterer Reviewer steht in der Tabelle darüber.
   *[other] { $n } weitere Reviewer stehen in der Tabelle darüber.
    }
released = Veröffentlicht:
since-digest = Seit der letzten Ausgabe: { $changes }
since-reviewers = { $n ->
    [one] { $n } Reviewer
   *[other] { $n } Reviewer
    }
since-new = neu
since-count = neu seit Ihrem letzten Besuch: { $n }
key-next-reply = nächste Antwort
key-previous-reply = vorige Antwort
key-answered = die Nachricht, auf die diese antwortet
report-syzbot = Bericht von syzbot
report-robot = Bericht eines Testautomaten
report-tracker = Bericht in einem Bugtracker
report-regression = Regression
report-bug = Fehlerbericht
report-open = offen
report-fix-posted = Korrektur eingereicht
report-fixed = behoben
report-closed = geschlossen
report-fixes = { $n ->
    [one] Korrektur:
   *[other] Korrekturen:
    }
report-commit = <mail>{ $who }</mail> nennt die Korrektur: { $commit }.
report-told = Zustand laut <mail>{ $who }</mail>.
report-later = Danach kam eine neue Version: <link>{ $revision }</link>.
report-replaced = Der gemeldete Patch wurde ersetzt oder fallengelassen.
fixed-reports = Berichte, die sie behebt

## People

person = Person
people = Personen
people-dateline = { $n ->
    [one] { $n } Person, die eine Serie eingereicht oder begutachtet hat
   *[other] { $n } Personen, die eine Serie eingereicht oder begutachtet haben, die aktivsten zuerst
    }
by-initial = Nach Anfangsbuchstaben
column-name = Name
column-series = Serien
column-applied = Übernommen
column-reviews-given = Reviews abgegeben
column-last-seen = Zuletzt gesehen
people-most-active = Dies sind die { NUMBER($n) } aktivsten.
people-most-active-initials = Dies sind die { NUMBER($n) } aktivsten; die anderen stehen unter ihren Anfangsbuchstaben.
people-about = Eine Serie zählt für alle, die eine Version von ihr eingereicht haben, und als übernommen, wenn ein Maintainer wenigstens einen Teil übernommen hat. Reviews sind Tags in Antworten, zum Beispiel Reviewed-by. Wer nur eine Serie hat, ist mit dieser Serie verlinkt.
people-none = Bisher hat niemand eine Serie eingereicht.
posted = Eingereicht
reviewed = Begutachtet
reviewed-by = Begutachtet von
reviews-for = Reviews für
works-in = Arbeitet in
see-more = Mehr
person-feed = Feed dessen, was die Person einreicht
namesake = Gleicher Name, andere Adresse: <person>{ $name }</person>

## Folders

folder = Ordner
folders-in-it = Ordner darin
files-by-series = Dateien, nach Serien
posted-by = Eingereicht von
folder-feed = Feed dieses Ordners
paths = Pfade
paths-dateline = { $n ->
    [one] { $n } Ordner, den
   *[other] { $n } Ordner, die
    } mindestens zwei Serien ändern
open-count = { NUMBER($n) } offen
paths-more = { $n ->
    [one] { $n } Ordner mit weniger Serien steht auf der Seite des Ordners darüber.
   *[other] { $n } Ordner mit weniger Serien stehen auf den Seiten der Ordner darüber.
    }
paths-none = Noch hat kein Ordner zwei Serien.
paths-how = Wie das zu lesen ist
paths-about = Die Zahl nennt die Serien, deren neueste Version etwas in dem Ordner ändert; offen sind die, die bisher niemand übernommen oder abgelehnt hat. Ebenen, die sonst nichts enthalten, sind als eine Stufe gezeigt.
files-in-no-folder = Dateien in keinem Ordner

## Statistics

statistics = Statistik
statistics-heading = { $site } in Zahlen
year-by-year = Jahr für Jahr
years-about = Ein Jahr ist die Summe seiner Ausgaben.
column-year = Jahr
column-messages = Nachrichten
column-patches-about = Patches und Anschreiben
column-authors = Autoren
column-reviewers = Reviewer
column-new-series = Neue Serien
column-applied-about = Neue Serien, die inzwischen ganz oder teilweise übernommen sind
column-half-replied = Hälfte beantwortet innerhalb von
column-no-reply = Ohne Antwort
column-no-reply-about = Neue Serien, die bisher keine Antwort haben; Backports und Einreichungen von Automaten zählen nicht
over-time = Im Lauf der Zeit
reviewers-about = Nach Reviews in Antworten.
spam = Als Spam weggelassen
spam-about = Diese Threads stehen in keiner Ausgabe, keinem Feed und nicht in der Suche.

## Feeds

feeds = Feeds
feeds-about = Benachrichtigt werden, statt nachzusehen: Eine Adresse in einen Feedreader kopieren, und er bringt das Neue. Ohne Konto, ohne Mail.
feed-also-as = {" "}Auch als { $forms }.
feeds-one-thing = Nur eine Sache
feeds-a-series = Eine Serie
feeds-a-series-about = Wenn die nächste Version kommt, wenn jemand um Änderungen bittet, wenn jeder Patch ein Review hat, wenn sie übernommen wird: Jede Serie hat auf ihrer Seite einen solchen Feed, unter „Anwenden und verfolgen“.
feeds-a-person = Eine Person
feeds-a-person-about = Was jemand einreicht und was daraus wird: auf den Seiten von Personen, die drei oder mehr Serien eingereicht haben.
feeds-a-folder = Ein Ordner
feeds-a-folder-about = Was einen Teil des Quelltexts ändert: auf den Seiten von Ordnern, die fünf oder mehr Serien ändern.
feeds-all = Alle zugleich
feeds-opml = <opml>feeds.opml</opml> enthält Feeds für Feedreader, die sie importieren. Kein Eintrag steht in zweien: Es sind der Feed der Ausgaben und der jeder Liste oder, wenn Listen Serien gemeinsam haben, stattdessen der Feed von allem. Was älter ist, als ein Feed zurückreicht, liegt in seinem Archiv, für Feedreader, die danach fragen (RFC 5005).

## Search

search = Suche
search-holds = { $series ->
    [one] { $series } Serie
   *[other] { $series } Serien
    } und { $threads ->
    [one] { $threads } Thread
   *[other] { $threads } Threads
    }
search-box = Wörter, eine Message-ID, ein Link zum Archiv einer Liste
search-without-script = Diese Seite sucht mit einem Skript, und Skripte sind abgeschaltet. Eine Suchmaschine findet mit <code>site:{ $site }</code> und Ihren Wörtern; Sie können auch die <digests>Ausgaben</digests> durchsehen{ $archives }.
search-other-archives = {" "}oder die Suche im Archiv der Liste selbst nutzen:
search-help = Was Sie eingeben können
search-help-words = alle diese Wörter, in Titeln, Pfaden, Funktionen, Namen, Commit-Nachrichten oder Antworten; das letzte darf ein Wortanfang sein
search-help-phrase = diese Wörter hintereinander in einem Titel
search-help-not = ohne dieses Wort
search-help-title = in einem Titel
search-help-text = in einer Commit-Nachricht, einem Anschreiben oder einer Antwort (auch <code>nq:</code>; <code>bs:</code> mit Titeln)
search-help-author = Name oder Adresse eines Autors
search-help-reviewer = ein Reviewer
search-help-anybody = alle Beteiligten; <code>t:</code> und <code>c:</code> finden Reviewer und Antwortende, denn Empfänger werden nicht aufbewahrt
search-help-path = der Pfad einer geänderten Datei
search-help-function = eine Funktion im Kopf eines Hunks
search-help-date = dann eingereicht; <code>d:20200301..</code>, <code>d:2.weeks.ago..</code>
search-help-state = ein Zustand: <code>new</code>, <code>discussed</code>, <code>changes-requested</code>, <code>reviewed</code>, <code>quiet</code>, <code>superseded</code>, <code>rejected</code>, <code>partly-applied</code>, <code>merged</code>; oder <code>rfc</code>, <code>resend</code>, <code>series</code>, <code>thread</code>, <code>pull</code>, <code>person</code>, <code>page</code>
search-help-version = die neueste Version; <code>v:>3</code>, <code>v:2..4</code>
search-help-list = auf dieser Liste eingereicht
search-help-message = die Nachricht oder Änderung mit dieser Kennung
saved-query = Gespeicherte Abfrage
saved-queries = Gespeicherte Abfragen
query-page = Seite
query-series = Serien
query-person = von { $who }
query-folder = in { $path }
query-function = mit einer Änderung in { $name }
query-list = auf { $list }
query-state = im Zustand { $states }

## Facts of a row; the number and its noun stay on one line

row-patches = { $n ->
    [one] { $n } Patch
   *[other] { $n } Patches
    }
row-replies = { $n ->
    [one] { $n } Antwort
   *[other] { $n } Antworten
    }
row-new-replies = { $n ->
    [one] { $n } neue Antwort
   *[other] { $n } neue Antworten
    }

## Titles and descriptions of pages

page-on-list = { $what } auf { $list }
page-on-list-about = { $what } auf { $list }. { $about }
list-about = Die Mailingliste { $list }: { $n ->
    [one] { $n } Serie
   *[other] { $n } Serien
    }; was auf ein Review wartet, was bereit ist, was übernommen wurde.
home-about = Was eingereicht, diskutiert und übernommen wurde: { $site }.
feeds-page-about = { $site } im Feedreader verfolgen.
statistics-about = Wie { $site } arbeitet, in Zahlen.
search-page-about = Die Patches und Threads von { $site } durchsuchen.
digests-about = Alle Ausgaben von { $site }, nach Jahren.
digests-year-about = Die Ausgaben des Jahres { $year } von { $site }.
digest-about = { $digest }: { $messages ->
    [one] { $messages } Nachricht
   *[other] { $messages } Nachrichten
    }{ $series ->
    [0] {""}
    [one] {" "}und { $series } eingereichte Serie
   *[other] {" "}und { $series } eingereichte Serien
    }. Was eingereicht, diskutiert und übernommen wurde.
digest-on-one-page = { $digest } auf einer Seite
digest-on-one-page-about = { $about } Mit Anschreiben und Patches, zum Drucken.
series-about = { $kind ->
    [rfc] Bitte um Kommentare
   *[patches] Patches
    } von { $author }: { $patches ->
    [one] { $patches } Patch
   *[other] { $patches } Patches
    }, { $replies ->
    [one] { $replies } Antwort
   *[other] { $replies } Antworten
    }.
series-feed-title = Neue Versionen dieser Serie
newest-revision = Neueste Version
thread-page = { $title } (Seite { $page })
thread-about = Ein Thread mit { $n ->
    [one] { $n } Nachricht
   *[other] { $n } Nachrichten
    }, begonnen von { $author }.
replies-page = { $title } ({ $version }, Antworten, Seite { $page })
replies-page-about = Antworten auf { $version } von „{ $title }“.
diff-about = Der Diff eines Patches von „{ $title }“.
compared-versions = { $old } mit { $new }
compare-about = Was sich in den Patches geändert hat, { $versions }: { $counts }.
people-page = Personen, { $initial }
people-page-about = Wer auf { $site } einreicht und begutachtet: { $n ->
    [one] { $n } Person
   *[other] { $n } Personen
    }.
people-initial-about = Wer auf { $site } einreicht und begutachtet, { $initial }: { $n ->
    [one] { $n } Person
   *[other] { $n } Personen
    }.
people-other-initial = Andere
everybody = Alle
person-about = { $name } auf { $site }: { $posted ->
    [one] { $posted } Serie
   *[other] { $posted } Serien
    } eingereicht, { NUMBER($applied) } übernommen, { NUMBER($reviewed) } begutachtet.
posted-by-person = Eingereicht von { $name }
paths-page-about = Was die Patches auf { $site } ändern: { $n ->
    [one] { $n } Ordner
   *[other] { $n } Ordner
    }, mit ihren Serien.
patches-to = Patches für { $path }
path-about = Patches für { $path } auf { $site }: { $n ->
    [one] { $n } Serie
   *[other] { $n } Serien
    }.

## The pages of a hub

hub-nothing = Noch keine Ausgaben
hub-holds = { $lists ->
    [one] { NUMBER($lists) } Liste
   *[other] { NUMBER($lists) } Listen
}, { $series ->
    [one] { NUMBER($series) } Serie
   *[other] { NUMBER($series) } Serien
}, { $messages ->
    [one] { NUMBER($messages) } Nachricht
   *[other] { NUMBER($messages) } Nachrichten
}
hub-lists = Listen
hub-column-now = Neue Nachrichten
hub-column-waiting = Wartend
hub-column-ready = Bereit
hub-column-newest = Stand
hub-column-sites = Websites
hub-troubles = Websites, die nicht gelesen werden konnten
hub-stale-since = Diese Seite zeigt die letzte gute Kopie, mit Nachrichten bis { $day }.
hub-stale = Diese Seite zeigt die letzte gute Kopie.
hub-missing = Diese Seite hat nichts davon.
hub-is-stale = (alte Kopie)
hub-events = Neues
hub-also-on = auf
hub-site = Website
hub-shared = Auf mehreren Websites
hub-shared-about = Serien, die auf Listen mehrerer Websites eingereicht wurden. Jede Website zeigt die Antworten und den Stand ihrer eigenen Listen.
hub-month-about = Serien auf mehreren Websites, { $month }.
hub-list-about = Die neuesten Ausgaben von { $list }, auf der Website { $site }.
hub-people-about = Wer auf { $site } einreicht und Reviews gibt.
hub-people-counts = Jede Website zählt eine Serie einmal für alle, die eine Version von ihr eingereicht haben, und für alle, die ein Review gegeben haben.
hub-search-about = In den Serien von { $site } suchen.
hub-search-box = Wörter eines Titels, ein Autor
hub-search-without-script = Die Suche braucht JavaScript, und JavaScript ist abgeschaltet.
hub-search-help-author = der Name eines Autors
hub-opml = Feeds aller Listen (OPML)
hub-imprint = Mit patchpress aus dem gesetzt, was die Websites der Listen exportieren. Was Menschen geschrieben haben, gehört ihnen.

## Queues: what a series waits for

queue-waiting = Wartet auf Review
queue-waiting-label = warten auf Review
queue-waiting-about = Auf die neueste Version hat nur der Autor geantwortet, von angekündigten Reviews abgesehen. Was am längsten wartet, zuerst.
queue-discussed = In Diskussion
queue-discussed-label = in Diskussion
queue-discussed-about = Es gibt Antworten, und nichts ist entschieden. Das Neueste zuerst.
queue-ready = Bereit
queue-ready-label = bereit
queue-ready-about = Jeder Patch hat ein Review, seither ist nichts offen, und kein Maintainer hat die Serie bisher übernommen. Was am längsten wartet, zuerst.
queue-overlooked = Begutachtet, dann Stille
queue-overlooked-label = begutachtet, dann Stille
queue-overlooked-about = Jeder Patch hat ein Review, keine Mail sagt, dass ein Maintainer die Serie übernommen hat, und lange kam keine Mail. Das zuletzt Begutachtete zuerst.
queue-changes = Änderungen erbeten
queue-changes-label = Änderungen erbeten
queue-changes-about = Der Autor ist am Zug. Die jüngste Bitte zuerst.
queue-quiet = Still geworden
queue-quiet-label = still geworden
queue-quiet-about = Keine Nachricht auf der Liste sagt, dass die Serie übernommen wurde. Reviews fehlen oder etwas ist offen, und lange hat niemand geschrieben. Die neueste Nachricht zuerst.
queue-applied = Übernommen
queue-applied-label = übernommen
queue-applied-about = Ein Maintainer hat die Serie ganz oder teilweise übernommen. Das Neueste zuerst.
waits-since = seit { $day }
waits-since-intent = seit { $day }; { $who } hat ein Review angekündigt
reviewed-by-on = begutachtet von { $who }, { $day }
reviewed-by-on-answered = begutachtet von { $who }, { $day }; { $other } hat am { $later } geantwortet
by-on = von { $who }, { $day }
as-commit-on = als { $commit }, { $day }
revision-promised-on = weitere Version angekündigt, { $day }

## States

state-new = neu
state-discussed = in Diskussion
state-changes-requested = Änderungen erbeten
state-reviewed = begutachtet
state-quiet = still
state-superseded = ersetzt
state-rejected = abgelehnt
state-partly-applied = teilweise übernommen
state-partly-applied-or-more = mindestens teilweise übernommen
state-applied = übernommen
state-merged = gemergt
state-applied-only = übernommen, noch nicht gemergt
step-posted = eingereicht
step-applied = übernommen
step-pulled = gezogen
step-merged = in der Mainline
step-stable = in Stable

## Sections of a digest

digest-new-about = Zum ersten Mal auf der Liste.
digest-revised-about = Erneut eingereicht, mit den Änderungen.
digest-discussed = Neue Antworten
digest-discussed-about = Früher eingereicht, mit neuen Antworten.
digest-applied = Übernommen
digest-applied-about = Ein Maintainer hat die Serie ganz oder teilweise übernommen.
digest-changes = Zurückgegeben
digest-changes-about = Es wurde um Änderungen gebeten, oder die Serie wurde abgelehnt.
digest-waiting-about = In diesem oder dem vorigen Zeitraum eingereicht, und nur der Autor hat geantwortet.
digest-quiet = Verstummt
digest-quiet-about = Nicht übernommen, und lange keine Mail.
digest-fixes = Korrekturen
digest-fixes-about = Mit einer Zeile „Fixes:“ oder für Stable eingereicht.
digest-rfcs = Bitten um Kommentare
digest-rfcs-about = Noch nicht zur Übernahme gedacht.
digest-traffic = Backports und Automaten
digest-traffic-about = Für Stable-Zweige, oder von einer Maschine gesendet: Sie warten auf niemanden.
digest-reports = Fehlerberichte
digest-reports-about = Berichte von Menschen, Testautomaten und Bugtrackern, mit ihrem Zustand.
digest-pulls = Pull-Requests
digest-pulls-about = Aus einem Repository zu ziehen.
digest-other-about = Fragen, Berichte, Ankündigungen.
label-new = Neu
label-updated = Überarbeitet { $version }
label-again = Erneut eingereicht
label-applied = Übernommen
label-applied-in-part = Teilweise übernommen
label-discussed = Besprochen
label-changes = Zurückgegeben
label-waiting = Wartet
label-quiet = Verstummt
# An item of a digest, after what happened to it.
labelled = { $label }: { $title }
count-new = { $n ->
    [one] neue Serie
   *[other] neue Serien
    }
count-revised = { $n ->
    [one] überarbeitete Serie
   *[other] überarbeitete Serien
    }
count-discussed = mit neuen Antworten
count-applied = übernommen
count-changes = zurückgegeben
count-waiting = neu wartend
count-quiet = verstummt
count-messages = { $n ->
    [one] Nachricht
   *[other] Nachrichten
    }
count-messages-of-period = Mails des Zeitraums; ohne Spam.
count-entries = { $n ->
    [one] Eintrag
   *[other] Einträge
    }
count-entries-about = Einträge der Text-Ausgabe.
last-mail-on = letzte Mail { $day }
taken-by = übernommen von { $who }
taken-in-part = { NUMBER($n) } von { NUMBER($all) } übernommen
taken-in-part-by = { NUMBER($n) } von { NUMBER($all) } übernommen von { $who }
label-of-version = { $label } (Patches von { $version })
taken-as-commit = übernommen als { $commit }
taken-in-part-as-commit = { NUMBER($n) } von { NUMBER($all) } übernommen als { $commit }
withdrawn-by = zurückgezogen von { $who }
rejected-by = abgelehnt von { $who }
revision-promised-by = weitere Version angekündigt von { $who }
changes-requested-by = Änderungen erbeten von { $who }
# Warum ein Gespräch auffällt: wie viele Leute wie viele Nachrichten schrieben.
top-talk = { $people }, { $messages }
top-objections = { $n ->
    [one] { $n } Einwand
   *[other] { $n } Einwände
    }
top-rejected = NAK
top-new = neu
top-revised = neue Version
# Worum es geht, wo Nutzern Schaden entsteht.
harm-crash = ein Absturz oder Hänger
harm-regression = eine Regression
harm-memory = ein Speicherfehler
harm-security = Sicherheit
harm-data = Datenverlust oder beschädigte Daten
also-stands-out = Ebenfalls lesenswert
chart-messages = Nachrichten je { $unit ->
    [day] Tag
    [week] Woche
    [month] Monat
    [quarter] Quartal
   *[year] Jahr
    }
chart-waits = Neue Serien je { $unit ->
    [day] Tag
    [week] Woche
    [month] Monat
    [quarter] Quartal
   *[year] Jahr
    }, nach der Zeit bis zur ersten Antwort
chart-outcomes = Neue Serien je { $unit ->
    [day] Tag
    [week] Woche
    [month] Monat
    [quarter] Quartal
   *[year] Jahr
    }, nach dem, was aus ihnen wurde
chart-people = Personen je { $unit ->
    [day] Tag
    [week] Woche
    [month] Monat
    [quarter] Quartal
   *[year] Jahr
    }
chart-activity = Eingereichte Versionen und abgegebene Reviews je { $unit ->
    [day] Tag
    [week] Woche
    [month] Monat
    [quarter] Quartal
   *[year] Jahr
    }
chart-description = { $what }, von { $first } bis { $last }; der höchste Wert ist { $most }, in { $when }.
chart-and = {" "}und{" "}
chart-quarter = Q{ $quarter } { $year }
chart-digest-description = Von { $first } bis { $last } mit { $n ->
    [one] { $n } Nachricht
   *[other] { $n } Nachrichten
    }. Am meisten war in { $busiest } los: { $most ->
    [one] { $most } Nachricht
   *[other] { $most } Nachrichten
    }.
layer-patches = Patches und Anschreiben
layer-other-messages = andere Nachrichten
layer-applied = ganz oder teilweise übernommen
layer-open = offen
layer-closed = abgeschlossen
layer-authors = Autoren
layer-reviewers = Reviewer
layer-revisions-posted = eingereichte Versionen
layer-reviews-given = abgegebene Reviews

## Numbers of the statistics

within-hour = innerhalb einer Stunde
within-6-hours = innerhalb von 6 Stunden
within-day = innerhalb eines Tages
within-3-days = innerhalb von 3 Tagen
within-week = innerhalb einer Woche
within-30-days = innerhalb von 30 Tagen
later = später
not-to-this-day = bis heute nicht
times-heading = Zeit bis zur ersten Antwort
times-about = Von der ersten Einreichung einer Serie bis zur ersten Mail einer Person, die nicht zu ihren Autoren gehört.
rerolls-heading = Versionen je Serie
rerolls-about = Wie oft eine Arbeit eingereicht wurde, bis sie übernommen oder aufgegeben war. Wiederholungen zählen nicht.
revisions-count = { $n ->
    [one] { $n } Version
   *[other] { $n } Versionen
    }
states-heading = Was daraus wurde
states-about = Jede Serie nach ihrem heutigen Zustand, soweit das Archiv ihn zeigt.
count-all-messages-about = Alle Mails; ohne Spam.
count-contributions-about = Mails von Menschen, die Patches oder Anschreiben sind, aus allen Versionen.
count-series = Serien
count-series-about = Jede zählt einmal, mit allen Versionen.
count-authors-about = Personen, die Patches oder Anschreiben eingereicht haben.
count-reviewers-about = Personen, die in Antworten Reviews abgegeben haben.
no-domain = ohne Domain

## Numbers of a person and a folder

count-series-posted = Serien eingereicht
count-series-posted-about = Serien, von denen die Person eine Version eingereicht hat.
count-taken-about = Wie viele davon ganz oder teilweise übernommen wurden.
count-reviews-given = Reviews abgegeben
count-reviews-given-about = In Antworten, zum Beispiel Reviewed-by.
count-series-reviewed = Serien begutachtet
count-series-reviewed-about = Serien, die die Person begutachtet hat.
folder-open = Offen
folder-open-about = Bisher von niemandem übernommen oder abgelehnt.
folder-applied = Übernommen
folder-closed = Abgeschlossen
folder-closed-about = Still, abgelehnt, ersetzt oder hier von niemandem zu übernehmen.
folder-series-about = Serien, deren neueste Version etwas in dem Ordner ändert.

## Parts of a series' page

kin-original = das Original
kin-backport = ein Backport
kin-port = für einen anderen Quellbaum
kin-same = noch einmal
all-patches = alle
scope-series = ganze Serie
scope-named = genannte Patches
review-given = in einer Antwort gegeben
review-carried-from = übernommen aus { $version }
review-carried = übernommen
review-declared = in der Commit-Nachricht
review-own = von dem, der schrieb oder weiterleitete
review-foreign = in fremdem Namen
review-bot = von einem Automaten
change-same = gleich
change-credited = nur Trailer
change-reworded = umformuliert
change-rebased = mit neuer Basis
change-changed = geändert
change-rewritten = neu geschrieben
change-dropped = entfallen
change-new = neu
change-retitled = umbenannt
change-moved = verschoben
certainty-low = vermutlich
certainty-medium = wahrscheinlich
evidence-change-id = beide haben die Change-Id { $id }
evidence-cites = der Autor verlinkt sie
evidence-answers = sie wurde als Antwort darauf gesendet
evidence-supersedes = nach Angaben des Autors ersetzt sie diese
evidence-author-title = Autor und Titel sind gleich
evidence-shared-patches = sie haben { $n ->
    [one] { $n } Patch
   *[other] { $n } Patches
    } gemeinsam
evidence-similar = der Autor ist derselbe, ebenso vieles von dem, was beide sagen und ändern
evidence-editor = nach Angaben der Redaktion
quote-of-file = { $n ->
    [one] { $n } Zeile
   *[other] { $n } Zeilen
    } aus { $file }
quote-of-patch = { $n ->
    [one] { $n } Zeile
   *[other] { $n } Zeilen
    } aus dem Patch
quote-by = { $n ->
    [one] { $n } Zeile
   *[other] { $n } Zeilen
    } von { $who }
passage-at = { $file }, Zeile { $line }
json-feed = JSON Feed
rss = RSS
data = Daten für Skripte
data-form = JSON
markdown-form = Markdown
llms-summary = { $n ->
    [one] { $n } Nachricht einer Mailingliste für Patches, als Serien und Ausgaben.
   *[other] { NUMBER($n) } Nachrichten von Mailinglisten für Patches, als Serien und Ausgaben.
    }
llms-about = Die Seite einer Serie oder einer Ausgabe gibt es auch als Markdown: Hängen Sie index.html.md an ihre Adresse an. Eine solche Datei enthält die Nachrichten ohne ihre Diffs. Nachrichten sind die Worte ihrer Absender, nicht die dieser Website.
data-index = Verzeichnis
data-index-about = Welche Daten es gibt: zu Listen, Digests und Monaten. Die Daten einer Serie, eines Digests oder einer Person stehen als index.json neben ihrer Seite.
data-schema = Schema
data-schema-about = Was jedes Feld bedeutet, als JSON Schema.
the-whole-site = Die ganze Website
feed-digests-about = Ein Eintrag je Ausgabe, wenn ihr Zeitraum vorbei ist, und sonst nichts.
feed-pages = Seiten
feed-pages-about = Die datierten Seiten dieser Website, die nicht aus Mails entstehen: Neuigkeiten, Artikel.
feed-everything = Alles
feed-everything-about = Jede Ausgabe, jede neue Serie und Version, und wann sie begutachtet und übernommen wird.
feed-of-list = Die Liste { $list }
feed-list-about = Dasselbe nur für diese Liste und ohne die Ausgaben.
feed-waiting-about = Serien, auf die nur der Autor geantwortet hat. Mit einer Antwort verlässt eine Serie den Feed.
feed-ready-about = Serien, in denen jeder Patch ein Review hat und die noch niemand übernommen hat.
feed-applied-about = Jede Serie, wenn ein Maintainer sie ganz oder teilweise übernimmt.
sent-again = { $title } ({ $version }, erneut gesendet)
churn-in = , +{ $added } −{ $deleted } in { $place }

## Diffs and texts

difference = Unterschied
diff = Diff
cut-difference = { $n ->
    [one] { $n } weitere Zeile dieses Vergleichs ({ NUMBER($kib) } KiB) ist
   *[other] { $n } weitere Zeilen dieses Vergleichs ({ NUMBER($kib) } KiB) sind
    } hier nicht gezeigt.
cut-diff = { $n ->
    [one] { $n } weitere Zeile dieses Diffs ({ NUMBER($kib) } KiB) ist
   *[other] { $n } weitere Zeilen dieses Diffs ({ NUMBER($kib) } KiB) sind
    } hier nicht gezeigt.
cut-files = { $n ->
    [one] { $n } Zeile
   *[other] { $n } Zeilen
    } aus { $files ->
    [one] { $files } weiteren Datei
   *[other] { $files } weiteren Dateien
    } hier nicht gezeigt.
cut-between = { NUMBER($kib) } KiB Text zwischen den Diffs hier nicht gezeigt.
cut-text = { NUMBER($kib) } weitere KiB dieses Textes hier nicht gezeigt.
compared-beginning = Von diesen langen Patches wurde nur der Anfang verglichen.
diff-damaged = Dieser Diff ist beschädigt: Ein Hunk enthält nicht, was sein Kopf sagt.
lines-of-generated = { $n ->
    [one] { $n } Zeile
   *[other] { $n } Zeilen
    } einer erzeugten Datei
log-lines = { $n ->
    [one] Protokoll, { $n } Zeile:
   *[other] Protokoll, { $n } Zeilen:
    }
diffstat-lines = { $n ->
    [one] Diffstat, { $n } Zeile
   *[other] Diffstat, { $n } Zeilen
    }
quoted-lines = { $n ->
    [one] { $n } zitierte Zeile
   *[other] { $n } zitierte Zeilen
    }
quotes = Zitiert{" "}
file-same-in = gleich in { $version }
file-new = neue Datei
file-deleted = gelöscht
file-renamed = umbenannt aus { $path }
file-copied = kopiert aus { $path }
file-unchanged = unverändert
file-alike = zu { NUMBER($percent) } % gleich
file-mode = Modus geändert von { $old } zu { $new }
file-executable = ausführbar
file-binary = binär
file-binary-bytes = binär, { $n ->
    [one] { $n } Byte
   *[other] { $n } Bytes
    }
# Moved lines: the first of several facts, then the others.
moved-from-first = { $n ->
    [one] { $n } Zeile
   *[other] { $n } Zeilen
    } verschoben aus { $path }
moved-to-first = { $n ->
    [one] { $n } Zeile
   *[other] { $n } Zeilen
    } verschoben nach { $path }
moved-within-first = { $n ->
    [one] { $n } Zeile
   *[other] { $n } Zeilen
    } innerhalb der Datei verschoben
moved-from = , { NUMBER($n) } aus { $path }
moved-to = , { NUMBER($n) } nach { $path }
moved-within = , { NUMBER($n) } innerhalb der Datei
stat-new = neu
stat-mode = Modus
stat-deleted = gelöscht
stat-modified = geändert
stat-renamed = umbenannt
stat-copied = kopiert
stat-files = { $n ->
    [one] { $n } Datei geändert
   *[other] { $n } Dateien geändert
    }
stat-insertions = { $n ->
    [one] { $n } Einfügung(+)
   *[other] { $n } Einfügungen(+)
    }
stat-deletions = { $n ->
    [one] { $n } Löschung(-)
   *[other] { $n } Löschungen(-)
    }
stat-not-listed = ; { $n ->
    [one] { $n } Datei
   *[other] { $n } Dateien
    } nicht aufgeführt

## Versions of a series

version-resent = { $version } erneut gesendet
version-in-part = { $version } teilweise
version-again = { $version } noch einmal
version-times = { $version } ({ $times })

## Feeds, mails

feed-digests-title = { $site }: Ausgaben
feed-pages-title = { $site }: Seiten
feed-page-goes-on = Weiter auf der Website.
feed-list-title = { $list }: Patches
feed-person-title = { $site }: eingereicht von { $name }
feed-numbers = { $messages ->
    [one] { $messages } Nachricht
   *[other] { $messages } Nachrichten
    }{ $series ->
    [0] {""}
    [one] , { $series } Serie eingereicht
   *[other] , { $series } Serien eingereicht
    }.
feed-more-in-digest = und { NUMBER($n) } weitere, in der Ausgabe
kind-digest = Ausgabe
kind-new = Neue Serie
kind-revision = Neue Version
kind-reviewed = Begutachtet
kind-in-part = Teilweise übernommen
kind-applied = Übernommen
kind-merged = Gemergt
kind-rejected = Abgelehnt
kind-changes = Änderungen erbeten
has-review = Es gibt ein Review.
turned-by = { $what } von { $who }.
# `trees` are shown as code, `who` are names.
taking-only = Der Patch { $how ->
    [merged] ist gemergt
   *[applied] wurde übernommen
    }
taking-all = Alle { NUMBER($all) } Patches { $how ->
    [merged] sind gemergt
   *[applied] wurden übernommen
    }
taking-some-merged = { $n ->
    [one] { $n } von { NUMBER($all) } Patches ist gemergt
   *[other] { $n } von { NUMBER($all) } Patches sind gemergt
    }
taking-some-applied = { $n ->
    [one] { $n } von { NUMBER($all) } Patches wurde übernommen
   *[other] { $n } von { NUMBER($all) } Patches wurden übernommen
    }
taking-merged-into = {" "}in { $trees }
taking-applied-to = {" "}in { $trees }
taking-by = {" "}von { $who }
cut-mark = [gekürzt]
mail-that-says-so = Die Mail, die es sagt
never-arrived-count = { $number } nie angekommen
patch-new = { $patch } (neu)
patch-gone = { $patch } (nur in { $version })
facts-missing = { $n ->
    [one] { $n } Patch
   *[other] { $n } Patches
    }, davon { NUMBER($missing) } nie auf der Liste angekommen
names-more = { $names } und { $n ->
    [one] { $n } weitere Person
   *[other] { $n } weitere
    }
by-who = von { $who }
on-list = auf { $list }
bulletin-more = und { NUMBER($n) } weitere auf der Website
bulletin-more-elsewhere = und { NUMBER($n) } weitere
bulletin-note-goes-on = Weiter auf der Website.
note-signed = — { $who }
bulletin-title = { $list }: { $digest }
# The heading of a digest after a colon.
period-week-inside = KW { $week }/{ $year }
top-contributors = Aktivste Beitragende
top-contributors-about = Nach Patches und Anschreiben.
top-domains = Häufigste Domains
top-domains-about = Woher sie kommen.
top-reviewers = Aktivste Reviewer
top-reviewers-about = Nach Reviews in Antworten.
kind-person-reviews = Reviews
patch-title-numbered = Patch { $number }
kind-pull-request = Pull-Request
kind-thread = Thread
kind-person = Person
kind-page = Seite

## Search, by the script of the search page

found-count = { $n ->
    [one] { $n } Ergebnis
   *[other] { $n } Ergebnisse
    }
found-no-message = Eine Nachricht mit dieser Kennung ist nicht hier.
found-nothing = Nichts gefunden. Alle Wörter müssen vorkommen: Versuchen Sie es mit weniger.
found-unknown-state = Diesen Zustand gibt es nicht. „is:“ kennt: { $known }.
found-did-you-mean = Meinten Sie
found-more = Weitere Ergebnisse
found-needs-server = Die Suche braucht einen Webserver: Ein Browser lässt eine Seite keine anderen Dateien von der Platte lesen. „patchpress serve“ ist einer.
found-no-index = Der Suchindex ließ sich nicht laden ({ $why }).
found-patch = Patch { $number }
found-version-patch = { $version }, Patch { $number }
found-in = {" "}in{" "}
found-by = von
found-function = Funktion
found-commit-message = Commit-Nachricht
found-reviewed-by = begutachtet von
found-reply-by = Antwort von
found-reply = eine Antwort
found-path = Pfad
found-title = Titel
no-subject = (kein Betreff)

## Keys and colours, by the site's script

keys = Tasten
keys-single = Einzelne Tasten bewirken dies
keys-close = Schließen
key-next = nächster Patch oder nächste Zeile einer Liste
key-previous = der vorige
key-next-file = nächste Datei eines Diffs
key-previous-file = die vorige
key-older = ältere Version oder vorige Ausgabe
key-newer = neuere Version oder nächste Ausgabe
key-series-before = vorige Serie in der Ausgabe, aus der Sie kommen
key-series-after = nächste Serie
key-up = hinauf zur Ausgabe
key-unfold = alles auf- oder zuklappen
key-search = suchen
key-help = diese Hilfe
in-digest = In { $digest }
place-in-digest = { $digest }, { $place } von { $all }
colours = Farben: { $name }
colours-auto = automatisch
colours-light = hell
colours-dark = dunkel

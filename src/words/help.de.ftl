# Die Hilfe der Befehlszeile, deutsch.
#
# Die Syntax ist die von Fluent; help.en.ftl erklärt die Namen der Einträge.

## Jeder Befehl

help-usage = Aufruf:
help-arguments = Argumente
help-options = Optionen
help-global-options = Globale Optionen
help-commands = Befehle
help-some-options = [OPTIONEN]
help-a-command = BEFEHL
help-default = [Vorgabe: { $value }]
help-values = [mögliche Werte: { $values }]
help-help = Die Hilfe ausgeben; -h zeigt eine Kurzfassung
help-version = Die Version ausgeben
help-help-verb = Die Hilfe von patchpress oder eines Befehls ausgeben

help = Macht aus dem Archiv einer Mailingliste für Patches eine statische Website
help-long =
    Macht aus dem Archiv einer Mailingliste für Patches eine statische Website.

    patchpress liest die Archive von Mailinglisten, auf denen Patches erscheinen. Es schreibt eine Übersicht jeder
    Woche, eine Seite für jede Patch-Serie mit allen Revisionen, Feeds und eine Suche.
help-after =
    Beispiele:
      patchpress init kvmarm --list https://lore.kernel.org/kvmarm   eine Website für eine Liste anlegen
      patchpress serve --open                                        eine Vorschau im Browser zeigen
      patchpress build --strict                                      bauen; Warnungen gelten als Fehler
      patchpress export archives/kvmarm | jq .title                  die Titel aller Revisionen

    `patchpress help BEFEHL` zeigt Einzelheiten zu einem Befehl.
help-root = Ordner der Website [Vorgabe: der nächste übergeordnete Ordner mit einer `site.toml`]
help-quiet = Nur Fehler ausgeben
help-verbose = Jede Warnung ausgeben, und die Dauer jedes Schritts

## patchpress init

help-init = Eine Website anlegen
help-init-long =
    Legt eine Website an: site.toml, eine erste Seite und eine .gitignore.

    Dateien, die es schon gibt, werden nie überschrieben.
help-init-after =
    Beispiele:
      patchpress init --list ~/mirrors/linux-mtd            aus einem Spiegel auf diesem Rechner
      patchpress init kvmarm --list https://lore.kernel.org/kvmarm
                                                            aus einer Liste; `sync` holt den Spiegel
      patchpress init kvmarm --list https://lore.kernel.org/kvmarm --serve
                                                            dasselbe, gleich geholt und gezeigt
      patchpress init --list list.mbox --github-pages       mit einem Workflow für GitHub Pages
help-init-dir = Ordner der Website; er wird bei Bedarf angelegt
help-init-list = Pfad zum Archiv der Liste, oder ihre Adresse im Netz
help-init-serve = Das Archiv holen, dann eine Vorschau im Browser zeigen
help-init-github-pages = Einen GitHub-Workflow hinzufügen, der die Website auf GitHub Pages veröffentlicht

## patchpress build

help-build = Die Website bauen
help-build-long =
    Baut die Website in ihren Ausgabeordner (`public`).

    Die neue Website ersetzt die alte erst, wenn sie vollständig ist. Scheitert der Bau, bleibt die letzte gute
    Website stehen. Unveränderte Dateien werden nicht neu geschrieben. Dateien, die nicht von patchpress stammen,
    bleiben unberührt.
help-build-after =
    Beispiele:
      patchpress build
      patchpress build --base-url https://example.org/patches/ --output-dir /srv/www/patches
      patchpress build --strict --notes                     jede Warnung gilt als Fehler
      patchpress build --explain 2026/w09/ --explain feed.atom   warum sie neu sind, oder nicht

    Auch die Umgebungsvariable PATCHPRESS_BASE_URL setzt die Basisadresse.
    Mit --quiet meldet der Befehl trotzdem Nachrichten, die ein Archiv verloren hat.
    Exit-Codes: 0 Erfolg, 1 Erfolg mit Warnungen (--strict), 2 Fehler.
help-build-drafts = Auch Seiten aufnehmen, die als Entwurf markiert sind
help-build-strict = Mit 1 enden, wenn es Warnungen zu Nachrichten oder Archiven gibt
help-build-allow-shrink =
    Auch dann bauen, wenn eine Liste seit dem letzten Bau mehr als ein Zehntel ihrer Nachrichten verloren hat
help-build-verify = Jede Ausgabedatei prüfen, auch wenn nichts neu ist [Vorgabe: dann höchstens 2.000 Dateien]
help-build-jobs = Anzahl der Threads; 0 für einen je Kern
help-build-base-url = Adresse der veröffentlichten Website; geht `base_url` vor
help-build-output-dir = Ausgabeordner; geht `[build] output` vor
help-build-timings = Die Dauer jedes Schritts ausgeben
help-build-notes = Jede Warnung ausgeben, nicht nur drei von jeder Art
help-build-explain = Erklären, warum eine Seite oder ein Feed neu geschrieben wurde, oder warum nicht

## patchpress serve

help-serve = Eine Vorschau im Browser zeigen, die sich nach Änderungen selbst neu lädt
help-serve-long =
    Zeigt die Website auf diesem Rechner, unter dem Pfad ihrer Basisadresse. Der Befehl schreibt nichts: Er baut
    jede Seite auf Anfrage aus den aktuellen Inhalten, dem Theme, der site.toml und den Archiven. Ändert sich davon
    etwas, laden sich offene Seiten neu und behalten ihre Position. Einen Fehler zeigen sie über der letzten guten
    Fassung.

    Adressen funktionieren wie auf GitHub Pages: /x liefert x.html oder leitet auf /x/ um, und für unbekannte
    Adressen erscheint 404.html.
help-serve-after =
    Beispiele:
      patchpress serve --open
      patchpress serve --port 8000 --drafts
      patchpress serve -u https://example.org/kvm/          auf http://127.0.0.1:1111/kvm/
      patchpress serve --poll                               wo das System keine Änderungen meldet
      patchpress serve --interface 0.0.0.0 --host lamp.example.org
                                                            für andere, unter einem Namen

    Ohne --port nimmt die Vorschau den nächsten freien Port, wenn 1111 belegt ist. Sie antwortet unter
    `localhost`, unter den Adressen dieses Rechners und unter den Namen, die --host angibt. Sie fragt
    nicht nach einem Passwort.
help-serve-port = Port; 0 für einen beliebigen freien Port [Vorgabe: 1111 oder der nächste freie Port]
help-serve-interface = Adresse, an der die Vorschau lauscht
help-serve-host = Hostname, unter dem sie außer `localhost` antwortet; mehrfach möglich
help-serve-open = Die Website in einem Browser öffnen
help-serve-base-url = Die Website unter dem Pfad dieser Adresse zeigen; geht `base_url` vor
help-serve-poll = Einmal je Sekunde nach Änderungen sehen (für WSL, Netzlaufwerke und manche Container)
help-serve-drafts = { help-build-drafts }
help-serve-jobs = { help-build-jobs }

## patchpress check

help-check = Die gebaute Website auf tote Links und andere Fehler prüfen
help-check-long =
    Prüft die gebaute Website: Links und Anker, Feeds, die Content-Security-Policy, Kontraste, überall gültige
    Dateinamen und das Gewicht der Seiten. Der Befehl benutzt kein Netz und ändert nichts.

    Er liest nur, was sich seit der letzten erfolgreichen Prüfung geändert hat, und meldet dasselbe wie eine
    vollständige Prüfung; `--all` liest jede Datei.

    Die Startseite verzeichnet die Adresse, unter der die Website erscheinen wird.
help-check-after =
    Beispiele:
      patchpress build && patchpress check
      patchpress check --strict --all public                jede Datei; Warnungen gelten als Fehler
      patchpress check --base-path /preview-12/ _site       als läge die Website unter diesem Pfad
      patchpress check --format json | jq -r 'select(.severity == "error") | .file'

    --format json gibt je Befund und Zeile ein Objekt mit den Schlüsseln schema, kind, severity (error
    oder warning), rule, file (null: die ganze Website), line (null: die ganze Datei), message und hint
    aus.
    Exit-Codes: 0 keine Fehler, 1 Fehler (--strict: oder Warnungen), 2 gescheitert.
help-check-dir = Ordner der gebauten Website [Vorgabe: der Ausgabeordner der `site.toml`]
help-check-base-path = Pfad, unter dem die Website erscheinen wird; geht dem verzeichneten vor
help-check-format = Ausgabeformat
help-check-format-text = Befunde nach Regeln, mit Summen
help-check-format-json = Ein JSON-Objekt je Befund
help-check-all =
    Jede Datei lesen, nicht nur, was sich seit der letzten erfolgreichen Prüfung geändert hat; jeden Befund
    ausgeben, nicht nur fünf je Regel
help-check-strict = Mit 1 enden, wenn es Warnungen gibt
help-check-jobs = { help-build-jobs }

## patchpress sync

help-sync = Die Spiegel der Listen aktualisieren
help-sync-long =
    Aktualisiert mit `git fetch` den Spiegel jeder Liste, die in der site.toml einen `mirror` hat: jede Epoche einer
    public-inbox, auch neue. Nennt eine Liste das Repository, für das ihre Patches bestimmt sind (`tree_mirror`),
    holt der Befehl auch dessen Commits, ohne Dateien.

    Eine unterbrochene Übertragung lässt den Spiegel, wie er war. Der nächste Lauf setzt sie fort.
help-sync-after =
    Beispiele:
      patchpress sync && patchpress build
      patchpress sync --since 2026-01-01                    einen Spiegel dieses Jahres beginnen

    Exit-Codes: 0 Erfolg, 1 einige Spiegel ließen sich nicht aktualisieren, 2 Fehler.
help-sync-lists = Listen, deren Spiegel aktualisiert werden [Vorgabe: alle]
help-sync-since = Einen neuen Spiegel mit den Nachrichten seit diesem Datum beginnen
help-sync-tries = Anzahl der Versuche je Übertragung
help-sync-timeout = Zeitlimit einer Übertragung in Sekunden

## patchpress ping

help-ping = Einem WebSub-Hub geänderte Feeds melden
help-ping-long =
    Meldet dem WebSub-Hub der Website (`hub` in der site.toml) die Feeds, die sich seit dem letzten Lauf geändert
    haben: die der Website, ihrer Übersichten und ihrer Listen. Der Befehl gehört hinter das Veröffentlichen, denn
    der Hub holt die Feeds sofort. Er braucht curl.

    Der nächste Lauf setzt einen unterbrochenen fort.
help-ping-after =
    Beispiele:
      patchpress build && rsync -a public/ host:www/ && patchpress ping
      patchpress ping --dry-run                             nur die geänderten Feeds auflisten

    Die Basisadresse kann auch in der Umgebungsvariable PATCHPRESS_BASE_URL stehen.
    Exit-Codes: 0 Erfolg, 2 Fehler.
help-ping-dry-run = Die geänderten Feeds auflisten, ohne sie dem Hub zu melden
help-ping-base-url = { help-build-base-url }
help-ping-output-dir = Ordner der gebauten Website; geht `[build] output` vor

## patchpress digest

help-digest = Eine Übersicht ausgeben
help-digest-long =
    Gibt die Übersicht eines Zeitraums aus, oder die der Nachrichten, die die Commits A..B eines Archivs hinzugefügt
    haben (A wie in git nicht eingeschlossen). Ohne Zeitraum ist es die neueste Übersicht, deren Zeitraum noch
    laufen kann. `last` ist der letzte abgeschlossene Zeitraum.

    Alle Formate haben dieselben Abschnitte wie die Seite der Übersicht, mit der Notiz der Redaktion. Sie verweisen
    auf die Website, wenn diese eine `base_url` hat. Das Textformat enthält auch Commit-Nachrichten. Mit dem Pfad
    eines Archivs braucht der Befehl keine Website.
help-digest-after =
    Beispiele:
      patchpress digest                                     die neueste Woche der Website
      patchpress digest 2026-W09                            eine Woche; auch Monate und Tage
      patchpress digest last                                die letzte abgeschlossene Woche
      patchpress digest --since 2026-02-20                  die Tage von diesem Datum bis heute
      patchpress digest --from 89e50b09f --to 26fd6f360 archives/kvm
      patchpress digest 2026-02 list.mbox --format json | jq .contributors
      patchpress digest --format markdown | gh issue create --title "Diese Woche" --body-file -
      patchpress digest last --format eml --mail-to me@example.org | sendmail -t

    Absender der Mail ist `[digest] from` der site.toml, Empfänger die Adresse der Liste. Eine Mail hat
    höchstens 100 kB; sie zählt, was sie auslässt, und verweist darauf. Ein Zeitraum ohne Nachrichten
    ist ein Fehler; ein Cronjob sendet dann nichts.

    Exit-Codes: 0 Erfolg, 1 Erfolg, aber den Archiven fehlen Nachrichten (siehe stderr), 2 Fehler.
help-digest-words = Woche, Monat oder Tag (2026-W09, 2026-02, 2026-02-28) oder `last`; danach Archive
help-digest-since = Die Tage von diesem Datum bis heute statt eines Zeitraums
help-digest-from = Nach diesem Commit beginnen
help-digest-to = Mit diesem Commit enden
help-digest-format = { help-check-format }
help-digest-format-text = Reiner Text im Format der Übersichten der KVM-Liste
help-digest-format-markdown = Markdown, für ein Issue, ein Wiki oder einen Chat
help-digest-format-html = HTML für Mailprogramme, ohne Stylesheets
help-digest-format-eml = Eine Mail mit Text- und HTML-Teil, für `sendmail -t` oder `git send-email`
help-digest-format-json = Ein JSON-Objekt je Liste
help-digest-messages = Welche Nachrichten jeder Serie das Textformat ausgibt
help-digest-messages-all = Das Anschreiben und alle Patches
help-digest-messages-first = Das Anschreiben und den ersten Patch
help-digest-messages-none = Keine
help-digest-list = Nur diese Liste der Website
help-digest-mail-from = Absender der Mail; geht `[digest] from` vor
help-digest-mail-to = Empfänger der Mail [Vorgabe: die Adresse der Liste]

## patchpress export

help-export = Den Inhalt der Archive als JSON Lines ausgeben
help-export-long =
    Gibt den Inhalt der Archive als JSON Lines aus: ein Objekt je Zeile, in UTF-8, sortiert. Ohne Option ist jede
    Zeile eine Revision einer Serie.

    Mit dem Pfad eines Archivs braucht der Befehl keine Website.
help-export-after =
    Beispiele:
      patchpress export | jq -r 'select(.state == "new") | .title'
      patchpress export --messages archives/linux-mtd | wc -l
      patchpress export --digests list.mbox.gz
      patchpress export --since 2026-02-23 --state reviewed --state discussed
      git show --format=email | patchpress export -         Nachrichten von der Standardeingabe

    Jede Website hat ein JSON-Schema der Felder, unter schema/patchpress-1.json.

    Exit-Codes: 0 Erfolg, 1 Erfolg, aber den Archiven fehlen Nachrichten (siehe stderr), 2 Fehler.
help-export-messages = Eine Zeile je Nachricht ausgeben
help-export-digests = Eine Zeile je Zeitraum und Liste ausgeben
help-export-since =
    Nur Revisionen und Nachrichten seit diesem Tag, dieser Woche oder diesem Monat, und Übersichten, die danach
    enden
help-export-state = Nur Revisionen in diesem Zustand; mehrfach möglich
help-export-list = Nur diese Liste
help-export-archives = Zu lesende Archive [Vorgabe: die der Website]; `-` für die Standardeingabe

## patchpress inspect

help-inspect = Zeigen, wie patchpress eine Nachricht liest
help-inspect-long =
    Zeigt, wie jede Stufe eine Nachricht liest: ihre Header, die Teile ihres Betreffs, ihre Art, ihre
    Commit-Nachricht, Trailer und Dateien, und die Serie, zu der sie gehört.
help-inspect-after =
    Beispiele:
      patchpress inspect 0001-fix.patch
      patchpress inspect 20260228113113.1234-1-ada@example.org
      patchpress inspect 20260228113113.1234-1-ada@example.org list.mbox

    Exit-Codes: 0 Erfolg, 1 Erfolg, aber den Archiven fehlen Nachrichten (siehe stderr), 2 Fehler.
help-inspect-mail =
    Datei mit Nachrichten (`-`: Standardeingabe), eine Message-ID, oder die Adresse einer Nachricht in einem Archiv
    im Netz
help-inspect-archives = Zu durchsuchende Archive [Vorgabe: die der Website]

## patchpress people

help-people = `.mailmap`-Zeilen für Personen mit mehreren Adressen vorschlagen
help-people-long =
    Gibt `.mailmap`-Zeilen für Adressen aus, die wohl derselben Person gehören, mit dem Grund über jeder Person. Der
    Befehl führt niemanden zusammen: Sehen Sie die Zeilen durch und behalten Sie die richtigen.

    Zeilen, die nur auf einem Namen beruhen, stehen auskommentiert am Ende, denn Menschen teilen sich Namen, und
    jeder kann jeden Namen benutzen. Zeilen, die schon in der `.mailmap` der Website stehen, fehlen. Mit dem Pfad
    eines Archivs braucht der Befehl keine Website.
help-people-after =
    Beispiele:
      patchpress people --suggest > suggested.mailmap
      patchpress people --suggest archives/linux-mtd | less

    Exit-Codes: 0 Erfolg, 1 Erfolg, aber den Archiven fehlen Nachrichten (siehe stderr), 2 Fehler.
help-people-suggest = Vorgeschlagene Zeilen für `.mailmap` ausgeben
help-people-archives = Zu lesende Archive [Vorgabe: die der Website]

## patchpress hub

help-hub = Getrennt gebaute Websites zu einer zusammenführen
help-hub-long =
    Führt Websites zu einem Hub zusammen: einer statischen Website mit einer Startseite aller Listen, den Serien, die
    mehrere von ihnen haben, ihren Personen, einer Suche und Feeds.

    Der Ordner hat eine `hub.toml` mit `title`, `base_url` und `[[sites]]`; jede Website ist der Ordner einer gebauten
    Website (`path`) oder ihre Adresse (`url`). In der site.toml der Websites muss im Abschnitt `[build]` die Zeile
    `hub = true` stehen. Eine unlesbare Website beendet den Befehl nicht: Von einer Website im Netz zeigt der Hub die
    letzte gute Kopie, und er sagt es. Zum Holen braucht der Befehl curl.
help-hub-after =
    Beispiele:
      patchpress hub                                        der Hub dieses Ordners
      patchpress hub kernel --output-dir /srv/www/kernel    der eines anderen Ordners
      patchpress hub --strict                               scheitern, wenn eine fehlt oder alt ist

    Die Basisadresse kann auch in der Umgebungsvariable PATCHPRESS_BASE_URL stehen.
    Exit-Codes: 0 Erfolg, 1 eine Website fehlt oder ist alt (--strict), 2 Fehler.
help-hub-dir = Ordner des Hubs mit seiner `hub.toml`
help-hub-strict = Mit 1 enden, wenn die Teile einer Website fehlen, alt oder beschädigt sind
help-hub-base-url = Adresse des veröffentlichten Hubs; geht `base_url` vor
help-hub-output-dir = { help-build-output-dir }
help-hub-jobs = { help-build-jobs }
help-hub-timings = { help-build-timings }

## patchpress theme

help-theme = Ein Theme anlegen, Dateien des Standard-Themes kopieren, Templates prüfen
help-theme-long =
    Legt ein Theme an, kopiert Dateien des Standard-Themes hinein und prüft seine Templates.

    Ein Theme ist ein Ordner `themes/NAME`; `theme = "NAME"` in der site.toml wählt es aus. Jede seiner Dateien
    ersetzt die eingebaute Datei mit demselben Pfad. Alle anderen Dateien bleiben eingebaut.

## patchpress theme new

help-theme-new = Ein Theme anlegen: ein Stylesheet und ein Basis-Template
help-theme-new-after =
    Beispiele:
      patchpress theme new mine                             danach `theme = "mine"` in site.toml

    Exit-Codes: 0 Erfolg, 2 Fehler.
help-theme-new-name = Name des Themes: Buchstaben, Ziffern, `-` und `_`

## patchpress theme eject

help-theme-eject = Dateien des Standard-Themes in das Theme der Website kopieren
help-theme-eject-after =
    Beispiele:
      patchpress theme eject                                die Dateien des Standard-Themes auflisten
      patchpress theme eject series.html style.css

    Eine Kopie folgt neuen Versionen von patchpress nicht. Um nur einen Teil eines Templates zu ändern,
    legen Sie eine Datei mit demselben Namen an, die {"{"}% extends "default/series.html" %{"}"} sagt
    und einen Block überschreibt.

    Dateien, die es schon gibt, bleiben unverändert. Exit-Codes: 0 Erfolg, 1 eine Datei gibt es schon, 2
    Fehler.
help-theme-eject-files = Dateien des Standard-Themes; ohne Angabe werden alle aufgelistet

## patchpress theme check

help-theme-check = Alle Templates auf unbekannte Namen und auf Fehler bei seltenen Seiten prüfen
help-theme-check-long =
    Prüft die Templates eines Themes, auch für Seiten, die die Website heute nicht hat. Der Befehl meldet Namen, die
    es nicht gibt (`{"{"}% if autor %{"}"}` ist falsch, und kein Bau meldet es), Werte, die ein Feld nie hat
    (`state.word == "aplied"`), fehlende Dateien und Templates, die an Testdaten scheitern: an alten Seiten ohne
    Diffs, an Pull-Requests, an der Seite für fehlende Adressen, an leeren Seiten.

    Er liest keine Nachrichten und schreibt nichts.
help-theme-check-after =
    Beispiele:
      patchpress theme check
      patchpress theme check table --strict                 ein anderes; Warnungen gelten als Fehler
      patchpress theme check --format json | jq -r '"\(.file):\(.line): \(.message)"'

    --format json gibt je Befund und Zeile ein Objekt mit den Schlüsseln schema, kind, severity (error
    oder warning), rule, file, line (null: die ganze Datei), column (null: die ganze Zeile), message und
    hint aus.
    Exit-Codes: 0 keine Fehler, 1 Fehler (--strict: oder Warnungen), 2 gescheitert.
help-theme-check-name = Ein Theme der Website [Vorgabe: das der site.toml]
help-theme-check-format = { help-check-format }
help-theme-check-format-text = { help-check-format-text }
help-theme-check-format-json = { help-check-format-json }
help-theme-check-strict = { help-check-strict }

## patchpress completions

help-completions = Die Befehlsergänzung für eine Shell ausgeben
help-completions-after =
    Beispiele:
      patchpress completions bash > ~/.local/share/bash-completion/completions/patchpress
      patchpress completions fish > ~/.config/fish/completions/patchpress.fish
help-completions-shell = Shell, für die das Skript bestimmt ist

## patchpress man

help-man = Die Handbuchseite von patchpress oder eines Befehls ausgeben
help-man-after =
    Beispiele:
      patchpress man build | man -l -
      patchpress man > ~/.local/share/man/man1/patchpress.1
help-man-verb = Befehl; ohne ihn die Seite von patchpress selbst

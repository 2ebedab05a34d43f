### Die Wörter im Kopf eines Briefs und in der Übersicht.

archive-from = Von:
archive-date = Datum:
archive-subject = Betreff:
archive-lists = Listen:
archive-by = von { $name }
archive-at = { $day }
archive-overview = Übersicht
archive-top = ^ zur Übersicht
archive-permalink = Permalink

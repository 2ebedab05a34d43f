### Die Wörter der Spalten.

table-series = Serie
table-patches = Patches
table-reviewed = Begutachtet
table-lines = Zeilen
table-replies = Antworten
table-date = Datum
table-submitter = Von
table-state = Stand
table-thread = Diskussion
table-messages = Nachrichten

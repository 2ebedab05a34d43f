### The words of the table's columns.

table-series = Series
table-patches = Patches
table-reviewed = Reviewed
table-lines = Lines
table-replies = Replies
table-date = Date
table-submitter = Submitter
table-state = State
table-thread = Thread
table-messages = Messages

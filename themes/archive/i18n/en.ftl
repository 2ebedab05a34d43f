### The words of a letter's head, and of an overview.

archive-from = From:
archive-date = Date:
archive-subject = Subject:
archive-lists = Lists:
archive-by = by { $name }
archive-at = { $day }
archive-overview = Thread overview
archive-top = ^ to the overview
archive-permalink = permalink

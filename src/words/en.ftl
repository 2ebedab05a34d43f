# Words of patchpress, English.
#
# The syntax is Fluent (https://projectfluent.org/fluent/guide/). A key names the meaning of an entry, not its place.
# An entry that selects by a number, or that says NUMBER($n), writes the number in the form of the language.
# In templates `<code>` is markup. So is a tag for which the template gives an address, as in `<link>…</link>`.

## Numbers and dates

# The thousands separator.
number-group = ,
# Months, and days of the week from Monday on.
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
date-long = { $day } { $month } { $year }
date-short = { $day } { $month } { $year }
date-weekday = { $weekday }, { $date }
date-day-month = { $day } { $month }
date-day-month-short = { $day } { $month }
# A day before the end of a span in the same month: `23 – 28 February 2026`.
date-day = { $day }
date-month = { $month } { $year }
date-span = { $first } – { $last }
# A time of day with the zone.
undated = undated
period-week = Week { $week }, { $year }
period-week-short = Week { $week }
# Two commits of an archive.
period-commits = { $first } to { $last }
duration-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
    }
duration-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
    }
duration-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
    }
duration-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
    }

## Around every page

page-skip = Skip to the text
nav-site = Site
nav-here = Breadcrumbs
nav-turn = Previous and next
nav-turn-again = Previous and next, repeated
nav-digests = Digests
nav-queues = Queues
nav-people = People
nav-paths = Paths
nav-statistics = Statistics
nav-feeds = Feeds
nav-search = Search
search-action = Search
search-archive = Search the archive
feed = Feed
feed-named = Feed: { $name }
imprint = Made with patchpress from the list’s archive. Messages belong to their authors.
# On old pages, when the site is too large for the limits of its host.
thinned-diffs = To keep this site within the limits of its host, the diffs of this old page are left out.
thinned-texts = To keep this site within the limits of its host, the messages and diffs of this old page are left out.
thinned-archive = The list’s archive has all of it.

## A page that is not there

page-contents = Contents
page-moved = This page has moved <page>somewhere else</page>.
page-section = In this section
footnote-back = Back to the text
alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution
missing-page-title = Page not found
missing-page = There is nothing at this address
missing-page-description = There is nothing at this address.
missing-page-way = The address may be misspelled. The <home>front page</home> shows what is new, and the <digests>digests</digests> lead to everything that was ever posted.
missing-page-search = The <search>search</search> finds a Message-ID, a title or a name. It also takes links to a list’s archive.

## Counts

messages = { $n ->
    [one] { $n } message
   *[other] { $n } messages
    }
replies = { $n ->
    [one] { $n } reply
   *[other] { $n } replies
    }
new-replies = { $n ->
    [one] { $n } new reply
   *[other] { $n } new replies
    }
patches = { $n ->
    [one] { $n } patch
   *[other] { $n } patches
    }
series-count = { NUMBER($n) } series
new-series-count = { NUMBER($n) } new series
revised-count = { NUMBER($n) } revised
applied-count = { NUMBER($n) } applied
missing-count = { NUMBER($n) } missing
reviewed-count = { NUMBER($n) } of { NUMBER($all) } reviewed
threads = { $n ->
    [one] { $n } thread
   *[other] { $n } threads
    }
people-count = { $n ->
    [one] { $n } person
   *[other] { $n } people
    }
files = { $n ->
    [one] { $n } file
   *[other] { $n } files
    }
lines = { $n ->
    [one] { $n } line
   *[other] { $n } lines
    }
bytes = { $n ->
    [one] { $n } byte
   *[other] { $n } bytes
    }
commits = { $n ->
    [one] { $n } commit
   *[other] { $n } commits
    }
commits-by = { $n ->
    [one] { $n } commit
   *[other] { $n } commits
    } by { $people ->
    [one] { $people } person
   *[other] { $people } people
    }
more-commits = { $n ->
    [one] { $n } more commit
   *[other] { $n } more commits
    } not shown here.
more = { NUMBER($n) } more
and-more = and { NUMBER($n) } more
and-more-earlier = and { NUMBER($n) } more, earlier
more-in = { NUMBER($n) } more in { $digest }
more-in-digests = { NUMBER($n) } more are in the <digests>digests</digests>.
more-earlier-in-digests = { NUMBER($n) } more, earlier, are in the <digests>digests</digests>.
more-earlier-in-folders = { NUMBER($n) } more, earlier, are in the <digests>digests</digests> and on the pages of the folders in it.
more-messages-there = { $n ->
    [one] { $n } more message is
   *[other] { $n } more messages are
    } there.
show-all = All { NUMBER($n) }

## Words of every kind of page

attachment = attachment
page-of = Page of { $name }
# A day after a fact: `applied on 3 March 2026`.
on-day = {" "}on { $day }
of-day = {" "}of { $day }
in-files = {" "}in { $n ->
    [one] { $n } file
   *[other] { $n } files
    }
# Before the path of a folder, shown as code.
in-folder = in
robot = robot
in-reply-to = in reply to <message>{ $name }</message>
dated = dated { $time }
archive = archive
sent-by = sent by { $name }
patch = Patch
patch-numbered = Patch { $number }
patch-numbered-inline = patch { $number }
patch-before = Patch before: { $patch }
patch-after = Patch after: { $patch }
cover-letter = Cover letter
side-by-side = Side by side
later-pages = On the next pages
pages-of-messages = Pages of messages
page-number = Page { $number }
numbers-link = the numbers
numbers = The numbers
column-when = When
column-patch = Patch
column-patches = Patches
column-lines = Lines
column-number = No.
column-reviews = Reviews
column-review = Review
column-how = How
column-machine = Machine
column-author-replied = Author replied

## Digests

digests = Digests
digests-of = Digests of
digests-by-commits = By commits of the archive
digests-none = There are no digests yet.
digest-empty = Nothing was posted.
digest-with-links = The digest with all its links
digest-inside = In this digest
digest-other-forms = <whole>The whole digest on one page</whole>, for printing. <text>As plain text</text>.
digest-as-text = <text>As plain text</text>.
digest-counted-by-text = These counts come from the text digest.
from-the-editor = From the editor
editors-note = Note
stands-out = What stands out
contributors = Contributors
mail-domains = Mail domains
reviewers = Reviewers
letter-goes-on = The letter goes on: <series>read all of it</series>.
never-arrived = never arrived on the list
first-answers-half = Half of { $of ->
    [new] the new series
   *[all] all series
    } had a reply within <median>{ $time }</median>
first-answers-ninety = , nine in ten within <ninety>{ $time }</ninety>
first-answers-waiting = ; { NUMBER($n) } of { NUMBER($all) } { $n ->
    [one] has
   *[other] have
    } none yet
first-answers-nobody = None of { $of ->
    [new] the new series
   *[all] all series
    } has a reply yet.
first-answers-some = { NUMBER($n) } of { NUMBER($all) } have no reply yet.

## Front page

# Beside the last full digest: the one of the period that is not over.
running-digest = { $digest } so far
list-now = { $n ->
    [0] no messages in this digest
    [one] { NUMBER($n) } message in this digest
   *[other] { NUMBER($n) } messages in this digest
    }
on-each-list = On each list
show-them = Show { NUMBER($n) }
# The time of the newest message that the site has.
as-of = as of { $day }, { $time }
archives-empty = There is nothing in the archives yet.
new-series = New series
new-revisions = New revisions
other-threads = Other threads
also-discussed = Also discussed
most-discussed = Most discussed
newly-waiting = Newly waiting
all-digests = All digests
the-list = The list

## A list

mailing-list = Mailing list
list-holds = { $messages ->
    [one] { $messages } message
   *[other] { $messages } messages
    } and { NUMBER($series) } series
list-holds-from = { $messages ->
    [one] { $messages } message
   *[other] { $messages } messages
    } and { NUMBER($series) } series from { $first } to { $last }
in-no-queue = in no queue
in-no-queue-about = Superseded, rejected or withdrawn; reported as taken, or as about to be taken; a backport, a pull request, or a robot’s posting.
posted-last = Last posted
without-date = Without a date
list-address = Address
list-archive = Archive
list-everything = everything on { $list }
list-all-digests = all of them
most-discussed-about = By number of messages, over all revisions.

## A series

series-from-digest = Known only from a text digest, which has no dates, diffs or replies.
backport = backport
series-replies = { $n ->
    [one] { $n } reply
   *[other] { $n } replies
    } to { $version } by { $people ->
    [one] { $people } person
   *[other] { $people } people
    }.
series-carried = This posting has { NUMBER($n) } of { $all ->
    [one] { $all } patch
   *[other] { $all } patches
    }; the others are unchanged.
series-missing = { NUMBER($n) } of { NUMBER($all) } patches never arrived on the list.
series-life = Progress
count-of = { NUMBER($n) } of { NUMBER($all) }
series-intent = <mail>{ $who }</mail> said{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    } that they will review it.
series-hearsay = <mail>{ $who }</mail> says that it was taken. Nothing else in this archive shows that.
series-promised = <mail>{ $who }</mail> says that they will take it. Nothing in this archive shows that they did.
series-older = This is { $version }. <successor>{ $next }</successor> took its place.
series-older-newest = This is { $version }. <successor>{ $next }</successor> took its place; the newest is <newest>{ $last }</newest>.
revisions = Revisions
revisions-left-out = { NUMBER($n) } more, listed with their neighbours
revisions-left-out-see = { NUMBER($n) } more, see <last>{ $label }</last>
revisions-gap = { $versions } not in this archive
compare-with = Compare { $versions }
follows = { $version } follows { $before }
follows-perhaps = { $version } { $certainty } follows { $before }
not-in-digest = not in the digest
carried-from = carried from { $version }
apply-and-follow = Apply and follow
series-mbox = , for <code>git am series.mbox</code>
in-archive = In the list’s archive
series-feed = : the next revision, reviews, and when the series is applied
same-patch-elsewhere = The same patch elsewhere
changes-in = Changes in { $version }
replies-elsewhere = Replies to messages that are not here
claim-sent = Sent as { $name } from { $address }, which this archive does not know for that name. The series may be a revision of <series>{ $title }, { $label }</series>, but it supersedes nothing there.
claim-sent-unnamed = Sent as { $name }, which this archive does not know for that sender. The series may be a revision of <series>{ $title }, { $label }</series>, but it supersedes nothing there.
claim-by = <series>{ $title }, { $label }</series> may be a revision of this series. It was sent as { $name } from { $address }, which this archive does not know for that name.
claims-more = { $n ->
    [one] { $n } other series may be a revision of it, too.
   *[other] { $n } other series may be revisions of it, too.
    }
part-of-series = This series has some of the patches of <series>{ $title }, { $label }</series>. That series goes on without them.
part-goes-on = Some of these patches go on in <series>{ $title }, { $label }</series>.
parts-more = { $n ->
    [one] Some go on in { $n } other series, too.
   *[other] Some go on in { $n } other series, too.
    }
no-address = no address

## State of a series

# Without a day, `day` is `none`.
standing-superseded = Superseded{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    }.
standing-superseded-by = Superseded: <mail>{ $who } { $how ->
    [again] posted it again
   *[says] said so
    }</mail>{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    }.
standing-in-part = { $rest ->
    [unknown] Applied at least in part: { NUMBER($n) } of { $all ->
        [one] { $all } patch
       *[other] { $all } patches
        }. No message says what became of the others.
   *[none] Applied in part: { NUMBER($n) } of { $all ->
        [one] { $all } patch
       *[other] { $all } patches
        }.
    }
standing-part-said = Applied in part, says <mail>{ $who }</mail>.
standing-held-back = The others were held back: see <mail>{ $who }</mail>.
standing-taken-back = <mail>Its author</mail> took it back for changes{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    }.
standing-changes-by = <mail>{ $who }</mail> requested changes{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    }.
standing-changes = Changes were requested{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    }.
standing-withdrawn = <mail>Its author</mail> withdrew it{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    }.
standing-rejected-by = <mail>{ $who }</mail> rejected it{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    }.
standing-rejected = It was rejected{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    }.
standing-quiet = No message on this list says that somebody applied it{ $day ->
    [none] {""}
   *[day] ; the last one is from { $day }
    }.
standing-reviewed = Every patch has a review.
standing-discussed = Under discussion{ $day ->
    [none] {""}
   *[day] : the last message is from { $day }
    }.
standing-new = Nobody has replied yet.
standing-new-intent = Nobody has reviewed it yet.
standing-said = { $state }{ $how ->
    [again] : <mail>{ $who } posted it again</mail>
    [cites] : <mail>{ $who } cited its commit</mail>
    [builds-on] , it seems: <mail>{ $who } built on it</mail>
   *[says] : <mail>{ $who } said so</mail>
    }{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    }.
taken-cited = (cited as a commit by { $who })
taken-built-on = (it seems: { $who } built on it)
standing-commit = { $state } as <code>{ $commit }</code>{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    }.
standing-other = { $state }{ $day ->
    [none] {""}
   *[day] {" "}on { $day }
    }.
taken-group-some = { $n ->
    [one] Patch { $patches } was
   *[other] Patches { $patches } were
    }
taken-group-only = { $n ->
    [one] The patch was
   *[other] The patch were
    }
taken-group-all = { $n ->
    [one] All patches was
   *[other] All patches were
    }
taken-merged = merged
taken-merged-into = merged into <code>{ $tree }</code>
taken-pulled = pulled
taken-pulled-into = pulled into <code>{ $tree }</code>
taken-applied = applied
taken-applied-to = applied to <code>{ $tree }</code>
taken-as = {" "}as <code>{ $commit }</code>
said-so = { $how ->
    [cites] : <mail>{ $who } cited { $n ->
        [one] its commit
       *[other] their commits
        }</mail>
    [builds-on] , it seems: <mail>{ $who } built on { $n ->
        [one] it
       *[other] them
        }</mail>
   *[says] : <mail>{ $who } said so</mail>
    }

## Reviews and machines

reviews-summary = Reviews: { $n ->
    [one] { $n } review
   *[other] { $n } reviews
    } by { $people ->
    [one] { $people } person
   *[other] { $people } people
    }
reviews-summary-aside = ; { NUMBER($n) } more that { $n ->
    [one] does
   *[other] do
    } not count
reviews-aside-only = Reviews: { $n ->
    [one] { $n } review that does not count
   *[other] { $n } reviews that do not count
    }
reviews-of = Reviews of { $patch }
reviews-of-this = Reviews of this patch
machines-summary = Machines: { $n ->
    [one] { $n } message
   *[other] { $n } messages
    }
by-the-author = by the author
replies-to = Replies to { $patch }
replies-to-this = Replies to this
machine-messages = { $n ->
    [one] { $n } message by a machine
   *[other] { $n } messages by machines
    }
replies-and-machine-messages = { $n ->
    [one] { $n } reply
   *[other] { $n } replies
    } and { $machines ->
    [one] { $machines } message by a machine
   *[other] { $machines } messages by machines
    }
diff-own-page = <diff>The diff</diff>, on a page of its own
diff-own-page-of = <diff>The diff of { $number }</diff>, on a page of its own
diff-kicker = Patch { $number }, { $version }
diff-to-message = message, reviews and replies
the-diff = The diff

## Two revisions compared

compare-kicker = What changed from { $old } to { $new }
compare-retitled = It was “{ $title }” in { $version }.
compare-estimated = The revisions are too large for an exact match: their patches were matched by title, or by an estimate.
authors-words = The author’s words
compare-how = These are differences between the patches as mailed, not between trees
compare-marks = They have the form of <code>git range-diff</code>. The first mark of a line says which revision has the line: <code>-</code> only the old one, <code>+</code> only the new one, a blank both. The second mark belongs to the patch.
compare-by-b4 = In a tree with the base commits of both: <code>b4 diff { $id }</code>
compare-by-git = With each revision applied to its own branch: <code>git range-diff base..old base..new</code>
compare-rewritten = So little is left of the old patch that a difference would show both patches in full. The links lead to them.
compare-no-room = This page has no room for the difference. The links lead to both patches.
compare-moved = moved
compare-not-sent-again = not sent again
compare-was = was “{ $title }”
compare-tally = Patches, { $versions }

## A thread

pull-request = Pull request
announcement = Announcement
thread = Thread
messages-on-this-page = { $n ->
    [one] { $n } message
   *[other] { $n } messages
    }, { NUMBER($shown) } of them on this page
pull-request-by = Pull request by { $name }
announcement-by = Announcement by { $name }
pull-from = From
pull-reference = Pull
pull-commits = Commits
pull-status = Status
posted-in-thread = Posted in this thread: <series>{ $title }</series>
outline = Outline: { $messages } by { $people }
outline-open = { $n ->
    [one] { $n } open point
   *[other] { $n } open points
    }
outline-more = { $n ->
    [one] { $n } more message
   *[other] { $n } more messages
    }
open-points = Without a reply:
point-question = <mail>{ $who }</mail> asks: “{ $words }”
point-objection = <mail>{ $who }</mail> objects: “{ $words }”
point-resolved = { $how ->
    [reviewed] Resolved in <proof>{ $version }</proof>: { $who } reviewed it.
    [named] Taken up in <proof>{ $version }</proof>: its changelog names { $who }.
   *[gone] <proof>{ $version }</proof> is without this patch.
    }
place-of = { $place } of { $all }
place-parent = parent message
place-previous = previous message
place-next = next message
matrix = Reviews by patch and revision
matrix-about = The first revision with a tag. Crossed out: the newest revision does not have it.
matrix-more = { $n ->
    [one] { $n } more reviewer is in the table above.
   *[other] { $n } more reviewers are in the table above.
    }
released = Released:
since-digest = Since the last digest: { $changes }
since-reviewers = { $n ->
    [one] { $n } reviewer
   *[other] { $n } reviewers
    }
since-new = new
since-count = { $n } new since your last visit
key-next-reply = next reply
key-previous-reply = previous reply
key-answered = the message to which this reply responds
report-syzbot = Report by syzbot
report-robot = Report by a test robot
report-tracker = Report in a bug tracker
report-regression = Regression
report-bug = Bug report
report-open = open
report-fix-posted = fix posted
report-fixed = fixed
report-closed = closed
report-fixes = { $n ->
    [one] Fix:
   *[other] Fixes:
    }
report-commit = <mail>{ $who }</mail> names the fix: { $commit }.
report-told = State according to <mail>{ $who }</mail>.
report-later = A later revision was posted: <link>{ $revision }</link>.
report-replaced = The patch that this report is about was replaced or dropped.
fixed-reports = Reports that it fixes

## People

person = Person
people = People
people-dateline = { $n ->
    [one] { $n } person
   *[other] { $n } people
    } who posted or reviewed a series, the most active first
by-initial = By initial
column-name = Name
column-series = Series
column-applied = Applied
column-reviews-given = Reviews given
column-last-seen = Last seen
people-most-active = These are the { NUMBER($n) } most active.
people-most-active-initials = These are the { NUMBER($n) } most active; the others are listed by initial.
people-about = A series counts for everybody who posted a revision of it. It counts as applied if a maintainer took at least a part of it. Reviews are tags given in replies, such as Reviewed-by. A person with a single series links to that series.
people-none = Nobody has posted a series yet.
posted = Posted
reviewed = Reviewed
reviewed-by = Reviewed by
reviews-for = Reviews for
works-in = Works in
see-more = More
person-feed = Feed of what they post
namesake = Same name, another address: <person>{ $name }</person>

## Folders

folder = Folder
folders-in-it = Folders in it
files-by-series = Files, by series
posted-by = Posted by
folder-feed = Feed of this folder
paths = Paths
paths-dateline = { $n ->
    [one] { $n } folder
   *[other] { $n } folders
    } that at least two series change
open-count = { NUMBER($n) } open
paths-more = { $n ->
    [one] { $n } folder
   *[other] { $n } folders
    } with fewer series are on the pages of their parent folders.
paths-none = No folder has two series yet.
paths-how = How to read this
paths-about = The number counts the series whose newest revision changes something in the folder. Open series are those that nobody has taken or rejected yet. A folder that contains only one folder is shown as one step with it.
files-in-no-folder = Files in no folder

## Statistics

statistics = Statistics
statistics-heading = { $site } in numbers
year-by-year = Year by year
years-about = The numbers of a year are those of all its digests together. The year links to them.
column-year = Year
column-messages = Messages
column-patches-about = Patches and cover letters
column-authors = Authors
column-reviewers = Reviewers
column-new-series = New series
column-applied-about = New series that have been applied, in whole or in part
column-half-replied = Half had a reply within
column-no-reply = No reply
column-no-reply-about = New series without a reply so far; backports and machines’ postings do not count
over-time = Over time
reviewers-about = By reviews given in replies.
spam = Left out as spam
spam-about = These threads are in no digest, feed or search.

## Feeds

feeds = Feeds
feeds-about = Copy an address into a feed reader, and it brings you what is new. You need no account, and you get no mail.
feed-also-as = {" "}Also as { $forms }.
feeds-one-thing = Feeds about one thing
feeds-a-series = A series
feeds-a-series-about = The page of each series has a feed, under “Apply and follow”. It reports the next revision, requests for changes, complete reviews, and when the series is applied.
feeds-a-person = A person
feeds-a-person-about = What a person posts, and what becomes of it: on the pages of people who posted three series or more.
feeds-a-folder = A folder
feeds-a-folder-about = Changes to a part of the source: on the pages of folders that five series or more change.
feeds-all = All at once
feeds-opml = <opml>feeds.opml</opml> lists feeds for readers that import it. No entry is in two of them: they are the feed of the digests and the feed of each list, or, if lists share series, the feed of everything instead. Older entries are in the archive of each feed, for readers that fetch it (RFC 5005).

## Search

search = Search
search-holds = { NUMBER($series) } series and { $threads ->
    [one] { $threads } thread
   *[other] { $threads } threads
    }
search-box = Words, a Message-ID, a link to a list’s archive
search-without-script = Search needs JavaScript, and JavaScript is off. Ask a search engine for <code>site:{ $site }</code> and your words, or look through the <digests>digests</digests>{ $archives }.
search-other-archives = , or use the search of the list’s own archive:
search-help = What you can type
search-help-words = all of these words, in titles, paths, functions, names, commit messages or replies; the last word can be incomplete
search-help-phrase = these words, one after the other, in a title
search-help-not = not this word
search-help-title = in a title
search-help-text = in a commit message, cover letter or reply (<code>nq:</code> too; <code>bs:</code> with titles)
search-help-author = an author’s name or address
search-help-reviewer = a reviewer
search-help-anybody = anybody who took part; <code>t:</code> and <code>c:</code> find reviewers and people who replied, because recipients are not recorded
search-help-path = the path of a changed file
search-help-function = a function in a hunk’s header
search-help-date = posted at that time; <code>d:20200301..</code>, <code>d:2.weeks.ago..</code>
search-help-state = a state: <code>new</code>, <code>discussed</code>, <code>changes-requested</code>, <code>reviewed</code>, <code>quiet</code>, <code>superseded</code>, <code>rejected</code>, <code>partly-applied</code>, <code>merged</code>; or <code>rfc</code>, <code>resend</code>, <code>series</code>, <code>thread</code>, <code>pull</code>, <code>person</code>, <code>page</code>
search-help-version = the newest revision; <code>v:>3</code>, <code>v:2..4</code>
search-help-list = posted on that list
search-help-message = the message or change with this ID
saved-query = Saved query
saved-queries = Saved queries
query-page = page
query-series = Series
query-person = posted by { $who }
query-folder = in { $path }
query-function = with a change in { $name }
query-list = on { $list }
query-state = in the state { $states }

## Facts of a row; the number and its noun stay on one line

row-patches = { $n ->
    [one] { $n } patch
   *[other] { $n } patches
    }
row-replies = { $n ->
    [one] { $n } reply
   *[other] { $n } replies
    }
row-new-replies = { $n ->
    [one] { $n } new reply
   *[other] { $n } new replies
    }

## Titles and descriptions of pages

page-on-list = { $what } on { $list }
page-on-list-about = { $what } on { $list }. { $about }
list-about = The mailing list { $list }: { NUMBER($n) } series; what waits for review, what is ready, and what was applied.
home-about = What was posted, discussed and applied: { $site }.
feeds-page-about = Follow { $site } in a feed reader.
statistics-about = How { $site } works, in numbers.
search-page-about = Search the patches and threads of { $site }.
digests-about = Every digest of { $site }, by year.
digests-year-about = The digests of { $year } of { $site }.
digest-about = { $digest }: { $messages ->
    [one] { $messages } message
   *[other] { $messages } messages
    }{ $series ->
    [0] {""}
   *[other] {" "}and { NUMBER($series) } series posted
    }. What was posted, discussed and applied.
digest-on-one-page = { $digest } on one page
digest-on-one-page-about = { $about } With letters and patches, to print.
series-about = { $kind ->
    [rfc] Request for comments
   *[patches] Patches
    } by { $author }: { $patches ->
    [one] { $patches } patch
   *[other] { $patches } patches
    }, { $replies ->
    [one] { $replies } reply
   *[other] { $replies } replies
    }.
series-feed-title = New revisions of this series
newest-revision = Newest revision
thread-page = { $title } (page { $page })
thread-about = A thread of { $n ->
    [one] { $n } message
   *[other] { $n } messages
    }, started by { $author }.
replies-page = { $title } ({ $version }, replies, page { $page })
replies-page-about = Replies to { $version } of “{ $title }”.
diff-about = The diff of a patch of “{ $title }”.
compared-versions = { $old } with { $new }
compare-about = What changed in the patches, { $versions }: { $counts }.
people-page = People, { $initial }
people-page-about = Who posts and reviews on { $site }: { $n ->
    [one] { $n } person
   *[other] { $n } people
    }.
people-initial-about = Who posts and reviews on { $site }, { $initial }: { $n ->
    [one] { $n } person
   *[other] { $n } people
    }.
people-other-initial = Other
everybody = Everybody
person-about = { $name } on { $site }: { NUMBER($posted) } series posted, { NUMBER($applied) } applied, { NUMBER($reviewed) } reviewed.
posted-by-person = Posted by { $name }
paths-page-about = What patches on { $site } change: { $n ->
    [one] { $n } folder
   *[other] { $n } folders
    }, with their series.
patches-to = Patches to { $path }
path-about = Patches to { $path } on { $site }: { NUMBER($n) } series.

## The pages of a hub

hub-nothing = No digests yet
hub-holds = { $lists ->
    [one] { NUMBER($lists) } list
   *[other] { NUMBER($lists) } lists
}, { NUMBER($series) } series, { $messages ->
    [one] { NUMBER($messages) } message
   *[other] { NUMBER($messages) } messages
}
hub-lists = Lists
hub-column-now = New messages
hub-column-waiting = Waiting
hub-column-ready = Ready
hub-column-newest = As of
hub-column-sites = Sites
hub-troubles = Sites that could not be read
hub-stale-since = This page shows the last good copy of it, with messages up to { $day }.
hub-stale = This page shows the last good copy of it.
hub-missing = This page has nothing of it.
hub-is-stale = (old copy)
hub-events = What is new
hub-also-on = on
hub-site = Site
hub-shared = On several sites
hub-shared-about = Series that were posted to lists of several sites. Each site shows the replies and the state that its own lists have.
hub-month-about = Series on several sites, { $month }.
hub-list-about = The newest digests of { $list }, on the site { $site }.
hub-people-about = Who posts and reviews on { $site }.
hub-people-counts = Each site counts a series once for everybody who posted a revision of it and for everybody who reviewed it.
hub-search-about = Search the series of { $site }.
hub-search-box = Words of a title, an author
hub-search-without-script = Search needs JavaScript, and JavaScript is off.
hub-search-help-author = an author’s name
hub-opml = Feeds of all lists (OPML)
hub-imprint = Made with patchpress from what the sites of the lists export. Messages belong to their authors.

## Queues: what a series waits for

queue-waiting = Waiting for review
queue-waiting-label = waiting for review
queue-waiting-about = Only the author has replied to the newest revision, apart from promises to review it. Longest wait first.
queue-discussed = Under discussion
queue-discussed-label = under discussion
queue-discussed-about = It has replies, and nothing is settled yet. Newest first.
queue-ready = Ready
queue-ready-label = ready
queue-ready-about = Every patch has a review, nothing has been left open since, and no maintainer has applied it yet. Longest wait first.
queue-overlooked = Reviewed, then silence
queue-overlooked-label = reviewed, then silence
queue-overlooked-about = Every patch has a review, no mail says that a maintainer applied it, and no mail has come for a long time. Last reviewed first.
queue-changes = Changes requested
queue-changes-label = changes requested
queue-changes-about = It is the author’s turn. Latest request first.
queue-quiet = Went quiet
queue-quiet-label = went quiet
queue-quiet-about = No message on the list says that somebody applied it. Reviews are missing or something is open, and nobody has written for a long time. Latest message first.
queue-applied = Applied
queue-applied-label = applied
queue-applied-about = A maintainer applied it, or a part of it. Latest first.
waits-since = since { $day }
waits-since-intent = since { $day }; { $who } will review it
reviewed-by-on = reviewed by { $who }, { $day }
reviewed-by-on-answered = reviewed by { $who }, { $day }; { $other } replied on { $later }
by-on = by { $who }, { $day }
as-commit-on = as { $commit }, { $day }
revision-promised-on = another revision promised, { $day }

## States

state-new = new
state-discussed = under discussion
state-changes-requested = changes requested
state-reviewed = reviewed
state-quiet = quiet
state-superseded = superseded
state-rejected = rejected
state-partly-applied = applied in part
state-partly-applied-or-more = applied at least in part
state-applied = applied
state-merged = merged
state-applied-only = applied, not merged yet
step-posted = posted
step-applied = applied
step-pulled = pulled
step-merged = in the mainline
step-stable = in stable

## Sections of a digest

digest-new-about = Posted for the first time.
digest-revised-about = Posted again, with changes.
digest-discussed = New replies
digest-discussed-about = Posted earlier; they have new replies.
digest-applied = Applied
digest-applied-about = A maintainer took all or part of it.
digest-changes = Sent back
digest-changes-about = Changes were requested, or it was rejected.
digest-waiting-about = Posted in this period or the one before, and only the author has replied.
digest-quiet = Fell silent
digest-quiet-about = Not applied, and no mail for a long time.
digest-fixes = Fixes
digest-fixes-about = Posted with a Fixes: line or for stable.
digest-rfcs = Requests for comments
digest-rfcs-about = Not meant to be applied yet.
digest-traffic = Backports and robots’ postings
digest-traffic-about = For stable trees, or sent by a machine: they wait for nobody.
digest-reports = Bug reports
digest-reports-about = Reports by people, test robots and bug trackers, with their states.
digest-pulls = Pull requests
digest-pulls-about = Requests to pull from a repository.
digest-other-about = Questions, reports, announcements.
label-new = New
label-updated = Updated { $version }
label-again = Posted again
label-applied = Applied
label-applied-in-part = Applied in part
label-discussed = Discussed
label-changes = Sent back
label-waiting = Waiting
label-quiet = Silent
# An item of a digest, after what happened to it.
labelled = { $label }: { $title }
count-new = { $n ->
    [one] new series
   *[other] new series
    }
count-revised = { $n ->
    [one] revised series
   *[other] revised series
    }
count-discussed = with new replies
count-applied = applied
count-changes = sent back
count-waiting = newly waiting
count-quiet = fell silent
count-messages = { $n ->
    [one] message
   *[other] messages
    }
count-messages-of-period = Messages of the period, without spam.
count-entries = { $n ->
    [one] entry
   *[other] entries
    }
count-entries-about = Entries of the text digest.
last-mail-on = last mail { $day }
taken-by = taken by { $who }
taken-in-part = { NUMBER($n) } of { NUMBER($all) } taken
taken-in-part-by = { NUMBER($n) } of { NUMBER($all) } taken by { $who }
label-of-version = { $label } (patches of { $version })
taken-as-commit = taken as { $commit }
taken-in-part-as-commit = { NUMBER($n) } of { NUMBER($all) } taken as { $commit }
withdrawn-by = withdrawn by { $who }
rejected-by = rejected by { $who }
revision-promised-by = another revision promised by { $who }
changes-requested-by = changes requested by { $who }
# Why a conversation stands out: the number of people and of their messages.
top-talk = { $people }, { $messages }
top-objections = { $n ->
    [one] { $n } objection
   *[other] { $n } objections
    }
top-rejected = NAK
top-new = new
top-revised = new revision
# The harm to users that a conversation is about.
harm-crash = a crash or a hang
harm-regression = a regression
harm-memory = a memory error
harm-security = security
harm-data = data loss or corruption
also-stands-out = Also worth a look

## Charts

chart-messages = Messages per { $unit ->
    [day] day
    [week] week
    [month] month
    [quarter] quarter
   *[year] year
    }
chart-waits = New series per { $unit ->
    [day] day
    [week] week
    [month] month
    [quarter] quarter
   *[year] year
    }, by time to the first reply
chart-outcomes = New series per { $unit ->
    [day] day
    [week] week
    [month] month
    [quarter] quarter
   *[year] year
    }, by outcome
chart-people = People per { $unit ->
    [day] day
    [week] week
    [month] month
    [quarter] quarter
   *[year] year
    }
chart-activity = Revisions posted and reviews given per { $unit ->
    [day] day
    [week] week
    [month] month
    [quarter] quarter
   *[year] year
    }
chart-description = { $what }, from { $first } to { $last }; the maximum is { $most }, in { $when }.
chart-and = {" "}and{" "}
chart-quarter = Q{ $quarter } { $year }
chart-digest-description = From { $first } to { $last }, which has { $n ->
    [one] { $n } message
   *[other] { $n } messages
    }. The busiest was { $busiest } with { NUMBER($most) } messages.
layer-patches = patches and cover letters
layer-other-messages = other messages
layer-applied = applied, in whole or in part
layer-open = open
layer-closed = closed
layer-authors = authors
layer-reviewers = reviewers
layer-revisions-posted = revisions posted
layer-reviews-given = reviews given

## Numbers of the statistics

within-hour = within an hour
within-6-hours = within 6 hours
within-day = within a day
within-3-days = within 3 days
within-week = within a week
within-30-days = within 30 days
later = later
not-to-this-day = no reply yet
times-heading = Time to the first reply
times-about = From the first posting of a series to the first mail from somebody other than its authors.
rerolls-heading = Revisions per series
rerolls-about = How often a series was posted until it was taken or given up. Resends do not count.
revisions-count = { $n ->
    [one] { $n } revision
   *[other] { $n } revisions
    }
states-heading = Outcomes
states-about = Each series by its present state, as far as the archive shows it.
count-all-messages-about = All messages, without spam.
count-contributions-about = Patches and cover letters sent by people, in every revision.
count-series = series
count-series-about = Each series counts once, with all its revisions.
count-authors-about = People who posted patches or cover letters.
count-reviewers-about = People who gave reviews in replies.
no-domain = no domain

## Numbers of a person and a folder

count-series-posted = series posted
count-series-posted-about = Series of which they posted a revision.
count-taken-about = Those of them that were applied, in whole or in part.
count-reviews-given = reviews given
count-reviews-given-about = In replies, such as Reviewed-by.
count-series-reviewed = series reviewed
count-series-reviewed-about = Series that they reviewed.
folder-open = Open
folder-open-about = Nobody has taken or rejected it yet.
folder-applied = Applied
folder-closed = Closed
folder-closed-about = Quiet, rejected, superseded, or not meant to be taken here.
folder-series-about = Series whose newest revision changes something in the folder.

## Parts of a series' page

kin-original = the original
kin-backport = a backport
kin-port = for another tree
kin-same = the same again
all-patches = all
scope-series = whole series
scope-named = patches it names
review-given = given in a reply
review-carried-from = carried from { $version }
review-carried = carried
review-declared = in the commit message
review-own = by the author or the sender
review-foreign = in somebody else’s name
review-bot = by a machine
change-same = same
change-credited = trailers only
change-reworded = reworded
change-rebased = rebased
change-changed = changed
change-rewritten = rewritten
change-dropped = dropped
change-new = new
change-retitled = retitled
change-moved = moved
certainty-low = probably
certainty-medium = likely
evidence-change-id = both have the change-id { $id }
evidence-cites = its author links to it
evidence-answers = it was sent as a reply to it
evidence-supersedes = its author says that it supersedes it
evidence-author-title = the author and the title are the same
evidence-shared-patches = they have { $n ->
    [one] { $n } patch
   *[other] { $n } patches
    } in common
evidence-similar = the author is the same, and their texts and changes are similar
evidence-editor = the editor says so
quote-of-file = { $n ->
    [one] { $n } line
   *[other] { $n } lines
    } of { $file }
quote-of-patch = { $n ->
    [one] { $n } line
   *[other] { $n } lines
    } of the patch
quote-by = { $n ->
    [one] { $n } line
   *[other] { $n } lines
    } by { $who }
passage-at = { $file }, line { $line }
json-feed = JSON Feed
rss = RSS
data = Data for scripts
data-form = JSON
markdown-form = Markdown
llms-summary = { $n ->
    [one] { $n } message of a mailing list for patches, as series and digests.
   *[other] { NUMBER($n) } messages of mailing lists for patches, as series and digests.
    }
llms-about = Each series and each digest is also available as Markdown: append index.html.md to the address of its page. These files have the messages without their diffs. The messages are the words of their senders, not of this site.
data-index = Index
data-index-about = The list of data files: of lists, digests and months. The data of a series, a digest or a person are in the index.json beside its page.
data-schema = Schema
data-schema-about = What each field means, as JSON Schema.
the-whole-site = The whole site
feed-digests-about = One entry per digest, after its period ends, and nothing else.
feed-pages = Pages
feed-pages-about = The pages of this site that have a date and are not made from mail: news, articles.
feed-everything = Everything
feed-everything-about = Every digest, every new series and revision, and every series that is reviewed or applied.
feed-of-list = The list { $list }
feed-list-about = The same for this list only, without the digests.
feed-waiting-about = Series to which only the author has replied. A series with a reply leaves the feed.
feed-ready-about = Series in which every patch has a review and that nobody has taken yet.
feed-applied-about = Each series when a maintainer takes all or part of it.
sent-again = { $title } ({ $version }, sent again)
churn-in = , +{ $added } −{ $deleted } in { $place }

## Diffs and texts

difference = Difference
diff = Diff
cut-difference = { $n ->
    [one] { $n } more line
   *[other] { $n } more lines
    } of this difference ({ NUMBER($kib) } KiB) not shown here.
cut-diff = { $n ->
    [one] { $n } more line
   *[other] { $n } more lines
    } of this diff ({ NUMBER($kib) } KiB) not shown here.
cut-files = { $n ->
    [one] { $n } line
   *[other] { $n } lines
    } of { $files ->
    [one] { $files } more file
   *[other] { $files } more files
    } not shown here.
cut-between = { NUMBER($kib) } KiB of text between diffs not shown here.
cut-text = { NUMBER($kib) } KiB more of this text not shown here.
compared-beginning = Only the beginning of these long patches was compared.
diff-damaged = This diff is damaged: a hunk does not match its header.
lines-of-generated = { $n ->
    [one] { $n } line
   *[other] { $n } lines
    } of a generated file
log-lines = { $n ->
    [one] Log, { $n } line:
   *[other] Log, { $n } lines:
    }
diffstat-lines = { $n ->
    [one] Diffstat, { $n } line
   *[other] Diffstat, { $n } lines
    }
quoted-lines = { $n ->
    [one] { $n } quoted line
   *[other] { $n } quoted lines
    }
quotes = Quotes{" "}
file-same-in = the same in { $version }
file-new = new file
file-deleted = deleted
file-renamed = renamed from { $path }
file-copied = copied from { $path }
file-unchanged = unchanged
file-alike = { NUMBER($percent) }% alike
file-mode = mode changed from { $old } to { $new }
file-executable = executable
file-binary = binary
file-binary-bytes = binary, { $n ->
    [one] { $n } byte
   *[other] { $n } bytes
    }
# Moved lines: the first of several facts, then the others.
moved-from-first = { $n ->
    [one] { $n } line
   *[other] { $n } lines
    } moved from { $path }
moved-to-first = { $n ->
    [one] { $n } line
   *[other] { $n } lines
    } moved to { $path }
moved-within-first = { $n ->
    [one] { $n } line
   *[other] { $n } lines
    } moved within the file
moved-from = , { NUMBER($n) } from { $path }
moved-to = , { NUMBER($n) } to { $path }
moved-within = , { NUMBER($n) } within the file
stat-new = new
stat-mode = mode
stat-deleted = deleted
stat-modified = modified
stat-renamed = renamed
stat-copied = copied
stat-files = { $n ->
    [one] { $n } file changed
   *[other] { $n } files changed
    }
stat-insertions = { $n ->
    [one] { $n } insertion(+)
   *[other] { $n } insertions(+)
    }
stat-deletions = { $n ->
    [one] { $n } deletion(-)
   *[other] { $n } deletions(-)
    }
stat-not-listed = ; { NUMBER($n) } files not listed

## Versions of a series

version-resent = { $version } resent
version-in-part = { $version } in part
version-again = { $version } again
version-times = { $version } ({ $times })

## Feeds, mails

feed-digests-title = { $site }: digests
feed-pages-title = { $site }: pages
feed-page-goes-on = Read the rest on the site.
feed-list-title = { $list }: patches
feed-person-title = { $site }: posted by { $name }
feed-numbers = { $messages ->
    [one] { $messages } message
   *[other] { $messages } messages
    }{ $series ->
    [0] {""}
   *[other] , { NUMBER($series) } series posted
    }.
feed-more-in-digest = and { NUMBER($n) } more, in the digest
kind-digest = Digest
kind-new = New series
kind-revision = New revision
kind-reviewed = Reviewed
kind-in-part = Applied in part
kind-applied = Applied
kind-merged = Merged
kind-rejected = Rejected
kind-changes = Changes requested
has-review = It has a review.
turned-by = { $what } by { $who }.
# `trees` are shown as code, `who` are names.
taking-only = The patch { $how ->
    [merged] is merged
   *[applied] was applied
    }
taking-all = All { NUMBER($all) } patches { $how ->
    [merged] are merged
   *[applied] were applied
    }
taking-some-merged = { $n ->
    [one] { $n } of { NUMBER($all) } patches is merged
   *[other] { $n } of { NUMBER($all) } patches are merged
    }
taking-some-applied = { $n ->
    [one] { $n } of { NUMBER($all) } patches was applied
   *[other] { $n } of { NUMBER($all) } patches were applied
    }
taking-merged-into = {" "}into { $trees }
taking-applied-to = {" "}to { $trees }
taking-by = {" "}by { $who }
cut-mark = [cut]
mail-that-says-so = The mail that says so
never-arrived-count = { $number } never arrived
patch-new = { $patch } (new)
patch-gone = { $patch } (in { $version } only)
facts-missing = { $n ->
    [one] { $n } patch
   *[other] { $n } patches
    }, of which { NUMBER($missing) } never arrived on the list
names-more = { $names } and { $n ->
    [one] { $n } other
   *[other] { $n } others
    }
by-who = by { $who }
on-list = on { $list }
bulletin-more = and { NUMBER($n) } more on the site
bulletin-more-elsewhere = and { NUMBER($n) } more
bulletin-note-goes-on = The note goes on, on the site.
note-signed = — { $who }
bulletin-title = { $list }: { $digest }
# The heading of a digest after a colon.
period-week-inside = week { $week }, { $year }
top-contributors = Top contributors
top-contributors-about = By patches and cover letters.
top-domains = Top domains
top-domains-about = The domains of their addresses.
top-reviewers = Top reviewers
top-reviewers-about = By reviews in replies.
kind-person-reviews = Reviews
patch-title-numbered = patch { $number }
kind-pull-request = pull request
kind-thread = thread
kind-person = person
kind-page = page

## Search, by the script of the search page

found-count = { $n ->
    [one] { $n } result
   *[other] { $n } results
    }
found-no-message = No message with this id is here.
found-nothing = Nothing is found. All words must be there: try fewer.
found-unknown-state = There is no such state. “is:” accepts: { $known }.
found-did-you-mean = Did you mean
found-more = More results
found-needs-server = Search needs a web server, because browsers do not let a page read other files from a disk. “patchpress serve” starts one.
found-no-index = The search index could not be loaded ({ $why }).
found-patch = patch { $number }
found-version-patch = { $version }, patch { $number }
found-in = {" "}in{" "}
found-by = by
found-function = function
found-commit-message = commit message
found-reviewed-by = reviewed by
found-reply-by = reply by
found-reply = a reply
found-path = path
found-title = title
no-subject = (no subject)

## Keys and colours, by the site's script

keys = Keyboard shortcuts
keys-single = Use single-key shortcuts
keys-close = Close
key-next = next patch, or next row of a list
key-previous = previous patch, or previous row of a list
key-next-file = next file of a diff
key-previous-file = previous file of a diff
key-older = older revision, or the digest before
key-newer = newer revision, or the digest after
key-series-before = previous series in the digest that you came from
key-series-after = next series in it
key-up = up, to the digest
key-unfold = unfold or fold everything
key-search = search
key-help = this help
in-digest = In { $digest }
place-in-digest = { $digest }, { $place } of { $all }
colours = Theme: { $name }
colours-auto = auto
colours-light = light
colours-dark = dark

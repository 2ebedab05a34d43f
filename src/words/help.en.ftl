# The help of the command line, English.
#
# The syntax is Fluent. An entry is named after its command and its argument: `help-build` is the line of `build` in the
# list of commands, `help-build-long` opens its help, `help-build-after` ends it, `help-build-jobs` is `--jobs`, and
# `help-check-format-json` a value of `--format`.

## Every command

help-usage = Usage:
help-arguments = Arguments
help-options = Options
help-global-options = Global options
help-commands = Commands
# What stands in the usage for the options and for a command.
help-some-options = [OPTIONS]
help-a-command = COMMAND
help-default = [default: { $value }]
help-values = [possible values: { $values }]
help-help = Print help; -h prints a summary
help-version = Print the version
help-help-verb = Print the help of patchpress or of a command

help = Turns the archive of a patch mailing list into a static site
help-long =
    Turns the archive of a patch mailing list into a static site.

    patchpress reads the archives of mailing lists on which patches are posted. It writes a digest of every week, a
    page for every patch series with all its revisions, feeds and a search.
help-after =
    Examples:
      patchpress init kvmarm --list https://lore.kernel.org/kvmarm   create a site for a list
      patchpress serve --open                                        preview it in a browser
      patchpress build --strict                                      build it; fail on warnings
      patchpress export archives/kvmarm | jq .title                  list the title of every revision

    Run `patchpress help COMMAND` for details of a command.
help-root = Site folder [default: the nearest parent folder with a `site.toml`]
help-quiet = Print errors only
help-verbose = Print every warning, and the time that each stage took

## patchpress init

help-init = Create a site
help-init-long =
    Creates a site: site.toml, a first page and a .gitignore.

    It never overwrites a file.
help-init-after =
    Examples:
      patchpress init --list ~/mirrors/linux-mtd            from a local mirror
      patchpress init kvmarm --list https://lore.kernel.org/kvmarm
                                                            from a list; `sync` fetches the mirror
      patchpress init kvmarm --list https://lore.kernel.org/kvmarm --serve
                                                            the same, fetched and shown at once
      patchpress init --list list.mbox --github-pages       with a workflow for GitHub Pages
help-init-dir = Folder of the site; created if it does not exist
help-init-list = Path of the list's archive, or its address on the web
help-init-serve = Fetch the archive, then preview the site in a browser
help-init-github-pages = Add a GitHub workflow that publishes the site to GitHub Pages

## patchpress build

help-build = Build the site
help-build-long =
    Builds the site into its output folder (`public`).

    The new site replaces the old one only when it is complete. A build that fails leaves the last good site in
    place. Files that did not change are not written again. Files that patchpress did not write are never touched.
help-build-after =
    Examples:
      patchpress build
      patchpress build --base-url https://example.org/patches/ --output-dir /srv/www/patches
      patchpress build --strict --notes                     print every warning, fail if there is one
      patchpress build --explain 2026/w09/ --explain feed.atom   why these were written again, or not

    The environment variable PATCHPRESS_BASE_URL also sets the base URL.
    With --quiet, the command still reports messages that an archive has lost.
    Exit codes: 0 success, 1 success with warnings (--strict), 2 failure.
help-build-drafts = Include content pages that are marked as drafts
help-build-strict = Exit with 1 if there are warnings about messages or archives
help-build-allow-shrink = Build even if a list has lost more than a tenth of its messages since the last build
help-build-verify = Verify every output file, even if nothing is new [default: at most 2,000 files then]
help-build-jobs = Number of worker threads; 0 for one per core
help-build-base-url = Address of the published site; overrides `base_url`
help-build-output-dir = Output folder; overrides `[build] output`
help-build-timings = Print the time that each stage took
help-build-notes = Print every warning, not three of each kind
help-build-explain = Explain why a page or a feed was written again, or was not

## patchpress serve

help-serve = Preview the site in a browser and reload it after changes
help-serve-long =
    Serves the site on this machine, under the path of its base URL. It writes nothing: it builds each page on
    request from the current content, theme, site.toml and archives. Open pages reload when one of these changes and
    keep their scroll position. They show an error above the last good version.

    Addresses work as on GitHub Pages: /x serves x.html or redirects to /x/, and 404.html is served for unknown
    addresses.
help-serve-after =
    Examples:
      patchpress serve --open
      patchpress serve --port 8000 --drafts
      patchpress serve -u https://example.org/kvm/          at http://127.0.0.1:1111/kvm/
      patchpress serve --poll                               where the system reports no file changes
      patchpress serve --interface 0.0.0.0 --host lamp.example.org
                                                            for others, under a name

    Without --port, the preview takes the next free port if 1111 is in use. It answers to `localhost`
    and to the addresses of this machine, and to the names that --host gives. It does not ask for a
    password.
help-serve-port = Port; 0 for any free port [default: 1111, or the next free port]
help-serve-interface = Address to listen on
help-serve-host = Host name to answer to, in addition to `localhost`; can be repeated
help-serve-open = Open the site in a browser
help-serve-base-url = Serve the site under the path of this address; overrides `base_url`
help-serve-poll = Look for changes once a second (for WSL, network drives and some containers)
help-serve-drafts = { help-build-drafts }
help-serve-jobs = { help-build-jobs }

## patchpress check

help-check = Check the built site for broken links and other errors
help-check-long =
    Checks the built site: links and anchors, feeds, the Content-Security-Policy, contrast, portable file names and
    page weight. It does not use the network and does not change the site.

    It reads only what changed since the last check that passed, and reports what a full check would report; `--all`
    reads every file.

    The front page records the address under which the site will be served.
help-check-after =
    Examples:
      patchpress build && patchpress check
      patchpress check --strict --all public                read every file, fail on warnings too
      patchpress check --base-path /preview-12/ _site       as if served under this path
      patchpress check --format json | jq -r 'select(.severity == "error") | .file'

    --format json prints one object per finding and line, with the keys schema, kind, severity (error or
    warning), rule, file (null: the whole site), line (null: the whole file), message and hint.
    Exit codes: 0 no errors, 1 errors (--strict: or warnings), 2 failure.
help-check-dir = Folder of the built site [default: the output folder of `site.toml`]
help-check-base-path = Path under which the site will be served; overrides the recorded one
help-check-format = Output format
help-check-format-text = Findings by rule, with totals
help-check-format-json = One JSON object per finding
help-check-all =
    Read every file, not only what changed since the last check that passed; print every finding, not five of each
    rule
help-check-strict = Exit with 1 if there are warnings
help-check-jobs = { help-build-jobs }

## patchpress sync

help-sync = Update the mirrors of the lists
help-sync-long =
    Updates the mirror of every list that has a `mirror` in site.toml with `git fetch`: every epoch of a
    public-inbox, new ones included. If a list names the repository that its patches are for (`tree_mirror`), the
    command also fetches the commits of that repository, without files.

    An interrupted transfer leaves the mirror as it was. The next run continues.
help-sync-after =
    Examples:
      patchpress sync && patchpress build
      patchpress sync --since 2026-01-01                    start a mirror with this year's messages

    Exit codes: 0 success, 1 some mirrors could not be updated, 2 failure.
help-sync-lists = Lists to update [default: all]
help-sync-since = Start a new mirror with the messages since this date
help-sync-tries = Number of attempts for each transfer
help-sync-timeout = Time limit for a transfer, in seconds

## patchpress ping

help-ping = Notify a WebSub hub of changed feeds
help-ping-long =
    Notifies the WebSub hub of the site (`hub` in site.toml) of the feeds that changed since the last run: those of
    the site, of its digests and of its lists. Run it after you have published the site, because the hub fetches the
    feeds at once. It needs curl.

    The next run continues an interrupted one.
help-ping-after =
    Examples:
      patchpress build && rsync -a public/ host:www/ && patchpress ping
      patchpress ping --dry-run                             print the feeds that changed, nothing else

    The base URL can also come from the environment, as PATCHPRESS_BASE_URL.
    Exit codes: 0 success, 2 failure.
help-ping-dry-run = Print the feeds that changed, without notifying the hub
help-ping-base-url = { help-build-base-url }
help-ping-output-dir = Folder of the built site; overrides `[build] output`

## patchpress digest

help-digest = Print a digest
help-digest-long =
    Prints the digest of a period, or of the messages that the commits A..B of an archive added (without A, as in
    git ranges). Without a period, it prints the newest digest, whose period may not be over. `last` is the last
    period that is over.

    All formats have the same sections as the digest's page, and the editor's note. They link to the site if it has
    a `base_url`. The text format also prints commit messages. With the path of an archive, the command needs no
    site.
help-digest-after =
    Examples:
      patchpress digest                                     the newest week of the site
      patchpress digest 2026-W09                            a week; months and days work, too
      patchpress digest last                                the last week that is over
      patchpress digest --since 2026-02-20                  the days from then to today
      patchpress digest --from 89e50b09f --to 26fd6f360 archives/kvm
      patchpress digest 2026-02 list.mbox --format json | jq .contributors
      patchpress digest --format markdown | gh issue create --title "This week" --body-file -
      patchpress digest last --format eml --mail-to me@example.org | sendmail -t

    The mail's sender is `[digest] from` of site.toml, its recipient the address of the list. A mail has
    at most 100 kB; it counts what it leaves out, and links to it. A period without messages is an
    error, so a cron job sends nothing.

    Exit codes: 0 success, 1 success, but the archives have lost messages (see stderr), 2 failure.
help-digest-words = A week, month or day (2026-W09, 2026-02, 2026-02-28), or `last`; then archives
help-digest-since = The days from this date to today, instead of a period
help-digest-from = Start after this commit
help-digest-to = End with this commit
help-digest-format = { help-check-format }
help-digest-format-text = Plain text, in the format of the KVM list's digest
help-digest-format-markdown = Markdown, for an issue, a wiki or a chat
help-digest-format-html = HTML for mail programs, without style sheets
help-digest-format-eml = A mail with a text and an HTML part, for `sendmail -t` or `git send-email`
help-digest-format-json = One JSON object per list
help-digest-messages = Which messages of each series the text format prints
help-digest-messages-all = The cover letter and every patch
help-digest-messages-first = The cover letter and the first patch
help-digest-messages-none = None
help-digest-list = Only this list of the site
help-digest-mail-from = Sender of the mail; overrides `[digest] from`
help-digest-mail-to = Recipient of the mail [default: the address of the list]

## patchpress export

help-export = Print the contents of the archives as JSON Lines
help-export-long =
    Prints the contents of the archives as JSON Lines: one object per line, in UTF-8, sorted. Without an option,
    each line is a revision of a series.

    With the path of an archive, the command needs no site.
help-export-after =
    Examples:
      patchpress export | jq -r 'select(.state == "new") | .title'
      patchpress export --messages archives/linux-mtd | wc -l
      patchpress export --digests list.mbox.gz
      patchpress export --since 2026-02-23 --state reviewed --state discussed
      git show --format=email | patchpress export -         messages from the standard input

    Each site has a JSON Schema of the fields, at schema/patchpress-1.json.

    Exit codes: 0 success, 1 success, but the archives have lost messages (see stderr), 2 failure.
help-export-messages = Print one line per message
help-export-digests = Print one line per period and list
help-export-since = Only revisions and messages since this day, week or month, and digests that end after it starts
help-export-state = Only revisions in this state; can be repeated
help-export-list = Only this list
help-export-archives = Archives to read [default: those of the site]; `-` for the standard input

## patchpress inspect

help-inspect = Print how patchpress reads one message
help-inspect-long =
    Prints how each stage reads one message: its headers, the parts of its subject, its kind, its commit message,
    trailers and files, and the series that it belongs to.
help-inspect-after =
    Examples:
      patchpress inspect 0001-fix.patch
      patchpress inspect 20260228113113.1234-1-ada@example.org
      patchpress inspect 20260228113113.1234-1-ada@example.org list.mbox

    Exit codes: 0 success, 1 success, but the archives have lost messages (see stderr), 2 failure.
help-inspect-mail =
    File with messages (`-`: standard input), a Message-ID, or the address of a message in an archive on the web
help-inspect-archives = Archives to search [default: those of the site]

## patchpress people

help-people = Suggest `.mailmap` lines for people with several addresses
help-people-long =
    Prints `.mailmap` lines for addresses that seem to belong to one person, with the reason above each person. The
    command merges nobody: review the lines and keep those that are right.

    Lines that rest on a name alone come last and are commented out, because people share names and anybody can use
    any name. Lines that the site's `.mailmap` already has are left out. With the path of an archive, the command
    needs no site.
help-people-after =
    Examples:
      patchpress people --suggest > suggested.mailmap
      patchpress people --suggest archives/linux-mtd | less

    Exit codes: 0 success, 1 success, but the archives have lost messages (see stderr), 2 failure.
help-people-suggest = Print suggested lines for `.mailmap`
help-people-archives = Archives to read [default: those of the site]

## patchpress hub

help-hub = Merge sites that were built separately into one
help-hub-long =
    Merges sites into a hub: a static site with a front page of all lists, the series that several of them have,
    their people, one search, and feeds.

    The folder has a `hub.toml` with `title`, `base_url` and `[[sites]]`; each site is the folder of a built site
    (`path`) or its address (`url`). The sites must be built with `hub = true` in the `[build]` section of their
    site.toml. A site that cannot be read does not end the command: the hub shows the last good copy of a site on the
    web, and says so. Fetching needs curl.
help-hub-after =
    Examples:
      patchpress hub                                        the hub of this folder
      patchpress hub kernel --output-dir /srv/www/kernel    that of another folder
      patchpress hub --strict                               fail if a site is missing or old

    The base URL can also come from the environment, as PATCHPRESS_BASE_URL.
    Exit codes: 0 success, 1 a site is missing or old (--strict), 2 failure.
help-hub-dir = Folder of the hub, with its `hub.toml`
help-hub-strict = Exit with 1 if the parts of a site are missing, old or damaged
help-hub-base-url = Address of the published hub; overrides `base_url`
help-hub-output-dir = { help-build-output-dir }
help-hub-jobs = { help-build-jobs }
help-hub-timings = { help-build-timings }

## patchpress theme

help-theme = Create a theme, copy files of the default theme, check templates
help-theme-long =
    Creates a theme, copies files of the default theme into it, and checks its templates.

    A theme is a folder `themes/NAME`; `theme = "NAME"` in site.toml selects it. Each of its files replaces the
    built-in file of the same path. All other files stay built in.

## patchpress theme new

help-theme-new = Create a theme: a style sheet and a base template
help-theme-new-after =
    Examples:
      patchpress theme new mine                             then set `theme = "mine"` in site.toml

    Exit codes: 0 success, 2 failure.
help-theme-new-name = Name of the theme: letters, digits, `-` and `_`

## patchpress theme eject

help-theme-eject = Copy files of the default theme into the site's theme
help-theme-eject-after =
    Examples:
      patchpress theme eject                                list the files of the default theme
      patchpress theme eject series.html style.css

    A copy does not follow new versions of patchpress. To change one part of a template only, create a
    file of the same name that says {"{"}% extends "default/series.html" %{"}"} and overrides a block.

    Existing files are not changed. Exit codes: 0 success, 1 a file exists already, 2 failure.
help-theme-eject-files = Files of the default theme; without any, list them all

## patchpress theme check

help-theme-check = Check every template for unknown names and for errors on rare pages
help-theme-check-long =
    Checks the templates of a theme, also for pages that the site does not have today. It reports names that do not
    exist (`{"{"}% if autor %{"}"}` is false, and no build reports it), values that a field never has (`state.word
    == "aplied"`), missing files, and templates that fail on test data: old pages without diffs, pull requests, the
    page for missing addresses, empty pages.

    It reads no messages and writes nothing.
help-theme-check-after =
    Examples:
      patchpress theme check
      patchpress theme check table --strict                 check another theme, fail on warnings too
      patchpress theme check --format json | jq -r '"\(.file):\(.line): \(.message)"'

    --format json prints one object per finding and line, with the keys schema, kind, severity (error or
    warning), rule, file, line (null: the whole file), column (null: the whole line), message and hint.
    Exit codes: 0 no errors, 1 errors (--strict: or warnings), 2 failure.
help-theme-check-name = A theme of the site [default: the one in site.toml]
help-theme-check-format = { help-check-format }
help-theme-check-format-text = { help-check-format-text }
help-theme-check-format-json = { help-check-format-json }
help-theme-check-strict = { help-check-strict }

## patchpress completions

help-completions = Print a completion script for a shell
help-completions-after =
    Examples:
      patchpress completions bash > ~/.local/share/bash-completion/completions/patchpress
      patchpress completions fish > ~/.config/fish/completions/patchpress.fish
help-completions-shell = Shell to print the script for

## patchpress man

help-man = Print the manual page of patchpress, or of a command
help-man-after =
    Examples:
      patchpress man build | man -l -
      patchpress man > ~/.local/share/man/man1/patchpress.1
help-man-verb = Command; without one, the page of patchpress itself

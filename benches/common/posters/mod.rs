//! What anybody who may post can send in quantity: for each kind, an mbox with `n` of one thing.
//!
//! In: the quantity. Out: the mbox. `tests/suite/ceilings_posted.rs` checks that bytes and work grow in proportion
//! to the quantity, `benches/scale.rs` that time does.

mod answers;
mod crowds;
mod large;
mod mail;
mod reports;
mod works;

/// A kind of mail that somebody can send in quantity.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// Writes the mbox for a quantity.
    pub(crate) mbox: fn(usize) -> String,
    /// The quantity that tests use.
    pub(crate) few: usize,
}

/// Every kind.
pub(crate) const KINDS: &[Kind] = &[
    // A series through its revisions.
    Kind { name: "revisions", mbox: works::revisions, few: 100 },
    Kind { name: "same-title", mbox: works::same_title, few: 100 },
    Kind { name: "revisions-of-sets", mbox: works::revisions_of_sets, few: 100 },
    Kind { name: "two-large-sets", mbox: works::two_large_sets, few: 100 },
    Kind { name: "shuffled-sets", mbox: works::shuffled_sets, few: 100 },
    Kind { name: "partial-rerolls", mbox: works::partial_rerolls, few: 60 },
    Kind { name: "wide-then-long", mbox: works::wide_then_long, few: 100 },
    Kind { name: "revisions-apart", mbox: works::revisions_apart, few: 60 },
    Kind { name: "never-arrived", mbox: works::never_arrived, few: 100 },
    Kind { name: "links-between", mbox: works::links_between, few: 100 },
    Kind { name: "change-ids", mbox: works::change_ids, few: 100 },
    Kind { name: "same-patch", mbox: works::same_patch, few: 100 },
    Kind { name: "similar-titles", mbox: works::similar_titles, few: 100 },
    Kind { name: "one-set", mbox: works::one_set, few: 100 },
    Kind { name: "covers", mbox: works::covers, few: 100 },
    // Many series, threads, people, folders, days.
    Kind { name: "one-week", mbox: crowds::one_week, few: 100 },
    Kind { name: "days", mbox: crowds::days, few: 60 },
    Kind { name: "weeks", mbox: crowds::weeks, few: 60 },
    Kind { name: "days-apart", mbox: crowds::days_apart, few: 60 },
    Kind { name: "bare-days-apart", mbox: crowds::bare_days_apart, few: 60 },
    Kind { name: "bare-weeks-apart", mbox: crowds::bare_weeks_apart, few: 60 },
    Kind { name: "three-a-day", mbox: crowds::three_a_day, few: 180 },
    Kind { name: "all-apart", mbox: crowds::all_apart, few: 60 },
    Kind { name: "patches-apart", mbox: crowds::patches_apart, few: 60 },
    Kind { name: "threads", mbox: crowds::threads, few: 200 },
    Kind { name: "people", mbox: crowds::people, few: 60 },
    Kind { name: "authors", mbox: crowds::authors, few: 60 },
    Kind { name: "names-of-one", mbox: crowds::names_of_one, few: 100 },
    Kind { name: "folders", mbox: crowds::folders, few: 400 },
    Kind { name: "deep-folders", mbox: crowds::deep_folders, few: 400 },
    Kind { name: "folders-in-turn", mbox: crowds::folders_in_turn, few: 60 },
    // Replies.
    Kind { name: "answers", mbox: answers::answers, few: 200 },
    Kind { name: "chain", mbox: answers::chain, few: 200 },
    Kind { name: "references", mbox: answers::references, few: 100 },
    Kind { name: "reviews", mbox: answers::reviews, few: 200 },
    Kind { name: "reviews-of-sets", mbox: answers::reviews_of_sets, few: 40 },
    Kind { name: "trailers", mbox: answers::trailers, few: 400 },
    Kind { name: "trailers-of-patch", mbox: answers::trailers_of_patch, few: 400 },
    Kind { name: "quotes", mbox: answers::quotes, few: 60 },
    Kind { name: "deep-quotes", mbox: answers::deep_quotes, few: 400 },
    Kind { name: "remarks", mbox: answers::remarks, few: 100 },
    Kind { name: "remarks-in-one", mbox: answers::remarks_in_one, few: 200 },
    Kind { name: "applied", mbox: answers::applied, few: 200 },
    Kind { name: "applied-titles", mbox: answers::applied_titles, few: 200 },
    Kind { name: "pull", mbox: answers::pull, few: 200 },
    // Reports, and patches on patches.
    Kind { name: "fixes-of-one", mbox: reports::fixes_of_one, few: 100 },
    Kind { name: "reports-of-one", mbox: reports::reports_of_one, few: 100 },
    Kind { name: "commands", mbox: reports::commands, few: 200 },
    Kind { name: "built-on", mbox: reports::built_on, few: 100 },
    // What one mail names.
    Kind { name: "named-by-many", mbox: answers::named_by_many, few: 200 },
    Kind { name: "names-many", mbox: answers::names_many, few: 100 },
    Kind { name: "all-name-all", mbox: answers::all_name_all, few: 8 },
    Kind { name: "copies", mbox: answers::copies, few: 400 },
    Kind { name: "links", mbox: answers::links, few: 400 },
    // One large mail.
    Kind { name: "files", mbox: large::files, few: 200 },
    Kind { name: "hunks", mbox: large::hunks, few: 400 },
    Kind { name: "lines", mbox: large::lines, few: 2_000 },
    Kind { name: "diffstat", mbox: large::diffstat, few: 400 },
    Kind { name: "changelog", mbox: large::changelog, few: 400 },
    Kind { name: "patches-in-one", mbox: large::patches_in_one, few: 60 },
    Kind { name: "parts", mbox: large::parts, few: 60 },
    Kind { name: "nested-parts", mbox: large::nested_parts, few: 400 },
    Kind { name: "long-word", mbox: large::long_word, few: 20_000 },
    Kind { name: "long-line", mbox: large::long_line, few: 5_000 },
    Kind { name: "long-subject", mbox: large::long_subject, few: 5_000 },
    Kind { name: "long-name", mbox: large::long_name, few: 5_000 },
    Kind { name: "long-path", mbox: large::long_path, few: 5_000 },
    Kind { name: "long-code", mbox: large::long_code, few: 5_000 },
    Kind { name: "words", mbox: large::words, few: 2_000 },
    Kind { name: "entities", mbox: large::entities, few: 5_000 },
    Kind { name: "from-lines", mbox: large::from_lines, few: 400 },
    Kind { name: "headers", mbox: large::headers, few: 400 },
    Kind { name: "encoded-words", mbox: large::encoded_words, few: 400 },
    Kind { name: "empty-mails", mbox: crowds::empty_mails, few: 1_000 },
    Kind { name: "headerless-mails", mbox: crowds::headerless_mails, few: 1_000 },
];

//! `[[query]]`: a saved query, and its check.
//!
//! In: the tables as written. Out: the queries of the site, or an error with line and column. Never here: what a
//! query finds.

use super::{
    List, is_list_name,
    source::Source,
    written::{OneOrMoreWords, QueryTable},
};
use crate::{
    error::{Reason, Result},
    keys,
};

/// The names of a series' states, as in `export`.
pub const STATES: [&str; 10] = [
    "new",
    "discussed",
    "changes-requested",
    "reviewed",
    "quiet",
    "superseded",
    "rejected",
    "partly-applied",
    "applied",
    "merged",
];

/// A saved query: the series that meet all its conditions get a page and a feed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    /// Its name in addresses.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// Posted to this list.
    pub list: Option<String>,
    /// Posted by this person: a name or an address.
    pub person: Option<String>,
    /// The newest revision changes a file in this folder, which ends with a slash.
    pub folder: Option<String>,
    /// A hunk of the newest revision is in this function.
    pub function: Option<String>,
    /// In one of these states; empty for any.
    pub states: Vec<String>,
}

impl Source<'_> {
    pub(super) fn queries(&self, tables: Vec<QueryTable>, lists: &[List]) -> Result<Vec<Query>> {
        let mut queries: Vec<Query> = Vec::with_capacity(tables.len());
        for (n, table) in tables.into_iter().enumerate() {
            if queries.iter().any(|query| query.name == table.name) {
                let reason = format!("there are two queries named `{}`", table.name);
                return Err(self.wrong_of("query", n, "name", reason));
            }
            queries.push(self.query(n, table, lists)?);
        }
        Ok(queries)
    }

    fn query(&self, n: usize, table: QueryTable, lists: &[List]) -> Result<Query> {
        let QueryTable { name, title, list, person, folder, function, state } = table;
        if !is_list_name(&name) {
            let reason = Reason::new(format!("`{name}` cannot be the name of a query")).hint(
                "names are in URLs and made of a-z, 0-9, `-` and `.`, such as `nand-by-jane`",
            );
            return Err(self.wrong_of("query", n, "name", reason));
        }
        let conditions = [("person", &person), ("folder", &folder), ("function", &function)];
        for (key, value) in conditions {
            if value.as_deref().is_some_and(|value| value.trim().is_empty()) {
                return Err(self.wrong_of("query", n, key, format!("`{key}` is empty")));
            }
        }
        if let Some(list) = list.as_deref().filter(|name| lists.iter().all(|l| *l.name != **name)) {
            let known: Vec<&str> = lists.iter().map(|list| &*list.name).collect();
            let reason = Reason::new(format!("no list is called `{list}`"))
                .hint(format!("the lists are `{}`", known.join("`, `")));
            return Err(self.wrong_of("query", n, "list", reason));
        }
        let states = match state {
            None => Vec::new(),
            Some(OneOrMoreWords::One(word)) => vec![word],
            Some(OneOrMoreWords::More(words)) => words,
        };
        if let Some(word) = states.iter().find(|word| !STATES.contains(&word.as_str())) {
            let hint = match keys::nearest(word, &STATES) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the states are `{}`", STATES.join("`, `")),
            };
            let reason = Reason::new(format!("there is no state `{word}`")).hint(hint);
            return Err(self.wrong_of("query", n, "state", reason));
        }
        let is_asked = [&list, &person, &folder, &function].into_iter().any(Option::is_some);
        if !is_asked && states.is_empty() {
            let reason = Reason::new(format!("the query `{name}` has no conditions"))
                .hint("give it a `person`, `folder`, `function`, `state` or `list`");
            return Err(self.wrong_of("query", n, "name", reason));
        }
        let folder = folder.map(|folder| format!("{}/", folder.trim_matches('/')));
        let title = title.unwrap_or_else(|| name.clone());
        Ok(Query { name, title, list, person, folder, function, states })
    }
}

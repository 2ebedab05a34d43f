//! How deep templates lie in each other: each level takes room on the stack of who renders, and a chain of some hundred
//! ends the program.
//!
//! In: the sources of all templates, by name. Out: the first that goes too deep. Circles are the engine's to find; how
//! often a template is included is counted by the guards ([`bounds`](super::bounds)).

use std::collections::HashMap;

use super::{DEFAULT, tags};

/// The most levels. The default theme has 4.
pub(super) const DEEPEST: usize = 24;

/// The name of a template that includes or extends others in more than [`DEEPEST`] levels.
pub(super) fn too_deep(sources: &[(String, String)]) -> Option<&str> {
    let named = sources.iter().map(|(name, source)| (name.as_str(), named(source)));
    let mut walk = Walk { named: named.collect(), levels: HashMap::new() };
    let mut names = sources.iter().map(|(name, _)| name.as_str());
    names.find(|name| walk.levels(name, DEEPEST).is_none())
}

struct Walk<'s> {
    named: HashMap<&'s str, Vec<&'s str>>,
    /// Those that are known.
    levels: HashMap<&'s str, usize>,
}

impl<'s> Walk<'s> {
    /// How many levels are below the template, if there are at most so many.
    fn levels(&mut self, name: &'s str, most: usize) -> Option<usize> {
        if let Some(known) = self.levels.get(name) {
            return (*known <= most).then_some(*known);
        }
        // In a circle it meets itself.
        self.levels.insert(name, 0);
        let mut levels = 0;
        for inner in self.named.get(name).cloned().unwrap_or_default() {
            // The engine reports a name that nobody has.
            let Some(inner) = self.found(inner) else { continue };
            levels = levels.max(1 + self.levels(inner, most.checked_sub(1)?)?);
        }
        self.levels.insert(name, levels);
        Some(levels)
    }

    /// The template that a name stands for: the site's own, or that of the default theme.
    fn found(&self, name: &str) -> Option<&'s str> {
        let own = self.named.get_key_value(name);
        let found = own.or_else(|| self.named.get_key_value(&*format!("{DEFAULT}/{name}")));
        found.map(|(name, _)| *name)
    }
}

/// The names that a template includes or extends.
fn named(source: &str) -> Vec<&str> {
    let named = tags::statements(source).filter(|(word, _)| matches!(*word, "include" | "extends"));
    named.filter_map(|(_, rest)| in_quotes(rest)).collect()
}

fn in_quotes(text: &str) -> Option<&str> {
    let quote = text.find(['"', '\'', '`'])?;
    let (mark, inner) = (&text[quote..=quote], &text[quote + 1..]);
    inner.split(mark).next()
}

//! Limits of templates: a mistake in a theme is an error, not an endless build.
//!
//! In: the source of a site's own template. Out: the same with a guard after each `set` and `include` and in each loop, and the
//! engine's reports without them. A guard is a call of a function, which writes nothing. It counts per page how
//! often loops run and how much data is inspected, and checks the size of a value that was set: a text that is
//! doubled in a loop passes it each time. Never here: the program's own templates, which have no guards; how a page
//! is written.

use std::{
    cell::Cell,
    io::{self, Write},
};

use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::tags::{begin_of_tag, end_of_raw, end_of_tag, end_of_word};

/// The most iterations of all loops on one page. The longest page of this program lists 3,000 rows.
const TURNS: u64 = 2_000_000;
/// The most bytes of a text that a template makes.
const TEXT: usize = 16 << 20;
/// The most bytes of a page.
const PAGE: usize = 64 << 20;
/// How deep lists may be nested.
const DEEPEST: usize = 64;

const TURN: &str = "__turn";
const HELD: &str = "__held";

thread_local! {
    /// The remaining iterations on the page that this thread writes.
    static LEFT: Cell<u64> = const { Cell::new(TURNS) };
}

/// The output of a page with a limit of bytes.
#[derive(Default)]
pub(super) struct Page {
    bytes: Vec<u8>,
    is_full: bool,
}

impl Page {
    /// An empty page; all counts start here.
    pub(super) fn begin() -> Self {
        LEFT.set(TURNS);
        Self::default()
    }

    /// The reason why nothing more could be written, which is more precise than the engine's.
    pub(super) fn why_full(&self, name: &str) -> Option<String> {
        let why = || format!("`{name}` writes a page of more than {} MiB", PAGE >> 20);
        self.is_full.then(why)
    }

    /// The HTML written so far.
    pub(super) fn text(self) -> String {
        String::from_utf8(self.bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > PAGE {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Registers the functions that guards call.
pub(super) fn register(tera: &mut Tera) {
    let turn = |_: Kwargs, _: &State<'_>| -> TeraResult<&'static str> { take(1).map(|()| "") };
    tera.register_function(TURN, turn);
    let held = |args: Kwargs, _: &State<'_>| -> TeraResult<&'static str> {
        let value: Value = args.must_get("v")?;
        weigh(&value, 0).map(|()| "")
    };
    tera.register_function(HELD, held);
    // Like the engine's own function, which can double its input.
    let replace = |text: StringInput<'_>, args: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        let (from, to): (&str, StringInput<'_>) = (args.must_get("from")?, args.must_get("to")?);
        let is_safe = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
        let (text, to) = match is_safe {
            true => (text.rendered(state)?, to.rendered(state)?),
            false => (text.as_str().into(), to.as_str().into()),
        };
        // An empty `from` matches between all characters.
        let found = text.matches(from).count();
        fits(text.len().saturating_add(found.saturating_mul(to.len())))?;
        let text = text.replace(from, &to);
        Ok(if is_safe { Value::safe_string(&text) } else { Value::from(text) })
    };
    tera.register_filter("replace", replace);
}

/// The start of the message for a template that takes long to fail.
pub(super) const TOO_MUCH: &str = "the loops and includes of this page run";

fn take(turns: u64) -> TeraResult<()> {
    let left = LEFT.get().checked_sub(turns).ok_or_else(|| {
        tera::Error::message(format!(
            "{TOO_MUCH} more than {TURNS} times: shorten the lists, or avoid loops inside loops"
        ))
    })?;
    LEFT.set(left);
    Ok(())
}

fn fits(bytes: usize) -> TeraResult<()> {
    if bytes <= TEXT {
        return Ok(());
    }
    Err(tera::Error::message(format!(
        "a text of this template is longer than {} MiB: print it instead of storing it",
        TEXT >> 20
    )))
}

/// Checks that a value is no larger than a page can need.
fn weigh(value: &Value, depth: usize) -> TeraResult<()> {
    take(1)?;
    if depth > DEEPEST {
        return Err(tera::Error::message(format!("lists are nested more than {DEEPEST} deep")));
    }
    if let Some(list) = value.as_array() {
        return list.iter().try_for_each(|one| weigh(one, depth + 1));
    }
    if let Some(map) = value.as_map() {
        return map.values().try_for_each(|one| weigh(one, depth + 1));
    }
    fits(value.as_str().map_or(0, str::len))
}

/// A template with its guards.
pub(super) fn guarded(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + source.len() / 8);
    let mut rest = source;
    let mut blocks: Vec<&str> = Vec::new();
    while let Some(at) = begin_of_tag(rest) {
        let end = end_of_tag(rest, at);
        let tag = &rest[at..end];
        out.push_str(&rest[..end]);
        rest = &rest[end..];
        if !tag.starts_with("{%") {
            continue;
        }
        let said = tag[2..].trim_start_matches('-').trim_start();
        let (word, more) = said.split_at(end_of_word(said));
        let name = more.trim_start();
        let (name, more) = name.split_at(end_of_word(name));
        let guard = match word {
            "raw" => {
                let end = end_of_raw(rest);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
                None
            }
            // A template that includes two of the next kind, and so on, is as good as a loop.
            "for" | "include" => Some(format!("{TURN}()")),
            "set" | "set_global" if more.trim_start().starts_with('=') => {
                Some(format!("{HELD}(v={name})"))
            }
            "set" | "set_global" => {
                blocks.push(name);
                None
            }
            "endset" => blocks.pop().map(|name| format!("{HELD}(v={name})")),
            _ => None,
        };
        if let Some(call) = guard {
            // White space after such a tag is dropped.
            let trims = if tag.ends_with("-%}") { "-" } else { "" };
            out.push_str(&format!("{{{{ {call} {trims}}}}}"));
        }
    }
    out + rest
}

/// A report of the engine without the guards: the original lines, with columns counted in them.
pub(super) fn without_guards(report: &str) -> String {
    let lines: Vec<&str> = report.lines().collect();
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let shown = lines[at..].iter().take(3).find(|line| guards(line).next().is_some());
        let is_place = line.trim_start().starts_with("--> ") || line.starts_with("note: ");
        let (Some(shown), true) = (shown, is_place) else {
            let above =
                at.checked_sub(1).map(|above| lines[above]).filter(|_| line.contains(" | "));
            out.push(match above.filter(|above| guards(above).next().is_some()) {
                Some(above) if line.trim_start().starts_with('|') => shifted(line, above),
                _ => cut(line),
            });
            continue;
        };
        out.push(moved(line, shown));
    }
    out.join("\n")
}

/// The ranges of guards in a line.
fn guards(line: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    memchr::memmem::find_iter(line.as_bytes(), "{{ __").map(|at| {
        let end = line[at..].find("}}").map_or(line.len(), |end| at + end + 2);
        at..end
    })
}

fn cut(line: &str) -> String {
    let mut out = line.to_owned();
    for guard in guards(line).collect::<Vec<_>>().into_iter().rev() {
        out.replace_range(guard, "");
    }
    out
}

/// How many characters of guards are before a column of a line.
fn before(line: &str, column: usize) -> usize {
    let chars = |bytes: std::ops::Range<usize>| line[bytes].chars().count();
    guards(line).filter(|guard| chars(0..guard.start) < column).map(chars).sum()
}

/// The marks below a line that has guards.
fn shifted(marks: &str, line: &str) -> String {
    let Some(first) = marks.find('^') else { return marks.to_owned() };
    let back = before(line, first).min(first);
    format!("{}{}", &marks[..first - back], &marks[first..])
}

/// A place (`--> base.html:3:14`) in a line that has guards.
fn moved(place: &str, line: &str) -> String {
    let parsed =
        place.rsplit_once(':').and_then(|(head, n)| Some((head, n.parse::<usize>().ok()?)));
    let Some((head, column)) = parsed else { return place.to_owned() };
    let number = line.find(" | ").map_or(0, |at| at + 3);
    format!("{head}:{}", column - before(line, column + number - 1).min(column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_stand_behind_what_can_grow() {
        for (source, guarded_source) in [
            ("{% for x in y -%} a", "{% for x in y -%}{{ __turn() -}} a"),
            ("{%- include 'a' -%} a", "{%- include 'a' -%}{{ __turn() -}} a"),
            ("{%- set a = \"%}\" ~ b %}c", "{%- set a = \"%}\" ~ b %}{{ __held(v=a) }}c"),
            (
                "{% set a | upper %}{% set b %}{% endset %}{% endset -%}",
                "{% set a | upper %}{% set b %}{% endset %}{{ __held(v=b) }}{% endset -%}{{ __held(v=a) -}}",
            ),
            (
                "{% raw %}{% for %}{%- endraw %}{# {% for %} #}{{ '{% for' }}",
                "{% raw %}{% for %}{%- endraw %}{# {% for %} #}{{ '{% for' }}",
            ),
            ("{ {%", "{ {%"),
        ] {
            assert_eq!(guarded(source), guarded_source);
        }
    }

    #[test]
    fn a_report_is_of_the_line_as_it_was_written() {
        let report = "no\n --> a.html:7:41\n  |\n7 | {% set a = 1 %}{{ __held(v=a) }} {{ b }} {{ c }}\n  |                                         ^";
        let clean = "no\n --> a.html:7:24\n  |\n7 | {% set a = 1 %} {{ b }} {{ c }}\n  |                        ^";
        assert_eq!(without_guards(report), clean);
    }
}

//! The messages of TOML and YAML parsers, in the words of people who write these files.
//!
//! In: the message of a parser. Out: a [`Reason`]: the problem and a hint. Unknown messages stay as they are. Never
//! here: the place in the file.

use super::Reason;
use crate::keys;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// `site.toml` and the like.
    #[cfg_attr(not(feature = "site"), expect(dead_code, reason = "a site has settings"))]
    Toml,
    /// Front matter, `content/series.yaml`.
    Yaml,
}

/// The message of a parser as a reason.
pub(crate) fn parsed(message: &str, format: Format) -> Reason {
    let message = message.trim_end();
    // The YAML parser gives the place in the tables first: `join[0]: `.
    let start = [
        "invalid type: ",
        "invalid value: ",
        "unknown field ",
        "unknown variant ",
        "missing field ",
        "duplicate field ",
    ]
    .iter()
    .filter_map(|known| message.find(known))
    .min();
    let (path, said) = message.split_at(start.unwrap_or(0));
    let path = path.trim_end().trim_end_matches(':');
    let reason = of_a_value(said, format).or_else(|| of_the_form(message, format));
    match reason {
        Some(reason) if start.is_some() && !path.is_empty() => {
            reason.said(|what| format!("`{path}`: {what}"))
        }
        Some(reason) => reason,
        None => Reason::new(message),
    }
}

/// The reason for a value of a wrong type.
fn of_a_value(said: &str, format: Format) -> Option<Reason> {
    if let Some(rest) = said.strip_prefix("missing field `") {
        let key = rest.trim_end_matches('`');
        let example = match format {
            Format::Toml => format!("add a line `{key} = \"…\"` to this table"),
            Format::Yaml => format!("add a line `{key}: …` here"),
        };
        return Some(Reason::new(format!("there is no `{key}`")).hint(example));
    }
    if let Some(rest) = said.strip_prefix("duplicate field `") {
        let key = rest.trim_end_matches('`');
        let reason = Reason::new(format!("the key `{key}` is here twice"));
        return Some(reason.hint("put the entries of both under one of them"));
    }
    for (begins, what) in
        [("unknown field `", "unknown key"), ("unknown variant `", "unknown word")]
    {
        let Some((word, rest)) = said.strip_prefix(begins).and_then(|rest| rest.split_once('`'))
        else {
            continue;
        };
        let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
        if word.is_empty() {
            let hint = format!("it is one of `{}`", known.join("`, `"));
            return Some(Reason::new("there is no value").hint(hint));
        }
        let hint = match (keys::nearest(word, &known), what) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, "unknown key") => keys::hint(word, &known),
            (None, _) => format!("it is one of `{}`", known.join("`, `")),
        };
        return Some(Reason::new(format!("{what} `{word}`")).hint(hint));
    }
    let said = said.strip_prefix("invalid type: ").or(said.strip_prefix("invalid value: "))?;
    let (found, expected) = said.rsplit_once(", expected ")?;
    let (found, expected) = (Found::of(found), Expected::of(expected));
    let reason =
        Reason::new(format!("{}, where {} belongs", found.words(format), expected.words(format)));
    Some(match way_out(&found, &expected, format) {
        Some(hint) => reason.hint(hint),
        None => reason,
    })
}

/// The value that was found.
enum Found {
    /// A number, `true` or nothing: its name, and the value as written.
    Plain(&'static str, String),
    Text(String),
    List,
    Table,
}

impl Found {
    fn of(said: &str) -> Self {
        let value =
            |begin: &str| said.strip_prefix(begin).map(|rest| rest.trim_matches('`').to_owned());
        if let Some(text) = said.strip_prefix("string ") {
            return Self::Text(text.trim_matches('"').to_owned());
        }
        match said {
            "sequence" => return Self::List,
            "map" => return Self::Table,
            "unit value" | "null" => return Self::Plain("nothing", String::new()),
            _ => {}
        }
        for begin in ["integer ", "floating point "] {
            if let Some(number) = value(begin) {
                return Self::Plain("a number", number);
            }
        }
        match value("boolean ") {
            Some(is) => Self::Plain("a switch", is),
            None => Self::Plain("another value", said.to_owned()),
        }
    }

    fn words(&self, format: Format) -> String {
        match self {
            Self::Plain(what, value) if value.is_empty() => (*what).to_owned(),
            Self::Plain(what, value) => format!("{what} (`{value}`)"),
            Self::Text(text) => format!("text (`{text}`)"),
            Self::List => "a list".to_owned(),
            Self::Table => table(format).to_owned(),
        }
    }
}

/// The name of a table in this format.
fn table(format: Format) -> &'static str {
    match format {
        Format::Toml => "a table",
        Format::Yaml => "a list of `key: value`",
    }
}

/// What was expected.
enum Expected {
    Number,
    Switch,
    Text,
    List,
    Table,
    Other(String),
}

impl Expected {
    fn of(said: &str) -> Self {
        match said {
            "usize" | "u32" | "u64" | "i64" | "a whole number" => Self::Number,
            "a boolean" => Self::Switch,
            "a string" | "string" | "path string" => Self::Text,
            "a sequence" => Self::List,
            "a map" => Self::Table,
            other if other.starts_with("struct ") => Self::Table,
            other => Self::Other(other.to_owned()),
        }
    }

    fn words(&self, format: Format) -> String {
        match self {
            Self::Number => "a whole number".to_owned(),
            Self::Switch => "`true` or `false`".to_owned(),
            Self::Text => "text".to_owned(),
            Self::List => "a list".to_owned(),
            Self::Table => table(format).to_owned(),
            Self::Other(other) => other.clone(),
        }
    }
}

fn way_out(found: &Found, expected: &Expected, format: Format) -> Option<String> {
    Some(match (found, expected, format) {
        (Found::Text(_), Expected::Number | Expected::Switch, _) => {
            "write it without quotes".to_owned()
        }
        (Found::Plain(_, value), Expected::Text, _) if !value.is_empty() => {
            format!("put text in quotes: `\"{value}\"`")
        }
        (Found::Table, Expected::List, Format::Toml) => {
            "write two brackets, as in `[[lists]]`: there may be several of these tables".to_owned()
        }
        (Found::Text(text), Expected::List, Format::Toml) => {
            format!("put it in brackets: `[\"{text}\"]`")
        }
        (_, Expected::List, Format::Yaml) => {
            "write each entry on a line of its own, after `- `; or all of them in brackets, `[a, b]`"
                .to_owned()
        }
        (_, Expected::Table, Format::Yaml) => {
            "write each entry as `key: value` on a line of its own".to_owned()
        }
        (Found::List, Expected::Text, _) => "write only one, without brackets".to_owned(),
        _ => return None,
    })
}

/// The reason for text that is not TOML or YAML at all.
fn of_the_form(message: &str, format: Format) -> Option<Reason> {
    let known: &[(&str, &str, &str)] = match format {
        Format::Toml => &[
            ("invalid boolean", NO_QUOTES, "put text in quotes: `key = \"text\"`"),
            ("string values must be quoted", NO_QUOTES, "put text in quotes: `key = \"text\"`"),
        ],
        Format::Yaml => &[
            (
                "found character that cannot start any token",
                "a tab, or a sign such as `@` or `%`, at the beginning of a value",
                "indent with spaces, and put text that begins with a sign in quotes",
            ),
            (
                "did not find expected ',' or '}'",
                "a `{` without a `}`",
                "add the `}`, or put text that begins with `{` in quotes",
            ),
            (
                "did not find expected ',' or ']'",
                "a `[` without a `]`",
                "add the `]`, or put text that begins with `[` in quotes",
            ),
            (
                "mapping values are not allowed",
                "a second `: ` in one value",
                "put text with `: ` in quotes; begin a list of `key: value` on a line of its own",
            ),
            (
                "could not find expected ':'",
                "a line that is no `key: value`",
                "write `key: value`; text over several lines begins with `|`",
            ),
            (
                "did not find expected key",
                "a line that is not indented as those above it, or text behind a closing quote",
                "indent the lines of one list alike",
            ),
            (
                "did not find expected '-' indicator",
                "a line that is not indented as those above it",
                "indent the lines of one list alike, each with a `- ` before it",
            ),
            (
                "block sequence entries are not allowed",
                "a `- ` behind a key",
                "begin the list on a line of its own",
            ),
            (
                "found unexpected end of stream",
                "a quote that is not closed",
                "add the closing quote",
            ),
            ("unknown anchor", "a value that begins with `*`", "put it in quotes"),
        ],
    };
    let (_, what, hint) = known.iter().find(|(said, ..)| message.contains(said))?;
    Some(Reason::new(*what).hint(*hint))
}

const NO_QUOTES: &str = "the value is not in quotes";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parsers_speak_plainly() {
        for (format, message, what, hint) in [
            (
                Format::Toml,
                "invalid type: integer `5`, expected a string",
                "a number (`5`), where text belongs",
                "put text in quotes: `\"5\"`",
            ),
            (
                Format::Toml,
                "invalid type: string \"15\", expected usize",
                "text (`15`), where a whole number belongs",
                "write it without quotes",
            ),
            (
                Format::Toml,
                "invalid type: map, expected a sequence",
                "a table, where a list belongs",
                "write two brackets, as in `[[lists]]`: there may be several of these tables",
            ),
            (
                Format::Toml,
                "missing field `name`",
                "there is no `name`",
                "add a line `name = \"…\"` to this table",
            ),
            (
                Format::Toml,
                "unknown variant `weak`, expected one of `day`, `week`",
                "unknown word `weak`",
                "did you mean `week`?",
            ),
            (
                Format::Yaml,
                "join: invalid type: string \"x\", expected a sequence",
                "`join`: text (`x`), where a list belongs",
                "write each entry on a line of its own, after `- `; or all of them in brackets, `[a, b]`",
            ),
            (
                Format::Yaml,
                "unknown field `foo`, expected one of `join`, `split`",
                "unknown key `foo`",
                "the keys here are `join`, `split`",
            ),
            (
                Format::Yaml,
                "title: invalid type: integer `5`, expected a map",
                "`title`: a number (`5`), where a list of `key: value` belongs",
                "write each entry as `key: value` on a line of its own",
            ),
        ] {
            assert_eq!(parsed(message, format), Reason::new(what).hint(hint));
        }
        assert_eq!(parsed("something new", Format::Yaml), Reason::new("something new"));
    }
}

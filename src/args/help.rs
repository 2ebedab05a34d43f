//! The help of the command line, in the language of the reader.
//!
//! In: the commands as [`Args`] declares them, and the catalogue of their words. Out: the same commands with these
//! words. Never here: what an argument means.

use clap::{Arg, Command, CommandFactory, builder::StyledStr};

use super::Args;
use crate::words::{Words, say};

/// The commands with their help from `words` ([`Words::help`]), for programs that write documents.
pub(crate) fn declared(words: &'static Words) -> Command {
    translated(Args::command(), words, "help")
}

/// The commands with all of their help, for people: that of clap's own arguments, too, which clap has in English only.
pub(crate) fn command(words: &'static Words) -> Command {
    let mut command = declared(words);
    command.build();
    completed(command, words)
}

/// `key`: the entry with the line of this command in a list of commands.
fn translated(command: Command, words: &'static Words, key: &str) -> Command {
    let command = command.mut_args(|arg| match words_of(&arg, words, key) {
        Some(help) => argument(arg, words, &help),
        None => arg,
    });
    let mut command = command.mut_subcommands(|verb| {
        let key = format!("{key}-{}", verb.get_name());
        translated(verb, words, &key)
    });
    let part = |end: &str| {
        let key = format!("{key}{end}");
        words.has(&key).then(|| words.say(&key, &[]))
    };
    if let Some(line) = part("") {
        command = command.about(line);
    }
    if let Some(text) = part("-long") {
        command = command.long_about(paragraphs(&text));
    }
    if let Some(text) = part("-after") {
        command = command.after_help(text);
    }
    command.subcommand_help_heading(words.text("help-commands"))
}

/// A command that is built: the words of what clap added, and of its usage.
fn completed(command: Command, words: &'static Words) -> Command {
    let command = command.mut_args(|arg| match arg.get_id().as_str() {
        name @ ("help" | "version") => {
            let text = words.text(if name == "help" { "help-help" } else { "help-version" });
            arg.help(text).long_help(text).help_heading(words.text("help-global-options"))
        }
        _ => arg,
    });
    let mut command = command.mut_subcommands(|verb| match verb.get_name() {
        "help" => verb.about(words.text("help-help-verb")),
        _ => completed(verb, words),
    });
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let verb = words.text("help-a-command");
    let usage =
        usage.replace("[OPTIONS]", words.text("help-some-options")).replace("COMMAND", verb);
    let style = command.get_styles().get_usage();
    let title = format!("{style}{}{style:#}", words.text("help-usage"));
    command.override_usage(usage).help_template(StyledStr::from(format!(
        "{{before-help}}{{about-with-newline}}\n{title} {{usage}}\n\n{{all-args}}{{after-help}}"
    )))
}

/// The entry of an argument: of this command, or of every command.
fn words_of(arg: &Arg, words: &Words, key: &str) -> Option<String> {
    let name = arg.get_id().as_str().replace('_', "-");
    let keys = [format!("{key}-{name}"), format!("help-{name}")];
    keys.into_iter().find(|key| words.has(key))
}

fn argument(arg: Arg, words: &'static Words, key: &str) -> Arg {
    let text = words.say(key, &[]).replace('\n', " ");
    let value = |value: &clap::builder::PossibleValue| {
        let name = value.get_name().to_owned();
        let key = format!("{key}-{name}");
        (name, words.has(&key).then(|| words.say(&key, &[])))
    };
    let values: Vec<_> = match arg.get_action().takes_values() {
        true => arg.get_possible_values().iter().map(value).collect(),
        false => Vec::new(),
    };
    let default = arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned());
    let default = default.reduce(|all, next| format!("{all} {next}"));
    let default = default.filter(|_| arg.get_action().takes_values());
    let mut short = text.clone();
    let mut long = text;
    if let Some(default) = default {
        let default = say!(words, "help-default", value = default.as_str());
        short = format!("{short} {default}");
        long = format!("{long} {default}");
    }
    if !values.is_empty() {
        let names: Vec<&str> = values.iter().map(|(name, _)| &**name).collect();
        let names = say!(words, "help-values", values = &names.join(", "));
        short = format!("{short} {names}");
        match values.iter().any(|(_, help)| help.is_some()) {
            true => {
                for (name, help) in &values {
                    long = format!("{long}\n- {name}: {}", help.as_deref().unwrap_or_default());
                }
            }
            false => long = format!("{long} {names}"),
        }
    }
    let heading = match arg.get_help_heading() {
        Some(_) => "help-global-options",
        None if arg.is_positional() => "help-arguments",
        None => "help-options",
    };
    // Ours are in the text.
    let takes_values = arg.get_action().takes_values();
    arg.help(short)
        .long_help(long)
        .help_heading(words.text(heading))
        .hide_default_value(takes_values)
        .hide_possible_values(takes_values)
}

/// The lines of each paragraph as one, for clap to wrap.
fn paragraphs(text: &str) -> String {
    let all: Vec<String> = text.split("\n\n").map(|text| text.replace('\n', " ")).collect();
    all.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The entries that a command and its arguments need.
    fn asked(command: &Command, key: &str, out: &mut Vec<String>) {
        out.push(key.to_owned());
        for arg in command.get_arguments() {
            let name = arg.get_id().as_str().replace('_', "-");
            let is_global = arg.is_global_set();
            out.push(if is_global { format!("help-{name}") } else { format!("{key}-{name}") });
        }
        for verb in command.get_subcommands() {
            asked(verb, &format!("{key}-{}", verb.get_name()), out);
        }
    }

    #[test]
    fn every_command_and_every_argument_has_words() {
        let mut keys = Vec::new();
        asked(&Args::command(), "help", &mut keys);
        let words = Words::help("de");
        let missing: Vec<_> = keys.iter().filter(|key| !words.has(key)).collect();
        assert!(missing.is_empty(), "not in help.en.ftl: {missing:?}");
        assert!(keys.len() > 80, "{}", keys.len());
    }
}

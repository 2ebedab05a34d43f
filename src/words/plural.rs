//! The plural form of a number.
//!
//! In: a language, a number. Out: the name of the form, by the rules of Unicode's CLDR. Never here: words.

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};

use super::tags;

/// The rules of a language.
#[derive(Clone)]
pub(super) enum Rules {
    /// 1 is `one`, everything else `other`: English, German and most of Europe. Most lookups use these.
    OneIsOne,
    /// Others.
    Others(PluralRules),
}

impl Rules {
    /// The rules of a language; those of English if it is unknown.
    pub(super) fn of(language: &str) -> Self {
        let rules = tags(language)
            .filter_map(|tag| tag.parse().ok())
            .find_map(|tag: Tag| PluralRules::create(tag, PluralRuleType::CARDINAL).ok());
        match rules {
            Some(rules) if !(0..200).all(|n| name(&rules, n) == one_is_one(n)) => {
                Self::Others(rules)
            }
            _ => Self::OneIsOne,
        }
    }

    /// `one`, `few`, `other` …
    pub(super) fn category(&self, n: i64) -> &'static str {
        match self {
            Self::OneIsOne => one_is_one(n),
            Self::Others(rules) => name(rules, n),
        }
    }
}

type Tag = unic_langid::LanguageIdentifier;

fn one_is_one(n: i64) -> &'static str {
    if n == 1 { "one" } else { "other" }
}

fn name(rules: &PluralRules, n: i64) -> &'static str {
    match rules.select(n) {
        Ok(PluralCategory::ZERO) => "zero",
        Ok(PluralCategory::ONE) => "one",
        Ok(PluralCategory::TWO) => "two",
        Ok(PluralCategory::FEW) => "few",
        Ok(PluralCategory::MANY) => "many",
        Ok(PluralCategory::OTHER) | Err(_) => "other",
    }
}

//! Any site.toml is valid settings, or an error with the place of the mistake.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::config::{Archives, Overrides, Settings};

fuzz_target!(|text: &str| {
    patchpress_fuzz::file("site.toml", text);
    let overrides = Overrides { archives: Archives::Awaited, ..Overrides::default() };
    match Settings::load(&patchpress_fuzz::folder(), &overrides) {
        Ok(settings) => assert!(!settings.lists.is_empty()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});

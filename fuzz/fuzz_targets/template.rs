//! Any template of a site makes a page, or the program reports the mistake in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::{
    config::{Overrides, Settings},
    site::live::Live,
};

fuzz_target!(|text: &str| {
    let root = patchpress_fuzz::site("[search]\nenabled = false\n");
    patchpress_fuzz::file("themes/default/templates/home.html", text);
    let settings = Settings::load(&root, &Overrides::default()).expect("the settings are sound");
    let page = Live::read(settings, None).and_then(|live| live.file("index.html"));
    if let Err(error) = page {
        assert!(!error.to_string().is_empty());
    }
});

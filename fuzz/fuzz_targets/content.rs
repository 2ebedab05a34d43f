//! Any file in content/ is a page or a note for a digest, or is refused with an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::{
    config::{Overrides, Settings},
    site::live::Live,
};

fuzz_target!(|text: &str| {
    let root = patchpress_fuzz::site("[search]\nenabled = false\n");
    patchpress_fuzz::file("content/about.md", text);
    let settings = Settings::load(&root, &Overrides::default()).expect("the settings are sound");
    let page = Live::read(settings, None).and_then(|live| live.file("about/index.html"));
    if let Err(error) = page {
        assert!(!error.to_string().is_empty());
    }
});

use super::paragraph;

#[test]
fn a_teaser_is_the_paragraph_that_summarises_a_letter() {
    let about = "This makes the lamp brighter, and saves oil.";
    for before in [
        "Hi all,\n\n",
        "Hello, ",
        "Problem\n=======\n\n",
        "Problem\n\n",
        "# Motivation\n",
        "Changes since v1:\n- a typo\n- a bug\n\n* one more\n\n",
        "v1 -> v2:\n  - a typo\n\n",
        "It failed like this:\n\n    dark\n    darker\n\n",
        "This is v3 of the series.\n\n",
        "Based on lamp/next.\n\n",
        "> A quote\n\n",
        "Link: https://lamps.example.org/\n\n",
        "commit 0123456789abcdef0123456789abcdef01234567 upstream.\n\n",
        "Zoe Lind (2):\n  lamp: Dim it\n  lamp: Burn longer\n\n",
        "[1] https://lamps.example.org/\n\n",
        "-- \nZoe Lind\n\n",
        "to the lamp. It fails like this:\n\n    dark\n\n",
    ] {
        assert_eq!(paragraph(&format!("{before}{about}\n\nMore.\n")), about, "{before}");
    }
    for (text, told) in [
        ("The lamp is dark. It says:\n\n  dark\n", "The lamp is dark."),
        ("This series:\n\n- dims the lamp\n- saves oil\n", "dims the lamp"),
        ("Signed-off-by: A <a@example.org>\n", ""),
        ("It goes dark since last week:\n", "It goes dark since last week"),
    ] {
        assert_eq!(paragraph(text), told, "{text}");
    }
}

use super::*;

fn found(name: &str, text: &str) -> Vec<String> {
    let mut names = Names::default();
    names.add(name, 0);
    let reading = Reading::of(text);
    let found = names.find(&reading);
    found.into_iter().map(|f| text[reading.bytes(f.letters)].to_owned()).collect()
}

#[test]
fn a_name_is_found_however_it_is_written() {
    for (name, text) in [
        ("Jane Doe", "Jane Doe"),
        ("Jane Doe", "JANE\n> doe"),
        ("Jane Doe", "Doe, Jane"),
        ("Jane Doe", "Jane M. Doe"),
        ("Jane M. Doe", "Jane Doe"),
        ("Jane Doe", "Jáne Do\u{301}e"),
        ("Jane Doe", "J=C3=A1ne=20Doe"),
        ("Jane Doe", "Jane%20Doe"),
        ("Jane Doe", "JaneDoe"),
        ("Jane Doe", "Jane_Doe"),
        ("Jane McDoe", "Jane Mcdoe"),
        ("Jane Mcdoe", "Jane McDoe"),
        ("Jane O'Doe", "jane odoe"),
        ("Anne-Marie Doe", "Annemarie Doe"),
        ("Jörg Doe", "Joerg Doe"),
        ("Jörg Doe", "Jorg Doe"),
        ("Jane van der Doe", "van der Doe, Jane"),
        ("李雷", "李雷"),
        ("Jane Doe", "Doe Jane"),
        ("Anne", "Anne"),
    ] {
        assert_eq!(found(name, text), [text], "{name}");
        assert_eq!(found(name, &format!("by {text}: {text}")).len(), 2, "{name}");
    }
    assert_eq!(found("Jane Doe", "Jane DoeSept. 16, 2021"), ["Jane Doe"]);
    assert_eq!(found("Jane Doe", "JANE DOESept. 16"), ["JANE DOE"]);
    assert_eq!(found("Jane Doe", "fromJane Doe2021"), ["Jane Doe"]);
    assert_eq!(found("李雷", "是李雷说的"), ["李雷"]);
}

#[test]
fn short_forms_are_found() {
    let mut names = Names::default();
    names.add_short("Jane van der Doe", 0);
    names.add_short("Anne", 1);
    for text in ["J. Doe", "j doe", "Doe, J.", "J. M. Doe", "Jane D.", "J. vdDoe"] {
        let is_found = !names.find(&Reading::of(&format!("by {text} there"))).is_empty();
        assert_eq!(is_found, text != "J. vdDoe", "{text}");
    }
    assert!(names.find(&Reading::of("A. Nne, Jane Doe, anne, J.P. Dole, I. Doe")).is_empty());
}

#[test]
fn other_names_are_others() {
    for (name, text) in [
        ("Jane Doe", "Janet Doe; Jane Doer; Mary-Jane Doe; janedoe; jane.doe"),
        ("Jane Doe", "Jane, Doe; Jane: Doe; Jane (Doe); Jane\tX.Y. Z. Doe"),
        ("Anne", "AnneMarie Anneke anneSept"),
    ] {
        assert_eq!(found(name, text), [""; 0], "{name}");
    }
}

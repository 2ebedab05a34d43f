//! Data for scripts: JSON that parses, with addresses that exist.
//!
//! In: the bytes of a file. Out: its faults, and its links. Never here: other JSON, which may be the author's; the
//! types of fields, which the schema gives and the project's tests check.

use serde_json::Value;

use super::{
    Place, Seen,
    finding::{Finding, Rule},
    page::quoted,
};

/// The first bytes of each of our files.
const HEAD: &[u8] = b"{\"schema\":1,\"kind\":\"";
/// The fields that hold addresses below the site's root.
const ADDRESSES: [&str; 6] = ["url", "mbox", "json_schema", "waiting", "ready", "applied"];

/// Checks a file: one object, or one per line.
pub(super) fn look(place: Place<'_>, bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    if !bytes.starts_with(HEAD) {
        return seen;
    }
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1..) {
        match serde_json::from_slice::<Value>(line) {
            Ok(value) => see(place, &value, number, &mut seen),
            Err(_) if line.is_empty() => {}
            Err(error) => {
                seen.findings.push(place.finding(Rule::DataForm, number, error.to_string()));
            }
        }
    }
    seen.leads_to.sort_unstable();
    seen.leads_to.dedup();
    seen
}

fn see(place: Place<'_>, value: &Value, line: usize, seen: &mut Seen) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| see(place, one, line, seen)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(path) if ADDRESSES.contains(&key.as_str()) => {
                        seen.findings.extend(lead(place, path, line, &mut seen.leads_to));
                        seen.links += 1;
                    }
                    Value::Array(months) if key == "events" => {
                        for path in months.iter().filter_map(Value::as_str) {
                            seen.findings.extend(lead(place, path, line, &mut seen.leads_to));
                            seen.links += 1;
                        }
                    }
                    value => see(place, value, line, seen),
                }
            }
        }
        _ => {}
    }
}

fn lead(place: Place<'_>, path: &str, line: usize, to: &mut Vec<u32>) -> Option<Finding> {
    match place.find(path) {
        Some(found) => {
            to.push(found);
            None
        }
        None => {
            let message = format!("`{}` is not there", quoted(path));
            Some(place.finding(Rule::LinkMissing, line, message))
        }
    }
}

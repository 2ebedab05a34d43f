//! The values in the line of a revision.
//!
//! In: nothing; these are types, filled by [`revision`](super). Out: the names that scripts read, so these change
//! only with [`SCHEMA`](super::super::SCHEMA). Never here: how they are filled.

use serde::Serialize;

use super::super::Who;

/// A reply that a machine sent.
#[derive(Serialize)]
pub(super) struct MachineValue<'a> {
    pub(super) message_id: &'a str,
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
}

/// Somebody's announcement that they will review it.
#[derive(Serialize)]
pub(super) struct IntentValue<'a> {
    pub(super) message_id: &'a str,
    pub(super) name: &'a str,
    pub(super) date: Option<String>,
}

/// Another series that contains a patch of this one.
#[derive(Serialize)]
pub(super) struct KinValue<'a> {
    pub(super) series: &'a str,
    pub(super) relation: &'static str,
    pub(super) patches: u32,
}

/// A patch of an earlier revision that this one did not send again.
#[derive(Serialize)]
pub(super) struct CarriedValue<'a> {
    pub(super) number: u32,
    pub(super) message_id: &'a str,
    pub(super) version: String,
}

/// The mail or the commit that shows a state; the other is `null`.
#[derive(Serialize)]
pub(super) struct WitnessValue<'a> {
    pub(super) evidence: &'static str,
    pub(super) message_id: Option<&'a str>,
    pub(super) commit: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct CoverValue<'a> {
    pub(super) message_id: &'a str,
    pub(super) subject: &'a str,
    pub(super) author: Who<'a>,
    pub(super) date: Option<String>,
}

#[derive(Serialize)]
pub(super) struct PatchValue<'a> {
    pub(super) number: u32,
    pub(super) message_id: &'a str,
    pub(super) subject: &'a str,
    pub(super) author: Who<'a>,
    pub(super) date: Option<String>,
    pub(super) files: Vec<FileValue<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) trailers: Option<Vec<TrailerValue<'a>>>,
    pub(super) reviews: Vec<ReviewValue<'a>>,
    pub(super) patch_id: Option<String>,
    pub(super) applied: Option<AppliedValue<'a>>,
    pub(super) fate: Vec<AppliedValue<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ledger: Option<Vec<EntryValue<'a>>>,
    /// The mail that contained it together with other patches; then `message_id` is generated.
    pub(super) came_in: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct AppliedValue<'a> {
    pub(super) fate: &'static str,
    pub(super) tree: &'a str,
    pub(super) commit: &'a str,
    pub(super) date: Option<String>,
    pub(super) evidence: &'static str,
    pub(super) message_id: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct FileValue<'a> {
    pub(super) path: &'a str,
    pub(super) old_path: Option<&'a str>,
    pub(super) change: &'static str,
    pub(super) added: Option<u32>,
    pub(super) deleted: Option<u32>,
}

#[derive(Serialize)]
pub(super) struct TrailerValue<'a> {
    pub(super) key: &'a str,
    pub(super) value: &'a str,
}

#[derive(Serialize)]
pub(super) struct ReviewValue<'a> {
    pub(super) key: &'a str,
    pub(super) value: &'a str,
    pub(super) message_id: &'a str,
    pub(super) date: Option<String>,
}

/// An entry of a patch's ledger, also one that does not count as a review.
#[derive(Serialize)]
pub(super) struct EntryValue<'a> {
    #[serde(flatten)]
    pub(super) review: ReviewValue<'a>,
    pub(super) scope: &'static str,
    pub(super) standing: &'static str,
    pub(super) comment: &'a str,
}

#[derive(Serialize)]
pub(super) struct LinkValue<'a> {
    pub(super) evidence: &'static str,
    pub(super) value: Option<&'a str>,
    pub(super) confidence: &'static str,
}

/// The revision that a series may follow. The series was sent under a name that is not known for its address.
#[derive(Serialize)]
pub(super) struct ClaimValue<'a> {
    pub(super) series: &'a str,
    pub(super) version: String,
    pub(super) evidence: &'static str,
}

/// A report that a series fixes.
#[derive(Serialize)]
pub(super) struct FixedReport<'a> {
    pub(super) message_id: &'a str,
    pub(super) kind: &'static str,
    pub(super) state: &'static str,
}

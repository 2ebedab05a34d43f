//! public_inbox

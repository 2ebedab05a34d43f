//! text_digest

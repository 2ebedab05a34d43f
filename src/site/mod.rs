//! stub
pub mod export;

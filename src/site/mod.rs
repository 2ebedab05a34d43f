//! stub
mod entry;
pub mod export;
pub mod feed;
pub mod sitemap;

//! The arguments of `hub`.

use std::path::PathBuf;

use clap::Args as Group;

/// `hub`.
#[derive(Debug, Group)]
pub struct HubArgs {
    /// Folder of the hub, with its `hub.toml`
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Exit with 1 if the parts of a site are missing, old or damaged
    #[arg(long)]
    pub strict: bool,
    /// Address of the published hub; overrides `base_url`
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Output folder; overrides `[build] output`
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Number of worker threads; 0 for one per core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// Print the time that each stage took
    #[arg(long)]
    pub timings: bool,
}

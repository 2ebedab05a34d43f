//! mail_dir

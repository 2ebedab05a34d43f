//! The thin door: hands the arguments to the library and returns its exit code.
fn main() -> std::process::ExitCode {
    patchpress::cli::run(std::env::args_os())
}

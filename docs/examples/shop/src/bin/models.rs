use std::process::ExitCode;

fn main() -> ExitCode {
    shop::models().print()
}

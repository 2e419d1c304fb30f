//! Questions to a person.

use std::io;
use std::io::BufRead;
use std::io::IsTerminal;

use crate::context::Context;

/// Whether somebody is there to answer.
pub(crate) fn can_ask(context: &Context<'_>) -> bool {
    context.output.notes().draws() && io::stdin().is_terminal()
}

/// Asks a question with the answers yes and no, again until it has one; none when the input ends.
pub(crate) fn ask(question: &str, context: &Context<'_>) -> Option<bool> {
    let mut input = io::stdin().lock();
    loop {
        context.output.notes().line(&format!("{question} [y/n]"));
        let mut line = String::new();
        match input.read_line(&mut line) {
            Ok(0) | Err(_) => return None,
            Ok(_) => {}
        }
        match line.trim().to_lowercase().as_str() {
            "y" | "yes" => return Some(true),
            "n" | "no" => return Some(false),
            _ => {}
        }
    }
}

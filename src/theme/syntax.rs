//! A template as a tree, because the engine does not expose its own.
//!
//! In: the text of a template that the engine has accepted. Out: its tree ([`parser::parse`]), its blocks, its
//! description. Never here: the meaning of a name.

mod expression;
mod lexer;
pub(super) mod parser;
pub(super) mod tree;

use tree::{Node, Nodes};

pub(super) use parser::about;

/// The names of a template's own blocks, in order, those in others included.
pub(super) fn blocks(template: &str) -> Vec<String> {
    fn gather<'t>(nodes: &Nodes<'t>, names: &mut Vec<&'t str>) {
        for node in nodes {
            match node {
                Node::Block(name, body) => {
                    names.push(name);
                    gather(body, names);
                }
                Node::If(branches) => branches.iter().for_each(|(_, body)| gather(body, names)),
                Node::SetBlock(_, body) | Node::Within(_, body) => gather(body, names),
                _ => {}
            }
        }
    }
    let mut names = Vec::new();
    gather(&parser::parse(template).nodes, &mut names);
    names.into_iter().map(str::to_owned).collect()
}

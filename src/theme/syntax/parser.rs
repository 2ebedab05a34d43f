//! The pieces of a template as its tree.
//!
//! In: a template that the engine has accepted. Out: its [`Template`], and its description. Never here: an error;
//! expressions (`expression`).

use super::{
    expression::Reader,
    lexer::{self, Piece, Token},
    tree::{Expr, Node, Nodes, Template},
};

/// The tree of a template.
pub(in crate::theme) fn parse(template: &str) -> Template<'_> {
    let pieces = lexer::pieces(template);
    let mut parser = Parser { pieces: &pieces, at: 0, parent: None };
    let mut nodes = Vec::new();
    // An end without a beginning ends nothing; the engine would not have accepted it.
    while parser.at < pieces.len() {
        nodes.append(&mut parser.nodes());
        parser.at += 1;
    }
    Template { parent: parser.parent, nodes }
}

/// The description in a comment at the beginning of a template.
pub(in crate::theme) fn about(template: &str) -> Option<&str> {
    let first = lexer::pieces(template).first().copied();
    let is_first = template.trim_start().starts_with("{#");
    match first {
        Some(Piece::Comment(words)) if is_first => Some(words.trim()),
        _ => None,
    }
}

#[derive(Debug)]
struct Parser<'p, 't> {
    pieces: &'p [Piece<'t>],
    at: usize,
    parent: Option<&'t str>,
}

impl<'t> Parser<'_, 't> {
    /// The nodes up to a tag that ends or divides their parent; that tag is not consumed.
    fn nodes(&mut self) -> Nodes<'t> {
        let mut nodes = Vec::new();
        while let Some(piece) = self.pieces.get(self.at).copied() {
            match piece {
                Piece::Comment(_) => self.at += 1,
                Piece::Print(inner, offset) => {
                    self.at += 1;
                    nodes.push(Node::Print(expression(inner, offset)));
                }
                Piece::Tag(inner, offset) => {
                    let tokens = lexer::tokens(inner, offset);
                    let mut reader = Reader::new(&tokens);
                    let Some(word) = reader.name() else {
                        self.at += 1;
                        nodes.push(Node::Print(reader.component()));
                        continue;
                    };
                    if word.starts_with("end") || matches!(word, "else" | "elif") {
                        return nodes;
                    }
                    self.at += 1;
                    nodes.extend(self.statement(word, reader));
                }
            }
        }
        nodes
    }

    fn statement(&mut self, word: &str, mut tag: Reader<'_, 't>) -> Option<Node<'t>> {
        match word {
            "if" => Some(self.branches(tag.expression())),
            "for" => {
                let (key, value) = tag.loop_names()?;
                let over = tag.expression();
                let body = self.nodes();
                let empty = if self.divides("else") { self.nodes() } else { Vec::new() };
                self.at += 1;
                Some(Node::For { key, value, over, body, empty })
            }
            "set" | "set_global" => {
                let name = tag.name()?;
                if tag.sign("=") {
                    return Some(Node::Set(name, tag.expression()));
                }
                Some(Node::SetBlock(name, self.body()))
            }
            "include" => Some(Node::Include(tag.text()?)),
            "extends" => {
                self.parent = tag.text();
                None
            }
            "block" => {
                let name = tag.name()?;
                Some(Node::Block(name, self.body()))
            }
            "filter" => {
                let mut args = Vec::new();
                while !tag.is_done() {
                    args.push(tag.expression());
                    tag.sign("|");
                }
                // The name of the filter is not a variable.
                args.retain(|arg| !matches!(arg, Expr::Name(..)));
                Some(Node::Within(args, self.body()))
            }
            // A component sees only its arguments.
            "component" => {
                self.body();
                None
            }
            _ => None,
        }
    }

    fn body(&mut self) -> Nodes<'t> {
        let body = self.nodes();
        self.at += 1;
        body
    }

    fn branches(&mut self, first: Expr<'t>) -> Node<'t> {
        let mut branches = vec![(Some(first), self.nodes())];
        while let Some(Piece::Tag(inner, offset)) = self.pieces.get(self.at).copied() {
            let tokens = lexer::tokens(inner, offset);
            let mut tag = Reader::new(&tokens);
            self.at += 1;
            if tag.keyword("elif") {
                let condition = tag.expression();
                branches.push((Some(condition), self.nodes()));
            } else if tag.keyword("else") {
                branches.push((None, self.nodes()));
            } else {
                break;
            }
        }
        Node::If(branches)
    }

    /// Skips a tag with this word, if it is the next piece.
    fn divides(&mut self, word: &str) -> bool {
        let is_it = match self.pieces.get(self.at) {
            Some(Piece::Tag(inner, _)) => inner.trim() == word,
            _ => false,
        };
        self.at += usize::from(is_it);
        is_it
    }
}

fn expression(inner: &str, offset: usize) -> Expr<'_> {
    let tokens = lexer::tokens(inner, offset);
    match tokens.first() {
        Some((Token::Sign("<"), _)) => Reader::new(&tokens).component(),
        _ => Reader::new(&tokens).expression(),
    }
}

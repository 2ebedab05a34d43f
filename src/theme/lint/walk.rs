//! A walk through a template with its variables, to find unknown names.
//!
//! In: the trees of all templates, and the contract. Out: [`Seen`]: unknown names, and known ones. The engine takes
//! an unknown name for `false` inside a condition, and reports it only if it is printed. A partial template is
//! walked wherever it is included; a name is unknown if no walk through it knows it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::types::{self, Kit};
use crate::theme::{
    contract::Type,
    syntax::tree::{Args, Each, Expr, Node, Nodes},
};

/// How deep templates may be nested: the engine refuses those that include themselves.
const DEEPEST: usize = 60;

/// A place in a template: its name, and the byte.
pub(super) type Place = (String, usize);

/// The results of all walks.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Names that a walk did not know, with the message and the hint.
    pub(super) unknown: BTreeMap<Place, (&'static str, String, String)>,
    /// Places at which a walk knew the name.
    pub(super) known: BTreeSet<Place>,
}

/// One walk, from the template of a page.
#[derive(Debug)]
pub(super) struct Walk<'w> {
    kit: &'w Kit<'w>,
    seen: &'w mut Seen,
    /// The bodies of each block, the effective one first, with their templates.
    blocks: HashMap<&'w str, Vec<(&'w str, &'w Nodes<'w>)>>,
    /// The walked template.
    at: &'w str,
    /// The walked blocks, and the depth that `super()` has reached.
    within: Vec<(&'w str, usize)>,
    /// The set names, the innermost last.
    scope: Vec<(&'w str, Type)>,
    depth: usize,
}

impl<'w> Walk<'w> {
    /// Walks the template of a page with these variables.
    pub(super) fn page(
        kit: &'w Kit<'w>,
        seen: &'w mut Seen,
        name: &str,
        sees: Vec<(&'w str, Type)>,
    ) {
        let Some((mut at, mut template)) = kit.template(name) else { return };
        let mut walk =
            Self { kit, seen, blocks: HashMap::new(), at, within: vec![], scope: sees, depth: 0 };
        walk.gather(at, &template.nodes);
        while let Some((parent, above)) = template.parent.and_then(|name| kit.template(name)) {
            walk.depth += 1;
            if walk.depth > DEEPEST {
                return;
            }
            (at, template) = (parent, above);
            walk.gather(at, &template.nodes);
        }
        walk.at = at;
        walk.nodes(&template.nodes);
    }

    /// Collects the blocks of a template, including those inside others.
    fn gather(&mut self, at: &'w str, nodes: &'w Nodes<'w>) {
        for node in nodes {
            match node {
                Node::Block(name, body) => {
                    self.blocks.entry(name).or_default().push((at, body));
                    self.gather(at, body);
                }
                Node::If(branches) => branches.iter().for_each(|(_, body)| self.gather(at, body)),
                Node::SetBlock(_, body) | Node::Within(_, body) => self.gather(at, body),
                _ => {}
            }
        }
    }

    fn nodes(&mut self, nodes: &'w Nodes<'w>) {
        nodes.iter().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &'w Node<'w>) {
        match node {
            Node::Print(expr) => {
                self.holds(expr);
            }
            Node::Set(name, expr) => {
                let holds = self.holds(expr);
                self.scope.push((name, holds));
            }
            Node::SetBlock(name, body) => {
                self.nodes(body);
                self.scope.push((name, Type::Html));
            }
            Node::If(branches) => {
                for (condition, body) in branches {
                    condition.iter().for_each(|condition| drop(self.holds(condition)));
                    self.nodes(body);
                }
            }
            Node::For { key, value, over, body, empty } => {
                let over = self.holds(over);
                self.nodes(empty);
                let outside = self.scope.len();
                self.scope.push(("loop", Type::Any));
                key.iter().for_each(|key| self.scope.push((key, Type::Text)));
                self.scope.push((value, types::item(&over)));
                self.nodes(body);
                self.scope.truncate(outside);
            }
            Node::Include(name) => self.include(name),
            Node::Block(name, body) => self.block(name, body),
            Node::Within(args, body) => {
                args.iter().for_each(|arg| drop(self.holds(arg)));
                self.nodes(body);
            }
        }
    }

    fn include(&mut self, name: &str) {
        let Some((at, template)) = self.kit.template(name) else { return };
        self.inside(at, |walk| walk.nodes(&template.nodes));
    }

    /// The effective body of a block; if no template of this page has it in its own place, it is in an included
    /// one.
    fn block(&mut self, name: &'w str, body: &'w Nodes<'w>) {
        let Some((at, first)) = self.blocks.get(name).map(|bodies| bodies[0]) else {
            self.nodes(body);
            return;
        };
        self.within.push((name, 0));
        self.inside(at, |walk| walk.nodes(first));
        self.within.pop();
    }

    /// `super()`: the body of the block in the template above.
    fn above(&mut self) {
        let Some((name, level)) = self.within.last().copied() else { return };
        let Some((at, body)) = self.blocks.get(name).and_then(|all| all.get(level + 1)).copied()
        else {
            return;
        };
        self.within.push((name, level + 1));
        self.inside(at, |walk| walk.nodes(body));
        self.within.pop();
    }

    fn inside(&mut self, at: &'w str, walk: impl FnOnce(&mut Self)) {
        if self.depth > DEEPEST {
            return;
        }
        let outside = std::mem::replace(&mut self.at, at);
        self.depth += 1;
        walk(self);
        self.depth -= 1;
        self.at = outside;
    }

    /// The type of an expression; unknown names in it are noted.
    fn holds(&mut self, expr: &'w Expr<'w>) -> Type {
        match expr {
            Expr::Name(name, at) => self.name(name, *at),
            Expr::Field(of, name, at) => {
                let holds = self.holds(of);
                self.field(of, &holds, name, *at)
            }
            Expr::Item(of, key) => {
                let holds = self.holds(of);
                self.holds(key);
                match &**key {
                    Expr::Text(name, at) => self.field(of, &holds, name, *at),
                    _ => types::item(&holds),
                }
            }
            Expr::Slice(of, parts) => {
                self.all(parts);
                self.holds(of)
            }
            Expr::Filter(of, name, args) => {
                let holds = self.holds(of);
                self.args(args);
                if *name == "safe" && types::there(holds.clone()) == Type::Text {
                    self.unsafe_text(of);
                }
                types::filtered(holds, name)
            }
            Expr::Call(name, args, at) => self.call(name, args, *at),
            // A test whether a name is defined expects that it may not be.
            Expr::Test(of, "defined" | "undefined", _) if matches!(**of, Expr::Name(..)) => {
                if let Expr::Name(name, _) = **of
                    && !self.scope.iter().any(|(known, _)| *known == name)
                {
                    self.scope.push((name, Type::Any));
                }
                Type::Bool
            }
            Expr::Test(of, _, args) => {
                self.holds(of);
                self.args(args);
                Type::Bool
            }
            Expr::Compare(left, right) => {
                self.holds(left);
                self.holds(right);
                self.compared(left, right);
                self.compared(right, left);
                Type::Bool
            }
            Expr::Or(left, right) => {
                let (left, right) = (self.holds(left), self.holds(right));
                if left == Type::Any { right } else { types::there(left) }
            }
            Expr::Choice(then, decides, other) => {
                self.holds(decides);
                let then = self.holds(then);
                let other = other.as_ref().map(|other| self.holds(other));
                if then == Type::Any { other.unwrap_or(Type::Any) } else { then }
            }
            Expr::Each(each) => self.each(each),
            Expr::List(items) => {
                let first = items.first().map_or(Type::Any, |item| self.holds(item));
                items.iter().skip(1).for_each(|item| drop(self.holds(item)));
                Type::List(Box::new(first))
            }
            Expr::Of(parts) => {
                self.all(parts);
                Type::Any
            }
            Expr::Text(..) => Type::Text,
            Expr::Number => Type::Number,
            Expr::Other => Type::Any,
        }
    }

    fn all(&mut self, parts: &'w [Expr<'w>]) {
        parts.iter().for_each(|part| drop(self.holds(part)));
    }

    fn args(&mut self, args: &'w Args<'w>) {
        args.iter().for_each(|(_, value)| drop(self.holds(value)));
    }

    fn each(&mut self, each: &'w Each<'w>) -> Type {
        let over = self.holds(&each.over);
        let outside = self.scope.len();
        each.key.iter().for_each(|key| self.scope.push((key, Type::Text)));
        self.scope.push((each.value, types::item(&over)));
        let made = self.holds(&each.made);
        each.only.iter().for_each(|only| drop(self.holds(only)));
        self.scope.truncate(outside);
        Type::List(Box::new(made))
    }

    fn call(&mut self, name: &str, args: &'w Args<'w>, at: usize) -> Type {
        self.args(args);
        let text = |wanted: &str| {
            args.iter().find_map(|(name, value)| match value {
                Expr::Text(text, place) if *name == wanted => Some((*text, *place)),
                _ => None,
            })
        };
        let wrong = match name {
            "super" => {
                self.above();
                return Type::Html;
            }
            "t" => text("key").and_then(|(key, place)| Some((place, self.kit.no_entry(key)?))),
            "asset" => {
                text("path").and_then(|(path, place)| Some((place, self.kit.no_file(path)?)))
            }
            _ => None,
        };
        match wrong {
            Some((place, (what, hint))) => self.miss(place, "unknown-file", what, hint),
            None => self.hit(at),
        }
        types::called(name)
    }

    fn name(&mut self, name: &str, at: usize) -> Type {
        let found = self.scope.iter().rev().find(|(known, _)| *known == name);
        if let Some((_, holds)) = found {
            let holds = holds.clone();
            self.hit(at);
            return holds;
        }
        // A function of the engine.
        if !name.starts_with("__") {
            let known: Vec<&str> = self.scope.iter().map(|(known, _)| *known).collect();
            let hint = types::hint(name, &known);
            self.miss(at, "unknown-name", format!("`{name}` is not defined here"), hint);
        }
        Type::Any
    }

    fn field(&mut self, of: &Expr<'_>, holds: &Type, name: &str, at: usize) -> Type {
        match self.kit.field(holds, name) {
            Ok(holds) => {
                self.hit(at);
                holds
            }
            Err((why, hint)) => {
                let what = format!("`{}` {why} `{name}`", types::path(of));
                self.miss(at, "unknown-name", what, hint);
                Type::Any
            }
        }
    }

    /// Reports a comparison of a field with a word that it never has.
    fn compared(&mut self, value: &'w Expr<'w>, with: &'w Expr<'w>) {
        let Expr::Field(of, name, _) = value else { return };
        let texts: Vec<(&str, usize)> = match with {
            Expr::Text(text, at) => vec![(text, *at)],
            Expr::List(items) => items.iter().filter_map(text_of).collect(),
            _ => return,
        };
        let holds = self.holds(of);
        for (text, at) in texts {
            match self.kit.no_word(&holds, name, text) {
                Some(hint) => {
                    let what = format!("`{}` never equals `{text}`", types::path(value));
                    self.miss(at, "unknown-word", what, hint);
                }
                None => self.hit(at),
            }
        }
    }

    /// Reports `{{ title | safe }}`, which would turn text of others into markup.
    fn unsafe_text(&mut self, of: &Expr<'_>) {
        let end = match of {
            Expr::Name(name, at) | Expr::Field(_, name, at) => at + name.len(),
            Expr::Filter(inner, ..) | Expr::Item(inner, _) => return self.unsafe_text(inner),
            _ => return,
        };
        let what = format!(
            "`safe` prints `{}` as markup, and it can be text of a message",
            types::path(of)
        );
        let hint = "leave out `safe`: only fields whose names end in `_html` are HTML";
        self.miss(end, "unsafe-text", what, hint.to_owned());
    }

    fn hit(&mut self, at: usize) {
        self.seen.known.insert((self.at.to_owned(), at));
    }

    fn miss(&mut self, at: usize, rule: &'static str, what: String, hint: String) {
        self.seen.unknown.entry((self.at.to_owned(), at)).or_insert((rule, what, hint));
    }
}

fn text_of<'t>(expr: &Expr<'t>) -> Option<(&'t str, usize)> {
    match expr {
        Expr::Text(text, at) => Some((text, *at)),
        _ => None,
    }
}

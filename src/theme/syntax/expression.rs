//! The tokens of a tag as an expression.
//!
//! In: tokens of a template that the engine has accepted, so nothing has to be refused here: unknown syntax is
//! [`Expr::Other`]. Out: [`Expr`]. The precedence of operators matters only for finding names.

use super::{
    lexer::{At, Token},
    tree::{Args, Each, Expr},
};

/// Reads tokens one after another.
#[derive(Debug)]
pub(super) struct Reader<'r, 't> {
    tokens: &'r [At<'t>],
    at: usize,
    /// The depth of nested expressions.
    depth: usize,
}

/// The engine itself accepts 40.
const DEEPEST: usize = 100;

impl<'r, 't> Reader<'r, 't> {
    pub(super) fn new(tokens: &'r [At<'t>]) -> Self {
        Self { tokens, at: 0, depth: 0 }
    }

    /// The next token is left where it is.
    fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.at).map(|(token, _)| *token)
    }

    fn place(&self) -> usize {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(0, |(_, at)| *at)
    }

    fn next(&mut self) -> Option<Token<'t>> {
        let token = self.peek();
        self.at += 1;
        token
    }

    /// Skips a sign, if it is the next token.
    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let is_it = self.peek() == Some(Token::Sign(sign));
        self.at += usize::from(is_it);
        is_it
    }

    /// Skips a word of the language, if it is the next token.
    pub(super) fn keyword(&mut self, word: &str) -> bool {
        let is_it = self.peek() == Some(Token::Word(word));
        self.at += usize::from(is_it);
        is_it
    }

    /// A name.
    pub(super) fn name(&mut self) -> Option<&'t str> {
        let Some(Token::Word(name)) = self.peek() else { return None };
        self.at += 1;
        Some(name)
    }

    /// A text.
    pub(super) fn text(&mut self) -> Option<&'t str> {
        let Some(Token::Text(text)) = self.peek() else { return None };
        self.at += 1;
        Some(text)
    }

    /// Nothing follows.
    pub(super) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// A whole expression.
    pub(super) fn expression(&mut self) -> Expr<'t> {
        self.depth += 1;
        let found = match self.depth > DEEPEST {
            true => Expr::Other,
            false => self.choice(),
        };
        self.depth -= 1;
        found
    }

    fn choice(&mut self) -> Expr<'t> {
        let then = self.or();
        if !self.keyword("if") {
            return then;
        }
        let decides = self.or();
        let other = self.keyword("else").then(|| Box::new(self.expression()));
        Expr::Choice(Box::new(then), Box::new(decides), other)
    }

    fn or(&mut self) -> Expr<'t> {
        let mut left = self.and();
        while self.keyword("or") {
            left = Expr::Or(Box::new(left), Box::new(self.and()));
        }
        left
    }

    fn and(&mut self) -> Expr<'t> {
        let mut all = vec![self.compare()];
        while self.keyword("and") {
            all.push(self.compare());
        }
        if all.len() == 1 { all.swap_remove(0) } else { Expr::Of(all) }
    }

    fn compare(&mut self) -> Expr<'t> {
        let mut left = match self.keyword("not") {
            true => Expr::Of(vec![self.compare()]),
            false => self.sum(),
        };
        loop {
            let is_not = self.keyword("not");
            if self.keyword("in") || ["==", "!=", "<=", ">=", "<", ">"].iter().any(|s| self.sign(s))
            {
                left = Expr::Compare(Box::new(left), Box::new(self.sum()));
            } else if self.keyword("is") {
                self.keyword("not");
                let Some(name) = self.name() else { return left };
                let args = self.args();
                left = Expr::Test(Box::new(left), name, args);
            } else {
                self.at -= usize::from(is_not);
                return left;
            }
        }
    }

    /// The operands of arithmetic and of concatenation.
    fn sum(&mut self) -> Expr<'t> {
        let mut all = vec![self.filtered()];
        while ["+", "-", "*", "/", "//", "%", "**", "~"].iter().any(|sign| self.sign(sign)) {
            all.push(self.filtered());
        }
        if all.len() == 1 { all.swap_remove(0) } else { Expr::Of(all) }
    }

    fn filtered(&mut self) -> Expr<'t> {
        let mut value = match self.sign("-") {
            true => Expr::Of(vec![self.value()]),
            false => self.value(),
        };
        while self.sign("|") {
            let Some(name) = self.name() else { return value };
            let args = self.args();
            value = Expr::Filter(Box::new(value), name, args);
        }
        value
    }

    /// `(x=1, y=2)`, if present.
    fn args(&mut self) -> Args<'t> {
        let mut args = Vec::new();
        if !self.sign("(") {
            return args;
        }
        while !self.is_done() && !self.sign(")") {
            if let Some(name) = self.name() {
                self.sign("=");
                args.push((name, self.expression()));
            } else if !self.sign(",") {
                self.at += 1;
            }
        }
        args
    }

    fn value(&mut self) -> Expr<'t> {
        let place = self.place();
        let first = match self.next() {
            Some(Token::Word("true" | "True" | "false" | "False" | "none" | "None" | "null")) => {
                Expr::Other
            }
            Some(Token::Word(name)) if self.peek() == Some(Token::Sign("(")) => {
                Expr::Call(name, self.args(), place)
            }
            Some(Token::Word(name)) => Expr::Name(name, place),
            Some(Token::Text(text)) => Expr::Text(text, place),
            Some(Token::Number(_)) => {
                // 1.5
                if self.sign(".") {
                    self.at += 1;
                }
                Expr::Number
            }
            Some(Token::Sign("(")) => {
                let inner = self.expression();
                self.sign(")");
                inner
            }
            Some(Token::Sign("[")) => self.list(),
            Some(Token::Sign("{")) => self.braces(),
            _ => Expr::Other,
        };
        self.parts_of(first)
    }

    /// `.name` and `[…]` after a value.
    fn parts_of(&mut self, mut value: Expr<'t>) -> Expr<'t> {
        loop {
            if self.sign(".") || self.sign("?.") {
                let place = self.place();
                let Some(name) = self.name() else { return value };
                value = Expr::Field(Box::new(value), name, place);
            } else if self.sign("[") || self.sign("?[") {
                value = self.subscript(value);
            } else {
                return value;
            }
        }
    }

    fn subscript(&mut self, value: Expr<'t>) -> Expr<'t> {
        let (mut parts, mut is_slice) = (Vec::new(), false);
        while !self.is_done() && !self.sign("]") {
            match self.sign(":") {
                true => is_slice = true,
                false => parts.push(self.expression()),
            }
        }
        match (is_slice, parts.len()) {
            (false, 1) => Expr::Item(Box::new(value), Box::new(parts.swap_remove(0))),
            _ => Expr::Slice(Box::new(value), parts),
        }
    }

    /// `[x, y]`, or `[x for y in z if w]`.
    fn list(&mut self) -> Expr<'t> {
        let mut items = Vec::new();
        while !self.is_done() && !self.sign("]") {
            if self.sign(",") || self.sign("...") {
                continue;
            }
            // The `if` after it belongs to the list.
            items.push(self.or());
            if self.keyword("for") {
                return self.each(items.pop().unwrap_or(Expr::Other));
            }
        }
        Expr::List(items)
    }

    fn each(&mut self, made: Expr<'t>) -> Expr<'t> {
        let Some((key, value)) = self.loop_names() else { return Expr::Other };
        let over = self.or();
        let only = self.keyword("if").then(|| self.or());
        self.sign("]");
        Expr::Each(Box::new(Each { made, key, value, over, only }))
    }

    /// `x in`, or `x, y in`.
    pub(super) fn loop_names(&mut self) -> Option<(Option<&'t str>, &'t str)> {
        let first = self.name()?;
        let second = if self.sign(",") { self.name() } else { None };
        self.keyword("in");
        Some(second.map_or((None, first), |second| (Some(first), second)))
    }

    /// `{"x": y}`, and the arguments of components.
    fn braces(&mut self) -> Expr<'t> {
        let mut values = Vec::new();
        while !self.is_done() && !self.sign("}") {
            if !(self.sign(",") || self.sign(":") || self.sign("...")) {
                values.push(self.expression());
            }
        }
        Expr::Of(values)
    }

    /// `<name attribute={x} …>`, which calls a component: its arguments.
    pub(super) fn component(&mut self) -> Expr<'t> {
        let mut values = Vec::new();
        while !self.is_done() {
            if self.sign("{") {
                values.push(self.braces());
            } else {
                self.at += 1;
            }
        }
        Expr::Of(values)
    }
}

//! A template as a tree.

/// What a template does, in order.
pub(in crate::theme) type Nodes<'t> = Vec<Node<'t>>;

/// A statement of a template.
#[derive(Debug, Clone)]
pub(in crate::theme) enum Node<'t> {
    Print(Expr<'t>),
    /// `set x = …`.
    Set(&'t str, Expr<'t>),
    /// `set x … endset`.
    SetBlock(&'t str, Nodes<'t>),
    /// The branches of an `if`, with what leads into them; the last may have nothing.
    If(Vec<(Option<Expr<'t>>, Nodes<'t>)>),
    For {
        key: Option<&'t str>,
        value: &'t str,
        over: Expr<'t>,
        body: Nodes<'t>,
        empty: Nodes<'t>,
    },
    Include(&'t str),
    Block(&'t str, Nodes<'t>),
    /// What says how the rest is escaped or filtered.
    Within(Vec<Expr<'t>>, Nodes<'t>),
}

/// An expression.
#[derive(Debug, Clone)]
pub(in crate::theme) enum Expr<'t> {
    /// A name, and where it stands.
    Name(&'t str, usize),
    /// `x.name`, and where the name stands.
    Field(Box<Expr<'t>>, &'t str, usize),
    /// `x[y]`.
    Item(Box<Expr<'t>>, Box<Expr<'t>>),
    /// A part of a list, or of what else has parts.
    Slice(Box<Expr<'t>>, Vec<Expr<'t>>),
    /// `x | name(…)`.
    Filter(Box<Expr<'t>>, &'t str, Args<'t>),
    /// `name(…)`, and where it stands.
    Call(&'t str, Args<'t>, usize),
    /// `x is name(…)`.
    Test(Box<Expr<'t>>, &'t str, Args<'t>),
    /// `x == y` and the like.
    Compare(Box<Expr<'t>>, Box<Expr<'t>>),
    /// `x or y`.
    Or(Box<Expr<'t>>, Box<Expr<'t>>),
    /// `x if y else z`: what it may be, and what decides.
    Choice(Box<Expr<'t>>, Box<Expr<'t>>, Option<Box<Expr<'t>>>),
    /// `[x for name in y if z]`.
    Each(Box<Each<'t>>),
    /// `[x, y]`.
    List(Vec<Expr<'t>>),
    /// What is made of several by an operator, or in braces.
    Of(Vec<Expr<'t>>),
    Text(&'t str, usize),
    Number,
    /// `true`, `none`, and what is not understood.
    Other,
}

/// The arguments of a call by their names.
pub(in crate::theme) type Args<'t> = Vec<(&'t str, Expr<'t>)>;

/// A list that is made of another.
#[derive(Debug, Clone)]
pub(in crate::theme) struct Each<'t> {
    pub(in crate::theme) made: Expr<'t>,
    pub(in crate::theme) key: Option<&'t str>,
    pub(in crate::theme) value: &'t str,
    pub(in crate::theme) over: Expr<'t>,
    pub(in crate::theme) only: Option<Expr<'t>>,
}

/// A whole template.
#[derive(Debug, Default, Clone)]
pub(in crate::theme) struct Template<'t> {
    /// The template that it extends.
    pub(in crate::theme) parent: Option<&'t str>,
    pub(in crate::theme) nodes: Nodes<'t>,
}

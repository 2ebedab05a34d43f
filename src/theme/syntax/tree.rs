//! A template as a tree.

/// The statements of a template, in order.
pub(in crate::theme) type Nodes<'t> = Vec<Node<'t>>;

/// A statement of a template.
#[derive(Debug, Clone)]
pub(in crate::theme) enum Node<'t> {
    Print(Expr<'t>),
    /// `set x = …`.
    Set(&'t str, Expr<'t>),
    /// `set x … endset`.
    SetBlock(&'t str, Nodes<'t>),
    /// The branches of an `if`, with their conditions; the last may have none.
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
    /// A block that escapes or filters its content.
    Within(Vec<Expr<'t>>, Nodes<'t>),
}

/// An expression.
#[derive(Debug, Clone)]
pub(in crate::theme) enum Expr<'t> {
    /// A name, and its place.
    Name(&'t str, usize),
    /// `x.name`, and the place of the name.
    Field(Box<Expr<'t>>, &'t str, usize),
    /// `x[y]`.
    Item(Box<Expr<'t>>, Box<Expr<'t>>),
    /// A part of a list or of another value.
    Slice(Box<Expr<'t>>, Vec<Expr<'t>>),
    /// `x | name(…)`.
    Filter(Box<Expr<'t>>, &'t str, Args<'t>),
    /// `name(…)`, and its place.
    Call(&'t str, Args<'t>, usize),
    /// `x is name(…)`.
    Test(Box<Expr<'t>>, &'t str, Args<'t>),
    /// `x == y` and the like.
    Compare(Box<Expr<'t>>, Box<Expr<'t>>),
    /// `x or y`.
    Or(Box<Expr<'t>>, Box<Expr<'t>>),
    /// `x if y else z`: the possible values, and the condition.
    Choice(Box<Expr<'t>>, Box<Expr<'t>>, Option<Box<Expr<'t>>>),
    /// `[x for name in y if z]`.
    Each(Box<Each<'t>>),
    /// `[x, y]`.
    List(Vec<Expr<'t>>),
    /// A value that an operator or braces make from several.
    Of(Vec<Expr<'t>>),
    Text(&'t str, usize),
    Number,
    /// `true`, `none`, and unknown syntax.
    Other,
}

/// The arguments of a call by their names.
pub(in crate::theme) type Args<'t> = Vec<(&'t str, Expr<'t>)>;

/// A list made from another one.
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

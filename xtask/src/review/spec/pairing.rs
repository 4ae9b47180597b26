//! What of one document belongs to what of the other.

use codegen::parse::node::{Node, Place, Value};

use super::{
    Renames,
    side::{Side, WrittenOperation, component_of, same},
};

/// The methods that a path item can have.
pub(super) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Operations of both sides.
#[derive(Default)]
pub(super) struct Operations<'d> {
    pub(super) both: Vec<(WrittenOperation<'d>, WrittenOperation<'d>)>,
    pub(super) removed: Vec<WrittenOperation<'d>>,
    pub(super) added: Vec<WrittenOperation<'d>>,
}

/// Pairs operations: by method and path, whatever its parameters are called, and
/// those that are left by their ids.
pub(super) fn operations<'d>(base: &Side<'d>, head: &Side<'d>) -> Operations<'d> {
    let mut found = Operations { added: head.operations(), ..Operations::default() };
    let mut left = Vec::new();
    for before in base.operations() {
        let is_same = |it: &WrittenOperation<'_>| {
            it.method == before.method && template(it.path) == template(before.path)
        };
        match found.added.iter().position(is_same) {
            Some(idx) => found.both.push((before, found.added.remove(idx))),
            None => left.push(before),
        }
    }
    for before in left {
        let id = before.id();
        match found.added.iter().position(|it| id.is_some() && it.id() == id) {
            Some(idx) => found.both.push((before, found.added.remove(idx))),
            None => found.removed.push(before),
        }
    }
    found
}

/// A path without the names of its parameters.
pub(super) fn template(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        format!("{text}{{}}{}", part.split_once('}').map_or("", |(_, rest)| rest))
    })
}

/// The names of a path's parameters, in order.
pub(super) fn parameters(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(name, _)| name).collect()
}

/// Items of two lists.
pub(super) struct Items<'d> {
    pub(super) both: Vec<(&'d Node, &'d Node)>,
    pub(super) removed: Vec<&'d Node>,
    pub(super) added: Vec<&'d Node>,
    /// Whether the same items stand in another order.
    pub(super) is_reordered: bool,
}

/// Pairs items: equal ones, then those with the same identity, then, if they are
/// mappings without one, by their order.
pub(super) fn items<'d>(base: &'d [Node], head: &'d [Node], renames: &Renames) -> Items<'d> {
    let mut both: Vec<(usize, usize)> = Vec::new();
    let mut open_base: Vec<usize> = (0..base.len()).collect();
    let mut open_head: Vec<usize> = (0..head.len()).collect();
    let mut pair = |belongs: &dyn Fn(&Node, &Node) -> bool| {
        open_base.retain(|&idx| {
            let found = open_head.iter().position(|&it| belongs(&base[idx], &head[it]));
            if let Some(at) = found {
                both.push((idx, open_head.remove(at)));
            }
            found.is_none()
        });
    };
    pair(&|a, b| same(a, b));
    pair(&|a, b| identity(a, Some(renames)).is_some_and(|it| Some(it) == identity(b, None)));
    pair(&|a, b| {
        // A server has nothing but its address, if its environment has no name.
        let is_server = |it: &Node| it.get("url").is_some() && it.get("x-environment").is_none();
        let is_plain =
            |it: &Node| matches!(it.value, Value::Map(_)) && identity(it, None).is_none();
        is_plain(a) && is_plain(b) || is_server(a) && is_server(b)
    });
    both.sort_unstable();
    let is_reordered =
        open_base.is_empty() && open_head.is_empty() && both.windows(2).any(|it| it[0].1 > it[1].1);
    Items {
        both: both.iter().map(|&(a, b)| (&base[a], &head[b])).collect(),
        removed: open_base.iter().map(|&it| &base[it]).collect(),
        added: open_head.iter().map(|&it| &head[it]).collect(),
        is_reordered,
    }
}

/// What makes an item itself: its component, the place and name of a parameter,
/// the environment or address of a server.
fn identity(node: &Node, renames: Option<&Renames>) -> Option<String> {
    if let Some((kind, name)) = component_of(node) {
        return Some(renames.map_or(name, |it| it.get(kind, name)).to_owned());
    }
    let text = |key: &str| node.get(key).and_then(Node::as_str);
    if let (Some(place), Some(name)) = (text("in"), text("name")) {
        return Some(format!("{place} {name}"));
    }
    text("x-environment").or_else(|| text("url")).map(str::to_owned)
}

impl<'d> WrittenOperation<'d> {
    /// The operation's id.
    pub(super) fn id(&self) -> Option<&'d str> {
        self.node.get("operationId")?.as_str()
    }

    /// Both method and operation.
    pub(super) fn span(&self) -> Place {
        Place { end: self.node.place.end.max(self.key_place.end), ..self.key_place }
    }
}

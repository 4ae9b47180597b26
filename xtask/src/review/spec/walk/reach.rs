//! Which operations use a component of one side, wherever the other side lacks it.

use codegen::parse::node::{Node, Value};
use indexmap::{IndexMap, IndexSet};

use super::{Walker, found::Use};
use crate::review::{
    report::Direction,
    spec::{
        pairing::Operations,
        side::{Side, Which, WrittenOperation, component_of},
    },
};

impl<'d> Walker<'_, 'd> {
    /// The uses of each component of a side, by kind and name; operations by the ids
    /// they have now.
    pub(super) fn reach(
        &self,
        which: Which,
        operations: &Operations<'d>,
    ) -> IndexMap<(&'d str, &'d str), IndexSet<Use>> {
        let side = if which == Which::Base { self.base } else { self.head };
        let mut found = IndexMap::new();
        for it in side.operations() {
            let id = it.id().unwrap_or("?");
            let is_it = |(before, _): &&(WrittenOperation<'_>, _)| before.id() == Some(id);
            let renamed = operations.both.iter().find(is_it).and_then(|(_, after)| after.id());
            let id = renamed.filter(|_| which == Which::Base).unwrap_or(id);
            let responses = it.node.get("responses").and_then(Node::as_map).unwrap_or_default();
            let mut parts = vec![
                ("body".to_owned(), Direction::Request, it.node.get("requestBody")),
                ("parameters".to_owned(), Direction::Request, it.node.get("parameters")),
                ("parameters".to_owned(), Direction::Request, it.item.get("parameters")),
            ];
            parts.extend(
                responses
                    .iter()
                    .map(|it| (format!("answer {}", it.key), Direction::Response, Some(&it.value))),
            );
            for (part, direction, node) in parts {
                reach(side, node, &used(id, part, direction), &mut found);
            }
        }
        let webhooks = side.document.root.get("x-webhooks").and_then(Node::as_map);
        for entry in webhooks.unwrap_or_default() {
            let body = entry.value.get("post").and_then(|it| it.get("requestBody"));
            let used = used(&entry.key, "event".to_owned(), Direction::Response);
            reach(side, body, &used, &mut found);
        }
        found
    }
}

fn used(operation: &str, part: String, direction: Direction) -> Use {
    let operation = operation.to_owned();
    Use { operation, part, direction, slot: None, is_among_exclusive: false, member: None }
}

/// Adds a use to all components below a node, once per operation and direction.
fn reach<'d>(
    side: &Side<'d>,
    node: Option<&'d Node>,
    used: &Use,
    found: &mut IndexMap<(&'d str, &'d str), IndexSet<Use>>,
) {
    let mut open: Vec<&'d Node> = node.into_iter().collect();
    while let Some(node) = open.pop() {
        if let Some((kind, name)) = component_of(node) {
            let uses = found.entry((kind, name)).or_default();
            // Those of one operation stand together.
            let mut of_it = uses.iter().rev().take_while(|it| it.operation == used.operation);
            if !of_it.any(|it| it.direction == used.direction) {
                uses.insert(used.clone());
                open.extend(side.component(kind, name));
            }
            continue;
        }
        match &node.value {
            Value::List(items) => open.extend(items),
            Value::Map(entries) => open.extend(entries.iter().map(|it| &it.value)),
            _ => {}
        }
    }
}

//! Whether what was encoded is what was decoded.

use std::collections::BTreeMap;

use codegen::{model::types::Direction, parse::node::Node};

use super::{
    json::{Json, exact},
    schema::{Flat, Schemas},
};

/// What differs, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) path: String,
    pub(super) what: &'static str,
}

/// Compares a value that was decoded with what was encoded.
pub(super) fn differences<'n>(
    schemas: &Schemas<'n>,
    node: &'n Node,
    direction: Direction,
    before: &Json,
    after: &Json,
) -> Vec<Difference> {
    let mut judge = Judge { schemas, direction, found: Vec::new() };
    judge.compare(&[node], "", before, after);
    judge.found
}

struct Judge<'s, 'n> {
    schemas: &'s Schemas<'n>,
    direction: Direction,
    found: Vec<Difference>,
}

impl<'n> Judge<'_, 'n> {
    fn differs(&mut self, path: &str, what: &'static str) {
        self.found.push(Difference { path: path.to_owned(), what });
    }

    /// What the alternatives that a value may be say of its members; `None` if it
    /// seems to be none of them.
    fn fitting(
        &self,
        nodes: &[&'n Node],
        value: &BTreeMap<String, Json>,
    ) -> Option<BTreeMap<&'n str, Vec<&'n Node>>> {
        let choices = self.schemas.choices(nodes);
        let mut fitting = choices.iter().filter(|it| self.may_be(it, value)).peekable();
        fitting.peek()?;
        let mut members: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
        for (name, nodes) in fitting.flat_map(|it| &it.properties) {
            let found = members.entry(name).or_default();
            for node in nodes {
                if found.iter().all(|it| it.place != node.place) {
                    found.push(node);
                }
            }
        }
        Some(members)
    }

    /// Whether nothing that can be seen at a glance tells that it is not.
    fn may_be(&self, schema: &Flat<'n>, value: &BTreeMap<String, Json>) -> bool {
        let property = |name: &str| schema.properties.iter().find(|(it, _)| *it == name);
        let is_there = |name: &str| {
            value.contains_key(name)
                || property(name).is_some_and(|(_, it)| self.schemas.stays(it, self.direction))
        };
        let is_listed = |name: &str, value: &Json| {
            let Some((_, nodes)) = property(name) else { return !schema.is_closed };
            let Json::String(text) = value else { return true };
            let listed = self.schemas.flat(nodes).values;
            listed.is_none_or(|it| it.iter().any(|it| it.as_str() == Some(text)))
        };
        schema.required.iter().all(|it| is_there(it))
            && value.iter().all(|(name, value)| is_listed(name, value))
    }

    fn compare(&mut self, nodes: &[&'n Node], path: &str, before: &Json, after: &Json) {
        match (before, after) {
            (Json::Map(before), Json::Map(after)) => {
                let (declared, keeps) = self.schemas.declared(nodes);
                let keeps = keeps || declared.is_empty();
                let fitting = self.fitting(nodes, before);
                for (key, value) in before {
                    let path = format!("{path}/{key}");
                    let all = declared.get(key.as_str());
                    let own = fitting.as_ref().map(|it| it.get(key.as_str()));
                    let is_foreign = all.is_some() && matches!(own, Some(None));
                    let nodes = own.flatten().or(all);
                    match (after.get(key), nodes) {
                        (Some(after), Some(nodes)) => self.compare(nodes, &path, value, after),
                        (Some(after), None) => self.compare(&[], &path, value, after),
                        // Absent and `null` are one.
                        (None, Some(_)) if *value == Json::Null => {}
                        (None, Some(stays)) if self.schemas.stays(stays, self.direction) => {}
                        // Only what the value is not declares it.
                        (None, Some(_)) if !keeps && is_foreign => {}
                        (None, Some(_)) => self.differs(&path, "a declared member is lost"),
                        (None, None) if keeps => {
                            self.differs(&path, "an additional member is lost")
                        }
                        (None, None) => {}
                    }
                }
                for key in after.keys().filter(|it| !before.contains_key(*it)) {
                    self.differs(&format!("{path}/{key}"), "a member was added");
                }
            }
            (Json::List(before), Json::List(after)) if before.len() == after.len() => {
                let items = self.schemas.items(nodes);
                for (idx, (before, after)) in before.iter().zip(after).enumerate() {
                    self.compare(&items, &format!("{path}/{idx}"), before, after);
                }
            }
            (Json::Number(before), Json::Number(after)) => {
                if exact(before) != exact(after) {
                    self.differs(path, "a number is another");
                }
            }
            // A schema that takes both takes either, or the validator says so.
            (Json::Number(before), Json::String(after))
            | (Json::String(before), Json::Number(after)) => {
                if exact(before).is_none() || exact(before) != exact(after) {
                    self.differs(path, "a number or text is another");
                }
            }
            (Json::String(before), Json::String(after)) => {
                let instant = |it: &str| it.parse::<jiff::Timestamp>().ok();
                let is_time = || {
                    let keys = self.schemas.flat(nodes).keys;
                    keys.get("format").and_then(|it| it.as_str()) == Some("date-time")
                };
                let same = before == after
                    || (is_time()
                        && instant(before).is_some()
                        && instant(before) == instant(after));
                if !same {
                    self.differs(path, "a text is another");
                }
            }
            (before, after) => {
                if before != after {
                    self.differs(path, "a value is of another kind");
                }
            }
        }
    }
}

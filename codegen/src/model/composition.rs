//! What schemas are made of by reference alone: how deep that goes, and whether
//! it ever ends.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::{
    diagnostics::Diagnostics,
    model::schema::{Additional, Kind, Object, Schema},
};

/// Longer chains of references than any document has.
pub(crate) const MAX_DEPTH: usize = 40;

/// More parts than any schema has, those of its parts included.
pub(crate) const MAX_PARTS: usize = 10_000;

/// A graph of schemas: name → the names that it cannot be written out without.
pub(crate) type Edges<'s> = IndexMap<&'s str, Vec<&'s str>>;

/// What cannot be written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Excess {
    /// It leads back to itself.
    Circle,
    /// Nobody would go so deep, or through so many parts.
    Parts,
}

/// The schemas that end no other way than by being cut: each names one of a
/// circle, or one at which a chain becomes too long. If these are cut, all others
/// end.
///
/// Takes as long as there are references; a chain can be as long as the document.
pub(crate) fn excesses<'s>(edges: &Edges<'s>) -> Vec<(&'s str, Excess)> {
    #[derive(Clone, Copy)]
    enum State {
        Open,
        Done { depth: usize, n_parts: usize },
    }
    let mut states: BTreeMap<&str, State> = BTreeMap::new();
    let mut found: Vec<(&str, Excess)> = Vec::new();
    let mut cut: BTreeSet<&str> = BTreeSet::new();
    for start in edges.keys().copied() {
        let mut stack: Vec<(&str, usize)> = vec![(start, 0)];
        if states.contains_key(start) {
            continue;
        }
        states.insert(start, State::Open);
        while let Some((name, next)) = stack.pop() {
            let targets = edges.get(name).map(Vec::as_slice).unwrap_or_default();
            if let Some(to) = targets.get(next).copied() {
                stack.push((name, next + 1));
                match states.get(to) {
                    Some(State::Open) => {
                        if cut.insert(to) {
                            found.push((to, Excess::Circle));
                        }
                    }
                    None if edges.contains_key(to) => {
                        states.insert(to, State::Open);
                        stack.push((to, 0));
                    }
                    Some(State::Done { .. }) | None => {}
                }
                continue;
            }
            let (mut depth, mut n_parts) = (0, 1_usize);
            for to in targets {
                if let Some(State::Done { depth: below, n_parts: parts }) = states.get(to) {
                    depth = depth.max(below + 1);
                    n_parts = n_parts.saturating_add(*parts);
                }
            }
            if (depth > MAX_DEPTH || n_parts > MAX_PARTS) && cut.insert(name) {
                found.push((name, Excess::Parts));
            }
            if cut.contains(name) {
                (depth, n_parts) = (0, 1);
            }
            states.insert(name, State::Done { depth, n_parts });
        }
    }
    found
}

/// Complains about schemas that cannot be written out, and says whether there is
/// one: whoever follows its references does not come back.
pub(crate) fn check(schemas: &IndexMap<String, Schema>, diags: &mut Diagnostics) -> bool {
    let mut told: Vec<&str> = Vec::new();
    let mut is_excessive = false;
    for edges in [edges(schemas, values), edges(schemas, parts)] {
        for (name, excess) in excesses(&edges) {
            let Some(schema) = schemas.get(name) else { continue };
            is_excessive = true;
            match excess {
                Excess::Parts => diags.too_many_parts(schema.place, name),
                // One complaint per circle.
                Excess::Circle if reached(name, &edges).iter().any(|it| told.contains(it)) => {}
                Excess::Circle => {
                    diags.circular_reference(schema.place, name);
                    told.push(name);
                }
            }
        }
    }
    is_excessive
}

type Targets = for<'s> fn(&'s Schema, &mut Vec<&'s str>);

fn edges(schemas: &IndexMap<String, Schema>, targets: Targets) -> Edges<'_> {
    let edge = |(name, schema)| {
        let mut found = Vec::new();
        targets(schema, &mut found);
        (String::as_str(name), found)
    };
    schemas.iter().map(edge).collect()
}

fn reached<'s>(name: &'s str, edges: &Edges<'s>) -> BTreeSet<&'s str> {
    let mut reached = BTreeSet::new();
    let mut rest = vec![name];
    while let Some(name) = rest.pop() {
        let targets = edges.get(name).into_iter().flatten().copied();
        rest.extend(targets.filter(|it| reached.insert(*it)));
    }
    reached
}

/// The schemas that values of `schema` are, too.
fn values<'s>(schema: &'s Schema, found: &mut Vec<&'s str>) {
    match &schema.kind {
        Kind::Ref(name) => found.push(name),
        Kind::AllOf(parts) | Kind::Alternatives(parts, _) => {
            parts.iter().for_each(|it| values(it, found));
        }
        _ => {}
    }
}

/// The schemas that stand in the Rust type of `schema`, because they have no type
/// of their own.
fn parts<'s>(schema: &'s Schema, found: &mut Vec<&'s str>) {
    match &schema.kind {
        Kind::Ref(name) => found.push(name),
        Kind::Array(items) => parts(items, found),
        Kind::Object(Object { members, additional: Additional::Schema(it), .. })
            if members.is_empty() =>
        {
            parts(it, found);
        }
        Kind::AllOf(items) if items.len() == 1 => parts(&items[0], found),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Edges, Excess, MAX_DEPTH, excesses};

    fn names(n: usize) -> Vec<String> {
        (0..n).map(|idx| format!("{idx:06}")).collect()
    }

    #[test]
    fn a_chain_that_is_too_long_is_cut_in_pieces() {
        let names = names(100_000);
        let edges: Edges<'_> = names.windows(2).map(|it| (&*it[0], vec![&*it[1]])).collect();
        let found = excesses(&edges);
        assert_eq!(found.len(), 100_000 / (MAX_DEPTH + 1) - 1);
        assert!(found.iter().all(|(_, it)| *it == Excess::Parts));
    }

    #[test]
    fn parts_that_double_are_cut() {
        let names = names(30);
        let edges: Edges<'_> =
            names.windows(2).map(|it| (&*it[0], vec![&*it[1], &*it[1]])).collect();
        assert_eq!(excesses(&edges), [("000015", Excess::Parts), ("000002", Excess::Parts)]);
    }

    #[test]
    fn a_circle_is_cut_once() {
        let edges: Edges<'_> =
            [("a", vec!["b"]), ("b", vec!["c"]), ("c", vec!["b", "a"])].into_iter().collect();
        assert_eq!(excesses(&edges), [("b", Excess::Circle), ("a", Excess::Circle)]);
    }
}

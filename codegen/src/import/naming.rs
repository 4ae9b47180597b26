//! Names for what other people's documents call otherwise, or not at all.
//!
//! The same document always gets the same names: they are given in the order
//! in which things stand in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::names;

/// Names of types and methods that are taken.
pub(super) struct Naming {
    prefix: String,
    types: BTreeSet<String>,
    methods: BTreeSet<String>,
    numbers: Numbers,
}

/// What the variants of a union are called if they have no name of their own.
const VARIANTS: [&str; 4] = ["Flag", "List", "Number", "Text"];

impl Naming {
    pub(super) fn new(provider: &str) -> Self {
        Self {
            prefix: names::pascal(provider),
            types: BTreeSet::new(),
            methods: BTreeSet::new(),
            numbers: Numbers::default(),
        }
    }

    /// A method's name; its call and error take theirs with it.
    pub(super) fn method(&mut self, wanted: &str) -> String {
        let mut name = fixed(wanted, names::snake);
        // `Self` is no name, and `Self_Error` is none that Rust likes.
        if names::RESERVED_METHODS.contains(&name.as_str()) || names::pascal(&name).ends_with('_') {
            name = fixed(&format!("{name}_operation"), names::snake);
        }
        let types = |name: &str| {
            let call = names::pascal(name);
            [format!("{call}Error"), format!("{call}Success"), call]
        };
        let is_free = |it: &str| {
            !self.methods.contains(it)
                && !types(it).iter().any(|it| {
                    self.types.contains(it) || names::RESERVED_TYPES.contains(&it.as_str())
                })
        };
        let name = self.numbers.numbered(&name, "_", is_free);
        self.types.extend(types(&name));
        self.methods.insert(name.clone());
        name
    }

    /// A type's name.
    pub(super) fn ty(&mut self, wanted: &str) -> String {
        let mut name = fixed(wanted, names::pascal);
        let is_reserved = |it: &str| names::RESERVED_TYPES.contains(&it) || VARIANTS.contains(&it);
        if is_reserved(&name) {
            name = fixed(&format!("{}{name}", self.prefix), names::pascal);
        }
        let is_free = |it: &str| !self.types.contains(it) && !is_reserved(it);
        let name = self.numbers.numbered(&name, "", is_free);
        self.types.insert(name.clone());
        name
    }
}

/// Names of the members of a struct, or of the parameters of an operation.
#[derive(Default)]
pub(super) struct Members {
    taken: BTreeSet<String>,
    numbers: Numbers,
}

impl Members {
    /// The name in Rust if it is not the one that follows from `wire`.
    pub(super) fn name(&mut self, wire: &str, reserved: &[&str]) -> Option<String> {
        let derived = names::snake(wire);
        let is_free = |it: &str| !self.taken.contains(it) && !reserved.contains(&it);
        let base = if reserved.contains(&derived.as_str()) {
            format!("{}_value", derived.trim_end_matches('_'))
        } else {
            derived.clone()
        };
        let name = self.numbers.numbered(&fixed(&base, names::snake), "_", is_free);
        self.taken.insert(name.clone());
        (name != derived).then_some(name)
    }
}

/// The names of listed values, if they do not follow from the values.
pub(super) fn variants(values: &[&str]) -> Option<Vec<String>> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut numbers = Numbers::default();
    let mut differs = false;
    let mut variants = Vec::new();
    for (idx, value) in values.iter().enumerate() {
        let derived = names::pascal(value);
        let has_name = names::is_told(value);
        let base = match (*value, has_name) {
            ("", _) => "Empty".to_owned(),
            (_, false) => format!("Value{}", idx + 1),
            (_, true) if derived == "Unrecognized" => "UnrecognizedValue".to_owned(),
            // A whole sentence is no name.
            (_, true) if derived.len() > 60 => format!("Value{}", idx + 1),
            (_, true) => derived.clone(),
        };
        let base = fixed(&base, names::pascal);
        let name = numbers.numbered(&base, "", |it| !taken.contains(it));
        differs |= name != derived;
        taken.insert(name.clone());
        variants.push(name);
    }
    differs.then_some(variants)
}

/// The name that naming it again does not change.
fn fixed(wanted: &str, rule: fn(&str) -> String) -> String {
    let mut name = rule(wanted);
    for _ in 0..4 {
        let again = rule(&name);
        if again == name {
            return name;
        }
        name = again;
    }
    name
}

/// The numbers that names have got.
#[derive(Default)]
pub(super) struct Numbers {
    /// The first number that may be free, by what stands before it: a name that
    /// was taken once is never free again.
    next: BTreeMap<String, usize>,
}

impl Numbers {
    /// The name, with a number if it is taken.
    pub(super) fn numbered(
        &mut self,
        name: &str,
        separator: &str,
        is_free: impl Fn(&str) -> bool,
    ) -> String {
        if is_free(name) {
            return name.to_owned();
        }
        let stem = format!("{}{separator}", name.trim_end_matches('_'));
        let next = self.next.entry(stem).or_insert(2);
        loop {
            let name = format!("{}{separator}{next}", name.trim_end_matches('_'));
            *next += 1;
            if is_free(&name) {
                return name;
            }
        }
    }
}

//! What people say about every operation, independently of the specs: whether
//! it can move money, and what protects from doing it twice.

use std::{collections::BTreeMap, fs, path::Path};

use payouts_core::{Idempotency, Operation};
use payouts_tests::{
    PROVIDERS,
    table::{Call, Provider},
};

/// What may be done with an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Protection {
    /// It has no effect.
    Reads,
    /// Nothing protects: it is sent once.
    Once,
    /// The provider recognises a repeat by this header.
    Key(String),
    /// Doing it again has no further effect.
    Repeatable,
}

impl Protection {
    /// Whether a second request has no second effect.
    pub(crate) fn is_protected(&self) -> bool {
        match self {
            Self::Reads | Self::Key(_) | Self::Repeatable => true,
            Self::Once => false,
        }
    }
}

/// A row of the generated tables, with what people say about it.
pub(crate) struct Row {
    pub(crate) provider: &'static Provider,
    pub(crate) operation: &'static Operation,
    pub(crate) call: &'static Call,
}

impl Row {
    /// `provider.operation`
    pub(crate) fn name(&self) -> String {
        format!("{}.{}", self.provider.name, self.operation.id)
    }
}

/// Every operation with its call.
pub(crate) fn rows() -> impl Iterator<Item = Row> {
    PROVIDERS.iter().flat_map(|provider| {
        assert_eq!(provider.operations.len(), provider.calls.len(), "{}", provider.name);
        let call = |id| provider.calls.iter().find(|it| it.id == id);
        let row = move |operation: &&'static Operation| {
            let call = call(operation.id).expect("every operation has a call");
            Row { provider, operation, call }
        };
        provider.operations.iter().map(row)
    })
}

/// The two reviewed lists.
pub(crate) struct Reviewed {
    money_moving: BTreeMap<String, Protection>,
    other: BTreeMap<String, Protection>,
}

impl Reviewed {
    pub(crate) fn read() -> Self {
        Self { money_moving: list(MONEY_MOVING), other: list(OTHER) }
    }

    /// What may be done with an operation.
    #[track_caller]
    pub(crate) fn protection(&self, name: &str) -> &Protection {
        let found = self.money_moving.get(name).or_else(|| self.other.get(name));
        found.unwrap_or_else(|| panic!("`{name}` stands in no reviewed list"))
    }
}

const MONEY_MOVING: &str = "money_moving_operations.txt";
const OTHER: &str = "other_operations.txt";

fn list(file: &str) -> BTreeMap<String, Protection> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(path).expect("the list can be read");
    let mut operations = BTreeMap::new();
    for line in text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
        let (name, protection) = line.split_once(' ').unwrap_or((line, ""));
        let protection = match protection.split_once(' ') {
            None if protection == "reads" => Protection::Reads,
            None if protection == "once" => Protection::Once,
            Some(("key", header)) => Protection::Key(header.to_owned()),
            Some(("repeatable:", _)) => Protection::Repeatable,
            _ => panic!("tests/{file}: `{line}` says nothing that is known"),
        };
        let before = operations.insert(name.to_owned(), protection);
        assert!(before.is_none(), "tests/{file}: `{name}` stands there twice");
    }
    operations
}

#[test]
fn every_operation_is_reviewed() {
    let Reviewed { money_moving, other } = Reviewed::read();
    let mut problems = Vec::new();
    for name in rows().map(|it| it.name()) {
        match (money_moving.contains_key(&name), other.contains_key(&name)) {
            (false, false) => problems.push(format!(
                "`{name}` is new: can it move or authorise money? Add it to tests/{MONEY_MOVING} \
                 or tests/{OTHER}"
            )),
            (true, true) => {
                problems.push(format!("`{name}` is in tests/{MONEY_MOVING} and tests/{OTHER}"));
            }
            (true, false) | (false, true) => {}
        }
    }
    for name in money_moving.keys().chain(other.keys()) {
        if !rows().any(|it| it.name() == *name) {
            problems.push(format!("`{name}` is no operation any more, remove it from its list"));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn what_moves_money_does_not_only_read() {
    for (name, protection) in Reviewed::read().money_moving {
        assert_ne!(protection, Protection::Reads, "{name}");
    }
}

#[test]
fn the_specs_declare_what_people_say() {
    let reviewed = Reviewed::read();
    for row in rows() {
        let name = row.name();
        let declared = match row.operation.idempotency {
            Idempotency::Safe => Protection::Reads,
            Idempotency::None => Protection::Once,
            Idempotency::Repeatable => Protection::Repeatable,
            Idempotency::Key(header) => Protection::Key(header.to_owned()),
            other => panic!("{name}: {other:?} is new to this test"),
        };
        assert_eq!(
            declared,
            *reviewed.protection(&name),
            "`{name}` is declared in its spec as it stands on the left, and reviewed as it stands \
             on the right: which of them can pay twice?"
        );
    }
}

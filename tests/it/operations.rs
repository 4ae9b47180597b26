//! What holds for every operation of every provider, from the generated tables
//! and from lists that people review.

use std::{collections::BTreeMap, fs, path::Path};

use payouts_core::{ErrorKind, Idempotency, Method, Operation, Outcome, Reconcile};
use payouts_tests::{
    PROVIDERS,
    server::{self, Reply, Server},
    table::{Call, Provider},
};

/// Every operation with its provider and its call.
fn operations() -> impl Iterator<Item = (&'static Provider, &'static Operation, &'static Call)> {
    PROVIDERS.iter().flat_map(|provider| {
        assert_eq!(provider.operations.len(), provider.calls.len(), "{}", provider.name);
        let call = |id| provider.calls.iter().find(|it| it.id == id);
        provider
            .operations
            .iter()
            .map(move |it| (*provider, *it, call(it.id).expect("every operation has a call")))
    })
}

/// `provider.operation`
fn name(provider: &Provider, operation: &Operation) -> String {
    format!("{}.{}", provider.name, operation.id)
}

/// Calls an operation, and gives the outcome and the only request that came.
async fn call(call: &Call, reply: Reply) -> (Result<u16, payouts_core::Error>, String) {
    let server = Server::start(reply).await;
    let res = (call.run)(format!("{}/base", server.url)).await;
    let received = server.received();
    let lines: Vec<_> = received.iter().map(|it| it.line()).collect();
    assert_eq!(lines.len(), 1, "{}: one request is expected: {lines:?}, {res:?}", call.id);
    (res, lines[0].to_owned())
}

/// Whether a request line is that of an operation.
fn fits(operation: &Operation, line: &str) -> bool {
    let Some((method, target)) = line.split_once(' ') else { return false };
    let path = target.split('?').next().unwrap_or_default();
    let Some(path) = path.strip_prefix("/base/") else { return false };
    let wanted: Vec<_> = operation.path.trim_start_matches('/').split('/').collect();
    let found: Vec<_> = path.split('/').collect();
    let is_parameter = |it: &str| it.starts_with('{') && it.ends_with('}');
    method == operation.method.as_str()
        && wanted.len() == found.len()
        && wanted.iter().zip(&found).all(|(wanted, found)| {
            wanted == found || is_parameter(wanted) && !matches!(*found, "" | "." | "..")
        })
}

#[tokio::test]
async fn a_success_is_accepted_whatever_its_body() {
    for reply in [server::json("200 OK", "{}"), server::answer("204 No Content", "", b"")] {
        for (provider, operation, it) in operations() {
            let (res, line) = call(it, reply.clone()).await;
            let name = name(provider, operation);
            assert!(fits(operation, &line), "{name}: {line}");
            if let Err(error) = res {
                let found = (error.kind(), error.outcome(), error.attempts());
                assert_eq!(found, (ErrorKind::Decode, Outcome::Accepted, 1), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn a_failure_of_the_provider_is_not_tried_again() {
    for (provider, operation, it) in operations() {
        let (res, line) = call(it, server::json("500 Internal Server Error", "{}")).await;
        let name = name(provider, operation);
        assert!(fits(operation, &line), "{name}: {line}");
        let Err(error) = res else { panic!("{name}: 500 is not a success") };
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1), "{name}");
        assert_eq!(error.operation().id, operation.id);
    }
}

/// The operations of a reviewed list with what stands behind the colon.
fn reviewed(file: &str) -> BTreeMap<String, Option<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(path).expect("the list can be read");
    let mut operations = BTreeMap::new();
    for line in text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
        let (name, reason) = match line.split_once(": ") {
            Some((name, reason)) => (name, Some(reason.to_owned())),
            None => (line, None),
        };
        let before = operations.insert(name.to_owned(), reason);
        assert!(before.is_none(), "tests/{file}: `{name}` stands there twice");
    }
    operations
}

const MONEY_MOVING: &str = "money_moving_operations.txt";
const OTHER: &str = "other_operations.txt";

#[test]
fn every_operation_is_reviewed() {
    let (money_moving, other) = (reviewed(MONEY_MOVING), reviewed(OTHER));
    let mut problems = Vec::new();
    for (provider, operation, _) in operations() {
        let name = name(provider, operation);
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
        if !operations().any(|(provider, operation, _)| self::name(provider, operation) == *name) {
            problems.push(format!("`{name}` is no operation any more, remove it from its list"));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn what_moves_money_is_not_declared_repeatable() {
    let money_moving = reviewed(MONEY_MOVING);
    for (provider, operation, _) in operations() {
        let name = name(provider, operation);
        let Some(reason) = money_moving.get(&name) else { continue };
        match (operation.idempotency, reason) {
            (Idempotency::None | Idempotency::Key(_), None) => {}
            (Idempotency::Repeatable, Some(_)) => {}
            (idempotency, None) => panic!(
                "`{name}` is declared {idempotency:?}, so it is sent again after a failure: can \
                 that pay twice? If not, say why in tests/{MONEY_MOVING}"
            ),
            (_, Some(_)) => {
                panic!("`{name}` needs no reason in tests/{MONEY_MOVING}: it is not repeatable");
            }
        }
    }
}

#[test]
fn what_is_declared_safe_reads() {
    for (provider, operation, _) in operations() {
        let is_safe = operation.idempotency == Idempotency::Safe;
        let name = name(provider, operation);
        assert_eq!(is_safe, operation.method == Method::GET, "{name}");
        assert_eq!(is_safe, operation.reconcile == Reconcile::NotNeeded, "{name}");
    }
}

#[test]
fn what_is_looked_up_with_is_an_operation_that_reads() {
    for (provider, operation, _) in operations() {
        let Reconcile::With { operation: with, .. } = operation.reconcile else { continue };
        let found = provider.operations.iter().find(|it| it.id == with);
        let name = name(provider, operation);
        let found = found.unwrap_or_else(|| panic!("{name}: there is no operation `{with}`"));
        assert_eq!(found.idempotency, Idempotency::Safe, "{name}: `{with}` does not read");
    }
}

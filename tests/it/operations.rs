//! What holds for every operation of every provider, from the generated tables.

use payouts_core::{ErrorKind, Idempotency, Method, Operation, Outcome, Reconcile};
use payouts_tests::{
    server::{self, Reply, Server},
    table::{Settings, Success},
};

use crate::reviewed::{Row, rows};

/// Calls an operation, and gives the outcome and the only request that came.
async fn call(row: &Row, reply: Reply) -> (Result<Success, payouts_core::Error>, String) {
    let server = Server::start(reply).await;
    let res = (row.call.run)(Settings::new(format!("{}/base", server.url))).await;
    let received = server.received();
    let lines: Vec<_> = received.iter().map(|it| it.line()).collect();
    assert_eq!(lines.len(), 1, "{}: one request is expected: {lines:?}, {res:?}", row.name());
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
        for row in rows() {
            let (res, line) = call(&row, reply.clone()).await;
            let name = row.name();
            assert!(fits(row.operation, &line), "{name}: {line}");
            if let Err(error) = res {
                let found = (error.kind(), error.outcome(), error.attempts());
                assert_eq!(found, (ErrorKind::Decode, Outcome::Accepted, 1), "{name}");
                assert_eq!(error.operation().id, row.operation.id);
            }
        }
    }
}

#[test]
fn what_is_declared_safe_reads() {
    for row in rows() {
        let (name, operation) = (row.name(), row.operation);
        let is_safe = operation.idempotency == Idempotency::Safe;
        assert_eq!(is_safe, operation.method == Method::GET, "{name}");
        assert_eq!(is_safe, matches!(operation.reconcile, Reconcile::NotNeeded), "{name}");
    }
}

#[test]
fn what_is_looked_up_with_is_an_operation_that_reads() {
    for row in rows() {
        let Reconcile::With { operation: with, .. } = row.operation.reconcile else { continue };
        let name = row.name();
        let is_own = row.provider.operations.iter().any(|it| std::ptr::eq(*it, with));
        assert!(is_own, "{name}: `{}` is another provider's", with.id);
        assert_eq!(with.idempotency, Idempotency::Safe, "{name}: `{}` does not read", with.id);
    }
}

#[test]
fn readmes_say_how_to_find_out() {
    for row in rows() {
        let (name, operation) = (row.name(), row.operation);
        let text = readme(row.provider.name);
        let start = text.find("## When the outcome is unknown").expect("the README has it");
        let (section, _) = text[start + 2..].split_once("\n## ").expect("another section follows");
        let item = section.lines().find(|it| it.starts_with(&format!("- `{}`: ", operation.id)));
        match operation.reconcile {
            Reconcile::NotNeeded => assert_eq!(item, None, "{name}"),
            Reconcile::With { operation, matching, .. } => {
                let way = format!("call `{}` and look for `{matching}`. ", operation.id);
                assert!(item.is_some_and(|it| it.contains(&way)), "{name}: {item:?}");
            }
            Reconcile::Impossible(_) => {
                let is_said = |it: &str| it.contains("cannot be looked up. ");
                assert!(item.is_some_and(is_said), "{name}: {item:?}");
            }
            _ => panic!("{name}: another way to find out"),
        }
        let Some(item) = item else { continue };
        let before = &section[..section.find(item).expect("the item is in the section")];
        let head = before.lines().rfind(|it| it.ends_with(':')).expect("a list has a head");
        let protection = match operation.idempotency {
            Idempotency::Key(header) => format!("with the same `{header}`"),
            Idempotency::Repeatable => "no further effect".to_owned(),
            _ => "Nothing protects".to_owned(),
        };
        assert!(head.contains(&protection), "{name}: {head}");
    }
}

fn readme(provider: &str) -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let path = root.join(format!("payouts-{provider}/README.md"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

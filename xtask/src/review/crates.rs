//! The crates that no spec is for: the runtime, and the facade that re-exports
//! the clients.

use anyhow::Result;

use super::{
    FACADE, RUNTIME, Sides,
    accepted::{self, Accepted},
    report::{Bump, CrateReview, ProviderReview, RustReview},
    version::{History, Subject},
};

/// Judges both, as far as they change; beside it, the acceptances that accept
/// nothing.
pub(super) fn review(
    sides: &Sides<'_>,
    history: &History<'_>,
    providers: &[ProviderReview],
    accepted: &[Accepted],
    has_rust: bool,
) -> Result<(Vec<CrateReview>, Vec<String>)> {
    let mut crates = Vec::new();
    let mut refused = Vec::new();
    if has_rust && !sides.base.is_same(sides.head, &[RUNTIME]) {
        let rust = sides.rust(name(RUNTIME), &[])?;
        let subject = Subject {
            krate: name(RUNTIME),
            spec: None,
            rust: &rust,
            has_other_source: !sides.base.is_same(sides.head, &[&format!("{RUNTIME}/src")]),
        };
        let (version, of_it) = history.review(&subject, accepted)?;
        refused.extend(of_it);
        let reason = "the runtime of all clients changed".to_owned();
        crates.push(CrateReview { reason, rust, version });
    }
    if let Some(facade) = facade(sides, history, providers)? {
        // What breaks it is accepted where it is: in the client.
        refused.extend(accepted::settle(name(FACADE), &[], accepted).1);
        crates.push(facade);
    }
    Ok((crates, refused))
}

/// The facade breaks with each client that breaks, because it re-exports it.
fn facade(
    sides: &Sides<'_>,
    history: &History<'_>,
    providers: &[ProviderReview],
) -> Result<Option<CrateReview>> {
    let of_clients = providers.iter().map(|it| it.version.required).max();
    let own = match sides.base.is_same(sides.head, &[&format!("{FACADE}/src")]) {
        true => Bump::None,
        false => Bump::Patch,
    };
    let required = of_clients.unwrap_or(Bump::None).max(own);
    let because: Vec<String> = providers
        .iter()
        .filter(|it| it.version.required == required)
        .map(|it| format!("`{}`", it.version.krate))
        .collect();
    let reason = match because.as_slice() {
        [] => "its own source changed".to_owned(),
        names => format!("it re-exports {}", names.join(", ")),
    };
    let version = history.versions(name(FACADE), required)?;
    let is_told = required > Bump::None && version.head.is_some();
    let rust = RustReview::Skipped;
    Ok(is_told.then_some(CrateReview { reason, rust, version }))
}

/// The name of a crate, by its folder.
pub(super) fn name(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

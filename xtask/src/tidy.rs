//! The rules of this repository that no compiler knows.
//!
//! Each problem says where, what, and how to fix it.

use anyhow::{Context, Result};
use toml_edit::{DocumentMut, Item};

use crate::{
    explain, shell,
    workspace::{CLIENT_FEATURES, Workspace},
};

/// Checks all rules and prints the problems; says whether there are none.
///
/// # Errors
///
/// If a file cannot be read.
pub fn run(workspace: &Workspace) -> Result<bool> {
    let problems = problems(workspace)?;
    for problem in &problems {
        shell::failure("Untidy", problem);
    }
    Ok(problems.is_empty())
}

/// Everything that is not tidy.
///
/// # Errors
///
/// If a file cannot be read.
pub fn problems(workspace: &Workspace) -> Result<Vec<String>> {
    let mut problems = manifests(workspace)?;
    problems.extend(providers(workspace)?);
    problems.extend(lints(workspace)?);
    problems.extend(sources(workspace)?);
    problems.extend(explain::problems(workspace)?);
    Ok(problems)
}

/// The client manifests, which people own: do they have what generated code needs?
///
/// # Errors
///
/// If a manifest cannot be read.
pub fn manifests(workspace: &Workspace) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for provider in workspace.providers()? {
        let path = format!("crates/payouts-{provider}/Cargo.toml");
        let Some(manifest) = manifest(workspace, &path)? else {
            problems.push(format!(
                "{path} does not exist; `cargo xtask new-provider {provider}` would have written it"
            ));
            continue;
        };
        for name in ["payouts-core", "serde"] {
            if !in_workspace(at(&manifest, &["dependencies", name])) {
                problems.push(format!(
                    "{path}: [dependencies] needs `{name}.workspace = true`; generated code uses it"
                ));
            }
        }
        let optional =
            at(&manifest, &["dependencies", "schemars", "optional"]).and_then(Item::as_bool);
        if !in_workspace(at(&manifest, &["dependencies", "schemars"])) || optional != Some(true) {
            problems.push(format!(
                "{path}: [dependencies] needs `schemars = {{ workspace = true, optional = true }}`"
            ));
        }
        let known = ["payouts-core", "serde", "schemars"];
        let dependencies = at(&manifest, &["dependencies"]).and_then(Item::as_table_like);
        for (name, _) in dependencies.into_iter().flat_map(|it| it.iter()) {
            if !known.contains(&name) {
                problems.push(format!("{path}: generated code does not use `{name}`; remove it"));
            }
        }
        for feature in CLIENT_FEATURES {
            let part = format!("payouts-core/{feature}");
            if !enables(&manifest, feature, &part) {
                problems.push(format!("{path}: the feature `{feature}` must enable `{part}`"));
            }
        }
    }
    Ok(problems)
}

/// Specs, crates, features, tests and the READMEs name the same providers.
fn providers(workspace: &Workspace) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let specs = workspace.providers()?;
    let root = manifest(workspace, "Cargo.toml")?.context("Cargo.toml is missing")?;
    let facade =
        manifest(workspace, "crates/payouts/Cargo.toml")?.context("the facade has no manifest")?;
    let tests = manifest(workspace, "tests/Cargo.toml")?.context("the tests have no manifest")?;
    let readme = workspace.read("README.md")?.unwrap_or_default();
    let facade_readme = workspace.read("crates/payouts/README.md")?.unwrap_or_default();
    for provider in &specs {
        let krate = format!("payouts-{provider}");
        if at(&root, &["workspace", "dependencies", &krate]).is_none() {
            problems.push(format!("Cargo.toml: [workspace.dependencies] does not name `{krate}`"));
        }
        if at(&facade, &["features", provider]).is_none() {
            problems.push(format!("crates/payouts/Cargo.toml: there is no feature `{provider}`"));
        }
        for feature in CLIENT_FEATURES {
            let part = format!("{krate}?/{feature}");
            if !enables(&facade, feature, &part) {
                problems.push(format!(
                    "crates/payouts/Cargo.toml: the feature `{feature}` must enable `{part}`"
                ));
            }
        }
        if !enables(&facade, "all", provider) {
            problems.push(format!(
                "crates/payouts/Cargo.toml: the feature `all` must enable `{provider}`"
            ));
        }
        if at(&tests, &["dependencies", &krate]).is_none() {
            problems.push(format!("tests/Cargo.toml: [dependencies] does not name `{krate}`"));
        }
        if !readme.contains(&format!("(crates/{krate}/README.md)")) {
            problems.push(format!("README.md: the table of providers has no row for `{krate}`"));
        }
        if !facade_readme.contains(&format!("| `{provider}` |")) {
            problems.push(format!(
                "crates/payouts/README.md: the table of features has no row for `{provider}`"
            ));
        }
    }
    for path in workspace.files("crates", "Cargo.toml")? {
        let name = path.trim_start_matches("crates/").trim_end_matches("/Cargo.toml");
        let provider = name.strip_prefix("payouts-").filter(|it| *it != "core");
        if let Some(provider) = provider
            && !specs.iter().any(|it| it == provider)
        {
            problems.push(format!(
                "{path}: there is no specs/{provider}.yaml; remove the crate or write the spec"
            ));
        }
    }
    Ok(problems)
}

/// The manifests of all members of the workspace.
///
/// # Errors
///
/// If a folder cannot be read.
pub(crate) fn members(workspace: &Workspace) -> Result<Vec<String>> {
    let mut paths = workspace.files("crates", "Cargo.toml")?;
    paths.extend(["codegen/Cargo.toml", "tests/Cargo.toml", "xtask/Cargo.toml"].map(str::to_owned));
    Ok(paths)
}

/// Every crate inherits the workspace's lints and edition.
fn lints(workspace: &Workspace) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for path in members(workspace)? {
        let manifest = manifest(workspace, &path)?.with_context(|| format!("{path} is missing"))?;
        if !in_workspace(at(&manifest, &["lints"])) {
            problems.push(format!("{path}: add `[lints]` with `workspace = true`"));
        }
        for key in ["edition", "license", "repository", "publish"] {
            if !in_workspace(at(&manifest, &["package", key])) {
                problems.push(format!("{path}: write `{key}.workspace = true` under [package]"));
            }
        }
    }
    Ok(problems)
}

/// Rust files say what they are for; what serves all providers names none.
fn sources(workspace: &Workspace) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let specs = workspace.providers()?;
    for folder in ["codegen", "crates", "tests", "xtask"] {
        for path in workspace.files(folder, ".rs")? {
            let text = workspace.read(&path)?.unwrap_or_default();
            let mut lines =
                text.lines().filter(|it| !it.starts_with("// @generated") && !it.trim().is_empty());
            let first = lines.next().unwrap_or_default();
            if !first.starts_with("//!") && !first.starts_with("#![doc") {
                problems.push(format!(
                    "{path}: begin with a line `//!` that says what the module is responsible for"
                ));
            }
            let neutral = ["codegen/", "crates/payouts-core/", "xtask/"]
                .iter()
                .any(|it| path.starts_with(it));
            // Acme stands for any provider in examples.
            for provider in specs.iter().filter(|it| neutral && *it != "acme") {
                let mut words = text.split(|it: char| !it.is_alphanumeric());
                if words.any(|it| it.eq_ignore_ascii_case(provider)) {
                    problems.push(format!("{path}: names the provider `{provider}`; what serves all providers names none"));
                }
            }
        }
    }
    Ok(problems)
}

/// A manifest, if it exists.
fn manifest(workspace: &Workspace, path: &str) -> Result<Option<DocumentMut>> {
    let Some(text) = workspace.read(path)? else { return Ok(None) };
    text.parse().map(Some).with_context(|| format!("{path} is not TOML"))
}

/// What stands at a path of keys.
fn at<'m>(manifest: &'m DocumentMut, keys: &[&str]) -> Option<&'m Item> {
    keys.iter().try_fold(manifest.as_item(), |item, key| item.get(key))
}

/// Whether a feature enables a part.
fn enables(manifest: &DocumentMut, feature: &str, part: &str) -> bool {
    let parts = at(manifest, &["features", feature]).and_then(Item::as_array);
    parts.is_some_and(|it| it.iter().any(|it| it.as_str() == Some(part)))
}

/// Whether an entry is inherited.
fn in_workspace(item: Option<&Item>) -> bool {
    item.and_then(|it| it.get("workspace")).and_then(Item::as_bool) == Some(true)
}

#[cfg(test)]
mod tests;

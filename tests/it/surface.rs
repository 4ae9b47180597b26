//! The public API of every client, as the compiler sees it, in outline.
//!
//! A typical change shows the signatures that changed. After a change that is
//! wanted, run the test again with `INSTA_UPDATE=always`.

mod outline;

use std::{env, path::PathBuf, process::Command};

/// Compares the outline of a client with `tests/surface/<provider>.snap`.
#[track_caller]
fn check(provider: &str) {
    let krate = format!("payouts-{provider}");
    let api = public_api::Builder::from_rustdoc_json(rustdoc_json(&krate))
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .expect("public-api reads what the pinned toolchain writes");
    let outline = outline::outline(&krate.replace('-', "_"), &api.to_string());
    insta::with_settings!({
        snapshot_path => "../surface",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(provider, outline);
    });
}

/// Documents a crate as JSON, in a target folder of its own, and gives the
/// file. The pinned toolchain fixes the format, although it is unstable.
fn rustdoc_json(krate: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = root.join("target/surface");
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(&root)
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["rustdoc", "--quiet", "--package", krate, "--lib", "--no-default-features"])
        .args(["-Z", "unstable-options", "--output-format", "json", "--target-dir"])
        .arg(&target)
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("doc").join(format!("{}.json", krate.replace('-', "_")))
}

#[test]
fn acceptify() {
    check("acceptify");
}

#[test]
fn rebilly() {
    check("rebilly");
}

#[test]
fn revere() {
    check("revere");
}

#[test]
fn yativo() {
    check("yativo");
}

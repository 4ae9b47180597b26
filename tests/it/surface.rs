//! The public API of every client, as the compiler sees it, in outline; and no
//! float anywhere in it, because money in a float is money lost.
//!
//! A typical change shows the signatures that changed. After a change that is
//! wanted, run the test again with `INSTA_UPDATE=always`.

mod outline;

use std::{env, path::PathBuf, process::Command};

/// Looks for floats, and compares the outline of a client with `tests/surface/<provider>.snap`.
#[track_caller]
fn check(provider: &str) {
    let krate = format!("payouts-{provider}");
    let items = public_items(&krate, "");
    assert_eq!(with_floats(&items), Vec::<&str>::new());
    let outline = outline::outline(&krate.replace('-', "_"), &items);
    insta::with_settings!({
        snapshot_path => "../surface",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(provider, outline);
    });
}

/// All public items of a crate, one per line.
fn public_items(krate: &str, features: &str) -> String {
    let api = public_api::Builder::from_rustdoc_json(rustdoc_json(krate, features))
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .expect("public-api reads what the pinned toolchain writes");
    api.to_string()
}

/// The items that name a binary fraction.
fn with_floats(items: &str) -> Vec<&str> {
    let is_float = |line: &&str| {
        let mut words = line.split(|it: char| !(it.is_alphanumeric() || it == '_'));
        words.any(|it| matches!(it, "f32" | "f64"))
    };
    items.lines().filter(is_float).collect()
}

/// Documents a crate as JSON, in a target folder of its own, and gives the
/// file. The pinned toolchain fixes the format, although it is unstable.
fn rustdoc_json(krate: &str, features: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = root.join("target/surface");
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(&root)
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["rustdoc", "--quiet", "--package", krate, "--lib", "--no-default-features"])
        .args(["--features", features])
        .args(["-Z", "unstable-options", "--output-format", "json", "--target-dir"])
        .arg(&target)
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("doc").join(format!("{}.json", krate.replace('-', "_")))
}

payouts_tests::test_each_provider!(check);

/// With all conversions to types of other crates.
#[test]
fn the_runtime_has_no_float() {
    let items = public_items("payouts-core", "rust_decimal,chrono,jiff,time,schemars");
    assert_eq!(with_floats(&items), Vec::<&str>::new());
    for item in ["TryFrom<payouts_core::Decimal> for rust_decimal", "payouts_core::Money::new"] {
        assert!(items.contains(item), "{item}: {items}");
    }
}

#[test]
fn floats_are_found() {
    let items = "pub fn a::rate(&self) -> f64\npub a::B::c: alloc::vec::Vec<f32>\npub fn f64::x()\npub fn a::f64_like(u64)";
    assert_eq!(with_floats(items).len(), 3);
}

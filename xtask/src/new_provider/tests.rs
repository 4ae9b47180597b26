//! A new provider fits in among the others, and a wrong name changes nothing.

use crate::{new_provider, tidy, workspace::scratch};

#[track_caller]
fn refused(name: &str) -> String {
    let (_folder, workspace) = scratch();
    let before = workspace.read("Cargo.toml").expect("readable");
    let error = new_provider::run(&workspace, name).expect_err("the name is wrong");
    assert_eq!(workspace.read("Cargo.toml").expect("readable"), before, "nothing changes");
    error.to_string()
}

#[test]
fn several_providers_stay_sorted() {
    let (_folder, workspace) = scratch();
    for name in ["beta", "aaa", "zulu"] {
        new_provider::run(&workspace, name).expect("a new provider");
    }
    let text = workspace.read("Cargo.toml").expect("readable").expect("exists");
    let order: Vec<&str> =
        text.lines().filter_map(|it| it.strip_prefix("payouts-")?.split(" = ").next()).collect();
    assert_eq!(order, ["core", "aaa", "beta", "delta", "zulu"]);
    let facade = workspace.read("crates/payouts/Cargo.toml").expect("readable").expect("exists");
    assert!(facade.contains("all = [\"aaa\", \"beta\", \"delta\", "), "{facade}");
    assert_eq!(tidy::problems(&workspace).expect("files can be read"), Vec::<String>::new());
}

#[test]
fn a_name_that_is_no_word() {
    for name in ["Delta", "delta-pay", "1pay", "", "delta/../x", "açme"] {
        assert_eq!(
            refused(name),
            format!(
                "`{name}` cannot be a provider's name; write one lower-case word of letters and digits, such as `acme`"
            )
        );
    }
}

#[test]
fn a_name_that_is_taken() {
    assert_eq!(
        refused("core"),
        "`core` is taken by the facade or by Rust itself; choose another word"
    );
    assert_eq!(
        refused("type"),
        "`type` is taken by the facade or by Rust itself; choose another word"
    );
    assert_eq!(refused("delta"), "specs/delta.yaml exists already; nothing was changed");
}

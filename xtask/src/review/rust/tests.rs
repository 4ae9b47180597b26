//! What a change means agrees with what the compiler says to code that was
//! written against the old crate.

mod cases;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use cases::{CASES, Case};
use tempfile::TempDir;

use super::review;
use crate::{
    review::report::{ItemChange, Meaning, RustReview},
    workspace::Workspace,
};

const MANIFEST: &str = "[package]
name = \"acme-client\"
version = \"0.1.0\"
edition = \"2024\"
";

/// Two workspaces with one crate each, and a target folder.
struct Sides {
    folder: TempDir,
}

impl Sides {
    fn new() -> Self {
        let sides = Self { folder: tempfile::tempdir().expect("a folder can be made") };
        for side in ["base", "head"] {
            sides.write(
                side,
                "Cargo.toml",
                "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n",
            );
        }
        sides
    }

    fn of(base: &str, head: &str) -> Self {
        let sides = Self::new();
        for (side, text) in [("base", base), ("head", head)] {
            sides.krate(side, MANIFEST, text);
        }
        sides
    }

    fn krate(&self, side: &str, manifest: &str, text: &str) {
        self.write(side, "crates/acme-client/Cargo.toml", manifest);
        self.write(side, "crates/acme-client/src/lib.rs", text);
    }

    fn write(&self, side: &str, path: &str, text: &str) {
        Workspace::at(&self.path(side)).write(path, text).expect("a file can be written");
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    fn review(&self) -> RustReview {
        review(&self.path("base"), &self.path("head"), "acme-client", &self.path("target"))
    }

    #[track_caller]
    fn items(&self) -> Vec<ItemChange> {
        match self.review() {
            RustReview::Items(items) => items,
            other => panic!("{other:?}"),
        }
    }

    /// Compiles a side for callers.
    fn library(&self, side: &str) -> PathBuf {
        let library = self.path(&format!("lib{side}.rmeta"));
        let source = self.path(&format!("{side}/crates/acme-client/src/lib.rs"));
        let (is_right, said) = rustc(&source, &library, &["--crate-name", "acme_client"]);
        assert!(is_right, "{said}");
        library
    }
}

fn rustc(source: &Path, out: &Path, arguments: &[&str]) -> (bool, String) {
    let beside_cargo = env::var_os("CARGO").map(|it| PathBuf::from(it).with_file_name("rustc"));
    let rustc = beside_cargo.filter(|it| it.exists()).unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "-A", "warnings"])
        .args(arguments)
        .arg("-o")
        .args([out, source])
        .output()
        .expect("rustc can be run");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// All cases as modules of one crate, so that one run of rustdoc does for them.
fn crate_of(text: impl Fn(&Case) -> &str) -> String {
    let module = |case: &Case| format!("pub mod {} {{ {} }}\n", case.name, text(case));
    CASES.iter().map(module).collect()
}

fn is_in(item: &ItemChange, module: &str) -> bool {
    let path = format!(" {module}::");
    let has = |it: &String| format!(" {it}").replace(['(', '<'], " ").contains(&path);
    [&item.before, &item.after].into_iter().flatten().any(has)
}

#[test]
fn the_verdict_is_that_of_the_compiler() {
    let sides = Sides::of(&crate_of(|it| it.old), &crate_of(|it| it.new));
    let items = sides.items();
    let (base, head) = (sides.library("base"), sides.library("head"));
    let mut wrong = Vec::new();
    for case in CASES {
        let source = sides.path("caller.rs");
        let text = format!("use acme_client::{}::*;\n{}", case.name, case.caller);
        fs::write(&source, text).expect("a file can be written");
        let compiles = |library: &Path| {
            let library = format!("acme_client={}", library.display());
            rustc(&source, &sides.path("caller.rmeta"), &["--extern", &library])
        };
        let (was_right, said) = compiles(&base);
        assert!(was_right, "{}: {said}", case.name);
        let (is_right, said) = compiles(&head);
        let of_case = items.iter().filter(|it| is_in(it, case.name));
        let worst = of_case.clone().map(|it| it.meaning).max();
        if (worst == Some(Meaning::BreaksRust)) == is_right || worst != case.meaning {
            wrong.push(format!(
                "{}: {worst:?} {:#?}\n{said}",
                case.name,
                of_case.collect::<Vec<_>>()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The changes in a few words, one per line.
fn told(items: &[ItemChange]) -> String {
    let line = |it: &ItemChange| {
        let meaning = match it.meaning {
            Meaning::BreaksRust => "breaks",
            Meaning::New => "new",
            _ => "same",
        };
        let text = |it: &Option<String>| it.as_deref().unwrap_or("-").to_owned();
        let reason = it.reason.as_deref().unwrap_or_default();
        format!("{meaning}: {} => {}: {reason}\n", text(&it.before), text(&it.after))
    };
    items.iter().map(line).collect()
}

/// Like what the macros of the runtime make of a table.
#[test]
fn a_client_changes() {
    let old = "
        use std::time::Duration;
        #[derive(Clone)]
        #[non_exhaustive] pub struct PayoutRequest { pub amount: u64, pub note: Option<String> }
        impl PayoutRequest {
            pub fn new(amount: u64) -> Self { Self { amount, note: None } }
            pub fn note(mut self, note: impl Into<String>) -> Self { self.note = Some(note.into()); self }
        }
        #[derive(Clone)] pub struct Payout { pub id: String, pub wait: Duration }
        #[derive(Clone, Default)] pub struct Refund { pub id: String }
        pub struct Client { _part: u8 }
        impl Client {
            pub fn refund(&self) -> Refund { Refund::default() }
            pub fn ask_refund(&self) -> AskRefund { AskRefund(1) }
        }
        pub enum AskRefundError { Late }
        pub struct AskRefund(u8);
        impl AskRefund { pub fn send(self) -> Result<u8, AskRefundError> { Ok(1) } }";
    let new = "
        use std::time::Duration;
        #[derive(Clone)]
        #[non_exhaustive] pub struct PayoutRequest { pub amount: u64, pub note: Option<u64>, pub to: u8 }
        impl PayoutRequest {
            pub fn new(amount: u64, to: u8) -> Self { Self { amount, note: None, to } }
            pub fn note(mut self, note: u64) -> Self { self.note = Some(note); self }
        }
        pub struct Payout { pub id: Option<String>, pub wait: Duration, pub fee: u8 }
        #[derive(Clone, Default)] pub struct Chargeback { pub id: String }
        pub struct Client { _part: u8 }
        impl Client {
            pub fn refund(&self) -> Chargeback { Chargeback::default() }
            pub fn order_refund(&self) -> OrderRefund { OrderRefund(1) }
        }
        pub enum OrderRefundError { Late }
        pub struct OrderRefund(u8);
        impl OrderRefund { pub fn send(self) -> Result<u8, OrderRefundError> { Ok(1) } }";
    assert_eq!(
        told(&Sides::of(old, new).items()),
        "\
breaks: struct AskRefund(_) => -: it is called `OrderRefund` now
breaks: enum AskRefundError => -: it is called `OrderRefundError` now
breaks: fn Client::ask_refund(&self) -> AskRefund => -: it is called `Client::order_refund` now
breaks: fn Client::refund(&self) -> Refund => fn Client::refund(&self) -> Chargeback: `refund()` gives another type
breaks: - => Payout::fee: u8: `Payout` can be made by naming all of its fields
breaks: Payout::id: String => Payout::id: Option<String>: it may be absent
breaks: fn PayoutRequest::new(u64) -> Self => fn PayoutRequest::new(u64, u8) -> Self: `new()` takes one more argument
breaks: fn PayoutRequest::note(self, impl Into<String>) -> Self => fn PayoutRequest::note(self, u64) -> Self: one argument of `note()` is of another type
breaks: PayoutRequest::note: Option<String> => PayoutRequest::note: Option<u64>: it is of another type
breaks: struct Refund => -: it is called `Chargeback` now
breaks: impl Clone for Payout => -: a `Payout` cannot be copied any more
new: - => struct Chargeback: it was called `Refund`
new: - => fn Client::order_refund(&self) -> OrderRefund: it was called `Client::ask_refund`
new: - => struct OrderRefund(_): it was called `AskRefund`
new: - => enum OrderRefundError: it was called `AskRefundError`
new: - => PayoutRequest::to: u8: 
"
    );
}

/// The compiler does not see it, and what was the one is taken for the other.
#[test]
fn arguments_change_places() {
    let of = |arguments: &str| {
        format!(
            "pub struct Quote; impl Quote {{
                 pub fn new({arguments}) -> Self {{ Self }}
                 pub fn with(self, {arguments}) -> Self {{ self }}
             }}"
        )
    };
    let told = |old: &str, new: &str| told(&Sides::of(&of(old), &of(new)).items());
    assert_eq!(
        told("from: String, to: String, rate: u64", "to: String, from: String, rate: u64"),
        "breaks: fn Quote::new(from: String, to: String, rate: u64) -> Self => fn Quote::new(to: String, from: String, rate: u64) -> Self: `from` has another place: what was given there compiles, as another argument
breaks: fn Quote::with(self, from: String, to: String, rate: u64) -> Self => fn Quote::with(self, to: String, from: String, rate: u64) -> Self: `from` has another place: what was given there compiles, as another argument
"
    );
    assert_eq!(told("from: String, to: String", "source: String, target: String"), "");
    // Another argument has its name now.
    assert_eq!(told("id: u32, payout: u64", "group: u32, id: u64"), "");
    assert_eq!(told("(a, b): (u8, u8), c: u8", "pair: (u8, u8), c: u8"), "");
}

#[test]
fn features_are_part_of_it() {
    let sides = Sides::new();
    let manifest = |features: &str| format!("{MANIFEST}[features]\n{features}");
    let base = manifest("default = [\"tracing\"]\ntracing = []\nold = []");
    let head = manifest("default = []\ntracing = []\nschemars = []");
    sides.krate("base", &base, "");
    sides.krate("head", &head, "#[cfg(feature = \"schemars\")] pub fn schema() {}");
    assert_eq!(
        told(&sides.items()),
        "breaks: feature default = [tracing] => feature default = []: what was switched on by default must be asked for
breaks: feature old => -: cargo refuses a feature that does not exist
new: - => fn schema(): 
new: - => feature schemars: 
"
    );
}

#[test]
fn the_runtime_counts_where_it_is_shown() {
    let sides = Sides::new();
    let runtime = |fields: &str, extra: &str| {
        format!(
            "mod money {{ pub struct Money {{ {fields} }} impl Money {{ pub fn unit(&self) -> Unit {{ Unit }} }}
             pub struct Unit; {extra} pub struct Hidden; }} pub use money::*;"
        )
    };
    let manifest = MANIFEST.replace("acme-client", "acme-core");
    let client = format!("{MANIFEST}[dependencies]\nacme-core = {{ path = \"../acme-core\" }}\n");
    for (side, fields, extra) in [
        ("base", "pub amount: u64, raw: u8", "impl Hidden { pub fn hide(&self) {} }"),
        ("head", "pub amount: String, raw: u8", "impl Unit { pub fn name(&self) {} }"),
    ] {
        sides.write(side, "crates/acme-core/Cargo.toml", &manifest);
        sides.write(side, "crates/acme-core/src/lib.rs", &runtime(fields, extra));
        sides.krate(side, &client, "pub use acme_core::Money;");
    }
    assert_eq!(
        told(&sides.items()),
        "breaks: Money::amount: u64 => Money::amount: String: of `acme-core`: it is of another type
new: - => fn Unit::name(&self): of `acme-core`
"
    );
}

/// Cargo takes the one side's runtime for the other's, if it is not told.
#[test]
fn each_side_has_its_own_runtime() {
    let sides = Sides::new();
    let manifest = MANIFEST.replace("acme-client", "acme-core");
    let client = format!("{MANIFEST}[dependencies]\nacme-core = {{ path = \"../acme-core\" }}\n");
    for (side, raw) in [("base", "u8"), ("head", "std::rc::Rc<u8>")] {
        sides.write(side, "crates/acme-core/Cargo.toml", &manifest);
        sides.write(side, "crates/acme-core/src/lib.rs", &format!("pub struct Call({raw});"));
        sides.krate(side, &client, "pub struct Pay(acme_core::Call);");
    }
    let told = told(&sides.items());
    assert!(told.contains("breaks: impl Send for Pay => -"), "{told}");
}

#[test]
fn a_crate_may_be_missing() {
    let sides = Sides::new();
    assert_eq!(sides.items(), []);
    sides.krate("head", MANIFEST, "pub fn pay() {}");
    assert_eq!(told(&sides.items()), "new: - => crate acme-client: \n");
    fs::rename(sides.path("base"), sides.path("other")).expect("a folder can be renamed");
    fs::rename(sides.path("head"), sides.path("base")).expect("a folder can be renamed");
    fs::rename(sides.path("other"), sides.path("head")).expect("a folder can be renamed");
    assert_eq!(told(&sides.items()), "breaks: crate acme-client => -: \n");
}

#[test]
fn what_the_compiler_refuses_is_not_known() {
    let sides = Sides::of("pub fn pay() {}", "pub fn pay( {}");
    let RustReview::Unknown { reason } = sides.review() else { panic!("it cannot be known") };
    assert!(reason.starts_with("head: acme-client cannot be compiled: "), "{reason}");
    assert!(reason.contains("lib.rs:1:"), "{reason}");
}

/// The second time, nothing is compiled: there is nothing to compile any more.
#[test]
fn what_is_known_is_kept() {
    let sides = Sides::of("pub fn pay() {}", "pub fn look() {}");
    // Cargo writes Cargo.lock, which counts.
    sides.review();
    let first = sides.review();
    let doc = sides.path("target/doc");
    fs::remove_dir_all(&doc).expect("a folder can be removed");
    assert_eq!(sides.review(), first);
    assert!(!doc.exists());
    // Back and forth in one target folder: each side has its own items.
    fs::remove_dir_all(sides.path("target/api")).expect("a folder can be removed");
    assert_eq!(sides.review(), first);
}

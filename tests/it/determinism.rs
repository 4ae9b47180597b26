//! Same input, same bytes, on every platform.

use codegen::{Source, SourceFile};
use payouts_tests::PROVIDERS;
use xtask::workspace::Workspace;

fn sources() -> Vec<Source> {
    let workspace = Workspace::find().expect("tests run in the workspace");
    PROVIDERS.iter().map(|it| workspace.source(it.name).expect("specs can be read")).collect()
}

fn generated(source: &Source) -> Vec<(String, String)> {
    codegen::generate(source).expect("the spec is right").files
}

#[test]
fn twice() {
    for source in sources() {
        assert_eq!(generated(&source), generated(&source));
    }
}

#[test]
fn from_a_checkout_with_other_line_ends() {
    let windows = |files: &[SourceFile]| {
        files
            .iter()
            .map(|it| SourceFile::new(it.path.clone(), &it.text.replace('\n', "\r\n")))
            .collect()
    };
    for source in sources() {
        let other = Source {
            provider: source.provider.clone(),
            files: windows(&source.files),
            samples: windows(&source.samples),
        };
        assert_eq!(generated(&source), generated(&other));
    }
}

#[test]
fn whatever_order_the_files_come_in() {
    for source in sources() {
        let mut other = source.clone();
        other.files[1..].reverse();
        other.samples.reverse();
        assert_eq!(generated(&source), generated(&other));
    }
}

#[test]
fn no_path_of_this_machine_is_in_the_output() {
    let root = Workspace::find().expect("tests run in the workspace").root().display().to_string();
    for source in sources() {
        for (path, text) in generated(&source) {
            assert!(!text.contains(&root), "{path} names {root}");
        }
    }
}

//! No text, however broken, makes the generator panic.
//!
//! The real specs are damaged in many deterministic ways, as a slip of the
//! hand or a bad merge would do it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use codegen::Source;
use xtask::workspace::Workspace;

/// Numbers that look random and are the same in every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^= it >> 31;
        usize::try_from(it % limit as u64).expect("smaller than a limit that is a usize")
    }
}

/// What stands in for a word: other kinds of values, other keywords, nonsense.
const WORDS: &[&str] = &[
    "", "null", "true", "12", "-1", "'12'", "[]", "{}", "[{}]", "{a: 1}", "string", "integer", "number", "array",
    "object", "$ref", "properties", "required", "enum", "oneOf", "allOf", "anyOf", "nullable", "x-unit", "x-new",
    "minor", "Self", "self", "type", "Vec", "Unrecognized", "'1'", "'é'", "'#/components/schemas/Nothing'", "'a b'",
    "default", "post", "get", "/", "{x}", "'\"#'", "additionalProperties", "items", "description",
];

/// Damages a text in one place and says how.
fn damage(text: &str, numbers: &mut Numbers) -> (String, String) {
    let lines: Vec<&str> = text.lines().collect();
    let at = numbers.below(lines.len());
    let other = numbers.below(lines.len());
    let mut damaged: Vec<String> = lines.iter().map(|it| (*it).to_owned()).collect();
    let how = match numbers.below(8) {
        0 => {
            damaged.remove(at);
            "without"
        }
        1 => {
            damaged.insert(at, lines[at].to_owned());
            "twice"
        }
        2 => {
            damaged.swap(at, other);
            "swapped with another"
        }
        3 => {
            damaged[at] = format!("  {}", lines[at]);
            "indented more"
        }
        4 => {
            damaged[at] = lines[at].strip_prefix("  ").unwrap_or(lines[at]).to_owned();
            "indented less"
        }
        5 => {
            let end = numbers.below(lines[at].chars().count() + 1);
            damaged.truncate(at);
            damaged.push(lines[at].chars().take(end).collect());
            "cut off"
        }
        _ => {
            let words: Vec<&str> = lines[at].split_whitespace().collect();
            if !words.is_empty() {
                let word = words[numbers.below(words.len())];
                damaged[at] = lines[at].replacen(word, WORDS[numbers.below(WORDS.len())], 1);
            }
            "with another word"
        }
    };
    let what = format!("line {} {how}: {:?} -> {:?}", at + 1, lines[at], damaged.get(at).map_or("", String::as_str));
    (damaged.join("\n"), what)
}

/// Damages the provider's spec so many times and generates from each.
#[track_caller]
fn check(provider: &str, n_times: usize) {
    let workspace = Workspace::find().expect("this is the workspace");
    let source = workspace.source(provider).expect("the provider has a spec");
    let mut numbers = Numbers(provider.len() as u64);
    let mut panicked = Vec::new();
    for _ in 0..n_times {
        let mut damaged: Source = source.clone();
        // Samples are damaged too, now and then.
        let in_sample = numbers.below(8) == 0;
        let files = if in_sample { &mut damaged.samples } else { &mut damaged.files };
        let file_idx = numbers.below(files.len());
        let file = &mut files[file_idx];
        let (text, what) = damage(&file.text, &mut numbers);
        file.text = text;
        let what = format!("{} {what}", file.path);
        if catch_unwind(AssertUnwindSafe(|| codegen::generate(&damaged))).is_err() {
            panicked.push(what);
        }
    }
    assert!(panicked.is_empty(), "{} panics:\n{}", panicked.len(), panicked.join("\n"));
}

#[test]
fn acceptify() {
    check("acceptify", 100);
}

#[test]
fn rebilly() {
    check("rebilly", 100);
}

#[test]
fn revere() {
    check("revere", 100);
}

#[test]
fn yativo() {
    check("yativo", 100);
}

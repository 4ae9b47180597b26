//! No text, however broken, makes the generator panic.
//!
//! The real specs are damaged in many deterministic ways, as a slip of the
//! hand or a bad merge would do it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use codegen::{Source, SourceFile};
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
    "",
    "null",
    "true",
    "12",
    "-1",
    "'12'",
    "[]",
    "{}",
    "[{}]",
    "{a: 1}",
    "string",
    "integer",
    "number",
    "array",
    "object",
    "$ref",
    "properties",
    "required",
    "enum",
    "oneOf",
    "allOf",
    "anyOf",
    "nullable",
    "x-unit",
    "x-new",
    "minor",
    "Self",
    "self",
    "type",
    "Vec",
    "Unrecognized",
    "'1'",
    "'é'",
    "'#/components/schemas/Nothing'",
    "'a b'",
    "default",
    "post",
    "get",
    "/",
    "{x}",
    "'\"#'",
    "additionalProperties",
    "items",
    "description",
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
    let what = format!(
        "line {} {how}: {:?} -> {:?}",
        at + 1,
        lines[at],
        damaged.get(at).map_or("", String::as_str)
    );
    (damaged.join("\n"), what)
}

/// Generates and says what is wrong, as text; panics if the output is no Rust.
fn generated(source: &Source) -> String {
    match codegen::generate(source) {
        Ok(output) => {
            for (path, text) in output.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
                syn::parse_file(text)
                    .unwrap_or_else(|error| panic!("{path} is no Rust: {error}\n{text}"));
            }
            String::new()
        }
        Err(diagnostics) => diagnostics.to_string(),
    }
}

/// Damages the provider's spec so many times and generates from each.
#[track_caller]
fn check(provider: &str, n_times: usize) {
    let workspace = Workspace::find().expect("this is the workspace");
    let source = workspace.source(provider).expect("the provider has a spec");
    let mut numbers = Numbers(provider.len() as u64);
    let mut n_refused = 0;
    let mut panicked = Vec::new();
    for _ in 0..n_times {
        let mut damaged = source.clone();
        // Samples are damaged too, now and then.
        let in_sample = numbers.below(8) == 0;
        let files = if in_sample { &mut damaged.samples } else { &mut damaged.files };
        let file_idx = numbers.below(files.len());
        let file = &mut files[file_idx];
        let (text, what) = damage(&file.text, &mut numbers);
        file.text = text;
        let what = format!("{} {what}", file.path);
        match catch_unwind(AssertUnwindSafe(|| generated(&damaged))) {
            Ok(complaints) => n_refused += usize::from(!complaints.is_empty()),
            Err(_) => panicked.push(what),
        }
    }
    assert!(panicked.is_empty(), "{} panics:\n{}", panicked.len(), panicked.join("\n"));
    assert!(n_refused > n_times / 2, "only {n_refused} of {n_times} damages were noticed");
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

/// The complaints about a small spec with these schemas, the first of which is
/// sent as `Root`.
#[track_caller]
fn complaints(schemas: &str) -> String {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1', description: Pays.}}\nx-sources: {{docs: a page}}\n\
         servers:\n  - {{url: 'https://api.acme.example', x-environment: Production}}\n\
         paths:\n  /all:\n    post:\n      operationId: create_all\n      summary: Creates.\n      x-source: [docs]\n      \
         x-idempotency: none\n      x-reconcile: {{none: nothing reads it}}\n      \
         requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Root'}}}}}}}}\n      \
         responses: {{'204': {{description: Done.}}}}\n\
         components:\n  schemas:\n{schemas}"
    );
    let files = vec![SourceFile::new("specs/acme.yaml", &text)];
    generated(&Source { provider: "acme".to_owned(), files, samples: Vec::new() })
}

#[track_caller]
fn accepted(schemas: &str) {
    assert_eq!(complaints(schemas), "");
}

#[track_caller]
fn refused(schemas: &str, message: &str) {
    let complaints = complaints(schemas);
    let (head, rest) = complaints.split_once(": ").unwrap_or_default();
    assert!(head.starts_with("error[") && rest.starts_with(message), "{complaints}");
}

#[test]
fn a_type_that_requires_a_list_of_itself() {
    accepted(
        "    Root:\n      type: object\n      required: [roots]\n      properties:\n        roots:\n          \
         type: array\n          items: {$ref: '#/components/schemas/Root'}\n",
    );
}

#[test]
fn a_type_that_requires_itself() {
    refused(
        "    Root:\n      type: object\n      required: [root]\n      properties:\n        \
         root: {$ref: '#/components/schemas/Root'}\n",
        "a value of `Root` never ends",
    );
}

#[test]
fn types_that_require_each_other() {
    refused(
        "    Root:\n      type: object\n      required: [leaf]\n      properties:\n        \
         leaf: {$ref: '#/components/schemas/Leaf'}\n    Leaf:\n      type: object\n      required: [root]\n      \
         properties:\n        root: {$ref: '#/components/schemas/Root'}\n",
        "a value of `Root` never ends",
    );
}

#[test]
fn alternatives_of_which_the_first_leads_back() {
    accepted(
        "    Root:\n      oneOf:\n        - $ref: '#/components/schemas/Branch'\n        \
         - $ref: '#/components/schemas/Leaf'\n    Branch:\n      type: object\n      required: [root]\n      \
         properties:\n        root: {$ref: '#/components/schemas/Root'}\n    Leaf:\n      type: object\n      \
         required: [leaf]\n      properties:\n        leaf: {type: string}\n",
    );
}

#[test]
fn alternatives_that_are_lists_of_themselves() {
    accepted(
        "    Root:\n      oneOf:\n        - type: array\n          items: {$ref: '#/components/schemas/Root'}\n        \
         - type: string\n",
    );
}

#[test]
fn a_list_of_itself() {
    refused(
        "    Root:\n      type: array\n      items: {$ref: '#/components/schemas/Root'}\n",
        "`Root` is defined as itself",
    );
}

#[test]
fn a_map_of_itself() {
    refused(
        "    Root:\n      type: object\n      additionalProperties: {$ref: '#/components/schemas/Root'}\n",
        "`Root` is defined as itself",
    );
}

#[test]
fn a_composition_of_itself_inside_another() {
    refused(
        "    Root:\n      allOf:\n        - allOf:\n            - $ref: '#/components/schemas/Root'\n            \
         - $ref: '#/components/schemas/Root'\n        - type: object\n          properties:\n            \
         a: {type: string}\n",
        "`Root` is defined as itself",
    );
}

#[test]
fn a_circle_that_the_first_schema_only_leads_into() {
    refused(
        "    Root:\n      allOf:\n        - $ref: '#/components/schemas/Here'\n    Here:\n      oneOf:\n        \
         - $ref: '#/components/schemas/There'\n    There:\n      anyOf:\n        - $ref: '#/components/schemas/Here'\n",
        "`Here` is defined as itself",
    );
}

#[test]
fn deep_nesting() {
    let depth = |n: usize| {
        format!(
            "    Root: {}{{type: string}}{}\n",
            "{type: array, items: ".repeat(n),
            "}".repeat(n)
        )
    };
    accepted(&depth(60));
    refused(&depth(10_000), "not YAML: nested too deeply");
}

#[test]
fn a_length_that_no_memory_holds() {
    accepted(
        "    Root:\n      type: object\n      required: [text]\n      properties:\n        \
         text: {type: string, minLength: 18446744073709551615}\n",
    );
}

#[test]
fn texts_that_are_no_rust() {
    accepted(
        "    Root:\n      type: object\n      required: ['a\"', 'b日本', 'c*/']\n      \
         description: \"A \\\"quoted\\\" */ text with \\\\ and {braces} and #\\\"#.\"\n      properties:\n        \
         'a\"': {type: string, pattern: '^\"#\"##$', description: '*/ \"'}\n        \
         'b日本': {type: string, enum: ['d\"', 'e\\', 'f{}', 'g\"#'], description: '`'}\n        \
         'c*/': {type: string, maxLength: 3, description: '日本 */'}\n",
    );
}

#[test]
fn a_place_before_a_wide_character() {
    refused("    Root: ''日本''\n", "not YAML");
}

#[test]
fn no_file_at_all() {
    let source = Source {
        provider: "acme".to_owned(),
        files: vec![SourceFile::new("specs/acme.yaml", "")],
        samples: Vec::new(),
    };
    assert!(generated(&source).starts_with("error[empty-file]: the file is empty"));
}

//! Alternatives of other people's documents.

use crate::{
    import::{ImportOptions, import},
    source::{Source, SourceFile},
};

/// The lines of the generated types that hold `part`.
#[track_caller]
fn lines(schemas: &str, part: &str) -> Vec<String> {
    let text = format!(
        r##"{{
            "openapi": "3.1.0",
            "info": {{"title": "Acme", "version": "1"}},
            "servers": [{{"url": "https://api.acme.example"}}],
            "paths": {{"/x": {{"get": {{"operationId": "readX", "responses": {{"200": {{
                "description": "X.",
                "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/X"}}}}}}
            }}}}}}}}}},
            "components": {{"schemas": {schemas}}}
        }}"##
    );
    let files = vec![SourceFile::new("acme.json", &text)];
    let source = Source { provider: "acme".to_owned(), files, samples: Vec::new() };
    let imported = match import(&source, ImportOptions::default()) {
        Ok(it) => it,
        Err(complaints) => panic!("{}", complaints.format(crate::Format::Short)),
    };
    let is_types = |path: &str| path.ends_with("/types.rs");
    let (_, types) = imported.output.files.iter().find(|(it, _)| is_types(it)).expect("types");
    types.lines().filter(|it| it.contains(part)).map(|it| it.trim().to_owned()).collect()
}

const IBAN: &str = r##""Iban": {"allOf": [{"$ref": "#/components/schemas/X"}, {"type": "object", "properties": {"iban": {"type": "string"}}}]}"##;

#[test]
fn a_base_that_one_extends_is_open() {
    let base = r##"{"X": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}},
        "discriminator": {"propertyName": "type", "mapping": {"iban": "#/components/schemas/Iban"}}}, "##;
    assert_eq!(lines(&format!("{base}{IBAN}}}"), "= [\"iban\"]"), ["Iban(Iban) = [\"iban\"],"]);
}

#[test]
fn one_alternative_with_a_discriminator_is_open() {
    let union = r##"{"X": {"oneOf": [{"$ref": "#/components/schemas/Iban"}],
        "discriminator": {"propertyName": "type", "mapping": {"iban": "#/components/schemas/Iban"}}},
        "Iban": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}}}"##;
    assert_eq!(lines(union, "= [\"iban\"]"), ["Iban(Iban) = [\"iban\"],"]);
}

#[test]
fn one_alternative_is_that() {
    let union = r##"{"X": {"oneOf": [{"$ref": "#/components/schemas/Iban"}]},
        "Iban": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}}}"##;
    assert_eq!(lines(union, "struct"), ["pub struct Iban {"]);
}

const BY_OPTIONAL_MEMBER: &str = r##"
    "A": {"type": "object", "properties": {"kind": {"type": "string", "enum": ["a"]}, "x": {"type": "string"}}},
    "B": {"type": "object", "required": ["y"],
        "properties": {"kind": {"type": "string", "enum": ["b", "c"]}, "y": {"type": "string"}}},
    "C": {"type": "object", "required": ["z"], "properties": {"z": {"type": "string"}}}"##;

#[test]
fn listed_values_of_an_optional_member_come_first() {
    let union = r##"{"X": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]},"##;
    assert_eq!(
        lines(&format!("{union}{BY_OPTIONAL_MEMBER}}}"), "requires"),
        [r#"A(A) = ["a"] requires [],"#, r#"B(B) = ["b", "c"] requires ["y"],"#]
    );
}

/// A value of `A` can be one of `C` as well if it need not be one only.
#[test]
fn alternatives_without_the_listed_member_are_exclusive() {
    let union = |key: &str| {
        format!(
            r##"{{"X": {{"{key}": [{{"$ref": "#/components/schemas/A"}}, {{"$ref": "#/components/schemas/C"}},
                {{"$ref": "#/components/schemas/B"}}]}}, {BY_OPTIONAL_MEMBER}}}"##
        )
    };
    assert_eq!(
        lines(&union("oneOf"), "requires"),
        [
            r#"A(A) = ["a"] requires [],"#,
            r#"B(B) = ["b", "c"] requires ["y"],"#,
            r#"C(C) requires ["z"],"#
        ]
    );
    assert_eq!(
        lines(&union("anyOf"), "requires"),
        [r#"C(C) requires ["z"],"#, r#"B(B) requires ["y"],"#]
    );
}

#[test]
fn listed_values_of_alternatives_without_a_name() {
    let union = r##"{"X": {"oneOf": [
        {"type": "object", "properties": {"kind": {"type": "string", "enum": ["a"]}, "x": {"type": "string"}}},
        {"type": "object", "properties": {"kind": {"type": "string", "const": "b"}, "y": {"type": "string"}}}
    ]}}"##;
    assert_eq!(
        lines(union, "requires"),
        [
            r#"XVariant1(XVariant1) = ["a"] requires [],"#,
            r#"XVariant2(XVariant2) = ["b"] requires [],"#
        ]
    );
}

//! What is written is read back as it was.

use insta::assert_snapshot;

use crate::{
    ImportOptions, Source, SourceFile,
    import::{Imported, Proposal, import},
    model, parse,
    parse::node::{Node, Value},
};

/// Texts and shapes that are hard to write.
const DOCUMENT: &str = r##"{
  "openapi": "3.0.3",
  "info": {"title": "yes", "version": "1.10", "description": "Two lines:\n\n  - a # b\n"},
  "servers": [{"url": "https://api.acme.example"}],
  "paths": {
    "/payouts/{payout_id}": {
      "get": {
        "operationId": "get_payout",
        "summary": "It's one: really #1",
        "description": "A tab\there, a quote \" and a \\.\nNext line ends in a space \nend",
        "parameters": [
          {"name": "payout_id", "in": "path", "required": true, "description": "- no item", "schema": {"type": "string"}}
        ],
        "responses": {
          "200": {"description": "First.\nSecond é日.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Payout"}}}}
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Payout": {
        "type": "object",
        "description": "{braces}",
        "required": ["id", "state"],
        "properties": {
          "id": {"type": "string", "maxLength": 12, "pattern": "^[a-z]'+$"},
          "state": {"type": "string", "enum": ["on", "no", "012", "1e5", "~", " a", "b:", ""]},
          "anything": {}
        }
      }
    }
  }
}"##;

#[track_caller]
fn imported(text: &str) -> Imported {
    let source = Source {
        provider: "acme".to_owned(),
        files: vec![SourceFile::new("acme.json", text)],
        samples: Vec::new(),
    };
    import(&source, ImportOptions::default()).expect("the document can be imported")
}

#[track_caller]
fn read_back(text: &str) -> parse::Document {
    let files = vec![SourceFile::new("specs/acme.yaml", text)];
    let source = Source { provider: "acme".to_owned(), files, samples: Vec::new() };
    match parse::document(&source) {
        Ok(it) => it,
        Err(diagnostics) => panic!("{diagnostics}\n{text}"),
    }
}

/// A value without places.
fn plain(node: &Node) -> String {
    match &node.value {
        Value::Map(entries) => {
            let members = entries.iter().map(|it| format!("{:?}: {}", it.key, plain(&it.value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Value::List(items) => {
            format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", "))
        }
        scalar => format!("{scalar:?}"),
    }
}

/// All of a document without places.
fn everything(document: &parse::Document) -> Vec<String> {
    let root = document.root.as_map().unwrap_or_default().iter();
    let root = root.filter(|it| !["paths", "components"].contains(&it.key.as_str()));
    let root = root.map(|it| format!("{}: {}", it.key, plain(&it.value)));
    let paths = document.paths.iter().map(|it| format!("{}: {}", it.key, plain(&it.value)));
    let components = document.components.iter().flat_map(|(section, it)| {
        it.iter().map(move |(name, it)| format!("{section}/{name}: {}", plain(&it.node)))
    });
    root.chain(paths).chain(components).collect()
}

#[test]
fn what_is_written_is_read_back() {
    let imported = imported(DOCUMENT);
    let document = read_back(&imported.spec());
    assert_eq!(everything(&document), everything(&imported.document));
}

#[test]
fn a_spec_generates_what_the_document_generates() {
    let imported = imported(DOCUMENT);
    let document = read_back(&imported.spec());
    let api = model::api(&document).expect("it is in our dialect");
    let output = crate::output(&api, &document).expect("what was imported can be generated");
    assert_eq!(output, imported.output);
}

#[test]
fn proposals_are_marked() {
    let mut imported = imported(DOCUMENT);
    let proposal = |pointer: &str, key: &str, value: &str, reason: &str| Proposal {
        pointer: pointer.to_owned(),
        key: key.to_owned(),
        value: value.to_owned(),
        reason: reason.to_owned(),
    };
    let operation = "/paths/~1payouts~1{payout_id}/get";
    imported.proposals = vec![
        proposal("/components/schemas/Payout/properties/id", "x-sensitive", "true", "an id?"),
        proposal(operation, "x-idempotency", "{header: Idempotency-Key}", "the header\nis there"),
        proposal(operation, "summary", "", "says little"),
        proposal("/components/schemas/Payout", "properties", "", "all of them"),
        proposal("/components/schemas/Nothing", "x-unit", "minor", "there is no such schema"),
    ];
    let text = imported.spec();
    let marked: Vec<&str> = text.lines().filter(|it| it.contains("CONFIRM")).collect();
    assert_snapshot!(marked.join("\n"), @"
          summary: 'It''s one: really #1'  # CONFIRM: says little
          x-idempotency: {header: Idempotency-Key}  # CONFIRM: the header is there
          properties:  # CONFIRM: all of them
              x-sensitive: true  # CONFIRM: an id?
    # /components/schemas/Nothing, x-unit: minor  # CONFIRM: there is no such schema
    ");
    let files = vec![SourceFile::new("specs/acme.yaml", &text)];
    let source = Source { provider: "acme".to_owned(), files, samples: Vec::new() };
    let complaints = crate::load(&source).expect_err("it is not confirmed").to_string();
    assert!(complaints.contains("5 proposals are not confirmed"), "{complaints}");
}

#[test]
fn the_text_of_a_spec() {
    let text = imported(DOCUMENT).spec();
    assert_snapshot!(text, @r#"
    openapi: 3.0.3

    info:
      title: 'yes'
      version: '1.10'
      description: |-
        Two lines:

          - a # b

    x-sources:
      document: 'yes'

    servers:
      - url: https://api.acme.example
        description: Production
        x-environment: Production  # CONFIRM: is this what the environment is called?

    paths:
      /payouts/{payout_id}:
        get:
          operationId: get_payout
          summary: 'It''s one: really #1'
          description: "A tab\there, a quote \" and a \\.\nNext line ends in a space \nend"
          x-source:
            - document
          parameters:
            - name: payout_id
              in: path
              required: true
              description: '- no item'
              schema:
                type: string
          responses:
            '200':
              description: |-
                First.
                Second é日.
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/Payout'

    components:
      schemas:
        Payout:
          type: object
          description: '{braces}'
          required:
            - id
            - state
          properties:
            id:
              type: string
              maxLength: 12
              pattern: '^[a-z]''+$'
              description: Id.
            state:
              $ref: '#/components/schemas/PayoutState'
            anything:
              description: Anything.

        PayoutState:
          type: string
          x-enum-varnames:
            - 'On'
            - 'No'
            - N012
            - N1e5
            - Value5
            - A
            - B
            - Empty
          enum:
            - 'on'
            - 'no'
            - '012'
            - '1e5'
            - '~'
            - ' a'
            - 'b:'
            - ''
          description: Payout state.
    "#);
}

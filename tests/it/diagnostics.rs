//! Every complaint of the generator in full, each from a spec with one mistake.
//!
//! A mistake gives exactly one complaint: the helpers fail otherwise.

use codegen::{
    Source, SourceFile,
    model::types::{Shape, TypeRef},
};
use insta::assert_snapshot;
use xtask::workspace::Workspace;

/// A spec in which nothing is wrong.
#[track_caller]
fn acme() -> Spec {
    let sample = "{\"reference\": \"r\", \"amount\": 1}\n";
    Spec(Source {
        provider: "acme".to_owned(),
        files: vec![SourceFile::new("specs/acme.yaml", include_str!("diagnostics/acme.yaml"))],
        samples: vec![SourceFile::new(
            "specs/examples/acme/create_payout.request.200.json",
            sample,
        )],
    })
}

/// A spec that is about to become wrong.
struct Spec(Source);

impl Spec {
    /// Writes `new` for `old`, which stands once in the spec.
    #[track_caller]
    fn with(mut self, old: &str, new: &str) -> Self {
        let text = &mut self.0.files[0].text;
        assert_eq!(text.matches(old).count(), 1, "{old:?} stands once in the spec");
        *text = text.replacen(old, new, 1);
        self
    }

    /// Writes `lines` behind the line `after`, which stands once in the spec.
    #[track_caller]
    fn adding(self, after: &str, lines: &str) -> Self {
        self.with(&format!("{after}\n"), &format!("{after}\n{lines}\n"))
    }

    /// Adds a file of the spec.
    fn file(mut self, path: &str, text: &str) -> Self {
        self.0.files.push(SourceFile::new(path, text));
        self
    }

    /// Writes another text into the sample.
    fn sample(mut self, text: &str) -> Self {
        text.clone_into(&mut self.0.samples[0].text);
        self
    }

    /// The one complaint about the spec.
    #[track_caller]
    fn complaint(self) -> String {
        let Err(diagnostics) = codegen::load(&self.0) else {
            panic!("nothing is wrong with the spec")
        };
        assert_eq!(diagnostics.len(), 1, "one mistake gives one complaint:\n{diagnostics}");
        diagnostics.to_string()
    }
}

#[test]
fn nothing_is_wrong_with_the_spec() {
    codegen::load(&acme().0).expect("nothing is wrong");
}

/// Every constructor of the catalogue has a cause, and a test of its name.
#[test]
fn every_complaint_has_a_test() {
    let workspace = Workspace::find().expect("tests run in the workspace");
    let problems = xtask::explain::problems(&workspace).expect("sources can be read");
    assert_eq!(problems, Vec::<String>::new());
}

/// A resource of its own.
const BALANCES: &str = "\
paths:
  /balances:
    get:
      operationId: list_balances
      summary: Lists balances.
      responses:
        '200':
          description: The balances.
      x-source: [docs]
";

/// Alternatives.
const ACCOUNTS: &str = "    BankAccount:
      type: object
      required: [kind]
      properties:
        kind:
          type: string
    Wallet:
      type: object
      required: [kind]
      properties:
        kind:
          type: string";

/// Events of payouts, in which a state and a payer are nested.
const WEBHOOK: &str = "\
x-webhooks:
  payout_changed:
    post:
      operationId: payout_changed
      summary: A payout changed.
      requestBody:
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Payout'
      responses:
        '200':
          description: It was received.
      x-verification:
        hmac-sha256:
          header: X-Signature
          message: '{timestamp}.{body}'
          timestamp:
            header: X-Timestamp
            tolerance: 300
      x-dedupe: [/id]
      x-source: [docs]";

/// A spec with webhooks in which nothing is wrong.
#[track_caller]
fn hooked() -> Spec {
    acme().adding("  docs: https://docs.acme.example", WEBHOOK)
}

/// How the webhook is verified.
fn proof() -> String {
    let (_, rest) = WEBHOOK.split_once("      x-verification:").expect("it is verified");
    let (value, _) = rest.split_once("      x-dedupe").expect("that comes next");
    format!("      x-verification:{value}")
}

/// A webhook that is verified otherwise.
#[track_caller]
fn verified(value: &str) -> Spec {
    hooked().with(&proof(), &format!("      x-verification:{value}\n"))
}

// What was begun with somebody else's document.

#[test]
fn unconfirmed() {
    let complaint = acme()
        .with("summary: Pays somebody.", "summary: Pays somebody.  # CONFIRM: does it?")
        .complaint();
    assert_snapshot!(complaint, @"
    error[unconfirmed]: 1 proposal is not confirmed
      --> specs/acme.yaml:18:32
       |
    18 |       summary: Pays somebody.  # CONFIRM: does it?
       |                                ^^^^^^^^^^ nobody has checked this line
       |
       = help: check it against the documentation, then remove the mark
    ");
}

#[test]
fn unconfirmed_in_many_places() {
    let source = acme().with(
        "how: Look for the reference.",
        &format!("how: Look for the reference.\n{}", "# CONFIRM: really?\n".repeat(13)),
    );
    assert_snapshot!(source.complaint(), @"
    error[unconfirmed]: 13 proposals are not confirmed
      --> specs/acme.yaml:41:1
       |
    41 | # CONFIRM: really?
       | ^^^^^^^^^^ nobody has checked this line
       |
       = help: check it against the documentation, then remove the mark; the others are at specs/acme.yaml:42:1, specs/acme.yaml:43:1, specs/acme.yaml:44:1, specs/acme.yaml:45:1, specs/acme.yaml:46:1, specs/acme.yaml:47:1, specs/acme.yaml:48:1, specs/acme.yaml:49:1, specs/acme.yaml:50:1, specs/acme.yaml:51:1 and 2 more
    ");
}

#[test]
fn unconfirmed_in_words() {
    codegen::load(&acme().with("summary: Pays somebody.", "summary: 'Pays x# CONFIRM: y.'").0)
        .expect("a text is no mark");
}

// The syntax of the files.

#[test]
fn yaml_syntax() {
    let complaint = acme().with("summary: Pays somebody.", "summary: Pays: somebody.").complaint();
    assert_snapshot!(complaint, @"
    error[yaml-syntax]: not YAML: mapping values are not allowed in this context
      --> specs/acme.yaml:18:20
       |
    18 |       summary: Pays: somebody.
       |                    ^ the file stops making sense here
       |
       = help: check indentation, quotes and colons on this line and the one before it
    ");
}

#[test]
fn yaml_syntax_of_an_open_quote() {
    let complaint = acme().with("version: '1'", "version: '1").complaint();
    assert_snapshot!(complaint, @"
    error[yaml-syntax]: not YAML: invalid indentation in quoted scalar
     --> specs/acme.yaml:4:12
      |
    4 |   version: '1
      |            ^ the file stops making sense here
      |
      = help: check indentation, quotes and colons on this line and the one before it
    ");
}

#[test]
fn unquoted_braces() {
    let complaint =
        acme().with("how: Look for the reference.", "how: {reference} is found there.").complaint();
    assert_snapshot!(complaint, @"
    error[unquoted-braces]: a key without a value in braces
      --> specs/acme.yaml:40:15
       |
    40 |         how: {reference} is found there.
       |               ^^^^^^^^^ braces begin a mapping
       |
       = help: quote the text from its first brace on, or write `{key: value}`
    ");
}

#[test]
fn empty_value_before_a_key_that_is_indented_too_little() {
    let complaint = acme().with("        reference:\n", "      reference:\n").complaint();
    assert_snapshot!(complaint, @"
    error[empty-value]: a value is missing
      --> specs/acme.yaml:79:17
       |
    79 |       properties:
       |                 ^ nothing is written here
    80 |       reference:
       |       ---------- this is not indented more
       |
       = help: write a value, `null` or `''`; or indent what belongs to it more
    ");
}

#[test]
fn plain_over_lines_because_a_key_is_indented_too_little() {
    let complaint = acme().with("      summary: Reads", "    summary: Reads").complaint();
    assert_snapshot!(complaint, @"
    error[plain-over-lines]: plain text that goes on in the next line
      --> specs/acme.yaml:45:14
       |
    45 |     summary: Reads a payout.
       |              ^^^^^^^^^^^^^^^ begins here
       |
       = help: quote it, or write it behind `>-`; or is one of the two lines indented wrongly?
    ");
}

#[test]
fn yaml_slip() {
    let complaint = acme().with("        - amount\n", "        -amount\n").complaint();
    assert_snapshot!(complaint, @"
    error[yaml-slip]: not YAML: no space stands behind the dash
      --> specs/acme.yaml:78:9
       |
    78 |         -amount
       |         ^^^^^^^ here
       |
       = help: did you mean `- amount`?
    ");
}

#[test]
fn yaml_slip_of_a_colon() {
    let complaint =
        acme().with("          description: Its id.", "          description:Its id.").complaint();
    assert_snapshot!(complaint, @"
    error[yaml-slip]: not YAML: no space stands behind the colon
      --> specs/acme.yaml:95:11
       |
    95 |           description:Its id.
       |           ^^^^^^^^^^^^^^^^^^^ here
       |
       = help: did you mean `description: Its id.`?
    ");
}

#[test]
fn yaml_slip_of_a_bracket() {
    let complaint = acme().with("enum: [pending, paid]\n", "enum: [pending, paid\n").complaint();
    assert_snapshot!(complaint, @"
    error[yaml-slip]: not YAML: a bracket is not closed
      --> specs/acme.yaml:98:17
       |
    98 |           enum: [pending, paid
       |                 ^ here
       |
       = help: write `]`, or quote the text that begins with it
    ");
}

#[test]
fn yaml_slip_of_a_line_in_brackets() {
    let complaint = acme()
        .with("enum: [pending, paid]\n", "enum: [\n            pending, 'paid'\n        ]\n")
        .complaint();
    assert_snapshot!(complaint, @"
    error[yaml-slip]: not YAML: a line in brackets is indented too little
       --> specs/acme.yaml:100:9
        |
    100 |         ]
        |         ^ here
        |
        = help: indent it more than what the brackets belong to
    ");
}

#[test]
fn not_utf8() {
    let mut spec = acme().with("summary: Reads a payout.", "summary: R\u{fffd}ads a payout.");
    // Written as a character, it is one.
    assert!(codegen::load(&spec.0).is_ok());
    let (before, after) = spec.0.files[0].text.split_once('\u{fffd}').expect("it was written");
    let bytes = [before.as_bytes(), b"\xe9", after.as_bytes()].concat();
    spec.0.files[0] = SourceFile::decoded("specs/acme.yaml", &bytes);
    let complaint = spec.complaint();
    assert_snapshot!(complaint, @"
    error[not-utf8]: the file is not in UTF-8
      --> specs/acme.yaml:45:17
       |
    45 |       summary: R�ads a payout.
       |                 ^ not a character
       |
       = help: save the file as UTF-8
    ");
}

#[test]
fn plain_over_lines_of_an_item() {
    let complaint = acme().with("        - reference\n", "        -reference\n").complaint();
    assert_snapshot!(complaint, @"
    error[plain-over-lines]: plain text that goes on in the next line
      --> specs/acme.yaml:77:9
       |
    77 |         -reference
       |         ^^^^^^^^^^ begins here
       |
       = help: did you mean `- reference`? behind the dash stands a space
    ");
}

#[test]
fn plain_over_lines_without_a_space() {
    let complaint = acme()
        .with(
            "          type: string\n          description: Your",
            "          type:string\n          description: Your",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[plain-over-lines]: plain text that goes on in the next line
      --> specs/acme.yaml:81:11
       |
    81 |           type:string
       |           ^^^^^^^^^^^ begins here
       |
       = help: did you mean `type: string`? behind the colon stands a space
    ");
}

#[test]
fn broken_indentation() {
    let complaint = acme().with("      requestBody:\n", "    requestBody:\n").complaint();
    assert_snapshot!(complaint, @"
    error[broken-indentation]: the indentation is broken
      --> specs/acme.yaml:19:5
       |
    19 |     requestBody:
       |     ^^^^^^^^^^^^ indented less than what goes on below
    ...
    29 |       responses:
       |       ---------- nothing is open at this depth any more
       |
       = help: indent both lines alike
    ");
}

#[test]
fn yaml_syntax_of_a_list_item() {
    let complaint = acme().with("        - amount\n", "         - amount\n").complaint();
    assert_snapshot!(complaint, @"
    error[plain-over-lines]: plain text that goes on in the next line
      --> specs/acme.yaml:77:11
       |
    77 |         - reference
       |           ^^^^^^^^^ begins here
       |
       = help: quote it, or write it behind `>-`; or is one of the two lines indented wrongly?
    ");
}

#[test]
fn json_syntax() {
    let complaint = acme().sample("{\n  \"reference\": \"r\",\n}\n").complaint();
    assert_snapshot!(complaint, @"
    error[json-syntax]: not JSON
     --> specs/examples/acme/create_payout.request.200.json:3:1
      |
    3 | }
      | ^ nothing stands behind the comma
      |
      = help: remove the comma
    ");
}

#[test]
fn json_syntax_of_a_member_twice() {
    let complaint = acme().sample("{\"amount\": 1,\n \"amount\": 2}\n").complaint();
    assert_snapshot!(complaint, @r#"
    error[json-syntax]: not JSON
     --> specs/examples/acme/create_payout.request.200.json:2:2
      |
    2 |  "amount": 2}
      |  ^ this member stands twice
      |
      = help: remove one
    "#);
}

#[test]
fn tab_indentation() {
    let complaint = acme().with("      summary: Reads", "\tsummary: Reads").complaint();
    assert_snapshot!(complaint, @"
    error[tab-indentation]: a tab in the indentation
      --> specs/acme.yaml:45:1
       |
    45 |     summary: Reads a payout.
       | ^^^^ tab
       |
       = help: indent with spaces
    ");
}

#[test]
fn empty_file() {
    let complaint = acme().file("specs/acme/payouts.yaml", "# Nothing yet.\n").complaint();
    assert_snapshot!(complaint, @"
    error[empty-file]: the file is empty
     --> specs/acme/payouts.yaml:1:1
      |
    1 | # Nothing yet.
      | ^ nothing here
      |
      = help: write the spec, or `paths` and `components` of a resource
    ");
}

#[test]
fn second_document() {
    let complaint = acme().with("paths:\n", "---\npaths:\n").complaint();
    assert_snapshot!(complaint, @"
    error[second-document]: a second document
      --> specs/acme.yaml:14:1
       |
    14 | ---
       | ^^^ begins here
       |
       = help: write one document per file, without `---`
    ");
}

#[test]
fn empty_value() {
    let complaint = acme().with("summary: Pays somebody.", "summary:").complaint();
    assert_snapshot!(complaint, @"
    error[empty-value]: a value is missing
      --> specs/acme.yaml:18:14
       |
    18 |       summary:
       |              ^ nothing is written here
    19 |       requestBody:
       |       ------------ this is not indented more
       |
       = help: write a value, `null` or `''`; or indent what belongs to it more
    ");
}

#[test]
fn empty_value_before_keys_that_are_indented_too_little() {
    let complaint = acme()
        .with(
            "        reference:\n          type: string\n          description: Your own id.",
            "        reference:\n        type: string\n        description: Your own id.",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[empty-value]: a value is missing
      --> specs/acme.yaml:80:18
       |
    80 |         reference:
       |                  ^ nothing is written here
    81 |         type: string
       |         ------------ this is not indented more
       |
       = help: write a value, `null` or `''`; or indent what belongs to it more
    ");
}

#[test]
fn empty_value_before_a_key_that_is_indented_too_much() {
    let complaint = acme()
        .with("        amount:\n          type", "          amount:\n          type")
        .complaint();
    assert_snapshot!(complaint, @"
    error[empty-value]: a value is missing
      --> specs/acme.yaml:83:17
       |
    83 |           amount:
       |                 ^ nothing is written here
    84 |           type: integer
       |           ------------- this is not indented more
       |
       = help: write a value, `null` or `''`; or indent what belongs to it more
    ");
}

#[test]
fn plain_over_lines() {
    let complaint = acme()
        .with("        - reference\n        - amount", "        - reference\n          - amount")
        .complaint();
    assert_snapshot!(complaint, @"
    error[plain-over-lines]: plain text that goes on in the next line
      --> specs/acme.yaml:77:11
       |
    77 |         - reference
       |           ^^^^^^^^^ begins here
       |
       = help: quote it, or write it behind `>-`; or is one of the two lines indented wrongly?
    ");
}

#[test]
fn yaml_feature() {
    let complaint =
        acme().with("summary: Pays somebody.", "summary: &pays Pays somebody.").complaint();
    assert_snapshot!(complaint, @"
    error[yaml-feature]: an anchor is not allowed
      --> specs/acme.yaml:18:16
       |
    18 |       summary: &pays Pays somebody.
       |                ^^^^^^^^^^^^^^^^^^^^ not every tool reads this the same
       |
       = help: write the value out, or move it to `components` and use `$ref`
    ");
}

#[test]
fn yaml_feature_of_an_alias() {
    let complaint = acme().with("summary: Pays somebody.", "summary: *pays").complaint();
    assert_snapshot!(complaint, @"
    error[yaml-syntax]: not YAML: while parsing node, found unknown anchor
      --> specs/acme.yaml:18:16
       |
    18 |       summary: *pays
       |                ^ the file stops making sense here
       |
       = help: check indentation, quotes and colons on this line and the one before it
    ");
}

#[test]
fn yaml_feature_of_a_tag() {
    let complaint =
        acme().with("summary: Pays somebody.", "summary: !!str Pays somebody.").complaint();
    assert_snapshot!(complaint, @"
    error[yaml-feature]: a tag is not allowed
      --> specs/acme.yaml:18:16
       |
    18 |       summary: !!str Pays somebody.
       |                ^^^^^^^^^^^^^^^^^^^^ not every tool reads this the same
       |
       = help: write the value out, or move it to `components` and use `$ref`
    ");
}

#[test]
fn yaml_feature_of_a_merge_key() {
    let complaint =
        acme().with("summary: Pays somebody.", "<<: {summary: Pays somebody.}").complaint();
    assert_snapshot!(complaint, @"
    error[yaml-feature]: a merge key is not allowed
      --> specs/acme.yaml:18:7
       |
    18 |       <<: {summary: Pays somebody.}
       |       ^^ not every tool reads this the same
       |
       = help: write the value out, or move it to `components` and use `$ref`
    ");
}

#[test]
fn duplicate_key() {
    let complaint =
        acme().adding("      summary: Pays somebody.", "      summary: Pays.").complaint();
    assert_snapshot!(complaint, @"
    error[duplicate-key]: the key `summary` stands twice
      --> specs/acme.yaml:19:7
       |
    18 |       summary: Pays somebody.
       |       ------- first here
    19 |       summary: Pays.
       |       ^^^^^^^ again here
       |
       = help: remove one, or begin a new mapping before the second: is a line missing or indented wrongly?
    ");
}

#[test]
fn duplicate_key_after_a_lost_line() {
    let complaint = acme().with("        amount:\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[duplicate-key]: the key `type` stands twice
      --> specs/acme.yaml:83:11
       |
    81 |           type: string
       |           ---- first here
    82 |           description: Your own id.
    83 |           type: integer
       |           ^^^^ again here
       |
       = help: remove one, or begin a new mapping before the second: is a line missing or indented wrongly?
    ");
}

#[test]
fn key_not_a_string() {
    let complaint = acme()
        .with(
            "        '200':\n          description: The payout was created.",
            "        200:\n          description: The payout was created.",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[key-not-a-string]: a key that is not a string
      --> specs/acme.yaml:30:9
       |
    30 |         200:
       |         ^^^ not a string
       |
       = help: quote it: `'200'`
    ");
}

#[test]
fn key_not_a_string_but_a_variable() {
    let complaint =
        acme().with("    description: The live host.", "    {host}: The live host.").complaint();
    assert_snapshot!(complaint, @"
    error[key-not-a-string]: a key that is not a string
     --> specs/acme.yaml:8:5
      |
    8 |     {host}: The live host.
      |     ^^^^^^ not a string
      |
      = help: quote it: `'{host}'`
    ");
}

#[test]
fn ambiguous_scalar() {
    let complaint = acme().with("summary: Pays somebody.", "summary: no").complaint();
    assert_snapshot!(complaint, @"
    error[ambiguous-scalar]: `no` means different things to different YAML readers
      --> specs/acme.yaml:18:16
       |
    18 |       summary: no
       |                ^^ ambiguous
       |
       = help: quote it: `'no'`
    ");
}

#[test]
fn ambiguous_scalar_that_is_nearly_a_number() {
    let complaint = acme().with("summary: Pays somebody.", "summary: 012").complaint();
    assert_snapshot!(complaint, @"
    error[ambiguous-scalar]: `012` means different things to different YAML readers
      --> specs/acme.yaml:18:16
       |
    18 |       summary: 012
       |                ^^^ ambiguous
       |
       = help: quote it: `'012'`
    ");
}

// The shape of the document.

#[test]
fn wrong_kind() {
    let complaint =
        acme().with("x-source: [docs]\n  /payouts/", "x-source: docs\n  /payouts/").complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: `x-source` must be a list
      --> specs/acme.yaml:41:17
       |
    41 |       x-source: docs
       |                 ^^^^ this is a string
       |
       = help: write lines that begin with `-` below it
    ");
}

#[test]
fn wrong_kind_of_a_schema() {
    let complaint = acme().with("        status:\n          type: string\n          enum: [pending, paid]\n          description: How far it is.", "        status: string").complaint();
    assert_snapshot!(complaint, @"
    error[strays]: a schema must be a mapping
      --> specs/acme.yaml:96:17
       |
    96 |         status: string
       |                 ^^^^^^ this is a string
       |
       = help: is a line missing above, or this one indented wrongly?
    ");
}

#[test]
fn wrong_kind_of_a_flag() {
    let complaint =
        acme().with("          required: true\n", "          required: 'true'\n").complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: `required` must be `true` or `false`
      --> specs/acme.yaml:49:21
       |
    49 |           required: 'true'
       |                     ^^^^^^ this is a string
       |
       = help: write `true` or `false`
    ");
}

#[test]
fn wrong_kind_of_an_operation() {
    let complaint = acme().adding("  /payouts/{payout_id}:", "    put: create").complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: an operation must be a mapping
      --> specs/acme.yaml:43:10
       |
    43 |     put: create
       |          ^^^^^^ this is a string
       |
       = help: write lines of `key: value` below it, indented more
    ");
}

#[test]
fn wrong_kind_of_security() {
    let complaint = acme().with("  - apiKey: []", "  - apiKey").complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: an alternative of `security` must be a mapping
      --> specs/acme.yaml:11:5
       |
    11 |   - apiKey
       |     ^^^^^^ this is a string
       |
       = help: write lines of `key: value` below it, indented more
    ");
}

#[test]
fn wrong_kind_of_a_sources_page() {
    let complaint = acme()
        .with("docs: https://docs.acme.example", "docs: [https://docs.acme.example]")
        .complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: the page of a source must be a string
      --> specs/acme.yaml:13:9
       |
    13 |   docs: [https://docs.acme.example]
       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is a list
       |
       = help: write text, in quotes if it could be read as something else
    ");
}

#[test]
fn wrong_kind_of_a_summary() {
    let complaint =
        acme().with("      summary: Pays somebody.", "      summary: [Pays somebody.]").complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: `summary` must be a string
      --> specs/acme.yaml:18:16
       |
    18 |       summary: [Pays somebody.]
       |                ^^^^^^^^^^^^^^^^ this is a list
       |
       = help: write text, in quotes if it could be read as something else
    ");
}

#[test]
fn unknown_key() {
    let complaint = acme().with("summary: Pays somebody.", "sumary: Pays somebody.").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: an operation has no key `sumary`
      --> specs/acme.yaml:18:7
       |
    18 |       sumary: Pays somebody.
       |       ^^^^^^ unknown key
       |
       = help: did you mean `summary`?
    ");
}

#[test]
fn unknown_key_far_from_all() {
    let complaint =
        acme().adding("      summary: Pays somebody.", "      rate-limit: 5").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: an operation has no key `rate-limit`
      --> specs/acme.yaml:19:7
       |
    19 |       rate-limit: 5
       |       ^^^^^^^^^^ unknown key
       |
       = help: an operation can have `operationId`, `summary`, `description`, `tags`, `externalDocs`, `deprecated`, `parameters`, `requestBody`, `responses`, `security`, `servers`, `x-source`, `x-idempotency`, `x-reconcile`, `x-paging`, `x-parameter-examples`
    ");
}

#[test]
fn unknown_key_of_a_schema() {
    let complaint = acme()
        .with("          description: Your own id.", "          descripton: Your own id.")
        .complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: a schema has no key `descripton`
      --> specs/acme.yaml:82:11
       |
    82 |           descripton: Your own id.
       |           ^^^^^^^^^^ unknown key
       |
       = help: did you mean `description`?
    ");
}

#[test]
fn unknown_key_several() {
    let complaint = acme().with("    post:\n", "    # post:\n").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: a path has no keys `operationId`, `requestBody`, `responses`, `x-idempotency`, `x-reconcile` and `x-source`
      --> specs/acme.yaml:17:7
       |
    17 |       operationId: create_payout
       |       ^^^^^^^^^^^ the first of them
       |
       = help: a path can have `get`, `put`, `post`, `delete`, `patch`, `head`, `options`, `parameters`, `servers`, `summary`, `description`
    ");
}

#[test]
fn unknown_key_of_the_root() {
    let complaint = acme().with("components:\n", "component:\n").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: the root has no key `component`
      --> specs/acme.yaml:63:1
       |
    63 | component:
       | ^^^^^^^^^ unknown key
       |
       = help: did you mean `components`?
    ");
}

#[test]
fn unknown_key_of_a_resource_file() {
    let complaint = acme().file("specs/acme/payouts.yaml", "path: {}\n").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: a resource file has no key `path`
     --> specs/acme/payouts.yaml:1:1
      |
    1 | path: {}
      | ^^^^ unknown key
      |
      = help: did you mean `paths`?
    ");
}

#[test]
fn missing_key() {
    let complaint = acme().with("      summary: Pays somebody.\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: an operation needs `summary`
      --> specs/acme.yaml:16:5
       |
    16 |     post:
       |     ^^^^ `summary` is missing
       |
       = help: say what it does, in one sentence
    ");
}

#[test]
fn missing_key_of_the_root() {
    let complaint = acme().with("servers:\n  - url: https://api.acme.example\n    description: The live host.\n    x-environment: Production\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: the root needs `servers`
     --> specs/acme.yaml:1:1
      |
    1 | openapi: 3.0.3
      | ^ `servers` is missing
      |
      = help: write `servers: …`; specs/README.md describes it
    ");
}

#[test]
fn missing_key_operation_id() {
    let complaint = acme().with("      operationId: get_payout\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: an operation needs `operationId`
      --> specs/acme.yaml:43:5
       |
    43 |     get:
       |     ^^^ `operationId` is missing
       |
       = help: write `operationId: …`; specs/README.md describes it
    ");
}

#[test]
fn missing_key_idempotency() {
    let complaint = acme().with("      x-idempotency: none\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: an operation that is not `GET` needs `x-idempotency`
      --> specs/acme.yaml:16:5
       |
    16 |     post:
       |     ^^^^ `x-idempotency` is missing
       |
       = help: write `none`, `repeatable` or `{header: Idempotency-Key}`
    ");
}

#[test]
fn missing_key_reconcile() {
    let complaint = acme().with("      x-reconcile:\n        operation: get_payout\n        match: reference\n        how: Look for the reference.\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: an operation that is not `GET` needs `x-reconcile`
      --> specs/acme.yaml:16:5
       |
    16 |     post:
       |     ^^^^ `x-reconcile` is missing
       |
       = help: write `{operation: list_payouts, match: reference, how: …}` or `{none: <reason>}`
    ");
}

#[test]
fn missing_key_source() {
    let complaint = acme().with("      x-source: [docs]\n  /payouts/", "  /payouts/").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: an operation needs `x-source`
      --> specs/acme.yaml:16:5
       |
    16 |     post:
       |     ^^^^ `x-source` is missing
       |
       = help: say where this is documented: `x-source: [<tag of x-sources>]`
    ");
}

#[test]
fn missing_key_type() {
    let complaint =
        acme().with("          type: string\n          enum", "          enum").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: a schema with `enum` needs `type`
      --> specs/acme.yaml:97:11
       |
    97 |           enum: [pending, paid]
       |           ^^^^ `type` is missing
       |
       = help: write `type: …`; specs/README.md describes it
    ");
}

#[test]
fn missing_key_content() {
    let complaint = acme().with("        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/PayoutRequest'\n            examples:\n              documented:\n                externalValue: examples/acme/create_payout.request.200.json\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: a request body needs `content`
      --> specs/acme.yaml:19:7
       |
    19 |       requestBody:
       |       ^^^^^^^^^^^ `content` is missing
       |
       = help: write `content: …`; specs/README.md describes it
    ");
}

#[test]
fn yaml_syntax_after_a_lost_line() {
    let complaint = acme().with("        reference:\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[yaml-syntax]: not YAML: while parsing a block mapping, did not find expected key
      --> specs/acme.yaml:82:9
       |
    79 |       properties:
       |       ----------- is this indented rightly?
    ...
    82 |         amount:
       |         ^ the file stops making sense here
       |
       = help: indent both lines as their neighbours are; or is one missing between them?
    ");
}

#[test]
fn strays() {
    let complaint = acme().with("              documented:\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[strays]: an example must be a mapping
      --> specs/acme.yaml:27:32
       |
    27 |                 externalValue: examples/acme/create_payout.request.200.json
       |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is a string
       |
       = help: is a line missing above, or this one indented wrongly?
    ");
}

#[test]
fn missing_key_that_is_indented_too_little() {
    let complaint = acme()
        .with(
            "                externalValue: examples/acme/create_payout.request.200.json",
            "              externalValue: examples/acme/create_payout.request.200.json",
        )
        .with(
            "              documented:\n",
            "              documented:\n                summary: A payout.\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[strays]: an example must be a mapping
      --> specs/acme.yaml:29:30
       |
    29 |               externalValue: examples/acme/create_payout.request.200.json
       |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is a string
       |
       = help: is a line missing above, or this one indented wrongly?
    ");
}

#[test]
fn missing_key_that_is_indented_too_much() {
    let complaint = acme()
        .with("      x-source: [docs]\n  /payouts/", "        x-source: [docs]\n  /payouts/")
        .complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: `x-reconcile` has no key `x-source`
      --> specs/acme.yaml:41:9
       |
    41 |         x-source: [docs]
       |         ^^^^^^^^ unknown key
       |
       = help: `x-reconcile` can have `none`, `operation`, `match`, `how`
    ");
}

#[test]
fn strays_in_properties() {
    let complaint = acme().adding("  schemas:", "    Note:\n      type: object\n      required: [text]\n      properties:\n          type: string\n          description: What to say.").complaint();
    assert_snapshot!(complaint, @"
    error[strays]: a schema must be a mapping
      --> specs/acme.yaml:78:17
       |
    78 |           type: string
       |                 ^^^^^^ this is a string
       |
       = help: is a line missing above, or this one indented wrongly?
    ");
}

#[test]
fn missing_key_external_value() {
    let complaint = acme()
        .with(
            "                externalValue: examples/acme/create_payout.request.200.json",
            "                summary: A payout.",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: an example needs `externalValue`
      --> specs/acme.yaml:27:15
       |
    27 |               documented:
       |               ^^^^^^^^^^ `externalValue` is missing
       |
       = help: refer to a sample: `externalValue: examples/<provider>/<file>.json`
    ");
}

#[test]
fn unsupported_version() {
    let complaint = acme().with("openapi: 3.0.3", "openapi: 3.1.0").complaint();
    assert_snapshot!(complaint, @"
    error[unsupported-version]: not a version of OpenAPI that specs are written in
     --> specs/acme.yaml:1:10
      |
    1 | openapi: 3.1.0
      |          ^^^^^ here
      |
      = help: write `openapi: 3.0.3`
    ");
}

#[test]
fn duplicate_component() {
    let complaint = acme()
        .file(
            "specs/acme/payouts.yaml",
            "components:\n  schemas:\n    PayoutId:\n      type: string\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[duplicate-component]: the component `PayoutId` is defined twice
       --> specs/acme/payouts.yaml:3:5
        |
      3 |     PayoutId:
        |     ^^^^^^^^ again here
        |
       ::: specs/acme.yaml:101:5
        |
    101 |     PayoutId:
        |     -------- first here
        |
        = help: the files of a spec share one set of names
    ");
}

#[test]
fn unknown_path_reference() {
    let complaint = acme().with("  /payouts/{payout_id}:\n    get:\n", "  /balance:\n    $ref: 'acme/balance.yaml#/paths/~1balances'\n  /payouts/{payout_id}:\n    get:\n").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-path-reference]: `$ref` names a path that does not exist
      --> specs/acme.yaml:43:11
       |
    43 |     $ref: 'acme/balance.yaml#/paths/~1balances'
       |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such path
       |
       = help: write `<provider>/<resource>.yaml#/paths/~1the-path`, with `~1` for `/`
    ");
}

#[test]
fn unknown_path_reference_misspelt() {
    let complaint = acme()
        .adding("paths:", "  /balances:\n    $ref: 'acme/balance.yaml#/paths/~1balance'")
        .file("specs/acme/balance.yaml", BALANCES)
        .complaint();
    assert_snapshot!(complaint, @"
    error[unknown-path-reference]: `$ref` names a path that does not exist
      --> specs/acme.yaml:16:11
       |
    16 |     $ref: 'acme/balance.yaml#/paths/~1balance'
       |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such path
       |
       = help: did you mean `acme/balance.yaml#/paths/~1balances`?
    ");
}

#[test]
fn path_differs() {
    let complaint = acme()
        .adding("paths:", "  /balance:\n    $ref: 'acme/balance.yaml#/paths/~1balances'")
        .file("specs/acme/balance.yaml", BALANCES)
        .complaint();
    assert_snapshot!(complaint, @"
    error[path-differs]: the path `/balance` points at the definition of `/balances`
      --> specs/acme.yaml:15:3
       |
    15 |   /balance:
       |   ^^^^^^^^ this path
       |
      ::: specs/acme/balance.yaml:2:3
       |
     2 |   /balances:
       |   --------- is called this where it is defined
       |
       = help: write the same path in both places
    ");
}

#[test]
fn unused_path() {
    let complaint = acme().file("specs/acme/balance.yaml", BALANCES).complaint();
    assert_snapshot!(complaint, @"
    error[unused-path]: the root does not list the path `/balances`
     --> specs/acme/balance.yaml:2:3
      |
    2 |   /balances:
      |   ^^^^^^^^^ nothing points here
      |
      = help: add it to `paths` of the root file as a `$ref`, or remove it
    ");
}

#[test]
fn unknown_reference() {
    let complaint = acme()
        .with(
            "              $ref: '#/components/schemas/PayoutRequest'",
            "              $ref: '#/components/schemas/PayotRequest'",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[unknown-reference]: `$ref` names a schema that does not exist
      --> specs/acme.yaml:25:21
       |
    25 |               $ref: '#/components/schemas/PayotRequest'
       |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no schema is called `PayotRequest`
       |
       = help: did you mean `PayoutRequest`? it is at specs/acme.yaml:74:5
    ");
}

#[test]
fn unknown_reference_to_a_response() {
    let complaint = acme()
        .with("$ref: '#/components/responses/Failed'", "$ref: '#/components/responses/Broken'")
        .complaint();
    assert_snapshot!(complaint, @"
    error[unknown-reference]: `$ref` names a response that does not exist
      --> specs/acme.yaml:61:17
       |
    61 |           $ref: '#/components/responses/Broken'
       |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no response is called `Broken`
       |
       = help: define it under `components`
    ");
}

#[test]
fn unknown_reference_far_from_all() {
    let complaint = acme()
        .adding(
            "        reference:\n          type: string\n          description: Your own id.",
            "        account:\n          $ref: '#/components/schemas/Account'",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[unknown-reference]: `$ref` names a schema that does not exist
      --> specs/acme.yaml:84:17
       |
    84 |           $ref: '#/components/schemas/Account'
       |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no schema is called `Account`
       |
       = help: define it under `components`
    ");
}

#[test]
fn misspelt_definition() {
    let complaint = acme().with("    Payout:\n", "    Payuot:\n").complaint();
    assert_snapshot!(complaint, @"
    error[misspelt-definition]: nothing refers to `Payuot`, but `Payout` does not exist
      --> specs/acme.yaml:88:5
       |
    35 |                 $ref: '#/components/schemas/Payout'
       |                       ----------------------------- referred to here
    ...
    88 |     Payuot:
       |     ^^^^^^ defined here
       |
       = help: write `Payout` in both places
    ");
}

#[test]
fn malformed_reference() {
    let complaint = acme()
        .with(
            "            - $ref: '#/components/schemas/PayoutId'",
            "            - $ref: '#/schemas/PayoutId'",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[malformed-reference]: this `$ref` does not point at a schema
      --> specs/acme.yaml:94:21
       |
    94 |             - $ref: '#/schemas/PayoutId'
       |                     ^^^^^^^^^^^^^^^^^^^^ cannot be followed
       |
       = help: did you mean `#/components/schemas/PayoutId`?
    ");
}

#[test]
fn malformed_reference_to_a_whole_file() {
    let complaint =
        acme().with("$ref: '#/components/responses/Failed'", "$ref: acme/failed.yaml").complaint();
    assert_snapshot!(complaint, @"
    error[malformed-reference]: this `$ref` does not point at a response
      --> specs/acme.yaml:61:17
       |
    61 |           $ref: acme/failed.yaml
       |                 ^^^^^^^^^^^^^^^^ cannot be followed
       |
       = help: write `#/components/responses/<Name>`, with the file before `#` if it is another one
    ");
}

#[test]
fn reference_siblings() {
    let complaint = acme()
        .adding(
            "            $ref: '#/components/schemas/PayoutId'",
            "            description: The payout.\n            nullable: true",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[reference-siblings]: `description` and `nullable` beside `$ref` have no effect
      --> specs/acme.yaml:53:13
       |
    53 |             description: The payout.
       |             ^^^^^^^^^^^ other tools ignore this
       |
       = help: write `allOf: [{$ref: …}]` in a schema, and put the rest beside that; elsewhere remove it
    ");
}

#[test]
fn unknown_component_kind() {
    let complaint = acme().with("  schemas:\n", "  schema:\n").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: `components` has no key `schema`
      --> specs/acme.yaml:73:3
       |
    73 |   schema:
       |   ^^^^^^ unknown key
       |
       = help: did you mean `schemas`?
    ");
}

#[test]
fn unused_component() {
    let complaint = acme().adding("  schemas:", "    Account:\n      type: object\n      properties:\n        number:\n          $ref: '#/components/schemas/AccountNumber'\n    AccountNumber:\n      type: string").complaint();
    assert_snapshot!(complaint, @"
    error[unused-component]: the schema `Account` is never used
      --> specs/acme.yaml:74:5
       |
    74 |     Account:
       |     ^^^^^^^ nothing refers to this
       |
       = help: refer to it or remove it
    ");
}

#[test]
fn unused_component_response() {
    let complaint = acme()
        .with("    Failed:\n", "    Refused:\n      description: It was refused.\n    Failed:\n")
        .complaint();
    assert_snapshot!(complaint, @"
    error[unused-component]: the response `Refused` is never used
      --> specs/acme.yaml:71:5
       |
    71 |     Refused:
       |     ^^^^^^^ nothing refers to this
       |
       = help: refer to it or remove it
    ");
}

#[test]
fn unused_component_that_only_refers_to_itself() {
    let complaint = acme().adding("  schemas:", "    Tree:\n      type: object\n      properties:\n        trees:\n          type: array\n          items:\n            $ref: '#/components/schemas/Tree'").complaint();
    assert_snapshot!(complaint, @"
    error[unused-component]: the schema `Tree` is never used
      --> specs/acme.yaml:74:5
       |
    74 |     Tree:
       |     ^^^^ nothing refers to this
       |
       = help: refer to it or remove it
    ");
}

#[test]
fn too_many_parts() {
    let mut schemas = "    Account0:\n      type: string".to_owned();
    for idx in 1..42 {
        schemas.push_str(&format!(
            "\n    Account{idx}:\n      allOf:\n        - $ref: '#/components/schemas/Account{}'",
            idx - 1
        ));
    }
    let complaint = acme().adding("  schemas:", &schemas).complaint();
    assert_snapshot!(complaint, @"
    error[too-many-parts]: `Account41` is composed of too many schemas
       --> specs/acme.yaml:196:5
        |
    196 |     Account41:
        |     ^^^^^^^^^ its references go on for more than 40 schemas, or through more than 10000
        |
        = help: write out what it is
    ");
}

/// No document is known to bring this about, so its meaning is made wrong.
#[test]
fn not_bound() {
    let document = codegen::parse::document(&acme().0).expect("the spec is right");
    let mut api = codegen::model::api(&document).expect("the spec is right");
    let payout = api.types.get_mut("Payout").expect("there is one");
    if let Shape::Struct(it) = &mut payout.shape {
        it.members[0].ty = TypeRef::Named("Nothing".to_owned());
    }
    let complaint = codegen::output(&api, &document).expect_err("there is no such type");
    assert_snapshot!(complaint.to_string(), @"
    error[not-bound]: `Payout` cannot be turned into Rust
      --> specs/acme.yaml:88:5
       |
    88 |     Payout:
       |     ^^^^^^ this is right, and still the generator gives up
       |
       = help: report it with this document; writing it in another way may help until then
    ");
}

#[test]
fn circular_reference_through_another() {
    let complaint = acme().adding("  schemas:", "    Account:\n      oneOf:\n        - $ref: '#/components/schemas/Wallet'\n        - type: string\n    Wallet:\n      allOf:\n        - $ref: '#/components/schemas/Account'").complaint();
    assert_snapshot!(complaint, @"
    error[circular-reference]: `Account` is defined as itself
      --> specs/acme.yaml:74:5
       |
    74 |     Account:
       |     ^^^^^^^ its references lead back here
       |
       = help: write out what it is; only members of an object can refer back
    ");
}

#[test]
fn circular_reference() {
    let complaint = acme()
        .adding(
            "  schemas:",
            "    Account:\n      allOf:\n        - $ref: '#/components/schemas/Account'",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[circular-reference]: `Account` is defined as itself
      --> specs/acme.yaml:74:5
       |
    74 |     Account:
       |     ^^^^^^^ its references lead back here
       |
       = help: write out what it is; only members of an object can refer back
    ");
}

// Schemas.

#[test]
fn endless_type() {
    let complaint = acme()
        .with("      required: [id, status]\n", "      required: [id, status, parent]\n")
        .adding(
            "          description: How far it is.",
            "        parent:\n          $ref: '#/components/schemas/Payout'",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[endless-type]: a value of `Payout` never ends
      --> specs/acme.yaml:88:5
       |
    88 |     Payout:
       |     ^^^^^^ requires a value of its own kind
       |
       = help: make the member that leads back optional, or a list
    ");
}

#[test]
fn circular_reference_through_a_list() {
    let complaint = acme().adding("  schemas:", "    Accounts:\n      type: array\n      items:\n        $ref: '#/components/schemas/Accounts'").complaint();
    assert_snapshot!(complaint, @"
    error[circular-reference]: `Accounts` is defined as itself
      --> specs/acme.yaml:74:5
       |
    74 |     Accounts:
       |     ^^^^^^^^ its references lead back here
       |
       = help: write out what it is; only members of an object can refer back
    ");
}

#[test]
fn unknown_type() {
    let complaint = acme().with("          type: integer", "          type: integr").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-type]: there is no type `integr`
      --> specs/acme.yaml:84:17
       |
    84 |           type: integr
       |                 ^^^^^^ unknown type
       |
       = help: did you mean `integer`?
    ");
}

#[test]
fn unknown_type_far_from_all() {
    let complaint = acme().with("          type: integer", "          type: money").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-type]: there is no type `money`
      --> specs/acme.yaml:84:17
       |
    84 |           type: money
       |                 ^^^^^ unknown type
       |
       = help: write one of `string`, `integer`, `number`, `boolean`, `array`, `object`
    ");
}

#[test]
fn type_not_a_string() {
    let complaint =
        acme().with("          type: integer", "          type: [integer, 'null']").complaint();
    assert_snapshot!(complaint, @"
    error[type-not-a-string]: `type` must be a string
      --> specs/acme.yaml:84:17
       |
    84 |           type: [integer, 'null']
       |                 ^^^^^^^^^^^^^^^^^ this is a list
       |
       = help: write one type, and `nullable: true` beside it if `null` is a value
    ");
}

#[test]
fn unknown_type_with_properties() {
    let complaint = acme()
        .with("    Payout:\n      type: object", "    Payout:\n      type: objekt")
        .complaint();
    assert_snapshot!(complaint, @"
    error[unknown-type]: there is no type `objekt`
      --> specs/acme.yaml:89:13
       |
    89 |       type: objekt
       |             ^^^^^^ unknown type
       |
       = help: did you mean `object`?
    ");
}

#[test]
fn unknown_format() {
    let complaint = acme()
        .with(
            "        reference:\n          type: string",
            "        reference:\n          type: string\n          format: datetime",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[unknown-format]: `string` has no format `datetime`
      --> specs/acme.yaml:82:19
       |
    82 |           format: datetime
       |                   ^^^^^^^^ unknown format
       |
       = help: did you mean `date-time`?
    ");
}

#[test]
fn unknown_format_of_an_integer() {
    let complaint = acme()
        .with("          type: integer\n", "          type: integer\n          format: int128\n")
        .complaint();
    assert_snapshot!(complaint, @"
    error[unknown-format]: `integer` has no format `int128`
      --> specs/acme.yaml:85:19
       |
    85 |           format: int128
       |                   ^^^^^^ unknown format
       |
       = help: did you mean `int32`?
    ");
}

#[test]
fn number_without_unit() {
    let complaint = acme()
        .with("          type: integer\n          x-unit: minor", "          type: number")
        .complaint();
    assert_snapshot!(complaint, @"
    error[number-without-unit]: a number without a meaning
      --> specs/acme.yaml:84:17
       |
    84 |           type: number
       |                 ^^^^^^ a float would eat a cent here
       |
       = help: say what it is with `x-unit`: `major`, `minor`, `rate`, `percent` or `factor`
    ");
}

#[test]
fn unknown_unit() {
    let complaint = acme().with("x-unit: minor", "x-unit: minr").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-unit]: there is no unit `minr`
      --> specs/acme.yaml:85:19
       |
    85 |           x-unit: minr
       |                   ^^^^ unknown unit
       |
       = help: did you mean `minor`?
    ");
}

#[test]
fn unknown_unit_far_from_all() {
    let complaint = acme().with("x-unit: minor", "x-unit: cents").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-unit]: there is no unit `cents`
      --> specs/acme.yaml:85:19
       |
    85 |           x-unit: cents
       |                   ^^^^^ unknown unit
       |
       = help: write one of `major`, `minor`, `rate`, `percent`, `factor`
    ");
}

#[test]
fn minor_unit_needs_integer() {
    let complaint = acme().with("          type: integer", "          type: number").complaint();
    assert_snapshot!(complaint, @"
    error[minor-unit-needs-integer]: minor units are whole
      --> specs/acme.yaml:84:17
       |
    84 |           type: number
       |                 ^^^^^^ `number` has fractions
       |
       = help: write `type: integer`, or `x-unit: major`
    ");
}

#[test]
fn wrong_kind_of_a_part() {
    let complaint = acme()
        .with("            - $ref: '#/components/schemas/PayoutId'\n", "            - PayoutId\n")
        .complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: `allOf` must be a list of schemas
      --> specs/acme.yaml:94:15
       |
    94 |             - PayoutId
       |               ^^^^^^^^ this is a string
       |
       = help: write lines that begin with `-` below it
    ");
}

#[test]
fn no_effect() {
    let complaint = acme()
        .with(
            "            - $ref: '#/components/schemas/PayoutId'\n",
            "            - $ref: '#/components/schemas/PayoutId'\n          required: [id]\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `required` has no effect here
      --> specs/acme.yaml:95:11
       |
    95 |           required: [id]
       |           ^^^^^^^^ there are no `properties` beside it
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn misplaced_keywords() {
    let complaint = acme()
        .with("    PayoutRequest:\n      type: object", "    PayoutRequest:\n      type: string")
        .complaint();
    assert_snapshot!(complaint, @"
    error[misplaced-keywords]: `required` and `properties` say nothing about a string
      --> specs/acme.yaml:75:13
       |
    75 |       type: string
       |             ^^^^^^ this is a string
    76 |       required:
       |       -------- no effect
       |
       = help: remove them, or write the `type` that this has
    ");
}

#[test]
fn misplaced_keywords_a_limit() {
    let complaint = acme()
        .with("          type: integer\n", "          type: integer\n          maxLength: 5\n")
        .complaint();
    assert_snapshot!(complaint, @"
    error[misplaced-keywords]: `maxLength` says nothing about an integer
      --> specs/acme.yaml:85:11
       |
    84 |           type: integer
       |                 ------- this is an integer
    85 |           maxLength: 5
       |           ^^^^^^^^^ no effect
       |
       = help: remove it, or write the `type` that this has
    ");
}

#[test]
fn type_beside_reference() {
    let complaint =
        acme().with("          allOf:\n", "          type: object\n          allOf:\n").complaint();
    assert_snapshot!(complaint, @"
    error[type-beside-reference]: the type beside the reference is `object`, but it refers to a string
      --> specs/acme.yaml:93:17
       |
    93 |           type: object
       |                 ^^^^^^ contradicts the reference
       |
       = help: write `type: string`
    ");
}

#[test]
fn items_missing() {
    let complaint = acme()
        .with("          type: integer\n          x-unit: minor", "          type: array")
        .complaint();
    assert_snapshot!(complaint, @"
    error[items-missing]: an array needs `items`
      --> specs/acme.yaml:84:17
       |
    84 |           type: array
       |                 ^^^^^ of what?
       |
       = help: write `items: {}` if any value can be in it
    ");
}

#[test]
fn required_not_a_property() {
    let complaint = acme().with("required: [id, status]", "required: [id, state]").complaint();
    assert_snapshot!(complaint, @"
    error[required-not-a-property]: `required` names `state`, which is not a property
      --> specs/acme.yaml:90:22
       |
    90 |       required: [id, state]
       |                      ^^^^^ no such property
       |
       = help: declare it under `properties`, or remove it here
    ");
}

#[test]
fn required_not_a_property_misspelt() {
    let complaint = acme().with("        - amount\n", "        - amuont\n").complaint();
    assert_snapshot!(complaint, @"
    error[required-not-a-property]: `required` names `amuont`, but the property is called `amount`
      --> specs/acme.yaml:78:11
       |
    78 |         - amuont
       |           ^^^^^^ misspelt?
    ...
    83 |         amount:
       |         ------ declared here
       |
       = help: write the same name in both places
    ");
}

#[test]
fn required_not_a_property_of_that_spelling() {
    let complaint = acme().with("        amount:\n", "        amuont:\n").complaint();
    assert_snapshot!(complaint, @"
    error[required-not-a-property]: `required` names `amount`, but the property is called `amuont`
      --> specs/acme.yaml:83:9
       |
    78 |         - amount
       |           ------ required here
    ...
    83 |         amuont:
       |         ^^^^^^ misspelt?
       |
       = help: write the same name in both places
    ");
}

#[test]
fn required_without_properties() {
    let complaint = acme().with("      required: [id, status]\n      properties:\n        id:\n          allOf:\n            - $ref: '#/components/schemas/PayoutId'\n          description: Its id.\n        status:\n          type: string\n          enum: [pending, paid]\n          description: How far it is.\n", "      required: [id, status]\n").complaint();
    assert_snapshot!(complaint, @"
    error[required-without-properties]: `required` without `properties`
      --> specs/acme.yaml:90:7
       |
    90 |       required: [id, status]
       |       ^^^^^^^^ requires what is not declared
       |
       = help: declare the members under `properties`
    ");
}

#[test]
fn duplicate_value() {
    let complaint = acme().with("required: [id, status]", "required: [id, status, id]").complaint();
    assert_snapshot!(complaint, @"
    error[duplicate-value]: `id` stands twice
      --> specs/acme.yaml:90:30
       |
    90 |       required: [id, status, id]
       |                  --          ^^ again here
       |                  |
       |                  first here
       |
       = help: remove one, or write another value
    ");
}

#[test]
fn duplicate_value_of_a_part() {
    let complaint = acme()
        .adding(
            "            - $ref: '#/components/schemas/PayoutId'",
            "            - $ref: '#/components/schemas/PayoutId'",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[duplicate-value]: `#/components/schemas/PayoutId` stands twice
      --> specs/acme.yaml:95:21
       |
    94 |             - $ref: '#/components/schemas/PayoutId'
       |                     ------------------------------- first here
    95 |             - $ref: '#/components/schemas/PayoutId'
       |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ again here
       |
       = help: remove one, or write another value
    ");
}

#[test]
fn duplicate_value_of_environments() {
    let complaint = acme().with("    x-environment: Production\n", "    x-environment: Production\n  - url: https://api2.acme.example\n    x-environment: Production\n").complaint();
    assert_snapshot!(complaint, @"
    error[duplicate-value]: `Production` stands twice
      --> specs/acme.yaml:11:20
       |
     9 |     x-environment: Production
       |                    ---------- first here
    10 |   - url: https://api2.acme.example
    11 |     x-environment: Production
       |                    ^^^^^^^^^^ again here
       |
       = help: remove one, or write another value
    ");
}

#[test]
fn duplicate_value_of_an_enum() {
    let complaint = acme().with("enum: [pending, paid]", "enum: [pending, pending]").complaint();
    assert_snapshot!(complaint, @"
    error[duplicate-value]: `pending` stands twice
      --> specs/acme.yaml:98:27
       |
    98 |           enum: [pending, pending]
       |                  -------  ^^^^^^^ again here
       |                  |
       |                  first here
       |
       = help: remove one, or write another value
    ");
}

#[test]
fn enum_value_not_a_string() {
    let complaint = acme().with("enum: [pending, paid]", "enum: [pending, 1]").complaint();
    assert_snapshot!(complaint, @"
    error[enum-value-not-a-string]: an enum value that is not a string
      --> specs/acme.yaml:98:27
       |
    98 |           enum: [pending, 1]
       |                           ^ not a string
       |
       = help: quote it: `'1'`
    ");
}

#[test]
fn enum_value_not_a_string_but_null() {
    let complaint = acme().with("enum: [pending, paid]", "enum: [pending, null]").complaint();
    assert_snapshot!(complaint, @"
    error[enum-value-not-a-string]: an enum value that is not a string
      --> specs/acme.yaml:98:27
       |
    98 |           enum: [pending, null]
       |                           ^^^^ not a string
       |
       = help: write `nullable: true` instead
    ");
}

#[test]
fn enum_descriptions_incomplete() {
    let complaint = acme()
        .adding(
            "          enum: [pending, paid]",
            "          x-enumDescriptions:\n            pending: Not yet.",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[enum-descriptions-incomplete]: `x-enumDescriptions` does not describe `paid`
      --> specs/acme.yaml:99:11
       |
    99 |           x-enumDescriptions:
       |           ^^^^^^^^^^^^^^^^^^ incomplete
       |
       = help: describe all values or none
    ");
}

#[test]
fn enum_description_unknown() {
    let complaint = acme().adding("          enum: [pending, paid]", "          x-enumDescriptions:\n            pending: Not yet.\n            paid: Done.\n            refused: Never.").complaint();
    assert_snapshot!(complaint, @"
    error[enum-description-unknown]: `x-enumDescriptions` describes `refused`, which is not a value
       --> specs/acme.yaml:102:13
        |
    102 |             refused: Never.
        |             ^^^^^^^ no such value
        |
        = help: list the value under `enum`, or remove this
    ");
}

#[test]
fn enum_description_differs() {
    let complaint = acme().adding("          enum: [pending, paid]", "          x-enumDescriptions:\n            pending: Not yet.\n            payed: Done.").complaint();
    assert_snapshot!(complaint, @"
    error[enum-description-differs]: the value is `paid`, but `payed` is described
       --> specs/acme.yaml:98:27
        |
     98 |           enum: [pending, paid]
        |                           ^^^^ misspelt?
    ...
    101 |             payed: Done.
        |             ----- described here
        |
        = help: write the same value in both places
    ");
}

#[test]
fn enum_varnames_count() {
    let complaint = acme()
        .adding("          enum: [pending, paid]", "          x-enum-varnames: [Pending]")
        .complaint();
    assert_snapshot!(complaint, @"
    error[enum-varnames-count]: `x-enum-varnames` has 1 name for 2 values
      --> specs/acme.yaml:99:11
       |
    99 |           x-enum-varnames: [Pending]
       |           ^^^^^^^^^^^^^^^ one name per value
       |
       = help: write the names in the order of the values
    ");
}

#[test]
fn not_a_variant_name() {
    let complaint = acme()
        .adding("          enum: [pending, paid]", "          x-enum-varnames: [Pending, 2paid]")
        .complaint();
    assert_snapshot!(complaint, @"
    error[not-a-variant-name]: `2paid` is not the name of a variant
      --> specs/acme.yaml:99:38
       |
    99 |           x-enum-varnames: [Pending, 2paid]
       |                                      ^^^^^ not PascalCase
       |
       = help: write `N2paid`
    ");
}

#[test]
fn nullable_without_type() {
    let complaint = acme()
        .with(
            "            - $ref: '#/components/schemas/PayoutId'\n",
            "            - $ref: '#/components/schemas/PayoutId'\n          nullable: true\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[nullable-without-type]: `nullable` without a `type` beside it
      --> specs/acme.yaml:95:11
       |
    95 |           nullable: true
       |           ^^^^^^^^ other tools ignore this
       |
       = help: write the `type` of what is referred to beside it; in a `oneOf` of scalars put both on the first alternative
    ");
}

#[test]
fn unsupported_composition() {
    let complaint = acme().with("            - $ref: '#/components/schemas/PayoutId'\n", "            - $ref: '#/components/schemas/PayoutId'\n            - type: object\n              properties:\n                note:\n                  type: string\n").complaint();
    assert_snapshot!(complaint, @"
    error[unsupported-composition]: this `allOf` is not supported: a part is not an object
      --> specs/acme.yaml:93:11
       |
    93 |           allOf:
       |           ^^^^^ cannot become a type
       |
       = help: `allOf` joins objects; annotate a single reference with it, or write the schema out
    ");
}

#[test]
fn unsupported_composition_of_a_member_that_is_required() {
    let complaint = acme()
        .with(
            "          type: string\n          enum: [pending, paid]\n",
            "          properties: {}\n          allOf:\n            - $ref: '#/components/schemas/PayoutId'\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[unsupported-composition]: this `allOf` is not supported: a part is not an object
      --> specs/acme.yaml:98:11
       |
    98 |           allOf:
       |           ^^^^^ cannot become a type
       |
       = help: `allOf` joins objects; annotate a single reference with it, or write the schema out
    ");
}

#[test]
fn unsupported_composition_beside_another() {
    let complaint = acme()
        .with("          description: Its id.", "          oneOf:\n            - type: string")
        .complaint();
    assert_snapshot!(complaint, @"
    error[unsupported-composition]: this `oneOf` is not supported: there is another composition beside it
      --> specs/acme.yaml:95:11
       |
    95 |           oneOf:
       |           ^^^^^ cannot become a type
       |
       = help: name one of them under `components.schemas` and refer to it
    ");
}

#[test]
fn unsupported_composition_of_a_single_alternative() {
    let complaint = acme()
        .with(
            "          allOf:\n            - $ref: '#/components/schemas/PayoutId'",
            "          oneOf:\n            - $ref: '#/components/schemas/PayoutId'",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[unsupported-composition]: this `oneOf` is not supported: it has a single alternative
      --> specs/acme.yaml:93:11
       |
    93 |           oneOf:
       |           ^^^^^ cannot become a type
       |
       = help: write `allOf` to annotate a reference, or the schema itself
    ");
}

#[test]
fn discriminator_mapping() {
    let complaint = acme().with("        status:\n          type: string\n          enum: [pending, paid]\n          description: How far it is.", "        status:\n          type: string\n        account:\n          oneOf:\n            - $ref: '#/components/schemas/BankAccount'\n            - $ref: '#/components/schemas/Wallet'\n          discriminator:\n            propertyName: kind\n            mapping:\n              bank: '#/components/schemas/BankAccuont'\n              wallet: '#/components/schemas/Wallet'").adding("  schemas:", ACCOUNTS).complaint();
    assert_snapshot!(complaint, @"
    error[discriminator-mapping]: the discriminator maps to `#/components/schemas/BankAccuont`, which is not an alternative
       --> specs/acme.yaml:117:21
        |
    117 |               bank: '#/components/schemas/BankAccuont'
        |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such alternative
        |
        = help: did you mean `BankAccount`?
    ");
}

#[test]
fn alternative_never_chosen() {
    let complaint = acme().with("        status:\n          type: string\n          enum: [pending, paid]\n          description: How far it is.", "        status:\n          type: string\n        account:\n          oneOf:\n            - $ref: '#/components/schemas/BankAccount'\n            - $ref: '#/components/schemas/Wallet'").adding("  schemas:", ACCOUNTS).complaint();
    assert_snapshot!(complaint, @"
    error[alternative-never-chosen]: an alternative that is never chosen
       --> specs/acme.yaml:113:15
        |
    112 |             - $ref: '#/components/schemas/BankAccount'
        |               ---- fits this too, and this is tried first
    113 |             - $ref: '#/components/schemas/Wallet'
        |               ^^^^ whatever fits this
        |
        = help: put the one that requires more first, or tell them apart by a `discriminator`
    ");
}

#[test]
fn member_clash() {
    let complaint = acme().with("        amount:\n", "        your_reference:\n          type: string\n        yourReference:\n          type: string\n        amount:\n").complaint();
    assert_snapshot!(complaint, @"
    error[member-clash]: two of these are called `your_reference` in Rust
      --> specs/acme.yaml:85:9
       |
    83 |         your_reference:
       |         -------------- and this one
    84 |           type: string
    85 |         yourReference:
       |         ^^^^^^^^^^^^^ this one
       |
       = help: names must differ in more than case and signs; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum
    ");
}

#[test]
fn member_clash_of_enum_values() {
    let complaint = acme().with("enum: [pending, paid]", "enum: [pending, PENDING]").complaint();
    assert_snapshot!(complaint, @"
    error[member-clash]: two of these are called `Pending` in Rust
      --> specs/acme.yaml:98:27
       |
    98 |           enum: [pending, PENDING]
       |                  -------  ^^^^^^^ this one
       |                  |
       |                  and this one
       |
       = help: names must differ in more than case and signs; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum
    ");
}

#[test]
fn not_a_member_name() {
    let complaint = acme()
        .with(
            "        reference:\n          type: string\n",
            "        reference:\n          type: string\n          x-rust-name: yourReference\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[not-a-member-name]: `yourReference` is not a name in Rust
      --> specs/acme.yaml:82:24
       |
    82 |           x-rust-name: yourReference
       |                        ^^^^^^^^^^^^^ not snake_case
       |
       = help: write `your_reference`
    ");
}

#[test]
fn not_a_member_name_of_a_parameter() {
    let complaint = acme()
        .with("          in: path\n", "          in: path\n          x-rust-name: PayoutId\n")
        .complaint();
    assert_snapshot!(complaint, @"
    error[not-a-member-name]: `PayoutId` is not a name in Rust
      --> specs/acme.yaml:49:24
       |
    49 |           x-rust-name: PayoutId
       |                        ^^^^^^^^ not snake_case
       |
       = help: write `payout_id`
    ");
}

#[test]
fn member_clash_of_a_given_name() {
    let complaint = acme()
        .with(
            "        reference:\n          type: string\n",
            "        reference:\n          type: string\n          x-rust-name: amount\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[member-clash]: two of these are called `amount` in Rust
      --> specs/acme.yaml:84:9
       |
    82 |           x-rust-name: amount
       |                        ------ and this one
    83 |           description: Your own id.
    84 |         amount:
       |         ^^^^^^ this one
       |
       = help: names must differ in more than case and signs; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum
    ");
}

#[test]
fn reserved_name_that_was_given() {
    let complaint = acme()
        .with(
            "        reference:\n          type: string\n",
            "        reference:\n          type: string\n          x-rust-name: new\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[reserved-name]: `new` is the name of something every client has
      --> specs/acme.yaml:82:24
       |
    82 |           x-rust-name: new
       |                        ^^^ reserved
       |
       = help: choose another name; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum
    ");
}

#[test]
fn reserved_name_of_a_parameter() {
    let complaint = acme()
        .with("          in: path\n", "          in: path\n          x-rust-name: send\n")
        .complaint();
    assert_snapshot!(complaint, @"
    error[reserved-name]: `send` is the name of something every client has
      --> specs/acme.yaml:49:24
       |
    49 |           x-rust-name: send
       |                        ^^^^ reserved
       |
       = help: choose another name; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum
    ");
}

#[test]
fn no_effect_of_a_name() {
    let complaint = acme()
        .with(
            "    PayoutId:\n      type: string\n",
            "    PayoutId:\n      type: string\n      x-rust-name: id\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `x-rust-name` has no effect here
       --> specs/acme.yaml:103:7
        |
    103 |       x-rust-name: id
        |       ^^^^^^^^^^^ only members and parameters are named
        |
        = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn no_effect_of_a_limit() {
    let complaint = acme().with("          enum: [pending, paid]\n          description: How far it is.\n", "          oneOf:\n            - type: boolean\n            - type: array\n              items:\n                type: string\n          maxLength: 5\n          description: How far it is.\n").complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `maxLength` has no effect here
       --> specs/acme.yaml:103:22
        |
    103 |           maxLength: 5
        |                      ^ its values are of another type
        |
        = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn member_declared_differently() {
    let complaint = acme().with("    Payout:\n      type: object\n      required: [id, status]\n", "    Account:\n      type: object\n      properties:\n        id:\n          type: integer\n          description: Its number.\n      description: An account.\n    Payout:\n      allOf:\n        - $ref: '#/components/schemas/Account'\n      required: [id, status]\n").complaint();
    assert_snapshot!(complaint, @"
    error[member-declared-differently]: parts of one `allOf` declare `id` differently
       --> specs/acme.yaml:100:9
        |
     91 |         id:
        |         -- and this one
    ...
    100 |         id:
        |         ^^ this one
        |
        = help: declare it in one part only
    ");
}

#[test]
fn no_effect_of_a_limit_on_an_instant() {
    let complaint = acme()
        .with(
            "          type: string\n          enum: [pending, paid]\n",
            "          type: integer\n          format: epoch-millis\n          minimum: 5\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `minimum` has no effect here
      --> specs/acme.yaml:99:20
       |
    99 |           minimum: 5
       |                    ^ the format says how it is written
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn type_clash() {
    let complaint = acme().adding("  schemas:", "    PayoutStatus:\n      type: string").with("        amount:\n          type", "        status:\n          $ref: '#/components/schemas/PayoutStatus'\n        amount:\n          type").complaint();
    assert_snapshot!(complaint, @"
    error[type-clash]: two types are called `PayoutStatus` in Rust
       --> specs/acme.yaml:100:9
        |
     74 |     PayoutStatus:
        |     ------------ and this one
    ...
    100 |         status:
        |         ^^^^^^ this one
        |
        = help: rename one of them; an inline schema is named for its parent and member
    ");
}

#[test]
fn type_clash_with_a_call() {
    let complaint = acme()
        .with("operationId: get_payout", "operationId: payout")
        .with("operation: get_payout", "operation: payout")
        .complaint();
    assert_snapshot!(complaint, @"
    error[type-clash]: two types are called `Payout` in Rust
      --> specs/acme.yaml:44:20
       |
    44 |       operationId: payout
       |                    ^^^^^^ this one
    ...
    88 |     Payout:
       |     ------ and this one
       |
       = help: rename one of them; an inline schema is named for its parent and member
    ");
}

#[test]
fn reserved_name() {
    let complaint = acme().adding("  schemas:", "    Money:\n      type: string").with("        amount:\n          type", "        money:\n          $ref: '#/components/schemas/Money'\n        amount:\n          type").complaint();
    assert_snapshot!(complaint, @"
    error[reserved-name]: `Money` is the name of something every client has
      --> specs/acme.yaml:74:5
       |
    74 |     Money:
       |     ^^^^^ reserved
       |
       = help: choose another name; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum
    ");
}

#[test]
fn reserved_name_of_an_operation() {
    let complaint = acme()
        .with("operationId: get_payout", "operationId: builder")
        .with("operation: get_payout", "operation: builder")
        .complaint();
    assert_snapshot!(complaint, @"
    error[reserved-name]: `builder` is the name of something every client has
      --> specs/acme.yaml:44:20
       |
    44 |       operationId: builder
       |                    ^^^^^^^ reserved
       |
       = help: choose another name; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum
    ");
}

#[test]
fn reserved_name_of_a_value() {
    let complaint =
        acme().with("enum: [pending, paid]", "enum: [pending, unrecognized]").complaint();
    assert_snapshot!(complaint, @"
    error[reserved-name]: `Unrecognized` is the name of something every client has
      --> specs/acme.yaml:98:27
       |
    98 |           enum: [pending, unrecognized]
       |                           ^^^^^^^^^^^^ reserved
       |
       = help: choose another name; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum
    ");
}

#[test]
fn reserved_name_of_a_member() {
    let complaint = acme()
        .with(
            "        amount:\n          type",
            "        new:\n          type: boolean\n        amount:\n          type",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[reserved-name]: `new` is the name of something every client has
      --> specs/acme.yaml:83:9
       |
    83 |         new:
       |         ^^^ reserved
       |
       = help: choose another name; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum
    ");
}

#[test]
fn not_a_type_name() {
    let complaint = acme().adding("  schemas:", "    bankIBAN:\n      type: string").with("        amount:\n          type", "        iban:\n          $ref: '#/components/schemas/bankIBAN'\n        amount:\n          type").complaint();
    assert_snapshot!(complaint, @"
    error[not-a-type-name]: `bankIBAN` is not a schema name
      --> specs/acme.yaml:74:5
       |
    74 |     bankIBAN:
       |     ^^^^^^^^ not PascalCase
       |
       = help: write `BankIban`: acronyms are words
    ");
}

#[test]
fn not_an_operation_id() {
    let complaint = acme()
        .with("operationId: get_payout", "operationId: getPayout")
        .with("operation: get_payout", "operation: getPayout")
        .complaint();
    assert_snapshot!(complaint, @"
    error[not-an-operation-id]: `getPayout` is not an operation id
      --> specs/acme.yaml:44:20
       |
    44 |       operationId: getPayout
       |                    ^^^^^^^^^ not snake_case
       |
       = help: write `get_payout`
    ");
}

#[test]
fn new_without_type() {
    let complaint =
        acme().adding("          description: Your own id.", "          x-new: integr").complaint();
    assert_snapshot!(complaint, @"
    error[new-without-type]: `x-new` cannot be `integr` here
      --> specs/acme.yaml:83:18
       |
    83 |           x-new: integr
       |                  ^^^^^^ no such alternative
       |
       = help: did you mean `integer`?
    ");
}

#[test]
fn no_effect_of_new() {
    let complaint = acme()
        .with("          x-unit: minor\n", "          x-unit: minor\n          x-new: required\n")
        .complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `x-new` has no effect here
      --> specs/acme.yaml:86:18
       |
    86 |           x-new: required
       |                  ^^^^^^^^ the member is required anyway
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn new_without_type_of_an_alternative() {
    let complaint = acme()
        .with("          description: Your own id.", "          x-new: integer")
        .with("        - reference\n", "")
        .complaint();
    assert_snapshot!(complaint, @"
    error[new-without-type]: `x-new` cannot be `integer` here
      --> specs/acme.yaml:81:18
       |
    81 |           x-new: integer
       |                  ^^^^^^^ no such alternative
       |
       = help: write `required`, or the type of one alternative of the `oneOf`
    ");
}

#[test]
fn no_effect_of_empty_as_null() {
    let complaint = acme()
        .adding("          description: Your own id.", "          x-empty-as-null: true")
        .complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `x-empty-as-null` has no effect here
      --> specs/acme.yaml:83:28
       |
    83 |           x-empty-as-null: true
       |                            ^^^^ the member is required
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn empty_range() {
    let complaint = acme()
        .adding(
            "          description: Your own id.",
            "          minLength: 20\n          maxLength: 2",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[empty-range]: `minLength` is more than `maxLength`
      --> specs/acme.yaml:83:22
       |
    83 |           minLength: 20
       |                      ^^ no value is at least this
    84 |           maxLength: 2
       |                      - and at most this
       |
       = help: are the two swapped, or is one of them misspelt?
    ");
}

#[test]
fn bad_pattern() {
    let complaint = acme()
        .adding("          description: Your own id.", "          pattern: '[A-Z'")
        .complaint();
    assert_snapshot!(complaint, @"
    error[bad-pattern]: `[A-Z` is not a regular expression
      --> specs/acme.yaml:83:20
       |
    83 |           pattern: '[A-Z'
       |                    ^^^^^^ cannot be checked
       |
       = help: check its brackets and repetitions; look-around and back references are not known
    ");
}

#[test]
fn value_contradicts() {
    let complaint = acme()
        .adding("          description: How far it is.", "          default: payed")
        .complaint();
    assert_snapshot!(complaint, @"
    error[value-contradicts]: the default `payed` contradicts its schema
       --> specs/acme.yaml:100:20
        |
    100 |           default: payed
        |                    ^^^^^ `enum` does not list this
        |
        = help: write one that fits, or correct the schema
    ");
}

#[test]
fn value_contradicts_a_limit() {
    let complaint = acme()
        .adding("          x-unit: minor", "          maximum: 100\n          default: 500")
        .complaint();
    assert_snapshot!(complaint, @"
    error[value-contradicts]: the default `500` contradicts its schema
      --> specs/acme.yaml:87:20
       |
    87 |           default: 500
       |                    ^^^ more than `maximum`
       |
       = help: write one that fits, or correct the schema
    ");
}

#[test]
fn value_contradicts_in_an_example() {
    let complaint = acme().adding("          x-unit: minor", "          example: '5'").complaint();
    assert_snapshot!(complaint, @"
    error[value-contradicts]: the example `5` contradicts its schema
      --> specs/acme.yaml:86:20
       |
    86 |           example: '5'
       |                    ^^^ this is a string, and `type` says `integer`
       |
       = help: write one that fits, or correct the schema
    ");
}

#[test]
fn discriminator_property() {
    let complaint = acme()
        .with(
            "    Payout:\n      type: object\n      required: [id, status]\n",
            "    Payout:\n      oneOf:\n        - $ref: '#/components/schemas/PayoutById'\n      discriminator:\n        propertyName: kind\n      description: A payout, somehow.\n    PayoutById:\n      type: object\n      required: [id, status]\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[discriminator-property]: no alternative has the member `kind`
      --> specs/acme.yaml:92:23
       |
    92 |         propertyName: kind
       |                       ^^^^ tells nothing apart
       |
       = help: declare it in each alternative
    ");
}

#[test]
fn bad_number() {
    let complaint =
        acme().adding("          description: Your own id.", "          maxLength: -1").complaint();
    assert_snapshot!(complaint, @"
    error[bad-number]: `maxLength` must be a whole number that is not negative
      --> specs/acme.yaml:83:22
       |
    83 |           maxLength: -1
       |                      ^^ this is `-1`
       |
       = help: remove it if there is no limit
    ");
}

// Operations, parameters and answers.

#[test]
fn no_effect_of_a_discriminator() {
    let complaint = acme().with("          description: Your own id.\n", "          description: Your own id.\n          discriminator:\n            propertyName: kind\n").complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `discriminator` has no effect here
      --> specs/acme.yaml:83:11
       |
    83 |           discriminator:
       |           ^^^^^^^^^^^^^ there are no alternatives
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn no_effect_beside_alternatives() {
    let complaint =
        acme().with("          description: Its id.", "          format: uuid").complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `format` has no effect here
      --> specs/acme.yaml:95:11
       |
    95 |           format: uuid
       |           ^^^^^^ `allOf` says what this is
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn no_effect_of_an_exclusive_limit() {
    let complaint = acme()
        .with(
            "          x-unit: minor\n",
            "          x-unit: minor\n          exclusiveMinimum: true\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `exclusiveMinimum` has no effect here
      --> specs/acme.yaml:86:11
       |
    86 |           exclusiveMinimum: true
       |           ^^^^^^^^^^^^^^^^ there is no `minimum`
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn duplicate_operation() {
    let complaint = acme()
        .with("operationId: get_payout", "operationId: create_payout")
        .with("operation: get_payout", "operation: create_payout")
        .complaint();
    assert_snapshot!(complaint, @"
    error[duplicate-operation]: the operation id `create_payout` stands twice
      --> specs/acme.yaml:44:20
       |
    17 |       operationId: create_payout
       |                    ------------- first here
    ...
    44 |       operationId: create_payout
       |                    ^^^^^^^^^^^^^ again here
       |
       = help: give each operation and webhook an id of its own
    ");
}

#[test]
fn path_syntax() {
    let complaint = acme().with("  /payouts:\n", "  payouts:\n").complaint();
    assert_snapshot!(complaint, @"
    error[path-syntax]: not a path template: it does not begin with `/`
      --> specs/acme.yaml:15:3
       |
    15 |   payouts:
       |   ^^^^^^^ here
       |
       = help: write `/payouts/{payout_id}`
    ");
}

#[test]
fn path_syntax_of_a_query() {
    let complaint = acme().with("  /payouts:\n", "  /payouts?version=1:\n").complaint();
    assert_snapshot!(complaint, @"
    error[path-syntax]: not a path template: what it says about the query must be a parameter, too, and only that is sent
      --> specs/acme.yaml:15:3
       |
    15 |   /payouts?version=1:
       |   ^^^^^^^^^^^^^^^^^^ here
       |
       = help: write `/payouts/{payout_id}`
    ");
}

#[test]
fn undeclared_path_parameter() {
    let complaint = acme().with("- name: payout_id", "- name: payuot_id").complaint();
    assert_snapshot!(complaint, @"
    error[undeclared-path-parameter]: the path names `{payout_id}`, but no path parameter is called that
      --> specs/acme.yaml:42:12
       |
    42 |   /payouts/{payout_id}:
       |            ^^^^^^^^^^^ not declared
    ...
    47 |         - name: payuot_id
       |           --------------- only `payuot_id` is declared
       |
       = help: write the same name in both places
    ");
}

#[test]
fn undeclared_path_parameter_far_from_all() {
    let complaint = acme().with("  /payouts:\n", "  /groups/{group_id}/payouts:\n").complaint();
    assert_snapshot!(complaint, @"
    error[undeclared-path-parameter]: the path names `{group_id}`, but no path parameter is called that
      --> specs/acme.yaml:15:11
       |
    15 |   /groups/{group_id}/payouts:
       |           ^^^^^^^^^^ not declared
       |
       = help: declare it under `parameters` with `in: path`
    ");
}

#[test]
fn unused_path_parameter() {
    let complaint = acme().with("  /payouts/{payout_id}:", "  /payouts/latest:").complaint();
    assert_snapshot!(complaint, @"
    error[unused-path-parameter]: the path has no `{payout_id}`
      --> specs/acme.yaml:47:11
       |
    47 |         - name: payout_id
       |           ^^^^^^^^^^^^^^^ this path parameter goes nowhere
       |
       = help: write it into the path, or remove it here
    ");
}

#[test]
fn path_syntax_of_a_name_twice() {
    let complaint =
        acme().with("  /payouts/{payout_id}:", "  /payouts/{payout_id}/{payout_id}:").complaint();
    assert_snapshot!(complaint, @"
    error[path-syntax]: not a path template: a parameter stands in it twice
      --> specs/acme.yaml:42:3
       |
    42 |   /payouts/{payout_id}/{payout_id}:
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ here
       |
       = help: write `/payouts/{payout_id}`
    ");
}

#[test]
fn duplicate_parameter() {
    let complaint = acme().adding("      parameters:", "        - name: payout_id\n          in: path\n          required: true\n          description: The payout.\n          schema:\n            type: string").complaint();
    assert_snapshot!(complaint, @"
    error[duplicate-parameter]: the parameter `payout_id` stands twice
      --> specs/acme.yaml:53:11
       |
    47 |         - name: payout_id
       |           --------------- first here
    ...
    53 |         - name: payout_id
       |           ^^^^^^^^^^^^^^^ again here
       |
       = help: remove one
    ");
}

#[test]
fn parameter_style() {
    let complaint = acme()
        .with("          in: path\n", "          in: path\n          style: form\n")
        .complaint();
    assert_snapshot!(complaint, @"
    error[parameter-style]: `form` is no style of such a parameter
      --> specs/acme.yaml:49:18
       |
    49 |           style: form
       |                  ^^^^ here
       |
       = help: write `simple`, `label` or `matrix`
    ");
}

#[test]
fn parameter_shape() {
    let complaint = acme().with("      parameters:\n", "      parameters:\n        - name: filter\n          in: query\n          description: What to read.\n          schema:\n            type: array\n            items:\n              type: object\n").complaint();
    assert_snapshot!(complaint, @"
    error[parameter-shape]: a list of lists or objects cannot be a parameter in this style
      --> specs/acme.yaml:47:11
       |
    47 |         - name: filter
       |           ^^^^^^^^^^^^ here
       |
       = help: OpenAPI does not say how it is written; write `style: deepObject` in the query, or `content` with `application/json`, if the provider reads these
    ");
}

#[test]
fn parameter_encoding() {
    let complaint = acme().with("      parameters:\n", "      parameters:\n        - name: since\n          in: query\n          description: From when.\n          schema:\n            type: integer\n            format: epoch-millis\n").complaint();
    assert_snapshot!(complaint, @"
    error[parameter-encoding]: a parameter cannot be written in the way of its schema
      --> specs/acme.yaml:47:11
       |
    47 |         - name: since
       |           ^^^^^^^^^^^ here
       |
       = help: write a schema whose type and format alone say how it is written, such as `type: integer` for milliseconds
    ");
}

#[test]
fn no_effect_of_an_ignored_header() {
    let complaint = acme().with("      parameters:\n", "      parameters:\n        - name: Content-Type\n          in: header\n          description: Of the body.\n          schema:\n            type: string\n").complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `Content-Type` has no effect here
      --> specs/acme.yaml:47:11
       |
    47 |         - name: Content-Type
       |           ^^^^^^^^^^^^^^^^^^ OpenAPI ignores header parameters of this name
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn no_effect_of_a_style() {
    let complaint = acme().with("      parameters:\n", "      parameters:\n        - name: filter\n          in: query\n          style: deepObject\n          description: What to read.\n          schema:\n            type: string\n").complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `style` has no effect here
      --> specs/acme.yaml:49:18
       |
    49 |           style: deepObject
       |                  ^^^^^^^^^^ the value has neither items nor members
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn no_effect_of_reserved_characters() {
    let complaint = acme()
        .with("          in: path\n", "          in: path\n          allowReserved: true\n")
        .complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `allowReserved` has no effect here
      --> specs/acme.yaml:49:11
       |
    49 |           allowReserved: true
       |           ^^^^^^^^^^^^^ only in the query
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn no_effect_of_explode() {
    let complaint = acme().with("      parameters:\n", "      parameters:\n        - name: filter\n          in: query\n          explode: true\n          description: What to read.\n          content:\n            application/json:\n              schema:\n                type: object\n").complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `explode` has no effect here
      --> specs/acme.yaml:49:11
       |
    49 |           explode: true
       |           ^^^^^^^ `content` says how it is written
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn path_parameter_optional() {
    let complaint = acme()
        .with("          in: path\n          required: true", "          in: path")
        .complaint();
    assert_snapshot!(complaint, @"
    error[path-parameter-optional]: the path parameter `payout_id` must be required
      --> specs/acme.yaml:47:11
       |
    47 |         - name: payout_id
       |           ^^^^^^^^^^^^^^^ always needed
       |
       = help: write `required: true`
    ");
}

/// The spec with another `content` of the request, and without its sample.
#[track_caller]
fn bodied(content: &str) -> Spec {
    let mut spec = acme().with(
        "          application/json:
            schema:
              $ref: '#/components/schemas/PayoutRequest'
            examples:
              documented:
                externalValue: examples/acme/create_payout.request.200.json
",
        content,
    );
    spec.0.samples.clear();
    spec
}

#[test]
fn media_type() {
    let complaint = bodied("          image/*: {}\n").complaint();
    assert_snapshot!(complaint, @"
    error[media-type]: `image/*` cannot be sent
      --> specs/acme.yaml:23:11
       |
    23 |           image/*: {}
       |           ^^^^^^^ not one media type
       |
       = help: write the media type itself, such as `application/json` or `image/png`
    ");
}

#[test]
fn body_schema() {
    let complaint = bodied(
        "          application/xml: {schema: {$ref: '#/components/schemas/PayoutRequest'}}\n",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[body-schema]: the body is a text, and this schema is none
      --> specs/acme.yaml:23:44
       |
    23 |           application/xml: {schema: {$ref: '#/components/schemas/PayoutRequest'}}
       |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not used
       |
       = help: write `type: string`
    ");
}

#[test]
fn body_schema_of_a_form() {
    let complaint =
        bodied("          application/x-www-form-urlencoded: {schema: {type: string}}\n")
            .complaint();
    assert_snapshot!(complaint, @"
    error[body-schema]: the body is a form, and this schema is none
      --> specs/acme.yaml:23:62
       |
    23 |           application/x-www-form-urlencoded: {schema: {type: string}}
       |                                                              ^^^^^^ not used
       |
       = help: write `type: object`
    ");
}

#[test]
fn file_outside_parts() {
    let complaint = acme()
        .with(
            "        reference:\n          type: string",
            "        reference:\n          type: string\n          format: binary",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[file-outside-parts]: a file is not a part of a body
      --> specs/acme.yaml:25:21
       |
    25 |               $ref: '#/components/schemas/PayoutRequest'
       |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ holds `format: binary`
       |
       = help: make it a member of the schema of a `multipart/form-data` body, or write `type: string` if it is text in JSON
    ");
}

#[test]
fn file_outside_parts_in_a_member_of_a_part() {
    let complaint = bodied(
        "          multipart/form-data: {schema: {$ref: '#/components/schemas/PayoutRequest'}}\n",
    )
    .with(
        "        reference:\n          type: string\n          description: Your own id.",
        "        reference:\n          type: object\n          description: Your own id.\n          properties: {scan: {type: string, format: binary, description: A scan.}}",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[file-outside-parts]: a file is not a part of a body
      --> specs/acme.yaml:23:48
       |
    23 |           multipart/form-data: {schema: {$ref: '#/components/schemas/PayoutRequest'}}
       |                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ holds `format: binary`
       |
       = help: make it a member of the schema of a `multipart/form-data` body, or write `type: string` if it is text in JSON
    ");
}

#[test]
fn encoding() {
    let complaint = bodied(
        "          application/x-www-form-urlencoded:
            schema: {$ref: '#/components/schemas/PayoutRequest'}
            encoding:
              reference: {style: deepObject}
",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[encoding]: a member cannot be written as `deepObject`
      --> specs/acme.yaml:26:34
       |
    26 |               reference: {style: deepObject}
       |                                  ^^^^^^^^^^ not here
       |
       = help: remove it, or see \"Bodies\" in specs/README.md for what can be written how
    ");
}

#[test]
fn encoding_member() {
    let complaint = bodied(
        "          multipart/form-data:
            schema: {$ref: '#/components/schemas/PayoutRequest'}
            encoding:
              refrence: {contentType: text/plain}
",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[encoding-member]: no member of the body is called `refrence`
      --> specs/acme.yaml:26:15
       |
    26 |               refrence: {contentType: text/plain}
       |               ^^^^^^^^ not a member
       |
       = help: did you mean `reference`?
    ");
}

#[test]
fn encoding_of_a_json_body() {
    let complaint = bodied(
        "          application/json:
            schema: {$ref: '#/components/schemas/PayoutRequest'}
            encoding: {}
",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: a media type has no key `encoding`
      --> specs/acme.yaml:25:13
       |
    25 |             encoding: {}
       |             ^^^^^^^^ unknown key
       |
       = help: a media type can have `schema`, `example`, `examples`
    ");
}

#[test]
fn webhook_body() {
    let complaint = acme()
        .with(
            "paths:\n  /payouts:\n",
            "x-webhooks:
  payoutChanged:
    post:
      operationId: payout_changed
      summary: A payout changed.
      requestBody:
        content:
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Payout'}}
      responses: {'200': {description: It was received.}}
      x-verification: {none: No page mentions a signature.}
      x-source: [docs]
paths:
  /payouts:
",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[webhook-body]: a webhook cannot be read from `application/x-www-form-urlencoded`
      --> specs/acme.yaml:21:11
       |
    21 |           application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Payout'}}
       |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no JSON
       |
       = help: write `application/json`, if the provider sends that; else leave it out
    ");
}

#[test]
fn path_twice() {
    let complaint = acme()
        .with(
            "components:\n  securitySchemes",
            "  /payouts/{id}:
    delete:
      operationId: cancel_payout
      summary: Cancels a payout.
      parameters:
        - name: id
          in: path
          required: true
          description: The payout.
          schema:
            $ref: '#/components/schemas/PayoutId'
      responses:
        '204':
          description: Gone.
      x-idempotency: repeatable
      x-reconcile: {none: Read it.}
      x-source: [docs]
components:\n  securitySchemes",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[path-twice]: the paths `/payouts/{id}` and `/payouts/{payout_id}` are one
      --> specs/acme.yaml:63:3
       |
    42 |   /payouts/{payout_id}:
       |   -------------------- from this one
    ...
    63 |   /payouts/{id}:
       |   ^^^^^^^^^^^^^ differs only in the names of parameters
       |
       = help: write all methods below one of them
    ");
}

#[test]
fn undeclared_path_parameter_of_another_name() {
    let complaint = acme().with("  /payouts/{payout_id}:", "  /payouts/{ref}:").complaint();
    assert_snapshot!(complaint, @"
    error[undeclared-path-parameter]: the path names `{ref}`, but no path parameter is called that
      --> specs/acme.yaml:42:12
       |
    42 |   /payouts/{ref}:
       |            ^^^^^ not declared
    ...
    47 |         - name: payout_id
       |           --------------- only `payout_id` is declared
       |
       = help: write the same name in both places
    ");
}

#[test]
fn unknown_key_of_a_path_that_others_look_for() {
    let complaint = acme().with("    get:\n", "    git:\n").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: a path has no key `git`
      --> specs/acme.yaml:43:5
       |
    43 |     git:
       |     ^^^ unknown key
       |
       = help: did you mean `get`?
    ");
}

#[test]
fn status_of_a_range_in_lower_case() {
    let complaint = acme()
        .with("        default:\n          $ref", "        '5xx':\n          $ref")
        .complaint();
    assert_snapshot!(complaint, @"
    error[status]: `5xx` is not a status
      --> specs/acme.yaml:60:9
       |
    60 |         '5xx':
       |         ^^^^^ here
       |
       = help: did you mean `5XX`?
    ");
}

#[test]
fn status() {
    let complaint = acme()
        .with(
            "        '200':\n          description: The payout.",
            "        '20O':\n          description: The payout.",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[status]: `20O` is not a status
      --> specs/acme.yaml:54:9
       |
    54 |         '20O':
       |         ^^^^^ here
       |
       = help: write a code such as `'200'`, a range such as `2XX` or `4XX`, or `default`
    ");
}

#[test]
fn status_of_four_digits() {
    let complaint = acme()
        .with(
            "        '200':\n          description: The payout.",
            "        '0200':\n          description: The payout.",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[status]: `0200` is not a status
      --> specs/acme.yaml:54:9
       |
    54 |         '0200':
       |         ^^^^^^ here
       |
       = help: write a code such as `'200'`, a range such as `2XX` or `4XX`, or `default`
    ");
}

#[test]
fn status_range_of_redirections() {
    let complaint = acme()
        .with(
            "        '200':\n          description: The payout.",
            "        3XX:\n          description: The payout.",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[status]: `3XX` is not a status
      --> specs/acme.yaml:54:9
       |
    54 |         3XX:
       |         ^^^ here
       |
       = help: write a code such as `'200'`, a range such as `2XX` or `4XX`, or `default`
    ");
}

#[test]
fn no_success() {
    let complaint = acme()
        .with(
            "        '200':\n          description: The payout.",
            "        '404':\n          description: The payout.",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[no-success]: `get_payout` has no success
      --> specs/acme.yaml:44:20
       |
    44 |       operationId: get_payout
       |                    ^^^^^^^^^^ no 2xx response
       |
       = help: declare the status of a success under `responses`
    ");
}

#[test]
fn unknown_scheme() {
    let complaint = acme().with("  - apiKey: []", "  - apikey: []").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-scheme]: no security scheme is called `apikey`
      --> specs/acme.yaml:11:5
       |
    11 |   - apikey: []
       |     ^^^^^^ not declared
       |
       = help: did you mean `apiKey`?
    ");
}

#[test]
fn unsupported_scheme() {
    let complaint = acme()
        .with(
            "      type: apiKey\n      in: header\n      name: x-api-key\n",
            "      type: http\n      scheme: digest\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[unsupported-scheme]: the scheme `digest` is not supported
      --> specs/acme.yaml:67:15
       |
    67 |       scheme: digest
       |               ^^^^^^ here
       |
       = help: write `type: apiKey`, `oauth2`, `openIdConnect` or `mutualTLS`, or `type: http` with `scheme: bearer` or `basic`
    ");
}

#[test]
fn member_clash_of_credentials() {
    let complaint = acme()
        .with("    apiKey:\n", "    api_key: {type: http, scheme: bearer}\n    apiKey:\n")
        .complaint();
    assert_snapshot!(complaint, @"
    error[member-clash]: two of these are called `api_key` in Rust
      --> specs/acme.yaml:66:5
       |
    65 |     api_key: {type: http, scheme: bearer}
       |     ------- and this one
    66 |     apiKey:
       |     ^^^^^^ this one
       |
       = help: names must differ in more than case and signs; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum
    ");
}

#[test]
fn missing_key_of_a_flow() {
    let complaint = acme()
        .with(
            "      type: apiKey\n      in: header\n      name: x-api-key\n",
            "      type: oauth2\n      flows:\n        clientCredentials:\n          scopes: {}\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: a flow needs `tokenUrl`
      --> specs/acme.yaml:68:9
       |
    68 |         clientCredentials:
       |         ^^^^^^^^^^^^^^^^^ `tokenUrl` is missing
       |
       = help: write `tokenUrl: …`; specs/README.md describes it
    ");
}

#[test]
fn server_of_tokens() {
    let complaint = acme().with("      type: apiKey\n      in: header\n      name: x-api-key\n", "      type: oauth2\n      flows:\n        clientCredentials:\n          tokenUrl: http://acme.example/token\n          scopes: {}\n").complaint();
    assert_snapshot!(complaint, @"
    error[server]: not the URL of tokens
      --> specs/acme.yaml:69:21
       |
    69 |           tokenUrl: http://acme.example/token
       |                     ^^^^^^^^^^^^^^^^^^^^^^^^^ here
       |
       = help: write `https://host/path`, or a path
    ");
}

#[test]
fn signature_variable() {
    let complaint = acme().with("      name: x-api-key", "      name: x-api-key\n      x-signature:\n        algorithm: hmac-sha256\n        secret: apiSecret\n        message: '{epochMilis}'\n        value: '{signature}'").complaint();
    assert_snapshot!(complaint, @"
    error[signature-variable]: `x-signature` does not know `{epochMilis}`
      --> specs/acme.yaml:72:19
       |
    72 |         message: '{epochMilis}'
       |                   ^^^^^^^^^^^^ here
       |
       = help: did you mean `epochMillis`?
    ");
}

#[test]
fn signature() {
    let complaint = acme().with("      name: x-api-key", "      name: x-api-key\n      x-signature:\n        algorithm: md5\n        secret: apiSecret\n        message: '{epochMillis}'\n        value: '{signature}'").complaint();
    assert_snapshot!(complaint, @"
    error[signature]: `x-signature` knows only the algorithm `hmac-sha256`
      --> specs/acme.yaml:70:20
       |
    70 |         algorithm: md5
       |                    ^^^ here
       |
       = help: write `algorithm: hmac-sha256`
    ");
}

// Paging.

/// A spec with a list that is read by these lines.
#[track_caller]
fn list(paging: &str) -> Spec {
    acme().adding("paths:", &format!("{LIST}{paging}"))
}

/// A list that can be read in each of the three ways.
const LIST: &str = "  /payouts/list:
    get:
      operationId: list_payouts
      summary: Lists payouts.
      parameters:
        - {name: offset, in: query, description: How many to leave out., schema: {type: integer}}
        - {name: limit, in: query, description: How many., schema: {type: integer}}
        - {name: page, in: query, description: Which page., schema: {type: integer}}
        - {name: from, in: query, description: From when., schema: {type: string, format: civil-date-time}}
        - {name: to, in: query, description: To when., schema: {type: string, format: civil-date-time}}
        - {name: day, in: query, description: When., schema: {type: string, format: date}}
        - {name: Page, in: header, description: Which page., schema: {type: integer}}
      responses:
        '200':
          description: The payouts.
          headers:
            Total: {description: How many there are., schema: {type: integer}}
          content:
            application/json:
              schema:
                type: object
                properties:
                  data:
                    type: array
                    items:
                      allOf:
                        - $ref: '#/components/schemas/Payout'
                      description: A payout.
                    description: The payouts.
                  names:
                    type: array
                    items:
                      type: string
                    description: Their names.
                  last:
                    type: integer
                    description: The last page.
                description: The payouts.
        4XX:
          description: It failed.
          headers:
            Last: {description: The last page., schema: {type: integer}}
      x-source: [docs]
";

#[test]
fn nothing_is_wrong_with_the_lists() {
    for paging in [
        "      x-paging: {offset: offset, limit: limit, total: total, items: /data}",
        "      x-paging: {page: page, last: [/last, Total], items: [/data]}",
        "      x-paging: {from: from, to: to, limit: limit, items: /data, id: /id}",
    ] {
        codegen::load(&list(paging).0).expect("nothing is wrong");
    }
}

#[test]
fn paging_ununknown_key_only() {
    let complaint = list("      x-paging: {by: offset}").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: `x-paging` has no key `by`
      --> specs/acme.yaml:58:18
       |
    58 |       x-paging: {by: offset}
       |                  ^^ unknown key
       |
       = help: `x-paging` can have `offset`, `limit`, `items`, `total`, `current`, `page`, `last`, `from`, `to`, `id`
    ");
}

#[test]
fn paging() {
    let complaint = list("      x-paging: {items: /data, limit: limit}").complaint();
    assert_snapshot!(complaint, @"
    error[paging]: not a way of paging
      --> specs/acme.yaml:58:7
       |
    58 |       x-paging: {items: /data, limit: limit}
       |       ^^^^^^^^ here
       |
       = help: write `{offset: …, limit: …, items: …}`, `{page: …, items: …}` or `{from: …, to: …, limit: …, items: …, id: …}`
    ");
}

#[test]
fn paging_kind() {
    let complaint = list("      x-paging: offset").complaint();
    assert_snapshot!(complaint, @"
    error[paging]: not a way of paging
      --> specs/acme.yaml:58:17
       |
    58 |       x-paging: offset
       |                 ^^^^^^ here
       |
       = help: write `{offset: …, limit: …, items: …}`, `{page: …, items: …}` or `{from: …, to: …, limit: …, items: …, id: …}`
    ");
}

#[test]
fn paging_unknown_key() {
    let complaint = list("      x-paging: {page: page, itmes: /data}").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: `x-paging` has no key `itmes`
      --> specs/acme.yaml:58:30
       |
    58 |       x-paging: {page: page, itmes: /data}
       |                              ^^^^^ unknown key
       |
       = help: did you mean `items`?
    ");
}

#[test]
fn paging_foreign_key() {
    let complaint = list("      x-paging: {page: page, items: /data, limit: limit}").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: `x-paging` has no key `limit`
      --> specs/acme.yaml:58:44
       |
    58 |       x-paging: {page: page, items: /data, limit: limit}
       |                                            ^^^^^ unknown key
       |
       = help: `x-paging` can have `page`, `items`, `current`, `last`
    ");
}

#[test]
fn paging_missing_key() {
    let complaint =
        list("      x-paging: {from: from, limit: limit, items: /data, id: /id}").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: `x-paging` needs `to`
      --> specs/acme.yaml:58:7
       |
    58 |       x-paging: {from: from, limit: limit, items: /data, id: /id}
       |       ^^^^^^^^ `to` is missing
       |
       = help: write `to: …`; specs/README.md describes it
    ");
}

#[test]
fn paging_place_kind() {
    let complaint = list("      x-paging: {page: [page], items: /data}").complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: `page` must be a string
      --> specs/acme.yaml:58:24
       |
    58 |       x-paging: {page: [page], items: /data}
       |                        ^^^^^^ this is a list
       |
       = help: write text, in quotes if it could be read as something else
    ");
}

#[test]
fn paging_parameter() {
    let complaint = list("      x-paging: {page: pages, items: /data}").complaint();
    assert_snapshot!(complaint, @"
    error[paging-parameter]: no query parameter is called `pages`
      --> specs/acme.yaml:58:24
       |
    58 |       x-paging: {page: pages, items: /data}
       |                        ^^^^^ not declared on this operation
       |
       = help: did you mean `page`?
    ");
}

#[test]
fn paging_parameter_in_header() {
    let complaint = list("      x-paging: {page: Page, items: /data}").complaint();
    assert_snapshot!(complaint, @"
    error[paging-parameter]: no query parameter is called `Page`
      --> specs/acme.yaml:58:24
       |
    58 |       x-paging: {page: Page, items: /data}
       |                        ^^^^ not declared on this operation
       |
       = help: did you mean `page`?
    ");
}

#[test]
fn paging_parameter_type() {
    let complaint = list("      x-paging: {page: day, items: /data}").complaint();
    assert_snapshot!(complaint, @"
    error[paging-parameter-type]: the parameter `day` is not an integer
      --> specs/acme.yaml:58:24
       |
    25 |         - {name: day, in: query, description: When., schema: {type: string, format: date}}
       |                                                                     ------ it is this
    ...
    58 |       x-paging: {page: day, items: /data}
       |                        ^^^ cannot page by this
       |
       = help: declare it as an integer, if it is one
    ");
}

#[test]
fn paging_parameter_that_is_no_time() {
    let complaint =
        list("      x-paging: {from: day, to: to, limit: limit, items: /data, id: /id}")
            .complaint();
    assert_snapshot!(complaint, @"
    error[paging-parameter-type]: the parameter `day` is not a string with `format: civil-date-time`
      --> specs/acme.yaml:58:24
       |
    25 |         - {name: day, in: query, description: When., schema: {type: string, format: date}}
       |                                                                     ------ it is this
    ...
    58 |       x-paging: {from: day, to: to, limit: limit, items: /data, id: /id}
       |                        ^^^ cannot page by this
       |
       = help: declare it as a string with `format: civil-date-time`, if it is one
    ");
}

#[test]
fn paging_header() {
    let complaint = list("      x-paging: {page: page, last: Last, items: /data}").complaint();
    assert_snapshot!(complaint, @"
    error[paging-header]: no success has a header `Last`
      --> specs/acme.yaml:58:36
       |
    58 |       x-paging: {page: page, last: Last, items: /data}
       |                                    ^^^^ not declared
       |
       = help: declare it under `headers` of the success; a place in the body begins with `/`
    ");
}

#[test]
fn pointer_of_paging() {
    let complaint = list("      x-paging: {page: page, items: /data/data}").complaint();
    assert_snapshot!(complaint, @"
    error[pointer]: there is no member `data`
      --> specs/acme.yaml:58:37
       |
    58 |       x-paging: {page: page, items: /data/data}
       |                                     ^^^^^^^^^^ leads nowhere
       |
       = help: only members of objects can be named
    ");
}

#[test]
fn pointer_without_slash() {
    let complaint = list("      x-paging: {page: page, items: data}").complaint();
    assert_snapshot!(complaint, @"
    error[pointer]: `data` is not a JSON Pointer
      --> specs/acme.yaml:58:37
       |
    58 |       x-paging: {page: page, items: data}
       |                                     ^^^^ begins without `/`
       |
       = help: write `/data`, or `/data/data` for a member of a member
    ");
}

#[test]
fn paging_pointer_type() {
    let complaint = list("      x-paging: {page: page, items: ''}").complaint();
    assert_snapshot!(complaint, @"
    error[paging-pointer-type]: the body is not an array
      --> specs/acme.yaml:58:37
       |
    58 |       x-paging: {page: page, items: ''}
       |                                     ^^ leads to something else
       |
       = help: point at another member, or correct its schema
    ");
}

#[test]
fn paging_pointer_to_no_number() {
    let complaint = list("      x-paging: {page: page, last: /names, items: /data}").complaint();
    assert_snapshot!(complaint, @"
    error[paging-pointer-type]: `/names` is not a whole number
      --> specs/acme.yaml:58:36
       |
    58 |       x-paging: {page: page, last: /names, items: /data}
       |                                    ^^^^^^ leads to something else
       |
       = help: point at another member, or correct its schema
    ");
}

#[test]
fn paging_pointer_to_no_id() {
    let complaint =
        list("      x-paging: {from: from, to: to, limit: limit, items: /data, id: /status}")
            .complaint();
    assert_snapshot!(complaint, @"
    error[paging-pointer-type]: `/status` is not a string or integer that is always there and not sensitive
      --> specs/acme.yaml:58:70
       |
    58 |       x-paging: {from: from, to: to, limit: limit, items: /data, id: /status}
       |                                                                      ^^^^^^^ leads to something else
       |
       = help: point at another member, or correct its schema
    ");
}

#[test]
fn paging_items_differ() {
    let complaint = list("      x-paging: {page: page, items: [/data, /names]}").complaint();
    assert_snapshot!(complaint, @"
    error[paging-items-differ]: the items at two places have different types
      --> specs/acme.yaml:58:45
       |
    58 |       x-paging: {page: page, items: [/data, /names]}
       |                                      -----  ^^^^^^ this one
       |                                      |
       |                                      and this one
       |
       = help: use one schema for both
    ");
}

#[test]
fn paging_method() {
    let complaint = acme()
        .adding("      summary: Pays somebody.", "      x-paging: {page: page, items: /data}")
        .complaint();
    assert_snapshot!(complaint, @"
    error[paging-method]: `x-paging` has no effect on `POST`
      --> specs/acme.yaml:19:7
       |
    19 |       x-paging: {page: page, items: /data}
       |       ^^^^^^^^ only what is read with `GET` has pages
       |
       = help: remove it
    ");
}

/// A spec with a token that is fetched; the lines say how.
#[track_caller]
fn with_token(lines: &str) -> Spec {
    let scheme = "    accessToken:\n      type: http\n      scheme: bearer\n      x-token:";
    acme().adding("      description: The key.", &format!("{scheme}\n{lines}"))
}

#[test]
fn token() {
    let complaint = with_token(
        "        operation: create_payout
        request: {reference: accountId}
        token: /id",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[token]: `x-token` lacks `amount`, which `create_payout` requires
      --> specs/acme.yaml:75:18
       |
    75 |         request: {reference: accountId}
       |                  ^^^^^^^^^^^^^^^^^^^^^^ here
       |
       = help: add `amount: <credential>`
    ");
}

#[test]
fn token_of_an_operation_that_needs_it() {
    let complaint = with_token(
        "        operation: create_payout
        request: {reference: accountId, amount: secret}
        token: /id",
    )
    .with("security:\n  - apiKey: []", "security:\n  - apiKey: []\n  - accessToken: []")
    .complaint();
    assert_snapshot!(complaint, @"
    error[token]: `x-token` names an operation that needs this token itself
      --> specs/acme.yaml:75:20
       |
    75 |         operation: create_payout
       |                    ^^^^^^^^^^^^^ here
       |
       = help: write `security: []` at the operation
    ");
}

#[test]
fn token_of_an_operation_with_a_form() {
    let complaint = with_token(
        "        operation: create_payout
        request: {reference: accountId, amount: secret}
        token: /id",
    )
    .with(
        "          application/json:\n            schema:\n              $ref: '#/components/schemas/PayoutRequest'",
        "          application/x-www-form-urlencoded:\n            schema:\n              $ref: '#/components/schemas/PayoutRequest'",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[token]: `x-token` names an operation whose bodies are not JSON
      --> specs/acme.yaml:74:20
       |
    74 |         operation: create_payout
       |                    ^^^^^^^^^^^^^ here
       |
       = help: a token can be given to the client instead: remove `x-token`
    ");
}

#[test]
fn token_with_a_credential_like_a_scheme() {
    let complaint = with_token(
        "        operation: create_payout
        request: {reference: apiKey, amount: secret}
        token: /id",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[token]: `x-token` has a credential that is called like a scheme
      --> specs/acme.yaml:75:30
       |
    75 |         request: {reference: apiKey, amount: secret}
       |                              ^^^^^^ here
       |
       = help: give the credential another name
    ");
}

#[test]
fn token_operation() {
    let complaint = with_token(
        "        operation: create_payuot
        request: {reference: accountId, amount: secret}
        token: /id",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[token-operation]: no operation is called `create_payuot`
      --> specs/acme.yaml:74:20
       |
    74 |         operation: create_payuot
       |                    ^^^^^^^^^^^^^ cannot fetch a token with this
       |
       = help: did you mean `create_payout`?
    ");
}

#[test]
fn token_member() {
    let complaint = with_token(
        "        operation: create_payout
        request: {reference: accountId, amount: secret, refrence: other}
        token: /id",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[token-member]: the body of `create_payout` has no member `refrence`
      --> specs/acme.yaml:75:57
       |
    75 |         request: {reference: accountId, amount: secret, refrence: other}
       |                                                         ^^^^^^^^ here
       |
       = help: did you mean `reference`?
    ");
}

#[test]
fn pointer() {
    let complaint = with_token(
        "        operation: create_payout
        request: {reference: accountId, amount: secret}
        token: /data/id",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[pointer]: there is no member `data`
      --> specs/acme.yaml:76:16
       |
    76 |         token: /data/id
       |                ^^^^^^^^ leads nowhere
       |
       = help: here can stand `id`, `status`
    ");
}

#[test]
fn no_effect_of_scopes() {
    let complaint = acme().with("  - apiKey: []", "  - apiKey: [payouts]").complaint();
    assert_snapshot!(complaint, @"
    error[no-effect]: `payouts` has no effect here
      --> specs/acme.yaml:11:14
       |
    11 |   - apiKey: [payouts]
       |              ^^^^^^^ only OAuth has scopes
       |
       = help: remove it, or say otherwise what this is
    ");
}

#[test]
fn unknown_scheme_in_many_places() {
    let complaint = acme()
        .with(
            "      summary: Pays somebody.\n",
            "      summary: Pays somebody.\n      security: [{key: []}]\n",
        )
        .with(
            "      summary: Reads a payout.\n",
            "      summary: Reads a payout.\n      security: [{key: []}]\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[unknown-scheme]: no security scheme is called `key`
      --> specs/acme.yaml:19:19
       |
    19 |       security: [{key: []}]
       |                   ^^^ not declared
       |
       = help: declare it under `components.securitySchemes`
    ");
}

#[test]
fn token_member_that_is_required() {
    let complaint = with_token(
        "        operation: create_payout
        request: {referense: accountId, amount: secret}
        token: /id",
    )
    .complaint();
    assert_snapshot!(complaint, @"
    error[token-member]: the body of `create_payout` has no member `referense`
      --> specs/acme.yaml:75:19
       |
    75 |         request: {referense: accountId, amount: secret}
       |                   ^^^^^^^^^ here
       |
       = help: did you mean `reference`?
    ");
}

#[test]
fn server_variable_of_another_name() {
    let complaint = acme()
        .with(
            "  - url: https://api.acme.example\n",
            "  - url: https://{zone}.acme.example\n    variables:\n      region: {default: eu, description: Where.}\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[server]: a variable of the URL is not declared
     --> specs/acme.yaml:7:18
      |
    7 |   - url: https://{zone}.acme.example
      |                  ^^^^^^ here
      |
      = help: `region` is declared; write the same name in both places
    ");
}

#[test]
fn not_an_operation_id_with_a_sample() {
    let complaint =
        acme().with("operationId: create_payout", "operationId: createPayout").complaint();
    assert_snapshot!(complaint, @"
    error[not-an-operation-id]: `createPayout` is not an operation id
      --> specs/acme.yaml:17:20
       |
    17 |       operationId: createPayout
       |                    ^^^^^^^^^^^^ not snake_case
       |
       = help: write `create_payout`
    ");
}

#[test]
fn wrong_kind_of_what_is_needed() {
    let complaint = acme().with("  version: '1'", "  version: 1").complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: `version` must be a string
     --> specs/acme.yaml:4:12
      |
    4 |   version: 1
      |            ^ this is a number
      |
      = help: write text, in quotes if it could be read as something else
    ");
}

#[test]
fn malformed_reference_to_a_name() {
    let complaint = acme()
        .with("$ref: '#/components/schemas/PayoutRequest'", "$ref: PayoutRequest")
        .complaint();
    assert_snapshot!(complaint, @"
    error[malformed-reference]: this `$ref` does not point at a schema
      --> specs/acme.yaml:25:21
       |
    25 |               $ref: PayoutRequest
       |                     ^^^^^^^^^^^^^ cannot be followed
       |
       = help: did you mean `#/components/schemas/PayoutRequest`?
    ");
}

#[test]
fn unknown_source() {
    let complaint =
        acme().with("x-source: [docs]\ncomponents", "x-source: [doc]\ncomponents").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-source]: no source is called `doc`
      --> specs/acme.yaml:62:18
       |
    62 |       x-source: [doc]
       |                  ^^^ unknown tag
       |
       = help: did you mean `docs`?
    ");
}

#[test]
fn unknown_source_everywhere() {
    let complaint = acme().with("  docs: https", "  dcos: https").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-source]: no source is called `docs`
      --> specs/acme.yaml:41:18
       |
    41 |       x-source: [docs]
       |                  ^^^^ unknown tag
       |
       = help: did you mean `dcos`?
    ");
}

#[test]
fn unused_source() {
    let complaint = acme().adding("x-sources:", "  old: https://old.acme.example").complaint();
    assert_snapshot!(complaint, @"
    error[unused-source]: the source `old` is never used
      --> specs/acme.yaml:13:3
       |
    13 |   old: https://old.acme.example
       |   ^^^ nothing cites this
       |
       = help: cite it in `x-source` or remove it
    ");
}

#[test]
fn idempotency() {
    let complaint = acme().with("x-idempotency: none", "x-idempotency: nnoe").complaint();
    assert_snapshot!(complaint, @"
    error[idempotency]: not a kind of idempotency
      --> specs/acme.yaml:36:22
       |
    36 |       x-idempotency: nnoe
       |                      ^^^^ here
       |
       = help: write `none`, `repeatable` or `{header: Idempotency-Key}`
    ");
}

#[test]
fn idempotency_header() {
    let complaint =
        acme().with("x-idempotency: none", "x-idempotency: {header: Idempotency-Key}").complaint();
    assert_snapshot!(complaint, @"
    error[idempotency-header]: no header parameter is called `Idempotency-Key`
      --> specs/acme.yaml:36:31
       |
    36 |       x-idempotency: {header: Idempotency-Key}
       |                               ^^^^^^^^^^^^^^^ not declared on this operation
       |
       = help: declare it under `parameters` with `in: header`
    ");
}

#[test]
fn missing_key_of_reconcile() {
    let complaint = acme().with("        operation: get_payout\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: `x-reconcile` needs `operation`
      --> specs/acme.yaml:37:7
       |
    37 |       x-reconcile:
       |       ^^^^^^^^^^^ `operation` is missing
       |
       = help: write `operation: …`; specs/README.md describes it
    ");
}

#[test]
fn reconcile() {
    let complaint = acme().with("      x-reconcile:\n        operation: get_payout\n        match: reference\n        how: Look for the reference.\n", "      x-reconcile: none\n").complaint();
    assert_snapshot!(complaint, @"
    error[reconcile]: not a way to reconcile
      --> specs/acme.yaml:37:20
       |
    37 |       x-reconcile: none
       |                    ^^^^ here
       |
       = help: write `{operation: list_payouts, match: reference, how: …}` or `{none: <reason>}`
    ");
}

#[test]
fn reconcile_operation() {
    let complaint =
        acme().with("        operation: get_payout", "        operation: get_payuot").complaint();
    assert_snapshot!(complaint, @"
    error[reconcile-operation]: no operation is called `get_payuot`
      --> specs/acme.yaml:38:20
       |
    38 |         operation: get_payuot
       |                    ^^^^^^^^^^ cannot reconcile with this
       |
       = help: did you mean `get_payout`?
    ");
}

#[test]
fn reconcile_match() {
    let complaint = acme().with("match: reference", "match: refrence").complaint();
    assert_snapshot!(complaint, @"
    error[reconcile-match]: the request has no value `refrence`
      --> specs/acme.yaml:39:16
       |
    39 |         match: refrence
       |                ^^^^^^^^ cannot look for this
       |
       = help: did you mean `reference`?
    ");
}

#[test]
fn reconcile_match_far_from_all() {
    let complaint = acme().with("match: reference", "match: status").complaint();
    assert_snapshot!(complaint, @"
    error[reconcile-match]: the request has no value `status`
      --> specs/acme.yaml:39:16
       |
    39 |         match: status
       |                ^^^^^^ cannot look for this
       |
       = help: what can be looked for is `reference`, `amount`
    ");
}

#[test]
fn unknown_key_of_reconcile() {
    let complaint = acme().with("        match: reference", "        mach: reference").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: `x-reconcile` has no key `mach`
      --> specs/acme.yaml:39:9
       |
    39 |         mach: reference
       |         ^^^^ unknown key
       |
       = help: did you mean `match`?
    ");
}

#[test]
fn unknown_key_of_idempotency() {
    let complaint =
        acme().with("x-idempotency: none", "x-idempotency: {heder: Idempotency-Key}").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: `x-idempotency` has no key `heder`
      --> specs/acme.yaml:36:23
       |
    36 |       x-idempotency: {heder: Idempotency-Key}
       |                       ^^^^^ unknown key
       |
       = help: did you mean `header`?
    ");
}

#[test]
fn server_without_environment() {
    let complaint = acme().with("    x-environment: Production\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: a server needs `x-environment`
     --> specs/acme.yaml:7:5
      |
    7 |   - url: https://api.acme.example
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `x-environment` is missing
      |
      = help: name it, such as `x-environment: Production`, or write `x-undocumented: true`
    ");
}

#[test]
fn server() {
    let complaint =
        acme().with("https://api.acme.example", "https://api.acme.example/").complaint();
    assert_snapshot!(complaint, @"
    error[server]: not a base URL
     --> specs/acme.yaml:7:10
      |
    7 |   - url: https://api.acme.example/
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^ here
      |
      = help: write `https://host/path` without a slash at the end
    ");
}

#[test]
fn server_variable() {
    let complaint =
        acme().with("https://api.acme.example", "https://{region}.acme.example").complaint();
    assert_snapshot!(complaint, @"
    error[server]: a variable of the URL is not declared
     --> specs/acme.yaml:7:18
      |
    7 |   - url: https://{region}.acme.example
      |                  ^^^^^^^^ here
      |
      = help: declare it under `variables`
    ");
}

#[test]
fn server_environment() {
    let complaint =
        acme().with("x-environment: Production", "x-environment: live host").complaint();
    assert_snapshot!(complaint, @"
    error[server]: not the name of an environment
     --> specs/acme.yaml:9:20
      |
    9 |     x-environment: live host
      |                    ^^^^^^^^^ here
      |
      = help: write a name in PascalCase, such as `Production`
    ");
}

#[test]
fn server_of_an_operation() {
    let complaint = acme().with("  /payouts/{payout_id}:\n", "  /payouts/{payout_id}:\n    servers:\n      - url: https://files.acme.example\n        x-environment: Sandbox\n").complaint();
    assert_snapshot!(complaint, @"
    error[server]: these servers do not correspond to those of the document
      --> specs/acme.yaml:43:5
       |
    43 |     servers:
       |     ^^^^^^^ here
       |
       = help: write one for each `x-environment` of the document's `servers`, with the same name
    ");
}

#[test]
fn server_variable_of_an_operation() {
    let complaint = acme().with("  /payouts/{payout_id}:\n", "  /payouts/{payout_id}:\n    servers:\n      - url: https://{region}.acme.example\n        variables:\n          region: {default: eu}\n").complaint();
    assert_snapshot!(complaint, @"
    error[server]: a server has a variable that the environment does not have
      --> specs/acme.yaml:43:5
       |
    43 |     servers:
       |     ^^^^^^^ here
       |
       = help: use the variables of the document's servers, or write its value into the URL
    ");
}

#[test]
fn safe_operation_key() {
    let complaint =
        acme().adding("      summary: Reads a payout.", "      x-idempotency: none").complaint();
    assert_snapshot!(complaint, @"
    error[safe-operation-key]: `x-idempotency` has no effect on `GET`
      --> specs/acme.yaml:46:7
       |
    46 |       x-idempotency: none
       |       ^^^^^^^^^^^^^ reading is always safe
       |
       = help: remove it
    ");
}

// Webhooks.

#[test]
fn nothing_is_wrong_with_the_webhook() {
    codegen::load(&hooked().0).expect("nothing is wrong");
    codegen::load(&verified(" basic").0).expect("nothing is wrong");
}

#[test]
fn missing_key_of_a_webhook() {
    let complaint = hooked().with(&proof(), "").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: a webhook needs `x-verification`
      --> specs/acme.yaml:16:5
       |
    16 |     post:
       |     ^^^^ `x-verification` is missing
       |
       = help: write `{hmac-sha256: {header: X-Signature}}`, `basic` or `{none: <reason>}`
    ");
}

#[test]
fn verification() {
    let complaint = verified(" none").complaint();
    assert_snapshot!(complaint, @"
    error[verification]: not a way to verify an event
      --> specs/acme.yaml:27:23
       |
    27 |       x-verification: none
       |                       ^^^^ here
       |
       = help: write `{hmac-sha256: {header: X-Signature}}`, `basic` or `{none: <reason>}`
    ");
}

#[test]
fn verification_of_a_list() {
    let complaint = verified(" [basic]").complaint();
    assert_snapshot!(complaint, @"
    error[verification]: not a way to verify an event
      --> specs/acme.yaml:27:23
       |
    27 |       x-verification: [basic]
       |                       ^^^^^^^ here
       |
       = help: write `{hmac-sha256: {header: X-Signature}}`, `basic` or `{none: <reason>}`
    ");
}

#[test]
fn verification_of_nothing() {
    let complaint = verified(" {}").complaint();
    assert_snapshot!(complaint, @"
    error[verification]: not a way to verify an event
      --> specs/acme.yaml:27:23
       |
    27 |       x-verification: {}
       |                       ^^ here
       |
       = help: write `{hmac-sha256: {header: X-Signature}}`, `basic` or `{none: <reason>}`
    ");
}

#[test]
fn verification_of_two_kinds() {
    let complaint =
        verified(" {none: It is not documented., hmac-sha256: {header: X-Signature}}").complaint();
    assert_snapshot!(complaint, @"
    error[verification]: not a way to verify an event
      --> specs/acme.yaml:27:23
       |
    27 |       x-verification: {none: It is not documented., hmac-sha256: {header: X-Signature}}
       |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ here
       |
       = help: write `{hmac-sha256: {header: X-Signature}}`, `basic` or `{none: <reason>}`
    ");
}

#[test]
fn unknown_key_of_a_verification() {
    let complaint = verified(" {hmac-sha512: {header: X-Signature}}").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: `x-verification` has no key `hmac-sha512`
      --> specs/acme.yaml:27:24
       |
    27 |       x-verification: {hmac-sha512: {header: X-Signature}}
       |                        ^^^^^^^^^^^ unknown key
       |
       = help: did you mean `hmac-sha256`?
    ");
}

#[test]
fn unknown_key_of_a_signature_in_base64() {
    let complaint = verified(" {hmac-sha256: {header: X-Signature, encoding: base64}}").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: `hmac-sha256` has no key `encoding`
      --> specs/acme.yaml:27:59
       |
    27 |       x-verification: {hmac-sha256: {header: X-Signature, encoding: base64}}
       |                                                           ^^^^^^^^ unknown key
       |
       = help: `hmac-sha256` can have `header`, `prefix`, `message`, `timestamp`
    ");
}

#[test]
fn unknown_key_of_an_operation_that_is_no_webhook() {
    let complaint =
        acme().adding("      summary: Pays somebody.", "      x-verification: basic").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-key]: an operation has no key `x-verification`
      --> specs/acme.yaml:19:7
       |
    19 |       x-verification: basic
       |       ^^^^^^^^^^^^^^ unknown key
       |
       = help: an operation can have `operationId`, `summary`, `description`, `tags`, `externalDocs`, `deprecated`, `parameters`, `requestBody`, `responses`, `security`, `servers`, `x-source`, `x-idempotency`, `x-reconcile`, `x-paging`, `x-parameter-examples`
    ");
}

#[test]
fn wrong_kind_of_a_signature() {
    let complaint = verified(" {hmac-sha256: X-Signature}").complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: `hmac-sha256` must be a mapping
      --> specs/acme.yaml:27:37
       |
    27 |       x-verification: {hmac-sha256: X-Signature}
       |                                     ^^^^^^^^^^^ this is a string
       |
       = help: write lines of `key: value` below it, indented more
    ");
}

#[test]
fn wrong_kind_of_a_reason() {
    let complaint = verified(" {none: []}").complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: `none` must be a string
      --> specs/acme.yaml:27:30
       |
    27 |       x-verification: {none: []}
       |                              ^^ this is a list
       |
       = help: write text, in quotes if it could be read as something else
    ");
}

#[test]
fn wrong_kind_of_a_prefix() {
    let complaint = verified(" {hmac-sha256: {header: X-Signature, prefix: 1}}").complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: `prefix` must be a string
      --> specs/acme.yaml:27:67
       |
    27 |       x-verification: {hmac-sha256: {header: X-Signature, prefix: 1}}
       |                                                                   ^ this is a number
       |
       = help: write text, in quotes if it could be read as something else
    ");
}

#[test]
fn missing_key_of_a_signature() {
    let complaint = verified(" {hmac-sha256: {prefix: v1=}}").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: `hmac-sha256` needs `header`
      --> specs/acme.yaml:27:24
       |
    27 |       x-verification: {hmac-sha256: {prefix: v1=}}
       |                        ^^^^^^^^^^^ `header` is missing
       |
       = help: write `header: …`; specs/README.md describes it
    ");
}

#[test]
fn missing_key_of_a_timestamp() {
    let complaint = hooked().with("            tolerance: 300\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: `timestamp` needs `tolerance`
      --> specs/acme.yaml:31:11
       |
    31 |           timestamp:
       |           ^^^^^^^^^ `tolerance` is missing
       |
       = help: write `tolerance: …`; specs/README.md describes it
    ");
}

#[test]
fn missing_key_of_a_timestamp_without_a_header() {
    let complaint = hooked().with("            header: X-Timestamp\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[missing-key]: `timestamp` needs `header`
      --> specs/acme.yaml:31:11
       |
    31 |           timestamp:
       |           ^^^^^^^^^ `header` is missing
       |
       = help: write `header: …`; specs/README.md describes it
    ");
}

#[test]
fn verification_part() {
    let complaint = verified(" {none: ''}").complaint();
    assert_snapshot!(complaint, @"
    error[verification-part]: `none` without a reason
      --> specs/acme.yaml:27:30
       |
    27 |       x-verification: {none: ''}
       |                              ^^ here
       |
       = help: say what is known about it: `none: The pages do not mention a signature.`
    ");
}

#[test]
fn verification_part_of_a_header() {
    let complaint = verified(" {hmac-sha256: {header: X Signature}}").complaint();
    assert_snapshot!(complaint, @"
    error[verification-part]: not the name of a header
      --> specs/acme.yaml:27:46
       |
    27 |       x-verification: {hmac-sha256: {header: X Signature}}
       |                                              ^^^^^^^^^^^ here
       |
       = help: write it as in `header: X-Signature`
    ");
}

#[test]
fn verification_part_of_a_prefix() {
    let complaint = verified(" {hmac-sha256: {header: X-Signature, prefix: ''}}").complaint();
    assert_snapshot!(complaint, @"
    error[verification-part]: `prefix` is not what can stand before the digits
      --> specs/acme.yaml:27:67
       |
    27 |       x-verification: {hmac-sha256: {header: X-Signature, prefix: ''}}
       |                                                                   ^^ here
       |
       = help: write it as in `prefix: 'sha256='`, or remove it
    ");
}

#[test]
fn verification_part_of_a_time_that_is_not_signed() {
    let complaint = hooked().with("          message: '{timestamp}.{body}'\n", "").complaint();
    assert_snapshot!(complaint, @"
    error[verification-part]: a time that is not signed proves nothing
      --> specs/acme.yaml:30:11
       |
    30 |           timestamp:
       |           ^^^^^^^^^ here
       |
       = help: write what is signed, as in `message: '{timestamp}.{body}'`, or remove `timestamp`
    ");
}

#[test]
fn verification_part_of_a_time_that_the_message_lacks() {
    let complaint = hooked().with("{timestamp}.{body}", "v1.{body}").complaint();
    assert_snapshot!(complaint, @"
    error[verification-part]: a time that is not signed proves nothing
      --> specs/acme.yaml:31:11
       |
    31 |           timestamp:
       |           ^^^^^^^^^ here
       |
       = help: write what is signed, as in `message: '{timestamp}.{body}'`, or remove `timestamp`
    ");
}

#[test]
fn verification_part_of_a_body_that_is_not_signed() {
    let complaint = hooked().with("{timestamp}.{body}", "{timestamp}.").complaint();
    assert_snapshot!(complaint, @"
    error[verification-part]: a signature that does not cover the body proves nothing
      --> specs/acme.yaml:30:20
       |
    30 |           message: '{timestamp}.'
       |                    ^^^^^^^^^^^^^^ here
       |
       = help: write `{body}` where the body stands in what is signed
    ");
}

#[test]
fn verification_part_of_one_header_for_two_things() {
    let complaint = hooked().with("header: X-Timestamp", "header: x-signature").complaint();
    assert_snapshot!(complaint, @"
    error[verification-part]: the time and the signature stand in the same header
      --> specs/acme.yaml:32:21
       |
    32 |             header: x-signature
       |                     ^^^^^^^^^^^ here
       |
       = help: write the header that holds the time alone
    ");
}

#[test]
fn verification_part_of_a_tolerance() {
    let complaint = hooked().with("tolerance: 300", "tolerance: 0").complaint();
    assert_snapshot!(complaint, @"
    error[verification-part]: `tolerance` is not a number of seconds
      --> specs/acme.yaml:33:24
       |
    33 |             tolerance: 0
       |                        ^ here
       |
       = help: write a whole number from 1 on, such as `300`
    ");
}

#[test]
fn verification_part_of_a_tolerance_in_words() {
    let complaint = hooked().with("tolerance: 300", "tolerance: 5 minutes").complaint();
    assert_snapshot!(complaint, @"
    error[verification-part]: `tolerance` is not a number of seconds
      --> specs/acme.yaml:33:24
       |
    33 |             tolerance: 5 minutes
       |                        ^^^^^^^^^ here
       |
       = help: write a whole number from 1 on, such as `300`
    ");
}

#[test]
fn verification_variable() {
    let complaint = hooked().with("{timestamp}.{body}", "{timestamp}.{bdy}").complaint();
    assert_snapshot!(complaint, @"
    error[verification-variable]: `message` does not know `{bdy}`
      --> specs/acme.yaml:30:33
       |
    30 |           message: '{timestamp}.{bdy}'
       |                                 ^^^^^ here
       |
       = help: did you mean `body`?
    ");
}

#[test]
fn verification_variable_of_a_time_without_a_header() {
    let complaint =
        verified(" {hmac-sha256: {header: X-Signature, message: '{timestamp}.{body}'}}")
            .complaint();
    assert_snapshot!(complaint, @"
    error[verification-variable]: `message` does not know `{timestamp}`
      --> specs/acme.yaml:27:69
       |
    27 |       x-verification: {hmac-sha256: {header: X-Signature, message: '{timestamp}.{body}'}}
       |                                                                     ^^^^^^^^^^^ here
       |
       = help: declare the header it comes in, as `timestamp`
    ");
}

#[test]
fn verification_variable_of_something_else() {
    let complaint =
        verified(" {hmac-sha256: {header: X-Signature, message: '{url}{body}'}}").complaint();
    assert_snapshot!(complaint, @"
    error[verification-variable]: `message` does not know `{url}`
      --> specs/acme.yaml:27:69
       |
    27 |       x-verification: {hmac-sha256: {header: X-Signature, message: '{url}{body}'}}
       |                                                                     ^^^^^ here
       |
       = help: here can stand `body`
    ");
}

#[test]
fn pointer_of_dedupe_without_slash() {
    let complaint = hooked().with("x-dedupe: [/id]", "x-dedupe: [id]").complaint();
    assert_snapshot!(complaint, @"
    error[pointer]: `id` is not a JSON Pointer
      --> specs/acme.yaml:34:18
       |
    34 |       x-dedupe: [id]
       |                  ^^ begins without `/`
       |
       = help: write `/id`, or `/data/id` for a member of a member
    ");
}

#[test]
fn dedupe() {
    let complaint = hooked().with("x-dedupe: [/id]", "x-dedupe: []").complaint();
    assert_snapshot!(complaint, @"
    error[dedupe]: `x-dedupe` names nothing
      --> specs/acme.yaml:34:17
       |
    34 |       x-dedupe: []
       |                 ^^ here
       |
       = help: name what identifies an event, or remove it if nothing does
    ");
}

#[test]
fn dedupe_of_a_pointer_alone() {
    let complaint = hooked().with("x-dedupe: [/id]", "x-dedupe: /id").complaint();
    assert_snapshot!(complaint, @"
    error[wrong-kind]: `x-dedupe` must be a list
      --> specs/acme.yaml:34:17
       |
    34 |       x-dedupe: /id
       |                 ^^^ this is a string
       |
       = help: write lines that begin with `-` below it
    ");
}

#[test]
fn dedupe_of_the_same_twice() {
    let complaint = hooked().with("x-dedupe: [/id]", "x-dedupe: [/id, /id]").complaint();
    assert_snapshot!(complaint, @"
    error[duplicate-value]: `/id` stands twice
      --> specs/acme.yaml:34:23
       |
    34 |       x-dedupe: [/id, /id]
       |                  ---  ^^^ again here
       |                  |
       |                  first here
       |
       = help: remove one, or write another value
    ");
}

#[test]
fn dedupe_of_an_object() {
    let complaint = hooked().adding("          description: How far it is.", "        payer:\n          type: object\n          properties:\n            name: {type: string}").with("x-dedupe: [/id]", "x-dedupe: [/payer]").complaint();
    assert_snapshot!(complaint, @"
    error[dedupe]: this is more than one value
      --> specs/acme.yaml:34:18
       |
    34 |       x-dedupe: [/payer]
       |                  ^^^^^^ here
       |
       = help: name a string, a number or a boolean in it
    ");
}

#[test]
fn dedupe_of_something_sensitive() {
    let complaint = hooked()
        .with(
            "      description: The id of a payout.",
            "      description: The id of a payout.\n      x-sensitive: true",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[dedupe]: this is sensitive, but ids of events are stored and shown
      --> specs/acme.yaml:34:18
       |
    34 |       x-dedupe: [/id]
       |                  ^^^ here
       |
       = help: name something else
    ");
}

#[test]
fn pointer_of_dedupe() {
    let complaint = hooked().with("x-dedupe: [/id]", "x-dedupe: [/idd]").complaint();
    assert_snapshot!(complaint, @"
    error[pointer]: there is no member `idd`
      --> specs/acme.yaml:34:18
       |
    34 |       x-dedupe: [/idd]
       |                  ^^^^ leads nowhere
       |
       = help: did you mean `id`?
    ");
}

#[test]
fn pointer_to_nothing_similar() {
    let complaint = hooked().with("x-dedupe: [/id]", "x-dedupe: [/event_id]").complaint();
    assert_snapshot!(complaint, @"
    error[pointer]: there is no member `event_id`
      --> specs/acme.yaml:34:18
       |
    34 |       x-dedupe: [/event_id]
       |                  ^^^^^^^^^ leads nowhere
       |
       = help: here can stand `id`, `status`
    ");
}

#[test]
fn pointer_into_a_string() {
    let complaint = hooked().with("x-dedupe: [/id]", "x-dedupe: [/id/0]").complaint();
    assert_snapshot!(complaint, @"
    error[pointer]: there is no member `0`
      --> specs/acme.yaml:34:18
       |
    34 |       x-dedupe: [/id/0]
       |                  ^^^^^ leads nowhere
       |
       = help: only members of objects can be named
    ");
}

// Samples.

#[test]
fn sample_fits_another() {
    let complaint = acme()
        .with(
            "              $ref: '#/components/schemas/PayoutRequest'\n",
            "              $ref: '#/components/schemas/Payout'\n",
        )
        .complaint();
    assert_snapshot!(complaint, @"
    error[sample-fits-another]: the sample of this place contradicts `Payout`, but fits `PayoutRequest`
      --> specs/acme.yaml:25:21
       |
    25 |               $ref: '#/components/schemas/Payout'
       |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the wrong schema?
       |
       = help: did you mean `PayoutRequest`? it is at specs/acme.yaml:74:5, and nothing refers to it; the sample is at specs/examples/acme/create_payout.request.200.json:1:1
    ");
}

#[test]
fn unknown_sample() {
    let complaint =
        acme().with("create_payout.request.200.json", "create_payuot.request.200.json").complaint();
    assert_snapshot!(complaint, @"
    error[unknown-sample]: there is no sample `specs/examples/acme/create_payuot.request.200.json`
      --> specs/acme.yaml:28:32
       |
    28 |                 externalValue: examples/acme/create_payuot.request.200.json
       |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such file
       |
       = help: did you mean `specs/examples/acme/create_payout.request.200.json`?
    ");
}

#[test]
fn unused_sample() {
    let complaint = acme().with("            examples:\n              documented:\n                externalValue: examples/acme/create_payout.request.200.json\n", "").complaint();
    assert_snapshot!(complaint, @r#"
    error[unused-sample]: nothing refers to this sample
     --> specs/examples/acme/create_payout.request.200.json:1:1
      |
    1 | {"reference": "r", "amount": 1}
      | ^ unused
      |
      = help: refer to it as an `externalValue` under `examples`, or in `x-parameter-examples`
    "#);
}

#[test]
fn sample_name() {
    let complaint = acme().with("                $ref: '#/components/schemas/Payout'\n        default", "                $ref: '#/components/schemas/PayoutRequest'\n              examples:\n                documented:\n                  externalValue: examples/acme/create_payout.request.200.json\n        default").complaint();
    assert_snapshot!(complaint, @"
    error[sample-name]: the sample `specs/examples/acme/create_payout.request.200.json` belongs elsewhere
      --> specs/acme.yaml:62:34
       |
    62 |                   externalValue: examples/acme/create_payout.request.200.json
       |                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a sample of this place is called `<operation_id>.response.200.json`
       |
       = help: rename the file, or refer to it where it belongs
    ");
}

#[test]
fn sample_contradicts() {
    let complaint = acme().sample("{\n  \"reference\": 5,\n  \"amount\": 1\n}\n").complaint();
    assert_snapshot!(complaint, @r#"
    error[sample-contradicts]: a sample contradicts the spec: a number where the schema has a string
      --> specs/acme.yaml:81:17
       |
    81 |           type: string
       |                 ^^^^^^ this says a string
       |
      ::: specs/examples/acme/create_payout.request.200.json:2:16
       |
     2 |   "reference": 5,
       |                - the sample says this
       |
       = help: the sample is at specs/examples/acme/create_payout.request.200.json:2:16
    "#);
}

#[test]
fn sample_contradicts_in_a_member_that_is_not_declared() {
    let complaint = acme().sample("{\n  \"refrence\": \"r\",\n  \"amount\": 1\n}\n").complaint();
    assert_snapshot!(complaint, @r#"
    error[sample-contradicts]: a sample contradicts the spec: `refrence` is not declared
      --> specs/acme.yaml:80:9
       |
    80 |         reference:
       |         ^^^^^^^^^ no member is called `refrence`
       |
      ::: specs/examples/acme/create_payout.request.200.json:2:3
       |
     2 |   "refrence": "r",
       |   ---------- the sample says this
       |
       = help: declare `refrence`, or correct this name; the sample is at specs/examples/acme/create_payout.request.200.json:2:3
    "#);
}

#[test]
fn sample_contradicts_in_a_member_that_is_missing() {
    let complaint = acme().sample("{\n  \"amount\": 1\n}\n").complaint();
    assert_snapshot!(complaint, @"
    error[sample-contradicts]: a sample contradicts the spec: `reference` is required, but the sample does not have it
      --> specs/acme.yaml:77:11
       |
    77 |         - reference
       |           ^^^^^^^^^ not always there
       |
      ::: specs/examples/acme/create_payout.request.200.json:1:1
       |
     1 | {
       | - the sample says this
       |
       = help: remove it here if it can be absent; the sample is at specs/examples/acme/create_payout.request.200.json:1:1
    ");
}

#[test]
fn sample_contradicts_in_null() {
    let complaint = acme().sample("{\n  \"reference\": null,\n  \"amount\": 1\n}\n").complaint();
    assert_snapshot!(complaint, @r#"
    error[sample-contradicts]: a sample contradicts the spec: null where the schema has a string
      --> specs/acme.yaml:81:17
       |
    81 |           type: string
       |                 ^^^^^^ this says a string
       |
      ::: specs/examples/acme/create_payout.request.200.json:2:16
       |
     2 |   "reference": null,
       |                ---- the sample says this
       |
       = help: write `nullable: true`; the sample is at specs/examples/acme/create_payout.request.200.json:2:16
    "#);
}

#[test]
fn sample_contradicts_in_an_enum() {
    let complaint = acme()
        .with(
            "        reference:\n          type: string",
            "        reference:\n          type: string\n          enum: [invoice, wages]",
        )
        .sample("{\n  \"reference\": \"invoce\",\n  \"amount\": 1\n}\n")
        .complaint();
    assert_snapshot!(complaint, @r#"
    error[sample-contradicts]: a sample contradicts the spec: a value that the enum does not list
      --> specs/acme.yaml:82:18
       |
    82 |           enum: [invoice, wages]
       |                  ^^^^^^^ `invoce` is not listed
       |
      ::: specs/examples/acme/create_payout.request.200.json:2:16
       |
     2 |   "reference": "invoce",
       |                -------- the sample says this
       |
       = help: list `invoce`; the sample is at specs/examples/acme/create_payout.request.200.json:2:16
    "#);
}

#[test]
fn sample_contradicts_in_a_format() {
    let complaint = acme()
        .with(
            "        reference:\n          type: string",
            "        reference:\n          type: string\n          format: date",
        )
        .sample("{\n  \"reference\": \"31.12.2026\",\n  \"amount\": 1\n}\n")
        .complaint();
    assert_snapshot!(complaint, @r#"
    error[sample-contradicts]: a sample contradicts the spec: not a date
      --> specs/acme.yaml:82:19
       |
    82 |           format: date
       |                   ^^^^ this says otherwise
       |
      ::: specs/examples/acme/create_payout.request.200.json:2:16
       |
     2 |   "reference": "31.12.2026",
       |                ------------ the sample says this
       |
       = help: the sample is at specs/examples/acme/create_payout.request.200.json:2:16
    "#);
}

#[test]
fn sample_contradicts_in_a_limit() {
    let complaint = acme()
        .with(
            "        reference:\n          type: string",
            "        reference:\n          type: string\n          maxLength: 3",
        )
        .sample("{\n  \"reference\": \"four\",\n  \"amount\": 1\n}\n")
        .complaint();
    assert_snapshot!(complaint, @r#"
    error[sample-contradicts]: a sample contradicts the spec: longer than `maxLength`
      --> specs/acme.yaml:82:22
       |
    82 |           maxLength: 3
       |                      ^ this says otherwise
       |
      ::: specs/examples/acme/create_payout.request.200.json:2:16
       |
     2 |   "reference": "four",
       |                ------ the sample says this
       |
       = help: the sample is at specs/examples/acme/create_payout.request.200.json:2:16
    "#);
}

// What a maintainer mistypes in a real spec.

/// The one complaint about a real spec in which `new` was written for `old`.
#[track_caller]
fn mistyped(old: &str, new: &str) -> String {
    mistyped_in("revere", old, new)
}

#[track_caller]
fn mistyped_in(provider: &str, old: &str, new: &str) -> String {
    let workspace = Workspace::find().expect("this is the workspace");
    let source = workspace.source(provider).expect("the provider has a spec");
    Spec(source).with(old, new).complaint()
}

#[test]
fn mistyped_key() {
    let complaint = mistyped(
        "      operationId: get_transaction_report\n      summary:",
        "      operationId: get_transaction_report\n      sumary:",
    );
    assert_snapshot!(complaint, @"
    error[unknown-key]: an operation has no key `sumary`
       --> specs/revere.yaml:187:7
        |
    187 |       sumary: Reports on the transactions of a merchant, payouts included.
        |       ^^^^^^ unknown key
        |
        = help: did you mean `summary`?
    ");
}

#[test]
fn mistyped_key_of_a_schema() {
    let complaint = mistyped(
        "    WalletPayoutRequest:\n      type: object\n",
        "    WalletPayoutRequest:\n      typ: object\n",
    );
    assert_snapshot!(complaint, @"
    error[unknown-key]: a schema has no key `typ`
       --> specs/revere.yaml:742:7
        |
    742 |       typ: object
        |       ^^^ unknown key
        |
        = help: did you mean `type`?
    ");
}

#[test]
fn mistyped_properties() {
    let complaint = mistyped(
        "      properties:\n        payment_method_id:",
        "      propertis:\n        payment_method_id:",
    );
    assert_snapshot!(complaint, @"
    error[unknown-key]: a schema has no key `propertis`
       --> specs/revere.yaml:747:7
        |
    747 |       propertis:
        |       ^^^^^^^^^ unknown key
        |
        = help: did you mean `properties`?
    ");
}

#[test]
fn mistyped_reference() {
    let complaint = mistyped(
        "                $ref: '#/components/schemas/WalletPayout'\n",
        "                $ref: '#/components/schemas/WaletPayout'\n",
    );
    assert_snapshot!(complaint, @"
    error[unknown-reference]: `$ref` names a schema that does not exist
       --> specs/revere.yaml:110:23
        |
    110 |                 $ref: '#/components/schemas/WaletPayout'
        |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no schema is called `WaletPayout`
        |
        = help: did you mean `WalletPayout`? it is at specs/revere.yaml:771:5
    ");
}

#[test]
fn mistyped_reference_to_another_schema() {
    let complaint = mistyped(
        "                $ref: '#/components/schemas/WalletPayout'\n",
        "                $ref: '#/components/schemas/WalletTransaction'\n",
    );
    assert_snapshot!(complaint, @"
    error[sample-fits-another]: the sample of this place contradicts `WalletTransaction`, but fits `WalletPayout`
       --> specs/revere.yaml:110:23
        |
    110 |                 $ref: '#/components/schemas/WalletTransaction'
        |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the wrong schema?
        |
        = help: did you mean `WalletPayout`? it is at specs/revere.yaml:771:5, and nothing refers to it; the sample is at specs/examples/revere/create_wallet_payout.response.200.json:1:1
    ");
}

#[test]
fn mistyped_reference_to_a_response() {
    let complaint = mistyped(
        "        default:\n          $ref: '#/components/responses/UnexpectedError'\n      x-idempotency: none\n      x-reconcile:\n        operation: get_transaction_report\n        match: amount\n        how: >-\n          Ask for `payment_types=payout`",
        "        default:\n          $ref: '#/components/responses/UnexpectdError'\n      x-idempotency: none\n      x-reconcile:\n        operation: get_transaction_report\n        match: amount\n        how: >-\n          Ask for `payment_types=payout`",
    );
    assert_snapshot!(complaint, @"
    error[unknown-reference]: `$ref` names a response that does not exist
       --> specs/revere.yaml:121:17
        |
    121 |           $ref: '#/components/responses/UnexpectdError'
        |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no response is called `UnexpectdError`
        |
        = help: did you mean `UnexpectedError`? it is at specs/revere.yaml:655:5
    ");
}

#[test]
fn mistyped_name_of_a_schema() {
    let complaint = mistyped("    PaymentMethodId:\n", "    PaymentMethdId:\n");
    assert_snapshot!(complaint, @"
    error[unknown-reference]: `$ref` names a schema that does not exist
       --> specs/revere.yaml:750:21
        |
    750 |             - $ref: '#/components/schemas/PaymentMethodId'
        |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no schema is called `PaymentMethodId`
        |
        = help: did you mean `PaymentMethdId`? it is at specs/revere.yaml:683:5
    ");
}

#[test]
fn mistyped_type() {
    let complaint =
        mistyped("    WalletPayout:\n      type: object", "    WalletPayout:\n      type: strng");
    assert_snapshot!(complaint, @"
    error[unknown-type]: there is no type `strng`
       --> specs/revere.yaml:772:13
        |
    772 |       type: strng
        |             ^^^^^ unknown type
        |
        = help: did you mean `string`?
    ");
}

#[test]
fn mistyped_type_that_exists() {
    let complaint =
        mistyped("    WalletPayout:\n      type: object", "    WalletPayout:\n      type: string");
    assert_snapshot!(complaint, @"
    error[misplaced-keywords]: `required` and `properties` say nothing about a string
       --> specs/revere.yaml:772:13
        |
    772 |       type: string
        |             ^^^^^^ this is a string
    773 |       required:
        |       -------- no effect
        |
        = help: remove them, or write the `type` that this has
    ");
}

#[test]
fn mistyped_type_of_an_amount() {
    let complaint = mistyped(
        "        amount:\n          type: integer\n          format: uint64\n          minimum: 0\n          description: |-\n            How much to pay, in US",
        "        amount:\n          type: string\n          format: uint64\n          minimum: 0\n          description: |-\n            How much to pay, in US",
    );
    assert_snapshot!(complaint, @"
    error[misplaced-keywords]: `format` and `minimum` say nothing about a string
       --> specs/revere.yaml:754:17
        |
    754 |           type: string
        |                 ^^^^^^ this is a string
    755 |           format: uint64
        |           ------ no effect
        |
        = help: remove them, or write the `type` that this has
    ");
}

#[test]
fn mistyped_enum_value_that_a_sample_uses() {
    let complaint = mistyped("        - 'settled'\n", "        - 'setled'\n");
    assert_snapshot!(complaint, @"
    error[enum-description-differs]: the value is `setled`, but `settled` is described
       --> specs/revere.yaml:718:11
        |
    718 |         - 'setled'
        |           ^^^^^^^^ misspelt?
    ...
    732 |         'settled': Final. The sample of a payout has it at once.
        |         --------- described here
        |
        = help: write the same value in both places
    ");
}

#[test]
fn mistyped_enum_value_with_a_meaning() {
    let complaint =
        mistyped("        - 'transaction.settlement'\n", "        - 'transaction.setlement'\n");
    assert_snapshot!(complaint, @"
    error[enum-description-differs]: the value is `transaction.setlement`, but `transaction.settlement` is described
        --> specs/revere.yaml:1311:11
         |
    1311 |         - 'transaction.setlement'
         |           ^^^^^^^^^^^^^^^^^^^^^^^ misspelt?
    ...
    1338 |         'transaction.settlement': A transaction was settled; the status is called `settled`.
         |         ------------------------ described here
         |
         = help: write the same value in both places
    ");
}

#[test]
fn mistyped_indentation_too_little() {
    let complaint = mistyped(
        "        payment_method_id:\n          allOf:",
        "      payment_method_id:\n          allOf:",
    );
    assert_snapshot!(complaint, @"
    error[empty-value]: a value is missing
       --> specs/revere.yaml:747:17
        |
    747 |       properties:
        |                 ^ nothing is written here
    748 |       payment_method_id:
        |       ------------------ this is not indented more
        |
        = help: write a value, `null` or `''`; or indent what belongs to it more
    ");
}

#[test]
fn mistyped_indentation_too_much() {
    let complaint = mistyped(
        "        payment_method_id:\n          allOf:",
        "          payment_method_id:\n          allOf:",
    );
    assert_snapshot!(complaint, @"
    error[empty-value]: a value is missing
       --> specs/revere.yaml:748:28
        |
    748 |           payment_method_id:
        |                            ^ nothing is written here
    749 |           allOf:
        |           ------ this is not indented more
        |
        = help: write a value, `null` or `''`; or indent what belongs to it more
    ");
}

#[test]
fn mistyped_indentation_of_a_list_item() {
    let complaint = mistyped("        - 'Mastercard'\n", "          - 'Mastercard'\n");
    assert_snapshot!(complaint, @"
    error[yaml-syntax]: not YAML: while parsing a block collection, did not find expected '-' indicator
       --> specs/revere.yaml:939:11
        |
    938 |         - 'Visa'
        |         -------- is this indented rightly?
    939 |           - 'Mastercard'
        |           ^ the file stops making sense here
        |
        = help: indent both lines as their neighbours are; or is one missing between them?
    ");
}

#[test]
fn mistyped_indentation_of_a_schema() {
    let complaint = mistyped("    GroupId:\n      type: string", "   GroupId:\n      type: string");
    assert_snapshot!(complaint, @"
    error[yaml-syntax]: not YAML: while parsing a block mapping, did not find expected key
       --> specs/revere.yaml:675:5
        |
    668 |    GroupId:
        |    -------- is this indented rightly?
    ...
    675 |     LinkedAccountId:
        |     ^ the file stops making sense here
        |
        = help: indent both lines as their neighbours are; or is one missing between them?
    ");
}

#[test]
fn mistyped_key_twice() {
    let complaint = mistyped(
        "    WalletPayoutRequest:\n      type: object\n",
        "    WalletPayoutRequest:\n      type: object\n      type: object\n",
    );
    assert_snapshot!(complaint, @"
    error[duplicate-key]: the key `type` stands twice
       --> specs/revere.yaml:743:7
        |
    742 |       type: object
        |       ---- first here
    743 |       type: object
        |       ^^^^ again here
        |
        = help: remove one, or begin a new mapping before the second: is a line missing or indented wrongly?
    ");
}

#[test]
fn mistyped_no_without_quotes() {
    let complaint = mistyped("  version: '1'\n", "  version: no\n");
    assert_snapshot!(complaint, @"
    error[ambiguous-scalar]: `no` means different things to different YAML readers
     --> specs/revere.yaml:5:12
      |
    5 |   version: no
      |            ^^ ambiguous
      |
      = help: quote it: `'no'`
    ");
}

#[test]
fn mistyped_path_of_a_sample() {
    let complaint = mistyped(
        "externalValue: examples/revere/create_wallet_payout.request.200.json",
        "externalValue: examples/revere/create_walet_payout.request.200.json",
    );
    assert_snapshot!(complaint, @"
    error[unknown-sample]: there is no sample `specs/examples/revere/create_walet_payout.request.200.json`
       --> specs/revere.yaml:103:32
        |
    103 |                 externalValue: examples/revere/create_walet_payout.request.200.json
        |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such file
        |
        = help: did you mean `specs/examples/revere/create_wallet_payout.request.200.json`?
    ");
}

#[test]
fn mistyped_property() {
    let complaint = mistyped("        payment_method_id:\n", "        payment_metod_id:\n");
    assert_snapshot!(complaint, @"
    error[required-not-a-property]: `required` names `payment_method_id`, but the property is called `payment_metod_id`
       --> specs/revere.yaml:748:9
        |
    744 |         - payment_method_id
        |           ----------------- required here
    ...
    748 |         payment_metod_id:
        |         ^^^^^^^^^^^^^^^^ misspelt?
        |
        = help: write the same name in both places
    ");
}

#[test]
fn mistyped_property_that_is_not_required() {
    let complaint = mistyped_in("acceptify", "        suba_name:\n", "        sub_name:\n");
    assert_snapshot!(complaint, @r#"
    error[sample-contradicts]: a sample contradicts the spec: `suba_name` is not declared
        --> specs/acceptify.yaml:1570:9
         |
    1570 |         sub_name:
         |         ^^^^^^^^ no member is called `suba_name`
         |
        ::: specs/examples/acceptify/get_current_subaccount.response.200.json:7:13
         |
       7 |             "suba_name": "Sandbox subaccount",
         |             ----------- the sample says this
         |
         = help: declare `suba_name`, or correct this name; the sample is at specs/examples/acceptify/get_current_subaccount.response.200.json:7:13
    "#);
}

#[test]
fn mistyped_required_member() {
    let complaint = mistyped("        - payment_method_id\n", "        - payment_method\n");
    assert_snapshot!(complaint, @"
    error[required-not-a-property]: `required` names `payment_method`, but the property is called `payment_method_id`
       --> specs/revere.yaml:748:9
        |
    744 |         - payment_method
        |           -------------- required here
    ...
    748 |         payment_method_id:
        |         ^^^^^^^^^^^^^^^^^ misspelt?
        |
        = help: write the same name in both places
    ");
}

#[test]
fn mistyped_required_member_that_is_gone() {
    let complaint = mistyped(
        "        currency:\n          allOf:\n            - $ref: '#/components/schemas/Currency'\n          description: Currency of the amount.\n          x-source: [seed]\n      description: A payout to make.",
        "      description: A payout to make.",
    );
    assert_snapshot!(complaint, @"
    error[required-not-a-property]: `required` names `currency`, which is not a property
       --> specs/revere.yaml:746:11
        |
    746 |         - currency
        |           ^^^^^^^^ no such property
        |
        = help: declare it under `properties`, or remove it here
    ");
}

#[test]
fn mistyped_status_without_quotes() {
    let complaint = mistyped(
        "      responses:\n        '200':\n          description: The payout was created.",
        "      responses:\n        200:\n          description: The payout was created.",
    );
    assert_snapshot!(complaint, @"
    error[key-not-a-string]: a key that is not a string
       --> specs/revere.yaml:105:9
        |
    105 |         200:
        |         ^^^ not a string
        |
        = help: quote it: `'200'`
    ");
}

#[test]
fn mistyped_source() {
    let complaint =
        mistyped("      x-source: [seed, keys, wset]\n", "      x-source: [sed, keys, wset]\n");
    assert_snapshot!(complaint, @"
    error[unknown-source]: no source is called `sed`
       --> specs/revere.yaml:130:18
        |
    130 |       x-source: [sed, keys, wset]
        |                  ^^^ unknown tag
        |
        = help: did you mean `seed`?
    ");
}

#[test]
fn mistyped_unit_left_out() {
    let complaint = mistyped(
        "x-unit: minor\n          x-source: [ref, whi]\n        authorized_amount",
        "x-unt: minor\n          x-source: [ref, whi]\n        authorized_amount",
    );
    assert_snapshot!(complaint, @"
    error[unknown-key]: a schema has no key `x-unt`
        --> specs/revere.yaml:1607:11
         |
    1607 |           x-unt: minor
         |           ^^^^^ unknown key
         |
         = help: did you mean `x-unit`?
    ");
}

#[test]
fn mistyped_member_of_an_object_that_takes_others() {
    let complaint = mistyped("        last_four:\n", "        lats_four:\n");
    assert_snapshot!(complaint, @r#"
    error[sample-contradicts]: a sample contradicts the spec: `last_four` is not declared
        --> specs/revere.yaml:1528:9
         |
    1528 |         lats_four:
         |         ^^^^^^^^^ no member is called `last_four`
         |
        ::: specs/examples/revere/receive_webhook_event.request.200.2.json:19:9
         |
      19 |         "last_four": "1111",
         |         ----------- the sample says this
         |
         = help: declare `last_four`, or correct this name; the sample is at specs/examples/revere/receive_webhook_event.request.200.2.json:19:9
    "#);
}

// Other people's documents.

/// What is said about somebody else's document: the one complaint of this code.
#[track_caller]
fn foreign(path: &str, text: &str, code: &str) -> String {
    let source = Source {
        provider: "acme".to_owned(),
        files: vec![SourceFile::new(path, text)],
        samples: Vec::new(),
    };
    let found = match codegen::import(&source, codegen::ImportOptions::default()) {
        Ok(it) => it.warnings,
        Err(it) => it,
    };
    let all = found.to_string();
    let of_this_code = |it: &&str| it.contains(&format!("[{code}]: "));
    let shown: Vec<&str> = all.split("\n\n").filter(of_this_code).collect();
    assert_eq!(shown.len(), 1, "one mistake gives one complaint:\n{all}");
    shown.concat()
}

/// A document of somebody else, with the schema of what it answers.
fn answering(schema: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: Acme, version: '1'}}
servers: [{{url: 'https://api.acme.example'}}]
paths:
  /payouts:
    get:
      operationId: list_payouts
      summary: Lists payouts.
      responses:
        '200':
          description: The payouts.
          content:
            application/json:
              schema:
                {schema}
"
    )
}

#[test]
fn json_document_syntax() {
    let complaint = foreign("acme.json", "{\"openapi\": \"3.1.0\",}\n", "json-document-syntax");
    assert_snapshot!(complaint, @r#"
    error[json-document-syntax]: not JSON
     --> acme.json:1:21
      |
    1 | {"openapi": "3.1.0",}
      |                     ^ nothing stands behind the comma
      |
      = help: remove the comma
    "#);
}

#[test]
fn foreign_version() {
    let complaint = foreign("acme.yaml", "swagger: '2.0'\n", "foreign-version");
    assert_snapshot!(complaint, @"
    error[foreign-version]: `2.0` is not a version of OpenAPI that is read here
     --> acme.yaml:1:10
      |
    1 | swagger: '2.0'
      |          ^^^^^ here
      |
      = help: convert the document first: `npx swagger2openapi --outfile openapi.json <document>` writes OpenAPI 3.0
    ");
}

#[test]
fn unknown_file() {
    let text = answering("$ref: 'parts.yaml#/Payout'");
    assert_snapshot!(foreign("acme.yaml", &text, "unknown-file"), @"
    error[unknown-file]: the file of `parts.yaml#/Payout` is not there
      --> acme.yaml:15:23
       |
    15 |                 $ref: 'parts.yaml#/Payout'
       |                       ^^^^^^^^^^^^^^^^^^^^ cannot be followed
       |
       = help: the path begins at this file; give the whole folder
    ");
}

#[test]
fn remote_reference() {
    let text = answering("$ref: 'https://acme.example/parts.yaml#/Payout'");
    assert_snapshot!(foreign("acme.yaml", &text, "remote-reference"), @"
    error[remote-reference]: `https://acme.example/parts.yaml#/Payout` is on another machine
      --> acme.yaml:15:23
       |
    15 |                 $ref: 'https://acme.example/parts.yaml#/Payout'
       |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is not fetched
       |
       = help: save it beside this file and refer to that
    ");
}

#[test]
fn kept_as_json() {
    let text = answering(
        "oneOf: [{type: array, items: {type: string}}, {type: array, items: {type: boolean}}]",
    );
    assert_snapshot!(foreign("acme.yaml", &text, "kept-as-json"), @"
    warning[kept-as-json]: kept as JSON of any kind: several of its alternatives are lists
      --> acme.yaml:15:17
       |
    15 |                 oneOf: [{type: array, items: {type: string}}, {type: array, items: {type: boolean}}]
       |                 ^^^^^ has no type of its own
       |
       = help: write one schema that fits all values, if there is one
    ");
}

#[test]
fn not_checked() {
    let text = answering("{type: object, properties: {id: {type: string}}, minProperties: 1}");
    assert_snapshot!(foreign("acme.yaml", &text, "not-checked"), @"
    warning[not-checked]: `minProperties` is not checked
      --> acme.yaml:15:66
       |
    15 |                 {type: object, properties: {id: {type: string}}, minProperties: 1}
       |                                                                  ^^^^^^^^^^^^^ the provider checks it
       |
       = help: say it in the description, if callers should know
    ");
}

#[test]
fn renamed() {
    let text = answering("$ref: '#/components/schemas/Client'")
        + "components: {schemas: {Client: {type: object, properties: {id: {type: string}}}}}\n";
    assert_snapshot!(foreign("acme.yaml", &text, "renamed"), @"
    warning[renamed]: `Client` is called `AcmeClient` in Rust
      --> acme.yaml:16:32
       |
    16 | components: {schemas: {Client: {type: object, properties: {id: {type: string}}}}}
       |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ renamed
       |
       = help: write `AcmeClient`, or another name that follows the rules
    ");
}

#[test]
fn left_out() {
    let text = answering("type: string") + "components: {schemas: {Nobody: {type: string}}}\n";
    assert_snapshot!(foreign("acme.yaml", &text, "left-out"), @"
    warning[left-out]: `Nobody` is left out
      --> acme.yaml:16:24
       |
    16 | components: {schemas: {Nobody: {type: string}}}
       |                        ^^^^^^ no effect on the client
       |
       = help: remove it, or refer to it where it is needed
    ");
}

#[test]
fn assumed() {
    let text = answering("type: string").replace("      summary: Lists payouts.\n", "");
    assert_snapshot!(foreign("acme.yaml", &text, "assumed"), @"
    warning[assumed]: an operation without `summary`
     --> acme.yaml:6:5
      |
    6 |     get:
      |     ^^^ its id stands in for it
      |
      = help: say it in the document
    ");
}

#[test]
fn ignored_key() {
    let text = answering("{type: string, maxLenght: 1}");
    assert_snapshot!(foreign("acme.yaml", &text, "ignored-key"), @"
    warning[ignored-key]: a schema has no key `maxLenght`
      --> acme.yaml:15:32
       |
    15 |                 {type: string, maxLenght: 1}
       |                                ^^^^^^^^^ ignored
       |
       = help: did you mean `maxLength`?
    ");
}

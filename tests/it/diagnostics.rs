//! Every complaint of the generator in full, each from a spec with one mistake.
//!
//! A mistake gives exactly one complaint: the helpers fail otherwise.

use codegen::{Source, SourceFile};
use insta::assert_snapshot;
use xtask::workspace::Workspace;

/// A spec in which nothing is wrong.
#[track_caller]
fn acme() -> Spec {
    let sample = "{\"reference\": \"r\", \"amount\": 1}\n";
    Spec(Source {
        provider: "acme".to_owned(),
        files: vec![SourceFile::new("specs/acme.yaml", include_str!("diagnostics/acme.yaml"))],
        samples: vec![SourceFile::new("specs/examples/acme/create_payout.request.200.json", sample)],
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
        let Err(diagnostics) = codegen::load(&self.0) else { panic!("nothing is wrong with the spec") };
        assert_eq!(diagnostics.len(), 1, "one mistake gives one complaint:\n{diagnostics}");
        diagnostics.to_string()
    }
}

#[test]
fn nothing_is_wrong_with_the_spec() {
    codegen::load(&acme().0).expect("nothing is wrong");
}

/// Every constructor of the catalogue has a test of its name.
#[test]
fn every_complaint_has_a_test() {
    let catalogue = include_str!("../../codegen/src/diagnostics.rs");
    let tests = include_str!("diagnostics.rs");
    let public = catalogue.split("\n    pub(crate) fn ").skip(1);
    // The constructors of complaints change the list and give nothing back.
    let constructors = public.filter_map(|it| {
        let (head, _) = it.split_once('{')?;
        (head.contains("&mut self") && !head.contains("->")).then(|| head.split_once('(').map(|(name, _)| name))?
    });
    let constructors: Vec<&str> = constructors.filter(|it| *it != "retract").collect();
    assert!(constructors.len() > 50, "the catalogue is found: {constructors:?}");
    let untested: Vec<&str> =
        constructors.into_iter().filter(|it| !tests.contains(&format!("\nfn {it}() {{"))).collect();
    assert!(untested.is_empty(), "no test is called {untested:?}");
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

// The syntax of the files.

#[test]
fn yaml_syntax() {
    let complaint = acme().with("summary: Pays somebody.", "summary: Pays: somebody.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn yaml_syntax_of_an_open_quote() {
    let complaint = acme().with("version: '1'", "version: '1").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn yaml_syntax_of_a_value_that_begins_with_a_brace() {
    let complaint = acme().with("how: Look for the reference.", "how: {reference} is found there.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn broken_indentation() {
    let complaint = acme().with("        reference:\n", "      reference:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn broken_indentation_of_an_operation() {
    let complaint = acme().with("      summary: Reads", "    summary: Reads").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn json_syntax() {
    let complaint = acme().sample("{\n  \"reference\": \"r\",\n}\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn json_syntax_of_a_member_twice() {
    let complaint = acme().sample("{\"amount\": 1,\n \"amount\": 2}\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn tab_indentation() {
    let complaint = acme().with("      summary: Reads", "\tsummary: Reads").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn empty_file() {
    let complaint = acme().file("specs/acme/payouts.yaml", "# Nothing yet.\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn second_document() {
    let complaint = acme().with("paths:\n", "---\npaths:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn empty_value() {
    let complaint = acme().with("summary: Pays somebody.", "summary:").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn empty_value_before_keys_that_are_indented_too_little() {
    let complaint = acme().with("        reference:\n          type: string\n          description: Your own id.", "        reference:\n        type: string\n        description: Your own id.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn empty_value_before_a_key_that_is_indented_too_much() {
    let complaint = acme().with("        amount:\n          type", "          amount:\n          type").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn plain_over_lines() {
    let complaint = acme().with("        - reference\n        - amount", "        - reference\n          - amount").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn yaml_feature() {
    let complaint = acme().with("summary: Pays somebody.", "summary: &pays Pays somebody.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn yaml_feature_of_an_alias() {
    let complaint = acme().with("summary: Pays somebody.", "summary: *pays").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn yaml_feature_of_a_tag() {
    let complaint = acme().with("summary: Pays somebody.", "summary: !!str Pays somebody.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn yaml_feature_of_a_merge_key() {
    let complaint = acme().with("summary: Pays somebody.", "<<: {summary: Pays somebody.}").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn duplicate_key() {
    let complaint = acme().adding("      summary: Pays somebody.", "      summary: Pays.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn duplicate_key_after_a_lost_line() {
    let complaint = acme().with("        amount:\n", "").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn key_not_a_string() {
    let complaint = acme().with("        '200':\n          description: The payout was created.", "        200:\n          description: The payout was created.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn key_not_a_string_but_a_variable() {
    let complaint = acme().with("    description: The live host.", "    {host}: The live host.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn ambiguous_scalar() {
    let complaint = acme().with("summary: Pays somebody.", "summary: no").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn ambiguous_scalar_that_is_nearly_a_number() {
    let complaint = acme().with("summary: Pays somebody.", "summary: 012").complaint();
    assert_snapshot!(complaint, @"");
}

// The shape of the document.

#[test]
fn wrong_kind() {
    let complaint = acme().with("x-source: [docs]\n  /payouts/", "x-source: docs\n  /payouts/").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn wrong_kind_of_a_schema() {
    let complaint = acme().with("        status:\n          type: string\n          enum: [pending, paid]\n          description: How far it is.", "        status: string").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn wrong_kind_of_a_flag() {
    let complaint = acme().with("          required: true\n", "          required: 'true'\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn wrong_kind_of_an_operation() {
    let complaint = acme().adding("  /payouts/{payout_id}:", "    put: create").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn wrong_kind_of_security() {
    let complaint = acme().with("  - apiKey: []", "  - apiKey").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn wrong_kind_of_a_sources_page() {
    let complaint = acme().with("docs: https://docs.acme.example", "docs: [https://docs.acme.example]").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn wrong_kind_of_paths() {
    let complaint = acme().with("      summary: Pays somebody.", "      summary: [Pays somebody.]").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn known_keys() {
    let complaint = acme().with("summary: Pays somebody.", "sumary: Pays somebody.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn known_keys_far_from_all() {
    let complaint = acme().adding("      summary: Pays somebody.", "      rate-limit: 5").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn known_keys_of_a_schema() {
    let complaint = acme().with("          description: Your own id.", "          descripton: Your own id.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn known_keys_several() {
    let complaint = acme().with("    post:\n", "    # post:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn known_keys_of_the_root() {
    let complaint = acme().with("components:\n", "component:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn known_keys_of_a_resource_file() {
    let complaint = acme().file("specs/acme/payouts.yaml", "path: {}\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn missing_key() {
    let complaint = acme().with("      summary: Pays somebody.\n", "").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn missing_key_of_the_root() {
    let complaint = acme().with("servers:\n  - url: https://api.acme.example\n    description: The live host.\n    x-environment: Production\n", "").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn missing_key_operation_id() {
    let complaint = acme().with("      operationId: get_payout\n", "").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn missing_key_idempotency() {
    let complaint = acme().with("      x-idempotency: none\n", "").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn missing_key_reconcile() {
    let complaint = acme().with("      x-reconcile:\n        operation: get_payout\n        match: reference\n        how: Look for the reference.\n", "").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn missing_key_source() {
    let complaint = acme().with("      x-source: [docs]\n  /payouts/", "  /payouts/").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn missing_key_type() {
    let complaint = acme().with("          type: string\n          enum", "          enum").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn missing_key_schema() {
    let complaint = acme().with("            schema:\n              $ref: '#/components/schemas/PayoutRequest'\n", "").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn missing_key_content() {
    let complaint = acme().with("        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/PayoutRequest'\n            examples:\n              documented:\n                externalValue: examples/acme/create_payout.request.200.json\n", "").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn missing_key_external_value() {
    let complaint = acme().with("                externalValue: examples/acme/create_payout.request.200.json", "                summary: A payout.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unsupported_version() {
    let complaint = acme().with("openapi: 3.0.3", "openapi: 3.1.0").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn duplicate_component() {
    let complaint = acme().file("specs/acme/payouts.yaml", "components:\n  schemas:\n    PayoutId:\n      type: string\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_path_reference() {
    let complaint = acme().with("  /payouts/{payout_id}:\n    get:\n", "  /balance:\n    $ref: 'acme/balance.yaml#/paths/~1balances'\n  /payouts/{payout_id}:\n    get:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn path_differs() {
    let complaint = acme().adding("paths:", "  /balance:\n    $ref: 'acme/balance.yaml#/paths/~1balances'").file("specs/acme/balance.yaml", BALANCES).complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unused_path() {
    let complaint = acme().file("specs/acme/balance.yaml", BALANCES).complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_reference() {
    let complaint = acme().with("              $ref: '#/components/schemas/PayoutRequest'", "              $ref: '#/components/schemas/PayotRequest'").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_reference_to_a_response() {
    let complaint = acme().with("$ref: '#/components/responses/Failed'", "$ref: '#/components/responses/Broken'").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_reference_far_from_all() {
    let complaint = acme().adding("        reference:\n          type: string\n          description: Your own id.", "        account:\n          $ref: '#/components/schemas/Account'").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn misspelt_definition() {
    let complaint = acme().with("    Payout:\n", "    Payuot:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn malformed_reference() {
    let complaint = acme().with("            - $ref: '#/components/schemas/PayoutId'", "            - $ref: '#/schemas/PayoutId'").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn malformed_reference_to_a_whole_file() {
    let complaint = acme().with("$ref: '#/components/responses/Failed'", "$ref: acme/failed.yaml").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn reference_siblings() {
    let complaint = acme().adding("            $ref: '#/components/schemas/PayoutId'", "            description: The payout.\n            nullable: true").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_component_kind() {
    let complaint = acme().with("  schemas:\n", "  schema:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unused_component() {
    let complaint = acme().adding("  schemas:", "    Account:\n      type: object\n      properties:\n        number:\n          $ref: '#/components/schemas/AccountNumber'\n    AccountNumber:\n      type: string").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unused_component_response() {
    let complaint = acme().with("    Failed:\n", "    Refused:\n      description: It was refused.\n    Failed:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unused_component_that_only_refers_to_itself() {
    let complaint = acme().adding("  schemas:", "    Tree:\n      type: object\n      properties:\n        trees:\n          type: array\n          items:\n            $ref: '#/components/schemas/Tree'").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn circular_reference_through_another() {
    let complaint = acme().adding("  schemas:", "    Account:\n      oneOf:\n        - $ref: '#/components/schemas/Wallet'\n        - type: string\n    Wallet:\n      allOf:\n        - $ref: '#/components/schemas/Account'").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn circular_reference() {
    let complaint = acme().adding("  schemas:", "    Account:\n      allOf:\n        - $ref: '#/components/schemas/Account'").complaint();
    assert_snapshot!(complaint, @"");
}

// Schemas.

#[test]
fn unknown_type() {
    let complaint = acme().with("          type: integer", "          type: integr").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_type_far_from_all() {
    let complaint = acme().with("          type: integer", "          type: money").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_type_of_another_version() {
    let complaint = acme().with("          type: integer", "          type: [integer, 'null']").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_type_with_properties() {
    let complaint = acme().with("    Payout:\n      type: object", "    Payout:\n      type: objekt").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_format() {
    let complaint = acme().with("        reference:\n          type: string", "        reference:\n          type: string\n          format: datetime").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_format_of_an_integer() {
    let complaint = acme().with("          type: integer\n", "          type: integer\n          format: int128\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn number_without_unit() {
    let complaint = acme().with("          type: integer\n          x-unit: minor", "          type: number").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_unit() {
    let complaint = acme().with("x-unit: minor", "x-unit: minr").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_unit_far_from_all() {
    let complaint = acme().with("x-unit: minor", "x-unit: cents").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn minor_unit_needs_integer() {
    let complaint = acme().with("          type: integer", "          type: number").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn no_effect() {
    let complaint = acme().with("            - $ref: '#/components/schemas/PayoutId'\n", "            - $ref: '#/components/schemas/PayoutId'\n          required: [id]\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn misplaced_keywords() {
    let complaint = acme().with("    PayoutRequest:\n      type: object", "    PayoutRequest:\n      type: string").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn misplaced_keywords_a_limit() {
    let complaint = acme().with("          type: integer\n", "          type: integer\n          maxLength: 5\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn type_beside_reference() {
    let complaint = acme().with("          allOf:\n", "          type: object\n          allOf:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn items_missing() {
    let complaint = acme().with("          type: integer\n          x-unit: minor", "          type: array").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn required_not_a_property() {
    let complaint = acme().with("required: [id, status]", "required: [id, state]").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn required_not_a_property_misspelt() {
    let complaint = acme().with("        - amount\n", "        - amuont\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn required_not_a_property_of_that_spelling() {
    let complaint = acme().with("        amount:\n", "        amuont:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn required_without_properties() {
    let complaint = acme().with("      required: [id, status]\n      properties:\n        id:\n          allOf:\n            - $ref: '#/components/schemas/PayoutId'\n          description: Its id.\n        status:\n          type: string\n          enum: [pending, paid]\n          description: How far it is.\n", "      required: [id, status]\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn duplicate_value() {
    let complaint = acme().with("required: [id, status]", "required: [id, status, id]").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn duplicate_value_of_an_enum() {
    let complaint = acme().with("enum: [pending, paid]", "enum: [pending, pending]").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn enum_value_not_a_string() {
    let complaint = acme().with("enum: [pending, paid]", "enum: [pending, 1]").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn enum_value_not_a_string_but_null() {
    let complaint = acme().with("enum: [pending, paid]", "enum: [pending, null]").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn enum_descriptions_incomplete() {
    let complaint = acme().adding("          enum: [pending, paid]", "          x-enumDescriptions:\n            pending: Not yet.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn enum_description_unknown() {
    let complaint = acme().adding("          enum: [pending, paid]", "          x-enumDescriptions:\n            pending: Not yet.\n            paid: Done.\n            refused: Never.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn enum_description_differs() {
    let complaint = acme().adding("          enum: [pending, paid]", "          x-enumDescriptions:\n            pending: Not yet.\n            payed: Done.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn enum_varnames_count() {
    let complaint = acme().adding("          enum: [pending, paid]", "          x-enum-varnames: [Pending]").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn not_a_variant_name() {
    let complaint = acme().adding("          enum: [pending, paid]", "          x-enum-varnames: [Pending, 2paid]").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn nullable_without_type() {
    let complaint = acme().with("            - $ref: '#/components/schemas/PayoutId'\n", "            - $ref: '#/components/schemas/PayoutId'\n          nullable: true\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unsupported_composition() {
    let complaint = acme().with("            - $ref: '#/components/schemas/PayoutId'\n", "            - $ref: '#/components/schemas/PayoutId'\n            - type: object\n              properties:\n                note:\n                  type: string\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unsupported_composition_beside_another() {
    let complaint = acme().with("          description: Its id.", "          oneOf:\n            - type: string").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn discriminator_mapping() {
    let complaint = acme().with("        status:\n          type: string\n          enum: [pending, paid]\n          description: How far it is.", "        status:\n          type: string\n        account:\n          oneOf:\n            - $ref: '#/components/schemas/BankAccount'\n            - $ref: '#/components/schemas/Wallet'\n          discriminator:\n            propertyName: kind\n            mapping:\n              bank: '#/components/schemas/BankAccuont'\n              wallet: '#/components/schemas/Wallet'").adding("  schemas:", ACCOUNTS).complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn member_clash() {
    let complaint = acme().with("        amount:\n", "        your_reference:\n          type: string\n        yourReference:\n          type: string\n        amount:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn member_clash_of_enum_values() {
    let complaint = acme().with("enum: [pending, paid]", "enum: [pending, PENDING]").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn type_clash() {
    let complaint = acme().adding("  schemas:", "    PayoutStatus:\n      type: string").with("        amount:\n          type", "        status:\n          $ref: '#/components/schemas/PayoutStatus'\n        amount:\n          type").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn type_clash_with_a_call() {
    let complaint = acme().with("operationId: get_payout", "operationId: payout").with("operation: get_payout", "operation: payout").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn reserved_name() {
    let complaint = acme().adding("  schemas:", "    Money:\n      type: string").with("        amount:\n          type", "        money:\n          $ref: '#/components/schemas/Money'\n        amount:\n          type").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn reserved_name_of_an_operation() {
    let complaint = acme().with("operationId: get_payout", "operationId: builder").with("operation: get_payout", "operation: builder").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn reserved_name_of_a_value() {
    let complaint = acme().with("enum: [pending, paid]", "enum: [pending, unrecognized]").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn not_a_type_name() {
    let complaint = acme().adding("  schemas:", "    bankIBAN:\n      type: string").with("        amount:\n          type", "        iban:\n          $ref: '#/components/schemas/bankIBAN'\n        amount:\n          type").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn not_an_operation_id() {
    let complaint = acme().with("operationId: get_payout", "operationId: getPayout").with("operation: get_payout", "operation: getPayout").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn new_without_type() {
    let complaint = acme().adding("          description: Your own id.", "          x-new: integr").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn bad_number() {
    let complaint = acme().adding("          description: Your own id.", "          maxLength: -1").complaint();
    assert_snapshot!(complaint, @"");
}

// Operations, parameters and answers.

#[test]
fn duplicate_operation() {
    let complaint = acme().with("operationId: get_payout", "operationId: create_payout").with("operation: get_payout", "operation: create_payout").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn path_syntax() {
    let complaint = acme().with("  /payouts:\n", "  payouts:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn path_syntax_of_a_query() {
    let complaint = acme().with("  /payouts:\n", "  /payouts?version=1:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn undeclared_path_parameter() {
    let complaint = acme().with("- name: payout_id", "- name: payuot_id").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn undeclared_path_parameter_far_from_all() {
    let complaint = acme().with("  /payouts:\n", "  /groups/{group_id}/payouts:\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unused_path_parameter() {
    let complaint = acme().with("  /payouts/{payout_id}:", "  /payouts/latest:").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn duplicate_parameter() {
    let complaint = acme().adding("      parameters:", "        - name: payout_id\n          in: path\n          required: true\n          description: The payout.\n          schema:\n            type: string").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn parameter_style() {
    let complaint = acme().adding("          in: path", "          style: matrix").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn parameter_shape() {
    let complaint = acme().adding("      parameters:", "        - name: filter\n          in: query\n          description: What to read.\n          schema:\n            type: object").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn path_parameter_optional() {
    let complaint = acme().with("          in: path\n          required: true", "          in: path").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn media_type() {
    let complaint = acme().with("          application/json:\n            schema:\n              $ref: '#/components/schemas/PayoutRequest'", "          application/xml:\n            schema:\n              $ref: '#/components/schemas/PayoutRequest'").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn status() {
    let complaint = acme().with("        '200':\n          description: The payout.", "        '20O':\n          description: The payout.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn status_of_four_digits() {
    let complaint = acme().with("        '200':\n          description: The payout.", "        '0200':\n          description: The payout.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn status_range_of_successes() {
    let complaint = acme().with("        '200':\n          description: The payout.", "        2XX:\n          description: The payout.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn no_success() {
    let complaint = acme().with("        '200':\n          description: The payout.", "        '404':\n          description: The payout.").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn successes_differ() {
    let complaint = acme().adding("          description: The payout was created.\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/Payout'", "        '202':\n          description: The payout will be created.\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/PayoutId'").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_scheme() {
    let complaint = acme().with("  - apiKey: []", "  - apikey: []").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unsupported_scheme() {
    let complaint = acme().with("      in: header", "      in: query").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn signature() {
    let complaint = acme().with("      name: x-api-key", "      name: x-api-key\n      x-signature:\n        algorithm: hmac-sha256\n        secret: apiSecret\n        message: '{epochMilis}'\n        value: '{signature}'").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn signature_algorithm() {
    let complaint = acme().with("      name: x-api-key", "      name: x-api-key\n      x-signature:\n        algorithm: md5\n        secret: apiSecret\n        message: '{epochMillis}'\n        value: '{signature}'").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_source() {
    let complaint = acme().with("x-source: [docs]\ncomponents", "x-source: [doc]\ncomponents").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_source_everywhere() {
    let complaint = acme().with("  docs: https", "  dcos: https").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unused_source() {
    let complaint = acme().adding("x-sources:", "  old: https://old.acme.example").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn idempotency() {
    let complaint = acme().with("x-idempotency: none", "x-idempotency: nnoe").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn idempotency_header() {
    let complaint = acme().with("x-idempotency: none", "x-idempotency: {header: Idempotency-Key}").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn reconcile() {
    let complaint = acme().with("        operation: get_payout\n", "").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn reconcile_operation() {
    let complaint = acme().with("        operation: get_payout", "        operation: get_payuot").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn server() {
    let complaint = acme().with("    x-environment: Production\n", "").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn server_url() {
    let complaint = acme().with("https://api.acme.example", "https://api.acme.example/").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn server_variable() {
    let complaint = acme().with("https://api.acme.example", "https://{region}.acme.example").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn server_environment() {
    let complaint = acme().with("x-environment: Production", "x-environment: live host").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn safe_operation_key() {
    let complaint = acme().adding("      summary: Reads a payout.", "      x-idempotency: none").complaint();
    assert_snapshot!(complaint, @"");
}

// Samples.

#[test]
fn sample_fits_another() {
    let complaint = acme()
        .with("              $ref: '#/components/schemas/PayoutRequest'\n", "              $ref: '#/components/schemas/Payout'\n")
        .complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unknown_sample() {
    let complaint = acme().with("create_payout.request.200.json", "create_payuot.request.200.json").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn unused_sample() {
    let complaint = acme().with("            examples:\n              documented:\n                externalValue: examples/acme/create_payout.request.200.json\n", "").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn sample_name() {
    let complaint = acme().with("                $ref: '#/components/schemas/Payout'\n        default", "                $ref: '#/components/schemas/PayoutRequest'\n              examples:\n                documented:\n                  externalValue: examples/acme/create_payout.request.200.json\n        default").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn sample_contradicts() {
    let complaint = acme().sample("{\n  \"reference\": 5,\n  \"amount\": 1\n}\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn sample_contradicts_in_a_member_that_is_not_declared() {
    let complaint = acme().sample("{\n  \"refrence\": \"r\",\n  \"amount\": 1\n}\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn sample_contradicts_in_a_member_that_is_missing() {
    let complaint = acme().sample("{\n  \"amount\": 1\n}\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn sample_contradicts_in_null() {
    let complaint = acme().sample("{\n  \"reference\": null,\n  \"amount\": 1\n}\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn sample_contradicts_in_an_enum() {
    let complaint = acme().with("        reference:\n          type: string", "        reference:\n          type: string\n          enum: [invoice, wages]").sample("{\n  \"reference\": \"invoce\",\n  \"amount\": 1\n}\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn sample_contradicts_in_a_format() {
    let complaint = acme().with("        reference:\n          type: string", "        reference:\n          type: string\n          format: date").sample("{\n  \"reference\": \"31.12.2026\",\n  \"amount\": 1\n}\n").complaint();
    assert_snapshot!(complaint, @"");
}

#[test]
fn sample_contradicts_in_a_limit() {
    let complaint = acme().with("        reference:\n          type: string", "        reference:\n          type: string\n          maxLength: 3").sample("{\n  \"reference\": \"four\",\n  \"amount\": 1\n}\n").complaint();
    assert_snapshot!(complaint, @"");
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
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_key_of_a_schema() {
    let complaint = mistyped("    WalletPayoutRequest:\n      type: object\n", "    WalletPayoutRequest:\n      typ: object\n");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_properties() {
    let complaint = mistyped(
        "      properties:\n        payment_method_id:",
        "      propertis:\n        payment_method_id:",
    );
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_reference() {
    let complaint = mistyped(
        "                $ref: '#/components/schemas/WalletPayout'\n",
        "                $ref: '#/components/schemas/WaletPayout'\n",
    );
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_reference_to_another_schema() {
    let complaint = mistyped(
        "                $ref: '#/components/schemas/WalletPayout'\n",
        "                $ref: '#/components/schemas/WalletTransaction'\n",
    );
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_reference_to_a_response() {
    let complaint = mistyped(
        "        default:\n          $ref: '#/components/responses/UnexpectedError'\n      x-idempotency: none\n      x-reconcile:\n        operation: get_transaction_report\n        match: amount\n        how: >-\n          Ask for `payment_types=payout`",
        "        default:\n          $ref: '#/components/responses/UnexpectdError'\n      x-idempotency: none\n      x-reconcile:\n        operation: get_transaction_report\n        match: amount\n        how: >-\n          Ask for `payment_types=payout`",
    );
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_name_of_a_schema() {
    let complaint = mistyped("    PaymentMethodId:\n", "    PaymentMethdId:\n");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_type() {
    let complaint = mistyped("    WalletPayout:\n      type: object", "    WalletPayout:\n      type: strng");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_type_that_exists() {
    let complaint = mistyped("    WalletPayout:\n      type: object", "    WalletPayout:\n      type: string");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_type_of_an_amount() {
    let complaint = mistyped(
        "        amount:\n          type: integer\n          format: uint64\n          minimum: 0\n          description: |-\n            How much to pay, in US",
        "        amount:\n          type: string\n          format: uint64\n          minimum: 0\n          description: |-\n            How much to pay, in US",
    );
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_enum_value_that_a_sample_uses() {
    let complaint = mistyped("        - 'settled'\n", "        - 'setled'\n");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_enum_value_with_a_meaning() {
    let complaint = mistyped("        - 'transaction.settlement'\n", "        - 'transaction.setlement'\n");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_indentation_too_little() {
    let complaint = mistyped("        payment_method_id:\n          allOf:", "      payment_method_id:\n          allOf:");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_indentation_too_much() {
    let complaint = mistyped("        payment_method_id:\n          allOf:", "          payment_method_id:\n          allOf:");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_indentation_of_a_list_item() {
    let complaint = mistyped("        - 'Mastercard'\n", "          - 'Mastercard'\n");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_indentation_of_a_schema() {
    let complaint = mistyped("    GroupId:\n      type: string", "   GroupId:\n      type: string");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_key_twice() {
    let complaint = mistyped(
        "    WalletPayoutRequest:\n      type: object\n",
        "    WalletPayoutRequest:\n      type: object\n      type: object\n",
    );
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_no_without_quotes() {
    let complaint = mistyped("  version: '1'\n", "  version: no\n");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_path_of_a_sample() {
    let complaint = mistyped(
        "externalValue: examples/revere/create_wallet_payout.request.200.json",
        "externalValue: examples/revere/create_walet_payout.request.200.json",
    );
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_property() {
    let complaint = mistyped("        payment_method_id:\n", "        payment_metod_id:\n");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_property_that_is_not_required() {
    let complaint = mistyped_in("acceptify", "        suba_name:\n", "        sub_name:\n");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_required_member() {
    let complaint = mistyped("        - payment_method_id\n", "        - payment_method\n");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_status_without_quotes() {
    let complaint = mistyped(
        "      responses:\n        '200':\n          description: The payout was created.",
        "      responses:\n        200:\n          description: The payout was created.",
    );
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_source() {
    let complaint = mistyped("      x-source: [seed, keys, wset]\n", "      x-source: [sed, keys, wset]\n");
    assert_snapshot!(complaint, @"");
}

#[test]
fn mistyped_unit_left_out() {
    let complaint = mistyped("x-unit: minor\n          x-source: [ref, whi]\n        authorized_amount", "x-unt: minor\n          x-source: [ref, whi]\n        authorized_amount");
    assert_snapshot!(complaint, @"");
}

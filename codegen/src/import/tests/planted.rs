//! One mistake gives one complaint, where it is.

use super::*;

/// A document of which nothing has to be said.
const ACME: &str = "openapi: 3.1.0
info: {title: Acme, version: '1', description: Pays.}
servers:
- url: https://api.acme.example
  description: Live.
security:
- oauth: [pay]
paths:
  /payouts:
    post:
      operationId: create_payout
      summary: Pays.
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Request'}
      responses:
        '201':
          description: Paid.
          headers:
            Location:
              schema: {type: string}
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Payout'}
              examples:
                one: {$ref: '#/components/examples/One'}
  /payouts/{id}:
    get:
      operationId: get_payout
      summary: Reads.
      parameters:
      - {$ref: '#/components/parameters/Id'}
      - name: page
        in: query
        schema:
          type: integer
          minimum: 1
          maximum: 100
          default: 1
      responses:
        '200':
          description: Read.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Payout'}
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: /token
          scopes: {pay: Pays., read: Reads.}
    key: {type: apiKey, in: header, name: x-key}
  examples:
    One: {value: {id: a}}
  parameters:
    Id:
      name: id
      in: path
      required: true
      schema: {type: string}
  schemas:
    Request:
      type: object
      required:
      - reference
      - method
      properties:
        reference:
          type: string
          minLength: 1
          maxLength: 9
        method:
          oneOf:
          - $ref: '#/components/schemas/Card'
          - $ref: '#/components/schemas/Bank'
          discriminator:
            propertyName: kind
            mapping:
              card: '#/components/schemas/Card'
              bank: '#/components/schemas/Bank'
    Card:
      type: object
      properties:
        kind: {type: string, enum: [card]}
        expiry: {type: string}
    Bank:
      type: object
      properties:
        kind: {type: string, enum: [bank]}
        code: {type: string, format: date}
    Payout:
      type: object
      properties:
        id: {type: string}
        state:
          type: string
          default: open
          enum: [open, paid]
";

/// What is said about the document with one text in place of another.
#[track_caller]
fn planted(tries: &[(&str, &str)]) -> String {
    let mut told: Vec<String> = Vec::new();
    for (old, new) in tries {
        assert_eq!(ACME.matches(old).count(), 1, "{old:?} stands once in the document");
        let text = ACME.replace(old, new);
        let said = match import(&source(&[("acme.yaml", &text)]), ImportOptions::default()) {
            Ok(imported) => lines(&imported.warnings),
            Err(complaints) => lines(&complaints),
        };
        assert_eq!(said.lines().count(), 1, "{new:?} is one mistake:\n{said}");
        told.push(said);
    }
    told.join("\n")
}

#[test]
fn nothing_has_to_be_said() {
    assert_snapshot!(lines(&imported(&[("acme.yaml", ACME)]).warnings), @"");
}

#[test]
fn keys_that_are_misspelt() {
    assert_snapshot!(planted(&[
        ("servers:", "server:"),
        ("title: Acme", "titel: Acme"),
        ("- url:", "- uri:"),
        ("    post:", "    pots:"),
        ("      operationId: get_payout", "      operationID: get_payout"),
        ("      responses:\n        '200'", "      response:\n        '200'"),
        ("      requestBody:\n        required", "      requestBody:\n        requird"),
        ("          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Payout'}\n              examples", "          contents:\n            application/json:\n              schema: {$ref: '#/components/schemas/Payout'}\n              examples"),
        ("              schema: {type: string}", "              shema: {type: string}"),
        ("        in: query", "        im: query"),
        ("        schema:\n          type: integer", "        shema:\n          type: integer"),
        ("  parameters:\n    Id", "  parametrs:\n    Id"),
        ("  securitySchemes:", "  securitySchema:"),
        ("      flows:", "      flow:"),
        ("          maxLength: 9", "          maxlength: 9"),
        ("      required:\n      - ref", "      require:\n      - ref"),
        ("            propertyName: kind", "            propertyname: kind"),
        ("            mapping:", "            mappings:"),
    ]), @"
    acme.yaml:3:1: ignored-key: the root has no key `server`, ignored
    acme.yaml:2:8: ignored-key: `info` has no key `titel`, ignored
    acme.yaml:4:3: unknown-key: a server has no key `uri`, unknown key
    acme.yaml:10:5: ignored-key: a path has no key `pots`, ignored
    acme.yaml:31:7: ignored-key: an operation has no key `operationID`, ignored
    acme.yaml:42:7: ignored-key: an operation has no key `response`, ignored
    acme.yaml:14:9: ignored-key: a request body has no key `requird`, ignored
    acme.yaml:24:11: ignored-key: a response has no key `contents`, ignored
    acme.yaml:23:15: ignored-key: a header has no key `shema`, ignored
    acme.yaml:36:9: unknown-key: a parameter has no key `im`, unknown key
    acme.yaml:37:9: ignored-key: a parameter has no key `shema`, ignored
    acme.yaml:59:3: unknown-key: `components` has no key `parametrs`, unknown key
    acme.yaml:49:3: unknown-key: `components` has no key `securitySchema`, unknown key
    acme.yaml:52:7: unknown-key: a security scheme has no key `flow`, unknown key
    acme.yaml:75:11: ignored-key: a schema has no key `maxlength`, ignored
    acme.yaml:68:7: ignored-key: a schema has no key `require`, ignored
    acme.yaml:81:13: ignored-key: a discriminator has no key `propertyname`, ignored
    acme.yaml:82:13: ignored-key: a discriminator has no key `mappings`, ignored
    ");
}

#[test]
fn values_of_another_kind() {
    assert_snapshot!(planted(&[
        ("summary: Reads.", "summary: [Reads.]"),
        ("summary: Reads.", "summary:"),
        ("        required: true\n", "        required: 'true'\n"),
        ("      required: true\n      schema", "      required: 'true'\n      schema"),
        ("          headers:\n            Location:\n              schema: {type: string}\n", "          headers: [Location]\n"),
        ("security:\n- oauth: [pay]", "security: {oauth: [pay]}"),
        ("security:\n- oauth: [pay]", "security: {$ref: '#/components/securitySchemes/oauth'}"),
    ]), @"
    acme.yaml:32:16: wrong-kind: `summary` must be a string, this is a list
    acme.yaml:32:14: wrong-kind: `summary` must be a string, this is null
    acme.yaml:14:19: wrong-kind: `required` must be `true` or `false`, this is a string
    acme.yaml:63:17: wrong-kind: `required` must be `true` or `false`, this is a string
    acme.yaml:21:20: wrong-kind: `headers` must be a mapping, this is a list
    acme.yaml:6:11: wrong-kind: `security` must be a list, this is a mapping
    acme.yaml:6:11: wrong-kind: `security` must be a list, this is a mapping
    ");
}

#[test]
fn references_that_are_wrong() {
    assert_snapshot!(planted(&[
        ("parameters/Id'", "parameters/ID'"),
        ("parameters/Id'", "schemas/Card'"),
        ("schema: {$ref: '#/components/schemas/Request'}", "schema: {$ref: Request}"),
        ("schema: {$ref: '#/components/schemas/Request'}", "schema: {$ref: '#/definitions/Request'}"),
        ("schema: {$ref: '#/components/schemas/Request'}", "schema: {$ref: '#/components/parameters/Id'}"),
        ("examples/One'", "examples/one'"),
    ]), @"
    acme.yaml:34:16: unknown-reference: `$ref` names a parameter that does not exist, no parameter is called `ID`
    acme.yaml:34:16: wrong-kind: `$ref` must be a reference to a parameter, this is a schema
    acme.yaml:17:28: malformed-reference: this `$ref` does not point at a schema, cannot be followed
    acme.yaml:17:28: malformed-reference: this `$ref` does not point at a schema, cannot be followed
    acme.yaml:17:28: wrong-kind: `$ref` must be a reference to a schema, this is a parameter
    acme.yaml:28:29: unknown-reference: `$ref` names an example that does not exist, no example is called `one`
    ");
}

#[test]
fn names_that_do_not_meet() {
    assert_snapshot!(planted(&[
        ("/payouts/{id}:", "/payouts/{payout}:"),
        ("      - {$ref: '#/components/parameters/Id'}\n", ""),
        ("      required: true\n      schema", "      required: false\n      schema"),
        ("  /payouts/{id}:\n", "  /payouts/{name}:\n    parameters: [{name: name, in: path, required: true, schema: {type: string}}]\n    delete:\n      operationId: cancel\n      summary: Cancels.\n      responses: {'204': {description: Gone.}}\n  /payouts/{id}:\n"),
        ("- url: https://api.acme.example", "- url: https://{zone}.acme.example"),
        ("- url: https://api.acme.example", "- url: https://{zone}.acme.example\n  variables: {region: {default: eu}}"),
        ("- url: https://api.acme.example", "- url: https://api.acme.example\n  variables: {region: {default: eu}}"),
        ("- oauth: [pay]", "- oauth: [pays]"),
        ("      - method\n", "      - methods\n"),
        ("      - method\n", "      - method\n      - reference\n"),
        ("            propertyName: kind", "            propertyName: kin"),
        ("            propertyName: kind\n", ""),
        ("              bank: '#/components/schemas/Bank'", "              bank: '#/components/schemas/Bnak'"),
        ("in: header", "in: head"),
    ]), @"
    acme.yaml:29:12: assumed: the path names `{payout}`, and the parameter is called `id`, it is a string
    acme.yaml:29:12: assumed: the path names `{id}`, which no parameter declares, it is a string
    acme.yaml:63:17: assumed: the path parameter `id` is not required, it is: a path has all its parts
    acme.yaml:35:3: path-twice: the paths `/payouts/{id}` and `/payouts/{name}` are one, differs only in the names of parameters
    acme.yaml:4:16: assumed: the URL names `{zone}`, which is not declared, the caller gives its value
    acme.yaml:4:16: assumed: the URL names `{zone}`, and `region` is declared, the caller gives its value
    acme.yaml:5:15: left-out: `region` is left out, no effect on the client
    acme.yaml:7:11: assumed: `oauth` has no scope `pays`, did you mean `pay`?
    acme.yaml:70:9: assumed: `required` names `methods`, but the property is called `method`, it is a member of any kind
    acme.yaml:71:9: duplicate-value: `reference` stands twice, again here
    acme.yaml:81:27: discriminator-property: no alternative has the member `kin`, tells nothing apart
    acme.yaml:81:13: assumed: a discriminator without `propertyName`, the alternatives are told apart otherwise
    acme.yaml:84:21: discriminator-mapping: the discriminator maps to `#/components/schemas/Bnak`, which is not an alternative, no such alternative
    acme.yaml:56:29: unsupported-scheme: a key in the `head`, which is not `header`, `query` or `cookie`, is not supported, here
    ");
}

#[test]
fn values_that_contradict() {
    assert_snapshot!(planted(&[
        ("default: open", "default: opne"),
        ("default: 1", "default: one"),
        ("default: 1", "default: 500"),
        ("minimum: 1", "minimum: 1000"),
        ("minLength: 1", "minLength: 10"),
        ("format: date", "format: dat"),
        ("        id: {type: string}", "        id: {type: string, allOf: [{type: integer}]}"),
        ("        id: {type: string}", "        id: {type: array}"),
    ]), @"
    acme.yaml:101:20: value-contradicts: the default `opne` contradicts its schema, did you mean `open`?
    acme.yaml:41:20: value-contradicts: the default `one` contradicts its schema, this is a string, and `type` says `integer`
    acme.yaml:41:20: value-contradicts: the default `500` contradicts its schema, more than `maximum`
    acme.yaml:39:20: empty-range: `minimum` is more than `maximum`, no value is at least this
    acme.yaml:74:22: empty-range: `minLength` is more than `maxLength`, no value is at least this
    acme.yaml:94:38: unknown-format: `string` has no format `dat`, unknown format
    acme.yaml:98:43: assumed: the parts of a schema have types that exclude each other, the first one counts
    acme.yaml:98:20: assumed: nothing is said about the items of a list, they are JSON of any kind
    ");
}

#[test]
fn yaml_that_is_none() {
    assert_snapshot!(planted(&[
        ("      - method\n", "      -method\n"),
        ("        in: query", "        in:query"),
        ("enum: [open, paid]\n", "enum: [open, paid\n"),
        ("enum: [open, paid]\n", "enum: [\n  open paid: 1,\n  'open' paid]\n"),
        ("      operationId: get_payout", "\toperationId: get_payout"),
        ("components:\n", "---\ncomponents:\n"),
    ]), @"
    acme.yaml:70:7: yaml-slip: not YAML: no space stands behind the dash, here
    acme.yaml:36:9: yaml-slip: not YAML: no space stands behind the colon, here
    acme.yaml:102:17: yaml-slip: not YAML: a bracket is not closed, here
    acme.yaml:104:10: yaml-syntax: not YAML: invalid trailing content after double-quoted scalar, the file stops making sense here
    acme.yaml:31:1: yaml-slip: not YAML: a tab in the indentation, here
    acme.yaml:48:1: second-document: a second document, begins here
    ");
}

#[test]
fn json_that_is_none() {
    let tries = [
        "{\"openapi\": \"3.0.3\",}",
        "{\"openapi\": \"3.0.3\", \"openapi\": 1}",
        "{\"openapi\": \"3.0.3\" \"paths\": {}}",
        "{\"openapi\": '3.0.3'}",
        "{\"openapi\": True}",
        "{ // said\n\"openapi\": 1}",
        "{\"openapi\": \"3.0.3\"",
    ];
    let told: Vec<String> = tries.iter().map(|it| lines(&refused(&[("acme.json", it)]))).collect();
    assert_snapshot!(told.join("\n"), @"
    acme.json:1:21: json-document-syntax: not JSON, nothing stands behind the comma
    acme.json:1:22: json-document-syntax: not JSON, this member stands twice
    acme.json:1:21: json-document-syntax: not JSON, no comma stands before this
    acme.json:1:13: json-document-syntax: not JSON, another quote
    acme.json:1:13: json-document-syntax: not JSON, not a value of JSON
    acme.json:1:3: json-document-syntax: not JSON, a comment
    acme.json:1:20: json-document-syntax: not JSON, ends too early
    ");
}

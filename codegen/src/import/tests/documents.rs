//! Documents as a whole: files, versions, servers, security, webhooks.

use super::*;

const PATHS: &str =
    "paths: {/a: {get: {operationId: a, summary: A., responses: {'204': {description: Done.}}}}}";

#[track_caller]
fn head(text: &str) -> String {
    let document = format!("openapi: 3.1.0\ninfo: {{title: Acme}}\n{text}\n{PATHS}\n");
    shown(&imported(&[("acme.yaml", &document)]), "x-sources:", "\npaths:")
}

#[test]
fn servers_and_their_environments() {
    assert_snapshot!(head("servers:\n  - {url: 'https://{region}.acme.example/v1/', description: Live}\n  - {url: https://sandbox.acme.example}\n  - {url: http://localhost}"), @"
      document: Acme

    servers:
      - url: https://{region}.acme.example/v1
        description: Live
        x-environment: Production
        variables:
          region:
            default: ''
            description: A part of the URL.
      - url: https://sandbox.acme.example
        description: Sandbox
        x-environment: Sandbox

    acme.yaml:4:20: assumed: the URL names `{region}`, which is not declared, the caller gives its value
    acme.yaml:6:11: assumed: `http://localhost` is not a base URL that is safe to use, the caller has to give one
    ");
}

#[test]
fn servers_that_nobody_can_use() {
    assert_snapshot!(head("servers: [{url: /v1}]"), @"
      document: Acme

    servers:
      - url: https://undocumented.example/v1
        description: No host is documented.
        x-undocumented: true

    acme.yaml:3:17: assumed: `/v1` is not a base URL that is safe to use, the caller has to give one
    ");
}

#[test]
fn credentials_whose_names_collide() {
    let text = "components:\n  securitySchemes:\n    api_key: {type: apiKey, in: header, name: X-Key, x-other: 1}\n    ApiKey: {type: http, scheme: bearer}\n    http: {type: http, scheme: basic}\nsecurity: [{ApiKey: []}, {http: []}]\nservers: [{url: https://a.example}]";
    let document = format!("openapi: 3.1.0\ninfo: {{title: Acme}}\n{text}\n{PATHS}\n");
    assert_snapshot!(shown(&imported(&[("acme.yaml", &document)]), "security:", "\u{0}"), @"
      - api_key_2: []
      - http_value: []

    paths:
      /a:
        get:
          operationId: a
          summary: A.
          x-source:
            - document
          responses:
            '204':
              description: Done.

    components:
      securitySchemes:
        api_key:
          type: apiKey
          in: header
          name: X-Key

        api_key_2:
          type: http
          scheme: bearer

        http_value:
          type: http
          scheme: basic
    ");
}

#[test]
fn webhooks_of_openapi_3_1() {
    let text = "openapi: 3.1.0\ninfo: {title: Acme}\nwebhooks:\n  payout.paid:\n    post:\n      requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}\n      responses: {'200': {description: Thanks.}}\n  empty: {post: {responses: {}}}\n";
    assert_snapshot!(shown(&imported(&[("acme.yaml", text)]), "x-webhooks:", "\u{0}"), @"
      payout.paid:
        post:
          operationId: payout_paid_event
          summary: Payout paid event.
          x-source:
            - document
          requestBody:
            content:
              application/json:
                schema:
                  $ref: '#/components/schemas/PayoutPaidEventPayload'
          x-verification:
            none: The document says nothing about it.
          responses:
            '200':
              description: The event was received.

    paths: {}

    components:
      schemas:
        PayoutPaidEventPayload:
          type: object
          properties:
            id:
              type: string
              description: Id.
          description: Payout paid event payload.

    acme.yaml:5:5: assumed: an operation without `operationId`, it is called `payout_paid_event`
    acme.yaml:5:5: assumed: an operation without `summary`, its id stands in for it
    acme.yaml:8:11: assumed: an operation without `operationId`, it is called `empty_event`
    acme.yaml:8:11: assumed: an operation without `summary`, its id stands in for it
    acme.yaml:8:11: left-out: `empty` is left out, no effect on the client
    ");
}

#[test]
fn parts_in_other_files() {
    let root = "openapi: 3.0.3\ninfo: {title: Acme}\nservers: [{url: https://a.example}]\npaths: {/a: {$ref: paths/a.yaml}}\n";
    let path = "get:\n  operationId: a\n  summary: A.\n  responses:\n    200: {$ref: '../shared.yaml#/ok'}\n";
    let shared =
        "ok:\n  description: Fine.\n  content: {application/json: {schema: {$ref: thing.yaml}}}\n";
    let thing = "type: object\nproperties: {id: {type: string}}\n";
    let files = [
        ("api/acme.yaml", root),
        ("api/paths/a.yaml", path),
        ("api/shared.yaml", shared),
        ("api/thing.yaml", thing),
    ];
    assert_snapshot!(shown(&imported(&files), "paths:", "\u{0}"), @"
      /a:
        get:
          operationId: a
          summary: A.
          x-source:
            - document
          responses:
            '200':
              description: Fine.
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/Thing'

    components:
      schemas:
        Thing:
          type: object
          properties:
            id:
              type: string
              description: Id.
          description: Thing.
    ");
}

#[test]
fn anchors_and_merged_keys() {
    let text = document(
        "    Thing:\n      properties: &all {a: &text {type: string}, b: *text}\n    Other: {properties: {<<: *all, c: {type: string}}}\n",
    );
    let text = text.replace("'#/components/schemas/Thing'", "'#/components/schemas/Other'");
    assert_snapshot!(shown(&imported(&[("acme.yaml", &text)]), "  schemas:", "\u{0}"), @"
        Other:
          type: object
          properties:
            c:
              type: string
              description: C.
            a:
              type: string
              description: A.
            b:
              type: string
              description: B.
          description: Other.

    acme.yaml:17:5: left-out: `Thing` is left out, no effect on the client
    ");
}

#[test]
fn titles_and_summaries_become_one_line() {
    let document = PATHS.replace("A.", "\"Reads\\n - all.\"");
    let document = format!("openapi: 3.1.0\ninfo: {{title: \"Acme\\n- pays\"}}\n{document}\n");
    let files = imported(&[("acme.yaml", &document)]).output.files;
    let has = |line: &str| files.iter().any(|(_, text)| text.lines().any(|it| it == line));
    assert!(has("//! The client for Acme - pays and how it is built."));
    assert!(has("    /// Reads - all."));
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        assert!(syn::parse_file(text).is_ok(), "{path}");
    }
}

#[test]
fn what_is_refused() {
    let tries = [
        ("swagger.json", "{\"swagger\": \"2.0\"}".to_owned()),
        ("new.yaml", "openapi: 4.0.0\n".to_owned()),
        ("none.yaml", "a: 1\n".to_owned()),
        ("list.yaml", "- 1\n".to_owned()),
        ("empty.yaml", String::new()),
        ("broken.json", "{\"openapi\": \"3.0.3\",}".to_owned()),
        ("twice.yaml", "openapi: 3.0.3\nopenapi: 3.0.3\n".to_owned()),
        ("loop.yaml", "a: &a [*a]\n".to_owned()),
        (
            "gone.yaml",
            document(
                "    Thing: {properties: {a: {$ref: '#/components/schemas/Thong'}}}\n    Thang: {type: string}\n",
            ),
        ),
        ("file.yaml", document("    Thing: {properties: {a: {$ref: 'other.yaml#/a'}}}\n")),
        (
            "remote.yaml",
            document("    Thing: {properties: {a: {$ref: 'https://acme.example/a.json'}}}\n"),
        ),
        (
            "circle.yaml",
            document(
                "    Thing: {$ref: '#/components/schemas/Other'}\n    Other: {$ref: '#/components/schemas/Thing'}\n",
            ),
        ),
        (
            "type.yaml",
            document(
                "    Thing: {properties: {a: {type: strng}, b: {type: 5}, c: 7}, required: id}\n",
            ),
        ),
    ];
    let told: Vec<String> =
        tries.iter().map(|(path, text)| lines(&refused(&[(path, text)]))).collect();
    assert_snapshot!(told.join("\n"), @"
    swagger.json:1:13: foreign-version: `2.0` is not a version of OpenAPI that is read here, here
    new.yaml:1:10: foreign-version: `4.0.0` is not a version of OpenAPI that is read here, here
    none.yaml:1:1: missing-key: the root needs `openapi`, `openapi` is missing
    list.yaml:1:1: wrong-kind: the document must be a mapping, this is a list
    empty.yaml:1:1: empty-file: the file is empty, nothing here
    broken.json:1:21: json-document-syntax: not JSON, nothing stands behind the comma
    twice.yaml:2:1: duplicate-key: the key `openapi` stands twice, again here
    loop.yaml:1:8: yaml-syntax: not YAML: an alias of a value that holds it, the file stops making sense here
    gone.yaml:17:36: unknown-reference: `$ref` names a schema that does not exist, no schema is called `Thong`
    file.yaml:17:36: unknown-file: the file of `other.yaml#/a` is not there, cannot be followed
    remote.yaml:17:36: remote-reference: `https://acme.example/a.json` is on another machine, is not fetched
    circle.yaml:14:30: circular-reference: `#/components/schemas/Thing` is defined as itself, its references lead back here
    type.yaml:17:36: unknown-type: there is no type `strng`, unknown type
    type.yaml:17:54: type-not-a-string: `type` must be a string, this is a number
    type.yaml:17:61: wrong-kind: a schema must be a mapping, this is a number
    type.yaml:17:75: wrong-kind: `required` must be a list, this is a string
    ");
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{items}]\n"));
    }
    assert_snapshot!(lines(&refused(&[("bomb.yaml", &text)])), @"
    bomb.yaml:6:45: yaml-syntax: not YAML: aliases repeat more than a document can hold, the file stops making sense here
    ");
}

#[test]
fn what_cannot_be_had_is_skipped() {
    let text = document("    Thing: {properties: {a: {type: strng}}}\n").replace("components:", "  /fine: {get: {operationId: fine, summary: F., responses: {'204': {description: Done.}}}}\ncomponents:");
    let options = ImportOptions { keep_going: true };
    let imported = import(&source(&[("acme.yaml", &text)]), options).map_err(|it| it.to_string());
    let imported = imported.expect("the other operation is fine");
    let skipped: Vec<String> =
        imported.skipped.iter().map(|it| format!("{}: {}", it.operation, it.reason)).collect();
    assert_snapshot!(format!("{}\n{}", skipped.join("\n"), shown(&imported, "paths:", "\u{0}")), @"
    GET /things: acme.yaml:18:36: there is no type `strng`
      /fine:
        get:
          operationId: fine
          summary: F.
          x-source:
            - document
          responses:
            '204':
              description: Done.

    components: {}

    acme.yaml:18:5: left-out: `Thing` is left out, no effect on the client
    ");
}

#[test]
fn credentials_that_only_the_caller_knows() {
    let text = "components:\n  securitySchemes:\n    signed: {type: http, scheme: HMAC, description: Signed., flows: {}}\n    tenant: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://{tenant}.acme.example/token', scopes: {}}}}\n    bare: {type: oauth2}\n    good: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://a.example/token, scopes: {pay: Pays., read: }}}}\nsecurity: [{signed: []}, {tenant: []}, {bare: []}, {good: []}]\nservers: [{url: https://a.example}]";
    let document = format!("openapi: 3.1.0\ninfo: {{title: Acme}}\n{text}\n{PATHS}\n");
    assert_snapshot!(shown(&imported(&[("acme.yaml", &document)]), "securitySchemes:", "\u{0}"), @"
        signed:
          type: apiKey
          in: header
          name: Authorization
          description: Signed.

        tenant:
          type: oauth2
          flows: {}

        bare:
          type: oauth2
          flows: {}

        good:
          type: oauth2
          flows:
            clientCredentials:
              tokenUrl: https://a.example/token
              scopes:
                pay: Pays.
                read: ''

    acme.yaml:5:34: assumed: nothing is known about the scheme `HMAC`, the caller gives the whole header `Authorization`
    acme.yaml:6:36: assumed: a grant without a `tokenUrl` that is safe to use, the caller gives a token
    ");
}

#[test]
fn types_of_other_languages() {
    let types = ["int", "Double", "bool", "list", "map", "enum", "date", "datetime", "file"];
    let members: String = types.map(|it| format!("        m{it}: {{type: {it}}}\n")).concat();
    let document = document(&format!("    Thing:\n      properties:\n{members}"));
    let complaints = refused(&[("acme.yaml", &document)]).to_string();
    let helps: Vec<&str> =
        complaints.lines().filter_map(|it| Some(it.split_once("help: ")?.1)).collect();
    assert_snapshot!(helps.join("\n"), @"
    write `type: integer`
    write `type: number`
    write `type: boolean`
    write `type: array` with `items`
    write `type: object` with `additionalProperties`
    write `type: string` with `enum`
    write `type: string` with `format: date`
    write `type: string` with `format: date-time`
    write `type: string` with `format: binary`
    ");
}

#[test]
fn a_version_before_openapi() {
    let told = ["swagger: '1.2'", "swagger: [2.0]", "openapi: {}"]
        .map(|text| lines(&refused(&[("acme.yaml", text)])));
    assert_snapshot!(told.join("\n"), @"
    acme.yaml:1:10: foreign-version: `1.2` is not a version of OpenAPI that is read here, here
    acme.yaml:1:10: wrong-kind: `swagger` must be a string, this is a list
    acme.yaml:1:10: wrong-kind: `openapi` must be a string, this is a mapping
    ");
}

#[test]
fn roles_of_what_has_no_scopes() {
    let security = "components:\n  securitySchemes:\n    key: {type: apiKey, in: header, name: X-Key}\n    oauth: {type: oauth2, flows: {x-vendor: {}, clientCredentials: {tokenUrl: https://a.example/token, x-pkce: false, scopes: {pay: Pays.}}}}\nsecurity: [{key: [pay.read, pay.write]}, {oauth: [pay]}]\nservers: [{url: https://a.example}]";
    let paths = "paths:\n  /a: {get: {operationId: a, summary: A., security: [{key: [pay.read]}], responses: {'204': {description: D.}}}}";
    let document = format!("openapi: 3.1.0\ninfo: {{title: Acme}}\n{security}\n{paths}\n");
    assert_snapshot!(shown(&imported(&[("acme.yaml", &document)]), "description: D.", "components:"), @"
          security:
            - key: []

    acme.yaml:10:61: left-out: `pay.read` is left out, no effect on the client
    ");
}

#[test]
fn brackets_that_close_below_their_key() {
    let text = "openapi: 3.1.0\ninfo: {title: É}\nservers: [\n  {url: https://a.example}\n]\npaths:\n  /a:\n    get:\n      operationId: a\n      summary: A.\n      parameters: [\n      {name: état, in: query, schema: {type: string, enum: [\n        é, # ]\n        b\n        ]}}\n      ]\n      responses: {\n        '204': {description: Done.}\n      }\n      tags: nothing\n";
    let imported = imported(&[("acme.yaml", text)]);
    // What is told after it stands where it is written.
    assert_snapshot!(shown(&imported, "parameters:", "\n      responses:"), @"
            - name: état
              in: query
              description: Etat.
              schema:
                $ref: '#/components/schemas/AEtat'

    acme.yaml:20:13: wrong-kind: `tags` must be a list, this is a string
    ");
}

/// A document whose parts can be files of their own.
const PARTS: &str = "\
openapi: 3.0.3
info: {title: Acme, version: '1'}
servers: [{url: 'https://{at}.example', variables: {at: {default: a, enum: [a, b]}}}]
security: [{oauth: [pay]}]
paths: {'/payouts/{id}': {
  parameters: [{name: id, in: path, required: true, schema: {type: string}}],
  post: {
    operationId: pay, summary: Pays.,
    requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Payout'}}}},
    responses: {'200': {description: Paid., headers: {X-Id: {schema: {type: string}}}, content: {application/json: {schema: {$ref: '#/components/schemas/Payout'}}}}}}}}
components: {
  schemas: {
    Payout: {type: object, required: [id], properties: {id: {type: string}, to: {oneOf: [{$ref: '#/components/schemas/Bank'}, {$ref: '#/components/schemas/Card'}], discriminator: {propertyName: kind, mapping: {bank: '#/components/schemas/Bank', card: '#/components/schemas/Card'}}}}},
    Bank: {type: object, required: [kind], properties: {kind: {type: string}, iban: {type: string}}},
    Card: {type: object, required: [kind], properties: {kind: {type: string}, number: {type: string}}}},
  securitySchemes: {oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example/token', scopes: {pay: Pays.}}}}}}
";

#[test]
fn parts_in_files_of_their_own() {
    // Types stand in the order of the files.
    let sorted = |files: &[(&str, &str)]| {
        let spec = imported(files).spec();
        let mut lines: Vec<String> = spec.lines().map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    };
    let whole = sorted(&[("acme.yaml", PARTS)]);
    let keys = [
        "info: ",
        "servers: ",
        "variables: ",
        "variables: {at: {default: a, enum: ",
        "security: ",
        "paths: ",
        "'/payouts/{id}': ",
        "parameters: ",
        "post: ",
        "requestBody: ",
        "requestBody: {content: ",
        "requestBody: {content: {application/json: ",
        "responses: ",
        "headers: ",
        "headers: {X-Id: ",
        "components: ",
        "schemas: ",
        "Payout: {type: object, required: ",
        "required: [id], properties: ",
        "oneOf: ",
        "discriminator: ",
        "mapping: ",
        "securitySchemes: ",
        "flows: ",
        "flows: {clientCredentials: ",
        "scopes: ",
    ];
    for key in keys {
        let start = PARTS.find(key).expect("the document has it") + key.len();
        let end = crate::parse::yaml::brackets::closed(PARTS, start).expect("it is closed") + 1;
        let part = PARTS[start..end].replace("'#/", "'acme.yaml#/");
        let root = format!("{}{{$ref: part.yaml}}{}", &PARTS[..start], &PARTS[end..]);
        let files = [("acme.yaml", root.as_str()), ("part.yaml", part.as_str())];
        assert_eq!(sorted(&files), whole, "{key:?}");
    }
}

#[test]
fn parts_that_are_not_there() {
    let told = |from: &str, to: &str| lines(&refused(&[("acme.yaml", &PARTS.replace(from, to))]));
    let told = [
        told("security: [{oauth: [pay]}]", "security: {$ref: gone.yaml}"),
        told("security: [{oauth: [pay]}]", "security: {$ref: 'https://a.example/security'}"),
        told("security: [{oauth: [pay]}]", "security: {$ref: '#/x-security'}"),
        told("security: [{oauth: [pay]}]", "security: {$ref: '#/security'}"),
    ];
    assert_snapshot!(told.join("\n"), @"
    acme.yaml:4:18: unknown-file: the file of `gone.yaml` is not there, cannot be followed
    acme.yaml:4:18: remote-reference: `https://a.example/security` is on another machine, is not fetched
    acme.yaml:4:18: unknown-reference: `$ref` names a part of the document that does not exist, no part of the document is called `x-security`
    acme.yaml:4:18: circular-reference: `#/security` is defined as itself, its references lead back here
    ");
}

#[test]
fn what_stands_beside_the_reference_of_a_part() {
    let root = PARTS.replace("responses: {", "responses: {$ref: responses.yaml, ");
    let responses = "'200': {description: Another.}\n'404': {description: Nothing.}\n";
    let imported = imported(&[("acme.yaml", &root), ("responses.yaml", responses)]);
    assert_snapshot!(shown(&imported, "      responses:", "components:"), @"
    '200':
      description: Paid.
      headers:
        X-Id:
          schema:
            type: string
      content:
        application/json:
          schema:
            $ref: '#/components/schemas/Payout'
    '404':
      description: Nothing.
    ");
}

#[test]
fn what_is_not_utf8() {
    let files = |bytes: &[u8]| Source {
        files: vec![SourceFile::decoded("acme.yaml", bytes)],
        ..source(&[])
    };
    // A character that stands for what another tool could not read is one.
    let damaged = PARTS.replace("summary: Pays.", "summary: Pay\u{fffd}.");
    let imported = import(&files(damaged.as_bytes()), ImportOptions::default());
    assert!(imported.is_ok_and(|it| it.spec().contains("summary: Pay\u{fffd}.")));
    let (before, after) = damaged.split_once('\u{fffd}').expect("it was written");
    let bytes = ["\u{feff}", before].concat().replace('\n', "\r\n");
    let bytes = [bytes.as_bytes(), b"\xe9\xff", after.as_bytes()].concat();
    let refused = import(&files(&bytes), ImportOptions::default());
    assert_snapshot!(lines(&refused.expect_err("it is not UTF-8")), @"
    acme.yaml:8:35: not-utf8: the file is not in UTF-8, not a character
    ");
}

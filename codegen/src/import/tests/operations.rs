//! Operations.

use super::*;

#[track_caller]
fn paths(paths: &str) -> String {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\nservers: [{{url: https://api.acme.example}}]\npaths:\n  {paths}\n"
    );
    shown_paths(&imported(&[("acme.yaml", &document)]))
}

/// The operations, without what is assumed of all of them.
fn shown_paths(imported: &Imported) -> String {
    let text = shown(imported, "paths:", "\u{0}");
    ASSUMED.iter().fold(text, |text, it| text.replace(it, ""))
}

/// What every operation gets about which the document says nothing else.
const ASSUMED: [&str; 4] = [
    "      x-source:\n        - document\n",
    "      x-idempotency: none\n",
    "      x-reconcile:\n        none: The document says nothing about it.\n",
    "\n\ncomponents: {}",
];

#[test]
fn what_is_assumed_of_an_operation() {
    let text = "openapi: 3.0.3\ninfo: {title: Acme}\npaths: {/a: {post: {operationId: a, summary: A., responses: {'204': {description: D.}}}}}";
    assert_snapshot!(shown(&imported(&[("acme.yaml", text)]), "summary: A.", "\u{0}"), @"
          x-source:
            - document
          x-idempotency: none
          x-reconcile:
            none: The document says nothing about it.
          responses:
            '204':
              description: D.

    components: {}
    ");
}

#[test]
fn an_operation_without_a_name() {
    assert_snapshot!(paths(r#"/payouts/{payoutId}/items:
    get: {responses: {'200': {description: Fine.}}}
    post: {operationId: builder, responses: {}}
  /a: {get: {operationId: x, summary: X., responses: {default: {description: D.}}}}
  /b: {get: {operationId: X, description: 'First. Second.', responses: {'200': {description: F.}}}}"#), @"
      /payouts/{payoutId}/items:
        get:
          operationId: get_payouts_by_payout_id_items
          summary: Get payouts by payout id items.
          parameters:
            - name: payoutId
              in: path
              required: true
              description: Payout id.
              schema:
                type: string
          responses:
            '200':
              description: Fine.
        post:
          operationId: builder_operation
          summary: Builder operation.
          parameters:
            - name: payoutId
              in: path
              required: true
              description: Payout id.
              schema:
                type: string
          responses:
            '200':
              description: A success; nothing is said about its body.

      /a:
        get:
          operationId: x
          summary: X.
          responses:
            default:
              description: D.

      /b:
        get:
          operationId: x_2
          summary: First.
          description: Second.
          responses:
            '200':
              description: F.

    acme.yaml:5:12: assumed: the path names `{payoutId}`, which no parameter declares, it is a string
    acme.yaml:6:5: assumed: an operation without `operationId`, it is called `get_payouts_by_payout_id_items`
    acme.yaml:6:5: assumed: an operation without `summary`, its id stands in for it
    acme.yaml:7:5: assumed: an operation without `summary`, its id stands in for it
    acme.yaml:7:5: assumed: an operation without a success, it is a 200 without a body
    acme.yaml:7:25: renamed: `builder` is called `builder_operation` in Rust, renamed
    acme.yaml:9:27: renamed: `X` is called `x_2` in Rust, renamed
    ");
}

#[test]
fn parameters_as_they_are() {
    assert_snapshot!(paths(r#"/a/{id}/{other}:
    parameters:
      - {name: id, in: path, schema: {type: integer}}
      - {name: shared, in: query, schema: {type: string}}
    get:
      operationId: a
      summary: A.
      parameters:
        - {name: shared, in: query, description: Ours., schema: {type: integer}}
        - {name: Accept, in: header, schema: {type: string}}
        - {name: gone, in: path, required: true, schema: {type: string}}
        - {name: send, in: query, schema: {type: string}}
        - {name: filter, in: query, content: {application/json: {schema: {type: object}}}}
        - {name: any, in: query, schema: {}}
        - {name: session, in: cookie, schema: {type: string}}
        - {name: deep, in: query, style: deepObject, explode: true, schema: {type: object, properties: {a: {type: string}}}}
      responses: {'204': {description: Done.}}"#), @"
      /a/{id}/{other}:
        get:
          operationId: a
          summary: A.
          parameters:
            - name: id
              in: path
              required: true
              description: Id.
              schema:
                type: integer
            - name: shared
              in: query
              description: Ours.
              schema:
                type: integer
            - name: send
              in: query
              description: Send.
              x-rust-name: send_value
              schema:
                type: string
            - name: filter
              in: query
              description: Filter.
              content:
                application/json:
                  schema:
                    type: object
            - name: any
              in: query
              description: Any.
              schema:
                type: string
            - name: session
              in: cookie
              description: Session.
              schema:
                type: string
            - name: deep
              in: query
              description: Deep.
              style: deepObject
              explode: true
              schema:
                $ref: '#/components/schemas/ADeep'
            - name: other
              in: path
              required: true
              description: Other.
              schema:
                type: string
          responses:
            '204':
              description: Done.

    components:
      schemas:
        ADeep:
          type: object
          properties:
            a:
              type: string
              description: A.
          description: A deep.

    acme.yaml:5:11: assumed: the path names `{other}`, and the parameter is called `gone`, it is a string
    acme.yaml:14:11: left-out: `Accept` is left out, no effect on the client
    acme.yaml:18:11: assumed: a parameter of a kind that has no text, it is a string, which the caller writes
    ");
}

#[test]
fn answers_by_default() {
    assert_snapshot!(paths(r#"/a: {get: {operationId: a, summary: A., responses: {default: {description: D., content: {application/json: {schema: {type: string}}}}, '404': {description: None.}}}}
  /b: {get: {operationId: b, summary: B., responses: {'4xx': {description: C.}, '100': {description: I.}}}}"#), @"
      /a:
        get:
          operationId: a
          summary: A.
          responses:
            '2XX':
              description: D.
              content:
                application/json:
                  schema:
                    type: string
            default:
              description: D.
              content:
                application/json:
                  schema:
                    type: string
            '404':
              description: None.

      /b:
        get:
          operationId: b
          summary: B.
          responses:
            '200':
              description: A success; nothing is said about its body.
            '4XX':
              description: C.

    acme.yaml:6:8: assumed: an operation without a success, it is a 200 without a body
    acme.yaml:6:81: left-out: `100` is left out, no effect on the client
    ");
}

#[test]
fn successes_with_different_bodies() {
    assert_snapshot!(paths(r#"/a:
    post:
      operationId: a
      summary: A.
      responses:
        '200': {description: Old., content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
        '201': {description: New., content: {application/json: {schema: {type: object, properties: {b: {type: string}}}}}}"#), @"
      /a:
        post:
          operationId: a
          summary: A.
          responses:
            '200':
              description: Old.
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/AOkBody'
            '201':
              description: New.
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/ACreatedBody'

    components:
      schemas:
        AOkBody:
          type: object
          properties:
            a:
              type: string
              description: A.
          description: A ok body.

        ACreatedBody:
          type: object
          properties:
            b:
              type: string
              description: B.
          description: A created body.
    ");
}

#[test]
fn one_of_several_media_types() {
    assert_snapshot!(paths(r#"/a:
    post:
      operationId: a
      summary: A.
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string, format: binary}, note: {type: string}}}
            encoding: {file: {contentType: application/pdf, headers: {}}, nothing: {contentType: a/b}}
          application/xml: {schema: {type: object}}
      responses:
        '200':
          description: A file.
          content: {application/pdf: {schema: {type: string, format: binary}}, application/json: {schema: {type: string, format: binary}}}"#), @"
      /a:
        post:
          operationId: a
          summary: A.
          requestBody:
            content:
              multipart/form-data:
                schema:
                  $ref: '#/components/schemas/ARequest'
                encoding:
                  file:
                    contentType: application/pdf
          responses:
            '200':
              description: A file.
              content:
                application/pdf: {}

    components:
      schemas:
        ARequest:
          type: object
          properties:
            file:
              type: string
              format: binary
              description: File.
            note:
              type: string
              description: Note.
          description: A request.

    acme.yaml:13:75: left-out: `nothing` is left out, no effect on the client
    acme.yaml:14:11: left-out: `application/xml` is left out, no effect on the client
    acme.yaml:18:80: left-out: `application/json` is left out, no effect on the client
    ");
}

#[test]
fn paths_that_are_one_path_item() {
    let root = "openapi: 3.1.0\ninfo: {title: Acme}\nservers: [{url: https://a.example}]\npaths:\n  /payouts/{id}: {$ref: payout.yaml}\n  /v2/payouts/{id}: {$ref: ./payout.yaml, parameters: []}\n  /inline: &inline {post: {summary: Without a name., responses: {'204': {description: Done.}}}}\n  /alias: *inline\n";
    let item = "get:\n  operationId: getPayout\n  summary: A payout.\n  parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n  responses:\n    '200': {description: It., content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}\n";
    let files = [("acme.yaml", root), ("payout.yaml", item)];
    assert_snapshot!(shown_paths(&imported(&files)), @"
      /payouts/{id}:
        get:
          operationId: get_payout
          summary: A payout.
          parameters:
            - name: id
              in: path
              required: true
              description: Id.
              schema:
                type: string
          responses:
            '200':
              description: It.
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/GetPayoutResponseBody'

      /v2/payouts/{id}:
        get:
          operationId: get_payout_v2_payouts_by_id
          summary: A payout.
          parameters:
            - name: id
              in: path
              required: true
              description: Id.
              schema:
                type: string
          responses:
            '200':
              description: It.
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/GetPayoutResponseBody'

      /inline:
        post:
          operationId: post_inline
          summary: Without a name.
          responses:
            '204':
              description: Done.

      /alias:
        post:
          operationId: post_alias
          summary: Without a name.
          responses:
            '204':
              description: Done.

    components:
      schemas:
        GetPayoutResponseBody:
          type: object
          properties:
            id:
              type: string
              description: Id.
          description: Get payout response body.

    acme.yaml:6:3: assumed: `getPayout` is an operation of another path, too, here it is called `get_payout_v2_payouts_by_id`
    acme.yaml:6:43: left-out: `parameters` is left out, no effect on the client
    acme.yaml:7:21: assumed: an operation without `operationId`, it is called `post_inline`
    acme.yaml:8:3: assumed: an operation without `operationId`, it is called `post_alias`
    ");
}

#[test]
fn a_shared_path_item_is_skipped_at_each_path() {
    let text = "openapi: 3.1.0\ninfo: {title: Acme}\nservers: [{url: https://a.example}]\npaths:\n  /a: &a {get: {operationId: a, summary: A., responses: {'200': {description: It., content: {application/json: {schema: {type: strng}}}}}}}\n  /b: *a\n  /c: {get: {operationId: c, summary: C., responses: {'204': {description: Done.}}}}\n";
    let options = ImportOptions { keep_going: true };
    let imported = import(&source(&[("acme.yaml", text)]), options).map_err(|it| it.to_string());
    let imported = imported.expect("the other operation is fine");
    let skipped: Vec<String> =
        imported.skipped.iter().map(|it| format!("{}: {}", it.operation, it.reason)).collect();
    assert_snapshot!(skipped.join("\n"), @"
    GET /a: acme.yaml:5:128: there is no type `strng`
    GET /b: acme.yaml:5:128: there is no type `strng`
    ");
}

#[test]
fn a_name_that_leads_nowhere_is_told_once_and_skipped_wherever_it_stands() {
    let operation = |name: &str, schema: &str| {
        format!(
            "  /{name}: {{get: {{operationId: {name}, summary: S., responses: {{'200': {{description: D., content: {{application/json: {{schema: {schema}}}}}}}}}}}}}\n"
        )
    };
    let gone = "{$ref: '#/components/schemas/Gone'}";
    let operations = [
        operation("a", gone),
        operation("b", "{$ref: {$ref: '#/a'}}"),
        operation("c", "{$ref: [1]}"),
        operation("d", gone),
        operation("e", "{$ref: '#/components/schemas/Alias'}"),
        operation("f", "{$ref: '#/components/schemas/Holder'}"),
        operation("g", "{type: string}"),
    ];
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Acme}}\nservers: [{{url: https://a.example}}]\npaths:\n{}components:\n  schemas:\n    Alias: {gone}\n    Holder: {{properties: {{alias: {{$ref: '#/components/schemas/Alias'}}, gone: {{$ref: '#/components/schemas/Gone'}}}}}}\n",
        operations.concat()
    );
    assert_snapshot!(lines(&refused(&[("acme.yaml", &text)])), @"
    acme.yaml:5:124: unknown-reference: `$ref` names a schema that does not exist, no schema is called `Gone`, which stands in 4 places
    acme.yaml:6:124: wrong-kind: `$ref` must be a string, this is a mapping
    acme.yaml:7:124: wrong-kind: `$ref` must be a string, this is a list
    ");
    let options = ImportOptions { keep_going: true };
    let imported = import(&source(&[("acme.yaml", &text)]), options).map_err(|it| it.to_string());
    let skipped = imported.expect("one of the operations is fine").skipped;
    let skipped: Vec<String> =
        skipped.iter().map(|it| format!("{}: {}", it.operation, it.reason)).collect();
    assert_snapshot!(skipped.join("\n"), @"
    GET /a: acme.yaml:5:124: `$ref` names a schema that does not exist
    GET /b: acme.yaml:6:124: `$ref` must be a string
    GET /c: acme.yaml:7:124: `$ref` must be a string
    GET /d: acme.yaml:5:124: `$ref` names a schema that does not exist
    GET /e: acme.yaml:5:124: `$ref` names a schema that does not exist
    GET /f: acme.yaml:5:124: `$ref` names a schema that does not exist
    ");
}

#[test]
fn paths_that_say_more_than_where() {
    let document =
        format!(
        "openapi: 3.0.3\ninfo: {{title: Acme}}\nservers: [{{url: https://a.example}}]\npaths:\n{}",
        ["/a", "/a#b", "/a?c=1#d"].map(|path| format!(
            "  {path}: {{post: {{summary: S., responses: {{'204': {{description: D.}}}}}}}}\n"
        )).concat()
    );
    let imported = imported(&[("acme.yaml", &document)]);
    let methods = imported.output.files.iter().find(|(path, _)| path.ends_with("client.rs"));
    let (_, methods) = methods.expect("each client has methods");
    let methods = methods.lines().map(str::trim).filter(|it| it.starts_with("/// `POST"));
    assert_snapshot!(methods.collect::<Vec<_>>().join("\n"), @"
    /// `POST /a`
    /// `POST /a`
    /// `POST /a`
    ");
    assert_snapshot!(paths(r#"/files/{id}: {get: {operationId: read, summary: R., parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'204': {description: D.}}}}
  /files/{id}#links: {get: {operationId: read_links, summary: L., parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'204': {description: D.}}}}
  /files?beta=true&page=1&page=2: {get: {operationId: list, summary: L., parameters: [{name: page, in: query, schema: {type: integer}}], responses: {'204': {description: D.}}}}
  'folders ': {get: {operationId: folders, summary: F., responses: {'204': {description: D.}}}}"#), @"
      /files/{id}:
        get:
          operationId: read
          summary: R.
          parameters:
            - name: id
              in: path
              required: true
              description: Id.
              schema:
                type: string
          responses:
            '204':
              description: D.

      /files/{id}#links:
        get:
          operationId: read_links
          summary: L.
          parameters:
            - name: id
              in: path
              required: true
              description: Id.
              schema:
                type: string
          responses:
            '204':
              description: D.

      /files?beta=true&page=1&page=2:
        get:
          operationId: list
          summary: L.
          parameters:
            - name: page
              in: query
              description: Page.
              schema:
                type: integer
            - name: beta
              in: query
              required: true
              description: The path says `true`.
              schema:
                type: string
          responses:
            '204':
              description: D.

      /folders:
        get:
          operationId: folders
          summary: F.
          responses:
            '204':
              description: D.

    acme.yaml:7:3: assumed: the path has the query `beta=true`, it is a parameter, which the caller gives
    acme.yaml:8:3: assumed: `folders ` is not the path of a URL, it is `/folders`
    ");
}

#[test]
fn an_operation_in_a_file_of_its_own() {
    let root = "openapi: 3.0.3\ninfo: {title: Acme}\nservers: [{url: https://a.example}]\npaths:\n  /a: {get: {$ref: operations/read.yaml}}\n  /b: {get: {$ref: operations/gone.yaml#/read}}\n";
    let read = "operationId: read\nsummary: R.\nresponses: {'204': {description: D.}}\n";
    let files = [("acme.yaml", root), ("operations/read.yaml", read)];
    assert_snapshot!(lines(&refused(&files)), @"
    acme.yaml:6:20: unknown-file: the file of `operations/gone.yaml#/read` is not there, cannot be followed
    ");
    let (fine, _) = root.split_once("  /b").expect("it has two paths");
    let files = [("acme.yaml", fine), ("operations/read.yaml", read)];
    assert_snapshot!(shown_paths(&imported(&files)), @"
      /a:
        get:
          operationId: read
          summary: R.
          responses:
            '204':
              description: D.
    ");
}

#[test]
fn servers_of_its_own_with_variables() {
    let text = r#"
servers:
  - {url: 'https://{group}.acme.example', description: Live, variables: {group: {default: eu}}}
  - {url: 'https://{group}.acme.test', description: Sandbox, variables: {group: {default: eu}}}
paths:
  /upload:
    post:
      operationId: upload
      summary: U.
      servers:
        - {url: 'https://{host}/{group}', description: Live, variables: {host: {default: up.acme.example}, group: {default: eu}}}
        - {url: 'https://{host}/{group}', description: Sandbox, variables: {host: {default: up.acme.test}, group: {default: us}}}
      responses: {'204': {description: D.}}
"#;
    let text = format!("openapi: 3.0.3\ninfo: {{title: Acme}}{text}");
    assert_snapshot!(shown(&imported(&[("acme.yaml", &text)]), "description: D.", "components:"), @"
          servers:
            - url: https://up.acme.example/{group}
              description: Live
              x-environment: Production
              variables:
                group:
                  default: eu
                  description: A part of the URL.
            - url: https://up.acme.test/us
              description: Sandbox
              x-environment: Sandbox

    acme.yaml:12:90: assumed: only this URL has the variable `host`, it is `up.acme.example`
    acme.yaml:13:93: assumed: only this URL has the variable `host`, it is `up.acme.test`
    acme.yaml:13:125: assumed: only this URL has the variable `group`, it is `us`
    ");
}

#[test]
fn reserved_characters_outside_the_query() {
    assert_snapshot!(paths(r#"/a/{id}: {get: {operationId: a, summary: A., parameters: [{name: id, in: path, required: true, allowReserved: true, schema: {type: string}}], responses: {'204': {description: D.}}}}"#), @"
      /a/{id}:
        get:
          operationId: a
          summary: A.
          parameters:
            - name: id
              in: path
              required: true
              description: Id.
              schema:
                type: string
          responses:
            '204':
              description: D.

    acme.yaml:5:98: left-out: `allowReserved` is left out, no effect on the client
    ");
}

#[test]
fn a_list_of_media_types() {
    assert_snapshot!(paths(r#"/a:
    post:
      operationId: a
      summary: A.
      requestBody: {content: {'application/json, version=1': {schema: {type: object, properties: {b: {type: string}}}}}}
      responses: {'204': {description: D.}}"#), @"
      /a:
        post:
          operationId: a
          summary: A.
          requestBody:
            content:
              application/json:
                schema:
                  $ref: '#/components/schemas/ARequest'
          responses:
            '204':
              description: D.

    components:
      schemas:
        ARequest:
          type: object
          properties:
            b:
              type: string
              description: B.
          description: A request.

    acme.yaml:9:31: assumed: `application/json, version=1` is not one media type, it is `application/json`
    ");
}

#[test]
fn links_and_texts_that_stand_elsewhere() {
    assert_snapshot!(paths(r#"/a:
    get:
      operationId: a
      summary: A.
      description: {$ref: a.md}
      responses:
        '200': {description: {$ref: b.md}, links: {next: {operationId: a}}}"#), @"
      /a:
        get:
          operationId: a
          summary: A.
          responses:
            '200':
              description: A success.

    acme.yaml:9:20: assumed: a `description` that is no text, such texts are left out of the documentation
    acme.yaml:11:44: left-out: `links` is left out, no effect on the client
    ");
}

#[test]
fn more_parameters_than_a_macro_can_call_itself() {
    let limit = |n_parameters: usize| {
        let parameter = |it| format!("{{name: p{it}, in: query, schema: {{type: string}}}}");
        let parameters: Vec<String> = (0..n_parameters).map(parameter).collect();
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: Acme}}\nservers: [{{url: https://a.example}}]\npaths:\n  /a: {{get: {{operationId: a, summary: A., parameters: [{}], responses: {{'204': {{description: D.}}}}}}}}\n",
            parameters.join(", ")
        );
        let imported = imported(&[("acme.yaml", &text)]);
        let lib = imported.output.files.iter().find(|(path, _)| path.ends_with("src/lib.rs"));
        let (_, lib) = lib.expect("each client has a root");
        lib.lines().find(|it| it.contains("recursion_limit")).map(str::to_owned)
    };
    assert_eq!(limit(100), None);
    assert_eq!(limit(101).as_deref(), Some("#![recursion_limit = \"201\"]"));
}

#[test]
fn bodies_that_are_read_as_they_are() {
    assert_snapshot!(paths(r#"/a:
    put:
      operationId: a
      summary: A.
      requestBody: {content: {'image/*': {schema: {type: string, format: binary}}}}
      responses:
        '200': {description: Parts., content: {multipart/mixed: {schema: {type: object, properties: {id: {type: string}}}}}}
        '201': {description: A form., content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {id: {type: string}}}}}}
    post:
      operationId: b
      summary: B.
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: string}}}}
      responses:
        '204':"#), @"
      /a:
        put:
          operationId: a
          summary: A.
          requestBody:
            content:
              application/octet-stream: {}
          responses:
            '200':
              description: Parts.
              content:
                multipart/mixed: {}
            '201':
              description: A form.
              content:
                application/x-www-form-urlencoded: {}
        post:
          operationId: b
          summary: B.
          requestBody:
            content:
              application/x-www-form-urlencoded: {}
          responses:
            '204':
              description: A success.

    acme.yaml:9:31: assumed: `image/*` is not one media type, it is `application/octet-stream`
    acme.yaml:11:48: assumed: a body that is no JSON has a schema that is no string, it is sent and read as it is
    acme.yaml:12:49: assumed: a body that is no JSON has a schema that is no string, it is sent and read as it is
    acme.yaml:16:31: assumed: a body of members has a schema that is no object, it is an object of any kind
    ");
}

#[test]
fn parameters_of_unusual_kinds() {
    assert_snapshot!(paths(r#"/a:
    get:
      operationId: a
      summary: A.
      parameters:
        - {name: labels, in: query, style: deepObject, schema: {type: object, additionalProperties: {type: string}}}
        - {name: marks, in: query, schema: {type: object, additionalProperties: {type: string}}}
        - {name: free, in: query, schema: {type: object}}
        - {name: nested, in: query, schema: {type: object, properties: {a: {type: array, items: {type: string}}}}}
        - {name: deep, in: query, style: deepObject, schema: {type: object, properties: {a: {type: array, items: {type: string}}}}}
        - {name: plain, in: header, style: form, schema: {type: string}}
        - {name: xml, in: query, content: {application/xml: {schema: {type: object}}}}
      responses:"#), @"
      /a:
        get:
          operationId: a
          summary: A.
          parameters:
            - name: labels
              in: query
              description: Labels.
              style: deepObject
              schema:
                type: object
                additionalProperties:
                  type: string
            - name: marks
              in: query
              description: Marks.
              schema:
                type: object
                additionalProperties:
                  type: string
            - name: free
              in: query
              description: Free.
              schema:
                type: object
            - name: nested
              in: query
              description: Nested.
              schema:
                type: string
            - name: deep
              in: query
              description: Deep.
              style: deepObject
              schema:
                $ref: '#/components/schemas/ADeep'
            - name: plain
              in: header
              description: Plain.
              schema:
                type: string
            - name: xml
              in: query
              description: Xml.
              schema:
                type: string
          responses:
            '200':
              description: A success; nothing is said about its body.

    components:
      schemas:
        ADeep:
          type: object
          properties:
            a:
              type: array
              items:
                type: string
              description: A.
          description: A deep.

    acme.yaml:6:5: assumed: an operation without a success, it is a 200 without a body
    acme.yaml:13:11: assumed: a parameter of a kind that has no text, it is a string, which the caller writes
    acme.yaml:15:44: assumed: `form` is no style of such a parameter, it is written in the usual style
    acme.yaml:16:44: assumed: a parameter that is neither text nor JSON, it is a string, which the caller writes
    ");
}

#[test]
fn references_with_something_beside_them() {
    let document = "openapi: 3.1.0
info: {title: Acme, version: '1'}
servers: [{url: https://api.acme.example}]
paths:
  /things:
    post:
      operationId: make
      summary: Makes one.
      parameters: [{$ref: '#/components/parameters/First'}]
      requestBody: {$ref: '#/components/requestBodies/First'}
      responses:
        '201': {$ref: '#/components/responses/First'}
components:
  parameters:
    First: {$ref: '#/components/parameters/Second', description: Another.}
    Second: {name: limit, in: query, schema: {type: integer}}
  requestBodies:
    First: {$ref: '#/components/requestBodies/Second', description: Another.}
    Second: {content: {application/json: {schema: {type: array, items: {type: string}}}}}
  responses:
    First: {$ref: '#/components/responses/Second', description: Another.}
    Second: {description: Made., content: {application/json: {schema: {type: boolean}}}}
";
    assert_snapshot!(shown_paths(&imported(&[("acme.yaml", document)])), @"
      /things:
        post:
          operationId: make
          summary: Makes one.
          parameters:
            - name: limit
              in: query
              description: Limit.
              schema:
                type: integer
          requestBody:
            content:
              application/json:
                schema:
                  type: array
                  items:
                    type: string
          responses:
            '201':
              description: Made.
              content:
                application/json:
                  schema:
                    type: boolean
    ");
}

#[test]
fn a_plain_value_or_a_range() {
    assert_snapshot!(paths("/things:
    get:
      operationId: list
      summary: Lists them.
      parameters:
        - name: created
          in: query
          style: deepObject
          schema: {anyOf: [{type: object, properties: {gt: {type: integer}}}, {type: integer}]}
        - {name: Authorization, in: header, schema: {type: string}}
        - {name: code, in: header, schema: {type: string, format: password}}
      responses: {'204': {description: Nothing.}}
"), @"
      /things:
        get:
          operationId: list
          summary: Lists them.
          parameters:
            - name: created
              in: query
              description: Created.
              style: deepObject
              schema:
                $ref: '#/components/schemas/ListCreated'
            - name: code
              in: header
              description: Code.
              schema:
                type: string
                x-sensitive: true
          responses:
            '204':
              description: Nothing.

    components:
      schemas:
        ListCreated:
          type: object
          properties:
            gt:
              type: integer
              description: Gt.
          description: List created.

    acme.yaml:13:28: assumed: one of several alternatives has the style `deepObject`, it is what is sent
    acme.yaml:14:11: assumed: a header parameter called `Authorization`, which OpenAPI ignores, it is sent as far as `security` says so
    ");
}

#[test]
fn encodings_that_change_nothing() {
    assert_snapshot!(paths("/things:
    post:
      operationId: send
      summary: Sends it.
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {tags: {type: array, items: {type: string}}, note: {type: string}}}
            encoding: {tags: {style: form, explode: true, contentType: text/plain}, note: {contentType: text/plain}}
      responses: {'204': {description: Nothing.}}
    put:
      operationId: put
      summary: Puts it.
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {note: {type: string}}}
            encoding: {note: {style: deepObject, explode: true}}
      responses: {'204': {description: Nothing.}}
"), @"
      /things:
        post:
          operationId: send
          summary: Sends it.
          requestBody:
            content:
              multipart/form-data:
                schema:
                  $ref: '#/components/schemas/SendRequest'
                encoding:
                  note:
                    contentType: text/plain
          responses:
            '204':
              description: Nothing.
        put:
          operationId: put
          summary: Puts it.
          requestBody:
            content:
              application/x-www-form-urlencoded:
                schema:
                  $ref: '#/components/schemas/PutRequest'
                encoding: {}
          responses:
            '204':
              description: Nothing.

    components:
      schemas:
        SendRequest:
          type: object
          properties:
            tags:
              type: array
              items:
                type: string
              description: Tags.
            note:
              type: string
              description: Note.
          description: Send request.

        PutRequest:
          type: object
          properties:
            note:
              type: string
              description: Note.
          description: Put request.

    acme.yaml:13:24: left-out: `tags` is left out, no effect on the client
    acme.yaml:22:24: left-out: `note` is left out, no effect on the client
    ");
}

#[test]
fn schemes_that_are_not_declared() {
    let schemes = "components:\n  securitySchemes:\n    apiKey: {type: apiKey, in: header, name: X-Key}\n    broken: {$ref: '#/components/securitySchemes/gone'}";
    let operation = |name: &str, security: &str| {
        format!(
            "  /{name}: {{get: {{operationId: {name}, summary: It., security: {security}, responses: {{'204': {{description: D.}}}}}}}}\n"
        )
    };
    let paths = [
        operation("alternative", "[{apiKey: []}, {basic: []}, {apiKey: [], apikey: []}]"),
        operation("together", "[{apiKey: [], basic: []}]"),
        operation("alone", "[{basic: []}, {bearer: [pay]}]"),
    ];
    let paths = paths.concat();
    let without = schemes.rsplit_once('\n').expect("it has lines").0;
    let document = |schemes: &str, paths: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: Acme}}\nservers: [{{url: https://a.example}}]\n{schemes}\npaths:\n{paths}"
        )
    };
    let imported = imported(&[("acme.yaml", &document(without, &paths))]);
    assert_snapshot!(shown_paths(&imported), @"
      /alternative:
        get:
          operationId: alternative
          summary: It.
          responses:
            '204':
              description: D.
          security:
            - apiKey: []

      /together:
        get:
          operationId: together
          summary: It.
          responses:
            '204':
              description: D.
          security:
            - apiKey: []

      /alone:
        get:
          operationId: alone
          summary: It.
          responses:
            '204':
              description: D.
          security:
            - {}
            - {}

    components:
      securitySchemes:
        apiKey:
          type: apiKey
          in: header
          name: X-Key

    acme.yaml:8:90: assumed: no security scheme is called `basic`, the request is made without it
    acme.yaml:8:115: assumed: no security scheme is called `apikey`, did you mean `apiKey`?, the request is made without it
    acme.yaml:10:77: assumed: no security scheme is called `bearer`, the request is made without it
    ");
    // What is broken has its complaint.
    let broken = document(schemes, &operation("named", "[{broken: []}]"));
    assert_snapshot!(lines(&refused(&[("acme.yaml", &broken)])), @"
    acme.yaml:7:20: unknown-reference: `$ref` names a security scheme that does not exist, no security scheme is called `gone`
    ");
}

#[test]
fn components_in_the_section_of_schemas() {
    let document = "\
openapi: 3.0.3
info: {title: Acme}
servers: [{url: https://a.example}]
paths:
  /a:
    post:
      operationId: a
      summary: A.
      parameters: [{$ref: '#/components/schemas/Limit'}]
      requestBody: {$ref: '#/components/schemas/Body'}
      responses: {'204': {description: D.}, default: {$ref: '#/components/schemas/Failed'}}
components:
  schemas:
    Limit: {name: limit, in: query, schema: {type: integer}}
    Body: {content: {application/json: {schema: {type: boolean}}}}
    Failed: {description: It failed., content: {application/json: {schema: {type: string}}}}
    Thing: {type: string}
";
    assert_snapshot!(shown_paths(&imported(&[("acme.yaml", document)])), @"
      /a:
        post:
          operationId: a
          summary: A.
          parameters:
            - name: limit
              in: query
              description: Limit.
              schema:
                type: integer
          requestBody:
            content:
              application/json:
                schema:
                  type: boolean
          responses:
            '204':
              description: D.
            default:
              description: It failed.
              content:
                application/json:
                  schema:
                    type: string

    acme.yaml:17:5: left-out: `Thing` is left out, no effect on the client
    ");
    let wrong = document.replace("schemas/Limit", "schemas/Thing");
    assert_snapshot!(lines(&refused(&[("acme.yaml", &wrong)])), @"
    acme.yaml:9:27: wrong-kind: `$ref` must be a reference to a parameter, this is a schema
    ");
}

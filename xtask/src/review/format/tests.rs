//! What the formats print of a made-up review.

use std::{collections::BTreeSet, fs};

use codegen::Color;
use insta::assert_snapshot;
use tempfile::TempDir;

use super::{example, markdown::MARKER, *};
use crate::browser;
use crate::review::report::{
    Change, Direction, Effect, FileLines, ItemChange, Meaning, ProviderReview, Review, RustReview,
    SpecReview, Written,
};

#[test]
fn at_a_terminal() {
    assert_snapshot!(text(&example::review(), Color::Never), @r#"
    acme: breaks the wire (3), breaks Rust (3 items), 4 new, 4 documentation; needs 0.2.0, has 0.1.0, no entry in CHANGELOG.md
    initech: the spec of head cannot be read; needs no new version
    umbrella: 1 new, Rust was not compared; 2.1.0 is enough
    payouts: it re-exports `payouts-acme`; needs 0.2.0, has 0.1.0
    unchanged: globex, hooli

    money alarm: `Payout.amount`: `x-unit` is `minor`, was `major`. [unit-changed]
      --> specs/acme.yaml:94 → specs/acme.yaml:106
      - {type: string, x-unit: major, description: How much.}
      + {type: integer, x-unit: minor, description: How much.}
      = why: `1250` was 1,250 dollars and is 12.50 dollars now
      = in: payout_changed, list_payouts, create_payout, get_payout

    money alarm: `Payout.status` has the new value `"held"`. [enum-value-added]
      --> specs/acme.yaml:99 → specs/acme.yaml:111
      - enum: [pending, paid, failed]
      + enum: [pending, held, paid, failed]
      = why: what became of a payment
      = in: payout_changed, list_payouts, create_payout, get_payout

    payout_changed  webhook
      breaks the wire
        `Payout.amount`: `x-unit` is `minor`, was `major`. [unit-changed]
          in body (response)
          --> specs/acme.yaml:94 → specs/acme.yaml:106
          - {type: string, x-unit: major, description: How much.}
          + {type: integer, x-unit: minor, description: How much.}
          = `{"amount":1250}` may come now, could not before
      breaks Rust
        `PayoutMethod` has no value `"wallet"` any more. [enum-value-removed]
          in body (response)
          --> specs/acme.yaml:77 → specs/acme.yaml:88
          - enum: [bank, wallet, card]
          + enum: [bank, card]
        `BankAccount` is called `PayeeAccount` now. [schema-renamed]
          in body (response)
          --> specs/acme.yaml:101 → specs/acme.yaml:113
          - BankAccount:
          + PayeeAccount:
      new
        `Payout.status` has the new value `"held"`. [enum-value-added]
          in body (response)
          --> specs/acme.yaml:99 → specs/acme.yaml:111
          - enum: [pending, paid, failed]
          + enum: [pending, held, paid, failed]
          = `{"status":"held"}` may come now, could not before

    list_payouts  GET /payouts
      breaks the wire
        `Payout.amount`: `x-unit` is `minor`, was `major`. [unit-changed]
          in answer 200 (response)
          --> specs/acme.yaml:94 → specs/acme.yaml:106
          - {type: string, x-unit: major, description: How much.}
          + {type: integer, x-unit: minor, description: How much.}
          = `{"amount":1250}` may come now, could not before
      breaks Rust
        `PayoutMethod` has no value `"wallet"` any more. [enum-value-removed]
          in answer 200 (response)
          --> specs/acme.yaml:77 → specs/acme.yaml:88
          - enum: [bank, wallet, card]
          + enum: [bank, card]
        `BankAccount` is called `PayeeAccount` now. [schema-renamed]
          in answer 200 (response)
          --> specs/acme.yaml:101 → specs/acme.yaml:113
          - BankAccount:
          + PayeeAccount:
      new
        `Payout.status` has the new value `"held"`. [enum-value-added]
          in answer 200 (response)
          --> specs/acme.yaml:99 → specs/acme.yaml:111
          - enum: [pending, paid, failed]
          + enum: [pending, held, paid, failed]
          = `{"status":"held"}` may come now, could not before
        `parameter limit`: `maximum` is `500`, was `100`. [limit-raised]
          in parameter limit (request)
          --> specs/acme.yaml:27 → specs/acme.yaml:27
          - maximum: 100
          + maximum: 500
          = `250` is accepted now, was not before

    create_payout  POST /payouts
      breaks the wire
        `Payout.amount`: `x-unit` is `minor`, was `major`. [unit-changed]
          in answer 201 (response)
          --> specs/acme.yaml:94 → specs/acme.yaml:106
          - {type: string, x-unit: major, description: How much.}
          + {type: integer, x-unit: minor, description: How much.}
          = `{"amount":1250}` may come now, could not before
        `PayoutMethod` has no value `"wallet"` any more. [enum-value-removed]
          in body (request), answer 201 (response): breaks Rust
          --> specs/acme.yaml:77 → specs/acme.yaml:88
          - enum: [bank, wallet, card]
          + enum: [bank, card]
          = `{"method":"wallet"}` was accepted, is not any more
          = `{"method":"wallet"}` does not come any more
        `PayoutRequest.note`: `maxLength` is `140`, was not there. [limit-added]
          in body (request)
          --> specs/acme.yaml:97
          + maxLength: 140
          = `"…141 characters"` was accepted, is not any more
      breaks Rust
        `BankAccount` is called `PayeeAccount` now. [schema-renamed]
          in answer 201 (response)
          --> specs/acme.yaml:101 → specs/acme.yaml:113
          - BankAccount:
          + PayeeAccount:
      new
        `Payout.status` has the new value `"held"`. [enum-value-added]
          in answer 201 (response)
          --> specs/acme.yaml:99 → specs/acme.yaml:111
          - enum: [pending, paid, failed]
          + enum: [pending, held, paid, failed]
          = `{"status":"held"}` may come now, could not before
        `PayoutRequest.purpose` is new and can be left out. [member-added]
          in body (request)
          --> specs/acme.yaml:98
          + purpose: {type: string, description: Why it is paid.}
      documentation only
        `POST /payouts`: The description is another. [description-changed]  specs/acme.yaml:38 → specs/acme.yaml:38
        `Problem.message`: The description is another. [description-changed]  specs/acme.yaml:112 → specs/acme.yaml:124

    get_payout  GET /payouts/{reference}
      breaks the wire
        `Payout.amount`: `x-unit` is `minor`, was `major`. [unit-changed]
          in answer 200 (response)
          --> specs/acme.yaml:94 → specs/acme.yaml:106
          - {type: string, x-unit: major, description: How much.}
          + {type: integer, x-unit: minor, description: How much.}
          = `{"amount":1250}` may come now, could not before
      breaks Rust
        `PayoutMethod` has no value `"wallet"` any more. [enum-value-removed]
          in answer 200 (response)
          --> specs/acme.yaml:77 → specs/acme.yaml:88
          - enum: [bank, wallet, card]
          + enum: [bank, card]
        `BankAccount` is called `PayeeAccount` now. [schema-renamed]
          in answer 200 (response)
          --> specs/acme.yaml:101 → specs/acme.yaml:113
          - BankAccount:
          + PayeeAccount:
      new
        `Payout.status` has the new value `"held"`. [enum-value-added]
          in answer 200 (response)
          --> specs/acme.yaml:99 → specs/acme.yaml:111
          - enum: [pending, paid, failed]
          + enum: [pending, held, paid, failed]
          = `{"status":"held"}` may come now, could not before

    get_status  GET /status
      documentation only
        `GET /status`: The description is another. [summary-changed]  specs/acme.yaml:66 → specs/acme.yaml:66

    cancel_payout  PUT /payouts/{reference}/cancellation
      new
        `PUT /payouts/{reference}/cancellation` is new. [operation-added]
          in the call
          --> specs/acme.yaml:72
          + operationId: cancel_payout

    the API as a whole
      documentation only
        `info`: Written in another order. [title-changed]  specs/acme.yaml:2 → specs/acme.yaml:2

    Rust: 5 public items of payouts-acme changed
      breaks Rust
        - pub payouts_acme::PayoutMethod::Wallet
        - pub payouts_acme::Payout::amount: Decimal
        + pub payouts_acme::Payout::amount: MinorUnits
        - pub struct payouts_acme::BankAccount
        + pub struct payouts_acme::PayeeAccount
      new
        + pub payouts_acme::Status::Held
        = `Status` is not exhaustive
        + pub fn payouts_acme::Client::cancel_payout(&self, impl Into<String>) -> CancelPayout

    generated: 2 files of payouts-acme, +89 -27
      crates/payouts-acme/src/client.rs +58 -3
      crates/payouts-acme/src/types.rs +31 -24
      = `PayoutRequest.note` is checked before sending: `max_length` 140

    error: generated files of payouts-acme are not what their spec gives
      crates/payouts-acme/src/error.rs
      = help: run `cargo xtask generate` and commit what it writes

    version of payouts-acme: needs 0.2.0, has 0.1.0, no entry in CHANGELOG.md
      = help: an entry for CHANGELOG.md:
          ### payouts-acme 0.2.0

          - **Breaking:** `PayoutMethod::Wallet` is gone.
          - `cancel_payout`.

    acme: 17 places changed, 16 explained
      not explained: specs/acme.yaml:16 → specs/acme.yaml:16
        - x-dedupe: [/id]
        + x-dedupe: [/id]

    error[initech]: the spec of head cannot be read
      error[unknown-reference]: `$ref` names a schema that does not exist
        --> specs/initech.yaml:412:23

    error: the public API of payouts-initech cannot be compared
      error[E0412]: cannot find type `Payuot`

    version of payouts-initech: needs no new version

    get_balance  GET /balance
      new
        `Balance.reserved` is new and can be absent. [member-added]
          in answer 200 (response)
          --> specs/umbrella.yaml:77
          + reserved: {type: string, x-unit: major}

    version of payouts-umbrella: 2.1.0 is enough

    umbrella: 1 place changed, 1 explained
    "#);
}

#[test]
fn at_a_terminal_in_colour() {
    let providers = vec![example::harmless()];
    let review = Review { providers, crates: Vec::new(), ..example::review() };
    let text = text(&review, Color::Always).replace('\u{1b}', "ESC");
    assert_snapshot!(text, @"
    ESC[1;32mumbrella: 1 new, Rust was not compared; 2.1.0 is enoughESC[0m
    unchanged: globex, hooli

    ESC[1mget_balanceESC[0m  GET /balance
      ESC[1;32mnewESC[0m
        `Balance.reserved` is new and can be absent. [member-added]
          in answer 200 (response)
          ESC[1;34m-->ESC[0m specs/umbrella.yaml:77
          ESC[1;32m+ reserved: {type: string, x-unit: major}ESC[0m

    ESC[1mversionESC[0m of payouts-umbrella: 2.1.0 is enough

    ESC[1;32mumbrellaESC[0m: 1 place changed, 1 explained
    ");
}

/// It asks for a line in the changelog, so something has changed.
#[test]
fn at_a_terminal_the_source_alone() {
    let mut provider = example::harmless();
    let spec = SpecReview { changes: Vec::new(), ..SpecReview::default() };
    provider.spec = Ok(spec);
    let path = "crates/payouts-umbrella/src/types.rs".to_owned();
    provider.source.files = vec![FileLines { path, added: 1, removed: 1 }];
    let review = Review { providers: vec![provider], crates: Vec::new(), ..example::review() };
    let text = text(&review, Color::Never);
    let first = text.lines().next();
    assert_eq!(
        first,
        Some("umbrella: only the generated source changed, Rust was not compared; 2.1.0 is enough")
    );
    // The compiler sees what the spec does not say.
    let item = ItemChange {
        before: None,
        after: Some("fn Payout::id(&self) -> &PayoutId".to_owned()),
        meaning: Meaning::New,
        reason: None,
    };
    let mut review = review;
    review.providers[0].rust = RustReview::Items(vec![item]);
    let text = super::text(&review, Color::Never);
    assert_eq!(
        text.lines().next(),
        Some("umbrella: 1 item of the public API new; 2.1.0 is enough")
    );
}

#[test]
fn at_a_terminal_nothing() {
    assert_snapshot!(text(&example::nothing(), Color::Never), @"
    nothing changed between origin/main and 4f2a9c1
    unchanged: acme
    ");
}

#[test]
fn in_a_comment() {
    assert_snapshot!(markdown(&example::review()), @r#"
    <!-- payouts review -->
    ## 🛑 API review: not to be merged as it is

    | crate | money | wire | Rust | new | documentation | version |
    |---|---|---|---|--:|--:|---|
    | `payouts-acme` | 🚨 **2 alarms** | **breaks** (3) | **breaks** (3 items) | 4 | 4 | 🛑 needs 0\.2\.0, has 0\.1\.0, no entry in CHANGELOG.md |
    | `payouts-initech` | | 🛑 the spec of head cannot be read | | | | needs no new version |
    | `payouts-umbrella` | — | — | not compared | 1 | 0 | ✅ 2\.1\.0 is enough |
    | `payouts` | — | — | **breaks** | | | 🛑 needs 0\.2\.0, has 0\.1\.0: it re\-exports `payouts-acme` |

    - 🛑 `acme`: 1 place of the spec changed and no rule explains it
    - 🛑 `acme`: crates/payouts\-acme/Cargo.toml: the version must rise to 0\.2\.0
    - 🛑 `acme`: CHANGELOG.md: `## Unreleased` must say what changes in `payouts-acme`, in a line that says `breaking`
    - 🛑 `initech`: the spec of the head cannot be read
    - 🛑 `initech`: what changed in Rust cannot be told: error\[E0412\]: cannot find type `Payuot`
    - 🛑 `payouts`: crates/payouts/Cargo.toml: the version must rise to 0\.2\.0, because it re\-exports `payouts-acme`

    ### <code>acme</code> ⚠️ not what the spec gives: run cargo xtask generate

    - `crates/payouts-acme/src/error.rs`

    ### <code>acme</code> 🛑 changed, and not explained

    - [`specs/acme.yaml:16`](https://code.example/0d1e2f3/specs/acme.yaml#L16) → [`specs/acme.yaml:16`](https://code.example/4f2a9c1/specs/acme.yaml#L16)  
      `x-dedupe: [/id]` → `x-dedupe: [/id]`

    ### <code>acme</code> 🚨 money alarms

    - **`Payout.amount`**: `x-unit` is `minor`, was `major`. [`specs/acme.yaml:94`](https://code.example/0d1e2f3/specs/acme.yaml#L94) → [`specs/acme.yaml:106`](https://code.example/4f2a9c1/specs/acme.yaml#L106)  
      `{type: string, x-unit: major, description: How much.}` → `{type: integer, x-unit: minor, description: How much.}`  
      **`1250` was 1,250 dollars and is 12\.50 dollars now**  
      in `payout_changed`, `list_payouts`, `create_payout`, `get_payout`
    - **`Payout.status`** has the new value `"held"`. [`specs/acme.yaml:99`](https://code.example/0d1e2f3/specs/acme.yaml#L99) → [`specs/acme.yaml:111`](https://code.example/4f2a9c1/specs/acme.yaml#L111)  
      `enum: [pending, paid, failed]` → `enum: [pending, held, paid, failed]`  
      **what became of a payment**  
      in `payout_changed`, `list_payouts`, `create_payout`, `get_payout`

    ### <code>acme</code> breaks the wire

    `payout_changed` webhook

    - **`Payout.amount`**: `x-unit` is `minor`, was `major`. [`specs/acme.yaml:94`](https://code.example/0d1e2f3/specs/acme.yaml#L94) → [`specs/acme.yaml:106`](https://code.example/4f2a9c1/specs/acme.yaml#L106)  
      `{type: string, x-unit: major, description: How much.}` → `{type: integer, x-unit: minor, description: How much.}`  
      in body (response)  
      `{"amount":1250}` may come now, could not before

    `list_payouts` GET /payouts

    - **`Payout.amount`**: `x-unit` is `minor`, was `major`. As above, in answer 200 (response)

    `create_payout` POST /payouts

    - **`Payout.amount`**: `x-unit` is `minor`, was `major`. As above, in answer 201 (response)
    - **`PayoutMethod`** has no value `"wallet"` any more. [`specs/acme.yaml:77`](https://code.example/0d1e2f3/specs/acme.yaml#L77) → [`specs/acme.yaml:88`](https://code.example/4f2a9c1/specs/acme.yaml#L88)  
      `enum: [bank, wallet, card]` → `enum: [bank, card]`  
      in body (request), answer 201 (response): breaks Rust  
      `{"method":"wallet"}` was accepted, is not any more  
      `{"method":"wallet"}` does not come any more
    - **`PayoutRequest.note`**: `maxLength` is `140`, was not there. [`specs/acme.yaml:97`](https://code.example/4f2a9c1/specs/acme.yaml#L97)  
      `maxLength: 140`  
      in body (request)  
      `"…141 characters"` was accepted, is not any more

    `get_payout` GET /payouts/\{reference\}

    - **`Payout.amount`**: `x-unit` is `minor`, was `major`. As above, in answer 200 (response)

    ### <code>acme</code> breaks Rust

    `payout_changed` webhook

    - **`PayoutMethod`** has no value `"wallet"` any more. [`specs/acme.yaml:77`](https://code.example/0d1e2f3/specs/acme.yaml#L77) → [`specs/acme.yaml:88`](https://code.example/4f2a9c1/specs/acme.yaml#L88)  
      `enum: [bank, wallet, card]` → `enum: [bank, card]`  
      in body (response)
    - **`BankAccount`** is called `PayeeAccount` now. [`specs/acme.yaml:101`](https://code.example/0d1e2f3/specs/acme.yaml#L101) → [`specs/acme.yaml:113`](https://code.example/4f2a9c1/specs/acme.yaml#L113)  
      `BankAccount:` → `PayeeAccount:`  
      in body (response)

    `list_payouts` GET /payouts

    - **`PayoutMethod`** has no value `"wallet"` any more. As above, in answer 200 (response)
    - **`BankAccount`** is called `PayeeAccount` now. As above, in answer 200 (response)

    `create_payout` POST /payouts

    - **`BankAccount`** is called `PayeeAccount` now. As above, in answer 201 (response)

    `get_payout` GET /payouts/\{reference\}

    - **`PayoutMethod`** has no value `"wallet"` any more. As above, in answer 200 (response)
    - **`BankAccount`** is called `PayeeAccount` now. As above, in answer 200 (response)

    ### <code>acme</code> version: needs 0.2.0, has 0.1.0, no entry in CHANGELOG.md

    An entry for CHANGELOG.md, ready to paste:

    ```markdown
    ### payouts-acme 0.2.0

    - **Breaking:** `PayoutMethod::Wallet` is gone.
    - `cancel_payout`.
    ```

    <details><summary><code>acme</code> new (7)</summary>

    `payout_changed` webhook

    - **`Payout.status`** has the new value `"held"`. [`specs/acme.yaml:99`](https://code.example/0d1e2f3/specs/acme.yaml#L99) → [`specs/acme.yaml:111`](https://code.example/4f2a9c1/specs/acme.yaml#L111)  
      `enum: [pending, paid, failed]` → `enum: [pending, held, paid, failed]`  
      in body (response)  
      `{"status":"held"}` may come now, could not before

    `list_payouts` GET /payouts

    - **`Payout.status`** has the new value `"held"`. As above, in answer 200 (response)
    - **`parameter limit`**: `maximum` is `500`, was `100`. [`specs/acme.yaml:27`](https://code.example/0d1e2f3/specs/acme.yaml#L27) → [`specs/acme.yaml:27`](https://code.example/4f2a9c1/specs/acme.yaml#L27)  
      `maximum: 100` → `maximum: 500`  
      in parameter limit (request)  
      `250` is accepted now, was not before

    `create_payout` POST /payouts

    - **`Payout.status`** has the new value `"held"`. As above, in answer 201 (response)
    - **`PayoutRequest.purpose`** is new and can be left out. [`specs/acme.yaml:98`](https://code.example/4f2a9c1/specs/acme.yaml#L98)  
      `purpose: {type: string, description: Why it is paid.}`  
      in body (request)

    `get_payout` GET /payouts/\{reference\}

    - **`Payout.status`** has the new value `"held"`. As above, in answer 200 (response)

    `cancel_payout` PUT /payouts/\{reference\}/cancellation

    - **`PUT /payouts/{reference}/cancellation`** is new. [`specs/acme.yaml:72`](https://code.example/4f2a9c1/specs/acme.yaml#L72)  
      `operationId: cancel_payout`  
      in the call

    </details>

    <details><summary><code>acme</code> documentation only (4)</summary>

    `create_payout` POST /payouts

    - **`POST /payouts`**: The description is another. [`specs/acme.yaml:38`](https://code.example/0d1e2f3/specs/acme.yaml#L38) → [`specs/acme.yaml:38`](https://code.example/4f2a9c1/specs/acme.yaml#L38)  
      `description: The money leaves your balance at once.` → `description: The money leaves your balance within a minute.`
    - **`Problem.message`**: The description is another. [`specs/acme.yaml:112`](https://code.example/0d1e2f3/specs/acme.yaml#L112) → [`specs/acme.yaml:124`](https://code.example/4f2a9c1/specs/acme.yaml#L124)  
      `description: For people.` → `description: What a person can do about it.`

    `get_status` GET /status

    - **`GET /status`**: The description is another. [`specs/acme.yaml:66`](https://code.example/0d1e2f3/specs/acme.yaml#L66) → [`specs/acme.yaml:66`](https://code.example/4f2a9c1/specs/acme.yaml#L66)  
      `summary: Says whether the API is up.` → `summary: Says whether the API is up and takes payouts.`

    **the API as a whole**

    - **`info`**: Written in another order. [`specs/acme.yaml:2`](https://code.example/0d1e2f3/specs/acme.yaml#L2) → [`specs/acme.yaml:2`](https://code.example/4f2a9c1/specs/acme.yaml#L2)  
      `info: {title: Acme` → `info: {title: Acme`

    </details>

    <details><summary><code>acme</code> public API: 5 items</summary>

    - breaks Rust: `pub payouts_acme::PayoutMethod::Wallet`, gone
    - breaks Rust: `pub payouts_acme::Payout::amount: Decimal` → `pub payouts_acme::Payout::amount: MinorUnits`
    - breaks Rust: `pub struct payouts_acme::BankAccount` → `pub struct payouts_acme::PayeeAccount`
    - new: `pub payouts_acme::Status::Held`: `Status` is not exhaustive
    - new: `pub fn payouts_acme::Client::cancel_payout(&self, impl Into<String>) -> CancelPayout`

    </details>

    <details><summary><code>acme</code> generated lines: +89 −27 in 2 files</summary>

    - `PayoutRequest.note` is checked before sending: `max_length` 140
    - `crates/payouts-acme/src/client.rs` +58 −3
    - `crates/payouts-acme/src/types.rs` +31 −24

    </details>

    ### <code>initech</code> the spec of head cannot be read

    ```text
    error[unknown-reference]: `$ref` names a schema that does not exist
      --> specs/initech.yaml:412:23
    ```

    ### <code>initech</code> 🛑 the public API cannot be compared

    ```text
    error[E0412]: cannot find type `Payuot`
    ```

    <details><summary><code>umbrella</code> new (1)</summary>

    `get_balance` GET /balance

    - **`Balance.reserved`** is new and can be absent. [`specs/umbrella.yaml:77`](https://code.example/4f2a9c1/specs/umbrella.yaml#L77)  
      `reserved: {type: string, x-unit: major}`  
      in answer 200 (response)

    </details>

    🛑 `acme`: 17 places changed, 16 explained  
    ✓ `umbrella`: 1 place changed, 1 explained  
    Unchanged: `globex`, `hooli`  
    <sub>`origin/main` → `4f2a9c1`, by <code>cargo xtask review</code>; the page among the artifacts of this run shows both sides.</sub>
    "#);
}

#[test]
fn in_a_comment_nothing() {
    assert_snapshot!(markdown(&example::nothing()), @"
    <!-- payouts review -->
    ## ✅ API review: nothing changed


    Unchanged: `acme`  
    <sub>`origin/main` → `4f2a9c1`, by <code>cargo xtask review</code>; the page among the artifacts of this run shows both sides.</sub>
    ");
}

#[test]
fn for_a_script() {
    let providers = vec![example::harmless()];
    let review = Review { providers, crates: Vec::new(), ..example::review() };
    assert_snapshot!(json(&review), @r#"
    {
      "version": 1,
      "fails": false,
      "base": "origin/main",
      "head": "4f2a9c1",
      "base_commit": "0d1e2f3",
      "head_commit": "4f2a9c1",
      "refused": [],
      "providers": [
        {
          "provider": "umbrella",
          "fails": false,
          "problems": [],
          "spec": {
            "changes": [
              {
                "rule": "member-added",
                "subject": "Balance.reserved",
                "summary": "`Balance.reserved` is new and can be absent.",
                "meaning": "new",
                "alarm": null,
                "before": null,
                "after": {
                  "path": "specs/umbrella.yaml",
                  "line": 77,
                  "column": 9,
                  "text": "reserved: {type: string, x-unit: major}"
                },
                "effects": [
                  {
                    "operation": "get_balance",
                    "part": "answer 200",
                    "direction": "response",
                    "meaning": "new",
                    "counter_example": null
                  }
                ],
                "n_places": 1
              }
            ],
            "operations": [
              {
                "id": "get_balance",
                "title": "GET /balance",
                "summary": "Reads the balance."
              }
            ],
            "reconciliation": {
              "n_places": 1,
              "n_explained": 1,
              "unexplained": []
            }
          },
          "unreadable": null,
          "rust": "skipped",
          "source": {
            "files": [],
            "notes": [],
            "stale": []
          },
          "version": {
            "crate": "payouts-umbrella",
            "base": "2.0.0",
            "head": "2.1.0",
            "required": "minor",
            "needed": null,
            "has_changelog_entry": true,
            "proposed_entry": "",
            "accepted": []
          }
        }
      ],
      "crates": [],
      "unchanged": [
        "globex",
        "hooli"
      ]
    }
    "#);
}

/// Texts that mean something in one of the formats.
const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "@octocat, see #12 and https://evil.example or www.evil.example",
    "a | b ` c `` d ``` e",
    "``````",
    "[text](https://evil.example) ![](x)",
    "</details></summary> <!-- payouts review -->",
    "\u{1b}[31mred\u{1b}]8;;https://evil.example\u{7}",
    "\u{202e}drawkcab \u{200b}",
    "- item\n# heading\n```\ncode\n~~~",
    "{rev} {path} {line} &amp; &#64;x \\",
];

/// A review in which every text is this one.
fn hostile(text: &str) -> Review {
    let mut review = example::review();
    let set = |it: &mut String| text.clone_into(it);
    let written = |it: &mut Option<Written>| {
        if let Some(it) = it {
            set(&mut it.path);
            set(&mut it.text);
        }
    };
    set(&mut review.base);
    set(&mut review.head);
    review.unchanged.iter_mut().for_each(set);
    review.refused.push(text.to_owned());
    for provider in &mut review.providers {
        set(&mut provider.provider);
        provider.source.notes.iter_mut().for_each(set);
        provider.source.stale.iter_mut().for_each(set);
        provider.source.files.iter_mut().for_each(|it| set(&mut it.path));
        provider.version.accepted.push(text.to_owned());
        set(&mut provider.version.proposed_entry);
        match &mut provider.rust {
            RustReview::Items(items) => {
                for it in items {
                    it.before = Some(text.to_owned());
                    it.reason = Some(text.to_owned());
                }
            }
            RustReview::Unknown { reason } => set(reason),
            RustReview::Skipped => {}
        }
        let spec = match &mut provider.spec {
            Ok(spec) => spec,
            Err(unreadable) => {
                set(&mut unreadable.side);
                set(&mut unreadable.complaints);
                continue;
            }
        };
        for (before, after) in &mut spec.reconciliation.unexplained {
            written(before);
            written(after);
        }
        for it in &mut spec.operations {
            it.id.push_str(text);
            set(&mut it.title);
            set(&mut it.summary);
        }
        for change in &mut spec.changes {
            set(&mut change.rule);
            set(&mut change.subject);
            set(&mut change.summary);
            change.alarm = Some(text.to_owned());
            written(&mut change.before);
            written(&mut change.after);
            for effect in &mut change.effects {
                effect.operation.push_str(text);
                set(&mut effect.part);
                effect.counter_example = Some(text.to_owned());
            }
        }
    }
    review
}

#[test]
fn nothing_moves_the_cursor() {
    for it in HOSTILE {
        let text = text(&hostile(it), Color::Never);
        let found = text.chars().find(|it| it.is_control() && *it != '\n' && *it != '\t');
        assert_eq!(found, None, "{text}");
        assert!(!text.contains('\u{202e}'), "{text}");
    }
}

/// What the page is made of: all tags, without what is in them.
fn tags(page: &str) -> Vec<String> {
    let body = page.split_once("<body>").map_or(page, |(_, it)| it);
    let body = body.split_once("<script>").map_or(body, |(it, _)| it);
    let name = |it: &str| {
        it.split(|it: char| it.is_whitespace() || it == '>').next().unwrap_or_default().to_owned()
    };
    body.split('<').skip(1).map(name).collect()
}

#[test]
fn no_text_is_html() {
    for it in HOSTILE {
        let page = html(&hostile(it), &example::pages());
        assert!(!page.contains("<img"), "{it}");
        assert!(!page.contains("alert(1)</script>"), "{it}");
        assert!(!page.contains(" onmouseover='"), "{it}");
        assert!(!page.contains('\u{202e}'), "{it}");
        assert_eq!(page.matches("<script>").count(), 1, "{it}");
        // Only what is meant as a sentence can add something: code in backticks.
        let known =
            ["code", "/code", "del", "/del", "ins", "/ins", "span", "/span", "a", "/a", "p", "/p"];
        let rest = |page: &str| {
            let mut tags = tags(page);
            tags.retain(|it| !known.contains(&it.as_str()));
            tags
        };
        assert_eq!(rest(&page), rest(&html(&hostile("text"), &example::pages())), "{it}");
        for place in page.split("href=\"").skip(1) {
            let is_ours =
                ["#", "data:,", "https://code.example/"].iter().any(|it| place.starts_with(it));
            assert!(is_ours, "{}", place.split('"').next().unwrap_or_default());
        }
    }
}

/// The text of a comment that is neither code nor escaped.
fn bare(comment: &str) -> String {
    let mut bare = String::new();
    let mut fence: Option<String> = None;
    for line in comment.lines() {
        let run: String = line.chars().take_while(|it| *it == '`').collect();
        match &fence {
            Some(open) if run.len() >= open.len() && line.trim() == run => fence = None,
            Some(_) => {}
            None if run.len() >= 3 && !line[run.len()..].contains('`') => fence = Some(run),
            None => {
                bare.push_str(&without_code(line));
                bare.push('\n');
            }
        }
    }
    assert_eq!(fence, None, "a block of code does not end");
    bare
}

fn without_code(line: &str) -> String {
    let mut bare = String::new();
    let mut rest = line;
    while let Some(it) = rest.chars().next() {
        let n = rest.bytes().take_while(|it| *it == b'`').count();
        if it == '\\' {
            rest = rest.get(2..).unwrap_or_default();
        } else if rest.starts_with("](https://code.example/") {
            // Where our own links lead: nothing in there can end them.
            rest = rest.split_once(')').map_or("", |(_, it)| it);
        } else if n > 0 {
            let fence = "`".repeat(n);
            let inside = &rest[n..];
            let mut end = 0;
            let close = loop {
                let found = inside[end..].find(&fence).expect("code ends on its line") + end;
                let run = inside[found..].bytes().take_while(|it| *it == b'`').count();
                if run == n {
                    break found;
                }
                end = found + run;
            };
            rest = &inside[close + n..];
        } else {
            bare.push(it);
            rest = &rest[it.len_utf8()..];
        }
    }
    bare
}

#[test]
fn no_text_is_markdown() {
    let expected = bare(&markdown(&hostile("text")));
    for it in HOSTILE {
        let comment = markdown(&hostile(it));
        assert!(comment.starts_with(MARKER), "{it}");
        let bare = bare(&comment);
        assert_eq!(bare.matches(MARKER).count(), 1, "{bare}");
        for wrong in
            ["<script", "<img", "@o", "#12 and", "https://e", "www.e", "![", "&amp;", "\u{202e}"]
        {
            assert!(!bare.contains(wrong), "{wrong} in {bare}");
        }
        for sign in ["<details>", "</details>", "\n#", "\n|", "\n- "] {
            assert_eq!(
                bare.matches(sign).count(),
                expected.matches(sign).count(),
                "{sign} in {bare}"
            );
        }
        let bars = |text: &str| -> Vec<usize> {
            text.lines()
                .filter(|it| it.starts_with('|'))
                .map(|it| it.matches('|').count())
                .collect()
        };
        assert_eq!(bars(&bare), bars(&expected), "{bare}");
    }
}

/// A provider with that many changes of each meaning.
fn many(n: usize) -> Review {
    let long = "a word that is long enough to matter ".repeat(20);
    let written = |line| {
        Some(Written { path: "specs/acme.yaml".to_owned(), line, column: 1, text: long.clone() })
    };
    let change = |idx: usize| {
        let meaning =
            [Meaning::BreaksWire, Meaning::BreaksRust, Meaning::New, Meaning::Documentation]
                [idx % 4];
        let effects: Vec<Effect> = (0..3)
            .map(|it| {
                let operation = format!("operation_{}", (idx + it) % 200);
                example::effect(&operation, "body", Direction::Request, meaning)
            })
            .collect();
        let subject = format!("Member.number_{idx}");
        Change {
            effects,
            ..example::change("rule", &subject, &long, meaning, written(idx + 1), written(idx + 2))
        }
    };
    let mut provider: ProviderReview = example::harmless();
    let spec = provider.spec.as_mut().expect("it can be read");
    spec.changes = (0..n).map(change).collect();
    spec.changes[0].alarm = Some("the very first alarm".to_owned());
    provider.version.proposed_entry = "- an entry\n".repeat(3_000);
    provider.version.has_changelog_entry = false;
    Review { providers: vec![provider.clone(), provider], ..example::review() }
}

#[test]
fn a_comment_is_never_too_long() {
    for n in [1, 30, 3_000] {
        let comment = markdown(&many(n));
        assert!(comment.len() <= 65_000, "{n}: {}", comment.len());
        assert!(comment.contains("the very first alarm"), "{n}");
        assert!(comment.trim_end().ends_with("</sub>"), "{n}");
        let count = |it: &str| comment.matches(it).count();
        assert_eq!(count("<details>"), count("</details>"), "{n}");
    }
    let comment = markdown(&many(3_000));
    let left_out: Vec<&str> = comment.lines().filter(|it| it.contains("left out")).collect();
    assert_snapshot!(left_out.join("\n"), @"
    > **2207 more changes left out**: a comment has an end. The page of this review, among the artifacts of this run, has everything.
    > **2250 changes left out**: a comment has an end. The page of this review, among the artifacts of this run, has everything.
    > **2250 changes left out**: a comment has an end. The page of this review, among the artifacts of this run, has everything.
    > **2250 changes left out**: a comment has an end. The page of this review, among the artifacts of this run, has everything.
    > **2206 more changes left out**: a comment has an end. The page of this review, among the artifacts of this run, has everything.
    > **2250 changes left out**: a comment has an end. The page of this review, among the artifacts of this run, has everything.
    > **2250 changes left out**: a comment has an end. The page of this review, among the artifacts of this run, has everything.
    > **2250 changes left out**: a comment has an end. The page of this review, among the artifacts of this run, has everything.
    ");
}

#[test]
fn a_page_of_thousands_of_changes() {
    let page = html(&many(3_000), &[]);
    assert_eq!(page.matches("<li class=\"change\"").count(), 2 * 9_000);
}

#[test]
fn both_sides_are_on_the_page() {
    let page = html(&example::review(), &example::pages());
    // The reference, the spec's text with its lines, and the way between them.
    for part in [
        "PayoutMethod: one of bank, <del>wallet, </del>card, required",
        "<td class=\"n\">77</td>",
        "id=\"acme--create_payout-2\"",
        "href=\"https://code.example/4f2a9c1/specs/acme.yaml#L88\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn a_provider_takes_no_anchor_of_the_page() {
    for name in ["main", "money", "overview", "search", "alarms", "shown", "contents"] {
        let mut review = example::review();
        review.providers[0].provider = name.to_owned();
        let page = html(&review, &[]);
        let ids = page.split(" id=\"").skip(1).filter_map(|it| it.split('"').next());
        let mut seen = BTreeSet::new();
        let twice: Vec<&str> = ids.filter(|it| !seen.insert(*it)).collect();
        assert_eq!(twice, [""; 0]);
        assert!(seen.contains(name) && seen.len() > 20, "{seen:?}");
    }
}

/// Opens the page and looks at everything on it.
#[test]
fn in_a_browser() {
    let folder = TempDir::new().expect("a folder can be made");
    let page = folder.path().join("review.html");
    fs::write(&page, html(&example::review(), &example::pages())).expect("it can be written");
    browser::run("review.mjs", &page);
}

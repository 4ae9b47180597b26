//! Schemas.

use super::*;

#[test]
fn null_is_a_type() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        name: {type: [string, 'null']}
        count: {type: ['null', integer], minimum: 1}
"#), @"
    Thing:
      type: object
      properties:
        name:
          type: string
          nullable: true
          description: Name.
        count:
          type: integer
          nullable: true
          minimum: 1
          description: Count.
      description: Thing.
    ");
}

#[test]
fn a_constant_is_an_enum_of_one() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        kind: {const: wire}
        version: {const: 2}
"#), @"
    Thing:
      type: object
      properties:
        kind:
          $ref: '#/components/schemas/ThingKind'
        version:
          type: integer
          description: Always `2`.
      description: Thing.

    ThingKind:
      type: string
      enum:
        - wire
      description: Thing kind.
    ");
}

#[test]
fn null_among_listed_values() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        state: {type: string, nullable: true, enum: [open, null]}
"#), @"
    Thing:
      type: object
      properties:
        state:
          type: string
          nullable: true
          allOf:
            - $ref: '#/components/schemas/ThingState'
      description: Thing.

    ThingState:
      type: string
      enum:
        - open
      description: Thing state.
    ");
}

#[test]
fn listed_values_that_are_no_strings() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        size: {type: integer, enum: [1, 2]}
        on: {type: boolean, enum: [true]}
        any: {enum: [1, a]}
        code: {type: string, enum: ['1', 2]}
"#), @"
        Thing:
          type: object
          properties:
            size:
              type: integer
              description: One of `1`, `2`.
            'on':
              type: boolean
              description: Always `true`.
            any:
              oneOf:
                - type: integer
                - type: string
              description: Any.
            code:
              $ref: '#/components/schemas/ThingCode'
          description: Thing.

        ThingCode:
          type: string
          enum:
            - '1'
            - '2'
          description: Thing code.

    acme.yaml:22:42: assumed: the listed value `2` is not a string, it is read as one
    ");
}

#[test]
fn listed_values_that_collide() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        state: {type: string, enum: [a-b, a_b, '', '+', Unrecognized]}
"#), @"
    Thing:
      type: object
      properties:
        state:
          $ref: '#/components/schemas/ThingState'
      description: Thing.

    ThingState:
      type: string
      x-enum-varnames:
        - Ab
        - Ab2
        - Empty
        - Value4
        - UnrecognizedValue
      enum:
        - a-b
        - a_b
        - ''
        - '+'
        - Unrecognized
      description: Thing state.
    ");
}

#[test]
fn limits_of_openapi_3_1() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        share: {type: integer, exclusiveMinimum: 0, maximum: 10, exclusiveMaximum: 20}
        name: {type: string, minLength: 1, pattern: '^(?!x)'}
"#), @"
        Thing:
          type: object
          properties:
            share:
              type: integer
              minimum: 0
              exclusiveMinimum: true
              maximum: 10
              description: Share.
            name:
              type: string
              minLength: 1
              description: Matches `^(?!x)`.
          description: Thing.

    acme.yaml:20:44: not-checked: `pattern` is not checked, the provider checks it
    ");
}

#[test]
fn a_number_has_a_unit() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        totalAmount: {type: number}
        exchangeRate: {type: number}
        percentage: {type: number}
        weight: {type: number}
        value: {type: integer, description: In minor units.}
        amount: {type: integer, description: 'The amount, in [minor units](https://acme.example).'}
"#), @"
        Thing:
          type: object
          properties:
            totalAmount:
              type: number
              x-unit: major
              description: Total amount.
            exchangeRate:
              type: number
              x-unit: rate
              description: Exchange rate.
            percentage:
              type: number
              x-unit: percent
              description: Percentage.
            weight:
              type: number
              x-unit: factor
              description: Weight.
            value:
              type: integer
              description: In minor units.
              x-unit: minor
            amount:
              type: integer
              description: The amount, in [minor units](https://acme.example).
              x-unit: minor
          description: Thing.

    acme.yaml:19:29: assumed: a number without a meaning, it is an exact decimal with `x-unit: major`
    acme.yaml:20:30: assumed: a number without a meaning, it is an exact decimal with `x-unit: rate`
    acme.yaml:21:28: assumed: a number without a meaning, it is an exact decimal with `x-unit: percent`
    acme.yaml:22:24: assumed: a number without a meaning, it is an exact decimal with `x-unit: factor`
    ");
}

#[test]
fn an_annotated_reference() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        a: {$ref: '#/components/schemas/Id', description: The first.}
        b: {allOf: [{$ref: '#/components/schemas/Id'}], nullable: true}
        c: {oneOf: [{$ref: '#/components/schemas/Id'}, {type: 'null'}]}
    Id: {type: string, description: An id.}
"#), @"
    Thing:
      type: object
      properties:
        a:
          allOf:
            - $ref: '#/components/schemas/Id'
          description: The first.
        b:
          type: string
          nullable: true
          allOf:
            - $ref: '#/components/schemas/Id'
        c:
          type: string
          nullable: true
          allOf:
            - $ref: '#/components/schemas/Id'
      description: Thing.

    Id:
      type: string
      description: An id.
    ");
}

#[test]
fn parts_of_scalars_are_one() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        id:
          allOf:
            - {$ref: '#/components/schemas/Id'}
            - {maxLength: 5}
    Id: {type: string, minLength: 2, description: An id.}
"#), @"
        Thing:
          type: object
          properties:
            id:
              type: string
              description: An id.
              minLength: 2
              maxLength: 5
          description: Thing.
    ");
}

#[test]
fn parts_of_objects_stay_parts() {
    assert_snapshot!(schemas(r#"    Thing:
      allOf:
        - {$ref: '#/components/schemas/Base'}
        - {properties: {name: {type: string}}, required: [name]}
    Base: {properties: {id: {type: string}}}
"#), @"
    Thing:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          required:
            - name
          properties:
            name:
              type: string
              description: Name.
      description: Thing.

    Base:
      type: object
      properties:
        id:
          type: string
          description: Id.
      description: Base.
    ");
}

#[test]
fn parts_that_contradict_each_other() {
    assert_snapshot!(schemas(r#"    Thing:
      allOf:
        - {$ref: '#/components/schemas/Base'}
        - {properties: {state: {type: string, enum: [open]}}, required: [id]}
    Base: {properties: {id: {type: string}, state: {type: string, enum: [open, shut]}}}
"#), @"
    Thing:
      type: object
      required:
        - id
      properties:
        state:
          $ref: '#/components/schemas/ThingState'
        id:
          type: string
          description: Id.
      description: Thing.

    ThingState:
      type: string
      enum:
        - open
      description: Thing state.
    ");
}

#[test]
fn alternatives_that_only_require() {
    assert_snapshot!(schemas(r#"    Thing:
      properties: {a: {type: string}, b: {type: string}}
      oneOf:
        - {required: [a]}
        - {required: [b]}
"#), @"
        Thing:
          type: object
          properties:
            a:
              type: string
              description: A.
            b:
              type: string
              description: B.
          description: Thing.

    acme.yaml:19:7: not-checked: `oneOf` is not checked, the provider checks it
    ");
}

#[test]
fn alternatives_with_a_constant() {
    assert_snapshot!(schemas(r#"    Thing:
      oneOf:
        - {title: Card, properties: {kind: {const: card}, last4: {type: string}}, required: [kind]}
        - {title: Bank, properties: {kind: {enum: [bank, sepa]}, iban: {type: string}}, required: [kind]}
"#), @"
    Thing:
      oneOf:
        - $ref: '#/components/schemas/ThingCard'
        - $ref: '#/components/schemas/ThingBank'
      discriminator:
        propertyName: kind
        mapping:
          card: '#/components/schemas/ThingCard'
          bank: '#/components/schemas/ThingBank'
          sepa: '#/components/schemas/ThingBank'
      description: Thing.

    ThingCard:
      type: object
      description: Card
      required:
        - kind
      properties:
        kind:
          $ref: '#/components/schemas/ThingCardKind'
        last4:
          type: string
          description: Last4.

    ThingCardKind:
      type: string
      enum:
        - card
      description: Thing card kind.

    ThingBank:
      type: object
      description: Bank
      required:
        - kind
      properties:
        kind:
          $ref: '#/components/schemas/ThingBankKind'
        iban:
          type: string
          description: Iban.
          x-sensitive: true

    ThingBankKind:
      type: string
      enum:
        - bank
        - sepa
      description: Thing bank kind.
    ");
}

#[test]
fn alternatives_with_a_discriminator() {
    assert_snapshot!(schemas(r#"    Thing:
      oneOf:
        - {$ref: '#/components/schemas/card'}
        - {$ref: '#/components/schemas/Bank'}
      discriminator: {propertyName: kind, mapping: {b: '#/components/schemas/Bank'}}
    card: {properties: {kind: {type: string}}}
    Bank: {properties: {kind: {type: string}}}
"#), @"
    Thing:
      oneOf:
        - $ref: '#/components/schemas/Card'
        - $ref: '#/components/schemas/Bank'
      discriminator:
        propertyName: kind
        mapping:
          card: '#/components/schemas/Card'
          b: '#/components/schemas/Bank'
      description: Thing.

    Card:
      type: object
      properties:
        kind:
          type: string
          description: Kind.
      description: Card.

    Bank:
      type: object
      properties:
        kind:
          type: string
          description: Kind.
      description: Bank.
    ");
}

#[test]
fn an_object_that_stands_for_others() {
    assert_snapshot!(schemas(r#"    Thing:
      type: object
      properties: {kind: {type: string}}
      required: [kind]
      discriminator: {propertyName: kind, mapping: {card: Card, bank: '#/components/schemas/Bank'}}
    Card: {allOf: [{$ref: '#/components/schemas/Thing'}, {properties: {last4: {type: string}}}]}
    Bank: {allOf: [{$ref: '#/components/schemas/Thing'}, {properties: {bic: {type: string}}}]}
"#), @"
    Thing:
      oneOf:
        - $ref: '#/components/schemas/Card'
        - $ref: '#/components/schemas/Bank'
      discriminator:
        propertyName: kind
        mapping:
          card: '#/components/schemas/Card'
          bank: '#/components/schemas/Bank'
      description: Thing.

    Card:
      type: object
      required:
        - kind
      properties:
        kind:
          type: string
          description: Kind.
        last4:
          type: string
          description: Last4.
      description: Card.

    Bank:
      type: object
      required:
        - kind
      properties:
        kind:
          type: string
          description: Kind.
        bic:
          type: string
          description: Bic.
      description: Bank.
    ");
}

#[test]
fn alternatives_that_nothing_tells_apart() {
    assert_snapshot!(schemas(r#"    Thing:
      anyOf:
        - {properties: {issue: {enum: [A]}}}
        - {properties: {issue: {enum: [B]}, hint: {type: string}}}
"#), @"
    Thing:
      type: object
      properties:
        issue:
          $ref: '#/components/schemas/ThingIssue'
        hint:
          type: string
          description: Hint.
      description: Thing.

    ThingIssue:
      type: string
      enum:
        - A
        - B
      description: Thing issue.
    ");
}

#[test]
fn alternatives_that_require_different_members() {
    assert_snapshot!(schemas(r#"    Thing:
      oneOf:
        - {title: Plain, properties: {a: {type: string}}, required: [a]}
        - {title: Full, properties: {a: {type: string}, b: {type: string}}, required: [a, b]}
"#), @"
    Thing:
      oneOf:
        - $ref: '#/components/schemas/ThingFull'
        - $ref: '#/components/schemas/ThingPlain'
      description: Thing.

    ThingPlain:
      type: object
      description: Plain
      required:
        - a
      properties:
        a:
          type: string
          description: A.

    ThingFull:
      type: object
      description: Full
      required:
        - a
        - b
      properties:
        a:
          type: string
          description: A.
        b:
          type: string
          description: B.
    ");
}

#[test]
fn alternatives_of_scalars() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        text: {anyOf: [{type: string, enum: [a]}, {type: string}]}
        id: {oneOf: [{type: string}, {type: integer}]}
        amount: {oneOf: [{type: string}, {type: number}]}
        other: {oneOf: [{type: string}, {type: number}]}
        flag: {type: [boolean, string]}
"#), @"
        Thing:
          type: object
          properties:
            text:
              $ref: '#/components/schemas/ThingText'
            id:
              oneOf:
                - type: integer
                - type: string
              description: Id.
            amount:
              oneOf:
                - type: number
                - type: string
              x-unit: major
              description: Amount.
            other:
              description: Other.
            flag:
              description: Flag.
          description: Thing.

        ThingText:
          type: string
          enum:
            - a
          description: Thing text.

    acme.yaml:22:17: kept-as-json: kept as JSON of any kind: its values are of several kinds, has no type of its own
    acme.yaml:23:22: kept-as-json: kept as JSON of any kind: its values are of several kinds, has no type of its own
    ");
}

#[test]
fn members_that_all_alternatives_have() {
    assert_snapshot!(schemas(r#"    Thing:
      properties: {id: {type: string}}
      required: [id]
      oneOf:
        - {$ref: '#/components/schemas/Card'}
        - {$ref: '#/components/schemas/Bank'}
    Card: {type: object, properties: {last4: {type: string}}, required: [last4]}
    Bank: {type: object, properties: {bic: {type: string}}, required: [bic]}
"#), @"
    Thing:
      oneOf:
        - $ref: '#/components/schemas/ThingCard'
        - $ref: '#/components/schemas/ThingBank'
      description: Thing.

    ThingCard:
      type: object
      required:
        - id
        - last4
      properties:
        id:
          type: string
          description: Id.
        last4:
          type: string
          description: Last4.
      description: Thing card.

    ThingBank:
      type: object
      required:
        - id
        - bic
      properties:
        id:
          type: string
          description: Id.
        bic:
          type: string
          description: Bic.
      description: Thing bank.
    ");
}

#[test]
fn an_alternative_that_can_be_anything() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        value: {oneOf: [{}, {type: object, properties: {a: {type: string}}}]}
"#), @"
    Thing:
      type: object
      properties:
        value:
          description: Value.
      description: Thing.
    ");
}

#[test]
fn a_value_that_never_ends() {
    assert_snapshot!(schemas(r#"    Thing:
      properties: {inner: {$ref: '#/components/schemas/Thing'}, id: {type: string}}
      required: [inner, id]
"#), @"
        Thing:
          type: object
          required:
            - id
          properties:
            inner:
              $ref: '#/components/schemas/Thing'
            id:
              type: string
              description: Id.
          description: Thing.

    acme.yaml:18:7: assumed: a value of this never ends, the member that leads back can be left out
    ");
}

#[test]
fn a_list_of_itself() {
    assert_snapshot!(schemas(r#"    Thing:
      properties: {tree: {$ref: '#/components/schemas/Tree'}}
    Tree: {type: array, items: {$ref: '#/components/schemas/Tree'}}
"#), @"
        Thing:
          type: object
          properties:
            tree:
              $ref: '#/components/schemas/Tree'
          description: Thing.

        Tree: {}

    acme.yaml:19:11: kept-as-json: kept as JSON of any kind: it is defined as itself, has no type of its own
    ");
}

#[test]
fn further_members() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        closed: {type: object, properties: {a: {type: string}}, additionalProperties: false}
        open: {type: object, properties: {a: {type: string}}, additionalProperties: {}}
        typed: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}
        map: {additionalProperties: {type: string}}
        free: {type: object}
        patterns: {type: object, patternProperties: {'^x': {type: string}}}
"#), @"
        Thing:
          type: object
          properties:
            closed:
              $ref: '#/components/schemas/ThingClosed'
            open:
              $ref: '#/components/schemas/ThingOpen'
            typed:
              $ref: '#/components/schemas/ThingTyped'
            map:
              type: object
              additionalProperties:
                type: string
              description: Map.
            free:
              type: object
              description: Free.
            patterns:
              type: object
              additionalProperties: true
              description: Patterns.
          description: Thing.

        ThingClosed:
          type: object
          properties:
            a:
              type: string
              description: A.
          description: Thing closed.

        ThingOpen:
          type: object
          properties:
            a:
              type: string
              description: A.
          additionalProperties: true
          description: Thing open.

        ThingTyped:
          type: object
          properties:
            a:
              type: string
              description: A.
          additionalProperties:
            type: integer
          description: Thing typed.

    acme.yaml:24:34: not-checked: `patternProperties` is not checked, the provider checks it
    ");
}

#[test]
fn what_is_required_and_not_declared() {
    assert_snapshot!(schemas(r#"    Thing:
      type: object
      required: [id]
"#), @"
        Thing:
          type: object
          required:
            - id
          properties:
            id:
              description: Id.
          description: Thing.

    acme.yaml:19:18: assumed: `required` names `id`, which is not a property, it is a member of any kind
    ");
}

#[test]
fn lists_of_anything() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        a: {type: array}
        b: {type: array, prefixItems: [{type: string}]}
        c: {type: array, items: true}
"#), @"
        Thing:
          type: object
          properties:
            a:
              type: array
              items: {}
              description: A.
            b:
              type: array
              items: {}
              description: B.
            c:
              type: array
              items: {}
              description: C.
          description: Thing.

    acme.yaml:19:19: assumed: nothing is said about the items of a list, they are JSON of any kind
    acme.yaml:20:19: kept-as-json: kept as JSON of any kind: further items can be anything, has no type of its own
    ");
}

#[test]
fn members_whose_names_collide() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        fooBar: {type: string}
        foo_bar: {type: string}
        new: {type: string}
        '@type': {type: string}
        type: {type: string}
"#), @"
    Thing:
      type: object
      properties:
        fooBar:
          type: string
          description: Foo bar.
        foo_bar:
          type: string
          description: Foo bar.
          x-rust-name: foo_bar_2
        new:
          type: string
          description: New.
          x-rust-name: new_value
        '@type':
          type: string
          description: Type.
        type:
          type: string
          description: Type.
          x-rust-name: type_2
      description: Thing.
    ");
}

#[test]
fn schemas_whose_names_collide() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        a: {$ref: '#/components/schemas/payment.method'}
        b: {$ref: '#/components/schemas/PaymentMethod'}
        c: {$ref: '#/components/schemas/Error'}
        d: {$ref: '#/components/schemas/GetThing'}
    payment.method: {type: object, properties: {a: {type: string}}}
    PaymentMethod: {type: object, properties: {b: {type: string}}}
    Error: {type: object, properties: {c: {type: string}}}
    GetThing: {type: object, properties: {d: {type: string}}}
    Unused: {type: string}
"#), @"
        Thing:
          type: object
          properties:
            a:
              $ref: '#/components/schemas/PaymentMethod'
            b:
              $ref: '#/components/schemas/PaymentMethod2'
            c:
              $ref: '#/components/schemas/AcmeError'
            d:
              $ref: '#/components/schemas/GetThing2'
          description: Thing.

        PaymentMethod:
          type: object
          properties:
            a:
              type: string
              description: A.
          description: Payment method.

        PaymentMethod2:
          type: object
          properties:
            b:
              type: string
              description: B.
          description: Payment method2.

        AcmeError:
          type: object
          properties:
            c:
              type: string
              description: C.
          description: Acme error.

        GetThing2:
          type: object
          properties:
            d:
              type: string
              description: D.
          description: Get thing2.

    acme.yaml:24:20: renamed: `PaymentMethod` is called `PaymentMethod2` in Rust, renamed
    acme.yaml:25:12: renamed: `Error` is called `AcmeError` in Rust, renamed
    acme.yaml:26:15: renamed: `GetThing` is called `GetThing2` in Rust, renamed
    acme.yaml:27:5: left-out: `Unused` is left out, no effect on the client
    ");
}

#[test]
fn what_a_part_says_against_another() {
    assert_snapshot!(schemas("    Thing:
      allOf:
      - $ref: '#/components/schemas/Base'
      - properties:
          kind: {type: string, readOnly: false}
    Base:
      properties:
        kind: {type: string, readOnly: true}
        made: {type: string, readOnly: true}
"), @"
    Thing:
      type: object
      properties:
        kind:
          type: string
          description: Kind.
        made:
          type: string
          description: Made.
          readOnly: true
      description: Thing.
    ");
}

#[test]
fn what_a_reference_says_about_reading() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        id: {$ref: '#/components/schemas/Id'}
        secret: {type: string, writeOnly: true}
    Id: {type: string, readOnly: true}
"#), @"
    Thing:
      type: object
      properties:
        id:
          allOf:
            - $ref: '#/components/schemas/Id'
          readOnly: true
      description: Thing.

    Id:
      type: string
      description: Id.
    ");
}

#[test]
fn sensitive_by_name() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        iban: {type: string}
        lastName: {type: string}
        contact: {type: object, properties: {emails: {type: array, items: {type: string}}}}
"#), @"
    Thing:
      type: object
      properties:
        iban:
          type: string
          description: Iban.
          x-sensitive: true
        lastName:
          type: string
          description: Last name.
          x-sensitive: true
        contact:
          $ref: '#/components/schemas/ThingContact'
      description: Thing.

    ThingContact:
      type: object
      properties:
        emails:
          type: array
          items:
            type: string
          description: Emails.
          x-sensitive: true
      description: Thing contact.
    ");
}

#[test]
fn keywords_that_only_forbid() {
    assert_snapshot!(schemas(r#"    Thing:
      type: object
      minProperties: 1
      not: {required: [a]}
      properties: {a: {type: string, format: hostname}}
"#), @"
        Thing:
          type: object
          properties:
            a:
              type: string
              description: A.
          description: Thing.

    acme.yaml:19:7: not-checked: `minProperties` is not checked, the provider checks it
    acme.yaml:20:7: not-checked: `not` is not checked, the provider checks it
    acme.yaml:21:38: not-checked: `format` is not checked, the provider checks it
    ");
}

#[test]
fn keys_that_nobody_has() {
    assert_snapshot!(schemas(r#"    Thing:
      type: object
      properties: {a: {type: string, maxLenght: 5, x-order: 1}}
"#), @"
        Thing:
          type: object
          properties:
            a:
              type: string
              description: A.
          description: Thing.

    acme.yaml:19:38: ignored-key: a schema has no key `maxLenght`, ignored
    ");
}

#[test]
fn schemas_that_are_booleans() {
    assert_snapshot!(schemas(r#"    Thing:
      properties: {a: true, b: false}
"#), @"
        Thing:
          type: object
          properties:
            a:
              description: A.
            b:
              description: B.
          description: Thing.

    acme.yaml:18:32: kept-as-json: kept as JSON of any kind: nothing satisfies `false`, has no type of its own
    ");
}

#[test]
fn definitions_elsewhere() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        a: {$ref: '#/components/schemas/Thing/$defs/part'}
        b: {$ref: '#/components/schemas/Thing/properties/c/items'}
        c: {type: array, items: {type: object, properties: {d: {type: string}}}}
      $defs:
        part: {type: object, properties: {e: {type: string}}}
"#), @"
    Thing:
      type: object
      properties:
        a:
          $ref: '#/components/schemas/ThingPart'
        b:
          $ref: '#/components/schemas/ThingC'
        c:
          type: array
          items:
            $ref: '#/components/schemas/ThingCItem'
          description: C.
      description: Thing.

    ThingCItem:
      type: object
      properties:
        d:
          type: string
          description: D.
      description: Thing c item.

    ThingC:
      type: object
      properties:
        d:
          type: string
          description: D.
      description: Thing c.

    ThingPart:
      type: object
      properties:
        e:
          type: string
          description: E.
      description: Thing part.
    ");
}

#[test]
fn null_of_named_schemas() {
    assert_snapshot!(schemas(r#"    Thing:
      required: [one]
      properties:
        one: {$ref: '#/components/schemas/State'}
        list: {items: {$ref: '#/components/schemas/State'}}
        map: {additionalProperties: {$ref: '#/components/schemas/State'}}
        alias: {$ref: '#/components/schemas/Alias'}
        either: {oneOf: [{$ref: '#/components/schemas/Other'}, {type: array, items: {type: string}}]}
    State: {type: [string, 'null'], enum: [open, null]}
    Alias: {$ref: '#/components/schemas/State', description: The same.}
    Other: {type: [object, 'null'], properties: {id: {type: string}}}
"#), @"
    Thing:
      type: object
      required:
        - one
      properties:
        one:
          $ref: '#/components/schemas/State'
        list:
          type: array
          items:
            $ref: '#/components/schemas/State'
          description: List.
        map:
          type: object
          additionalProperties:
            $ref: '#/components/schemas/State'
          description: Map.
        alias:
          $ref: '#/components/schemas/Alias'
        either:
          $ref: '#/components/schemas/ThingEither'
      description: Thing.

    ThingEither:
      oneOf:
        - $ref: '#/components/schemas/Other'
        - type: array
          items:
            type: string
      description: Thing either.

    State:
      type: string
      nullable: true
      enum:
        - open
      description: State.

    Alias:
      type: string
      nullable: true
      description: The same.
      enum:
        - open

    Other:
      type: object
      nullable: true
      properties:
        id:
          type: string
          description: Id.
      description: Other.
    ");
}

#[test]
fn null_of_what_is_an_integer_or_a_text() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        code: {oneOf: [{$ref: '#/components/schemas/Code'}, {type: 'null'}]}
        any: {oneOf: [{$ref: '#/components/schemas/Anything'}, {type: 'null'}]}
    Code: {type: [integer, string]}
    Anything: {description: Anything.}
"#), @"
    Thing:
      type: object
      properties:
        code:
          type: object
          nullable: true
          allOf:
            - $ref: '#/components/schemas/Code'
        any:
          allOf:
            - $ref: '#/components/schemas/Anything'
      description: Thing.

    Code:
      oneOf:
        - type: integer
        - type: string
      description: Code.

    Anything:
      description: Anything.
    ");
}

#[test]
fn null_of_a_type_that_is_used_twice() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        a: {$ref: '#/components/schemas/Base'}
        b: {$ref: '#/components/schemas/Wider'}
    Base:
      properties:
        inner: {type: [object, 'null'], properties: {id: {type: string}}}
        same: {type: string}
    Wider:
      allOf: [{$ref: '#/components/schemas/Base'}]
      properties: {same: {type: string}}
"#), @"
    Thing:
      type: object
      properties:
        a:
          $ref: '#/components/schemas/Base'
        b:
          $ref: '#/components/schemas/Wider'
      description: Thing.

    Base:
      type: object
      properties:
        inner:
          type: object
          nullable: true
          allOf:
            - $ref: '#/components/schemas/BaseInner'
        same:
          type: string
          description: Same.
      description: Base.

    BaseInner:
      type: object
      properties:
        id:
          type: string
          description: Id.
      description: Base inner.

    Wider:
      type: object
      properties:
        same:
          type: string
          description: Same.
        inner:
          type: object
          nullable: true
          allOf:
            - $ref: '#/components/schemas/BaseInner'
      description: Wider.
    ");
}

#[test]
fn null_of_an_alternative() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        method:
          oneOf:
            - {title: Wire, type: [object, 'null'], required: [kind], properties: {kind: {const: wire}}}
            - {title: Card, type: object, required: [kind], properties: {kind: {const: card}}}
"#), @"
    Thing:
      type: object
      properties:
        method:
          $ref: '#/components/schemas/ThingMethod'
      description: Thing.

    ThingMethod:
      type: object
      nullable: true
      oneOf:
        - $ref: '#/components/schemas/ThingMethodWire'
        - $ref: '#/components/schemas/ThingMethodCard'
      discriminator:
        propertyName: kind
        mapping:
          wire: '#/components/schemas/ThingMethodWire'
          card: '#/components/schemas/ThingMethodCard'
      description: Thing method.

    ThingMethodWire:
      type: object
      description: Wire
      required:
        - kind
      properties:
        kind:
          $ref: '#/components/schemas/ThingMethodWireKind'

    ThingMethodWireKind:
      type: string
      enum:
        - wire
      description: Thing method wire kind.

    ThingMethodCard:
      type: object
      description: Card
      required:
        - kind
      properties:
        kind:
          $ref: '#/components/schemas/ThingMethodCardKind'

    ThingMethodCardKind:
      type: string
      enum:
        - card
      description: Thing method card kind.
    ");
}

#[test]
fn parts_that_say_what_further_members_are() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        differ: {allOf: [{type: object, additionalProperties: {type: string}}, {type: object, additionalProperties: {type: integer}}]}
        composed: {allOf: [{$ref: '#/components/schemas/Texts'}, {type: object, properties: {id: {type: string}}, additionalProperties: {type: integer}}]}
        alike: {allOf: [{$ref: '#/components/schemas/Texts'}, {type: object, properties: {id: {type: string}}, additionalProperties: {type: string}}]}
        narrower: {allOf: [{type: object, additionalProperties: true}, {type: object, additionalProperties: {type: integer}}]}
    Texts: {type: object, additionalProperties: {type: string}, properties: {name: {type: string}}}
"#), @"
        Thing:
          type: object
          properties:
            differ:
              type: object
              additionalProperties: true
              description: Differ.
            composed:
              $ref: '#/components/schemas/ThingComposed'
            alike:
              $ref: '#/components/schemas/ThingAlike'
            narrower:
              type: object
              additionalProperties:
                type: integer
              description: Narrower.
          description: Thing.

        ThingComposed:
          type: object
          properties:
            id:
              type: string
              description: Id.
            name:
              type: string
              description: Name.
          additionalProperties: true
          description: Thing composed.

        ThingAlike:
          allOf:
            - $ref: '#/components/schemas/Texts'
            - type: object
              properties:
                id:
                  type: string
                  description: Id.
              additionalProperties:
                type: string
          description: Thing alike.

        Texts:
          type: object
          properties:
            name:
              type: string
              description: Name.
          additionalProperties:
            type: string
          description: Texts.

    acme.yaml:19:117: kept-as-json: kept as JSON of any kind: parts of it say different things about further members, has no type of its own
    acme.yaml:23:49: kept-as-json: kept as JSON of any kind: parts of it say different things about further members, has no type of its own
    ");
}

#[test]
fn texts_that_stand_elsewhere_are_told_once() {
    assert_snapshot!(schemas(r#"    Thing:
      description: {$ref: thing.md}
      properties:
        name: {type: string, description: {$ref: name.md}}
        description: {$ref: '#/components/schemas/Text'}
    Text: {type: string, description: {$ref: text.md}}
"#), @"
        Thing:
          type: object
          properties:
            name:
              type: string
              description: Name.
            description:
              $ref: '#/components/schemas/AcmeText'
          description: Thing.

        AcmeText:
          type: string
          description: Acme text.

    acme.yaml:18:20: assumed: a `description` that is no text, such texts are left out of the documentation
    acme.yaml:22:11: renamed: `Text` is called `AcmeText` in Rust, renamed
    ");
}

#[test]
fn lists_whose_first_items_have_schemas_of_their_own() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        pair: {type: array, prefixItems: [{type: string}, {type: string, maxLength: 3}], items: false}
        mixed: {type: array, prefixItems: [{type: string}, {type: integer}], maxItems: 2}
        more: {type: array, prefixItems: [{type: integer}], items: {type: string}}
        open: {type: array, prefixItems: [{type: string}]}
"#), @"
        Thing:
          type: object
          properties:
            pair:
              type: array
              items:
                type: string
              description: Pair.
            mixed:
              type: array
              items:
                oneOf:
                  - type: integer
                  - type: string
              maxItems: 2
              description: Mixed.
            more:
              type: array
              items:
                oneOf:
                  - type: integer
                  - type: string
              description: More.
            open:
              type: array
              items: {}
              description: Open.
          description: Thing.

    acme.yaml:22:22: kept-as-json: kept as JSON of any kind: further items can be anything, has no type of its own
    ");
}

#[test]
fn anchors_and_ids() {
    assert_snapshot!(schemas(r##"    Thing:
      properties:
        anchor: {$ref: '#named'}
        id: {$ref: 'https://acme.example/schemas/other'}
        inner: {$ref: 'https://acme.example/schemas/other#part'}
        plain: {$ref: Plain}
    Named: {$anchor: named, type: object, properties: {id: {type: string}}}
    Other:
      $id: https://acme.example/schemas/other
      type: object
      properties: {own: {$ref: '#part'}, beside: {$ref: third}, pointed: {$ref: '#/$defs/Part'}}
      $defs: {Part: {$anchor: part, type: string, maxLength: 3, description: A part.}}
    Third: {$id: /schemas/third, $comment: Relative to nothing., type: integer}
    Fourth: {$id: https://acme.example/schemas/third, type: boolean, description: It is.}
    Plain: {$id: Plain, type: string, minLength: 1, description: Plain.}
"##), @"
        Thing:
          type: object
          properties:
            anchor:
              $ref: '#/components/schemas/Named'
            id:
              $ref: '#/components/schemas/Other'
            inner:
              $ref: '#/components/schemas/OtherPart'
            plain:
              $ref: '#/components/schemas/Plain'
          description: Thing.

        Named:
          type: object
          properties:
            id:
              type: string
              description: Id.
          description: Named.

        Other:
          type: object
          properties:
            own:
              $ref: '#/components/schemas/OtherPart'
            beside:
              $ref: '#/components/schemas/Fourth'
            pointed:
              $ref: '#/components/schemas/OtherPart'
          description: Other.

        OtherPart:
          type: string
          description: A part.
          maxLength: 3

        Fourth:
          type: boolean
          description: It is.

        Plain:
          type: string
          description: Plain.
          minLength: 1

    acme.yaml:29:5: left-out: `Third` is left out, no effect on the client
    ");
}

#[test]
fn references_that_depend_on_who_refers() {
    assert_snapshot!(schemas(r##"    Thing:
      $dynamicAnchor: node
      properties: {next: {$dynamicRef: '#node'}}
"##), @"
        Thing:
          type: object
          properties:
            next:
              description: Next.
          description: Thing.

    acme.yaml:19:27: kept-as-json: kept as JSON of any kind: what it refers to depends on who refers to it, has no type of its own
    ");
}

#[test]
fn alternatives_that_share_the_list_of_their_names() {
    assert_snapshot!(schemas(r#"    Thing:
      oneOf: [{$ref: '#/components/schemas/Bank'}, {$ref: '#/components/schemas/Card'}]
      discriminator: {propertyName: type}
    Base: {type: object, required: [type], properties: {type: {type: string, enum: [Bank, Card]}}}
    Bank: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {bic: {type: string}}}]}
    Card: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {brand: {type: string}}}]}
"#), @"
    Thing:
      oneOf:
        - $ref: '#/components/schemas/Bank'
        - $ref: '#/components/schemas/Card'
      discriminator:
        propertyName: type
        mapping:
          Bank: '#/components/schemas/Bank'
          Card: '#/components/schemas/Card'
      description: Thing.

    Base:
      type: object
      required:
        - type
      properties:
        type:
          $ref: '#/components/schemas/BaseType'
      description: Base.

    BaseType:
      type: string
      enum:
        - Bank
        - Card
      description: Base type.

    Bank:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          properties:
            bic:
              type: string
              description: Bic.
      description: Bank.

    Card:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          properties:
            brand:
              type: string
              description: Brand.
      description: Card.
    ");
}

#[test]
fn alternatives_that_share_a_list_of_other_values() {
    assert_snapshot!(schemas(r#"    Thing:
      oneOf: [{$ref: '#/components/schemas/Bank'}, {$ref: '#/components/schemas/Card'}]
      discriminator: {propertyName: type}
    Base: {type: object, required: [type], properties: {type: {type: string, enum: [a, b]}}}
    Bank: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [bic], properties: {bic: {type: string}}}]}
    Card: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [brand], properties: {brand: {type: string}}}]}
"#), @"
    Thing:
      oneOf:
        - $ref: '#/components/schemas/Bank'
        - $ref: '#/components/schemas/Card'
      description: Thing.

    Base:
      type: object
      required:
        - type
      properties:
        type:
          $ref: '#/components/schemas/BaseType'
      description: Base.

    BaseType:
      type: string
      enum:
        - a
        - b
      description: Base type.

    Bank:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          required:
            - bic
          properties:
            bic:
              type: string
              description: Bic.
      description: Bank.

    Card:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          required:
            - brand
          properties:
            brand:
              type: string
              description: Brand.
      description: Card.
    ");
}

#[test]
fn an_object_that_stands_for_those_that_extend_it() {
    assert_snapshot!(schemas(r#"    Thing:
      type: object
      required: [kind]
      discriminator: {propertyName: kind}
      properties: {kind: {type: string}}
    wire-v1: {allOf: [{$ref: '#/components/schemas/Thing'}, {properties: {bic: {type: string}}}]}
    Swift: {allOf: [{$ref: '#/components/schemas/wire-v1'}, {properties: {fee: {type: string}}}]}
"#), @"
    Thing:
      oneOf:
        - $ref: '#/components/schemas/WireV1'
        - $ref: '#/components/schemas/Swift'
      discriminator:
        propertyName: kind
        mapping:
          wire-v1: '#/components/schemas/WireV1'
          Swift: '#/components/schemas/Swift'
      description: Thing.

    WireV1:
      type: object
      required:
        - kind
      properties:
        kind:
          type: string
          description: Kind.
        bic:
          type: string
          description: Bic.
      description: Wire v1.

    Swift:
      allOf:
        - $ref: '#/components/schemas/WireV1'
        - type: object
          properties:
            fee:
              type: string
              description: Fee.
      description: Swift.
    ");
}

#[test]
fn members_that_are_there_in_some_cases() {
    assert_snapshot!(schemas(r#"    Thing:
      allOf:
        - {if: {properties: {country: {const: US}}}, then: {required: [zip], properties: {zip: {type: string, minLength: 5}, state: {const: x}}}, else: {properties: {zip: {type: string}, town: {type: string}}}}
      properties: {country: {type: string}, state: {type: string}}
      dependentSchemas: {country: {properties: {region: {type: integer}}}}
"#), @"
        Thing:
          type: object
          properties:
            country:
              type: string
              description: Country.
            state:
              type: string
              description: State.
            zip:
              type: string
              description: Zip.
              x-sensitive: true
            town:
              type: string
              description: Town.
            region:
              type: integer
              description: Region.
          description: Thing.

    acme.yaml:19:12: not-checked: `if` is not checked, the provider checks it
    acme.yaml:19:54: not-checked: `then` is not checked, the provider checks it
    acme.yaml:19:147: not-checked: `else` is not checked, the provider checks it
    acme.yaml:21:7: not-checked: `dependentSchemas` is not checked, the provider checks it
    ");
}

#[test]
fn further_members_by_their_names() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        notes: {type: object, patternProperties: {'^x-': {type: string}}, additionalProperties: false}
        counts: {type: object, properties: {id: {type: string}}, patternProperties: {'^n_': {type: integer}}, unevaluatedProperties: false}
        open: {type: object, patternProperties: {'^x-': {type: string}}}
"#), @"
        Thing:
          type: object
          properties:
            notes:
              type: object
              additionalProperties:
                type: string
              description: Notes.
            counts:
              $ref: '#/components/schemas/ThingCounts'
            open:
              type: object
              additionalProperties: true
              description: Open.
          description: Thing.

        ThingCounts:
          type: object
          properties:
            id:
              type: string
              description: Id.
          additionalProperties:
            type: integer
          description: Thing counts.

    acme.yaml:19:31: not-checked: `patternProperties` is not checked, the provider checks it
    acme.yaml:20:66: not-checked: `patternProperties` is not checked, the provider checks it
    acme.yaml:21:30: not-checked: `patternProperties` is not checked, the provider checks it
    ");
}

#[test]
fn integers_of_more_than_64_bits() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        wide: {type: integer, format: int128}
        bounded: {type: integer, maximum: 340282366920938463463374607431768211455}
        shown: {type: integer, example: -9223372036854775809}
        usual: {type: integer, maximum: 18446744073709551615}
"#), @"
        Thing:
          type: object
          properties:
            wide:
              type: number
              x-unit: factor
              description: Wide.
            bounded:
              type: number
              x-unit: factor
              maximum: 340282366920938463463374607431768211455
              description: Bounded.
            shown:
              type: number
              x-unit: factor
              description: Shown.
            usual:
              type: integer
              maximum: 18446744073709551615
              description: Usual.
          description: Thing.

    acme.yaml:19:22: assumed: an integer that may have more than 64 bits, it is an exact decimal with `x-unit: factor`
    acme.yaml:20:25: assumed: an integer that may have more than 64 bits, it is an exact decimal with `x-unit: factor`
    acme.yaml:21:23: assumed: an integer that may have more than 64 bits, it is an exact decimal with `x-unit: factor`
    ");
}

#[test]
fn passwords_are_sensitive() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        code: {type: string, format: password, minLength: 4}
        codes: {type: array, items: {$ref: '#/components/schemas/Code'}}
    Code: {type: string, format: password}
"#), @"
    Thing:
      type: object
      properties:
        code:
          type: string
          x-sensitive: true
          minLength: 4
          description: Code.
        codes:
          type: array
          items:
            $ref: '#/components/schemas/Code'
          description: Codes.
      description: Thing.

    Code:
      type: string
      x-sensitive: true
      description: Code.
    ");
}

#[test]
fn patterns_between_slashes() {
    assert_snapshot!(schemas(r#"    Thing:
      properties:
        a: {type: string, pattern: '/^[a-z]+$/i'}
        b: {type: string, pattern: '/v1/[a-z]+'}
"#), @"
        Thing:
          type: object
          properties:
            a:
              type: string
              description: Matches `/^[a-z]+$/i`.
            b:
              type: string
              pattern: /v1/[a-z]+
              description: B.
          description: Thing.

    acme.yaml:19:27: not-checked: `pattern` is not checked, the provider checks it
    ");
}

#[test]
fn amounts_that_a_person_must_decide_about() {
    let document = document(
        "    Thing:
      properties:
        currency: {type: string}
        value: {type: string}
        fee_amount: {type: string, format: decimal}
        balancePlatform: {type: string}
        other: {type: object, properties: {value: {type: string}}}
",
    );
    let imported = imported(&[("acme.yaml", &document)]);
    let pointers: Vec<&str> = imported
        .proposals
        .iter()
        .filter(|it| it.reason.starts_with("an amount of money?"))
        .map(|it| it.pointer.as_str())
        .collect();
    assert_snapshot!(pointers.join("\n"), @"
    /components/schemas/Thing/properties/value
    /components/schemas/Thing/properties/fee_amount
    ");
}

#[test]
fn an_alternative_that_stands_for_others() {
    assert_snapshot!(schemas(r#"    Thing:
      anyOf: [{$ref: '#/components/schemas/Base'}, {$ref: '#/components/schemas/Other'}]
    Base: {type: object, required: [kind], discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
    Bank: {allOf: [{$ref: '#/components/schemas/Base'}]}
    Other: {type: object, required: [id], properties: {id: {type: string}}}
"#), @"
    Thing:
      oneOf:
        - $ref: '#/components/schemas/Other'
        - $ref: '#/components/schemas/Base'
      description: Thing.

    Base:
      oneOf:
        - $ref: '#/components/schemas/Bank'
      discriminator:
        propertyName: kind
        mapping:
          Bank: '#/components/schemas/Bank'
      description: Base.

    Bank:
      type: object
      required:
        - kind
      properties:
        kind:
          type: string
          description: Kind.
      description: Bank.

    Other:
      type: object
      required:
        - id
      properties:
        id:
          type: string
          description: Id.
      description: Other.
    ");
}

#[test]
fn an_object_that_stands_for_itself_as_well() {
    assert_snapshot!(schemas(r#"    Thing:
      type: object
      required: [kind]
      discriminator: {propertyName: kind}
      properties: {kind: {type: string, enum: [Thing, Wire]}}
    Wire: {allOf: [{$ref: '#/components/schemas/Thing'}, {properties: {bic: {type: string}}}]}
"#), @r#"
        Thing:
          type: object
          required:
            - kind
          properties:
            kind:
              $ref: '#/components/schemas/ThingKind'
          description: Thing.

        ThingKind:
          type: string
          enum:
            - Thing
            - Wire
          description: Thing kind.

    acme.yaml:22:5: left-out: `Wire` is left out, no effect on the client
    "#);
}

#[test]
fn the_half_of_a_type_whose_name_is_taken() {
    let document = document(
        "    Thing:\n      required: [id, name]\n      properties: {id: {type: string, readOnly: true}, name: {type: string}}\n    ThingRequest: {type: object, properties: {things: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}\n",
    );
    let path = "  /more: {post: {operationId: more, summary: M., requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/ThingRequest'}}}}, responses: {'204': {description: D.}}}}\ncomponents:";
    let document = document.replace("components:", path);
    let imported = imported(&[("acme.yaml", &document)]);
    assert_snapshot!(lines(&imported.warnings), @"");
    let types: Vec<String> =
        imported.origins.iter().map(|it| format!("{}: {}", it.pointer, it.ty)).collect();
    assert_snapshot!(types.join("\n"), @"
    /components/schemas/Thing: Thing
    /components/schemas/Thing: ThingInput
    /components/schemas/ThingRequest: ThingRequest
    ");
}

#[test]
fn the_half_of_a_type_whose_name_is_a_keyword() {
    let document = document(
        "    self: {type: object, properties: {id: {type: string, readOnly: true}, name: {type: string}}}\n",
    );
    let path = "  /more: {post: {operationId: more, summary: M., requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/self'}}}}, responses: {'204': {description: D.}}}}\ncomponents:";
    let document = document.replace("schemas/Thing", "schemas/self").replace("components:", path);
    let imported = imported(&[("acme.yaml", &document)]);
    let types: Vec<String> =
        imported.origins.iter().map(|it| format!("{}: {}", it.pointer, it.ty)).collect();
    assert_snapshot!(types.join("\n"), @"
    /components/schemas/self: Self_
    /components/schemas/self: SelfRequest
    ");
}

#[test]
fn what_one_part_requires_and_another_declares() {
    assert_snapshot!(schemas(r#"    Page: {type: object, required: [count, data], properties: {count: {type: integer}}}
    Thing:
      allOf: [{$ref: '#/components/schemas/Page'}]
      properties:
        data: {type: array, items: {type: string}}
"#), @"
        Thing:
          type: object
          required:
            - count
            - data
          properties:
            data:
              type: array
              items:
                type: string
              description: Data.
            count:
              type: integer
              description: Count.
          description: Thing.

    acme.yaml:17:11: renamed: `Page` is called `AcmePage` in Rust, renamed
    acme.yaml:17:44: assumed: `required` names `data`, which is not a property, it is a member of any kind
    ");
}

#[test]
fn patterns_of_members_that_say_nothing() {
    assert_snapshot!(schemas(r#"    Thing:
      type: object
      additionalProperties: false
      patternProperties: {'^x-': {}}
      properties: {a: {type: string}}
"#), @"
        Thing:
          type: object
          properties:
            a:
              type: string
              description: A.
          additionalProperties: true
          description: Thing.

    acme.yaml:20:7: not-checked: `patternProperties` is not checked, the provider checks it
    ");
}

#[test]
fn members_in_some_cases_of_an_alternative() {
    assert_snapshot!(schemas(r#"    Thing:
      properties: {id: {type: string}}
      oneOf:
      - {type: object, required: [a], properties: {a: {type: string}}, then: {properties: {b: {type: string}}}}
      - {type: object, required: [c], properties: {c: {type: string}}}
"#), @"
        Thing:
          oneOf:
            - $ref: '#/components/schemas/ThingVariant1'
            - $ref: '#/components/schemas/ThingVariant2'
          description: Thing.

        ThingVariant1:
          type: object
          required:
            - a
          properties:
            id:
              type: string
              description: Id.
            a:
              type: string
              description: A.
            b:
              type: string
              description: B.
          description: Thing variant1.

        ThingVariant2:
          type: object
          required:
            - c
          properties:
            id:
              type: string
              description: Id.
            c:
              type: string
              description: C.
          description: Thing variant2.

    acme.yaml:20:72: not-checked: `then` is not checked, the provider checks it
    ");
}

#[test]
fn members_that_are_listed_elsewhere() {
    assert_snapshot!(schemas(r#"    Shared:
      a: {type: string}
      b: {type: integer}
    Thing:
      properties: {$ref: '#/components/schemas/Shared'}
      required: [a]
"#), @"
        Thing:
          type: object
          required:
            - a
          properties:
            a:
              type: string
              description: A.
            b:
              type: integer
              description: B.
          description: Thing.
    ");
}

#[test]
fn alternatives_that_are_one_type() {
    let document = document(
        "    Thing:\n      oneOf: [{$ref: '#/components/schemas/Made'}, {$ref: '#/components/schemas/Added'}, {$ref: '#/components/schemas/Removed'}]\n      discriminator: {propertyName: kind, mapping: {MADE: '#/components/schemas/Made', ADDED: '#/components/schemas/Added', REMOVED: '#/components/schemas/Removed'}}\n    Base: {type: object, required: [kind], properties: {kind: {type: string}}}\n    Made: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [id], properties: {id: {type: string}}}]}\n    Added: {allOf: [{$ref: '#/components/schemas/Base'}]}\n    Removed: {allOf: [{$ref: '#/components/schemas/Base'}]}\n",
    );
    let imported = imported(&[("acme.yaml", &document)]);
    let types = imported.output.files.iter().find(|(path, _)| path.ends_with("types.rs"));
    let (_, types) = types.expect("each client has types");
    let start = types.find("pub enum Thing").expect("it is a union");
    let end = types[start..].find("\n}").expect("it ends");
    assert_snapshot!(types[start..start + end], @r#"
    pub enum Thing by "kind" {
            /// Made.
            Made(Made) = ["MADE"],
            /// Base.
            Base(Base) = ["ADDED", "REMOVED"],
        }
    "#);
}

#[test]
fn alternatives_with_a_title_beside_a_reference() {
    assert_snapshot!(schemas(r#"    Thing:
      oneOf:
        - allOf: [{title: plain}, {$ref: '#/components/schemas/Plain'}]
        - allOf: [{$ref: '#/components/schemas/Sent'}, {title: sent, description: It was sent.}]
        - allOf: [{$ref: '#/components/schemas/Kept'}, {nullable: true}]
    Plain: {type: object, required: [id], properties: {id: {type: string}}}
    Sent: {type: object, required: [id, as], properties: {id: {type: string}, as: {type: string, enum: [sent]}}}
    Kept: {type: object, required: [as], properties: {as: {type: string, enum: [kept]}}}
"#), @"
    Thing:
      type: object
      nullable: true
      oneOf:
        - $ref: '#/components/schemas/Sent'
        - $ref: '#/components/schemas/Kept'
        - $ref: '#/components/schemas/Plain'
      discriminator:
        propertyName: as
        mapping:
          sent: '#/components/schemas/Sent'
          kept: '#/components/schemas/Kept'
      description: Thing.

    Plain:
      type: object
      required:
        - id
      properties:
        id:
          type: string
          description: Id.
      description: Plain.

    Sent:
      type: object
      required:
        - id
        - as
      properties:
        id:
          type: string
          description: Id.
        as:
          $ref: '#/components/schemas/SentAs'
      description: Sent.

    SentAs:
      type: string
      enum:
        - sent
      description: Sent as.

    Kept:
      type: object
      required:
        - as
      properties:
        as:
          $ref: '#/components/schemas/KeptAs'
      description: Kept.

    KeptAs:
      type: string
      enum:
        - kept
      description: Kept as.
    ");
}

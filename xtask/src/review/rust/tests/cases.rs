//! Changes of a crate, and code that was written before them.

use crate::review::report::Meaning::{self, BreaksRust, Documentation, New};

/// A change.
pub(super) struct Case {
    /// The module that it is tried in.
    pub(super) name: &'static str,
    pub(super) old: &'static str,
    pub(super) new: &'static str,
    /// Code that compiles with the old items.
    pub(super) caller: &'static str,
    /// What the change means; nothing if it is none.
    pub(super) meaning: Option<Meaning>,
}

const fn case(
    name: &'static str,
    meaning: Option<Meaning>,
    [old, new, caller]: [&'static str; 3],
) -> Case {
    Case { name, old, new, caller, meaning }
}

pub(super) const CASES: &[Case] = &[
    case(
        "documentation",
        None,
        [
            "/// A payout.\npub struct Payout;",
            "/// One payout.\npub struct Payout;",
            "pub fn f() -> Payout { Payout }",
        ],
    ),
    case(
        "argument_named_otherwise",
        None,
        ["pub fn pay(amount: u64) {}", "pub fn pay(minor_units: u64) {}", "pub fn f() { pay(1) }"],
    ),
    case(
        "self_spelled_out",
        None,
        [
            "pub struct Call; impl Call { pub fn limit(self) -> Self { self } }",
            "pub struct Call; impl Call { pub fn limit(self) -> Call { self } }",
            "pub fn f(it: Call) -> Call { it.limit() }",
        ],
    ),
    case(
        "field_of_another_type",
        Some(BreaksRust),
        [
            "pub struct Payout { pub fee: String }",
            "pub struct Payout { pub fee: u64 }",
            "pub fn f(it: Payout) -> String { it.fee }",
        ],
    ),
    case(
        "field_may_be_absent",
        Some(BreaksRust),
        [
            "pub struct Payout { pub fee: u64 }",
            "pub struct Payout { pub fee: Option<u64> }",
            "pub fn f(it: Payout) -> u64 { it.fee }",
        ],
    ),
    case(
        "field_gone",
        Some(BreaksRust),
        [
            "#[non_exhaustive] pub struct Payout { pub fee: u64, pub id: u64 }",
            "#[non_exhaustive] pub struct Payout { pub id: u64 }",
            "pub fn f(it: Payout) -> u64 { it.fee }",
        ],
    ),
    case(
        "field_new_in_an_open_struct",
        Some(New),
        [
            "#[non_exhaustive] pub struct Payout { pub id: u64 }",
            "#[non_exhaustive] pub struct Payout { pub id: u64, pub fee: u64 }",
            "pub fn f(it: Payout) -> u64 { let Payout { id, .. } = it; id }",
        ],
    ),
    case(
        "field_new_beside_a_private_one",
        Some(New),
        [
            "pub struct Payout { pub id: u64, raw: u8 }",
            "pub struct Payout { pub id: u64, pub fee: u64, raw: u8 }",
            "pub fn f(it: Payout) -> u64 { let Payout { id, .. } = it; id }",
        ],
    ),
    case(
        "field_new_in_a_closed_struct",
        Some(BreaksRust),
        [
            "pub struct Payout { pub id: u64 }",
            "pub struct Payout { pub id: u64, pub fee: Option<u64> }",
            "pub fn f() -> Payout { Payout { id: 1 } }",
        ],
    ),
    case(
        "first_private_field",
        Some(BreaksRust),
        [
            "pub struct Payout { pub id: u64 }",
            "pub struct Payout { pub id: u64, raw: u8 }",
            "pub fn f() -> Payout { Payout { id: 1 } }",
        ],
    ),
    case(
        "struct_opened",
        Some(BreaksRust),
        [
            "pub struct Payout { pub id: u64 }",
            "#[non_exhaustive] pub struct Payout { pub id: u64 }",
            "pub fn f() -> Payout { Payout { id: 1 } }",
        ],
    ),
    case(
        "struct_closed",
        Some(New),
        [
            "#[non_exhaustive] pub struct Payout { pub id: u64 }",
            "pub struct Payout { pub id: u64 }",
            "pub fn f(it: Payout) -> u64 { let Payout { id, .. } = it; id }",
        ],
    ),
    case(
        "private_part_of_a_tuple",
        None,
        ["pub struct Call(u8);", "pub struct Call(u16);", "pub fn f(_: Call) {}"],
    ),
    case(
        "more_private_parts_of_a_tuple",
        Some(New),
        ["pub struct Call(u8);", "pub struct Call(u8, u8);", "pub fn f(_: Call) {}"],
    ),
    case(
        "value_of_an_open_enum",
        Some(New),
        [
            "#[non_exhaustive] pub enum Status { Paid }",
            "#[non_exhaustive] pub enum Status { Paid, Held }",
            "pub fn f(it: Status) -> bool { match it { Status::Paid => true, _ => false } }",
        ],
    ),
    case(
        "value_of_a_closed_enum",
        Some(BreaksRust),
        [
            "pub enum Status { Paid }",
            "pub enum Status { Paid, Held }",
            "pub fn f(it: Status) -> bool { match it { Status::Paid => true } }",
        ],
    ),
    case(
        "enum_opened",
        Some(BreaksRust),
        [
            "pub enum Status { Paid }",
            "#[non_exhaustive] pub enum Status { Paid }",
            "pub fn f(it: Status) -> bool { match it { Status::Paid => true } }",
        ],
    ),
    case(
        "value_gone",
        Some(BreaksRust),
        [
            "#[non_exhaustive] pub enum Status { Paid, Held }",
            "#[non_exhaustive] pub enum Status { Paid }",
            "pub fn f(it: Status) -> bool { match it { Status::Held => true, _ => false } }",
        ],
    ),
    case(
        "body_of_an_error",
        Some(BreaksRust),
        [
            "#[non_exhaustive] pub enum PayError { Conflict }",
            "#[non_exhaustive] pub enum PayError { Conflict(String) }",
            "pub fn f(it: PayError) -> bool { match it { PayError::Conflict => true, _ => false } }",
        ],
    ),
    case(
        "field_of_a_variant",
        Some(BreaksRust),
        [
            "pub enum Event { Paid { id: u8 } }",
            "pub enum Event { Paid { id: u8, fee: u8 } }",
            "pub fn f() -> Event { Event::Paid { id: 1 } }",
        ],
    ),
    case(
        "one_more_argument",
        Some(BreaksRust),
        [
            "pub struct Request; impl Request { pub fn new(id: u64) -> Self { Self } }",
            "pub struct Request; impl Request { pub fn new(id: u64, fee: u64) -> Self { Self } }",
            "pub fn f() -> Request { Request::new(1) }",
        ],
    ),
    case(
        "setter_of_another_type",
        Some(BreaksRust),
        [
            "pub struct Call; impl Call { pub fn id(self, it: impl Into<String>) -> Self { self } }",
            "pub struct Call; impl Call { pub fn id(self, it: u64) -> Self { self } }",
            "pub fn f(it: Call) -> Call { it.id(\"a\") }",
        ],
    ),
    case(
        "setter_takes_more",
        Some(New),
        [
            "pub struct Call; impl Call { pub fn id(self, it: String) -> Self { self } }",
            "pub struct Call; impl Call { pub fn id(self, it: impl Into<String>) -> Self { self } }",
            "pub fn f(it: Call) -> Call { it.id(String::new()) }",
        ],
    ),
    case(
        "setter_takes_a_number_that_must_say_its_type",
        Some(BreaksRust),
        [
            "pub struct Call; impl Call { pub fn limit(self, it: u64) -> Self { self } }",
            "pub struct Call; impl Call { pub fn limit(self, it: impl Into<u64>) -> Self { self } }",
            "pub fn f(it: Call) -> Call { it.limit(10) }",
        ],
    ),
    case(
        "setter_beside_a_field",
        Some(New),
        [
            "#[non_exhaustive] pub struct Call { pub id: u8 }",
            "#[non_exhaustive] pub struct Call { pub id: u8 } impl Call { pub fn id(self) {} }",
            "pub fn f(it: Call) -> u8 { it.id }",
        ],
    ),
    case(
        "answer_of_another_type",
        Some(BreaksRust),
        [
            "pub fn pay() -> impl Future<Output = u8> { async { 1 } }",
            "pub fn pay() -> impl Future<Output = u16> { async { 1 } }",
            "pub async fn f() -> u8 { pay().await }",
        ],
    ),
    case(
        "bound_new",
        Some(BreaksRust),
        [
            "pub fn pay<T>(it: T) {}",
            "pub fn pay<T: Clone>(it: T) {}",
            "pub struct Own; pub fn f() { pay(Own) }",
        ],
    ),
    case(
        "const_function",
        Some(New),
        [
            "pub fn pay() -> u8 { 1 }",
            "pub const fn pay() -> u8 { 1 }",
            "pub fn f() -> u8 { pay() }",
        ],
    ),
    case(
        "no_const_function",
        Some(BreaksRust),
        ["pub const fn pay() -> u8 { 1 }", "pub fn pay() -> u8 { 1 }", "pub const F: u8 = pay();"],
    ),
    case(
        "function_gone",
        Some(BreaksRust),
        ["pub fn pay() {} pub fn look() {}", "pub fn look() {}", "pub fn f() { pay() }"],
    ),
    case(
        "type_renamed",
        Some(BreaksRust),
        [
            "pub struct Payout { pub id: u64 } pub fn pay() -> Payout { Payout { id: 1 } }",
            "pub struct Paid { pub id: u64 } pub fn pay() -> Paid { Paid { id: 1 } }",
            "pub fn f() -> Payout { pay() }",
        ],
    ),
    case(
        "type_new",
        Some(New),
        [
            "pub struct Payout;",
            "pub struct Payout; #[derive(Clone)] pub struct Refund { pub id: u8 }",
            "pub fn f() -> Payout { Payout }",
        ],
    ),
    case(
        "struct_becomes_an_enum",
        Some(BreaksRust),
        [
            "pub struct Payout { pub id: u64 }",
            "pub enum Payout { One(u64) }",
            "pub fn f() -> Payout { Payout { id: 1 } }",
        ],
    ),
    case(
        "derive_gone",
        Some(BreaksRust),
        [
            "#[derive(Clone, Default)] pub struct Payout;",
            "#[derive(Clone)] pub struct Payout;",
            "pub fn f() -> Payout { Payout::default() }",
        ],
    ),
    case(
        "send_gone",
        Some(BreaksRust),
        [
            "pub struct Call(u8);",
            "pub struct Call(std::rc::Rc<u8>);",
            "pub fn g(_: impl Send) {} pub fn f(it: Call) { g(it) }",
        ],
    ),
    case(
        "conversion_gone",
        Some(BreaksRust),
        [
            "pub struct Id; impl From<u8> for Id { fn from(_: u8) -> Self { Self } } impl From<&str> for Id { fn from(_: &str) -> Self { Self } }",
            "pub struct Id; impl From<&str> for Id { fn from(_: &str) -> Self { Self } }",
            "pub fn f() -> Id { Id::from(1_u8) }",
        ],
    ),
    case(
        "conversion_new",
        Some(New),
        [
            "pub struct Id; impl From<u8> for Id { fn from(_: u8) -> Self { Self } }",
            "pub struct Id; impl From<u8> for Id { fn from(_: u8) -> Self { Self } } impl From<&str> for Id { fn from(_: &str) -> Self { Self } }",
            "pub fn f() -> Id { Id::from(1_u8) }",
        ],
    ),
    case(
        "associated_type",
        Some(BreaksRust),
        [
            "pub struct Items; impl Iterator for Items { type Item = u8; fn next(&mut self) -> Option<u8> { None } }",
            "pub struct Items; impl Iterator for Items { type Item = u16; fn next(&mut self) -> Option<u16> { None } }",
            "pub fn f(mut it: Items) -> Option<u8> { it.next() }",
        ],
    ),
    case(
        "required_method",
        Some(BreaksRust),
        [
            "pub trait Carry { fn go(&self); }",
            "pub trait Carry { fn go(&self); fn stop(&self); }",
            "pub struct Own; impl Carry for Own { fn go(&self) {} }",
        ],
    ),
    case(
        "method_with_a_default",
        Some(New),
        [
            "pub trait Carry { fn go(&self); }",
            "pub trait Carry { fn go(&self); fn stop(&self) {} }",
            "pub struct Own; impl Carry for Own { fn go(&self) {} }",
        ],
    ),
    case(
        "default_gone",
        Some(BreaksRust),
        [
            "pub trait Carry { fn go(&self) {} }",
            "pub trait Carry { fn go(&self); }",
            "pub struct Own; impl Carry for Own {}",
        ],
    ),
    case(
        "method_of_a_sealed_trait",
        Some(New),
        [
            "mod seal { pub trait Sealed {} } pub trait Carry: seal::Sealed { fn go(&self); }",
            "mod seal { pub trait Sealed {} } pub trait Carry: seal::Sealed { fn go(&self); fn stop(&self); }",
            "pub fn f(it: &impl Carry) { it.go() }",
        ],
    ),
    case(
        "deprecated",
        Some(New),
        ["pub fn pay() {}", "#[deprecated] pub fn pay() {}", "pub fn f() { pay() }"],
    ),
    case(
        "must_be_used",
        Some(New),
        [
            "pub fn pay() -> u8 { 1 }",
            "#[must_use] pub fn pay() -> u8 { 1 }",
            "pub fn f() { pay(); }",
        ],
    ),
    case(
        "not_deprecated_any_more",
        Some(Documentation),
        ["#[deprecated] pub fn pay() {}", "pub fn pay() {}", "pub fn f() { pay() }"],
    ),
    case(
        "value_of_a_constant",
        Some(New),
        ["pub const LIMIT: u64 = 10;", "pub const LIMIT: u64 = 20;", "pub fn f() -> u64 { LIMIT }"],
    ),
    case(
        "type_of_a_constant",
        Some(BreaksRust),
        ["pub const LIMIT: u64 = 10;", "pub const LIMIT: u32 = 10;", "pub fn f() -> u64 { LIMIT }"],
    ),
    case(
        "another_module_same_path",
        None,
        [
            "mod a { pub struct Payout; } pub use a::Payout;",
            "mod b { pub struct Payout; } pub use b::Payout;",
            "pub fn f() -> Payout { Payout }",
        ],
    ),
    case(
        "re_export_gone",
        Some(BreaksRust),
        [
            "pub use std::time::Duration; pub use std::time::Instant;",
            "pub use std::time::Instant;",
            "pub fn f(_: Duration) {}",
        ],
    ),
    case(
        "re_export_of_something_else",
        Some(BreaksRust),
        [
            "pub use std::time::Duration as Time;",
            "pub use std::time::Instant as Time;",
            "pub fn f() -> Time { Time::from_secs(1) }",
        ],
    ),
    case(
        "alias_changed",
        Some(BreaksRust),
        ["pub type Amount = u64;", "pub type Amount = String;", "pub fn f() -> Amount { 1 }"],
    ),
];

//! Expressions that build a value of any type, for documentation and tests.

use std::collections::BTreeSet;

use crate::model::{
    Api,
    operation::{Body, Operation, Parameter},
    schema::Constraint,
    types::{Member, Presence, Scalar, Shape, Struct, TypeRef},
};

/// The arguments of an operation's method, and the names they need.
pub(crate) fn arguments(api: &Api, operation: &Operation) -> (Vec<String>, BTreeSet<String>) {
    let mut ctx = Ctx::new(api, |text| format!("{text:?}"));
    let required = operation.parameters.iter().filter(|it| it.required);
    let mut arguments: Vec<String> = required.map(|it| ctx.parameter(it)).collect();
    let body = operation.body.as_ref().filter(|it| it.required);
    arguments.extend(body.map(|it| ctx.body(it)));
    (arguments, ctx.names)
}

/// Values of the wanted parameters with their names in Rust. Texts in them are
/// what `literal` makes of them, which is a `String`.
pub(crate) fn parameters(
    api: &Api,
    operation: &Operation,
    is_wanted: fn(&Parameter) -> bool,
    literal: fn(&str) -> String,
) -> Vec<(String, String)> {
    let mut ctx = Ctx::new(api, literal);
    let wanted = operation.parameters.iter().filter(|it| is_wanted(it));
    // Nothing is to be converted, and a setter could not tell into what.
    wanted.map(|it| (it.rust.clone(), ctx.parameter(it).replace(".into()", ""))).collect()
}

/// A value of an operation's body.
pub(crate) fn body(api: &Api, body: &Body) -> String {
    Ctx::new(api, |text| format!("{text:?}")).body(body)
}

/// A text that is named for what it stands for, and is one that can be sent.
fn text(name: &str, constraints: &[Constraint]) -> String {
    let mut text = name.to_owned();
    for constraint in constraints {
        // Of a pattern, only what the text begins with is understood.
        if let Constraint::Pattern(pattern) = constraint
            && let Some(start) = pattern.strip_prefix('^')
            && start.chars().all(|it| it.is_ascii_alphanumeric() || "-_:/@ ".contains(it))
        {
            text.insert_str(0, start);
        }
    }
    let length = |name| {
        constraints.iter().find_map(|it| match it {
            Constraint::Length(found, count) if *found == name => usize::try_from(*count).ok(),
            _ => None,
        })
    };
    // Nobody reads an example that is longer.
    let n_missing = length("minLength").unwrap_or(0).min(200).saturating_sub(text.chars().count());
    text.extend(std::iter::repeat_n('x', n_missing));
    text.chars().take(length("maxLength").unwrap_or(usize::MAX)).collect()
}

/// Made into a [`Sensitive`](crate::model::types::TypeRef::Sensitive), if it is not yet.
fn converted(value: String) -> String {
    if value.ends_with(".into()") { value } else { format!("{value}.into()") }
}

fn nullable(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |it| format!("Some({it})"))
}

struct Ctx<'a> {
    api: &'a Api,
    names: BTreeSet<String>,
    /// The types whose values have begun.
    open: Vec<String>,
    /// The expression for a text.
    literal: fn(&str) -> String,
}

impl<'a> Ctx<'a> {
    fn new(api: &'a Api, literal: fn(&str) -> String) -> Self {
        Self { api, names: BTreeSet::new(), open: Vec::new(), literal }
    }

    fn parameter(&mut self, parameter: &Parameter) -> String {
        // An empty mapping is one that a path refuses.
        if let TypeRef::Map(values) = &parameter.ty {
            let value = self.whole(values, &parameter.wire);
            return format!("std::collections::BTreeMap::from([(\"name\".to_owned(), {value})])");
        }
        self.whole(&parameter.ty, &text(&parameter.wire, &parameter.constraints))
    }

    fn body(&mut self, body: &Body) -> String {
        self.whole(&body.ty, &text("body", &body.constraints))
    }

    fn whole(&mut self, ty: &TypeRef, name: &str) -> String {
        self.value(ty, name).expect("the model refuses types whose values never end")
    }

    /// A value that does not hold one of the types that have begun.
    fn value(&mut self, ty: &TypeRef, name: &str) -> Option<String> {
        match ty {
            TypeRef::Scalar(scalar) => Some(self.scalar(*scalar, name)),
            TypeRef::List(items) => Some(match self.value(items, name) {
                Some(item) => format!("vec![{item}]"),
                None => "Vec::new()".to_owned(),
            }),
            TypeRef::Map(_) => Some("Default::default()".to_owned()),
            TypeRef::Nullable(it) => Some(nullable(self.value(it, name))),
            TypeRef::Sensitive(it) => self.value(it, name).map(converted),
            TypeRef::Named(target) if self.open.contains(target) => None,
            TypeRef::Named(target) => {
                let names = self.names.clone();
                self.open.push(target.clone());
                let value = self.named(target, name);
                self.open.pop();
                if value.is_none() {
                    self.names = names;
                }
                value
            }
        }
    }

    fn named(&mut self, target: &str, name: &str) -> Option<String> {
        let ty = self.api.types.get(target).expect("the model defines what it refers to");
        self.names.insert(target.to_owned());
        Some(match &ty.shape {
            Shape::StringNewtype => format!("{target}::from({})", (self.literal)(name)),
            Shape::IntegerOrStringNewtype => format!("{target}::from(1)"),
            Shape::Enum(variants) => match variants.first() {
                Some(first) => format!("{target}::{}", first.rust),
                None => format!("{target}::from({name:?})"),
            },
            Shape::Struct(strukt) => self.strukt(target, strukt)?,
            Shape::Union(union) => union.variants.iter().find_map(|it| {
                Some(format!("{target}::{}({})", it.rust, self.value(&it.ty, name)?))
            })?,
        })
    }

    fn strukt(&mut self, name: &str, strukt: &Struct) -> Option<String> {
        let members = strukt.members.iter().filter(|it| it.is_in_new());
        let arguments: Option<Vec<String>> = members.map(|it| self.argument(it)).collect();
        Some(format!("{name}::new({})", arguments?.join(", ")))
    }

    fn argument(&mut self, member: &Member) -> Option<String> {
        Some(match super::types::new_argument(member) {
            Some("i64") => "1".to_owned(),
            Some(_) => format!("{:?}.into()", member.wire),
            None => {
                let value = self.value(&member.ty, &text(&member.wire, &member.constraints));
                let value = value.map(|it| if member.sensitive { converted(it) } else { it });
                match (member.presence, &member.new) {
                    (Presence::Nullable, None) => nullable(value),
                    _ => value?,
                }
            }
        })
    }

    fn scalar(&mut self, scalar: Scalar, name: &str) -> String {
        let (import, text) = match scalar {
            Scalar::String => ("", format!("{}.into()", (self.literal)(name))),
            Scalar::Bool => ("", "true".to_owned()),
            Scalar::I32 | Scalar::I64 | Scalar::U64 => ("", "1".to_owned()),
            Scalar::Decimal => ("Decimal", "Decimal::new(1050, 2)".to_owned()),
            Scalar::MinorUnits => ("MinorUnits", "MinorUnits::new(1050)".to_owned()),
            Scalar::Timestamp => (
                "Timestamp",
                "Timestamp::from_unix_millis(1_700_000_000_000).expect(\"an instant\")".to_owned(),
            ),
            Scalar::Date => ("Date", "Date::new(2026, 1, 31).expect(\"a date\")".to_owned()),
            Scalar::CivilDateTime => (
                "CivilDateTime",
                "\"2026-01-31 09:00\".parse::<CivilDateTime>().expect(\"a date and time\")"
                    .to_owned(),
            ),
            Scalar::Json => ("Json", format!("Json::from({name:?})")),
            Scalar::JsonObject => ("JsonObject", "JsonObject::new()".to_owned()),
            Scalar::IntegerOrString => ("IntegerOrString", "IntegerOrString::from(1)".to_owned()),
            Scalar::Bytes => ("Bytes", format!("Bytes::from_static(b{name:?})")),
            Scalar::File => ("File", format!("File::new({name:?}.as_bytes().to_vec())")),
        };
        if !import.is_empty() {
            self.names.insert(import.to_owned());
        }
        text
    }
}

//! Expressions that build a value of any type, for documentation and tests.

use std::collections::BTreeSet;

use crate::model::{
    Api,
    operation::Operation,
    schema::Constraint,
    types::{Member, Scalar, Shape, Struct, TypeRef},
};

/// The arguments of an operation's method, and the names they need.
pub(crate) fn arguments(api: &Api, operation: &Operation) -> (Vec<String>, BTreeSet<String>) {
    let mut ctx = Ctx { api, names: BTreeSet::new() };
    let mut arguments: Vec<String> = operation
        .parameters
        .iter()
        .filter(|it| it.required)
        .map(|it| ctx.value(&it.ty, &text(&it.wire, &it.constraints)))
        .collect();
    arguments.extend(operation.body.as_ref().map(|it| ctx.value(&it.ty, "body")));
    (arguments, ctx.names)
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
    let n_missing = length("minLength").unwrap_or(0).saturating_sub(text.chars().count());
    text.extend(std::iter::repeat_n('x', n_missing));
    text.chars().take(length("maxLength").unwrap_or(usize::MAX)).collect()
}

struct Ctx<'a> {
    api: &'a Api,
    names: BTreeSet<String>,
}

impl Ctx<'_> {
    fn value(&mut self, ty: &TypeRef, name: &str) -> String {
        match ty {
            TypeRef::Scalar(scalar) => self.scalar(*scalar, name),
            TypeRef::List(items) => format!("vec![{}]", self.value(items, name)),
            TypeRef::Map(_) => "Default::default()".to_owned(),
            TypeRef::Named(target) => {
                let Some(ty) = self.api.types.get(target) else {
                    return "Default::default()".to_owned();
                };
                self.names.insert(target.clone());
                match &ty.shape {
                    Shape::StringNewtype => format!("{target}::from({name:?})"),
                    Shape::IntegerOrStringNewtype => format!("{target}::from(1)"),
                    Shape::Enum(variants) => match variants.first() {
                        Some(first) => format!("{target}::{}", first.rust),
                        None => format!("{target}::from({name:?})"),
                    },
                    Shape::Struct(strukt) => self.strukt(target, strukt),
                    Shape::Union(union) => match union.variants.first() {
                        Some(first) => {
                            format!("{target}::{}({})", first.rust, self.value(&first.ty, name))
                        }
                        None => "Default::default()".to_owned(),
                    },
                }
            }
        }
    }

    fn strukt(&mut self, name: &str, strukt: &Struct) -> String {
        let arguments: Vec<String> = strukt
            .members
            .iter()
            .filter(|it| super::types::in_new(it))
            .map(|it| self.argument(it))
            .collect();
        format!("{name}::new({})", arguments.join(", "))
    }

    fn argument(&mut self, member: &Member) -> String {
        match super::types::new_argument(member) {
            Some("i64") => "1".to_owned(),
            Some(_) => format!("{:?}.into()", member.wire),
            None => {
                let value = self.value(&member.ty, &text(&member.wire, &member.constraints));
                match (member.sensitive, value.ends_with(".into()")) {
                    (true, false) => format!("{value}.into()"),
                    _ => value,
                }
            }
        }
    }

    fn scalar(&mut self, scalar: Scalar, name: &str) -> String {
        let (import, text) = match scalar {
            Scalar::String => ("", format!("{name:?}.into()")),
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
        };
        if !import.is_empty() {
            self.names.insert(import.to_owned());
        }
        text
    }
}

//! Values that may satisfy a JSON Schema. Made with more zeal than care: whoever
//! shows one has tried it.

use serde_json::{Map, Value as Json, json};

/// Deeper than a counter-example should be.
const MAX_DEPTH: usize = 6;

/// So many are enough to find a telling one.
const MAX_VALUES: usize = 48;

/// Values that may satisfy a schema.
pub(super) fn values(schema: &Json) -> Vec<Json> {
    let mut found = Maker { root: schema }.values(schema, 0);
    found.dedup();
    found
}

/// What texts in payment APIs look like.
const SOME_TEXTS: [&str; 14] = [
    "x",
    "",
    "A",
    "1",
    "12",
    "US",
    "USD",
    "10.00",
    "+15550100",
    "2026-01-31",
    "+1 555",
    "abcd",
    "ABCD",
    "123456789",
];

struct Maker<'s> {
    root: &'s Json,
}

impl Maker<'_> {
    fn values(&self, schema: &Json, depth: usize) -> Vec<Json> {
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        let Some(keys) = schema.as_object() else { return any() };
        if let Some(it) = keys.get("const") {
            return vec![it.clone()];
        }
        if let Some(Json::Array(values)) = keys.get("enum") {
            return values.clone();
        }
        let mut found = Vec::new();
        if let Some(name) = keys.get("$ref").and_then(Json::as_str)
            && let Some(target) = name.strip_prefix('#').and_then(|it| self.root.pointer(it))
        {
            found.extend(self.values(target, depth + 1));
        }
        for key in ["anyOf", "oneOf", "allOf"] {
            for part in keys.get(key).and_then(Json::as_array).into_iter().flatten() {
                found.extend(self.values(part, depth + 1));
            }
        }
        if keys.contains_key("allOf") {
            // Of objects in parts, all members together.
            let all: Map<String, Json> =
                found.iter().filter_map(Json::as_object).flatten().map(own).collect();
            if !all.is_empty() {
                found.push(Json::Object(all));
            }
        }
        let types: Vec<&str> = match keys.get("type") {
            Some(Json::String(it)) => vec![it],
            Some(Json::Array(items)) => items.iter().filter_map(Json::as_str).collect(),
            _ if keys.contains_key("properties") || keys.contains_key("required") => {
                vec!["object"]
            }
            _ if found.is_empty() => return any(),
            _ => Vec::new(),
        };
        for ty in types {
            match ty {
                "string" => found.extend(strings(keys)),
                "integer" | "number" => found.extend(numbers(keys, ty)),
                "boolean" => found.extend([json!(true), json!(false)]),
                "null" => found.push(Json::Null),
                "array" => found.extend(self.lists(keys, depth)),
                "object" => found.extend(self.objects(keys, &found, depth)),
                _ => {}
            }
        }
        found.truncate(MAX_VALUES);
        found
    }

    fn lists(&self, keys: &Map<String, Json>, depth: usize) -> Vec<Json> {
        let items = keys.get("items").map_or_else(any, |it| self.values(it, depth + 1));
        let least = keys.get("minItems").and_then(Json::as_u64).unwrap_or(0);
        let most = keys.get("maxItems").and_then(Json::as_u64).map_or(least + 1, |it| it + 1);
        let mut found = vec![json!([])];
        for n in [least, most] {
            let n = usize::try_from(n.min(40)).unwrap_or(0);
            if n > 0 && !items.is_empty() {
                found.push(items.iter().cycle().take(n).cloned().collect());
            }
        }
        found.extend(items.iter().map(|it| json!([it])));
        found.extend(items.first().map(|it| json!([it, it])));
        found
    }

    /// The least object, and for each member one object per value of it.
    fn objects(&self, keys: &Map<String, Json>, parts: &[Json], depth: usize) -> Vec<Json> {
        let none = Map::new();
        let members = keys.get("properties").and_then(Json::as_object).unwrap_or(&none);
        let of = |name: &str| members.get(name).map_or_else(any, |it| self.values(it, depth + 1));
        let required = keys.get("required").and_then(Json::as_array).into_iter().flatten();
        let mut least: Map<String, Json> =
            parts.iter().filter_map(Json::as_object).flatten().map(own).collect();
        for name in required.filter_map(Json::as_str) {
            if let Some(it) = of(name).into_iter().next() {
                least.insert(name.to_owned(), it);
            }
        }
        let with = |name: &str, value: Json| {
            let mut object = least.clone();
            object.insert(name.to_owned(), value);
            Json::Object(object)
        };
        let mut found = vec![Json::Object(least.clone())];
        for name in members.keys() {
            found.extend(of(name).into_iter().take(6).map(|it| with(name, it)));
            let mut object = least.clone();
            if object.remove(name).is_some() {
                found.push(Json::Object(object));
            }
        }
        found.extend(any().into_iter().map(|it| with("something_else", it)));
        found
    }
}

fn own((key, value): (&String, &Json)) -> (String, Json) {
    (key.clone(), value.clone())
}

fn any() -> Vec<Json> {
    vec![json!("x"), json!(1), json!(true), Json::Null, json!({}), json!([])]
}

fn strings(keys: &Map<String, Json>) -> Vec<Json> {
    let length = |key: &str| keys.get(key).and_then(Json::as_u64);
    let mut found: Vec<String> = match keys.get("format").and_then(Json::as_str) {
        Some("date-time") => vec!["2026-01-31T12:00:00Z".to_owned()],
        Some("date") => vec!["2026-01-31".to_owned()],
        Some("email") => vec!["ada@acme.example".to_owned()],
        Some("uri") => vec!["https://acme.example".to_owned()],
        Some("uuid") => vec!["00000000-0000-4000-8000-000000000000".to_owned()],
        _ => SOME_TEXTS.map(str::to_owned).into(),
    };
    for n in [length("minLength"), length("maxLength"), length("maxLength").map(|it| it + 1)] {
        let n = n.filter(|it| *it <= 400).and_then(|it| usize::try_from(it).ok());
        found.extend(n.map(|it| "x".repeat(it)));
        found.extend(n.map(|it| "1".repeat(it)));
    }
    // Those that fit are tried first.
    let limits: Map<String, Json> = ["pattern", "minLength", "maxLength"]
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), keys.get(key)?.clone())))
        .collect();
    let limits = jsonschema::validator_for(&Json::Object(limits)).ok();
    let fits = |it: &Json| limits.as_ref().is_some_and(|limits| limits.is_valid(it));
    let mut found: Vec<Json> = found.into_iter().map(Json::String).collect();
    found.sort_by_key(|it| !fits(it));
    found
}

fn numbers(keys: &Map<String, Json>, ty: &str) -> Vec<Json> {
    let mut found = vec![json!(1), json!(0), json!(-1), json!(5_000_000_000_u64)];
    found.extend([json!(i64::MIN), json!(i64::MAX), json!(u64::MAX)]);
    if ty == "number" {
        found.push(json!(0.5));
    }
    for key in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
        let Some(end) = keys.get(key) else { continue };
        found.push(end.clone());
        if let Some(it) = end.as_i64() {
            found.extend([json!(it.saturating_sub(1)), json!(it.saturating_add(1))]);
        }
    }
    found
}

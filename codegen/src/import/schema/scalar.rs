//! Texts, numbers and truths.

use std::collections::BTreeMap;

use crate::{
    diagnostics,
    import::{
        Importer,
        build::{self, Map},
        infer, naming,
        schema::{
            Use,
            class::{self, Class},
            flat::Flat,
        },
    },
    model::schema as dialect,
    parse::{
        self,
        node::{Entry, Node, Value},
    },
};

impl<'t> Importer<'t> {
    /// The kinds of values that a flat schema speaks of.
    pub(super) fn kinds(&self, flat: &Flat<'t>) -> Vec<Class> {
        if let Some(types) = &flat.types {
            return types.clone();
        }
        let mut kinds = class::of_values(flat.values.iter().flatten().copied());
        if kinds.contains(&Class::Number) {
            kinds.retain(|it| *it != Class::Integer);
        }
        if kinds.is_empty() && flat.has_object() {
            kinds.push(Class::Object);
        }
        if kinds.is_empty() && !flat.items.is_empty() {
            kinds.push(Class::Array);
        }
        if kinds.is_empty() {
            kinds.extend(class::of_keywords(|key| flat.keys.contains_key(key)));
        }
        kinds
    }

    /// A text, a number or a truth.
    pub(super) fn scalar(&mut self, flat: &Flat<'t>, at: &Use) -> Node {
        let kinds = self.kinds(flat);
        match kinds.first() {
            Some(Class::Integer) => self.integer(flat, at),
            Some(Class::Number) => self.number(flat, at),
            Some(Class::Boolean) => self.typed(flat, "boolean").node(),
            _ => self.string(flat),
        }
    }

    /// The type and what is said about it.
    fn typed(&mut self, flat: &Flat<'t>, ty: &str) -> Map {
        let mut map = Map::new(flat.place);
        map.push(build::entry("type", flat.kind_place, build::text(flat.kind_place, ty)));
        if flat.nullable {
            map.flag("nullable", true);
        }
        self.annotations(flat, &mut map);
        if let (Some(values), true) = (&flat.values, ty != "string") {
            let shown: Vec<String> = values
                .iter()
                .filter_map(|it| Some(format!("`{}`", parse::scalar_text(it)?)))
                .collect();
            let fact = match shown.as_slice() {
                [only] => format!("Always {only}."),
                _ => format!("One of {}.", shown.join(", ")),
            };
            map.append("description", &fact);
        }
        map
    }

    fn string(&mut self, flat: &Flat<'t>) -> Node {
        let mut map = self.typed(flat, "string");
        if let Some(values) = flat.values.as_ref().filter(|it| !it.is_empty()) {
            self.listed(values, flat, &mut map);
            return map.node();
        }
        // Bytes as OpenAPI 3.1 writes them.
        if let (Some(media), false) =
            (flat.keys.get("contentMediaType"), flat.keys.contains_key("contentEncoding"))
        {
            map.push(build::entry(
                "format",
                media.key_place,
                build::text(media.key_place, "binary"),
            ));
            return map.node();
        }
        let format = flat.keys.get("format").copied();
        if format.is_some_and(|it| it.value.as_str() == Some("password")) {
            map.flag("x-sensitive", true);
        } else if self.format("string", format, &mut map) {
            // The format says how it is written.
            let limits = ["minLength", "maxLength", "pattern"];
            for entry in limits.iter().filter_map(|it| flat.keys.get(it)) {
                self.warnings.not_checked(entry.key_place, &entry.key);
            }
            return map.node();
        }
        self.limits(flat, &["minLength", "maxLength", "pattern"], &mut map);
        map.node()
    }

    fn listed(&mut self, values: &[&'t Node], flat: &Flat<'t>, map: &mut Map) {
        let mut texts: Vec<&str> = Vec::new();
        let mut items: Vec<Node> = Vec::new();
        let shown: Vec<String> =
            values.iter().map(|it| parse::scalar_text(it).unwrap_or_default()).collect();
        for (value, shown) in values.iter().zip(&shown) {
            if value.as_str().is_none() {
                self.warnings.assumed(
                    value.place,
                    &format!("the listed value `{shown}` is not a string"),
                    "it is read as one",
                );
            }
            if !texts.contains(&shown.as_str()) {
                texts.push(shown);
                items.push(build::text(value.place, shown.clone()));
            }
        }
        if let Some(names) = naming::variants(&texts) {
            let place = flat.place;
            let names = names.into_iter().map(|it| build::text(place, it)).collect();
            map.add("x-enum-varnames", build::list(place, names));
        }
        let described = flat.keys.get("x-enumDescriptions").and_then(|it| it.value.as_map());
        if let Some(described) = described {
            let known: BTreeMap<&str, &Entry> =
                described.iter().map(|it| (it.key.as_str(), it)).collect();
            let complete: Option<Vec<Entry>> = texts
                .iter()
                .map(|it| {
                    known.get(it).filter(|it| it.value.as_str().is_some()).map(|it| (*it).clone())
                })
                .collect();
            if let Some(entries) = complete {
                map.add("x-enumDescriptions", build::map(flat.place, entries));
            }
        }
        map.add("enum", build::list(flat.place, items));
    }

    fn integer(&mut self, flat: &Flat<'t>, at: &Use) -> Node {
        let description = flat.keys.get("description").and_then(|it| it.value.as_str());
        let is_minor = infer::is_minor(&at.member, description.unwrap_or_default());
        if is_wide(flat) && !is_minor {
            self.warnings.assumed(
                flat.kind_place,
                "an integer that may have more than 64 bits",
                "it is an exact decimal with `x-unit: factor`",
            );
            let mut map = self.typed(flat, "number");
            map.text("x-unit", "factor");
            self.bounds(flat, &mut map);
            return map.node();
        }
        let mut map = self.typed(flat, "integer");
        let format = flat.keys.get("format").copied();
        self.format("integer", format, &mut map);
        if is_minor {
            map.text("x-unit", "minor");
        }
        self.bounds(flat, &mut map);
        map.node()
    }

    fn number(&mut self, flat: &Flat<'t>, at: &Use) -> Node {
        let mut map = self.typed(flat, "number");
        let format = flat.keys.get("format").copied();
        self.format("number", format, &mut map);
        let unit = infer::unit(&at.member);
        self.warnings.assumed(
            flat.kind_place,
            "a number without a meaning",
            &format!("it is an exact decimal with `x-unit: {unit}`"),
        );
        map.text("x-unit", unit);
        self.bounds(flat, &mut map);
        map.node()
    }

    /// Writes a format that has a meaning for us; says whether it makes another type.
    fn format(&mut self, ty: &str, format: Option<&'t Entry>, map: &mut Map) -> bool {
        let Some(entry) = format else { return false };
        let Some(name) = entry.value.as_str() else {
            self.diags.wrong_kind(entry.value.place, "`format`", "a string", entry.value.kind());
            return false;
        };
        if !dialect::formats(ty).contains(&name)
            || matches!(name, "epoch-millis" | "civil-date-time")
        {
            let known = dialect::formats(ty);
            match diagnostics::nearest(name, known.iter().copied()) {
                Some(_) if known.iter().all(|it| *it != name) => {
                    self.warnings.unknown_format(entry.value.place, name, ty, known);
                }
                _ => self.warnings.not_checked(entry.key_place, "format"),
            }
            return false;
        }
        map.copy(entry);
        matches!(name, "date-time" | "date")
    }

    /// Limits of lengths, and patterns.
    pub(super) fn limits(&mut self, flat: &Flat<'t>, keys: &[&str], map: &mut Map) {
        for entry in keys.iter().filter_map(|it| flat.keys.get(it).copied()) {
            match (&entry.value.value, entry.key.as_str()) {
                (Value::Bool(it), "uniqueItems") => {
                    if *it {
                        map.copy(entry);
                    }
                }
                (Value::String(it), "pattern") => {
                    if !is_delimited(it) && self.is_compiled(it) {
                        map.copy(entry);
                    } else {
                        self.warnings.not_checked(entry.key_place, "pattern");
                        map.append("description", &format!("Matches `{it}`."));
                    }
                }
                (Value::Number(it), key) if key != "pattern" && key != "uniqueItems" => {
                    match it.parse::<u64>() {
                        Ok(_) => map.copy(entry),
                        Err(_) => self.warnings.not_checked(entry.key_place, key),
                    }
                }
                (_, key) => {
                    let wanted = match key {
                        "pattern" => "a string",
                        "uniqueItems" => "`true` or `false`",
                        _ => "a number",
                    };
                    let what = format!("`{key}`");
                    self.diags.wrong_kind(entry.value.place, &what, wanted, entry.value.kind());
                }
            }
        }
    }

    /// Whether the runtime can check a pattern. Documents repeat theirs.
    fn is_compiled(&mut self, pattern: &'t str) -> bool {
        let compiles = || regex_lite::Regex::new(pattern).is_ok();
        *self.patterns.entry(pattern).or_insert_with(compiles)
    }

    /// Limits of numbers, as OpenAPI 3.0 writes them.
    fn bounds(&mut self, flat: &Flat<'t>, map: &mut Map) {
        for (key, exclusive_key) in
            [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")]
        {
            let plain = self.bound(flat, key);
            let is_exclusive = flat
                .keys
                .get(exclusive_key)
                .is_some_and(|it| matches!(it.value.value, Value::Bool(true)));
            let is_flag = flat
                .keys
                .get(exclusive_key)
                .is_some_and(|it| matches!(it.value.value, Value::Bool(_)));
            let exclusive = if is_flag { None } else { self.bound(flat, exclusive_key) };
            match (plain, exclusive) {
                (None, None) => {}
                (Some(bound), None) => {
                    map.push(build::entry(key, bound.key_place, bound.value.clone()));
                    if is_exclusive {
                        map.flag(exclusive_key, true);
                    }
                }
                (plain, Some(exclusive)) => {
                    let is_tighter = plain.is_none_or(|plain| {
                        let (plain, exclusive) = (number(plain), number(exclusive));
                        if key == "minimum" { exclusive >= plain } else { exclusive <= plain }
                    });
                    let bound = if is_tighter { exclusive } else { plain.unwrap_or(exclusive) };
                    map.push(build::entry(key, bound.key_place, bound.value.clone()));
                    if is_tighter {
                        map.flag(exclusive_key, true);
                    }
                }
            }
        }
        if let Some(entry) = self.bound(flat, "multipleOf")
            && number(entry) > 0.0
        {
            map.copy(entry);
        }
    }

    /// A limit that can be told exactly.
    fn bound(&mut self, flat: &Flat<'t>, key: &str) -> Option<&'t Entry> {
        let entry = flat.keys.get(key).copied()?;
        match &entry.value.value {
            Value::Number(it) if !it.contains(['e', 'E']) => Some(entry),
            Value::Number(_) => {
                self.warnings.not_checked(entry.key_place, key);
                None
            }
            _ => {
                let what = format!("`{key}`");
                self.diags.wrong_kind(entry.value.place, &what, "a number", entry.value.kind());
                None
            }
        }
    }

    /// Values of several kinds.
    pub(super) fn mixed(&mut self, flat: Flat<'t>, kinds: &[Class], at: &Use) -> Node {
        let mut kinds = kinds.to_vec();
        kinds.sort();
        let unit = match kinds.as_slice() {
            [Class::String, Class::Integer] => None,
            [Class::String, Class::Number] if infer::is_amount(&at.member) => Some("major"),
            _ => return self.kept_as_json(&flat, "its values are of several kinds"),
        };
        let mut map = Map::new(flat.place);
        let alternative = |ty: &str, nullable: bool| {
            let mut map = Map::new(flat.place);
            map.text("type", ty);
            if nullable {
                map.flag("nullable", true);
            }
            map.node()
        };
        let number = if unit.is_some() { "number" } else { "integer" };
        let alternatives = vec![alternative(number, flat.nullable), alternative("string", false)];
        map.push(build::entry(
            "oneOf",
            flat.kind_place,
            build::list(flat.kind_place, alternatives),
        ));
        self.annotations(&flat, &mut map);
        if let Some(unit) = unit {
            map.text("x-unit", unit);
        }
        map.node()
    }
}

/// Whether a pattern stands between slashes, as other languages write it: taken
/// as it is, nothing would match it.
fn is_delimited(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('/').and_then(|it| it.rsplit_once('/'));
    inner.is_some_and(|(inner, flags)| {
        (inner.starts_with('^') || inner.ends_with('$'))
            && flags.bytes().all(|it| it.is_ascii_lowercase())
    })
}

/// Whether an integer may have more than 64 bits.
fn is_wide(flat: &Flat<'_>) -> bool {
    let number = |key: &str| match &flat.keys.get(key)?.value.value {
        Value::Number(it) => Some(it.as_str()),
        _ => None,
    };
    let format = flat.keys.get("format").and_then(|it| it.value.as_str()).unwrap_or_default();
    let digits =
        |it: &str| it.bytes().skip(usize::from(it.starts_with('-'))).all(|it| it.is_ascii_digit());
    let is_small = |it: &str| it.parse::<i64>().is_ok() || it.parse::<u64>().is_ok();
    matches!(format, "int128" | "uint128" | "int256" | "uint256" | "bigint" | "biginteger")
        || ["minimum", "maximum", "example", "default"]
            .iter()
            .filter_map(|it| number(it))
            .any(|it| digits(it) && !is_small(it))
}

/// Only for comparing two limits; what is checked is the text.
fn number(entry: &Entry) -> f64 {
    match &entry.value.value {
        Value::Number(it) => it.parse().unwrap_or_default(),
        _ => 0.0,
    }
}

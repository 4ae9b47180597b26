//! From the list of all public items to an outline: types of one kind stand
//! together, and what they have in common is said once.

use std::collections::{BTreeMap, BTreeSet};

/// The outline of a crate, from one line per public item.
pub(crate) fn outline(krate: &str, items: &str) -> String {
    let mut surface = Surface::default();
    let mut current_impl = Impl::Other;
    for line in items.lines() {
        let line = short(line, krate);
        current_impl = surface.item(&line, current_impl);
    }
    surface.text()
}

/// Everything that is public.
#[derive(Default)]
struct Surface {
    /// What is re-exported.
    used: Vec<String>,
    types: BTreeMap<String, Type>,
    /// Anything else, which is rare.
    others: Vec<String>,
}

/// A struct or an enum.
#[derive(Default)]
struct Type {
    is_enum: bool,
    /// Fields (`name: type`) or variants.
    members: Vec<String>,
    /// Inherent functions and constants, traits, attributes.
    facts: BTreeSet<String>,
}

/// What the items that follow belong to.
enum Impl {
    Inherent(String),
    /// Of a trait, which says enough, or of another crate's type.
    Other,
}

impl Surface {
    /// Takes the next item.
    fn item(&mut self, line: &str, current: Impl) -> Impl {
        if let Some(rest) = line.strip_prefix("impl") {
            return self.implementation(skip_generics(rest).trim());
        }
        let (attribute, item) = match line.strip_prefix("#[non_exhaustive] ") {
            Some(item) => (Some("non-exhaustive"), item),
            None => (None, line),
        };
        let item = item.strip_prefix("pub ").unwrap_or(item);
        let (word, rest) = item.split_once(' ').unwrap_or((item, ""));
        match (word, &current) {
            ("mod", _) => {}
            // What the module of headers is written with.
            ("use", _) if rest.starts_with("headers::") => {}
            ("const", _) if rest.starts_with("headers::") => self.others.push(item.to_owned()),
            ("use", _) => self.used.push(name(rest).to_owned()),
            ("struct" | "enum", _) => {
                let ty = self.types.entry(name(rest).to_owned()).or_default();
                ty.is_enum = word == "enum";
                ty.facts.extend(attribute.map(str::to_owned));
            }
            // A function of no type.
            ("fn", _) if !rest.split(['(', '<']).next().unwrap_or_default().contains("::") => {
                self.others.push(item.to_owned());
            }
            ("fn" | "const", Impl::Inherent(owner)) => {
                let fact = member(rest).replace("(self, ", "(").replace("(self)", "()");
                let is_known = rest.starts_with(owner.as_str());
                let ty = self.types.get_mut(owner).filter(|_| is_known);
                ty.expect("functions follow their type").facts.insert(fact);
            }
            ("fn" | "const" | "type", Impl::Other) => {}
            _ if self.types.contains_key(name(item)) && item.contains("::") => {
                let ty = self.types.get_mut(name(item)).expect("it was just there");
                let member = member(item).to_owned();
                match ty.is_enum && member.starts_with("Unrecognized(") {
                    true => _ = ty.facts.insert(member),
                    false => ty.members.push(member),
                }
            }
            _ => self.others.push(item.to_owned()),
        }
        current
    }

    fn implementation(&mut self, rest: &str) -> Impl {
        let Some((implemented, owner)) = rest.split_once(" for ") else {
            return Impl::Inherent(name(rest).to_owned());
        };
        if let Some(ty) = self.types.get_mut(name(owner)) {
            ty.facts.insert(implemented.to_owned());
        }
        Impl::Other
    }

    fn text(&self) -> String {
        let mut text = format!("# Used from elsewhere\n{}\n", self.used.join(", "));
        if !self.others.is_empty() {
            text.push_str(&format!("\n# Items\n{}\n", self.others.join("\n")));
        }
        for kind in KINDS {
            let types: Vec<_> = self.types.iter().filter(|(_, it)| it.kind() == *kind).collect();
            text.push_str(&section(*kind, &types));
        }
        text
    }
}

/// What a type is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Client,
    Call,
    OperationError,
    Struct,
    OpenEnum,
    Union,
    Text,
    Other,
}

const KINDS: &[Kind] = &[
    Kind::Client,
    Kind::Call,
    Kind::OperationError,
    Kind::Other,
    Kind::Struct,
    Kind::Union,
    Kind::OpenEnum,
    Kind::Text,
];

impl Type {
    fn kind(&self) -> Kind {
        let has = |start: &str| self.facts.iter().any(|it| it.starts_with(start));
        match self.is_enum {
            true if has("OperationError") => Kind::OperationError,
            true if has("KNOWN:") => Kind::OpenEnum,
            true if has("Deserialize") => Kind::Union,
            true => Kind::Other,
            false if has("IntoFuture") => Kind::Call,
            false if has("build(") || has("builder(") => Kind::Client,
            false if has("as_str(") => Kind::Text,
            false => Kind::Struct,
        }
    }
}

/// The types of one kind, under what they have in common.
fn section(kind: Kind, types: &[(&String, &Type)]) -> String {
    let title = match kind {
        Kind::Client => "Client",
        Kind::Call => "Calls",
        Kind::OperationError => "Errors by operation",
        Kind::Other => "Other enums",
        Kind::Struct => "Structs",
        Kind::Union => "Unions",
        Kind::OpenEnum => "Open enums",
        Kind::Text => "Texts",
    };
    let Some(((_, first), rest)) = types.split_first() else { return String::new() };
    let mut common = first.facts.clone();
    if kind == Kind::Client {
        common.clear();
    }
    common.retain(|fact| rest.iter().all(|(_, it)| it.facts.contains(fact)));
    let mut text = format!("\n# {title}\n");
    let (signatures, traits): (Vec<_>, Vec<_>) =
        common.iter().map(String::as_str).partition(|it| is_signature(it));
    if !traits.is_empty() {
        text.push_str(&format!("every one: {}\n", traits.join(", ")));
    }
    for signature in signatures {
        text.push_str(&format!("every one: {signature}\n"));
    }
    for (name, ty) in types {
        let facts = ty.facts.difference(&common).map(String::as_str);
        let (mut signatures, mut traits): (Vec<_>, Vec<_>) = facts.partition(|it| is_signature(it));
        // Most structs derive these, which is not listed.
        traits.retain(|it| kind != Kind::Struct || !matches!(*it, "Deserialize" | "Serialize"));
        text.push_str(name);
        if let Some(idx) = signatures.iter().position(|it| it.starts_with("send(")) {
            text.push_str(&format!(" -> {}", answered(signatures.remove(idx))));
        }
        if !traits.is_empty() {
            text.push_str(&format!(": {}", traits.join(", ")));
        }
        if ty.is_enum {
            text.push_str(&format!(" {{ {} }}", variants(kind, &ty.members)));
        } else {
            for field in &ty.members {
                text.push_str(&format!("\n    {}", with_setter(field, &mut signatures)));
            }
        }
        for signature in signatures {
            text.push_str(&format!("\n    {signature}"));
        }
        text.push('\n');
    }
    text
}

/// Whether a fact is a function or a constant, not a trait or an attribute.
fn is_signature(fact: &str) -> bool {
    fact.contains("(&self") || fact.contains(") -> ") || fact.contains(": ")
}

/// The variants, unless they are many values of one sort.
fn variants(kind: Kind, variants: &[String]) -> String {
    const FEW: usize = 20;
    if kind == Kind::OpenEnum && variants.len() > FEW {
        return format!("{} values", variants.len());
    }
    variants.join(", ")
}

/// `Payout, CreatePayoutError`, from the signature of `send`.
fn answered(send: &str) -> String {
    let inner = send.split_once("Result<Response<").map_or(send, |(_, it)| it);
    let inner = inner.split_once(">>>").map_or(inner, |(it, _)| it);
    inner.replace(">, Error<", ", ")
}

/// A field, and how it is set if there is a function of its name, which is
/// taken out of `facts`.
fn with_setter(field: &str, facts: &mut Vec<&str>) -> String {
    let Some((name, ty)) = field.split_once(": ") else { return field.to_owned() };
    let start = format!("{name}(");
    let Some(idx) = facts.iter().position(|it| it.starts_with(&start)) else {
        return field.to_owned();
    };
    let argument = facts[idx][start.len()..].strip_suffix(") -> Self");
    let inner = ty.strip_prefix("Option<").and_then(|it| it.strip_suffix('>')).unwrap_or(ty);
    match argument {
        Some(argument) if argument == inner => {}
        Some(argument) if argument == format!("impl Into<{inner}>") => {}
        _ => return field.to_owned(),
    }
    let is_exact = argument == Some(inner);
    facts.remove(idx);
    format!("{field}, set{}", if is_exact { "" } else { " with Into" })
}

/// A line without the paths of names, but with the types that items are in.
fn short(line: &str, krate: &str) -> String {
    let mut text = String::new();
    let mut word = String::new();
    for character in line.chars().chain([' ']) {
        if character.is_alphanumeric() || matches!(character, '_' | ':') {
            word.push(character);
            continue;
        }
        text.push_str(&short_path(&word, krate));
        word.clear();
        text.push(character);
    }
    text.replace("<'c>", "").replace("<'_>", "").replace("<'de>", "").trim_end().to_owned()
}

const KNOWN_CRATES: [&str; 6] = ["alloc", "core", "std", "payouts_core", "serde_core", "bytes"];

/// The path without modules, which are lower case, and without the crate.
fn short_path(path: &str, krate: &str) -> String {
    let is_member = path.starts_with(&format!("{krate}::"));
    let end = if path.ends_with(':') { ":" } else { "" };
    let parts: Vec<_> = path.trim_end_matches(':').split("::").collect();
    let is_module = |it: &str| it.starts_with(|it: char| it.is_lowercase() || it == '_');
    let n_modules = parts.iter().take_while(|it| is_module(it)).count();
    let start = match is_member {
        true => 1,
        // A function or a module of another crate keeps its own name.
        false => n_modules.min(parts.len() - 1),
    };
    if parts.len() == 1 {
        return path.to_owned();
    }
    // Names of our own and of the standard library need no crate.
    let is_known = is_member || KNOWN_CRATES.contains(&parts[0]);
    let foreign = if is_known { String::new() } else { format!("{}::", parts[0]) };
    format!("{foreign}{}{end}", parts[start..].join("::"))
}

/// The name of the type that a line is about.
fn name(item: &str) -> &str {
    let end = item.find(|it: char| !(it.is_alphanumeric() || it == '_'));
    &item[..end.unwrap_or(item.len())]
}

/// What stands behind the name of the type: `build() -> Client`.
fn member(item: &str) -> &str {
    item[name(item).len()..].trim_start_matches("::")
}

/// Without `<…>` at the start.
fn skip_generics(rest: &str) -> &str {
    let mut depth = 0;
    for (idx, character) in rest.char_indices() {
        match character {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ if depth == 0 => return &rest[idx..],
            _ => {}
        }
    }
    rest
}

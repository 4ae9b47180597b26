//! The public items of a crate, with what a caller can tell of each.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result};
use public_api::{PublicItem, tokens::Token};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{krate::Krate, names, signature::ARGUMENT_END};

/// Changes whenever the same crate gives another [`Surface`].
pub(super) const FORMAT: u32 = 3;

/// Traits that the compiler keeps for itself.
const INTERNAL: &[&str] = &["Freeze", "StructuralPartialEq", "UnsafeUnpin"];

/// Which items can share a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Space {
    Feature,
    Type,
    Value,
    Macro,
    /// Fields and variants.
    Member,
    /// Implementations of traits, and the types that belong to them.
    Impl,
}

/// A public item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Item {
    pub(super) space: Space,
    /// Without the crate and generics; of an implementation, all of its first line.
    pub(super) path: String,
    /// As rustdoc calls it: `struct`, `variant`, `function`.
    pub(super) kind: String,
    /// As it is written, with full paths.
    pub(super) text: String,
    /// The path of the type, trait, variant or module that it belongs to.
    pub(super) owner: Option<String>,
    /// Callers cannot name everything that is in it: `#[non_exhaustive]`, private
    /// fields, or a trait that they cannot implement.
    pub(super) is_open: bool,
    /// Who implements the trait must write it.
    pub(super) is_required: bool,
    pub(super) is_deprecated: bool,
    pub(super) is_must_use: bool,
    /// The value of a constant, the item behind a `use`, the shape of a struct, or
    /// the names of a function's arguments.
    pub(super) detail: Option<String>,
}

/// All public items of a crate.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Surface {
    /// As code names the crate.
    pub(super) krate: String,
    pub(super) items: Vec<Item>,
}

impl Surface {
    /// Reads what rustdoc wrote.
    pub(super) fn read(krate: &Krate, json: &Path) -> Result<Self> {
        let api = public_api::Builder::from_rustdoc_json(json)
            .omit_blanket_impls(true)
            .build()
            .context("cannot read what rustdoc wrote")?;
        let text =
            fs::read_to_string(json).with_context(|| format!("cannot read {}", json.display()))?;
        let json: Value = serde_json::from_str(&text).context("cannot read what rustdoc wrote")?;
        let mut surface =
            Self { krate: krate.name.replace('-', "_"), items: features(&krate.features) };
        let public: Vec<&PublicItem> = api.items().collect();
        let ids: BTreeSet<u32> = public.iter().map(|it| it.id().0).collect();
        let mut ctx = Ctx {
            json: &json,
            ids,
            paths: BTreeMap::new(),
            impls: BTreeMap::new(),
            krate: surface.krate.clone(),
        };
        for item in public {
            surface.items.extend(ctx.item(item));
        }
        surface.items.sort_by(|a, b| key(a).cmp(&key(b)));
        surface.items.dedup();
        Ok(surface)
    }

    /// The names of another crate's items that this one shows.
    pub(super) fn names_of(&self, other: &str, names: &mut BTreeSet<String>) {
        let other = other.replace('-', "_");
        for item in &self.items {
            names::of_crate(&item.text, &other, names);
            if item.kind == "use" {
                names::of_crate(item.detail.as_deref().unwrap_or_default(), &other, names);
            }
        }
    }

    /// The items that can be reached from some names, which grow.
    pub(super) fn shown(self, names: &mut BTreeSet<String>) -> Self {
        let is_type = |it: &&Item| it.space == Space::Type && it.kind != "module";
        let types: BTreeSet<&str> =
            self.items.iter().filter(is_type).map(|it| it.path.as_str()).collect();
        let top = |item: &Item| {
            let path = item.owner.as_deref().filter(|_| item.space == Space::Impl);
            let path = path.unwrap_or(&item.path).to_owned();
            let ends = path.match_indices("::").map(|(at, _)| at);
            let top = ends.map(|at| &path[..at]).find(|it| types.contains(it)).unwrap_or(&path);
            names::last(top).to_owned()
        };
        let tops: Vec<String> = self.items.iter().map(top).collect();
        loop {
            let n_names = names.len();
            for (item, top) in self.items.iter().zip(&tops) {
                if names.contains(top) {
                    names::of_crate(&item.text, &self.krate, names);
                }
            }
            if names.len() == n_names {
                break;
            }
        }
        let items = self.items.iter().zip(&tops).filter(|(_, top)| names.contains(*top));
        Self { items: items.map(|(it, _)| it.clone()).collect(), krate: self.krate.clone() }
    }
}

fn key(item: &Item) -> (Space, &str, &str) {
    (item.space, &item.path, &item.text)
}

fn features(features: &[(String, Vec<String>)]) -> Vec<Item> {
    let item = |(name, enables): &(String, Vec<String>)| Item {
        space: Space::Feature,
        path: name.clone(),
        kind: "feature".to_owned(),
        text: match name.as_str() {
            "default" => format!("feature default = [{}]", enables.join(", ")),
            _ => format!("feature {name}"),
        },
        owner: None,
        is_open: false,
        is_required: false,
        is_deprecated: false,
        is_must_use: false,
        detail: None,
    };
    features.iter().map(item).collect()
}

struct Ctx<'j> {
    json: &'j Value,
    /// The items that can be named.
    ids: BTreeSet<u32>,
    /// The paths of the items so far.
    paths: BTreeMap<u32, String>,
    /// The first lines of the implementations so far.
    impls: BTreeMap<u32, String>,
    krate: String,
}

impl<'j> Ctx<'j> {
    fn item(&mut self, item: &PublicItem) -> Option<Item> {
        let id = item.id().0;
        let node = self.node(id);
        let (kind, inner) = node["inner"].as_object()?.iter().next()?;
        let of_parent = item.parent_id().map(|it| self.node(it.0));
        let implemented = of_parent.map_or(&Value::Null, |it| &it["inner"]["impl"]);
        let is_in_impl = !implemented["trait"].is_null();
        let path = path(item, &self.krate);
        let text = item.to_string();
        let mut owner = path.rfind("::").map(|at| path[..at].to_owned());
        let mut path = path;
        let mut detail = self.detail(kind, inner);
        let space = match kind.as_str() {
            "impl" if inner["trait"].is_null() || inner["is_negative"] == true => return None,
            "impl" => {
                let name = inner["trait"]["path"].as_str().unwrap_or_default();
                if INTERNAL.contains(&names::last(name)) {
                    return None;
                }
                owner = item.parent_id().and_then(|it| self.paths.get(&it.0).cloned());
                path.clone_from(&text);
                self.impls.insert(id, text.clone());
                if let Some(owner) = &owner {
                    self.paths.insert(id, owner.clone());
                }
                Space::Impl
            }
            "assoc_type" if is_in_impl => {
                owner = item.parent_id().and_then(|it| self.paths.get(&it.0).cloned());
                // Several traits may have a type of this name.
                let line = item.parent_id().and_then(|it| self.impls.get(&it.0))?;
                path = format!("{path} of {line}");
                detail = Some(line.clone());
                Space::Impl
            }
            _ if is_in_impl => return None,
            // What derives write for themselves.
            "function" if has_hidden_generics(inner) => return None,
            "module" if !path.contains("::") && path == self.krate => return None,
            "struct_field" | "variant" => Space::Member,
            "function" | "constant" | "static" | "assoc_const" => Space::Value,
            "macro" | "proc_macro" => Space::Macro,
            "use" => self.space_of_use(inner),
            _ => Space::Type,
        };
        if space != Space::Impl {
            self.paths.entry(id).or_insert_with(|| path.clone());
        }
        let has = |attribute: &str| attributes(node).any(|it| it == attribute);
        Some(Item {
            space,
            is_open: has("non_exhaustive") || has_hidden(inner) || self.is_sealed(inner, kind),
            is_required: is_required(kind, inner)
                && of_parent.is_some_and(|it| it["inner"].get("trait").is_some()),
            is_deprecated: !node["deprecation"].is_null(),
            is_must_use: has("must_use"),
            detail,
            kind: kind.clone(),
            path,
            text,
            owner,
        })
    }

    fn node(&self, id: u32) -> &'j Value {
        &self.json["index"][id.to_string()]
    }

    fn space_of_use(&self, inner: &Value) -> Space {
        match self.summary(inner)["kind"].as_str() {
            Some("function" | "constant" | "static") => Space::Value,
            Some("macro" | "proc_attribute" | "proc_derive") => Space::Macro,
            _ => Space::Type,
        }
    }

    /// What rustdoc knows of an item of another crate.
    fn summary(&self, inner: &Value) -> &Value {
        inner["id"].as_u64().map_or(&Value::Null, |id| &self.json["paths"][id.to_string()])
    }

    fn detail(&self, kind: &str, inner: &Value) -> Option<String> {
        let text = match kind {
            "use" => match self.summary(inner)["path"].as_array() {
                None => inner["source"].as_str()?.to_owned(),
                Some(path) => path.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("::"),
            },
            "constant" => inner["const"]["value"].as_str()?.to_owned(),
            "assoc_const" => inner["value"].as_str()?.to_owned(),
            "function" => {
                let inputs = inner["sig"]["inputs"].as_array()?;
                inputs.iter().filter_map(|it| it[0].as_str()).collect::<Vec<_>>().join(ARGUMENT_END)
            }
            "struct" | "variant" => match &inner["kind"] {
                Value::Object(it) => it.keys().next()?.clone(),
                it => it.as_str()?.to_owned(),
            },
            _ => return None,
        };
        Some(text)
    }

    /// Whether a trait asks for another one that cannot be named.
    fn is_sealed(&self, inner: &Value, kind: &str) -> bool {
        let is_private = |bound: &Value| {
            let Some(id) = bound["trait_bound"]["trait"]["id"].as_u64() else { return false };
            let is_ours = self.json["paths"][id.to_string()]["crate_id"] == 0;
            is_ours && !self.ids.iter().any(|it| u64::from(*it) == id)
        };
        kind == "trait" && inner["bounds"].as_array().is_some_and(|it| it.iter().any(is_private))
    }
}

/// The names of attributes, with or without arguments.
fn attributes(node: &Value) -> impl Iterator<Item = &str> {
    node["attrs"].as_array().into_iter().flatten().filter_map(|it| match it {
        Value::Object(it) => it.keys().next().map(String::as_str),
        it => it.as_str(),
    })
}

/// Whether there are fields or variants that rustdoc does not show.
fn has_hidden(inner: &Value) -> bool {
    let kind = &inner["kind"];
    let stripped = [&kind["plain"], &kind["struct"], inner];
    stripped
        .iter()
        .any(|it| it["has_stripped_fields"] == true || it["has_stripped_variants"] == true)
        || kind["tuple"].as_array().is_some_and(|it| it.iter().any(Value::is_null))
}

fn has_hidden_generics(inner: &Value) -> bool {
    let params = inner["generics"]["params"].as_array().into_iter().flatten();
    params.filter_map(|it| it["name"].as_str()).any(|it| it.starts_with("__"))
}

/// Whether a trait's item has no default.
fn is_required(kind: &str, inner: &Value) -> bool {
    match kind {
        "function" => inner["has_body"] == false,
        "assoc_const" => inner["value"].is_null(),
        "assoc_type" => inner["type"].is_null(),
        _ => false,
    }
}

/// The path of an item that has a name, without the crate and generics.
fn path(item: &PublicItem, krate: &str) -> String {
    let mut path = String::new();
    let mut depth = 0_usize;
    for token in item.tokens() {
        match token {
            Token::Annotation(_) | Token::Qualifier(_) | Token::Kind(_) | Token::Whitespace
                if path.is_empty() => {}
            Token::Symbol(it) if it == "<" => depth += 1,
            Token::Symbol(it) if it == ">" => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            Token::Symbol(it) if it == "::" => path.push_str("::"),
            Token::Symbol(_) | Token::Whitespace => break,
            token => path.push_str(token.text()),
        }
    }
    match path.strip_prefix(krate).and_then(|it| it.strip_prefix("::")) {
        Some(it) => it.to_owned(),
        None => path,
    }
}

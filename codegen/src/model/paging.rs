//! How lists are read page by page.

use indexmap::IndexMap;

use crate::{
    diagnostics::Diagnostics,
    model::{
        operation::{Location, Operation},
        pointer::{self, Target},
        schema::Constraint,
        types::{Encoding, Presence, Scalar, Shape, TypeRef, Types},
    },
    parse::node::{Entry, Node, Place},
};

/// How an operation pages.
#[derive(Clone, Debug)]
pub struct Paging {
    /// What is asked for, and where the answer says what came.
    pub form: PagingForm,
    /// Where the items are, the first that is there.
    pub items: Vec<String>,
    /// What the items are.
    pub item: TypeRef,
    /// Whether items are personal or secret.
    pub sensitive: bool,
    /// What is checked of the offset or number of a page before sending.
    pub constraints: Vec<Constraint>,
}

/// The ways of paging; a place is a JSON pointer or the name of a header.
#[derive(Clone, Debug)]
pub enum PagingForm {
    /// Leave out the first so many items.
    Offset {
        /// The parameter that says how many to leave out.
        offset: String,
        /// The parameter that says how many to answer.
        limit: String,
        /// Places of the number of all items.
        total: Vec<String>,
        /// Places of the offset that was answered.
        current: Vec<String>,
    },
    /// Pages with numbers.
    Page {
        /// The parameter that is the number.
        page: String,
        /// Places of the number of the last page.
        last: Vec<String>,
        /// Places of the number that was answered.
        current: Vec<String>,
    },
    /// A window of time and a limit.
    Window {
        /// The parameter where the window begins.
        from: String,
        /// The parameter where it ends.
        to: String,
        /// The parameter that says how many to answer.
        limit: String,
        /// Place of an item's id in the item.
        id: String,
    },
}

/// Paging as written: values that have not been compared with the operation.
#[derive(Debug)]
pub(crate) struct Written {
    key: &'static str,
    values: IndexMap<&'static str, Vec<(String, Place)>>,
}

/// What distinguishes a way of paging, what else it needs, what it can have.
type Form = (&'static str, &'static [&'static str], &'static [&'static str]);

const FORMS: [Form; 3] = [
    ("offset", &["limit", "items"], &["total", "current"]),
    ("page", &["items"], &["current", "last"]),
    ("from", &["to", "limit", "items", "id"], &[]),
];

/// Keys with several places, of which the first that is there counts.
const PLACES: [&str; 4] = ["items", "total", "current", "last"];

/// Reads `x-paging` of an operation with this method.
pub(crate) fn read(verb: &str, entry: &Entry, diags: &mut Diagnostics) -> Option<Written> {
    let node = &entry.value;
    if verb != "GET" {
        diags.paging_method(entry.key_place, verb);
        return None;
    }
    if node.as_map().is_none() {
        diags.paging(node.place);
        return None;
    }
    let found = FORMS.into_iter().find(|(key, ..)| node.get(key).is_some());
    let Some((key, needed, possible)) = found else {
        let all: Vec<&str> = FORMS
            .iter()
            .flat_map(|(key, needed, possible)| {
                [*key].into_iter().chain(needed.iter().chain(*possible).copied())
            })
            .collect();
        let mut known: Vec<&str> = Vec::new();
        all.into_iter().for_each(|it| {
            if !known.contains(&it) {
                known.push(it);
            }
        });
        diags.known_keys(node, "`x-paging`", &known);
        diags.unless_misspelt(node, "offset", |it| it.paging(entry.key_place));
        return None;
    };
    let known: Vec<&'static str> =
        [key].into_iter().chain(needed.iter().chain(possible).copied()).collect();
    diags.known_keys(node, "`x-paging`", &known);
    let mut values = IndexMap::new();
    for name in known {
        match node.get(name) {
            Some(value) => drop(values.insert(name, texts(name, value, diags))),
            None if needed.contains(&name) => {
                diags.missing_key(node, entry.key_place, "`x-paging`", name);
            }
            None => {}
        }
    }
    let is_complete =
        needed.iter().all(|it| values.contains_key(it)) && values.values().all(|it| !it.is_empty());
    is_complete.then_some(Written { key, values })
}

/// One text, or several where there can be several places.
fn texts(name: &str, value: &Node, diags: &mut Diagnostics) -> Vec<(String, Place)> {
    let nodes = match value.as_list() {
        Some(items) if PLACES.contains(&name) => items,
        _ => std::slice::from_ref(value),
    };
    let wanted = if PLACES.contains(&name) { "a string or a list of strings" } else { "a string" };
    let mut texts = Vec::new();
    for node in nodes {
        match node.as_str() {
            Some(text) => texts.push((text.to_owned(), node.place)),
            None => diags.wrong_kind(node.place, &format!("`{name}`"), wanted, node.kind()),
        }
    }
    texts
}

impl Written {
    /// Compares what is written with the operation; `headers` are those of its
    /// successes, and `declared` tells whether a parameter was written at all.
    pub(crate) fn resolve(
        &self,
        operation: &Operation,
        headers: &[&str],
        declared: impl Fn(&str) -> bool,
        types: &Types<'_>,
        diags: &mut Diagnostics,
    ) -> Option<Paging> {
        let n_complaints = diags.len();
        let mut constraints = Vec::new();
        for key in ["offset", "page", "from", "to", "limit"] {
            let Some([(name, place)]) = self.values.get(key).map(Vec::as_slice) else { continue };
            let found = operation
                .parameters
                .iter()
                .find(|it| it.wire == *name && it.location == Location::Query);
            let Some(parameter) = found else {
                let query = operation.parameters.iter().filter(|it| it.location == Location::Query);
                let known: Vec<&str> = query.map(|it| it.wire.as_str()).collect();
                // What is wrong with one that is declared has been told.
                if !declared(name) || operation.parameters.iter().any(|it| it.wire == *name) {
                    diags.paging_parameter(*place, name, &known);
                }
                continue;
            };
            let (fits, wanted) = match key {
                "from" | "to" => (
                    parameter.ty == TypeRef::Scalar(Scalar::CivilDateTime),
                    "a string with `format: civil-date-time`",
                ),
                _ => (is_count(&parameter.ty), "an integer"),
            };
            if !fits {
                diags.paging_parameter_type(*place, name, wanted, parameter.schema.kind_place);
            }
            if matches!(key, "offset" | "page") {
                constraints.clone_from(&parameter.constraints);
            }
        }
        let root = operation.output.as_ref().map(Target::new);
        for key in ["total", "current", "last"] {
            for (place_text, place) in self.values.get(key).into_iter().flatten() {
                if !place_text.starts_with('/') {
                    if !headers.iter().any(|it| it.eq_ignore_ascii_case(place_text)) {
                        diags.paging_header(*place, place_text, headers);
                    }
                    continue;
                }
                let Some(targets) = pointer::lead(types, root.as_ref(), place_text, *place, diags)
                else {
                    continue;
                };
                let is_number = |it: &Target| {
                    is_count(&it.ty) || it.ty == TypeRef::Scalar(Scalar::IntegerOrString)
                };
                self.check(&targets, *place, place_text, "a whole number", is_number, diags);
            }
        }
        let mut item: Option<(Target, Place)> = None;
        for (pointer, place) in &self.values["items"] {
            let Some(targets) = pointer::lead(types, root.as_ref(), pointer, *place, diags) else {
                continue;
            };
            let is_list =
                |it: &Target| matches!(it.ty, TypeRef::List(_)) && it.encoding == Encoding::Natural;
            self.check(&targets, *place, pointer, "an array", is_list, diags);
            for target in targets.iter().filter(|it| is_list(it)) {
                let TypeRef::List(items) = &target.ty else { continue };
                let (items, sensitive) = match &**items {
                    TypeRef::Sensitive(items) => (items, true),
                    _ => (items, target.sensitive),
                };
                match &item {
                    Some((first, first_place)) if first.ty != **items => {
                        diags.paging_items_differ(*place, *first_place);
                    }
                    Some(_) => {}
                    None => {
                        let ty = (**items).clone();
                        item = Some((Target { ty, sensitive, ..target.clone() }, *place));
                    }
                }
            }
        }
        let (item, _) = item?;
        for (pointer, place) in self.values.get("id").into_iter().flatten() {
            let from = Target::new(&item.ty);
            let Some(targets) = pointer::lead(types, Some(&from), pointer, *place, diags) else {
                continue;
            };
            let is_id = |it: &Target| is_id(types, it);
            let wanted = "a string or integer that is always there and not sensitive";
            self.check(&targets, *place, pointer, wanted, is_id, diags);
        }
        let items = self.texts("items");
        let form = self.form();
        let (item, sensitive) = (item.ty, item.sensitive);
        (diags.len() == n_complaints).then_some(Paging {
            form,
            items,
            item,
            sensitive,
            constraints,
        })
    }

    /// One of the shapes of what is there must fit.
    fn check(
        &self,
        targets: &[Target],
        place: Place,
        pointer: &str,
        wanted: &str,
        fits: impl Fn(&Target) -> bool,
        diags: &mut Diagnostics,
    ) {
        if !targets.iter().any(fits) {
            diags.paging_pointer_type(place, pointer, wanted);
        }
    }

    fn texts(&self, key: &str) -> Vec<String> {
        self.values.get(key).into_iter().flatten().map(|(it, _)| it.clone()).collect()
    }

    fn form(&self) -> PagingForm {
        let one = |key| self.texts(key).pop().unwrap_or_default();
        match self.key {
            "offset" => PagingForm::Offset {
                offset: one("offset"),
                limit: one("limit"),
                total: self.texts("total"),
                current: self.texts("current"),
            },
            "page" => PagingForm::Page {
                page: one("page"),
                last: self.texts("last"),
                current: self.texts("current"),
            },
            _ => PagingForm::Window {
                from: one("from"),
                to: one("to"),
                limit: one("limit"),
                id: one("id"),
            },
        }
    }
}

fn is_count(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Scalar(Scalar::I32 | Scalar::I64 | Scalar::U64))
}

fn is_id(types: &Types<'_>, target: &Target) -> bool {
    let is_text = match &target.ty {
        TypeRef::Named(name) => {
            matches!(types.shape(name), Some(Shape::StringNewtype | Shape::IntegerOrStringNewtype))
        }
        TypeRef::Scalar(Scalar::String | Scalar::IntegerOrString) => true,
        ty => is_count(ty),
    };
    is_text && !target.sensitive && target.presence == Presence::Required
}

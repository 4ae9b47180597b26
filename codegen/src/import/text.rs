//! The text of other people's documents: JSON, or YAML as YAML 1.2 has it.
//!
//! Anchors, aliases, tags and keys that are no strings are taken here; what
//! several readers would understand differently is understood as the core
//! schema of YAML 1.2 does.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::{
    diagnostics::Diagnostics,
    parse::{
        json,
        node::{Entry, Node, Place, Value},
        yaml::{self, Places, brackets},
    },
    source::SourceFile,
};

/// Deeper nesting than any document has.
const MAX_DEPTH: usize = 128;

/// More values than any document repeats by aliases.
const MAX_ALIASED: usize = 1_000_000;

/// Reads one file; complains and gives `None` if it is not a document.
pub(super) fn node(
    file: &SourceFile,
    file_idx: usize,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    if let Some(start) = file.not_utf8_at {
        let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let end = offset(start + char::REPLACEMENT_CHARACTER.len_utf8());
        diagnostics.not_utf8(Place { file_idx: offset(file_idx), start: offset(start), end });
        return None;
    }
    if file.text.trim_start().starts_with(['{', '[']) {
        match json::node(&file.text, file_idx) {
            Ok(node) => return Some(node),
            // YAML in braces is not JSON; what is neither is told as JSON.
            Err(_) if is_json_name(&file.path) => {}
            Err(_) => return yaml_node(file, file_idx, diagnostics),
        }
        let Err(offset) = json::node(&file.text, file_idx) else { return None };
        let at = u32::try_from(offset).unwrap_or(u32::MAX);
        let file_idx = u32::try_from(file_idx).unwrap_or(u32::MAX);
        diagnostics.json_document_syntax(Place { file_idx, start: at, end: at });
        return None;
    }
    yaml_node(file, file_idx, diagnostics)
}

fn is_json_name(path: &str) -> bool {
    path.ends_with(".json")
}

fn yaml_node(file: &SourceFile, file_idx: usize, diagnostics: &mut Diagnostics) -> Option<Node> {
    let read = |text: &str, places: Places, diagnostics: &mut Diagnostics| {
        let reader =
            Reader { places, anchors: BTreeMap::new(), n_aliased: 0, complete: true, diagnostics };
        reader.node(text)
    };
    let places = Places::of(file, file_idx);
    let whole = places.at(0, file.text.len());
    let mut result = read(&file.text, places, diagnostics);
    if let Err(stop) = &result
        && stop.is_in_brackets(&file.text)
    {
        let lines = brackets::shallow_lines(&file.text);
        if !lines.is_empty() {
            let (text, places) = Places::indented(file, file_idx, &lines);
            diagnostics.retract(whole);
            // What stops it now is something else.
            result = read(&text, places, diagnostics).map_err(|it| {
                let open = it.open.filter(|it| brackets::closed(&file.text, *it).is_none());
                Stop { open, ..it }
            });
        }
    }
    let Stop { at, open, why } = match result {
        Ok(node) => return node,
        Err(stop) => stop,
    };
    let place = |start: usize, end: usize| Places::of(file, file_idx).at(start, end);
    match yaml::slip(&file.text, at, open) {
        Some(it) => diagnostics.yaml_slip(place(it.start, it.end), it.what, &it.help),
        None => diagnostics.yaml_syntax(place(at, at), &why, None),
    }
    None
}

/// Where a text stops being YAML.
struct Stop {
    at: usize,
    /// Where the collection begins that is not complete.
    open: Option<usize>,
    why: String,
}

impl Stop {
    fn is_in_brackets(&self, text: &str) -> bool {
        let open = self.open.and_then(|it| text.get(it..));
        open.is_some_and(|it| it.starts_with(['[', '{']))
    }
}

fn size(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Map(entries) => 1 + entries.iter().map(|it| size(&it.value)).sum::<usize>(),
        _ => 1,
    }
}

/// A collection whose end has not been seen yet.
struct Open {
    place: Place,
    anchor: usize,
    items: Option<Vec<Node>>,
    entries: Vec<Entry>,
    key: Option<(String, Place)>,
    /// Where its keys stand, once there are many.
    known: BTreeMap<String, Place>,
    /// What `<<` brought; what is written out wins.
    merged: Vec<Entry>,
}

impl Open {
    fn new(is_map: bool, place: Place, anchor: usize) -> Self {
        Self {
            place,
            anchor,
            items: (!is_map).then(Vec::new),
            entries: Vec::new(),
            key: None,
            known: BTreeMap::new(),
            merged: Vec::new(),
        }
    }

    fn close(mut self, end: u32) -> Node {
        let place = Place { end: end.max(self.place.end), ..self.place };
        let value = match self.items.take() {
            Some(items) => Value::List(items),
            None => {
                let merged = std::mem::take(&mut self.merged);
                for entry in merged {
                    if self.taken(&entry.key).is_none() {
                        self.push(entry);
                    }
                }
                let entries = self.entries;
                Value::Map(entries)
            }
        };
        Node { value, place }
    }
}

/// Fewer keys than these are searched through.
const MANY: usize = 16;

impl Open {
    /// Where a key stands already.
    fn taken(&self, key: &str) -> Option<Place> {
        if self.known.is_empty() {
            return self.entries.iter().find(|it| it.key == key).map(|it| it.key_place);
        }
        self.known.get(key).copied()
    }

    /// Adds an entry whose key does not stand there yet.
    fn push(&mut self, entry: Entry) {
        if self.entries.len() >= MANY {
            if self.known.is_empty() {
                let known = self.entries.iter().map(|it| (it.key.clone(), it.key_place));
                self.known = known.collect();
            }
            self.known.insert(entry.key.clone(), entry.key_place);
        }
        self.entries.push(entry);
    }
}

struct Reader<'a> {
    places: Places,
    anchors: BTreeMap<usize, (Node, usize)>,
    n_aliased: usize,
    complete: bool,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// Reads a text; `None` if there are complaints.
    fn node(mut self, text: &str) -> Result<Option<Node>, Stop> {
        let mut stack: Vec<Open> = Vec::new();
        let mut root: Option<Node> = None;
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| Stop {
                at: self.places.offset(error.marker().index()) as usize,
                open: stack.last().map(|it| it.place.start as usize),
                why: error.info().to_owned(),
            })?;
            let place = self.places.place(span);
            let (node, anchor) = match event {
                Event::Scalar(text, style, anchor, tag) => {
                    let is_text = style != ScalarStyle::Plain
                        || tag.is_some_and(|it| it.suffix == "str" || it.suffix == "binary");
                    (scalar(&text, is_text, place), anchor)
                }
                Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                    if stack.len() >= MAX_DEPTH {
                        self.diagnostics.yaml_syntax(place, "nested too deeply", None);
                        return Ok(None);
                    }
                    let is_map = matches!(event, Event::MappingStart(..));
                    stack.push(Open::new(is_map, place, anchor));
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    let Some(open) = stack.pop() else { continue };
                    let anchor = open.anchor;
                    (open.close(place.end), anchor)
                }
                Event::Alias(anchor) => {
                    let Some((node, size)) = self.anchors.get(&anchor) else {
                        let why = "an alias of a value that holds it";
                        self.diagnostics.yaml_syntax(place, why, None);
                        return Ok(None);
                    };
                    self.n_aliased = self.n_aliased.saturating_add(*size);
                    if self.n_aliased > MAX_ALIASED {
                        let why = "aliases repeat more than a document can hold";
                        self.diagnostics.yaml_syntax(place, why, None);
                        return Ok(None);
                    }
                    (node.clone(), 0)
                }
                Event::DocumentStart(_) if root.is_some() => {
                    self.diagnostics.second_document(place);
                    return Ok(None);
                }
                _ => continue,
            };
            if anchor != 0 {
                let size = size(&node);
                self.anchors.insert(anchor, (node.clone(), size));
            }
            match stack.last_mut() {
                None => root = Some(node),
                Some(open) => self.add(open, node),
            }
        }
        if root.is_none() {
            let place = self.places.at(0, 0);
            self.diagnostics.empty_file(place);
        }
        Ok(root.filter(|_| self.complete))
    }

    fn add(&mut self, open: &mut Open, node: Node) {
        if let Some(items) = &mut open.items {
            items.push(node);
            return;
        }
        let Some((key, key_place)) = open.key.take() else {
            let place = node.place;
            // `200:` is a number to YAML and a name to OpenAPI.
            let Some(text) = crate::parse::scalar_text(&node) else {
                self.diagnostics.key_not_a_string(place);
                self.complete = false;
                open.key = Some((String::new(), place));
                return;
            };
            open.key = Some((text, place));
            return;
        };
        if key == "<<" && matches!(node.value, Value::Map(_) | Value::List(_)) {
            let maps = match node.value {
                Value::List(items) => items,
                value => vec![Node { value, place: node.place }],
            };
            for map in maps {
                if let Value::Map(entries) = map.value {
                    open.merged.extend(entries);
                }
            }
            return;
        }
        if let Some(first) = open.taken(&key) {
            self.diagnostics.duplicate_key(key_place, &key, first);
            self.complete = false;
            return;
        }
        open.push(Entry { key, key_place, value: node });
    }
}

/// A scalar by the core schema of YAML 1.2.
fn scalar(text: &str, is_text: bool, place: Place) -> Node {
    let value = match text {
        _ if is_text => Value::String(text.to_owned()),
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if yaml::is_json_number(text) => Value::Number(text.to_owned()),
        _ => Value::String(text.to_owned()),
    };
    Node { value, place }
}

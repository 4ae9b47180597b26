//! Strict YAML: text in, nodes with places out.
//!
//! A scalar that another reader would understand differently is refused, so
//! that every tool sees the same document.

use std::{cmp::Ordering, collections::BTreeMap};

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::{
    diagnostics::Diagnostics,
    parse::node::{Entry, Node, Place, Value},
    source::SourceFile,
};

use brackets::ShallowLine;

pub(crate) mod brackets;

/// Reads one file; complains and gives `None` if it is not a document.
pub(crate) fn node(
    file: &SourceFile,
    file_idx: usize,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let places = Places::of(file, file_idx);
    let mut ctx =
        Ctx { places: &places, text: &file.text, diagnostics, complete: true, misshapen: None };
    if let Some(offset) = file.not_utf8_at {
        let place = places.at(offset, offset + char::REPLACEMENT_CHARACTER.len_utf8());
        ctx.diagnostics.not_utf8(place);
        return None;
    }
    if let Some(offset) = tab_in_indentation(&file.text) {
        let place = places.at(offset, offset + 1);
        ctx.diagnostics.tab_indentation(place);
        return None;
    }
    let mut stack: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(&file.text) {
        let (event, span) = match event {
            Ok(it) => it,
            Err(error) => {
                let open = stack.last().map(|it| it.start() as usize);
                ctx.syntax(places.offset(error.marker().index()), error.info(), open);
                return None;
            }
        };
        let place = places.place(span);
        let node = match event {
            Event::Scalar(text, style, anchor, tag) => {
                ctx.plain_only(place, anchor, tag.is_some());
                ctx.scalar(&text, style, place, stack.last_mut())
            }
            Event::SequenceStart(anchor, tag) => {
                ctx.plain_only(place, anchor, tag.is_some());
                ctx.depth(place, stack.len())?;
                stack.push(Open::List { items: Vec::new(), place });
                continue;
            }
            Event::MappingStart(anchor, tag) => {
                ctx.plain_only(place, anchor, tag.is_some());
                ctx.depth(place, stack.len())?;
                stack.push(Open::Map {
                    entries: Vec::new(),
                    keys: BTreeMap::new(),
                    key: None,
                    place,
                    is_broken: false,
                });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                stack.pop().expect("the parser balances its events").close(place.end)
            }
            // There is a complaint about its anchor already.
            Event::Alias(_) => Node { value: Value::Null, place },
            Event::DocumentStart(_) if root.is_some() => {
                ctx.diagnostics.second_document(place);
                return None;
            }
            _ => continue,
        };
        match stack.last_mut() {
            None => root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, keys, key, is_broken, .. }) => match key.take() {
                None => *key = Some(ctx.key(node, keys, is_broken)),
                Some((key, key_place)) => entries.push(Entry { key, key_place, value: node }),
            },
        }
    }
    let complete = ctx.complete;
    if root.is_none() {
        diagnostics.empty_file(places.at(0, 0));
    }
    root.filter(|_| complete)
}

/// Deeper nesting than any spec has.
const MAX_DEPTH: usize = 128;

/// A collection whose end has not been seen yet.
enum Open {
    List {
        items: Vec<Node>,
        place: Place,
    },
    /// `is_broken` if a value is missing or a key stands twice: the keys that
    /// follow most likely belong to another mapping.
    Map {
        entries: Vec<Entry>,
        /// Where each key stands first.
        keys: BTreeMap<String, Place>,
        key: Option<(String, Place)>,
        place: Place,
        is_broken: bool,
    },
}

impl Open {
    fn start(&self) -> u32 {
        match self {
            Self::List { place, .. } | Self::Map { place, .. } => place.start,
        }
    }

    fn close(self, end: u32) -> Node {
        let (value, place) = match self {
            Self::List { items, place } => (Value::List(items), place),
            Self::Map { entries, place, .. } => (Value::Map(entries), place),
        };
        Node { value, place: Place { end: end.max(place.end), ..place } }
    }
}

struct Ctx<'a> {
    places: &'a Places,
    text: &'a str,
    diagnostics: &'a mut Diagnostics,
    complete: bool,
    /// Where the nesting is not what was meant.
    misshapen: Option<u32>,
}

impl Ctx<'_> {
    fn at(&self, start: usize, end: usize) -> Place {
        self.places.at(start, end)
    }

    /// What stops the parser is not worth telling if the nesting went wrong before.
    fn syntax(&mut self, offset: u32, info: &str, open: Option<usize>) {
        // An anchor that is not allowed need not be known.
        if self.misshapen.is_some() || !self.complete && info.contains("unknown anchor") {
            return;
        }
        let offset = offset as usize;
        if let Some(it) = slip(self.text, offset, open) {
            self.diagnostics.yaml_slip(self.at(it.start, it.end), it.what, &it.help);
            return;
        }
        let line = |it: usize| self.at(it, line_end(self.text, it));
        match end_of_block(self.text, offset) {
            Some((end, Continued::Yes)) => {
                self.diagnostics.broken_indentation(line(end), line(offset))
            }
            Some((end, Continued::No)) => {
                self.diagnostics.yaml_syntax(self.at(offset, offset), info, Some(line(end)))
            }
            None => self.diagnostics.yaml_syntax(self.at(offset, offset), info, None),
        }
    }

    /// The next line on which something is written.
    fn next_line(&self, place: Place) -> Option<Place> {
        let mut start = line_end(self.text, place.end as usize) + 1;
        loop {
            let line = self.text.get(start..)?.lines().next()?;
            let trimmed = line.trim_start();
            if !trimmed.is_empty() && !trimmed.starts_with('#') {
                return Some(self.at(start + line.len() - trimmed.len(), start + line.len()));
            }
            start += line.len() + 1;
        }
    }

    /// Whether the nesting went wrong just before: one slip can be seen twice.
    fn follows(&self, place: Place) -> bool {
        let between =
            self.misshapen.and_then(|it| self.text.get(it as usize..place.start as usize));
        between.is_some_and(|it| it.matches('\n').count() <= 1)
    }

    fn depth(&mut self, place: Place, depth: usize) -> Option<()> {
        if depth < MAX_DEPTH {
            return Some(());
        }
        self.diagnostics.yaml_syntax(place, "nested too deeply", None);
        None
    }

    fn key(
        &mut self,
        node: Node,
        keys: &mut BTreeMap<String, Place>,
        is_broken: &mut bool,
    ) -> (String, Place) {
        let place = node.place;
        let Value::String(text) = node.value else {
            // `{id}` is a mapping whose key has no value; the quotes are what it lacks.
            self.diagnostics.retract(place);
            self.diagnostics.key_not_a_string(place);
            self.complete = false;
            return (String::new(), place);
        };
        if let Some(first) = keys.get(&text) {
            if !*is_broken && !self.follows(place) {
                self.diagnostics.duplicate_key(place, &text, *first);
            }
            *is_broken = true;
            self.misshapen = Some(place.end);
            self.complete = false;
        } else {
            keys.insert(text.clone(), place);
        }
        (text, place)
    }

    fn plain_only(&mut self, place: Place, anchor: usize, has_tag: bool) {
        if anchor != 0 {
            self.diagnostics.yaml_feature(place, "an anchor");
            self.complete = false;
        }
        if has_tag {
            self.diagnostics.yaml_feature(place, "a tag");
            self.complete = false;
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        place: Place,
        open: Option<&mut Open>,
    ) -> Node {
        let node = |value| Node { value, place };
        if style != ScalarStyle::Plain {
            return node(Value::String(text.to_owned()));
        }
        if text.is_empty() {
            let (key, is_broken) = match open {
                Some(Open::Map { key, is_broken, .. }) => {
                    (key.as_ref().map(|(_, place)| *place), std::mem::replace(is_broken, true))
                }
                Some(Open::List { .. }) | None => (None, false),
            };
            let behind = self.text[place.start as usize..].trim_start();
            match key {
                Some(key) if behind.starts_with(['}', ',']) => {
                    self.diagnostics.unquoted_braces(key)
                }
                _ if !is_broken && !self.follows(place) => {
                    self.diagnostics.empty_value(place, self.next_line(place))
                }
                _ => {}
            }
            self.misshapen = Some(place.end);
            self.complete = false;
            return node(Value::Null);
        }
        let written = &self.text[place.start as usize..place.end as usize];
        if written.trim_end().contains('\n') {
            if !self.follows(place) {
                self.diagnostics.plain_over_lines(place);
            }
            self.misshapen = Some(place.end);
            self.complete = false;
            return node(Value::String(text.to_owned()));
        }
        if text == "<<" && matches!(open, Some(Open::Map { key: None, .. })) {
            self.diagnostics.yaml_feature(place, "a merge key");
            self.complete = false;
        }
        match plain(text) {
            Plain::Value(value) => node(value),
            Plain::Ambiguous => {
                self.diagnostics.ambiguous_scalar(place, text);
                self.complete = false;
                node(Value::String(text.to_owned()))
            }
        }
    }
}

enum Plain {
    Value(Value),
    Ambiguous,
}

/// YAML 1.2's core schema, minus all that some reader takes for something else.
fn plain(text: &str) -> Plain {
    match text {
        "null" => return Plain::Value(Value::Null),
        "true" => return Plain::Value(Value::Bool(true)),
        "false" => return Plain::Value(Value::Bool(false)),
        "~" => return Plain::Ambiguous,
        _ => {}
    }
    let lower = text.to_ascii_lowercase();
    if matches!(lower.as_str(), "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n")
    {
        return Plain::Ambiguous;
    }
    let first = text.trim_start_matches(['-', '+']);
    if !first.starts_with(|it: char| it.is_ascii_digit() || it == '.') {
        return Plain::Value(Value::String(text.to_owned()));
    }
    if is_json_number(text) {
        // `1e400` and integers beyond 64 bits lose their value in other readers.
        let exact = text.parse::<i64>().is_ok()
            || text.parse::<u64>().is_ok()
            || (text.contains('.') && !text.contains(['e', 'E']));
        return if exact { Plain::Value(Value::Number(text.to_owned())) } else { Plain::Ambiguous };
    }
    let number_like = first.starts_with(|it: char| it.is_ascii_digit())
        && first.chars().all(|it| {
            it.is_ascii_hexdigit() || matches!(it, '_' | 'x' | 'o' | ':' | '.' | '-' | '+')
        });
    let special = matches!(lower.trim_start_matches(['-', '+']), ".inf" | ".nan");
    if special || (number_like && !looks_like_a_version(text)) {
        Plain::Ambiguous
    } else {
        Plain::Value(Value::String(text.to_owned()))
    }
}

/// `1.2.3` is a string to every reader.
fn looks_like_a_version(text: &str) -> bool {
    text.matches('.').count() >= 2 && text.chars().all(|it| it.is_ascii_digit() || it == '.')
}

pub(crate) fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let integer: &str = digits.split(['.', 'e', 'E']).next().unwrap_or_default();
    let leading_zero = integer.len() > 1 && integer.starts_with('0');
    !leading_zero
        && digits.starts_with(|it: char| it.is_ascii_digit())
        && serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// The first tab that indents a line.
fn tab_in_indentation(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indentation].find('\t') {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

/// What most likely keeps a text from being YAML.
pub(crate) struct Slip {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) what: &'static str,
    pub(crate) help: String,
}

/// The slip of the hand that explains why the parser stopped at `offset`, in the
/// collection that begins at `open`.
pub(crate) fn slip(text: &str, offset: usize, open: Option<usize>) -> Option<Slip> {
    let line_start = |it: usize| text[..it].rfind('\n').map_or(0, |it| it + 1);
    let offset = offset.min(text.len());
    let here = line_start(text.get(..offset)?.len());
    // A bracket of an earlier line that is still open.
    if let Some(open) = open.filter(|it| *it < here)
        && let Some(bracket @ ('[' | '{')) = text.get(open..).and_then(|it| it.chars().next())
    {
        let Some(end) = brackets::closed(text, open) else {
            let closing = if bracket == '[' { ']' } else { '}' };
            return Some(Slip {
                start: open,
                end: open + 1,
                what: "a bracket is not closed",
                help: format!("write `{closing}`, or quote the text that begins with it"),
            });
        };
        let lines = brackets::shallow_lines(text);
        if let Some(line) = lines.iter().find(|it| (open..=end).contains(&it.start)) {
            return Some(Slip {
                start: line.first,
                end: line_end(text, line.first),
                what: "a line in brackets is indented too little",
                help: "indent it more than what the brackets belong to".to_owned(),
            });
        }
    }
    // This line and the one before it that says something.
    let mut lines: Vec<(usize, &str)> = vec![(here, &text[here..line_end(text, here)])];
    let mut start = here;
    while lines.len() < 2 && start > 0 {
        let end = start - 1;
        start = line_start(end);
        let line = &text[start..end];
        if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            lines.push((start, line));
        }
    }
    // A tab below has ended the line above it.
    let below = line_end(text, here) + 1;
    let below = text.get(below..).and_then(|it| Some((below, it.lines().next()?)));
    lines.splice(0..0, below.filter(|(_, it)| it.trim_start_matches(' ').starts_with('\t')));
    lines.iter().rev().find_map(|(start, line)| {
        slip_of_line(line).map(|it| Slip { start: start + it.start, end: start + it.end, ..it })
    })
}

/// A slip that one line shows.
fn slip_of_line(line: &str) -> Option<Slip> {
    let trimmed = line.trim_start();
    let indentation = line.len() - trimmed.len();
    if let Some(tab) = line[..indentation].find('\t') {
        return Some(Slip {
            start: tab,
            end: tab + 1,
            what: "a tab in the indentation",
            help: "indent with spaces".to_owned(),
        });
    }
    let word = |it: &str| {
        !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | '$'))
    };
    let text = trimmed.trim_end();
    if let Some(item) = text.strip_prefix('-')
        && item.starts_with(|it: char| it.is_alphabetic() || matches!(it, '\'' | '"' | '$'))
    {
        return Some(Slip {
            start: indentation,
            end: indentation + text.len(),
            what: "no space stands behind the dash",
            help: format!("did you mean `- {item}`?"),
        });
    }
    let bare = text.strip_prefix("- ").unwrap_or(text);
    let (key, value) = bare.split_once(':')?;
    if word(key) && value.starts_with(char::is_alphanumeric) && !value.contains(": ") {
        let start = indentation + text.len() - bare.len();
        return Some(Slip {
            start,
            end: start + bare.len(),
            what: "no space stands behind the colon",
            help: format!("did you mean `{key}: {value}`?"),
        });
    }
    None
}

fn line_end(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |it| offset + it)
}

/// Whether a line would go on with a block if that had not ended.
enum Continued {
    Yes,
    No,
}

/// The line above `offset` that is indented less and ends its block.
///
/// The block goes on at `offset` if others of that depth stand above the end.
fn end_of_block(text: &str, offset: usize) -> Option<(usize, Continued)> {
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let is_item = |line: &str| line.trim_start_matches(' ').starts_with("- ");
    let start = text[..offset].rfind('\n').map_or(0, |it| it + 1);
    let wanted = depth(&text[start..]);
    if start + wanted != offset {
        return None;
    }
    let mut end = None;
    let mut end_of_line = start.checked_sub(1)?;
    loop {
        let start_of_line = text[..end_of_line].rfind('\n').map_or(0, |it| it + 1);
        let line = &text[start_of_line..end_of_line];
        if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            match (depth(line).cmp(&wanted), end) {
                (Ordering::Less, None) => end = Some(start_of_line + depth(line)),
                (Ordering::Equal, Some(end)) if is_item(line) == is_item(&text[start..]) => {
                    return Some((end, Continued::Yes));
                }
                (Ordering::Equal, Some(end)) => return Some((end, Continued::No)),
                (Ordering::Less, Some(end)) => return Some((end, Continued::No)),
                (Ordering::Equal, None) => return None,
                (Ordering::Greater, _) => {}
            }
        }
        end_of_line = start_of_line.checked_sub(1)?;
    }
}

/// The places of a file's characters, which the parser counts.
pub(crate) struct Places {
    file_idx: u32,
    /// Where each character begins; `None` if every character is one byte.
    offsets: Option<Vec<u32>>,
}

impl Places {
    pub(crate) fn of(file: &SourceFile, file_idx: usize) -> Self {
        let ends = std::iter::once(file.text.len());
        let offsets =
            || file.text.char_indices().map(|(it, _)| it).chain(ends).map(small).collect();
        Self { file_idx: small(file_idx), offsets: (!file.text.is_ascii()).then(offsets) }
    }

    /// The text with the spaces that these lines lack, and where its characters stand
    /// in the file.
    pub(crate) fn indented(
        file: &SourceFile,
        file_idx: usize,
        lines: &[ShallowLine],
    ) -> (String, Self) {
        let mut text = String::with_capacity(file.text.len() + lines.len() * 2);
        let mut offsets = Vec::with_capacity(file.text.len() + lines.len() * 2);
        let mut lines = lines.iter().peekable();
        for (offset, character) in file.text.char_indices() {
            if let Some(line) = lines.next_if(|it| it.start == offset) {
                text.extend(std::iter::repeat_n(' ', line.n_missing));
                offsets.extend(std::iter::repeat_n(small(offset), line.n_missing));
            }
            text.push(character);
            offsets.push(small(offset));
        }
        offsets.push(small(file.text.len()));
        (text, Self { file_idx: small(file_idx), offsets: Some(offsets) })
    }

    /// Where a character begins.
    pub(crate) fn offset(&self, char_idx: usize) -> u32 {
        match &self.offsets {
            None => small(char_idx),
            Some(offsets) => offsets[char_idx.min(offsets.len() - 1)],
        }
    }

    pub(crate) fn place(&self, span: Span) -> Place {
        let (start, end) = (self.offset(span.start.index()), self.offset(span.end.index()));
        Place { file_idx: self.file_idx, start, end }
    }

    /// From one byte to another.
    pub(crate) fn at(&self, start: usize, end: usize) -> Place {
        Place { file_idx: self.file_idx, start: small(start), end: small(end) }
    }
}

/// What lies beyond 4 GiB has no place of its own.
fn small(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;

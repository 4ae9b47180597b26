//! Strict YAML: text in, nodes with places out.
//!
//! A scalar that another reader would understand differently is refused, so
//! that every tool sees the same document.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::{
    diagnostics::Diagnostics,
    parse::node::{Entry, Node, Place, Value},
    source::SourceFile,
};

/// Reads one file; complains and gives `None` if it is not a document.
pub(crate) fn node(file: &SourceFile, file_idx: usize, diagnostics: &mut Diagnostics) -> Option<Node> {
    let file_idx = u32::try_from(file_idx).expect("a spec has few files");
    let mut ctx = Ctx { file_idx, bytes: byte_offsets(&file.text), diagnostics, complete: true };
    if let Some(offset) = file.text.find('\t')
        && file.text[..offset].rsplit('\n').next().is_some_and(|it| it.trim().is_empty())
    {
        let start = u32::try_from(offset).expect("a spec is small");
        ctx.diagnostics.tab_indentation(Place { file_idx, start, end: start + 1 });
        return None;
    }
    let mut stack: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(&file.text) {
        let (event, span) = match event {
            Ok(it) => it,
            Err(error) => {
                let start = ctx.offset(error.marker().index());
                let place = Place { file_idx, start, end: start };
                ctx.diagnostics.yaml_syntax(place, error.info());
                return None;
            }
        };
        let place = ctx.place(span);
        let node = match event {
            Event::Scalar(text, style, anchor, tag) => {
                ctx.plain_only(place, anchor, tag.is_some());
                let in_key_position = matches!(stack.last(), Some(Open::Map { key: None, .. }));
                ctx.scalar(&text, style, place, in_key_position)
            }
            Event::SequenceStart(anchor, tag) => {
                ctx.plain_only(place, anchor, tag.is_some());
                stack.push(Open::List { items: Vec::new(), place });
                continue;
            }
            Event::MappingStart(anchor, tag) => {
                ctx.plain_only(place, anchor, tag.is_some());
                stack.push(Open::Map { entries: Vec::new(), key: None, place });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                stack.pop().expect("the parser balances its events").close()
            }
            Event::Alias(_) => {
                ctx.diagnostics.yaml_feature(place, "an alias");
                ctx.complete = false;
                Node { value: Value::Null, place }
            }
            _ => continue,
        };
        match stack.last_mut() {
            None => root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                None => match node.value {
                    Value::String(text) => {
                        if let Some(first) = entries.iter().find(|it| it.key == text) {
                            ctx.diagnostics.duplicate_key(node.place, &text, first.key_place);
                            ctx.complete = false;
                        }
                        *key = Some((text, node.place));
                    }
                    _ => {
                        ctx.diagnostics.key_not_a_string(node.place);
                        ctx.complete = false;
                        *key = Some((String::new(), node.place));
                    }
                },
                Some((key, key_place)) => entries.push(Entry { key, key_place, value: node }),
            },
        }
    }
    let complete = ctx.complete;
    if root.is_none() {
        diagnostics.empty_file(Place { file_idx, start: 0, end: 0 });
    }
    root.filter(|_| complete)
}

/// A collection whose end has not been seen yet.
enum Open {
    List { items: Vec<Node>, place: Place },
    Map { entries: Vec<Entry>, key: Option<(String, Place)>, place: Place },
}

impl Open {
    fn close(self) -> Node {
        match self {
            Self::List { items, place } => Node { value: Value::List(items), place },
            Self::Map { entries, place, .. } => Node { value: Value::Map(entries), place },
        }
    }
}

struct Ctx<'a> {
    file_idx: u32,
    bytes: Option<Vec<u32>>,
    diagnostics: &'a mut Diagnostics,
    complete: bool,
}

impl Ctx<'_> {
    fn offset(&self, char_idx: usize) -> u32 {
        match &self.bytes {
            None => u32::try_from(char_idx).expect("a spec is small"),
            Some(offsets) => offsets[char_idx.min(offsets.len() - 1)],
        }
    }

    fn place(&self, span: Span) -> Place {
        Place {
            file_idx: self.file_idx,
            start: self.offset(span.start.index()),
            end: self.offset(span.end.index()),
        }
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

    fn scalar(&mut self, text: &str, style: ScalarStyle, place: Place, is_key: bool) -> Node {
        let value = if style == ScalarStyle::Plain {
            match plain(text) {
                Plain::Value(Value::String(_)) if is_key && text == "<<" => {
                    self.diagnostics.yaml_feature(place, "a merge key");
                    self.complete = false;
                    Value::String(text.to_owned())
                }
                Plain::Value(value) => value,
                Plain::Ambiguous => {
                    self.diagnostics.ambiguous_scalar(place, text);
                    self.complete = false;
                    Value::String(text.to_owned())
                }
            }
        } else {
            Value::String(text.to_owned())
        };
        Node { value, place }
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
        "" | "~" => return Plain::Ambiguous,
        _ => {}
    }
    let lower = text.to_ascii_lowercase();
    if matches!(lower.as_str(), "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n") {
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
        && first.chars().all(|it| it.is_ascii_hexdigit() || matches!(it, '_' | 'x' | 'o' | ':' | '.' | '-' | '+'));
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

fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let integer: &str = digits.split(['.', 'e', 'E']).next().unwrap_or_default();
    let leading_zero = integer.len() > 1 && integer.starts_with('0');
    !leading_zero
        && digits.starts_with(|it: char| it.is_ascii_digit())
        && serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// Char index to byte offset; `None` if they are the same.
fn byte_offsets(text: &str) -> Option<Vec<u32>> {
    if text.is_ascii() {
        return None;
    }
    let ends = std::iter::once(text.len());
    let offsets = text.char_indices().map(|(offset, _)| offset).chain(ends);
    Some(offsets.map(|it| u32::try_from(it).expect("a spec is small")).collect())
}

#[cfg(test)]
mod tests;

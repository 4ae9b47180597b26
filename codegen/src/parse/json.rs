//! Samples: JSON text in, nodes with places and exact numbers out.

use std::collections::BTreeSet;

use crate::parse::node::{Entry, Node, Place, Value};

/// Reads a JSON text.
///
/// # Errors
///
/// The offset of the byte where it stops being JSON.
pub fn node(text: &str, file_idx: usize) -> Result<Node, usize> {
    let file_idx = u32::try_from(file_idx).expect("a spec has few files");
    let mut reader = Reader { text, at: 0, file_idx, depth: 0 };
    let node = reader.value()?;
    reader.space();
    if reader.at == text.len() { Ok(node) } else { Err(reader.at) }
}

/// Deeper nesting than any payload has.
const MAX_DEPTH: usize = 128;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    file_idx: u32,
    depth: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        let trimmed = self.rest().trim_start_matches([' ', '\t', '\n', '\r']);
        self.at = self.text.len() - trimmed.len();
    }

    fn eat(&mut self, token: &str) -> bool {
        self.space();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expect(&mut self, token: &str) -> Result<(), usize> {
        if self.eat(token) { Ok(()) } else { Err(self.at) }
    }

    fn place(&self, start: usize) -> Place {
        let offset = |it: usize| u32::try_from(it).expect("a sample is small");
        Place { file_idx: self.file_idx, start: offset(start), end: offset(self.at) }
    }

    fn value(&mut self) -> Result<Node, usize> {
        self.space();
        let start = self.at;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(start);
        }
        let value = if self.eat("null") {
            Value::Null
        } else if self.eat("true") {
            Value::Bool(true)
        } else if self.eat("false") {
            Value::Bool(false)
        } else if self.rest().starts_with('"') {
            Value::String(self.string()?)
        } else if self.eat("[") {
            Value::List(self.items()?)
        } else if self.eat("{") {
            Value::Map(self.entries()?)
        } else {
            self.number()?
        };
        self.depth -= 1;
        Ok(Node { value, place: self.place(start) })
    }

    fn items(&mut self) -> Result<Vec<Node>, usize> {
        let mut items = Vec::new();
        if self.eat("]") {
            return Ok(items);
        }
        loop {
            items.push(self.value()?);
            if self.eat("]") {
                return Ok(items);
            }
            self.expect(",")?;
        }
    }

    fn entries(&mut self) -> Result<Vec<Entry>, usize> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut keys: BTreeSet<String> = BTreeSet::new();
        if self.eat("}") {
            return Ok(entries);
        }
        loop {
            self.space();
            let start = self.at;
            let key = self.string()?;
            let key_place = self.place(start);
            if !keys.insert(key.clone()) {
                return Err(start);
            }
            self.expect(":")?;
            let value = self.value()?;
            entries.push(Entry { key, key_place, value });
            if self.eat("}") {
                return Ok(entries);
            }
            self.expect(",")?;
        }
    }

    /// serde_json reads the string itself, so escapes mean what they mean there.
    fn string(&mut self) -> Result<String, usize> {
        let start = self.at;
        let mut escaped = false;
        let end = self
            .rest()
            .char_indices()
            .skip(1)
            .find(|(_, it)| {
                let closes = *it == '"' && !escaped;
                escaped = *it == '\\' && !escaped;
                closes
            })
            .map(|(offset, _)| start + offset + 1)
            .ok_or(start)?;
        let text = serde_json::from_str(&self.text[start..end]).map_err(|_| start)?;
        self.at = end;
        Ok(text)
    }

    fn number(&mut self) -> Result<Value, usize> {
        let start = self.at;
        let is_part = |it: char| it.is_ascii_digit() || matches!(it, '-' | '+' | '.' | 'e' | 'E');
        let len = self.rest().find(|it| !is_part(it)).unwrap_or(self.rest().len());
        let text = &self.text[start..start + len];
        let raw: Result<&serde_json::value::RawValue, _> = serde_json::from_str(text);
        if text.is_empty() || raw.is_err() {
            return Err(start);
        }
        let text = text.to_owned();
        self.at += len;
        Ok(Value::Number(text))
    }
}

#[cfg(test)]
mod tests;

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

/// In so many entries a key is found faster by looking at each.
const N_SEARCHED: usize = 8;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    file_idx: u32,
    depth: usize,
}

impl Reader<'_> {
    /// What begins here; nothing at the end.
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, sign: u8) -> bool {
        self.space();
        let found = self.peek() == Some(sign);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, sign: u8) -> Result<(), usize> {
        if self.eat(sign) { Ok(()) } else { Err(self.at) }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, usize> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.at);
        }
        self.at += word.len();
        Ok(value)
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
        let value = match self.peek() {
            Some(b'"') => Value::String(self.string()?),
            Some(b'[') => Value::List(self.items()?),
            Some(b'{') => Value::Map(self.entries()?),
            Some(b'n') => self.word("null", Value::Null)?,
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            _ => self.number()?,
        };
        self.depth -= 1;
        Ok(Node { value, place: self.place(start) })
    }

    fn items(&mut self) -> Result<Vec<Node>, usize> {
        self.at += 1;
        let mut items = Vec::new();
        if self.eat(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.value()?);
            if self.eat(b']') {
                return Ok(items);
            }
            self.expect(b',')?;
        }
    }

    fn entries(&mut self) -> Result<Vec<Entry>, usize> {
        self.at += 1;
        let mut entries: Vec<Entry> = Vec::new();
        // Most objects are small; only in others is a key searched for in a set.
        let mut keys: BTreeSet<String> = BTreeSet::new();
        if self.eat(b'}') {
            return Ok(entries);
        }
        loop {
            self.space();
            let start = self.at;
            let key = self.string()?;
            let key_place = self.place(start);
            let is_new = if entries.len() < N_SEARCHED {
                !entries.iter().any(|it| it.key == key)
            } else {
                if keys.is_empty() {
                    keys.extend(entries.iter().map(|it| it.key.clone()));
                }
                keys.insert(key.clone())
            };
            if !is_new {
                return Err(start);
            }
            self.expect(b':')?;
            let value = self.value()?;
            entries.push(Entry { key, key_place, value });
            if self.eat(b'}') {
                return Ok(entries);
            }
            self.expect(b',')?;
        }
    }

    /// serde_json reads a string with escapes, so that they mean what they mean there.
    fn string(&mut self) -> Result<String, usize> {
        let start = self.at;
        let letters = self.text.as_bytes();
        if self.peek() != Some(b'"') {
            return Err(start);
        }
        let mut end = start + 1;
        let mut is_plain = true;
        loop {
            match letters.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    is_plain = false;
                    end += 2;
                }
                Some(0..b' ') | None => return Err(start),
                Some(_) => end += 1,
            }
        }
        let text = if is_plain {
            self.text[start + 1..end].to_owned()
        } else {
            serde_json::from_str(&self.text[start..=end]).map_err(|_| start)?
        };
        self.at = end + 1;
        Ok(text)
    }

    fn number(&mut self) -> Result<Value, usize> {
        let start = self.at;
        let is_part = |it: &u8| matches!(it, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let len = self.text.as_bytes()[start..].iter().take_while(|it| is_part(it)).count();
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

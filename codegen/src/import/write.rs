//! A document in our dialect as the text of a spec, with marks on what a person
//! has to confirm.

use std::collections::BTreeMap;

use crate::{
    diagnostics::Diagnostics,
    import::{Imported, Proposal},
    parse::{
        Document,
        node::{Node, Place, Value},
    },
};

/// What stands behind a line that nobody has confirmed.
const MARK: &str = "# CONFIRM:";

impl Imported {
    /// The document as the text of a spec. Proposals are marked with a comment,
    /// and the spec is refused until these are removed.
    pub fn spec(&self) -> String {
        let mut proposals: BTreeMap<&str, Vec<&Proposal>> = BTreeMap::new();
        for it in &self.proposals {
            proposals.entry(&it.pointer).or_default().push(it);
        }
        let mut writer = Writer { text: String::new(), proposals };
        writer.document(&self.document);
        writer.text
    }
}

/// Complains about marks that are still there.
pub(crate) fn unconfirmed(document: &Document) -> Diagnostics {
    let mut diagnostics = Diagnostics::new(document.files.clone());
    let mut marks: Vec<Place> = Vec::new();
    for (file_idx, file) in document.files.iter().enumerate() {
        // Samples are JSON, which has no comments.
        for (at, mark) in file.text.match_indices(MARK).filter(|_| !file.path.ends_with(".json")) {
            if file.text[..at].ends_with(['\n', ' ']) || at == 0 {
                let number = |it: usize| u32::try_from(it).expect("a spec is small");
                let (start, end) = (number(at), number(at + mark.len()));
                marks.push(Place { file_idx: number(file_idx), start, end });
            }
        }
    }
    diagnostics.unconfirmed(&marks);
    diagnostics
}

struct Writer<'p> {
    text: String,
    /// By the mapping they belong to.
    proposals: BTreeMap<&'p str, Vec<&'p Proposal>>,
}

impl<'p> Writer<'p> {
    fn document(&mut self, document: &Document) {
        let is_written_later = |key: &str| ["paths", "components"].contains(&key);
        let root = document.root.as_map().unwrap_or_default();
        let root = root.iter().filter(|it| !is_written_later(&it.key));
        self.members(root.map(|it| (it.key.as_str(), &it.value)), "", 0);

        self.text.push_str("\n\npaths:");
        let paths = document.paths.iter().map(|it| (it.key.as_str(), &it.value));
        self.block(paths.collect(), "/paths", 2);

        self.text.push_str("\n\ncomponents:");
        let sections = document.components.iter().filter(|(_, it)| !it.is_empty());
        let sections: Vec<_> = sections.collect();
        if sections.is_empty() {
            self.text.push_str(" {}");
        }
        for (section, components) in sections {
            self.text.push_str(&format!("\n  {}:", scalar(section)));
            let components = components.iter().map(|(name, it)| (name.as_str(), &it.node));
            self.block(components.collect(), &format!("/components/{section}"), 4);
        }
        self.text.push('\n');
        // Nothing is dropped in silence, whatever the pointer was meant to be.
        for (pointer, it) in std::mem::take(&mut self.proposals) {
            for it in it {
                self.text.push_str(&format!("# {pointer}, {}: {}", it.key, it.value));
                self.mark(Some(it));
                self.text.push('\n');
            }
        }
        self.text = self.text.trim_start().to_owned();
    }

    /// Members behind their key.
    fn block(&mut self, members: Vec<(&str, &Node)>, pointer: &str, indent: usize) {
        if members.is_empty() && !self.proposals.contains_key(pointer) {
            self.text.push_str(" {}");
        } else {
            self.members(members.into_iter(), pointer, indent);
        }
    }

    fn members<'n>(
        &mut self,
        members: impl Iterator<Item = (&'n str, &'n Node)>,
        pointer: &str,
        indent: usize,
    ) {
        let mut proposals = self.proposals.remove(pointer).unwrap_or_default();
        let is_named = pointer == "/paths" || pointer.starts_with("/components/") && indent == 4;
        for (idx, (key, value)) in members.enumerate() {
            if is_named && idx > 0 {
                self.text.push('\n');
            }
            let proposal = proposals.iter().position(|it| it.key == key);
            let proposal = proposal.map(|idx| proposals.remove(idx));
            self.line(indent, &format!("{}:", scalar(key)));
            let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
            self.value(value, &pointer, indent, proposal);
        }
        // What the document does not say at all.
        for it in proposals {
            let is_written = it.value.starts_with(['{', '['])
                || ["true", "false"].contains(&it.value.as_str())
                || it.value.parse::<i64>().is_ok();
            let value = if is_written { it.value.clone() } else { scalar(&it.value) };
            self.line(indent, &format!("{}: {value}", scalar(&it.key)));
            self.mark(Some(it));
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        // An item's first member stands behind its dash.
        if !self.text.ends_with("- ") {
            self.text.push_str(if indent == 0 { "\n\n" } else { "\n" });
            self.text.extend(std::iter::repeat_n(' ', indent));
        }
        self.text.push_str(text);
    }

    /// A value behind its key or dash, whose column is `indent`.
    fn value(&mut self, node: &Node, pointer: &str, indent: usize, proposal: Option<&Proposal>) {
        match &node.value {
            Value::Map(entries) if !entries.is_empty() || self.proposals.contains_key(pointer) => {
                self.mark(proposal);
                let members = entries.iter().map(|it| (it.key.as_str(), &it.value));
                self.members(members, pointer, indent + 2);
            }
            Value::List(items) if !items.is_empty() => {
                self.mark(proposal);
                for (idx, item) in items.iter().enumerate() {
                    self.line(indent + 2, "-");
                    let is_block = match &item.value {
                        Value::Map(entries) => !entries.is_empty(),
                        Value::List(items) => !items.is_empty(),
                        _ => false,
                    };
                    if is_block {
                        self.text.push(' ');
                    }
                    self.value(item, &format!("{pointer}/{idx}"), indent + 2, None);
                }
            }
            Value::Map(_) => self.scalar("{}", proposal),
            Value::List(_) => self.scalar("[]", proposal),
            Value::Null => self.scalar("null", proposal),
            Value::Bool(it) => self.scalar(&it.to_string(), proposal),
            Value::Number(it) => self.scalar(it, proposal),
            Value::String(it) if is_block_text(it) => {
                self.text.push_str(" |-");
                self.mark(proposal);
                for line in it.lines() {
                    self.text.push('\n');
                    if !line.is_empty() {
                        self.text.extend(std::iter::repeat_n(' ', indent + 2));
                        self.text.push_str(line);
                    }
                }
            }
            // What is written is one file.
            Value::String(it) => match it.find("#/components/") {
                Some(start) if !it.contains([' ', '\n']) => {
                    self.scalar(&scalar(&it[start..]), proposal);
                }
                _ => self.scalar(&scalar(it), proposal),
            },
        }
    }

    fn scalar(&mut self, text: &str, proposal: Option<&Proposal>) {
        self.text.push(' ');
        self.text.push_str(text);
        self.mark(proposal);
    }

    fn mark(&mut self, proposal: Option<&Proposal>) {
        if let Some(it) = proposal {
            let reason: Vec<&str> = it.reason.split_whitespace().collect();
            self.text.push_str(&format!("  {MARK} {}", reason.join(" ")));
        }
    }
}

/// Whether a text can be written as a block of lines, and is read back as it is.
fn is_block_text(text: &str) -> bool {
    let is_plain = |it: char| it == '\n' || !needs_escape(it);
    text.contains('\n')
        && !text.starts_with(['\n', ' '])
        && !text.ends_with('\n')
        && text.chars().all(is_plain)
        && text.lines().all(|it| !it.ends_with(' '))
}

fn needs_escape(it: char) -> bool {
    it.is_control() || matches!(it, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// A text on one line, in quotes if any reader could take it for something else.
fn scalar(text: &str) -> String {
    if text.chars().any(needs_escape) {
        return in_double_quotes(text);
    }
    let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let is_version = text.matches('.').count() >= 2
        && text.chars().all(|it| it.is_ascii_digit() || it == '.')
        && text.starts_with(|it: char| it.is_ascii_digit());
    let is_text = text.starts_with(|it: char| it.is_alphabetic() || matches!(it, '_' | '/' | '$'));
    let is_plain = (is_text || is_version)
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !text.contains(" #")
        && !words.contains(&text.to_ascii_lowercase().as_str());
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

fn in_double_quotes(text: &str) -> String {
    let mut quoted = String::from("\"");
    for it in text.chars() {
        match it {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            it if needs_escape(it) => quoted.push_str(&format!("\\u{:04x}", u32::from(it))),
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests;

//! Complaints: what is wrong in a spec, where, and what to write instead.
//!
//! One constructor per complaint. Callers pass what they hold; the constructor
//! turns it into what people need. This file is the catalogue.
//!
//! A constructor's name is the complaint's code, its doc comment the cause:
//! `cargo xtask explain` and specs/DIAGNOSTICS.md are made of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, OnceLock},
};

mod lines;
mod render;

use self::lines::Lines;
pub use self::render::{Color, Format};
use crate::{
    parse::node::{Entry, Node, Place, Value},
    source::SourceFile,
};

/// All complaints of a stage, in the order of the files.
#[derive(Clone)]
pub struct Diagnostics {
    files: Arc<[SourceFile]>,
    /// Where the lines of each file begin, once somebody asks.
    lines: Arc<[OnceLock<Lines>]>,
    items: Vec<Diagnostic>,
    /// Boxed, because every stage returns all of this as its error.
    clues: Box<Clues>,
}

/// What is known from elsewhere: what tells a key that is misspelt from one that
/// is missing, and what need not be looked at again.
#[derive(Clone, Default)]
struct Clues {
    /// Mappings with a key that nobody knows: what they lack is most likely that.
    misspelt: BTreeSet<Place>,
    /// Those keys.
    strange: BTreeMap<String, BTreeSet<Place>>,
    /// Complaints that such a key may explain.
    doubtful: Vec<Doubtful>,
    /// Patterns that are regular expressions.
    patterns: BTreeSet<String>,
}

/// A complaint about a mapping that seems to lack a key.
#[derive(Clone)]
struct Doubtful {
    mapping: Place,
    key: String,
    diagnostic: Diagnostic,
}

/// One complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of this complaint, as in `unknown-reference`; it stays the same
    /// when the message changes.
    pub code: &'static str,
    /// Whether it stops the generator.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where, and what is wrong there.
    pub primary: Label,
    /// Another place that matters.
    pub secondary: Option<Label>,
    /// What to do.
    pub help: Option<String>,
}

/// Whether a complaint stops the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It does.
    Error,
    /// People should know, and it goes on.
    Warning,
}

impl Severity {
    fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A place and what to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What is there.
    pub text: String,
}

impl Diagnostics {
    pub(crate) fn new(files: Arc<[SourceFile]>) -> Self {
        Self {
            lines: files.iter().map(|_| OnceLock::new()).collect(),
            files,
            items: Vec::new(),
            clues: Box::default(),
        }
    }

    /// Everything that was found.
    pub fn items(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter()
    }

    /// The same complaints as ones that do not stop the generator, in the order of
    /// the files and each once.
    pub(crate) fn into_warnings(mut self) -> Self {
        for it in &mut self.items {
            it.warning();
        }
        self.items.sort_by_key(|it| it.primary.place);
        self.items.dedup_by(|a, b| a.primary.place == b.primary.place && a.message == b.message);
        self
    }

    /// How many complaints there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is nothing to complain about.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether something stops the generator.
    pub(crate) fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }

    /// What stops the generator.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter().filter(|it| it.severity == Severity::Error)
    }

    /// What people should know and does not stop the generator.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter().filter(|it| it.severity == Severity::Warning)
    }

    /// Adds what another stage has found, in the order of the files.
    ///
    /// If it has read other files, these come behind the own ones.
    pub fn merge(&mut self, mut other: Self) {
        other.settle();
        if !Arc::ptr_eq(&self.files, &other.files) && self.files != other.files {
            let shift = u32::try_from(self.files.len()).expect("a spec has few files");
            for it in &mut other.items {
                it.primary.place.file_idx += shift;
                if let Some(second) = &mut it.secondary {
                    second.place.file_idx += shift;
                }
            }
            self.files = self.files.iter().chain(other.files.iter()).cloned().collect();
            self.lines = self.lines.iter().chain(other.lines.iter()).cloned().collect();
        }
        self.items.extend(other.items);
        self.settle();
    }

    /// Ends a stage: what was found, if there is an error in it. Warnings alone
    /// stay here.
    pub(crate) fn ok(&mut self) -> Result<(), Self> {
        self.settle();
        if self.errors().next().is_none() {
            return Ok(());
        }
        let items = std::mem::take(&mut self.items);
        Err(Self { items, lines: Arc::clone(&self.lines), ..Self::new(Arc::clone(&self.files)) })
    }

    /// Brings what was found into its final order, once each.
    fn settle(&mut self) {
        for it in std::mem::take(&mut self.clues.doubtful) {
            if !self.explains(&it) {
                self.items.push(it.diagnostic);
            }
        }
        self.items.sort_by_key(|it| it.primary.place);
        // Several samples, or several users of a schema, make the same complaint.
        self.items.dedup_by(|a, b| a.primary.place == b.primary.place && a.message == b.message);
    }

    /// Complains that `node` lacks `key`, or as if it did, unless the key is
    /// there after all: misspelt, or indented into another mapping.
    pub(crate) fn unless_misspelt(
        &mut self,
        node: &Node,
        key: &str,
        complain: impl FnOnce(&mut Self),
    ) {
        let n_items = self.items.len();
        complain(self);
        let doubtful =
            |diagnostic| Doubtful { mapping: node.place, key: key.to_owned(), diagnostic };
        self.clues.doubtful.extend(self.items.drain(n_items..).map(doubtful));
    }

    fn explains(&self, it: &Doubtful) -> bool {
        let Doubtful { mapping, key, .. } = it;
        let from = Place { file_idx: mapping.file_idx, start: mapping.start, end: 0 };
        let to = Place {
            file_idx: mapping.file_idx,
            start: mapping.end.max(mapping.start),
            end: u32::MAX,
        };
        self.clues.misspelt.contains(mapping)
            || self.clues.strange.get(key).is_some_and(|it| it.range(from..=to).next().is_some())
    }

    /// Takes back the complaints inside a place, because another one explains them.
    pub(crate) fn retract(&mut self, place: Place) {
        self.items.retain(|it| {
            let found = it.primary.place;
            found.file_idx != place.file_idx || found.start < place.start || place.end < found.end
        });
    }

    /// Where `part` stands in what is written at a place; all of that if it does
    /// not stand there as it is.
    pub(crate) fn within(&self, place: Place, part: &str) -> Place {
        match self.written(place).and_then(|it| it.find(part)) {
            Some(found) => {
                let start = place.start + u32::try_from(found).unwrap_or_default();
                let end = start + u32::try_from(part.len()).unwrap_or_default();
                Place { start, end, ..place }
            }
            None => place,
        }
    }

    /// What is written at a place.
    fn written(&self, place: Place) -> Option<&str> {
        let file = self.files.get(place.file_idx as usize)?;
        file.text.get(place.start as usize..place.end as usize)
    }

    /// A key that nobody knows, and that may stand in the wrong mapping.
    fn is_strange(&mut self, key: &str, place: Place) {
        self.clues.strange.entry(key.to_owned()).or_default().insert(place);
    }

    /// `code` is the name of the constructor; a test compares them.
    fn push(
        &mut self,
        code: &'static str,
        message: String,
        place: Place,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        self.items.push(Diagnostic {
            code,
            severity: Severity::Error,
            message: one_line(&message),
            primary: Label { place, text: one_line(&label.into()) },
            secondary: None,
            help: None,
        });
        self.items.last_mut().expect("just pushed")
    }
}

impl Diagnostic {
    /// Makes it one that does not stop the generator.
    fn warning(&mut self) -> &mut Self {
        self.severity = Severity::Warning;
        self
    }

    fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(one_line(&help.into()));
        self
    }

    fn second(&mut self, place: Place, label: impl Into<String>) -> &mut Self {
        self.secondary = Some(Label { place, text: one_line(&label.into()) });
        self
    }
}

/// A message is one line, whatever texts of the spec it quotes.
fn one_line(text: &str) -> String {
    const LONGEST: usize = 80;
    let short = |(idx, part): (usize, &str)| match part.char_indices().nth(LONGEST) {
        Some((end, _)) if idx % 2 == 1 => format!("{}…", &part[..end]),
        _ => part.to_owned(),
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.split('`').enumerate().map(short).collect::<Vec<_>>().join("`")
}

/// What is meant by a type of another language.
fn meant_type(found: &str) -> Option<&'static str> {
    Some(match found.to_ascii_lowercase().as_str() {
        "int" | "int32" | "int64" | "long" | "short" => "`type: integer`",
        "float" | "double" | "decimal" => "`type: number`",
        "bool" => "`type: boolean`",
        "list" => "`type: array` with `items`",
        "dict" | "map" => "`type: object` with `additionalProperties`",
        "enum" => "`type: string` with `enum`",
        "date" => "`type: string` with `format: date`",
        "datetime" | "date-time" => "`type: string` with `format: date-time`",
        "uuid" => "`type: string` with `format: uuid`",
        "file" | "binary" => "`type: string` with `format: binary`",
        _ => return None,
    })
}

/// "did you mean", if anything is near.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, known).map(|it| format!("did you mean `{it}`?"))
}

/// The known word that a misspelt one was probably meant to be.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Longer ones are no slip of the hand, and take long to compare.
    const LONGEST: usize = 200;
    let word: Vec<char> = word.chars().take(LONGEST + 1).collect();
    if word.len() > LONGEST {
        return None;
    }
    let most = (word.len() / 3).max(1);
    // Most are told apart by their lengths, which is much faster.
    let known = known.into_iter().filter(|it| it.chars().count().abs_diff(word.len()) <= most);
    let distances = known.filter_map(|it| Some((distance(&word, it, most)?, it)));
    distances.min_by_key(|(it, _)| *it).map(|(_, it)| it)
}

/// Edit distance in which swapping two neighbours counts as one; `None` if it is
/// more than `most`.
fn distance(a: &[char], b: &str, most: usize) -> Option<usize> {
    let b: Vec<char> = b.chars().collect();
    let mut rows: [Vec<usize>; 3] = [Vec::new(), Vec::new(), (0..=b.len()).collect()];
    for i in 1..=a.len() {
        rows.rotate_left(1);
        let [before, above, row] = &mut rows;
        row.clear();
        row.push(i);
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        // It never gets less again, but by one for a swap.
        if row.iter().all(|it| *it > most + 1) {
            return None;
        }
    }
    rows[2].last().copied().filter(|it| *it <= most)
}

/// `a`, `b` and `c`.
fn all_of(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and `{last}`", quoted(first)),
        words => quoted(words),
    }
}

/// A choice of words.
fn one_of(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or `{last}`", quoted(first)),
        words => quoted(words),
    }
}

/// The verb that goes with so many things.
fn have(words: &[&str]) -> &'static str {
    if words.len() == 1 { "has" } else { "have" }
}

fn counted(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

/// The syntax of the files.
impl Diagnostics {
    /// The text is not YAML. What follows cannot be read, so this is the only
    /// complaint about the file.
    ///
    /// `above` is the line that this one would have to belong to.
    pub(crate) fn yaml_syntax(&mut self, place: Place, info: &str, above: Option<Place>) {
        let diagnostic = self.push(
            "yaml-syntax",
            format!("not YAML: {info}"),
            place,
            "the file stops making sense here",
        );
        diagnostic.help("check indentation, quotes and colons on this line and the one before it");
        if let Some(above) = above {
            diagnostic
                .second(above, "is this indented rightly?")
                .help("indent both lines as their neighbours are; or is one missing between them?");
        }
    }

    /// The text is not YAML, and one slip of the hand explains that. What follows
    /// cannot be read.
    pub(crate) fn yaml_slip(&mut self, place: Place, what: &str, help: &str) {
        self.push("yaml-slip", format!("not YAML: {what}"), place, "here").help(help);
    }

    /// A file is in another encoding than UTF-8, or it is broken.
    pub(crate) fn not_utf8(&mut self, place: Place) {
        self.push("not-utf8", "the file is not in UTF-8".to_owned(), place, "not a character")
            .help("save the file as UTF-8");
    }

    /// A line is indented less than the block it belongs to, and a later line
    /// goes on with a depth that is closed by then.
    ///
    /// `end` ends a block that `orphan` wants to go on.
    pub(crate) fn broken_indentation(&mut self, end: Place, orphan: Place) {
        self.push(
            "broken-indentation",
            "the indentation is broken".to_owned(),
            end,
            "indented less than what goes on below",
        )
        .second(orphan, "nothing is open at this depth any more")
        .help("indent both lines alike");
    }

    /// A documented sample is not strict JSON.
    pub(crate) fn json_syntax(&mut self, place: Place) {
        let (label, help) = self.json_slip(place).unwrap_or((
            "the sample stops making sense here",
            "samples are strict JSON: no comments, no trailing commas, no member twice",
        ));
        self.push("json-syntax", "not JSON".to_owned(), place, label).help(help);
    }

    /// YAML does not allow tabs in the indentation, and tools disagree about
    /// how wide one is.
    pub(crate) fn tab_indentation(&mut self, place: Place) {
        self.push("tab-indentation", "a tab in the indentation".to_owned(), place, "tab")
            .help("indent with spaces");
    }

    /// A file of the spec holds nothing.
    pub(crate) fn empty_file(&mut self, place: Place) {
        self.push("empty-file", "the file is empty".to_owned(), place, "nothing here")
            .help("write the spec, or `paths` and `components` of a resource");
    }

    /// A file holds more than one YAML document. Most OpenAPI tools read only
    /// the first.
    pub(crate) fn second_document(&mut self, place: Place) {
        self.push("second-document", "a second document".to_owned(), place, "begins here")
            .help("write one document per file, without `---`");
    }

    /// A key has neither a value nor lines below it. YAML reads that as `null`,
    /// which is rarely what was meant.
    ///
    /// `next` is the line that follows, which is not indented more.
    pub(crate) fn empty_value(&mut self, place: Place, next: Option<Place>) {
        let diagnostic = self.push(
            "empty-value",
            "a value is missing".to_owned(),
            place,
            "nothing is written here",
        );
        diagnostic.help("write a value, `null` or `''`; or indent what belongs to it more");
        if let Some(next) = next {
            diagnostic.second(next, "this is not indented more");
        }
    }

    /// Text that begins with a brace is a mapping to YAML. Path templates and
    /// sentences with placeholders must be quoted.
    pub(crate) fn unquoted_braces(&mut self, place: Place) {
        self.push(
            "unquoted-braces",
            "a key without a value in braces".to_owned(),
            place,
            "braces begin a mapping",
        )
        .help("quote the text from its first brace on, or write `{key: value}`");
    }

    /// Text without quotes goes on in the next line. It may as well be a line
    /// that is indented wrongly, and then a key would silently become text.
    pub(crate) fn plain_over_lines(&mut self, place: Place) {
        let line = self.written(place).and_then(|it| it.lines().next()).unwrap_or_default();
        let item = line.strip_prefix('-').filter(|it| it.starts_with(char::is_alphanumeric));
        let help = match line.split_once(':') {
            _ if item.is_some() => {
                format!("did you mean `- {}`? behind the dash stands a space", &line[1..])
            }
            Some((key, value))
                if !key.contains(' ') && value.starts_with(char::is_alphanumeric) =>
            {
                format!("did you mean `{key}: {value}`? behind the colon stands a space")
            }
            _ => "quote it, or write it behind `>-`; or is one of the two lines indented wrongly?"
                .to_owned(),
        };
        self.push(
            "plain-over-lines",
            "plain text that goes on in the next line".to_owned(),
            place,
            "begins here",
        )
        .help(help);
    }

    /// Anchors, aliases, tags, merge keys and the like are read differently by
    /// different tools.
    pub(crate) fn yaml_feature(&mut self, place: Place, what: &str) {
        self.push(
            "yaml-feature",
            format!("{what} is not allowed"),
            place,
            "not every tool reads this the same",
        )
        .help("write the value out, or move it to `components` and use `$ref`");
    }

    /// A mapping has the same key twice. Tools keep the first, the last, or
    /// neither.
    pub(crate) fn duplicate_key(&mut self, place: Place, key: &str, first: Place) {
        self.push("duplicate-key", format!("the key `{key}` stands twice"), place, "again here")
            .second(first, "first here")
            .help("remove one, or begin a new mapping before the second: is a line missing or indented wrongly?");
    }

    /// YAML reads the key as a number, a boolean or a collection. Status codes
    /// are the usual case.
    pub(crate) fn key_not_a_string(&mut self, place: Place) {
        let help = match self.written(place) {
            Some(it) if it.len() <= 20 && !it.contains(['\n', '\'', '`', ':']) => {
                format!("quote it: `'{it}'`")
            }
            _ => "quote it, as in `'200'` or `'{id}'`".to_owned(),
        };
        self.push(
            "key-not-a-string",
            "a key that is not a string".to_owned(),
            place,
            "not a string",
        )
        .help(help);
    }

    /// YAML 1.1 and 1.2 read this scalar as different values, such as a boolean
    /// and a string, or an octal and a decimal number.
    pub(crate) fn ambiguous_scalar(&mut self, place: Place, text: &str) {
        self.push(
            "ambiguous-scalar",
            format!("`{text}` means different things to different YAML readers"),
            place,
            "ambiguous",
        )
        .help(format!("quote it: `'{text}'`"));
    }
}

/// The shape of the document.
impl Diagnostics {
    /// The spec was begun with somebody else's document, and lines that were
    /// only guessed are still marked. A wrong unit or a wrong promise about
    /// repeats pays twice.
    pub(crate) fn unconfirmed(&mut self, marks: &[Place]) {
        const MOST: usize = 10;
        let Some((first, others)) = marks.split_first() else { return };
        let places: Vec<String> = others.iter().take(MOST).map(|it| self.position(*it)).collect();
        let more = match others.len().saturating_sub(MOST) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        let help = "check it against the documentation, then remove the mark";
        let help = match places.as_slice() {
            [] => help.to_owned(),
            places => format!("{help}; the others are at {}{more}", places.join(", ")),
        };
        let (are, marks) = (if others.is_empty() { "is" } else { "are" }, marks.len());
        let message = format!("{} {are} not confirmed", counted(marks, "proposal"));
        self.push("unconfirmed", message, *first, "nobody has checked this line").help(help);
    }

    /// The value is of another kind than the place needs, such as a list where
    /// a mapping is wanted.
    pub(crate) fn wrong_kind(&mut self, place: Place, what: &str, wanted: &str, found: &str) {
        let help = match wanted {
            "a mapping" => "write lines of `key: value` below it, indented more".to_owned(),
            "a string" => "write text, in quotes if it could be read as something else".to_owned(),
            wanted if wanted.starts_with("a list") => {
                "write lines that begin with `-` below it".to_owned()
            }
            wanted => format!("write {wanted}"),
        };
        let message = format!("{what} must be {wanted}");
        self.push("wrong-kind", message, place, format!("this is {found}")).help(help);
    }

    /// Complains unless `node` is a mapping whose keys are all in `known`.
    pub(crate) fn known_keys(&mut self, node: &Node, what: &str, known: &[&str]) {
        let Some(entries) = node.as_map() else {
            self.clues.misspelt.insert(node.place);
            self.wrong_kind(node.place, what, "a mapping", node.kind());
            return;
        };
        let mut strange: Vec<(&str, Place)> = Vec::new();
        for entry in entries.iter().filter(|it| !known.contains(&it.key.as_str())) {
            if nearest(&entry.key, known.iter().copied()).is_some() {
                self.unknown_key(entry.key_place, what, &[&entry.key], known);
            } else {
                strange.push((&entry.key, entry.key_place));
            }
            self.clues.misspelt.insert(node.place);
            self.is_strange(&entry.key, entry.key_place);
        }
        if let Some((_, place)) = strange.first() {
            let keys: Vec<&str> = strange.iter().map(|(key, _)| *key).collect();
            self.unknown_key(*place, what, &keys, known);
        }
    }

    /// Complains about a key that is most likely one that `node` needs and lacks.
    pub(crate) fn misspelt_key(&mut self, node: &Node, key: &Entry, what: &str, known: &[&str]) {
        self.clues.misspelt.insert(node.place);
        self.unknown_key(key.key_place, what, &[&key.key], known);
    }

    /// A key means nothing where it stands. Nothing is dropped in silence, so
    /// it is either misspelt, in the wrong mapping, or not supported.
    ///
    /// Keys that are all strange have one cause, and are one complaint.
    pub(crate) fn unknown_key(&mut self, place: Place, what: &str, keys: &[&str], known: &[&str]) {
        let (message, label) = match keys {
            [key] => (format!("{what} has no key `{key}`"), "unknown key"),
            keys => (format!("{what} has no keys {}", all_of(keys)), "the first of them"),
        };
        let near = match keys {
            [key] => did_you_mean(key, known.iter().copied()),
            _ => None,
        };
        let help = near.unwrap_or_else(|| format!("{what} can have {}", quoted(known)));
        self.push("unknown-key", message, place, label).help(help);
    }

    /// Keys stand where a list of named definitions is wanted. Most likely the
    /// line above them, which names the definition, is missing.
    ///
    /// Entries of `node` that are no mappings, but keys of one: `what` should be
    /// there.
    pub(crate) fn strays(&mut self, node: &Node, entries: &[&Entry], what: &str) {
        let Some(first) = entries.first() else { return };
        self.clues.misspelt.insert(node.place);
        entries.iter().for_each(|it| self.is_strange(&it.key, it.key_place));
        self.push(
            "strays",
            format!("{what} must be a mapping"),
            first.value.place,
            format!("this is {}", first.value.kind()),
        )
        .help("is a line missing above, or this one indented wrongly?");
    }

    /// A mapping lacks a key that a safe client cannot do without. Some are
    /// demanded by OpenAPI, some only by the dialect, because money depends on
    /// them.
    ///
    /// A key that `node` needs.
    pub(crate) fn missing_key(&mut self, node: &Node, place: Place, what: &str, key: &str) {
        let help = match key {
            "x-source" => {
                "say where this is documented: `x-source: [<tag of x-sources>]`".to_owned()
            }
            "x-idempotency" => {
                "write `none`, `repeatable` or `{header: Idempotency-Key}`".to_owned()
            }
            "x-reconcile" => {
                "write `{operation: list_payouts, match: reference, how: …}` or `{none: <reason>}`"
                    .to_owned()
            }
            "x-verification" => {
                "write `{hmac-sha256: {header: X-Signature}}`, `basic` or `{none: <reason>}`"
                    .to_owned()
            }
            "x-environment" => {
                "name it, such as `x-environment: Production`, or write `x-undocumented: true`"
                    .to_owned()
            }
            "summary" => "say what it does, in one sentence".to_owned(),
            "description" => "say what it is, in our own words".to_owned(),
            "externalValue" => {
                "refer to a sample: `externalValue: examples/<provider>/<file>.json`".to_owned()
            }
            key => format!("write `{key}: …`; specs/README.md describes it"),
        };
        // What is there and of another kind has been told.
        if node.get(key).is_some_and(|it| !matches!(it.value, Value::Null | Value::String(_))) {
            return;
        }
        self.unless_misspelt(node, key, |it| {
            it.push(
                "missing-key",
                format!("{what} needs `{key}`"),
                place,
                format!("`{key}` is missing"),
            )
            .help(help);
        });
    }

    /// The document says that it is written in a version of OpenAPI that specs
    /// are not written in.
    pub(crate) fn unsupported_version(&mut self, place: Place) {
        self.push(
            "unsupported-version",
            "not a version of OpenAPI that specs are written in".to_owned(),
            place,
            "here",
        )
        .help("write `openapi: 3.0.3`");
    }

    /// Two files of one spec define a component of the same name. All files
    /// share one set of names, so references would be ambiguous.
    pub(crate) fn duplicate_component(&mut self, place: Place, name: &str, first: Place) {
        self.push(
            "duplicate-component",
            format!("the component `{name}` is defined twice"),
            place,
            "again here",
        )
        .second(first, "first here")
        .help("the files of a spec share one set of names");
    }

    /// A path of the root file refers to a path that no resource file defines.
    pub(crate) fn unknown_path_reference(&mut self, place: Place, written: &str, known: &[String]) {
        let help = did_you_mean(written, known.iter().map(String::as_str)).unwrap_or_else(|| {
            "write `<provider>/<resource>.yaml#/paths/~1the-path`, with `~1` for `/`".to_owned()
        });
        self.push(
            "unknown-path-reference",
            "`$ref` names a path that does not exist".to_owned(),
            place,
            "no such path",
        )
        .help(help);
    }

    /// A path of the root file refers to the definition of another path. The
    /// client would send requests to a path that nobody documented.
    pub(crate) fn path_differs(&mut self, place: Place, path: &str, second: Place, found: &str) {
        self.push(
            "path-differs",
            format!("the path `{path}` points at the definition of `{found}`"),
            place,
            "this path",
        )
        .second(second, "is called this where it is defined")
        .help("write the same path in both places");
    }

    /// A resource file defines a path that the root does not list, so no client
    /// would have it.
    pub(crate) fn unused_path(&mut self, place: Place, path: &str) {
        self.push(
            "unused-path",
            format!("the root does not list the path `{path}`"),
            place,
            "nothing points here",
        )
        .help("add it to `paths` of the root file as a `$ref`, or remove it");
    }

    /// A `$ref` names a component that no file of the spec defines.
    pub(crate) fn unknown_reference(
        &mut self,
        place: Place,
        kind: &str,
        name: &str,
        known: &[(&str, Place)],
        n_times: usize,
    ) {
        let near = nearest(name, known.iter().map(|(it, _)| *it));
        let near = known.iter().find(|(it, _)| Some(*it) == near);
        let help =
            near.map(|(it, at)| format!("did you mean `{it}`? it is at {}", self.position(*at)));
        let diagnostic = self.push(
            "unknown-reference",
            format!("`$ref` names {} that does not exist", article(kind)),
            place,
            match n_times {
                1 => format!("no {kind} is called `{name}`"),
                _ => format!("no {kind} is called `{name}`, which stands in {n_times} places"),
            },
        );
        diagnostic.help(help.unwrap_or_else(|| "define it under `components`".to_owned()));
    }

    /// Nothing refers to a component, and several references name one that does
    /// not exist and is spelt almost like it. The definition is misspelt, not
    /// the references.
    ///
    /// A definition that nobody refers to, and references that lead to nothing
    /// of nearly that name.
    pub(crate) fn misspelt_definition(
        &mut self,
        place: Place,
        name: &str,
        wanted: &str,
        used: Place,
    ) {
        self.push(
            "misspelt-definition",
            format!("nothing refers to `{name}`, but `{wanted}` does not exist"),
            place,
            "defined here",
        )
        .second(used, "referred to here")
        .help(format!("write `{wanted}` in both places"));
    }

    /// A `$ref` is written in a way that does not lead to a component of the
    /// kind that is wanted here.
    ///
    /// `meant` is a component that it most likely means.
    pub(crate) fn malformed_reference(
        &mut self,
        place: Place,
        kind: &str,
        section: &str,
        meant: Option<&str>,
    ) {
        let help = match meant {
            Some(meant) => format!("did you mean `#/components/{section}/{meant}`?"),
            None => format!(
                "write `#/components/{section}/<Name>`, with the file before `#` if it is another one"
            ),
        };
        self.push(
            "malformed-reference",
            format!("this `$ref` does not point at {}", article(kind)),
            place,
            "cannot be followed",
        )
        .help(help);
    }

    /// OpenAPI 3.0 ignores whatever stands beside a `$ref`, so these keys would
    /// be lost in other tools.
    ///
    /// Complains unless `$ref` stands alone in `node`.
    pub(crate) fn reference_siblings(&mut self, node: &Node) {
        let others = node.as_map().unwrap_or_default().iter().filter(|it| it.key != "$ref");
        let others: Vec<&Entry> = others.collect();
        let keys: Vec<&str> = others.iter().map(|it| it.key.as_str()).collect();
        if let Some(first) = others.first() {
            let message = format!("{} beside `$ref` {} no effect", all_of(&keys), have(&keys));
            self.push("reference-siblings", message, first.key_place, "other tools ignore this")
                .help("write `allOf: [{$ref: …}]` in a schema, and put the rest beside that; elsewhere remove it");
        }
    }

    /// A component is defined and nothing refers to it. It would give no code,
    /// and what it says would be lost.
    pub(crate) fn unused_component(&mut self, place: Place, kind: &str, name: &str) {
        self.push(
            "unused-component",
            format!("the {kind} `{name}` is never used"),
            place,
            "nothing refers to this",
        )
        .help("refer to it or remove it");
    }

    /// A schema requires a value of itself, directly or through others, so that
    /// no JSON document could ever satisfy it.
    pub(crate) fn endless_type(&mut self, place: Place, name: &str) {
        self.push(
            "endless-type",
            format!("a value of `{name}` never ends"),
            place,
            "requires a value of its own kind",
        )
        .help("make the member that leads back optional, or a list");
    }

    /// A schema refers to itself without being an object of its own, so that it
    /// says nothing.
    pub(crate) fn circular_reference(&mut self, place: Place, name: &str) {
        self.push(
            "circular-reference",
            format!("`{name}` is defined as itself"),
            place,
            "its references lead back here",
        )
        .help("write out what it is; only members of an object can refer back");
    }

    /// Something that is right cannot be turned into Rust, which is a bug of the
    /// generator.
    pub(crate) fn not_bound(&mut self, place: Place, what: &str) {
        self.push(
            "not-bound",
            format!("`{what}` cannot be turned into Rust"),
            place,
            "this is right, and still the generator gives up",
        )
        .help("report it with this document; writing it in another way may help until then");
    }

    /// A schema is composed of others, these of others again, and so on for longer
    /// than anybody can follow.
    pub(crate) fn too_many_parts(&mut self, place: Place, name: &str) {
        self.push(
            "too-many-parts",
            format!("`{name}` is composed of too many schemas"),
            place,
            "its references go on for more than 40 schemas, or through more than 10000",
        )
        .help("write out what it is");
    }
}

/// `a schema`, `an example`.
pub(crate) fn article(kind: &str) -> String {
    format!("{} {kind}", if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" })
}

/// Schemas.
impl Diagnostics {
    /// `type` is written as a list or as another value. OpenAPI 3.0 has one
    /// type per schema.
    pub(crate) fn type_not_a_string(&mut self, place: Place, found: &str) {
        self.push(
            "type-not-a-string",
            "`type` must be a string".to_owned(),
            place,
            format!("this is {found}"),
        )
        .help("write one type, and `nullable: true` beside it if `null` is a value");
    }

    /// `type` names none of the types of JSON.
    pub(crate) fn unknown_type(&mut self, place: Place, found: &str) {
        let known = ["string", "integer", "number", "boolean", "array", "object"];
        let help = match meant_type(found) {
            Some(meant) => format!("write {meant}"),
            None => did_you_mean(found, known)
                .unwrap_or_else(|| format!("write one of {}", quoted(&known))),
        };
        self.push("unknown-type", format!("there is no type `{found}`"), place, "unknown type")
            .help(help);
    }

    /// `format` names a format that has no meaning for this type. An unknown
    /// format would silently become plain text.
    pub(crate) fn unknown_format(&mut self, place: Place, found: &str, ty: &str, known: &[&str]) {
        let help = did_you_mean(found, known.iter().copied())
            .unwrap_or_else(|| format!("a {ty} can have {}", quoted(known)));
        self.push(
            "unknown-format",
            format!("`{ty}` has no format `{found}`"),
            place,
            "unknown format",
        )
        .help(help);
    }

    /// A number does not say what it counts. Decoded as a float it could lose a
    /// cent, so the spec must say whether it is an amount, and in which unit.
    pub(crate) fn number_without_unit(&mut self, place: Place) {
        self.push(
            "number-without-unit",
            "a number without a meaning".to_owned(),
            place,
            "a float would eat a cent here",
        )
        .help("say what it is with `x-unit`: `major`, `minor`, `rate`, `percent` or `factor`");
    }

    /// `x-unit` names a unit that does not exist.
    pub(crate) fn unknown_unit(&mut self, place: Place, found: &str) {
        let known = ["major", "minor", "rate", "percent", "factor"];
        let help = did_you_mean(found, known)
            .unwrap_or_else(|| format!("write one of {}", quoted(&known)));
        self.push("unknown-unit", format!("there is no unit `{found}`"), place, "unknown unit")
            .help(help);
    }

    /// Cents and other minor units are whole, but the type allows fractions.
    pub(crate) fn minor_unit_needs_integer(&mut self, place: Place) {
        self.push(
            "minor-unit-needs-integer",
            "minor units are whole".to_owned(),
            place,
            "`number` has fractions",
        )
        .help("write `type: integer`, or `x-unit: major`");
    }

    /// Keys say something that cannot matter here. Whoever wrote them expected
    /// an effect that does not exist.
    pub(crate) fn no_effect(&mut self, place: Place, keys: &[&str], why: &str) {
        let message = format!("{} {} no effect here", all_of(keys), have(keys));
        let remove = if keys.len() == 1 { "remove it" } else { "remove them" };
        self.push("no-effect", message, place, why)
            .help(format!("{remove}, or say otherwise what this is"));
    }

    /// Keywords of one type stand in a schema of another, where JSON Schema
    /// ignores them. Either the keywords or the type are wrong.
    ///
    /// Keywords that say nothing about a schema of this type.
    ///
    /// Keywords that make another type are a sign that the type is wrong; a
    /// stray limit is wrong itself.
    pub(crate) fn misplaced_keywords(&mut self, ty: Place, name: &str, keywords: &[(&str, Place)]) {
        let limits = [
            "minItems",
            "maxItems",
            "uniqueItems",
            "minLength",
            "maxLength",
            "pattern",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "required",
            "format",
            "x-unit",
        ];
        let names: Vec<&str> = keywords.iter().map(|(it, _)| *it).collect();
        let (verb, them) = if names.len() == 1 { ("says", "it") } else { ("say", "them") };
        let message = format!("{} {verb} nothing about {}", all_of(&names), article(name));
        let help = format!("remove {them}, or write the `type` that this has");
        match keywords {
            [(key, place)] if limits.contains(key) => {
                self.push("misplaced-keywords", message, *place, "no effect")
                    .second(ty, format!("this is {}", article(name)))
                    .help(help);
            }
            [(_, place), ..] => {
                self.push("misplaced-keywords", message, ty, format!("this is {}", article(name)))
                    .second(*place, "no effect")
                    .help(help);
            }
            [] => {}
        }
    }

    /// The `type` beside an annotated reference is not the type of what is
    /// referred to.
    pub(crate) fn type_beside_reference(&mut self, place: Place, found: &str, wanted: &str) {
        self.push(
            "type-beside-reference",
            format!(
                "the type beside the reference is `{found}`, but it refers to {}",
                article(wanted)
            ),
            place,
            "contradicts the reference",
        )
        .help(format!("write `type: {wanted}`"));
    }

    /// An array does not say what its items are.
    pub(crate) fn items_missing(&mut self, place: Place) {
        self.push("items-missing", "an array needs `items`".to_owned(), place, "of what?")
            .help("write `items: {}` if any value can be in it");
    }

    /// An object requires members and declares none.
    pub(crate) fn required_without_properties(&mut self, place: Place) {
        self.push(
            "required-without-properties",
            "`required` without `properties`".to_owned(),
            place,
            "requires what is not declared",
        )
        .help("declare the members under `properties`");
    }

    /// `required` names a member that `properties` does not declare. It would
    /// be neither checked nor sent.
    pub(crate) fn required_not_a_property(
        &mut self,
        place: Place,
        name: &str,
        near: Option<(&str, Place)>,
    ) {
        let Some((property, declared)) = near else {
            self.push(
                "required-not-a-property",
                format!("`required` names `{name}`, which is not a property"),
                place,
                "no such property",
            )
            .help("declare it under `properties`, or remove it here");
            return;
        };
        let message = format!("`required` names `{name}`, but the property is called `{property}`");
        // The spelling that is used more often is the right one.
        if self.occurrences(name) > self.occurrences(property) {
            self.push("required-not-a-property", message, declared, "misspelt?")
                .second(place, "required here")
        } else {
            self.push("required-not-a-property", message, place, "misspelt?")
                .second(declared, "declared here")
        }
        .help("write the same name in both places");
    }

    /// How often a word stands in the spec and its samples.
    fn occurrences(&self, word: &str) -> usize {
        let is_part =
            |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || matches!(it, '_' | '-'));
        let count = |text: &str| {
            let found = text.match_indices(word).filter(|(start, _)| {
                !is_part(text[..*start].chars().next_back())
                    && !is_part(text[start + word.len()..].chars().next())
            });
            found.count()
        };
        self.files.iter().map(|it| count(&it.text)).sum()
    }

    /// A list that must not repeat itself holds a value twice.
    pub(crate) fn duplicate_value(&mut self, place: Place, value: &str, first: Place) {
        self.push("duplicate-value", format!("`{value}` stands twice"), place, "again here")
            .second(first, "first here")
            .help("remove one, or write another value");
    }

    /// YAML reads a value of a string enum as a number, a boolean or `null`.
    pub(crate) fn enum_value_not_a_string(&mut self, place: Place, text: &str) {
        let help = match text {
            "null" => "write `nullable: true` instead".to_owned(),
            text => format!("quote it: `'{text}'`"),
        };
        self.push(
            "enum-value-not-a-string",
            "an enum value that is not a string".to_owned(),
            place,
            "not a string",
        )
        .help(help);
    }

    /// Some values of an enum are described and others are not. The missing
    /// ones were most likely added later and forgotten.
    pub(crate) fn enum_descriptions_incomplete(&mut self, place: Place, values: &[&str]) {
        let message = format!("`x-enumDescriptions` does not describe {}", all_of(values));
        self.push("enum-descriptions-incomplete", message, place, "incomplete")
            .help("describe all values or none");
    }

    /// A description belongs to a value that the enum does not list.
    pub(crate) fn enum_description_unknown(&mut self, place: Place, value: &str) {
        self.push(
            "enum-description-unknown",
            format!("`x-enumDescriptions` describes `{value}`, which is not a value"),
            place,
            "no such value",
        )
        .help("list the value under `enum`, or remove this");
    }

    /// A value without a description and a description without a value are
    /// spelt almost alike.
    ///
    /// A value and a description that were meant for each other.
    pub(crate) fn enum_description_differs(
        &mut self,
        value: &str,
        place: Place,
        described: &str,
        key: Place,
    ) {
        let message = format!("the value is `{value}`, but `{described}` is described");
        if self.occurrences(described) >= self.occurrences(value) {
            self.push("enum-description-differs", message, place, "misspelt?")
                .second(key, "described here")
        } else {
            self.push("enum-description-differs", message, key, "misspelt?")
                .second(place, "the value")
        }
        .help("write the same value in both places");
    }

    /// `x-enum-varnames` has more or fewer names than the enum has values, so
    /// that names would go to the wrong values.
    pub(crate) fn enum_varnames_count(&mut self, place: Place, names: usize, values: usize) {
        self.push(
            "enum-varnames-count",
            format!(
                "`x-enum-varnames` has {} for {}",
                counted(names, "name"),
                counted(values, "value")
            ),
            place,
            "one name per value",
        )
        .help("write the names in the order of the values");
    }

    /// A name in `x-enum-varnames` is not written like a variant of a Rust
    /// enum.
    pub(crate) fn not_a_variant_name(&mut self, place: Place, name: &str, wanted: &str) {
        self.push(
            "not-a-variant-name",
            format!("`{name}` is not the name of a variant"),
            place,
            "not PascalCase",
        )
        .help(format!("write `{wanted}`"));
    }

    /// OpenAPI 3.0.3 gives `nullable` a meaning only beside a `type`. Other
    /// tools ignore it here.
    pub(crate) fn nullable_without_type(&mut self, place: Place) {
        self.push("nullable-without-type", "`nullable` without a `type` beside it".to_owned(), place, "other tools ignore this")
            .help("write the `type` of what is referred to beside it; in a `oneOf` of scalars put both on the first alternative");
    }

    /// Two limits leave no value that could be sent.
    ///
    /// What `low` says is more than what `high` says.
    pub(crate) fn empty_range(&mut self, place: Place, low: &str, high: &str, second: Place) {
        self.push(
            "empty-range",
            format!("`{low}` is more than `{high}`"),
            place,
            "no value is at least this",
        )
        .second(second, "and at most this")
        .help("are the two swapped, or is one of them misspelt?");
    }

    /// Complains unless this is a regular expression; each is compiled once.
    pub(crate) fn pattern(&mut self, place: Place, pattern: &str) {
        if self.clues.patterns.contains(pattern) {
            return;
        }
        match regex_lite::Regex::new(pattern) {
            Ok(_) => drop(self.clues.patterns.insert(pattern.to_owned())),
            Err(_) => self.bad_pattern(place, pattern),
        }
    }

    /// A `pattern` is not a regular expression, or not one that is known here. It
    /// would be checked by nobody.
    pub(crate) fn bad_pattern(&mut self, place: Place, pattern: &str) {
        self.push(
            "bad-pattern",
            format!("`{pattern}` is not a regular expression"),
            place,
            "cannot be checked",
        )
        .help("check its brackets and repetitions; look-around and back references are not known");
    }

    /// A `default` or an `example` is none of the values that its schema allows.
    /// One of them is wrong.
    pub(crate) fn value_contradicts(&mut self, place: Place, key: &str, found: &str, why: &str) {
        self.push(
            "value-contradicts",
            format!("the {key} `{found}` contradicts its schema"),
            place,
            why.to_owned(),
        )
        .help("write one that fits, or correct the schema");
    }

    /// A discriminator names a member that no alternative has, so that what is
    /// sent would not tell which one it is.
    pub(crate) fn discriminator_property(&mut self, place: Place, name: &str, known: &[&str]) {
        let help = did_you_mean(name, known.iter().copied())
            .unwrap_or_else(|| "declare it in each alternative".to_owned());
        self.push(
            "discriminator-property",
            format!("no alternative has the member `{name}`"),
            place,
            "tells nothing apart",
        )
        .help(help);
    }

    /// A combination of `allOf`, `oneOf` or `anyOf` has no type that decodes
    /// every documented value without guessing.
    pub(crate) fn unsupported_composition(
        &mut self,
        place: Place,
        key: &str,
        why: &str,
        help: &str,
    ) {
        self.push(
            "unsupported-composition",
            format!("this `{key}` is not supported: {why}"),
            place,
            "cannot become a type",
        )
        .help(help);
    }

    /// A discriminator maps a value to a schema that is not one of the
    /// alternatives.
    pub(crate) fn discriminator_mapping(
        &mut self,
        place: Place,
        target: &str,
        alternatives: &[String],
    ) {
        let name = target.rsplit('/').next().unwrap_or_default();
        let help = did_you_mean(name, alternatives.iter().map(String::as_str)).unwrap_or_else(|| {
            "map to `#/components/schemas/<Name>` of an alternative listed in `oneOf` or `anyOf`".to_owned()
        });
        self.push(
            "discriminator-mapping",
            format!("the discriminator maps to `{target}`, which is not an alternative"),
            place,
            "no such alternative",
        )
        .help(help);
    }

    /// Every value that fits this alternative fits an earlier one, which is
    /// tried first.
    ///
    /// Every value that fits it fits `first`, which is tried before.
    pub(crate) fn alternative_never_chosen(&mut self, place: Place, first: Place) {
        self.push(
            "alternative-never-chosen",
            "an alternative that is never chosen".to_owned(),
            place,
            "whatever fits this",
        )
        .second(first, "fits this too, and this is tried first")
        .help("put the one that requires more first, or tell them apart by a `discriminator`");
    }

    /// Two members or values have wire names that become the same name in Rust.
    pub(crate) fn member_clash(&mut self, place: Place, name: &str, first: Place) {
        self.push("member-clash", 
            format!("two of these are called `{name}` in Rust"),
            place,
            "this one",
        )
        .second(first, "and this one")
        .help("names must differ in more than case and signs; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum");
    }

    /// Two schemas become types of the same name in Rust.
    pub(crate) fn type_clash(&mut self, place: Place, name: &str, first: Place) {
        self.push(
            "type-clash",
            format!("two types are called `{name}` in Rust"),
            place,
            "this one",
        )
        .second(first, "and this one")
        .help("rename one of them; an inline schema is named for its parent and member");
    }

    /// A schema, value or operation would have the name of something that every
    /// client has, or that Rust puts in scope.
    pub(crate) fn reserved_name(&mut self, place: Place, name: &str) {
        self.push(
            "reserved-name",
            format!("`{name}` is the name of something every client has"),
            place,
            "reserved",
        )
        .help("choose another name; `x-rust-name` renames a member, `x-enum-varnames` the values of an enum");
    }

    /// A schema's name is not PascalCase, so that the type would have another
    /// name than the schema.
    pub(crate) fn not_a_type_name(&mut self, place: Place, name: &str, wanted: &str) {
        self.push(
            "not-a-type-name",
            format!("`{name}` is not a schema name"),
            place,
            "not PascalCase",
        )
        .help(format!("write `{wanted}`: acronyms are words"));
    }

    /// `x-rust-name` is not a name in snake_case that Rust has.
    pub(crate) fn not_a_member_name(&mut self, place: Place, name: &str, wanted: &str) {
        self.push(
            "not-a-member-name",
            format!("`{name}` is not a name in Rust"),
            place,
            "not snake_case",
        )
        .help(format!("write `{wanted}`"));
    }

    /// Two parts of one `allOf` declare a member in different ways, and only one
    /// of them could become its type.
    pub(crate) fn member_declared_differently(&mut self, place: Place, name: &str, first: Place) {
        self.push(
            "member-declared-differently",
            format!("parts of one `allOf` declare `{name}` differently"),
            place,
            "this one",
        )
        .second(first, "and this one")
        .help("declare it in one part only");
    }

    /// An operation id is not snake_case, so that the method would have another
    /// name than the operation.
    pub(crate) fn not_an_operation_id(&mut self, place: Place, name: &str, wanted: &str) {
        self.push(
            "not-an-operation-id",
            format!("`{name}` is not an operation id"),
            place,
            "not snake_case",
        )
        .help(format!("write `{wanted}`"));
    }

    /// `x-new` names neither `required` nor the type of an alternative.
    pub(crate) fn new_without_type(&mut self, place: Place, found: &str) {
        let help = did_you_mean(
            found,
            ["required", "integer", "string"].into_iter().filter(|it| *it != found),
        )
        .unwrap_or_else(|| {
            "write `required`, or the type of one alternative of the `oneOf`".to_owned()
        });
        self.push(
            "new-without-type",
            format!("`x-new` cannot be `{found}` here"),
            place,
            "no such alternative",
        )
        .help(help);
    }

    /// A limit is not a whole number, or it is negative.
    pub(crate) fn bad_number(&mut self, place: Place, key: &str, found: &str) {
        self.push(
            "bad-number",
            format!("`{key}` must be a whole number that is not negative"),
            place,
            format!("this is {found}"),
        )
        .help("remove it if there is no limit");
    }
}

/// Operations, parameters and answers.
impl Diagnostics {
    /// Two operations or webhooks have the same id. Ids become methods and name
    /// samples.
    pub(crate) fn duplicate_operation(&mut self, place: Place, id: &str, first: Place) {
        self.push(
            "duplicate-operation",
            format!("the operation id `{id}` stands twice"),
            place,
            "again here",
        )
        .second(first, "first here")
        .help("give each operation and webhook an id of its own");
    }

    /// A path template has braces that do not match, an empty name, or does not
    /// begin with `/`, or it has a query that no parameter sends.
    pub(crate) fn path_syntax(&mut self, place: Place, why: &str) {
        self.push("path-syntax", format!("not a path template: {why}"), place, "here")
            .help("write `/payouts/{payout_id}`");
    }

    /// Two paths differ in nothing but the names of their parameters. To a
    /// provider they are one path.
    pub(crate) fn path_twice(&mut self, place: Place, path: &str, first: Place, other: &str) {
        self.push(
            "path-twice",
            format!("the paths `{path}` and `{other}` are one"),
            place,
            "differs only in the names of parameters",
        )
        .second(first, "from this one")
        .help("write all methods below one of them");
    }

    /// The path has a placeholder for which no parameter is declared.
    ///
    /// `meant` is a path parameter of nearly that name.
    pub(crate) fn undeclared_path_parameter(
        &mut self,
        place: Place,
        name: &str,
        meant: Option<(&str, Place)>,
    ) {
        let message = format!("the path names `{{{name}}}`, but no path parameter is called that");
        let place = self.within(place, &format!("{{{name}}}"));
        let diagnostic = self.push("undeclared-path-parameter", message, place, "not declared");
        match meant {
            Some((meant, at)) => {
                diagnostic
                    .second(at, format!("only `{meant}` is declared"))
                    .help("write the same name in both places");
            }
            None => {
                diagnostic.help("declare it under `parameters` with `in: path`");
            }
        }
    }

    /// A path parameter is declared and the path has no placeholder for it, so
    /// that its value would not be sent.
    pub(crate) fn unused_path_parameter(&mut self, place: Place, name: &str) {
        self.push(
            "unused-path-parameter",
            format!("the path has no `{{{name}}}`"),
            place,
            "this path parameter goes nowhere",
        )
        .help("write it into the path, or remove it here");
    }

    /// An operation has two parameters of the same name in the same place.
    pub(crate) fn duplicate_parameter(&mut self, place: Place, name: &str, first: Place) {
        self.push(
            "duplicate-parameter",
            format!("the parameter `{name}` stands twice"),
            place,
            "again here",
        )
        .second(first, "first here")
        .help("remove one");
    }

    /// OpenAPI does not have this style for parameters of this place.
    pub(crate) fn parameter_style(&mut self, place: Place, found: &Node, known: &[&str]) {
        let found = found.as_str().unwrap_or(found.kind());
        self.push(
            "parameter-style",
            format!("`{found}` is no style of such a parameter"),
            place,
            "here",
        )
        .help(format!("write {}", one_of(known)));
    }

    /// OpenAPI does not say how a value of this shape is written in this style.
    pub(crate) fn parameter_shape(&mut self, place: Place, what: &str) {
        self.push("parameter-shape", format!("{what} cannot be a parameter in this style"), place, "here").help(
            "OpenAPI does not say how it is written; write `style: deepObject` in the query, or `content` with `application/json`, if the provider reads these",
        );
    }

    /// A parameter's schema asks for an encoding that only members of JSON objects have.
    pub(crate) fn parameter_encoding(&mut self, place: Place) {
        let message = "a parameter cannot be written in the way of its schema".to_owned();
        self.push("parameter-encoding", message, place, "here").help(
            "write a schema whose type and format alone say how it is written, such as `type: integer` for milliseconds",
        );
    }

    /// A path parameter is not required. Without its value the path would be
    /// that of another endpoint.
    pub(crate) fn path_parameter_optional(&mut self, place: Place, name: &str) {
        self.push(
            "path-parameter-optional",
            format!("the path parameter `{name}` must be required"),
            place,
            "always needed",
        )
        .help("write `required: true`");
    }

    /// A body has a media type that the runtime cannot encode or decode.
    pub(crate) fn media_type(&mut self, place: Place, found: &str) {
        self.push("media-type", format!("`{found}` cannot be sent"), place, "not one media type")
            .help("write the media type itself, such as `application/json` or `image/png`");
    }

    /// A body's media type wants another kind of schema: a form needs an object, a text a string.
    pub(crate) fn body_schema(&mut self, place: Place, what: &str, wanted: &str) {
        self.push(
            "body-schema",
            format!("the body is {what}, and this schema is none"),
            place,
            "not used",
        )
        .help(format!("write {wanted}"));
    }

    /// `format: binary` is a file, and only a part of a multipart body can be one.
    pub(crate) fn file_outside_parts(&mut self, place: Place) {
        self.push(
            "file-outside-parts",
            "a file is not a part of a body".to_owned(),
            place,
            "holds `format: binary`",
        )
        .help(
            "make it a member of the schema of a `multipart/form-data` body, or write \
             `type: string` if it is text in JSON",
        );
    }

    /// `encoding` asks for a way of writing a member that a form or multipart body does not have.
    pub(crate) fn encoding(&mut self, place: Place, found: &str) {
        self.push(
            "encoding",
            format!("a member cannot be written as `{found}`"),
            place,
            "not here",
        )
        .help("remove it, or see \"Bodies\" in specs/README.md for what can be written how");
    }

    /// `encoding` names a member that the body's schema does not declare.
    pub(crate) fn encoding_member(&mut self, place: Place, name: &str, known: &[&str]) {
        let help = did_you_mean(name, known.iter().copied());
        self.push(
            "encoding-member",
            format!("no member of the body is called `{name}`"),
            place,
            "not a member",
        )
        .help(help.unwrap_or_else(|| "declare it in the schema, or remove this".to_owned()));
    }

    /// A webhook's body is not JSON, and its event could not be given a type.
    pub(crate) fn webhook_body(&mut self, place: Place, found: &str) {
        self.push(
            "webhook-body",
            format!("a webhook cannot be read from `{found}`"),
            place,
            "no JSON",
        )
        .help("write `application/json`, if the provider sends that; else leave it out");
    }

    /// A key under `responses` is neither a status, nor a range, nor `default`.
    pub(crate) fn status(&mut self, place: Place, found: &str) {
        self.is_strange(found, place);
        let upper = found.to_ascii_uppercase();
        let help = match ["2XX", "4XX", "5XX"].contains(&upper.as_str()) {
            true => format!("did you mean `{upper}`?"),
            false => "write a code such as `'200'`, a range such as `2XX` or `4XX`, or `default`"
                .to_owned(),
        };
        self.push("status", format!("`{found}` is not a status"), place, "here").help(help);
    }

    /// An operation declares no success, so that its result would have no type.
    pub(crate) fn no_success(&mut self, place: Place, id: &str) {
        self.push("no-success", format!("`{id}` has no success"), place, "no 2xx response")
            .help("declare the status of a success under `responses`");
    }

    /// `security` names a scheme that is not declared.
    pub(crate) fn unknown_scheme(&mut self, place: Place, name: &str, known: &[&str]) {
        let diagnostic = self.push(
            "unknown-scheme",
            format!("no security scheme is called `{name}`"),
            place,
            "not declared",
        );
        let help = did_you_mean(name, known.iter().copied());
        diagnostic.help(
            help.unwrap_or_else(|| "declare it under `components.securitySchemes`".to_owned()),
        );
    }

    /// A security scheme is of a kind that the runtime cannot apply.
    pub(crate) fn unsupported_scheme(&mut self, place: Place, what: &str) {
        self.push("unsupported-scheme", format!("{what} is not supported"), place, "here")
            .help("write `type: apiKey`, `oauth2`, `openIdConnect` or `mutualTLS`, or `type: http` with `scheme: bearer` or `basic`");
    }

    /// `x-signature` does not say what is signed, with what, and where the
    /// result goes, in a way that can be computed.
    pub(crate) fn signature(&mut self, place: Place, why: &str, help: &str) {
        self.push("signature", format!("`x-signature` {why}"), place, "here").help(help);
    }

    /// The text to sign has a placeholder that stands for nothing.
    pub(crate) fn signature_variable(&mut self, place: Place, name: &str, known: &[&str]) {
        let help = did_you_mean(name, known.iter().copied())
            .unwrap_or_else(|| format!("here can stand {}", quoted(known)));
        self.push(
            "signature-variable",
            format!("`x-signature` does not know `{{{name}}}`"),
            self.within(place, &format!("{{{name}}}")),
            "here",
        )
        .help(help);
    }

    /// `x-token` does not say how a token is fetched, or contradicts the scheme
    /// it stands in.
    pub(crate) fn token(&mut self, place: Place, why: &str, help: &str) {
        self.push("token", format!("`x-token` {why}"), place, "here").help(help);
    }

    /// `x-token` names an operation that does not exist.
    pub(crate) fn token_operation(&mut self, place: Place, id: &str, known: &[&str]) {
        let help = did_you_mean(id, known.iter().copied())
            .unwrap_or_else(|| "name an operation of this spec".to_owned());
        self.push(
            "token-operation",
            format!("no operation is called `{id}`"),
            place,
            "cannot fetch a token with this",
        )
        .help(help);
    }

    /// `x-token` names a member that the body of its operation does not have.
    pub(crate) fn token_member(&mut self, place: Place, name: &str, id: &str, known: &[&str]) {
        let help = did_you_mean(name, known.iter().copied())
            .unwrap_or_else(|| format!("its members are {}", quoted(known)));
        self.push(
            "token-member",
            format!("the body of `{id}` has no member `{name}`"),
            place,
            "here",
        )
        .help(help);
    }

    /// `x-source` cites a source that `x-sources` does not list.
    pub(crate) fn unknown_source(&mut self, place: Place, tag: &str, known: &[&str]) {
        let help = did_you_mean(tag, known.iter().copied())
            .unwrap_or_else(|| "add it to `x-sources` at the root".to_owned());
        self.push("unknown-source", format!("no source is called `{tag}`"), place, "unknown tag")
            .help(help);
    }

    /// A source is listed and nothing cites it.
    pub(crate) fn unused_source(&mut self, place: Place, tag: &str) {
        self.push(
            "unused-source",
            format!("the source `{tag}` is never used"),
            place,
            "nothing cites this",
        )
        .help("cite it in `x-source` or remove it");
    }

    /// `x-idempotency` does not say whether a repeat could pay twice. Retries
    /// depend on it.
    pub(crate) fn idempotency(&mut self, place: Place) {
        self.push("idempotency", "not a kind of idempotency".to_owned(), place, "here")
            .help("write `none`, `repeatable` or `{header: Idempotency-Key}`");
    }

    /// `x-idempotency` names a header that the operation does not declare, so
    /// that the key would not be sent.
    pub(crate) fn idempotency_header(&mut self, place: Place, name: &str) {
        self.push(
            "idempotency-header",
            format!("no header parameter is called `{name}`"),
            place,
            "not declared on this operation",
        )
        .help("declare it under `parameters` with `in: header`");
    }

    /// `x-reconcile` does not say how to find out what became of a call whose
    /// outcome is unknown.
    pub(crate) fn reconcile(&mut self, place: Place) {
        self.push("reconcile", "not a way to reconcile".to_owned(), place, "here").help(
            "write `{operation: list_payouts, match: reference, how: …}` or `{none: <reason>}`",
        );
    }

    /// `x-reconcile` names an operation that does not exist.
    pub(crate) fn reconcile_operation(&mut self, place: Place, id: &str, known: &[&str]) {
        let diagnostic = self.push(
            "reconcile-operation",
            format!("no operation is called `{id}`"),
            place,
            "cannot reconcile with this",
        );
        let help = did_you_mean(id, known.iter().copied());
        diagnostic.help(help.unwrap_or_else(|| "write the `operationId` of one".to_owned()));
    }

    /// `x-reconcile` names a value that the request does not have, so that
    /// nobody could look for it.
    pub(crate) fn reconcile_match(&mut self, place: Place, name: &str, known: &[&str]) {
        let help = did_you_mean(name, known.iter().copied())
            .unwrap_or_else(|| format!("what can be looked for is {}", quoted(known)));
        self.push(
            "reconcile-match",
            format!("the request has no value `{name}`"),
            place,
            "cannot look for this",
        )
        .help(help);
    }

    /// `x-verification` does not say how to prove that an event is the
    /// provider's.
    pub(crate) fn verification(&mut self, place: Place) {
        self.push("verification", "not a way to verify an event".to_owned(), place, "here")
            .help("write `{hmac-sha256: {header: X-Signature}}`, `basic` or `{none: <reason>}`");
    }

    /// A part of `x-verification` cannot be applied as it is written.
    pub(crate) fn verification_part(&mut self, place: Place, why: &str, help: &str) {
        self.push("verification-part", why.to_owned(), place, "here").help(help);
    }

    /// The message that an event's signature covers has a placeholder that
    /// stands for nothing.
    pub(crate) fn verification_variable(&mut self, place: Place, name: &str, known: &[&str]) {
        let help = did_you_mean(name, known.iter().copied()).unwrap_or_else(|| match name {
            "timestamp" => "declare the header it comes in, as `timestamp`".to_owned(),
            _ => format!("here can stand {}", quoted(known)),
        });
        self.push(
            "verification-variable",
            format!("`message` does not know `{{{name}}}`"),
            self.within(place, &format!("{{{name}}}")),
            "here",
        )
        .help(help);
    }

    /// `x-dedupe` does not lead to values that tell one event from another.
    pub(crate) fn dedupe(&mut self, place: Place, why: &str, help: &str) {
        self.push("dedupe", why.to_owned(), place, "here").help(help);
    }

    /// A JSON Pointer does not lead to a member that the schema declares.
    ///
    /// A JSON Pointer must lead to something that the schema declares.
    pub(crate) fn pointer(&mut self, place: Place, pointer: &str, name: &str, known: &[String]) {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            self.push(
                "pointer",
                format!("`{pointer}` is not a JSON Pointer"),
                place,
                "begins without `/`",
            )
            .help(format!("write `/{pointer}`, or `/data/{pointer}` for a member of a member"));
            return;
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let help = did_you_mean(name, known.iter().copied()).unwrap_or_else(|| match *known {
            [] => "only members of objects can be named".to_owned(),
            _ => format!("here can stand {}", quoted(&known)),
        });
        self.push("pointer", format!("there is no member `{name}`"), place, "leads nowhere")
            .help(help);
    }

    /// `x-paging` does not say how the next page is asked for.
    pub(crate) fn paging(&mut self, place: Place) {
        self.push("paging", "not a way of paging".to_owned(), place, "here").help(
            "write `{offset: …, limit: …, items: …}`, `{page: …, items: …}` or `{from: …, to: …, limit: …, items: …, id: …}`",
        );
    }

    /// `x-paging` stands at an operation that is not read with `GET`. Sending
    /// it for every page could change something each time.
    pub(crate) fn paging_method(&mut self, place: Place, verb: &str) {
        self.push(
            "paging-method",
            format!("`x-paging` has no effect on `{verb}`"),
            place,
            "only what is read with `GET` has pages",
        )
        .help("remove it");
    }

    /// `x-paging` names a query parameter that the operation does not declare.
    pub(crate) fn paging_parameter(&mut self, place: Place, name: &str, known: &[&str]) {
        let help = did_you_mean(name, known.iter().copied())
            .unwrap_or_else(|| "declare it under `parameters` with `in: query`".to_owned());
        self.push(
            "paging-parameter",
            format!("no query parameter is called `{name}`"),
            place,
            "not declared on this operation",
        )
        .help(help);
    }

    /// A parameter that pages are asked for with has a type that cannot be
    /// counted or compared as needed.
    pub(crate) fn paging_parameter_type(
        &mut self,
        place: Place,
        name: &str,
        wanted: &str,
        declared: Place,
    ) {
        self.push(
            "paging-parameter-type",
            format!("the parameter `{name}` is not {wanted}"),
            place,
            "cannot page by this",
        )
        .second(declared, "it is this")
        .help(format!("declare it as {wanted}, if it is one"));
    }

    /// `x-paging` names a header that no success declares.
    pub(crate) fn paging_header(&mut self, place: Place, name: &str, known: &[&str]) {
        let help = did_you_mean(name, known.iter().copied()).unwrap_or_else(|| {
            "declare it under `headers` of the success; a place in the body begins with `/`"
                .to_owned()
        });
        self.push(
            "paging-header",
            format!("no success has a header `{name}`"),
            place,
            "not declared",
        )
        .help(help);
    }

    /// A place in the body that `x-paging` points at has another type than
    /// paging needs there.
    pub(crate) fn paging_pointer_type(&mut self, place: Place, pointer: &str, wanted: &str) {
        let what = if pointer.is_empty() { "the body".to_owned() } else { format!("`{pointer}`") };
        self.push(
            "paging-pointer-type",
            format!("{what} is not {wanted}"),
            place,
            "leads to something else",
        )
        .help("point at another member, or correct its schema");
    }

    /// The items that `x-paging` points at in several successes have different
    /// types, so that a stream of them would have none.
    pub(crate) fn paging_items_differ(&mut self, place: Place, first: Place) {
        self.push(
            "paging-items-differ",
            "the items at two places have different types".to_owned(),
            place,
            "this one",
        )
        .second(first, "and this one")
        .help("use one schema for both");
    }

    /// A server's URL or its variables cannot be used as they are written.
    pub(crate) fn server(&mut self, place: Place, why: &str, help: &str) {
        self.push("server", why.to_owned(), place, "here").help(help);
    }

    /// A key that protects against paying twice stands at an operation that
    /// only reads.
    pub(crate) fn safe_operation_key(&mut self, place: Place, key: &str) {
        self.push(
            "safe-operation-key",
            format!("`{key}` has no effect on `GET`"),
            place,
            "reading is always safe",
        )
        .help("remove it");
    }
}

/// Samples.
impl Diagnostics {
    /// The spec refers to a sample that is not there.
    pub(crate) fn unknown_sample(&mut self, place: Place, path: &str, known: &[&str]) {
        let diagnostic = self.push(
            "unknown-sample",
            format!("there is no sample `{path}`"),
            place,
            "no such file",
        );
        let help = did_you_mean(path, known.iter().copied());
        diagnostic.help(help.unwrap_or_else(|| {
            "samples lie in `specs/examples/<provider>`; the path begins at this file".to_owned()
        }));
    }

    /// A sample lies among the others and the spec does not refer to it, so
    /// that nothing is checked against it.
    pub(crate) fn unused_sample(&mut self, place: Place) {
        self.push("unused-sample", "nothing refers to this sample".to_owned(), place, "unused")
            .help(
                "refer to it as an `externalValue` under `examples`, or in `x-parameter-examples`",
            );
    }

    /// A sample's file is named for another place than the one that refers to
    /// it.
    pub(crate) fn sample_name(&mut self, place: Place, path: &str, wanted: &str) {
        self.push(
            "sample-name",
            format!("the sample `{path}` belongs elsewhere"),
            place,
            format!("a sample of this place is called `{wanted}`"),
        )
        .help("rename the file, or refer to it where it belongs");
    }

    /// A sample contradicts the schema of its place and fits another one that
    /// nothing refers to.
    ///
    /// `name` is referred to, and `other` was most likely meant.
    pub(crate) fn sample_fits_another(
        &mut self,
        place: Place,
        name: &str,
        other: &str,
        declared: Place,
        sample: Place,
    ) {
        let (declared, sample) = (self.position(declared), self.position(sample));
        self.push("sample-fits-another", format!("the sample of this place contradicts `{name}`, but fits `{other}`"), place, "the wrong schema?")
            .help(format!("did you mean `{other}`? it is at {declared}, and nothing refers to it; the sample is at {sample}"));
    }

    /// A documented sample and the schema contradict each other. One of them is
    /// wrong, and decoding the real answer might fail after the money has
    /// moved.
    ///
    /// A sample and the spec contradict each other.
    pub(crate) fn sample_contradicts(
        &mut self,
        place: Place,
        label: String,
        sample: Place,
        found: String,
        help: Option<String>,
        n_times: usize,
    ) {
        let at = self.position(sample);
        let diagnostic = self
            .push(
                "sample-contradicts",
                format!("a sample contradicts the spec: {found}"),
                place,
                label,
            )
            .second(sample, "the sample says this");
        let seen = match n_times {
            1 => format!("the sample is at {at}"),
            _ => format!("the sample is at {at}, and it is not the only one"),
        };
        diagnostic.help(help.map_or_else(|| seen.clone(), |it| format!("{it}; {seen}")));
    }
}

/// Other people's documents.
impl Diagnostics {
    /// A document in JSON is not JSON.
    pub(crate) fn json_document_syntax(&mut self, place: Place) {
        let (label, help) = self.json_slip(place).unwrap_or((
            "the document stops making sense here",
            "JSON has no comments, no trailing commas and no member twice",
        ));
        self.push("json-document-syntax", "not JSON".to_owned(), place, label).help(help);
    }

    /// What is wrong where a text stops being JSON, and what to do about it.
    fn json_slip(&self, place: Place) -> Option<(&'static str, &'static str)> {
        let text = &self.files.get(place.file_idx as usize)?.text;
        let (before, rest) = text.split_at_checked(place.start as usize)?;
        let before = before.trim_end();
        Some(match (before.chars().next_back(), rest.chars().next()) {
            (_, None) => ("ends too early", "a bracket, a brace or a quote is not closed"),
            (_, Some('/' | '#')) => ("a comment", "JSON has no comments"),
            (_, Some('\'')) => ("another quote", "write double quotes"),
            (Some(','), Some('}' | ']')) => ("nothing stands behind the comma", "remove the comma"),
            (Some(','), Some(',')) => ("a second comma", "remove the comma"),
            (Some('{' | ','), Some('"')) => ("this member stands twice", "remove one"),
            (Some('"' | '}' | ']' | '0'..='9' | 'a'..='z'), Some('"' | '{' | '[')) => {
                ("no comma stands before this", "write a comma before this")
            }
            (_, Some('T' | 'F' | 'N')) => {
                ("not a value of JSON", "write `true`, `false` or `null` in lower case")
            }
            _ => return None,
        })
    }

    /// The document is of a version of OpenAPI whose keywords are not known here.
    pub(crate) fn foreign_version(&mut self, place: Place, found: &str) {
        let help = match found.starts_with('2') {
            true => {
                "convert the document first: \
                 `npx swagger2openapi --outfile openapi.json <document>` writes OpenAPI 3.0"
            }
            false => "convert the document to OpenAPI 3.0 or 3.1",
        };
        self.push(
            "foreign-version",
            format!("`{found}` is not a version of OpenAPI that is read here"),
            place,
            "here",
        )
        .help(help);
    }

    /// A `$ref` names a file that was not given.
    pub(crate) fn unknown_file(&mut self, place: Place, written: &str) {
        self.push(
            "unknown-file",
            format!("the file of `{written}` is not there"),
            place,
            "cannot be followed",
        )
        .help("the path begins at this file; give the whole folder");
    }

    /// A `$ref` names a URL; nothing is fetched while code is generated.
    pub(crate) fn remote_reference(&mut self, place: Place, written: &str) {
        self.push(
            "remote-reference",
            format!("`{written}` is on another machine"),
            place,
            "is not fetched",
        )
        .help("save it beside this file and refer to that");
    }

    /// No type of Rust fits all values of this schema. They are kept as exact JSON, which loses nothing.
    pub(crate) fn kept_as_json(&mut self, place: Place, why: &str) {
        self.push(
            "kept-as-json",
            format!("kept as JSON of any kind: {why}"),
            place,
            "has no type of its own",
        )
        .help("write one schema that fits all values, if there is one");
    }

    /// A keyword says which values are invalid, and is not checked before sending.
    pub(crate) fn not_checked(&mut self, place: Place, keyword: &str) {
        self.push(
            "not-checked",
            format!("`{keyword}` is not checked"),
            place,
            "the provider checks it",
        )
        .help("say it in the description, if callers should know");
    }

    /// A name is none in Rust, is taken or is that of something every client has.
    pub(crate) fn renamed(&mut self, place: Place, written: &str, name: &str) {
        self.push("renamed", format!("`{written}` is called `{name}` in Rust"), place, "renamed")
            .help(format!("write `{name}`, or another name that follows the rules"));
    }

    /// Nothing in the client comes of this.
    pub(crate) fn left_out(&mut self, place: Place, name: &str) {
        self.push("left-out", format!("`{name}` is left out"), place, "no effect on the client")
            .help("remove it, or refer to it where it is needed");
    }

    /// The document does not say what the client has to know, and something safe is assumed.
    pub(crate) fn assumed(&mut self, place: Place, what: &str, instead: &str) {
        self.push("assumed", what.to_owned(), place, instead).help("say it in the document");
    }

    /// A key that neither OpenAPI nor JSON Schema has. Keys of other tools begin with `x-`.
    pub(crate) fn ignored_key(&mut self, place: Place, what: &str, key: &str, known: &[&str]) {
        let help = did_you_mean(key, known.iter().copied())
            .unwrap_or_else(|| "remove it; keys of other tools begin with `x-`".to_owned());
        self.push("ignored-key", format!("{what} has no key `{key}`"), place, "ignored").help(help);
    }
}

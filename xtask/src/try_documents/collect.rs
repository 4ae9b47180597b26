//! Which files are documents, and which others belong to them.

use std::{
    collections::BTreeSet,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use codegen::{Source, SourceFile, parse};

use crate::usage::Usage;

/// What documents and their parts are called.
const EXTENSIONS: [&str; 3] = ["json", "yaml", "yml"];

/// A document to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// As people know it.
    pub(crate) path: String,
    /// One lower-case word, different for each document.
    pub(crate) provider: String,
    /// What it says about its version of OpenAPI.
    pub(crate) version: Option<String>,
    /// References may lead to files in here.
    folder: Option<PathBuf>,
    /// Of the standard input, which is read once.
    text: Option<String>,
}

/// What was named on the command line.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    /// The documents, in the order of the command line, folders sorted.
    pub(crate) found: Vec<Found>,
    /// Files in folders that are no documents of their own.
    pub(crate) n_parts: usize,
}

/// Finds the documents.
///
/// # Errors
///
/// If something that was named does not exist, has no document or cannot be read.
pub(crate) fn documents(named: &[String]) -> Result<Documents> {
    let mut documents = Documents::default();
    // Who names something twice wants it once, alone or in a folder.
    let mut known: BTreeSet<PathBuf> = BTreeSet::new();
    let mut parts: BTreeSet<PathBuf> = BTreeSet::new();
    let same = |path: &Path| absolute(path).unwrap_or_else(|| path.to_owned());
    for name in named {
        let path = Path::new(name);
        if name == "-" {
            if !known.insert(path.to_owned()) {
                continue;
            }
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("cannot read the input")?;
            documents.push("<stdin>".to_owned(), version(&text), None, Some(text));
        } else if path.is_dir() {
            let mut has_document = false;
            for file in files(path)? {
                let text = fs::read(&file).with_context(|| cannot_read(&file))?;
                let version = version(&String::from_utf8_lossy(&text));
                has_document |= version.is_some();
                if version.is_none() {
                    parts.insert(same(&file));
                } else if known.insert(same(&file)) {
                    documents.push(display(&file), version, Some(path.into()), None);
                }
            }
            if !has_document {
                return Err(Usage::error(format!(
                    "there is no document in {name}: no .json, .yaml or .yml file that has a key `openapi` at the top"
                )));
            }
        } else if path.is_file() {
            if !known.insert(same(path)) {
                continue;
            }
            let text = fs::read(path).with_context(|| cannot_read(path))?;
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            let version = version(&String::from_utf8_lossy(&text));
            documents.push(display(path), version, Some(folder), None);
        } else {
            return Err(Usage::error(format!("there is no file or folder `{name}`")));
        }
    }
    documents.n_parts = parts.difference(&known).count();
    Ok(documents)
}

impl Documents {
    fn push(
        &mut self,
        path: String,
        version: Option<String>,
        folder: Option<PathBuf>,
        text: Option<String>,
    ) {
        let name = provider(&path);
        // A letter, because a digit could make the name of another version.
        let numbered = (2..).map(|it| format!("{name}n{it}"));
        let provider = std::iter::once(name.clone())
            .chain(numbered)
            .find(|name| !self.found.iter().any(|it| it.provider == *name))
            .expect("there are more numbers than documents");
        self.found.push(Found { path, provider, version, folder, text });
    }
}

impl Found {
    /// The one document of a command line; `-` is the standard input.
    pub(super) fn named(name: &str, provider: &str) -> Result<Self> {
        if Path::new(name).is_dir() {
            return Err(Usage::error(format!("{name} is a folder; name the document in it")));
        }
        let mut found = documents(&[name.to_owned()])?.found;
        let found = found.pop().context("what is no folder is one document")?;
        Ok(Self { provider: provider.to_owned(), ..found })
    }

    /// The document with all files that its references reach.
    ///
    /// # Errors
    ///
    /// If the document itself cannot be read.
    pub(crate) fn source(&self) -> Result<Source> {
        let root = match &self.text {
            Some(text) => SourceFile::new(&*self.path, text),
            None => {
                let bytes = fs::read(&self.path).with_context(|| cannot_read(&self.path))?;
                SourceFile::decoded(&*self.path, &bytes)
            }
        };
        let folder = self.folder.as_ref().and_then(|it| absolute(it));
        let mut files = vec![root];
        let mut known = BTreeSet::from([self.path.clone()]);
        let mut next = 0;
        while let Some(file) = files.get(next) {
            next += 1;
            let from = file.path.clone();
            let targets: Vec<String> = references(&file.text).map(str::to_owned).collect();
            for target in targets {
                let Some(path) = parse::relative(&from, &target) else { continue };
                if !known.insert(path.clone()) {
                    continue;
                }
                if let Some(bytes) = folder.as_ref().and_then(|it| inside(it, &path)) {
                    files.push(SourceFile::decoded(path, &bytes));
                }
            }
        }
        Ok(Source { provider: self.provider.clone(), files, samples: Vec::new() })
    }
}

/// The content of a file that a document refers to, unless it lies outside of the
/// folder: a document of strangers does not choose what is read.
fn inside(folder: &Path, path: &str) -> Option<Vec<u8>> {
    let has_name = is_document_name(Path::new(path));
    let spellings = [path.to_owned(), percent_decoded(path)?];
    let found = spellings.iter().filter(|_| has_name).find_map(|it| absolute(Path::new(it)))?;
    if !found.starts_with(folder) {
        return None;
    }
    fs::read(found).ok()
}

fn absolute(path: &Path) -> Option<PathBuf> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    fs::canonicalize(path).ok()
}

/// The files that references in a text lead to, as they are written: relative
/// ones only, each as often as it stands there.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("$ref").filter_map(|(at, key)| {
        let rest = text[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value = rest.strip_prefix(':')?.trim_start();
        let end = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].find(quote)? + 1,
            _ => end_of_name(value)?,
        };
        let value = value[..end].trim_start_matches(['"', '\'']);
        let file = value.split('#').next()?.trim();
        (!file.is_empty() && !file.contains(':') && !file.starts_with('/')).then_some(file)
    })
}

/// Where a file's name without quotes ends: braces and commas can be part of it
/// as well as stand behind it.
fn end_of_name(value: &str) -> Option<usize> {
    let line = value.lines().next()?;
    let ends = line.match_indices('.').filter_map(|(at, _)| {
        let extension = EXTENSIONS.iter().find(|it| line[at + 1..].starts_with(**it))?;
        let end = at + 1 + extension.len();
        (!line[end..].starts_with(|it: char| it.is_alphanumeric() || "._-/".contains(it)))
            .then_some(end)
    });
    ends.min()
}

/// `%7Bid%7D` as it is called on disk.
fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.as_bytes());
        match after.get(..2).and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(b'%');
                rest = after;
            }
        }
    }
    bytes.extend(rest.as_bytes());
    String::from_utf8(bytes).ok()
}

/// The value of the top-level key `openapi` or `swagger`, if there is one.
///
/// This reads no more than it must: whether the text is right is not known yet.
fn version(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}');
    let is_json = text.trim_start().starts_with('{');
    let found = if is_json { version_in_json(text) } else { version_in_yaml(text) };
    // A mapping of this name is something else.
    found.filter(|it| !it.is_empty() && !it.starts_with(['{', '[']))
}

fn version_in_yaml(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let line = line.trim_start_matches(['"', '\'']);
        let rest = line.strip_prefix("openapi").or_else(|| line.strip_prefix("swagger"))?;
        let value = rest.trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')?;
        let value = bare(value.split(" #").next().unwrap_or_default().trim());
        Some(value.trim_matches(['"', '\'']).to_owned())
    })
}

/// A value in YAML without its anchor and its tag.
fn bare(value: &str) -> &str {
    let mut rest = value;
    while rest.starts_with(['&', '!']) {
        rest = rest.split_once(char::is_whitespace).map_or("", |(_, behind)| behind.trim_start());
    }
    rest
}

fn version_in_json(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut idx = 0;
    while let Some(byte) = bytes.get(idx) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let end = end_of_string(bytes, idx)?;
                let key = text.get(idx + 1..end)?;
                let rest = text.get(end + 1..)?.trim_start();
                if depth == 1
                    && ["openapi", "swagger"].contains(&key)
                    && let Some(value) = rest.strip_prefix(':')
                {
                    let value = value.trim_start().trim_start_matches('"');
                    return value.split(['"', ',', '}', '\n']).next().map(str::to_owned);
                }
                idx = end;
            }
            _ => {}
        }
        idx += 1;
    }
    None
}

/// Where the string that begins at `start` ends.
fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut idx = start + 1;
    loop {
        match bytes.get(idx)? {
            b'\\' => idx += 2,
            b'"' => return Some(idx),
            _ => idx += 1,
        }
    }
}

/// The files in a folder that may be documents, sorted. Hidden folders and
/// links to folders are not searched.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| cannot_read(&folder))? {
            let entry = entry.with_context(|| cannot_read(&folder))?;
            let kind = entry.file_type().with_context(|| cannot_read(entry.path()))?;
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && !is_hidden {
                folders.push(entry.path());
            } else if !kind.is_dir() && is_document_name(&entry.path()) && entry.path().is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_document_name(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    EXTENSIONS.contains(&extension)
}

/// A path with forward slashes.
fn display(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// One lower-case word for a document.
fn provider(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    let name = name.rsplit_once('.').map_or(name, |(it, _)| it).to_ascii_lowercase();
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let reserved = ["core", "all", "default", "rustls", "schemars", "test", "tests", "examples"];
    if name.is_empty() || name.starts_with(|it: char| it.is_ascii_digit()) {
        format!("api{name}")
    } else if reserved.contains(&name.as_str()) {
        format!("{name}api")
    } else {
        name
    }
}

fn cannot_read(path: impl AsRef<Path>) -> String {
    format!("cannot read {}", path.as_ref().display())
}

#[cfg(test)]
mod tests {
    use super::{percent_decoded, provider, references, version};

    #[test]
    fn versions() {
        assert_eq!(version("# x\nopenapi: 3.0.3 # y\n").as_deref(), Some("3.0.3"));
        assert_eq!(version("info: {}\n\"openapi\": '3.1.0'\n").as_deref(), Some("3.1.0"));
        assert_eq!(version("paths:\n  openapi: 3.0.3\n"), None);
        assert_eq!(
            version("{\"info\": {\"openapi\": \"}\"}, \"openapi\" : \"3.0.0\"}").as_deref(),
            Some("3.0.0")
        );
        assert_eq!(version("{\"info\": {\"openapi\": \"3.0.0\"}}"), None);
        assert_eq!(version("{\"swagger\":\"2.0\"}").as_deref(), Some("2.0"));
        assert_eq!(version("{\"a\": \"openapi\", \"b\": \"\\\"openapi\\\": 1\""), None);
        assert_eq!(version("\u{feff}openapi: 3.0.3").as_deref(), Some("3.0.3"));
        assert_eq!(version("theme:\n  a: 1\nopenapi:\n  b: 1\n"), None);
        assert_eq!(version("{\"openapi\": {\"b\": 1}}"), None);
        assert_eq!(version("openapi: &v 3.0.3\n").as_deref(), Some("3.0.3"));
        assert_eq!(version("openapi: !!str '3.1.0'\n").as_deref(), Some("3.1.0"));
        assert_eq!(version("openapi: &v !!str 3.1.0\n").as_deref(), Some("3.1.0"));
        assert_eq!(version("openapi: &v\n  b: 1\n"), None);
        assert_eq!(version("openapi: !x {b: 1}\n"), None);
    }

    #[test]
    fn files_that_are_referred_to() {
        let text = "a: {$ref: b.yaml#/x, c: 1}\n  $ref: './d.yaml'\n\"$ref\" : \"../e.json#/y\"\n\
                    $ref: '#/here'\n$ref: https://acme.example/f.yaml\n$ref: /etc/g.yaml\n$ref: h@{id}.yaml\n\
                    $ref: i.yaml.bak\n$ref:\n";
        let found: Vec<&str> = references(text).collect();
        assert_eq!(found, ["b.yaml", "./d.yaml", "../e.json", "h@{id}.yaml"]);
    }

    #[test]
    fn names_of_crates() {
        assert_eq!(provider("a/CheckoutService-v66.json"), "checkoutservicev66");
        assert_eq!(provider("a/2024-01.yaml"), "api202401");
        assert_eq!(provider("core.yaml"), "coreapi");
        assert_eq!(provider("<stdin>"), "stdin");
    }

    #[test]
    fn names_in_urls() {
        assert_eq!(percent_decoded("a@%7Bid%7D.yaml").as_deref(), Some("a@{id}.yaml"));
        assert_eq!(percent_decoded("100%.yaml").as_deref(), Some("100%.yaml"));
        assert_eq!(percent_decoded("%ff"), None);
    }
}

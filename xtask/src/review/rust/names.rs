//! Paths in the text of items.

use std::collections::BTreeSet;

/// The last segment of a path.
pub(super) fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// The text with paths as people write them: items of the crate itself without
/// it, others without the modules that they happen to be in.
pub(super) fn short(text: &str, krate: &str) -> String {
    map(text, |path| {
        if let Some(rest) = path.strip_prefix(krate).and_then(|it| it.strip_prefix("::")) {
            return rest.to_owned();
        }
        let segments: Vec<&str> = path.split("::").collect();
        let is_name = |it: &&str| it.starts_with(|c: char| c.is_ascii_uppercase());
        match segments.iter().position(is_name) {
            Some(at) if !segments[0].is_empty() => segments[at..].join("::"),
            _ => path.to_owned(),
        }
    })
}

/// The text with one path in place of another, wherever it stands or begins.
pub(super) fn replaced(text: &str, path: &str, by: &str) -> String {
    map(text, |it| match it.strip_prefix(path) {
        Some(rest) if rest.is_empty() || rest.starts_with("::") => format!("{by}{rest}"),
        _ => it.to_owned(),
    })
}

/// Collects the segments of all paths that lead into a crate.
pub(super) fn of_crate(text: &str, krate: &str, names: &mut BTreeSet<String>) {
    map(text, |path| {
        let mut segments = path.split("::");
        if segments.next() == Some(krate) {
            names.extend(segments.map(str::to_owned));
        }
        String::new()
    });
}

/// Rewrites every path of a text.
fn map(text: &str, mut rewrite: impl FnMut(&str) -> String) -> String {
    let is_path = |it: char| it.is_alphanumeric() || it == '_' || it == ':';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let n_other = rest.find(is_path).unwrap_or(rest.len());
        out.push_str(&rest[..n_other]);
        rest = &rest[n_other..];
        let n_path = rest.find(|it| !is_path(it)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(n_path);
        // `a::b: T` ends in the colon of the type.
        let path = match word.strip_suffix(':') {
            Some(it) if !it.ends_with(':') => it,
            _ => word,
        };
        if !path.is_empty() {
            out.push_str(&rewrite(path));
        }
        out.push_str(&word[path.len()..]);
        rest = behind;
    }
    out
}

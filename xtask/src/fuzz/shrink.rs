//! A smaller document that shows the same bug.

use std::time::{Duration, Instant};

use codegen::{
    import,
    parse::node::{Node, Value},
};

use super::{Case, write};

/// Nobody waits longer for a small document.
const LONGEST: Duration = Duration::from_secs(20);

/// Drops parts as long as the failure stays the same.
pub(super) fn smallest(mut case: Case, is_same: impl Fn(&Case) -> bool) -> Case {
    let started = Instant::now();
    for idx in (1..case.source.files.len()).rev() {
        if idx == case.file_idx {
            continue;
        }
        let mut fewer = case.clone();
        fewer.source.files.remove(idx);
        fewer.file_idx -= usize::from(idx < fewer.file_idx);
        if is_same(&fewer) {
            case = fewer;
        }
    }
    let mut fewer = case.clone();
    fewer.source.samples.clear();
    if is_same(&fewer) {
        case = fewer;
    }
    let file = &case.source.files[case.file_idx];
    if let Ok(root) = import::values(file) {
        let is_json = file.text.starts_with('{');
        let text = |root: &Node| if is_json { write::json(root) } else { write::yaml(root) };
        let with = |root: &Node| {
            let mut other = case.clone();
            other.source.files[other.file_idx].text = text(root);
            other
        };
        if is_same(&with(&root)) {
            let root = smaller(root, |it| started.elapsed() < LONGEST && is_same(&with(it)));
            return with(&root);
        }
    }
    let lines: Vec<String> =
        case.source.files[case.file_idx].text.lines().map(str::to_owned).collect();
    let with = |lines: &[String]| {
        let mut other = case.clone();
        other.source.files[other.file_idx].text = lines.join("\n");
        other
    };
    let lines = fewer_of(lines, |it| started.elapsed() < LONGEST && is_same(&with(it)));
    let small = with(&lines);
    if is_same(&small) { small } else { case }
}

/// Drops members and items, large ones first.
fn smaller(mut root: Node, is_same: impl Fn(&Node) -> bool) -> Node {
    // Breadth first: what is near the root holds most.
    let mut paths: Vec<Vec<usize>> = vec![Vec::new()];
    let mut next = 0;
    while let Some(path) = paths.get(next).cloned() {
        next += 1;
        let Some(node) = at(&mut root, &path) else { continue };
        let n_parts = match &node.value {
            Value::List(items) => items.len(),
            Value::Map(entries) => entries.len(),
            _ => continue,
        };
        let kept = fewer_of((0..n_parts).collect(), |kept: &[usize]| {
            let mut other = root.clone();
            keep(&mut other, &path, kept);
            is_same(&other)
        });
        keep(&mut root, &path, &kept);
        for idx in 0..kept.len() {
            let mut inner = path.clone();
            inner.push(idx);
            paths.push(inner);
        }
    }
    root
}

fn at<'n>(node: &'n mut Node, path: &[usize]) -> Option<&'n mut Node> {
    let [first, rest @ ..] = path else { return Some(node) };
    let inner = match &mut node.value {
        Value::List(items) => items.get_mut(*first)?,
        Value::Map(entries) => &mut entries.get_mut(*first)?.value,
        _ => return None,
    };
    at(inner, rest)
}

fn keep(root: &mut Node, path: &[usize], kept: &[usize]) {
    match at(root, path).map(|it| &mut it.value) {
        Some(Value::List(items)) => retain(items, kept),
        Some(Value::Map(entries)) => retain(entries, kept),
        _ => {}
    }
}

fn retain<T>(items: &mut Vec<T>, kept: &[usize]) {
    let mut idx = 0;
    items.retain(|_| {
        idx += 1;
        kept.binary_search(&(idx - 1)).is_ok()
    });
}

/// Leaves out ever smaller runs of the items.
fn fewer_of<T: Clone>(mut items: Vec<T>, is_same: impl Fn(&[T]) -> bool) -> Vec<T> {
    let mut run = items.len();
    while run > 0 {
        let mut start = 0;
        while start < items.len() {
            let end = (start + run).min(items.len());
            let mut fewer = items.clone();
            fewer.drain(start..end);
            if is_same(&fewer) {
                items = fewer;
            } else {
                start = end;
            }
        }
        run /= 2;
    }
    items
}

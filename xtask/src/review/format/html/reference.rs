//! The reference of an operation, before and after.

use codegen::model::Api;

use crate::{
    html::escape,
    reference::{self, Part, Row},
};

use super::{
    marks::marked,
    pages::{Call, Side},
};

/// What is shown of a line.
#[derive(Clone, Default, PartialEq, Eq)]
struct Line {
    /// Its name with those of all that it is in.
    path: String,
    name: String,
    depth: usize,
    /// What its values are.
    kind: String,
    /// What it is for.
    docs: String,
}

/// A thing before and after.
type Pair<'p, T> = (Option<&'p T>, Option<&'p T>);

/// Which lines are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    All,
    Changed,
}

/// An operation before and after, as tables; nothing if neither side has it.
pub(super) fn html(
    base: Option<(&Side, Call<'_>)>,
    head: Option<(&Side, Call<'_>)>,
    lines: Lines,
) -> String {
    let parts = |it: Option<(&Side, Call<'_>)>| {
        it.and_then(|(side, call)| Some(parts(side.api.as_ref()?, call))).unwrap_or_default()
    };
    let (before, after) = (parts(base), parts(head));
    let mut html = String::new();
    for (old, new) in pairs(&before, &after, |it| &it.title) {
        let title = old.or(new).map_or("", |it| &it.title);
        let [old, new] = [old, new].map(|it| it.map_or_else(Vec::new, shown));
        html.push_str(&table(title, &pairs(&old, &new, |it| &it.path), lines));
    }
    html
}

fn parts(api: &Api, call: Call<'_>) -> Vec<Part> {
    match call {
        Call::Operation(it) => reference::operation(api, it),
        Call::Webhook(it) => reference::webhook(api, it),
    }
}

fn shown(part: &Part) -> Vec<Line> {
    let line = |it: &Row| Line {
        path: it.path.clone(),
        name: it.name.clone(),
        depth: it.depth,
        kind: it.said(),
        docs: it.docs.clone(),
    };
    part.rows.iter().map(line).collect()
}

/// What has the same name on both sides together, in the order of the new side;
/// what is gone stands behind what it stood behind.
fn pairs<'p, T>(before: &'p [T], after: &'p [T], name: impl Fn(&T) -> &String) -> Vec<Pair<'p, T>> {
    let position = |of: &[T], wanted: &T| of.iter().position(|it| name(it) == name(wanted));
    let mut pairs = Vec::new();
    let gone_from = |start: usize, pairs: &mut Vec<Pair<'p, T>>| {
        let gone = before[start..].iter().take_while(|it| position(after, it).is_none());
        pairs.extend(gone.map(|it| (Some(it), None)));
    };
    gone_from(0, &mut pairs);
    for new in after {
        match position(before, new) {
            None => pairs.push((None, Some(new))),
            Some(idx) => {
                pairs.push((Some(&before[idx]), Some(new)));
                gone_from(idx + 1, &mut pairs);
            }
        }
    }
    pairs
}

fn table(title: &str, rows: &[Pair<'_, Line>], lines: Lines) -> String {
    let mut body = String::new();
    let mut n_hidden = 0;
    for (old, new) in rows {
        if lines == Lines::Changed && old == new {
            n_hidden += 1;
            continue;
        }
        body.push_str(&row(*old, *new));
    }
    let rest = match n_hidden {
        0 => String::new(),
        n => format!(
            "<tr class=\"same\"><td colspan=\"3\">{n} lines that did not change</td></tr>\n"
        ),
    };
    format!(
        "<table class=\"ref\"><caption>{}</caption>\n\
         <thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Before</th>\
         <th scope=\"col\">After</th></tr></thead>\n<tbody>\n{body}{rest}</tbody></table>\n",
        escape(title)
    )
}

fn row(old: Option<&Line>, new: Option<&Line>) -> String {
    let Some(any) = new.or(old) else { return String::new() };
    let depth = any.depth.min(8);
    let name = format!("<th scope=\"row\" class=\"d{depth}\">{}</th>", escape(&any.name));
    let cell = |class: &str, label: &str, kind: &str, docs: &str| {
        let docs = if docs.is_empty() { String::new() } else { format!("<p>{docs}</p>") };
        format!("<td class=\"{class}\" data-label=\"{label}\">{kind}{docs}</td>")
    };
    match (old, new) {
        (Some(old), Some(new)) if old == new => {
            let docs = match escape(&new.docs) {
                docs if docs.is_empty() => docs,
                docs => format!("<p>{docs}</p>"),
            };
            format!(
                "<tr class=\"same\">{name}<td colspan=\"2\">{}{docs}</td></tr>\n",
                escape(&new.kind)
            )
        }
        (Some(old), Some(new)) => {
            let (old_kind, new_kind) = marked(&old.kind, &new.kind);
            let (old_docs, new_docs) = marked(&old.docs, &new.docs);
            let before = cell("old", "Before", &old_kind, &old_docs);
            let after = cell("new", "After", &new_kind, &new_docs);
            format!("<tr class=\"changed\">{name}{before}{after}</tr>\n")
        }
        (Some(old), None) => {
            let before = cell("old", "Before", &escape(&old.kind), &escape(&old.docs));
            format!("<tr class=\"changed\">{name}{before}{}</tr>\n", absent("After", "gone"))
        }
        (None, Some(new)) => {
            let after = cell("new", "After", &escape(&new.kind), &escape(&new.docs));
            format!("<tr class=\"changed\">{name}{}{after}</tr>\n", absent("Before", "not there"))
        }
        (None, None) => String::new(),
    }
}

fn absent(label: &str, word: &str) -> String {
    format!("<td class=\"none\" data-label=\"{label}\">{word}</td>")
}

#[cfg(test)]
mod tests;

//! The lines of a part as a list, in which members stand in what they are in.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::site::{Entry, Kind},
    Ctx,
    facts::scheme_anchor,
};
use crate::{
    html::{code, escape, slug},
    reference::{Note, Row, Tone, Word},
};

/// So many lines are shown at once; what is deeper in a longer part is folded.
const MOST_OPEN: usize = 12;

/// The anchors of lines, by their paths.
pub(super) type Anchors = BTreeMap<String, String>;

/// The anchors of what is in an operation or a schema; where two would have the same,
/// the first has it.
pub(super) fn anchors(of: &str, rows: &[Row]) -> Anchors {
    let mut taken = BTreeSet::new();
    let members = rows.iter().filter(|it| !it.is_alternative);
    let anchors = members.filter_map(|row| {
        let anchor = format!("{}.{}", slug(of), slug(row.path.trim_start_matches('/')));
        taken.insert(anchor.clone()).then(|| (row.path.clone(), anchor))
    });
    anchors.collect()
}

/// What the search finds of the lines of an operation or a schema: those with an anchor.
pub(super) fn entries(kind: Kind, of: &str, rows: &[Row], anchors: &Anchors) -> Vec<Entry> {
    let entry = |row: &Row| {
        Some(Entry {
            kind,
            anchor: anchors.get(&row.path)?.clone(),
            title: row.name.clone(),
            detail: format!("{of} · {}", row.docs),
        })
    };
    rows.iter().filter_map(entry).collect()
}

/// Lines as a list; those with an anchor can be linked to.
pub(super) fn list(ctx: &Ctx<'_>, rows: &[Row], anchors: &Anchors) -> String {
    let is_folded = rows.len() > MOST_OPEN;
    level(ctx, rows, is_folded, anchors)
}

fn level(ctx: &Ctx<'_>, rows: &[Row], is_folded: bool, anchors: &Anchors) -> String {
    let Some(first) = rows.first() else { return String::new() };
    let mut html = String::from("<ul class=\"members\">\n");
    let mut rest = rows;
    while let Some((row, behind)) = rest.split_first() {
        let n_inner = behind.iter().take_while(|it| it.depth > first.depth).count();
        let (inner, next) = behind.split_at(n_inner);
        html.push_str(&item(ctx, row, anchors.get(&row.path)));
        if !inner.is_empty() {
            let list = level(ctx, inner, is_folded, anchors);
            let n_direct = inner.iter().filter(|it| it.depth == inner[0].depth).count();
            html.push_str(&match is_folded {
                true => {
                    let n = crate::shell::counted(n_direct, "member");
                    format!("<details><summary>{n}<span class=\"quiet\"> of {}</span></summary>\n{list}</details>\n", escape(&row.name))
                }
                false => list,
            });
        }
        html.push_str("</li>\n");
        rest = next;
    }
    html.push_str("</ul>\n");
    html
}

fn item(ctx: &Ctx<'_>, row: &Row, anchor: Option<&String>) -> String {
    let id = anchor.map_or_else(String::new, |it| format!(" id=\"{}\"", escape(it)));
    let name = match row.is_alternative {
        true => format!("<em>{}</em>", escape(&row.name)),
        false => format!("<code class=\"name\">{}</code>", escape(&row.name)),
    };
    let sources = ctx.cited(&row.sources);
    let sources = sources.map_or_else(String::new, |it| format!("<p class=\"cited\">{it}</p>\n"));
    format!(
        "<li{id}><div class=\"line\">{name} {}</div>\n{}{sources}",
        said(ctx, row),
        ctx.text(&row.docs)
    )
}

/// What values are, with links to the schemas, and what else is said of them.
pub(super) fn said(ctx: &Ctx<'_>, row: &Row) -> String {
    let kind: String = row.kind.iter().map(|it| word(ctx, it)).collect();
    let kind = match kind.as_str() {
        "" => String::new(),
        kind => format!("<span class=\"kind\">{kind}</span> "),
    };
    let notes: Vec<String> = row.notes.iter().map(note).collect();
    format!("{kind}{}", notes.join(" "))
}

fn word(ctx: &Ctx<'_>, word: &Word) -> String {
    match word {
        Word::Text(it) => escape(it),
        Word::Value(it) => code(it),
        Word::Operation(it) => ctx.operation(it).unwrap_or_else(|| code(it)),
        Word::Schema(it) if ctx.api.schemas.contains_key(it) => {
            format!(
                "<a href=\"{}-schemas.html#{}\">{}</a>",
                ctx.provider.name,
                slug(it),
                escape(it)
            )
        }
        Word::Schema(it) => escape(it),
        Word::Credential(it) => {
            format!("<a href=\"#{}\">{}</a>", scheme_anchor(it), code(it))
        }
    }
}

fn note(note: &Note) -> String {
    let text = escape(&note.text);
    match note.tone {
        Tone::Required => format!("<span class=\"badge required\">{text}</span>"),
        Tone::Money => format!("<span class=\"badge money\">{text}</span>"),
        Tone::Sensitive => format!("<span class=\"badge sensitive\">{text}</span>"),
        Tone::Deprecated => format!("<span class=\"badge deprecated\">{text}</span>"),
        Tone::Optional => format!("<span class=\"note\">{text}</span>"),
        Tone::Plain => format!("<span class=\"note\">{text}</span>"),
    }
}

//! What the search looks in: a script that holds data and does nothing.

use serde_json::json;

use super::site::{Kind, Site};

/// More of a description finds no more.
const MOST_CHARACTERS: usize = 90;

/// The index. Pages and kinds are named once, and told by their numbers.
pub(super) fn index(site: &Site) -> String {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|(_, name)| *name).collect();
    let pages: Vec<_> = site.pages.iter().map(|it| json!([it.path, it.title])).collect();
    let mut text = format!(
        "window.SEARCH = {{\"kinds\":{},\"pages\":{},\"entries\":[\n",
        json!(kinds),
        json!(pages)
    );
    for (page_idx, page) in site.pages.iter().enumerate() {
        let own = json!([0, page_idx, "", page.title, ""]);
        text.push_str(&format!("{own},\n"));
        for entry in &page.entries {
            let kind = Kind::ALL.iter().position(|(it, _)| *it == entry.kind);
            let detail = short(&entry.detail);
            let row = json!([kind, page_idx, entry.anchor, entry.title, detail]);
            text.push_str(&format!("{row},\n"));
        }
    }
    text.push_str("]};\n");
    text
}

/// A text in one line that is not long.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "");
    match line.char_indices().nth(MOST_CHARACTERS) {
        None => line,
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
    }
}

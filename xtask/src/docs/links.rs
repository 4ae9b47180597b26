//! Whether all links lead somewhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result};

use super::site::{Page, Site};

/// What is wrong with the links of a site, whose files these are, and with what its
/// search leads to: the file they are written in, and the link. `rustdoc` is what will be its folder `rustdoc`.
///
/// # Errors
///
/// If something cannot be read.
pub(super) fn problems(
    site: &Site,
    files: &BTreeMap<String, String>,
    rustdoc: Option<&Path>,
) -> Result<Vec<String>> {
    let ids_of = |(path, text): (&String, &String)| {
        let is_page = path.ends_with(".html");
        (path.clone(), if is_page { ids(text) } else { BTreeSet::new() })
    };
    let mut known: BTreeMap<String, BTreeSet<String>> = files.iter().map(ids_of).collect();
    let mut problems = Vec::new();
    for page in &site.pages {
        let Some(text) = files.get(&page.path) else { continue };
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for id in attributes(text, &["id"]) {
            if !seen.insert(id) {
                problems.push(format!("{}: `{id}` is the anchor of two things", source(page)));
            }
        }
        let own = known.get(&page.path);
        for entry in page.entries.iter().filter(|it| !it.anchor.is_empty()) {
            if own.is_none_or(|ids| !ids.contains(&entry.anchor)) {
                let (title, anchor) = (&entry.title, &entry.anchor);
                problems.push(format!(
                    "{}: the search leads with `{title}` to `#{anchor}`, which is not there",
                    source(page)
                ));
            }
        }
        let links: BTreeSet<&str> = attributes(text, &["href", "src"]).into_iter().collect();
        for link in links {
            if let Some(why) = broken(page, link, &mut known, rustdoc)? {
                problems.push(format!("{}: the link `{link}` {why}", source(page)));
            }
        }
    }
    Ok(problems)
}

fn source(page: &Page) -> String {
    format!("{} ({})", page.source, page.path)
}

/// Why a link leads nowhere.
fn broken(
    page: &Page,
    link: &str,
    known: &mut BTreeMap<String, BTreeSet<String>>,
    rustdoc: Option<&Path>,
) -> Result<Option<String>> {
    if ["https://", "http://", "mailto:", "data:"].iter().any(|it| link.starts_with(it)) {
        return Ok(None);
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let Some(path) = resolve(&page.path, path) else {
        return Ok(Some("leaves the site".to_owned()));
    };
    if !known.contains_key(&path)
        && let Some(rest) = path.strip_prefix("rustdoc/")
        && let Some(rustdoc) = rustdoc
    {
        let file = rest.split('/').fold(rustdoc.to_owned(), |path, part| path.join(part));
        if file.is_file() {
            let text = fs::read_to_string(&file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            known.insert(path.clone(), ids(&text));
        }
    }
    Ok(match known.get(&path) {
        None => Some(format!("leads nowhere: there is no {path}")),
        Some(ids) if !anchor.is_empty() && !ids.contains(anchor) => {
            Some(format!("leads nowhere: {path} has no `#{anchor}`"))
        }
        Some(_) => None,
    })
}

/// The file that a link from a page leads to.
fn resolve(from: &str, link: &str) -> Option<String> {
    if link.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn ids(html: &str) -> BTreeSet<String> {
    attributes(html, &["id"]).into_iter().map(str::to_owned).collect()
}

/// The values of attributes in HTML in which all text is escaped.
fn attributes<'h>(html: &'h str, names: &[&str]) -> Vec<&'h str> {
    let mut found = Vec::new();
    for tag in html.split('<').skip(1) {
        if tag.starts_with(['/', '!']) {
            continue;
        }
        let mut rest = tag;
        while let Some((before, after)) = rest.split_once("=\"") {
            let name = before.rsplit([' ', '\n', '"']).next().unwrap_or_default();
            if before.contains('>') {
                break;
            }
            let Some((value, behind)) = after.split_once('"') else { break };
            if names.contains(&name) {
                found.push(value);
            }
            rest = behind;
        }
    }
    found
}

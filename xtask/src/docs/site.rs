//! The site as data: its pages, and where things are on them.

use std::collections::BTreeMap;

use super::{layout, rustdoc::Rustdoc, search};

pub(super) const STYLE: &str = concat!(include_str!("../html/base.css"), include_str!("site.css"));
pub(super) const SCRIPT: &str = concat!(include_str!("../html/base.js"), include_str!("site.js"));

/// All pages.
pub(super) struct Site {
    /// In the order of the menu; the first is the front page.
    pub(super) pages: Vec<Page>,
    /// The documented crates: name and address.
    pub(super) crates: Vec<(String, String)>,
}

/// A page.
pub(super) struct Page {
    /// Its address in the site, with forward slashes.
    pub(super) path: String,
    /// What it is called.
    pub(super) title: String,
    /// Where it stands in the menu.
    pub(super) group: Group,
    /// The file that it is made from.
    pub(super) source: String,
    /// What it says.
    pub(super) body: String,
    /// What the menu has of it.
    pub(super) contents: Vec<Content>,
    /// What can be searched for.
    pub(super) entries: Vec<Entry>,
}

/// A part of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// The front page.
    Home,
    /// What an API is.
    Reference,
    /// What its schemas are, under it.
    Schemas,
    /// For those who work with the specs or run the clients.
    Guides,
    /// About the project.
    Project,
}

/// A part of a page, in the menu.
pub(super) struct Content {
    pub(super) anchor: String,
    pub(super) title: String,
    /// Whether it is in the one before.
    pub(super) is_inner: bool,
}

/// Something that can be searched for.
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// Empty for the page itself.
    pub(super) anchor: String,
    pub(super) title: String,
    /// What else it is found by, and tells it from others.
    pub(super) detail: String,
}

/// What is found, the most wanted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Page,
    Operation,
    Webhook,
    Schema,
    Complaint,
    Section,
    Parameter,
    Member,
}

impl Kind {
    pub(super) const ALL: [(Kind, &str); 8] = [
        (Kind::Page, "page"),
        (Kind::Operation, "operation"),
        (Kind::Webhook, "webhook"),
        (Kind::Schema, "schema"),
        (Kind::Complaint, "diagnostic"),
        (Kind::Section, "section"),
        (Kind::Parameter, "parameter"),
        (Kind::Member, "member"),
    ];
}

impl Site {
    /// A site without pages.
    pub(super) fn new(rustdoc: Option<&Rustdoc>) -> Self {
        let address = |name: &String| (name.clone(), format!("rustdoc/{name}/index.html"));
        let crates = rustdoc.iter().flat_map(|it| &it.crates).map(address);
        let mut crates: Vec<(String, String)> = crates.collect();
        // What is for callers stands before the tools.
        crates.sort_by_key(|(name, _)| !name.starts_with("payouts"));
        Self { pages: Vec::new(), crates }
    }

    /// Its files: path and text.
    pub(super) fn files(&self) -> BTreeMap<String, String> {
        let pages = self.pages.iter().map(|it| (it.path.clone(), layout::html(self, it)));
        let assets = [
            ("assets/site.css", STYLE.to_owned()),
            ("assets/site.js", SCRIPT.to_owned()),
            ("assets/search.js", search::index(self)),
        ];
        pages.chain(assets.map(|(path, text)| (path.to_owned(), text))).collect()
    }
}

/// The way from a page to another file of the site.
pub(super) fn relative(from: &str, to: &str) -> String {
    let folders: Vec<&str> = from.split('/').rev().skip(1).collect();
    let own = folders.iter().rev().fold(String::new(), |path, it| format!("{path}{it}/"));
    match to.strip_prefix(&own) {
        Some(rest) => rest.to_owned(),
        None => format!("{}{to}", "../".repeat(folders.len())),
    }
}

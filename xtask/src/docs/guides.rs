//! Our own pages: the Markdown files of the repository that are for readers.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::{
    markdown::{self, Heading},
    provider::Provider,
    rustdoc::Rustdoc,
    site::{Content, Entry, Group, Kind, Page},
};
use crate::workspace::Workspace;

/// A page of ours.
pub(super) struct Guide {
    /// The file in the repository.
    pub(super) path: &'static str,
    /// Its address in the site.
    pub(super) page: &'static str,
    /// Its name in the menu.
    pub(super) title: &'static str,
    /// Where it stands in the menu.
    group: Group,
    /// What it is for, in a sentence.
    pub(super) about: &'static str,
}

/// All pages of ours, in the menu's order; a workspace need not have all.
const GUIDES: [Guide; 7] = [
    Guide {
        path: "RUNBOOK.md",
        page: "runbook.html",
        title: "Runbook",
        group: Group::Guides,
        about: "What to do when the outcome of a call is unknown.",
    },
    Guide {
        path: "specs/README.md",
        page: "dialect.html",
        title: "Spec dialect",
        group: Group::Guides,
        about: "What a spec can say, and what becomes of it in Rust.",
    },
    Guide {
        path: "specs/DIAGNOSTICS.md",
        page: "diagnostics.html",
        title: "Diagnostics",
        group: Group::Guides,
        about: "Every complaint of the generator, with an example and how to fix it.",
    },
    Guide {
        path: "README.md",
        page: "readme.html",
        title: "Read me",
        group: Group::Project,
        about: "What the clients are and how they are used.",
    },
    Guide {
        path: "CHANGELOG.md",
        page: "changelog.html",
        title: "Changelog",
        group: Group::Project,
        about: "What changed for users, per version and crate.",
    },
    Guide {
        path: "ARCHITECTURE.md",
        page: "architecture.html",
        title: "Architecture",
        group: Group::Project,
        about: "How it works and where things are.",
    },
    Guide {
        path: "CONTRIBUTING.md",
        page: "contributing.html",
        title: "Contributing",
        group: Group::Project,
        about: "Recipes for everyday changes.",
    },
];

/// Those that the workspace has.
///
/// # Errors
///
/// If one cannot be read.
pub(super) fn read(workspace: &Workspace) -> Result<Vec<Guide>> {
    let mut found = Vec::new();
    for guide in GUIDES {
        if workspace.path(guide.path).is_file() {
            found.push(guide);
        }
    }
    Ok(found)
}

/// Where files of the repository are in the site.
pub(super) fn targets(
    providers: &[Provider],
    rustdoc: Option<&Rustdoc>,
    guides: &[Guide],
) -> BTreeMap<String, String> {
    let mut targets = BTreeMap::new();
    for guide in guides {
        targets.insert(guide.path.to_owned(), guide.page.to_owned());
    }
    let has_crate = |name: &str| rustdoc.is_some_and(|it| it.crates.iter().any(|it| it == name));
    if has_crate("payouts") {
        let page = "rustdoc/payouts/index.html";
        targets.insert("crates/payouts/README.md".to_owned(), page.to_owned());
    }
    for provider in providers {
        let name = &provider.name;
        let (krate, page) = (format!("payouts_{name}"), provider.page());
        let readme = match has_crate(&krate) {
            true => format!("rustdoc/{krate}/index.html"),
            false => page.clone(),
        };
        targets.insert(format!("crates/payouts-{name}/README.md"), readme);
        targets.insert(format!("specs/{name}.yaml"), page);
    }
    targets
}

/// A guide as a page.
///
/// # Errors
///
/// If it cannot be read, or a link in it leads to no file.
pub(super) fn page(
    workspace: &Workspace,
    guide: &Guide,
    targets: &BTreeMap<String, String>,
) -> Result<Page> {
    let text = workspace.read(guide.path)?.with_context(|| format!("{} is gone", guide.path))?;
    let files = |path: &str| workspace.path(path).exists();
    let written = markdown::page(&text, guide.path, guide.page, targets, &files)?;
    let is_catalogue = guide.path == "specs/DIAGNOSTICS.md";
    let below_title: Vec<&Heading> = written.headings.iter().filter(|it| it.level > 1).collect();
    let contents = below_title.iter().filter(|it| it.level == 2);
    let contents = contents.map(|it| Content {
        anchor: it.anchor.clone(),
        title: it.title.clone(),
        is_inner: false,
    });
    let entry = |it: &&Heading| Entry {
        kind: if is_catalogue && it.level == 3 { Kind::Complaint } else { Kind::Section },
        anchor: it.anchor.clone(),
        title: it.title.clone(),
        detail: it.first.clone(),
    };
    Ok(Page {
        path: guide.page.to_owned(),
        title: guide.title.to_owned(),
        group: guide.group,
        source: guide.path.to_owned(),
        body: format!("<article class=\"prose guide\">\n{}</article>\n", written.html),
        contents: contents.collect(),
        entries: below_title.iter().map(entry).collect(),
    })
}

//! The extensions of the dialect, from their JSON Schema.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::site::{Content, Entry, Group, Kind, Page};
use crate::{
    html::{escape, slug},
    workspace::Workspace,
};

const SCHEMA: &str = "specs/extensions.schema.json";

#[derive(Deserialize)]
struct Schema<'t> {
    #[serde(default)]
    description: String,
    #[serde(rename = "$defs", borrow)]
    definitions: BTreeMap<String, &'t RawValue>,
}

#[derive(Deserialize)]
struct Definition {
    #[serde(default)]
    description: String,
}

/// The page, if the workspace has the schema.
///
/// # Errors
///
/// If the schema is not JSON.
pub(super) fn page(workspace: &Workspace) -> Result<Option<Page>> {
    let Some(text) = workspace.read(SCHEMA)? else { return Ok(None) };
    let schema: Schema<'_> =
        serde_json::from_str(&text).with_context(|| format!("cannot read {SCHEMA}"))?;
    let mut body = format!(
        "<article class=\"prose guide\">\n<h1>Extensions of the dialect</h1>\n<p>{}</p>\n\
         <p>The definitions are those of <code>{SCHEMA}</code>, which editors can use, too.</p>\n",
        escape(&schema.description)
    );
    let (mut contents, mut entries) = (Vec::new(), Vec::new());
    let mut definitions: Vec<(&String, &RawValue)> =
        schema.definitions.iter().map(|(name, it)| (name, *it)).collect();
    // In the order of the file, whose text they are.
    definitions.sort_by_key(|(_, it)| it.get().as_ptr() as usize);
    for (name, definition) in definitions {
        let (anchor, title) = (slug(name), escape(name));
        let about: Definition = serde_json::from_str(definition.get())
            .with_context(|| format!("cannot read {name} in {SCHEMA}"))?;
        let code = definition.get().replace("\n    ", "\n");
        body.push_str(&format!(
            "<h2 id=\"{anchor}\"><code>{title}</code> <a class=\"anchor\" href=\"#{anchor}\" aria-label=\"Link to this section\">#</a></h2>\n\
             <p>{}</p>\n<pre tabindex=\"0\"><code>{}</code></pre>\n",
            escape(&about.description),
            escape(&code)
        ));
        contents.push(Content { anchor: anchor.clone(), title: name.clone(), is_inner: false });
        entries.push(Entry {
            kind: Kind::Section,
            anchor,
            title: name.clone(),
            detail: about.description,
        });
    }
    body.push_str("</article>\n");
    Ok(Some(Page {
        path: "extensions.html".to_owned(),
        title: "Extensions".to_owned(),
        group: Group::Guides,
        source: SCHEMA.to_owned(),
        body,
        contents,
        entries,
    }))
}

//! Spec text in, client crates or diagnostics out; no IO.
//!
//! The stages, in order: [`parse`] gives every value its place, [`model`] says
//! what the document means and complains, [`lower`] writes a document that
//! progenitor always takes, [`bind`] has progenitor bind it to Rust,
//! [`refine`] turns that into the client we want, [`render`] makes text of it.

pub mod bind;
pub mod diagnostics;
pub mod import;
pub mod lower;
pub mod model;
mod names;
pub mod parse;
pub mod refine;
pub mod render;
pub mod source;

use std::sync::Arc;

use crate::bind::Culprit;
pub use crate::{
    diagnostics::{Color, Diagnostics, Format, Severity},
    import::{ImportOptions, Imported, Origin, Proposal, Skipped, import},
    render::Output,
    source::{Source, SourceFile},
};

/// Turns a spec into the files of its client crate.
///
/// # Errors
///
/// Everything that is wrong with the spec, at once.
pub fn generate(source: &Source) -> Result<Output, Diagnostics> {
    let (api, document) = read(source)?;
    output(&api, &document)
}

/// Turns what a document means into files.
///
/// # Errors
///
/// Nothing in the document is wrong any more; this is where progenitor gives up.
pub fn output(api: &model::Api, document: &parse::Document) -> Result<Output, Diagnostics> {
    let rust = bind::checked(&lower::document(api));
    let rust = rust.map_err(|it| not_bound(it, api, document))?;
    Ok(render::output(api, refine::krate(&rust, api)))
}

fn not_bound(culprit: Culprit, api: &model::Api, document: &parse::Document) -> Diagnostics {
    let (what, place) = match culprit {
        Culprit::Type(idx) => api.types.get_index(idx).map(|(name, it)| (name, it.place)),
        Culprit::Operation(idx) => api.operations.get(idx).map(|it| (&it.id, it.place)),
        Culprit::Document => None,
    }
    .map_or(("the document", document.root.place), |(name, place)| (name.as_str(), place));
    let mut diags = Diagnostics::new(Arc::clone(&document.files));
    diags.not_bound(place, what);
    diags
}

/// Reads what a spec means, without generating anything.
///
/// # Errors
///
/// Everything that is wrong with the spec, at once.
pub fn load(source: &Source) -> Result<model::Api, Diagnostics> {
    read(source).map(|(api, _)| api)
}

/// A spec that a person has confirmed.
fn read(source: &Source) -> Result<(model::Api, parse::Document), Diagnostics> {
    let document = parse::document(source)?;
    let api = model::api(&document);
    let confirmed = import::write::unconfirmed(&document).ok();
    match (api, confirmed) {
        (Ok(api), Ok(())) => Ok((api, document)),
        (Ok(_), Err(found)) | (Err(found), Ok(())) => Err(found),
        (Err(mut found), Err(unconfirmed)) => {
            found.merge(unconfirmed);
            Err(found)
        }
    }
}

/// Files that list all providers: the facade and the tests' table.
pub fn shared(providers: &[String]) -> Vec<(String, String)> {
    render::shared(providers)
}

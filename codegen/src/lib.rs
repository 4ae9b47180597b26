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

pub use crate::{
    diagnostics::{Color, Diagnostics, Format, Severity},
    import::{ImportOptions, Imported, Proposal, Skipped, import},
    render::Output,
    source::{Source, SourceFile},
};

/// Turns a spec into the files of its client crate.
///
/// # Errors
///
/// Everything that is wrong with the spec, at once.
pub fn generate(source: &Source) -> Result<Output, Diagnostics> {
    Ok(output(&load(source)?))
}

/// Turns what a document means into files. Cannot fail.
fn output(api: &model::Api) -> Output {
    let lowered = lower::document(api);
    let rust = bind::file(&lowered);
    let krate = refine::krate(&rust, api);
    render::output(api, &krate)
}

/// Reads what a spec means, without generating anything.
///
/// # Errors
///
/// Everything that is wrong with the spec, at once.
pub fn load(source: &Source) -> Result<model::Api, Diagnostics> {
    let document = parse::document(source)?;
    let api = model::api(&document);
    let confirmed = import::write::unconfirmed(&document).ok();
    match (api, confirmed) {
        (Ok(api), Ok(())) => Ok(api),
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

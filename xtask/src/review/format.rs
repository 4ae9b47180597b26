//! Prints a review: for the terminal, as a comment, for scripts, as a page.
//!
//! What is said about a change is decided before; here it is only put in order,
//! in words and into the alphabet of each format. Nothing from a spec is trusted
//! in any of them.

mod html;
mod json;
mod markdown;
mod text;
mod view;
mod words;

pub(crate) use self::{
    html::{ProviderPages, html},
    json::json,
    markdown::markdown,
    text::text,
};

#[cfg(test)]
mod example;
#[cfg(test)]
mod tests;

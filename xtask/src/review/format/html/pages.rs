//! What the page needs beside the review: both sides of a spec.

use codegen::{
    Source, SourceFile,
    model::{Api, operation::Operation, webhook::Webhook},
};

use crate::reference;

/// The spec of a provider, before and after.
pub(crate) struct ProviderPages {
    /// Its name.
    pub(crate) provider: String,
    /// Before; nothing if there was no spec.
    pub(crate) base: Option<Side>,
    /// After; nothing if there is none any more.
    pub(crate) head: Option<Side>,
}

/// One side of a spec.
pub(crate) struct Side {
    /// Its files, in the order that places in `api` count them.
    pub(crate) files: Vec<SourceFile>,
    /// What it means, unless it cannot be read.
    pub(crate) api: Option<Api>,
}

impl ProviderPages {
    /// Reads both sides.
    pub(crate) fn new(provider: &str, base: Option<&Source>, head: Option<&Source>) -> Self {
        Self { provider: provider.to_owned(), base: base.map(Side::new), head: head.map(Side::new) }
    }
}

impl Side {
    /// Reads a side; one with mistakes has its text only.
    pub(crate) fn new(source: &Source) -> Self {
        Self { files: reference::files(source), api: codegen::load(source).ok() }
    }

    /// What is called so, or has this method and path.
    pub(super) fn call(&self, id: &str, title: &str) -> Option<Call<'_>> {
        let api = self.api.as_ref()?;
        let operation = api.operations.iter().find(|it| it.id == id);
        let operation = operation
            .or_else(|| api.operations.iter().find(|it| same_call(title, &it.method, &it.path)));
        let webhook = || api.webhooks.iter().find(|it| it.id == id).map(Call::Webhook);
        operation.map(Call::Operation).or_else(webhook)
    }

    /// The file and the lines, from 0, where it is written.
    pub(super) fn lines(&self, call: Call<'_>) -> Option<(&str, std::ops::Range<usize>)> {
        let place = match call {
            Call::Operation(it) => it.place,
            Call::Webhook(it) => it.place,
        };
        let (file, line_idx) = reference::line(&self.files, place)?;
        Some((&file.path, block(&file.text, line_idx)))
    }
}

/// The lines of the mapping that line `line_idx` is a member of, with the line
/// of its key: all that is not indented less.
fn block(text: &str, line_idx: usize) -> std::ops::Range<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |it: &str| it.len() - it.trim_start().len();
    let Some(own) = lines.get(line_idx).map(|it| indent(it)) else { return line_idx..line_idx };
    let is_inside = |it: &&str| it.trim().is_empty() || indent(it) >= own;
    let n_above = lines[..line_idx].iter().rev().take_while(|it| is_inside(it)).count();
    let n_below = lines[line_idx..].iter().take_while(|it| is_inside(it)).count();
    (line_idx - n_above).saturating_sub(1)..line_idx + n_below
}

/// `POST /payouts/{id}`, whatever the braces hold.
fn same_call(title: &str, method: &str, path: &str) -> bool {
    let plain = |path: &str| {
        let segment = |it: &str| if it.starts_with('{') { "{}".to_owned() } else { it.to_owned() };
        path.split('/').map(segment).collect::<Vec<_>>().join("/")
    };
    title.split_once(' ').is_some_and(|(a, b)| a == method && plain(b) == plain(path))
}

/// Something that is called, by us or by the provider.
#[derive(Clone, Copy)]
pub(super) enum Call<'a> {
    Operation(&'a Operation),
    Webhook(&'a Webhook),
}

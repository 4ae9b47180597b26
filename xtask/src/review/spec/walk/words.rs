//! What has changed, as the beginning or the whole of a sentence.

use codegen::parse::node::{Entry, Node};

use super::changed;
use crate::review::spec::side::{WrittenOperation, component_of, short};

/// `POST /payouts`.
pub(in crate::review::spec) fn title(it: &WrittenOperation<'_>) -> String {
    format!("{} {}", it.method.to_ascii_uppercase(), it.path)
}

pub(super) fn was_is(key: &str, a: Option<&Entry>, b: Option<&Entry>) -> String {
    was_is_nodes(key, a.map(|it| &it.value), b.map(|it| &it.value))
}

pub(super) fn was_is_nodes(key: &str, a: Option<&Node>, b: Option<&Node>) -> String {
    match (a, b) {
        (Some(a), Some(b)) => match only_difference(a, b) {
            Some((inner, a, b)) => was_is_nodes(&format!("{key}.{inner}"), a, b),
            None => format!("`{key}` is `{}`, was `{}`", short(b), short(a)),
        },
        (Some(a), None) => format!("`{key}` is gone, was `{}`", short(a)),
        (_, Some(b)) => format!("`{key}` is `{}` now", short(b)),
        (None, None) => format!("`{key}` has changed"),
    }
}

/// The one key in which two mappings differ, if it is one.
fn only_difference<'d>(
    a: &'d Node,
    b: &'d Node,
) -> Option<(&'d str, Option<&'d Node>, Option<&'d Node>)> {
    let is_plain = |it: &Node| it.as_map().is_some() && component_of(it).is_none();
    if !is_plain(a) || !is_plain(b) {
        return None;
    }
    match changed(a, b).as_slice() {
        [(key, a, b)] if a.is_some() || b.is_some() => {
            Some((key, a.map(|it| &it.value), b.map(|it| &it.value)))
        }
        _ => None,
    }
}

pub(super) fn words_summary(
    subject: &str,
    key: &str,
    a: Option<&Node>,
    b: Option<&Node>,
) -> String {
    // `tags`, `responses`, `enumDescriptions`; `info` and `description` are one.
    let is_many = key.ends_with('s');
    let what = match (a, b) {
        (None, _) if is_many => "are new",
        (None, _) => "is new",
        (_, None) if is_many => "are gone",
        (_, None) => "is gone",
        _ if is_many => "have changed",
        _ => "has changed",
    };
    format!("The {} of {subject} {what}.", key.trim_start_matches("x-"))
}

//! Markdown as HTML: our own pages, and the texts of specs, which are not trusted.
//!
//! Raw HTML becomes text, images their description, and a link that is neither
//! within the site nor an address of the web nothing but its text.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html,
};

use super::site::relative;
use crate::{html::escape, text::visible};

/// A page in HTML.
pub(super) struct Written {
    pub(super) html: String,
    pub(super) headings: Vec<Heading>,
}

/// A heading that can be linked to.
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) anchor: String,
    pub(super) title: String,
    /// The first words below it.
    pub(super) first: String,
}

/// What a link of a page becomes.
enum Target {
    /// A link to this address.
    Address(String),
    /// Its text.
    Text,
}

/// A file of ours as HTML. `from` is the file, `page` its address in the site,
/// `targets` where other files are in the site; `exists` says which files the
/// repository has.
///
/// # Errors
///
/// If a link leads to a file that the repository does not have.
pub(super) fn page(
    text: &str,
    from: &str,
    page: &str,
    targets: &BTreeMap<String, String>,
    exists: &dyn Fn(&str) -> bool,
) -> Result<Written> {
    let mut events: Vec<Event<'_>> = safe(Parser::new_ext(text, options()));
    let mut problem = None;
    rewrite(&mut events, |link| match target(link, from, page, targets, exists) {
        Ok(it) => it,
        Err(error) => {
            problem.get_or_insert(error);
            Target::Text
        }
    });
    if let Some(problem) = problem {
        return Err(problem);
    }
    let headings = headings(&mut events);
    Ok(Written { html: written(scrolling(events)), headings })
}

/// A text of a spec as HTML. `sources` says what the tags of sources in brackets
/// lead to, `code` what a piece of code does.
pub(super) fn text(
    text: &str,
    sources: &[(String, String)],
    code: &dyn Fn(&str) -> Option<String>,
) -> String {
    let mut text = visible(text).replace([CITED, CITED_END], "\u{fffd}");
    for (idx, (tag, _)) in sources.iter().enumerate() {
        text = text.replace(&format!("[{tag}]"), &citation(idx));
    }
    let mut events = safe(Parser::new_ext(&text, options()));
    rewrite(&mut events, |link| match is_of_the_web(link) {
        true => Target::Address(link.to_owned()),
        false => Target::Text,
    });
    for event in &mut events {
        if let Event::Start(Tag::Heading { level, .. }) | Event::End(TagEnd::Heading(level)) = event
        {
            // Below those of the page.
            *level = HeadingLevel::H5;
        }
    }
    written(scrolling(linked(events, sources, code)))
}

/// With links for what `text` knows, wherever a link can stand.
fn linked<'t>(
    events: Vec<Event<'t>>,
    sources: &[(String, String)],
    code: &dyn Fn(&str) -> Option<String>,
) -> Vec<Event<'t>> {
    let mut linked = Vec::with_capacity(events.len());
    // In so many links and blocks of code.
    let mut depth = 0_usize;
    for mut event in events {
        match &mut event {
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                depth += 1;
                *dest_url = named(dest_url, sources).into();
                *title = named(title, sources).into();
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                depth += 1;
                if let CodeBlockKind::Fenced(info) = kind {
                    *info = named(info, sources).into();
                }
            }
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => depth = depth.saturating_sub(1),
            Event::Text(text) if depth > 0 => *text = named(text, sources).into(),
            Event::Text(text) => {
                linked.extend(cited(text, sources));
                continue;
            }
            Event::Code(text) => {
                let name = named(text, sources);
                if depth == 0
                    && let Some(href) = code(&name)
                {
                    let (href, name) = (escape(&href), escape(&name));
                    let link = format!("<a href=\"{href}\"><code>{name}</code></a>");
                    event = Event::InlineHtml(link.into());
                } else {
                    *text = name.into();
                }
            }
            _ => {}
        }
        linked.push(event);
    }
    linked
}

const CITED: char = '\u{e000}';
const CITED_END: char = '\u{e001}';

/// What stands for a source while the text is read: Markdown has no word for two
/// links side by side. What others wrote with these characters is replaced first.
fn citation(idx: usize) -> String {
    format!("{CITED}{idx}{CITED_END}")
}

/// A text with the tags of sources in place of what stands for them.
fn named(text: &str, sources: &[(String, String)]) -> String {
    let piece = |it: Piece<'_>| match it {
        Piece::Text(it) => it.to_owned(),
        Piece::Source((tag, _)) => format!("[{tag}]"),
    };
    pieces(text, sources).into_iter().map(piece).collect()
}

/// The same, with links to the sources.
fn cited<'t>(text: &str, sources: &[(String, String)]) -> Vec<Event<'t>> {
    let piece = |it: Piece<'_>| match it {
        Piece::Text(it) => Event::Text(it.to_owned().into()),
        Piece::Source((tag, href)) => {
            let (href, tag) = (escape(href), escape(tag));
            Event::InlineHtml(format!("<a class=\"source\" href=\"{href}\">[{tag}]</a>").into())
        }
    };
    pieces(text, sources).into_iter().map(piece).collect()
}

enum Piece<'t> {
    Text(&'t str),
    /// A tag and what it leads to.
    Source(&'t (String, String)),
}

/// A text cut at what stands for sources.
fn pieces<'t>(text: &'t str, sources: &'t [(String, String)]) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(CITED)
        && let Some((idx, behind)) = after.split_once(CITED_END)
        && let Some(source) = idx.parse().ok().and_then(|it: usize| sources.get(it))
    {
        pieces.extend([Piece::Text(before), Piece::Source(source)]);
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces.retain(|it| !matches!(it, Piece::Text("")));
    pieces
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

fn written(events: Vec<Event<'_>>) -> String {
    let mut html = String::new();
    html::push_html(&mut html, events.into_iter());
    html
}

/// Without HTML and images.
fn safe<'t>(parser: Parser<'t>) -> Vec<Event<'t>> {
    let mut events = Vec::new();
    // Of a block, which come one by one.
    let mut lines = String::new();
    for event in parser {
        match event {
            Event::Start(Tag::HtmlBlock) => lines.clear(),
            Event::Html(it) => lines.push_str(&it),
            Event::End(TagEnd::HtmlBlock) => {
                let text = without_comments(&lines);
                if !text.trim().is_empty() {
                    events.push(Event::Start(Tag::Paragraph));
                    events.push(Event::Text(text.trim().to_owned().into()));
                    events.push(Event::End(TagEnd::Paragraph));
                }
            }
            Event::InlineHtml(it) => events.push(Event::Text(without_comments(&it).into())),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            event => events.push(event),
        }
    }
    events
}

/// Comments are for whoever reads the file itself.
fn without_comments(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// Gives every link its target.
fn rewrite<'t>(events: &mut Vec<Event<'t>>, mut target: impl FnMut(&str) -> Target) {
    let mut is_kept = Vec::new();
    events.retain_mut(|event| match event {
        Event::Start(Tag::Link { dest_url, link_type, .. }) => {
            let dest = match link_type {
                LinkType::Email => format!("mailto:{dest_url}"),
                _ => dest_url.to_string(),
            };
            let target = target(&dest);
            is_kept.push(matches!(target, Target::Address(_)));
            match target {
                Target::Address(it) => {
                    *dest_url = CowStr::from(it);
                    *link_type = LinkType::Inline;
                    true
                }
                Target::Text => false,
            }
        }
        Event::End(TagEnd::Link) => is_kept.pop().unwrap_or(true),
        _ => true,
    });
}

/// Where a link of one of our files leads.
fn target(
    link: &str,
    from: &str,
    page: &str,
    targets: &BTreeMap<String, String>,
    exists: &dyn Fn(&str) -> bool,
) -> Result<Target> {
    if link.starts_with('#') || is_of_the_web(link) {
        return Ok(Target::Address(link.to_owned()));
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let Some(path) = codegen::parse::relative(from, path) else {
        bail!("{from}: the link `{link}` leaves the repository");
    };
    let path = path.trim_end_matches('/');
    match targets.get(path) {
        Some(found) => {
            let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
            Ok(Target::Address(format!("{}{anchor}", relative(page, found))))
        }
        None if exists(path) => Ok(Target::Text),
        None => bail!("{from}: the link `{link}` leads nowhere: there is no {path}"),
    }
}

fn is_of_the_web(link: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|it| link.starts_with(it))
}

/// Gives the headings their anchors, as GitHub does, and a link to them.
fn headings(events: &mut Vec<Event<'_>>) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut starts = Vec::new();
    for (idx, event) in events.iter().enumerate() {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            let is_inside = |it: &&Event<'_>| !matches!(it, Event::End(TagEnd::Heading(_)));
            let title: String = events[idx + 1..].iter().take_while(is_inside).map(plain).collect();
            let behind = events[idx + 1..].iter().skip_while(is_inside).skip(1);
            let is_before_next = |it: &&Event<'_>| {
                !matches!(it, Event::Start(Tag::Heading { .. }) | Event::End(TagEnd::Paragraph))
            };
            let first = behind.take_while(is_before_next).map(plain).collect();
            let anchor = unique(&slug(&title), &found);
            found.push(Heading { level: *level as usize, anchor, title, first });
            starts.push(idx);
        }
    }
    let mut numbers = found.iter();
    let mut open = String::new();
    let mut linked = Vec::with_capacity(events.len());
    for mut event in events.drain(..) {
        if let Event::Start(Tag::Heading { id, .. }) = &mut event
            && let Some(heading) = numbers.next()
        {
            open.clone_from(&heading.anchor);
            *id = Some(CowStr::from(heading.anchor.clone()));
        }
        if let Event::End(TagEnd::Heading(level)) = event
            && level > HeadingLevel::H1
        {
            let link = format!(
                " <a class=\"anchor\" href=\"#{open}\" aria-label=\"Link to this section\">#</a>"
            );
            linked.push(Event::InlineHtml(link.into()));
        }
        linked.push(event);
    }
    *events = linked;
    found
}

fn plain<'e>(event: &'e Event<'_>) -> &'e str {
    match event {
        Event::Text(it) | Event::Code(it) => it,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    }
}

/// What GitHub makes of a heading.
fn slug(title: &str) -> String {
    let kept = |it: char| match it {
        ' ' => Some('-'),
        '-' | '_' => Some(it),
        it if it.is_alphanumeric() => Some(it),
        _ => None,
    };
    title.trim().to_lowercase().chars().filter_map(kept).collect()
}

fn unique(slug: &str, found: &[Heading]) -> String {
    let is_taken = |name: &str| found.iter().any(|it| it.anchor == name);
    if !is_taken(slug) {
        return slug.to_owned();
    }
    (1..).map(|n| format!("{slug}-{n}")).find(|it| !is_taken(it)).unwrap_or_default()
}

/// Tables and code that are wider than a phone are scrolled by themselves, with
/// keys as well.
fn scrolling(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut wrapped = Vec::with_capacity(events.len());
    for event in events {
        let is_start = matches!(event, Event::Start(Tag::Table(_)));
        let is_end = matches!(event, Event::End(TagEnd::Table));
        if is_start {
            let open = "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">";
            wrapped.push(Event::Html(open.into()));
        }
        wrapped.push(event);
        if is_end {
            wrapped.push(Event::Html("</div>\n".into()));
        }
    }
    wrapped
}

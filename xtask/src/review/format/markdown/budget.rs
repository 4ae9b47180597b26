//! A comment as long as GitHub takes it: what is least important is left out
//! first, and it is said how much that is.

use crate::review::format::view;

/// A part of the comment.
pub(super) struct Section {
    /// The heading, or what is seen of a part that is folded.
    pub(super) title: String,
    /// Whether only the title is seen at first.
    pub(super) folding: Folding,
    /// Parts with a lower number get their room first.
    pub(super) rank: u8,
    /// What is counted if it is left out: `change`.
    pub(super) word: &'static str,
    /// Each whole or not at all, with its line ends.
    pub(super) items: Vec<Item>,
    /// How many more there are, which cannot have room.
    pub(super) n_more: usize,
}

/// Whether a part is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Folding {
    Open,
    Folded,
}

/// A piece of a part.
pub(super) struct Item {
    /// What stands above it and the pieces behind it that have the same.
    pub(super) heading: String,
    pub(super) text: String,
}

/// All parts, the first pieces of each, in no more than `most` bytes.
pub(super) fn fit(sections: &[Section], most: usize) -> String {
    let mut ranked: Vec<&Section> = sections.iter().collect();
    ranked.sort_by_key(|it| it.rank);
    let frames: usize = sections.iter().map(frame_len).sum();
    let mut room = most.saturating_sub(frames);
    let mut n_shown: Vec<(*const Section, usize)> = Vec::new();
    for (idx, section) in ranked.iter().enumerate() {
        // Parts of the same rank, those of several providers, share what there is.
        let n_rivals = ranked[idx..].iter().take_while(|it| it.rank == section.rank).count();
        let mut share = room / n_rivals;
        let mut n = 0;
        let mut heading = "";
        for item in &section.items {
            let len =
                item.text.len() + if item.heading == heading { 0 } else { item.heading.len() + 1 };
            if len > share {
                break;
            }
            share -= len;
            room -= len;
            heading = &item.heading;
            n += 1;
        }
        n_shown.push((std::ptr::from_ref(*section), n));
    }
    let n_of = |section: &Section| {
        let found = n_shown.iter().find(|(it, _)| std::ptr::eq(*it, section));
        found.map_or(0, |(_, n)| *n)
    };
    sections.iter().map(|it| printed(it, n_of(it))).collect()
}

/// What a part needs at least: its title, and how much is left out.
fn frame_len(section: &Section) -> usize {
    frame(section, "").len() + left_out(section, 0).len()
}

fn printed(section: &Section, n: usize) -> String {
    let mut text = String::new();
    let mut heading = "";
    for item in &section.items[..n] {
        if item.heading != heading {
            text.push_str(&item.heading);
            text.push('\n');
            heading = &item.heading;
        }
        text.push_str(&item.text);
    }
    if n < section.items.len() + section.n_more {
        text.push_str(&left_out(section, n));
    }
    frame(section, &text)
}

fn frame(section: &Section, text: &str) -> String {
    let text = text.trim_start();
    match section.folding {
        Folding::Open if section.title.is_empty() => format!("{text}\n"),
        Folding::Open => format!("### {}\n\n{text}\n", section.title),
        Folding::Folded => {
            format!("<details><summary>{}</summary>\n\n{text}\n</details>\n\n", section.title)
        }
    }
}

fn left_out(section: &Section, n_shown: usize) -> String {
    let n = section.items.len() + section.n_more - n_shown;
    let more = if n_shown == 0 { "" } else { " more" };
    let noun = view::counted(n, section.word);
    let (count, noun) = noun.split_once(' ').unwrap_or((&noun, ""));
    format!(
        "\n> **{count}{more} {noun} left out**: a comment has an end. The page of this review, among the artifacts of this run, has everything.\n"
    )
}

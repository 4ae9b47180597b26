//! Texts that a pattern matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A text that a pattern matches, of at least this length if it can be.
pub(super) fn matching(pattern: &str, length: usize) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut best: Option<String> = None;
    // How often what is repeated is repeated beyond what it must be.
    for more in [0, 1, 2, 3, 5, 8, 13, 21, 34, 64, 128] {
        let mut text = String::new();
        write(&hir, more, &mut text)?;
        let is_enough = text.chars().count() >= length;
        best = Some(text);
        if is_enough {
            break;
        }
    }
    best
}

fn write(hir: &Hir, more: u32, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(it) => text.push_str(std::str::from_utf8(&it.0).ok()?),
        HirKind::Class(Class::Unicode(it)) => {
            let first = it.ranges().first()?.start();
            let is_in = |wanted: char| {
                it.ranges().iter().any(|range| range.start() <= wanted && wanted <= range.end())
            };
            let usual = ['A', 'a', '1', '0', ' ', 'é'];
            text.push(usual.into_iter().find(|it| is_in(*it)).unwrap_or(first));
        }
        HirKind::Class(Class::Bytes(it)) => text.push(char::from(it.ranges().first()?.start())),
        HirKind::Repetition(it) => {
            let n = it.min.saturating_add(more);
            let n = it.max.map_or(n, |max| n.min(max));
            for _ in 0..n.min(600) {
                write(&it.sub, more, text)?;
                if text.len() > 20_000 {
                    return None;
                }
            }
        }
        HirKind::Capture(it) => write(&it.sub, more, text)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, more, text)?;
            }
        }
        HirKind::Alternation(parts) => write(parts.first()?, more, text)?,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn texts_for_patterns() {
        assert_eq!(matching("^[A-Z]{3}$", 0).as_deref(), Some("AAA"));
        assert_eq!(matching("^(ab|c)[0-9]*$", 4).as_deref(), Some("ab11"));
        assert_eq!(matching("(", 0), None);
    }
}

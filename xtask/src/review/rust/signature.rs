//! The parts of a written function, and what their change means.

/// Stands between the names of arguments, which can be patterns with commas.
pub(super) const ARGUMENT_END: &str = "\n";

/// A function as rustdoc writes it.
#[derive(Debug, PartialEq)]
pub(super) struct Signature<'t> {
    /// Qualifiers, name and generics.
    pub(super) head: &'t str,
    /// The types of the arguments, `self` included.
    pub(super) arguments: Vec<&'t str>,
    /// What it gives, and conditions.
    pub(super) tail: &'t str,
}

impl<'t> Signature<'t> {
    /// Takes a text apart; nothing if there are no arguments in it.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let open = top_level(text, |it| it == '(').next()?;
        let inside = &text[open + 1..];
        let close = top_level(inside, |it| it == ')').next()?;
        let (inside, tail) = inside.split_at(close);
        let mut arguments = Vec::new();
        let mut from = 0;
        for comma in top_level(inside, |it| it == ',') {
            arguments.push(inside[from..comma].trim());
            from = comma + 1;
        }
        if !inside[from..].trim().is_empty() {
            arguments.push(inside[from..].trim());
        }
        Some(Self { head: &text[..open], arguments, tail: tail[1..].trim() })
    }

    /// Whether code that calls the one can call the other.
    pub(super) fn takes_what_was_taken_by(&self, old: &Self) -> bool {
        let takes = |(new, old): (&&str, &&str)| {
            new == old
                || (**new == format!("impl core::convert::Into<{old}>") && !is_told_by_type(old))
        };
        is_head_as_good(old.head, self.head)
            && old.tail == self.tail
            && old.arguments.len() == self.arguments.len()
            && self.arguments.iter().zip(&old.arguments).all(takes)
    }

    /// What is different, in words.
    pub(super) fn difference(&self, old: &Self, name: &str) -> Option<String> {
        let name = format!("`{name}()`");
        let (n_old, n_new) = (old.arguments.len(), self.arguments.len());
        let count = |n: usize| match n {
            1 => "one".to_owned(),
            n => n.to_string(),
        };
        let noun = |n: usize| if n == 1 { "argument" } else { "arguments" };
        if n_new > n_old {
            let n = n_new - n_old;
            return Some(format!("{name} takes {} more {}", count(n), noun(n)));
        }
        if n_new < n_old {
            let n = n_old - n_new;
            return Some(format!("{name} takes {} {} less", count(n), noun(n)));
        }
        let differs = |(new, old): &(&&str, &&str)| new != old;
        let n_changed = self.arguments.iter().zip(&old.arguments).filter(differs).count();
        if n_changed > 0 {
            let (verb, types) =
                if n_changed == 1 { ("is", "another type") } else { ("are", "other types") };
            let n = count(n_changed);
            return Some(format!("{n} {} of {name} {verb} of {types}", noun(n_changed)));
        }
        if old.tail != self.tail {
            return Some(format!("{name} gives another type"));
        }
        let has = |text: &str, word: &str| text.split(' ').any(|it| it == word);
        let reason = if has(old.head, "const") && !has(self.head, "const") {
            format!("{name} is not `const` any more")
        } else if has(self.head, "unsafe") && !has(old.head, "unsafe") {
            format!("{name} is `unsafe` now")
        } else {
            format!("{name} asks for something else of its generics")
        };
        Some(reason)
    }
}

/// Whether a number without a suffix is of this type only where nothing else is
/// asked for: to `Into`, it is an `i32` or an `f64`.
fn is_told_by_type(ty: &str) -> bool {
    let others = ["i8", "i16", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];
    ty == "f32" || others.contains(&ty)
}

/// Qualifiers may change for the better: more can be done with a `const fn`, and
/// less care is needed without `unsafe`.
fn is_head_as_good(old: &str, new: &str) -> bool {
    let without = |text: &str, word: &str| text.replacen(word, "", 1);
    old == new
        || (!old.contains(" const fn ") && old == without(new, "const "))
        || (!new.contains(" unsafe ") && without(old, "unsafe ") == new)
}

/// Where characters stand outside of all brackets.
fn top_level(text: &str, is_it: impl Fn(char) -> bool) -> impl Iterator<Item = usize> {
    let mut depth = 0_usize;
    let mut last = ' ';
    text.char_indices().filter_map(move |(at, it)| {
        let found = depth == 0 && is_it(it);
        match it {
            '<' | '(' | '[' => depth += 1,
            '>' if last == '-' => {}
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        last = it;
        found.then_some(at)
    })
}

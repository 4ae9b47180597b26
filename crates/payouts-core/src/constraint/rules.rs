//! The rules that a spec can state.

use super::{Check, Checker, Each, Items, Numbers, Texts, pattern};
use crate::Decimal;

impl Checker<'_> {
    /// The limits of the value itself.
    pub fn nested(&mut self, value: &(impl Check + ?Sized)) {
        value.check(self);
    }

    /// At least so many characters (not bytes).
    pub fn min_length(&mut self, value: &(impl Texts + ?Sized), minimum: usize) {
        value.each_text(self, &mut |at, text| {
            if text.chars().count() < minimum {
                at.report(format!("at least {}", counted(minimum, "character")));
            }
        });
    }

    /// At most so many characters (not bytes).
    pub fn max_length(&mut self, value: &(impl Texts + ?Sized), maximum: usize) {
        value.each_text(self, &mut |at, text| {
            if text.chars().count() > maximum {
                at.report(format!("at most {}", counted(maximum, "character")));
            }
        });
    }

    /// A text that the regular expression matches somewhere.
    ///
    /// An expression that the small engine used here does not understand
    /// (look-around, back-references) is skipped: the provider checks it.
    pub fn pattern(&mut self, value: &(impl Texts + ?Sized), pattern: &'static str) {
        let Some(regex) = pattern::compiled(pattern) else {
            return;
        };
        value.each_text(self, &mut |at, text| {
            if !regex.is_match(text) {
                at.report(format!("text that matches `{pattern}`"));
            }
        });
    }

    /// Not less than the bound, which is a decimal number.
    pub fn minimum(&mut self, value: &(impl Numbers + ?Sized), bound: &str) {
        self.compare(value, bound, "at least", |number, bound| number >= bound);
    }

    /// Not more than the bound, which is a decimal number.
    pub fn maximum(&mut self, value: &(impl Numbers + ?Sized), bound: &str) {
        self.compare(value, bound, "at most", |number, bound| number <= bound);
    }

    /// More than the bound, which is a decimal number.
    pub fn exclusive_minimum(&mut self, value: &(impl Numbers + ?Sized), bound: &str) {
        self.compare(value, bound, "more than", |number, bound| number > bound);
    }

    /// Less than the bound, which is a decimal number.
    pub fn exclusive_maximum(&mut self, value: &(impl Numbers + ?Sized), bound: &str) {
        self.compare(value, bound, "less than", |number, bound| number < bound);
    }

    /// A whole number of steps. A step is a decimal number.
    ///
    /// Numbers that are too large to tell are left to the provider.
    pub fn multiple_of(&mut self, value: &(impl Numbers + ?Sized), step: &str) {
        self.compare(value, step, "a multiple of", |number, step| {
            number.is_multiple_of(step).unwrap_or(true)
        });
    }

    /// At least so many items.
    pub fn min_items(&mut self, value: &(impl Items + ?Sized), minimum: usize) {
        if value.items().is_some_and(|it| it.len() < minimum) {
            self.report(format!("at least {}", counted(minimum, "item")));
        }
    }

    /// At most so many items.
    pub fn max_items(&mut self, value: &(impl Items + ?Sized), maximum: usize) {
        if value.items().is_some_and(|it| it.len() > maximum) {
            self.report(format!("at most {}", counted(maximum, "item")));
        }
    }

    /// No two equal items; each repetition is reported at its place.
    pub fn unique_items<L: Items<Item: PartialEq> + ?Sized>(&mut self, value: &L) {
        let items = value.items().unwrap_or_default();
        for (idx, item) in items.iter().enumerate() {
            if let Some(first_idx) = items[..idx].iter().position(|it| it == item) {
                self.item(idx, |at| at.report(format!("another value than [{first_idx}]")));
            }
        }
    }

    /// Rules for each item of a list or value of a map, by their places. Those
    /// for texts and numbers need it not: they hold for each item anyway.
    pub fn each<L: Each + ?Sized>(
        &mut self,
        value: &L,
        mut rules: impl FnMut(&mut Checker<'_>, &L::Item),
    ) {
        value.each(self, &mut rules);
    }

    /// A bound that is no decimal number is skipped; the generator wrote it.
    fn compare(
        &mut self,
        value: &(impl Numbers + ?Sized),
        bound_text: &str,
        relation: &str,
        holds: fn(Decimal, Decimal) -> bool,
    ) {
        let Ok(bound) = bound_text.parse() else {
            return;
        };
        value.each_number(self, &mut |at, number| {
            if !holds(number, bound) {
                at.report(format!("{relation} {bound_text}"));
            }
        });
    }
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

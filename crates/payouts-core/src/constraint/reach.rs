//! How rules reach the texts, numbers and items that values hold.

use std::collections::BTreeMap;

use super::Checker;
use crate::{Decimal, IntegerOrString, MinorUnits, Patch, Sensitive};

/// A value that holds texts, for rules on lengths and patterns.
pub trait Texts {
    /// Shows each text, with the checker at its place.
    fn each_text(&self, at: &mut Checker<'_>, see: &mut dyn FnMut(&mut Checker<'_>, &str));
}

/// A value that holds numbers, for rules on bounds.
pub trait Numbers {
    /// Shows each number, with the checker at its place.
    fn each_number(&self, at: &mut Checker<'_>, see: &mut dyn FnMut(&mut Checker<'_>, Decimal));
}

/// A value that holds a list, for rules on its items.
pub trait Items {
    /// What the list is of.
    type Item;

    /// The items, if the list is there.
    fn items(&self) -> Option<&[Self::Item]>;
}

/// A value that holds values, for rules on lists that are inside others.
pub trait Each {
    /// What it holds.
    type Item;

    /// Shows each value, with the checker at its place.
    fn each(&self, at: &mut Checker<'_>, see: &mut dyn FnMut(&mut Checker<'_>, &Self::Item));
}

macro_rules! text {
    ($($text:ty),*) => {$(
        impl Texts for $text {
            fn each_text(&self, at: &mut Checker<'_>, see: &mut dyn FnMut(&mut Checker<'_>, &str)) {
                see(at, self);
            }
        }
    )*};
}

text!(str, String);

impl Texts for IntegerOrString {
    fn each_text(&self, at: &mut Checker<'_>, see: &mut dyn FnMut(&mut Checker<'_>, &str)) {
        see(at, self.as_str());
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Numbers for $number {
            fn each_number(
                &self,
                at: &mut Checker<'_>,
                see: &mut dyn FnMut(&mut Checker<'_>, Decimal),
            ) {
                see(at, Decimal::from(*self));
            }
        }
    )*};
}

numbers!(i8, i16, i32, i64, u8, u16, u32, u64, Decimal);

impl Numbers for MinorUnits {
    fn each_number(&self, at: &mut Checker<'_>, see: &mut dyn FnMut(&mut Checker<'_>, Decimal)) {
        see(at, Decimal::new(self.get(), 0));
    }
}

/// Implements the traits for containers of what has them.
macro_rules! through {
    ($(<$value:ident> $container:ty, $self_:ident, $at:ident, $each:expr;)*) => {$(
        impl<$value: Texts> Texts for $container {
            fn each_text(
                &$self_,
                $at: &mut Checker<'_>,
                see: &mut dyn FnMut(&mut Checker<'_>, &str),
            ) {
                $each(&mut |at: &mut Checker<'_>, it: &$value| it.each_text(at, see));
            }
        }

        impl<$value: Numbers> Numbers for $container {
            fn each_number(
                &$self_,
                $at: &mut Checker<'_>,
                see: &mut dyn FnMut(&mut Checker<'_>, Decimal),
            ) {
                $each(&mut |at: &mut Checker<'_>, it: &$value| it.each_number(at, see));
            }
        }
    )*};
}

type See<'a, T> = &'a mut dyn FnMut(&mut Checker<'_>, &T);

through! {
    <T> Option<T>, self, at, |see: See<'_, T>| if let Some(it) = self { see(at, it) };
    <T> Patch<T>, self, at, |see: See<'_, T>| if let Patch::Set(it) = self { see(at, it) };
    <T> Sensitive<T>, self, at, |see: See<'_, T>| see(at, self.expose());
    <T> Box<T>, self, at, |see: See<'_, T>| see(at, self);
    <T> Vec<T>, self, at, |see: See<'_, T>| {
        for (idx, it) in self.iter().enumerate() {
            at.item(idx, |at| see(at, it));
        }
    };
    <T> BTreeMap<String, T>, self, at, |see: See<'_, T>| {
        for it in self.values() {
            at.within("[*]", |at| see(at, it));
        }
    };
}

impl<T> Items for Vec<T> {
    type Item = T;

    fn items(&self) -> Option<&[T]> {
        Some(self)
    }
}

impl<L: Items> Items for Option<L> {
    type Item = L::Item;

    fn items(&self) -> Option<&[L::Item]> {
        self.as_ref().and_then(L::items)
    }
}

impl<L: Items> Items for Patch<L> {
    type Item = L::Item;

    fn items(&self) -> Option<&[L::Item]> {
        self.value().and_then(L::items)
    }
}

impl<L: Items> Items for Sensitive<L> {
    type Item = L::Item;

    fn items(&self) -> Option<&[L::Item]> {
        self.expose().items()
    }
}

impl<L: Items> Items for Box<L> {
    type Item = L::Item;

    fn items(&self) -> Option<&[L::Item]> {
        (**self).items()
    }
}

impl<T> Each for Vec<T> {
    type Item = T;

    fn each(&self, at: &mut Checker<'_>, see: &mut dyn FnMut(&mut Checker<'_>, &T)) {
        for (idx, it) in self.iter().enumerate() {
            at.item(idx, |at| see(at, it));
        }
    }
}

impl<T> Each for BTreeMap<String, T> {
    type Item = T;

    fn each(&self, at: &mut Checker<'_>, see: &mut dyn FnMut(&mut Checker<'_>, &T)) {
        for it in self.values() {
            at.within("[*]", |at| see(at, it));
        }
    }
}

macro_rules! each_through {
    ($(<$value:ident> $container:ty, $self_:ident => $inner:expr;)*) => {$(
        impl<$value: Each> Each for $container {
            type Item = $value::Item;

            fn each(
                &$self_,
                at: &mut Checker<'_>,
                see: &mut dyn FnMut(&mut Checker<'_>, &$value::Item),
            ) {
                if let Some(it) = $inner {
                    it.each(at, see);
                }
            }
        }
    )*};
}

each_through! {
    <L> Option<L>, self => self;
    <L> Patch<L>, self => self.value();
    <L> Sensitive<L>, self => Some(self.expose());
    <L> Box<L>, self => Some(&**self);
}

//! `constraints!`: the documented limits of a request type.

/// States the limits of a type's members, checked before it is sent.
///
/// The rules are the methods of [`Checker`](crate::Checker): `min_length`,
/// `max_length`, `pattern`, `minimum`, `maximum`, `exclusive_minimum`,
/// `exclusive_maximum`, `multiple_of` (bounds are texts of decimal numbers),
/// `min_items`, `max_items`, `unique_items`, `each` and `nested`. Members with
/// the same rules can share a line, and a type without limits has no lines.
///
/// ```
/// use payouts_core::{Decimal, constraints};
///
/// pub struct Draft {
///     pub reference: String,
///     pub note: Option<String>,
///     pub amount: Option<Decimal>,
/// }
///
/// constraints! { Draft {
///     reference | note: min_length(1), max_length(50);
///     amount: minimum("0.01");
/// } }
/// ```
#[macro_export]
macro_rules! constraints {
    ($name:ident {}) => {
        impl $crate::Check for $name {
            fn check(&self, _: &mut $crate::Checker<'_>) {}
        }
    };
    ($name:ident {
        $( $($field:ident)|+ : $( $rule:ident ( $($argument:expr),* $(,)? ) ),+ $(,)? ; )*
    }) => {
        impl $crate::Check for $name {
            #[allow(deprecated, reason = "deprecated members have limits, too")]
            fn check(&self, at: &mut $crate::Checker<'_>) {
                $(
                    $crate::__constraints_of! {
                        self at [$($field)+] $( $rule ( $($argument),* ) )+
                    }
                )*
            }
        }
    };
}

/// The same rules for each of several members.
#[doc(hidden)]
#[macro_export]
macro_rules! __constraints_of {
    ($this:ident $at:ident [] $($rules:tt)*) => {};
    ($this:ident $at:ident [$field:ident $($more:ident)*] $( $rule:ident ( $($argument:expr),* ) )+) => {
        $at.member(::core::stringify!($field), |at| {
            $( at.$rule(&$this.$field $(, $argument)*); )+
        });
        $crate::__constraints_of! { $this $at [$($more)*] $( $rule ( $($argument),* ) )+ }
    };
}

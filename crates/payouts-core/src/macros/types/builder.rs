//! `builder!`: constructors and chained setters of request types.

/// Gives a struct `new(required…)` and a setter for every other field.
///
/// A setter's field is `Option<T>`; behind `patch` it is `Patch<T>`, behind
/// `default` it is a plain `T`. An argument `name: T as some` goes into an
/// `Option`, and `name: T as into` into a field of another type.
/// `new();` without arguments implements `Default`, too.
///
/// ```
/// use payouts_core::{Decimal, Patch, builder};
///
/// #[non_exhaustive]
/// pub struct Draft {
///     pub amount: Decimal,
///     pub beneficiary_id: Option<i64>,
///     pub description: Option<String>,
///     pub priority: Option<u64>,
///     pub block_reason: Patch<String>,
/// }
///
/// builder! { Draft {
///     new(amount: Decimal, beneficiary_id: i64 as some);
///     /// Free text.
///     description: String;
///     /// How urgent it is.
///     priority: u64;
///     /// Why it is on hold.
///     block_reason: patch String;
/// } }
///
/// let draft = Draft::new(Decimal::new(1050, 2), 7).description("rent").priority(1);
/// assert_eq!(draft.description.as_deref(), Some("rent"));
/// ```
#[macro_export]
macro_rules! builder {
    ($name:ident { new(); $($setters:tt)* }) => {
        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        $crate::__builder! { $name { new(); $($setters)* } }
    };
    ($($everything:tt)*) => {
        $crate::__builder! { $($everything)* }
    };
}

/// The constructor and the setters.
///
/// A setter's type is matched by its parts, because a fragment that may start
/// with `patch` or `default` could be a type already. Not by recursion, since
/// a type may have more members than macros may recurse.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder {
    ($name:ident {
        new( $( $argument:ident : $argument_ty:ty $(as $conversion:ident)? ),* $(,)? );
        $(
            $(#[$meta:meta])*
            $field:ident :
                $($word:ident)+ $(:: $segment:ident)* $(< $($parameter:ty),+ $(,)? >)? ;
        )*
    }) => {
        impl $name {
            /// A value with its required members; the rest is left out.
            #[must_use]
            #[allow(
                clippy::too_many_arguments,
                deprecated,
                reason = "the compiler checks what is required; deprecated members are left out"
            )]
            pub fn new($($argument: $argument_ty),*) -> Self {
                Self {
                    $( $argument: $crate::__builder_argument!($argument $($conversion)?), )*
                    $( $field: ::core::default::Default::default(), )*
                }
            }

            $(
                $crate::__builder_setter! {
                    [$(#[$meta])*]
                    $field: $($word)+ $(:: $segment)* $(< $($parameter),+ >)?
                }
            )*
        }
    };
}

/// What `new` puts into a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder_argument {
    ($argument:ident) => {
        $argument
    };
    ($argument:ident some) => {
        ::core::option::Option::Some(::core::convert::Into::into($argument))
    };
    ($argument:ident into) => {
        ::core::convert::Into::into($argument)
    };
}

/// One setter.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder_setter {
    ([] $field:ident : $($ty:tt)*) => {
        $crate::__builder_setter! {
            [#[doc = ::core::concat!("Sets the member `", ::core::stringify!($field), "`.")]]
            $field: $($ty)*
        }
    };
    ([$($meta:tt)*] $field:ident : patch $ty:ty) => {
        $($meta)*
        #[must_use]
        #[allow(deprecated, reason = "the setter of a deprecated member is deprecated itself")]
        pub fn $field(mut self, $field: impl ::core::convert::Into<$crate::Patch<$ty>>) -> Self {
            self.$field = $field.into();
            self
        }
    };
    ([$($meta:tt)*] $field:ident : default $ty:ty) => {
        $($meta)*
        #[must_use]
        #[allow(deprecated, reason = "the setter of a deprecated member is deprecated itself")]
        pub fn $field(mut self, $field: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = $field.into();
            self
        }
    };
    // A number without a suffix is an `i32` to `Into`, so the types that
    // literals have are taken as they are.
    ([$($meta:tt)*] $field:ident : bool) => {
        $crate::__builder_exact! { [$($meta)*] $field: bool }
    };
    ([$($meta:tt)*] $field:ident : i32) => {
        $crate::__builder_exact! { [$($meta)*] $field: i32 }
    };
    ([$($meta:tt)*] $field:ident : i64) => {
        $crate::__builder_exact! { [$($meta)*] $field: i64 }
    };
    ([$($meta:tt)*] $field:ident : u64) => {
        $crate::__builder_exact! { [$($meta)*] $field: u64 }
    };
    ([$($meta:tt)*] $field:ident : $ty:ty) => {
        $($meta)*
        #[must_use]
        #[allow(deprecated, reason = "the setter of a deprecated member is deprecated itself")]
        pub fn $field(mut self, $field: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = ::core::option::Option::Some($field.into());
            self
        }
    };
}

/// A setter that takes exactly its type.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder_exact {
    ([$($meta:tt)*] $field:ident : $ty:ident) => {
        $($meta)*
        #[must_use]
        #[allow(deprecated, reason = "the setter of a deprecated member is deprecated itself")]
        pub fn $field(mut self, $field: $ty) -> Self {
            self.$field = ::core::option::Option::Some($field);
            self
        }
    };
}

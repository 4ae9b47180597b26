//! `string_newtype!` and `integer_or_string_newtype!`: ids that cannot be
//! swapped.

/// Makes types, each for the strings of one meaning.
///
/// It is decoded from a string, or from a number by its digits. With
/// `(sensitive)` behind the name, `Debug` does not show it and there is no
/// `Display`.
///
/// ```
/// payouts_core::string_newtype! {
///     /// Identifies a group.
///     pub struct GroupId;
///
///     /// Bank account number.
///     pub struct AccountNumber(sensitive);
/// }
///
/// assert_eq!(format!("{:?}", GroupId::from("g-1")), r#"GroupId("g-1")"#);
/// let number = AccountNumber::from("12345678");
/// assert_eq!(format!("{number:?}"), "AccountNumber([redacted])");
/// assert_eq!(number.as_str(), "12345678");
/// ```
#[macro_export]
macro_rules! string_newtype {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident $(($sensitive:ident))?;)*) => {
        $($crate::__one_string_newtype! { $(#[$meta])* $vis struct $name $(($sensitive))?; })*
    };
}

/// One of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __one_string_newtype {
    ($(#[$meta:meta])* $vis:vis struct $name:ident;) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis struct $name(::std::string::String);

        $crate::__string_newtype! { $name }
        $crate::__display_traits! { $name }
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident(sensitive);) => {
        $(#[$meta])*
        ///
        /// `Debug` does not show it and there is no `Display`.
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis struct $name(::std::string::String);

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(::core::concat!(::core::stringify!($name), "([redacted])"))
            }
        }

        $crate::__string_newtype! { $name }
    };
}

/// What plain and sensitive strings have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_newtype {
    ($name:ident) => {
        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, by value.
            #[must_use]
            pub fn into_inner(self) -> ::std::string::String {
                self.0
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(::std::string::String::from(text))
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self(text)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::text(deserializer).map(Self)
            }
        }

        $crate::__text_traits! { $name }
        $crate::__serialize_as_str! { $name }
        $crate::__schema! { $name, string }
    };
}

/// Makes a type for ids that come as an integer or as a string.
///
/// It is kept and encoded as it came; see
/// [`IntegerOrString`](crate::IntegerOrString).
///
/// ```
/// payouts_core::integer_or_string_newtype! {
///     /// Identifies a beneficiary.
///     pub struct BeneficiaryId;
/// }
///
/// assert_eq!(BeneficiaryId::from(7_i64), BeneficiaryId::from("7"));
/// assert_eq!(serde_json::to_string(&BeneficiaryId::from(7_i64))?, "7");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! integer_or_string_newtype {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident $(($sensitive:ident))?;)*) => {
        $($crate::__one_integer_or_string_newtype! { $(#[$meta])* $vis struct $name $(($sensitive))?; })*
    };
}

/// One of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __one_integer_or_string_newtype {
    ($(#[$meta:meta])* $vis:vis struct $name:ident;) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis struct $name($crate::IntegerOrString);

        $crate::__integer_or_string_newtype! { $name; i32 i64 u32 u64 }
        $crate::__display_traits! { $name }
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident(sensitive);) => {
        $(#[$meta])*
        ///
        /// `Debug` does not show it and there is no `Display`.
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis struct $name($crate::IntegerOrString);

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(::core::concat!(::core::stringify!($name), "([redacted])"))
            }
        }

        $crate::__integer_or_string_newtype! { $name; i32 i64 u32 u64 }
    };
}

/// What plain and sensitive ones have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_or_string_newtype {
    ($name:ident; $($integer:ident)*) => {
        impl $name {
            /// The text: the digits of an integer, or the string.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// The integer, also if it came as a string of its digits.
            #[must_use]
            pub fn as_integer(&self) -> ::core::option::Option<i128> {
                self.0.as_integer()
            }

            /// The value without its meaning.
            #[must_use]
            pub fn into_inner(self) -> $crate::IntegerOrString {
                self.0
            }
        }

        $(
            impl ::core::convert::From<$integer> for $name {
                fn from(integer: $integer) -> Self {
                    Self($crate::IntegerOrString::from(integer))
                }
            }
        )*

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self($crate::IntegerOrString::from(text))
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self($crate::IntegerOrString::from(text))
            }
        }

        impl ::core::convert::From<$crate::IntegerOrString> for $name {
            fn from(value: $crate::IntegerOrString) -> Self {
                Self(value)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }

        $crate::__text_traits! { $name }
        $crate::__schema! { $name, integer_or_string }
    };
}

//! `open_enum!`: string enums that also hold values nobody has listed yet.

/// Makes an enum of strings that is open to values of tomorrow.
///
/// Decoding never fails for a string, a number or a boolean: an unlisted value
/// becomes `Unrecognized`, keeps its text, and is encoded again the same way.
/// It is made from a text by `From<&str>` only.
///
/// ```
/// payouts_core::open_enum! {
///     /// State of a payout.
///     pub enum PayoutStatus {
///         /// Accepted, not final.
///         Pending = "pending",
///         /// Paid out.
///         Settled = "settled",
///     }
/// }
///
/// let status: PayoutStatus = serde_json::from_str("\"on_hold\"")?;
/// assert!(matches!(status, PayoutStatus::Unrecognized(_)));
/// assert_eq!(serde_json::to_string(&status)?, "\"on_hold\"");
/// assert_eq!(PayoutStatus::from("settled"), PayoutStatus::Settled);
/// assert_eq!(PayoutStatus::KNOWN.len(), 2);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $wire:literal ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[non_exhaustive]
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name {
            $(
                $(#[$variant_meta])*
                #[doc = ::core::concat!("\n\nOn the wire: `", $wire, "`.")]
                $variant,
            )+
            /// A value that was not known when this client was generated.
            ///
            /// Do not match on its text: it may get a variant of its own.
            Unrecognized($crate::Unrecognized),
        }

        #[allow(deprecated, reason = "a deprecated value is still a value")]
        impl $name {
            /// The values that were known when this client was generated.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The value as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)+
                    Self::Unrecognized(value) => value.as_str(),
                }
            }

            fn known(text: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match text {
                    $($wire => Self::$variant,)+
                    _ => return ::core::option::Option::None,
                })
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::from(::std::string::String::from(text))
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                match Self::known(&text) {
                    ::core::option::Option::Some(value) => value,
                    ::core::option::Option::None => {
                        Self::Unrecognized($crate::__private::unrecognized(text))
                    }
                }
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::any_text(deserializer).map(Self::from)
            }
        }

        $crate::__text_traits! { $name }
        $crate::__display_traits! { $name }
        $crate::__serialize_as_str! { $name }
        $crate::__open_enum_schema! { $name }
    };
}

/// What everything with an `as_str` has in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_traits {
    ($name:ident) => {
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // A variant can be called `Err`, too.
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        impl $crate::Parameter for $name {
            fn encode(&self) -> ::std::string::String {
                ::std::string::String::from(self.as_str())
            }
        }

        impl $crate::Check for $name {
            fn check(&self, _: &mut $crate::Checker<'_>) {}
        }

        impl $crate::__private::Texts for $name {
            fn each_text(
                &self,
                at: &mut $crate::Checker<'_>,
                see: &mut dyn ::core::ops::FnMut(&mut $crate::Checker<'_>, &str),
            ) {
                see(at, self.as_str());
            }
        }
    };
}

/// What everything that is not personal data has, too.
#[doc(hidden)]
#[macro_export]
macro_rules! __display_traits {
    ($name:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    };
}

/// Encodes the text as a JSON string.
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_as_str {
    ($name:ident) => {
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

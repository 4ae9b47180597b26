//! `union!` and `additional_members!`: objects that serde's own attributes
//! would buffer, at the cost of the digits of their numbers.

/// Makes an enum of alternatives of which a JSON value is one.
///
/// A variant is chosen by the value of the discriminator (`by "member"` and
/// `= ["value"]`), or by the kind of JSON value (`is array`, `object`,
/// `string`, `number`, `boolean`), or by the members that must be there
/// (`requires ["member"]`; without it any object fits). Of several that fit by
/// their members it is the one that keeps most of those that are there, or
/// else the first. A variant with both (`= ["value"] requires ["member"]`) is
/// chosen by its members if the discriminator is absent and no other fits as
/// well. A value that fits none, or that the chosen variant does not take, is
/// `Unrecognized`.
///
/// ```
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
/// pub struct Card {
///     pub method: String,
///     pub number: String,
/// }
///
/// payouts_core::union! {
///     /// What gets the money.
///     pub enum Instrument by "method" {
///         /// A card.
///         Card(Card) = ["payment-card"],
///     }
/// }
///
/// let card: Instrument = serde_json::from_str(r#"{"method": "payment-card", "number": "1"}"#)?;
/// assert!(matches!(card, Instrument::Card(_)));
/// let other: Instrument = serde_json::from_str(r#"{"method": "cash"}"#)?;
/// assert!(matches!(other, Instrument::Unrecognized(_)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! union {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident $(by $discriminator:literal)? {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident($inner:ty)
                    $(= [$($tag:literal),* $(,)?])?
                    $(requires [$($required:literal),* $(,)?])?
                    $(is $kind:ident)?
            ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[non_exhaustive]
        #[derive(Clone, Debug, PartialEq)]
        $vis enum $name {
            $( $(#[$variant_meta])* $variant($inner), )+
            /// A value that is none of the others, as it came.
            Unrecognized($crate::Json),
        }

        $(
            impl ::core::convert::From<$inner> for $name {
                fn from(value: $inner) -> Self {
                    Self::$variant(value)
                }
            }
        )+

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                use $crate::__private::serde::Serialize;

                match self {
                    $( Self::$variant(value) => Serialize::serialize(value, serializer), )+
                    Self::Unrecognized(json) => Serialize::serialize(json, serializer),
                }
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                use $crate::__private::serde::Deserialize;

                let json = <$crate::Json as Deserialize<'de>>::deserialize(deserializer)?;
                let discriminator: &[&str] = &[$($discriminator)?];
                let chosen = $crate::__private::choose(
                    &json,
                    discriminator.first(),
                    &[$((
                        $crate::__alternative!(
                            $(= [$($tag),*])? $(requires [$($required),*])? $(is $kind)?
                        ),
                        $crate::__private::declared::<$inner>,
                    )),+],
                );
                let mut positions = 0_usize..;
                let value = ::core::option::Option::None;
                $(
                    let value = match positions.next() == chosen {
                        true => $crate::__private::decode_alternative(&json).map(Self::$variant),
                        false => value,
                    };
                )+
                ::core::result::Result::Ok(value.unwrap_or(Self::Unrecognized(json)))
            }
        }

        impl $crate::Check for $name {
            fn check(&self, at: &mut $crate::Checker<'_>) {
                #[allow(unused_imports, reason = "which one is used depends on the variants")]
                use $crate::__private::{Probe, ProbeCheck, ProbeNothing};

                match self {
                    $( Self::$variant(value) => (&Probe(value)).check_if_any(at), )+
                    Self::Unrecognized(_) => {}
                }
            }
        }

        $crate::__union_schema! { $name: $($inner),+ }
    };
}

/// When a value is this alternative.
#[doc(hidden)]
#[macro_export]
macro_rules! __alternative {
    () => {
        $crate::__private::Alternative::Requires(&[])
    };
    (= $tags:tt) => {
        $crate::__private::Alternative::Tagged(&$tags)
    };
    (= $tags:tt requires $names:tt) => {
        $crate::__private::Alternative::TaggedOrRequires(&$tags, &$names)
    };
    (requires $names:tt) => {
        $crate::__private::Alternative::Requires(&$names)
    };
    (is array) => {
        $crate::__private::Alternative::Kind("array")
    };
    (is object) => {
        $crate::__private::Alternative::Kind("object")
    };
    (is string) => {
        $crate::__private::Alternative::Kind("string")
    };
    (is number) => {
        $crate::__private::Alternative::Kind("number")
    };
    (is boolean) => {
        $crate::__private::Alternative::Kind("boolean")
    };
}

/// Keeps the members that a struct does not name in its field `additional`, a
/// `BTreeMap` of values of any type.
///
/// The struct derives serde's traits with `#[serde(remote = "Self")]` and
/// skips the field. A name in the list always means the named member.
///
/// ```
/// use payouts_core::{JsonObject, additional_members};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize, Serialize)]
/// #[serde(remote = "Self")]
/// pub struct Account {
///     pub id: String,
///     #[serde(skip)]
///     pub additional: JsonObject,
/// }
///
/// additional_members! { Account { "id" } }
///
/// let account: Account = serde_json::from_str(r#"{"id": "a", "limit": 10.50}"#)?;
/// assert_eq!(account.additional["limit"].as_text(), "10.50");
/// assert_eq!(serde_json::to_string(&account)?, r#"{"id":"a","limit":10.50}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! additional_members {
    ($name:ident { $($member:literal),* $(,)? }) => {
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let known: &[&str] = &[$($member),*];
                let joining =
                    $crate::__private::Joining::new(serializer, known, &self.additional);
                // The derived function, not this one: inherent ones come first.
                <$name>::serialize(self, joining)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let known: &[&str] = &[$($member),*];
                let mut additional = ::std::collections::BTreeMap::new();
                let separating =
                    $crate::__private::Separating::new(deserializer, known, &mut additional);
                let value = <$name>::deserialize(separating)?;
                ::core::result::Result::Ok(Self { additional, ..value })
            }
        }
    };
}

/// Gives a type a `Debug` that shows nothing but its name.
///
/// ```
/// struct Card {
///     number: String,
/// }
///
/// payouts_core::redacted_debug! { Card }
///
/// let card = Card { number: String::from("4111") };
/// assert_eq!(format!("{card:?}"), "Card([redacted])");
/// # let _ = card.number;
/// ```
#[macro_export]
macro_rules! redacted_debug {
    ($name:ident) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(::core::concat!(::core::stringify!($name), "([redacted])"))
            }
        }
    };
}

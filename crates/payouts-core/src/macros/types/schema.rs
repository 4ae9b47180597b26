//! JSON Schemas, if this crate's feature `schemars` is on.
//!
//! The macros are defined twice, so that not the feature of the crate that
//! uses them decides but the one of this crate.

/// Implements `JsonSchema` for types of this crate.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __json_schema {
    ($name:ident => $schema:tt) => {
        impl ::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(stringify!($name))
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!($schema)
            }
        }
    };
    (<$value:ident> $name:ty, $inner:ty) => {
        impl<$value: ::schemars::JsonSchema> ::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                <$inner as ::schemars::JsonSchema>::inline_schema()
            }

            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                <$inner as ::schemars::JsonSchema>::schema_name()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                <$inner as ::schemars::JsonSchema>::schema_id()
            }

            fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                <$inner as ::schemars::JsonSchema>::json_schema(generator)
            }
        }
    };
}

/// Implements `JsonSchema` for a newtype.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __schema {
    ($name:ident, $kind:ident) => {
        impl $crate::__private::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(::core::stringify!($name))
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                $crate::__schema_id!($name)
            }

            fn json_schema(
                _: &mut $crate::__private::schemars::SchemaGenerator,
            ) -> $crate::__private::schemars::Schema {
                $crate::__private::schema::$kind()
            }
        }
    };
}

/// Tells types of one name in different crates apart.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __schema_id {
    ($name:ident) => {
        ::std::borrow::Cow::Borrowed(::core::concat!(
            ::core::module_path!(),
            "::",
            ::core::stringify!($name)
        ))
    };
}

/// Implements `JsonSchema` for an open enum.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum_schema {
    ($name:ident) => {
        impl $crate::__private::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(::core::stringify!($name))
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                $crate::__schema_id!($name)
            }

            fn json_schema(
                _: &mut $crate::__private::schemars::SchemaGenerator,
            ) -> $crate::__private::schemars::Schema {
                $crate::__private::schema::open_enum(Self::KNOWN.iter().map(Self::as_str))
            }
        }
    };
}

/// Implements `JsonSchema` for a union.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __union_schema {
    ($name:ident: $($inner:ty),+) => {
        impl $crate::__private::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(::core::stringify!($name))
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                $crate::__schema_id!($name)
            }

            fn json_schema(
                generator: &mut $crate::__private::schemars::SchemaGenerator,
            ) -> $crate::__private::schemars::Schema {
                #[allow(unused_imports, reason = "which one is used depends on the variants")]
                use $crate::__private::schema::{Any, Described, Probe};

                $crate::__private::schema::union([
                    $( (&Probe::<$inner>::new()).subschema(generator), )+
                ])
            }
        }
    };
}

/// No schemas without the feature.
#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __schema {
    ($($anything:tt)*) => {};
}

/// No schemas without the feature.
#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum_schema {
    ($($anything:tt)*) => {};
}

/// No schemas without the feature.
#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __union_schema {
    ($($anything:tt)*) => {};
}

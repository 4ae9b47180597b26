//! Macros that make a client's types out of tables: the client and its
//! builder, one type per operation, one error type per operation.

/// Makes a client and its builder.
///
/// The methods of the operations are written beside it, on the field
/// `connection`. Used by the generated client crates.
///
/// ```
/// use payouts_core::{Api, Scheme, SchemeKind, Secret};
///
/// static API: Api = Api {
///     provider: "acme",
///     title: "Acme",
///     version: "0.1.0",
///     schemes: &[Scheme { name: "apiKey", kind: SchemeKind::ApiKey { header: "X-Api-Key" } }],
/// };
///
/// payouts_core::client! {
///     /// Client for Acme.
///     pub struct Client;
///     /// Builds a [`Client`].
///     pub struct ClientBuilder for API {
///         /// Key of the account.
///         api_key = "apiKey",
///     }
/// }
///
/// # fn main() -> Result<(), payouts_core::BuildError> {
/// let client = Client::builder("https://api.example.com").api_key("secret").build()?;
/// assert!(!format!("{client:?}").contains("secret"));
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! client {
    (
        $(#[$client_meta:meta])*
        pub struct $client:ident;
        $(#[$builder_meta:meta])*
        pub struct $builder:ident for $api:ident {
            $( $(#[$meta:meta])* $setter:ident = $scheme:literal ),* $(,)?
        }
        $( token urls {
            $( $(#[$url_meta:meta])* $url_setter:ident = $url_scheme:literal ),* $(,)?
        } )?
        $( scopes {
            $( $(#[$scopes_meta:meta])* $scopes_setter:ident = $scopes_scheme:literal ),* $(,)?
        } )?
    ) => {
        $(#[$client_meta])*
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        pub struct $client {
            pub(crate) connection: $crate::Connection,
        }

        impl $client {
            /// Settings of a client of this server.
            pub fn builder(server: impl ::core::convert::Into<$crate::Server>) -> $builder {
                $builder($crate::ConnectionBuilder::new(
                    &$api,
                    ::core::convert::Into::into(server),
                    &[$( (::core::stringify!($setter), $scheme) ),*],
                ))
            }
        }

        $(#[$builder_meta])*
        #[derive(::core::fmt::Debug)]
        #[must_use = "a builder does nothing until it is built"]
        pub struct $builder($crate::ConnectionBuilder);

        impl $builder {
            $(
                $(#[$meta])*
                pub fn $setter(self, secret: impl ::core::convert::Into<$crate::Secret>) -> Self {
                    Self(self.0.credential($scheme, ::core::convert::Into::into(secret)))
                }
            )*

            $($(
                $(#[$url_meta])*
                pub fn $url_setter(
                    self,
                    url: impl ::core::convert::Into<::std::string::String>,
                ) -> Self {
                    Self(self.0.token_url($url_scheme, url))
                }
            )*)?

            $($(
                $(#[$scopes_meta])*
                pub fn $scopes_setter(
                    self,
                    scopes: impl ::core::iter::IntoIterator<
                        Item: ::core::convert::Into<::std::string::String>,
                    >,
                ) -> Self {
                    Self(self.0.scopes($scopes_scheme, scopes))
                }
            )*)?

            /// The HTTP client to build on, for proxies, certificates and the like.
            ///
            /// If not set, the machine's proxies are used, but not for a loopback
            /// host. Redirects, the HTTP library's own retries and the connect
            /// time-out are set on it in any case.
            pub fn http(self, http: $crate::reqwest::ClientBuilder) -> Self {
                Self(self.0.http(http))
            }

            /// A function in place of HTTP, for tests without a server.
            ///
            /// It gets each request as it would leave, and gives the answer. An
            /// error of the kind `ConnectionRefused` says that nothing was sent;
            /// after any other, it may have been.
            pub fn transport<F, R>(self, carry: F) -> Self
            where
                F: ::core::ops::Fn($crate::http::Request<$crate::Bytes>) -> R
                    + ::core::marker::Send
                    + ::core::marker::Sync
                    + 'static,
                R: ::core::future::Future<
                        Output = ::std::io::Result<$crate::http::Response<$crate::Bytes>>,
                    > + ::core::marker::Send
                    + 'static,
            {
                Self(self.0.transport(carry))
            }

            /// How often calls are sent again, and how long they wait in between;
            /// three attempts if not set.
            pub fn retry(self, policy: $crate::RetryPolicy) -> Self {
                Self(self.0.retry(policy))
            }

            /// The time for a whole call, all attempts and the waiting between
            /// them; 60 seconds if not set.
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// The time for one attempt; 30 seconds if not set.
            pub fn attempt_timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.attempt_timeout(timeout))
            }

            /// The time for connecting, TLS included; 10 seconds if not set.
            pub fn connect_timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.connect_timeout(timeout))
            }

            /// The most bytes of a body that are read; 16 MiB if not set.
            pub fn max_response_size(self, bytes: usize) -> Self {
                Self(self.0.max_response_size(bytes))
            }

            /// Appended to the `User-Agent` header, such as `shop/1.2`.
            pub fn user_agent_suffix(
                self,
                suffix: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.user_agent_suffix(suffix))
            }

            /// Where the time comes from, for signatures and `Retry-After`; the
            /// system if not set.
            pub fn clock(
                self,
                clock: impl ::core::ops::Fn() -> $crate::Timestamp
                    + ::core::marker::Send
                    + ::core::marker::Sync
                    + 'static,
            ) -> Self {
                Self(self.0.clock(clock))
            }

            /// The client, if all settings are right.
            ///
            /// # Errors
            ///
            /// If the server's URL, a credential or the `User-Agent` cannot be
            /// used, or the HTTP client cannot be made.
            pub fn build(self) -> ::core::result::Result<$client, $crate::BuildError> {
                ::core::result::Result::Ok($client { connection: self.0.build()? })
            }
        }
    };
}

/// Makes the type of a call of one operation, with a setter per optional
/// argument. Used by the generated client crates.
///
/// A setter says where its value goes: `query`, `query_each` (the name once
/// per value), `query_joined` (values with commas) or `header`; `query_as`,
/// `query_reserved`, `header_as` and `cookie_as` take a [`Style`](crate::Style),
/// too. `key` is the setter of the idempotency key. Behind it stand the rules that the value must
/// keep, named as in [`constraints!`](crate::constraints).
///
/// `body` is the setter of a body that may be left out, with the method of
/// [`Call`](crate::Call) that encodes it, and its media type if that is not the
/// usual one.
///
/// A success is JSON of the type behind `->`. Other ones say how they are read,
/// and what is asked for: `as text`, `as binary`, or `as status` for a type made
/// by [`operation_success!`](crate::operation_success).
///
/// `paging` makes it a list that is read page by page: the type of its items, a
/// [`PagingForm`](crate::PagingForm), and the rules of the offset or number of a
/// page.
///
/// ```
/// # #[derive(serde::Deserialize)]
/// # pub struct PayoutList;
/// # #[derive(serde::Deserialize)]
/// # pub struct Payout;
/// # payouts_core::operation_error! { pub enum ListPayoutsError {} }
/// payouts_core::operation! {
///     /// A call of `list_payouts` that has not been sent yet.
///     pub struct ListPayouts -> PayoutList, ListPayoutsError {
///         /// Maximum number of items.
///         limit: u64 => query("limit"), minimum("1"), maximum("100");
///         /// Only these states.
///         states: Vec<String> => query_each("state");
///         /// Order, by these members.
///         sort: Vec<String> => query_joined("sort");
///         /// Only with these members.
///         filter: std::collections::BTreeMap<String, String> => query_as("filter", DeepObject);
///         /// For the provider's logs.
///         request_id: String => header("X-Request-Id");
///         /// Makes repeats recognisable.
///         idempotency_key: key("Idempotency-Key");
///         /// A longer question.
///         body: Vec<String> => body json() as "application/vnd.acme+json";
///     }
///     paging: Payout => Page { page: "page", last: &["/last"], current: &["/page"], items: &["/data"] }, minimum("1");
/// }
///
/// fn first_page(call: ListPayouts) -> ListPayouts {
///     call.limit(10).states(vec![String::from("pending")]).idempotency_key("run-1")
/// }
///
/// async fn count(call: ListPayouts) -> Result<usize, payouts_core::Error> {
///     let mut items = call.items();
///     let mut n_items = 0;
///     while let Some(item) = items.next().await {
///         item?;
///         n_items += 1;
///     }
///     Ok(n_items)
/// }
/// ```
///
/// ```
/// # payouts_core::operation_error! { pub enum ExportPayoutsError {} }
/// use payouts_core::Sensitive;
///
/// payouts_core::operation! {
///     /// A call of `export_payouts` that has not been sent yet.
///     pub struct ExportPayouts -> Sensitive<String> as text("text/csv"), ExportPayoutsError {}
/// }
///
/// async fn n_lines(call: ExportPayouts) -> Result<usize, payouts_core::Error> {
///     Ok(call.send().await?.expose().lines().count())
/// }
/// ```
#[macro_export]
macro_rules! operation {
    (
        $(#[$meta:meta])*
        pub struct $name:ident -> $out:ty $(as $format:ident($accept:literal))?, $err:ty {
            $($setters:tt)*
        }
        $(
            paging: $item:ty => $form:ident { $($facts:tt)* }
            $(, $rule:ident($($argument:expr),*))*;
        )?
    ) => {
        $(#[$meta])*
        #[derive(::core::fmt::Debug)]
        #[must_use = "a call does nothing until it is sent"]
        pub struct $name(pub(crate) $crate::Call);

        impl $name {
            $crate::operation!(@setters $($setters)*);

            fn __asking(self) -> $crate::Call {
                self.0 $( .accept($accept) )?
            }

            /// Sets a header that the operation does not know.
            ///
            /// The headers that the client sets itself are refused.
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.extra_header(name, value))
            }

            /// Sets how often the call is sent again, and how long it waits in
            /// between.
            pub fn retry(self, policy: $crate::RetryPolicy) -> Self {
                Self(self.0.retry(policy))
            }

            /// Sets the time for the whole call.
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Sets the time for one attempt.
            pub fn attempt_timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.attempt_timeout(timeout))
            }

            /// Checks and encodes the call without sending it: its idempotency key
            /// and its bytes can be kept first.
            ///
            /// # Errors
            ///
            /// If an argument cannot be sent, a credential is missing, or there is
            /// no randomness for a key.
            pub fn prepare(
                self,
            ) -> ::core::result::Result<$crate::PreparedCall<$out, $err>, $crate::Error<$err>> {
                self.__asking().prepare_as($crate::operation!(@read $($format)? $out))
            }

            /// Sends the call.
            ///
            /// # Errors
            ///
            /// [`Error::outcome`](payouts_core::Error::outcome) says what became of
            /// the request.
            pub fn send(
                self,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<$crate::Response<$out>, $crate::Error<$err>>,
            > + ::core::marker::Send {
                self.__asking().send_as($crate::operation!(@read $($format)? $out))
            }

            $(
                const PAGING: &'static $crate::Paging = &$crate::Paging {
                    form: $crate::PagingForm::$form { $($facts)* },
                    check: |_position, _at| { $( _at.$rule(_position $(, $argument)*); )* },
                };

                /// The pages of the list, from the one that is asked for.
                ///
                /// Nothing is sent before a page is asked for.
                pub fn pages(self) -> $crate::Pages<$out, $err> {
                    self.__asking().pages(Self::PAGING)
                }

                /// The items of the list, from the page that is asked for.
                ///
                /// Nothing is sent before an item is asked for.
                pub fn items(self) -> $crate::Items<$item, $err> {
                    self.__asking().items(Self::PAGING)
                }

                /// Begins where a page ended; see
                /// [`Page::cursor`](payouts_core::Page::cursor).
                pub fn resume(self, cursor: &$crate::Cursor) -> Self {
                    Self(self.0.resume(Self::PAGING, cursor))
                }
            )?
        }

        impl ::core::future::IntoFuture for $name {
            type Output = ::core::result::Result<$crate::Response<$out>, $crate::Error<$err>>;
            type IntoFuture = ::core::pin::Pin<::std::boxed::Box<
                dyn ::core::future::Future<Output = Self::Output> + ::core::marker::Send,
            >>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::boxed::Box::pin(self.send())
            }
        }
    };

    // Before the first arm without a format, whose type would begin with one.
    (@read text $out:ty) => {
        $crate::SuccessBody::text
    };
    (@read binary $out:ty) => {
        $crate::SuccessBody::binary
    };
    (@read json $out:ty) => {
        $crate::SuccessBody::json::<$out>
    };
    (@read status $out:ty) => {
        <$out>::__read
    };
    (@read $out:ty) => {
        $crate::SuccessBody::json::<$out>
    };

    (@setters) => {};
    (@setters $(#[$meta:meta])* $name:ident: key($header:literal); $($rest:tt)*) => {
        $(#[$meta])*
        pub fn $name(self, key: impl ::core::convert::Into<::std::string::String>) -> Self {
            Self(self.0.key(key))
        }
        $crate::operation!(@setters $($rest)*);
    };
    (@setters
        $(#[$meta:meta])*
        $name:ident: $ty:ty => body $method:ident($($argument:expr),*) $(as $media_type:literal)?;
        $($rest:tt)*
    ) => {
        $(#[$meta])*
        pub fn $name(self, $name: $ty) -> Self {
            Self(self.0.$method(&$name $(, $argument)*) $( .media_type($media_type) )?)
        }
        $crate::operation!(@setters $($rest)*);
    };
    (@setters
        $(#[$meta:meta])*
        $name:ident: $ty:ty => checked body $method:ident($($argument:expr),*) $(as $media_type:literal)?;
        $($rest:tt)*
    ) => {
        $(#[$meta])*
        pub fn $name(self, $name: $ty) -> Self {
            let call = self.0.checked(&$name);
            Self(call.$method(&$name $(, $argument)*) $( .media_type($media_type) )?)
        }
        $crate::operation!(@setters $($rest)*);
    };
    // A number without a suffix is an `i32` to `Into`, so the types that
    // literals have are taken as they are.
    (@setters
        $(#[$meta:meta])*
        $name:ident: bool => $place:ident($wire:literal $(, $style:ident)?) $(, $rule:ident($($argument:expr),*))*;
        $($rest:tt)*
    ) => {
        $crate::operation!(@exact [$(#[$meta])*] $name bool $place $wire [$($style)?] $(, $rule($($argument),*))*);
        $crate::operation!(@setters $($rest)*);
    };
    (@setters
        $(#[$meta:meta])*
        $name:ident: i32 => $place:ident($wire:literal $(, $style:ident)?) $(, $rule:ident($($argument:expr),*))*;
        $($rest:tt)*
    ) => {
        $crate::operation!(@exact [$(#[$meta])*] $name i32 $place $wire [$($style)?] $(, $rule($($argument),*))*);
        $crate::operation!(@setters $($rest)*);
    };
    (@setters
        $(#[$meta:meta])*
        $name:ident: i64 => $place:ident($wire:literal $(, $style:ident)?) $(, $rule:ident($($argument:expr),*))*;
        $($rest:tt)*
    ) => {
        $crate::operation!(@exact [$(#[$meta])*] $name i64 $place $wire [$($style)?] $(, $rule($($argument),*))*);
        $crate::operation!(@setters $($rest)*);
    };
    (@setters
        $(#[$meta:meta])*
        $name:ident: u32 => $place:ident($wire:literal $(, $style:ident)?) $(, $rule:ident($($argument:expr),*))*;
        $($rest:tt)*
    ) => {
        $crate::operation!(@exact [$(#[$meta])*] $name u32 $place $wire [$($style)?] $(, $rule($($argument),*))*);
        $crate::operation!(@setters $($rest)*);
    };
    (@setters
        $(#[$meta:meta])*
        $name:ident: u64 => $place:ident($wire:literal $(, $style:ident)?) $(, $rule:ident($($argument:expr),*))*;
        $($rest:tt)*
    ) => {
        $crate::operation!(@exact [$(#[$meta])*] $name u64 $place $wire [$($style)?] $(, $rule($($argument),*))*);
        $crate::operation!(@setters $($rest)*);
    };
    (@setters
        $(#[$meta:meta])*
        $name:ident: $ty:ty => $place:ident($wire:literal $(, $style:ident)?) $(, $rule:ident($($argument:expr),*))*;
        $($rest:tt)*
    ) => {
        $(#[$meta])*
        pub fn $name(self, $name: impl ::core::convert::Into<$ty>) -> Self {
            let value: $ty = ::core::convert::Into::into($name);
            let call = self.0;
            $(
                let call = call.check(::core::stringify!($name), |at| {
                    at.$rule(&value $(, $argument)*);
                });
            )*
            Self(call.$place($wire, $($crate::Style::$style,)? &value))
        }
        $crate::operation!(@setters $($rest)*);
    };
    (@exact [$($meta:tt)*] $name:ident $ty:ident $place:ident $wire:literal [$($style:ident)?] $(, $rule:ident($($argument:expr),*))*) => {
        $($meta)*
        pub fn $name(self, $name: $ty) -> Self {
            let call = self.0;
            $(
                let call = call.check(::core::stringify!($name), |at| {
                    at.$rule(&$name $(, $argument)*);
                });
            )*
            Self(call.$place($wire, $($crate::Style::$style,)? &$name))
        }
    };
}

/// Makes the type of the successes of one operation, if they differ: a variant
/// per documented status. Used by the generated client crates.
///
/// A status is `"201"` or the range `"2XX"`. A variant without a type is a
/// status whose body is empty or not documented. A 2xx that is not documented is
/// read as the lowest one that is.
///
/// ```
/// # payouts_core::operation_error! { pub enum CreatePayoutError {} }
/// use payouts_core::Sensitive;
///
/// payouts_core::operation_success! {
///     /// What `create_payout` can answer, by status.
///     pub enum CreatePayoutSuccess {
///         /// It was made.
///         Created(Vec<u64>) = "201",
///         /// It will be made.
///         Accepted = "202",
///         /// A receipt.
///         Success(Sensitive<String>) as text = "2XX",
///     }
/// }
///
/// payouts_core::operation! {
///     /// A call of `create_payout` that has not been sent yet.
///     pub struct CreatePayout -> CreatePayoutSuccess as status("application/json, text/plain"), CreatePayoutError {}
/// }
/// ```
#[macro_export]
macro_rules! operation_success {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident $(($body:ty))? $(as $format:ident)? = $status:literal
            ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$variant_meta])* $variant $(($body))?, )*
        }

        impl $name {
            #[doc(hidden)]
            pub fn __read(
                body: $crate::SuccessBody,
            ) -> ::core::result::Result<Self, $crate::Unreadable> {
                match $crate::__success_status(body.status(), &[$($status),*]) {
                    $(
                        ::core::option::Option::Some($status) => {
                            $crate::operation_success!(@variant $variant [$($format)?] $(($body))? body)
                        }
                    )*
                    _ => ::core::result::Result::Err($crate::Unreadable::status()),
                }
            }
        }
    };

    (@variant $variant:ident [] $received:ident) => {
        ::core::result::Result::Ok(Self::$variant)
    };
    (@variant $variant:ident [$($format:ident)?] ($body:ty) $received:ident) => {
        $crate::operation!(@read $($format)? $body)($received).map(Self::$variant)
    };
}

/// Lists the operations of a client. Used by the generated client crates.
#[macro_export]
macro_rules! operations {
    ($($operation:ident),* $(,)?) => {
        /// Every operation, in the order of the spec.
        pub static OPERATIONS: &[&$crate::Operation] = &[$(&$operation),*];
    };
}

/// Makes a constant of each header that answers have, by the types of their
/// values. Used by the generated client crates.
///
/// ```
/// payouts_core::response_headers! {
///     i64 {
///         /// How many items there are on all pages.
///         PAGINATION_TOTAL = "Pagination-Total",
///     }
/// }
///
/// fn total<T>(page: &payouts_core::Response<T>) -> Option<i64> {
///     page.header(headers::PAGINATION_TOTAL).ok().flatten()
/// }
/// ```
#[macro_export]
macro_rules! response_headers {
    ($( $ty:ty { $( $(#[$meta:meta])* $name:ident = $wire:literal ),* $(,)? } )*) => {
        /// The headers that answers have, with the types of their values.
        pub mod headers {
            #[doc(no_inline)]
            pub use $crate::{Header, HeaderError};

            #[allow(unused_imports, reason = "not every client has headers of its own types")]
            use super::*;

            $($(
                $(#[$meta])*
                pub const $name: Header<$ty> = Header::new($wire);
            )*)*
        }
    };
}

/// Makes the error type of one operation: a variant per documented status.
/// Used by the generated client crates.
///
/// A status is `"404"`, a range `"5XX"` or `"default"`. A variant without a
/// type is a status whose body is not documented. The last variant,
/// `Undocumented`, is every other status, and every body that is not what is
/// documented; the bytes are on the [`Error`](crate::Error).
///
/// ```
/// use payouts_core::OperationError;
///
/// payouts_core::operation_error! {
///     /// What `list_payouts` can answer instead of a success.
///     pub enum ListPayoutsError {
///         /// Bad request.
///         BadRequest(Vec<String>) = "400",
///         /// There is no such account.
///         NotFound = "404",
///     }
/// }
///
/// let error = ListPayoutsError::decode(400, br#"["limit"]"#);
/// assert!(matches!(error, ListPayoutsError::BadRequest(names) if names == ["limit"]));
/// assert!(matches!(ListPayoutsError::decode(500, b""), ListPayoutsError::Undocumented));
/// ```
#[macro_export]
macro_rules! operation_error {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident $(($body:ty))? = $status:literal ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$variant_meta])* $variant $(($body))?, )*
            /// A status that is not documented, or a body that is not what is
            /// documented for its status. The bytes are on the error.
            Undocumented,
        }

        impl $crate::OperationError for $name {
            const DECLARED: &'static [&'static str] = &[$($status),*];

            fn decode(status: u16, body: &[u8]) -> Self {
                let _ = body;
                match $crate::__declared_status(status, Self::DECLARED) {
                    $(
                        ::core::option::Option::Some($status) => {
                            $crate::operation_error!(@variant $variant $(($body))? body)
                        }
                    )*
                    _ => Self::Undocumented,
                }
            }
        }
    };

    (@variant $variant:ident $body:ident) => {
        Self::$variant
    };
    (@variant $variant:ident ($ty:ty) $body:ident) => {
        match $crate::decode::<$ty>($body) {
            ::core::result::Result::Ok(value) => Self::$variant(value),
            ::core::result::Result::Err(_) => Self::Undocumented,
        }
    };
}

//! The macro that makes the functions which receive webhooks out of a table.

/// Makes a function per webhook. Used by the generated client crates.
///
/// A row says what is called, what it takes, what it gives, the webhook's id,
/// its [`Proof`](crate::Proof) if there is one, and the JSON pointers to what
/// identifies an event.
///
/// ```
/// use payouts_core::{HeaderMap, Secret, WebhookErrorKind};
///
/// payouts_core::webhooks! {
///     /// A payout changed.
///     pub fn verify_payout_changed(secrets, headers, body) -> Vec<String> = "payout_changed",
///         HmacSha256 { header: "X-Signature", prefix: "", message: "{body}", timestamp: None },
///         [];
///     /// An account changed.
///     pub fn read_unverified_account_changed(body) -> Vec<String> = "account_changed", ["/0"];
/// }
///
/// let res = verify_payout_changed(&[Secret::new("key")], &HeaderMap::new(), b"[]");
/// let error = res.unwrap_err();
/// assert_eq!(error.kind(), WebhookErrorKind::Header);
/// assert_eq!(error.to_string(), "payout_changed: header X-Signature is missing");
///
/// let event = read_unverified_account_changed(b"[\"paid\"]")?;
/// assert_eq!(event.len(), 1);
/// # Ok::<(), payouts_core::WebhookError>(())
/// ```
#[macro_export]
macro_rules! webhooks {
    (@row (secrets, headers, body) $(#[$meta:meta])* $name:ident $ty:ty, $proof:expr;
        $id:literal, [$($pointer:literal),*]
    ) => {
        $(#[$meta])*
        pub fn $name(
            secrets: &[$crate::Secret],
            headers: &$crate::HeaderMap,
            body: &[u8],
        ) -> ::core::result::Result<$crate::Event<$ty>, $crate::WebhookError> {
            static WEBHOOK: $crate::Webhook =
                $crate::Webhook { id: $id, proof: $proof, identity: &[$($pointer),*] };
            WEBHOOK.verify(secrets, headers, body)
        }
    };
    (@row (body) $(#[$meta:meta])* $name:ident $ty:ty, ;
        $id:literal, [$($pointer:literal),*]
    ) => {
        $(#[$meta])*
        pub fn $name(
            body: &[u8],
        ) -> ::core::result::Result<$crate::Event<$ty>, $crate::WebhookError> {
            static WEBHOOK: $crate::Webhook = $crate::Webhook {
                id: $id,
                proof: $crate::Proof::None,
                identity: &[$($pointer),*],
            };
            WEBHOOK.read_unverified(body)
        }
    };
    // Each row on its own: there are more of them than a macro can call itself.
    ($(
        $(#[$meta:meta])*
        pub fn $name:ident $arguments:tt -> $ty:ty = $id:literal,
            $($proof:ident $({ $($fields:tt)* })?,)? [$($pointer:literal),*];
    )*) => {
        $(
            $crate::webhooks! {
                @row $arguments $(#[$meta])* $name $ty,
                $($crate::Proof::$proof $({ $($fields)* })?)?; $id, [$($pointer),*]
            }
        )*
    };
}

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

#[cfg(test)]
#[expect(unreachable_pub, reason = "these functions are those of a client")]
mod tests {
    use crate::{Event, Json, WebhookError};

    macro_rules! many {
        ($($name:ident)*) => {
            webhooks! {
                $(
                    /// An event.
                    pub fn $name(body) -> Json = "event", [];
                )*
            }
            const WEBHOOKS: &[fn(&[u8]) -> Result<Event<Json>, WebhookError>] = &[$($name),*];
        };
    }

    many! {
        w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15 w16 w17 w18 w19 w20 w21 w22 w23 w24
        w25 w26 w27 w28 w29 w30 w31 w32 w33 w34 w35 w36 w37 w38 w39 w40 w41 w42 w43 w44 w45 w46
        w47 w48 w49 w50 w51 w52 w53 w54 w55 w56 w57 w58 w59 w60 w61 w62 w63 w64 w65 w66 w67 w68
        w69 w70 w71 w72 w73 w74 w75 w76 w77 w78 w79 w80 w81 w82 w83 w84 w85 w86 w87 w88 w89 w90
        w91 w92 w93 w94 w95 w96 w97 w98 w99 w100 w101 w102 w103 w104 w105 w106 w107 w108 w109 w110
        w111 w112 w113 w114 w115 w116 w117 w118 w119 w120 w121 w122 w123 w124 w125 w126 w127 w128
        w129 w130 w131 w132 w133 w134 w135 w136 w137 w138 w139
    }

    /// More than a macro can call itself.
    #[test]
    fn many_webhooks() {
        assert_eq!(WEBHOOKS.len(), 140);
        let read = WEBHOOKS.iter().map(|it| it(b"7").expect("it is JSON"));
        assert!(read.into_iter().all(|it| it.as_text() == "7"));
    }
}

//! A made-up provider, written as the generator writes it.

use payouts_core::{
    Api, Idempotency, Method, MinorUnits, Operation, Reconcile, Scheme, SchemeKind, Sensitive,
    Server, Signature, TokenExchange,
};
use serde::{Deserialize, Serialize};

pub(crate) static API: Api = Api {
    provider: "acme",
    title: "Acme",
    version: "0.1.0",
    schemes: &[
        Scheme { name: "walletKey", kind: SchemeKind::ApiKey { header: "Authorization" } },
        Scheme { name: "jwt", kind: SchemeKind::Bearer },
        Scheme { name: "apiKey", kind: SchemeKind::ApiKey { header: "x-api-key" } },
        Scheme {
            name: "signature",
            kind: SchemeKind::Signature(&Signature {
                header: "signature",
                secret: "apiSecret",
                message: "{epochMillis}.{apiKey}",
                value: "{epochMillis}.{signature}",
            }),
        },
        Scheme {
            name: "accessToken",
            kind: SchemeKind::Token(&TokenExchange {
                operation: &CREATE_TOKEN,
                request: &[("account", "accountId"), ("secret", "appSecret")],
                token: "/token",
                expires_in: Some("/expires_in"),
            }),
        },
    ],
};

pub(crate) static CREATE_TOKEN: Operation = Operation {
    id: "create_token",
    method: Method::POST,
    path: "/token",
    security: &[],
    idempotency: Idempotency::Repeatable,
    reconcile: Reconcile::Impossible("ask for another token"),
    success: &[200],
};

pub(crate) static CREATE_TRANSFER: Operation = Operation {
    id: "create_transfer",
    method: Method::POST,
    path: "/transfers",
    security: &[&["accessToken"]],
    idempotency: Idempotency::None,
    reconcile: Reconcile::With {
        operation: &LIST_PAYOUTS,
        matching: "reference",
        how: "Look for the reference.",
    },
    success: &[200],
};

pub(crate) static PUT_PAYOUT: Operation = Operation {
    id: "put_payout",
    method: Method::PUT,
    path: "/payouts/{id}",
    security: &[&[]],
    idempotency: Idempotency::Repeatable,
    reconcile: Reconcile::With {
        operation: &LIST_PAYOUTS,
        matching: "id",
        how: "Look for the id.",
    },
    success: &[200],
};

pub(crate) static CREATE_PAYOUT: Operation = Operation {
    id: "create_payout",
    method: Method::POST,
    path: "/groups/{group_id}/payouts/{payout_id}",
    security: &[&["walletKey"], &["jwt"]],
    idempotency: Idempotency::None,
    reconcile: Reconcile::With {
        operation: &LIST_PAYOUTS,
        matching: "reference",
        how: "Look for the reference.",
    },
    success: &[200, 303],
};

pub(crate) static LIST_PAYOUTS: Operation = Operation {
    id: "list_payouts",
    method: Method::GET,
    path: "/payouts",
    security: &[&["apiKey", "signature"]],
    idempotency: Idempotency::Safe,
    reconcile: Reconcile::NotNeeded,
    success: &[200],
};

pub(crate) static CANCEL_PAYOUT: Operation = Operation {
    id: "cancel_payout",
    method: Method::POST,
    path: "/payouts/{id}/cancel",
    security: &[&[]],
    idempotency: Idempotency::Key("Idempotency-Key"),
    reconcile: Reconcile::Impossible("there is no list"),
    success: &[204],
};

payouts_core::string_newtype! {
    /// Identifies a group.
    pub struct GroupId;
}

/// The environments of Acme.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Environment {
    /// Real money.
    Production {
        /// The organisation.
        organization_id: String,
    },
}

impl From<Environment> for Server {
    fn from(environment: Environment) -> Self {
        match environment {
            Environment::Production { organization_id } => Server::new(
                "https://api.acme.example/organizations/{organizationId}",
                &[("organizationId", &organization_id)],
            ),
        }
    }
}

/// What is paid.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PayoutRequest {
    /// How much.
    pub amount: MinorUnits,
    /// The caller's own name for it.
    pub reference: String,
    /// Where to.
    pub account: Sensitive<String>,
}

payouts_core::constraints! { PayoutRequest {
    reference: min_length(1), max_length(8);
} }

/// What was paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Payout {
    /// Its name.
    pub id: String,
    /// How much.
    pub amount: MinorUnits,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApiError {
    /// In words.
    pub message: String,
}

payouts_core::client! {
    /// Client for Acme.
    pub struct Client;
    /// Builds a [`Client`].
    pub struct ClientBuilder for API {
        /// Key of the product Wallet.
        wallet_key = "walletKey",
        /// A token.
        jwt = "jwt",
        /// The key.
        api_key = "apiKey",
        /// The secret of the signature.
        api_secret = "apiSecret",
        /// The account.
        account_id = "accountId",
        /// The secret of the account.
        app_secret = "appSecret",
        /// A token that was fetched elsewhere.
        access_token = "accessToken",
    }
}

impl Client {
    /// Pays.
    pub fn create_payout(
        &self,
        group_id: GroupId,
        payout_id: impl Into<String>,
        body: PayoutRequest,
    ) -> CreatePayout {
        CreatePayout(
            self.connection
                .call(&CREATE_PAYOUT)
                .path("group_id", &group_id)
                .path("payout_id", &payout_id.into())
                .checked_json(&body),
        )
    }

    /// Lists payouts.
    pub fn list_payouts(&self) -> ListPayouts {
        ListPayouts(self.connection.call(&LIST_PAYOUTS))
    }

    /// Pays, with a token.
    pub fn create_transfer(&self, body: PayoutRequest) -> CreateTransfer {
        CreateTransfer(self.connection.call(&CREATE_TRANSFER).checked_json(&body))
    }

    /// Pays, under an id of the caller's.
    pub fn put_payout(&self, id: &str, body: PayoutRequest) -> PutPayout {
        PutPayout(self.connection.call(&PUT_PAYOUT).path("id", id).checked_json(&body))
    }

    /// Cancels a payout.
    pub fn cancel_payout(&self, id: &str) -> CancelPayout {
        CancelPayout(self.connection.call(&CANCEL_PAYOUT).path("id", id))
    }
}

payouts_core::operation! {
    /// A call of [`Client::create_payout`] that has not been sent yet.
    pub struct CreatePayout -> Payout, CreatePayoutError {}
}

payouts_core::operation! {
    /// A call of [`Client::list_payouts`] that has not been sent yet.
    pub struct ListPayouts -> Vec<Payout>, ListPayoutsError {
        /// Maximum number of items.
        limit: u64 => query("limit");
        /// With closed ones.
        closed: bool => query("closed");
        /// Only of this group.
        group: GroupId => query("group[id]");
        /// Values.
        statuses: Vec<String> => query_each("status");
        sort: Vec<String> => query_joined("sort");
        request_id: String => header("X-Request-Id");
    }
}

payouts_core::operation! {
    /// A call of [`Client::create_transfer`] that has not been sent yet.
    pub struct CreateTransfer -> Payout, CreateTransferError {}
}

payouts_core::operation! {
    /// A call of [`Client::put_payout`] that has not been sent yet.
    pub struct PutPayout -> Payout, PutPayoutError {}
}

payouts_core::operation! {
    /// A call of [`Client::cancel_payout`] that has not been sent yet.
    pub struct CancelPayout -> (), CancelPayoutError {
        /// Makes a repeat recognisable.
        idempotency_key: key("Idempotency-Key");
    }
}

payouts_core::operation_error! {
    /// What [`Client::create_payout`] can answer instead of a success.
    pub enum CreatePayoutError {
        /// Bad request or validation error.
        BadRequest(ApiError) = "400",
        /// There is no such group.
        NotFound = "404",
        ServerError(ApiError) = "5XX",
        Other(ApiError) = "default",
    }
}

payouts_core::operation_error! {
    /// What [`Client::list_payouts`] can answer instead of a success.
    pub enum ListPayoutsError {}
}

payouts_core::operation_error! {
    /// What [`Client::create_transfer`] can answer instead of a success.
    pub enum CreateTransferError {}
}

payouts_core::operation_error! {
    /// What [`Client::put_payout`] can answer instead of a success.
    pub enum PutPayoutError {
        /// Documented, so it is a rejection.
        Conflict = "409",
    }
}

payouts_core::operation_error! {
    /// What [`Client::cancel_payout`] can answer instead of a success.
    pub enum CancelPayoutError {
        /// It is paid already.
        Conflict(ApiError) = "409",
    }
}

/// A body that keeps all limits.
pub(crate) fn request() -> PayoutRequest {
    PayoutRequest {
        amount: MinorUnits::new(100_000),
        reference: String::from("r-1"),
        account: Sensitive::from("canary-account"),
    }
}

/// A client of a server, with all credentials.
pub(crate) fn client(url: &str) -> Client {
    builder(url)
        .wallet_key("canary-wallet")
        .api_key("canary-key")
        .api_secret("canary-secret")
        .build()
        .expect("the settings are right")
}

/// Without credentials.
pub(crate) fn builder(url: &str) -> ClientBuilder {
    Client::builder(url)
}

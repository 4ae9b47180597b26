//! What names tell about values: guesses, on the safe side where they are used
//! unasked, and for a person to confirm elsewhere.

/// Whether a member of this name most likely holds personal or secret text.
pub(super) fn is_sensitive(wire: &str) -> bool {
    const PARTS: &[&str] = &[
        "accountnumber",
        "routingnumber",
        "sortcode",
        "iban",
        "cardnumber",
        "securitycode",
        "firstname",
        "lastname",
        "fullname",
        "givenname",
        "surname",
        "middlename",
        "familyname",
        "maidenname",
        "holdername",
        "cardholder",
        "accountholder",
        "ownername",
        "nameoncard",
        "dateofbirth",
        "birthdate",
        "birthday",
        "taxid",
        "nationalid",
        "passport",
        "idnumber",
        "documentnumber",
        "licensenumber",
        "socialsecurity",
        "email",
        "phone",
        "mobilenumber",
        "addressline",
        "street",
        "postalcode",
        "postcode",
        "zipcode",
        "ipaddress",
        "password",
        "passphrase",
        "secret",
        "apikey",
        "privatekey",
        "accesstoken",
        "refreshtoken",
        "credential",
        "signature",
        "encrypted",
        "fingerprint",
        "shopperreference",
        "username",
    ];
    const WHOLE: &[&str] = &[
        "pan",
        "cvc",
        "cvv",
        "cvc2",
        "cvv2",
        "ssn",
        "dob",
        "pin",
        "iban",
        "ip",
        "line1",
        "line2",
        "zip",
        "token",
        "authorization",
        "number",
        "accountno",
        "holder",
        "receiver",
        "recipient",
        "payee",
    ];
    let name = folded(wire);
    WHOLE.contains(&name.as_str()) || PARTS.iter().any(|it| name.contains(it))
}

/// Whether a number of this name is most likely an amount of money.
pub(super) fn is_amount(wire: &str) -> bool {
    const PARTS: &[&str] =
        &["amount", "price", "balance", "total", "cost", "discount", "surcharge"];
    const ENDS: &[&str] = &[
        "id",
        "ids",
        "type",
        "status",
        "code",
        "count",
        "number",
        "date",
        "time",
        "currency",
        "required",
        "method",
        "items",
        "pages",
        "reference",
        "name",
        "description",
        "platform",
        "account",
    ];
    // They end in `count` and `id`, and count nothing.
    const AMOUNTS: &[&str] = &["discount", "paid"];
    let name = folded(wire);
    let ends = |with: &[&str]| with.iter().any(|it| name.ends_with(it));
    (PARTS.iter().any(|it| name.contains(it)) || name.ends_with("fee") || name == "tax")
        && (!ends(ENDS) || ends(AMOUNTS))
}

/// Whether a member of this name most likely says which currency is meant.
pub(super) fn is_currency(wire: &str) -> bool {
    matches!(folded(wire).as_str(), "currency" | "currencycode" | "isocurrencycode")
}

/// The unit of a number, which has to have one.
pub(super) fn unit(wire: &str) -> &'static str {
    let name = folded(wire);
    if name.contains("percent") {
        "percent"
    } else if name.contains("rate") && !name.contains("rated") {
        "rate"
    } else if is_amount(wire) {
        "major"
    } else {
        "factor"
    }
}

/// Whether an integer is an amount in minor units, by what is said about it.
pub(super) fn is_minor(wire: &str, description: &str) -> bool {
    let text = description.to_ascii_lowercase();
    let says_so = ["minor unit", "minor currency unit", "smallest currency unit", "in cents"];
    says_so.iter().any(|it| text.contains(it))
        && (is_amount(wire) || matches!(folded(wire).as_str(), "value" | "money"))
}

/// Whether a header of this name most likely marks repeats of a request.
pub(super) fn is_idempotency_key(header: &str) -> bool {
    let name = folded(header);
    name.contains("idempoten") || name.ends_with("requestid")
}

/// A name as a sentence.
pub(super) fn sentence(name: &str) -> String {
    // The name in Rust says nothing about it.
    if !crate::names::is_told(name) {
        return format!("Called `{name}`.");
    }
    let words = crate::names::snake(name).trim_matches('_').replace('_', " ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => format!("{}{}.", first.to_ascii_uppercase(), chars.as_str()),
        None => words,
    }
}

/// A name without case and signs.
fn folded(wire: &str) -> String {
    wire.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect()
}

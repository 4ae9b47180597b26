//! Exact comparison of number texts, whatever their size.

/// Whether two texts are numbers of the same exact value.
pub(crate) fn equal(a: &str, b: &str) -> bool {
    match (Exact::parse(a), Exact::parse(b)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    }
}

/// A number as sign, significant digits and exponent, in one way only.
#[derive(PartialEq, Eq)]
struct Exact {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Exact {
    fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = without_thousands(whole)?;
        let is_digits = |it: &str| it.chars().all(|it| it.is_ascii_digit());
        if whole.is_empty() || !is_digits(&whole) || !is_digits(fraction) {
            return None;
        }
        let all = format!("{whole}{fraction}");
        let trimmed = all.trim_start_matches('0');
        let digits = trimmed.trim_end_matches('0');
        if digits.is_empty() {
            return Some(Self { negative: false, digits: String::new(), exponent: 0 });
        }
        let n_trailing = i64::try_from(trimmed.len() - digits.len()).ok()?;
        let n_fraction = i64::try_from(fraction.len()).ok()?;
        Some(Self {
            negative,
            digits: digits.to_owned(),
            exponent: exponent - n_fraction + n_trailing,
        })
    }
}

/// `1,021` is 1021; `1,2` is nothing.
fn without_thousands(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut text = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        text.push_str(group);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::equal;

    #[test]
    fn equal_values_in_different_clothes() {
        for (a, b) in [
            ("10.50", "10.5"),
            ("1e2", "100"),
            ("-0", "0"),
            ("0.010", "1e-2"),
            ("1,021.00", "1021"),
        ] {
            assert!(equal(a, b), "{a} and {b} are the same number");
        }
    }

    #[test]
    fn a_float_would_equate_these() {
        assert!(!equal("12345678901234567.89", "12345678901234568.00"));
        assert!(!equal("9007199254740993", "9007199254740992"));
    }

    #[test]
    fn signs_and_texts_count() {
        assert!(!equal("-1", "1"));
        assert!(!equal("1", "one"));
        assert!(!equal("", ""));
        assert!(!equal("1,2", "12"));
    }
}

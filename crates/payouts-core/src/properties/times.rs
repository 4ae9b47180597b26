//! Times against a calendar that is counted by hand.

use proptest::prelude::*;

use super::config;
use crate::{CivilDateTime, Date, Timestamp};

/// Days from 1970-01-01 to a day of the Gregorian calendar, year by year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let is_leap = |it: i64| (it % 4 == 0 && it % 100 != 0) || it % 400 == 0;
    let leap_years = |before: i64| {
        let last = before - 1;
        last.div_euclid(4) - last.div_euclid(100) + last.div_euclid(400)
    };
    let february = if is_leap(year) { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let n_months = usize::try_from(month - 1).expect("months count from one");
    let months: i64 = lengths.iter().take(n_months).sum();
    (year - 1970) * 365 + leap_years(year) - leap_years(1970) + months + day - 1
}

/// A day that there is.
fn day() -> impl Strategy<Value = (i64, i64, i64)> {
    let year = prop_oneof![2..9999_i64, 1950..2100_i64];
    (year, 1..=12_i64, 0..31_i64).prop_map(|(year, month, nth)| {
        let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        let length = days(next_year, next_month, 1) - days(year, month, 1);
        (year, month, nth % length + 1)
    })
}

/// The nanoseconds of a fraction of a second; digits after the ninth are dropped.
fn nanos(fraction: &str) -> i128 {
    let digits: String = fraction.chars().chain("000000000".chars()).take(9).collect();
    digits.parse().expect("digits")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_instant_is_what_its_text_says(
        (year, month, day) in day(),
        (hour, minute, second) in (0..24_i64, 0..60_i64, 0..60_i64),
        fraction in "[0-9]{0,12}",
        (offset_hour, offset_minute) in (-23..=23_i64, 0..60_i64),
        (separator, utc) in (prop::sample::select(vec!['T', 't', ' ']), any::<bool>()),
    ) {
        let point = if fraction.is_empty() { "" } else { "." };
        let sign = if offset_hour < 0 { '-' } else { '+' };
        let offset = if utc {
            String::from("Z")
        } else {
            format!("{sign}{:02}:{offset_minute:02}", offset_hour.abs())
        };
        let text = format!(
            "{year:04}-{month:02}-{day:02}{separator}{hour:02}:{minute:02}:{second:02}{point}{fraction}{offset}"
        );
        let offset = offset_hour * 3600 + offset_hour.signum() * offset_minute * 60;
        let offset = if offset_hour == 0 { offset_minute * 60 } else { offset };
        let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
        let seconds = seconds - if utc { 0 } else { offset };
        let expected = i128::from(seconds) * 1_000_000_000 + nanos(&fraction);

        let at: Timestamp = text.parse().expect(&text);
        prop_assert_eq!(at.unix_nanos(), expected);
        prop_assert_eq!(i128::from(at.unix_millis()), expected.div_euclid(1_000_000));
        prop_assert_eq!(at.to_string().parse::<Timestamp>(), Ok(at));
        let json = serde_json::to_string(&at).expect("it encodes");
        prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).expect(&json), at);
        prop_assert_eq!(Timestamp::from_unix_nanos(expected), Ok(at));
    }

    #[test]
    fn milliseconds_come_back(millis in prop_oneof![any::<i64>(), 0..4_000_000_000_000_i64]) {
        if let Ok(at) = Timestamp::from_unix_millis(millis) {
            prop_assert_eq!(at.unix_millis(), millis);
            prop_assert_eq!(at.unix_nanos(), i128::from(millis) * 1_000_000);
        }
    }

    #[test]
    fn a_day_and_time_without_a_zone_comes_back(
        (year, month, day) in day(),
        (hour, minute, second) in (0..24_u8, 0..60_u8, 0..60_u8),
        separator in prop::sample::select(vec!['T', ' ']),
    ) {
        let date = format!("{year:04}-{month:02}-{day:02}");
        prop_assert_eq!(date.parse::<Date>().expect(&date).to_string(), &date[..]);
        let short = format!("{date} {hour:02}:{minute:02}");
        let long = format!("{date}{separator}{hour:02}:{minute:02}:{second:02}");
        let civil: CivilDateTime = long.parse().expect(&long);
        let fields = (civil.date().to_string(), civil.hour(), civil.minute(), civil.second());
        prop_assert_eq!(fields, (date, hour, minute, second));
        prop_assert_eq!(civil.to_string().parse::<CivilDateTime>(), Ok(civil));
        let civil: CivilDateTime = short.parse().expect(&short);
        prop_assert_eq!(civil.to_string(), short);
    }

    /// A zone would be lost.
    #[test]
    fn a_time_with_a_zone_is_not_one_without(text in "2024-02-29[T ]08:05(:00)?(Z|z|[+-]01:00|\\[UTC\\])") {
        prop_assert!(text.parse::<CivilDateTime>().is_err());
        prop_assert!(text.parse::<Date>().is_err());
    }

    #[test]
    fn no_text_breaks_a_time(text in prop_oneof!["[-+:.,TtZz 0-9]{0,32}", any::<String>()]) {
        let at = text.parse::<Timestamp>();
        prop_assert!(at.is_err() || text.len() >= 15);
        if let Ok(civil) = text.parse::<CivilDateTime>() {
            prop_assert_eq!(civil.to_string().parse::<CivilDateTime>(), Ok(civil));
        }
        if let Ok(date) = text.parse::<Date>() {
            prop_assert_eq!(date.to_string(), text);
        }
    }
}

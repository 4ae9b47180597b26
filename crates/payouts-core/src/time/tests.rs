//! Tests of the module above.

use super::*;

/// Checks how an instant is shown again.
#[track_caller]
fn instant(text: &str, shown: &str) {
    let at: Timestamp = text.parse().expect(text);
    assert_eq!(at.to_string(), shown);
    let json = format!("\"{text}\"");
    let decoded: Timestamp = serde_json::from_str(&json).expect(&json);
    assert_eq!(serde_json::to_string(&decoded).expect("encodes"), format!("\"{shown}\""));
}

#[test]
fn instants_of_any_precision() {
    instant("2024-04-02T07:16:45Z", "2024-04-02T07:16:45Z");
    instant("2024-04-02T07:16:45.000000Z", "2024-04-02T07:16:45Z");
    instant("2024-04-02T07:16:45.7Z", "2024-04-02T07:16:45.700Z");
    instant("2024-04-02T07:16:45.773Z", "2024-04-02T07:16:45.773Z");
    instant("2024-04-02T07:16:45.773001Z", "2024-04-02T07:16:45.773001Z");
    instant("2024-04-02T07:16:45.773000001Z", "2024-04-02T07:16:45.773000001Z");
    instant("2024-04-02T07:16:45.7730000019999Z", "2024-04-02T07:16:45.773000001Z");
}

#[test]
fn instants_of_any_offset() {
    instant("2024-04-02T09:16:45.773+02:00", "2024-04-02T07:16:45.773Z");
    instant("2024-04-02T01:46:45-0530", "2024-04-02T07:16:45Z");
    instant("2024-04-02T07:16:45.1234567891+00:00", "2024-04-02T07:16:45.123456789Z");
    instant("2024-04-02t07:16:45z", "2024-04-02T07:16:45Z");
    instant("2024-04-02 07:16:45Z", "2024-04-02T07:16:45Z");
    instant("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z");
}

#[test]
fn not_an_instant() {
    for text in ["", "planted", "2024-04-02", "2024-04-02T07:16:45", "2024-02-30T00:00:00Z"] {
        let error = text.parse::<Timestamp>().expect_err(text);
        assert_eq!(error.to_string(), "expected an RFC 3339 date and time with an offset");
    }
    let error = serde_json::from_str::<Timestamp>("\"planted\"").expect_err("no instant");
    assert_eq!(
        error.to_string(),
        "invalid type: string, expected an RFC 3339 date and time with an offset"
    );
    assert!(serde_json::from_str::<Timestamp>("1712042205773").is_err());
}

#[test]
fn unix_time() {
    let at = Timestamp::from_unix_millis(1_712_042_205_773).expect("in range");
    assert_eq!(at.to_string(), "2024-04-02T07:16:45.773Z");
    assert_eq!(at.unix_millis(), 1_712_042_205_773);
    assert_eq!(at.unix_nanos(), 1_712_042_205_773_000_000);
    assert_eq!(Timestamp::from_unix_nanos(at.unix_nanos()), Ok(at));
    let before = Timestamp::from_unix_nanos(-1).expect("in range");
    assert_eq!(before.unix_millis(), -1);
    assert!(before < at && at < Timestamp::now());
    assert!(Timestamp::from_unix_millis(i64::MAX).is_err());
    assert!(Timestamp::from_unix_nanos(i128::MAX).is_err());
}

#[test]
fn dates() {
    let date = Date::new(2024, 2, 29).expect("a leap year");
    assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
    assert_eq!(date.to_string(), "2024-02-29");
    assert_eq!(serde_json::from_str::<Date>("\"2024-02-29\"").expect("a date"), date);
    assert_eq!(serde_json::to_string(&date).expect("encodes"), "\"2024-02-29\"");
    for (year, month, day) in [(2023, 2, 29), (2024, 13, 1), (2024, 1, 200), (-1, 1, 1)] {
        assert!(Date::new(year, month, day).is_err());
    }
    for text in ["20240229", "2024-02-29T00:00:00Z", "2024-2-29", "2024-02-30", "", "éé-02-29"] {
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
    assert!(Date::new(2024, 2, 28).expect("a day") < date);
}

/// Checks how a civil date-time is shown again.
#[track_caller]
fn civil(text: &str, shown: &str) {
    let at: CivilDateTime = text.parse().expect(text);
    assert_eq!(at.to_string(), shown);
    assert_eq!(shown.parse(), Ok(at));
}

#[test]
fn civil_date_times() {
    civil("2024-02-29 08:05", "2024-02-29 08:05");
    civil("2024-02-29T08:05", "2024-02-29 08:05");
    civil("2024-02-29 08:05:00", "2024-02-29 08:05");
    civil("2024-02-29 08:05:07", "2024-02-29 08:05:07");
    civil("2024-02-29 08:05:07.25", "2024-02-29 08:05:07.25");
    for text in ["2024-02-29", "2024-02-29 8", "2024-02-29 24:00", "2024-02-29 08:05Z"] {
        assert!(text.parse::<CivilDateTime>().is_err(), "{text}");
    }
    assert!("2024-02-29 08:05+02:00".parse::<CivilDateTime>().is_err());

    let date = Date::new(2024, 2, 29).expect("a day");
    let at = CivilDateTime::new(date, 23, 59).expect("a minute");
    assert_eq!((at.date(), at.hour(), at.minute(), at.second()), (date, 23, 59, 0));
    assert_eq!(serde_json::to_string(&at).expect("encodes"), "\"2024-02-29 23:59\"");
    assert!(CivilDateTime::new(date, 24, 0).is_err());
    assert!(CivilDateTime::new(date, 0, 60).is_err());
    assert!(CivilDateTime::new(date, 200, 0).is_err());
}

#[cfg(feature = "chrono")]
#[test]
fn chrono_both_ways() {
    let at: Timestamp = "1969-04-02T07:16:45.773000001Z".parse().expect("an instant");
    let theirs = chrono::DateTime::<chrono::Utc>::from(at);
    assert_eq!(theirs.to_string(), "1969-04-02 07:16:45.773000001 UTC");
    assert_eq!(Timestamp::try_from(theirs), Ok(at));
    assert!(Timestamp::try_from(chrono::DateTime::<chrono::Utc>::MAX_UTC).is_err());

    let civil: CivilDateTime = "2024-02-29 08:05:07.25".parse().expect("a time");
    let theirs = chrono::NaiveDateTime::from(civil);
    assert_eq!(theirs.to_string(), "2024-02-29 08:05:07.250");
    assert_eq!(CivilDateTime::try_from(theirs), Ok(civil));
    assert_eq!(Date::try_from(theirs.date()), Ok(civil.date()));
    assert!(Date::try_from(chrono::NaiveDate::MAX).is_err());
}

#[cfg(feature = "jiff")]
#[test]
fn jiff_both_ways() {
    let at: Timestamp = "2024-04-02T07:16:45.773000001Z".parse().expect("an instant");
    assert_eq!(Timestamp::from(jiff::Timestamp::from(at)), at);
    let civil: CivilDateTime = "2024-02-29 08:05:07.25".parse().expect("a time");
    let theirs = jiff::civil::DateTime::from(civil);
    assert_eq!(CivilDateTime::try_from(theirs), Ok(civil));
    assert_eq!(Date::try_from(theirs.date()), Ok(civil.date()));
    assert!(Date::try_from(jiff::civil::Date::MIN).is_err());
    assert!(CivilDateTime::try_from(jiff::civil::DateTime::MIN).is_err());
}

#[cfg(feature = "time")]
#[test]
fn time_both_ways() {
    for text in ["1969-04-02T07:16:45.773000001Z", "9999-12-30T22:00:00.999Z"] {
        let at: Timestamp = text.parse().expect("an instant");
        let theirs = ::time::OffsetDateTime::from(at);
        assert_eq!(theirs.unix_timestamp_nanos(), at.unix_nanos());
        assert_eq!(Timestamp::try_from(theirs), Ok(at));
    }
    let civil: CivilDateTime = "2024-02-29 08:05:07.25".parse().expect("a time");
    let theirs = ::time::PrimitiveDateTime::from(civil);
    assert_eq!(CivilDateTime::try_from(theirs), Ok(civil));
    assert_eq!(Date::try_from(theirs.date()), Ok(civil.date()));
    assert!(Date::try_from(::time::Date::MIN).is_err());
}

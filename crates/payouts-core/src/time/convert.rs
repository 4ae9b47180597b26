//! Conversions to and from the types of `jiff`, `chrono` and `time`.

#[cfg(feature = "chrono")]
mod chrono_types {
    use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};

    use crate::time::{CivilDateTime, Date, TimeError, Timestamp};

    impl From<Timestamp> for DateTime<Utc> {
        fn from(timestamp: Timestamp) -> DateTime<Utc> {
            let second = timestamp.unix_nanos().div_euclid(1_000_000_000);
            let nanos = timestamp.unix_nanos().rem_euclid(1_000_000_000);
            i64::try_from(second)
                .ok()
                .zip(u32::try_from(nanos).ok())
                .and_then(|(second, nanos)| DateTime::from_timestamp(second, nanos))
                .expect("chrono has the years -9999 to 9999")
        }
    }

    impl<Tz: chrono::TimeZone> TryFrom<DateTime<Tz>> for Timestamp {
        type Error = TimeError;

        fn try_from(instant: DateTime<Tz>) -> Result<Timestamp, TimeError> {
            let second = i128::from(instant.timestamp()) * 1_000_000_000;
            Timestamp::from_unix_nanos(second + i128::from(instant.timestamp_subsec_nanos()))
        }
    }

    impl From<Date> for NaiveDate {
        fn from(date: Date) -> NaiveDate {
            let (year, month, day) = (date.year(), date.month(), date.day());
            NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
                .expect("chrono has the same calendar")
        }
    }

    impl TryFrom<NaiveDate> for Date {
        type Error = TimeError;

        fn try_from(date: NaiveDate) -> Result<Date, TimeError> {
            let error = TimeError::expected("a year between 0 and 9999");
            let year = i16::try_from(date.year()).map_err(|_| error)?;
            let month = u8::try_from(date.month()).map_err(|_| error)?;
            let day = u8::try_from(date.day()).map_err(|_| error)?;
            Date::new(year, month, day).map_err(|_| error)
        }
    }

    impl From<CivilDateTime> for NaiveDateTime {
        fn from(civil: CivilDateTime) -> NaiveDateTime {
            let nanos = civil.0.subsec_nanosecond().unsigned_abs();
            NaiveDate::from(civil.date())
                .and_hms_nano_opt(
                    civil.hour().into(),
                    civil.minute().into(),
                    civil.second().into(),
                    nanos,
                )
                .expect("chrono has the same times of day")
        }
    }

    impl TryFrom<NaiveDateTime> for CivilDateTime {
        type Error = TimeError;

        fn try_from(civil: NaiveDateTime) -> Result<CivilDateTime, TimeError> {
            let date = Date::try_from(civil.date())?;
            let error = TimeError::expected("a time of day");
            let small = |it: u32| i8::try_from(it).map_err(|_| error);
            let (hour, minute) = (small(civil.hour())?, small(civil.minute())?);
            let second = small(civil.second())?;
            // A leap second has a billion nanoseconds or more, which fails.
            let nanos = i32::try_from(civil.nanosecond()).map_err(|_| error)?;
            let time = jiff::civil::Time::new(hour, minute, second, nanos).map_err(|_| error)?;
            Ok(CivilDateTime(date.0.to_datetime(time)))
        }
    }
}

#[cfg(feature = "jiff")]
mod jiff_types {
    use crate::time::{CivilDateTime, Date, TimeError, Timestamp};

    impl From<Timestamp> for jiff::Timestamp {
        fn from(timestamp: Timestamp) -> jiff::Timestamp {
            timestamp.0
        }
    }

    impl From<jiff::Timestamp> for Timestamp {
        fn from(timestamp: jiff::Timestamp) -> Timestamp {
            Timestamp(timestamp)
        }
    }

    impl From<Date> for jiff::civil::Date {
        fn from(date: Date) -> jiff::civil::Date {
            date.0
        }
    }

    impl TryFrom<jiff::civil::Date> for Date {
        type Error = TimeError;

        fn try_from(date: jiff::civil::Date) -> Result<Date, TimeError> {
            Date::new(date.year(), date.month().unsigned_abs(), date.day().unsigned_abs())
        }
    }

    impl From<CivilDateTime> for jiff::civil::DateTime {
        fn from(civil: CivilDateTime) -> jiff::civil::DateTime {
            civil.0
        }
    }

    impl TryFrom<jiff::civil::DateTime> for CivilDateTime {
        type Error = TimeError;

        fn try_from(civil: jiff::civil::DateTime) -> Result<CivilDateTime, TimeError> {
            Date::try_from(civil.date())?;
            Ok(CivilDateTime(civil))
        }
    }
}

#[cfg(feature = "time")]
mod time_types {
    use time::{Month, OffsetDateTime, PrimitiveDateTime, Time};

    use crate::time::{CivilDateTime, Date, TimeError, Timestamp};

    impl From<Timestamp> for OffsetDateTime {
        fn from(timestamp: Timestamp) -> OffsetDateTime {
            OffsetDateTime::from_unix_timestamp_nanos(timestamp.unix_nanos())
                .expect("time has the years -9999 to 9999")
        }
    }

    impl TryFrom<OffsetDateTime> for Timestamp {
        type Error = TimeError;

        fn try_from(instant: OffsetDateTime) -> Result<Timestamp, TimeError> {
            Timestamp::from_unix_nanos(instant.unix_timestamp_nanos())
        }
    }

    impl From<Date> for time::Date {
        fn from(date: Date) -> time::Date {
            Month::try_from(date.month())
                .and_then(|it| time::Date::from_calendar_date(date.year().into(), it, date.day()))
                .expect("time has the same calendar")
        }
    }

    impl TryFrom<time::Date> for Date {
        type Error = TimeError;

        fn try_from(date: time::Date) -> Result<Date, TimeError> {
            let error = TimeError::expected("a year between 0 and 9999");
            let year = i16::try_from(date.year()).map_err(|_| error)?;
            Date::new(year, date.month().into(), date.day()).map_err(|_| error)
        }
    }

    impl From<CivilDateTime> for PrimitiveDateTime {
        fn from(civil: CivilDateTime) -> PrimitiveDateTime {
            let nanos = civil.0.subsec_nanosecond().unsigned_abs();
            let time = Time::from_hms_nano(civil.hour(), civil.minute(), civil.second(), nanos)
                .expect("time has the same times of day");
            PrimitiveDateTime::new(civil.date().into(), time)
        }
    }

    impl TryFrom<PrimitiveDateTime> for CivilDateTime {
        type Error = TimeError;

        fn try_from(civil: PrimitiveDateTime) -> Result<CivilDateTime, TimeError> {
            let date = Date::try_from(civil.date())?;
            let error = TimeError::expected("a time of day");
            let small = |it: u8| i8::try_from(it).map_err(|_| error);
            let (hour, minute) = (small(civil.hour())?, small(civil.minute())?);
            let second = small(civil.second())?;
            let nanos = i32::try_from(civil.nanosecond()).map_err(|_| error)?;
            let time = jiff::civil::Time::new(hour, minute, second, nanos).map_err(|_| error)?;
            Ok(CivilDateTime(date.0.to_datetime(time)))
        }
    }
}

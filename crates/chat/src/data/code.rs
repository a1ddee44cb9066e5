//! The data as bytes: the fields of each thing in their order, lists with their
//! length, texts with theirs. A self-describing form (JSON and the like) would
//! double the size of the widget's code.

use doorstep_index::bytes::{Reader, Writer};
use doorstep_index::{Corrupt, Date, Link};

use super::{CardRule, ContactEntry, Data, Group, Hours, Language, Message, Role, Rule};
use crate::reply::{Card, Contact, Phone};

impl Data {
    /// The data from the bytes that an index carries; no bytes are no data.
    ///
    /// # Errors
    /// The bytes are no data of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Data, Corrupt> {
        if bytes.is_empty() {
            return Ok(Data::default());
        }
        let mut reader = Reader::new(bytes, "data");
        let data = Data::read(&mut reader)?;
        reader.finish()?;
        Ok(data)
    }

    /// The bytes for `Collection::data`; the same data gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.write(&mut writer);
        writer.bytes
    }
}

/// What can be written as bytes and read back.
trait Coded: Sized {
    fn write(&self, to: &mut Writer);
    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt>;
}

impl Coded for String {
    fn write(&self, to: &mut Writer) {
        to.string(self);
    }

    fn read(from: &mut Reader<'_>) -> Result<String, Corrupt> {
        from.string().map(str::to_owned)
    }
}

impl Coded for u32 {
    fn write(&self, to: &mut Writer) {
        to.number(*self);
    }

    fn read(from: &mut Reader<'_>) -> Result<u32, Corrupt> {
        from.number()
    }
}

impl<T: Coded> Coded for Vec<T> {
    fn write(&self, to: &mut Writer) {
        to.number(self.len() as u32);
        for one in self {
            one.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Vec<T>, Corrupt> {
        let count = from.count()?;
        // No room is kept before the items are there: a false number must not
        // take memory.
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(T::read(from)?);
        }
        Ok(all)
    }
}

impl<A: Coded, B: Coded> Coded for (A, B) {
    fn write(&self, to: &mut Writer) {
        self.0.write(to);
        self.1.write(to);
    }

    fn read(from: &mut Reader<'_>) -> Result<(A, B), Corrupt> {
        Ok((A::read(from)?, B::read(from)?))
    }
}

/// A list of none or one.
impl<T: Coded> Coded for Option<T> {
    fn write(&self, to: &mut Writer) {
        to.number(u32::from(self.is_some()));
        if let Some(one) = self {
            one.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Option<T>, Corrupt> {
        if bool::read(from)? { T::read(from).map(Some) } else { Ok(None) }
    }
}

/// Types that are written as another one.
macro_rules! coded_as {
    ($($type:ty, $as:ty, $to:expr, $of:expr;)*) => {$(
        impl Coded for $type {
            fn write(&self, to: &mut Writer) {
                let convert: fn(&$type) -> $as = $to;
                convert(self).write(to);
            }

            fn read(from: &mut Reader<'_>) -> Result<$type, Corrupt> {
                let convert: fn($as) -> Option<$type> = $of;
                convert(<$as>::read(from)?).ok_or_else(|| from.error("holds no such value"))
            }
        }
    )*};
}

coded_as! {
    bool, u32, |b| u32::from(*b), |n| (n < 2).then_some(n == 1);
    u8, u32, |n| u32::from(*n), |n| n.try_into().ok();
    u16, u32, |n| u32::from(*n), |n| n.try_into().ok();
    Date, (u32, (u32, u32)),
        |d| (d.year().into(), (d.month().into(), d.day().into())),
        |(y, (m, d))| Date::new(y.try_into().ok()?, m.try_into().ok()?, d.try_into().ok()?);
    Role, u32,
        |r| Role::ALL.iter().position(|one| one == r).unwrap_or_default() as u32,
        |n| Role::ALL.get(n as usize).copied();
}

/// Things that are written field by field.
macro_rules! coded {
    ($($type:ident { $($field:ident),* })*) => {$(
        impl Coded for $type {
            fn write(&self, to: &mut Writer) {
                $(self.$field.write(to);)*
            }

            fn read(from: &mut Reader<'_>) -> Result<$type, Corrupt> {
                let mut read = $type::default();
                $(read.$field = Coded::read(from)?;)*
                Ok(read)
            }
        }
    )*};
}

coded! {
    Data { cards, rules, groups, correct, contacts, closed, messages, languages }
    CardRule { card, when, unless, signs, alone }
    Card { id, title, lines, phones, page, safeguarding, lang }
    Phone { name, number, url, hours }
    Link { text, url }
    Rule { id, role, when, unless, text, link, topics, lang }
    Group { name, words }
    ContactEntry { contact, open, lang }
    Contact { name, phone, email, url, hours, topics }
    Hours { days, from, to }
    Message { id, text }
    Language { lang, words, letters, script, text, contact, glossary }
}

#[cfg(test)]
mod tests {
    //! 1. the default data come back as they were;
    //! 2. cut bytes, more bytes and any bytes give an error or data, never a
    //!    panic.

    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8], expected: bool) {
        assert_eq!(Data::from_bytes(bytes).is_ok(), expected);
    }

    #[test]
    fn round_trip() {
        let mut data = Data::parse(crate::build::DEFAULT_FILES).unwrap();
        data.reviews.clear();
        data.thesaurus.clear();
        let bytes = data.to_bytes();
        assert_eq!(Data::from_bytes(&bytes).unwrap(), data);
        check(&[], true);
        check(&bytes[..bytes.len() - 1], false);
        check(&[&bytes[..], &[0]].concat(), false);
    }

    proptest! {
        #[test]
        fn any_bytes(bytes: Vec<u8>) {
            let _ = Data::from_bytes(&bytes);
        }
    }
}

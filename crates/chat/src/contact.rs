//! Who to ask, and whether they answer now.

use crate::data::{ContactEntry, Data};
use crate::reply::Contact;
use crate::state::Now;

/// The contact whose name is `owner`, else the one that serves the first of
/// `topics` that any serves, else the general one; `None` if the data has no
/// contacts.
pub(crate) fn contact_for(
    data: &Data,
    owner: &str,
    topics: &[String],
    now: Now,
) -> Option<Contact> {
    let own = |e: &&ContactEntry| e.lang.is_empty();
    let all = || data.contacts.iter().filter(own);
    let found = all()
        .find(|e| !owner.is_empty() && e.contact.name == owner)
        .or_else(|| topics.iter().find_map(|t| all().find(|e| e.contact.topics.contains(t))))
        .or_else(|| all().next())?;
    Some(shown(data, found, now))
}

/// The contact named `name`, else the general one.
pub(crate) fn contact_named(data: &Data, name: &str, now: Now) -> Option<Contact> {
    let found = data
        .contacts
        .iter()
        .find(|e| e.contact.name == name)
        .or_else(|| data.contacts.iter().find(|e| e.lang.is_empty()))?;
    Some(shown(data, found, now))
}

fn shown(data: &Data, entry: &ContactEntry, now: Now) -> Contact {
    let mut contact = entry.contact.clone();
    contact.open_now = open(entry, data.closed.contains(&now.date), now);
    contact
}

/// Whether `entry` answers at `now`; `None` without hours or time.
fn open(entry: &ContactEntry, closed: bool, now: Now) -> Option<bool> {
    let minute = now.minute?;
    let today = 1u8 << now.date.weekday();
    if entry.open.is_empty() {
        return None;
    }
    // Round the clock means holidays too.
    let always = entry.open.iter().any(|h| h.days == 0x7f && h.from == 0 && h.to == 1440);
    if closed && !always {
        return Some(false);
    }
    // The last that names the day counts: "Monday to Friday", then "Wednesday".
    let hours = entry.open.iter().rev().find(|h| h.days & today != 0);
    Some(hours.is_some_and(|h| (h.from..h.to).contains(&minute)))
}

#[cfg(test)]
mod tests {
    //! 1. a contact is found by owner, then by topic, then the general one;
    //! 2. it is open within the hours of the day, the last entry counting;
    //! 3. on a closed day only a line that never closes is open.

    use super::*;
    use crate::data::Hours;
    use doorstep_index::Date;

    fn data() -> Data {
        let entry = |name: &str, topic: &str, open: &[Hours]| ContactEntry {
            contact: Contact {
                name: name.to_owned(),
                topics: vec![topic.to_owned()],
                ..Contact::default()
            },
            open: open.to_vec(),
            ..ContactEntry::default()
        };
        let week = Hours { days: 0x1f, from: 540, to: 1020 };
        let wednesday = Hours { days: 0x04, from: 600, to: 1020 };
        let always = Hours { days: 0x7f, from: 0, to: 1440 };
        Data {
            contacts: vec![
                entry("General", "contact", &[week]),
                entry("Tax", "tax", &[week, wednesday]),
                entry("Emergency", "danger", &[always]),
                entry("Letters only", "post", &[]),
            ],
            closed: "2026-12-25".parse().into_iter().collect(),
            ..Data::default()
        }
    }

    fn topics(all: &str) -> Vec<String> {
        all.split(' ').map(str::to_owned).collect()
    }

    fn check(
        owner: &str,
        topic: &str,
        day: &str,
        minute: Option<u16>,
        expected: (&str, Option<bool>),
    ) {
        let now = Now { date: day.parse::<Date>().unwrap(), minute };
        let contact = contact_for(&data(), owner, &topics(topic), now).unwrap();
        assert_eq!((contact.name.as_str(), contact.open_now), expected, "{owner} {topic} {day}");
    }

    #[test]
    fn found_by_owner_topic_or_default() {
        check("Tax", "danger", "2026-11-20", None, ("Tax", None));
        check("Nobody", "danger", "2026-11-20", None, ("Emergency", None));
        check("", "danger tax", "2026-11-20", None, ("Emergency", None));
        check("", "other tax danger", "2026-11-20", None, ("Tax", None));
        check("", "", "2026-11-20", None, ("General", None));
    }

    #[test]
    fn open_by_day_and_minute() {
        check("Tax", "", "2026-11-18", Some(570), ("Tax", Some(false)));
        check("Tax", "", "2026-11-19", Some(570), ("Tax", Some(true)));
        check("Tax", "", "2026-11-19", Some(1020), ("Tax", Some(false)));
        check("Tax", "", "2026-11-21", Some(600), ("Tax", Some(false)));
        check("Letters only", "", "2026-11-19", Some(600), ("Letters only", None));
    }

    #[test]
    fn closed_days() {
        check("General", "", "2026-12-25", Some(600), ("General", Some(false)));
        check("Emergency", "", "2026-12-25", Some(60), ("Emergency", Some(true)));
    }
}

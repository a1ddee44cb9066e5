//! An index as text, for people and for golden tests.

use std::fmt::Write as _;

use crate::{Date, Index, Member};

impl Index {
    /// Everything that the index would publish, as text: a page a paragraph,
    /// its records below it, one fact a line. Nothing that ships is left out.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_dump(&mut out);
        out
    }

    fn write_dump(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "lang {}, {} pages, {} records, {} words, {} terms",
            self.lang(),
            self.pages().len(),
            self.record_count(),
            self.word_count(),
            self.postings().terms()
        )?;
        for (number, page) in self.pages().iter().enumerate() {
            writeln!(out, "\npage {}", page.url)?;
            let mut fact = |name: &str, value: &str| {
                if value.is_empty() { Ok(()) } else { writeln!(out, "  {name}: {value}") }
            };
            let date = |date: Option<Date>| date.map(|d| d.to_string()).unwrap_or_default();
            fact("title", &page.title)?;
            fact("source", &page.source)?;
            fact("owner", &page.owner)?;
            fact("topics", &page.topics.join(", "))?;
            fact("aliases", &page.aliases.join("; "))?;
            fact("kind", &format!("{:?}", page.kind).to_lowercase())?;
            fact("updated", &date(page.updated))?;
            fact("review by", &date(page.review_by))?;
            fact("valid from", &date(page.valid_from))?;
            fact("valid to", &date(page.valid_to))?;
            for n in self.records_of(number as u32) {
                let record = self.record(n);
                let anchor = if record.anchor.is_empty() { "" } else { "#" };
                writeln!(out, "  record {n} {anchor}{}", record.anchor)?;
                writeln!(out, "    section: {}", record.section)?;
                for question in &record.questions {
                    writeln!(out, "    question: {question}")?;
                }
                for line in record.text.split('\n') {
                    writeln!(out, "    | {line}")?;
                }
                for link in &record.links {
                    writeln!(out, "    link: {} -> {}", link.text, link.url)?;
                }
            }
        }
        self.write_thesaurus(out)?;
        if !self.data().is_empty() {
            writeln!(out, "\ndata {}", String::from_utf8_lossy(self.data()))?;
        }
        Ok(())
    }

    /// A group a line: what may be asked, what is then also looked for, whose
    /// the group is. Words that the site does not have stand as their stems.
    fn write_thesaurus(&self, out: &mut String) -> std::fmt::Result {
        let thesaurus = self.thesaurus();
        if thesaurus.groups() > 0 {
            writeln!(out, "\nthesaurus")?;
        }
        for group in 0..thesaurus.groups() as u32 {
            let list = |of: fn(&Member) -> bool| {
                let members = thesaurus.members().iter().filter(|m| m.group == group && of(m));
                members.map(|m| self.phrase(m)).collect::<Vec<_>>().join(", ")
            };
            let (asked, sought) = (list(|m| m.asked), list(|m| m.sought));
            let sought = if sought.is_empty() { "nothing" } else { &sought };
            writeln!(out, "  {asked} -> {sought} ({})", thesaurus.owner(group))?;
        }
        Ok(())
    }
}

//! The pages at `/ask/`: every question and answer as plain HTML, by service,
//! for those without JavaScript, for print, and for when anything fails.

use std::collections::HashSet;
use std::fmt::Write;

use doorstep_chat::{Contact, Data};
use doorstep_index::{Collection, Date, Page, Record};

use super::blocks_html::{escape, to_html};
use crate::config::Config;

/// More text than this is divided into a page for each service: a phone should
/// not load a whole site to read one answer.
const ONE_PAGE: usize = 150_000;

/// A service with its pages and their records.
struct Service<'a> {
    name: &'a str,
    slug: String,
    pages: Vec<(&'a Page, Vec<&'a Record>)>,
}

/// The pages as paths below the published folder with their HTML; `at` is the
/// folder of the first ("ask").
pub fn ask_pages(
    config: &Config,
    collection: &Collection,
    data: &Data,
    at: &str,
) -> Vec<(String, String)> {
    let words = Words::of(&collection.lang);
    let services = services(collection, words);
    let contacts: Vec<&Contact> = data
        .contacts
        .iter()
        .filter(|c| c.lang.is_empty() || c.lang == collection.lang)
        .map(|c| &c.contact)
        .collect();
    let site = Site { config, words, lang: &collection.lang, at, contacts };
    let size: usize = collection.records.iter().map(|r| r.text.len()).sum();
    let mut pages = Vec::new();
    let mut body = site.head(words.title, &[]);
    let _ = writeln!(body, "<h1>{}</h1>\n<p>{}</p>", words.title, words.intro);
    site.contacts(&mut body, None);
    let _ = writeln!(body, "<h2 id=\"services\">{}</h2>\n<ul>", words.services);
    for service in &services {
        let count: usize = service.pages.iter().map(|(_, records)| records.len()).sum();
        let to = if size > ONE_PAGE {
            format!("/{at}/{}/", service.slug)
        } else {
            format!("#{}", service.slug)
        };
        let _ = writeln!(body, "<li><a href=\"{to}\">{}</a> ({count})</li>", escape(service.name));
    }
    body.push_str("</ul>\n");
    if size > ONE_PAGE {
        for service in &services {
            let mut html = site.head(service.name, &[(words.title, &format!("/{at}/"))]);
            let _ = writeln!(html, "<h1>{}</h1>", escape(service.name));
            site.contacts(&mut html, Some(service.name));
            site.service(&mut html, service, 2);
            html.push_str(FOOT);
            pages.push((format!("{at}/{}/index.html", service.slug), html));
        }
    } else {
        for service in &services {
            let _ = writeln!(
                body,
                "<section>\n<h2 id=\"{}\">{}</h2>",
                service.slug,
                escape(service.name)
            );
            site.contacts(&mut body, Some(service.name));
            site.service(&mut body, service, 3);
            body.push_str("</section>\n");
        }
    }
    body.push_str(FOOT);
    pages.insert(0, (format!("{at}/index.html"), body));
    pages
}

/// Services in the order in which the site names them first.
fn services<'a>(collection: &'a Collection, words: &'static Words) -> Vec<Service<'a>> {
    let mut services: Vec<Service<'a>> = Vec::new();
    let mut taken = HashSet::new();
    for (number, page) in collection.pages.iter().enumerate() {
        let name = if page.owner.is_empty() { words.other } else { page.owner.as_str() };
        let records = collection.records.iter().filter(|r| r.page as usize == number).collect();
        if let Some(service) = services.iter_mut().find(|s| s.name == name) {
            service.pages.push((page, records));
        } else {
            let slug = unique(&slug(name), &mut taken);
            services.push(Service { name, slug, pages: vec![(page, records)] });
        }
    }
    services.sort_by_key(|s| (s.name == words.other, s.name.to_lowercase()));
    services
}

struct Site<'a> {
    config: &'a Config,
    words: &'static Words,
    lang: &'a str,
    at: &'a str,
    contacts: Vec<&'a Contact>,
}

impl Site<'_> {
    fn head(&self, title: &str, above: &[(&str, &str)]) -> String {
        let name = escape(&self.config.name);
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{} - {name}</title>\n<meta name=\"robots\" content=\"noindex\">\n",
            escape(self.lang),
            escape(title),
        );
        for sheet in &self.config.stylesheets {
            let _ = writeln!(out, "<link rel=\"stylesheet\" href=\"{}\">", escape(sheet));
        }
        let _ = write!(
            out,
            "</head>\n<body>\n<a class=\"skip-link\" href=\"#main\">{}</a>\n\
             <header class=\"site-header\"><div class=\"wrap site-header-inner\"><a class=\"site-name\" href=\"/\"><span>{name}</span></a></div></header>\n\
             <div class=\"wrap\">\n<nav class=\"breadcrumb\" aria-label=\"{}\"><ol><li><a href=\"/\">{}</a></li>",
            self.words.skip, self.words.breadcrumb, self.words.home,
        );
        for (name, url) in above {
            let _ = write!(out, "<li><a href=\"{url}\">{}</a></li>", escape(name));
        }
        let _ = write!(
            out,
            "<li aria-current=\"page\">{}</li></ol></nav>\n<main id=\"main\" tabindex=\"-1\" class=\"prose\">\n",
            escape(title),
        );
        out
    }

    /// How to reach a person: the service's own contact, or the general one
    /// with the contact page and the privacy notice.
    fn contacts(&self, out: &mut String, service: Option<&str>) {
        let contact = match service {
            Some(name) => self.contacts.iter().find(|c| c.name == name),
            None => self.contacts.first(),
        };
        if service.is_none() {
            let _ = writeln!(out, "<h2 id=\"contact\">{}</h2>", self.words.contact);
        }
        if let Some(contact) = contact {
            let mut parts = vec![escape(&contact.name)];
            if !contact.phone.is_empty() {
                let digits: String =
                    contact.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                parts.push(format!("<a href=\"tel:{digits}\">{}</a>", escape(&contact.phone)));
            }
            if !contact.hours.is_empty() {
                parts.push(escape(&contact.hours));
            }
            if !contact.email.is_empty() {
                let email = escape(&contact.email);
                parts.push(format!("<a href=\"mailto:{email}\">{email}</a>"));
            }
            let _ = writeln!(out, "<p>{}</p>", parts.join(", "));
        }
        if service.is_none() {
            let _ = writeln!(
                out,
                "<p><a href=\"{}\">{}</a></p>",
                escape(&self.config.contact),
                self.words.all_contacts
            );
            if !self.config.privacy.is_empty() {
                let _ = writeln!(
                    out,
                    "<p><a href=\"{}\">{}</a></p>",
                    escape(&self.config.privacy),
                    self.words.privacy
                );
            }
        }
    }

    fn service(&self, out: &mut String, service: &Service<'_>, level: usize) {
        // On one page of all services, anchors are told apart by service.
        let prefix = if level == 2 { String::new() } else { format!("{}-", service.slug) };
        let mut taken = HashSet::new();
        let titled: Vec<(String, &(&Page, Vec<&Record>))> = service
            .pages
            .iter()
            .map(|page| (unique(&format!("{prefix}{}", slug(&page.0.title)), &mut taken), page))
            .collect();
        if titled.len() > 1 {
            let _ = writeln!(out, "<nav aria-label=\"{}\"><ul>", escape(service.name));
            for (anchor, (page, _)) in &titled {
                let _ = writeln!(out, "<li><a href=\"#{anchor}\">{}</a></li>", escape(&page.title));
            }
            out.push_str("</ul></nav>\n");
        }
        for (anchor, (page, records)) in &titled {
            let _ = writeln!(
                out,
                "<section>\n<h{level} id=\"{anchor}\">{}</h{level}>",
                escape(&page.title)
            );
            for record in records {
                let under = (level + 1).min(6);
                let url = if record.anchor.is_empty() {
                    page.url.clone()
                } else {
                    format!("{}#{}", page.url, record.anchor)
                };
                if !record.section.is_empty() {
                    let id = unique(&format!("{anchor}-{}", slug(&record.section)), &mut taken);
                    let section = escape(&record.section.replace(" > ", ": "));
                    let _ = writeln!(
                        out,
                        "<h{under} id=\"{id}\"><a href=\"{}\">{section}</a></h{under}>",
                        escape(&url)
                    );
                }
                let label = if record.section.is_empty() { &page.title } else { &record.section };
                out.push_str(&to_html(&record.text, &record.links, under + 1, label));
            }
            let mut source = format!(
                "{} <a href=\"{}\">{}</a>, {}",
                self.words.from,
                escape(&page.url),
                escape(&page.title),
                escape(&page.source),
            );
            if let Some(date) = page.updated {
                let _ = write!(
                    source,
                    ", <time datetime=\"{date}\">{}</time>",
                    long_date(date, self.lang)
                );
            }
            let _ = writeln!(out, "<p class=\"page-meta\">{source}</p>\n</section>");
        }
        let _ = writeln!(out, "<p><a href=\"/{}/\">{}</a></p>", self.at, self.words.back);
    }
}

const FOOT: &str = "</main>\n</div>\n</body>\n</html>\n";

/// The page's own words.
struct Words {
    title: &'static str,
    intro: &'static str,
    services: &'static str,
    contact: &'static str,
    all_contacts: &'static str,
    privacy: &'static str,
    other: &'static str,
    from: &'static str,
    back: &'static str,
    skip: &'static str,
    home: &'static str,
    breadcrumb: &'static str,
    months: [&'static str; 12],
}

const EN: Words = Words {
    title: "Questions and answers",
    intro: "Everything that the assistant on this website can answer from, in the council’s own words, by service.",
    services: "Services",
    contact: "Contact us",
    all_contacts: "All the ways to contact the council",
    privacy: "How your question is handled",
    other: "Other pages",
    from: "From",
    back: "All services",
    skip: "Skip to main content",
    home: "Home",
    breadcrumb: "Breadcrumb",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

const CY: Words = Words {
    title: "Cwestiynau ac atebion",
    intro: "Popeth y gall y cynorthwyydd ar y wefan hon ateb ohono, yng ngeiriau’r cyngor ei hun, fesul gwasanaeth.",
    services: "Gwasanaethau",
    contact: "Cysylltu â ni",
    all_contacts: "Pob ffordd o gysylltu â’r cyngor",
    privacy: "Sut mae eich cwestiwn yn cael ei drin",
    other: "Tudalennau eraill",
    from: "O",
    back: "Pob gwasanaeth",
    skip: "Neidio i’r prif gynnwys",
    home: "Hafan",
    breadcrumb: "Briwsion bara",
    months: [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
};

impl Words {
    fn of(lang: &str) -> &'static Words {
        if lang == "cy" { &CY } else { &EN }
    }
}

fn long_date(date: Date, lang: &str) -> String {
    let month = Words::of(lang).months[usize::from(date.month()) - 1];
    format!("{} {month} {}", date.day(), date.year())
}

fn slug(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘')).collect();
    let slug = crate::read::comparable(&text).replace(' ', "-");
    let slug: String = slug.chars().take(60).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn unique(base: &str, taken: &mut HashSet<String>) -> String {
    let mut name = base.to_owned();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{base}-{number}");
        number += 1;
    }
    name
}

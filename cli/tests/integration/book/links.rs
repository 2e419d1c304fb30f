//! Every link in the pages leads somewhere, and every page stands in the table of contents.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fs;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use pulldown_cmark::Event;
use pulldown_cmark::Options;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;

use super::pages_on_disk;
use super::root;

/// The links of a page, and the anchors of its headings.
#[derive(Default)]
struct Found {
    links: Vec<String>,
    anchors: BTreeSet<String>,
}

fn read(path: &str) -> Found {
    let text = fs::read_to_string(root().join(path)).unwrap();
    let mut found = Found::default();
    let mut heading: Option<String> = None;
    let mut times: HashMap<String, usize> = HashMap::new();
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                found.links.push(dest_url.into_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let anchor = anchor(&heading.take().unwrap_or_default());
                let before = times.entry(anchor.clone()).or_default();
                found.anchors.insert(match *before {
                    0 => anchor,
                    number => format!("{anchor}-{number}"),
                });
                *before += 1;
            }
            _ => {}
        }
    }
    found
}

/// The anchor that mdBook and GitHub give a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|character| match character {
        '_' | '-' => Some(character),
        ' ' => Some('-'),
        letter if letter.is_alphanumeric() => Some(letter),
        _ => None,
    });
    kept.collect::<String>().to_lowercase()
}

/// The path from the repository's folder that a link of a page means.
fn target(page: &str, link: &str) -> PathBuf {
    let folder = Path::new(page).parent().unwrap_or(Path::new(""));
    let mut path = PathBuf::new();
    for component in folder.join(link).components() {
        match component {
            Component::ParentDir => {
                assert!(path.pop(), "{page}: {link} leads out of the repository");
            }
            other => path.push(other),
        }
    }
    path
}

/// What is wrong with a link.
fn fault(page: &str, link: &str, pages: &HashMap<String, Found>) -> Option<String> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() {
        page.to_owned()
    } else {
        target(page, file).to_string_lossy().replace('\\', "/")
    };
    // What is not in the folder of the book is not on the site that mdBook makes of it.
    if page.starts_with("docs/") && !target.starts_with("docs/") {
        return Some(format!("{page}: {link} leads out of the book"));
    }
    if !root().join(&target).is_file() {
        return Some(format!("{page}: {link} leads to no file"));
    }
    let known = pages.get(&target);
    if !anchor.is_empty() && !known.is_some_and(|page| page.anchors.contains(anchor)) {
        return Some(format!("{page}: {link}: no heading has this anchor"));
    }
    None
}

fn all() -> HashMap<String, Found> {
    let mut pages = pages_on_disk();
    pages.push("docs/SUMMARY.md".to_owned());
    pages
        .into_iter()
        .map(|page| (page.clone(), read(&page)))
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let pages = all();
    let links = pages.iter().flat_map(|(page, found)| {
        let of_page = found.links.iter();
        of_page.map(move |link| (page.as_str(), link.as_str()))
    });
    let mut faults: Vec<String> = links
        .filter_map(|(page, link)| fault(page, link, &pages))
        .collect();
    faults.sort();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_page_is_in_the_table_of_contents() {
    let summary = read("docs/SUMMARY.md");
    let mut listed: Vec<String> = summary.links.iter().map(|link| format!("docs/{link}")).collect();
    listed.sort();
    let mut pages = pages_on_disk();
    pages.retain(|page| page.starts_with("docs/"));
    assert_eq!(listed, pages);
}

#[test]
fn broken_links_are_found() {
    let pages = all();
    let fault = |link: &str| fault("docs/graph.md", link, &pages);
    assert!(fault("json.md").is_none());
    assert!(fault("json.md#findings").is_none());
    assert!(fault("#ranges").is_none());
    assert!(fault("https://example.org/").is_none());
    assert!(fault("jason.md").unwrap().contains("no file"));
    assert!(fault("json.md#finding").unwrap().contains("no heading"));
    assert!(fault("#range").unwrap().contains("no heading"));
    assert!(fault("../README.md").unwrap().contains("out of the book"));
}

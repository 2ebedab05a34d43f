//! OPML 2.0: what one would follow of the site, to be imported at once.
//!
//! In: the feeds of the site and of its lists. Out: each once, in the form to subscribe to, those of a list in a
//! folder. The feeds of series, people and folders are on their pages only: a list may have thousands.

use super::{Feed, Group, element};
use crate::text::{escape_into, xml_text};

/// The bytes of the file.
pub fn opml(feeds: &[Feed<'_>]) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n<head>\n",
    );
    element(&mut out, "title", feeds.first().map_or("", |feed| &feed.title));
    out.push_str("</head>\n<body>\n");
    let mut folder: Option<&str> = None;
    for feed in feeds {
        let list = match &feed.group {
            Group::Site => None,
            Group::List(name) => Some(&**name),
            Group::Page => continue,
        };
        if list != folder {
            close(&mut out, folder);
            if let Some(name) = list {
                out.push_str("<outline text=\"");
                escape_into(&mut out, &xml_text(name));
                out.push_str("\">\n");
            }
            folder = list;
        }
        outline(&mut out, feed);
    }
    close(&mut out, folder);
    out.push_str("</body>\n</opml>\n");
    out.into_bytes()
}

fn close(out: &mut String, folder: Option<&str>) {
    if folder.is_some() {
        out.push_str("</outline>\n");
    }
}

fn outline(out: &mut String, feed: &Feed<'_>) {
    out.push_str("<outline type=\"rss\"");
    let title = xml_text(&feed.title);
    let (own, page) = (feed.address(&feed.route), feed.address(&feed.about));
    for (name, value) in
        [("text", &*title), ("title", &title), ("xmlUrl", &own), ("htmlUrl", &page)]
    {
        out.push_str(&format!(" {name}=\""));
        escape_into(out, value);
        out.push('"');
    }
    out.push_str("/>\n");
}

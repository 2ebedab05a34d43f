//! OPML 2.0: what one would follow of the site, to be imported at once.
//!
//! In: the feeds of the site and of its lists. Out: each once, in the form to subscribe to, those of a list in a
//! folder. The feeds of series, people and folders are on their pages only: a list may have thousands.

use super::{Feed, Group};
use crate::text::{Mask, Xml};

/// The bytes of the file.
pub fn opml(feeds: &[Feed<'_>]) -> Vec<u8> {
    let mut out = Xml::new(Mask::NONE);
    out.markup("<opml version=\"2.0\">\n<head>\n");
    out.element("title", feeds.first().map_or("", |feed| &feed.title));
    out.markup("</head>\n<body>\n");
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
                out.markup("<outline").attribute("text", name).markup(">\n");
            }
            folder = list;
        }
        outline(&mut out, feed);
    }
    close(&mut out, folder);
    out.markup("</body>\n</opml>\n");
    out.into_bytes()
}

fn close(out: &mut Xml<'_>, folder: Option<&str>) {
    if folder.is_some() {
        out.markup("</outline>\n");
    }
}

fn outline(out: &mut Xml<'_>, feed: &Feed<'_>) {
    out.markup("<outline type=\"rss\"").attribute("text", &feed.title);
    out.attribute("title", &feed.title).attribute("xmlUrl", &feed.address(&feed.route));
    out.attribute("htmlUrl", &feed.address(&feed.about)).markup("/>\n");
}

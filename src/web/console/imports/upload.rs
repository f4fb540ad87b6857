//! Reads uploads up to a size limit and discards the rest, so that the browser shows our response.

use axum::body::Body;
use axum::extract::Multipart;
use futures::StreamExt;

use crate::exports::spreadsheets::{Flaw, LARGEST_FILE};

/// Bytes beyond the limit are read and discarded up to this size; then the connection is closed.
const THROWN_AWAY: usize = 256 * 1024 * 1024;
/// Read limit for a sender who is not signed in: the largest accepted file, plus the form around it.
const MOST_OF_A_STRANGER: usize = LARGEST_FILE + 1024 * 1024;
/// Longest stored file name, in characters.
const LONGEST_NAME: usize = 80;

/// An uploaded file.
pub(in crate::web::console) struct Upload {
    /// Its name without control characters.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The file in the form's field `file`; `None` if none was chosen.
pub(in crate::web::console) async fn upload(mut form: Multipart) -> Result<Option<Upload>, Flaw> {
    let mut found = None;
    while let Some(mut field) = form.next_field().await.map_err(|_| Flaw::Broken)? {
        let name = plain(field.file_name().unwrap_or_default());
        let ours = field.name() == Some("file");
        let (mut bytes, mut seen) = (Vec::new(), 0);
        while let Some(piece) = field.chunk().await.map_err(|_| Flaw::Broken)? {
            seen += piece.len();
            if seen <= LARGEST_FILE && ours {
                bytes.extend_from_slice(&piece);
            } else {
                bytes = Vec::new();
            }
            if seen > THROWN_AWAY {
                return Err(Flaw::FileTooLarge);
            }
        }
        if ours && seen > LARGEST_FILE {
            return Err(Flaw::FileTooLarge);
        }
        if ours && seen > 0 {
            found = Some(Upload { name, bytes });
        }
    }
    Ok(found)
}

/// Reads and discards the body sent by somebody who is not signed in.
pub(in crate::web::console) async fn throw_away(body: Body) {
    let (mut pieces, mut seen) = (body.into_data_stream(), 0);
    while let Some(Ok(piece)) = pieces.next().await {
        seen += piece.len();
        if seen > MOST_OF_A_STRANGER {
            return;
        }
    }
}

/// The last part of a file name: some browsers send the whole path.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_a_way() {
        assert_eq!(plain("C:\\docs\\../etc/pas\u{0}swd"), "passwd");
    }
}

//! A file that a form brings: read up to a bound, and the rest thrown away, so that the browser gets to show our answer.

use axum::body::Body;
use axum::extract::Multipart;
use futures::StreamExt;

use crate::exports::spreadsheets::{Flaw, LARGEST_FILE};

/// What comes beyond the bound is thrown away up to here; then the connection is closed.
const THROWN_AWAY: usize = 256 * 1024 * 1024;
/// So much is read of somebody who is not signed in: the largest file that is taken, with the form around it.
const MOST_OF_A_STRANGER: usize = LARGEST_FILE + 1024 * 1024;
/// Longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 80;

/// A file from a form.
pub(in crate::web::console) struct Upload {
    /// Its name, without signs that nobody sees.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The file of the form's field `file`; nothing where none was chosen.
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

/// Reads what somebody sends who is not signed in, and keeps nothing of it.
pub(in crate::web::console) async fn throw_away(body: Body) {
    let (mut pieces, mut seen) = (body.into_data_stream(), 0);
    while let Some(Ok(piece)) = pieces.next().await {
        seen += piece.len();
        if seen > MOST_OF_A_STRANGER {
            return;
        }
    }
}

/// The last part of a name: some browsers send the whole way to it.
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

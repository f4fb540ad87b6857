//! Names in histories: where two accounts have had the same name, the account's handle in the audit log is added.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use crate::app::COMMAND_LINE;
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, say};

/// A person's name, or the label of the command line.
pub(in crate::web::console) fn who(lang: impl Borrow<Lang>, name: &str) -> String {
    if name == COMMAND_LINE { say(*lang.borrow(), &Label::CommandLine) } else { name.to_owned() }
}

/// Names with the accounts that have used them.
pub(in crate::web::console) struct People {
    names: BTreeMap<String, BTreeSet<Option<String>>>,
    /// The handle of each account in the audit log.
    handles: BTreeMap<String, String>,
}

impl People {
    /// Built from pairs of the account, if any, and its name at that time.
    pub fn of(signed: impl IntoIterator<Item = (Option<String>, String)>, handles: BTreeMap<String, String>) -> People {
        let mut names: BTreeMap<String, BTreeSet<Option<String>>> = BTreeMap::new();
        for (account, name) in signed {
            names.entry(name).or_default().insert(account);
        }
        People { names, handles }
    }

    /// The name, with the account's handle if several accounts have used it.
    pub fn called(&self, account: Option<&str>, name: &str) -> String {
        let handle = account.and_then(|id| self.handles.get(id)).filter(|_| self.is_shared(name));
        handle.map_or_else(|| name.to_owned(), |handle| format!("{name} ({handle})"))
    }

    fn is_shared(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|accounts| accounts.len() > 1)
    }

    /// The form values and labels for a choice: the name, or the account id where the name is ambiguous.
    pub fn choices(&self) -> Vec<(String, String)> {
        let of = |(name, accounts): (&String, &BTreeSet<Option<String>>)| {
            let value = |account: &Option<String>| match account {
                Some(id) if accounts.len() > 1 => id.clone(),
                Some(_) | None => name.clone(),
            };
            let choice = |account: &Option<String>| (value(account), self.called(account.as_deref(), name));
            accounts.iter().map(choice).collect::<Vec<_>>()
        };
        self.names.iter().flat_map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_accounts_of_one_name_are_told_apart_and_others_are_called_as_ever() {
        let signed = [(Some("a"), "Marie"), (Some("b"), "Marie"), (Some("c"), "Rosa"), (None, "command line")];
        let signed = signed.map(|(account, name)| (account.map(str::to_owned), name.to_owned()));
        let handles = [("a", "marie"), ("b", "marie (2)"), ("c", "rosa")];
        let people = People::of(signed, handles.map(|(id, handle)| (id.to_owned(), handle.to_owned())).into());
        assert_eq!(people.called(Some("b"), "Marie"), "Marie (marie (2))");
        assert_eq!(people.called(Some("c"), "Rosa"), "Rosa");
        let choices = people.choices();
        let choices: Vec<(&str, &str)> = choices.iter().map(|(value, words)| (&**value, &**words)).collect();
        let wanted =
            [("a", "Marie (marie)"), ("b", "Marie (marie (2))"), ("Rosa", "Rosa"), ("command line", "command line")];
        assert_eq!(choices, wanted);
    }
}

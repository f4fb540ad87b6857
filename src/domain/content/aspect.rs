//! Aspects: what a person can want to know about a subject. An answer has a lead and a part for each aspect.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One thing that people ask about a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// What to bring, and what if a paper is missing.
    Papers,
    /// Price, what is free, fines.
    Cost,
    /// The steps; online or at the counter; appointments.
    How,
    /// Which office; it is shown with offices near the person.
    Where,
    /// How long it takes, deadlines, validity.
    Time,
    /// They said no, nobody answers, complaints.
    Refused,
    /// Without papers, with expired ones or while they are in process.
    NoPapers,
    /// Children, the partner, somebody else.
    Family,
    /// What nobody may do or ask; what happens to me.
    Rights,
}

impl Aspect {
    /// All aspects, in the order in which they are shown.
    pub const ALL: [Aspect; 9] = [
        Aspect::Papers,
        Aspect::Cost,
        Aspect::How,
        Aspect::Where,
        Aspect::Time,
        Aspect::Refused,
        Aspect::NoPapers,
        Aspect::Family,
        Aspect::Rights,
    ];

    /// The aspects that most answers should have: what people ask for first.
    pub const USUAL: [Aspect; 3] = [Aspect::Papers, Aspect::Cost, Aspect::How];

    /// Its name in the database, in files, in forms and in spreadsheets.
    pub fn name(self) -> &'static str {
        match self {
            Aspect::Papers => "papers",
            Aspect::Cost => "cost",
            Aspect::How => "how",
            Aspect::Where => "where",
            Aspect::Time => "time",
            Aspect::Refused => "refused",
            Aspect::NoPapers => "no-papers",
            Aspect::Family => "family",
            Aspect::Rights => "rights",
        }
    }

    /// The aspect with this name.
    pub fn parse(name: &str) -> Option<Aspect> {
        Aspect::ALL.into_iter().find(|aspect| aspect.name() == name)
    }
}

/// A text of an entry: the lead, or the part of an aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum PartName {
    /// What everybody is told first.
    Lead,
    /// The part of this aspect.
    Of(Aspect),
}

impl PartName {
    /// Its name in the database and in files.
    pub fn name(self) -> &'static str {
        match self {
            PartName::Lead => "lead",
            PartName::Of(aspect) => aspect.name(),
        }
    }
}

impl fmt::Display for PartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<PartName> for String {
    fn from(part: PartName) -> String {
        part.name().to_owned()
    }
}

impl TryFrom<String> for PartName {
    type Error = PartNameError;

    fn try_from(name: String) -> Result<PartName, PartNameError> {
        name.parse()
    }
}

impl FromStr for PartName {
    type Err = PartNameError;

    fn from_str(name: &str) -> Result<PartName, PartNameError> {
        match name {
            "lead" => Ok(PartName::Lead),
            aspect => Aspect::parse(aspect).map(PartName::Of).ok_or_else(|| PartNameError(name.to_owned())),
        }
    }
}

/// A name that no part has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no part `{0}`: write lead, papers, cost, how, where, time, refused, no-papers, family or rights")]
pub struct PartNameError(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_found_again_by_its_name_and_in_json() {
        for part in Aspect::ALL.map(PartName::Of).into_iter().chain([PartName::Lead]) {
            assert_eq!(part.name().parse(), Ok(part));
            let json = serde_json::to_string(&part).unwrap();
            assert_eq!(serde_json::from_str::<PartName>(&json).unwrap(), part);
        }
        for aspect in Aspect::ALL {
            let json = serde_json::to_string(&aspect).unwrap();
            assert_eq!(json, format!("\"{}\"", aspect.name()), "one name everywhere");
        }
        assert!("price".parse::<PartName>().is_err());
    }
}

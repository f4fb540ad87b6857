//! Tables of doors, chosen municipalities, offices, kinds of danger, and waiting times for a person's answer.

use super::maker::{Maker, Named};
use super::table::{Table, TableId};
use crate::domain::people::chat::Door;
use crate::domain::safety::danger::Danger;
use crate::i18n::Label;

/// Ranges of waiting time for a person's answer.
const WAITS: [(&str, Label<'static>); 5] = [
    ("under-1h", Label::StatsUnderHour),
    ("under-4h", Label::StatsUnderFourHours),
    ("under-1d", Label::StatsUnderDay),
    ("under-3d", Label::StatsUnderThreeDays),
    ("longer", Label::StatsLonger),
];

impl Maker<'_> {
    pub fn doors(&self) -> Table {
        let title = |door: Door| match door {
            Door::Telegram => Label::StatsDoorTelegram,
            Door::Web => Label::StatsDoorWeb,
            Door::Terminal => Label::StatsDoorTerminal,
        };
        let keys = Door::ALL.map(|door| (door.name().to_owned(), self.word(title(door))));
        let what = (TableId::Doors, Label::StatsDoors, None);
        self.compared(what, Label::StatsDoor, keys.into(), |sum, key| sum.of(&["messages"], |total| total.door == key))
    }

    pub fn municipalities(&self) -> Table {
        let mut keys: Vec<Named> = self.places("municipality");
        keys.push((String::new(), self.word(Label::StatsNoMunicipality)));
        let what = (TableId::Municipalities, Label::StatsMunicipalities, Some(Label::StatsMunicipalitiesAbout));
        self.compared(what, Label::Municipality, keys, |sum, key| match key {
            // Messages from before municipalities were counted belong to none as well.
            "" => sum.all(&["messages"]).saturating_sub(sum.all(&["municipality"])),
            key => sum.to(&["municipality"], key),
        })
    }

    pub fn offices(&self) -> Table {
        let mut keys = self.places("offices-shown");
        keys.push((String::new(), self.word(Label::StatsNearby)));
        let what = (TableId::Offices, Label::StatsOffices, None);
        self.compared(what, Label::Municipality, keys, |sum, key| sum.to(&["offices-shown"], key))
    }

    pub fn places(&self, name: &str) -> Vec<Named> {
        let keys = self.subjects(&[name], str::to_owned).into_iter().filter(|key| !key.is_empty());
        keys.map(|key| (key.clone(), self.names.municipality(&key))).collect()
    }

    /// Lines of help at level alarm, by kind.
    pub fn danger(&self) -> Table {
        self.lines_of_help((TableId::Danger, Label::StatsDanger), "danger-shown")
    }

    /// Quiet lines, by kind.
    pub fn danger_care(&self) -> Table {
        self.lines_of_help((TableId::DangerCare, Label::StatsDangerCare), "danger-care")
    }

    fn lines_of_help(&self, (id, heading): (TableId, Label<'_>), counter: &str) -> Table {
        let title = |danger: Danger| match danger {
            Danger::Medical => Label::StatsDangerMedical,
            Danger::Suicide => Label::StatsDangerSuicide,
            Danger::Violence => Label::StatsDangerViolence,
            Danger::Stranger => Label::StatsDangerStranger,
            Danger::Child => Label::StatsDangerChild,
            Danger::Trafficking => Label::StatsDangerTrafficking,
            Danger::Arrest => Label::StatsDangerArrest,
        };
        let keys = Danger::ALL.map(|danger| (danger.name().to_owned(), self.word(title(danger))));
        let what = (id, heading, None);
        self.compared(what, Label::StatsDangerKind, keys.into(), |sum, key| sum.to(&[counter], key))
    }

    pub fn first_answer(&self) -> Table {
        let keys = WAITS.map(|(key, title)| (key.to_owned(), self.word(title)));
        let what = (TableId::FirstAnswer, Label::StatsFirstAnswer, None);
        self.compared(what, Label::StatsWait, keys.into(), |sum, key| sum.to(&["first-answer"], key))
    }
}

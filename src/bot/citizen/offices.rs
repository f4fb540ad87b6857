//! Offices: near a position, in a municipality, by service, or one by one.

use super::reply::ReplyKind;
use super::turn::TurnBuilder;
use crate::domain::offices::position::Position;
use crate::domain::people::chat::Expecting;
use crate::domain::statistics::event::Event;
use crate::domain::text::id::{EntryKey, MunicipalityKey, OfficeKey, ServiceKey};
use crate::domain::text::lang::Lang;

/// How many offices are shown near a position.
const SHOWN: usize = 3;
/// Most offices of a service that are listed when no municipality is known.
const LISTED: usize = 4;
/// The entry whose answer is the question for the person's location.
const NEAREST: &str = "offices/nearest";
/// A municipality is proposed as the person's own within this distance of its town hall, in kilometres.
const IN_TOWN_KM: f64 = 12.0;

impl TurnBuilder<'_> {
    /// Asks for the person's location; the next words may be the name of a municipality.
    pub(super) fn offices_menu(&mut self) {
        self.chat.expect(Expecting::Place, self.now);
        self.show(ReplyKind::OfficesMenu);
        self.say(ReplyKind::AskPlace);
    }

    /// Shows the nearest offices. The position is used here only; it is neither stored nor passed on.
    pub(super) fn offices_near(&mut self, from: Position) {
        let nearest = self.knowledge.offices_by_distance(from).into_iter().take(SHOWN);
        let offices: Vec<_> = nearest.map(|(office, away)| (office.key.clone(), away)).collect();
        let municipality = self.knowledge.municipality_near(from, IN_TOWN_KM).cloned();
        self.note(Event::OfficesShown(municipality.clone(), self.lang));
        let municipality = municipality.filter(|near| self.chat.municipality.as_ref() != Some(near));
        self.say(ReplyKind::OfficesNear { offices, municipality });
    }

    pub(super) fn offices_in(&mut self, key: &MunicipalityKey) {
        if self.knowledge.municipality(key).is_none() {
            return self.say(ReplyKind::OldButton);
        }
        self.note(Event::OfficesShown(Some(key.clone()), self.lang));
        self.show(ReplyKind::OfficesIn(key.clone()));
    }

    /// The offices of a service: in the person's municipality, else all if they are few, else asks for the location.
    pub(super) fn offices_for(&mut self, service: &ServiceKey) {
        if self.knowledge.service(service).is_none() {
            return self.say(ReplyKind::OldButton);
        }
        match self.offices_giving(service, self.chat.municipality.as_ref()) {
            Some(offices) => {
                self.note(Event::OfficesShown(self.chat.municipality.clone(), self.lang));
                self.show(ReplyKind::OfficesFor(service.clone(), offices));
            }
            None => self.offices_menu(),
        }
    }

    pub(super) fn in_charge(&mut self, key: &EntryKey) {
        match self.knowledge.entry(key) {
            // A new message, not in place: people go back and forth between the answer and the address.
            Some(entry) => {
                self.pressed = false;
                self.offices_for(&entry.service);
            }
            None => self.say(ReplyKind::OldButton),
        }
    }

    pub(super) fn office(&mut self, key: &OfficeKey) {
        if self.knowledge.office(key).is_none() {
            return self.say(ReplyKind::OldButton);
        }
        self.note(Event::OfficeShown(key.clone(), self.lang));
        self.say(ReplyKind::Office(key.clone()));
    }

    /// After an answer about offices: the offices themselves, or the question for the location.
    pub(super) fn offices_beside(&mut self, entry: &EntryKey, place: Option<MunicipalityKey>, lang: Lang) {
        let Some(service) = self.knowledge.entry(entry).map(|entry| entry.service.clone()) else { return };
        match self.offices_giving(&service, place.as_ref()) {
            Some(offices) => self.say_in(lang, ReplyKind::OfficesFor(service, offices)),
            None if entry.as_str() == NEAREST => {
                self.chat.expect(Expecting::Place, self.now);
                self.say_in(lang, ReplyKind::OfficesMenu);
                self.say_in(lang, ReplyKind::AskPlace);
            }
            None => {}
        }
    }

    fn offices_giving(&self, service: &ServiceKey, place: Option<&MunicipalityKey>) -> Option<Vec<OfficeKey>> {
        let all: Vec<_> = self.knowledge.offices_for(service).collect();
        let here = all.iter().filter(|office| Some(&office.municipality) == place);
        let here: Vec<OfficeKey> = here.map(|office| office.key.clone()).collect();
        if !here.is_empty() {
            return Some(here);
        }
        (all.len() <= LISTED).then(|| all.into_iter().map(|office| office.key.clone()).collect())
    }
}

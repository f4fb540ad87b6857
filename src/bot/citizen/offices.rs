//! Offices: near a position, in a municipality, by service, or one by one.

use super::answer::OFFICES;
use super::reply::{ReplyKind, Where};
use super::turn::TurnBuilder;
use crate::domain::content::aspect::{Aspect, PartName};
use crate::domain::offices::position::{Away, Position};
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
/// The entry about the office that helps with everything.
const FOR_EVERYTHING: &str = "offices/migrant-office";
/// Most offices named below a lead: one small screen.
const BESIDE_A_LEAD: usize = 1;
/// Most offices named where a person cannot answer by message.
const SHOWN_FOR_EVERYTHING: usize = 2;
/// A municipality is proposed as the person's own within this distance of its town hall, in kilometres.
const IN_TOWN_KM: f64 = 12.0;

impl TurnBuilder<'_> {
    /// Asks for the person's location; the next words may be the name of a municipality.
    pub(super) fn offices_menu(&mut self) {
        self.chat.asked_for(None, self.now);
        self.chat.expect(Expecting::Place, self.now);
        self.show(ReplyKind::OfficesMenu);
        self.say(ReplyKind::AskPlace);
    }

    /// Shows the nearest offices: those in charge if the person just asked where to go. The position is used here only;
    /// it is neither stored nor passed on.
    pub(super) fn offices_near(&mut self, from: Position) {
        if let Some(entry) = self.asked_where() {
            return self.where_near(&entry, from, None);
        }
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

    /// Tells where to go for an entry: offices of its service in the person's municipality, else all if they are few,
    /// else it asks for the place. `says_part`: whether the answer's part about it is said as well.
    pub(super) fn where_to_go(&mut self, key: &EntryKey, lang: Lang, says_part: bool) {
        let Some(entry) = self.knowledge.entry(key) else { return self.say(ReplyKind::OldButton) };
        let has_part = entry.text(lang).is_some_and(|(_, text)| text.parts.contains_key(&Aspect::Where));
        let service = self.service_given(&entry.service);
        let instead = service != entry.service;
        self.chat.asked_for(Some(Aspect::Where), self.now);
        if says_part && has_part {
            self.note(Event::PartShown { entry: key.clone(), aspect: Aspect::Where, lang });
            let revision = self.knowledge.revision_of(key, lang);
            self.chat.has_said(vec![PartName::Of(Aspect::Where)], revision, self.now);
        }
        let offices = self.offices_giving(&service, self.chat.municipality.as_ref());
        let asks_place = offices.is_none();
        match asks_place {
            true => self.chat.expect(Expecting::Place, self.now),
            false => self.note(Event::OfficesShown(self.chat.municipality.clone(), lang)),
        }
        let offices = offices.into_iter().flatten().map(|office| (office, None)).collect();
        let says_part = says_part && has_part;
        let (entry, place, elsewhere) = (key.clone(), None, false);
        self.say_in(lang, ReplyKind::Where(Where { entry, says_part, offices, asks_place, place, elsewhere, instead }));
        if asks_place {
            self.say_in(lang, ReplyKind::AskPlace);
        }
    }

    /// Offices in charge of an entry in the municipality that was named, else in the person's own; none where no
    /// municipality is known.
    pub(super) fn offices_here(&self, entry: &EntryKey, named: Option<&MunicipalityKey>) -> Vec<OfficeKey> {
        let service = self.knowledge.entry(entry).map(|entry| self.service_given(&entry.service));
        let place = named.or(self.chat.municipality.as_ref());
        let (Some(service), Some(place)) = (service, place) else { return Vec::new() };
        let here = self.knowledge.offices_for(&service).filter(|office| office.municipality == *place);
        here.take(BESIDE_A_LEAD).map(|office| office.key.clone()).collect()
    }

    /// The entry for which the person just asked where to go; a place that they name is for that. Entries about offices
    /// are about all of them.
    pub(super) fn asked_where(&self) -> Option<EntryKey> {
        let memory = self.chat.recall(self.now).filter(|memory| memory.aspect == Some(Aspect::Where))?;
        let entry = memory.entry.as_ref().filter(|entry| self.knowledge.entry(entry).is_some())?;
        (entry.topic().as_str() != OFFICES).then(|| entry.clone())
    }

    /// Offices in charge of an entry: in this municipality, else the nearest to it.
    pub(super) fn where_in(&mut self, entry: &EntryKey, place: &MunicipalityKey) {
        let Some(service) = self.knowledge.entry(entry).map(|entry| self.service_given(&entry.service)) else {
            return self.offices_in(place);
        };
        let there = self.knowledge.offices_for(&service).filter(|office| office.municipality == *place);
        let there: Vec<_> = there.map(|office| (office.key.clone(), None)).collect();
        if there.is_empty() {
            let Some(town) = self.knowledge.municipality(place).map(|town| town.position) else { return };
            return self.where_near(entry, town, Some(place.clone()));
        }
        self.where_listed(entry, there, Some(place.clone()), false);
    }

    /// Offices in charge of an entry, the nearest first: to a position that was shared, or to a municipality that was
    /// named and has none.
    fn where_near(&mut self, entry: &EntryKey, from: Position, named: Option<MunicipalityKey>) {
        let Some(service) = self.knowledge.entry(entry).map(|entry| self.service_given(&entry.service)) else { return };
        let nearest = self.knowledge.offices_by_distance(from).into_iter();
        let nearest = nearest.filter(|(office, _)| office.services.contains(&service)).take(SHOWN);
        let offices = nearest.map(|(office, away)| (office.key.clone(), Some(away))).collect();
        let elsewhere = named.is_some();
        let place = named.or_else(|| self.knowledge.municipality_near(from, IN_TOWN_KM).cloned());
        self.where_listed(entry, offices, place, elsewhere);
    }

    fn where_listed(
        &mut self,
        entry: &EntryKey,
        offices: Vec<(OfficeKey, Option<Away>)>,
        place: Option<MunicipalityKey>,
        elsewhere: bool,
    ) {
        self.note(Event::OfficesShown(place.clone(), self.lang));
        let service = self.knowledge.entry(entry).map(|entry| &entry.service);
        let instead = service.is_some_and(|service| self.service_given(service) != *service);
        let (entry, says_part, asks_place) = (entry.clone(), false, false);
        self.say(ReplyKind::Where(Where { entry, says_part, offices, asks_place, place, elsewhere, instead }));
    }

    /// At most two offices that help with everything, in the person's municipality if it is known.
    pub(super) fn offices_for_everything(&self, place: Option<&MunicipalityKey>) -> Vec<OfficeKey> {
        let for_all = self.knowledge.entries().iter().find(|entry| entry.key.as_str() == FOR_EVERYTHING);
        let offices = for_all.and_then(|entry| self.offices_giving(&entry.service, place)).unwrap_or_default();
        offices.into_iter().take(SHOWN_FOR_EVERYTHING).collect()
    }

    /// The service, or that of the office for everything where no office gives it.
    fn service_given(&self, service: &ServiceKey) -> ServiceKey {
        if self.knowledge.offices_for(service).next().is_some() {
            return service.clone();
        }
        let for_all = self.knowledge.entries().iter().find(|entry| entry.key.as_str() == FOR_EVERYTHING);
        for_all.map_or_else(|| service.clone(), |entry| entry.service.clone())
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

    pub(super) fn offices_giving(
        &self,
        service: &ServiceKey,
        place: Option<&MunicipalityKey>,
    ) -> Option<Vec<OfficeKey>> {
        let all: Vec<_> = self.knowledge.offices_for(service).collect();
        let here = all.iter().filter(|office| Some(&office.municipality) == place);
        let here: Vec<OfficeKey> = here.map(|office| office.key.clone()).collect();
        if !here.is_empty() {
            return Some(here);
        }
        (all.len() <= LISTED).then(|| all.into_iter().map(|office| office.key.clone()).collect())
    }
}

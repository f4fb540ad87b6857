//! Wording of offices: what a person needs to know before going there.

use chrono::{Datelike, NaiveTime};

use super::Words;
use crate::bot::citizen::input::Button;
use crate::bot::message::{Choice, Message, Pin};
use crate::domain::offices::hours::Open;
use crate::domain::offices::office::Office;
use crate::domain::offices::position::Away;
use crate::domain::text::id::{MunicipalityKey, OfficeKey, ServiceKey};
use crate::domain::text::lang::Lang;
use crate::domain::text::phone::Phone;
use crate::domain::text::rich::{Block, Span};
use crate::i18n::{Phrase, weekday_and_time};
use crate::understanding::language::NamedDay;

/// Beyond this distance, in kilometres, no office is called near.
const NEAR_KM: f64 = 60.0;
/// How many municipalities are in one row of buttons.
const A_ROW: usize = 2;

impl Words<'_> {
    pub(super) fn offices_menu(&self) -> Message {
        self.choose_place(self.phrase(Phrase::OfficesMenu))
    }

    /// Adds the ways to say where one is.
    pub(super) fn choose_place(&self, message: Message) -> Message {
        message
            .row(vec![self.choice(Phrase::ButtonMunicipalities, Button::Municipalities)])
            .row(vec![self.choice(Phrase::ButtonServices, Button::Services)])
            .row(vec![self.back()])
    }

    pub(super) fn ask_place(&self) -> Message {
        let mut message = self.phrase(Phrase::AskPlace);
        message.asks_place = Some(self.say(Phrase::ButtonSharePlace));
        message
    }

    pub(super) fn place_not_found(&self) -> Message {
        let message = self.phrase(Phrase::PlaceNotFound);
        message.row(vec![self.choice(Phrase::ButtonMunicipalities, Button::Municipalities)]).row(vec![self.back()])
    }

    pub(super) fn services(&self) -> Message {
        let message = self.phrase(Phrase::ServicesTitle);
        let services = self.knowledge.services().map(|service| Choice {
            label: self.name(&service.names, service.key.as_str()).to_owned(),
            lang: self.lang,
            button: Button::Service(service.key.clone()),
        });
        let message = services.fold(message, |message, service| message.row(vec![service]));
        message.row(vec![self.choice(Phrase::ButtonBack, Button::Offices)])
    }

    pub(super) fn municipalities(&self) -> Message {
        let mut places: Vec<_> = self.knowledge.municipalities().iter().collect();
        places.sort_by(|a, b| a.name.cmp(&b.name));
        let message = self.phrase(Phrase::MunicipalitiesTitle);
        let rows =
            places.chunks(A_ROW).map(|row| row.iter().map(|place| self.place(&place.name, &place.key)).collect());
        let message = rows.fold(message, Message::row);
        message.row(vec![self.choice(Phrase::ButtonBack, Button::Offices)])
    }

    fn place(&self, name: &str, key: &MunicipalityKey) -> Choice {
        Choice { label: name.to_owned(), lang: self.lang, button: Button::OfficesIn(key.clone()) }
    }

    pub(super) fn offices_near(
        &self,
        offices: &[(OfficeKey, Away)],
        municipality: Option<&MunicipalityKey>,
    ) -> Message {
        let far = offices.first().is_none_or(|(_, away)| away.km > NEAR_KM);
        let title = if far { Phrase::OfficesFar { km: &NEAR_KM.to_string() } } else { Phrase::OfficesNear };
        let listed: Vec<_> = offices
            .iter()
            .filter_map(|(key, away)| self.knowledge.office(key).map(|office| (office, Some(*away))))
            .collect();
        self.office_list(self.phrase(title), &listed, municipality)
    }

    pub(super) fn offices_in(&self, key: &MunicipalityKey) -> Message {
        let place = self.knowledge.municipality(key).map_or(key.as_str(), |place| &place.name);
        let listed: Vec<_> = self.knowledge.offices_in(key).map(|office| (office, None)).collect();
        self.office_list(self.phrase(Phrase::OfficesIn { place }), &listed, Some(key))
    }

    pub(super) fn offices_for(&self, service: &ServiceKey, offices: &[OfficeKey]) -> Message {
        let service = self.knowledge.service(service).map_or(service.as_str(), |s| self.name(&s.names, s.key.as_str()));
        let listed: Vec<_> =
            offices.iter().filter_map(|key| self.knowledge.office(key)).map(|office| (office, None)).collect();
        self.office_list(self.phrase(Phrase::OfficesFor { service }), &listed, None)
    }

    pub(super) fn place_chosen(&self, key: &MunicipalityKey) -> Message {
        let place = self.knowledge.municipality(key).map_or(key.as_str(), |place| &place.name);
        self.phrase(Phrase::PlaceChosen { place })
    }

    pub(super) fn office_list(
        &self,
        mut message: Message,
        offices: &[(&Office, Option<Away>)],
        place: Option<&MunicipalityKey>,
    ) -> Message {
        if offices.is_empty() {
            message = message.line(self.say(Phrase::NoOffice));
        }
        for (office, away) in offices {
            message = message.spans(self.office_line(office, *away));
        }
        for (office, _) in offices {
            let (label, lang) = (format!("🗺 {}", office.name), self.lang);
            message = message.row(vec![Choice { label, lang, button: Button::Office(office.key.clone()) }]);
        }
        let mine = place
            .and_then(|key| self.knowledge.municipality(key))
            .map(|place| self.choice(Phrase::ButtonMine { place: &place.name }, Button::Mine(place.key.clone())));
        message.row(mine.into_iter().collect()).row(vec![
            self.choice(Phrase::ButtonOffices, Button::Offices),
            self.choice(Phrase::ButtonMenu, Button::Menu),
        ])
    }

    /// One paragraph: name, distance, whether it is open, languages, phone and address.
    pub(super) fn office_line(&self, office: &Office, away: Option<Away>) -> Vec<Span> {
        let mut facts = Vec::new();
        // The distance to the municipality says nothing about the office itself.
        let known = away.filter(|away| !away.to_town);
        facts.extend(known.map(|away| self.say(Phrase::Distance { km: &kilometres(self.lang, away.km) })));
        facts.push(self.open(office));
        facts.extend(self.day.and_then(|day| self.open_on(office, day)));
        facts.push(self.languages_spoken(office));
        let mut spans = vec![Span::bold(office.name.clone()), Span::plain(format!("\n{}", facts.join(" · ")))];
        if let Some(phone) = self.phone(office) {
            spans.push(Span::plain(" · "));
            spans.extend_from_slice(phone.spans());
        }
        let address = office.address.as_deref().map(|address| self.say(Phrase::OfficeAddress { address }));
        spans.extend(address.map(|address| Span::plain(format!(" · {address}"))));
        spans
    }

    /// The phone number, as a link that starts a call where the door supports it.
    fn phone(&self, office: &Office) -> Option<Block> {
        let phone = office.phone.as_deref()?;
        // An extension cannot be dialled with the number; people read it in the text.
        let call = Phone::parse(phone)?.number;
        self.blocks(Phrase::OfficePhone { phone, call: &call }).into_iter().next()
    }

    fn languages_spoken(&self, office: &Office) -> String {
        let names = office.languages.iter().map(|code| match Lang::parse(code) {
            Some(lang) => lang.name().to_owned(),
            None => code.to_uppercase(),
        });
        self.say(Phrase::OfficeLanguages { languages: &names.collect::<Vec<_>>().join(", ") })
    }

    /// Whether it is open; of unconfirmed hours it only says that they are unconfirmed.
    fn open(&self, office: &Office) -> String {
        let local = office.local(self.now);
        match office.open_at(local) {
            None => self.say(Phrase::HoursNotChecked),
            Some(Open::Until(at)) => self.say(Phrase::OpenUntil { time: &weekday_and_time(self.lang, at, local) }),
            Some(Open::Always) => self.say(Phrase::OpenAlways),
            Some(Open::Next(at)) => self.say(Phrase::OpensNext { when: &weekday_and_time(self.lang, at, local) }),
            Some(Open::Never) => self.say(Phrase::Closed),
        }
    }

    /// The hours of the day that was asked for, if somebody has confirmed them.
    fn open_on(&self, office: &Office, day: NamedDay) -> Option<String> {
        let date = day.date(office.local(self.now).date());
        let times = office.open_on(date)?;
        let day = &self.lang.about().weekdays[date.weekday().num_days_from_monday() as usize];
        if times.is_empty() {
            return Some(self.say(Phrase::ClosedOnDay { day }));
        }
        let time =
            |(from, until): &(NaiveTime, NaiveTime)| format!("{}–{}", from.format("%H:%M"), until.format("%H:%M"));
        let times = times.iter().map(time).collect::<Vec<_>>().join(", ");
        Some(self.say(Phrase::OpenOnDay { day, times: &times }))
    }

    /// One office with all its details, and a second message with a map if its position is known.
    pub(super) fn office(&self, key: &OfficeKey) -> Vec<Message> {
        let Some(office) = self.knowledge.office(key) else {
            return vec![self.with_menu(self.phrase(Phrase::OldButton))];
        };
        std::iter::once(self.office_facts(office)).chain(self.office_pin(office)).collect()
    }

    fn office_facts(&self, office: &Office) -> Message {
        let services = office.services.iter().filter_map(|key| self.knowledge.service(key));
        let services: Vec<_> = services.map(|service| self.name(&service.names, service.key.as_str())).collect();
        let mut facts = vec![self.languages_spoken(office)];
        facts.push(self.say(Phrase::OfficeServices { services: &services.join(", ") }));
        if office.position.is_some() && office.approximate {
            facts.push(self.say(Phrase::OfficeApproximate));
        }
        Message::new(self.lang)
            .spans(vec![Span::bold(office.name.clone())])
            .blocks([self.open(office), self.address(office)].map(Block::plain))
            .blocks(self.phone(office))
            .blocks(facts.into_iter().map(Block::plain))
            .row(vec![
                self.choice(Phrase::ButtonOffices, Button::Offices),
                self.choice(Phrase::ButtonMenu, Button::Menu),
            ])
    }

    fn address(&self, office: &Office) -> String {
        match &office.address {
            Some(address) => self.say(Phrase::OfficeAddress { address }),
            None => self.say(Phrase::OfficeNoAddress),
        }
    }

    fn office_pin(&self, office: &Office) -> Option<Message> {
        let position = office.position?;
        let mut message = Message::new(self.lang);
        let address = office.address.clone().unwrap_or_else(|| self.say(Phrase::OfficeNoAddress));
        message.pin = Some(Pin { position, title: office.name.clone(), address });
        Some(message)
    }
}

/// Kilometres with one decimal, in the language's decimal notation.
fn kilometres(lang: Lang, km: f64) -> String {
    format!("{km:.1}").replace('.', &lang.about().decimal)
}

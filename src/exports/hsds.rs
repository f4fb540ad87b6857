//! Offices in the format of Open Referral's Human Services Data Specification (HSDS), version 3.
//!
//! An office becomes an organization with one location and a service for each kind of help that it gives. Values that
//! the specification requires and that we do not have, such as the postal code, are empty texts. Unknown positions and
//! unconfirmed hours are left out: a reader of the file would take them as certain.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use regex::Regex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::domain::content::Content;
use crate::domain::offices::hours::Hours;
use crate::domain::offices::office::Office;
use crate::domain::text::lang::Lang;
use crate::domain::text::phone::Phone;

/// Version of the specification.
pub(crate) const VERSION: &str = "3.0";
/// Country of the addresses: the opening hours support its public holidays and no others.
const COUNTRY: &str = "CL";
/// Remark on an approximate position.
const APPROXIMATE: &str = "The position is approximate.";

/// The services of all offices, each with its organization and location.
pub(crate) fn services(content: &Content) -> Value {
    let each = content.offices.iter().flat_map(|office| office.services.iter().map(move |key| (office, key)));
    let services = each.map(|(office, key)| {
        let known = content.services.iter().find(|service| service.key == *key);
        let name = known.and_then(|service| service.names.get(&Lang::first()));
        json!({
            "id": id("service", &format!("{} {key}", office.key)),
            "organization_id": id("organization", office.key.as_str()),
            "name": name.map_or(key.as_str(), String::as_str),
            "status": if office.active { "active" } else { "inactive" },
            "organization": organization(content, office),
            "service_at_locations": [{
                "id": id("service-at-location", &format!("{} {key}", office.key)),
                "location": location(content, office),
            }],
            "phones": phones(office),
            "schedules": schedules(office),
            "languages": languages(office),
        })
    });
    services.collect()
}

fn organization(content: &Content, office: &Office) -> Value {
    json!({
        "id": id("organization", office.key.as_str()),
        "name": office.name,
        "description": format!("{}, {}", office.name, town(content, office)),
    })
}

fn town<'c>(content: &'c Content, office: &'c Office) -> &'c str {
    let place = content.municipalities.iter().find(|place| place.key == office.municipality);
    place.map_or(office.municipality.as_str(), |place| &place.name)
}

fn location(content: &Content, office: &Office) -> Value {
    let address = office.address.as_ref().map(|street| {
        json!({
            "id": id("address", office.key.as_str()),
            "address_1": street,
            "city": town(content, office),
            "state_province": "",
            "postal_code": "",
            "country": COUNTRY,
            "address_type": "physical",
        })
    });
    let mut location = json!({
        "id": id("location", office.key.as_str()),
        "location_type": "physical",
        "name": office.name,
        "external_identifier": office.key,
        "external_identifier_type": "ventanilla",
        "addresses": address.into_iter().collect::<Vec<_>>(),
        "phones": phones(office),
        "schedules": schedules(office),
        "languages": languages(office),
    });
    if let Some(position) = office.position {
        location["latitude"] = json!(position.lat());
        location["longitude"] = json!(position.lon());
        if office.approximate {
            location["description"] = json!(APPROXIMATE);
        }
    }
    location
}

fn phones(office: &Office) -> Value {
    let phone = office.phone.as_ref().map(|text| {
        let mut phone = json!({ "id": id("phone", office.key.as_str()), "number": text });
        if let Some(Phone { number, extension: Some(extension) }) = Phone::parse(text) {
            phone["number"] = json!(number);
            phone["extension"] = json!(extension.parse::<u32>().ok());
        }
        phone
    });
    phone.into_iter().collect()
}

fn languages(office: &Office) -> Value {
    let each = office.languages.iter();
    each.map(|code| json!({ "id": id("language", &format!("{} {code}", office.key)), "code": code })).collect()
}

/// A weekly rule for each line of the confirmed hours; if a line is not one, the hours are given in words only.
fn schedules(office: &Office) -> Value {
    let Some(hours) = office.confirmed_hours().map(Hours::as_str) else { return json!([]) };
    let rules = weekly(hours).unwrap_or_default();
    let with = |n: usize| id("schedule", &format!("{} {n}", office.key));
    if rules.is_empty() {
        return json!([{ "id": with(0), "description": hours }]);
    }
    let each = rules.into_iter().enumerate().map(|(n, rule)| {
        json!({
            "id": with(n),
            "freq": "WEEKLY",
            "wkst": "MO",
            "byday": rule.days,
            "opens_at": rule.opens,
            "closes_at": rule.closes,
            "description": hours,
        })
    });
    each.collect()
}

#[derive(Debug, PartialEq, Eq)]
struct Rule {
    /// Days as in iCalendar: `MO,TU`.
    days: String,
    opens: String,
    closes: String,
}

#[expect(clippy::expect_used, reason = "a constant pattern")]
static WEEKLY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[,-](?:Mo|Tu|We|Th|Fr|Sa|Su))*) (\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*)$",
    )
    .expect("a pattern")
});

/// Parses weekly rules. Public holidays are not part of them; the description has them.
fn weekly(hours: &str) -> Option<Vec<Rule>> {
    let mut rules = Vec::new();
    for line in hours.split(';').map(str::trim).filter(|line| !line.is_empty() && *line != "PH off") {
        let found = WEEKLY.captures(line)?;
        let days = days(&found[1])?;
        for span in found[2].split(',') {
            let (opens, closes) = span.split_once('-')?;
            rules.push(Rule { days: days.clone(), opens: opens.to_owned(), closes: closes.to_owned() });
        }
    }
    Some(rules)
}

fn days(text: &str) -> Option<String> {
    const WEEK: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let place = |day: &str| WEEK.iter().position(|known| *known == day);
    let mut days = Vec::new();
    for part in text.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = (place(from)?, place(to)?);
        // Friday to Monday spans the weekend.
        let to = if to < from { to + 7 } else { to };
        days.extend((from..=to).map(|day| WEEK[day % 7].to_uppercase()));
    }
    Some(days.join(","))
}

/// A UUID (version 8) derived from the key, so that the same thing has the same identifier in every export.
fn id(kind: &str, key: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(format!("ventanilla {kind} {key}"))[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = HEXLOWER.encode(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(days: &str, opens: &str, closes: &str) -> Rule {
        Rule { days: days.into(), opens: opens.into(), closes: closes.into() }
    }

    #[test]
    fn plain_hours_become_weekly_rules_and_others_stay_words() {
        assert_eq!(weekly("Mo-We 08:30-14:00; PH off"), Some(vec![rule("MO,TU,WE", "08:30", "14:00")]));
        assert_eq!(
            weekly("Fr-Mo 09:00-13:00,15:00-17:00"),
            Some(vec![rule("FR,SA,SU,MO", "09:00", "13:00"), rule("FR,SA,SU,MO", "15:00", "17:00")])
        );
        assert_eq!(weekly("24/7"), None);
        assert_eq!(weekly("Mo[1] 08:00-12:00"), None);
    }

    #[test]
    fn an_identifier_is_a_uuid_that_depends_on_kind_and_key_only() {
        let one = id("location", "a");
        assert_eq!(one, id("location", "a"));
        assert_ne!(one, id("phone", "a"));
        assert_eq!((one.len(), &one[14..15]), (36, "8"));
    }
}

//! Forms as a browser holds them: every field with its value, to be changed and sent.

use scraper::{ElementRef, Selector};

use super::Clerk;
use crate::visitor::Page;

/// A form that is being filled.
#[derive(Debug, Clone)]
pub struct Filled(Vec<(String, String)>);

impl Filled {
    /// What the browser would send of the form that the selector finds, were it sent as it is.
    pub fn of(page: &Page, form: &str) -> Filled {
        let html = page.html();
        let fields = Selector::parse(&format!("{form} :is(input, textarea, select)")).unwrap();
        Filled(html.select(&fields).filter_map(field).collect())
    }

    /// With another value in the first field of this name, or with this field.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Filled {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.0.push((name.into(), value.into())),
        }
        self
    }

    /// With another value in the field of this name at this place.
    #[must_use]
    pub fn set_at(mut self, name: &str, place: usize, value: &str) -> Filled {
        let field = self.0.iter_mut().filter(|(known, _)| known == name).nth(place);
        value.clone_into(&mut field.unwrap().1);
        self
    }

    /// With this value in every field of this name.
    #[must_use]
    pub fn set_all(mut self, name: &str, value: &str) -> Filled {
        self.0.iter_mut().filter(|(known, _)| known == name).for_each(|(_, old)| value.clone_into(old));
        self
    }

    /// Without the fields of this name: a box that is not checked.
    #[must_use]
    pub fn without(mut self, name: &str) -> Filled {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// The values of the fields with this name.
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The value of the field with this name.
    pub fn value(&self, name: &str) -> &str {
        self.values(name)[0]
    }

    /// Sends it with the button that was pressed.
    pub async fn send(&self, clerk: &Clerk, path: &str, act: &str) -> Page {
        let mut fields: Vec<(&str, &str)> =
            self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.push(("act", act));
        clerk.post(path, &fields).await
    }
}

fn field(element: ElementRef<'_>) -> Option<(String, String)> {
    let name = element.attr("name")?.to_owned();
    let kind = element.attr("type").unwrap_or_default();
    let value = match element.value().name() {
        "select" => {
            let chosen = Selector::parse("option[selected]").unwrap();
            let first = Selector::parse("option").unwrap();
            let option = element.select(&chosen).next().or_else(|| element.select(&first).next())?;
            option.attr("value")?.to_owned()
        }
        "textarea" => element.text().collect::<String>(),
        _ if matches!(kind, "checkbox" | "radio") => {
            element.attr("checked")?;
            element.attr("value").unwrap_or("on").to_owned()
        }
        _ => element.attr("value").unwrap_or_default().to_owned(),
    };
    Some((name, value))
}

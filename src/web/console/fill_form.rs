//! Fills a page's form with posted values, so that input that could not be saved is shown again where it was typed.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, element, rewrite_str};

/// A posted form and the address it was sent to.
#[derive(Debug, Clone, Copy)]
pub(super) struct SentForm<'a> {
    /// The address of the page with the form, including its query.
    pub page: &'a str,
    /// The address that the form was sent to.
    pub action: &'a str,
    /// The form's fields in order.
    pub fields: &'a [(String, String)],
    /// Whether hidden fields are filled too; those of a page that was just rendered are newer.
    pub hidden: bool,
    /// An alert to show above the form.
    pub alert: Option<&'a str>,
}

/// A form of the page, counted before filling.
struct Form {
    is_ours: bool,
    /// How many of its visible fields occur among the posted ones.
    named: usize,
}

/// The page with its form filled; `None` if no form of the page is sent to that address.
/// A form that has only buttons stays unchanged.
pub(super) fn fill(html: &str, posted: SentForm<'_>) -> Option<String> {
    let forms = forms(html, posted)?;
    let ours = forms.iter().enumerate().filter(|(_, form)| form.is_ours);
    // The first of the best matches.
    let (chosen, form) = ours.rev().max_by_key(|(_, form)| form.named)?;
    filled(html, posted, (form.named > 0).then_some(chosen))
}

/// The forms of the page, with those sent to the posted address marked.
fn forms(html: &str, posted: SentForm<'_>) -> Option<Vec<Form>> {
    let forms: RefCell<Vec<Form>> = RefCell::new(Vec::new());
    let form = |element: &mut Element<'_, '_>| {
        forms.borrow_mut().push(Form { is_ours: leads_to(element, posted), named: 0 });
        Ok(())
    };
    let field = |element: &mut Element<'_, '_>| {
        let named = posted.fields.iter().any(|(name, _)| Some(name) == attribute(element, "name").as_ref());
        if let (true, true, Some(form)) = (named, is_seen(element), forms.borrow_mut().last_mut()) {
            form.named += 1;
        }
        Ok(())
    };
    let handlers = vec![element!("form", form), element!("form input, form textarea, form select", field)];
    rewrite_str(html, RewriteStrSettings { element_content_handlers: handlers, ..RewriteStrSettings::new() }).ok()?;
    Some(forms.into_inner())
}

fn leads_to(form: &Element<'_, '_>, posted: SentForm<'_>) -> bool {
    let is_post = form.get_attribute("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
    let path = |address: &str| address.split('?').next().unwrap_or_default().to_owned();
    is_post
        && match attribute(form, "action") {
            Some(action) => action == posted.action,
            None => path(posted.page) == path(posted.action),
        }
}

/// Whether the field is visible and may be shown again with its value: no password.
fn is_seen(field: &Element<'_, '_>) -> bool {
    let kind = field.get_attribute("type").unwrap_or_default();
    !matches!(kind.as_str(), "hidden" | "password" | "file" | "submit")
}

/// State of the handlers during the pass over the page.
struct Filling<'a> {
    posted: SentForm<'a>,
    /// The index of the form to fill, if any.
    chosen: Option<usize>,
    /// Number of forms begun.
    begun: Cell<usize>,
    /// Number of values already used, per field name.
    given: RefCell<HashMap<String, usize>>,
    /// The value of the current `select`.
    choice: RefCell<Option<String>>,
    is_told: Cell<bool>,
}

fn filled(html: &str, posted: SentForm<'_>, chosen: Option<usize>) -> Option<String> {
    let filling = Filling {
        posted,
        chosen,
        begun: Cell::new(0),
        given: RefCell::default(),
        choice: RefCell::default(),
        is_told: Cell::new(false),
    };
    let handlers = vec![
        element!("main h1", |heading| {
            filling.tell(heading);
            Ok(())
        }),
        element!("a[href^='?']", |link| {
            // The page may be served under another address than its own.
            let path = posted.page.split('?').next().unwrap_or_default();
            let target = format!("{path}{}", link.get_attribute("href").unwrap_or_default());
            Ok(link.set_attribute("href", &target)?)
        }),
        element!("form", |form| Ok(filling.begin(form)?)),
        element!("form input", |input| Ok(filling.input(input)?)),
        element!("form textarea", |area| {
            filling.area(area);
            Ok(())
        }),
        element!("form select", |list| {
            let value = filling.is_inside().then(|| filling.next(&attribute(list, "name").unwrap_or_default()));
            filling.choice.replace(value.flatten());
            Ok(())
        }),
        element!("form select option", |option| Ok(filling.option(option)?)),
    ];
    rewrite_str(html, RewriteStrSettings { element_content_handlers: handlers, ..RewriteStrSettings::new() }).ok()
}

type Rewritten = Result<(), lol_html::errors::AttributeNameError>;

impl Filling<'_> {
    fn tell(&self, heading: &mut Element<'_, '_>) {
        if let (Some(words), false) = (self.posted.alert, self.is_told.replace(true)) {
            let words = escaped(words);
            let alert = format!("<div class=\"alert\" role=\"alert\" id=\"alert\"><p>{words}</p></div>");
            heading.after(&alert, ContentType::Html);
        }
    }

    fn begin(&self, form: &mut Element<'_, '_>) -> Rewritten {
        self.begun.set(self.begun.get() + 1);
        let is_post = form.get_attribute("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
        if is_post && form.get_attribute("action").is_none() {
            form.set_attribute("action", &escaped(self.posted.page))?;
        }
        Ok(())
    }

    fn is_inside(&self) -> bool {
        self.chosen.is_some_and(|chosen| self.begun.get() == chosen + 1)
    }

    /// The next posted value of this name.
    fn next(&self, name: &str) -> Option<String> {
        let mut given = self.given.borrow_mut();
        let place = given.entry(name.to_owned()).or_default();
        let mut values = self.posted.fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value);
        let value = values.nth(*place)?.clone();
        *place += 1;
        Some(value)
    }

    fn input(&self, input: &mut Element<'_, '_>) -> Rewritten {
        let Some(name) = attribute(input, "name").filter(|_| self.is_inside()) else { return Ok(()) };
        let kind = input.get_attribute("type").unwrap_or_default();
        if matches!(kind.as_str(), "checkbox" | "radio") {
            let value = attribute(input, "value").unwrap_or_else(|| "on".to_owned());
            let chosen = self.posted.fields.iter().any(|(known, posted)| *known == name && *posted == value);
            return mark(input, "checked", chosen);
        }
        let filled = is_seen(input) || (kind == "hidden" && self.posted.hidden);
        match self.next(&name).filter(|_| filled) {
            Some(value) => input.set_attribute("value", &escaped(&value)),
            None => Ok(()),
        }
    }

    fn area(&self, area: &mut Element<'_, '_>) {
        let Some(name) = attribute(area, "name").filter(|_| self.is_inside()) else { return };
        if let Some(value) = self.next(&name) {
            // Browsers drop a first empty line.
            area.set_inner_content(&format!("\n{value}"), ContentType::Text);
        }
    }

    fn option(&self, option: &mut Element<'_, '_>) -> Rewritten {
        match self.choice.borrow().as_ref() {
            Some(choice) => {
                let chosen = attribute(option, "value").as_ref() == Some(choice);
                mark(option, "selected", chosen)
            }
            None => Ok(()),
        }
    }
}

fn mark(element: &mut Element<'_, '_>, name: &str, on: bool) -> Rewritten {
    if on {
        element.set_attribute(name, "")?;
    } else {
        element.remove_attribute(name);
    }
    Ok(())
}

/// An attribute without the templates' escaping of five characters.
fn attribute(element: &Element<'_, '_>, name: &str) -> Option<String> {
    let text = element.get_attribute(name)?;
    let pairs = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&amp;", "&"), ("&#38;", "&")];
    Some(pairs.iter().fold(text, |text, (code, sign)| text.replace(code, sign)))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<main><h1>Page</h1><form method=\"post\" action=\"/console/sign-out\"><button>x</button></form>\
         <form method=\"post\"><input type=\"hidden\" name=\"seen\" value=\"9\"><input name=\"a\" value=\"old\">\
         <input name=\"b\"><input name=\"b\"><textarea name=\"t\">old &#60;b&#62;</textarea>\
         <input type=\"checkbox\" name=\"c\" value=\"1\" checked><input type=\"checkbox\" name=\"c\" value=\"2\">\
         <input type=\"password\" name=\"p\"><select name=\"s\"><option value=\"x\" selected>X</option>\
         <option value=\"y&#38;z\">Y</option></select></form><a href=\"?page=2\">2</a></main>";

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn posted(fields: &[(String, String)], hidden: bool) -> SentForm<'_> {
        SentForm { page: "/console/x?q=1", action: "/console/x?q=1", fields, hidden, alert: Some("<told>") }
    }

    #[test]
    fn every_kind_of_field_shows_again_what_was_typed() {
        let fields = fields(&[
            ("seen", "3"),
            ("a", "\"><script>&lt;"),
            ("b", "one"),
            ("b", "two"),
            ("t", "\nfirst </textarea><b>"),
            ("c", "2"),
            ("p", "secret"),
            ("s", "y&z"),
            ("act", "submit"),
        ]);
        let page = fill(PAGE, posted(&fields, true)).unwrap();
        for part in [
            "name=\"seen\" value=\"3\"",
            "name=\"a\" value=\"&quot;&gt;&lt;script&gt;&amp;lt;\"",
            "<input name=\"b\" value=\"one\"><input name=\"b\" value=\"two\">",
            "<textarea name=\"t\">\n\nfirst &lt;/textarea&gt;&lt;b&gt;</textarea>",
            "name=\"c\" value=\"1\">",
            "name=\"c\" value=\"2\" checked=\"\">",
            "<option value=\"x\">X</option>",
            "<option value=\"y&#38;z\" selected=\"\">",
            "<h1>Page</h1><div class=\"alert\" role=\"alert\" id=\"alert\"><p>&lt;told&gt;</p></div>",
            "<form method=\"post\" action=\"/console/x?q=1\">",
            "<a href=\"/console/x?page=2\">",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(!page.contains("secret"));
        let newer = fill(PAGE, posted(&fields, false)).unwrap();
        assert!(newer.contains("name=\"seen\" value=\"9\""), "what the page itself says is newer");
    }

    #[test]
    fn a_page_without_the_form_is_left_alone() {
        let other = fields(&[("z", "1"), ("seen", "3")]);
        let page = fill(PAGE, posted(&other, true)).unwrap();
        assert!(
            page.contains("name=\"seen\" value=\"9\"") && page.contains("&lt;told&gt;"),
            "nothing was typed: {page}"
        );
        let fields = fields(&[("a", "1")]);
        let elsewhere = SentForm { action: "/console/y", ..posted(&fields, true) };
        assert_eq!(fill(PAGE, elsewhere), None, "the form leads elsewhere");
    }
}

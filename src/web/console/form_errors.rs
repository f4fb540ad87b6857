//! Form errors: what has to be corrected in a form, each linked to its field.

use std::borrow::Borrow;

use super::staff_session::StaffSession;
use crate::domain::content::body::Problem;
use crate::i18n::Label;

/// An error in one field.
#[derive(Debug, Clone)]
pub(super) struct FormError {
    /// The field's HTML id.
    pub id: String,
    /// The field's label.
    pub label: String,
    /// What to correct.
    pub words: String,
}

/// All errors of a form, in the order of its fields.
#[derive(Debug, Clone, Default)]
pub(super) struct FormErrors(Vec<FormError>);

impl FormErrors {
    /// The problems that prevent the publication of a content item.
    pub fn of(session: &StaffSession, problems: &[Problem]) -> FormErrors {
        let mut form_errors = FormErrors::default();
        for problem in problems {
            let name = problem.field().name();
            let form_error = FormError {
                id: name.to_owned(),
                label: session.field(&name.replace('_', "-")),
                words: session.problem(problem),
            };
            form_errors.0.push(form_error);
        }
        form_errors
    }

    pub fn add<'l>(&mut self, session: &StaffSession, id: &str, label: String, words: impl Borrow<Label<'l>>) {
        self.0.push(FormError { id: id.to_owned(), label, words: session.word(words.borrow()) });
    }

    /// Appends the errors of another part of the form.
    pub fn append(&mut self, mut others: FormErrors) {
        self.0.append(&mut others.0);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn all(&self) -> &[FormError] {
        &self.0
    }

    /// The error of this field.
    pub fn at(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|form_error| form_error.id == id).map(|form_error| form_error.words.as_str())
    }

    /// The attributes that link a field to its hint and its error.
    pub fn tied(&self, id: &str, hint: bool) -> String {
        let mut described = Vec::new();
        if hint {
            described.push(format!("{id}-about"));
        }
        let wrong = self.at(id).is_some();
        if wrong {
            described.push(format!("{id}-slip"));
        }
        let invalid = if wrong { " aria-invalid=\"true\"" } else { "" };
        if described.is_empty() {
            String::new()
        } else {
            format!("{invalid} aria-describedby=\"{}\"", described.join(" "))
        }
    }
}

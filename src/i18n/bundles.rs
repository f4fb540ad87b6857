//! Fluent bundles: one for each language, built on first use.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use super::phrase::Spoken;
use crate::domain::text::lang::Lang;

/// The Fluent files in a language's folder.
pub(super) const FILES: [&str; 2] = ["bot.ftl", "console.ftl"];

static BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> = LazyLock::new(|| Lang::all().map(bundle).collect());

/// The phrase in words of `lang`; a missing phrase shows its id, but a test makes sure that none is missing.
pub fn say(lang: Lang, phrase: &impl Spoken) -> String {
    let Some(bundle) = BUNDLES.get(lang.index()) else { return phrase.id().to_owned() };
    let Some(pattern) = bundle.get_message(phrase.id()).and_then(|message| message.value()) else {
        return phrase.id().to_owned();
    };
    let mut args = FluentArgs::new();
    for (name, value) in phrase.args() {
        args.set(name, value);
    }
    bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks around arguments show as boxes on old phones.
    bundle.set_use_isolating(false);
    for file in FILES {
        let text = lang.file(file).unwrap_or_default().to_owned();
        let resource = FluentResource::try_new(text).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

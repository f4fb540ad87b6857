//! The whole circle: a question that nothing answers, a person, the answer, an entry of it, and the next one who asks.

use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, interval};
use ventanilla::app::{
    Accepted, Job, entry_of_question, import_starter, make_link_code, open_questions, publish, save_draft, submit,
    take_up,
};
use ventanilla::bot::citizen::Button;
use ventanilla::domain::content::draft::Change;
use ventanilla::domain::content::item::ContentItem;
use ventanilla::domain::staff::account::{Account, Limits, Role};
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Phrase, say};
use ventanilla::store::content::drafts;
use ventanilla::store::outbox;
use ventanilla::store::staff::accounts;

use super::{Bot, DEADLINE, PACE};
use crate::fake_bot_api::{Sent, updates};
use crate::fixtures::{self, morning};

const ASKED: &str = "ki ekip ki genyen match foutbòl la yè swa?";
/// The group of the staff; the one of them who writes there has the same number without its sign.
const GROUP: i64 = -1003;
const ANSWERED: &str = "Gade nan televizyon kominal la, chak swa a 8 è.";

fn kreyol() -> Lang {
    Lang::proposed_for("fr").unwrap()
}

/// Kills the bot when all that it had to say has arrived, and starts another over the same database.
async fn killed(bot: Bot) -> Bot {
    let (begun, mut look) = (Instant::now(), interval(Duration::from_millis(20)));
    while outbox::waiting(&bot.app.db).await.unwrap() > 0 {
        assert!(begun.elapsed() < DEADLINE, "something never arrived");
        look.tick().await;
    }
    bot.running.abort();
    let Bot { fake, _db, .. } = bot;
    let app = fixtures::app(&_db);
    app.live.refresh(&app.db).await.unwrap();
    Bot::of(_db, app, fake, PACE)
}

async fn account(bot: &Bot, login: &str, role: Role) -> Account {
    let text = |text: &str| text.to_owned();
    let account = Account {
        id: format!("{login:a<32}"),
        login: text(login),
        name: text(login),
        shown_as: text("Biwo Migran"),
        role,
        limits: Limits::default(),
        lang: kreyol(),
        has_second_factor: false,
        ended: false,
    };
    let mut tx = bot.app.db.begin().await.unwrap();
    assert!(accounts::add(&mut tx, &account, "no password", 0).await.unwrap());
    tx.commit().await.unwrap();
    account
}

/// Somebody of the staff answers a message of ours in their group.
fn reply(told: &Sent, words: &str) -> serde_json::Value {
    let ours = json!({"message_id": told.id, "date": 0, "chat": {"id": GROUP, "type": "supergroup"},
        "from": {"id": 4200, "is_bot": true, "first_name": "V"}, "text": told.text});
    let from = json!({"id": -GROUP, "is_bot": false, "first_name": "X"});
    updates::sends(GROUP, json!({"text": words, "reply_to_message": ours, "from": from}))
}

#[tokio::test]
async fn a_question_nobody_knew_is_answered_by_a_person_and_the_next_one_gets_it_from_the_bot() {
    let mut bot = Bot::start().await;
    import_starter(&bot.app.db, morning()).await.unwrap();
    let (ana, ben) = (account(&bot, "ana", Role::Administrator).await, account(&bot, "ben", Role::Reviewer).await);
    bot.fake.wait_calls("getupdates", 1).await;
    let code = make_link_code(&bot.app, &ana).await.unwrap();
    bot.say(-GROUP, &format!("/link {code}"), 1).await;
    bot.fake.push(updates::in_group(GROUP, "/group@ventanilla_test_bot"));
    bot.fake.wait_sent(GROUP, 1).await;
    bot.fake.push(updates::text_in("fr", 1, ASKED));
    let nothing = bot.fake.wait_sent(1, 1).await;
    assert!(nothing[0].text.contains(&say(kreyol(), &Phrase::NothingFound)), "{}", nothing[0].text);
    bot = killed(bot).await;
    let consent = bot.press(1, &nothing[0], &Button::Person(kreyol()), 1, 1).await;
    assert!(consent[0].text.contains(ASKED), "what would be given is shown: {}", consent[0].text);
    bot = killed(bot).await;
    bot.press(1, &consent[0], &Button::Leave(kreyol()), 2, 1).await;
    bot = killed(bot).await;
    let open = open_questions(&bot.app, &ana).await.unwrap();
    let (id, before) = (&open[0].question.id, bot.fake.sent_to(1).len());
    take_up(&bot.app, Job::Announce, "r").await.unwrap();
    let told = bot.fake.wait_sent(GROUP, 2).await.remove(1);
    assert!(told.text.contains(ASKED), "{}", told.text);
    bot = killed(bot).await;
    bot.fake.push(reply(&told, ANSWERED));
    bot.fake.wait_sent(GROUP, 3).await;
    bot = killed(bot).await;
    let said = bot.fake.wait_sent(1, before + 1).await.split_off(before);
    let answer = said.last().unwrap();
    assert!(answer.text.contains("Biwo Migran") && answer.text.contains(ANSWERED), "{said:?}");
    assert!(said.iter().all(|sent| !sent.edited), "what comes later is said anew, not in place of an old message");
    let key = "social/football".parse().unwrap();
    entry_of_question(&bot.app, &ana, id, &key, "migrant-help".parse().unwrap()).await.unwrap();
    bot = killed(bot).await;
    let text = ContentItem::Text(key.clone(), kreyol());
    let draft = drafts::find(&bot.app.db, &text).await.unwrap().unwrap();
    save_draft(&bot.app, &ana, &text, draft.version.body, Change::Meaning, draft.version.number).await.unwrap();
    submit(&bot.app, &ana, &text).await.unwrap();
    let mut accepted = Vec::new();
    for item in [ContentItem::Metadata(key), text] {
        let number = drafts::newest(&bot.app.db, &item).await.unwrap();
        accepted.push(Accepted { item, number });
    }
    publish(&bot.app, &ben, &accepted, false).await.unwrap();
    bot = killed(bot).await;
    bot.fake.push(updates::text_in("fr", 2, ASKED));
    let next = bot.fake.wait_sent(2, 1).await;
    assert!(next[0].text.contains(ANSWERED), "{}", next[0].text);
    assert_eq!(open_questions(&bot.app, &ana).await.unwrap(), [], "nothing is kept of the matter");
    let mine = bot.fake.sent_to(1);
    assert_eq!(mine.iter().filter(|sent| sent.text.contains(ANSWERED)).count(), 1, "and it was said once");
    bot.stop().await;
}

//! Staff through the door: the whole way with the Bot API at the other end, and what strangers and groups get.

use serde_json::json;
use ventanilla::app::{Job, import_starter, make_link_code, take_up};
use ventanilla::bot::citizen::{Button, StaffButton};
use ventanilla::domain::content::draft::Change;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::i18n::{Label, say};
use ventanilla::store::staff::audit;

use super::Bot;
use crate::fake_bot_api::{Sent, updates};
use crate::fixtures::morning;
use crate::staff_chat::{joins, lang};

const AUTHOR: i64 = 31;
const REVIEWER: i64 = 32;
const STRANGER: i64 = 33;
const GROUP: i64 = -1003;

async fn bot() -> Bot {
    let bot = Bot::start().await;
    import_starter(&bot.app.db, morning()).await.unwrap();
    bot
}

async fn link(bot: &Bot, login: &str, role: Role, chat: i64) {
    let account = joins(&bot.app, login, role, Limits::default(), lang("es")).await;
    let code = make_link_code(&bot.app, &account).await.unwrap();
    let sent = bot.say(chat, &format!("/link {code}"), 1).await;
    assert!(sent[0].text.contains(login), "{}", sent[0].text);
}

fn staff(button: StaffButton) -> Button {
    Button::Staff(button)
}

fn has(sent: &[Sent], button: &StaffButton) -> bool {
    sent.iter().flat_map(|sent| sent.rows.iter().flatten()).any(|(_, data)| *data == button.to_string())
}

#[tokio::test]
async fn a_colleague_proposes_and_another_publishes_without_opening_the_console() {
    let bot = bot().await;
    link(&bot, "jean", Role::Author, AUTHOR).await;
    link(&bot, "ana", Role::Administrator, REVIEWER).await;
    let key = "health/cost".parse().unwrap();
    let card = bot.say(AUTHOR, "/entry health/cost", 1).await;
    assert!(has(&card, &StaffButton::Propose(key)) && !card[0].edited);
    let press = |under: Sent, button: StaffButton, query: u32, answers: usize| {
        let bot = &bot;
        async move { bot.press(under.chat, &under, &staff(button), query, answers).await }
    };
    press(card[0].clone(), "w:l:health/cost:es".parse().unwrap(), 1, 2).await;
    // Telegram makes entities of what is typed in bold and of links.
    let entities = json!([{"type": "bold", "offset": 17, "length": 6}]);
    let before = bot.fake.sent_to(AUTHOR).len();
    bot.fake.push(updates::sends(AUTHOR, json!({"text": "Nada si usted es FONASA.", "entities": entities})));
    let shown = bot.fake.wait_sent(AUTHOR, before + 3).await;
    let last = shown.last().unwrap().clone();
    assert!(has(std::slice::from_ref(&last), &StaffButton::Change(Change::Small)), "{}", last.text);
    let kind = press(last, StaffButton::Change(Change::Small), 2, 1).await;
    let done = press(kind[0].clone(), StaffButton::Submit, 3, 1).await;
    assert_eq!(done[0].text, say(lang("es"), &Label::DoneSubmitted));

    let list = bot.say(REVIEWER, "/review", 1).await;
    let (_, data) = list[0].rows[0][0].clone();
    let read = press(list[0].clone(), data.parse().unwrap(), 4, 4).await;
    let accept = read.last().unwrap().rows[0][0].1.parse().unwrap();
    let done = press(read.last().unwrap().clone(), accept, 5, 1).await;
    assert!(done[0].text.contains(&say(lang("es"), &Label::DonePublished)), "{}", done[0].text);
    let filter = audit::Filter { action: Some("publish".into()), ..audit::Filter::default() };
    assert_eq!(audit::list(&bot.app.db, &filter, 9, 0).await.unwrap().len(), 1);
    bot.fake.wait_calls("answercallbackquery", 5).await;
    bot.stop().await;
}

#[tokio::test]
async fn a_stranger_gets_what_any_unknown_command_gets() {
    let bot = bot().await;
    // An unknown command is read as words: each in a new chat.
    for (place, words) in (0..).zip(["entry health/cost", "review", "unlink", "group"]) {
        let given = bot.say(STRANGER + 10 + place, &format!("/{words}"), 1).await;
        let known = bot.say(STRANGER + 20 + place, words, 1).await;
        assert_eq!(given[0].rows, known[0].rows, "{words}");
        assert_eq!(given[0].text, known[0].text, "{words}");
    }
    let sent = bot.say(STRANGER, "/help", 1).await;
    let old = bot.press(STRANGER, &sent[0], &staff("w:s:health/cost".parse().unwrap()), 9, 1).await;
    assert!(!old[0].text.contains("health/cost") && !has(&old, &"w:c:health/cost".parse().unwrap()));
    let commands = bot.fake.wait_calls("setmycommands", 1).await;
    assert!(!commands[0].to_string().contains("entry"));
    bot.stop().await;
}

#[tokio::test]
async fn what_a_person_asks_is_told_in_the_group_and_a_reply_is_the_answer() {
    let bot = bot().await;
    bot.fake.wait_calls("getupdates", 1).await;
    link(&bot, "ana", Role::Administrator, -GROUP).await;
    bot.fake.push(updates::in_group(GROUP, "/group@ventanilla_test_bot"));
    let set = bot.fake.wait_sent(GROUP, 1).await;
    assert_eq!(set[0].text, say(lang("es"), &Label::GroupSetAll));
    let strange = bot.say(STRANGER, "¿cuánto tiempo se cuece el arroz con pollo?", 1).await;
    let asked = bot.press(STRANGER, strange.last().unwrap(), &Button::Person(lang("es")), 1, 1).await;
    bot.press(STRANGER, asked.last().unwrap(), &Button::Leave(lang("es")), 2, 1).await;
    let before = bot.fake.sent_to(STRANGER).len();
    take_up(&bot.app, Job::Announce, "r").await.unwrap();
    let told = bot.fake.wait_sent(GROUP, 2).await.remove(1);
    assert!(told.text.contains("arroz con pollo") && told.text.starts_with("#q"), "{}", told.text);
    let reply = |from: i64| {
        let ours = json!({"message_id": told.id, "date": 0, "chat": {"id": GROUP, "type": "supergroup"},
            "from": {"id": 4200, "is_bot": true, "first_name": "V"}, "text": told.text});
        let from = json!({"id": from, "is_bot": false, "first_name": "X"});
        updates::sends(GROUP, json!({"text": "Veinte minutos.", "reply_to_message": ours, "from": from}))
    };
    // Somebody else in the group first: nothing comes of it.
    bot.fake.push(reply(STRANGER));
    bot.fake.push(reply(-GROUP));
    let answered = bot.fake.wait_sent(STRANGER, before + 1).await;
    assert!(answered[before..].iter().any(|sent| sent.text.contains("Veinte minutos.")));
    let sent = bot.fake.wait_sent(GROUP, 3).await;
    assert!(sent.len() == 3 && sent[2].text.contains(&say(lang("es"), &Label::DoneAnswered)), "{}", sent[2].text);
    assert_eq!(sent[2].call["reply_parameters"]["message_id"], 7);
    // The reply is edited: the same words reach nobody again, other words reach the person once.
    let edit = |words: &str| {
        let mut update = json!({"edited_message": reply(-GROUP)["message"]});
        update["edited_message"]["text"] = json!(words);
        bot.fake.push(update);
    };
    edit("Veinte minutos.");
    edit("Veinte o treinta minutos.");
    edit("Veinte o treinta minutos.");
    let more = bot.fake.wait_sent(GROUP, 4).await;
    bot.say(STRANGER + 1, "/help", 1).await;
    assert_eq!((more.len(), bot.fake.sent_to(GROUP).len()), (4, 4));
    let heard = bot.fake.sent_to(STRANGER);
    let count = |words: &str| heard.iter().filter(|sent| sent.text.contains(words)).count();
    assert_eq!((count("Veinte minutos."), count("Veinte o treinta minutos.")), (1, 1));
    bot.stop().await;
}

#[tokio::test]
async fn an_administrator_who_writes_as_the_group_is_told_how_it_is_done() {
    let bot = bot().await;
    bot.fake.wait_calls("getupdates", 1).await;
    let mut update = updates::in_group(GROUP, "/group@ventanilla_test_bot");
    update["message"]["from"] = json!({"id": 1_087_968_824, "is_bot": true, "first_name": "Group"});
    update["message"]["sender_chat"] = json!({"id": GROUP, "type": "supergroup", "title": "Neighbours"});
    bot.fake.push(update);
    let told = bot.fake.wait_sent(GROUP, 1).await.remove(0);
    for code in ["ht", "es", "en"] {
        assert!(told.text.contains(&say(lang(code), &Label::GroupAnonymous)), "{}", told.text);
    }
    assert_eq!(told.call["reply_parameters"]["message_id"], 7);
    bot.stop().await;
}

#[tokio::test]
async fn in_a_group_nobody_reaches_a_desk() {
    let bot = bot().await;
    // The fake's person in a group has the group's number without its sign.
    link(&bot, "ana", Role::Administrator, -GROUP).await;
    bot.fake.push(updates::in_group(GROUP, "/entry health/cost"));
    bot.fake.push(updates::in_group(GROUP, "/review"));
    bot.fake.push(updates::press(GROUP, 7, "w:c:health/cost", 1));
    bot.fake.wait_calls("answercallbackquery", 1).await;
    bot.fake.push(updates::in_group(GROUP, "/help"));
    let sent = bot.fake.wait_sent(GROUP, 1).await;
    assert_eq!(sent.len(), 1, "only the help");
    assert!(!has(&sent, &StaffButton::Review));
    let filter = audit::Filter { action: Some("still-correct".into()), ..audit::Filter::default() };
    assert_eq!(audit::list(&bot.app.db, &filter, 9, 0).await.unwrap(), []);
    bot.stop().await;
}

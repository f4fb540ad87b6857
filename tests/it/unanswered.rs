//! Questions without an answer: kept without what is personal, grouped, closed and dropped, on both databases.

use chrono::{Days, TimeDelta};
use serde_json::json;
use ventanilla::app::{App, Arrival, clean_up, group_unanswered, take_turn, take_turn_from};
use ventanilla::bot::citizen::{Button, Input, TurnInput};
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::statistics::event::{Event, Occasion};
use ventanilla::domain::statistics::feedback::{Complaint, Revision};
use ventanilla::domain::text::lang::Lang;
use ventanilla::domain::unanswered::group::{MOST_A_DAY, MOST_OF_ONE, UnansweredState, UnansweredWords, week_of};
use ventanilla::store::Db;
use ventanilla::store::statistics::events;
use ventanilla::store::statistics::events::{Tally, UNANSWERED_NOT_TAKEN};
use ventanilla::store::unanswered::groups::{self, Kept};
use ventanilla::understanding::redaction::redact;

use crate::fixtures::{app, databases, morning};
use crate::forget::table;

pub fn lang(code: &str) -> Lang {
    Lang::parse(code).unwrap()
}

pub fn gap(code: &str, words: &str) -> Event {
    Event::Unanswered(UnansweredWords { lang: lang(code), entry: None, words: redact(words) })
}

/// Writes events of a day, as turns do.
pub async fn happened(db: &Db, days_later: u64, all: &[Event]) {
    let mut tx = db.begin().await.unwrap();
    events::record(&mut tx, morning().date_naive() + Days::new(days_later), Door::Web, all).await.unwrap();
    tx.commit().await.unwrap();
}

fn arrival(address: &str, said: Input) -> Arrival {
    let heard = TurnInput { input: said, proposed: None, reachable: false };
    Arrival {
        door: Door::Telegram,
        address: address.into(),
        update: None,
        turn_input: heard,
        return_to: json!({ "chat": address }),
        later: None,
    }
}

/// Questions of a day, each asked once by this asker, as turns write them.
pub async fn asked_by(db: &Db, days_later: u64, asker: &str, all: &[Event]) {
    let day = morning().date_naive() + Days::new(days_later);
    let (door, hour) = (Door::Web, 9);
    let occasion = Occasion { day, hour, door, lang: None, municipality: None, last_day: Some(day) };
    for event in all {
        let mut tally = Tally::default();
        tally.add_turn(&occasion, std::slice::from_ref(event), Some(asker));
        let mut tx = db.begin().await.unwrap();
        tally.record(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// So many questions that have nothing to do with each other.
pub fn strange(what: &str, many: i64) -> Vec<Event> {
    let letters = |n: i64| n.to_string().bytes().map(|digit| char::from(digit + 49)).collect::<String>();
    (0..many).map(|n| gap("es", &format!("{what} {} de {}", letters(n), letters(n * 7919)))).collect()
}

async fn not_taken(db: &Db) -> i64 {
    events::by_day(db, UNANSWERED_NOT_TAKEN, morning().date_naive()).await.unwrap().iter().map(|(_, n)| n).sum()
}

fn words(kept: &[Kept]) -> Vec<&str> {
    kept.iter().map(|kept| kept.gap.words.as_str()).collect()
}

#[tokio::test]
async fn the_same_words_again_only_raise_a_count_week_by_week() {
    for test in databases().await {
        let again = [gap("ht", "Kote m ka jwe foutbòl?"), gap("ht", "kote m ka jwe foutbòl")];
        happened(&test.db, 0, &again).await;
        happened(&test.db, 1, &again[..1]).await;
        happened(&test.db, 7, &again).await;
        let kept = groups::list(&test.db).await.unwrap();
        assert_eq!(words(&kept), ["Kote m ka jwe foutbòl?"]);
        assert_eq!(kept[0].last.to_string(), "2026-11-30");
        let weeks = groups::weeks(&test.db).await.unwrap();
        assert_eq!(
            weeks.iter().map(|week| (week.week.as_str(), week.n)).collect::<Vec<_>>(),
            [("2026-11-23", 3), ("2026-11-30", 2)]
        );
    }
}

#[tokio::test]
async fn alike_questions_are_one_group_and_what_is_grouped_stays_where_it_is() {
    for test in databases().await {
        let app = app(&test);
        let first = [gap("es", "donde juego futbol los domingos"), gap("en", "where can I learn to swim")];
        happened(&test.db, 0, &first).await;
        group_unanswered(&app).await.unwrap();
        let before = groups::list(&test.db).await.unwrap();
        happened(
            &test.db,
            0,
            &[gap("es", "¿dónde puedo jugar fútbol el domingo?"), gap("es", "mi gato se subió al techo")],
        )
        .await;
        assert_eq!(groups::ungrouped(&test.db, 9).await.unwrap().len(), 2);
        group_unanswered(&app).await.unwrap();
        group_unanswered(&app).await.unwrap();
        let after = groups::list(&test.db).await.unwrap();
        for kept in &before {
            assert!(after.iter().any(|other| other.id == kept.id && other.group == kept.group), "{kept:?}");
        }
        let of = |part: &str| after.iter().find(|kept| kept.gap.words.as_str().contains(part)).unwrap().group.clone();
        assert_eq!(of("futbol"), of("fútbol"));
        assert!(of("gato") != of("futbol") && of("swim") != of("futbol"));
        assert_eq!(groups::group(&test.db, &of("futbol")).await.unwrap().len(), 2);
        assert!(after.iter().all(|kept| kept.guess.is_some()));
    }
}

#[tokio::test]
async fn a_group_is_closed_opened_again_and_dropped_as_it_should() {
    for test in databases().await {
        let app = app(&test);
        let week = week_of(morning().date_naive());
        happened(&test.db, 0, &[gap("es", "donde juego futbol los domingos"), gap("es", "quiero una cancion de cuna")])
            .await;
        group_unanswered(&app).await.unwrap();
        let kept = groups::list(&test.db).await.unwrap();
        let (ball, song) = (
            kept.iter().find(|k| k.gap.words.as_str().contains("futbol")).unwrap(),
            kept.iter().find(|k| k.gap.words.as_str().contains("cuna")).unwrap(),
        );
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(
            groups::close(&mut tx, &ball.id, Some(lang("ht")), UnansweredState::Taught, week).await.unwrap().len(),
            0,
            "of that language"
        );
        assert_eq!(
            groups::close(&mut tx, &ball.id, Some(lang("es")), UnansweredState::Taught, week).await.unwrap().len(),
            1
        );
        assert_eq!(groups::close(&mut tx, &song.id, None, UnansweredState::NotForUs, week).await.unwrap().len(), 1);
        assert_eq!(groups::close(&mut tx, "nobody", None, UnansweredState::NotForUs, week).await.unwrap().len(), 0);
        tx.commit().await.unwrap();
        let open = |kept: Vec<Kept>| kept.into_iter().filter(Kept::is_open).count();
        assert_eq!(open(groups::list(&test.db).await.unwrap()), 0);
        // In the same week a taught question stays closed, in the next it is open again; what is not for us stays closed, and so
        // does what is like it.
        happened(&test.db, 1, &[gap("es", "donde juego futbol los domingos")]).await;
        assert_eq!(open(groups::list(&test.db).await.unwrap()), 0);
        happened(
            &test.db,
            8,
            &[gap("es", "donde juego futbol los domingos"), gap("es", "quiero una canción de cuna ya")],
        )
        .await;
        group_unanswered(&app).await.unwrap();
        let kept = groups::list(&test.db).await.unwrap();
        assert_eq!((kept.len(), open(kept)), (3, 1));
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(groups::remove(&mut tx, &song.id).await.unwrap().len(), 2);
        groups::drop_old(&mut tx, week + Days::new(7), 10).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(words(&groups::list(&test.db).await.unwrap()), ["donde juego futbol los domingos"]);
        let mut tx = test.db.begin().await.unwrap();
        groups::drop_old(&mut tx, week, 0).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(groups::list(&test.db).await.unwrap().len(), 1, "what staff have judged is not one too many");
        let mut tx = test.db.begin().await.unwrap();
        groups::drop_old(&mut tx, week + Days::new(14), 0).await.unwrap();
        tx.commit().await.unwrap();
        assert!(groups::list(&test.db).await.unwrap().is_empty() && groups::weeks(&test.db).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn none_of_these_keeps_the_words_without_what_is_personal_in_every_language() {
    let said = [
        ("ht", "kijan m ka fè yon pas pou bèt mwen, nimewo m se +509 3712 3456"),
        ("es", "quiero reclamar por el ruido de los vecinos, me llamo Juan Pérez"),
        ("en", "where can I rent a boat for fishing, write to juan@correo.cl"),
    ];
    for test in databases().await {
        let app = app(&test);
        for (n, (code, words)) in said.iter().enumerate() {
            let address = format!("72155500{n}");
            let none = || Input::Press(Button::NoneOfThese(lang(code)));
            for said in [Input::Text((*words).into()), none(), none(), Input::Press(Button::ForgetYes)] {
                take_turn(&app, &arrival(&address, said)).await.unwrap();
            }
        }
        let kept = groups::list(&test.db).await.unwrap();
        assert_eq!(
            kept.len(),
            3,
            "once each, though the button was pressed twice, and after /forget as well: {:?}",
            words(&kept)
        );
        for kept in &kept {
            let words = kept.gap.words.as_str();
            assert!(!["3712", "Juan", "Pérez", "juan", "@"].iter().any(|part| words.contains(part)), "{words}");
            assert!(words.contains('['), "{words}");
        }
        assert!(groups::weeks(&test.db).await.unwrap().iter().all(|week| week.n == 1));
    }
}

#[tokio::test]
async fn a_vote_counts_once_and_only_on_an_answer_that_was_given_and_its_line_is_kept_under_the_entry() {
    for test in databases().await {
        let app = app(&test);
        let (key, es) = ("health/cost".parse().unwrap(), lang("es"));
        let revision = app.live.now().revision_of(&key, es).unwrap();
        let say = |button: Button| Input::Press(button);
        let vote = || say(Button::NotUseful("health/cost".parse().unwrap(), es, revision));
        let wrong = || say(Button::Wrong(Complaint::Wrong, "health/cost".parse().unwrap(), es));
        for said in [
            // Nothing was answered yet: neither a vote nor a complaint counts.
            vote(),
            wrong(),
            say(Button::Entry(key, es)),
            wrong(),
            vote(),
            vote(),
            say(Button::Useful("health/cost".parse().unwrap(), es, revision)),
            // Of another text than the one that was shown, and of an answer in another language.
            say(Button::Useful("health/cost".parse().unwrap(), es, Revision::of("a", "b"))),
            say(Button::NotUseful("health/cost".parse().unwrap(), lang("ht"), revision)),
            wrong(),
            wrong(),
            say(Button::WriteLine("health/cost".parse().unwrap(), es)),
            Input::Text("el precio subió, soy Juan Soto 12.345.678-9".into()),
            Input::Text("ok gracias".into()),
        ] {
            take_turn(&app, &arrival("7215551234", said)).await.unwrap();
        }
        let counters = events::counters(&test.db).await.unwrap();
        let n = |name: &str, subject: &str| {
            counters
                .iter()
                .filter(|c| c.name == name && c.subject == subject && c.lang == "es")
                .map(|c| c.n)
                .sum::<i64>()
        };
        let all = |name: &str| counters.iter().filter(|c| c.name == name).map(|c| c.n).sum::<i64>();
        assert_eq!((all("useful"), all("not-useful"), all("wrong-or-old")), (0, 1, 1), "once, and what was given");
        assert_eq!(n("not-useful", "health/cost"), 1);
        assert_eq!(n("not-useful-revision", &format!("health/cost@{revision}")), 1);
        assert_eq!(n("wrong-or-old", "health/cost"), 1);
        let kept = groups::list(&test.db).await.unwrap();
        assert_eq!(words(&kept), ["el precio subió, soy [nom] [id]"]);
        assert_eq!(kept[0].gap.entry.as_ref().map(|key| key.as_str()), Some("health/cost"));
    }
}

#[tokio::test]
async fn after_ninety_days_without_being_asked_a_gap_is_dropped() {
    for test in databases().await {
        let app = app(&test);
        happened(&test.db, 0, &[gap("en", "where can I learn to swim")]).await;
        app.clock.advance(TimeDelta::days(89));
        clean_up(&app).await.unwrap();
        assert_eq!(groups::list(&test.db).await.unwrap().len(), 1);
        app.clock.advance(TimeDelta::days(8));
        clean_up(&app).await.unwrap();
        assert!(groups::list(&test.db).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn small_talk_and_single_words_are_no_gaps() {
    for test in databases().await.into_iter().take(1) {
        let app = app(&test);
        for said in ["hola", "gracias", "xyz", "👍👍", "???", "asdf"] {
            take_turn(&app, &arrival("1", Input::Text(said.into()))).await.unwrap();
        }
        assert_eq!(words(&groups::list(&test.db).await.unwrap()), Vec::<&str>::new());
    }
}

#[tokio::test]
async fn a_flood_of_new_gaps_takes_the_place_of_itself_and_never_of_older_ones_or_of_decisions() {
    for test in databases().await {
        let (app, week) = (app(&test), week_of(morning().date_naive()));
        let older = [gap("es", "donde juego futbol los domingos"), gap("en", "where can I learn to swim")];
        let judged =
            [gap("ht", "kote m ka jwenn yon pwason pou achte"), gap("es", "quiero una cancion de cuna para el lunes")];
        happened(&test.db, 0, &[&older[..], &judged[..]].concat()).await;
        group_unanswered(&app).await.unwrap();
        let of = |kept: &[Kept], part: &str| {
            kept.iter().find(|kept| kept.gap.words.as_str().contains(part)).map(|kept| kept.id.clone())
        };
        let kept = groups::list(&test.db).await.unwrap();
        let mut tx = test.db.begin().await.unwrap();
        let (fish, song) = (of(&kept, "pwason").unwrap(), of(&kept, "cuna").unwrap());
        groups::close(&mut tx, &fish, None, UnansweredState::Taught, week).await.unwrap();
        groups::close(&mut tx, &song, None, UnansweredState::NotForUs, week).await.unwrap();
        tx.commit().await.unwrap();
        // What is like a refused one is closed by itself, without anybody of the staff: a flood of that counts as a flood.
        let alike =
            (0..40).map(|n| gap("es", &format!("quiero una cancion de cuna para el lunes {}", "ya ".repeat(n))));
        happened(&test.db, 7, &[strange("busco un", 400), alike.collect()].concat()).await;
        group_unanswered(&app).await.unwrap();
        let mut tx = test.db.begin().await.unwrap();
        groups::drop_old(&mut tx, week, 50).await.unwrap();
        tx.commit().await.unwrap();
        let kept = groups::list(&test.db).await.unwrap();
        let state = |id: &str| kept.iter().find(|kept| kept.id == id).map(|kept| kept.state);
        assert_eq!(kept.len(), 52, "on {}", test.db.name());
        for part in ["futbol", "swim"] {
            assert!(of(&kept, part).is_some(), "last week's {part}");
        }
        assert_eq!((state(&fish), state(&song)), (Some(UnansweredState::Taught), Some(UnansweredState::NotForUs)));
        // Of a week the most asked stay.
        let mut tx = test.db.begin().await.unwrap();
        groups::drop_old(&mut tx, week, 1).await.unwrap();
        tx.commit().await.unwrap();
        happened(&test.db, 7, &[&strange("asi", 3)[..], &older[..1], &older[..1]].concat()).await;
        let mut tx = test.db.begin().await.unwrap();
        groups::drop_old(&mut tx, week, 1).await.unwrap();
        tx.commit().await.unwrap();
        let kept = groups::list(&test.db).await.unwrap();
        assert!(kept.len() == 3 && of(&kept, "futbol").is_some(), "{:?}", words(&kept));
    }
}

#[tokio::test]
async fn of_one_asker_and_of_a_day_so_many_new_gaps_are_taken_and_known_ones_always() {
    for test in databases().await {
        let db = &test.db;
        let many = strange("quiero un", MOST_OF_ONE + 7);
        asked_by(db, 0, "a", &many).await;
        let count = async || i64::try_from(groups::list(db).await.unwrap().len()).unwrap();
        assert_eq!((count().await, not_taken(db).await), (MOST_OF_ONE, 7), "on {}", db.name());
        // Known ones are counted, whoever asks.
        asked_by(db, 0, "a", &many[..3]).await;
        assert_eq!(groups::weeks(db).await.unwrap().iter().filter(|week| week.n == 2).count(), 3);
        // Others, and the next day, are not touched by it.
        asked_by(db, 0, "b", &strange("necesito un", 2)).await;
        asked_by(db, 1, "a", &strange("vendo un", 2)).await;
        assert_eq!((count().await, not_taken(db).await), (MOST_OF_ONE + 4, 7));
        // All together have a bound as well; what one turn of them brings at once is held to it too.
        for asker in 0..MOST_A_DAY / MOST_OF_ONE {
            asked_by(
                db,
                2,
                &format!("n{asker}"),
                &strange(&format!("regalo {}", "x".repeat(asker as usize + 1)), MOST_OF_ONE),
            )
            .await;
        }
        assert_eq!((count().await, not_taken(db).await), (MOST_OF_ONE + 4 + MOST_A_DAY, 7));
        asked_by(db, 2, "one more", &strange("cambio un", 3)).await;
        assert_eq!((count().await, not_taken(db).await), (MOST_OF_ONE + 4 + MOST_A_DAY, 10));
    }
}

/// Writes so many lines on an answer that was of no use, each another one.
async fn writes(app: &App, arrival: impl Fn(Input) -> Arrival, network: Option<&str>, what: &str, many: i64) {
    let line = || Input::Press(Button::WriteLine("health/cost".parse().unwrap(), lang("es")));
    for event in strange(&format!("el precio de {what}"), many) {
        let Event::Unanswered(gap) = event else { unreachable!() };
        // Quicker than this, a chat is told to wait.
        app.clock.advance(TimeDelta::seconds(10));
        for said in [line(), Input::Text(gap.words.as_str().to_owned())] {
            match network {
                None => take_turn(app, &arrival(said)).await.unwrap(),
                Some(network) => take_turn_from(app, &arrival(said), network, true).await.unwrap(),
            };
        }
    }
}

#[tokio::test]
async fn the_same_words_of_the_same_chat_are_one_who_asks() {
    for test in databases().await {
        let (app, db) = (app(&test), &test.db);
        let words = Input::Text("kote m ka jwenn yon bato pou m peche".to_owned());
        let count = async || groups::list(db).await.unwrap().len();
        let asked = async || table(db, "gap_weeks").await.join(" ");
        // Whether the words found nothing or a few entries that do not fit, they are without an answer.
        let asks = async |address: &str| {
            for said in [words.clone(), Input::Press(Button::NoneOfThese(lang("ht")))] {
                take_turn(&app, &arrival(address, said)).await.unwrap();
            }
        };
        for _ in 0..3 {
            asks("7215551234").await;
        }
        let (first, once) = (count().await, asked().await);
        asks("7215559999").await;
        assert_eq!((first, count().await), (1, 1), "on {}", db.name());
        assert_ne!(once, asked().await, "somebody else asked the same");
    }
}

#[tokio::test]
async fn neither_forget_nor_new_sessions_get_around_the_bound_and_who_asked_is_dropped_with_the_day() {
    for test in databases().await {
        let (app, db) = (app(&test), &test.db);
        let count = async || i64::try_from(groups::list(db).await.unwrap().len()).unwrap();
        let telegram = |said| arrival("7215551234", said);
        writes(&app, telegram, None, "a", MOST_OF_ONE + 2).await;
        assert_eq!(count().await, MOST_OF_ONE, "on {}: {:?}", db.name(), words(&groups::list(db).await.unwrap()));
        take_turn(&app, &telegram(Input::Press(Button::ForgetYes))).await.unwrap();
        writes(&app, telegram, None, "b", 2).await;
        assert_eq!(count().await, MOST_OF_ONE);
        // On the web a browser begins a new session with each cookie that it throws away.
        for session in 0..MOST_OF_ONE + 2 {
            let web = |said| Arrival { door: Door::Web, ..arrival(&format!("session-{session}"), said) };
            writes(&app, web, Some("203.0.113.7"), &format!("c{}", "y".repeat(session as usize)), 1).await;
        }
        assert_eq!(count().await, MOST_OF_ONE * 2);
        let key = app.encryption.chat_key(Door::Telegram, "7215551234");
        let rows = table(db, "gap_askers").await.join("\n");
        assert!(
            !rows.contains(key.as_str()) && !rows.contains("203.0.113.7") && !rows.contains("7215551234"),
            "{rows}"
        );
        app.clock.advance(TimeDelta::days(1));
        clean_up(&app).await.unwrap();
        assert_eq!(table(db, "gap_askers").await, Vec::<String>::new(), "on {}", db.name());
        writes(&app, telegram, None, "d", 1).await;
        assert_eq!(count().await, MOST_OF_ONE * 2 + 1);
        let again = table(db, "gap_askers").await.join("\n");
        let hashes = |rows: &str| {
            rows.split(|c: char| !c.is_ascii_hexdigit())
                .filter(|part| part.len() == 32)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert!(!hashes(&again).is_empty() && hashes(&again).iter().all(|hash| !rows.contains(hash)), "{again}");
    }
}

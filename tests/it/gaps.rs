//! Questions without an answer: kept without what is personal, grouped, closed and dropped, on both databases.

use chrono::{Days, TimeDelta};
use serde_json::json;
use ventanilla::actions::{Arrival, clean_up, group_gaps, take_turn};
use ventanilla::conversation::{Button, Heard, Said};
use ventanilla::domain::chat::Door;
use ventanilla::domain::event::Event;
use ventanilla::domain::feedback::{Complaint, Revision};
use ventanilla::domain::gap::{Gap, GapState, week_of};
use ventanilla::domain::lang::Lang;
use ventanilla::store::gaps::{self, Kept};
use ventanilla::store::{Db, events};
use ventanilla::stripping::strip;

use crate::houses::{databases, house, morning};

pub fn lang(code: &str) -> Lang {
    Lang::parse(code).unwrap()
}

pub fn gap(code: &str, words: &str) -> Event {
    Event::Unanswered(Gap { lang: lang(code), entry: None, words: strip(words) })
}

/// Writes events of a day, as turns do.
pub async fn happened(db: &Db, days_later: u64, all: &[Event]) {
    let mut tx = db.begin().await.unwrap();
    events::record(&mut tx, morning().date_naive() + Days::new(days_later), Door::Web, all).await.unwrap();
    tx.commit().await.unwrap();
}

fn arrival(address: &str, said: Said) -> Arrival {
    let heard = Heard { said, proposed: None, reachable: false };
    Arrival {
        door: Door::Telegram,
        address: address.into(),
        update: None,
        heard,
        return_to: json!({ "chat": address }),
        later: None,
    }
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
        let kept = gaps::list(&test.db).await.unwrap();
        assert_eq!(words(&kept), ["Kote m ka jwe foutbòl?"]);
        assert_eq!(kept[0].last.to_string(), "2026-11-30");
        let weeks = gaps::weeks(&test.db).await.unwrap();
        assert_eq!(
            weeks.iter().map(|week| (week.week.as_str(), week.n)).collect::<Vec<_>>(),
            [("2026-11-23", 3), ("2026-11-30", 2)]
        );
    }
}

#[tokio::test]
async fn alike_questions_are_one_group_and_what_is_grouped_stays_where_it_is() {
    for test in databases().await {
        let house = house(&test);
        let first = [gap("es", "donde juego futbol los domingos"), gap("en", "where can I learn to swim")];
        happened(&test.db, 0, &first).await;
        group_gaps(&house).await.unwrap();
        let before = gaps::list(&test.db).await.unwrap();
        happened(
            &test.db,
            0,
            &[gap("es", "¿dónde puedo jugar fútbol el domingo?"), gap("es", "mi gato se subió al techo")],
        )
        .await;
        assert_eq!(gaps::ungrouped(&test.db, 9).await.unwrap().len(), 2);
        group_gaps(&house).await.unwrap();
        group_gaps(&house).await.unwrap();
        let after = gaps::list(&test.db).await.unwrap();
        for kept in &before {
            assert!(after.iter().any(|other| other.id == kept.id && other.group == kept.group), "{kept:?}");
        }
        let of = |part: &str| after.iter().find(|kept| kept.gap.words.as_str().contains(part)).unwrap().group.clone();
        assert_eq!(of("futbol"), of("fútbol"));
        assert!(of("gato") != of("futbol") && of("swim") != of("futbol"));
        assert_eq!(gaps::group(&test.db, &of("futbol")).await.unwrap().len(), 2);
        assert!(after.iter().all(|kept| kept.guess.is_some()));
    }
}

#[tokio::test]
async fn a_group_is_closed_opened_again_and_dropped_as_it_should() {
    for test in databases().await {
        let house = house(&test);
        let week = week_of(morning().date_naive());
        happened(&test.db, 0, &[gap("es", "donde juego futbol los domingos"), gap("es", "quiero una cancion de cuna")])
            .await;
        group_gaps(&house).await.unwrap();
        let kept = gaps::list(&test.db).await.unwrap();
        let (ball, song) = (
            kept.iter().find(|k| k.gap.words.as_str().contains("futbol")).unwrap(),
            kept.iter().find(|k| k.gap.words.as_str().contains("cuna")).unwrap(),
        );
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(
            gaps::close(&mut tx, &ball.id, Some(lang("ht")), GapState::Taught, week).await.unwrap(),
            0,
            "of that language"
        );
        assert_eq!(gaps::close(&mut tx, &ball.id, Some(lang("es")), GapState::Taught, week).await.unwrap(), 1);
        assert_eq!(gaps::close(&mut tx, &song.id, None, GapState::NotForUs, week).await.unwrap(), 1);
        assert_eq!(gaps::close(&mut tx, "nobody", None, GapState::NotForUs, week).await.unwrap(), 0);
        tx.commit().await.unwrap();
        let open = |kept: Vec<Kept>| kept.into_iter().filter(Kept::is_open).count();
        assert_eq!(open(gaps::list(&test.db).await.unwrap()), 0);
        // In the same week a taught question stays closed, in the next it is open again; what is not for us stays closed, and so
        // does what is like it.
        happened(&test.db, 1, &[gap("es", "donde juego futbol los domingos")]).await;
        assert_eq!(open(gaps::list(&test.db).await.unwrap()), 0);
        happened(
            &test.db,
            8,
            &[gap("es", "donde juego futbol los domingos"), gap("es", "quiero una canción de cuna ya")],
        )
        .await;
        group_gaps(&house).await.unwrap();
        let kept = gaps::list(&test.db).await.unwrap();
        assert_eq!((kept.len(), open(kept)), (3, 1));
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(gaps::remove(&mut tx, &song.id).await.unwrap(), 2);
        gaps::drop_old(&mut tx, week + Days::new(7), 10).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(words(&gaps::list(&test.db).await.unwrap()), ["donde juego futbol los domingos"]);
        let mut tx = test.db.begin().await.unwrap();
        gaps::drop_old(&mut tx, week, 0).await.unwrap();
        tx.commit().await.unwrap();
        assert!(gaps::list(&test.db).await.unwrap().is_empty() && gaps::weeks(&test.db).await.unwrap().is_empty());
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
        let house = house(&test);
        for (n, (code, words)) in said.iter().enumerate() {
            let address = format!("72155500{n}");
            let none = || Said::Press(Button::NoneOfThese(lang(code)));
            for said in [Said::Text((*words).into()), none(), none(), Said::Press(Button::ForgetYes)] {
                take_turn(&house, &arrival(&address, said)).await.unwrap();
            }
        }
        let kept = gaps::list(&test.db).await.unwrap();
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
        assert!(gaps::weeks(&test.db).await.unwrap().iter().all(|week| week.n == 1));
    }
}

#[tokio::test]
async fn a_vote_is_counted_by_revision_and_its_line_is_kept_under_the_entry() {
    for test in databases().await {
        let house = house(&test);
        let (key, es) = ("health/cost".parse().unwrap(), lang("es"));
        let revision = Revision::of("a", "b");
        let say = |button: Button| Said::Press(button);
        for said in [
            Said::Text("cuanto cuesta el consultorio si no tengo fonasa".into()),
            say(Button::NotUseful(key, es, revision)),
            say(Button::Wrong(Complaint::Wrong, "health/cost".parse().unwrap(), es)),
            say(Button::WriteLine("health/cost".parse().unwrap(), es)),
            Said::Text("el precio subió, soy Juan Soto 12.345.678-9".into()),
            Said::Text("ok gracias".into()),
        ] {
            take_turn(&house, &arrival("7215551234", said)).await.unwrap();
        }
        let counters = events::counters(&test.db).await.unwrap();
        let n = |name: &str, subject: &str| {
            counters
                .iter()
                .filter(|c| c.name == name && c.subject == subject && c.lang == "es")
                .map(|c| c.n)
                .sum::<i64>()
        };
        assert_eq!(n("not-useful", "health/cost"), 1);
        assert_eq!(n("not-useful-revision", &format!("health/cost@{revision}")), 1);
        assert_eq!(n("wrong-or-old", "health/cost"), 1);
        let kept = gaps::list(&test.db).await.unwrap();
        assert_eq!(words(&kept), ["el precio subió, soy [nom] [id]"]);
        assert_eq!(kept[0].gap.entry.as_ref().map(|key| key.as_str()), Some("health/cost"));
    }
}

#[tokio::test]
async fn after_ninety_days_without_being_asked_a_gap_is_dropped() {
    for test in databases().await {
        let house = house(&test);
        happened(&test.db, 0, &[gap("en", "where can I learn to swim")]).await;
        house.clock.advance(TimeDelta::days(89));
        clean_up(&house).await.unwrap();
        assert_eq!(gaps::list(&test.db).await.unwrap().len(), 1);
        house.clock.advance(TimeDelta::days(8));
        clean_up(&house).await.unwrap();
        assert!(gaps::list(&test.db).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn small_talk_and_single_words_are_no_gaps() {
    for test in databases().await.into_iter().take(1) {
        let house = house(&test);
        for said in ["hola", "gracias", "xyz", "👍👍", "???", "asdf"] {
            take_turn(&house, &arrival("1", Said::Text(said.into()))).await.unwrap();
        }
        assert_eq!(words(&gaps::list(&test.db).await.unwrap()), Vec::<&str>::new());
    }
}

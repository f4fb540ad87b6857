//! Register of personal data: what is kept of people and staff, and how each right is met. For the console's page and
//! `docs/privacy.md`.

use std::borrow::Borrow;

use chrono::TimeDelta;

use super::retention::{UNANSWERED, UPDATES};
use crate::app::imports::import_spreadsheet::KEPT as IMPORTS;
use crate::app::outbox::undelivered::KEPT as UNDELIVERED;
use crate::app::staff::invite::INVITED;
use crate::app::staff::regain_access::NEW_PASSWORD;
use crate::app::staff::sign_in::{IDLE, LONGEST};
use crate::app::turns::take_turn::WEB_CHAT;
use crate::domain::inbox::question::{CLAIM, KEPT as QUESTIONS};
use crate::domain::people::chat::{MEMORY, SILENCE};
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, say};

/// A kind of data.
#[derive(Debug, Clone, Copy)]
pub struct KeptData {
    /// What it is.
    pub what: Label<'static>,
    /// Its purpose.
    pub why: Label<'static>,
    /// Its retention periods.
    pub lives: &'static [Life],
    /// Its legal ground.
    pub ground: Label<'static>,
    /// Who receives it.
    pub receives: Label<'static>,
    /// The tables that hold it.
    pub tables: &'static [&'static str],
}

/// A retention period.
#[derive(Debug, Clone, Copy)]
pub enum Life {
    /// For a fixed time (a constant of the program), with the event it counts from.
    For(Option<Label<'static>>, TimeDelta),
    /// Until an event.
    Until(Label<'static>),
}

impl KeptData {
    /// The retention periods in words.
    pub fn how_long(&self, lang: impl Borrow<Lang>) -> String {
        self.lives.iter().map(|life| life.words(*lang.borrow())).collect::<Vec<_>>().join("; ")
    }
}

impl Life {
    fn words(&self, lang: Lang) -> String {
        match self {
            Life::Until(what) => say(lang, what),
            Life::For(None, time) => span(lang, *time),
            Life::For(Some(what), time) => format!("{}: {}", say(lang, what), span(lang, *time)),
        }
    }
}

/// A duration in its largest whole unit.
fn span(lang: Lang, time: TimeDelta) -> String {
    let count = |n: i64| n.to_string();
    match (time.num_days(), time.num_hours(), time.num_minutes()) {
        (days @ 2.., _, _) => say(lang, &Label::LifeDays { count: &count(days) }),
        (_, hours @ 2.., _) => say(lang, &Label::LifeHours { count: &count(hours) }),
        (_, _, minutes) => say(lang, &Label::LifeMinutes { count: &count(minutes) }),
    }
}

/// All kinds, people's first. A test compares the tables with the schema.
pub const KEPT_DATA: &[KeptData] = &[
    KeptData {
        what: Label::KeptChat,
        why: Label::KeptChatWhy,
        lives: &[Life::For(Some(Label::LifeTelegram), SILENCE), Life::For(Some(Label::LifeWeb), WEB_CHAT)],
        ground: Label::GroundTask,
        receives: Label::ReceivesProgram,
        tables: &["chats"],
    },
    KeptData {
        what: Label::KeptMemory,
        why: Label::KeptMemoryWhy,
        lives: &[Life::For(None, MEMORY)],
        ground: Label::GroundTask,
        receives: Label::ReceivesProgram,
        tables: &["chats"],
    },
    KeptData {
        what: Label::KeptPage,
        why: Label::KeptPageWhy,
        lives: &[Life::For(None, MEMORY)],
        ground: Label::GroundTask,
        receives: Label::ReceivesProgram,
        tables: &["transcripts"],
    },
    KeptData {
        what: Label::KeptDiscreet,
        why: Label::KeptDiscreetWhy,
        lives: &[Life::For(None, MEMORY)],
        ground: Label::GroundTask,
        receives: Label::ReceivesProgram,
        tables: &["shown_messages"],
    },
    KeptData {
        what: Label::KeptQuestion,
        why: Label::KeptQuestionWhy,
        lives: &[Life::For(Some(Label::LifeClosed), QUESTIONS), Life::For(Some(Label::LifeClaim), CLAIM)],
        ground: Label::GroundConsent,
        receives: Label::ReceivesClerks,
        tables: &["questions", "question_lines"],
    },
    KeptData {
        what: Label::KeptWish,
        why: Label::KeptWishWhy,
        lives: &[Life::For(Some(Label::LifeTold), QUESTIONS)],
        ground: Label::GroundConsent,
        receives: Label::ReceivesProgram,
        tables: &["wishes"],
    },
    KeptData {
        what: Label::KeptGap,
        why: Label::KeptGapWhy,
        lives: &[Life::For(Some(Label::LifeAsked), UNANSWERED)],
        ground: Label::GroundTask,
        receives: Label::ReceivesClerks,
        tables: &["gaps", "gap_weeks"],
    },
    KeptData {
        what: Label::KeptWaiting,
        why: Label::KeptWaitingWhy,
        lives: &[Life::Until(Label::LifeArrived), Life::For(Some(Label::LifeAside), UNDELIVERED)],
        ground: Label::GroundTask,
        receives: Label::ReceivesTelegram,
        tables: &["outbox", "undelivered"],
    },
    KeptData {
        what: Label::KeptUpdates,
        why: Label::KeptUpdatesWhy,
        lives: &[Life::For(None, UPDATES)],
        ground: Label::GroundSecurity,
        receives: Label::ReceivesProgram,
        tables: &["seen_updates"],
    },
    KeptData {
        what: Label::KeptAsker,
        why: Label::KeptAskerWhy,
        lives: &[Life::Until(Label::LifeDay)],
        ground: Label::GroundSecurity,
        receives: Label::ReceivesProgram,
        tables: &["gap_askers"],
    },
    KeptData {
        what: Label::KeptSignIn,
        why: Label::KeptSignInWhy,
        lives: &[
            Life::For(Some(Label::LifeIdle), IDLE),
            Life::For(Some(Label::LifeSession), LONGEST),
            Life::For(Some(Label::LifeInvited), INVITED),
            Life::For(Some(Label::LifeNewPassword), NEW_PASSWORD),
            Life::Until(Label::LifeRecovery),
            Life::Until(Label::LifeTries),
        ],
        ground: Label::GroundSecurity,
        receives: Label::ReceivesAdministrators,
        tables: &[
            "sessions",
            "sign_in_tries",
            "failed_sign_ins",
            "invitations",
            "staff_link_codes",
            "recovery_codes",
            "password_links",
        ],
    },
    KeptData {
        what: Label::KeptStaff,
        why: Label::KeptStaffWhy,
        lives: &[Life::Until(Label::LifeEnded)],
        ground: Label::GroundTask,
        receives: Label::ReceivesAdministrators,
        tables: &["accounts", "staff_links", "staff_groups"],
    },
    KeptData {
        what: Label::KeptWork,
        why: Label::KeptWorkWhy,
        lives: &[Life::Until(Label::LifeKept), Life::For(Some(Label::LifeFile), IMPORTS)],
        ground: Label::GroundTask,
        receives: Label::ReceivesStaff,
        tables: &["audit", "versions", "drafts", "publications", "comments", "source_changes", "batches"],
    },
    KeptData {
        what: Label::KeptCounts,
        why: Label::KeptCountsWhy,
        lives: &[Life::Until(Label::LifeKept)],
        ground: Label::GroundTask,
        receives: Label::ReceivesStatistics,
        tables: &["counters"],
    },
];

/// The rights of a person, and how each is exercised.
pub const RIGHTS: &[(Label<'static>, Label<'static>)] = &[
    (Label::RightAccess, Label::RightAccessHow),
    (Label::RightCorrection, Label::RightCorrectionHow),
    (Label::RightDeletion, Label::RightDeletionHow),
    (Label::RightOpposition, Label::RightOppositionHow),
    (Label::RightPortability, Label::RightPortabilityHow),
    (Label::RightBlocking, Label::RightBlockingHow),
];

/// Steps after data was lost or seen by strangers, in order.
pub const BREACH: &[Label<'static>] = &[Label::BreachStop, Label::BreachNote, Label::BreachClose, Label::BreachTell];

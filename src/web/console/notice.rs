//! Notices: the confirmation of an action, shown once on the page that follows it.

use crate::i18n::Label;

macro_rules! notice {
    ($( $name:ident = $text:literal, $label:ident; )+) => {
        /// The action that was just done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Notice { $( $name, )+ }

        impl Notice {
            /// Its name in addresses.
            pub fn name(self) -> &'static str {
                match self { $( Notice::$name => $text, )+ }
            }

            /// The notice with this name.
            pub fn parse(text: &str) -> Option<Notice> {
                match text { $( $text => Some(Notice::$name), )+ _ => None }
            }

            /// Its label.
            pub fn label(self) -> Label<'static> {
                match self { $( Notice::$name => Label::$label, )+ }
            }
        }
    };
}

notice! {
    Saved = "saved", DoneSaved;
    Password = "password", DonePassword;
    SecondOn = "second-on", DoneSecondOn;
    SecondOff = "second-off", DoneSecondOff;
    FactorOff = "factor-off", DoneFactorOff;
    TriedAgain = "tried-again", DoneTriedAgain;
    Dropped = "dropped", DoneDropped;
    Sessions = "sessions", DoneSessions;
    Ended = "ended", DoneEnded;
    TakenBack = "taken-back", DoneTakenBack;
    Submitted = "submitted", DoneSubmitted;
    Published = "published", DonePublished;
    SentBack = "sent-back", DoneSentBack;
    Discarded = "discarded", DoneDiscarded;
    Checked = "checked", DoneChecked;
    Withdrawn = "withdrawn", DoneWithdrawn;
    SourceChanged = "source-changed", DoneSourceChanged;
    Proposed = "proposed", DoneProposed;
    Questions = "questions", DoneQuestions;
    Removed = "removed", DoneRemoved;
    Unlinked = "unlinked", DoneUnlinked;
    Claimed = "claimed", DoneClaimed;
    Answered = "answered", DoneAnswered;
    Handed = "handed", DoneHanded;
    GivenBack = "given-back", DoneGivenBack;
    Closed = "closed", DoneClosed;
    Taught = "taught", DoneTaught;
    GapClosed = "gap-closed", DoneGapClosed;
}

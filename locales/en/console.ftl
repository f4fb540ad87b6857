# What the console says to staff. Short, plain words, as a clerk would say them.

## The frame of every page
console = Staff desk
skip = Skip to the content
menu = Menu
nav-board = To do
nav-entries = Entries
nav-review = Review
nav-offices = Offices
nav-sources = Sources
nav-municipalities = Municipalities
nav-tables = Spreadsheets
nav-figures = Figures
nav-staff = Staff
nav-audit = Audit log
nav-settings = Settings
nav-own = My account
sign-out = Sign out
to-the-chat = See the public chat
live-at = Live at { $live } of { $replicas }
save = Save
cancel = Cancel
back = Back
optional = optional
all = All
none = None
yes = Yes
no = No
language = Language
topic = Topic
municipality = Municipality
filter = Filter
search = Search
earlier = Earlier
later = Later
nothing = There is nothing here.

## Signing in
sign-in = Sign in
sign-in-about = For those who work at the municipality. If you need an account, ask an administrator for an invitation.
login-name = Sign-in name
password = Password
code = Code from your app
code-about = Six digits, only if you have turned the second factor on.

## Coming by an invitation
invitation-title = Welcome
invitation-about = { $who } has invited you. Your role: { $role }.
invitation-gone = This invitation was used already or has expired. Ask an administrator for another one.
login-name-about = 3 to 40 signs: small letters without accents, digits, dots, hyphens.
name = Name
name-about = How colleagues know you.
shown-as = Name shown under answers
shown-as-about = People see it: “Checked by…”. Better the name of the office.
password-about = At least { $least } characters. Several words are best.
password-again = Password once more
create-account = Create my account

## One's own account
own-title = My account
own-role = My role
change-password = Change the password
old-password = Present password
new-password = New password
second-factor = Second factor
second-factor-about = With an app on your phone, the password alone is not enough to get into your account.
second-factor-is-on = The second factor is on.
second-factor-scan = Scan the picture with the app (Aegis, FreeOTP or another) and write the code that it shows.
second-factor-picture = Picture for the app to scan
second-factor-words = Or type this secret into the app: { $words }
turn-on = Turn on
turn-off = Turn off
sessions = Sessions
sessions-about = Your account is open on this number of devices: { $count }.
end-sessions = End all other sessions

## Staff
staff-title = Staff
invite = Invite somebody
invite-about = You get a link for that person. It works once, for 7 days.
invite-link = Invitation link
invite-link-about = Copy the link now and send it to that person only: it is not shown again.
role = Role
role-author = Author
role-reviewer = Reviewer
role-administrator = Administrator
role-observer = Observer
role-author-about = Writes and translates; does not publish.
role-reviewer-about = Checks and publishes what others wrote; writes as well.
role-administrator-about = Keeps accounts, settings and municipalities; does what a reviewer does as well.
role-observer-about = Sees figures only.
limits = Limits
limits-about = Where you choose nothing, there is no limit.
limit-municipality = One municipality only: its notes and offices
limit-languages = These languages only
limit-topics = These topics only
make-invitation = Make the link
end-account = End this account
end-account-about = { $name } cannot sign in any more. The name stays in the history.
ended-accounts = Ended accounts
has-second-factor = second factor

## What was done
done-saved = ✓ Saved.
done-password = ✓ The password is changed, and the other sessions have ended.
done-second-on = ✓ The second factor is on.
done-second-off = ✓ The second factor is off.
done-sessions = ✓ The other sessions have ended.
done-ended = ✓ The account has ended.

## Why something was not done
refused-title = It was not done
refused-no-right = Your account may not do this. If you need it, ask an administrator.
refused-gone = What you are looking for is not there, or not any more.
refused-own-text = You wrote this yourself: somebody else has to check it before it is published.
refused-changed = Somebody else saved while you were writing. Look at both texts, and save again.
refused-wrong-state = This has changed in the meantime. Open the page again.
refused-problems = Some things have to be mended before this can be published. They are marked below.
refused-no-reason = Write why.
refused-sign-in = Name, password or code do not fit. Try again.
refused-too-many = Too many tries. Wait { $seconds } seconds.
refused-invitation = This invitation was used already or has expired.
refused-login-taken = That sign-in name is taken. Choose another.
refused-login = A sign-in name has 3 to 40 signs: small letters without accents, digits, dots, hyphens.
refused-name = Write a name of up to 80 characters.
refused-password = The password needs at least { $least } characters, not always the same ones, and must not hold the sign-in name.
refused-passwords-differ = The two passwords differ.
refused-code = The code does not fit. Check your phone's clock, and try the next code.
refused-last-administrator = This is the last administrator: make another one first.
refused-wider = You cannot give more than you have yourself.
refused-key = The key is taken or does not fit: small letters without accents, digits and hyphens.
refused-invalid = Something you wrote does not fit. Look at each field.

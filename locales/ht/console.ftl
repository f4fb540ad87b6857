# What the console says to staff. Short, plain words, as a clerk would say them.

## The frame of every page
console = Biwo ekip la
skip = Ale dirèk nan kontni an
menu = Meni
nav-board = Sa ki pou fèt
nav-entries = Repons yo
nav-review = Revizyon
nav-offices = Biwo yo
nav-sources = Sous yo
nav-municipalities = Minisipalite yo
nav-tables = Tablo ak fichye
nav-figures = Chif yo
nav-staff = Ekip la
nav-audit = Jounal aksyon yo
nav-settings = Reglaj
nav-own = Kont mwen
sign-out = Soti
to-the-chat = Gade chat piblik la
live-at = Piblikasyon an rive sou { $live } nan { $replicas } sèvè
save = Anrejistre
cancel = Anile
back = Tounen
optional = si ou vle
all = Tout
none = Okenn
yes = Wi
no = Non
language = Lang
topic = Sijè
municipality = Minisipalite
filter = Filtre
search = Chèche
earlier = Anvan
later = Apre
nothing = Pa gen anyen la a.

## Signing in
sign-in = Antre
sign-in-about = Pou moun k ap travay nan minisipalite a. Si ou bezwen yon kont, mande administratè a yon envitasyon.
login-name = Non pou antre
password = Modpas
code = Kòd aplikasyon an
code-about = Sis chif, sèlman si ou mete dezyèm kle a.

## Coming by an invitation
invitation-title = Byenvini
invitation-about = { $who } envite w. Wòl ou: { $role }.
invitation-gone = Envitasyon sa a deja sèvi oswa li ekspire. Mande administratè a yon lòt.
login-name-about = 3 a 40 siy: ti lèt san aksan, chif, pwen, tirè.
name = Non
name-about = Jan kòlèg ou yo konnen w.
shown-as = Non ki parèt anba repons yo
shown-as-about = Moun ki poze kesyon yo wè sa: «Sa a te verifye pa…». Mete non biwo a pito.
password-about = Omwen { $least } siy. Plizyè mo se pi bon.
password-again = Modpas la ankò
create-account = Kreye kont mwen

## One's own account
own-title = Kont mwen
own-role = Wòl mwen
change-password = Chanje modpas
old-password = Modpas ou genyen kounye a
new-password = Nouvo modpas
second-factor = Dezyèm kle
second-factor-about = Ak yon aplikasyon sou telefòn ou, modpas la pou kont li pa ase pou antre nan kont ou.
second-factor-is-on = Dezyèm kle a limen.
second-factor-scan = Eskane imaj la ak aplikasyon an (Aegis, FreeOTP oswa yon lòt), epi ekri kòd li bay la.
second-factor-picture = Imaj pou aplikasyon an eskane
second-factor-words = Oswa ekri sekrè sa a nan aplikasyon an: { $words }
turn-on = Limen
turn-off = Etenn
sessions = Sesyon yo
sessions-about = Kont ou louvri sou aparèy: { $count }.
end-sessions = Fèmen tout lòt sesyon yo

## Staff
staff-title = Ekip la
invite = Envite yon moun
invite-about = Ou resevwa yon lyen pou voye bay moun nan. Lyen an sèvi yon sèl fwa, pandan 7 jou.
invite-link = Lyen envitasyon an
invite-link-about = Kopye lyen an kounye a epi voye l bay moun nan sèlman: li pap parèt ankò.
role = Wòl
role-author = Otè
role-reviewer = Revizè
role-administrator = Administratè
role-observer = Obsèvatè
role-author-about = Ekri ak tradui; pa pibliye.
role-reviewer-about = Verifye ak pibliye sa lòt moun ekri; ekri tou.
role-administrator-about = Okipe kont, reglaj ak minisipalite; fè sa yon revizè fè tou.
role-observer-about = Wè chif yo sèlman.
limits = Limit
limits-about = Si ou pa chwazi anyen, pa gen limit.
limit-municipality = Yon sèl minisipalite: nòt li ak biwo li sèlman
limit-languages = Lang sa yo sèlman
limit-topics = Sijè sa yo sèlman
make-invitation = Fè lyen an
end-account = Fèmen kont sa a
end-account-about = { $name } pap kapab antre ankò. Non an rete nan istwa a.
ended-accounts = Kont ki fèmen
has-second-factor = dezyèm kle

## What was done
done-saved = ✓ Anrejistre.
done-password = ✓ Modpas la chanje, epi lòt sesyon yo fèmen.
done-second-on = ✓ Dezyèm kle a limen.
done-second-off = ✓ Dezyèm kle a etenn.
done-sessions = ✓ Lòt sesyon yo fèmen.
done-ended = ✓ Kont lan fèmen.

## Why something was not done
refused-title = Sa pa fèt
refused-no-right = Kont ou pa gen dwa fè sa. Si ou bezwen sa, mande administratè a.
refused-gone = Sa ou chèche a pa la, oswa li pa la ankò.
refused-own-text = Ou menm ki ekri sa: yon lòt moun dwe verifye l anvan l pibliye.
refused-changed = Yon lòt moun anrejistre pandan ou t ap ekri. Gade de tèks yo, epi anrejistre ankò.
refused-wrong-state = Sa chanje nan mitan tan an. Louvri paj la ankò.
refused-problems = Gen bagay pou korije anvan sa kapab pibliye. Yo make pi ba a.
refused-no-reason = Ekri poukisa.
refused-sign-in = Non, modpas oswa kòd la pa bon. Eseye ankò.
refused-too-many = Twòp esè. Tann { $seconds } segonn.
refused-invitation = Envitasyon sa a deja sèvi oswa li ekspire.
refused-login-taken = Gen yon moun ki pran non sa a deja. Chwazi yon lòt.
refused-login = Non pou antre a dwe gen 3 a 40 siy: ti lèt san aksan, chif, pwen, tirè.
refused-name = Ekri yon non ki gen 80 siy pou pi plis.
refused-password = Modpas la dwe gen omwen { $least } siy, pa menm siy la tout tan, epi li pa dwe gen non pou antre a.
refused-passwords-differ = De modpas yo pa menm.
refused-code = Kòd la pa bon. Gade si lè telefòn ou bon, epi eseye ak pwochen kòd la.
refused-last-administrator = Se dènye administratè a: fè yon lòt administratè anvan.
refused-wider = Ou pa kapab bay plis dwa pase sa ou menm ou genyen.
refused-key = Kle a deja pran, oswa li pa bon: ti lèt san aksan, chif ak tirè.
refused-invalid = Gen yon bagay ki pa bon nan sa ou ekri a. Gade chak kaz.

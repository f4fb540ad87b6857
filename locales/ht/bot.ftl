# Sa bot la di. Fraz kout, mo senp. Ou ka sèvi ak **gra** ak [lyen](https://…).

## Kòmansman

hello = 👋 Bonjou! Mwen se yon pwogram minisipalite a, mwen pa yon moun. M la pou ede w. Poze m kesyon sou sante, papye, travay oswa biwo nan Chili.
choose-language = Chwazi lang ou:
privacy-short = 🔒 Mwen pa mande w ni non w ni papye w, epi mwen pa di pèsonn sa ou mande. Mwen kenbe dènye pati konvèsasyon nou an pandan 30 minit, anba kle, apre sa li efase. Sou Telegram, konpayi Telegram konnen nimewo telefòn ou, epi li ka bay otorite yo nimewo a.
menu-title = Kisa ou bezwen? Ekri l jan ou pale, oswa chwazi:
ask-in-words = ✍️ Ekri kesyon w jan ou pale. Si gen fòt, sa pa fè anyen. Pa egzanp: «Mwen ansent epi mwen pa gen papye, èske m ka al lopital?»
language-chosen = 👍 Kounye a m ap reponn ou an kreyòl. Ou ka toujou ekri nan nenpòt lang.
help =
    { "" }**Kijan sa mache**

    - Ekri kesyon w jan ou pale, an kreyòl, panyòl oswa angle.
    - Oswa sèvi ak bouton yo: kesyon moun konn poze, ak biwo ki toupre w.
    - Repons yo gratis. Yo soti nan sous ofisyèl; chak repons di kiyès ki te verifye l.

    Mwen se yon pwogram, mwen pa yon moun. Pou ka pa w la, ale nan yon biwo: sa gratis tou.
about =
    { "" }**ventanilla** se yon sèvis gratis minisipalite a bay moun ki vin viv nan Chili. Li reponn an kreyòl, panyòl ak angle.

    Se moun ki ekri repons yo, dapre lalwa ak sèvis leta yo. Si pèsonn poko verifye yon repons, repons lan di sa. Mwen se yon pwogram: mwen pa deside anyen, epi mwen pa di pèsonn kiyès ki poze kesyon.

## Bouton

button-menu = ☰ Meni
button-topics = 📚 Kesyon moun konn poze
button-offices = 📍 Biwo toupre m
button-ask = ✍️ Poze kesyon jan m pale
button-language = 🌐 Lang
button-help = ❓ Èd
button-privacy = 🔒 Enfòmasyon w yo
button-forget = 🗑 Efase enfòmasyon m yo
button-back = ← Retounen
button-none = Okenn nan sa yo
button-useful = 👍 Wi
button-not-useful = 👎 Non
button-office-in-charge = 🏢 Ki kote pou m ale
button-in-language = 🌐 An { $language }
button-always-in = 🌐 Toujou reponn an { $language }
button-share-place = 📍 Voye kote m ye a
button-services = 🧭 Chwazi ki èd ou bezwen
button-municipalities = 🏘 Chwazi komin ou
button-mine = 🏠 { $place } se minisipalite m
button-map = 🗺 Kat
button-forget-yes = 🗑 Wi, efase tout
button-forget-no = Non, kite yo

## Sijè ak repons

topics-title = **Kesyon moun konn poze.** Chwazi yon sijè:
topic-title = **{ $topic }.** Chwazi yon kesyon:
sources = 📖 Sous:
not-checked = ⚠️ Minisipalite w la poko verifye repons sa a. Mande nan biwo migran an pou ou sèten.
checked = ✅ { $who } te verifye sa { $date }. L ap verifye ankò anvan { $until }.
rules-changed = ⚠️ Règ yo chanje { $date }. N ap verifye repons sa a. Mande nan biwo a pou ou sèten.
outdated = ⚠️ Repons sa a chanje nan yon lòt lang { $date }, e nou poko mete tradiksyon sa a ajou. Mande nan biwo a pou ou sèten.
withdrawn = ⚠️ Nou retire repons sa a: { $reason } Mande nan biwo a.
being-checked = ⏳ N ap verifye repons sa a kounye a. Pou yo pa ba ou yon vye enfòmasyon, mande nan biwo a.
checked-late = ⚠️ Pèsonn pa verifye l depi { $date }. Pou w sèten, mande nan biwo a.
local-note = 🏠 Nan { $place }:
other-language = Pou kounye a nou gen repons sa a sèlman an { $language }.
follows-on = Sou: { $question }
aspect-papers = Papye
aspect-cost = Pri
aspect-how = Kijan
aspect-where = Ki kote
aspect-time = Konbyen tan
aspect-refused = Si yo di non
aspect-no-papers = San papye
aspect-family = Fanmi
aspect-rights = Dwa
part-title = { $question } · { $aspect }
already-said = ⬆️ Gade anwo a: m fèk di w sa. Ki lòt bagay ou vle konnen?
missing-papers = M pa gen lis papye yo pou sa.
missing-cost = M pa konnen konbyen sa koute.
missing-how = M pa konnen kijan pou w fè sa.
missing-where = M pa gen adrès kote pou w ale a.
missing-time = M pa konnen konbyen tan sa pran.
missing-refused = M pa konnen kisa ou ka fè si yo di w non.
missing-no-papers = M pa konnen kijan sa mache lè yon moun pa gen papye.
missing-family = M pa konnen kijan sa mache pou fanmi w.
missing-rights = M pa konnen ki dwa ou genyen nan sa.
missing-ask = Ou ka mande nan:
missing-ask-anywhere = Mande nan biwo migran minisipalite w la.
not-checked-short = ⚠️ minisipalite w la poko verifye sa
checked-short = ✅ { $who } te verifye sa, { $date }
button-more = ➕ Plis
useful = Èske sa te itil ou?
voted-useful = 🙏 Mèsi, sa ede nou.
voted-not-useful = 🙏 Mèsi. Kisa ki pa bon nan repons lan? Nan yon biwo, yon moun ka gade ka pa w la tou.
several = M pa fin konprann byen. Èske se youn nan bagay sa yo ou vle konnen?
nothing-found = M pa gen repons pou kesyon sa a. M pa vle ba w manti.
nothing-next = Eseye ak lòt mo, gade kesyon moun konn poze, oswa mande yon moun nan yon biwo.
lines-of-help =
    ☎️ Èd gratis: anbilans [131](tel:131), lapolis [133](tel:133), timoun [147](tel:147).

    Vyolans sou fanm: [1455](tel:1455), gratis, lendi jiska vandredi, 8è dimaten rive minwi (fèmen jou ferye). Lannwit ak wikenn: [133](tel:133) oswa [149](tel:149).

    Sante nan telefòn: [600 360 7777](tel:6003607777). Apèl sa a ka koute w lajan.
none-fitted = Dakò. Di l ak lòt mo (kisa ki pase, kisa ou bezwen?), oswa gade la a:
old-link = Lyen sa a ansyen, li pa mennen okenn kote ankò.
old-button = Bouton sa a ansyen, li pa mache ankò. Men meni an:

## Biwo

offices-menu = **Biwo yo.** Ki kote ou ye? Ekri non minisipalite w la (komin), oswa chwazi:
ask-place = 📍 Ou ka voye kote ou ye a tou, ak bouton anba a. Mwen sèvi avè l yon sèl fwa epi mwen pa kenbe l.
services-title = Nan kisa ou bezwen èd?
municipalities-title = Chwazi yon komin:
offices-near = **Biwo ki pi pre yo:**
offices-far = Tout biwo nou yo lwen kote ou ye a (plis pase { $km } km). Men sa ki pi pre yo:
offices-in = **Biwo nan { $place }:**
offices-for = **{ $service }:**
no-office = Mwen poko gen biwo pou sa nan lis mwen an. Mande nan minisipalite w la.
place-not-found = Mwen pa konnen kote sa a. Ekri non yon minisipalite, oswa chwazi:
place-chosen = 🏠 Kounye a minisipalite w la se { $place }. M ap montre w biwo pa l yo an premye.
distance = { $km } km
open-until = 🟢 louvri kounye a, jiska { $time }
open-always = 🟢 toujou louvri
opens-next = 🔴 fèmen, l ap louvri { $when }
closed = 🔴 fèmen
open-on-day = 🗓 { $day }: { $times }
closed-on-day = 🗓 { $day }: fèmen
where-elsewhere = Nan lis mwen an, pa gen biwo pou sa nan { $place }. Men biwo ki pi pre yo:
where-instead = Biwo ki fè demach sa a pa nan lis mwen an. Men kote yo ka di w ki kote pou w ale:
hours-not-checked = ⚠️ lè yo poko konfime: mande anvan ou ale
office-address = 📍 { $address }
office-no-address = 📍 Nou poko konnen adrès la: mande nan minisipalite a.
office-phone = ☎️ [{ $phone }](tel:{ $call })
office-languages = 🗣 { $languages }
office-services = 🤝 { $services }
office-approximate = Kote ki sou kat la pa fin egzat.

## Danje

danger-medical =
    🚨 **Rele [131](tel:131) kounye a si lavi yon moun an danje (anbilans; apèl la gratis).**

    Pèsonn pa reponn, oswa sa pran twòp tan? Ale nan ijans yon lopital. Fòk yo pran swen w touswit, menm si ou pa gen papye ni lajan.
danger-suicide =
    💛 **Rele [\*4141](tel:*4141) kounye a, ak zetwal la, sou yon selilè: gratis, lajounen kou lannwit. Yon moun ap koute w.**

    Ou deja pran yon bagay, ou deja fè tèt ou mal, oswa ou pral fè l kounye a? Oswa pèsonn pa reponn? Rele [131](tel:131) oswa ale nan ijans yon lopital.

    Se yon lòt moun? Rete avè l epi rele 131.

    An panyòl: «Necesito ayuda. No hablo español.» (Mwen bezwen èd. Mwen pa pale panyòl.)
danger-violence =
    🚨 **Rele [133](tel:133) (lapolis) si ou an danje kounye a.** Gen moun ki blese? Rele [131](tel:131) (anbilans).

    Konsèy pou fanm: [1455](tel:1455), gratis, lendi rive vandredi, 8è dimaten rive minwi, sof jou konje. Lannwit ak wikenn: [133](tel:133) oswa [149](tel:149).

    Yon moun fòse w fè sèks, menm si se mari w? Ale nan ijans lopital kounye a, menm si ou pa blese. Se pa fòt ou.
danger-stranger =
    🚨 **Rele [133](tel:133) (lapolis) si ou an danje kounye a.** Gen moun ki blese? Rele [131](tel:131) (anbilans).

    Nan ijans, fòk yo pran swen w touswit, menm si ou pa gen papye ni lajan.

    Yo fòse w fè sèks? Ale nan ijans lopital kounye a, menm si ou pa blese. Se pa fòt ou.
danger-say = Se ou ki pou rele: mwen menm, mwen pa ka avèti pèsonn. Lè yo reponn, premye bagay pou w di: ki kote sa ye (ri, nimewo, komin). Apre sa, di sa k ap pase. An panyòl: «Ayuda, por favor. La dirección es … No hablo español.» (Ede m, tanpri. Adrès la se … Mwen pa pale panyòl.)
danger-child =
    🚨 **Rele [133](tel:133) (lapolis) kounye a si yon timoun oswa yon jèn an danje, oswa si li pèdi. Oswa [147](tel:147), liy pou timoun. Toulède gratis.**

    Li blese, oswa yo fè abi seksyèl sou li? Rele [131](tel:131) oswa ale nan ijans yon lopital kounye a.
danger-trafficking =
    🚨 **Rele [133](tel:133) (lapolis) oswa [134](tel:134) (PDI) si yon moun pa kite w soti, menase w, fòse w travay, oswa fòse w fè sèks.**

    Se viktim ou ye. Se pa fòt ou.

    Pou di sa san bay non w: [\*4242](tel:*4242), gratis. Si se yon ijans: 133.
danger-arrest =
    🚨 **Lapolis pran w, oswa yon moun pa w? Mande yon avoka ak yon entèprèt (moun ki tradui). Ou gen dwa pa pale. Pa siyen sa ou pa konprann.**

    Si yo di ou fè yon krim (vòl, batay, dwòg), di: «Quiero un defensor público y un intérprete» (m vle yon avoka k ap defann mwen, epi m vle yon entèprèt). Se Defensoría Penal Pública; li gratis si ou pa ka peye.

    Si se pou papye migrasyon, oswa yo vle depòte w, di jodi a menm: «Quiero un abogado de la Corporación de Asistencia Judicial y un intérprete» (m vle yon avoka Corporación an, epi m vle yon entèprèt). Li gratis. Yon lòt moun ka ale nan tribinal la nan non w tou.

    Se ou ki deside si y ap avèti konsila w. Si ou te kouri kite peyi w, avèti konsila a ka danjere pou ou. Ou ka di: «No avisen a mi consulado» (pa avèti konsila m).
danger-next = Apre sa, mwen la pou kesyon w yo.
danger-next-suicide = Ou pa poukont ou. Mwen se yon pwogram: nan [\*4141](tel:*4141) yon moun ap koute w. Ou ka ekri m isit la tou.
danger-person = Si gen danje, rele anvan tout bagay. Ou ka kite yon mesaj tou pou yon moun ki travay nan yon biwo. { $when }
care-medical = 💛 Si lavi yon moun an danje kounye a, rele [131](tel:131), gratis.
care-suicide = 💛 Si w ap panse pou w mouri oswa pou w fè tèt ou mal, rele [\*4141](tel:*4141) sou yon selilè: gratis, lajounen kou lannwit.
care-violence = 💛 Si yon moun ap fè w mal oswa menase w kounye a, rele [133](tel:133) (lapolis).
care-stranger = 💛 Si ou an danje kounye a, rele [133](tel:133) (lapolis). Si gen moun ki blese, rele [131](tel:131).
care-child = 💛 Si yon timoun oswa yon jèn an danje kounye a, rele [133](tel:133) oswa [147](tel:147). Toulède gratis.
care-trafficking = 💛 Si yon moun pa kite w soti, fòse w travay, oswa fòse w fè sèks, rele [133](tel:133) oswa [134](tel:134) (PDI).
care-arrest = 💛 Si yo arete w, di: «Quiero un abogado y un intérprete» (m vle yon avoka ak yon entèprèt). Pa siyen sa ou pa konprann.
button-help-now = 🚨 Mwen bezwen èd kounye a

## Sa ki pa kesyon

sorry = 💛 Sa fè m lapenn pou ou. Men sa ki ka ede w:
bad-news = 💛 Sa fè m lapenn pou ou. Se sou kisa? Chwazi, oswa ekri l ak mo pa w:
about-talk-program = 🤖 Mwen se yon pwogram, mwen pa yon moun. Se moun ki ekri repons yo. Si ou vle, yon moun ka reponn ou.
about-talk-no-help = Padon, mwen pa t ede w. Ekri l ak lòt mo, oswa kite kesyon w pou yon moun.
about-talk-shortest = Se sa ki pi kout mwen genyen. Yon moun ka esplike w sa tou.
about-talk-restarted = 👍 Nou rekòmanse.
greeting = 👋 Bonjou! Kisa ou bezwen? Ekri l jan ou pale, oswa chwazi:
thanks = 🙏 Pa dekwa. Si ou bezwen yon lòt bagay, ekri m.
goodbye = 👋 Pran swen w. Mwen la lajounen kou lannwit.
news = 🙏 M tande w. Kisa ou bezwen kounye a?
insult = Mwen regrèt mwen pa rive ede w. Di m ak lòt mo kisa ou bezwen, oswa mande yon moun nan yon biwo.
photo = Mwen pa ka wè foto, epi mwen pa kenbe yo. Tanpri ekri kesyon w ak mo.
voice = Mwen poko ka koute mesaj vwa, epi mwen pa kenbe yo. Tanpri ekri kesyon w; si gen fòt, sa pa fè anyen.
sticker = ✍️ Kisa ou bezwen? Ekri l jan ou pale, oswa chwazi:
other-media = Mwen ka li mo sèlman. Tanpri ekri kesyon w; mwen pa kenbe sa ou voye a.
no-words = ✍️ Mwen ka li mo sèlman. Kisa ou bezwen?
too-long = Mesaj la long anpil, mwen pa jwenn kesyon an ladan l. Tanpri ekri sa ou bezwen an nan youn oswa de fraz.

## Enfòmasyon prive

privacy-plain =
    { "" }**Enfòmasyon w yo**

    - **Nou pa mande** ni non w, ni papye w, ni nimewo w, epi nou pa konnen kiyès ou ye.
    - **Nou kenbe** lang ou, minisipalite w la si ou chwazi youn, epi dènye pati konvèsasyon an pandan 30 minit, anba kle (dènye kesyon w; sou paj wèb la, sis dènye kesyon ak repons yo). Si ou voye kote ou ye a, li sèvi yon sèl fwa, nou pa kenbe l.
    - **Nou konte** konbyen moun ki poze kesyon sou chak sijè, men nou pa janm gade kiyès.
    - **Lè nou pa jwenn repons**, nou kenbe mo kesyon an 90 jou, san nimewo ak non nou wè ladan l, san anyen ki di se ou menm, pou nou ka ekri repons lan.
    - **Nou pa di pèsonn** sa ou mande: ni lapolis, ni migrasyon, ni patwon w.
    - **Telegram limenm** kenbe konvèsasyon an. Li konnen nimewo telefòn ou, li ka bay otorite yo li. Ou ka efase konvèsasyon an la.

    Anba a, ou ka pran yon fichye ki gen sa nou kenbe sou ou. Ak /forget, sa nou kenbe sou ou efase touswit. Men kopi sekirite yo rete pi lontan.
forget-title = **Men sa mwen kenbe sou ou:**
forget-language = Lang ou: { $language }
forget-place = Minisipalite w la: { $place }
forget-question = Dènye kesyon w, pandan 30 minit: { $question }
forget-words = Dènye mo w yo, pandan 30 minit, anba kle
forget-rest = Dat dènye jou ou te ekri a, kòd ki fèt ak dènye mesaj ou yo (pandan 3 jou), epi, si yon kesyon pa t jwenn repons, yon kòd ki rete jiskaske jounen an fini
forget-discreet = Ki mesaj ki pale de danje, pandan 30 minit, anba kle
forget-ask = Èske ou vle m efase sa?
forgotten = 🗑 Fini. Sa m te kenbe sou ou efase. Ou ka ekri m ankò lè ou vle: peze /start.
forget-kept = Dakò, anyen pa efase.

## De nou menm al jwenn yon moun

button-person = 🙋 Pale ak yon moun
button-person-at-office = ☎️ Mande yon moun nan yon biwo
button-tell-me = 🔔 Di m lè gen yon repons
button-leave = ✅ Wi, voye l
button-leave-other = ✍️ Ekri l lòt jan
button-leave-no = Non, pa voye anyen
button-write-question = ✍️ Wi, m ap ekri kesyon m nan
button-take-back = ↩️ Pran kesyon m nan tounen
consent-any = 🙋 **Yon moun ka reponn ou.** Si w dakò, m ap bay moun k ap travay nan minisipalite yo kesyon w la.
consent-place = 🙋 **Yon moun ka reponn ou.** Si w dakò, m ap bay moun k ap travay nan minisipalite { $place } kesyon w la.
consent-about =
    { "" }- Yo wè sa ou ekri a. Mwen retire nimewo ak non mwen rekonèt. Yo pa wè kiyès ou ye, ni nimewo telefòn ou.
    - Mwen kenbe anba kle kote pou m voye repons lan ba ou, pandan 30 jou, pa plis. Lè kesyon an fini, mwen efase tout.
    - Ou ka pran kesyon ou an tounen nenpòt lè: ekri /stop
consent-words = **Men sa m ap voye:**
consent-more = **Ou vle m ajoute sa tou?**
write-question = ✍️ Ekri kesyon ou an nan yon sèl mesaj. Pa mete non ou ni nimewo papye ou. M ap montre w li anvan m voye l.
question-left = ✅ **Kesyon ou an ale.**
question-left-next = M ap ekri w isit la lè repons lan rive. Pandan w ap tann, ou ka kontinye poze m lòt kesyon.
expected-open = Moun yo ap travay kounye a, jiska { $time }.
expected-next = Moun yo ap travay ankò: { $when }.
expected-unknown = Moun yo reponn nan lè biwo, nan jou travay. Mwen pa ka di w ki lè egzakteman.
question-waits = ⏳ Kesyon ou an ap tann yon moun reponn li.
question-claimed = 👤 Gen yon moun k ap reponn kesyon ou an.
question-continued = ✅ Mwen ajoute l nan kesyon ou an.
not-left = Dakò, mwen pa voye anyen bay pèsonn.
taken-back = ↩️ Mwen pran kesyon ou an tounen, epi mwen efase tout sa m te kenbe sou li.
no-question = Ou pa gen okenn kesyon k ap tann yon moun.
nobody-here = M pa ka ekri w pita isit la. Pou pale ak yon moun, ale nan yon biwo oswa rele yo. Ou ka ekri m sou Telegram tou.
will-tell = 🔔 Dakò. Si gen yon repons nan 30 jou k ap vini yo, m ap ekri w yon sèl fwa, epi m ap efase kesyon an.
person-here = 👤 { $who } ap li kesyon ou an kounye a. M ap fè silans pandan n ap pale. Pou fini, ekri /stop
person-answers = 👤 **{ $who } reponn ou:**
person-next = Si w gen plis pou di, ekri l isit la. Pou fini, ekri /stop
person-away = Moun ki t ap reponn ou a te oblije ale. Kesyon ou an ap tann yon lòt moun; m ap reponn ou pandan tan sa a.
person-left = ✅ Koze a fini, epi mwen efase tout sa m te kenbe sou li. Kounye a se mwen menm ankò k ap reponn.
question-moved = ➡️ Kesyon ou an ale jwenn moun k ap travay nan minisipalite { $place }.
question-expired = 😔 Pa gen moun ki te ka reponn kesyon ou an nan 30 jou. Mwen efase l. Tanpri ale nan yon biwo: li gratis.
told-now = 🔔 **Ou te mande m pou m di w. Kounye a gen yon repons.** Kesyon ou:
forget-handoff = Kesyon ou te kite pou yon moun, anba kle
forget-wish = Yon kesyon ou vle konnen lè gen repons, anba kle
ready-where = Nan ki komin ou rete? Konsa mwen ka di w ki biwo ki ka ede w.
ready-more = Ou ka di m yon ti kras plis: sa ki te pase, e depi kilè?
ready-asking = M ap mande yon kòlèg, epi m ap ekri w isit la ankò.
ready-come = Sa a, fòk yon moun gade l ak papye w yo devan l. Tanpri vini nan biwo a ak papye ou genyen yo. Sèvis la gratis.
command-stop = Pran kesyon m nan tounen

## Lè nou fè yon erè

fault = 😔 Gen yon bagay ki pa mache lakay nou; se pa fòt ou. Tanpri ekri ankò nan kèk minit. Kòd pou biwo a: { $code }
too-many = ✋ Tann { $seconds } segonn, epi ekri ankò. Twòp mesaj vini youn dèyè lòt. Si ou an danje, rele kounye a: 133 (lapolis) oswa 131 (anbilans). Ou ka ekri m sa tou.

## Jou

date = { $day } { $month } { $year }
weekday-time = { $weekday } { $time }

## Paj Telegram yo

bot-name = Ventanilla
bot-description =
    Repons pou moun ki vin viv nan Chili: sante, papye, travay, lojman, biwo toupre w. Gratis, an kreyòl, panyòl ak angle.
    Mwen pa mande non w ni papye w.
bot-short = Sante, papye ak biwo nan Chili. Gratis, an kreyòl, panyòl ak angle.
command-start = Kòmanse
command-topics = Kesyon moun konn poze
command-offices = Biwo toupre m
command-language = Chanje lang
command-privacy = Enfòmasyon w yo
command-forget = Efase enfòmasyon m yo
command-help = Kijan sa mache
command-about = Kiyès nou ye

## Paj konvèsasyon an

web-skip = Ale nan bwat kesyon an
web-talk = Konvèsasyon
web-input = Kesyon w, oswa non komin ou
web-example = Pa egzanp: mwen gen lafyèv, m pa gen papye
web-send = Voye
web-you = Ou menm
web-bot = Ventanilla
web-pressed = Ou chwazi
web-languages = Lang
web-not-found = Paj sa a pa egziste. Retounen nan kesyon yo.
web-expired = Pou sekirite w, konvèsasyon sa a efase apre 30 minit. Ou ka poze kesyon ankò lè ou vle.
web-refused = Sa a pa soti nan paj sa a, kidonk nou pa fè anyen. Tanpri ekri kesyon w isit la.
web-too-many = Anpil mesaj vini youn dèyè lòt. Tann yon minit, epi voye mesaj ou ankò.
web-too-long = Sa twò long, li pa voye. Fè l vin kèk fraz sèlman, epi voye l ankò.
web-too-slow = Peze bouton «retounen» nan navigatè a, epi voye mesaj ou ankò. Mo ou yo ta dwe toujou la. Sa pran twòp tan: petèt mesaj la pa rive jwenn nou.
web-no-cookies = Navigatè ou refize koukiz nou an, se poutèt sa ou pa wè repons lan. Pèmèt koukiz pou paj sa a, epi poze kesyon an ankò. Koukiz la efase apre 30 minit.
web-phone-map = 📱 Nan kat telefòn mwen

## Tèminal la

terminal-hint = Ekri kesyon w, oswa nimewo yon bouton. Ctrl-D pou fini.
terminal-prompt = ou menm
terminal-no-button = Pa gen bouton ak nimewo sa a la a.

## Kisa ki pa bon nan yon repons

button-other-question = 🔀 Se pa sa m te mande
button-unclear = 🌫 M pa byen konprann li
button-wrong = ⏳ Li pa vre, oswa li fin vye
button-write-line = ✏️ Ekri yon liy
complained = 🙏 Mèsi, moun ki ekri repons yo ap wè sa. Si ou vle, ekri nan yon sèl liy kisa ou t ap chache. Ou ka poze kesyon an yon lòt jan tou, oswa ale nan yon biwo.
ask-line = ✏️ Ekri l kounye a, nan yon sèl mesaj. Pa mete non moun, ni nimewo telefòn, ni nimewo papye.
line-taken = 🙏 Mèsi. Moun ki ekri repons yo ap li l. Yo p ap konnen se ou menm ki ekri l, kidonk yo pa ka reponn ou.
## Tout avi sou enfòmasyon prive
button-privacy-full = 🔍 Tout detay yo
button-copy = 📄 Enfòmasyon m yo nan yon fichye
copy-name = enfomasyon-mwen.txt
copy-here = 📄 **Fichye sa a gen sa mwen kenbe sou ou.** Moun ki sèvi ak telefòn ou ka li l.
copy-title = Men sa mwen kenbe sou ou, { $when }
copy-last-day = Dènye jou ou te ekri: { $day }
copy-memory = Dènye pati konvèsasyon an. L ap efase: { $until }
copy-danger = Mwen te montre w ki nimewo pou rele lè gen danje
copy-talk = Konvèsasyon ki sou paj sa a
copy-question = Kesyon ou te kite pou yon moun. L ap efase anvan: { $until }
copy-wish = Sa ou vle konnen. L ap efase anvan: { $until }
copy-waiting = Mesaj pou ou ki poko rive: { $count }
copy-discreet = Mesaj ki pale de danje (mwen kenbe nimewo yo pandan 30 minit): { $count }
copy-rest = Mwen kenbe tou, pandan 3 jou, kòd ki fèt ak dènye mesaj ou yo. Konsa, m p ap reponn menm mesaj la de fwa. Si yon kesyon pa t jwenn repons, mwen kenbe yon kòd jiskaske jounen an fini. Pou efase tout, voye /forget.
privacy-who = { "" }**Kiyès ki okipe bot sa a?**
privacy-nobody = Poko gen pèsonn ki ekri non yo isit la. Mande moun ki ba w adrès bot la.
privacy-kept =
    { "" }**Kisa nou kenbe, pou konbyen tan?**

    - Yon kòd ki fèt ak nimewo chat la, ak lang ou ak minisipalite w la: jiskaske ou voye /forget, bloke bot la, oswa pase { $days } jou san ekri. Sou paj wèb la: jiska inèdtan apre dènye mesaj ou. Se sèlman moun ki gen kle nou an ki ka jwenn nimewo a apati kòd la.
    - Dènye kesyon w ak dènye mo w yo, anba kle: { $minutes } minit.
    - Sou paj wèb la, sis dènye kesyon ak repons yo, anba kle: { $minutes } minit.
    - Nan Telegram, nimewo mesaj nou voye ba ou ki pale de vyolans oswa danje, fèmen ak kle, pou ou ka efase mesaj yo: { $minutes } minit.
    - Yon kesyon ou kite pou yon moun, ak kote pou n reponn ou, anba kle: jiskaske kesyon an fini oswa ou pran l tounen, 30 jou, pa plis. Menm bagay si ou mande pou n di w lè gen yon repons.
    - Mo ki pa jwenn repons, san nimewo ak san non nou rekonèt, san anyen ki di kiyès ki ekri yo: 90 jou.
    - Yon repons ki poko rive jwenn ou, anba kle: jiskaske li rive, oswa 7 jou si li pa ka rive.
    - Nimewo mesaj ou yo ak kòd ki fèt ak mesaj sa yo, pou nou pa reponn menm mesaj la de fwa: 3 jou.
    - Si nou pa jwenn repons: yon kòd ki fèt ak nimewo chat ou oswa ak rezo entènèt ou. Konsa yon sèl moun pa ka plen lis kesyon nou an. Kòd sa a efase lè jounen an fini.
    - Konbyen fwa chak bagay rive nan yon jou. Chif sa yo rete; yo pa di kiyès.
privacy-seen =
    { "" }**Kiyès ki wè l?**

    Pèsonn pa li mesaj ou yo. Anplwaye minisipalite a wè chif, mo ki pa jwenn repons yo (san konnen kiyès ki ekri yo), ak kesyon ou menm ou deside kite pou yo. Nou pa bay lapolis, imigrasyon ni patwon w anyen. Telegram limenm kenbe konvèsasyon an sou òdinatè pa l. Li konnen nimewo telefòn ou, li ka bay otorite yo li.
privacy-erase =
    { "" }**Kijan pou pran l, kijan pou efase l?**

    Pou pran l, peze «Enfòmasyon m yo nan yon fichye» anba a.

    Pou efase l, voye /forget oswa peze lòt bouton an. Nou efase touswit sa nou kenbe sou ou, sof de bagay. Kòd ki pwoteje lis nou an efase lè jounen an fini. Kopi sekirite ki te fèt anvan ka kenbe enfòmasyon w yo jiskaske kopi sa yo efase.

## Koze diskrè
button-retract = 🧹 Efase mesaj sa yo nan chat la

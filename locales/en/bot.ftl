# What the bot says. Short sentences, plain words. **bold** and [links](https://…) can be used.

## Beginning

hello = 👋 Hello! I am a program of the municipality, not a person. I am here to help. Ask me about health, papers, work or offices in Chile.
choose-language = Choose your language:
privacy-short = 🔒 I do not ask your name or your papers, and nobody is told what you ask. I remember the end of our talk for 30 minutes, in locked form, and then it is gone. On Telegram, the company Telegram knows your phone number and may give it to authorities.
menu-title = What do you need? Write it in your own words, or choose:
ask-in-words = ✍️ Write your question in your own words. Mistakes do not matter. For example: “I am pregnant and I have no papers, can I go to the hospital?”
language-chosen = 👍 From now on I answer in English. You can still write in any language.
help =
    { "" }**How it works**

    - Write your question in your own words, in Kreyòl, Spanish or English.
    - Or use the buttons: common questions, and offices near you.
    - The answers are free. They come from official sources; each one says who has checked it.

    I am a program, not a person. For your own case, go to an office: it is free as well.
about =
    { "" }**ventanilla** is a free service of the municipality for people who have come to Chile. It answers in Kreyòl, Spanish and English.

    The answers are written by people and rest on laws and public agencies. Where nobody has checked one yet, it says so. I am a program: I do not decide anything, and I do not pass on who asks.

## Buttons

button-menu = ☰ Menu
button-topics = 📚 Common questions
button-offices = 📍 Offices near me
button-ask = ✍️ Ask in my own words
button-language = 🌐 Language
button-help = ❓ Help
button-privacy = 🔒 Your data
button-forget = 🗑 Erase my data
button-back = ← Back
button-none = None of these
button-useful = 👍 Yes
button-not-useful = 👎 No
button-office-in-charge = 🏢 Where to go
button-in-language = 🌐 In { $language }
button-always-in = 🌐 Always answer in { $language }
button-share-place = 📍 Send where I am
button-services = 🧭 Choose what help I need
button-municipalities = 🏘 Choose my municipality
button-mine = 🏠 { $place } is my municipality
button-map = 🗺 Map
button-forget-yes = 🗑 Yes, erase all
button-forget-no = No, keep it

## Topics and answers

topics-title = **Common questions.** Choose a topic:
topic-title = **{ $topic }.** Choose a question:
sources = 📖 Sources:
not-checked = ⚠️ Your municipality has not checked this answer yet. Ask at the migrant office to be sure.
checked = ✅ Checked by { $who } on { $date }. It will be checked again before { $until }.
rules-changed = ⚠️ The rules changed on { $date }. This answer is being checked. Ask at the office to be sure.
outdated = ⚠️ This answer changed in another language on { $date }, and this translation is not up to date yet. Ask at the office to be sure.
withdrawn = ⚠️ We have taken this answer back: { $reason } Ask at the office.
being-checked = ⏳ This answer is being checked. So that you do not get old information, ask at the office.
checked-late = ⚠️ Not checked since { $date }. Ask at the office to be sure.
local-note = 🏠 In { $place }:
other-language = We only have this answer in { $language } so far.
follows-on = About: { $question }
aspect-papers = Papers
aspect-cost = Cost
aspect-how = How
aspect-where = Where
aspect-time = Time
aspect-refused = If they say no
aspect-no-papers = No papers
aspect-family = Family
aspect-rights = Rights
part-title = { $question } · { $aspect }
already-said = ⬆️ I said that just above. What else do you want to know?
missing-papers = I do not have the list of papers for this.
missing-cost = I do not know what this costs.
missing-how = I do not have the steps for this.
missing-where = I do not have the address for this.
missing-time = I do not know how long this takes.
missing-refused = I do not know what you can do if they say no.
missing-no-papers = I do not know how this works without papers.
missing-family = I do not know how this works for your family.
missing-rights = I do not know what your rights are in this.
missing-ask = You can ask at:
missing-ask-anywhere = Ask at the migrant office of your municipality.
not-checked-short = ⚠️ your municipality has not checked this yet
checked-short = ✅ checked by { $who }, { $date }
button-more = ➕ More
useful = Was this useful?
voted-useful = 🙏 Thank you for telling us.
voted-not-useful = 🙏 Thank you. What is wrong with the answer? At an office, a person can look at your case.
several = I did not quite understand. Do you want to know one of these things?
nothing-found = I have no answer to that question. I do not want to tell you something that is not true.
nothing-next = Try other words, look at the common questions, or ask a person at an office.
lines-of-help =
    ☎️ Free help: ambulance [131](tel:131), police [133](tel:133), children [147](tel:147).

    Violence against women: [1455](tel:1455), free, Monday to Friday, 8 am to midnight, not on holidays. At night and weekends: [133](tel:133) or [149](tel:149).

    Health by phone: [600 360 7777](tel:6003607777). This call may cost money.
none-fitted = All right. Say it in other words (what happened, and what do you need?), or look here:
old-link = That link is old and does not lead anywhere any more.
old-button = That button is old and does not work any more. Here is the menu:

## Offices

offices-menu = **Offices.** Where are you? Write the name of your municipality, or choose:
ask-place = 📍 You can also send me where you are, with the button below. I use it once and do not keep it.
services-title = What do you need help with?
municipalities-title = Choose a municipality:
offices-near = **Nearest offices:**
offices-far = All our offices are far from you (more than { $km } km). These are the nearest:
offices-in = **Offices in { $place }:**
offices-for = **{ $service }:**
no-office = I have no office for that in my list yet. Ask at your town hall.
place-not-found = I do not know that place. Write the name of a municipality, or choose:
place-chosen = 🏠 Your municipality is now { $place }. I show its offices first.
distance = { $km } km
open-until = 🟢 open now, until { $time }
open-always = 🟢 always open
opens-next = 🔴 closed, opens { $when }
closed = 🔴 closed
open-on-day = 🗓 { $day }: { $times }
closed-on-day = 🗓 { $day }: closed
where-elsewhere = I have no office for this in { $place }. These are the nearest:
where-instead = The office for this is not in my list. Here they can tell you where to go:
hours-not-checked = ⚠️ hours not confirmed: ask before you go
office-address = 📍 { $address }
office-no-address = 📍 Address not known yet: ask at the town hall.
office-phone = ☎️ [{ $phone }](tel:{ $call })
office-languages = 🗣 { $languages }
office-services = 🤝 { $services }
office-approximate = The place on the map is only about right.

## Danger

danger-medical =
    🚨 **Call [131](tel:131) now if a life is in danger (ambulance, the call is free).**

    Nobody answers, or it takes too long? Go to a hospital emergency room. They must treat you, even without documents or money.
danger-suicide =
    💛 **Call [\*4141](tel:*4141) now, from a mobile phone: free, day and night. A person listens.**

    Have you taken something, hurt yourself, or are you about to? Or does nobody answer? Call [131](tel:131) or go to a hospital emergency room.

    Is it another person? Stay with them and call 131.

    In Spanish: «Necesito ayuda. No hablo español.» (I need help. I do not speak Spanish.)
danger-violence =
    🚨 **Call [133](tel:133) (police) if you are in danger now.** Is somebody hurt? Call [131](tel:131) (ambulance).

    Advice for women: [1455](tel:1455), free, Monday to Friday, 8 am to midnight, not on holidays. At night and on weekends: [133](tel:133) or [149](tel:149).

    Were you forced to have sex, even by your husband? Go to a hospital emergency room now, hurt or not. It is not your fault.
danger-stranger =
    🚨 **Call [133](tel:133) (police) if you are in danger now.** Is somebody hurt? Call [131](tel:131) (ambulance).

    In an emergency room they must treat you, even without documents or money.

    Were you forced to have sex? Go to a hospital emergency room now, hurt or not. It is not your fault.
danger-say = You must call: I cannot alert anybody. When they answer, say first where it is (street, number, comuna). Then say what is happening. In Spanish: «Ayuda, por favor. La dirección es … No hablo español.» (Help, please. The address is … I do not speak Spanish.)
danger-child =
    🚨 **Call [133](tel:133) (police) now if a child or teenager is in danger or lost. Or [147](tel:147), the line for children. Both are free.**

    Hurt, or sexually abused? Call [131](tel:131) or go to a hospital emergency room now.
danger-trafficking =
    🚨 **Call [133](tel:133) (police) or [134](tel:134) (PDI) if somebody does not let you leave, threatens you, or forces you to work or to have sex.**

    You are the victim. It is not your fault.

    To tell it without your name: [\*4242](tel:*4242), free. In an emergency, 133.
danger-arrest =
    🚨 **Did the police take you or somebody of yours? Ask for a lawyer and an interpreter. You may stay silent. Do not sign what you do not understand.**

    Accused of a crime: «Quiero un defensor público y un intérprete» (I want a public defender and an interpreter). That is the Defensoría Penal Pública, free if you cannot pay.

    Migration or expulsion, this same day: «Quiero un abogado de la Corporación de Asistencia Judicial y un intérprete» (I want a lawyer of the Corporación and an interpreter). It is free. Another person can also go to the court in your name.

    Your consulate is told only if you want. If you fled your country, that can be dangerous. You can say: «No avisen a mi consulado» (Do not tell my consulate).
danger-next = Afterwards, I am here for your questions.
danger-next-suicide = You are not alone. I am a program: at [\*4141](tel:*4141) a person listens to you. You can also write to me here.
danger-person = In danger, call first. You can also leave a message for a person at an office. { $when }
care-medical = 💛 If a life is in danger now, call [131](tel:131), free.
care-suicide = 💛 If you think of dying or of hurting yourself, call [\*4141](tel:*4141) from a mobile phone: free, day and night.
care-violence = 💛 If somebody hurts or threatens you now, call [133](tel:133) (police).
care-stranger = 💛 If you are in danger now, call [133](tel:133) (police). If somebody is hurt, call [131](tel:131).
care-child = 💛 If a child or teenager is in danger now, call [133](tel:133) or [147](tel:147). Both are free.
care-trafficking = 💛 If somebody does not let you leave, or forces you to work or to have sex, call [133](tel:133) or [134](tel:134) (PDI).
care-arrest = 💛 If you are detained, say: «Quiero un abogado y un intérprete» (I want a lawyer and an interpreter). Do not sign what you do not understand.
button-help-now = 🚨 I need help now

## What is no question

sorry = 💛 I am sorry. This can help you:
bad-news = 💛 I am sorry. What is it about? Choose, or write it in your own words:
about-talk-program = 🤖 I am a program, not a person. People write the answers. If you want, a person can answer you.
about-talk-no-help = I am sorry that I was of no help. Write it in other words, or leave your question for a person.
about-talk-shortest = This is the shortest that I have. A person can explain it to you too.
about-talk-restarted = 👍 We start again.
greeting = 👋 Hello! What do you need? Write it in your own words, or choose:
thanks = 🙏 You are welcome. If something else comes up, write to me.
goodbye = 👋 Take care. I am here day and night.
news = 🙏 I hear you. What do you need now?
insult = I am sorry that I did not help you. Tell me in other words what you need, or ask a person at an office.
photo = I cannot look at pictures, and I do not keep them. Please write your question in words.
voice = I cannot listen to voice messages yet, and I do not keep them. Please write your question in words; mistakes do not matter.
sticker = ✍️ What do you need? Write it in your own words, or choose:
other-media = I can only read words. Please write your question; I do not keep what you sent.
no-words = ✍️ I can only read words. What do you need?
too-long = That is a lot at once, and I did not find the question in it. Please write in one or two sentences what you need.

## Privacy

privacy-plain =
    { "" }**Your data**

    - **We do not ask** your name, your papers or your number, and we do not know who you are.
    - **We keep** your language, your municipality if you choose it, and for 30 minutes the end of our talk, in locked form (your last question; on the web page the last six questions and answers). A place that you send is used once and not kept.
    - **We count** how many people ask about which topic, never who.
    - **When we find no answer**, we keep the words of the question for 90 days, without the numbers and names that we recognise and without anything that says who asked, so that we can write the answer.
    - **Nobody is told** what you ask: not the police, not the migration service, not your employer.
    - **Telegram itself** stores your chat, knows your phone number and may give it to authorities. You can delete the chat there.

    Below you can get what we keep as a file. With /forget what we keep of you is erased at once. Backup copies keep it longer.
forget-title = **This is what I keep of you:**
forget-language = Your language: { $language }
forget-place = Your municipality: { $place }
forget-question = Your last question, for 30 minutes: { $question }
forget-words = Your last words, for 30 minutes, in locked form
forget-rest = The day you last wrote, codes made of your last messages (for 3 days), and, if something had no answer, a code until the day is over
forget-discreet = Which messages speak of danger, for 30 minutes, in locked form
forget-ask = Shall I erase it?
forgotten = 🗑 Done. What I kept of you is erased. You can write to me again at any time: press /start.
forget-kept = All right, nothing was erased.

## From us to a person

button-person = 🙋 Talk to a person
button-person-at-office = ☎️ Ask a person at an office
button-tell-me = 🔔 Tell me when there is an answer
button-leave = ✅ Yes, send it
button-leave-other = ✍️ Write it in other words
button-leave-no = No, send nothing
button-write-question = ✍️ Yes, I will write my question
button-take-back = ↩️ Take my question back
consent-any = 🙋 **A person can answer you.** If you agree, I give your question to the people who work for the municipalities.
consent-place = 🙋 **A person can answer you.** If you agree, I give your question to the people who work in { $place }.
consent-about =
    { "" }- They see what you wrote. I take out the numbers and names that I recognize. They do not see who you are or your phone number.
    - I keep where to send you the answer, locked, for 30 days at the most. When the matter is closed, I erase everything.
    - You can take your question back at any time: write /stop
consent-words = **This is what I will send:**
consent-more = **Shall I add this to it?**
write-question = ✍️ Write your question in one message. Leave out your name and the numbers of your papers. I show it to you before I send it.
question-left = ✅ **Your question is on its way.**
question-left-next = I will write to you here when the answer comes. Meanwhile you can go on asking me.
expected-open = People are at work now, until { $time }.
expected-next = People are at work again: { $when }.
expected-unknown = People answer in office hours, on working days. I cannot say exactly when.
question-waits = ⏳ Your question is waiting for a person to answer it.
question-claimed = 👤 A person is answering your question.
question-continued = ✅ I have added it to your question.
not-left = All right, I have sent nothing to anybody.
taken-back = ↩️ I have taken your question back and erased everything that I kept about it.
no-question = You have no question waiting for a person.
nobody-here = Here I cannot write to you later. To talk to a person, go to an office or call one. You can also write to me on Telegram.
will-tell = 🔔 All right. If there is an answer within the next 30 days, I write to you once, and then I erase the question.
person-here = 👤 { $who } is reading your question now. I keep silent while you talk. To end it, write /stop
person-answers = 👤 **{ $who } answers you:**
person-next = If you have more to say, write it here. To end it, write /stop
person-away = The person who was answering you had to leave. Your question is waiting for somebody else; meanwhile I answer you.
person-left = ✅ The matter is closed, and I have erased everything that I kept about it. From now on I answer you again.
question-moved = ➡️ Your question has gone to the people who work in { $place }.
question-expired = 😔 Nobody could answer your question within 30 days. I have erased it. Please go to an office: it is free.
told-now = 🔔 **You asked me to tell you. There is an answer now.** Your question:
forget-handoff = The question that you left for a person, locked
forget-wish = A question of which you want to be told, locked
ready-where = Which municipality do you live in? Then I can tell you which office helps.
ready-more = Can you tell me a little more: what happened, and since when?
ready-asking = I am asking a colleague, and will write to you here again.
ready-come = This has to be looked at with your papers at hand. Please come to the office with the papers that you have. It is free.
command-stop = Take my question back

## When we fail

fault = 😔 Something went wrong on our side; it is not your fault. Please write again in a few minutes. Code for the office: { $code }
too-many = ✋ Wait { $seconds } seconds, then write again. Too many messages came one after the other. If you are in danger, call now: 133 (police) or 131 (ambulance). You can write it to me too.

## Days

date = { $day } { $month } { $year }
weekday-time = { $weekday } { $time }

## Telegram's own pages

bot-name = Ventanilla
bot-description =
    Answers for people who have come to Chile: health, papers, work, housing, offices near you. Free, in Kreyòl, Spanish and English.
    I do not ask your name or your papers.
bot-short = Health, papers and offices in Chile. Free, in Kreyòl, Spanish and English.
command-start = Begin
command-topics = Common questions
command-offices = Offices near me
command-language = Change language
command-privacy = Your data
command-forget = Erase my data
command-help = How it works
command-about = Who we are

## The chat page

web-skip = Go to the question box
web-talk = Talk
web-input = Your question, or the name of your municipality
web-example = For example: I have a fever and no papers
web-send = Send
web-you = You
web-bot = Ventanilla
web-pressed = You chose
web-languages = Language
web-not-found = This page does not exist. Go back to the questions.
web-expired = For your safety this talk was cleared after 30 minutes. Ask again whenever you like.
web-refused = That did not come from this page, so nothing was done. Please write your question here.
web-too-many = Many messages came one after the other. Wait a minute, then send your message again.
web-too-long = This is too long, so it was not sent. Shorten it to a few sentences and send it again.
web-too-slow = Press “back” in your browser, and send your message again. Your words should still be there. It took too long, and the message may not have reached us.
web-no-cookies = Your browser refuses our cookie, so you cannot see the answer. Allow cookies for this page, then ask again. The cookie is gone after 30 minutes.
web-phone-map = 📱 In my phone’s own map

## The terminal

terminal-hint = Write your question, or the number of a button. Ctrl-D ends.
terminal-prompt = you
terminal-no-button = There is no button with that number here.

## What is wrong with an answer

button-other-question = 🔀 Not what I asked
button-unclear = 🌫 Hard to understand
button-wrong = ⏳ Wrong or out of date
button-write-line = ✏️ Write a line
complained = 🙏 Thank you, the people who write the answers will see it. If you like, write in one line what you were looking for. You can also ask in other words, or go to an office.
ask-line = ✏️ Write it now, in one message. Leave out names, phone numbers and numbers of papers.
line-taken = 🙏 Thank you. The people who write the answers will read it. They will not know that it is yours, so they cannot answer you.
## The whole privacy notice
button-privacy-full = 🔍 All the details
button-copy = 📄 My data as a file
copy-name = my-data.txt
copy-here = 📄 **This file holds what I keep about you.** Other people who use your phone can read it.
copy-title = What I keep about you, { $when }
copy-last-day = The day you last wrote: { $day }
copy-memory = The end of our talk. It is erased: { $until }
copy-danger = That I showed you whom to call in danger
copy-talk = The talk on this page
copy-question = Your question for a person. It is erased at the latest: { $until }
copy-wish = What you want to be told. It is erased at the latest: { $until }
copy-waiting = Messages to you that have not arrived yet: { $count }
copy-discreet = Messages about danger whose numbers I keep for 30 minutes: { $count }
copy-rest = I also keep codes made of your last messages for 3 days, so that I do not answer twice. If something had no answer, I keep a code until the day is over. To erase everything, send /forget.
privacy-who = { "" }**Who runs this bot?**
privacy-nobody = Nobody has written their name here yet. Ask whoever gave you the address of this bot.
privacy-kept =
    { "" }**What do we keep, and for how long?**

    - A code made of the number of the chat, with your language and your municipality: until you send /forget, block the bot, or do not write for { $days } days. On the web page: up to an hour after your last message. Only whoever has our key can find the number from the code.
    - Your last question and your last words, locked: { $minutes } minutes.
    - On the web page, the last six questions and answers, locked: { $minutes } minutes.
    - In Telegram, the numbers of the messages we sent you that speak of violence or danger, locked, so that you can delete those messages: { $minutes } minutes.
    - A question that you leave for a person, and where to answer you, locked: until the matter is closed or you take it back, 30 days at the most. The same if you ask to be told when there is an answer.
    - Words that found no answer, without the numbers and names that we recognize and without anything that says who wrote them: 90 days.
    - An answer that has not reached you yet, locked: until it arrives, or 7 days if it cannot be delivered.
    - Numbers of your messages and codes made of them, so that nothing is answered twice: 3 days.
    - If we find no answer: a code made of the number of your chat or of your internet network. With it, one person cannot fill our list of questions. It is erased when the day is over.
    - How often each thing happens in a day. These numbers stay; they do not say who.
privacy-seen =
    { "" }**Who sees it?**

    Nobody reads your messages. Staff of the municipality see numbers, the words that found no answer (without knowing whose they are), and the question that you yourself decide to leave for them. We give nothing to the police, to immigration or to your employer. Telegram itself keeps the talk on its own computers, knows your phone number and may give it to authorities.
privacy-erase =
    { "" }**How do I get it, and how is it erased?**

    Press “My data as a file” below to get it.

    To erase it, send /forget or press the other button. We erase at once what we keep about you, except two things. The code that protects our list is erased when the day is over. Backup copies made before may keep your data until those copies are deleted.

## Discreet matters
button-retract = 🧹 Delete these messages from the chat

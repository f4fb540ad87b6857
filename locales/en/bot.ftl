# What the bot says. Short sentences, plain words. **bold** and [links](https://…) can be used.

## Beginning

hello = 👋 Hello! I am the municipality's window. Ask me about health, papers, work or offices in Chile.
choose-language = Choose your language:
privacy-short = 🔒 I do not ask your name or your papers, and nobody is told what you ask. I remember the end of our talk for 30 minutes, in locked form, and then it is gone.
menu-title = What do you need? Write it in your own words, or choose:
ask-in-words = ✍️ Write your question in your own words. Mistakes do not matter. For example: “I am pregnant and I have no papers, can I go to the hospital?”
language-chosen = 👍 From now on I answer in English. You can still write in any language.
help =
    { "" }**How it works**

    - Write your question in your own words, in Kreyòl, Spanish or English.
    - Or use the buttons: topics, and offices near you.
    - The answers are free. They come from official sources; each one says who has checked it.

    I am a program, not a person. For your own case, go to an office: it is free as well.
about =
    { "" }**ventanilla** is a free window of the municipality for people who have come to Chile. It answers in Kreyòl, Spanish and English.

    The answers are written by people and rest on laws and public agencies. Where nobody has checked one yet, it says so. I am a program: I do not decide anything, and I do not pass on who asks.

## Buttons

button-menu = ☰ Menu
button-topics = 📚 Topics
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
button-services = 🧭 By kind of help
button-municipalities = 🏘 By municipality
button-mine = 🏠 { $place } is my municipality
button-map = 🗺 Map
button-forget-yes = 🗑 Yes, erase all
button-forget-no = No, keep it

## Topics and answers

topics-title = **Topics.** Choose one:
topic-title = **{ $topic }.** Choose a question:
sources = 📖 Sources:
not-checked = ⚠️ Starter text. Your municipality has not checked it yet. Ask at the office to be sure.
checked = ✅ Checked by { $who } on { $date }. It will be checked again before { $until }.
rules-changed = ⚠️ The rules changed on { $date }. This answer is being checked. Ask at the office to be sure.
outdated = ⚠️ This answer changed in another language on { $date }, and this translation is not up to date yet. Ask at the office to be sure.
withdrawn = ⚠️ We have taken this answer back: { $reason } Ask at the office.
being-checked = ⏳ This answer is being checked. So that you do not get old information, ask at the office.
checked-late = ⚠️ Not checked since { $date }. Ask at the office to be sure.
local-note = 🏠 In { $place }:
other-language = We only have this answer in { $language } so far.
follows-on = About: { $question }
useful = Was this useful?
voted-useful = 🙏 Thank you for telling us.
voted-not-useful = 🙏 Thank you. Ask again in other words, or go to an office: a person can look at your case.
several = I am not sure that I understood. Is it one of these?
nothing-found = I have no sure answer to that, and I do not want to tell you something wrong.
nothing-next = Try other words, look at the topics, or ask a person at an office.
lines-of-help = ☎️ Free help: ambulance [131](tel:131), police [133](tel:133), violence [1455](tel:1455), children [147](tel:147), health by phone [600 360 7777](tel:6003607777).
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
hours-not-checked = ⚠️ Nobody has checked the opening hours yet. Ask before you go a long way.
office-address = 📍 { $address }
office-no-address = 📍 Address not known yet: ask at the town hall.
office-phone = ☎️ [{ $phone }](tel:{ $call })
office-languages = 🗣 { $languages }
office-services = 🤝 { $services }
office-approximate = The place on the map is only about right.

## Danger

danger-medical =
    🚨 **If a life is in danger, call [131](tel:131) now (ambulance, free).**

    Or go to the nearest hospital or SAPU emergency room. They must attend you first, with or without documents.
danger-suicide =
    💛 **You are not alone. Call [\*4141](tel:*4141) now: free, day and night.**

    If the danger is right now, call [131](tel:131) or go to the nearest hospital. Stay close to somebody you trust.
danger-violence =
    🚨 **If you are in danger now, call [133](tel:133) (police).**

    For help and advice about violence: [1455](tel:1455), free, day and night, or [149](tel:149). It is not your fault.
danger-child =
    🚨 **If a child is in danger now, call [133](tel:133) (police) or [147](tel:147) (line for children, free).**
danger-trafficking =
    🚨 **If somebody holds you, threatens you or forces you to work, call [134](tel:134) (PDI) or [133](tel:133).**

    You are the victim, not the guilty one.
danger-arrest =
    🚨 **If you or somebody close is detained: ask for a lawyer and an interpreter, and ask that your consulate is told.**

    Do not sign what you do not understand. The Corporación de Asistencia Judicial gives free lawyers.
danger-next = Once you are safe, I am here for your questions:

## What is no question

greeting = 👋 Hello! What do you need? Write it in your own words, or choose:
thanks = 🙏 You are welcome. If something else comes up, write to me.
goodbye = 👋 Take care. I am here day and night.
news = 🙏 Thank you for telling me. I hope that it goes well. If something else comes up, write to me.
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
    - **Nobody is told** what you ask: not the police, not the migration service, not your employer.
    - Telegram itself stores your chat on its computers. You can delete it there.

    With /forget everything that we keep of you is erased at once.
forget-title = **This is what I keep of you:**
forget-language = Your language: { $language }
forget-place = Your municipality: { $place }
forget-question = Your last question, for 30 minutes: { $question }
forget-words = Your last words, for 30 minutes, in locked form
forget-nothing = Nothing, apart from the fact that this chat exists.
forget-ask = Shall I erase it?
forgotten = 🗑 Done. Everything that I kept of you is erased. You can write to me again at any time: press /start.
forget-kept = All right, nothing was erased.

## When we fail

fault = 😔 Something went wrong on our side; it is not your fault. Please write again in a few minutes. Code for the office: { $code }

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
command-topics = Topics and questions
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
web-too-many = Many messages came one after the other. Wait a minute, go back to the page before, and send your message again.
web-phone-map = 📱 In my phone’s own map

## The terminal

terminal-hint = Write your question, or the number of a button. Ctrl-D ends.
terminal-prompt = you
terminal-no-button = There is no button with that number here.

## The whole privacy notice
button-privacy-full = 🔍 All the details
privacy-who = { "" }**Who runs this bot?**
privacy-nobody = Nobody has written their name here yet. Ask whoever gave you the address of this bot.
privacy-kept =
    { "" }**What do we keep, and for how long?**

    - A code made of the number of the chat (nobody can get the number back from it), with your language and your municipality: until you send /forget, block the bot, or do not write for { $days } days. On the web page: up to an hour after your last message.
    - Your last question and your last words, locked: { $minutes } minutes.
    - On the web page, the last six questions and answers, locked: { $minutes } minutes.
    - In Telegram, the numbers of the messages we sent you about protection, locked, so that you can delete them: { $minutes } minutes.
    - An answer that has not reached you yet, locked: until it arrives.
    - How often each thing happens in a day. These numbers stay; they do not say who.
privacy-seen =
    { "" }**Who sees it?**

    Nobody reads your messages. Staff of the municipality only see numbers. We give nothing to the police, to immigration or to your employer. Telegram itself keeps the talk on its own computers.
privacy-erase =
    { "" }**How is it erased?**

    Send /forget or press the button below: everything we keep about you is erased at once.

## Discreet matters
button-hush = 🧹 Delete these messages from the chat

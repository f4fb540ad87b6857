# Lo que dice el bot. Frases cortas, palabras simples. Se puede usar **negrita** y [enlaces](https://…).

## Comienzo

hello = 👋 ¡Hola! Soy un programa de la municipalidad, no una persona. Estoy para ayudarle. Pregúnteme sobre salud, papeles, trabajo u oficinas en Chile.
choose-language = Elija su idioma:
privacy-short = 🔒 No le pido su nombre ni sus papeles, y a nadie se le cuenta lo que usted pregunta. Recuerdo lo último de nuestra conversación por 30 minutos, bajo llave, y después se borra. En Telegram, la empresa Telegram conoce su número de teléfono y puede darlo a las autoridades.
menu-title = ¿Qué necesita? Escríbalo con sus palabras o elija:
ask-in-words = ✍️ Escriba su pregunta con sus palabras. Las faltas no importan. Por ejemplo: «Estoy embarazada y no tengo papeles, ¿puedo ir al hospital?»
language-chosen = 👍 Desde ahora le respondo en español. Usted puede escribir en cualquier idioma.
help =
    { "" }**Cómo funciona**

    - Escriba su pregunta con sus palabras, en kreyòl, español o inglés.
    - O use los botones: preguntas frecuentes y oficinas cerca de usted.
    - Las respuestas son gratis. Vienen de fuentes oficiales; cada una dice quién la revisó.

    Soy un programa, no una persona. Para su caso, vaya a una oficina: también es gratis.
about =
    { "" }**ventanilla** es un servicio gratuito de la municipalidad para las personas que llegaron a Chile. Responde en kreyòl, español e inglés.

    Las respuestas las escriben personas y se basan en leyes y servicios públicos. Si nadie ha revisado una todavía, lo dice. Soy un programa: no decido nada y no cuento quién pregunta.

## Botones

button-menu = ☰ Menú
button-topics = 📚 Preguntas frecuentes
button-offices = 📍 Oficinas cerca
button-ask = ✍️ Preguntar con mis palabras
button-language = 🌐 Idioma
button-help = ❓ Ayuda
button-privacy = 🔒 Sus datos
button-forget = 🗑 Borrar mis datos
button-back = ← Volver
button-none = Ninguna de estas
button-useful = 👍 Sí
button-not-useful = 👎 No
button-office-in-charge = 🏢 Dónde ir
button-in-language = 🌐 En { $language }
button-always-in = 🌐 Responder siempre en { $language }
button-share-place = 📍 Enviar dónde estoy
button-services = 🧭 Elegir qué ayuda necesito
button-municipalities = 🏘 Elegir mi comuna
button-mine = 🏠 { $place } es mi municipalidad
button-map = 🗺 Mapa
button-forget-yes = 🗑 Sí, borrar todo
button-forget-no = No, dejarlo

## Temas y respuestas

topics-title = **Preguntas frecuentes.** Elija un tema:
topic-title = **{ $topic }.** Elija una pregunta:
sources = 📖 Fuentes:
not-checked = ⚠️ Su municipalidad todavía no ha revisado esta respuesta. Para estar seguro, pregunte en la oficina de migrantes.
checked = ✅ Revisado por { $who } el { $date }. Se revisa de nuevo antes del { $until }.
rules-changed = ⚠️ Las reglas cambiaron el { $date }. Estamos revisando esta respuesta. Para estar seguro, pregunte en la oficina.
outdated = ⚠️ Esta respuesta cambió en otro idioma el { $date } y esta traducción todavía no está al día. Para estar seguro, pregunte en la oficina.
withdrawn = ⚠️ Retiramos esta respuesta: { $reason } Pregunte en la oficina.
being-checked = ⏳ Estamos revisando esta respuesta. Para no darle un dato viejo, pregunte en la oficina.
checked-late = ⚠️ Sin revisar desde el { $date }. Para estar seguro, pregunte en la oficina.
local-note = 🏠 En { $place }:
other-language = Por ahora tenemos esta respuesta solo en { $language }.
follows-on = Sobre: { $question }
aspect-papers = Papeles
aspect-cost = Costo
aspect-how = Cómo
aspect-where = Dónde
aspect-time = Plazo
aspect-refused = Si dicen que no
aspect-no-papers = Sin papeles
aspect-family = Familia
aspect-rights = Derechos
part-title = { $question } · { $aspect }
already-said = ⬆️ Se lo dije justo arriba. ¿Qué más quiere saber?
missing-papers = No tengo la lista de papeles para esto.
missing-cost = No sé cuánto cuesta esto.
missing-how = No tengo los pasos para esto.
missing-where = No tengo la dirección para esto.
missing-time = No sé cuánto demora esto.
missing-refused = No sé qué puede hacer usted si le dicen que no.
missing-no-papers = No sé cómo se hace esto sin papeles.
missing-family = No sé cómo es esto para su familia.
missing-rights = No sé qué derechos tiene usted en esto.
missing-ask = Puede preguntar en:
missing-ask-anywhere = Pregunte en la oficina de migrantes de su municipalidad.
not-checked-short = ⚠️ su municipalidad aún no revisó esto
checked-short = ✅ revisado por { $who }, { $date }
button-more = ➕ Más
useful = ¿Le sirvió?
voted-useful = 🙏 Gracias por decirlo.
voted-not-useful = 🙏 Gracias. ¿Qué tiene de malo la respuesta? En una oficina, una persona puede ver su caso.
several = No entendí bien. ¿Quiere saber una de estas cosas?
nothing-found = No tengo respuesta para esa pregunta. No quiero decirle algo que no es cierto.
nothing-next = Pruebe con otras palabras, mire las preguntas frecuentes o pregunte a una persona en una oficina.
lines-of-help =
    ☎️ Ayuda gratis: ambulancia [131](tel:131), Carabineros [133](tel:133), niños [147](tel:147).

    Violencia contra la mujer: [1455](tel:1455), gratis, de lunes a viernes, de 8:00 a medianoche, no en feriados. De noche o fin de semana: [133](tel:133) o [149](tel:149).

    Salud por teléfono: [600 360 7777](tel:6003607777). Esta llamada puede tener costo.
none-fitted = Está bien. Dígalo con otras palabras (¿qué pasó y qué necesita?) o mire aquí:
old-link = Ese enlace es antiguo y ya no lleva a ninguna parte.
old-button = Ese botón es antiguo y ya no funciona. Aquí está el menú:

## Oficinas

offices-menu = **Oficinas.** ¿Dónde está usted? Escriba el nombre de su municipalidad (comuna) o elija:
ask-place = 📍 También puede enviarme dónde está, con el botón de abajo. Lo uso una vez y no lo guardo.
services-title = ¿Con qué necesita ayuda?
municipalities-title = Elija una comuna:
offices-near = **Oficinas más cercanas:**
offices-far = Todas nuestras oficinas están lejos de usted (más de { $km } km). Estas son las más cercanas:
offices-in = **Oficinas en { $place }:**
offices-for = **{ $service }:**
no-office = Todavía no tengo una oficina para eso en mi lista. Pregunte en su municipalidad.
place-not-found = No conozco ese lugar. Escriba el nombre de una municipalidad o elija:
place-chosen = 🏠 Su municipalidad ahora es { $place }. Le muestro primero sus oficinas.
distance = { $km } km
open-until = 🟢 abierta ahora, hasta las { $time }
open-always = 🟢 siempre abierta
opens-next = 🔴 cerrada, abre { $when }
closed = 🔴 cerrada
open-on-day = 🗓 { $day }: { $times }
closed-on-day = 🗓 { $day }: cerrada
where-elsewhere = En { $place } no tengo una oficina para esto. Estas son las más cercanas:
where-instead = No tengo en mi lista la oficina de este trámite. Aquí pueden decirle adónde ir:
hours-not-checked = ⚠️ horario sin confirmar: pregunte antes de ir
office-address = 📍 { $address }
office-no-address = 📍 Dirección por confirmar: pregunte en la municipalidad.
office-phone = ☎️ [{ $phone }](tel:{ $call })
office-languages = 🗣 { $languages }
office-services = 🤝 { $services }
office-approximate = El lugar en el mapa es solo aproximado.

## Peligro

danger-medical =
    🚨 **Llame ya al [131](tel:131) si hay una vida en peligro (ambulancia, la llamada es gratis).**

    ¿Nadie contesta o tarda mucho? Vaya a la urgencia de un hospital. Tienen que atenderle, aunque no tenga documentos ni dinero.
danger-suicide =
    💛 **Llame ahora al [\*4141](tel:*4141) desde un celular: gratis, de día y de noche. Una persona le escucha.**

    ¿Ya tomó algo, se hizo daño o está por hacerlo? ¿O nadie contesta? Llame al [131](tel:131) o vaya a la urgencia de un hospital.

    ¿Es otra persona? Quédese con ella y llame usted al 131.
danger-violence =
    🚨 **Llame al [133](tel:133) (Carabineros) si está en peligro ahora.** ¿Alguien tiene heridas? Llame al [131](tel:131) (ambulancia).

    Consejo para mujeres: [1455](tel:1455), gratis, de lunes a viernes, de 8:00 a medianoche, no en feriados. De noche y fin de semana: [133](tel:133) o [149](tel:149).

    ¿Le obligaron a tener sexo, aunque fuera su pareja? Vaya ahora a la urgencia de un hospital, con o sin heridas. No es su culpa.
danger-stranger =
    🚨 **Llame al [133](tel:133) (Carabineros) si está en peligro ahora.** ¿Alguien tiene heridas? Llame al [131](tel:131) (ambulancia).

    En la urgencia tienen que atenderle, aunque no tenga documentos ni dinero.

    ¿Le obligaron a tener sexo? Vaya ahora a la urgencia de un hospital, con o sin heridas. No es su culpa.
danger-say = Llame usted: yo no puedo avisar a nadie. Diga primero dónde es (calle, número, comuna). Después diga qué pasa.
danger-child =
    🚨 **Llame ya al [133](tel:133) (Carabineros) si un niño, niña o adolescente está en peligro o se perdió. O al [147](tel:147), la línea de niños. Los dos son gratis.**

    ¿Tiene heridas o sufrió abuso sexual? Llame al [131](tel:131) o vaya ahora a la urgencia de un hospital.
danger-trafficking =
    🚨 **Llame al [133](tel:133) (Carabineros) o al [134](tel:134) (PDI) si alguien no le deja salir, le amenaza o le obliga a trabajar o a tener sexo.**

    Usted es la víctima. No es su culpa.

    Para avisar sin dar su nombre: [\*4242](tel:*4242), gratis. En una emergencia, 133.
danger-arrest =
    🚨 **¿La policía le detuvo a usted o a alguien suyo? Pida un abogado y un intérprete. Puede guardar silencio. No firme lo que no entiende.**

    Si le acusan de un delito: «Quiero un defensor público y un intérprete». Es la Defensoría Penal Pública, gratis si no puede pagar.

    Si es por migración o expulsión, pida hoy mismo: «Quiero un abogado de la Corporación de Asistencia Judicial y un intérprete». Es gratis. Otra persona también puede ir al tribunal por usted.

    Avisan a su consulado solo si usted quiere. Si huyó de su país, puede ser peligroso. Puede decir: «No avisen a mi consulado».
danger-next = Después, aquí estoy para sus preguntas.
danger-next-suicide = No está en soledad. Yo soy un programa: en el [\*4141](tel:*4141) le escucha una persona. También puede escribirme aquí.
danger-person = Si hay peligro, llame primero. También puede dejar un mensaje a una persona de una oficina. { $when }
care-medical = 💛 Si hay una vida en peligro ahora, llame al [131](tel:131), gratis.
care-suicide = 💛 Si piensa en morir o en hacerse daño, llame al [\*4141](tel:*4141) desde un celular: gratis, de día y de noche.
care-violence = 💛 Si alguien le hace daño o le amenaza ahora, llame al [133](tel:133) (Carabineros).
care-stranger = 💛 Si está en peligro ahora, llame al [133](tel:133) (Carabineros). Si alguien tiene heridas, al [131](tel:131).
care-child = 💛 Si un niño, niña o adolescente está en peligro ahora, llame al [133](tel:133) o al [147](tel:147). Los dos son gratis.
care-trafficking = 💛 Si alguien no le deja salir, o le obliga a trabajar o a tener sexo, llame al [133](tel:133) o al [134](tel:134) (PDI).
care-arrest = 💛 Si le detienen, diga: «Quiero un abogado y un intérprete». No firme lo que no entiende.
button-help-now = 🚨 Necesito ayuda ahora

## Lo que no es pregunta

sorry = 💛 Lo siento mucho. Esto puede ayudarle:
bad-news = 💛 Lo siento mucho. ¿De qué se trata? Elija, o escríbalo con sus palabras:
about-talk-program = 🤖 Soy un programa, no una persona. Las respuestas las escriben personas. Si quiere, una persona puede responderle.
about-talk-no-help = Siento no haberle ayudado. Escríbalo con otras palabras, o deje su pregunta a una persona.
about-talk-shortest = Esto es lo más corto que tengo. Una persona también puede explicárselo.
about-talk-restarted = 👍 Empezamos de nuevo.
greeting = 👋 ¡Hola! ¿Qué necesita? Escríbalo con sus palabras o elija:
thanks = 🙏 De nada. Si necesita otra cosa, escríbame.
goodbye = 👋 Que le vaya bien. Estoy aquí de día y de noche.
news = 🙏 Le escucho. ¿Qué necesita ahora?
insult = Lamento no haberle ayudado. Dígame con otras palabras qué necesita, o pregunte a una persona en una oficina.
photo = No puedo ver imágenes y no las guardo. Por favor escriba su pregunta con palabras.
voice = Todavía no puedo escuchar mensajes de voz y no los guardo. Por favor escriba su pregunta; las faltas no importan.
sticker = ✍️ ¿Qué necesita? Escríbalo con sus palabras o elija:
other-media = Solo puedo leer palabras. Por favor escriba su pregunta; no guardo lo que envió.
no-words = ✍️ Solo puedo leer palabras. ¿Qué necesita?
too-long = Es mucho de una vez y no encontré la pregunta. Por favor escriba en una o dos frases qué necesita.

## Privacidad

privacy-plain =
    { "" }**Sus datos**

    - **No pedimos** su nombre, sus papeles ni su número, y no sabemos quién es usted.
    - **Guardamos** su idioma, su municipalidad si la elige, y por 30 minutos lo último de la conversación, bajo llave (su última pregunta; en la página web, las últimas seis preguntas y respuestas). El lugar que envía se usa una vez y no se guarda.
    - **Contamos** cuántas personas preguntan por cada tema, nunca quiénes.
    - **Cuando no encontramos respuesta**, guardamos las palabras de la pregunta 90 días, sin los números y nombres que reconocemos y sin nada que diga quién preguntó, para poder escribir la respuesta.
    - **A nadie se le cuenta** lo que pregunta: ni a la policía, ni a migraciones, ni a su empleador.
    - **Telegram mismo** guarda su chat, conoce su número de teléfono y puede darlo a las autoridades. Usted puede borrar el chat allí.

    Abajo puede recibir lo que guardamos en un archivo. Con /forget se borra de inmediato lo que guardamos de usted. Las copias de respaldo lo guardan más tiempo.
forget-title = **Esto es lo que guardo de usted:**
forget-language = Su idioma: { $language }
forget-place = Su municipalidad: { $place }
forget-question = Su última pregunta, por 30 minutos: { $question }
forget-words = Sus últimas palabras, por 30 minutos, bajo llave
forget-rest = El último día que escribió, códigos hechos de sus últimos mensajes (3 días) y, si algo no tuvo respuesta, un código hasta que termina el día
forget-discreet = Qué mensajes hablan de peligro, por 30 minutos, bajo llave
forget-ask = ¿Lo borro?
forgotten = 🗑 Listo. Lo que guardaba de usted está borrado. Puede escribirme de nuevo cuando quiera: toque /start.
forget-kept = Está bien, no se borró nada.

## De nosotros a una persona

button-person = 🙋 Hablar con una persona
button-person-at-office = ☎️ Preguntar a una persona en una oficina
button-tell-me = 🔔 Avíseme cuando haya una respuesta
button-leave = ✅ Sí, enviarla
button-leave-other = ✍️ Escribirla de otra forma
button-leave-no = No, no enviar nada
button-write-question = ✍️ Sí, voy a escribir mi pregunta
button-take-back = ↩️ Retirar mi pregunta
consent-any = 🙋 **Una persona puede responderle.** Si está de acuerdo, entrego su pregunta a quienes trabajan en las municipalidades.
consent-place = 🙋 **Una persona puede responderle.** Si está de acuerdo, entrego su pregunta a quienes trabajan en { $place }.
consent-about =
    { "" }- Ven lo que usted escribió. Yo quito los números y los nombres que reconozco. No ven quién es usted ni su teléfono.
    - Guardo bajo llave adónde enviarle la respuesta, 30 días como máximo. Cuando el asunto termina, borro todo.
    - Puede retirar su pregunta cuando quiera: escriba /stop
consent-words = **Esto es lo que voy a enviar:**
consent-more = **¿Quiere que agregue esto?**
write-question = ✍️ Escriba su pregunta en un solo mensaje. No ponga su nombre ni números de documentos. Se la muestro antes de enviarla.
question-left = ✅ **Su pregunta está enviada.**
question-left-next = Le escribo aquí cuando llegue la respuesta. Mientras tanto puede seguir preguntándome.
expected-open = Hay personas atendiendo ahora, hasta las { $time }.
expected-next = Vuelven a atender: { $when }.
expected-unknown = Las personas responden en horario de oficina, en días hábiles. No puedo decirle a qué hora exactamente.
question-waits = ⏳ Su pregunta espera a que una persona la responda.
question-claimed = 👤 Una persona está respondiendo su pregunta.
question-continued = ✅ Lo agregué a su pregunta.
not-left = De acuerdo, no le envié nada a nadie.
taken-back = ↩️ Retiré su pregunta y borré todo lo que guardaba sobre ella.
no-question = Usted no tiene ninguna pregunta esperando a una persona.
nobody-here = Aquí no puedo escribirle más tarde. Para hablar con una persona, vaya a una oficina o llame. También puede escribirme por Telegram.
will-tell = 🔔 De acuerdo. Si hay una respuesta en los próximos 30 días, le escribo una sola vez y borro la pregunta.
person-here = 👤 { $who } está leyendo su pregunta. Yo guardo silencio mientras conversan. Para terminar, escriba /stop
person-answers = 👤 **{ $who } le responde:**
person-next = Si quiere decir algo más, escríbalo aquí. Para terminar, escriba /stop
person-away = La persona que le atendía tuvo que irse. Su pregunta espera a otra persona; mientras tanto le respondo yo.
person-left = ✅ El asunto está cerrado y borré todo lo que guardaba sobre él. Ahora le respondo yo otra vez.
question-moved = ➡️ Su pregunta pasó a quienes trabajan en { $place }.
question-expired = 😔 Nadie pudo responder su pregunta en 30 días. La borré. Por favor vaya a una oficina: es gratis.
told-now = 🔔 **Me pidió que le avisara. Ahora hay una respuesta.** Su pregunta:
forget-handoff = La pregunta que dejó para una persona, bajo llave
forget-wish = Una pregunta de la que quiere que le avise, bajo llave
ready-where = ¿En qué comuna vive? Así le puedo decir qué oficina le ayuda.
ready-more = ¿Puede contarme un poco más: qué pasó y desde cuándo?
ready-asking = Voy a preguntarle a un colega y le escribo de nuevo por aquí.
ready-come = Esto hay que verlo con sus papeles en la mano. Por favor venga a la oficina con los papeles que tenga. La atención es gratis.
command-stop = Retirar mi pregunta

## Cuando fallamos

fault = 😔 Algo falló de nuestro lado; no es su culpa. Por favor escriba de nuevo en unos minutos. Código para la oficina: { $code }
too-many = ✋ Espere { $seconds } segundos y escriba de nuevo. Llegaron demasiados mensajes seguidos. Si está en peligro, llame ahora al 133 (Carabineros) o al 131 (ambulancia). También puede escribírmelo.

## Días

date = { $day } de { $month } de { $year }
weekday-time = { $weekday } { $time }

## Las páginas de Telegram

bot-name = Ventanilla
bot-description =
    Respuestas para personas que llegaron a Chile: salud, papeles, trabajo, vivienda, oficinas cerca de usted. Gratis, en kreyòl, español e inglés.
    No pido su nombre ni sus papeles.
bot-short = Salud, papeles y oficinas en Chile. Gratis, en kreyòl, español e inglés.
command-start = Comenzar
command-topics = Preguntas frecuentes
command-offices = Oficinas cerca
command-language = Cambiar de idioma
command-privacy = Sus datos
command-forget = Borrar mis datos
command-help = Cómo funciona
command-about = Quiénes somos

## La página de conversación

web-skip = Ir al cuadro de preguntas
web-talk = Conversación
web-input = Su pregunta, o el nombre de su comuna
web-example = Ej.: tengo fiebre y no tengo papeles
web-send = Enviar
web-you = Usted
web-bot = Ventanilla
web-pressed = Usted eligió
web-languages = Idioma
web-not-found = Esta página no existe. Vuelva a las preguntas.
web-expired = Por su seguridad, esta conversación se borró después de 30 minutos. Pregunte de nuevo cuando quiera.
web-refused = Eso no llegó desde esta página, así que no se hizo nada. Por favor escriba su pregunta aquí.
web-too-many = Llegaron muchos mensajes seguidos. Espere un minuto y envíe su mensaje de nuevo.
web-too-long = Es demasiado largo y no se envió. Acórtelo a unas pocas frases y envíelo de nuevo.
web-too-slow = Toque «atrás» en su navegador y envíe su mensaje de nuevo. Sus palabras deberían seguir ahí. Tardó demasiado, y puede que el mensaje no nos haya llegado.
web-no-cookies = Su navegador rechaza nuestra cookie; por eso no ve la respuesta. Permita las cookies en esta página y pregunte de nuevo. La cookie desaparece a los 30 minutos.
web-phone-map = 📱 En el mapa de mi teléfono

## La terminal

terminal-hint = Escriba su pregunta, o el número de un botón. Ctrl-D termina.
terminal-prompt = usted
terminal-no-button = Aquí no hay un botón con ese número.

## Qué tiene de malo una respuesta

button-other-question = 🔀 No es lo que pregunté
button-unclear = 🌫 No se entiende bien
button-wrong = ⏳ Está mal o es antigua
button-write-line = ✏️ Escribir una línea
complained = 🙏 Gracias, lo verán quienes escriben las respuestas. Si quiere, escriba en una línea qué buscaba. También puede preguntar con otras palabras o ir a una oficina.
ask-line = ✏️ Escríbalo ahora, en un solo mensaje. No ponga nombres, teléfonos ni números de documentos.
line-taken = 🙏 Gracias. Lo leerán quienes escriben las respuestas. No sabrán que es suyo, así que no pueden contestarle.
## El aviso de privacidad completo
button-privacy-full = 🔍 Todos los detalles
button-copy = 📄 Mis datos en un archivo
copy-name = mis-datos.txt
copy-here = 📄 **Este archivo tiene lo que guardo sobre usted.** Quien use su teléfono puede leerlo.
copy-title = Lo que guardo sobre usted, { $when }
copy-last-day = El último día que usted escribió: { $day }
copy-memory = El final de nuestra conversación. Se borra: { $until }
copy-danger = Que le mostré a quién llamar si hay peligro
copy-talk = La conversación en esta página
copy-question = Su pregunta para una persona. Se borra a más tardar: { $until }
copy-wish = Lo que usted quiere saber. Se borra a más tardar: { $until }
copy-waiting = Mensajes para usted que todavía no llegan: { $count }
copy-discreet = Mensajes sobre peligro cuyos números guardo 30 minutos: { $count }
copy-rest = También guardo 3 días códigos hechos de sus últimos mensajes, para no responder dos veces. Si algo no tuvo respuesta, guardo un código hasta que termina el día. Para borrar todo, envíe /forget.
privacy-who = { "" }**¿Quién lleva este bot?**
privacy-nobody = Todavía nadie ha escrito aquí su nombre. Pregunte a quien le dio la dirección de este bot.
privacy-kept =
    { "" }**¿Qué guardamos y por cuánto tiempo?**

    - Un código hecho con el número del chat, con su idioma y su municipalidad: hasta que usted envíe /forget, bloquee el bot o pase { $days } días sin escribir. En la página web: hasta una hora después de su último mensaje. Solo quien tiene nuestra llave puede averiguar el número a partir del código.
    - Su última pregunta y sus últimas palabras, bajo llave: { $minutes } minutos.
    - En la página web, las seis últimas preguntas y respuestas, bajo llave: { $minutes } minutos.
    - En Telegram, los números de los mensajes que le mandamos y que hablan de violencia o peligro, bajo llave, para que usted pueda borrar esos mensajes: { $minutes } minutos.
    - Una pregunta que usted deja para una persona, y adónde responderle, bajo llave: hasta que el asunto termina o usted la retira, 30 días como máximo. Lo mismo si pide que le avisemos cuando haya una respuesta.
    - Palabras que no encontraron respuesta, sin los números y nombres que reconocemos y sin nada que diga quién las escribió: 90 días.
    - Una respuesta que todavía no le llega, bajo llave: hasta que llegue, o 7 días si no se puede entregar.
    - Números de sus mensajes y códigos hechos de ellos, para no responder dos veces: 3 días.
    - Si no encontramos respuesta: un código hecho con el número de su chat o con su red de internet. Así una sola persona no puede llenar nuestra lista de preguntas. Se borra cuando termina el día.
    - Cuántas veces pasa cada cosa en un día. Esas cifras quedan; no dicen quién.
privacy-seen =
    { "" }**¿Quién lo ve?**

    Nadie lee sus mensajes. El personal de la municipalidad ve cifras, las palabras que no encontraron respuesta (sin saber de quién son) y la pregunta que usted decida dejarles. No damos nada a la policía, a migraciones ni a su empleador. Telegram guarda la conversación en sus propios computadores, conoce su número de teléfono y puede darlo a las autoridades.
privacy-erase =
    { "" }**¿Cómo lo recibo y cómo se borra?**

    Para recibirlo, pulse abajo «Mis datos en un archivo».

    Para borrarlo, envíe /forget o pulse el otro botón. Borramos de inmediato lo que guardamos de usted, menos dos cosas. El código que protege nuestra lista se borra cuando termina el día. Las copias de respaldo hechas antes pueden guardar sus datos hasta que esas copias se borren.

## Asuntos discretos
button-retract = 🧹 Borrar estos mensajes del chat

# What the console says to staff. Short, plain words, as a clerk would say them.

## The frame of every page
console = Mesa de trabajo
skip = Ir al contenido
menu = Menú
nav-board = Por hacer
nav-entries = Respuestas
nav-review = Revisión
nav-offices = Oficinas
nav-sources = Fuentes
nav-municipalities = Municipalidades
nav-tables = Planillas
nav-figures = Cifras
nav-staff = Equipo
nav-audit = Registro de acciones
nav-settings = Ajustes
nav-own = Mi cuenta
sign-out = Salir
to-the-chat = Ver el chat público
live-at = Publicado en { $live } de { $replicas } servidores
save = Guardar
cancel = Cancelar
back = Volver
optional = opcional
all = Todo
none = Ninguno
yes = Sí
no = No
language = Idioma
topic = Tema
municipality = Municipalidad
filter = Filtrar
search = Buscar
earlier = Anteriores
later = Siguientes
nothing = No hay nada aquí.

## Signing in
sign-in = Entrar
sign-in-about = Para quienes trabajan en la municipalidad. Si necesita una cuenta, pida una invitación a quien administra.
login-name = Nombre de usuario
password = Contraseña
code = Código de la aplicación
code-about = Seis cifras, solo si activó la segunda llave.

## Coming by an invitation
invitation-title = Bienvenida, bienvenido
invitation-about = Le invita { $who }. Su función: { $role }.
invitation-gone = Esta invitación ya se usó o venció. Pida otra a quien administra.
login-name-about = De 3 a 40 signos: letras minúsculas sin tilde, cifras, puntos y guiones.
name = Nombre
name-about = Como le conocen sus colegas.
shown-as = Nombre que se ve bajo las respuestas
shown-as-about = Lo ven las personas: «Revisado por…». Mejor el nombre de la oficina.
password-about = Al menos { $least } signos. Lo mejor son varias palabras.
password-again = Contraseña otra vez
create-account = Crear mi cuenta

## One's own account
own-title = Mi cuenta
own-role = Mi función
change-password = Cambiar la contraseña
old-password = Contraseña actual
new-password = Contraseña nueva
second-factor = Segunda llave
second-factor-about = Con una aplicación en su teléfono, la contraseña sola no basta para entrar en su cuenta.
second-factor-is-on = La segunda llave está activada.
second-factor-scan = Escanee la imagen con la aplicación (Aegis, FreeOTP u otra) y escriba el código que muestra.
second-factor-picture = Imagen para escanear con la aplicación
second-factor-words = O escriba este secreto en la aplicación: { $words }
turn-on = Activar
turn-off = Desactivar
sessions = Sesiones
sessions-about = Su cuenta está abierta en este número de aparatos: { $count }.
end-sessions = Cerrar todas las demás sesiones

## Staff
staff-title = Equipo
invite = Invitar a alguien
invite-about = Usted recibe un enlace para esa persona. Sirve una sola vez, durante 7 días.
invite-link = Enlace de invitación
invite-link-about = Copie el enlace ahora y envíelo solo a esa persona: no se vuelve a mostrar.
role = Función
role-author = Autor
role-reviewer = Revisor
role-administrator = Administrador
role-observer = Observador
role-author-about = Escribe y traduce; no publica.
role-reviewer-about = Revisa y publica lo que escriben otros; también escribe.
role-administrator-about = Lleva cuentas, ajustes y municipalidades; hace también lo que un revisor.
role-observer-about = Solo ve cifras.
limits = Límites
limits-about = Si no elige nada, no hay límite.
limit-municipality = Una sola municipalidad: solo sus notas y oficinas
limit-languages = Solo estos idiomas
limit-topics = Solo estos temas
make-invitation = Crear el enlace
end-account = Cerrar esta cuenta
end-account-about = { $name } ya no podrá entrar. Su nombre queda en el historial.
ended-accounts = Cuentas cerradas
has-second-factor = segunda llave

## What was done
done-saved = ✓ Guardado.
done-password = ✓ Contraseña cambiada; las demás sesiones se cerraron.
done-second-on = ✓ Segunda llave activada.
done-second-off = ✓ Segunda llave desactivada.
done-sessions = ✓ Las demás sesiones se cerraron.
done-ended = ✓ Cuenta cerrada.

## Why something was not done
refused-title = No se hizo
refused-no-right = Su cuenta no permite hacer esto. Si lo necesita, hable con quien administra.
refused-gone = Lo que busca no está, o ya no está.
refused-own-text = Usted escribió esto: otra persona tiene que revisarlo antes de publicar.
refused-changed = Otra persona guardó mientras usted escribía. Mire los dos textos y guarde de nuevo.
refused-wrong-state = Esto cambió entretanto. Abra la página de nuevo.
refused-problems = Hay cosas que corregir antes de publicar. Están marcadas abajo.
refused-no-reason = Escriba por qué.
refused-sign-in = El nombre, la contraseña o el código no coinciden. Intente de nuevo.
refused-too-many = Demasiados intentos. Espere { $seconds } segundos.
refused-invitation = Esta invitación ya se usó o venció.
refused-login-taken = Ese nombre de usuario ya existe. Elija otro.
refused-login = El nombre de usuario lleva de 3 a 40 signos: letras minúsculas sin tilde, cifras, puntos y guiones.
refused-name = Escriba un nombre de hasta 80 signos.
refused-password = La contraseña necesita al menos { $least } signos, variados, y no debe contener el nombre de usuario.
refused-passwords-differ = Las dos contraseñas no son iguales.
refused-code = El código no coincide. Revise la hora de su teléfono y pruebe con el código siguiente.
refused-last-administrator = Es la última persona que administra: nombre antes a otra.
refused-wider = No puede dar más de lo que usted tiene.
refused-key = La clave ya existe o no sirve: letras minúsculas sin tilde, cifras y guiones.
refused-invalid = Algo de lo escrito no sirve. Revise cada campo.

import type { Secret, Sensitive } from "../../memory/sensitive.ts";
import { amount, counted, day, listed } from "../format.ts";
import type { Words } from "../words.ts";

const entered = "Ya lo envié";

export const memoryWords: Words["memory"] = {
  summary: "muestra y cambia lo que recuerdo de ti",
  instructionsSummary: "cómo quieres que te hable, en todas partes o solo donde digas",
  linkSummary: "comparte datos e instrucciones con una cuenta tuya de otra plataforma",
  unlinkSummary: "deja de compartir datos e instrucciones con tus otras cuentas",
  noting: "anotándolo",
  forgetting: "olvidándolo",

  undo: "Deshacer",
  keep: "Guardar",
  dontKeep: "No guardar",
  pause: "Pausar",
  resume: "Reanudar",
  more: "Más",
  forgetAll: "Olvidar todo",
  confirm: entered,
  link: "Vincular",
  dontLink: "No vincular",

  remembered: (fact) => `Anotado: ${fact}`,
  changed: (fact, before) => `Cambiado: ${fact} (antes: ${before})`,
  withdrawn: (fact) => `Olvidado: ${fact}`,
  madeRoom: (facts) =>
    facts === 1
      ? "Para hacer sitio, quité el dato que más tiempo llevaba sin usarse."
      : `Para hacer sitio, quité los ${facts} datos que más tiempo llevaban sin usarse.`,
  askKeep: (kind, fact) =>
    `Esto tiene que ver con ${sensitiveNames[kind]}, así que no lo he guardado: «${fact}» ¿Lo guardo?`,
  secret: (kind) =>
    `Nunca guardo ${secretNames[kind]}: quien llegue a ver mi memoria no debe llegar a tus cuentas.`,

  usage:
    "Escribe `/memory` para verlo, o `/memory` con `add …`, `edit 3 …`, `forget 3`, `forget all`, `share 3`, `unshare 3`, `why`, `history`, `undo`, `pause`, `resume` o `export`.",
  nothing: "No recuerdo nada de ti. Cámbialo con `/memory add …`, o pídeme que recuerde algo.",
  title: (facts, most) => `**Lo que recuerdo de ti** (${facts} de ${most} como mucho)`,
  learned: (at, place, persona) =>
    persona === "" ? `${place}, ${day("es", at)}` : `${place}, ${day("es", at)}, por «${persona}»`,
  inPrivate: "en privado",
  shared: "compartido",
  hidden: (facts) =>
    `Hay ${facts} más que no ${facts === 1 ? "es" : "son"} para quienes leen aquí: pregúntame en un mensaje directo.`,
  paused: "**En pausa:** no aprendo nada sobre ti ni uso nada de esto. `/memory resume` lo reanuda.",
  howTo:
    "`/memory forget 1` borra uno para siempre, `edit 1 …` lo cambia, `share 1` me deja usarlo en todas partes. `/memory help` explica el resto.",
  rule: (most) => `Cuando hay ${most}, el que más tiempo lleva sin usarse deja su sitio a cada dato nuevo.`,
  page: (page, pages) => `Página ${page} de ${pages}.`,
  waiting: (fact) => `Espera tu decisión: ${fact}`,
  isPaused: "La memoria está en pausa. Escribe antes `/memory resume`.",
  alreadyKnown: "Eso ya lo sé.",
  noNumber: (which) => `Aquí no hay ningún número «${which}». \`/memory\` muestra los números.`,
  tooLong: (most) => `Es demasiado largo: un dato es una sola frase de ${most} letras como mucho.`,
  forgotten: (fact) => `Olvidado para siempre: ${fact}`,
  forgottenSilently: "Olvidado para siempre.",
  forgottenAll: (facts) =>
    facts === 1
      ? "He olvidado un dato sobre ti para siempre."
      : `He olvidado ${facts} datos sobre ti para siempre.`,
  sureAll: (facts) =>
    facts === 1
      ? "Esto borra para siempre el único dato sobre ti, y su historial. `/memory forget all yes` lo hace."
      : `Esto borra para siempre los ${facts} datos sobre ti, y su historial. \`/memory forget all yes\` lo hace.`,
  nowPaused: "En pausa: hasta `/memory resume` no aprendo nada sobre ti ni uso nada de lo que sé.",
  nowResumed: "Vuelvo a aprender y a usar datos sobre ti.",
  nowShared: (fact) => `Compartido: «${fact}» Ahora puedo usarlo en todas partes, lea quien lea.`,
  nowUnshared: (fact) => `Ahora solo para mensajes directos: «${fact}»`,
  kept: (fact) => `Guardado: ${fact}`,
  dropped: "No lo he guardado.",
  notWaiting: "Ya no queda nada que decidir.",
  undone: (fact) => `Deshecho: «${fact}» ya no está.`,
  undoneTo: (fact) => `Deshecho. De nuevo: ${fact}`,
  nothingToUndo: "No hay nada que deshacer.",
  notInChannel: "Aquí leen otras personas: pídemelo en un mensaje directo.",
  noHistory: "Todavía no ha cambiado nada.",
  historyTitle: "**Lo que sabía antes**",
  replacedBy: (before, now, at) => `${before} → ${now} (${day("es", at)})`,
  removed: (fact, at) => `${fact} → olvidado (${day("es", at)}); un día después se borra para siempre`,
  historyNote: "Nada de esto se usa. Al olvidar un dato para siempre se borra también su historial.",
  whyNone: "La última vez que te respondí aquí no usé nada de lo que recuerdo de ti.",
  whyNoAnswer: "Aquí no hay todavía ninguna respuesta para ti.",
  whyTitle: "Para responderte aquí la última vez, el modelo recibió esto:",
  whyGone: (facts) =>
    facts === 1
      ? "Y 1 más que ya está olvidado, o que no es para este sitio."
      : `Y ${facts} más que ya están olvidados, o que no son para este sitio.`,
  exported: (facts, instructions) =>
    `${counted("es", facts, "dato", "datos")} y ${counted("es", instructions, "instrucción", "instrucciones")}, con lo que decían antes.`,

  instructionsUsage:
    "Escribe `/instructions add …`, `edit 2 …`, `on 2`, `off 2`, `remove 2`, o `/instructions` para verlas.",
  noInstructions:
    "No me has dicho nada sobre cómo hablarte. Por ejemplo:\n- `/instructions add sé breve`\n- `/instructions add en canales: ve al grano`\n- `/instructions add cuando aparezca coreano: 해요체`\n- `/instructions add con Tutor: hazme preguntas más difíciles`",
  instructionsTitle: "**Cómo quieres que te responda**",
  isOff: "desactivada",
  instructionsElsewhere: (rules) =>
    `Me has dado ${counted("es", rules, "instrucción", "instrucciones")} sobre cómo hablarte. Aquí leen otras personas: pídemelas en un mensaje directo.`,
  instructionsNote:
    "Valen solo para tus preguntas. `/instructions off 1` desactiva una, `edit 1 …` la cambia, `remove 1` la borra.",
  strictNote: "Un personaje con una forma fija de responder solo atiende a las que lo nombran (`con …:`).",
  instructionAdded: (number, rule) => `Número ${number}: ${rule}`,
  instructionEdited: (number, rule) => `El número ${number} es ahora: ${rule}`,
  instructionOn: (rule) => `Activada: ${rule}`,
  instructionOff: (rule) => `Desactivada: ${rule}`,
  instructionRemoved: (rule) => `Borrada: ${rule}`,
  noInstruction: (which) => `No hay ningún número «${which}». \`/instructions\` muestra los números.`,
  tooManyInstructions: (most, letters) =>
    `Es demasiado: ${most} instrucciones como mucho, y ${amount("es", letters)} letras entre todas. Borra o acorta alguna.`,

  linkCode: (code, minutes) =>
    `Tu código es \`${code}\`. Envíame \`/link ${code}\` en un mensaje directo desde tu otra cuenta en los próximos ${minutes} minutos; después vuelve aquí y pulsa «${entered}» (o escribe \`/link confirm\`).\n\nLas cuentas vinculadas comparten lo que recuerdo de ti y tus instrucciones, pero no conversaciones ni presupuestos.`,
  linkClaimed:
    "Falta un paso: confírmalo en la cuenta que te dio el código (escribe allí `/link confirm`). Hasta entonces no se vincula nada.",
  linkWhose: (name, platform) =>
    `${name} ha enviado tu código desde ${platform}. ¿Eres tú? Una vez vinculada, esa cuenta ve y cambia lo que recuerdo de ti.`,
  linkNotYet: "Nadie ha enviado tu código todavía, o ya ha caducado. `/link` crea uno nuevo.",
  linked: (name, platform) =>
    `Esta cuenta está vinculada con ${name} en ${platform}: comparten datos e instrucciones, pero no conversaciones ni presupuestos. \`/unlink\` las separa.`,
  linkRefused: "No se ha vinculado nada. El código ya no vale.",
  linkUnknown:
    "Ese código es incorrecto, ya se usó, ha caducado o es de esta misma cuenta. `/link` en la otra cuenta crea uno nuevo.",
  linkAlready: "Esta cuenta ya está vinculada. Escribe antes `/unlink`.",
  linkTries: "Demasiados códigos incorrectos. Inténtalo de nuevo en una hora, por favor.",
  linkInPrivate: "Los códigos son solo para ti: pídemelo en un mensaje directo.",
  linkList: (accounts) => `Cuentas vinculadas: ${listed("es", accounts)}. \`/unlink\` separa esta.`,
  account: (name, platform) => `${name === "" ? "una cuenta" : name} en ${platform}`,
  unlinked:
    "Esta cuenta vuelve a ir por su lado, con lo que aprendí en ella. Lo que aprendí en las otras se queda en ellas.",
  notLinked: "Esta cuenta no está vinculada.",
  forgetLinked:
    "Se trata de lo que pertenece a esta cuenta, que después ya no estará vinculada. Tus otras cuentas conservan lo que aprendí en ellas: escribe `/forget me` también allí.",
};

const sensitiveNames: Record<Sensitive, string> = {
  health: "tu salud",
  credentials: "tus cuentas y contraseñas",
  money: "tu dinero",
  identity: "tus documentos de identidad",
};

const secretNames: Record<Secret, string> = {
  password: "contraseñas",
  key: "claves ni tokens",
  card: "números de tarjeta",
};

import type { Secret, Sensitive } from "../../memory/sensitive.ts";
import { amount, counted, day, listed } from "../format.ts";
import type { Words } from "../words.ts";

export const memoryWords: Words["memory"] = {
  summary: "muestra y cambia lo que recuerdo de ti",
  instructionsSummary: "cómo debo hablarte, en todas partes o solo donde digas",
  linkSummary: "comparte datos e instrucciones con una cuenta tuya en otra plataforma",
  unlinkSummary: "deja de compartir datos e instrucciones con tus otras cuentas",
  noting: "tomando nota",
  forgetting: "olvidándolo",

  undo: "Deshacer",
  keep: "Guardar",
  dontKeep: "No guardar",
  pause: "Pausar",
  resume: "Reanudar",
  more: "Más",
  forgetAll: "Olvidar todo",
  confirm: "Ya está escrito",
  link: "Vincular",
  dontLink: "No vincular",

  remembered: (fact) => `Recordado: ${fact}`,
  changed: (fact, before) => `Cambiado: ${fact} (antes: ${before})`,
  withdrawn: (fact) => `Olvidado: ${fact}`,
  madeRoom: (facts) =>
    facts === 1
      ? "Para hacer sitio, borré el dato que llevaba más tiempo sin usarse."
      : `Para hacer sitio, borré los ${facts} datos que llevaban más tiempo sin usarse.`,
  askKeep: (kind, fact) =>
    `Esto trata de ${sensitiveNames[kind]}, así que no lo he guardado: «${fact}» ¿Lo guardo?`,
  secret: (kind) =>
    `Nunca guardo ${secretNames[kind]}: quien llegue a mi memoria no debe llegar a tus cuentas.`,

  usage:
    "Escribe `/memory` para verla, o `/memory` con `add …`, `edit 3 …`, `forget 3`, `forget all`, `share 3`, `unshare 3`, `why`, `history`, `undo`, `pause`, `resume` o `export`.",
  nothing: "No recuerdo nada de ti. `/memory add …` lo cambia, o pídeme que recuerde algo.",
  title: (facts, most) => `**Lo que recuerdo de ti** (${facts} de ${most} como mucho)`,
  learned: (at, place, persona) =>
    persona === "" ? `${place}, ${day("es", at)}` : `${place}, ${day("es", at)}, por ${persona}`,
  inPrivate: "en privado",
  shared: "compartido",
  hidden: (facts) =>
    facts === 1
      ? "1 más, solo para mensajes directos: pregúntame allí."
      : `${facts} más, solo para mensajes directos: pregúntame allí.`,
  nothingHere: "Nada de lo que recuerdo de ti se puede usar aquí.",
  paused: "**En pausa:** no aprendo nada de ti ni uso nada de esto. `/memory resume` la termina.",
  howTo:
    "`/memory forget 1` borra uno para siempre, `edit 1 …` lo cambia, `share 1` me deja usarlo donde leen otras personas. `/memory help` cuenta el resto.",
  rule: (most) => `Cuando hay ${most}, el que lleva más tiempo sin usarse se va al llegar uno nuevo.`,
  page: (page, pages) => `Página ${page} de ${pages}.`,
  waiting: (fact) => `Espera tu respuesta: ${fact}`,
  isPaused: "La memoria está en pausa. Primero, `/memory resume`.",
  alreadyKnown: "Eso ya lo sé.",
  noNumber: (which) => `Aquí no hay ningún número «${which}». \`/memory\` muestra los números.`,
  tooLong: (most) => `Es demasiado largo: un dato es una frase de ${most} letras como mucho.`,
  forgotten: (fact) => `Olvidado para siempre: ${fact}`,
  forgottenSilently: "Olvidado para siempre.",
  forgottenAll: (facts) =>
    facts === 1 ? "Un dato olvidado para siempre." : `${facts} datos olvidados para siempre.`,
  sureAll: (facts) =>
    facts === 1
      ? "Esto borra para siempre el único dato sobre ti, y su historial. `/memory forget all yes` lo hace."
      : `Esto borra para siempre los ${facts} datos sobre ti, y su historial. \`/memory forget all yes\` lo hace.`,
  nowPaused: "En pausa: hasta `/memory resume` no aprendo nada de ti ni uso nada de lo que sé.",
  nowResumed: "Vuelvo a aprender y a usar datos sobre ti.",
  nowShared: (fact) => `Compartido: «${fact}» Ahora puedo usarlo donde leen otras personas.`,
  nowUnshared: (fact) => `Ahora solo para mensajes directos: «${fact}»`,
  kept: (fact) => `Guardado: ${fact}`,
  dropped: "No lo he guardado.",
  notWaiting: "Ya no hay nada que decidir.",
  undone: (fact) => `Deshecho: «${fact}» ya no está.`,
  undoneTo: (fact) => `Deshecho. Otra vez: ${fact}`,
  nothingToUndo: "No hay nada que deshacer.",
  notInChannel: "Aquí leen otras personas: pídemelo en un mensaje directo.",
  noHistory: "Todavía no ha cambiado nada.",
  historyTitle: "**Lo que sabía antes**",
  replacedBy: (before, now, at) => `${before} → ${now} (${day("es", at)})`,
  removed: (fact, at) => `${fact} → olvidado (${day("es", at)}), desaparece para siempre un día después`,
  historyNote: "Nada de esto se usa. Olvidar un dato para siempre borra también su historial.",
  whyNone: "Mi última respuesta aquí no usó nada de lo que recuerdo de ti.",
  whyNoAnswer: "Todavía no te he respondido aquí.",
  whyTitle: "Mi última respuesta aquí contó con esto:",
  whyGone: (facts) =>
    facts === 1
      ? "1 más que ya está olvidado, o que no vale para este sitio."
      : `${facts} más que ya están olvidados, o que no valen para este sitio.`,
  exported: (facts, instructions) =>
    `${counted("es", facts, "dato", "datos")} y ${counted("es", instructions, "instrucción", "instrucciones")}, con lo que eran antes.`,

  instructionsUsage:
    "Escribe `/instructions add …`, `edit 2 …`, `on 2`, `off 2`, `remove 2`, o `/instructions` para verlas.",
  noInstructions:
    "No me has dicho nada sobre cómo hablarte. Por ejemplo:\n- `/instructions add sé breve`\n- `/instructions add in channels: sin charla`\n- `/instructions add when Korean is involved: 해요체`\n- `/instructions add with Tutor: hazme preguntas más difíciles`",
  instructionsTitle: "**Cómo quieres que te responda**",
  isOff: "desactivada",
  instructionsNote:
    "Valen solo para tus preguntas. `/instructions off 1` desactiva una, `edit 1 …` la cambia, `remove 1` la borra.",
  strictNote: "Un personaje al que le importa la forma solo atiende a las que lo nombran (`with …:`).",
  instructionAdded: (number, rule) => `Número ${number}: ${rule}`,
  instructionEdited: (number, rule) => `El número ${number} es ahora: ${rule}`,
  instructionOn: (rule) => `Activada: ${rule}`,
  instructionOff: (rule) => `Desactivada: ${rule}`,
  instructionRemoved: (rule) => `Borrada: ${rule}`,
  noInstruction: (which) => `No hay ningún número «${which}». \`/instructions\` muestra los números.`,
  tooManyInstructions: (most, letters) =>
    `Es demasiado: como mucho ${most} instrucciones, y entre todas ${amount("es", letters)} letras. Borra o acorta alguna.`,

  linkCode: (code, minutes) =>
    `Tu código es \`${code}\`. Envíame \`/link ${code}\` en un mensaje directo desde tu otra cuenta antes de ${minutes} minutos; luego vuelve aquí y pulsa «Ya está escrito» (o escribe \`/link confirm\`).\n\nLas cuentas vinculadas comparten lo que recuerdo de ti y tus instrucciones; no las conversaciones ni los presupuestos.`,
  linkClaimed:
    "Falta un paso: confírmalo en la cuenta que te dio el código (allí, `/link confirm`). Hasta entonces no se vincula nada.",
  linkWhose: (name, platform) =>
    `${name}, de ${platform}, ha escrito tu código. ¿Eres tú? Una vez vinculada, esa cuenta ve y cambia lo que recuerdo de ti.`,
  linkNotYet: "Nadie ha escrito aún tu código, o es demasiado antiguo. `/link` crea uno nuevo.",
  linked: (name, platform) =>
    `Vinculada con ${name} de ${platform}: compartes datos e instrucciones; no las conversaciones ni los presupuestos. \`/unlink\` lo termina.`,
  linkRefused: "No se ha vinculado. El código ya no vale.",
  linkUnknown:
    "Ese código es incorrecto, ya se usó, es demasiado antiguo o es el tuyo. `/link` en la otra cuenta crea uno nuevo.",
  linkAlready: "Esta cuenta ya está vinculada. Primero, `/unlink`.",
  linkTries: "Demasiados códigos incorrectos. Inténtalo de nuevo en una hora, por favor.",
  linkInPrivate: "Los códigos son solo para ti: pídemelo en un mensaje directo.",
  linkList: (accounts) => `Vinculadas: ${listed("es", accounts)}. \`/unlink\` lo termina para esta cuenta.`,
  account: (name, platform) => `${name === "" ? "una cuenta" : name} de ${platform}`,
  unlinked:
    "Esta cuenta vuelve a ir por su lado, y con ella lo que aprendí en ella. Lo que aprendí en las otras se queda con ellas.",
  notLinked: "Esta cuenta no está vinculada.",
  forgetLinked:
    "Eso es lo de esta cuenta, que después ya no estará vinculada. Tus otras cuentas conservan lo que se aprendió en ellas: escribe `/forget me` también allí.",
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

import { amount, counted, listed } from "../format.ts";
import type { Words } from "../words.ts";

export const fileWords: Words["files"] = {
  getting: (name) => `descargando ${name}`,
  readingPicture: "leyendo la imagen",
  readingPictures: (number, of) => `leyendo la imagen ${number} de ${of}`,
  transcript: (picture, of) => (of === 1 ? "Leo en la imagen:" : `Leo en la imagen ${picture}:`),
  frames: (name, shown, of) =>
    shown === 1
      ? `${name} se mueve: miro su primer fotograma.`
      : `${name} se mueve: miro ${shown} de sus ${of} fotogramas.`,
  still: (name) => `${name} se mueve: veo una sola imagen fija y no oigo nada.`,
  movingDrawing: "es un dibujo en movimiento y no puedo reproducirlo. Vale una captura de pantalla.",
  correctedTranscript: (picture, of) =>
    of === 1 ? "Con tu corrección, en la imagen dice:" : `Con tu corrección, en la imagen ${picture} dice:`,
  hardToRead: (lines, of) =>
    of === 1
      ? "Cuesta leerlo: compruébalo, por favor."
      : lines.length === 1
        ? `La línea ${lines.join("")} cuesta leerla: compruébala, por favor.`
        : `Las líneas ${listed("es", lines.map(String))} cuestan de leer: compruébalas, por favor.`,
  readsOtherwise: (line, of, text) =>
    of === 1 ? `El modelo lee: ${text}` : `Línea ${line}: el modelo lee ${text}`,
  fix: "Corregir",
  howToFix: (lines, isNext) =>
    `${isNext ? "Escribe aquí el texto correcto como tu próximo mensaje" : "Responde a este mensaje con el texto correcto"} y contesto de nuevo. ${lines === 1 ? "" : "Basta con una línea, como `2: …`. "}Esto es lo que tengo:`,
  cantFix: "Ya no tengo el texto de esa imagen: envíala otra vez, por favor.",
  unread: (picture, reason) => `No pude leer la imagen ${picture}: ${reason}`,
  noText: (picture) => `No encontré texto en la imagen ${picture}.`,
  blindModel: "El modelo que responde no puede ver imágenes, así que recibe el texto que leí en ellas.",
  blindModels: (models) =>
    models.length === 1
      ? `${models[0]} no puede ver imágenes, así que recibe el texto que leí en ellas.`
      : `${listed("es", models)} no pueden ver imágenes, así que reciben el texto que leí en ellas.`,
  readDifferently: ({ picture, of, line, lines }, read, written) =>
    `En ${lines === 1 ? "" : `la línea ${line} de `}${of === 1 ? "la imagen" : `la imagen ${picture}`} leí «${read}»; el modelo escribió «${written}».`,
  unseen: (name, reason) => `No pude usar ${name}: ${reason}`,

  tooLarge: (megabytes) => `ocupa más de ${megabytes} MB.`,
  tooLargeToSend: (platform, megabytes) =>
    `El archivo pasa de ${megabytes} MB, lo máximo que ${platform} me deja enviar.`,
  tooLong: (characters) =>
    `tiene más de ${amount("es", characters)} caracteres. Envía solo la parte que te interesa, por favor.`,
  about: (name, note) => `${name}: ${note}`,
  gone: (platform) => `ya no está en ${platform}.`,
  serverFails: (platform, status) =>
    `el servidor de archivos de ${platform} responde ${status}. Envíalo otra vez, por favor.`,
  serverAway: (platform) =>
    `no puedo conectar con el servidor de archivos de ${platform}. Envíalo otra vez, por favor.`,
  keptElsewhere: (platform) =>
    `no está guardado en ${platform}, así que no puedo leerlo. Súbelo aquí, por favor.`,
  notAllowed: (platform, scope) =>
    `${platform} no me deja leerlo. Quien me administra puede añadir el permiso ${scope} a la aplicación de ${platform} e instalarla de nuevo.`,
  noAnswer: (platform) => `ahora no puedo pedírselo a ${platform}. Envíalo otra vez, por favor.`,

  locked: "está protegido con contraseña. Envíalo sin ella, por favor.",
  copyProtected: "tiene protección contra copia, así que no puedo leerlo.",
  damaged: (kind) => `está dañado o incompleto y no se puede leer como ${kind}.`,
  program: "es un programa, diga lo que diga su nombre, así que no lo abrí.",
  media: "es audio o vídeo, y eso todavía no lo manejo.",
  cantOpen: (format) => `no puedo abrir archivos ${format}. Envía su contenido suelto o como ZIP, por favor.`,
  cantRead: (format) =>
    `no puedo leer archivos ${format}. Guárdalo como XLSX o PDF y envíalo otra vez, por favor.`,
  oldOffice:
    "está en el formato antiguo DOC, XLS o PPT. Guárdalo como DOCX, XLSX o PPTX y envíalo otra vez, por favor.",
  bomb: (megabytes) => `descomprimido ocuparía más de ${megabytes} MB, así que no lo descomprimí.`,
  noWords: "no encontré texto en él.",
  readingPage: (page, of) => `leyendo la página ${page} de ${of}`,
  pagesLeftOut: (read, of) => `tiene ${of} páginas; leí las primeras ${read}.`,
  partsLeftOut: (read, of) => `tiene ${of} partes; leí las primeras ${read}.`,
  rowsLeftOut: (sheet, read, of) =>
    `${sheet === "" ? "tiene" : `la hoja ${sheet} tiene`} ${amount("es", of)} filas; leí las primeras ${amount("es", read)}.`,
  textLeftOut: (characters) =>
    `leí sus primeros ${amount("es", characters)} caracteres y dejé fuera el resto.`,
  pagesByOcr: (read, of) =>
    read === of
      ? `${counted("es", of, "página es una imagen", "páginas son imágenes")} de texto; leí el texto por OCR, así que puede haber errores.`
      : `${counted("es", of, "página es una imagen", "páginas son imágenes")} de texto; leí ${read} por OCR y dejé fuera las demás.`,
  onlyListed: (listed, of) =>
    listed === of
      ? "es un archivo comprimido, así que solo veo lo que contiene. Si quieres que lea algo, envíalo suelto."
      : `es un archivo comprimido con ${amount("es", of)} archivos; veo los nombres de los primeros ${amount("es", listed)}. Si quieres que lea algo, envíalo suelto.`,
  neither: "sé leer documentos, texto e imágenes, y esto no es nada de eso.",
  empty: "está vacío.",
  tookTooLong: (seconds) => `llevó más de ${seconds} s y lo dejé.`,
  tookTooMuch: (megabytes) => `necesitaba más de ${megabytes} MB de memoria y lo dejé.`,
  gaveTooMuch: (megabytes) => `contiene más de ${megabytes} MB de texto.`,
  brokeReader: "el programa con que lo leo se cayó. Puede que esté dañado.",

  pictureFileTooLarge: (megabytes, most) =>
    `el archivo ocupa ${megabytes} MB; admito como mucho ${most} MB. Envía una copia más pequeña.`,
  pictureTooLarge: (width, height, megapixels) =>
    `la imagen es demasiado grande (${width} x ${height} píxeles; como mucho ${megapixels} megapíxeles). Envía una copia más pequeña.`,
  pictureDamaged: "la imagen está dañada o incompleta. Envíala otra vez.",
  pictureUnknown: (kinds) => `no es una imagen que pueda abrir. Conozco ${listed("es", kinds)}.`,
  pictureKind: (kind) =>
    `no puedo abrir ${kind} como imagen. Envíala como PNG o JPEG; vale una captura de pantalla.`,
  pictureTooSlow: (seconds) =>
    `leer su texto llevó más de ${seconds} s y lo dejé. Envía solo la parte con el texto.`,
  damagedLanguageData: (language, repair) =>
    `mis datos para leer \`${language}\` están dañados. Quien me administra puede repararlos con \`${repair}\`.`,
  noLanguageData: (language, install) =>
    `para leer imágenes en el idioma \`${language}\` hacen falta sus datos: hay que ejecutar \`${install}\` o quitarlo de \`ocr.languages\`.`,
};

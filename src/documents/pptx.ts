import type { Section } from "./document.ts";
import { createMarkdownWriter } from "./markdown-writer.ts";
import { corePropertiesOf, type Package, relationsOf } from "./package.ts";
import type { Reading } from "./reading.ts";
import { say } from "./said.ts";
import { readXml } from "./xml.ts";

const mostSlides = 1000;
const presentation = "ppt/presentation.xml";

/** The slides of a presentation in their order, each with its title and its speaker's notes. */
export function readPptx(parts: Package): Reading {
  const relations = relationsOf(parts, presentation);
  const slides: string[] = [];
  readXml(parts.read(presentation), {
    open(name, { "r:id": id = "" }) {
      const slide = name === "sldId" ? relations.get(id) : undefined;
      if (slide !== undefined) slides.push(slide);
    },
  });
  const sections = slides.slice(0, mostSlides).map((slide, index) => readSlide(parts, slide, index + 1));
  const notes = slides.length > mostSlides ? [say("partsLeftOut", mostSlides, slides.length)] : [];
  return { kind: "PPTX", ...corePropertiesOf(parts), unit: "slide", sections, notes };
}

function readSlide(parts: Package, slide: string, number: number): Section {
  const { title, text } = readShapes(parts.read(slide));
  const notesPart = [...relationsOf(parts, slide).values()].find((path) => path.includes("/notesSlides/"));
  const spoken = notesPart === undefined ? "" : readShapes(parts.read(notesPart)).text;
  return {
    label: `slide ${number}`,
    ...(title !== "" && { title }),
    text: [text, ...(spoken === "" ? [] : [`Notes: ${spoken}`])].join("\n\n").trim(),
  };
}

/** Shapes that hold what every page has. */
const chrome = new Set(["sldNum", "dt", "ftr", "sldImg", "hdr"]);

function readShapes(xml: Uint8Array): { readonly title: string; readonly text: string } {
  const writer = createMarkdownWriter();
  let [title, place, inText] = ["", "", false];
  readXml(xml, {
    open(name, { type = "", lvl }) {
      if (name === "sp") place = "";
      else if (name === "ph") place = type;
      else if (name === "p") writer.begin();
      else if (name === "pPr" && lvl !== undefined && Number(lvl) > 0)
        writer.begin(`${"  ".repeat(Math.min(Number(lvl), 6) - 1)}- `);
      else if (name === "br") writer.verbatim("\n");
      else if (name === "tbl") writer.beginTable();
      else if (name === "tr") writer.beginRow();
      else if (name === "tc") writer.beginCell();
      else if (name === "t") inText = true;
    },
    text(text) {
      if (!inText || chrome.has(place)) return;
      if (/^(?:ctrT|t)itle$/u.test(place)) title += text;
      else writer.verbatim(text);
    },
    close(name) {
      if (name === "t") inText = false;
      else if (name === "p" && place !== "" && title !== "" && !title.endsWith(" ")) title += " ";
      else if (name === "tbl") writer.endTable();
    },
  });
  return { title: title.replaceAll(/\s+/gu, " ").trim(), text: writer.finish() };
}

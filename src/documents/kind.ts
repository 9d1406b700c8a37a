import type { FileKind } from "./reading.ts";
import { Refusal, say, type Said } from "./said.ts";

/** What a file is, by its first bytes, in the order in which they are looked for. */
const signatures: readonly (readonly [pattern: RegExp, kind: FileKind | Said])[] = [
  // `%PDF-`; some printers write lines of their own before it.
  [/^(?:(?:..){0,1000}0[ad])?255044462d/u, "pdf"],
  [/^504b(?:0304|0506)/u, "zip"],
  [/^1f8b08/u, "gzip"],
  // `ustar`
  [/^(?:..){257}7573746172/u, "tar"],
  // Windows, Linux, Java and macOS.
  [/^(?:4d5a|7f454c46|cafebabe|c[ef]faedfe)/u, say("program")],
  // `{\rtf`
  [/^7b5c727466/u, "rtf"],
  // `Rar!`
  [/^52617221/u, say("cantOpen", "RAR")],
  [/^377abcaf/u, say("cantOpen", "7z")],
  [/^fd377a585a/u, say("cantOpen", "XZ")],
  // `BZh`
  [/^425a683/u, say("cantOpen", "bzip2")],
  [/^28b52ffd/u, say("cantOpen", "Zstandard")],
  // MP3 twice, Ogg, FLAC, WAV and AVI, MP4 and its kin but for pictures, Matroska.
  [
    /^(?:494433|fff[b32]|4f676753|664c6143|52494646.{8}(?:57415645|41564920)|.{8}66747970(?!6176696|6865696|6d696631)|1a45dfa3)/iu,
    say("media"),
  ],
];

const oldOffice = /^d0cf11e0a1b11ae1/u;

/** A new document with a password is packed into the container of the old ones. */
const isEncrypted = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("EncryptedPackage", 0, "utf16le");

/** The kind by a file's first bytes, whatever its name claims; undefined where it may be text. Throws Refusal for what is never read. */
export function fileKindOf(bytes: Uint8Array): FileKind | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString("hex");
  const found = signatures.find(([pattern]) => pattern.test(head))?.[1];
  if (oldOffice.test(head)) throw new Refusal(isEncrypted(bytes) ? say("locked") : say("oldOffice"));
  if (typeof found === "object") throw new Refusal(found);
  return found;
}

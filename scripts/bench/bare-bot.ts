/**
 * The bot that `npm run bench` compares with, as anybody would write it first: grammY, the vendor's SDK, and a map.
 * It keeps nothing: what it was doing when it ends is lost. With a file, it stores each question before it is taken and
 * each answer before and after it is shown: the least that a bot can do which loses nothing and says nothing twice.
 */
import { DatabaseSync } from "node:sqlite";
import { Bot, type Context } from "grammy";
import OpenAI from "openai";

const { TELEGRAM_BOT_TOKEN: token = "", TELEGRAM_API_ROOT: apiRoot } = process.env;
const { BARE_MODEL: model = "", BARE_FILE: file } = process.env;
const editEveryMs = 3000;
const mostTurns = 20;

const bot = new Bot(token, { client: { ...(apiRoot && { apiRoot }) } });
const openai = new OpenAI();
const history = new Map<number, OpenAI.Responses.EasyInputMessage[]>();
const tails = new Map<number, Promise<void>>();
const store = file === undefined ? undefined : openStore(file);

/** Each commit is on the disk when it returns. */
function openStore(path: string): (sql: string, ...values: (string | number)[]) => void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec(
    "CREATE TABLE question (id INTEGER PRIMARY KEY, chat INTEGER, text TEXT, answer TEXT, shown INTEGER)",
  );
  return (sql, ...values) => void database.prepare(sql).run(...values);
}

/** In a group the message grows, in a private chat it comes when it is finished. */
async function answer(ctx: Context, chat: number, question: string): Promise<void> {
  const messages = history.get(chat) ?? [];
  messages.push({ role: "user", content: question });
  const stream = await openai.responses.create({ model, stream: true, store: false, input: messages });
  const isGroup = chat < 0;
  let text = "";
  let posting: Promise<number> | undefined;
  let editing: Promise<unknown> | undefined;
  let editedAt = 0;
  for await (const event of stream) {
    if (event.type !== "response.output_text.delta") continue;
    text += event.delta;
    if (!isGroup) continue;
    if (!posting) {
      editedAt = performance.now();
      posting = ctx.reply(text).then(({ message_id }) => message_id);
    } else if (performance.now() - editedAt > editEveryMs) {
      editedAt = performance.now();
      const now = text;
      editing = posting.then((id) => bot.api.editMessageText(chat, id, now));
    }
  }
  await editing;
  store?.("UPDATE question SET answer = ? WHERE id = ?", text, ctx.update.update_id);
  if (posting) await bot.api.editMessageText(chat, await posting, text);
  else await ctx.reply(text);
  store?.("UPDATE question SET shown = 1 WHERE id = ?", ctx.update.update_id);
  messages.push({ role: "assistant", content: text });
  history.set(chat, messages.slice(-2 * mostTurns));
}

bot.on("message:text", (ctx) => {
  const { id, type } = ctx.chat;
  if (type !== "private" && !ctx.message.text.includes(`@${ctx.me.username}`)) return;
  store?.("INSERT INTO question VALUES (?, ?, ?, NULL, 0)", ctx.update.update_id, id, ctx.message.text);
  const before = tails.get(id) ?? Promise.resolve();
  const mine = before.then(() => answer(ctx, id, ctx.message.text)).catch(console.error);
  tails.set(id, mine);
  void mine.finally(() => tails.get(id) === mine && tails.delete(id));
});

process.once("SIGTERM", () => void bot.stop());
await bot.start();

/** The bare program that `npm run bench` compares with. */
import OpenAI from "openai";
import { z } from "zod";

const client = new OpenAI({ apiKey: "none" });
const schema = z.object({ baseURL: z.string() });
process.stdout.write(`${schema.parse({ baseURL: client.baseURL }).baseURL}\n`);

/** Measures what dangerous work apart from the bot costs, and the reading of a long PDF; part of `npm run bench` too. */
import { benchHost } from "./bench/host.ts";

await benchHost(5);

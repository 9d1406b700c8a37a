import { testChat } from "../support/chat-conformance.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";

testChat(() => startDiscordEmulator());

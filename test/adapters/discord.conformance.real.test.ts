import { testChat } from "../support/chat-conformance.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";

// Discord's own five calls in five seconds would make the long answer's test last for 40 seconds.
testChat(() => startDiscordEmulator({ bucket: { calls: 5, ms: 1_000 } }));

import type { types } from "@slack/bolt";

const knownBlocks = new Set([
  "markdown",
  "context",
  "actions",
  "container",
  "section",
  "divider",
  "header",
  "rich_text",
]);

/** Why Slack refuses a message's blocks: its error's name and a reason; undefined when it takes them. */
export function refusalOf(
  blocks: readonly types.KnownBlock[],
  { containers }: { containers: boolean },
): { error: string; reason: string } | undefined {
  const invalid = (reason: string) => ({ error: "invalid_blocks", reason });
  if (blocks.length > 50) return invalid("more than 50 blocks");
  const markdown = blocks.flatMap((block) => (block.type === "markdown" ? [block.text] : []));
  if (markdown.join("").length > 12_000) return invalid("more than 12000 characters of markdown");
  if (textIn(blocks) > 13_200) return { error: "msg_blocks_too_long", reason: "blocks too long" };
  for (const block of blocks) {
    if (block.type === "container" && !containers) return invalid("unsupported block: container");
    const reason = knownBlocks.has(block.type) ? wrongIn(block) : `unsupported block: ${block.type}`;
    if (reason) return invalid(reason);
  }
  return undefined;
}

function wrongIn(block: types.KnownBlock): string | undefined {
  if (block.type === "markdown" && block.text === "") return "empty markdown";
  if (block.type === "context") return wrongInContext(block);
  if (block.type === "actions") return wrongInButtons(block);
  if (block.type === "container") {
    if ((block.title?.text.length ?? 0) > 150) return "container title takes 150 characters";
    if (block.child_blocks.length === 0 || block.child_blocks.length > 10)
      return "container takes 1 to 10 blocks";
    if (block.default_collapsed && !block.is_collapsible) return "default_collapsed needs is_collapsible";
  }
  return undefined;
}

function wrongInContext({ elements }: types.ContextBlock): string | undefined {
  if (elements.length === 0 || elements.length > 10) return "context takes 1 to 10 elements";
  const texts = elements.map((element) => (element.type === "image" ? "-" : element.text));
  return texts.some((text) => text.length === 0 || text.length > 3000)
    ? "context text takes 1 to 3000 characters"
    : undefined;
}

function wrongInButtons({ elements }: types.ActionsBlock): string | undefined {
  if (elements.length === 0 || elements.length > 25) return "actions takes 1 to 25 elements";
  const ids = elements.map((element) => element.action_id ?? "");
  if (new Set(ids).size < ids.length || ids.some((id) => id.length > 255))
    return "action_id must be unique and short";
  return elements.some(
    (element) =>
      element.type === "button" &&
      (element.text.text.length === 0 ||
        element.text.text.length > 75 ||
        (element.value ?? "").length > 2000),
  )
    ? "button text takes 75 characters, its value 2000"
    : undefined;
}

/** All that stands under a `text`, however deep. */
function textIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + textIn(each), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]) => sum + (key === "text" && typeof each === "string" ? each.length : textIn(each)),
    0,
  );
}

/** Calls a minute, by Slack's tiers, and how many may come at once. */
const tiers: Record<string, { perMinute: number; burst: number }> = {
  "chat.postMessage": { perMinute: 60, burst: 8 },
  "chat.update": { perMinute: 50, burst: 50 },
  "chat.startStream": { perMinute: 20, burst: 20 },
  "chat.appendStream": { perMinute: 100, burst: 100 },
  "chat.stopStream": { perMinute: 20, burst: 20 },
  "assistant.threads.setStatus": { perMinute: 60, burst: 60 },
  "agents.sessions.setStatus": { perMinute: 50, burst: 50 },
  "conversations.replies": { perMinute: 50, burst: 50 },
  "users.info": { perMinute: 100, burst: 100 },
};

/** Slack's rate limits: for how many seconds a call has to wait; undefined when it may go. */
export function createBuckets(): (method: string, channel: string) => number | undefined {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (method, channel) => {
    const tier = tiers[method];
    if (!tier) return undefined;
    const key = method === "chat.postMessage" ? `${method} ${channel}` : method;
    const { tokens, at } = buckets.get(key) ?? { tokens: tier.burst, at: Date.now() };
    const now = Date.now();
    const full = Math.min(tier.burst, tokens + ((now - at) / 60_000) * tier.perMinute);
    buckets.set(key, { tokens: full >= 1 ? full - 1 : full, at: now });
    return full >= 1 ? undefined : Math.max(1, Math.ceil(((1 - full) / tier.perMinute) * 60));
  };
}

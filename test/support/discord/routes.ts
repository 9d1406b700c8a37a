/** What each of Discord's routes does here. */
import {
  ApplicationCommandType,
  Locale,
  type LocalizationMap,
  MessageFlags,
  MessageType,
  type APIApplicationCommand,
  type APIGatewayBotInfo,
} from "discord-api-types/v10";
import { Refusal, refuse } from "./limits.ts";
import type { Call, Route } from "./rest.ts";
import { demand, roomsOf, type RouteOptions, type Rooms } from "./rooms.ts";
import { webhookRoutes } from "./webhooks.ts";
import { blankMessage, type Stored, type World } from "./world.ts";

export function createRoutes(options: RouteOptions): readonly Route[] {
  const { world, clicks, application } = options;
  const rooms = roomsOf(options);
  const gatewayInfo = (): APIGatewayBotInfo => ({
    url: options.gatewayAddress(),
    shards: 1,
    session_start_limit: { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
  });
  return [
    { method: "GET", path: "/applications/@me", run: () => application },
    { method: "GET", path: "/users/@me", run: () => world.bot },
    {
      method: "GET",
      path: "/guilds/:guild/members/:user",
      run({ params }) {
        const user = world.byId(params[1] ?? "");
        if (!user) throw new Refusal(404, 10007, "Unknown Member");
        return world.member(user);
      },
    },
    { method: "GET", path: "/gateway/bot", run: gatewayInfo },
    {
      method: "GET",
      path: "/applications/:application/commands",
      run: ({ query }) => shownCommands(clicks.registered, query),
    },
    {
      method: "PUT",
      path: "/applications/:application/commands",
      run: ({ body }) => {
        const commands = body["list"] as APIApplicationCommand[];
        checkCommands(commands);
        clicks.register(commands.map((command) => Object.assign(command, { id: world.newId() })));
        return clicks.registered;
      },
    },
    {
      method: "GET",
      path: "/attachments/:channel/:attachment/:name",
      cdn: true,
      open: true,
      run({ params, query }) {
        const file = [...world.messages.values()]
          .map(({ files }) => files.get(params[1] ?? ""))
          .find(Boolean);
        if (!file || !options.isCurrent(query.get("hm")))
          throw new Refusal(404, 1, "This content is no longer available.");
        return file;
      },
    },
    {
      method: "GET",
      path: "/stickers/:file",
      cdn: true,
      open: true,
      run({ params: [file = ""] }) {
        const data = world.stickers.get(file.replace(/\.(?:png|gif)$/u, ""));
        if (!data) throw new Refusal(404, 1, "There is no such sticker.");
        return data;
      },
    },
    ...messageRoutes(options, rooms),
    ...interactionRoutes(options, rooms),
    ...webhookRoutes(options, rooms),
  ];
}

function messageRoutes(options: RouteOptions, { room, find, create, change }: Rooms): Route[] {
  const { world, statuses } = options;
  const byNonce = new Map<string, { readonly stored: Stored; readonly at: number }>();
  const path = "/channels/:channel/messages";
  return [
    {
      method: "POST",
      path,
      bucket: "post",
      run({ params, body, files }) {
        const { nonce, enforce_nonce: enforced, message_reference: reference } = body;
        const known = enforced === true ? byNonce.get(String(nonce)) : undefined;
        if (known && Date.now() - known.at < options.nonceMs) return known.stored.message;
        const where = room(params[0]);
        if (where.person === undefined) demand(world, "writing");
        const stored = create(where, { body, files });
        if (reference) answerTo(stored, reference, world);
        if (enforced === true) byNonce.set(String(nonce), { stored, at: Date.now() });
        options.announce("MESSAGE_CREATE", stored);
        return stored.message;
      },
    },
    {
      method: "GET",
      path,
      run({ params, query }) {
        const { id } = room(params[0]);
        const after = BigInt(query.get("after") ?? 0);
        return [...world.messages.values()]
          .filter(({ message, room, loading }) => room.id === id && BigInt(message.id) > after && !loading)
          .slice(0, Number(query.get("limit") ?? 50))
          .map(({ message }) => message)
          .toReversed();
      },
    },
    { method: "GET", path: `${path}/:message`, run: ({ params }) => find(params[1]).message },
    {
      method: "PATCH",
      path: `${path}/:message`,
      bucket: "edit",
      run: ({ params, body, files }) => change(find(params[1]), { body, files }),
    },
    {
      method: "DELETE",
      path: `${path}/:message`,
      run({ params }) {
        const { message } = find(params[1]);
        world.messages.delete(message.id);
        options.dispatch("MESSAGE_DELETE", { id: message.id, channel_id: message.channel_id });
      },
    },
    {
      method: "POST",
      path: "/channels/:channel/typing",
      bucket: "typing",
      run({ params }) {
        const { id } = room(params[0]);
        statuses.set(id, [...(statuses.get(id) ?? []), "typing"]);
      },
    },
    {
      method: "POST",
      path: `${path}/:message/threads`,
      run({ params, body }) {
        const { message } = find(params[1]);
        demand(world, "threads");
        if (world.rooms.has(message.id))
          throw new Refusal(400, 160004, "A thread has already been created for this message");
        const name = String(body["name"]);
        if (name.length < 1 || name.length > 100) refuse("name: Must be between 1 and 100 in length.");
        const thread = world.threadChannel(world.openThread(room(params[0]), message.id, name));
        options.dispatch("THREAD_CREATE", { ...thread, newly_created: true });
        return thread;
      },
    },
  ];
}

/** Makes it a reply; one to a message of another channel is refused. */
function answerTo(stored: Stored, reference: unknown, world: World): void {
  const { message_id: id, fail_if_not_exists: fails } = reference as {
    message_id: string;
    fail_if_not_exists?: boolean;
  };
  const target = world.messages.get(id);
  if (target && target.room.id !== stored.room.id)
    refuse("message_reference: Cannot reply to a message in another channel");
  if (!target && fails !== false) refuse("message_reference: Unknown message");
  if (!target) return;
  stored.message.type = MessageType.Reply;
  stored.message.message_reference = { type: 0, message_id: id, channel_id: stored.room.id };
}

function interactionRoutes(options: RouteOptions, { find, create, change }: Rooms): Route[] {
  const { world, clicks, statuses } = options;
  const path = `/webhooks/(${options.application.id})/:token`;
  const target = ({ params }: Call): Stored => {
    const click = clicks.find(params[1] ?? "");
    return find(params[2] === "@original" ? click.original : params[2]);
  };
  return [
    {
      method: "POST",
      path: "/interactions/:id/:token/callback",
      open: true,
      run({ params, body }) {
        const click = clicks.acknowledge(params[0] ?? "", params[1] ?? "", body["type"]);
        if (click.original !== undefined) return;
        const message = { ...blankMessage(world, click.room, world.bot), flags: MessageFlags.Loading };
        world.messages.set(message.id, {
          message,
          room: click.room,
          files: new Map(),
          edits: 0,
          loading: true,
        });
        click.original = message.id;
        statuses.set(click.room.id, [...(statuses.get(click.room.id) ?? []), "is thinking…"]);
      },
    },
    {
      method: "POST",
      path,
      open: true,
      bucket: "webhook",
      run({ params, body, files }) {
        const stored = create(clicks.find(params[1] ?? "").room, { body, files });
        options.announce("MESSAGE_CREATE", stored);
        return stored.message;
      },
    },
    {
      method: "GET",
      path: `${path}/messages/:message`,
      open: true,
      run: (call) => target(call).message,
    },
    {
      method: "PATCH",
      path: `${path}/messages/:message`,
      open: true,
      bucket: "webhook",
      run: (call) => change(target(call), call),
    },
    {
      method: "DELETE",
      path: `${path}/messages/:message`,
      open: true,
      run: (call) => void world.messages.delete(target(call).message.id),
    },
  ];
}

/** What they are called in other languages is told to whoever asks for it alone. */
function shownCommands(
  commands: readonly APIApplicationCommand[],
  query: URLSearchParams,
): readonly APIApplicationCommand[] {
  if (query.get("with_localizations") === "true") return commands;
  return commands.map((command) => ({
    ...command,
    description_localizations: null,
    ...(command.options && {
      options: command.options.map((option) => ({ ...option, description_localizations: null })),
    }),
  }));
}

const spoken = new Set<string>(Object.values(Locale));

function checkLocalizations(name: string, localized: LocalizationMap | null | undefined): void {
  for (const [locale, text] of Object.entries(localized ?? {}))
    if (!spoken.has(locale) || !text || text.length > 100) refuse(`description of ${name} in ${locale}`);
}

function checkCommands(commands: readonly APIApplicationCommand[]): void {
  for (const { name, type, description, description_localizations, options = [] } of commands) {
    checkLocalizations(name, description_localizations);
    for (const option of options) checkLocalizations(name, option.description_localizations);
    const slash = type === ApplicationCommandType.ChatInput;
    if (slash ? !/^[-_\p{Ll}\p{N}]{1,32}$/u.test(name) : name.length < 1 || name.length > 32)
      refuse(`name: ${name}`);
    if (slash ? description.length < 1 || description.length > 100 : description !== "")
      refuse(`description of ${name}`);
    for (const option of options)
      if (option.description.length < 1 || option.description.length > 100)
        refuse(`option ${option.name} of ${name}`);
  }
  for (const type of [ApplicationCommandType.User, ApplicationCommandType.Message])
    if (commands.filter((command) => command.type === type).length > 15)
      refuse("at most 15 of a context menu");
}

import {
  DefaultRestOptions,
  REST,
  RequestMethod,
  Routes,
  type APIUser,
  type RESTOptions,
  type RequestData,
  type RouteLike,
} from "discord.js";
import { networkCode } from "../../src/platform/trouble.ts";
import { translate } from "./errors.ts";

/** What reaches Discord. */
export interface ApiOptions {
  readonly token: string;
  /** Where Discord's interface is, without `/v10`. Default: Discord's own. */
  readonly apiUrl?: string;
  /** Where Discord's files are. Default: Discord's own. */
  readonly cdnUrl?: string;
}

/** A call's body and more; `repeatable` where a POST may safely come twice. */
export type ApiRequest = RequestData & { readonly repeatable?: boolean };

/** Makes a call; its failures are RateLimited, or UserError where a person can do something about them. */
type Call = <Result>(route: RouteLike, request?: ApiRequest) => Promise<Result>;

/** Discord's interface, without a connection. */
export interface Api {
  readonly get: Call;
  readonly post: Call;
  readonly patch: Call;
  readonly delete: Call;
  /** The bot's own user id. */
  me(): Promise<string>;
  /** Takes the token again: discord.js forgets one that Discord refused. */
  logIn(): void;
}

/** Waiting and repeating are the core's: it knows what may be dropped. */
export function restOptions({ apiUrl, cdnUrl }: ApiOptions): Partial<RESTOptions> {
  return {
    retries: 0,
    rejectOnRateLimit: () => true,
    api: apiUrl ?? DefaultRestOptions.api,
    ...(cdnUrl !== undefined && { cdn: cdnUrl, mediaProxy: cdnUrl }),
  };
}

export function createApi(options: ApiOptions): Api {
  const rest = new REST(restOptions(options)).setToken(options.token);
  let me: string | undefined;

  const calling =
    (method: RequestMethod): Call =>
    async <Result>(fullRoute: RouteLike, { repeatable, ...request }: ApiRequest = {}) => {
      const send = async () => (await rest.request({ ...request, method, fullRoute })) as Result;
      try {
        return await send().catch((error: unknown) => {
          // Kept-alive connections break now and then, and nobody knows whether the call arrived.
          if (isDropped(error) && (repeatable ?? method !== RequestMethod.Post)) return send();
          throw error;
        });
      } catch (error) {
        throw translate(error);
      }
    };

  const get = calling(RequestMethod.Get);
  return {
    get,
    post: calling(RequestMethod.Post),
    patch: calling(RequestMethod.Patch),
    delete: calling(RequestMethod.Delete),
    async me() {
      me ??= (await get<APIUser>(Routes.user("@me"))).id;
      return me;
    },
    logIn: () => void rest.setToken(options.token),
  };
}

const isDropped = (error: unknown): boolean =>
  ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"].includes(networkCode(error) ?? "");

import {
  DefaultRestOptions,
  REST,
  RequestMethod,
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
export type Api = Readonly<Record<"get" | "post" | "patch" | "delete", Call>>;

/** Waiting and repeating are the core's: it knows what may be dropped. */
export function restOptions({ apiUrl, cdnUrl }: ApiOptions): Partial<RESTOptions> {
  return {
    retries: 0,
    rejectOnRateLimit: () => true,
    api: apiUrl ?? DefaultRestOptions.api,
    // discord.js brings an undici of its own, whose uploads fail once another library has loaded a later one, as
    // Slack's does. Node's fetch is what discord.js offers instead; its types are of that undici.
    makeRequest: fetch as unknown as RESTOptions["makeRequest"],
    ...(cdnUrl !== undefined && { cdn: cdnUrl, mediaProxy: cdnUrl }),
  };
}

export function createApi(options: ApiOptions): Api {
  const rest = new REST(restOptions(options));

  const calling =
    (method: RequestMethod): Call =>
    async <Result>(fullRoute: RouteLike, { repeatable, ...request }: ApiRequest = {}) => {
      // Given each time: discord.js forgets a token that Discord refused.
      const send = () => rest.setToken(options.token).request({ ...request, method, fullRoute });
      try {
        return (await send().catch((error: unknown) => {
          // Kept-alive connections break now and then, and nobody knows whether the call arrived.
          if (isDropped(error) && (repeatable ?? method !== RequestMethod.Post)) return send();
          throw error;
        })) as Result;
      } catch (error) {
        throw translate(error);
      }
    };

  return {
    get: calling(RequestMethod.Get),
    post: calling(RequestMethod.Post),
    patch: calling(RequestMethod.Patch),
    delete: calling(RequestMethod.Delete),
  };
}

const isDropped = (error: unknown): boolean =>
  ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"].includes(networkCode(error) ?? "");

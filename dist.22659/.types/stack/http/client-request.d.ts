import { type Cookie } from '../../wire/http/cookie-jar.ts';
import { type HttpUrl } from '../../wire/http/uri.ts';
import { type Exchange, type HttpClientState, type Turn } from './client-state.ts';
import type { HttpNote } from './note.ts';
/** RFC 6454 §6.2: the port only where it is not the scheme's own. */
export declare const originOf: (url: HttpUrl) => string;
/** What the cache knows a resource by: its URL without the fragment. */
export declare const cacheKey: ({ fragment: _, ...url }: HttpUrl) => string;
export declare const cookieNote: (op: Exclude<Extract<HttpNote, {
    kind: 'cookie';
}>['op'], 'withheld'>, { name, value, domain, path }: Pick<Cookie, 'name' | 'value' | 'domain' | 'path'>) => HttpNote;
/** Does the sender itself want the connection to stay? 1.0 does not, unless it says so. */
export declare const wantsToStay: (turn: Turn, exchange: Exchange) => boolean;
/** undefined: a field of the caller's that no message may have. */
export declare const requestBytes: (turn: Turn, exchange: Exchange) => Uint8Array | undefined;
/** What somebody who has read this jar could send in its owner's name. */
export declare const cookiesOf: ({ jar }: HttpClientState, url: string, nowUs: number) => string | undefined;

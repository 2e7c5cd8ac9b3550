import { type Field } from '../../wire/http/fields.ts';
import { type HttpUrl } from '../../wire/http/uri.ts';
import { type Exchange, type Turn } from './client-state.ts';
/** Only the first such field counts, and only what came over TLS: anybody could have written it otherwise (§8.1). */
export declare const keepStrictTransport: (turn: Turn, { url }: Exchange, fields: readonly Field[]) => void;
/** §8.3: port 80 becomes 443, any other that the URL names stays. */
export declare const overTls: (turn: Turn, url: HttpUrl) => HttpUrl;

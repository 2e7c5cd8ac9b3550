// HTTP Strict Transport Security of a client: sites that have asked to be visited over TLS only (RFC 6797 §8).
import {canonicalHost} from '../../wire/http/cookie-match.ts';
import {type Field, fieldValues} from '../../wire/http/field-lines.ts';
import {readStrictTransport} from '../../wire/http/strict-transport.ts';
import {type HttpUrl, httpUrlText} from '../../wire/http/uri.ts';
import {parseIpAddress} from '../../wire/ip-address.ts';
import {type Exchange, note, type Turn, update} from './client-state.ts';
import {wallUs} from './wall-clock.ts';

/**
 * Stores the first Strict-Transport-Security field of a response, and only if it came over TLS: without TLS anybody could have written
 * it (§8.1).
 */
export const keepStrictTransport = (turn: Turn, {url}: Exchange, fields: readonly Field[]): void => {
  const [value] = fieldValues(fields, 'Strict-Transport-Security');
  const asked = value === undefined ? undefined : readStrictTransport(value);
  const host = canonicalHost(url.host);
  if (!asked || url.scheme !== 'https' || parseIpAddress(host).ok) return;
  const {maxAgeS, includeSubDomains} = asked;
  const {strict} = turn.state;
  if (maxAgeS === 0) {
    update(turn, {strict: strict.without(host)});
    return;
  }
  const expiresUs = wallUs(turn.env.nowUs) + maxAgeS * 1_000_000;
  update(turn, {strict: strict.with(host, {expiresUs, includeSubDomains})});
  note(turn, {kind: 'strict-transport', op: 'stored', host, maxAgeS}, '6797:8.1/store');
};

/** Tells whether HSTS requires TLS for a host: the host itself asked for it, or a parent domain did with includeSubDomains (§8.2). */
const isStrict = ({state, env}: Turn, host: string): boolean => {
  const labels = canonicalHost(host).split('.');
  return labels.some((_, above) => {
    const known = state.strict.get(labels.slice(above).join('.'));
    return (
      known !== undefined && known.expiresUs > wallUs(env.nowUs) && (above === 0 || known.includeSubDomains)
    );
  });
};

/**
 * Returns the URL with https if its host requires TLS, and notes the change. Port 80 becomes 443, any other port that the URL names
 * stays (§8.3).
 */
export const overTls = (turn: Turn, url: HttpUrl): HttpUrl => {
  if (url.scheme !== 'http' || !turn.state.settings.secure || !isStrict(turn, url.host)) return url;
  const strict: HttpUrl = {...url, scheme: 'https', port: url.port === 80 ? 443 : url.port};
  note(
    turn,
    {kind: 'strict-transport', op: 'used', from: httpUrlText(url), to: httpUrlText(strict)},
    '6797:8.3/https',
  );
  return strict;
};

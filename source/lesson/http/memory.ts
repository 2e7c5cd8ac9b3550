// The parts of HTTP programs' memory that expressions can read: the cookies that a browser would send, the sessions of a server.
import {jarOn, sessionsOn} from '../../sim/http-apps.ts';
import type {Host} from '../../sim/world.ts';
import {httpMemorySentences} from '../../words/catalogue/lesson-values.ts';
import {hostAt, type When} from '../host-at.ts';
import {problemWith} from '../problem.ts';
import {noValue, type Value} from '../value.ts';

/**
 * The parts of `jar("www.abc.com")`: the cookies that a browser would send to the site's root, over HTTP unless the site begins with
 * `https://`.
 */
export const jarParts = ['size', 'cookies'] as const;

export type Jar = {readonly table: 'jar'; readonly site: string; readonly part: (typeof jarParts)[number]};

export const hostPropertiesOfHttp = {
  /** The number of the HTTP server's sessions that have not expired. */
  'sessions.count': ({count}) => count,
  /** The number of sessions that the HTTP server has created, including those that no longer exist. */
  'sessions.created': ({created}) => created,
} satisfies {readonly [property: string]: (sessions: NonNullable<ReturnType<typeof sessionsOn>>) => number};

type At = {readonly host: Host; readonly atUs: number};

/**
 * Returns the URL of a site's root, `http:` unless the site begins with `https://`. A cookie with Secure is only sent to `https:`
 * (RFC 6265 §5.4).
 */
export const rootOf = (site: string): string => `${site.startsWith('https://') ? '' : 'http://'}${site}/`;

/** Returns the text of an expression that reads a cookie jar, such as `client.jar("www.abc.com").size`. */
export const jarText = (host: string, {site, part}: Jar): string => `${host}.jar("${site}").${part}`;

export const inJar = (name: string, {site, part}: Jar, {host, atUs}: At): Value => {
  const sent =
    jarOn(host, rootOf(site), atUs) ?? noValue(problemWith(httpMemorySentences.inJar.sent, {name}));
  return part === 'size' ? {kind: 'number', value: sent.size} : {kind: 'text', value: sent.field};
};

export const httpPropertyAt = (
  name: string,
  property: keyof typeof hostPropertiesOfHttp,
  when: When,
): Value => {
  const sessions =
    sessionsOn(hostAt(name, when), when.atUs) ??
    noValue(problemWith(httpMemorySentences.httpPropertyAt.sessions, {name}));
  return {kind: 'number', value: hostPropertiesOfHttp[property](sessions)};
};

// The cookies of browsers and the sessions of servers at an instant, and which cookies a request for the present URL would carry
// (RFC 6265 §5.4).

import {entriesBetween, entriesOf, worldAt} from '../../account/entries.ts';
import {hostName} from '../../lesson/host-names.ts';
import {cookiesOn, type HeldCookie, type KeptSession, sessionTableOn} from '../../sim/http-apps.ts';
import type {Trace} from '../../sim/trace.ts';
import type {World} from '../../sim/world.ts';
import type {Cookie, Withheld} from '../../wire/http/cookie-jar.ts';
import {oncePer} from '../../wire/once-per.ts';
import {cookieTexts} from '../../words/catalogue/cookies.ts';
import {formatWhole} from '../../words/format.ts';
import {terminal} from '../../words/written.ts';
import {filledOf} from '../row-cursor.ts';
import {lastSeen, unlessAsked, worldBefore, worldSeen} from '../seen.ts';
import type {Subject} from '../subject.ts';
import type {View} from '../view.ts';

/** A cookie in a browser's jar; an open question hides the parts that it asks for. */
export type CookieLine = {
  readonly name: string;
  readonly value: string;
  /** The domain of a cookie; with a leading dot it also matches all hosts below that domain. */
  readonly domain: string;
  readonly path: string;
  readonly left: string;
  /** True if the cookie is kept when the browser is closed. */
  readonly persistent: boolean;
  /** The cookie's attributes by their names in Set-Cookie. */
  readonly flags: readonly string[];
  /** Tells whether the request for the present URL carries the cookie, or why not; `unknown` if no URL has been asked for. */
  readonly verdict: Withheld | 'sent' | 'unknown';
  readonly changed: boolean;
  readonly subject: Subject;
};

export type JarScene = {
  readonly host: string;
  readonly url: string | undefined;
  /** The number of the event with which the browser's program asks for the present URL; undefined if there is none. */
  readonly asked: number | undefined;
  /** True if the browser's program has asked for the URL but no request has been sent yet. */
  readonly waits: boolean;
  readonly lines: readonly CookieLine[];
};

export type SessionLine = {
  readonly id: string;
  readonly user: string;
  readonly left: string;
  readonly expired: boolean;
  readonly requests: string;
  /** The hosts that know the id of this HTTP session: it is in a cookie of theirs, or they copied it from another host's cookies. */
  readonly heldBy: readonly string[];
  readonly changed: boolean;
  readonly subject: Subject;
};

export type SessionScene = {readonly host: string; readonly lines: readonly SessionLine[]};

type Asked = {readonly n: number; readonly host: string; readonly url: string; readonly waits: boolean};

/** Returns the URLs that the browsers were told to fetch and those that they requested, in order. The two differ after a redirect. */
const askedUrls = oncePer((trace: Trace): readonly Asked[] => {
  const found: Asked[] = [];
  const origins = new Map<string, string>();
  for (const event of entriesBetween(trace, 1)) {
    const {n, host} = event;
    if (event.kind === 'call' && 'url' in event.action)
      found.push({n, host, url: event.action.url, waits: true});
    if (event.kind !== 'note') continue;
    const {note} = event;
    if (note.kind === 'http-connection' && note.op !== 'closing')
      origins.set(`${host} ${note.stream}`, note.origin);
    if (note.kind !== 'request' || note.op !== 'sent') continue;
    const origin = origins.get(`${host} ${note.stream}`) ?? `http://${note.host}`;
    found.push({n, host, url: `${origin}${note.target}`, waits: false});
  }
  return found;
});

type Moment = {
  readonly view: View;
  readonly seen: number;
  readonly hosts: World['hosts'];
  /** The states of the hosts just before the present instant, to find what has changed. */
  readonly earlier: World['hosts'];
  readonly shown: (text: string) => string;
};

const momentOf = (view: View): Moment => ({
  view,
  seen: lastSeen(view),
  hosts: worldSeen(view)?.hosts ?? {},
  earlier: worldBefore(view)?.hosts ?? {},
  shown: unlessAsked(view),
});

/** The number of characters of a session's id that are shown, enough to tell it from others. */
const idMost = 9;
export const brief = (text: string): string =>
  text.length > idMost ? `${terminal.text(text.slice(0, idMost - 1))}…` : terminal.text(text);

/** Formats a time in whole seconds, rounded up, so that it is 0 only if no time is left. */
const wholeSeconds = (us: number): string => formatWhole(Math.ceil(us / 1_000_000) * 1_000_000);

const flagsOf = ({secureOnly, httpOnly, sameSite}: Cookie): readonly string[] => [
  ...(secureOnly ? ['Secure'] : []),
  ...(httpOnly ? ['HttpOnly'] : []),
  ...(sameSite === undefined ? [] : [`SameSite=${sameSite}`]),
];

const same = (one: Cookie, other: Cookie): boolean =>
  one.name === other.name &&
  one.domain === other.domain &&
  one.path === other.path &&
  one.value === other.value &&
  one.expiresUs === other.expiresUs;

const cookieLine = (
  {view, shown}: Moment,
  {cookie, leftUs, withheld}: HeldCookie,
  {
    host,
    url,
    before,
  }: {
    readonly host: string;
    readonly url: string | undefined;
    readonly before: readonly HeldCookie[];
  },
): CookieLine => ({
  name: terminal.text(cookie.name),
  value: shown(brief(cookie.value)),
  domain: terminal.text(`${cookie.hostOnly ? '' : '.'}${cookie.domain}`),
  path: terminal.text(cookie.path),
  left: shown(leftUs === undefined ? cookieTexts.browserSession[view.language] : wholeSeconds(leftUs)),
  persistent: cookie.persistent,
  flags: flagsOf(cookie),
  verdict: url === undefined ? 'unknown' : (withheld ?? 'sent'),
  changed: !before.some((each) => same(each.cookie, cookie)),
  subject: {kind: 'cookie', host, name: cookie.name, domain: cookie.domain, path: cookie.path},
});

/** Returns the cookie jars of all browsers that have cookies; if none has any, only the first browser's empty jar. */
export const jarScenes = (view: View): readonly JarScene[] => {
  const moment = momentOf(view);
  const {seen, hosts, earlier} = moment;
  const {trace} = view.input;
  const jars = trace.header.hosts.flatMap(({name}) => {
    const asked = askedUrls(trace).findLast((each) => each.host === name && each.n <= seen);
    const url = asked?.url;
    const host = hosts[name];
    const held = host && cookiesOn(host, view.nowUs, url);
    const last = earlier[name];
    const before = (last && cookiesOn(last, view.nowUs, url)) ?? [];
    if (held === undefined) return [];
    const lines = held.map((cookie) => cookieLine(moment, cookie, {host: name, url, before}));
    const about = {url: url && terminal.text(url), asked: asked?.n, waits: asked?.waits ?? false};
    return [{host: hostName(trace, name)[view.language], ...about, lines}];
  });
  return filledOf(jars);
};

type Copied = {readonly n: number; readonly host: string; readonly values: readonly string[]};

/** Returns each use of another host's cookies in a run: which host copied them, when, and with which values. */
const copiedCookies = oncePer((trace: Trace): readonly Copied[] => {
  const found: Copied[] = [];
  for (const event of entriesOf(trace, 'call')) {
    if (!('url' in event.action)) continue;
    const {n, host, action, atUs} = event;
    const owner = action.cookiesFrom === undefined ? undefined : worldAt(trace, n)?.hosts[action.cookiesFrom];
    const held = (owner && cookiesOn(owner, atUs, undefined)) ?? [];
    const values = held.map(({cookie}) => cookie.value);
    if (values.length > 0) found.push({n, host, values});
  }
  return found;
});

const holders = ({view, seen, hosts}: Moment, id: string): readonly string[] =>
  view.input.trace.header.hosts.flatMap(({name}) => {
    const host = hosts[name];
    const held = (host && cookiesOn(host, view.nowUs, undefined)) ?? [];
    const copied = copiedCookies(view.input.trace).some(
      (copy) => copy.host === name && copy.n <= seen && copy.values.includes(id),
    );
    return copied || held.some(({cookie}) => cookie.value === id) ? [view.called(name)] : [];
  });

const sessionLine = (
  moment: Moment,
  session: KeptSession,
  {host, before}: {readonly host: string; readonly before: readonly KeptSession[]},
): SessionLine => {
  const {id, user, leftUs, requests} = session;
  const {shown} = moment;
  return {
    id: shown(brief(id)),
    user: shown(terminal.text(user ?? '')),
    left: shown(wholeSeconds(leftUs)),
    expired: leftUs === 0,
    requests: shown(String(requests)),
    heldBy: holders(moment, id),
    changed: !before.some((each) => each.id === id && each.requests === requests),
    subject: {kind: 'session', host, id},
  };
};

/** Returns the session tables of all servers that have sessions; if none has, the first server's empty one. */
export const sessionScenes = (view: View): readonly SessionScene[] => {
  const moment = momentOf(view);
  const {trace} = view.input;
  const tables = trace.header.hosts.flatMap(({name}) => {
    const host = moment.hosts[name];
    const kept = host && sessionTableOn(host, view.nowUs);
    const last = moment.earlier[name];
    const before = (last && sessionTableOn(last, view.nowUs)) ?? [];
    if (kept === undefined) return [];
    const lines = kept.map((session) => sessionLine(moment, session, {host: name, before}));
    return [{host: hostName(trace, name)[view.language], lines}];
  });
  return filledOf(tables);
};

const usesCookies = oncePer((trace: Trace): boolean => {
  if (worldAt(trace, 0) === undefined) return false;
  for (const {note} of entriesOf(trace, 'note'))
    if (note.kind === 'cookie' || note.kind === 'session') return true;
  return false;
});

/** Tells whether the run has a cookie or a session anywhere. */
export const hasCookies = ({input: {trace}}: View): boolean => usesCookies(trace);

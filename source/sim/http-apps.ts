// Gives layers that may not import the stack the HTTP programs: their settings and what they know.

import {type HttpClientSettings, httpClientDefaults} from '../stack/http/client-settings.ts';
import type {HttpState} from '../stack/http/program.ts';
import {type HttpServerSettings, httpServerDefaults} from '../stack/http/server-settings.ts';
import {expireSessions, type Session} from '../stack/http/sessions.ts';
import {wallUs} from '../stack/http/wall-clock.ts';
import {type Cookie, cookiesFor, type Withheld, whyWithheld} from '../wire/http/cookie-jar.ts';
import {readHttpUrl} from '../wire/http/uri.ts';
import {isHttp} from './app-name.ts';
import type {AppSpec} from './apps.ts';
import type {Host} from './world.ts';

export type {HttpClientSettings, HttpServerSettings};

export const serverApp = (changes: Partial<HttpServerSettings>): AppSpec => ({
  app: changes.secure ? `https:${changes.port ?? 443}` : 'http',
  spec: {role: 'server', settings: {...httpServerDefaults, ...changes}},
});

export const browserApp = (changes: Partial<HttpClientSettings>): AppSpec => ({
  app: 'http',
  spec: {role: 'client', settings: {...httpClientDefaults, ...changes}},
});

type Sent = {readonly size: number; readonly field: string};

const browserOn = ({apps}: Host): Extract<HttpState, {readonly role: 'client'}> | undefined => {
  const app = apps.get('http');
  return app?.app === 'http' && app.state.role === 'client' ? app.state : undefined;
};

/** Returns the cookies that the host's browser would send with a request for the URL; undefined if it has no browser, or this is no URL. */
export const jarOn = (host: Host, url: string, nowUs: number): Sent | undefined => {
  const browser = browserOn(host);
  const asked = readHttpUrl(url);
  if (!browser || !asked) return undefined;
  const {sent, field = ''} = cookiesFor(browser.jar, {url: asked, nowUs: wallUs(nowUs), api: 'http'});
  return {size: sent.length, field};
};

/** Returns the HTTP server of the host, the first one if there are several; undefined if there is none. */
const serverOn = ({apps}: Host): Extract<HttpState, {readonly role: 'server'}> | undefined => {
  for (const app of apps.values()) if (isHttp(app) && app.state.role === 'server') return app.state;
  return undefined;
};

/**
 * Returns how many sessions the host's HTTP server has: unexpired ones (`count`), and all that it ever made (`created`). Undefined if
 * nothing on the host serves HTTP.
 */
export const sessionsOn = (
  host: Host,
  nowUs: number,
): {readonly count: number; readonly created: number} | undefined => {
  const server = serverOn(host);
  if (!server) return undefined;
  const {sessions, settings} = server;
  const {live} = expireSessions(sessions, settings.sessions.idleUs, nowUs).sessions;
  return {count: live.size, created: sessions.made};
};

/**
 * A cookie in a browser. `leftUs` is undefined for a cookie that lives as long as the browser. `withheld` is the reason why it is not sent
 * to the current URL.
 */
export type HeldCookie = {
  readonly cookie: Cookie;
  readonly leftUs: number | undefined;
  readonly withheld: Withheld | undefined;
};

/** Returns the cookies of the host's browser in order of creation. Without a URL none is withheld. Undefined if the host has no browser. */
export const cookiesOn = (
  host: Host,
  nowUs: number,
  url: string | undefined,
): readonly HeldCookie[] | undefined => {
  const asked = url === undefined ? undefined : readHttpUrl(url);
  const wall = wallUs(nowUs);
  return browserOn(host)?.jar.cookies.map((cookie) => ({
    cookie,
    leftUs: cookie.persistent ? Math.max(0, cookie.expiresUs - wall) : undefined,
    withheld: asked && whyWithheld(cookie, {url: asked, nowUs: wall, api: 'http'}),
  }));
};

/**
 * A session of a server. `leftUs` is the time until it expires if nobody uses it for `limitUs`; at 0 it is removed by the next request that
 * asks for any session.
 */
export type KeptSession = Session & {readonly leftUs: number; readonly limitUs: number};

/** Returns the sessions of the host's HTTP server; undefined if nothing on the host serves HTTP. */
export const sessionTableOn = (host: Host, nowUs: number): readonly KeptSession[] | undefined => {
  const server = serverOn(host);
  if (!server) return undefined;
  const {sessions, settings} = server;
  const limitUs = settings.sessions.idleUs;
  return [...sessions.live.values()].map((session) => ({
    ...{...session, limitUs},
    leftUs: Math.max(0, session.usedUs + limitUs - nowUs),
  }));
};

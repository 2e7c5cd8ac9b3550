// Gives rooms that may not import the stack access to the HTTP programs of simulated hosts: their settings, cookies and sessions.

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

/**
 * Returns how many cookies the host's browser would send with a request for the URL, and the Cookie field; undefined if it has no browser,
 * or this is no URL.
 */
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
 * A cookie in a simulated browser. `leftUs` is the time until it expires; undefined if it lasts until the browser closes. `withheld` is the
 * reason why it is not sent to the current URL; undefined if it is sent.
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
 * A session on a simulated HTTP server. `leftUs` is the time until it expires if it is not used; each use sets it to `limitUs` again. At 0,
 * the next request for any session removes it.
 */
export type KeptSession = Session & {readonly leftUs: number; readonly limitUs: number};

/** Returns all sessions that a host's HTTP server stores, also expired ones; undefined if the host has no HTTP server. */
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

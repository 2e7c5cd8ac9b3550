// Adds TLS settings to the browsers of a run in which any site or requested URL uses TLS.
import {isHttp} from '../../sim/app-name.ts';
import {browserApp, type HttpClientSettings} from '../../sim/http-apps.ts';
import type {Begun, RunningApp} from '../vocabulary.ts';
import {rootsIn} from './certificates.ts';

type Client = {readonly host: string; readonly settings: HttpClientSettings};

const clientIn = ({host, spec}: RunningApp): Client | undefined =>
  spec.app === 'http' && spec.spec.role === 'client' ? {host, settings: spec.spec.settings} : undefined;

const servesSecurely = ({spec}: RunningApp): boolean =>
  isHttp(spec) && spec.spec.role === 'server' && spec.spec.settings.secure !== undefined;

const asksSecurely = ({script}: Begun): boolean =>
  script.some(({action}) => {
    const urls = 'urls' in action ? action.urls : 'url' in action ? [action.url] : [];
    return urls.some((url) => /^https:/i.test(url));
  });

/** Joins each host's browser with the TLS settings for it, which lessons write as a separate application. */
const joined = (apps: readonly RunningApp[]): readonly RunningApp[] => {
  const secure = new Map<string, NonNullable<HttpClientSettings['secure']>>();
  for (const app of apps) {
    const client = clientIn(app);
    if (client?.settings.secure) secure.set(client.host, client.settings.secure);
  }
  const seen = new Set<string>();
  // Entries without TLS settings come first, because a host keeps only its first entry with all other settings of the browser.
  const order = apps.toSorted(
    (a, b) =>
      Number(clientIn(a)?.settings.secure !== undefined) - Number(clientIn(b)?.settings.secure !== undefined),
  );
  return order.flatMap((app): readonly RunningApp[] => {
    const client = clientIn(app);
    if (!client) return [app];
    if (seen.has(client.host)) return [];
    seen.add(client.host);
    const own = secure.get(client.host);
    return own ? [{host: client.host, spec: browserApp({...client.settings, secure: own})}] : [app];
  });
};

export const withSecureClients = (begun: Begun): readonly RunningApp[] => {
  const apps = joined(begun.apps);
  if (!apps.some(servesSecurely) && !asksSecurely(begun)) return apps;
  return apps.map((app): RunningApp => {
    const client = clientIn(app);
    if (!client || client.settings.secure) return app;
    const secure = {roots: rootsIn(begun.beside)};
    return {host: client.host, spec: browserApp({...client.settings, secure})};
  });
};

// Adds TLS to browsers wherever a run uses it.
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

/** Makes one browser of a host's browser and its TLS settings, which lessons write separately. */
const joined = (apps: readonly RunningApp[]): readonly RunningApp[] => {
  const secure = new Map<string, NonNullable<HttpClientSettings['secure']>>();
  for (const app of apps) {
    const client = clientIn(app);
    if (client?.settings.secure) secure.set(client.host, client.settings.secure);
  }
  const seen = new Set<string>();
  // Settings of the browser itself come first.
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

// Adds browsers where a script needs them, and finds the hosts that the names in URLs mean.
import type {AppAction} from '../../sim/action.ts';
import {isHttp} from '../../sim/app-name.ts';
import {browserApp, type HttpClientSettings} from '../../sim/http-apps.ts';
import type {Cause, HostSpec} from '../../sim/scenario.ts';
import {readHttpUrl} from '../../wire/http/uri.ts';
import type {Begun, RunningApp} from '../vocabulary.ts';

const httpCalls = ['get', 'post', 'request', 'open', 'pipeline', 'closeBrowser'] as const;

type HttpAction = Extract<AppAction, {readonly call: (typeof httpCalls)[number]}>;

const isHttpAction = (action: Cause['action']): action is HttpAction =>
  httpCalls.some((call) => call === action.call);

const urlsOf = (action: HttpAction): readonly string[] => {
  if (action.call === 'closeBrowser') return [];
  return action.call === 'pipeline' ? action.urls : [action.url];
};

const addressOf = (host: string, hosts: readonly HostSpec[]): string | undefined =>
  hosts.find(({name}) => name === host)?.interfaces[0]?.ip;

type Server = {readonly host: string; readonly sites: readonly string[]; readonly leadsTo: readonly string[]};

/** Returns the HTTP servers among the applications of a run, except those that answer in another host's name. */
const serversOf = (apps: readonly RunningApp[]): readonly Server[] =>
  apps.flatMap(({host, spec, inNameOf}) => {
    if (inNameOf !== undefined || !isHttp(spec) || spec.spec.role !== 'server') return [];
    const {routes, virtualHosts = []} = spec.spec.settings;
    const all = [...routes, ...virtualHosts.flatMap((site) => site.routes)];
    return [
      {
        host,
        sites: virtualHosts.map((site) => site.host),
        leadsTo: all.flatMap(({redirect}) => redirect ?? []),
      },
    ];
  });

type Table = HttpClientSettings['hosts'];

const tableOf = (
  names: Iterable<readonly [string, string]>,
  hosts: readonly HostSpec[],
): readonly (readonly [string, string])[] =>
  [...names].flatMap(([name, host]) => {
    const address = addressOf(host, hosts);
    return address === undefined ? [] : [[name, address] as const];
  });

/** Maps the names in URLs to addresses of hosts, for browsers that ask no DNS (http/scalars.ts, `isKnown`). */
const withoutDns = ({hosts, script, apps}: Begun): Table => {
  const servers = serversOf(apps);
  const [only, ...others] = new Set(servers.map(({host}) => host));
  const asked = script.flatMap(({action}) => (isHttpAction(action) ? urlsOf(action) : []));
  const mentioned = [...asked, ...servers.flatMap(({leadsTo}) => leadsTo)].flatMap(
    (each) => readHttpUrl(each)?.host ?? [],
  );
  const guessed =
    only !== undefined && others.length === 0 ? mentioned.map((name) => [name, only] as const) : [];
  const sites = servers.flatMap(({host, sites: names}) => names.map((name) => [name, host] as const));
  const own = hosts.map(({name}) => [name, name] as const);
  return Object.fromEntries(tableOf([...guessed, ...sites, ...own], hosts));
};

/**
 * Returns the applications of a run, with a browser added for every host that makes an HTTP call and has none. A browser uses the DNS
 * resolver on its host, if there is one.
 */
export const withBrowsers = (begun: Begun): readonly RunningApp[] => {
  const {hosts, script, apps} = begun;
  const callers = new Set(script.flatMap(({host, action}) => (isHttpAction(action) ? [host] : [])));
  const has = (caller: string, app: RunningApp['spec']['app']): boolean =>
    apps.some(({host, spec}) => host === caller && spec.app === app);
  const missing = [...callers].filter((host) => !has(host, 'http'));
  const all = [...apps, ...missing.map((host): RunningApp => ({host, spec: browserApp({})}))];
  return all.map((each): RunningApp => {
    const {host, spec} = each;
    if (spec.app !== 'http' || spec.spec.role !== 'client') return each;
    const dns = apps.some(
      (other) => other.host === host && other.spec.app === 'dns' && other.spec.spec.role !== 'authority',
    );
    const own = tableOf(
      hosts.map(({name}) => [name, name] as const),
      hosts,
    );
    const table = dns ? Object.fromEntries(own) : withoutDns(begun);
    return {host, spec: browserApp({...spec.spec.settings, hosts: table, dns})};
  });
};

// The default pair of hosts, 50 ms apart, with a browser on one and a web server on the other.
import type {AppAction} from '../../source/sim/action.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {type HttpClientSettings, httpClientDefaults} from '../../source/stack/http/client-settings.ts';
import type {HttpNote} from '../../source/stack/http/note.ts';
import type {Route} from '../../source/stack/http/route.ts';
import {type HttpServerSettings, httpServerDefaults} from '../../source/stack/http/server-settings.ts';
import {type HttpMessage, messagesOf} from '../../source/wire/http/message.ts';
import {feed, requestParser, responseParser} from '../../source/wire/http/parser.ts';
import {ropeToBytes} from '../../source/wire/rope.ts';
import {pairScenario} from './scenarios.ts';
import {eventsOf} from './traces.ts';

export const site = 'http://www.example.com';

export const at = (atMs: number, action: AppAction, host = 'client'): Cause => ({
  when: {kind: 'at', atUs: atMs * 1000},
  host,
  action,
});

/** Once the answer to the call of that name has come. */
export const after = (of: string, action: AppAction, afterMs = 0): Cause => ({
  when: {kind: 'on', host: 'client', event: 'answered', of, afterUs: afterMs * 1000},
  host: 'client',
  action,
});

export const get = (path: string, more: Partial<Extract<AppAction, {call: 'get'}>> = {}): AppAction => ({
  call: 'get',
  url: `${site}${path}`,
  ...more,
});

type Setting = {
  readonly routes: readonly Route[];
  readonly server?: Partial<HttpServerSettings>;
  readonly client?: Partial<HttpClientSettings>;
  readonly change?: Partial<Scenario>;
};

export const httpScenario = (
  script: readonly Cause[],
  {routes, server = {}, client = {}, change = {}}: Setting,
): Scenario =>
  pairScenario(script, {
    apps: [
      {
        host: 'server',
        spec: {app: 'http', spec: {role: 'server', settings: {...httpServerDefaults, routes, ...server}}},
      },
      {
        host: 'client',
        spec: {
          app: 'http',
          spec: {
            role: 'client',
            settings: {...httpClientDefaults, hosts: {'www.example.com': '198.51.100.20'}, ...client},
          },
        },
      },
    ],
    limitUs: 7_200_000_000,
    ...change,
  });

/** The same with a second browser behind another link. */
export const withThief = ({hosts, links, apps = [], ...scenario}: Scenario): Scenario => {
  const [client, server] = hosts;
  if (!client || !server) throw new Error('no pair');
  const port = (link: string, ip: string, mac: string) => ({link, ip, mac});
  const behind = port('behind', '198.51.100.20', '02:00:00:00:00:12');
  const thief = {...client, name: 'thief', interfaces: [port('behind', '203.0.113.9', '02:00:00:00:00:09')]};
  return {
    ...scenario,
    hosts: [client, {...server, interfaces: [...server.interfaces, behind]}, thief],
    links: [...links, {name: 'behind', between: ['server', 'thief'], delayUs: 5000, loss: 0, mtu: 1500}],
    apps: [...apps, ...apps.filter(({host}) => host === 'client').map((app) => ({...app, host: 'thief'}))],
  };
};

export const notesOf = <Kind extends HttpNote['kind']>(
  trace: Trace,
  kind: Kind,
  host?: string,
): Extract<HttpNote, {readonly kind: Kind}>[] =>
  eventsOf(trace, 'note')
    .filter((event) => host === undefined || event.host === host)
    .map(({note}) => note)
    .filter((note): note is Extract<HttpNote, {readonly kind: Kind}> => note.kind === kind);

/** Answers of the client's calls, in the order in which they came. */
export const answersOf = (trace: Trace) =>
  eventsOf(trace, 'answer').flatMap(({atUs, answer}) => ('exchanges' in answer ? [{atUs, ...answer}] : []));

export type Flow = {
  readonly port: number;
  readonly bytes: Readonly<Record<'client' | 'server', Uint8Array>>;
  readonly requests: readonly HttpMessage[];
  readonly responses: readonly HttpMessage[];
};

const concat = (pieces: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(pieces.flatMap((each) => [...each]));

/** Each connection's two streams out of the packets, without what was sent again, read by the wire's own parser. */
export const flowsOf = (trace: Trace): readonly Flow[] => {
  const flows = new Map<number, {client: Uint8Array[]; server: Uint8Array[]}>();
  for (let id = 1; id <= trace.packetCount; id++) {
    const {frame, from, retransmission} = trace.packet(id);
    const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
    if (transport?.kind !== 'tcp' || retransmission) continue;
    const {srcPort, dstPort, payload} = transport.segment;
    const port = from === 'server' ? dstPort : srcPort;
    const flow = flows.get(port) ?? {client: [], server: []};
    flows.set(port, flow);
    flow[from === 'server' ? 'server' : 'client'].push(ropeToBytes(payload));
  }
  return [...flows].map(([port, {client, server}]) => {
    const bytes = {client: concat(client), server: concat(server)};
    const requests = messagesOf(feed(requestParser(), bytes.client).parts).messages;
    const methods = requests.map(({head}) => (head.start.kind === 'request' ? head.start.method : ''));
    const responses = messagesOf(feed(responseParser(methods), bytes.server).parts).messages;
    return {port, bytes, requests, responses};
  });
};

export const statusesOf = (flow: Flow | undefined): readonly (number | undefined)[] =>
  (flow?.responses ?? []).map(({head}) => (head.start.kind === 'response' ? head.start.status : undefined));

// The network of curriculum lesson 20: a stub, its resolver, a router, and the servers of the root, of com and of abc.com.
import type {AppAction, LinkSpec} from '../../source/sim/action.ts';
import type {Cause, HostSpec, Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {resolverDefaults} from '../../source/stack/dns/resolver-settings.ts';
import {stubDefaults} from '../../source/stack/dns/stub-settings.ts';
import type {ZoneData} from '../../source/stack/dns/zone-check.ts';
import {parseZone} from '../../source/stack/dns/zone-file.ts';
import {decodeDns} from '../../source/wire/dns/decode.ts';
import type {DnsMessage} from '../../source/wire/dns/message.ts';
import {ropeToBytes} from '../../source/wire/rope.ts';

const zone = (text: string): ZoneData => {
  const parsed = parseZone(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
};

export const rootZone = zone(`. 86400 SOA a.root. admin.root. 1 7200 3600 1209600 3600
. NS a.root.
a.root. A 198.51.100.1
com. NS dns.com.
dns.com. A 198.51.100.2
`);
export const comZone = zone(`com. 86400 SOA dns.com. admin.com. 1 7200 3600 1209600 3600
com. NS dns.com.
dns.com. A 198.51.100.2
abc.com. NS dns.abc.com.
dns.abc.com. A 203.0.113.53
`);
/** `big` has 900 octets of text, as in lesson 22. */
export const abcZone = zone(`$ORIGIN abc.com.
$TTL 300
@ SOA dns admin 1 7200 3600 1209600 60
@ NS dns
dns A 203.0.113.53
y A 203.0.113.80
www CNAME y
big TXT ${Array.from({length: 4}, (_, i) => `"${`${i}`.repeat(225)}"`).join(' ')}
`);

const host = (name: string, interfaces: readonly (readonly [link: string, ip: string])[]): HostSpec => ({
  name,
  interfaces: interfaces.map(([link, ip], index) => ({
    link,
    ip,
    mac: `02:00:00:${[name.length, name.charCodeAt(0), index].map((n) => n.toString(16).padStart(2, '0')).join(':')}`,
  })),
  router: name === 'r1',
  tcp: {},
});

const link = (name: string, between: readonly [string, string], delayUs: number): LinkSpec => ({
  name,
  between,
  delayUs,
  loss: 0,
  mtu: 1500,
});

export const ask = (atMs: number, action: AppAction, on = 'm'): Cause => ({
  when: {kind: 'at', atUs: atMs * 1000},
  host: on,
  action,
});

export const dnsScenario = (script: readonly Cause[], change: Partial<Scenario> = {}): Scenario => ({
  profile: 'linux',
  seed: 1,
  hosts: [
    host('m', [['stub', '192.0.2.10']]),
    host('local', [
      ['stub', '192.0.2.53'],
      ['lan', '192.0.2.53'],
    ]),
    host('r1', [
      ['lan', '192.0.2.1'],
      ['toroot', '198.51.100.254'],
      ['totld', '198.51.100.253'],
      ['toauth', '203.0.113.1'],
    ]),
    host('root', [['toroot', '198.51.100.1']]),
    host('tld', [['totld', '198.51.100.2']]),
    host('auth', [['toauth', '203.0.113.53']]),
  ],
  links: [
    link('stub', ['m', 'local'], 5000),
    link('lan', ['local', 'r1'], 0),
    link('toroot', ['r1', 'root'], 20_000),
    link('totld', ['r1', 'tld'], 20_000),
    link('toauth', ['r1', 'auth'], 20_000),
  ],
  arp: false,
  apps: [
    {
      host: 'm',
      spec: {app: 'dns', spec: {role: 'stub', settings: {...stubDefaults, servers: ['192.0.2.53']}}},
    },
    {
      host: 'local',
      spec: {
        app: 'dns',
        spec: {
          role: 'recursive',
          settings: {
            ...resolverDefaults,
            roots: [{name: 'a.root.', addresses: ['198.51.100.1']}],
            ednsSize: undefined,
          },
        },
      },
    },
    ...[
      {host: 'root', zones: [rootZone]},
      {host: 'tld', zones: [comZone]},
      {host: 'auth', zones: [abcZone]},
    ].map(({host: on, zones}) => ({
      host: on,
      spec: {app: 'dns', spec: {role: 'authority', settings: {zones}}} as const,
    })),
  ],
  script,
  faults: [],
  until: 'quiet',
  limitUs: 600_000_000,
  ...change,
});

/** The DNS messages of a run over UDP, in order of sending. */
export const messagesOf = (
  trace: Trace,
): {readonly from: string; readonly to: string; readonly message: DnsMessage}[] =>
  Array.from({length: trace.packetCount}, (_, i) => trace.packet(i + 1)).flatMap(({from, to, frame}) => {
    const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
    if (transport?.kind !== 'udp') return [];
    const message = decodeDns(ropeToBytes(transport.datagram.payload));
    return message.ok ? [{from, to, message: message.value}] : [];
  });

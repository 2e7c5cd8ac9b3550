// Finds the addresses of the parties of a finding, and the one of the party to ask, as far as the capture shows them.
import type {Endpoint} from '../observe/observed-connection.ts';
import {oncePer} from '../wire/once-per.ts';
import {serviceOn} from '../wire/usual-services.ts';
import type {Evidence} from './evidence.ts';
import type {About, Finding} from './finding.ts';
import {clientOf, serverOf} from './sides.ts';
import {addressOf} from './silent-servers.ts';

/** The address of a party. `role` says whether the packets show that it is the client, server or router, or only its port makes us guess. */
export type Party = {readonly host: string; readonly role: 'seen' | 'guessed'};

export type Parties = {
  readonly client: Party | undefined;
  /** The server, the name server, or the host that was asked for. */
  readonly server: Party | undefined;
  /** The host, mostly a router, that reported something by ICMP. */
  readonly router: Party | undefined;
};

const nobody: Parties = {client: undefined, server: undefined, router: undefined};

const seen = (host: string | undefined): Party | undefined =>
  host === undefined || host === '' ? undefined : {host, role: 'seen'};

const between = (client: Endpoint, server: Endpoint, isSeen: boolean): Parties => {
  const role = isSeen ? 'seen' : 'guessed';
  return {...nobody, client: {host: client.address, role}, server: {host: server.address, role}};
};

/** Returns the numbers of the UDP conversations that carry QUIC, in which the client's first packet was seen. */
const quicIn = oncePer(
  ({quic}: Evidence) =>
    new Set(
      quic.flatMap(({connection, conversation}) => (connection.versions.length > 0 ? [conversation] : [])),
    ),
);

/** Returns the clients and servers that asked each other for each DNS name, as `address:port`. */
const namesIn = oncePer(({dns}: Evidence) => {
  const names = new Map<string, {readonly clients: Set<string>; readonly servers: Set<string>}>();
  for (const {question, client, server} of dns) {
    const name = question?.name.toLowerCase() ?? '';
    const known = names.get(name) ?? {clients: new Set(), servers: new Set()};
    names.set(name, known);
    known.clients.add(addressOf(client));
    known.servers.add(server);
  }
  return names;
});

const only = (all: ReadonlySet<string> | undefined): string | undefined =>
  all?.size === 1 ? [...all][0] : undefined;

/** Tells whether a port is that of a known service, so that the end that has it is the server. */
const isServed = (port: number): boolean => serviceOn('udp', port) !== undefined;

/** Returns the server at `address:port`, such as a name server. */
const servingAt = (server: string | undefined): Party | undefined => {
  if (server === undefined) return undefined;
  const isKnown = isServed(Number(server.slice(server.lastIndexOf(':') + 1)));
  return {host: addressOf(server), role: isKnown ? 'seen' : 'guessed'};
};

/** Returns the ends of a conversation that is not TCP, by its name in the list of conversations. */
const conversationEnds = (evidence: Evidence, name: string): Parties => {
  const {udp, icmp} = evidence.inspector;
  const index = Number(name.slice(1)) - 1;
  const datagrams = name.startsWith('u') ? udp.all[index] : undefined;
  if (datagrams) {
    const [client, server] = datagrams.ends;
    return between(client, server, isServed(server.port) || quicIn(evidence).has(datagrams.id));
  }
  const asked = name.startsWith('i') ? icmp.echoes[index] : icmp.traces[index];
  return asked ? {...nobody, client: seen(asked.from), server: seen(asked.to)} : nobody;
};

const endsOf = (evidence: Evidence, about: About): Parties => {
  if ('connection' in about) {
    const connection = evidence.inspector.connections[about.connection - 1];
    return connection
      ? between(clientOf(connection), serverOf(connection), connection.course.synFrom !== undefined)
      : nobody;
  }
  if ('conversation' in about) return conversationEnds(evidence, about.conversation);
  if (!('name' in about)) return nobody;
  const known = namesIn(evidence).get(about.name.toLowerCase());
  // A name of a search list was asked for only with suffixes.
  const clients = known?.clients ?? new Set(evidence.dns.map(({client}) => addressOf(client)));
  return {...nobody, client: seen(only(clients)), server: servingAt(only(known?.servers))};
};

/** Returns the parties that the facts of a finding name. */
const namedIn = (finding: Finding): Partial<Parties> => {
  const {id, facts, about} = finding;
  switch (id) {
    case 'refused-by-icmp':
      return {router: seen(facts.from)};
    case 'mtu-lowered':
      return {router: seen(facts.router)};
    case 'route-loop':
      return {router: seen(facts.routers[0])};
    case 'ttl-expired':
    case 'port-unreachable':
    case 'admin-prohibited':
    case 'host-unreachable':
    case 'net-unreachable':
    case 'too-big':
    case 'icmp-error':
      return {
        router: seen(facts.by),
        ...('hosts' in about && {client: seen(facts.from), server: seen(facts.to)}),
      };
    case 'port-scan':
      return {client: seen(facts.source), server: seen(facts.host)};
    case 'fragment-flood':
      return {client: seen(facts.from), server: seen(facts.to)};
    case 'syn-flood':
      return {server: seen(facts.server)};
    case 'arp-unanswered':
      return {client: seen(facts.asker), server: seen(facts.address)};
    case 'arp-two-macs':
    case 'address-conflict':
      return {server: seen(facts.address)};
    case 'dhcp-no-offer':
    case 'dhcp-nak':
      return {server: seen(facts.server)};
    case 'ipv6-silent':
    case 'ipv6-refused':
      return {server: seen(facts.first)};
    default:
      return 'server' in facts ? {server: servingAt(facts.server)} : {};
  }
};

export const partiesOf = (evidence: Evidence, finding: Finding): Parties => ({
  ...endsOf(evidence, finding.about),
  ...namedIn(finding),
});

/** Returns the address of the party to ask about a finding; undefined if it is not one address. */
export const hostOf = ({where}: Finding, {client, server, router}: Parties): Party | undefined => {
  switch (where) {
    case 'client':
    case 'client-program':
      return client;
    case 'server':
      // A server that reported the problem itself is named by its own message.
      return router ?? server;
    case 'server-program':
    case 'name-server':
      return server;
    case 'path':
      return router;
    default:
      return undefined;
  }
};

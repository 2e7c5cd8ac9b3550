// The calls of attackers and of the network: forged SYNs, old duplicates, links that change.
import * as z from 'zod/mini';
import type {Action, LinkChange} from '../../sim/action.ts';
import {given} from '../../sim/given.ts';
import {parseIpAddress} from '../../wire/ip-address.ts';
import {worldCallsSentences} from '../../words/catalogue/lesson.ts';
import {problemWith, unknownWord} from '../problem.ts';
import {bitsOf, bytesOf, microseconds, shareOf} from '../quantity.ts';
import {boolean, host, name, port, positive, socket, string} from '../scalars.ts';
import {type LinkFile, linkSettings} from '../schema-topology.ts';
import {conditions, portal} from '../tcp/constructs.ts';
import {type Construct, construct, hostless, type Place} from '../vocabulary.ts';

/** The settings of a link that a lesson may change during a run. */
type LinkChangeFile = Omit<LinkFile, 'name' | 'between'>;

const linkChange = ({delay, rate, queue, loss, mtu}: LinkChangeFile): LinkChange =>
  given({
    delayUs: delay === undefined ? undefined : microseconds(delay),
    rateBps: rate === undefined ? undefined : bitsOf(rate),
    queueBytes: queue === undefined ? undefined : bytesOf(queue),
    loss: loss === undefined ? undefined : shareOf(loss),
    mtu,
  });

type Source = Extract<Action, {call: 'spoofSyn'}>['source'];

/** Returns the address as a number; undefined if it is no IPv4 address. */
const ipv4Number = (address: string): number | undefined => {
  const parsed = parseIpAddress(address);
  return parsed.ok && parsed.value.length === 4
    ? [...parsed.value].reduce((sum, octet) => sum * 256 + octet, 0)
    : undefined;
};

/** Reads an address `203.0.113.1`, or a range of IPv4 addresses `203.0.113.1-203.0.113.200`. */
const readSource = (source: string, {path, problems}: Place): Source | undefined => {
  const [first = '', last, ...more] = source.split('-');
  if (last === undefined && parseIpAddress(first).ok) return {first, count: 1};
  const [from, to] = [ipv4Number(first), ipv4Number(last ?? '')];
  if (from !== undefined && to !== undefined && to >= from && more.length === 0)
    return {first, count: to - from + 1};
  problems.add([...path, 'source'], problemWith(worldCallsSentences.readSource, {source}));
  return undefined;
};

export const spoofSyn: Construct<Action> = construct(
  {to: socket, source: string, from: z.optional(port)},
  ({to, source, from}, place) => {
    const {path, names, problems} = place;
    const found = readSource(source, place);
    const known = problems.host([...path, 'to'], portal(to).host, names.hosts);
    return found && known ? {call: 'spoofSyn', to: portal(to), source: found, ...given({from})} : undefined;
  },
);

/** The packet to replay, as a selector describes it. Its conditions are checked below. */
const earlier = z.looseObject({
  sends: host,
  ...conditions.shape,
  tls: z.optional(z.strictObject({message: string})),
  nth: z.optional(positive),
});

export const replay: Construct<Action> = hostless(
  construct({of: earlier, to: z.optional(socket)}, ({of, to}, place) => {
    const {path, names, problems} = place;
    const before = problems.found.length;
    if (to !== undefined) problems.host([...path, 'to'], portal(to).host, names.hosts);
    const {sends, nth = 1, tls, ...rest} = of;
    problems.host([...path, 'of', 'sends'], sends, [...names.hosts, 'any']);
    const known = Object.keys(conditions.shape);
    for (const key of Object.keys(rest)) {
      const where = [...path, 'of', key];
      if (!known.includes(key))
        problems.add(where, unknownWord(worldCallsSentences.replay, key, ['sends', ...known, 'nth']), {
          onKey: true,
        });
    }
    const asked = conditions.compile(rest, place);
    if (problems.found.length > before || !asked) return undefined;
    const which = given({host: sends === 'any' ? undefined : sends, tlsMessage: tls?.message});
    const target = to === undefined ? {} : {to: portal(to)};
    return {call: 'replay', of: {...asked, ...which}, nth, ...target};
  }),
);

export const setLink: Construct<Action> = hostless(
  construct(
    {link: name, up: z.optional(boolean), ...linkSettings},
    ({link, up, ...settings}, {path, names, problems}) => {
      const links = (names.links ?? []).map((each) => each.name);
      if (!problems.knows([...path, 'link'], worldCallsSentences.setLink.itself, link, links))
        return undefined;
      const change = {...linkChange(settings), ...given({up})};
      if (Object.keys(change).length > 0) return {call: 'setLink', link, change};
      problems.add(path, problemWith(worldCallsSentences.setLink, {link}));
      return undefined;
    },
  ),
);

// A name with addresses of both families, tried side by side (RFC 8305 §5): the first attempt was slow, the other was used.
import {worded} from '../../lesson/text.ts';
import type {DnsTransaction} from '../../observe/dns-transactions.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {briefTexts, findingTexts as say} from '../../words/catalogue/inspect.ts';
import {formatLength} from '../../words/format.ts';
import {namesOf} from './asked-names.ts';
import type {Finding} from './finding.ts';
import {grouped} from './grouped.ts';

/** The longest that RFC 8305 §8 lets a client wait before the next attempt; in microseconds. */
const mostDelayUs = 2_000_000;

const isSix = (address: string): boolean => address.includes(':');

const bytesOf = (connection: ObservedConnection): number =>
  connection.half(0).payloadBytes + connection.half(1).payloadBytes;

const serverOf = ({client, ends}: ObservedConnection) => ends[client === 0 ? 1 : 0];

const findingOf = (name: string, first: ObservedConnection, second: ObservedConnection): Finding[] => {
  const [one, other] = [serverOf(first).address, serverOf(second).address];
  const delayUs = second.firstUs - first.firstUs;
  const wasUsed = [first, second].map((each) => bytesOf(each) > 0);
  if (isSix(one) === isSix(other) || delayUs > mostDelayUs || wasUsed[0] === wasUsed[1]) return [];
  const used = wasUsed[0] ? one : other;
  const text = worded(say.happyEyeballs, {name, first: one, second: other, us: formatLength(delayUs), used});
  return [{weight: 56, connection: second.id, text, brief: briefTexts.happyEyeballs}];
};

export const eyeballFindings = (
  connections: readonly ObservedConnection[],
  dns: readonly DnsTransaction[],
): readonly Finding[] => {
  const names = namesOf(dns);
  const named = connections.flatMap((connection) => {
    const {address, port} = serverOf(connection);
    const name = names.get(address);
    return name === undefined ? [] : [{connection, name, site: `${name} ${port}`}];
  });
  return grouped(named, ({site}) => site).flatMap((all) =>
    all.slice(1).flatMap(({connection, name}, index) => {
      const before = all[index]?.connection;
      return before ? findingOf(name, before, connection) : [];
    }),
  );
};

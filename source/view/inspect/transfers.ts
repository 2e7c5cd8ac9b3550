// How fast each direction of a connection was, and what held it back.
import {sameIn, type Text, worded} from '../../lesson/text.ts';
import type {Http2Connection} from '../../observe/http2-connection.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {type Limited, type Transfer, transferOf} from '../../observe/transfer-limits.ts';
import {limitTexts, reportTexts as say} from '../../words/catalogue/inspect.ts';
import {formatTime} from '../../words/format.ts';
import {rateText} from './rates.ts';
import {type Side, sides} from './sides.ts';
import type {Told} from './told.ts';

/** `streams`: the windows of HTTP/2, which keep a program from sending. `needless`: repairs of what had not been lost. */
type By = Limited['by'] | 'streams' | 'needless';
type ToldTransfer = Omit<Transfer, 'limits'> & {
  readonly limits: readonly {readonly by: By; readonly wait: Limited['wait']}[];
};

type Inside = Pick<Told, 'tls'>;

const http2On = ({tls}: Inside, connection: ObservedConnection): Http2Connection | undefined =>
  connection.streams?.http2 ?? tls.find(({observed}) => observed === connection)?.http2;

/** So often a window was used up while there was more to send (RFC 9113 §6.9). */
const stallsOf = (inside: Inside, connection: ObservedConnection, side: Side): number => {
  const http2 = http2On(inside, connection);
  const own = http2?.stalls.filter((each) => (each.side === http2.client) === (side === connection.client));
  return (own ?? []).reduce((sum, {count}) => sum + count, 0);
};

/** undefined: too little to tell. A program that may not send does not pause. */
const transferIn = (inside: Inside, connection: ObservedConnection, side: Side): ToldTransfer | undefined => {
  const {pace, payloadBytes, reasons} = connection.half(side);
  const {signs, resendings} = reasons;
  const transfer = transferOf(pace, payloadBytes);
  if (!transfer) return undefined;
  const stalls = stallsOf(inside, connection, side);
  const isNeedless = resendings.count > 0 && signs.needless >= resendings.count;
  const told = ({by, wait}: Limited): By => {
    if (by === 'loss') return isNeedless ? 'needless' : by;
    return by === 'program' && stalls >= wait.count ? 'streams' : by;
  };
  const limits = transfer.limits.map((each) => ({by: told(each), wait: each.wait}));
  return {...transfer, limits};
};

/** A larger window, of either end, would only make a longer queue. */
const queueing: ReadonlySet<By> = new Set(['window', 'path', 'loss']);

/** Less is the work of programs and cards; in microseconds. */
const leastQueueUs = 50_000;

/** With a queue that filled, where the way became much longer than it is. */
const withQueue = (text: Text, connection: ObservedConnection, side: Side): Text => {
  const [toFirst = 0, toSecond = 0] = connection.flightTimes.rounds;
  const leastUs = toFirst + toSecond;
  const {grownUs} = connection.half(side).reasons;
  if (grownUs < Math.max(leastQueueUs, leastUs)) return text;
  const [least, most] = [formatTime(leastUs), formatTime(leastUs + grownUs)];
  return worded(limitTexts.swollen, {text, least, most});
};

const transferText = (
  inside: Inside,
  connection: ObservedConnection,
  side: Side,
  mark: string,
): Text | undefined => {
  const {pace} = connection.half(side);
  const transfer = transferIn(inside, connection, side);
  if (!pace || !transfer) return undefined;
  const limits = transfer.limits.map(({by, wait}) => {
    const text = worded(limitTexts[by], {
      ...{count: wait.count, us: formatTime(wait.us), frame: wait.frame},
      ...{grew: pace.grewToTheEnd, known: pace.knowsWindow},
    });
    return queueing.has(by) ? withQueue(text, connection, side) : text;
  });
  return worded(say.transfer, {
    ...{there: side === connection.client, rate: rateText(transfer.bitsPerSecond)},
    ...{us: formatTime(transfer.us), count: limits.length, mark},
    ...{first: limits[0] ?? sameIn(''), second: limits[1] ?? sameIn('')},
  });
};

/** What an engineer asks first of both directions, with a packet that shows it; none: too little passed. */
export const transferTexts = (
  inside: Inside,
  connection: ObservedConnection,
  mark: string,
): readonly Text[] =>
  sides
    .toSorted((a) => (a === connection.client ? -1 : 1))
    .flatMap((side) => transferText(inside, connection, side, mark) ?? []);

/** Something that held it back is told: that is deduced. */
export const limitsShown = (inside: Inside, connection: ObservedConnection): boolean =>
  sides.some((side) => (transferIn(inside, connection, side)?.limits.length ?? 0) > 0);

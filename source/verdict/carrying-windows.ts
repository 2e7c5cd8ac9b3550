// Findings about windows: the room that a receiver gives, room that it takes back, and the credit of HTTP/2.

import {mostOptions} from '../observe/bounds.ts';
import {framesOf, type Pause} from '../observe/pauses.ts';
import {type Direction, isQueue, matters, noticedUs, programOf, worthShare} from './carrying-direction.ts';
import {type Finding, finding} from './finding.ts';
import type {CarryingId} from './ids.ts';
import type {Role} from './sides.ts';

type Found = readonly Finding<CarryingId>[];

/** The largest window without window scaling, because the field has 16 bits. */
const largestField = 65_535;
/** The share of the largest unscaled window from which missing window scaling limits the transfer. */
/** How many times as large as at first a window that has grown is. */
const grown = 2;
const nearLargest = 0.75;
/** The share of its first size above which a window counts as small from the start, and not as filled by a slow program. */
const leastShare = 0.35;

const about = ({connection}: Direction) => ({connection: connection.id});

const closedWindow = (direction: Direction): Found => {
  const {connection, back, own, by, to} = direction;
  const {windows} = back;
  if (windows.times === 0) return [];
  // A closed window counts only if the sender probed it; otherwise nothing waited and the connection just ended.
  const reset = connection.course.resetFrame > 0;
  const us = windows.closedBy(connection.lastUs);
  const probed = connection.counts.zeroWindowProbes + connection.counts.keepAlives > 0;
  if (windows.isClosed && (!probed || (reset && us < noticedUs))) return [];
  if (us < noticedUs && us < worthShare * direction.durationUs) return [];
  const frames = [...windows.closing, ...windows.opening].toSorted((a, b) => a - b);
  const facts = {by, to, times: windows.times, us, bytes: own.payloadBytes, open: !windows.isClosed};
  return [finding('zero-window', {about: about(direction), where: programOf(to), costUs: us, frames, facts})];
};

const smallWindow = (direction: Direction): Found => {
  const {own, back, by, to, pace, tripUs} = direction;
  const pauses = pace.pauses.of('window');
  if (pauses.count < 2 || !matters(direction, pauses.us)) return [];
  // A full window that only fills the queue before a slow link limits nothing.
  if (isQueue(direction)) return [];
  const {windows} = back;
  const {mostRoom, firstRoom = mostRoom} = windows;
  const given = {about: about(direction), costUs: pauses.us, frames: framesOf(pauses)};
  const facts = {by, to, waits: pauses.count, us: pauses.us, room: mostRoom, tripUs};
  const mss = back.options?.mss ?? 0;
  if (windows.times === 0 && mostRoom > 0 && mostRoom < mss - mostOptions)
    return [
      finding('mss-over-window', {
        ...given,
        where: to,
        facts: {by, to, waits: pauses.count, us: pauses.us, room: mostRoom, mss, tripUs},
      }),
    ];
  const unscaled = [own.options, back.options].some(
    (options) => options !== undefined && !options.unread && options.windowScale === undefined,
  );
  if (unscaled && mostRoom >= nearLargest * largestField && windows.times === 0) {
    const without: Role = back.options?.windowScale === undefined ? to : by;
    return [finding('no-window-scaling', {...given, facts: {...facts, without}})];
  }
  // Unread data in the receive buffer would make the window smaller than at first, so a window that stays as it was is small by its
  // settings.
  const small = windows.times === 0 && windows.leastRoom >= leastShare * firstRoom;
  // A receiver that tunes its buffer itself begins with a small window and lets it grow.
  const first = small && mostRoom >= grown * firstRoom ? firstRoom : 0;
  const where = small ? to : programOf(to);
  return [finding('receiver-window', {...given, where, facts: {...facts, small, first}})];
};

const shrunkWindow = (direction: Direction): Found => {
  const {back, by, to} = direction;
  const {shrunk, shrinking} = back.windows;
  if (shrinking.length === 0) return [];
  const facts = {by, to, bytes: shrunk};
  return [
    finding('window-shrunk', {
      about: about(direction),
      certainty: 'proved',
      where: to,
      frames: shrinking,
      facts,
    }),
  ];
};

/** Returns the sender's pauses while HTTP/2 flow control forbade it to send, from the end of the credit to its renewal. */
const creditPauses = (
  {pace}: Direction,
  waits: readonly {readonly from: number; readonly until: number}[],
): readonly Pause[] =>
  [
    ...pace.pauses.of('program').longest,
    ...pace.pauses.of('turn').longest,
    ...pace.pauses.of('nagle').longest,
  ].filter((pause) =>
    waits.some(({from, until}) => from <= pause.frame && pause.from < until && until < pause.frame),
  );

const credit = (direction: Direction): Found => {
  const {http2, side, connection, by, to} = direction;
  if (!http2) return [];
  // The client is always side 0 of the HTTP/2 inside TLS, and need not be side 0 of the TCP connection.
  const own = (by === 'client') === (http2.client === 0) ? 0 : 1;
  const mine = connection.streams?.http2 === http2 ? side : own;
  const waits = http2.waits.filter((wait) => wait.side === mine);
  const found = (id: 'h2-stream-window' | 'h2-connection-window', stream: boolean): Found => {
    const some = waits.filter((wait) => wait.stream > 0 === stream);
    const pauses = creditPauses(direction, some);
    const us = pauses.reduce((sum, pause) => sum + pause.us, 0);
    if (us < noticedUs && us < worthShare * direction.durationUs) return [];
    const frames = pauses.slice(0, 4).flatMap(({from, frame}) => [from, frame]);
    const facts = {by, to, waits: pauses.length, us, stream: some[0]?.stream ?? 0};
    return [
      finding(id, {
        about: about(direction),
        certainty: 'proved',
        where: programOf(to),
        costUs: us,
        frames,
        facts,
      }),
    ];
  };
  return [...found('h2-connection-window', false), ...found('h2-stream-window', true)];
};

export const windowFindings = (direction: Direction): Found => [
  ...closedWindow(direction),
  ...smallWindow(direction),
  ...shrunkWindow(direction),
  ...credit(direction),
];

// What a sentence says that can be judged from the events alone: states, losses, bytes handed over, who sends, numbers on the wire.
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';

/** Up to the end of the instant of event `n`. */
type Until = {readonly trace: Trace; readonly n: number; readonly last: number};

export type Claim = {readonly said: string; readonly holds: boolean};

const instantEnd = (trace: Trace, n: number): number => {
  if (n === 0) return 0;
  let last = n;
  while (last < trace.length && trace.event(last + 1).instant === trace.event(n).instant) last += 1;
  return last;
};

const eventsOf = ({trace, last}: Until): readonly TraceEvent[] => [...trace.events(1, last)];

const sameInstant = ({trace, n, last}: Until): readonly TraceEvent[] =>
  n === 0 ? [] : [...trace.events(1, last)].filter(({instant}) => instant === trace.event(n).instant);

const states =
  'CLOSED|LISTEN|SYN-SENT|SYN-RECEIVED|ESTABLISHED|FIN-WAIT-1|FIN-WAIT-2|CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT';

const stateClaims = (text: string, until: Until): readonly Claim[] => {
  const names = until.trace.header.hosts.map(({name}) => name).join('|');
  const pattern = new RegExp(
    `\\b(${names}) (?:is|is now|is already|is still|becomes|enters|stays|stays in|is in|goes to) (${states})\\b`,
    'gi',
  );
  return [...text.matchAll(pattern)].map(([said, host = '', state]) => {
    const changes = eventsOf(until).flatMap((event) =>
      event.kind === 'state' && event.host.toLowerCase() === host.toLowerCase() ? [event.to] : [],
    );
    return {said, holds: changes.at(-1) === state};
  });
};

/** Said of the packet at hand: nothing that got there was lost, and nothing that was lost arrives. */
const lossClaims = (text: string, until: Until): readonly Claim[] =>
  [...text.matchAll(/\b(is|are|was) lost (on|in)\b|\bnot lost\b|\bgets? lost\b/gi)].map(([said]) => {
    const {trace, n} = until;
    const event = n > 0 ? trace.event(n) : undefined;
    const packet = event && 'packet' in event && event.packet > 0 ? trace.packet(event.packet) : undefined;
    const end = packet?.endEvent === undefined ? undefined : trace.event(packet.endEvent).kind;
    return {said, holds: /not/.test(said) ? end !== 'drop' : end === 'drop'};
  });

const byteClaims = (text: string, until: Until): readonly Claim[] =>
  [...text.matchAll(/\b(?:hands|gets|reach)\w* (\d+) bytes|\b(\d+) bytes (?:reach|to) the program/gi)].map(
    ([said, a, b]) => {
      const bytes = sameInstant(until).flatMap((event) => (event.kind === 'deliver' ? [event.bytes] : []));
      const sum = bytes.reduce((total, each) => total + each, 0);
      return {said, holds: sum === Number(a ?? b)};
    },
  );

const senderClaims = (text: string, until: Until): readonly Claim[] => {
  const names = until.trace.header.hosts.map(({name}) => name).join('|');
  return [...text.matchAll(new RegExp(`\\b(${names}) (?:sends|answers|repeats)\\b`, 'gi'))].map(
    ([said, host = '']) => ({
      said,
      holds: sameInstant(until).some(
        (event) => event.kind === 'send' && event.host.toLowerCase() === host.toLowerCase(),
      ),
    }),
  );
};

/** Of the number that the packet at hand bears, and of those that any has borne. */
const numberClaims = (text: string, until: Until): readonly Claim[] =>
  [...text.matchAll(/\b(seq|ack)=(\d+)/g)].map(([said, field, number]) => ({
    said,
    holds: eventsOf(until).some((event) => {
      if (event.kind !== 'send' || event.frame?.payload.kind !== 'ip') return false;
      const {transport} = event.frame.payload.packet;
      return (
        transport.kind === 'tcp' && transport.segment[field === 'seq' ? 'seq' : 'ack'] === Number(number)
      );
    }),
  }));

const judges = [stateClaims, lossClaims, byteClaims, senderClaims, numberClaims];

export const claimsIn = (text: string, trace: Trace, n: number): readonly Claim[] => {
  const until = {trace, n, last: instantEnd(trace, n)};
  return judges.flatMap((judge) => judge(text, until));
};

// A rule's formula with this instant's numbers beneath its symbols.
import type {Connection} from '../stack/tcp/connection.ts';
import {seqDiff} from '../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../wire/tcp.ts';
import {formatTime} from './format.ts';
import {padEnd, textWidth} from './width.ts';

export type FormulaScope = {
  /** The connection before and after the instant. */
  readonly before: Connection | undefined;
  readonly after: Connection | undefined;
  readonly segment: TcpSegment | undefined;
  /** Numbers that open questions ask for. */
  readonly hidden: readonly string[];
};

const ofConnection = (symbol: string, tcb: Connection): string | undefined => {
  switch (symbol) {
    case 'snd.una':
      return String(tcb.snd.una);
    case 'snd.nxt':
      return String(tcb.snd.nxt);
    case 'snd.wnd':
      return String(tcb.snd.wnd);
    case 'rcv.nxt':
      return String(tcb.rcv.nxt);
    case 'rcv.wnd':
      return String(tcb.rcv.wnd);
    case 'iss':
      return String(tcb.iss);
    case 'irs':
      return String(tcb.irs);
    case 'cwnd':
      return String(tcb.cwnd);
    case 'ssthresh':
      return String(tcb.ssthresh);
    case 'flight':
      return String(seqDiff(tcb.snd.nxt, tcb.snd.una));
    case 'mss':
      return String(tcb.mss);
    case 'rto':
      return formatTime(tcb.rtoUs);
    case 'srtt':
      return tcb.srttUs === undefined ? undefined : formatTime(tcb.srttUs);
    case 'rttvar':
      return tcb.rttvarUs === undefined ? undefined : formatTime(tcb.rttvarUs);
    default:
      return undefined;
  }
};

const ofSegment = (symbol: string, segment: TcpSegment): string | undefined => {
  switch (symbol) {
    case 'seg.seq':
      return String(segment.seq);
    case 'seg.ack':
      return String(segment.ack);
    case 'seg.len':
      return String(segLen(segment));
    case 'seg.wnd':
      return String(segment.window);
    case 'data':
      return String(segment.payload.length);
    case 'SYN':
      return hasFlag(segment, 'SYN') ? '1' : '0';
    case 'FIN':
      return hasFlag(segment, 'FIN') ? '1' : '0';
    default:
      return undefined;
  }
};

/** x, or x' for what x is afterwards. */
const symbol = /^([A-Za-z][A-Za-z.]*)('?)$/;

const numberFor = (token: string, {before, after, segment, hidden}: FormulaScope): string => {
  const [, name, prime] = symbol.exec(token) ?? [];
  if (name === undefined) return token;
  const tcb = prime === "'" ? after : (before ?? after);
  const value = (tcb && ofConnection(name, tcb)) ?? (segment && ofSegment(name, segment));
  if (value === undefined) return token;
  return hidden.includes(value) ? '?' : value;
};

export const formulaLines = (formula: string, scope: FormulaScope): readonly string[] => {
  const tokens = formula.trim().split(/\s+/);
  const values = tokens.map((token) => numberFor(token, scope));
  if (values.every((value, index) => value === tokens[index])) return [tokens.join('  ')];
  // What x is afterwards needs its sign only beside what x was.
  const names = tokens.map((token) =>
    token.endsWith("'") && !tokens.includes(token.slice(0, -1)) ? token.slice(0, -1) : token,
  );
  const widths = names.map((name, index) => Math.max(textWidth(name), textWidth(values[index] ?? '')));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => padEnd(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(names), line(values)];
};

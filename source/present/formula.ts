// A rule's formula with this instant's numbers beneath its symbols.
import type {Connection} from '../stack/tcp/connection.ts';
import {hasFlag, segLen, type TcpSegment} from '../wire/tcp.ts';
import {formatTime} from './format.ts';
import {padEnd, textWidth} from './width.ts';

export type FormulaScope = {
  /** The connection before and after the instant. */
  readonly before: Connection | undefined;
  readonly after: Connection | undefined;
  readonly segment: TcpSegment | undefined;
  /** A number that a question asks for. */
  readonly hidden: string | undefined;
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

const symbol = /^[A-Za-z][A-Za-z.]*$/;

const valueOf = (token: string, tcb: Connection | undefined, {segment, hidden}: FormulaScope): string => {
  if (!symbol.test(token)) return token;
  const value = (tcb && ofConnection(token.toLowerCase(), tcb)) ?? (segment && ofSegment(token, segment));
  if (value === undefined) return token;
  return value === hidden ? '?' : value;
};

/** What a variable becomes stands left of `=`; everything else has the value that the rule found. */
export const formulaLines = (formula: string, scope: FormulaScope): readonly string[] => {
  const tokens = formula.trim().split(/\s+/);
  const becomes = tokens[1] === '=' || tokens[1] === '←' || tokens[1] === ':=';
  const values = tokens.map((token, index) =>
    valueOf(token, index === 0 && becomes ? scope.after : (scope.before ?? scope.after), scope),
  );
  if (values.every((value, index) => value === tokens[index])) return [tokens.join('  ')];
  const widths = tokens.map((token, index) => Math.max(textWidth(token), textWidth(values[index] ?? '')));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => padEnd(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(tokens), line(values)];
};

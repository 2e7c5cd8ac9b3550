// Evaluates the formulas of rules.yaml at one effect of a run. Sequence numbers compare modulo 2^32.

import {flightSize} from '../../../source/stack/tcp/congestion.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {onTheWay} from '../../../source/stack/tcp/recovery.ts';
import {unsentBytes} from '../../../source/stack/tcp/segmentise.ts';
import type {ToldEffect} from '../../../source/stack/tcp/turn.ts';
import {segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import type {Entry} from './two-hosts.ts';

type Value = {readonly n: number; readonly modular: boolean};

const number = (n: number): Value => ({n, modular: false});
const place = (n: number): Value => ({n, modular: true});

/** Undefined: the instant has no such value, and the line is not shown. */
type Lookup = (symbol: string) => Value | undefined;

/** With the values that the effect bears; one that a later segment of the same rule carries out has that segment's. */
export function lookupAt(entry: Entry, effect: ToldEffect): Lookup {
  const id = 'connection' in effect ? effect.connection : undefined;
  const own = entry.effects.indexOf(effect);
  const carrier = entry.effects.find(
    (each, index) => index > own && each.kind === 'send' && each.because === effect.because,
  );
  const told = effect.kind === 'send' ? effect : (carrier ?? effect);
  const before = id === undefined ? undefined : entry.before.connections.get(id);
  const after = told.operands?.after;
  const sent = told.kind === 'send' ? told.segment : undefined;
  const segment = entry.event.kind === 'segment' ? entry.event.segment : sent;
  return (symbol) => {
    if (symbol === 'SYN' || symbol === 'FIN') return number(1);
    if (/^\d+$/.test(symbol)) return number(Number(symbol));
    if (symbol === 'msl') return number(entry.settings.timeWaitUs / 2);
    if (entry.event.kind === 'icmp' && symbol === 'seg.seq') return place(entry.event.seq);
    if (symbol === 'data' || symbol.startsWith('seg.'))
      return segment === undefined ? undefined : ofSegment(symbol, segment);
    const tcb = symbol.endsWith("'") ? after : before;
    return tcb === undefined ? undefined : ofTcb(symbol.replace("'", ''), tcb);
  };
}

function ofSegment(symbol: string, segment: TcpSegment): Value | undefined {
  if (symbol === 'seg.seq') return place(segment.seq);
  if (symbol === 'seg.ack') return place(segment.ack);
  if (symbol === 'seg.len') return number(segLen(segment));
  if (symbol === 'seg.up') return number(segment.urgent);
  if (symbol === 'data') return number(segment.payload.length);
  return symbol === 'seg.wnd' ? number(segment.window) : undefined;
}

function ofTcb(symbol: string, tcb: Connection): Value | undefined {
  if (tcb.state === 'SYN-SENT' && (symbol.startsWith('rcv.') || symbol === 'irs')) return undefined;
  const places = {
    recover: tcb.loss.phase === 'fast' ? tcb.loss.point : tcb.episode.point,
    'snd.una': tcb.snd.una,
    'snd.nxt': tcb.snd.nxt,
    'rcv.nxt': tcb.rcv.nxt,
    iss: tcb.iss,
    irs: tcb.irs,
  } as const;
  const sizes = {
    'snd.wnd': tcb.snd.wnd,
    'rcv.wnd': tcb.rcv.wnd,
    cwnd: tcb.cwnd,
    ssthresh: tcb.ssthresh,
    flightSize: flightSize(tcb),
    pipe: onTheWay(tcb),
    unsent: unsentBytes(tcb),
    mss: tcb.mss,
    rto: tcb.rtoUs,
    srtt: tcb.srttUs,
    rttvar: tcb.rttvarUs,
  } as const;
  if (symbol in places) return place(places[symbol as keyof typeof places]);
  if (!(symbol in sizes)) throw new Error(`unknown symbol ${symbol}`);
  const size = sizes[symbol as keyof typeof sizes];
  return size === undefined ? undefined : number(size);
}

const TOKEN = /\s*(max|min|[a-z]+(?:Size)?(?:\.[a-z]+)?'?|SYN|FIN|\d+|[<≤≥=≠+−×(),])/gy;

/** Undefined if a value is missing; else whether every comparison of the chain holds. */
export function holds(formula: string, lookup: Lookup): boolean | undefined {
  const tokens = [...formula.matchAll(TOKEN)].map((match) => match[1] ?? '');
  if (tokens.join('') !== formula.replaceAll(/\s/g, '')) throw new Error(`cannot read ${formula}`);
  let position = 0;
  const peek = () => tokens[position];
  const take = () => tokens[position++] ?? '';

  function atom(): Value | undefined {
    const token = take();
    if (token !== 'max' && token !== 'min') return lookup(token);
    take();
    const values = [sum()];
    while (peek() === ',') {
      take();
      values.push(sum());
    }
    take();
    return values.some((v) => v === undefined)
      ? undefined
      : number(Math[token](...values.map((v) => v?.n ?? 0)));
  }

  function product(): Value | undefined {
    let left = atom();
    while (peek() === '×') {
      take();
      const right = atom();
      left = left && right && number(left.n * right.n);
    }
    return left;
  }

  function sum(): Value | undefined {
    let left = product();
    while (peek() === '+' || peek() === '−') {
      const sign = take() === '+' ? 1 : -1;
      const right = product();
      left = left && right && {n: left.n + sign * right.n, modular: left.modular !== right.modular};
    }
    return left;
  }

  let left = sum();
  let all = true;
  while (position < tokens.length) {
    const operator = take();
    const right = sum();
    if (left === undefined || right === undefined) return undefined;
    all &&= compare(operator, left, right);
    left = right;
  }
  return all;
}

function compare(operator: string, left: Value, right: Value): boolean {
  const difference = left.modular || right.modular ? (left.n - right.n) | 0 : left.n - right.n;
  switch (operator) {
    case '<':
      return difference < 0;
    case '≤':
      return difference <= 0;
    case '≥':
      return difference >= 0;
    case '=':
      return difference === 0;
    case '≠':
      return difference !== 0;
    default:
      throw new Error(`unknown operator ${operator}`);
  }
}

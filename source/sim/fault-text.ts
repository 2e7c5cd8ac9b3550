// Parses and writes the notation of `--fault`: `drop@from=client,flags=SYN,nth=1` (docs/guide.md).
import {err, ok, type Result} from '../wire/result.ts';
import {TcpFlag, type TcpFlagName} from '../wire/tcp.ts';
import type {Fault, FaultKind, PacketPattern} from './fault.ts';

export type FaultTextError = {
  readonly code: 'kind' | 'argument' | 'pattern';
  /** The part of the fault's text that cannot be read. */
  readonly part: string;
  readonly allowed: readonly string[];
};

export const faultKinds = ['drop', 'delay', 'dup', 'corrupt', 'reorder', 'edit'] as const;
const patternKeys = ['packet', 'from', 'to', 'link', 'nth', 'flags', 'data', 'retransmission', 'seq', 'ack'];
const unitUs: {readonly [unit: string]: number} = {
  us: 1,
  ms: 1000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
};

const fail = (code: FaultTextError['code'], part: string, allowed: readonly string[]) =>
  err({code, part, allowed});

/** The longest time in a fault, 31 years in µs: sums of a few such times are still exact whole numbers. */
export const longestUs = 999_999_999_000_000;

/** Parses a duration such as `200ms` into microseconds; undefined if the text is none. */
export const parseDuration = (text: string): number | undefined => {
  const [, amount, unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?)(us|ms|s|m|h)$/.exec(text) ?? [];
  const inUs = unitUs[unit];
  return inUs === undefined ? undefined : Math.round(Number(amount) * inUs);
};

/** Parses the delay of a fault into microseconds; undefined if it is no duration or longer than `longestUs`. */
const parseDelay = (text: string | undefined): number | undefined => {
  const us = text === undefined ? undefined : parseDuration(text);
  return us !== undefined && us <= longestUs ? us : undefined;
};

export const formatDuration = (us: number): string =>
  us % 1_000_000 === 0 ? `${us / 1_000_000}s` : us % 1000 === 0 ? `${us / 1000}ms` : `${us}us`;

const isFlagName = (name: string): name is TcpFlagName => Object.hasOwn(TcpFlag, name);

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;

const parseEdit = (head: string): Result<FaultKind, FaultTextError> => {
  const [, bare, field, value] =
    /^edit(!?):([a-z][a-z0-9_.]*)=(0x[0-9a-fA-F]{1,8}|\d{1,10})$/.exec(head) ?? [];
  if (field === undefined) return fail('argument', head, ['edit:tcp.ack_raw=500', 'edit!:tcp.checksum=0']);
  return ok({kind: 'edit', field, value: Number(value), mend: bare === ''});
};

const parseKind = (head: string): Result<FaultKind, FaultTextError> => {
  if (head.startsWith('edit')) return parseEdit(head);
  const [kind = '', argument] = head.split('=', 2);
  const durationUs = parseDelay(argument);
  if (kind === 'drop' && argument === undefined) return ok({kind});
  if (kind === 'dup' && argument === undefined) return ok({kind, afterUs: 0});
  if (kind === 'corrupt' && argument === undefined) return ok({kind, where: 'link'});
  if (kind === 'corrupt' && argument === 'memory') return ok({kind, where: 'memory'});
  if (kind === 'delay')
    return durationUs ? ok({kind, byUs: durationUs}) : fail('argument', head, ['delay=200ms']);
  if (kind === 'dup')
    return durationUs ? ok({kind, afterUs: durationUs}) : fail('argument', head, ['dup', 'dup=20s']);
  if (kind === 'reorder') {
    const places = wholeNumber(argument);
    return places && places <= 1000 ? ok({kind, places}) : fail('argument', head, ['reorder=2']);
  }
  if (kind === 'corrupt') return fail('argument', head, ['corrupt', 'corrupt=memory']);
  if (kind === 'drop') return fail('argument', head, ['drop']);
  return fail('kind', kind, faultKinds);
};

/** Parses which of the matching packets a fault applies to: `3`, `2-` or `2-4`; undefined for anything else. */
export const parseNth = (text: string): PacketPattern['nth'] | undefined => {
  const match = /^([1-9]\d{0,8})(?:(-)([1-9]\d{0,8})?)?$/.exec(text);
  if (!match) return undefined;
  const first = Number(match[1]);
  if (!match[2]) return {first, last: first};
  return match[3] ? {first, last: Number(match[3])} : {first};
};

const parsePair = (pair: string): Result<PacketPattern, FaultTextError> => {
  if (pair === 'data' || pair === 'retransmission') return ok({[pair]: true});
  const [key = '', value = ''] = pair.split('=', 2);
  if ((key === 'from' || key === 'to' || key === 'link') && value) return ok({[key]: value});
  if (key === 'packet') {
    const packet = wholeNumber(value);
    return packet ? ok({packet}) : fail('pattern', pair, ['packet=3']);
  }
  if (key === 'seq' || key === 'ack') {
    const number = wholeNumber(value);
    return number !== undefined && number <= 0xffff_ffff
      ? ok({[key]: number})
      : fail('pattern', pair, [`${key}=1000`]);
  }
  if (key === 'nth') {
    const nth = parseNth(value);
    return nth ? ok({nth}) : fail('pattern', pair, ['nth=1', 'nth=2-', 'nth=2-4']);
  }
  if (key === 'flags') {
    const flags = value.split('+');
    return flags.every(isFlagName) ? ok({flags}) : fail('pattern', pair, Object.keys(TcpFlag));
  }
  return fail('pattern', key, patternKeys);
};

export const parseFault = (text: string): Result<Fault, FaultTextError> => {
  const [head = '', pattern, more] = text.split('@');
  const kind = parseKind(head);
  if (!kind.ok) return kind;
  if (!pattern || more !== undefined)
    return fail('pattern', text, ['@packet=3', '@from=client,flags=SYN,nth=1']);
  let at: PacketPattern = {};
  for (const pair of pattern.split(',')) {
    const part = parsePair(pair);
    if (!part.ok) return part;
    at = {...at, ...part.value};
  }
  return ok({...kind.value, at});
};

const formatKind = (fault: FaultKind): string => {
  switch (fault.kind) {
    case 'drop':
      return 'drop';
    case 'delay':
      return `delay=${formatDuration(fault.byUs)}${fault.untilUs === undefined ? '' : `>${fault.untilUs}us`}`;
    case 'dup':
      return fault.afterUs === 0 ? 'dup' : `dup=${formatDuration(fault.afterUs)}`;
    case 'corrupt':
      return fault.where === 'link' ? 'corrupt' : 'corrupt=memory';
    case 'reorder':
      return `reorder=${fault.places}`;
    case 'edit':
      return `edit${fault.mend ? '' : '!'}:${fault.field}=${fault.value}`;
  }
};

const formatNth = ({first, last}: {first: number; last?: number}): string =>
  last === first ? `${first}` : `${first}-${last ?? ''}`;

/** Writes the packets that a fault applies to in the notation of `--fault`: `from=client,flags=SYN,nth=1`. */
export const formatPattern = (pattern: PacketPattern): string => {
  const {packet, from, to, link, nth, flags, data, retransmission, seq, ack} = pattern;
  const parts = [
    packet === undefined ? '' : `packet=${packet}`,
    from ? `from=${from}` : '',
    to ? `to=${to}` : '',
    link ? `link=${link}` : '',
    flags ? `flags=${flags.join('+')}` : '',
    data ? 'data' : '',
    retransmission ? 'retransmission' : '',
    seq === undefined ? '' : `seq=${seq}`,
    ack === undefined ? '' : `ack=${ack}`,
    nth ? `nth=${formatNth(nth)}` : '',
  ];
  return parts.filter((part) => part !== '').join(',');
};

/** Writes a fault in the notation of `--fault`, which `parseFault` reads. */
export const formatFault = (fault: Fault): string => `${formatKind(fault)}@${formatPattern(fault.at)}`;

/** Parses faults in the notation of `--fault`; texts that cannot be parsed are left out. */
export const faultsIn = (texts: readonly string[]): readonly Fault[] =>
  texts.flatMap((text) => {
    const fault = parseFault(text);
    return fault.ok ? [fault.value] : [];
  });

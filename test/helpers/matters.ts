// What of a run nobody may miss, by its raw events alone, and by which words one knows that it is told: what the path took, what was
// sent again and that a timer did it, how connections break and end, what programs get, and what came out otherwise in the end.
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import type {Sentence} from './diverged.ts';

type Words = {readonly en: RegExp; readonly zh: RegExp};

type Matter = {
  /** The event of which it has to be told; what is of the whole run may be told after any event from there on. */
  readonly n: number;
  /** Whose it is, and what: told once of a host it need not be told each time. */
  readonly what: string;
  readonly words: Words;
  readonly anyLater?: boolean;
};

const words = (en: RegExp, zh: RegExp): Words => ({en, zh});

const taken = words(
  /\b(?:lost|loss|los(?:es|ing)|thrown|throws|drop\w*|di(?:es|ed)|never arrive|no host|is down|queue|firewall|too (?:big|large|narrow)|TTL|damage\w*|check\w*|void|nobody|swallow\w*)\b/i,
  /丢|损坏|没有主机|停机|队列|防火墙|校验|没有人|无人|谁也|吞/,
);

const again = words(
  /\b(?:again|once more|repeat\w*|repetitions?|retransmi\w+|retr(?:y|ies)|copy|same|tries|resen\w+|prob\w+|second|third|goes on)\b/i,
  /再|又|重|同一|第[二三四五]|接着|探/,
);

const byTimer = words(
  /\b(?:timers?|time-?outs?|RTO|after|wait\w*|run(?:s|ning)? out|no answer|without|seconds?|for \d)\b|\d (?:ms|s)\b/i,
  /定时器|超时|等|没有应答|之后|后，|秒|\d (?:ms|s)/,
);

/** Of what brings it about, and where it leads. */
const stateWords: {readonly [state: string]: Words} = {
  CLOSED: words(
    /CLOSED|\bE[A-Z]{6,}|\b(?:forg[eo]t\w*|delet\w+|gives?\b[^.]* up|RST|reset|ends?|ended|over|closed?|gone|refus\w+|record)\b/i,
    /CLOSED|E[A-Z]{6,}|删|忘|放弃|RST|复位|结束|关闭|断|没有了|拒绝|记录|中止/,
  ),
  'CLOSE-WAIT': words(/CLOSE-WAIT|FIN|\b(?:no more|nothing more|closed)\b/i, /CLOSE-WAIT|FIN|不会再|关闭/),
  'FIN-WAIT-1': words(/FIN|\b(?:closes?|no more|ends the connection)\b/i, /FIN|关闭|不再|到此为止/),
  'TIME-WAIT': words(/TIME-WAIT|2 ?MSL|FIN/i, /TIME-WAIT|2 ?MSL|FIN/),
};

const errorWords: {readonly [error: string]: Words} = {
  ECONNREFUSED: words(/ECONNREFUSED|refused/i, /ECONNREFUSED|拒绝/),
  ECONNRESET: words(/ECONNRESET|reset/i, /ECONNRESET|复位|重置/),
  ETIMEDOUT: words(/ETIMEDOUT|timed out|gives? up/i, /ETIMEDOUT|超时|放弃/),
};

/** What a program is told; an alert and an error have been told of the host by then. */
const resultWords: {readonly [result: string]: Words} = {
  refused: words(/ECONNREFUSED|refused|RST/i, /ECONNREFUSED|拒绝|RST/),
  redirects: words(/redirect/i, /重定向/),
};

const anyWords = words(/\S/, /\S/);

const escaped = (text: string): RegExp => new RegExp(text.replaceAll(/\W/g, '.'), 'i');

const named = (text: string): Words => words(escaped(text), escaped(text));

/** What the path has taken, and not what its receiver throws away. */
const isTaken = (event: TraceEvent): boolean =>
  event.kind === 'drop' && event.packet > 0 && event.reason !== 'discarded';

const firesIn = (trace: Trace, {n, host, instant}: TraceEvent): boolean => {
  for (let k = n - 1; k > 0 && trace.event(k).instant === instant; k -= 1) {
    const event = trace.event(k);
    if ((event.kind === 'timer' || event.kind === 'app-timer') && event.op === 'fire' && event.host === host)
      return true;
  }
  return false;
};

/** In these states the user is not signalled: it has closed (RFC 9293 §3.10.7.4, second check). */
const unsignalled: ReadonlySet<string> = new Set(['CLOSING', 'LAST-ACK', 'TIME-WAIT']);

/** An error that ends a connection whose program may hear of it. */
const isHeard = (trace: Trace, signal: TraceEvent): boolean => {
  for (let n = signal.n + 1; n <= trace.length && trace.event(n).instant === signal.instant; n += 1) {
    const event = trace.event(n);
    if (event.kind === 'state' && event.connection === signal.connection && event.to === 'CLOSED')
      return !unsignalled.has(event.from ?? 'CLOSED');
  }
  return true;
};

const mattersIn = (trace: Trace, event: TraceEvent): readonly (readonly [what: string, words: Words])[] => {
  const {kind, host} = event;
  if (isTaken(event)) return [[`${host} loses a packet`, taken]];
  if (kind === 'send' && event.retransmission && event.hop === 0 && event.packet > 0)
    return [
      [`${host} sends again`, again],
      ...(firesIn(trace, event) ? [[`${host} sends again by a timer`, byTimer] as const] : []),
    ];
  if (kind === 'signal' && event.signal.startsWith('E') && isHeard(trace, event))
    return [[`${host} gets ${event.signal}`, errorWords[event.signal] ?? named(event.signal)]];
  if (
    kind === 'answer' &&
    'result' in event.answer &&
    event.answer.result !== 'ok' &&
    event.answer.result !== 'alert'
  )
    return [[`${host} is answered ${event.answer.result}`, resultWords[event.answer.result] ?? anyWords]];
  if (kind === 'state' && event.from === 'SYN-RECEIVED' && event.to === 'LISTEN')
    return [
      [
        `${host} is in LISTEN again`,
        words(/LISTEN|unfinished|\b(?:forgets?|gives?\b[^.]* up|entry)\b/, /LISTEN|半连接|删|忘|放弃/),
      ],
    ];
  if (kind === 'state') {
    const of = stateWords[event.to];
    return of ? [[`${host} is ${event.to}`, of]] : [];
  }
  if (kind === 'tls' && event.what.kind === 'alert' && event.what.name !== 'close_notify') {
    const {name, op} = event.what;
    const alert: (readonly [string, Words])[] = [[`${host} has the alert ${name}, ${op}`, named(name)]];
    // That a record could not be opened the alert alone does not say.
    return name === 'bad_record_mac' && op === 'sent'
      ? [...alert, [`${host} cannot open a record`, words(/\b(?:record|tag)\b/, /记录|标签/)]]
      : alert;
  }
  return [];
};

const mattersOf = (trace: Trace): readonly Matter[] =>
  [...trace.events()].flatMap((event) =>
    mattersIn(trace, event).map(([what, of]) => ({n: event.n, what, words: of})),
  );

/** The last state of each connection of a host, one beside the other. */
const lastStates = (trace: Trace): ReadonlyMap<string, {readonly states: string; readonly n: number}> => {
  const last = new Map<string, Extract<TraceEvent, {kind: 'state'}>>();
  for (const event of trace.events())
    if (event.kind === 'state') last.set(`${event.host} ${event.connection}`, event);
  const hosts = new Map<string, {states: string; n: number}>();
  for (const [, event] of [...last].toSorted(([a], [b]) => a.localeCompare(b))) {
    const {states, n} = hosts.get(event.host) ?? {states: '', n: 0};
    hosts.set(event.host, {states: `${states} ${event.to}`.trim(), n: Math.max(n, event.n)});
  }
  return hosts;
};

const bytesGot = (trace: Trace): ReadonlyMap<string, number> => {
  const got = new Map<string, number>();
  for (const event of trace.events())
    if (event.kind === 'deliver') got.set(event.host, (got.get(event.host) ?? 0) + event.bytes);
  return got;
};

/** That it comes out otherwise than in the lesson's own run is no event: something after the departure has to speak of why. */
const endsOtherwise = (trace: Trace, own: Trace, from: number): readonly Matter[] => {
  const why = words(
    new RegExp([taken, again, ...Object.values(stateWords)].map(({en}) => en.source).join('|'), 'i'),
    new RegExp([taken, again, ...Object.values(stateWords)].map(({zh}) => zh.source).join('|')),
  );
  const ends = lastStates(trace);
  const states = [...lastStates(own)].flatMap(([host, {states: wanted}]) => {
    const there = ends.get(host)?.states ?? '';
    return there === wanted ? [] : [`${host} ends in ${there || 'no state'}, not ${wanted}`];
  });
  const got = bytesGot(trace);
  const bytes = [...bytesGot(own)].flatMap(([host, wanted]) => {
    const there = got.get(host) ?? 0;
    return there < wanted ? [`${host} is handed ${there} of ${wanted} bytes`] : [];
  });
  return [...states, ...bytes].map((what) => ({n: from, what, words: why, anyLater: true}));
};

type Asked = {
  /** How many things matter, and how many of them are told where they happen. */
  readonly matters: number;
  readonly told: number;
  /** Of which host what is told nowhere. */
  readonly silent: readonly string[];
};

type Spoken = Pick<Sentence, 'by' | 'en' | 'zh'>;

/** What is told at a time (what comes of a packet may be instants later and no time), or from there on. */
const spokenIn = (trace: Trace, all: readonly Sentence[]) => {
  const timeAt = (n: number): number => (n > 0 && n <= trace.length ? trace.event(n).atUs : 0);
  const texts = all.map((sentence) => ({...sentence, atUs: timeAt(sentence.n)}));
  return ({n, anyLater = false}: Matter): readonly Spoken[] =>
    texts.filter(({atUs}) => atUs === timeAt(n) || (anyLater && atUs > timeAt(n)));
};

/** Of these the account speaks anew from a fault on: what comes of it is not what came before. */
const ofPath = / (?:loses a packet|sends again(?: by a timer)?)$/;

const says = ({en, zh}: Spoken, of: Words): boolean => of.en.test(en) && of.zh.test(zh);

/**
 * What was told so often that it is known is not told again: it is asked for from `from` on, and what was told before of the path counts
 * no more. What happens in the lesson's own run, too, its beats tell in whatever words; what does not has to be told by its own.
 */
export const askedOf = (
  {trace, own, from}: {readonly trace: Trace; readonly own: Trace; readonly from: number},
  told: readonly Sentence[],
): Asked => {
  const spoken = spokenIn(trace, told);
  const usual = new Set(mattersOf(own).map(({what}) => what));
  const known = new Set<string>();
  const asked = new Map<string, boolean>();
  const counts = {matters: 0, told: 0};
  const otherwise = from <= trace.length ? endsOtherwise(trace, own, from) : [];
  for (const matter of [...mattersOf(trace), ...otherwise]) {
    const {n, what} = matter;
    const isTold = spoken(matter).some(
      (text) => says(text, matter.words) || (text.by === 'lesson' && usual.has(what)),
    );
    if (isTold && (n >= from || !ofPath.test(what))) known.add(what);
    if (n < from) continue;
    counts.matters += 1;
    if (isTold) counts.told += 1;
    asked.set(what, known.has(what));
  }
  return {...counts, silent: [...asked].flatMap(([what, isSaid]) => (isSaid ? [] : [what]))};
};

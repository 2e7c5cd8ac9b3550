// Two runs in sentences: how they first part, what comes of it, and the table of what each came to.

import {isDnsAlone} from '../../account/dns/dns-alone.ts';
import {packetOf} from '../../account/packet.ts';
import {summaryOf} from '../../account/summary.ts';
import {type Language, spaced} from '../../lesson/text.ts';
import type {Comparison, FirstDifference} from '../../sim/compare.ts';
import type {StateRow} from '../../sim/compare-hosts.ts';
import {parseFault} from '../../sim/fault-text.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import {appEventText} from '../../words/app-text.ts';
import {compareTexts, outcomeTexts, packetName} from '../../words/catalogue/compare.ts';
import {compareCompareWordsSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import type {CompareFact} from '../../words/compare.ts';
import {formatTime} from '../../words/format.ts';
import {tlsStepText} from '../../words/tls-text.ts';
import {terminal} from '../../words/written.ts';
import {displayName} from '../ladder/scene-hosts.ts';
import {dnsExplanation} from './compare-dns.ts';
import {httpExplanation, httpFacts} from './compare-http.ts';

type SendEvent = Extract<TraceEvent, {kind: 'send'}>;

/** Both languages at hand, so that a phrase stands in one place. */
type Say = (en: string, zh: string) => string;

const sayIn =
  (language: Language): Say =>
  (en, zh) =>
    language === 'zh' ? zh : en;

/** What the path does to a packet: “is lost”, “arrives at 150 ms”. */
const fatePhrase = ({lost, faults, dueUs}: SendEvent, say: Say): string => {
  if (lost) return say('is lost', '丢失');
  const arrives = say(`arrives at ${formatTime(dueUs)}`, `${formatTime(dueUs)} 到达`);
  const kinds = faults.map((text) => parseFault(text)).flatMap((parsed) => (parsed.ok ? [parsed.value] : []));
  const [fault] = kinds;
  if (!fault || fault.kind === 'delay' || fault.kind === 'drop') return arrives;
  if (fault.kind === 'dup') return say('arrives twice', '到达两次');
  if (fault.kind === 'reorder') return say('is overtaken by later ones', '让后面的先到');
  if (fault.kind === 'corrupt') return say('is damaged on the way', '在途中损坏');
  return say(`arrives with ${fault.field}=${fault.value}`, `到达时 ${fault.field} 已改为 ${fault.value}`);
};

const packetWords = (event: SendEvent, language: Language): string => {
  const name = event.packet > 0 ? packetName[language]({id: event.packet}) : 'ARP';
  if (!event.frame) return name;
  const summary = terminal.text(summaryOf(event.frame));
  return compareCompareWordsSentences.packet[language]({name, summary});
};

const timerWords = ({host, name, op}: Extract<TraceEvent, {kind: 'timer'}>, language: Language): string => {
  const who = displayName(host, language);
  const say = sayIn(language);
  switch (op) {
    case 'arm':
      return say(`${who} starts its ${name} timer`, `${who}启动 ${name} 定时器`);
    case 'cancel':
      return say(`${who} stops its ${name} timer`, `${who}停止 ${name} 定时器`);
    case 'fire':
      return say(`${who}’s ${name} timer runs out`, `${who}的 ${name} 定时器超时`);
  }
};

const eventWords = (event: TraceEvent | undefined, language: Language): string => {
  const say = sayIn(language);
  if (!event) return say('nothing more happens', '不再有事件');
  const host = displayName(event.host, language);
  switch (event.kind) {
    case 'call':
      return say(`${host} calls ${event.call}`, `${host}调用 ${event.call}`);
    case 'signal':
      if (event.signal === 'eof') return say(`${host}’s program reads end of file`, `${host}的程序读到 EOF`);
      return say(`${host} is told ${event.signal}`, `${host}得知 ${event.signal}`);
    case 'send':
      return say(
        `${host} sends ${packetWords(event, language)}`,
        `${host}发出${packetWords(event, language)}`,
      );
    case 'arrive':
      return say(
        `${packetName[language]({id: event.packet})} arrives at ${host}`,
        `${packetName[language]({id: event.packet})}到达${host}`,
      );
    case 'drop':
      // It has arrived; whoever got it has no use for it.
      if (event.reason === 'discarded')
        return say(
          `${host} throws ${packetName[language]({id: event.packet})} away`,
          `${host}丢弃${packetName[language]({id: event.packet})}`,
        );
      return say(
        `${packetName[language]({id: event.packet})} is lost`,
        `${packetName[language]({id: event.packet})}丢失`,
      );
    case 'state':
      return say(`${host} enters ${event.to}`, `${host}进入 ${event.to}`);
    case 'timer':
      return timerWords(event, language);
    case 'tls': {
      const what = tlsStepText(event.what, language);
      return say(`${host} ${what}`, `${host}${what}`);
    }
    case 'note':
    case 'answer':
    case 'app-timer': {
      const what = appEventText(event, language) ?? event.kind;
      return say(`${host}: ${what}`, `${host}：${what}`);
    }
    case 'deliver':
      return say(`${host}’s program gets ${event.bytes} bytes`, `${host}的程序得到 ${event.bytes} 字节`);
  }
};

const sendWords = (
  left: SendEvent,
  right: SendEvent,
  {what}: FirstDifference,
  language: Language,
): string => {
  const say = sayIn(language);
  const name = packetWords(left, language);
  const field = what.find(({field: each}) => each.includes('.'));
  if (field) {
    const [a, b] = [terminal.text(field.left ?? '—'), terminal.text(field.right ?? '—')];
    return say(
      `${name}: ${field.field} is ${a} in A and ${b} in B.`,
      `${name}：A 中 ${field.field} 是 ${a}，B 中是 ${b}。`,
    );
  }
  if (left.atUs !== right.atUs)
    return say(
      `${name} leaves at ${formatTime(left.atUs)} in A and at ${formatTime(right.atUs)} in B.`,
      `${name}：A 中 ${formatTime(left.atUs)} 发出，B 中 ${formatTime(right.atUs)} 发出。`,
    );
  return say(
    `${name} ${fatePhrase(left, say)} in A; in B it ${fatePhrase(right, say)}.`,
    `${name}：A 中${fatePhrase(left, say)}，B 中${fatePhrase(right, say)}。`,
  );
};

/** “Packet 3 (…) arrives at 150 ms in A; in B it is lost.” */
const firstSentence = ({first}: Comparison, language: Language): string => {
  if (!first) return compareTexts.same[language];
  const {left, right} = first;
  if (left?.kind === 'send' && right?.kind === 'send' && left.packet === right.packet) {
    const words = sendWords(left, right, first, language);
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
  const say = sayIn(language);
  const [a, b] = [eventWords(left, language), eventWords(right, language)];
  if (left && right && left.atUs !== right.atUs) {
    const [at, then] = [formatTime(left.atUs), formatTime(right.atUs)];
    return say(
      `What comes next: in A ${a} at ${at}, in B ${b} at ${then}.`,
      `接下来：A 中${a}（${at}），B 中${b}（${then}）。`,
    );
  }
  const time = formatTime(left?.atUs ?? right?.atUs ?? 0);
  if (a === b) return say(`At ${time} ${a}: what it says differs.`, `${time}，${a}：内容不同。`);
  return say(`At ${time}: in A ${a}, in B ${b}.`, `${time}：A 中${a}，B 中${b}。`);
};

const lateness = (
  {leftUs = 0, rightUs = 0}: Pick<StateRow, 'leftUs' | 'rightUs'>,
  language: Language,
): string => {
  const say = sayIn(language);
  const byUs = rightUs - leftUs;
  const time = formatTime(Math.abs(byUs));
  if (byUs === 0) return '';
  const word = compareTexts[byUs > 0 ? 'later' : 'earlier'];
  return say(`${time} ${word.en}`, `${word.zh} ${time}`);
};

/** The first state of a host that is not the same in both runs. */
const consequence = ({states}: Comparison, language: Language): string => {
  const say = sayIn(language);
  const row = states.find(({relation, state}) => relation !== '=' && state !== 'LISTEN');
  if (!row) return compareTexts.sameStates[language];
  const host = displayName(row.host, language);
  const name = language === 'en' ? host.charAt(0).toUpperCase() + host.slice(1) : host;
  if (row.relation === '+')
    return say(`Only in B does ${host} enter ${row.state}.`, `只有 B 中${host}进入 ${row.state}。`);
  if (row.relation === '−')
    return say(`${name} never enters ${row.state} in B.`, `B 中${host}始终没有进入 ${row.state}。`);
  return say(
    `${name} enters ${row.state} ${lateness(row, 'en')} in B.`,
    `B 中${host}${lateness(row, 'zh')}进入 ${row.state}。`,
  );
};

/** Two sentences: what differs first, and what comes of it. */
export const explanation = (comparison: Comparison, language: Language): string => {
  const alone = isDnsAlone(comparison.left) && isDnsAlone(comparison.right);
  const told = alone ? dnsExplanation(comparison, language) : httpExplanation(comparison, language);
  if (told) return spaced(told.join(punctuation.space[language]));
  const sentences = [firstSentence(comparison, language)];
  if (comparison.first) sentences.push(consequence(comparison, language));
  return spaced(sentences.join(punctuation.space[language]));
};

/** `equal up to packet 2 · first difference: packet 3, at 100 ms` */
export const equalUpTo = ({rows, left, right}: Comparison, language: Language): string => {
  const say = sayIn(language);
  const at = rows.findIndex(({relation}) => relation !== '=');
  const row = rows[at];
  if (!row) return compareTexts.allEqual[language];
  const [trace, id] = row.left === undefined ? [right, row.right ?? 1] : [left, row.left];
  const time = formatTime(packetOf(trace, id).sentUs);
  const equal = rows[at - 1]?.left;
  const first = say(
    `first difference: ${packetName['en']({id})}, at ${time}`,
    `第一处差异：${packetName['zh']({id})}，${time}`,
  );
  if (equal === undefined) return first;
  return `${say(`equal up to ${packetName['en']({id: equal})}`, `到${packetName['zh']({id: equal})}为止相同`)} · ${first}`;
};

const stateFact = (row: StateRow, language: Language): CompareFact => {
  const time = (us: number | undefined): string => (us === undefined ? '—' : formatTime(us));
  const remark =
    row.relation === '≠'
      ? lateness(row, language)
      : row.relation === '+'
        ? compareTexts.onlyB[language]
        : row.relation === '−'
          ? compareTexts.onlyA[language]
          : '';
  const name = `${displayName(row.host, language)} ${row.state}`;
  return {name, left: time(row.leftUs), right: time(row.rightUs), relation: row.relation, remark};
};

const countRemark = ([a, b]: readonly [number, number], language: Language): string => {
  const word = compareTexts[b > a ? 'more' : 'fewer'];
  const difference = Math.abs(b - a);
  return a === b ? '' : sayIn(language)(`${difference} ${word.en}`, `${word.zh} ${difference}`);
};

const countFact = (name: string, counts: readonly [number, number], language: Language): CompareFact => {
  const [a, b] = counts;
  const remark = countRemark(counts, language);
  return {name, left: String(a), right: String(b), relation: a === b ? '=' : '≠', remark};
};

const sum = (counts: {readonly [host: string]: number}): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** A host's way in a table: when it was open, and where it ended in either run. */
const milestones = ({states}: Comparison): readonly StateRow[] => {
  const last = new Map(states.map((row) => [`${row.host} ${row.connection}`, row]));
  const ends = new Set(last.values());
  return states.filter((row) => row.state === 'ESTABLISHED' || (ends.has(row) && row.state !== 'LISTEN'));
};

/** At most `most` rows: states first, those that differ before those that don't; then what both runs come to. */
export const compareFacts = (
  comparison: Comparison,
  language: Language,
  most: number,
): readonly CompareFact[] => {
  const [a, b] = comparison.summary;
  const delivered: readonly [number, number] = [sum(a.deliveredBytes), sum(b.deliveredBytes)];
  const totals = [
    ...httpFacts(comparison, language, {
      count: (counts) => countRemark(counts, language),
      time: ([leftUs, rightUs]) => lateness({leftUs, rightUs}, language),
    }),
    countFact(compareTexts.packets[language], [a.packets, b.packets], language),
    ...(delivered[0] === delivered[1]
      ? []
      : [countFact(compareTexts.delivered[language], delivered, language)]),
    {
      name: compareTexts.connection[language],
      left: outcomeTexts[a.outcome][language],
      right: outcomeTexts[b.outcome][language],
      relation: a.outcome === b.outcome ? ('=' as const) : ('≠' as const),
      remark: '',
    },
  ].slice(0, Math.max(0, most));
  const room = most - totals.length;
  const rows = milestones(comparison);
  const wanted = new Set(
    [...rows]
      .sort((x, y) => Number(x.relation === '=') - Number(y.relation === '='))
      .slice(0, Math.max(0, room)),
  );
  return [...rows.filter((row) => wanted.has(row)).map((row) => stateFact(row, language)), ...totals];
};

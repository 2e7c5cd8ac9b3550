// The rules of a composed sheet, counted from its questions alone: what breaks one is named.
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {isPacket, promptText} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';

const sameRun = ({evidence: a}: Question, {evidence: b}: Question): boolean =>
  a.source === b.source && a.run === b.run && a.seed === b.seed && `${a.faults}` === `${b.faults}`;

const numberOf = ({answer, choices}: Question): string | undefined => {
  const right = choices.find(({id}) => id === answer)?.text.en ?? String(answer);
  return /^\d{3,}$/.test(right) ? right : undefined;
};

/** A number that the earlier one says and the later one asks for without saying it. */
const isTold = (one: Question, other: Question): boolean => {
  const wanted = numberOf(other);
  if (wanted === undefined || !sameRun(one, other)) return false;
  const words = (text: string): readonly string[] => text.split(/\D+/);
  const isPrinted = words(promptText(other.prompt).en).includes(wanted);
  return !isPrinted && words(`${promptText(one.prompt).en} ${one.explain.en}`).includes(wanted);
};

/** With what is to be put in order. */
const printed = ({prompt, form, choices}: Question): string =>
  [promptText(prompt).en, ...(form === 'order' ? choices.map(({text}) => text.en) : [])].join('\n');

const rightOf = ({choices, answer}: Question): string => choices.find(({id}) => id === answer)?.text.en ?? '';

/** The packet that answers the one, printed by the other. */
const isShown = (one: Question, other: Question): boolean => {
  const {packet, field} = other.evidence;
  const shows = ({prompt}: Question): boolean =>
    prompt.some((line) => isPacket(line) && line.number === packet);
  return sameRun(one, other) && !field.includes(':') && shows(one) && !shows(other);
};

/** What experts found in one question of a sheet and needed in another one. */
const leaks: {readonly [kind in QuestionKind]?: (other: Question) => RegExp | undefined} = {
  'next-query-to': (other) =>
    /stub/.test(printed(other))
      ? /RD=1|(laptop|phone) (asks|sends) the resolver|answers the (la|ph)/
      : undefined,
  'dns-flags': (other) => (/whole work/.test(printed(other)) ? /RD=1|RD set/ : undefined),
  'missing-message': (other) =>
    /TLS 1.2/.test(printed(other))
      ? /TLS 1.2[\s\S]*ServerHello [\s\S]*Finished|ServerHelloDone/
      : /TLS 1.3[\s\S]*(EncryptedExtensions|Certificate)[\s\S]*Finished/,
  'rfc-name': (other) => new RegExp(`${rightOf(other).replaceAll(/[“”]/g, '')}\\b`),
  'which-status': (other) => new RegExp(`HTTP/1.1 ${rightOf(other)}\\b`),
  'frame-bytes': (other) => new RegExp(`frame ${rightOf(other) || String(other.answer)} bytes`),
};

export const brokenRules = (
  questions: readonly Question[],
  isOn: (question: Question) => boolean,
): readonly string[] => {
  const broken: string[] = [];
  const ids = new Set(questions.map(({id}) => id));
  if (ids.size < questions.length) broken.push('twice');
  if (questions.filter(isOn).length < 0.7 * questions.length) broken.push('subject');
  for (let start = 0; start === 0 || start + 10 <= questions.length; start += 1) {
    const kinds = questions.slice(start, start + 10).map(({kind}) => kind);
    const third = kinds.find((kind) => kinds.filter((each) => each === kind).length > 2);
    if (third) broken.push(`${third} a third time from ${start}`);
  }
  for (const {kind, prompt} of questions)
    if (/^which-(is|are)-so$/.test(kind) && /[“(]/.test(promptText(prompt).en)) broken.push('names a run');
  for (const [index, one] of questions.entries())
    for (const other of questions.slice(index + 1)) {
      for (const [first, second] of [
        [one, other],
        [other, one],
      ] as const) {
        if (isTold(first, second)) broken.push(`told ${one.id} ${other.id}`);
        if (isShown(first, second)) broken.push(`shown ${one.id} ${other.id}`);
        const words = leaks[second.kind]?.(second);
        if (words?.test(printed(first))) broken.push(`${second.kind}: ${words} ${first.kind}`);
      }
      const [here, there] = [one.evidence, other.evidence];
      const isSame = here.packet === there.packet && here.field === there.field && here.value === there.value;
      if (sameRun(one, other) && isSame) broken.push(`same ${one.id} ${other.id}`);
    }
  return broken;
};

// The assertions about TCP_INFO between `%{` and `}%`: Python's comparisons of fields, numbers and names, joined by `and` or in a row.
import {type Assertion, type Comparison, comparisons, type Term} from './script.ts';

/** linux/tcp.h, enum tcp_ca_state. */
const recoveryStates = ['TCP_CA_Open', 'TCP_CA_Disorder', 'TCP_CA_CWR', 'TCP_CA_Recovery', 'TCP_CA_Loss'];

/** linux/tcp.h: bits of tcpi_options. */
const optionBits: Readonly<Record<string, number>> = {
  TCPI_OPT_TIMESTAMPS: 1,
  TCPI_OPT_SACK: 2,
  TCPI_OPT_WSCALE: 4,
  TCPI_OPT_ECN: 8,
  TCPI_OPT_ECN_SEEN: 16,
  TCPI_OPT_SYN_DATA: 32,
  TCPI_OPT_TFO_CHILD: 128,
};

/** Its states by the names that Linux gives them (net/tcp_states.h). */
const kernelStates: Readonly<Record<string, string>> = {
  TCP_ESTABLISHED: 'ESTABLISHED',
  TCP_SYN_SENT: 'SYN_SENT',
  TCP_SYN_RECV: 'SYN_RECEIVED',
  TCP_FIN_WAIT1: 'FIN_WAIT_1',
  TCP_FIN_WAIT2: 'FIN_WAIT_2',
  TCP_TIME_WAIT: 'TIME_WAIT',
  TCP_CLOSE: 'CLOSED',
  TCP_CLOSE_WAIT: 'CLOSE_WAIT',
  TCP_LAST_ACK: 'LAST_ACK',
  TCP_LISTEN: 'LISTEN',
  TCP_CLOSING: 'CLOSING',
};

const token = /\s*(==|!=|<=|>=|<|>|&|\(|\)|-?0x[0-9a-fA-F]+|-?\d+|[A-Za-z_]\w*)/y;

const tokensOf = (text: string): readonly string[] | undefined => {
  const found: string[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    found.push(match[1] ?? '');
    if (token.lastIndex === text.length) return found;
  }
  return undefined;
};

const atom = (word: string): Term | undefined => {
  if (word.startsWith('tcpi_')) return {kind: 'field', name: word};
  if (recoveryStates.includes(word)) return {kind: 'value', value: recoveryStates.indexOf(word)};
  const bit = optionBits[word];
  if (bit !== undefined) return {kind: 'value', value: bit};
  const state = kernelStates[word];
  if (state !== undefined) return {kind: 'value', value: state};
  if (word.startsWith('TCPI_')) return {kind: 'value', value: word.slice('TCPI_'.length)};
  return /^-?\d/.test(word) ? {kind: 'value', value: Number(word)} : undefined;
};

/** `a`, `a & b`; parentheses around them say nothing more. */
const termOf = (words: readonly string[]): Term | undefined => {
  const [first = '', and, second = '', ...rest] = words.filter((word) => word !== '(' && word !== ')');
  const left = atom(first);
  if (and === undefined) return left;
  const right = atom(second);
  if (and !== '&' || left === undefined || right === undefined || rest.length > 0) return undefined;
  return {kind: 'masked', of: left, by: right};
};

const isComparison = (word: string): word is Comparison => comparisons.some((sign) => sign === word);

const turned: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};

type Part = {readonly words: readonly string[]; readonly sign: Comparison | undefined};

/** `a <= b <= c` as what stands between the signs. */
const partsOf = (tokens: readonly string[]): readonly Part[] => {
  const parts: Part[] = [];
  let words: string[] = [];
  for (const word of tokens) {
    if (!isComparison(word)) words.push(word);
    else {
      parts.push({words, sign: word});
      words = [];
    }
  }
  return [...parts, {words, sign: undefined}];
};

/** What is asked of TCP_INFO stands on the left. */
const compared = (left: Term, comparison: Comparison, right: Term): Assertion =>
  left.kind === 'value'
    ? {kind: 'assert', left: right, comparison: turned[comparison], right: left}
    : {kind: 'assert', left, comparison, right};

const parsePart = (text: string): readonly Assertion[] | undefined => {
  const parts = partsOf(tokensOf(text) ?? []);
  const found: Assertion[] = [];
  for (const [index, {words, sign}] of parts.entries()) {
    const next = parts[index + 1];
    if (sign === undefined || next === undefined) break;
    const left = termOf(words);
    const right = termOf(next.words);
    if (left === undefined || right === undefined) return undefined;
    found.push(compared(left, sign, right));
  }
  return found.length > 0 ? found : undefined;
};

/** What follows the comma is said where it fails. */
const parseStatement = (statement: string): readonly Assertion[] => {
  const [condition = ''] = statement.replace(/^assert\s*/, '').split(',');
  const parts = condition.split(/\s+and\s+/).map((part) => parsePart(part.trim()));
  return parts.flatMap((part): readonly Assertion[] => part ?? [{kind: 'unknown', text: statement}]);
};

export const parseCode = (code: string): readonly Assertion[] =>
  code
    .split(/\n|;/)
    .map((line) =>
      line
        .replace(/#.*$/, '')
        .replace(/\\\s*$/, '')
        .trim(),
    )
    .filter((line) => line !== '')
    .flatMap((line) => (/^assert\b/.test(line) ? parseStatement(line) : [{kind: 'unknown', text: line}]));

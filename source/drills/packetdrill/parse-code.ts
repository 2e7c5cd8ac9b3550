// The assertions about TCP_INFO between `%{` and `}%`.
import {type Assertion, comparisons} from './script.ts';

const assertion =
  /^assert\s+\(?\s*(tcpi_\w+)\s*(==|!=|<=|>=|<|>)\s*(-?\d+|0x[0-9a-fA-F]+|TCPI_\w+|TCP_CA_\w+)\s*\)?\s*(?:,.*)?$/;

/** linux/tcp.h, enum tcp_ca_state. */
const recoveryStates = ['TCP_CA_Open', 'TCP_CA_Disorder', 'TCP_CA_CWR', 'TCP_CA_Recovery', 'TCP_CA_Loss'];

const wantedValue = (word: string): number | string => {
  if (word.startsWith('TCPI_')) return word.slice('TCPI_'.length);
  return recoveryStates.includes(word) ? recoveryStates.indexOf(word) : Number(word);
};

const parseStatement = (statement: string): readonly Assertion[] => {
  // Python's `a and b` says the same as two assertions.
  const parts = statement.replace(/^assert\s+/, '').split(/\s+and\s+/);
  return parts.map((part) => {
    const match = assertion.exec(`assert ${part}`);
    const comparison = comparisons.find((sign) => sign === match?.[2]);
    if (match === null || comparison === undefined) return {kind: 'unknown', text: statement};
    const [, field = '', , value = ''] = match;
    return {
      kind: 'assert',
      field,
      comparison,
      value: wantedValue(value),
    };
  });
};

export const parseCode = (code: string): readonly Assertion[] =>
  code
    .split(/\n|;/)
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line !== '')
    .flatMap((line) => (line.startsWith('assert') ? parseStatement(line) : [{kind: 'unknown', text: line}]));

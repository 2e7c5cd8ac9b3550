// *Why?* of the header of a DNS message: what its bits say, whatever made the message leave (RFC 1035 §4.1.1).
import type {Language} from '../../lesson/text.ts';
import {rcodeName} from '../../wire/dns/registry.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyDnsFlag as say} from '../../words/catalogue/why.ts';
import type {InspectorRow} from '../bytes/inspector-rows.ts';

/** AA, TC, RA and RCODE. */
const ofResponse = 0x068f;

const valueIn = ({layer}: InspectorRow, name: string): number =>
  Number(layer.fields.find((field) => field.name === `dns.flags.${name}`)?.value ?? Number.NaN);

/** Of a query: a repetition or another occasion leaves with the same. */
export const isOfQuery = (row: InspectorRow): boolean =>
  /^dns\.(id|flags)/.test(row.field?.name ?? '') && valueIn(row, 'response') === 0;

/** Another operation gives the bits another meaning, or none (RFC 1996, RFC 2136). */
const isStandard = (row: InspectorRow): boolean => valueIn(row, 'opcode') === 0;

const queryTexts = (row: InspectorRow, language: Language): readonly string[] => {
  const isSilent = (Number(row.field?.value) & ofResponse) === 0;
  return [
    say.query[language],
    say.opcode[language]({opcode: valueIn(row, 'opcode')}),
    ...(isStandard(row) && valueIn(row, 'recdesired') === 0 ? [say.walks[language]] : []),
    ...(isStandard(row) && isSilent ? [say.silent[language]] : []),
  ];
};

const responseTexts = (row: InspectorRow, language: Language): readonly string[] => {
  const clear = {authoritative: say.unowned, truncated: say.whole, recavail: say.alone};
  const rcode = valueIn(row, 'rcode');
  return [
    say.opcode[language]({opcode: valueIn(row, 'opcode')}),
    ...Object.entries(clear).flatMap(([name, text]) =>
      isStandard(row) && valueIn(row, name) === 0 ? [text[language]] : [],
    ),
    say.rcode[language]({rcode, name: rcodeName(rcode)}),
  ];
};

/** What the whole word says by what is not 1 in it. */
const wordText = (row: InspectorRow, language: Language): string =>
  (valueIn(row, 'response') === 0 ? queryTexts : responseTexts)(row, language).join(
    punctuation.space[language],
  );

/** Beside what the field means. */
export const dnsFlagTexts = (row: InspectorRow, language: Language): readonly string[] => {
  switch (row.field?.name) {
    case 'dns.flags':
      return [wordText(row, language)];
    case 'dns.flags.recdesired':
      if (!isStandard(row)) return [];
      return [row.field.value === '1' ? say.leaves[language] : say.walks[language]];
    default:
      return [];
  }
};

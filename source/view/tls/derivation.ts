// Writes the page on one TLS key: who came to know it, when and how, and how it is derived step by step, with the octets of this run.
import {derivationOf} from '../../account/derivation/derivation.ts';
import type {Derivation, Operand, Origin} from '../../account/derivation/step.ts';
import type {Speech} from '../../lesson/host-names.ts';
import type {Language} from '../../lesson/text.ts';
import {hexOf} from '../../wire/octets.ts';
import {
  derivationTexts,
  derivationWords,
  givesNames,
  operandNames,
} from '../../words/catalogue/derivation.ts';
import {keysWords, placeWords} from '../../words/catalogue/keys.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import {padEnd, textWidth, wrap} from '../../words/width.ts';
import {muted, type Piece, plain, strong} from '../canvas.ts';
import type {View} from '../view.ts';
import {tlsAtHand} from './connections.ts';
import type {KeyRow, KeyScene, Knower} from './key-schedule.ts';
import {knowerName} from './key-words.ts';

/** A row of the TLS key schedule, with the version, suite and group of its connection. */
export type Standing = {readonly row: KeyRow; readonly chosen: KeyScene['chosen']};

const placeText = ({place, update}: Pick<KeyRow, 'place' | 'update'>, language: Language): string => {
  const name = placeWords[place][language];
  return update === 0 ? name : keysWords.update[language]({name, times: update});
};

const emptyFacts = {name: '', hash: '', message: '', retried: false, start: 0, end: 0};

const factsOf = (origin: Origin, {language, called}: Speech): typeof emptyFacts => {
  switch (origin.kind) {
    case 'key':
      return {...emptyFacts, name: placeText(origin, language)};
    case 'salt':
      return {...emptyFacts, name: placeWords[origin.place][language]};
    case 'messages': {
      const end = origin.sender && called(origin.sender);
      const message = keysWords.made[language]({end, message: origin.to});
      return {...emptyFacts, hash: origin.hash, message, retried: origin.retried};
    }
    case 'randoms':
      return {
        ...emptyFacts,
        name: derivationWords.random[language]({host: called(origin.first)}),
      };
    case 'share':
      return {...emptyFacts, name: called(origin.of)};
    case 'cut':
      return {...emptyFacts, start: origin.start, end: origin.end - 1};
    case 'sequence':
      return {...emptyFacts, start: origin.sequence};
    default:
      return emptyFacts;
  }
};

const originText = (origin: Origin, speech: Speech): string =>
  derivationWords.origin[speech.language]({kind: origin.kind, ...factsOf(origin, speech)});

const octetsText = ({value, origin}: Operand, language: Language): string => {
  if (typeof value === 'string') return `"${value}"`;
  if (value === undefined) return origin?.kind === 'cut' ? '' : derivationTexts.hidden[language];
  return hexOf(value);
};

const indent = '  ';
const gap = 2;

/** Returns the largest even number up to `digits`, so that a line of hexadecimal digits ends after a whole octet. */
const evenly = (digits: number): number => digits - (digits % 2);

/**
 * Returns the rows for one value in a TLS key's derivation: its name, its origin (`said`) and its octets, in one row if they fit, otherwise
 * with the octets in rows below.
 */
const valueRows = (
  {name, said, octets}: {readonly name: string; readonly said: string; readonly octets: string},
  {room, columns}: {readonly room: number; readonly columns: number},
): readonly Piece[] => {
  const head = indent + padEnd(name, room + gap) + said;
  const whole = said === '' ? head + octets : `${head}  ${octets}`;
  if (textWidth(whole) <= columns) return [{text: whole.trimEnd(), style: plain}];
  const below = padEnd('', indent.length + room + gap);
  return [
    ...wrap(head.trimEnd(), columns).map((text) => ({text, style: plain})),
    ...wrap(octets, evenly(columns - below.length)).map((text) => ({text: below + text, style: muted})),
  ];
};

const stepRows = (step: Derivation, columns: number, speech: Speech): readonly Piece[] => {
  const {language} = speech;
  const {gives, formula, group = '', rfc, operands, output} = step;
  const names = operands.map(({name}) => operandNames[name][language]);
  const room = Math.max(1, ...names.map(textWidth));
  const sizes = {room, columns};
  const made = derivationWords.formula[language]({formula, group});
  return [
    {text: `${givesNames[gives][language]}${punctuation.colon[language]}${made}  ${rfc}`, style: strong},
    ...operands.flatMap((operand, index) => {
      const said = operand.origin ? originText(operand.origin, speech) : '';
      return valueRows({name: names[index] ?? '', said, octets: octetsText(operand, language)}, sizes);
    }),
    ...(output ? valueRows({name: '=', said: '', octets: hexOf(output)}, sizes) : []),
  ];
};

const knowerText = ({host, atUs, n, how}: Knower, {language, called}: Speech): string =>
  derivationWords.since[language]({
    ...{host: knowerName(host, {language, called}), time: formatTime(atUs), n: String(n)},
    how: derivationWords.how[language]({how}),
  });

/** Returns the rows of the page on a key, wrapped to `columns`; without `columns`, each value is in one row, however long. */
export const derivationRows = (
  view: View,
  {row, chosen}: Standing,
  columns = Number.POSITIVE_INFINITY,
): readonly Piece[] => {
  const connection = tlsAtHand(view);
  const {place, update, key, iv, maker} = row;
  const hostOf = (role: string): string =>
    [...(connection?.roles ?? [])].find(([, each]) => each === role)?.[0] ?? role;
  // The texts call hosts by their role in TLS, which may differ from their name in the run.
  const speech = {language: view.language, called: (role: string) => view.called(hostOf(role))};
  const steps = connection
    ? derivationOf(connection, chosen, {...{place, update, key, iv}, host: maker})
    : [];
  return [
    ...row.knownBy.flatMap((each) =>
      wrap(knowerText(each, view), columns - indent.length).map((text) => ({
        text: indent + text,
        style: muted,
      })),
    ),
    ...steps.flatMap((step) => stepRows(step, columns, speech)),
    ...(steps.length === 0 ? [{text: derivationTexts.none[view.language], style: muted}] : []),
  ];
};

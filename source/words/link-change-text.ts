// Writes the speed of a link, and the effect of the action `setLink`, which changes a link without a call by any program.
import type {Language} from '../lesson/text.ts';
import type {Action, LinkChange} from '../sim/action.ts';
import {linkTexts} from './catalogue/link-change.ts';
import {punctuation} from './catalogue/punctuation.ts';
import {formatTime} from './format.ts';

type Units = readonly (readonly [unit: string, scale: number])[];

const rates: Units = [
  ['Gbit/s', 1_000_000_000],
  ['Mbit/s', 1_000_000],
  ['kbit/s', 1000],
  ['bit/s', 1],
];

const sizes: Units = [
  ['MiB', 1_048_576],
  ['KiB', 1024],
  ['B', 1],
];

/** Returns a number in the largest unit that leaves no fraction, such as `10 Mbit/s`. */
const wholeIn = (units: Units, value: number): string => {
  const [unit, scale] = units.find(([, each]) => value >= each && value % each === 0) ?? ['', 1];
  return `${value / scale}${unit && ` ${unit}`}`;
};

/** Returns the text of a link's rate, and of its queue if that is limited; none for a link without a rate, where nothing has to queue. */
export const linkSpeeds = (
  {rateBps, queueBytes}: {readonly rateBps?: number | undefined; readonly queueBytes?: number | undefined},
  language: Language,
): readonly string[] => {
  if (rateBps === undefined) return [];
  const queue =
    queueBytes === undefined ? [] : [`${linkTexts.queue[language]} ${wholeIn(sizes, queueBytes)}`];
  return [wholeIn(rates, rateBps), ...queue];
};

/** Returns a share from 0 to 1 in percent, without the rounding errors of binary fractions. */
const formatPercent = (share: number): string => `${Math.round(share * 1_000_000) / 10_000}%`;

const changesOf = ({delayUs, rateBps, queueBytes, loss, mtu}: LinkChange, language: Language): string[] => {
  const told = (name: 'delay' | 'rate' | 'queue' | 'loss' | 'mtu', value: string | undefined): string[] =>
    value === undefined ? [] : [`${linkTexts[name][language]} ${value}`];
  return [
    ...told('delay', delayUs === undefined ? undefined : formatTime(delayUs)),
    ...told('rate', rateBps === undefined ? undefined : wholeIn(rates, rateBps)),
    ...told('queue', queueBytes === undefined ? undefined : wholeIn(sizes, queueBytes)),
    ...told('loss', loss === undefined ? undefined : formatPercent(loss)),
    ...told('mtu', mtu === undefined ? undefined : String(mtu)),
  ];
};

/** Returns text such as `the link near goes down` or `the link path changes: loss 100%`. */
export const linkChangeText = (
  {link, change}: Extract<Action, {call: 'setLink'}>,
  language: Language,
): string => {
  const {goesDown, comesUp, changes} = linkTexts;
  const rest = changesOf(change, language);
  const power = change.up === undefined ? [] : [(change.up ? comesUp : goesDown)[language]];
  const values = rest.join(punctuation.comma[language]);
  const colon = punctuation.colon[language];
  const parts = [...power, ...(rest.length > 0 ? [`${changes[language]}${colon}${values}`] : [])];
  return `${linkTexts.link[language]} ${link} ${parts.join(punctuation.comma[language])}`;
};

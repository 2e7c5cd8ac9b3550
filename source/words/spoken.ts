// The sentences of a run as they are heard, in both languages. The order is always: when, who, what, the numbers, then
// what it changed (screens.md 5 (r)).
import {type Language, type Text, worded} from '../lesson/text.ts';
import {punctuation} from './catalogue/punctuation.ts';
import {spokenSentences} from './catalogue/spoken.ts';

/** Where a Chinese word meets Latin letters or digits, whatever names were put in. */
const seam = /(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])/g;

/** Every sentence ends; one that ends already stays as it is. */
export const ended = (text: string, language: Language): string => {
  const spaced = text.replace(seam, ' ');
  return /[.!?。！？：…]$/.test(spaced) ? spaced : `${spaced}${punctuation.period[language]}`;
};

export const spokenCounts = {
  beats: (total: number): Text => worded(spokenSentences.beats, {total}),
  beat: (number: number, total: number): Text => worded(spokenSentences.beat, {number, total}),
  speed: (speed: number): Text =>
    speed === 1 ? spokenSentences.speed.normalSpeed : worded(spokenSentences.speed.speedTimes, {speed}),
  sentBy: (time: string, host: string): Text => worded(spokenSentences.sentBy, {time, host}),
  sentTo: (host: string): Text => worded(spokenSentences.sentTo, {host}),
  arrivedAt: (time: string): Text => worded(spokenSentences.arrivedAt, {time}),
  presumedAt: (time: string): Text => worded(spokenSentences.presumedAt, {time}),
  timerLeft: (host: string, timer: string, left: string): Text =>
    worded(spokenSentences.timerLeft, {host, timer, left}),
  wayOf: (host: string, states: string): Text => worded(spokenSentences.wayOf, {host, states}),
  deducedWayOf: (host: string, states: string): Text => worded(spokenSentences.deducedWayOf, {host, states}),
  deducedThat: (sentence: string): Text => worded(spokenSentences.deducedThat, {sentence}),
  /** A window as it stands in the header. */
  unscaled: (field: string): Text => worded(spokenSentences.unscaled, {field}),
  changedBy: (trigger: string): Text => worded(spokenSentences.changedBy, {trigger}),
  addressOf: (host: string, address: string): Text => worded(spokenSentences.addressOf, {host, address}),
} as const;

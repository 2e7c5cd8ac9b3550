// Parses the time of an event in a packetdrill script: `1.00`, `+0.10`, `*`, ranges `A~B`, and the end of a blocking call `A...B`.
import {packetdrillParseTimeSentences} from '../../words/catalogue/drills-packetdrill.ts';
import type {Cursor} from './cursor.ts';
import type {EventTime} from './script.ts';

const number = /\d*\.\d+|\d+/y;

const microseconds = (seconds: string): number => Math.round(Number.parseFloat(seconds) * 1_000_000);

const seconds = (cursor: Cursor): number =>
  microseconds(cursor.expect(number, packetdrillParseTimeSentences.seconds));

export type ParsedTime = {readonly time: EventTime; readonly blocksUs: number | undefined};

/** Parses the time after `~` or `...` in a script; in a relative time the plus sign may be repeated there. */
const upper = (cursor: Cursor, lowerUs: number): number => {
  const offset = cursor.at;
  cursor.takeSign('+');
  const us = seconds(cursor);
  if (us < lowerUs) {
    cursor.fail(
      packetdrillParseTimeSentences.upper.theRangeEnds,
      packetdrillParseTimeSentences.upper.writeTheEarlier,
      offset,
    );
  }
  return us;
};

export const parseTime = (cursor: Cursor): ParsedTime => {
  if (cursor.takeSign('*')) return {time: {kind: 'any'}, blocksUs: undefined};
  const kind = cursor.takeSign('+') ? 'relative' : 'absolute';
  const us = seconds(cursor);
  if (cursor.takeSign('~')) return {time: {kind, us, untilUs: upper(cursor, us)}, blocksUs: undefined};
  const blocksUs = cursor.takeSign('...') ? upper(cursor, us) - us : undefined;
  return {time: {kind, us}, blocksUs};
};

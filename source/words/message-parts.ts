// Tells which part of an HTTP message a packet contains, for the inspector, in both languages.
import type {Language} from '../lesson/text.ts';
import {partWords} from './catalogue/message.ts';
import {packetList} from './message.ts';

/**
 * Which bytes of an HTTP message's content a packet has, counted from 1. `of`: the length of the content; undefined if the head does not
 * tell it.
 */
export type ContentPart = {readonly from: number; readonly to: number; readonly of: number | undefined};

/** A part of an HTTP message in a packet. `start` and `end`: its offsets in the packet's data. */
export type MessagePart = {
  readonly kind: 'request' | 'response';
  readonly words: string;
  /** The number of the packet in which the HTTP message begins. */
  readonly begins: number;
  readonly start: number;
  readonly end: number;
} & (
  | {readonly is: 'head'; readonly goesOnIn: readonly number[]}
  /** A line of an HTTP head that is split; `packets` have its other parts. */
  | {readonly is: 'line'; readonly name: string; readonly packets: readonly number[]}
  | ({readonly is: 'content'} & ContentPart)
);

type Of<Is extends MessagePart['is']> = Extract<MessagePart, {readonly is: Is}>;

/** Returns the sentence on a part of an HTTP message in a packet; empty if the packet has the whole head. */
export const partSentence = (part: MessagePart, packet: number, language: Language): string => {
  const {kind, words, begins} = part;
  const here = begins === packet;
  const message = partWords.message[language]({kind, words, begins, here, named: words !== ''});
  if (part.is === 'line') {
    const {name, packets} = part;
    return partWords.line[language]({name, named: name !== '', list: packetList(packets, language)});
  }
  if (part.is === 'content') return partWords.content[language]({...part, message});
  if (!here) return partWords.headBefore[language]({message});
  const {goesOnIn} = part;
  if (goesOnIn.length === 0) return '';
  return partWords.headAfter[language]({count: goesOnIn.length, list: packetList(goesOnIn, language)});
};

/** Returns a short text on which bytes of an HTTP message's content a packet has, for the place beside a row's size. */
export const contentPlace = ({from, to, of}: Of<'content'>, language: Language): string =>
  partWords.short[language]({from, to, of});

// What a stretch of a connection of HTTP/2 says, line by line: each frame, below it its header fields or its content.
import {http2PartAt} from '../../account/http2-parts.ts';
import {carriedText} from '../../account/notation.ts';
import {websocketPartAt} from '../../account/websocket-parts.ts';
import type {Language} from '../../lesson/text.ts';
import type {SeenHttp2Frame} from '../../observe/http2-connection.ts';
import {framesIn, type Http2Place} from '../../observe/http2-reading.ts';
import type {WebSocketPlace} from '../../observe/websocket-reading.ts';
import {frameHeaderSize} from '../../wire/http2/frame.ts';
import {eyeHands} from '../../words/hands.ts';
import {terminal} from '../../words/written.ts';

export type Row = {readonly kind: 'text' | 'hex'; readonly text: string};

const indent = '  ';

/** The header fields where their block ends, or what of the content lies in the stretch. */
const inside = (
  {start: from, end: to, body, block}: SeenHttp2Frame,
  {start, end}: Http2Place,
  content: (from: number, to: number) => readonly Row[],
): readonly Row[] => {
  if (block?.read && to <= end)
    return block.read.fields.map(({name, value}) => ({
      ...{kind: 'text', text: `${indent}${terminal.text(`${name}: ${value}`)}`},
    }));
  if (body?.kind !== 'DATA') return [];
  const first = Math.max(start, from + frameHeaderSize + body.content.start);
  const last = Math.min(end, from + frameHeaderSize + body.content.end);
  return first < last ? content(first, last) : [];
};

/** `content`: octets of the stream as rows. */
export const frameRows = (
  place: Http2Place,
  language: Language,
  content: (from: number, to: number) => readonly Row[],
): readonly Row[] => {
  const parts = http2PartAt(place)?.frames ?? [];
  const frames = framesIn(place);
  const hand = eyeHands[language];
  return parts.flatMap((part, at) => {
    const text = carriedText({kind: 'http2', frames: [part]}, {...hand, start: (words) => words});
    // The preface is none of the frames.
    const seen = frames[at - (parts.length - frames.length)];
    return [{kind: 'text', text}, ...(seen ? inside(seen, place, content) : [])] as const;
  });
};

/** Of a WebSocket: each frame. */
export const socketRows = (place: WebSocketPlace, language: Language): readonly Row[] =>
  (websocketPartAt(place)?.frames ?? []).map((frame) => ({
    kind: 'text',
    text: carriedText({kind: 'websocket', frames: [frame]}, eyeHands[language]),
  }));

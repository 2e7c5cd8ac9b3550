// Describes in words how an endpoint violated the rules of HTTP/2.
import {type Text, worded} from '../../lesson/text.ts';
import type {Http2Fault} from '../../observe/http2-faults.ts';
import type {Http2ErrorCode} from '../../wire/http2/http2-error.ts';
import {http2Faults} from '../../words/catalogue/http2.ts';

const saidAs: Readonly<Record<Http2ErrorCode, keyof typeof http2Faults>> = {
  preface: 'preface',
  'first-frame': 'preface',
  'frame-large': 'frameSize',
  'frame-size': 'frameSize',
  'block-interrupted': 'block',
  'block-large': 'blockLarge',
  'stream-idle': 'idle',
  'stream-ended': 'ended',
  'stream-number': 'number',
  'stream-zero': 'place',
  'stream-not-zero': 'place',
  padding: 'padding',
  'setting-value': 'setting',
  'push-promise': 'push',
  'window-zero': 'window',
  'window-large': 'window',
  'window-beyond': 'beyond',
  continuation: 'block',
  'length-differs': 'length',
  'field-name': 'field',
  'field-value': 'field',
  'field-of-connection': 'connectionField',
  'pseudo-field': 'pseudo',
  'hpack-integer': 'compression',
  'hpack-short': 'compression',
  'hpack-huffman': 'compression',
  'hpack-index': 'compression',
  'hpack-size': 'compression',
  'hpack-size-late': 'compression',
};

export const faultWords = (by: 'client' | 'server', {code}: Http2Fault): Text =>
  worded(http2Faults[saidAs[code]], {by});

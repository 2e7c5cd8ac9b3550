// Returns the messages of an HTTP exchange in reading order, as blocks of lines: the request, interim responses, the response.
import {packetOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import type {SeenMessage} from '../../observe/http-exchanges.ts';
import {brokenOffOn} from '../../observe/http2-exchanges.ts';
import type {Direction} from '../../observe/stream-bytes.ts';
import {http2ErrorName} from '../../wire/http2/http2-error.ts';
import {messageTexts, messageWords} from '../../words/catalogue/message.ts';
import {lastSeen} from '../seen.ts';
import type {View} from '../view.ts';
import type {ShownExchange} from './exchange-at.ts';
import {type MessageLine, messageLines} from './message-lines.ts';

export type Block = {
  /** The host that sends the HTTP message. */
  readonly from: string;
  readonly lines: readonly MessageLine[];
};

const absent = (text: string): MessageLine => ({
  kind: 'note',
  name: '',
  text,
  arrived: true,
  hidden: false,
  packets: [],
});

/**
 * Tells whether the data received in one direction have no gap but cannot be parsed, because they violate the grammar of HTTP
 * (RFC 9112 §2.2).
 */
const isUnreadable = ({pieces, stopped}: Direction): boolean =>
  stopped && pieces.every(({kind}) => kind !== 'hole');

/**
 * Returns a text on why an HTTP request has no response yet: the exchange was broken off, the connection has ended, or the response is
 * still to come.
 */
const noResponse = (view: View, {exchange, reading}: ShownExchange): Text => {
  const {connection, stream, request} = exchange;
  const broken = stream === undefined ? undefined : brokenOffOn(connection, stream);
  if (broken) {
    const {sendEvent, endEvent = sendEvent} = packetOf(view.input.trace, broken.frame);
    const when = broken.side === request?.side ? sendEvent : endEvent;
    const error = broken.error === undefined ? '' : http2ErrorName(broken.error);
    if (when <= lastSeen(view)) return worded(messageWords.brokenOff, {by: broken.by, error});
  }
  const {ended} = reading.directions[request?.side === 1 ? 0 : 1];
  return ended ? worded(messageWords.brokenOff, {by: 'end', error: ''}) : messageTexts.noResponse;
};

export const exchangeBlocks = (view: View, shown: ShownExchange): readonly Block[] => {
  const {exchange, reading} = shown;
  const {language} = view;
  const {request, interim, response, connection} = exchange;
  const unseen = isUnreadable(reading.directions[0]) ? messageTexts.badRequest : messageTexts.noRequest;
  const [client, server] = connection.ends;
  const block = (message: SeenMessage): Block => ({
    from: connection.ends[message.side].host,
    lines: messageLines(view, reading, message, exchange.stream),
  });
  return [
    request ? block(request) : {from: client.host, lines: [absent(unseen[language])]},
    ...interim.map(block),
    response ? block(response) : {from: server.host, lines: [absent(noResponse(view, shown)[language])]},
  ];
};

// The HTTP part of selectors: the conditions on a message that begins in a packet, whether they are met, and their description for an
// author.
import type {Head} from '../../wire/http/framing.ts';
import type {PacketFacts} from '../packet-facts.ts';

type MessageConditions = {
  /** The method that the selector's HTTP request must have. */
  readonly method?: string;
  /** The status code that the selector's HTTP response must have. */
  readonly status?: number;
};

export type HttpConditions = {readonly http?: MessageConditions};

const isSuch = ({method, status}: MessageConditions, {start}: Head): boolean =>
  (method === undefined || (start.kind === 'request' && start.method === method)) &&
  (status === undefined || (start.kind === 'response' && start.status === status));

export const fulfilsHttp = ({http}: HttpConditions, {httpHeads}: PacketFacts): boolean =>
  http === undefined || httpHeads().some((head) => isSuch(http, head));

export const describeHttpConditions = ({http}: HttpConditions): readonly string[] =>
  http === undefined ? [] : [['http', http.method ?? [], http.status ?? []].flat().join(' ')];

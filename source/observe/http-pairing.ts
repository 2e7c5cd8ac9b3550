// Finds which HTTP/1 response answers which request. Their order tells (RFC 9112 §9.3), unless the capture lacks some of them.

/**
 * An HTTP message for pairing. `begins` is the packet in which it begins; `behindGap` is true if octets between the previous response and
 * this one were not captured.
 */
type Begun = {readonly begins: number};
type Answer = Begun & {readonly behindGap: boolean};

export type Pair<Request, Response> = {
  readonly request: Request | undefined;
  readonly response: Response | undefined;
};

/**
 * Returns the index of the request that a response after a gap answers: the last one sent before it, because a client that does not
 * pipeline waits. Of several pipelined requests in one packet, it is the first.
 */
const behindGap = (requests: readonly Begun[], from: number, {begins}: Begun): number => {
  let at = from;
  for (let next = requests[at + 1]; next !== undefined; next = requests[at + 1]) {
    if (next.begins > begins || next.begins === requests[at]?.begins) break;
    at += 1;
  }
  return at;
};

/**
 * Returns the index of the request that `response` answers, if the requests before index `from` have their answers; undefined if that
 * request was not captured.
 */
export const answeredIndex = (
  requests: readonly Begun[],
  from: number,
  response: Answer,
): number | undefined => {
  const at = response.behindGap ? behindGap(requests, from, response) : from;
  const request = requests[at];
  return request && request.begins <= response.begins ? at : undefined;
};

/**
 * Pairs requests with their responses, in the order of the requests. A response whose request was not captured forms a pair without a
 * request.
 */
export const pairsOf = <Request extends Begun, Response extends Answer>(
  requests: readonly Request[],
  responses: readonly Response[],
): readonly Pair<Request, Response>[] => {
  const pairs: Pair<Request, Response>[] = [];
  let next = 0;
  const pass = (until: number): void => {
    for (; next < until; next++) pairs.push({request: requests[next], response: undefined});
  };
  for (const response of responses) {
    const at = answeredIndex(requests, next, response);
    if (at !== undefined) pass(at);
    pairs.push({request: at === undefined ? undefined : requests[at], response});
    if (at !== undefined) next = at + 1;
  }
  pass(requests.length);
  return pairs;
};

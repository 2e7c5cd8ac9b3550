// Which response answers which request: their order tells (RFC 9112 §9.3), until a capture lacks some of them.

/** `begins`: the packet that begins it; `behindGap`: what stood before it on its way was not captured. */
type Begun = {readonly begins: number};
type Answer = Begun & {readonly behindGap: boolean};

export type Pair<Request, Response> = {
  readonly request: Request | undefined;
  readonly response: Response | undefined;
};

/**
 * Behind a gap the response answers the last request that was sent before it: a client that does not pipeline waits. Of requests
 * in one packet, which were not waited for, the first is taken.
 */
const behindGap = (requests: readonly Begun[], from: number, {begins}: Begun): number => {
  let at = from;
  for (let next = requests[at + 1]; next !== undefined; next = requests[at + 1]) {
    if (next.begins > begins || next.begins === requests[at]?.begins) break;
    at += 1;
  }
  return at;
};

/** The index of the request that `response` answers, where those before `from` have their answers; undefined: it was not captured. */
export const answeredIndex = (
  requests: readonly Begun[],
  from: number,
  response: Answer,
): number | undefined => {
  const at = response.behindGap ? behindGap(requests, from, response) : from;
  const request = requests[at];
  return request && request.begins <= response.begins ? at : undefined;
};

/** In the order of requests; responses of which the request is missing stand where it would. */
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

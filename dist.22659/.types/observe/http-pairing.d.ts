/** `begins`: the packet that begins it; `behindGap`: what stood before it on its way was not captured. */
type Begun = {
    readonly begins: number;
};
type Answer = Begun & {
    readonly behindGap: boolean;
};
export type Pair<Request, Response> = {
    readonly request: Request | undefined;
    readonly response: Response | undefined;
};
/** The index of the request that `response` answers, where those before `from` have their answers; undefined: it was not captured. */
export declare const answeredIndex: (requests: readonly Begun[], from: number, response: Answer) => number | undefined;
/** In the order of requests; responses of which the request is missing stand where it would. */
export declare const pairsOf: <Request extends Begun, Response extends Answer>(requests: readonly Request[], responses: readonly Response[]) => readonly Pair<Request, Response>[];
export {};

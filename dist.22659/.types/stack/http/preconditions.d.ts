import type { Head } from '../../wire/http/framing.ts';
import type { RequestLine } from '../../wire/http/start-line.ts';
/** Of what is asked for, as it is now. */
export type Validators = {
    readonly etag?: string;
    readonly lastModifiedUs?: number;
};
/** undefined: do as the method says. `nowUs` is since 1970. A field whose date is none is ignored. */
export declare const failedCondition: ({ start, fields }: Head<RequestLine>, validators: Validators, nowUs: number) => 304 | 412 | undefined;

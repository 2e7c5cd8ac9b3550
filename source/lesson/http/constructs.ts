// The words that HTTP adds to the language of lessons.
import * as z from 'zod/mini';
import {given} from '../../sim/given.ts';
import {httpConstructsSentences} from '../../words/catalogue/lesson.ts';

import {statusCode} from '../scalars.ts';
import {type Construct, construct, type Protocol} from '../vocabulary.ts';
import {httpApp} from './apps.ts';
import {withBrowsers} from './browsers.ts';
import {httpCalls} from './calls.ts';
import type {HttpConditions} from './match.ts';
import {method} from './scalars.ts';

const message = z.strictObject({method: z.optional(method), status: z.optional(statusCode)});

const conditions: Construct<HttpConditions> = construct({http: z.optional(message)}, ({http}, place) => {
  if (http === undefined) return {};
  if (http.method !== undefined && http.status !== undefined) {
    place.problems.add([...place.path, 'http'], httpConstructsSentences.aMethodIs);
    return undefined;
  }
  return {http: given(http)};
});

export const http: Protocol = {
  name: 'http',
  calls: httpCalls,
  triggers: ['answered', 'status'],
  results: [
    ...['ok', 'refused', 'unreachable', 'timedOut', 'reset', 'closed', 'incomplete', 'malformed'],
    ...['unresolved', 'redirects', 'cancelled', 'EINVAL'],
  ],
  apps: {http: httpApp},
  actors: {},
  heads: {},
  conditions,
  overrides: {},
  completes: withBrowsers,
};

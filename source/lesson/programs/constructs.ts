// The calls in lessons of programs that use TCP without a named protocol above it.
import * as z from 'zod/mini';
import {given} from '../../sim/given.ts';
import {programsConstructsSentences} from '../../words/catalogue/lesson.ts';

import {microseconds} from '../quantity.ts';
import {duration, name, positive} from '../scalars.ts';
import {knowsConnection} from '../tcp/constructs.ts';
import {construct, type Protocol} from '../vocabulary.ts';

export const programs: Protocol = {
  name: 'programs',
  calls: {
    heartbeat: construct(
      {of: z.optional(name), every: duration, bytes: positive, limit: duration},
      ({of, every, bytes, limit}, place) => {
        const [everyUs, limitUs] = [microseconds(every), microseconds(limit)];
        if (!knowsConnection(of, place)) return undefined;
        if (limitUs > everyUs) return {call: 'heartbeat', ...given({of}), everyUs, bytes, limitUs};
        place.problems.add([...place.path, 'limit'], programsConstructsSentences.theLimitIs);
        return undefined;
      },
    ),
  },
  triggers: [],
  results: [],
  apps: {},
  actors: {},
  heads: {},
  conditions: construct({}, () => ({})),
  overrides: {},
};

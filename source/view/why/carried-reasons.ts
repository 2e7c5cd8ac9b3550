// What HTTP, TLS and DNS had to say, which had a segment sent or a connection opened: TCP only carries it.
import type {Rule} from '../../lesson/data.ts';
import type {Text} from '../../lesson/text.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import type {View} from '../view.ts';
import {httpReasonOf, inSentences, statusText} from './http-reason.ts';
import {openingReason} from './opening-reason.ts';
import {tlsReasonOf} from './tls-reason.ts';

type CarriedReason = {readonly by: string; readonly text: Text; readonly rule: Rule | undefined};

const ruled = (view: View, by: string, because: TraceEvent['because']): readonly CarriedReason[] => {
  const rule = because === undefined ? undefined : view.input.rule(because);
  return rule ? [{by, text: rule.text, rule}] : [];
};

/** The highest first. */
export const carriedReasons = (view: View, event: TraceEvent): readonly CarriedReason[] => {
  const opening = openingReason(view.input.trace, event);
  if (opening)
    return 'text' in opening ? [{...opening, rule: undefined}] : ruled(view, opening.by, opening.because);
  if (event.kind !== 'send') return [];
  const tls = tlsReasonOf(view.input.trace, event.n);
  const http = httpReasonOf(view, event);
  return [
    ...ruled(view, 'HTTP', http?.because).map((each) => ({
      ...each,
      text: inSentences([http && statusText(http.because, http.status), each.text]),
    })),
    ...(tls && tls.because === undefined
      ? [{by: 'TLS', text: whyTexts.goesOn, rule: undefined}]
      : ruled(view, 'TLS', tls?.because)),
  ];
};

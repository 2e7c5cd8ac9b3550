// Describes the TLS sessions of a capture in sentences.

import {type Text, worded} from '../../lesson/text.ts';
import {groupName, isHybrid} from '../../wire/tls/registry.ts';
import {storyTexts as say} from '../../words/catalogue/story.ts';
import type {Told} from './selection.ts';
import {when} from './when.ts';

/**
 * Returns sentences on TLS sessions: hybrid key exchange, resumption, clients with certificates. Other files describe the servers'
 * certificates.
 */
export const sessionTexts = ({tls}: Told): readonly Text[] => {
  const mutual = tls.filter(({session}) => session?.clientCertificate).length;
  const resumed = tls.filter(({session}) => session?.resumed).length;
  const hybrid = tls.flatMap(({session}) =>
    session?.group !== undefined && isHybrid(session.group) ? [{...session, group: session.group}] : [],
  );
  return [
    ...when(hybrid.length > 0, () =>
      worded(say.hybrid, {
        ...{count: hybrid.length, groups: [...new Set(hybrid.map(({group}) => groupName(group)))]},
        segments: Math.max(...hybrid.map(({helloSegments}) => helloSegments)),
      }),
    ),
    ...when(mutual > 0, () => worded(say.mutual, {count: mutual})),
    ...when(resumed > 0, () => worded(say.resumed, {count: resumed})),
  ];
};

// What is odd about the RSTs of a connection: who sent each, what it answers, whether it ends anything.
import {type Text, worded} from '../../lesson/text.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {answeredWords, briefTexts as brief, findingTexts as say} from '../../words/catalogue/inspect.ts';
import {type Found, found} from './finding.ts';
import {other, roleOf} from './sides.ts';

/** Something was sent to it, or may have been: then octets may have lain unread. */
const mayHaveUnread = (connection: ObservedConnection, side: 0 | 1): boolean => {
  const {course, client, counts} = connection;
  const {payloadBytes, segments} = connection.half(other(side));
  const isAllSeen = course.opening(client) === 'complete' && segments > 0 && counts.lostBefore === 0;
  return payloadBytes > 0 || !isAllSeen;
};

/** With what shows that the end in whose name it came did not send it. */
const withForeign = (told: Text, {notes}: ObservedConnection, by: 'client' | 'server'): Text => {
  const {foreign} = notes.resets;
  if (!foreign) return told;
  const {wentOn, hops} = foreign;
  if (wentOn > 0) return worded(say.foreignWentOn, {told, by, frame: wentOn});
  return hops ? worded(say.foreignHops, {told, by, left: hops[0], usual: hops[1]}) : told;
};

export const resetFinding = (connection: ObservedConnection, side: 0 | 1, data: boolean): Found => {
  const {client, course, notes} = connection;
  const by = roleOf(side, {client});
  const {resetFrame} = course;
  const brokenOff = notes.brokenOff?.frame === resetFrame ? notes.brokenOff : undefined;
  const answers = brokenOff?.answers;
  const fin = course.finFrame(side);
  const closed = fin > 0 && fin < resetFrame;
  const probes = brokenOff?.probes ?? 0;
  if (probes > 0)
    return found(75, worded(say.resetGaveUp, {by, probes}), worded(brief.reset, {by}), 'half-open');
  const told = answers
    ? worded(say.resetAnswers, {by, answeredWords: answeredWords[answers.what], frame: answers.frame, closed})
    : worded(say.reset, {
        ...{closed, by, data, unread: brokenOff?.unread ?? false},
        got: mayHaveUnread(connection, side),
      });
  return found(75, withForeign(told, connection, by), worded(brief.reset, {by}), 'half-open');
};

/** A RST that ends nothing; one that only comes too late is told of where no other has broken it off. */
export const strayFindings = ({notes, client, course}: ObservedConnection): readonly Found[] => {
  const {strayed} = notes.resets;
  if (!strayed) return [];
  const {side, frame, answers} = strayed;
  const by = roleOf(side, {client});
  if (!answers) return [found(76, worded(say.strayReset, {by, frame}), brief.strayReset, 'half-open')];
  const isTold = course.closing(client) === `reset-by-${by}`;
  const text = worded(say.strayAnswer, {by, frame, answers: answers.frame});
  return isTold ? [] : [found(30, text, brief.strayReset, 'half-open')];
};

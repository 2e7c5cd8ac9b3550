// The list of the kinds of questions, and the topic of each.

import type {kindNames} from '../lesson/question-kinds.ts';
import {questionKinds} from '../words/catalogue/question-kinds.ts';

export type QuestionKind = keyof typeof kindNames;

export type Topic = keyof typeof questionKinds;

const isTopic = (name: string): name is Topic => Object.hasOwn(questionKinds, name);

const topics = Object.keys(questionKinds).filter(isTopic);

export const topicOf = (kind: QuestionKind): Topic =>
  topics.find((topic) => Object.hasOwn(questionKinds[topic], kind)) ?? 'tcp';

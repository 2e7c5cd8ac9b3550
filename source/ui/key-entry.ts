// The types of the key table: contexts of keys, actions, and entries.

/** The contexts in which keys are read; a key may have another meaning in each. */
export const keyContexts = [
  'menu',
  'lessons',
  'settings',
  'player',
  'question',
  'reply',
  'why',
  'ending',
  'opening',
  'closing',
  'alter',
  'parts',
  'vary',
  'forks',
  'compare',
  'pointing',
  'quiz',
  'quizSure',
  'quizReply',
  'quizResult',
  'review',
  'progress',
  'picker',
  'export',
  'replace',
  'captures',
  'challenges',
  'interviewList',
  'interviewAsked',
  'interviewPoints',
  'interviewRead',
  'search',
  'reading',
  'path',
  'typing',
  'help',
  'presenting',
] as const;
export type KeyContext = (typeof keyContexts)[number];

export type Action =
  | 'playPause'
  | 'next'
  | 'stepBack'
  | 'stepForward'
  | 'beatBack'
  | 'beatForward'
  | 'start'
  | 'end'
  | 'faster'
  | 'slower'
  | 'eventForward'
  | 'eventBack'
  | 'bookmark'
  | 'bookmarkNext'
  | 'packetUp'
  | 'packetDown'
  | 'why'
  | 'deepen'
  | 'cause'
  | 'effect'
  | 'numbers'
  | 'allValues'
  | 'eyes'
  | 'panelNext'
  | 'panelPrevious'
  | 'panelNumbered'
  | 'openBytes'
  | 'openGraph'
  | 'openCache'
  | 'openCard'
  | 'openLink'
  | 'lookUp'
  | 'pageBack'
  | 'pageOn'
  | 'accept'
  | 'markUp'
  | 'markDown'
  | 'openMarked'
  | 'openNumbered'
  | 'answer'
  | 'hint'
  | 'skip'
  | 'goOn'
  | 'begin'
  | 'beginAnew'
  | 'closingOpen'
  | 'alter'
  | 'parts'
  | 'partBack'
  | 'partOn'
  | 'partLeave'
  | 'alterLess'
  | 'alterMore'
  | 'alterMend'
  | 'alterType'
  | 'alterDo'
  | 'forks'
  | 'forkGo'
  | 'undo'
  | 'redo'
  | 'predict'
  | 'simulate'
  | 'compare'
  | 'compareOpen'
  | 'compareBack'
  | 'compareOn'
  | 'compareStart'
  | 'compareEnd'
  | 'differenceBack'
  | 'differenceOn'
  | 'differenceFirst'
  | 'compareSide'
  | 'copyCode'
  | 'listUp'
  | 'listDown'
  | 'listPageUp'
  | 'listPageDown'
  | 'listFirst'
  | 'listLast'
  | 'change'
  | 'forward'
  | 'quizType'
  | 'quizUp'
  | 'quizDown'
  | 'quizToggle'
  | 'quizTake'
  | 'quizErase'
  | 'quizHint'
  | 'quizRun'
  | 'quizOn'
  | 'quizWhy'
  | 'quizRepeat'
  | 'quizAgain'
  | 'openMend'
  | 'watch'
  | 'check'
  | 'quizLater'
  | 'practiseWeak'
  | 'practiseRow'
  | 'exportProgress'
  | 'sureYes'
  | 'sureThink'
  | 'sureGuess'
  | 'pickerPlay'
  | 'pickerLesson'
  | 'openKeys'
  | 'pickerFilter'
  | 'pickerSort'
  | 'pickerExport'
  | 'exportWrite'
  | 'exportName'
  | 'exportReplace'
  | 'capturesOpen'
  | 'capturesType'
  | 'complete'
  | 'stopReading'
  | 'interviewTick'
  | 'interviewShow'
  | 'interviewAnswer'
  | 'interviewLesson'
  | 'interviewClock'
  | 'interviewOn'
  | 'search'
  | 'point'
  | 'pointBack'
  | 'pointOn'
  | 'pointUp'
  | 'pointDown'
  | 'pointMore'
  | 'searchOpen'
  | 'challengeOpen'
  | 'challengeShare'
  | 'challengeNext'
  | 'startRound'
  | 'otherPage'
  | 'onward'
  | 'answerNumbered'
  | 'blank'
  | 'language'
  | 'theme'
  | 'help'
  | 'back'
  | 'redraw'
  | 'suspend'
  | 'leave';

/** Tells whether letters are read as text in a context, so that they press no keys. */
export const isText = (context: KeyContext): boolean =>
  context === 'typing' || context === 'path' || context === 'search';

/** The context of a presentation's own keys, which take precedence over the other meanings of those keys. */
export const presenting = 'presenting' satisfies KeyContext;

export const untyped = keyContexts.filter((context) => !isText(context) && context !== presenting);

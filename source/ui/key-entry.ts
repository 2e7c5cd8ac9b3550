// The names for the meaning of keys, which the key table and all code that reads it use.

/** The contexts: the meaning of keys depends on what is on the screen. */
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
  'interviewList',
  'interviewAsked',
  'interviewPoints',
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
  | 'watch'
  | 'check'
  | 'quizLater'
  | 'practiseWeak'
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
  | 'interviewOn'
  | 'search'
  | 'point'
  | 'pointBack'
  | 'pointOn'
  | 'pointUp'
  | 'pointDown'
  | 'pointMore'
  | 'searchOpen'
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

/** Tells whether letters are text in a context, and not keys. */
export const isText = (context: KeyContext): boolean =>
  context === 'typing' || context === 'path' || context === 'search';

/** The context of keys in a presentation, which precede their other meanings. */
export const presenting = 'presenting' satisfies KeyContext;

export const untyped = keyContexts.filter((context) => !isText(context) && context !== presenting);

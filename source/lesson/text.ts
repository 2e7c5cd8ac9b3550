// A text in both languages.

export type Language = 'en' | 'zh';

export type Text = {readonly [language in Language]: string};

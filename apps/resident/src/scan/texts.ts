import { defineTexts } from '../i18n/define.ts';
import { en } from './texts.en.ts';
import { zh } from './texts.zh.ts';

export const texts = defineTexts(zh, en);

import { defineTexts } from '../i18n/define.ts';
import { importEn } from './import-texts.en.ts';
import { importZh } from './import-texts.zh.ts';
import { en } from './texts.en.ts';
import { zh } from './texts.zh.ts';

export const bankTexts = defineTexts({ ...zh, ...importZh }, { ...en, ...importEn });

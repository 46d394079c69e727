import type { CompanyReport } from './verify.ts';
import { hasFailure } from './verify.ts';

const marks = { good: '✓', notice: '!', failure: '✗' } as const;

/** The reports as lines of text, with the verdict as the last one. */
export function linesOf(reports: readonly CompanyReport[], language: 'zh' | 'en'): string[] {
  const lines = reports.flatMap(({ name, shortCode, checks }) => [
    '',
    language === 'zh' ? `${name}（${shortCode}）` : `${name} (${shortCode})`,
    ...checks.flatMap(({ title, seen, findings }) => [
      `  ${markOf(findings)} ${title[language]}${language === 'zh' ? '：' : ': '}${seen[language]}`,
      ...findings.map((finding) => `      ${marks[finding.severity]} ${finding[language]}`),
    ]),
  ]);
  return [...lines, '', verdict(reports, language)];
}

function markOf(findings: CompanyReport['checks'][number]['findings']): string {
  if (findings.some(({ severity }) => severity === 'failure')) return marks.failure;
  return findings.length > 0 ? marks.notice : marks.good;
}

function verdict(reports: readonly CompanyReport[], language: 'zh' | 'en'): string {
  if (reports.length === 0) return { zh: '还没有公司。', en: 'There is no company yet.' }[language];
  if (hasFailure(reports)) {
    return {
      zh: '账务校验未通过：请保留现场，不要修改数据，并联系管理员核查以上 ✗ 各项。',
      en: 'The books do not hold: change nothing, and look into every line marked ✗ above.',
    }[language];
  }
  return { zh: '账务校验通过。', en: 'The books hold.' }[language];
}

import { namesIn } from './fill-text.ts';
import type { TemplateDefinition, Words } from './variable.ts';

/** Vendors cut or refuse what is longer. */
const longestSms = 500;

/** What is wrong with a company's own words for a template. */
export function textProblems(
  template: TemplateDefinition,
  { title, body }: { readonly title: string; readonly body: string },
): Words[] {
  const known = new Set(template.variables.map(({ name }) => name));
  if (template.hasLink) known.add('link');
  const names = [...known].map((name) => `{${name}}`).join(' ');
  const used = new Set([...namesIn(title), ...namesIn(body)]);
  const problems: Words[] = [...used]
    .filter((name) => !known.has(name))
    .map((name) => ({
      zh: `没有变量 {${name}}，可用：${names}`,
      en: `There is no variable {${name}}; there are ${names}`,
    }));
  if (body.trim() === '') problems.push({ zh: '请填写正文', en: 'Please write a text' });
  if (title.trim() === '') problems.push({ zh: '请填写标题', en: 'Please write a title' });
  if (namesIn(title).includes('link')) {
    problems.push({ zh: '标题里不能放链接', en: 'A title may not hold the link' });
  }
  if (template.hasLink && !namesIn(body).includes('link')) {
    problems.push({
      zh: '正文里需要 {link}，住户点开它就能办理',
      en: 'The text needs {link}, which opens what it is about',
    });
  }
  if (template.purpose === 'code' && !namesIn(body).includes('code')) {
    problems.push({ zh: '正文里需要 {code}', en: 'The text needs {code}' });
  }
  if (body.length > longestSms) {
    problems.push({ zh: `正文最多 ${longestSms} 字`, en: `At most ${longestSms} characters` });
  }
  if (/\p{Extended_Pictographic}/u.test(title + body)) {
    problems.push({
      zh: '请去掉表情符号：短信计费按两个字计算，部分手机显示不出',
      en: 'Please leave out emoji: an SMS counts them twice, and some phones show none',
    });
  }
  return problems;
}

import { templateOf } from './templates/index.ts';
import type { TemplateDefinition } from './variable.ts';

/** Variables that the template does not know, and those of its own that are not given. */
export function variableProblems(
  { key, variables }: TemplateDefinition,
  given: Readonly<Record<string, string>>,
): string[] {
  const known = new Set(variables.map(({ name }) => name));
  const unknown = Object.keys(given).filter((name) => !known.has(name));
  const missing = [...known].filter((name) => given[name] === undefined);
  return [
    ...unknown.map((name) => `template ${key} knows no variable ${name}`),
    ...missing.map((name) => `template ${key} needs the variable ${name}`),
  ];
}

/** @throws Error for content that no template fits: a defect of whoever asked for the message */
export function requireContent(
  templateKey: string,
  content:
    | {
        readonly variables: Readonly<Record<string, string>>;
        readonly link?: string;
        readonly routes: readonly unknown[];
      }
    | undefined,
): TemplateDefinition {
  const template = templateOf(templateKey);
  if (!template) throw new Error(`no such message template: ${templateKey}`);
  if (!content) return template;
  const problems = [
    ...variableProblems(template, content.variables),
    ...(template.hasLink && content.link === undefined
      ? [`template ${templateKey} needs a link`]
      : []),
  ];
  if (problems.length > 0) throw new Error(problems.join('; '));
  return template;
}

import type { TemplateDefinition } from '../variable.ts';
import { autopayTemplates } from './autopay.ts';
import { bindingTemplates } from './binding.ts';
import { codeTemplates } from './code.ts';
import { feedbackTemplates } from './feedback.ts';
import { receiptTemplates } from './receipt.ts';
import { reminderTemplates } from './reminder.ts';

/** Every message the system sends. A purpose has its file; nothing else changes for a new one. */
export const templates: readonly TemplateDefinition[] = [
  ...reminderTemplates,
  ...autopayTemplates,
  ...feedbackTemplates,
  ...bindingTemplates,
  ...receiptTemplates,
  ...codeTemplates,
];

const byKey = new Map(templates.map((template) => [template.key, template]));

export function templateOf(key: string): TemplateDefinition | undefined {
  return byKey.get(key);
}

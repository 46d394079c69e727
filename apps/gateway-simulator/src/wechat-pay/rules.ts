import { parameterRefusal, type Refusal } from './refusals.ts';

/** What one field of a JSON body may be. */
export type Rule =
  | { kind: 'text'; label: string; required?: true; least?: number; most: number; form?: RegExp }
  | { kind: 'integer'; label: string; required?: true; least: number }
  | { kind: 'boolean'; label: string; required?: true }
  | { kind: 'object'; label: string; required?: true; fields: Record<string, Rule> }
  | { kind: 'list'; label: string; required?: true; of: Rule };

export type ObjectRule = Rule & { kind: 'object' };

export const text = (label: string, most: number): Rule => ({ kind: 'text', label, most });
export const needText = (label: string, most: number): Rule => ({
  kind: 'text',
  label,
  most,
  required: true,
});
export const count = (label: string, least: number): Rule => ({ kind: 'integer', label, least });
export const needCount = (label: string, least: number): Rule => ({
  kind: 'integer',
  label,
  least,
  required: true,
});

/** Checks a body against a rule. Throws a Refusal that names the field. */
export function check(field: string, value: unknown, rule: Rule): void {
  switch (rule.kind) {
    case 'text':
      return checkText(field, value, rule);
    case 'integer':
      return checkInteger(field, value, rule);
    case 'boolean':
      if (typeof value !== 'boolean') throw broken(field, rule.label, '布尔', '类型不正确', value);
      return;
    case 'list':
      if (!Array.isArray(value)) throw broken(field, rule.label, '数组', '类型不正确', value);
      for (const [index, item] of value.entries()) check(`${field}/${index}`, item, rule.of);
      return;
    case 'object':
      return checkObject(field, value, rule.fields, rule.label);
  }
}

function checkObject(field: string, value: unknown, rules: Record<string, Rule>, label: string) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw broken(field, label, '对象', '类型不正确', value);
  }
  const given = value as Record<string, unknown>;
  const extra = Object.keys(given).find((name) => !Object.hasOwn(rules, name));
  if (extra !== undefined) {
    const message = '请求中含有未在API文档中定义的参数';
    throw parameterRefusal({ field: `${field}/${extra}`, message, no: 270924358 });
  }
  for (const [name, rule] of Object.entries(rules)) {
    if (given[name] !== undefined) check(`${field}/${name}`, given[name], rule);
    else if (rule.required) throw missing(`${field}/${name}`, rule.label);
  }
}

function checkText(field: string, value: unknown, rule: Rule & { kind: 'text' }): void {
  if (typeof value !== 'string') throw broken(field, rule.label, '字符串', '类型不正确', value);
  const bytes = Buffer.byteLength(value);
  const least = rule.least ?? 1;
  const fail = (issue: string) => broken(field, rule.label, '字符串', issue, value);
  if (bytes < least) throw fail(`字节数 ${bytes}，小于最小值 ${least}`);
  if (bytes > rule.most) throw fail(`字节数 ${bytes}，大于最大值 ${rule.most}`);
  if (rule.form && !rule.form.test(value)) throw fail('不符合格式要求');
}

function checkInteger(field: string, value: unknown, rule: Rule & { kind: 'integer' }): void {
  const fail = (issue: string) => broken(field, rule.label, '数值', issue, value);
  if (!Number.isSafeInteger(value)) throw fail('类型不正确');
  if ((value as number) < rule.least) throw fail(`值低于最小值 ${rule.least}`);
}

export function missing(field: string, label: string): Refusal {
  const message = `输入源“${field}”映射到字段“${label}”必填性规则校验失败，此字段为必填项`;
  const no = field.endsWith('/openid') || field.endsWith('/payer') ? 268501013 : undefined;
  return parameterRefusal({ field, message, ...(no === undefined ? {} : { no }) });
}

export function broken(field: string, label: string, kind: string, issue: string, value?: unknown) {
  const message = `输入源“${field}”映射到${kind}字段“${label}”规则校验失败，${issue}`;
  return parameterRefusal({ field, message, value });
}

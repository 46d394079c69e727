/** Text that is HTML already. */
export type Html = { readonly html: string };

/** HTML with every value escaped, unless it is HTML itself; lists are joined. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
  const text = parts.reduce((all, part, index) => all + shown(values[index - 1]) + part);
  return { html: text };
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === false) return '';
  if (Array.isArray(value)) return value.map(shown).join('');
  if (typeof value === 'object') return String((value as Partial<Html>).html ?? '');
  return `${value as string | number}`.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A whole page of the simulator. `base` is the path that every link starts with. */
export function page(base: string, input: { title: string; kind: string; main: Html }): string {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<meta name="robots" content="noindex">
<title>${input.title}（模拟）</title>
<link rel="icon" href="${base}/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${base}/assets/simulator.css">
</head>
<body class="${input.kind}">
<main>${input.main}</main>
</body>
</html>
`.html;
}

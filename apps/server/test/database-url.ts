/** The same connection to another database, and as another role when one is named. */
export function asDatabase(url: string, database: string, role?: string): string {
  const parts = /^(postgres(?:ql)?:\/\/)([^@/]*@)?([^/?]*)\/[^?]*(\?.*)?$/.exec(url);
  if (!parts) throw new Error('not the URL of a PostgreSQL database');
  const [, scheme, owner = '', host = '', parameters = ''] = parts;
  return `${scheme}${role ? `${role}@` : owner}${host}/${database}${parameters}`;
}

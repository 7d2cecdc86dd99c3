// Numbers, dates and money, as this reader's browser writes them.

const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const share = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(undefined, {
  year: "numeric",
  month: "short",
  day: "numeric",
  timeZone: "UTC",
});

export const count = (value: number) => number.format(value);
export const shortCount = (value: number) => compact.format(value);
export const decimal = (value: number) => fine.format(value);
export const percent = (fraction: number) => share.format(fraction);

/** A day written YYYY-MM-DD, with or without a time; anything else comes back as it is. */
export function date(text: string): string {
  const written = /^(\d{4}-\d{2}-\d{2})(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text)?.[1];
  if (written === undefined) return text;
  const moment = Date.parse(`${written}T00:00:00Z`);
  return Number.isNaN(moment) ? text : day.format(moment);
}

export function money(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(undefined, {
      style: "currency",
      currency,
      currencyDisplay: "code",
      maximumFractionDigits: 0,
    }).format(amount);
  } catch {
    return `${count(amount)} ${currency}`.trim();
  }
}

/** Bytes as people say them. */
export function size(bytes: number): string {
  if (bytes < 1000) return plural(bytes, "byte", "bytes");
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  let at = 0;
  let amount = bytes;
  while (amount >= 1000 && at < units.length - 1) {
    amount /= 1000;
    at += 1;
  }
  const style = { style: "unit", unit: units[at] ?? "byte", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(undefined, style).format(amount);
}

/** How long, roughly: "12 seconds", "4 minutes". */
export function duration(seconds: number): string {
  if (seconds < 90) return plural(Math.max(1, Math.round(seconds)), "second", "seconds");
  if (seconds < 90 * 60) return plural(Math.round(seconds / 60), "minute", "minutes");
  return plural(Math.round(seconds / 3600), "hour", "hours");
}

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** A moment written in UTC, as clocks here show it. */
export function time(text: string): string {
  const when = Date.parse(text);
  return Number.isNaN(when) ? text : moment.format(when);
}

const languages = new Intl.DisplayNames(undefined, { type: "language" });

/** The name of a language; its code where it has none. */
export function languageName(code: string): string {
  try {
    return languages.of(code) ?? code;
  } catch {
    return code;
  }
}

export function plural(n: number, one: string, many: string): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

export function years(from: number | null, to: number | null): string {
  if (from === null && to === null) return "";
  if (from === to) return String(from);
  return `${from ?? "…"}–${to ?? "…"}`;
}

/** A count beside what chance would bring, and whether chance could have brought it. */
export function againstChance(expected: number, lift: number, p: number): string {
  const usual = `chance alone would bring ${decimal(expected)}`;
  if (lift >= 0.95 && lift < 1.05) return `${usual}, about as many`;
  const told = `${usual}; this is ${decimal(lift)} times that`;
  return p < 0.05
    ? `${told}, hardly by chance (${chance(p)})`
    : `${told}, which chance may explain`;
}

function chance(p: number): string {
  if (p < 0.001) return "p < 0.001";
  return `p = ${p.toLocaleString(undefined, { maximumFractionDigits: 3 })}`;
}

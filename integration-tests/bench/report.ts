import { cpus, totalmem } from "os"

import type { CaseResult } from "./measure"

/** A number as people read it: three digits, or whole. */
export function figure(value: number): string {
  const digits = value === 0 || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3
  return Number.isFinite(value) ? value.toFixed(digits) : "–"
}

const HEAD = ["who", "median ms", "least", "most", "statements", "peak MB"]

/** What a case has shown, as lines of text. */
export function caseLines({ title, turns, contenders, goals }: CaseResult): string[] {
  const rows = Object.entries(contenders).map(([contender, each]) => [
    contender, figure(each.median), figure(each.least), figure(each.most), figure(each.statements), figure(each.peakMb),
  ])
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ")}`
  return [
    `${title} (${String(turns)} turns)`,
    line(HEAD),
    ...rows.map(line),
    ...goals.map(({ text, figure: value, unit, holds }) => `  ${holds ? "reached" : "MISSED "}  ${text}: ${figure(value)}${unit === "" ? "" : ` ${unit}`}`),
  ]
}

/** What the figures were taken on. */
export function machine() {
  const [cpu] = cpus()
  return {
    cpus: `${String(cpus().length)} × ${cpu?.model.trim() ?? "unknown"}`,
    memory_gb: Math.round(totalmem() / 1024 ** 3),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
  }
}

/** The table of `BENCHMARKS.md`. */
export function markdownTable(results: readonly CaseResult[]): string {
  const cells = (row: readonly string[]) => `| ${row.join(" | ")} |`
  const rows = results.map(({ title, contenders, goals }) => {
    const [[, ours] = ["", undefined], ...others] = Object.entries(contenders)
    return cells([
      title,
      ours === undefined ? "–" : figure(ours.median),
      others.map(([contender, each]) => `${contender} ${figure(each.median)}`).join("<br>") || "–",
      ours === undefined ? "–" : figure(ours.statements),
      ours === undefined ? "–" : figure(ours.peakMb),
      goals.map(({ text, figure: value, unit, holds }) => `${holds ? "✓" : "✗"} ${text}: **${figure(value)}${unit === "" ? "" : ` ${unit}`}**`).join("<br>"),
    ])
  })
  return [cells(["case", "plugin, ms", "others, ms", "statements", "peak MB", "goal: **seen**"]), cells(Array.from({ length: 6 }, () => "---")), ...rows].join("\n")
}

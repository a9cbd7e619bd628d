/** Prints a line for each suite as soon as its last test is done: a file that shares a Medusa among suites takes minutes. */
class ProgressReporter {
  constructor() {
    this.suites = new Map()
  }

  onTestCaseResult({ path }, { ancestorTitles, status, duration }) {
    const name = ancestorTitles.find((title) => title !== "") ?? ""
    const present = this.suites.get(path)
    if (present !== undefined && present.name !== name) {
      this.print(present)
    }
    const suite = present?.name === name ? present : { name, passed: 0, failed: 0, ms: 0 }
    suite[status === "passed" ? "passed" : "failed"] += 1
    suite.ms += duration ?? 0
    this.suites.set(path, suite)
  }

  onTestFileResult({ path }) {
    const suite = this.suites.get(path)
    if (suite !== undefined && suite.name.startsWith("http/")) {
      this.print(suite)
    }
    this.suites.delete(path)
  }

  print({ name, passed, failed, ms }) {
    if (name.startsWith("http/")) {
      process.stderr.write(`${failed === 0 ? "  ok" : "  FAILED"} ${name}: ${passed} passed, ${failed} failed, ${(ms / 1000).toFixed(1)} s\n`)
    }
  }
}

module.exports = ProgressReporter

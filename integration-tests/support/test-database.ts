import { Client } from "@medusajs/framework/pg"
import { tmpdir } from "os"
import { join } from "path"

import { MedusaProcess } from "./medusa-process"

/** A state of the database's rows that later states are brought back to. */
type Checkpoint = "boot" | "suite"

type Touched = { name: string }

/** Digests of all rows of a table, by table. */
export type Digests = Record<string, string>

const serverUrl = (database: string) => {
  const { DB_HOST = "localhost", DB_PORT = "5432", DB_USERNAME = "postgres", DB_PASSWORD = "" } = process.env
  return `postgres://${encodeURIComponent(DB_USERNAME)}:${encodeURIComponent(DB_PASSWORD)}@${DB_HOST}:${DB_PORT}/${database}`
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Relations larger than this are vacuumed after they were brought back, so that dead rows slow no later test; bytes. */
const LARGE = 4 * 1024 * 1024

/** Notes which tables were written to. It is unlogged and has no index, so that no two transactions wait for each other. */
const WATCH_TABLES = `
  CREATE SCHEMA test_state;
  CREATE UNLOGGED TABLE test_state.touched (name text NOT NULL);
  CREATE FUNCTION test_state.note_touched() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO test_state.touched VALUES (TG_TABLE_NAME); RETURN NULL; END $$;
  DO $$
    DECLARE name text;
    BEGIN
      FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') LOOP
        EXECUTE format('CREATE TRIGGER test_note_touched AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON public.%I
                        FOR EACH STATEMENT EXECUTE FUNCTION test_state.note_touched()', name);
      END LOOP;
    END $$;`

/** What tells one form of the tables from another: their columns and their indexes. */
const FORM = `
  SELECT md5(string_agg(part, ',' ORDER BY part)) AS form FROM (
    SELECT concat_ws(' ', attrelid, attname, atttypid, atttypmod, attnotnull) AS part
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT concat_ws(' ', relname, indrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = 'public'::regnamespace
  ) AS parts`

/**
 * A database of its own for one booted Medusa. Between tests only those tables are brought back that a test has written to:
 * some milliseconds, where a new database takes most of a second and breaks Medusa's connections.
 */
export class TestDatabase {
  #form = ""
  readonly #copied: Record<Checkpoint, Set<string>> = { boot: new Set(), suite: new Set() }
  /** written to since the boot */
  readonly #changed = new Set<string>()
  /** digests of the tables as each test of the suite starts with them */
  #digests: Promise<Digests> | undefined

  private constructor(
    readonly name: string,
    readonly url: string,
    private readonly client: Client
  ) {}

  /** Makes a database with all tables that Medusa and the plugin have. */
  static async create(name: string): Promise<TestDatabase> {
    const template = process.env.TEST_TEMPLATE ?? ""
    await atServer(async (server) => {
      // one of those who come at the same time makes the template, and the others wait for it
      await server.query("SELECT pg_advisory_lock(hashtext($1))", [template])
      const { rowCount } = await server.query("SELECT 1 FROM pg_database WHERE datname = $1", [template])
      if (rowCount === 0) {
        await migrateTemplate(server, template)
      }
      await server.query(`CREATE DATABASE ${quoted(name)} TEMPLATE ${quoted(template)}`)
    })
    const url = serverUrl(name)
    const client = new Client({ connectionString: url })
    await client.connect()
    return new TestDatabase(name, url, client)
  }

  /** Takes the present rows for those of the boot: what Medusa has made of an empty shop. */
  async checkpointBoot(): Promise<void> {
    await this.client.query(WATCH_TABLES)
    const { rows } = await this.client.query<Touched>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`
    )
    await this.#copy("boot", rows.map(({ name }) => name))
    this.#form = await this.#readForm()
  }

  /** Takes the present rows for those that each test of a suite starts with. */
  async checkpointSuite(): Promise<void> {
    for (const name of await this.#takeTouched()) {
      this.#changed.add(name)
    }
    await this.#copy("suite", [...this.#changed])
    this.#digests = undefined
  }

  /** Digests of all tables as they stand now. Only those that a test has written to are read anew. */
  async digests(): Promise<Digests> {
    this.#digests ??= this.#digestsOf([...this.#copied.boot], (table) => this.#sourceOf("suite", table))
    const { rows } = await this.client.query<Touched>("SELECT DISTINCT name FROM test_state.touched")
    return { ...(await this.#digests), ...(await this.#digestsOf(rows.map(({ name }) => name), (table) => `public.${quoted(table)}`)) }
  }

  /** Brings back the rows of the suite; again, where something that still ran has written meanwhile. */
  async resetToSuite(): Promise<void> {
    for (let touched = await this.#takeTouched(); touched.length > 0; touched = await this.#takeTouched()) {
      touched.forEach((name) => this.#changed.add(name))
      await this.#bringBack("suite", touched)
    }
  }

  /** Brings back the rows of the boot, for the next suite. */
  async resetToBoot(): Promise<void> {
    const touched = new Set([...this.#changed, ...(await this.#takeTouched())])
    await this.#bringBack("boot", [...touched])
    this.#changed.clear()
  }

  async drop(): Promise<void> {
    await this.client.end()
    await atServer((server) => server.query(`DROP DATABASE IF EXISTS ${quoted(this.name)} WITH (FORCE)`))
  }

  async #readForm(): Promise<string> {
    const { rows } = await this.client.query<{ form: string }>(FORM)
    return rows[0]?.form ?? ""
  }

  async #takeTouched(): Promise<string[]> {
    const { rows } = await this.client.query<Touched>(`WITH taken AS (DELETE FROM test_state.touched RETURNING name) SELECT DISTINCT name FROM taken`)
    return rows.map(({ name }) => name)
  }

  async #copy(checkpoint: Checkpoint, tables: readonly string[]): Promise<void> {
    const schema = `test_${checkpoint}`
    await this.client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}`)
    this.#copied[checkpoint].clear()
    for (const table of tables) {
      await this.client.query(`CREATE TABLE ${schema}.${quoted(table)} AS TABLE public.${quoted(table)}`)
      this.#copied[checkpoint].add(table)
    }
    await this.client.query(
      `CREATE TABLE ${schema}.sequences AS SELECT format('%I.%I', schemaname, sequencename) AS name, start_value, last_value
       FROM pg_sequences WHERE schemaname = 'public'`
    )
  }

  /** Where the rows of a table stand that a checkpoint brings back. */
  #sourceOf(checkpoint: Checkpoint, table: string): string {
    return `test_${checkpoint === "suite" && this.#copied.suite.has(table) ? "suite" : "boot"}.${quoted(table)}`
  }

  async #digestsOf(tables: readonly string[], sourceOf: (table: string) => string): Promise<Digests> {
    if (tables.length === 0) {
      return {}
    }
    const { rows } = await this.client.query<{ name: string; digest: string }>(
      tables
        .map((table) => `SELECT '${table}' AS name, count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest FROM ${sourceOf(table)} AS t`)
        .join(" UNION ALL ")
    )
    return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
  }

  async #bringBack(checkpoint: Checkpoint, tables: readonly string[]): Promise<void> {
    if ((await this.#readForm()) !== this.#form) {
      throw new Error("a test has changed the form of the tables and left it so")
    }
    const statements: string[] = []
    for (const table of tables) {
      const columns = await this.#writableColumns(table)
      statements.push(
        `DELETE FROM public.${quoted(table)}`,
        `INSERT INTO public.${quoted(table)} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${this.#sourceOf(checkpoint, table)}`
      )
    }
    // no foreign key is checked and no trigger runs: the rows were in order once
    await this.client.query(
      ["BEGIN", "SET LOCAL session_replication_role = replica", ...statements, "COMMIT"].join(";\n")
    )
    await this.client.query(
      `SELECT setval(name::regclass, coalesce(last_value, start_value), last_value IS NOT NULL) FROM test_${checkpoint}.sequences`
    )
    await this.#vacuumLarge(tables)
  }

  /** A column that Postgres computes can not be written. */
  async #writableColumns(table: string): Promise<string> {
    const { rows } = await this.client.query<Touched>(
      `SELECT quote_ident(attname) AS name FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
      [`public.${quoted(table)}`]
    )
    return rows.map(({ name }) => name).join(", ")
  }

  async #vacuumLarge(tables: readonly string[]): Promise<void> {
    const { rows } = await this.client.query<Touched>(
      "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY($1) AND pg_relation_size(oid) > $2",
      [tables, LARGE]
    )
    for (const { name } of rows) {
      await this.client.query(`VACUUM (ANALYZE) public.${quoted(name)}`)
    }
  }
}

/** Some modules of Medusa's have tables of their own: with all of them, one template serves every suite. */
const ALL_MODULES = { LOCKING: "postgres", MEDUSA_FF_TRANSLATION: "true" }

async function migrateTemplate(server: Client, template: string): Promise<void> {
  const unfinished = `${template}-unfinished`
  await server.query(`CREATE DATABASE ${quoted(unfinished)}`)
  const log = join(tmpdir(), `${template}.log`)
  await new MedusaProcess(["db:migrate"], { ...ALL_MODULES, DATABASE_URL: serverUrl(unfinished) }, log).succeed()
  await server.query(`ALTER DATABASE ${quoted(unfinished)} RENAME TO ${quoted(template)}`)
}

/** Works on databases as a whole. */
async function atServer(work: (server: Client) => Promise<unknown>): Promise<void> {
  const server = new Client({ connectionString: serverUrl("postgres") })
  await server.connect()
  try {
    await work(server)
  } finally {
    await server.end()
  }
}

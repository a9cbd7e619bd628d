import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** From where a change came, and whether Odoo has said it; of what was written before, nobody knows. */
export class Migration20261127161003 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table if exists "odoo_event" add column if not exists "context" text check ("context" in ('odoo', 'admin', 'store', 'unknown')) not null default 'unknown', add column if not exists "direction" text check ("direction" in ('inbound', 'outbound')) not null default 'outbound';`)
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "odoo_event" drop column if exists "context", drop column if exists "direction";`)
  }
}

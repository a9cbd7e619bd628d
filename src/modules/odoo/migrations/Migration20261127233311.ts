import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Of which destinations a record was announced to. Until now there was one, the webhook of the options. */
export class Migration20261127233311 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table if exists "odoo_snapshot" add column if not exists "announced_to" text[] null;`)
    this.addSql(`update "odoo_snapshot" set "announced_to" = '{webhook}' where "announced_at" is not null;`)
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "odoo_snapshot" drop column if exists "announced_to";`)
  }
}
